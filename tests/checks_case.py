"""A client whose last month is VAT-ready and closed, and what keeps it from that."""

from contextlib import contextmanager
from datetime import timedelta

from odoo import Command, fields

from ..codabox import next_due
from .overview_case import ONE_DAY, OverviewCase


class ChecksCase(OverviewCase):
    """The period is the month before the one that is due; the reader keeps the books of both companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader.group_ids += cls.env.ref("account_codabox.group_accountant")
        cls.period = next_due("month", fields.Date.today(), back=1)
        cls.partner = cls.env["res.partner"].create({"name": "Supplier"})
        cls.company.sudo().codabox_vat_period = "month"

    def in_order(self):
        """Let a month pass of which all is in and decided."""
        self.post("in_invoice", self.period.start)
        self.post("out_invoice", self.period.start)
        self.receive(self.of_day(self.period.end))
        self.map_codes()
        document = self.receive_soda(self.month(period=f"{self.period.start:%Y%m}"))
        document.sudo().payroll_ids.move_id.action_post()

    def tax(self, use):
        domain = [
            ("company_id", "=", self.company.id),
            ("type_tax_use", "=", use),
            ("amount", "=", 21),
            ("amount_type", "=", "percent"),
        ]
        return self.env["account.tax"].search(domain, limit=1)

    def draft(self, move_type, day, *, partner=None, taxed=True, amount=100.0):
        """Make a draft bill or invoice of one line."""
        use = "purchase" if move_type.startswith("in_") else "sale"
        code = "604000" if use == "purchase" else "700000"
        line = {
            "name": "Goods",
            "price_unit": amount,
            "account_id": (self.account(code) or self.income_account()).id,
            "tax_ids": [Command.set(self.tax(use).ids if taxed else [])],
        }
        return (
            self.env["account.move"]
            .with_company(self.company)
            .create(
                {
                    "move_type": move_type,
                    "partner_id": (partner or self.partner).id,
                    "invoice_date": day,
                    "date": day,
                    "ref": f"R{day}{amount}" if use == "purchase" else False,
                    "invoice_line_ids": [Command.create(line)],
                }
            )
        )

    def post(self, *arguments, **options):
        move = self.draft(*arguments, **options)
        move.action_post()
        return move

    def entry(self, day, *items):
        """Post an entry of (code of an account, balance)."""
        move = self.env["account.move"].with_company(self.company).create(
            {
                "date": day,
                "line_ids": [
                    Command.create({"account_id": self.account(code).id, "balance": balance})
                    for code, balance in items
                ],
            }
        )  # fmt: skip
        move.action_post()
        return move

    def feed_as(self, user=None, **context):
        """Return the client as a user has it who ticks his own company only, with the period."""
        user = user or self.reader
        self.env.flush_all()
        self.env.invalidate_all()
        context.setdefault("codabox_period_day", str(self.period.end))
        feed = self.feed().with_user(user)
        return feed.with_context(allowed_company_ids=user.company_id.ids, **context)

    def check(self, kind, user=None):
        feed = self.feed_as(user)
        return feed._checks()[feed.id][kind]

    def line(self, kind, name, user=None):
        return next(line for line in self.check(kind, user).lines if line.name == name)

    def proof(self, name):
        """Click on the button of a line; return the records that its list has."""
        feed = self.feed_as()
        view = feed.env["codabox.check.view"].browse(feed.action_check_open()["res_id"])
        [line] = (view.vat_line_ids + view.closed_line_ids).filtered(lambda line: line.name == name)
        action = line.action_solve()
        return (
            feed.env[action["res_model"]].with_context(**action["context"]).search(action["domain"])
        )

    # --- Faults: each is planted, and cured behind the yield -----------------------------------

    @contextmanager
    def purchases(self):
        bill = self.draft("in_invoice", self.period.end)
        yield 1
        bill.action_post()

    @contextmanager
    def sales(self):
        invoice = self.draft("out_invoice", self.period.start)
        invoice.invoice_date = False
        yield 1
        invoice.unlink()

    @contextmanager
    def taxes(self):
        bill = self.post("in_invoice", self.period.end, taxed=False)
        yield 1
        bill.button_draft()
        bill.invoice_line_ids.tax_ids = self.tax("purchase")
        bill.action_post()

    @contextmanager
    def numbers(self):
        last = self.post("out_invoice", self.period.start)
        last.button_draft()
        last.name = last.name[:-4] + f"{int(last.name[-4:]) + 1:04d}"
        last.action_post()
        yield 1
        missing = self.draft("out_invoice", self.period.start)
        missing.name = last.name[:-4] + f"{int(last.name[-4:]) - 1:04d}"
        missing.action_post()

    @contextmanager
    def suppliers(self):
        partner = self.env["res.partner"].create({"name": "Proximus"})
        day = self.period.start
        for number in range(3):
            day = (day - ONE_DAY).replace(day=1)
            self.post("in_invoice", day, partner=partner, amount=10.0 + number)
        yield 1
        self.post("in_invoice", self.period.end, partner=partner, amount=20.0)

    @contextmanager
    def foreign(self):
        bill = self.draft("in_invoice", self.period.start)
        bill._codabox_flag("foreign_vat", rate="20%", base=100.0, amount=20.0, country="FR")
        yield 1
        bill._codabox_override("It is ours")

    @contextmanager
    def bank_lines(self, number):
        journal = self.journal
        item = self.env["account.bank.statement.line"].create(
            {"journal_id": journal.id, "date": self.period.end, "amount": 7, "payment_ref": "x"}
        )
        yield number
        item.unlink()

    @contextmanager
    def ledger(self):
        with self.bank_lines(1) as number:
            yield number

    @contextmanager
    def lines(self):
        with self.bank_lines(1) as number:
            yield number

    @contextmanager
    def suspense(self):
        move = self.entry(self.period.end, ("499000", 5), ("604000", -5))
        yield 1
        move.button_draft()

    @contextmanager
    def wages(self):
        move = self.entry(self.period.end, ("455000", -5), ("604000", 5))
        yield None
        move.button_draft()

    @contextmanager
    def codes(self):
        mapping = self.map_codes({"640000": "604000"}, source="OTHER")
        mapping.account_id = False
        yield 1
        mapping.account_id = self.account("604000")

    @contextmanager
    def entries(self):
        payroll = self.env["codabox.payroll"].sudo().search([("company_id", "=", self.company.id)])
        payroll.move_id.button_draft()
        yield 1
        payroll.move_id.action_post()

    @contextmanager
    def payroll(self):
        payroll = self.env["codabox.payroll"].sudo().search([("company_id", "=", self.company.id)])
        before = [(self.period.start - timedelta(days=days)) for days in (20, 50)]
        payroll.period = f"{before[0]:%Y%m}"
        payroll.copy({"period": f"{before[1]:%Y%m}", "move_id": False})
        yield None
        payroll.period = f"{self.period.start:%Y%m}"

    @contextmanager
    def bank(self):
        statement = self.env["codabox.statement"].search([("company_id", "=", self.company.id)])
        statement.sudo().closing_date = self.period.start
        yield None
        self.journal.sudo().codabox_checked_on = fields.Date.today()

    @contextmanager
    def cards(self):
        documents = self.env["codabox.document"].sudo()
        day = self.period.start
        made = documents
        for number in range(3):
            day = (day - ONE_DAY).replace(day=1)
            made += self.card(day, number)
        yield 3
        self.card(self.period.end, 9)

    def card(self, day, number):
        return self.env["codabox.document"].sudo().create(
            {
                "name": "Visa",
                "feed_id": self.feed().id,
                "company_id": self.company.id,
                "channel": "feed",
                "remote_index": f"card {number}",
                "document_model": "caro",
                "kind": "card_statement",
                "state": "stored",
                "card_reference": "VISA1",
                "document_date": day,
            }
        )  # fmt: skip

    @contextmanager
    def filing(self):
        self.company.sudo().codabox_vat_period = False
        yield None
        self.feed_as()._say_filing("month")
