"""Bank lines and the open invoices they pay: proposed, matched, undone."""

from decimal import Decimal

from odoo import Command
from odoo.tests import new_test_user, tagged

from ..codabox.coda.builders import structured_information
from .common import OTHER_IBAN, credit, date, debit, party
from .test_coda_lines import CodaLinesCase

OGM = "+++009/0933/75538+++"
DIGITS = "009093375538"
CONVERSION = {
    "gross_account_currency": Decimal("95"),
    "gross_original_currency": Decimal("100"),
    "currency": "USD",
    "rate": Decimal("1.05263158"),
}


class MatchCase(CodaLinesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create({"name": "Customer"})

    def invoice(self, amount=121.0, kind="out_invoice", company=None, **values):
        """Post an invoice without tax; its payment reference is the OGM of these tests."""
        company = company or self.company
        invoice = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": kind,
                    "partner_id": self.customer.id,
                    "invoice_date": date(2026, 1, 2),
                    "payment_reference": OGM,
                    "invoice_line_ids": [
                        Command.create({"name": "Bread", "price_unit": amount, "tax_ids": False})
                    ],
                    **values,
                }
            )
        )
        invoice.action_post()
        return invoice

    def seen(self, line, field):
        """Return what the plain accountant sees."""
        return line.with_user(self.accountant)[field]

    def assert_open(self, line):
        """The line is as Odoo booked it: the bank account and the suspense account."""
        self.assertFalse(line.is_reconciled)
        self.assertEqual(
            line.move_id.line_ids.sorted("id").account_id,
            self.journal.default_account_id + self.journal.suspense_account_id,
        )
        self.assertEqual(len(line.move_id.line_ids), 2)

    def assert_paid(self, line, *invoices):
        self.assertTrue(line.is_reconciled)
        self.assertFalse(self.items_on_suspense(line))
        self.assertEqual(line.codabox_matched_ids, self.env["account.move"].union(*invoices))
        for invoice in invoices:
            self.assertEqual((invoice.payment_state, invoice.amount_residual), ("paid", 0.0))

    def items_on_suspense(self, line):
        suspense = self.journal.suspense_account_id
        return line.move_id.line_ids.filtered(lambda item: item.account_id == suspense)

    def dollar_bill(self):
        """Post a bill of 100 USD, at one dollar for one euro."""
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": usd.id, "name": "2026-01-01", "rate": 1, "company_id": self.company.id}
        )
        return self.invoice(
            amount=100, kind="in_invoice", payment_reference="BILL", currency_id=usd.id
        )

    def dollars(self):
        """Return a payment of 100 USD for 95 EUR."""
        converted = structured_information("105", **CONVERSION)
        return debit("95", customer_reference="BILL", information=[converted])

    def choose(self, line, invoice, user=None):
        """Press *Match* on a line that proposes nothing, and look an invoice up."""
        action = self.press(line, "action_codabox_match", user=user)
        wizard = self.env["codabox.match"].sudo().browse(action["res_id"])
        self.press(wizard, "write", {"invoice_id": invoice.id}, user=user)
        self.press(wizard, "action_match", user=user)
        self.env.invalidate_all()

    def user(self, login, groups):
        return new_test_user(
            self.env,
            login,
            groups,
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

    def typed(self, amount):
        """Type a bank line by hand, with the payment reference in its text."""
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.journal.id,
                "date": date(2026, 1, 20),
                "amount": amount,
                "payment_ref": f"Thanks {OGM}",
            }
        )

    def do(self, record, method, *arguments, user=None):
        """Press a button and see the result."""
        result = self.press(record, method, *arguments, user=user)
        self.env.invalidate_all()
        return result


@tagged("-at_install", "post_install")
class TestCodaMatchNight(MatchCase):
    """What the nightly run does, by the setting of the journal."""

    def test_by_default_the_invoice_is_proposed_and_nothing_is_matched(self):
        self.assertEqual(self.journal.codabox_matching, "propose")
        invoice = self.invoice()
        line = self.book(credit("121", ogm=DIGITS))
        self.assert_open(line)
        self.assertEqual(self.seen(line, "codabox_proposal_id").id, invoice.id)

    def test_with_matching_off_nothing_is_proposed(self):
        self.journal.codabox_matching = "off"
        self.invoice()
        line = self.book(credit("121", ogm=DIGITS))
        self.assert_open(line)
        self.assertFalse(self.seen(line, "codabox_proposal_id"))
        self.assertFalse(self.seen(line, "codabox_can_match"))

    def test_when_exact_the_night_pays_the_invoice_and_keeps_the_books_right(self):
        self.journal.codabox_matching = "exact"
        invoice = self.invoice()
        line = self.book(credit("121", ogm=DIGITS))
        self.assert_paid(line, invoice)
        self.assertEqual(line.partner_id, self.customer)
        self.assertEqual(line.move_id.state, "posted")
        self.assertEqual(line.statement_id.line_ids, line)

    def test_every_kind_of_invoice_is_paid_by_money_in_its_direction_only(self):
        self.journal.codabox_matching = "exact"
        for kind, pays, other in (
            ("out_invoice", credit, debit),
            ("in_refund", credit, debit),
            ("in_invoice", debit, credit),
            ("out_refund", debit, credit),
        ):
            with self.subTest(kind), self.rolled_back():
                invoice = self.invoice(kind=kind)
                wrong, right = self.book(other("121", ogm=DIGITS), pays("121", ogm=DIGITS))
                self.assert_open(wrong)
                self.assert_paid(right, invoice)

    def test_the_end_to_end_reference_names_an_invoice_by_its_number(self):
        self.journal.codabox_matching = "exact"
        bill = self.invoice(kind="in_invoice", payment_reference=False, ref="2026-88")
        line = self.book(debit("121", customer_reference=bill.name))
        self.assert_paid(line, bill)

    def test_the_number_of_a_supplier_counts_only_with_that_supplier(self):
        self.customer.bank_ids = [Command.create({"acc_number": OTHER_IBAN})]
        bill = self.invoice(kind="in_invoice", payment_reference=False, ref="2026-88")
        known, unknown = self.book(
            debit("121", customer_reference="2026-88", counterparty=party("C", OTHER_IBAN)),
            debit("121", customer_reference="2026-88"),
        )
        self.assertEqual(known.codabox_proposal_id, bill)
        self.assertFalse(unknown.codabox_proposal_id)

    def test_another_amount_two_invoices_or_another_company_are_not_exact(self):
        self.journal.codabox_matching = "exact"
        for case in ("less", "more", "two", "draft", "other company", "other currency"):
            with self.subTest(case), self.rolled_back():
                if case == "other company":
                    self.invoice(company=self.other_company)
                elif case == "draft":
                    self.invoice().button_draft()
                elif case == "other currency":
                    self.env.ref("base.USD").active = True
                    self.invoice(currency_id=self.env.ref("base.USD").id)
                else:
                    self.invoice()
                if case == "two":
                    self.invoice(amount=50)
                line = self.book(
                    credit({"less": "120.99", "more": "121.01"}.get(case, "121"), ogm=DIGITS)
                )
                self.assert_open(line)
                self.assertFalse(line.codabox_proposal_id)

    def test_what_is_left_of_an_invoice_counts(self):
        self.journal.codabox_matching = "exact"
        invoice = self.invoice()
        first, second = self.book(credit("21", ogm=DIGITS), credit("100", ogm=DIGITS))
        self.assertFalse(first.is_reconciled or second.is_reconciled)
        self.choose(first, invoice)
        self.assertEqual(invoice.amount_residual, 100)
        self.press(second, "action_codabox_match")
        self.env.invalidate_all()
        self.assert_paid(second, invoice)

    def test_an_invoice_that_is_paid_twice_in_one_file_is_matched_once(self):
        self.journal.codabox_matching = "exact"
        invoice = self.invoice()
        first, second = self.book(credit("121", ogm=DIGITS), credit("121", ogm=DIGITS))
        self.assert_paid(first, invoice)
        self.assert_open(second)
        self.assertFalse(second.codabox_proposal_id)

    def test_the_original_currency_pays_an_invoice_in_it_at_the_rate_of_the_bank(self):
        self.journal.codabox_matching = "exact"
        bill = self.dollar_bill()
        line = self.book(self.dollars())
        self.assert_paid(line, bill)
        self.assertEqual(line.amount_currency, -100.0)
        self.assertEqual(line.move_id.line_ids.sorted("balance").mapped("balance"), [-95.0, 95.0])

    def test_an_error_of_the_match_leaves_the_line_booked_with_a_note(self):
        self.journal.codabox_matching = "exact"
        bill, invoice = self.dollar_bill(), self.invoice()
        # The rate of the bank is another one: Odoo wants a journal for the difference.
        self.company.currency_exchange_journal_id = False
        left, matched = self.book(self.dollars(), credit("121", ogm=DIGITS))
        self.assert_open(left)
        self.assertEqual(left.codabox_proposal_id, bill)
        notes = "".join(left.move_id.message_ids.mapped("body"))
        self.assertIn("Not matched with its invoice", notes)
        self.assert_paid(matched, invoice)
