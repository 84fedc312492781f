from odoo import Command
from odoo.tests import tagged

from ..models.statement.account_fast_booking import in_one_batch
from .common import date
from .rows_case import RowsCase


@tagged("-at_install", "post_install")
class TestFastBooking(RowsCase):
    """The batch asks Odoo less often; what it books is the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.usd = cls.env.ref("base.USD")
        cls.usd.active = True
        cls.partner = cls.env["res.partner"].create({"name": "Supplier"})

    def other_currency(self, journal):
        """Return a currency that the account of a journal is not in."""
        return self.usd if journal.currency_id != self.usd else self.company.currency_id

    def values(self, journal):
        """Return lines of every shape the importer makes, over two months."""
        plain = {"journal_id": journal.id, "payment_ref": "Payment", "narration": "<p>note</p>"}
        return [
            {**plain, "amount": 10.0, "date": date(2026, 1, 15), "sequence": 900},
            {
                **plain,
                "amount": -20.5,
                "date": date(2026, 1, 15),
                "sequence": 899,
                "narration": False,
            },
            {**plain, "amount": 33.0, "date": date(2026, 2, 1), "partner_id": self.partner.id},
            {
                **plain,
                "amount": -90.0,
                "date": date(2026, 2, 2),
                "foreign_currency_id": self.other_currency(journal).id,
                "partner_id": self.partner.id,
                "amount_currency": -100.0,
            },
            {**plain, "amount": 0.0, "date": date(2026, 2, 3)},
            {
                **plain,
                "amount": 5.0,
                "date": date(2026, 2, 3),
                "account_number": "BE43068999999501",
            },
        ]

    def book(self, code, *, in_batch, **journal_values):
        """Book the lines in a journal of their own; return them."""
        journal = self.make_journal(self.company, code, **journal_values)
        statements = self.env["account.bank.statement"].sudo()
        if in_batch:
            statements = in_one_batch(statements)
        statement = statements.create(
            {"name": "S", "line_ids": [Command.create(values) for values in self.values(journal)]}
        ).with_env(self.env)
        self.env.flush_all()
        self.env.invalidate_all()
        return statement.line_ids.sorted("id")

    def assert_same_rows(self, **journal_values):
        """Book the lines with and without the batch, and compare all that is in the database."""
        plain = self.book("BE68539007547034", in_batch=False, **journal_values)
        fast = self.book("BE43068999999501", in_batch=True, **journal_values)
        self.assertEqual(len(plain), 6)
        for get in (
            lambda lines: lines,
            lambda lines: lines.move_id.sorted("id"),
            lambda lines: lines.move_id.line_ids.sorted("id"),
        ):
            left = self.rows(get(plain), plain.journal_id)
            right = self.rows(get(fast), fast.journal_id)
            for one, other in zip(left, right, strict=True):
                self.assertEqual(one, other)

    def test_a_batch_books_the_same_rows_as_odoo_alone(self):
        self.assert_same_rows()

    def test_so_it_does_for_an_account_in_dollars(self):
        self.assert_same_rows(currency_id=self.usd.id)

    def test_an_entry_of_a_batch_knows_its_items_as_the_database_does(self):
        journal = self.make_journal(self.company, "BE68539007547034")
        model = self.env["account.bank.statement.line"].sudo()
        moves = in_one_batch(model).create(self.values(journal)).move_id
        names = ("line_ids", "invoice_line_ids", "journal_line_ids")
        known = [move[name].ids for move in moves for name in names]
        self.env.invalidate_all()
        self.assertEqual(known, [move[name].ids for move in moves for name in names])
        self.assertTrue(all(known))

    def test_the_entries_of_a_batch_are_numbered_without_a_gap(self):
        lines = self.book("BE68539007547034", in_batch=True)
        numbers = lines.move_id.sorted("name").mapped("sequence_number")
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(numbers))))
        self.assertEqual(set(lines.mapped("state")), {"posted"})

    def test_two_batches_and_odoo_alone_go_on_with_the_same_numbers(self):
        journal = self.make_journal(self.company, "BE68539007547034")
        model = self.env["account.bank.statement.line"].sudo()
        first = in_one_batch(model).create(self.values(journal)[:2])
        second = model.create(self.values(journal)[:1])
        third = in_one_batch(model).create(self.values(journal)[:1])
        names = (first + second.with_env(first.env) + third.with_env(first.env)).move_id.mapped(
            "name"
        )
        self.assertEqual(len(set(names)), 4)
        self.assertEqual([int(name[-5:]) for name in names], [1, 2, 3, 4])

    def payment_queries(self, code, *, in_batch):
        """Return how often Odoo walks through the payments of entries while two parts are booked."""
        with self.assertLogs("odoo.sql_db", "DEBUG") as logged:
            self.book(code, in_batch=in_batch)
        return sum("FROM account_payment payment" in text for text in logged.output)

    def test_no_entry_of_a_batch_is_asked_who_paid_it(self):
        # The query takes minutes over the entries that one large file has made before.
        self.assertTrue(self.payment_queries("BE68539007547034", in_batch=False))
        self.assertFalse(self.payment_queries("BE43068999999501", in_batch=True))

    def test_the_payments_of_an_invoice_are_known_in_a_batch_too(self):
        partner = self.env["res.partner"].create({"name": "Customer"})
        paid, unpaid = self.make_invoice(partner, 121.0), self.make_invoice(partner, 60.0)
        (paid + unpaid).action_post()
        journal = self.make_journal(self.company, "BE68539007547034")
        account = self.company.transfer_account_id
        journal.inbound_payment_method_line_ids.payment_account_id = account
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=paid.ids
        )
        payment = register.create({"journal_id": journal.id})._create_payments()
        self.assertTrue(payment.move_id)
        moves = in_one_batch(paid + unpaid)
        self.env.invalidate_all()
        moves._compute_reconciled_payment_ids()
        self.assertEqual(moves[0].reconciled_payment_ids.ids, payment.ids)
        self.assertFalse(moves[1].reconciled_payment_ids)
