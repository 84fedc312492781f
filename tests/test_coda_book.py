"""Book on an account: what a bank line is that pays no invoice."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import OTHER_IBAN, UNKNOWN_IBAN, credit, date, debit, party
from .test_coda_match import MatchCase


class BookCase(MatchCase):
    def account(self, code, company=None):
        company = company or self.company
        found = self.env["account.account"].with_company(company)
        return found.search([("code", "=", code), ("company_ids", "in", company.ids)])

    def open_book(self, lines, user=None, **values):
        """Press *Book on an account*, and fill the dialog in."""
        action = self.press(lines, "action_codabox_book", user=user)
        wizard = self.env["codabox.book"].sudo().browse(action["res_id"])
        if values:
            self.press(wizard, "write", values, user=user)
        return wizard

    def say(self, lines, user=None, **values):
        """Book lines as a person does."""
        wizard = self.open_book(lines, user=user, **values)
        self.do(wizard, "action_book", user=user)

    def counterparts(self, line):
        """Return (code of the account, balance) of what is not the bank's."""
        items = line.move_id.line_ids - line._seek_for_lines()[0]
        codes = [(i.with_company(line.company_id).account_id.code, i.balance) for i in items]
        return sorted(codes)


@tagged("-at_install", "post_install")
class TestCodaBook(BookCase):
    def test_a_charge_goes_to_its_account_and_undo_gives_it_back(self):
        line = self.book(debit("5.25", code="08013000"))
        self.assertTrue(self.seen(line, "codabox_can_book"))
        self.say(line, account_id=self.account("657200").id, label="Kosten januari")
        self.assertTrue(line.is_reconciled)
        self.assertEqual(self.counterparts(line), [("657200", 5.25)])
        item = line.move_id.line_ids - line._seek_for_lines()[0]
        self.assertEqual(item.name, "Kosten januari")
        self.assertEqual(self.seen(line, "codabox_booked_on"), "657200 Bank Fees")
        self.assertFalse(self.seen(line, "codabox_can_book"))
        self.assert_books_agree(line.statement_id)
        self.assertIn("657200", "".join(line.move_id.message_ids.mapped("body")))
        self.do(line, "action_codabox_undo_match")
        self.assert_open(line)

    def test_several_lines_are_booked_at_once_and_keep_their_texts(self):
        lines = self.book(debit("1", communication="ONE"), debit("2", communication="TWO"))
        partner = self.customer
        wizard = self.open_book(lines, account_id=self.account("657200").id, partner_id=partner.id)
        self.assertEqual((wizard.line_count, wizard.total), (2, -3.0))
        self.do(wizard, "action_book")
        self.assertEqual(set(map(bool, lines.mapped("is_reconciled"))), {True})
        self.assertEqual(lines.partner_id, partner)
        self.assertEqual(
            [(line.move_id.line_ids - line._seek_for_lines()[0]).name for line in lines],
            ["ONE", "TWO"],
        )
        self.do(lines, "action_codabox_undo_match")
        self.assertFalse(lines.partner_id)
        for line in lines:
            self.assert_open(line)

    def test_tax_is_taken_out_of_the_amount_to_the_cent(self):
        tax = self.env["account.tax"].search(
            [
                ("company_id", "=", self.company.id),
                ("type_tax_use", "=", "purchase"),
                ("amount", "=", 21),
                ("amount_type", "=", "percent"),
            ],
            limit=1,
        )
        amounts = ["121", "0.01", "0.03", "9.99", "100", "33.33", "1234.57"]
        lines = self.book(*map(debit, amounts), credit("12.10"))
        self.say(lines, account_id=self.account("657200").id, tax_ids=[Command.set(tax.ids)])
        for line in lines:
            with self.subTest(line.amount):
                items = self.counterparts(line)
                self.assertEqual(round(sum(b for _c, b in items), 2), -line.amount)
                self.assertTrue(line.is_reconciled)
        self.assertEqual(self.counterparts(lines[0]), [("411000", 21.0), ("657200", 100.0)])
        self.assertEqual(self.counterparts(lines[-1]), [("411000", -2.1), ("657200", -10.0)])
        bought, given = ((lines[i].move_id.line_ids.tax_tag_ids).mapped("name") for i in (0, -1))
        self.assertTrue(bought)
        self.assertTrue(given)
        self.assertNotEqual(bought, given, "a refund stands in other boxes")
        self.do(lines, "action_codabox_undo_match")
        self.assert_open(lines[0])

    def test_private_is_what_the_chart_has_and_then_what_was_said_last(self):
        first, second = self.book(debit("50"), debit("60"))
        wizard = self.open_book(first, kind="private")
        self.assertEqual(wizard.account_id.with_company(self.company).code, "416000")
        self.press(wizard, "write", {"account_id": self.account("489000").id})
        self.do(wizard, "action_book")
        self.assertEqual(self.counterparts(first), [("489000", 50.0)])
        wizard = self.open_book(second, kind="private")
        self.assertEqual(wizard.account_id, self.account("489000"))

    def test_both_sides_of_a_transfer_between_own_accounts_find_each_other(self):
        other = self.make_journal(self.company, OTHER_IBAN)
        from_it = self.receive(
            self.day(15, credit("500", counterparty=party("JO", UNKNOWN_IBAN)), account=OTHER_IBAN)
        )
        self.assert_state(from_it, "imported")
        into = self.lines(other)
        out = self.book(debit("500", counterparty=party("JO", OTHER_IBAN)))
        wizard = self.open_book(out)
        self.assertEqual((wizard.kind, wizard.transfer_journal_id), ("transfer", other))
        self.do(wizard, "action_book")
        account = self.company.transfer_account_id
        item = out.move_id.line_ids.filtered(lambda i: i.account_id == account)
        self.assertFalse(item.reconciled)
        self.say(into, kind="transfer", transfer_journal_id=self.journal.id)
        self.env.invalidate_all()
        self.assertTrue(item.reconciled)
        self.assertTrue(out.codabox_booked_on and into.codabox_booked_on)
        self.do(into, "action_codabox_undo_match")
        self.assertFalse(item.reconciled)
        self.assertTrue(out.is_reconciled)

    def test_what_is_left_of_a_match_is_booked_too_and_undone_together(self):
        invoice = self.invoice()
        line = self.book(credit("125"))
        self.choose(line, invoice)
        self.say(line, account_id=self.account("757100").id)
        self.assertTrue(line.is_reconciled)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertIn(("757100", -4.0), self.counterparts(line))
        self.do(line, "action_codabox_undo_match")
        self.assert_open(line)
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_dollars_are_booked_at_the_rate_of_the_bank(self):
        self.dollar_bill()
        line = self.book(self.dollars())
        self.say(line, account_id=self.account("657200").id)
        item = line.move_id.line_ids - line._seek_for_lines()[0]
        self.assertEqual((item.balance, item.amount_currency), (95.0, 100.0))


@tagged("-at_install", "post_install")
class TestCodaBookDifference(BookCase):
    def test_cents_within_the_limit_of_the_journal_are_booked_when_a_person_matches(self):
        self.journal.codabox_tolerance = 0.05
        for paid, account, amount in (("120.97", "657100", 0.03), ("121.05", "757100", -0.05)):
            with self.subTest(paid), self.rolled_back():
                invoice = self.invoice()
                line = self.book(credit(paid))
                self.assertFalse(line.codabox_proposal_id, "exact is to the cent")
                action = self.press(line, "action_codabox_match")
                wizard = self.env["codabox.match"].sudo().browse(action["res_id"])
                self.press(wizard, "write", {"invoice_id": invoice.id})
                self.assertIn(account, wizard.result)
                self.do(wizard, "action_match")
                self.assert_paid(line, invoice)
                self.assertIn((account, amount), self.counterparts(line))
                self.do(line, "action_codabox_undo_match")
                self.assert_open(line)
                self.assertEqual(invoice.payment_state, "not_paid")

    def test_of_a_bill_too_much_is_a_loss(self):
        self.journal.codabox_tolerance = 0.05
        bill = self.invoice(kind="in_invoice")
        line = self.book(debit("121.02"))
        self.choose(line, bill)
        self.assert_paid(line, bill)
        self.assertIn(("657100", 0.02), self.counterparts(line))

    def test_more_than_the_limit_stays_open_as_before(self):
        for limit in (0, 0.02):
            with self.subTest(limit), self.rolled_back():
                self.journal.codabox_tolerance = limit
                invoice = self.invoice()
                line = self.book(credit("120.97"))
                self.choose(line, invoice)
                self.assertEqual(invoice.amount_residual, 0.03)


@tagged("-at_install", "post_install")
class TestCodaBookDoors(BookCase):
    def test_who_only_reads_books_nothing(self):
        line = self.book(debit("5"))
        for groups in ("account.group_account_readonly", "account.group_account_invoice"):
            with self.subTest(groups), self.rolled_back():
                user = self.user("reader", f"base.group_user,{groups}")
                with self.assertRaises(AccessError):
                    self.do(line, "action_codabox_book", user=user)

    def test_accounts_of_banks_and_of_other_companies_are_refused(self):
        line = self.book(debit("5"))
        keeper = self.env.user
        other = self.make_journal(self.company, OTHER_IBAN)
        for account in (
            self.journal.default_account_id,
            self.journal.suspense_account_id,
            other.default_account_id,
            self.account("657200", self.other_company),
        ):
            with self.subTest(account.name), self.rolled_back():
                with self.assertRaises(UserError):
                    self.say(line, user=keeper, account_id=account.id)
                self.assert_open(line)

    def test_an_account_of_customers_wants_a_partner(self):
        line = self.book(credit("5"))
        account = self.customer.with_company(self.company).property_account_receivable_id
        with self.assertRaisesRegex(UserError, "partner"):
            self.say(line, account_id=account.id)
        self.say(line, account_id=account.id, partner_id=self.customer.id)
        self.assertTrue(line.is_reconciled)

    def test_lines_of_two_companies_are_not_booked_together(self):
        mine = self.book(debit("5"))
        theirs = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.make_journal(self.other_company, OTHER_IBAN).id,
                "date": date(2026, 1, 20),
                "amount": -5,
                "payment_ref": "x",
            }
        )
        with self.assertRaises(UserError):
            self.do(mine + theirs, "action_codabox_book", user=self.env.user)

    def test_a_closed_period_says_until_when(self):
        self.company.sudo().fiscalyear_lock_date = date(2026, 1, 31)
        self.env["account.lock_exception"].create(
            {"user_id": self.env.uid, "fiscalyear_lock_date": False, "company_id": self.company.id}
        )
        line = self.typed(-5)
        wizard = self.open_book(line, user=self.env.user, account_id=self.account("657200").id)
        with self.assertRaisesRegex(UserError, "closed until"):
            self.do(line, "action_codabox_book")
        self.assert_open(line)
        self.do(wizard, "action_book", user=self.env.user)
        self.assertTrue(line.is_reconciled)

    def test_a_closed_vat_return_refuses_tax_and_its_undo_and_nothing_else(self):
        taxed, plain = self.book(debit("121"), debit("5"))
        tax = self.env["account.tax"].search(
            [("company_id", "=", self.company.id), ("type_tax_use", "=", "purchase"), ("amount", "=", 21)],
            limit=1,
        )  # fmt: skip
        account = self.account("657200").id
        values = {"account_id": account, "tax_ids": [Command.set(tax.ids)]}
        wizard = self.open_book(taxed, **values)
        self.company.sudo().tax_lock_date = date(2026, 1, 31)
        with self.assertRaisesRegex(UserError, "VAT period"):
            self.do(wizard, "action_book")
        self.say(plain, account_id=account)
        self.assertTrue(plain.is_reconciled)
        self.company.sudo().tax_lock_date = False
        self.do(wizard, "action_book")
        self.company.sudo().tax_lock_date = date(2026, 1, 31)
        with self.assertRaisesRegex(UserError, "VAT period"):
            self.do(taxed, "action_codabox_undo_match")
        self.do(plain, "action_codabox_undo_match")
        self.assert_open(plain)

    def test_wages_are_booked_only_by_who_reads_them(self):
        line = self.wages()
        with self.assertRaisesRegex(AccessError, "pays wages"):
            self.do(line, "action_codabox_book")
        self.company.sudo().codabox_wages_open = True
        self.say(line, account_id=self.account("455000").id)
        self.assertTrue(line.is_reconciled)

    def wages(self):
        line = self.book(debit("2000"))
        line.transaction_details = {**line.transaction_details, "category_purpose": "SALA"}
        return line

    def test_where_account_reconcile_oca_is_installed_ours_steps_back(self):
        line = self.book(debit("5"))
        module = self.env["ir.module.module"].sudo()
        module.create({"name": "account_reconcile_oca", "state": "installed"})
        # Odoo remembers what is installed; the tests after this one must not.
        self.addCleanup(self.env.registry.clear_cache, "stable")
        self.env.registry.clear_cache("stable")
        self.env.invalidate_all()
        self.assertFalse(self.seen(line, "codabox_can_book"))
        with self.assertRaisesRegex(UserError, "Reconcile"):
            self.do(line, "action_codabox_book")


@tagged("-at_install", "post_install")
class TestCodaBookHttp(BookCase, HttpCase):
    def test_an_accountant_of_another_company_books_nothing(self):
        line = self.book(debit("5"))
        wizard = self.open_book(line, account_id=self.account("657200").id)
        stranger = self.user("stranger", "base.group_user,account.group_account_user")
        theirs = {
            "company_ids": [Command.set(self.other_company.ids)],
            "company_id": self.other_company.id,
        }
        stranger.write({**theirs, "password": "stranger"})
        self.authenticate("stranger", "stranger")
        create = {"line_ids": [Command.set(line.ids)], "company_id": self.other_company.id}
        for record, method, arguments in (
            (line, "action_codabox_book", []),
            (line, "read", [["codabox_booked_on"]]),
            (wizard, "action_book", []),
            (wizard, "read", [["payment_ref"]]),
            (wizard.browse(), "create", [create]),
        ):
            with self.subTest(method), mute_logger("odoo.http"):
                args = [record.ids, *arguments] if record else arguments
                with self.assertRaisesRegex(JsonRpcException, "AccessError"):
                    self.make_jsonrpc_request(
                        f"/web/dataset/call_kw/{record._name}/{method}",
                        {"model": record._name, "method": method, "args": args, "kwargs": {}},
                    )
        self.env.invalidate_all()
        self.assert_open(line)
