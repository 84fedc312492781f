"""What the payroll tests have in common."""

from odoo import Command
from odoo.tests import new_test_user

from ..codabox.sandbox import pdf
from ..codabox.soda import write_soda
from ..codabox.soda.builders import credit, debit, entry, soda
from .common import NUMBER, CodaboxCase

GROSS, TAX, NET = "620200", "453000", "455000"

__all__ = ["GROSS", "NET", "TAX", "SodaCase", "credit", "debit", "entry", "soda", "write_soda"]


class SodaCase(CodaboxCase):
    """One client on the Belgian chart, with a plain accountant and one of payroll."""

    chart = "be_comp"
    mapped = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payroll_user = new_test_user(
            cls.env,
            "payroll_accountant",
            "base.group_user,account_codabox.group_accountant,account_codabox.group_payroll",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            codabox_payroll_company_ids=[Command.set(cls.company.ids)],
        )
        cls.connection.user_id = cls.payroll_user

    def account(self, code, company=None):
        """Return an account of the chart by its code."""
        company = company or self.company
        return (
            self.env["account.account"]
            .with_company(company)
            .search([("code", "=", code), ("company_ids", "in", company.ids)])
        )

    def month(self, *lines, period="202601", enterprise=NUMBER, **values):
        """Return the payroll of one month of the company."""
        lines = lines or (
            debit(GROSS, "100.00", "Gross"),
            credit(TAX, "30.00", "Tax"),
            credit(NET, "70.00", "Net"),
        )
        return entry(period, *lines, enterprise=f"BE{enterprise}", **values)

    def deliver_soda(self, *entries, files=("xml", "pdf"), data=None, feed=None, **values):
        """Put a SODA file in the feed of the client; return its index."""
        content = {
            "xml": data or write_soda(soda(*entries, **values)),
            "pdf": pdf(["Payroll"]),
        }
        return self.sandbox.add_document(
            feed or self.client, "soda", {name: content[name] for name in files}
        )

    def receive_soda(self, *entries, **options):
        """Deliver one payroll file, let the night pass, and return its document."""
        index = self.deliver_soda(*entries, **options)
        self.night()
        return self.document(index)

    def map_codes(self, codes=None, company=None, source="TESTSOC"):
        """Map codes of the secretariat, by default those of ``month`` on the same accounts."""
        company = company or self.company
        codes = codes or {code: code for code in (GROSS, TAX, NET)}
        return self.env["codabox.soda.mapping"].create(
            [
                {
                    "company_id": company.id,
                    "source": source,
                    "code": code,
                    "account_id": self.account(account, company).id,
                }
                for code, account in codes.items()
            ]
        )

    def items(self, move):
        """Return (account code, balance) of the items of an entry, in their order."""
        company = move.company_id
        return [
            (line.account_id.with_company(company).code, round(line.balance, 2))
            for line in move.line_ids.sorted("sequence")
        ]
