"""Who may match bank lines, and in which periods; what it costs."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import credit, date
from .test_coda_match import DIGITS, MatchCase


@tagged("-at_install", "post_install")
class TestCodaMatchAccess(MatchCase):
    def test_a_closed_period_refuses_to_undo_and_says_until_when(self):
        invoice = self.invoice()
        line = self.book(credit("121", ogm=DIGITS))
        self.do(line, "action_codabox_match")
        for lock in ("fiscalyear_lock_date", "hard_lock_date"):
            with self.subTest(lock), self.rolled_back():
                self.company.sudo()[lock] = date(2026, 1, 31)
                with self.assertRaisesRegex(UserError, "closed until 2026-01-31"):
                    self.do(line, "action_codabox_undo_match")
                self.assert_paid(line, invoice)

    def test_a_closed_period_refuses_to_match_a_line_that_an_exception_let_in(self):
        self.invoice()
        self.company.sudo().fiscalyear_lock_date = date(2026, 1, 31)
        self.env["account.lock_exception"].create(
            {"user_id": self.env.uid, "fiscalyear_lock_date": False, "company_id": self.company.id}
        )
        line = self.typed(121)
        with self.assertRaisesRegex(UserError, "closed until 2026-01-31"):
            self.do(line, "action_codabox_match")
        self.assert_open(line)
        self.do(line, "action_codabox_match", user=self.env.user)
        self.assertTrue(line.is_reconciled)

    def test_who_only_reads_sees_the_proposal_and_changes_nothing(self):
        invoice = self.invoice()
        line = self.book(credit("121", ogm=DIGITS))
        for groups in ("account.group_account_readonly", "account.group_account_invoice"):
            with self.subTest(groups), self.rolled_back():
                user = self.user("reader", f"base.group_user,{groups}")
                self.assertEqual(line.with_user(user).codabox_proposal_id.id, invoice.id)
                for method in (
                    "action_codabox_match",
                    "action_codabox_match_all",
                    "action_codabox_undo_match",
                ):
                    with self.assertRaises(AccessError):
                        self.do(line, method, user=user)
                self.assert_open(line)

    def test_the_administrator_of_accounting_in_community_matches_and_undoes(self):
        """Odoo gives that role no right to write bank lines, and ours may be taken from it."""
        self.env.ref("account_codabox.group_accountant").sudo().implied_by_ids = [Command.clear()]
        user = self.user("boss", "base.group_user,account.group_account_manager")
        invoice, larger = self.invoice(), self.invoice(amount=50, payment_reference="B")
        exact, part = self.book(credit("121", ogm=DIGITS), credit("60"))
        self.assertFalse(exact.with_user(user).has_access("write"))
        self.do(exact, "action_codabox_match", user=user)
        self.assert_paid(exact, invoice)
        self.choose(part, larger, user=user)
        self.assertEqual(larger.payment_state, "paid")
        self.do(exact + part, "action_codabox_undo_match", user=user)
        self.assert_open(exact)
        self.assert_open(part)
        action = self.do(exact + part, "action_codabox_match_all", user=user)
        dialog = self.env["codabox.match.all"].sudo().browse(action["res_id"])
        self.do(dialog, "action_match", user=user)
        self.assert_paid(exact, invoice)

    def test_an_invoice_of_another_company_or_direction_is_refused_even_when_looked_up(self):
        keeper = self.env.user
        line = self.book(credit("121", ogm=DIGITS))
        for values in ({"company": self.other_company}, {"kind": "in_invoice"}):
            with self.subTest(values), self.rolled_back():
                invoice = self.invoice(**values)
                with self.assertRaisesRegex(UserError, "cannot pay"):
                    self.choose(line, invoice, user=keeper)
                self.assert_open(line)

    def test_many_lines_take_no_more_queries_than_few(self):
        def count(lines):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            lines = self.env[lines._name].with_user(self.accountant).browse(lines.ids)
            lines.web_read(
                {
                    name: {}
                    for name in (
                        "codabox_proposal_id",
                        "codabox_likely_id",
                        "codabox_why",
                        "codabox_booked_on",
                        "codabox_matched_ids",
                        "codabox_can_match",
                        "codabox_can_undo",
                        "codabox_left_amount",
                    )
                }
            )
            return self.cr.sql_log_count - before

        for n in range(24):
            self.invoice(amount=n + 1, payment_reference=f"REF{n}")
        lines = self.book(*(credit(str(n + 1), customer_reference=f"REF{n}") for n in range(24)))
        self.assertEqual(len(lines.codabox_proposal_id), 24)
        count(lines)
        few, many = count(lines[:2]), count(lines)
        self.assertLessEqual(many, few)
