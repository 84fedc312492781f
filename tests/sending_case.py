"""World of the tests that send invoices: a company, its customers, and the office of its accountant."""

from datetime import date, timedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from ..codabox.sandbox import SOFTWARE_KEY, pdf
from .common import NUMBER, CodaboxCase

AGREED = "We agree."


class SendingCase(CodaboxCase):
    """The company Bakkerij Jo has a connection of its own, agreed, and sends by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer("Hotel Zon", vat="BE0403170701")
        cls.own = (
            cls.env["codabox.connection"]
            .sudo()
            .create(
                {
                    "name": "Bakkerij Jo itself",
                    "company_id": cls.company.id,
                    "role": "company",
                    "environment": "custom",
                    "base_url": cls.sandbox.url,
                    "user_id": cls.accountant.id,
                }
            )
        )
        cls.invoicer = cls.make_user("invoicer", "account.group_account_invoice")
        cls.accountant_partner = cls.env["res.partner"].create(
            {"name": "Office Peeters", "is_company": True, "email": "peeters@example.test"}
        )
        cls.company.codabox_accountant_id = cls.accountant_partner
        cls.send_cron = cls.env.ref("account_codabox.ir_cron_send")
        cls.no_tax = cls.make_tax(0.0)
        cls.tax = cls.make_tax(21.0)

    def setUp(self):
        super().setUp()
        self.pod_id = self.sandbox.connect_company(f"BE{NUMBER}")
        credentials = self.sandbox.credentials(self.pod_id)
        self.own.write(
            {
                "software_key": SOFTWARE_KEY,
                "username": credentials.username,
                "password": credentials.password,
                "state": "connected",
                "connected_at": "2026-01-01 08:00:00",
            }
        )
        self.consent = self.env["codabox.sending.consent"]._give(self.company, AGREED)
        self.sandbox.clear_log()

    # -------------------------------------------------------------------------
    # World
    # -------------------------------------------------------------------------

    @classmethod
    def make_user(cls, login, groups, company=None):
        """Make a user of one company."""
        company = company or cls.company
        return new_test_user(
            cls.env,
            login,
            f"base.group_user,{groups}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def make_customer(cls, name, *, country="base.be", **values):
        """Make a customer with an address."""
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": bool(values.get("vat")),
                "street": "Dorp 1",
                "zip": "9000",
                "city": "Gent",
                "country_id": cls.env.ref(country).id,
                **values,
            }
        )

    @classmethod
    def make_tax(cls, amount, company=None):
        """Make a sales tax of a company."""
        company = company or cls.company
        home = {"company_id": company.id, "country_id": company.account_fiscal_country_id.id}
        group = cls.env["account.tax.group"].create({"name": "VAT", **home})
        values = {"name": f"{amount:.0f} %", "amount": amount, "type_tax_use": "sale", **home}
        return cls.env["account.tax"].create({**values, "tax_group_id": group.id})

    def invoice(self, partner=None, *, amount=100.0, day=date(2026, 5, 4), tax=None, **values):
        """Return a confirmed invoice that has its PDF already, so that none is rendered."""
        move = self.draft(partner, amount=amount, day=day, tax=tax, **values)
        move.action_post()
        self.give_pdf(move)
        return move

    def draft(self, partner=None, *, amount=100.0, day=date(2026, 5, 4), tax=None, **values):
        """Return a draft invoice of one line with tax."""
        move = self.make_invoice(partner or self.customer, amount, invoice_date=day, **values)
        move.invoice_line_ids.tax_ids = self.tax if tax is None else tax
        return move

    def give_pdf(self, move):
        """Give an invoice the PDF that Odoo keeps of it."""
        self.env["ir.attachment"].sudo().create(
            {
                "name": "invoice.pdf",
                "raw": pdf([move.name]),
                "res_model": move._name,
                "res_id": move.id,
                "res_field": "invoice_pdf_report_file",
            }
        )
        move.invalidate_recordset(["invoice_pdf_report_id", "invoice_pdf_report_file"])

    # -------------------------------------------------------------------------
    # Doing
    # -------------------------------------------------------------------------

    def send(self, moves, user=None):
        """Press *Send to CodaBox*."""
        result = self.press(moves, "action_codabox_send", user=user or self.invoicer)
        self.env.invalidate_all()
        return result

    def send_round(self):
        """The scheduled action runs, and the round of the company is due."""
        self.make_due()
        self.run_send_job()

    def make_due(self):
        """The round of the company is due.

        Rounds are hours apart: what was tried before was tried before this one began.
        """
        tried = [("codabox_send_state", "=", "to_send"), ("codabox_send_tried_at", "!=", False)]
        before = fields.Datetime.now() - timedelta(hours=1)
        self.env["account.move"].sudo().search(tried)._codabox_write(
            {"codabox_send_tried_at": before}
        )
        if self.company.codabox_send_schedule != "manual":
            self.company.sudo().codabox_next_send = "2026-01-01 00:00:00"

    def run_send_job(self):
        """Run the scheduled action that sends, as Odoo does."""
        self.run_job(self.send_cron)
        self.env.invalidate_all()

    def lose_answer(self, **options):
        """CodaBox takes the next invoice and its answer is lost."""
        self.sandbox.fail("drop_after", method="POST", path="/sales-invoices/$", **options)

    # -------------------------------------------------------------------------
    # Expecting
    # -------------------------------------------------------------------------

    def arrived(self, move=None):
        """Return what CodaBox took, of one invoice or of all."""
        return self.sandbox.sent_invoices(move.name if move else None)

    def uploads(self):
        """Return how many files were sent to CodaBox, also those that got lost."""
        return sum(entry.method == "POST" for entry in self.sandbox.log)

    def assert_send(self, move, state, code=False):
        """The invoice stands like this with CodaBox, and can be read why."""
        found = (move.codabox_send_state, move.codabox_send_code)
        self.assertEqual(found, (state, code), move.codabox_send_reason)
        self.assertEqual(bool(move.codabox_send_reason), bool(code))

    def chatter(self, move):
        """Return all that was said of an invoice."""
        return " ".join(move.message_ids.mapped("body"))

    def todos(self, move):
        """Return the open to-dos about sending of an invoice."""
        return move.sudo().activity_search(["account_codabox.mail_activity_type_sending"])
