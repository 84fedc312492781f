"""An office that looks at the Overview, and faults that it must show."""

from contextlib import contextmanager
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from ..codabox import GRACE, next_month
from ..codabox.bank_days import is_bank_day
from .common import IBAN, NUMBER, UNKNOWN_IBAN, credit, statement
from .soda_common import SodaCase
from .test_mandate_gate import GateCase

ONE_DAY = timedelta(days=1)


class OverviewCase(GateCase, SodaCase):
    """A plain accountant of two companies who ticks the other one; he reads payroll of both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls.company + cls.other_company
        cls.reader = new_test_user(
            cls.env,
            "overview_reader",
            "base.group_user,account.group_account_user,account_codabox.group_payroll",
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.both.ids)],
            codabox_payroll_company_ids=[Command.set(cls.both.ids)],
        )
        cls.connection.user_id = cls.reader

    def rows(self, user=None, domain=()):
        """Return the rows as a user has them who ticks his own company only."""
        user = user or self.reader
        self.env.invalidate_all()
        rows = self.env["codabox.feed.kind"].with_user(user)
        return rows.with_context(allowed_company_ids=user.company_id.ids).search(list(domain))

    def row(self, kind, user=None):
        feed = self.feed()
        return self.rows(user).filtered(lambda r: r.feed_id.id == feed.id and r.kind == kind)

    def number(self, row, name):
        return {count["name"]: count["number"] for count in row.counts or ()}.get(name, 0)

    def proof(self, row, name):
        """Click on a number; return how many records the list has that opens."""
        action = row.action_office_open(name)
        listed = row.env[action["res_model"]].with_context(**action["context"])
        return listed.search_count(action["domain"])

    # --- Faults: each is planted, and cured behind the yield -----------------------------------

    def of_day(self, day, **values):
        values = {"account": IBAN, "enterprise_number": NUMBER, "opening": "0", **values}
        return statement(day=day, opening_day=day - ONE_DAY, **values)

    @contextmanager
    def waiting(self):
        document = self.receive(self.day(15, account=UNKNOWN_IBAN))
        yield "coda"
        self.make_journal(self.company, UNKNOWN_IBAN)
        self.press(document, "action_retry")

    @contextmanager
    def failed(self):
        index = self.sandbox.add_document(self.client, "coda", {"cod": b"no statement"})
        self.night()
        yield "coda"
        self.press(self.document(index), "_discard", "Broken")

    @contextmanager
    def gaps(self):
        self.receive(self.day(14, opening="100"))
        self.receive(self.day(16, opening="110"))
        yield "coda"
        self.receive(self.day(15, credit("10"), opening="100"))

    @contextmanager
    def overdue(self):
        last = fields.Date.today() - 40 * ONE_DAY
        days = [last - number * ONE_DAY for number in range(14, -1, -1)]
        self.deliver(*map(self.of_day, filter(is_bank_day, days)))
        self.night()
        self.env["account.journal"].sudo()._codabox_watch_accounts()
        yield "coda"
        self.press(self.row("coda"), "action_office_cure", user=self.reader)

    @contextmanager
    def mandate(self, state):
        mandate = self.feed().mandate_ids.filtered(lambda m: m.service == "coda")
        mandate.state = state
        yield "coda"
        mandate.state = "active"

    def mandate_problem(self):
        return self.mandate("problem")

    def to_sign(self):
        return self.mandate("to_sign")

    @contextmanager
    def withheld(self):
        self.set_state("purchase_invoice", "registration")
        self.bring("purchase_invoice")
        self.night()
        yield "purchase_invoice"
        self.set_state("purchase_invoice", "active")
        self.night()

    @contextmanager
    def bills(self):
        partner = self.env["res.partner"].create({"name": "Supplier"})
        bill = self.make_invoice(partner, move_type="in_invoice")
        bill._codabox_flag("tax_amount_wrong", rate="21%", base=100.0, amount=21.5, expected=21.0)
        yield "purchase_invoice"
        bill._codabox_override("It is so")

    @contextmanager
    def codes(self):
        self.receive_soda(self.month())
        yield "soda"
        self.env["codabox.soda.mapping"].search(
            [("company_id", "=", self.company.id)]
        ).action_confirm_proposals()

    @contextmanager
    def entries(self):
        self.map_codes()
        document = self.receive_soda(self.month())
        yield "soda"
        document.payroll_ids.move_id.action_post()

    @contextmanager
    def late_payroll(self):
        day = fields.Date.today() - GRACE
        months = day.year * 12 + day.month - 3  # the one before the last that is late
        month = f"{months // 12}{months % 12 + 1:02d}"
        self.receive_soda(self.month(period=month))
        yield "soda"
        self.receive_soda(self.month(period=next_month(month), sequence="2"))

    @contextmanager
    def lines(self):
        self.receive(self.day(15, credit("10")))
        yield "coda"
        line = self.lines_of(self.journal)
        suspense = line.line_ids.filtered(
            lambda item: item.account_id == self.journal.suspense_account_id
        )
        suspense.account_id = self.income_account()

    def lines_of(self, journal):
        return self.env["account.bank.statement.line"].search([("journal_id", "=", journal.id)])
