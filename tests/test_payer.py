"""Who paid with his own money: it is owed to him, never to the shop."""

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from . import test_expenses
from .bill_case import BillCase, line
from .invoice_common import InvoiceCase


class PayerCase:
    def manager_account(self):
        """Return the current account of the manager."""
        return self.env["account.account"].create(
            {
                "code": "489900",
                "name": "Current account of the manager",
                "account_type": "liability_current",
                "company_ids": self.company.ids,
            }
        )

    def owed(self, move):
        """Return account -> what is open on accounts of this bill and its entry."""
        items = (move | move.codabox_payer_move_id).line_ids
        return {
            item.account_id.code: -item.balance
            for item in items
            if item.account_id == move.codabox_payer_account_id
        }


@tagged("-at_install", "post_install")
class TestPayerBill(BillCase, PayerCase):
    def bill(self, **values):
        move = self.import_bill(line("Paper", "100.00"))
        move.write({"codabox_paid_by": "private", **values})
        return move

    def test_a_bill_paid_privately_is_owed_to_who_paid_and_not_to_the_supplier(self):
        account = self.manager_account()
        els = self.env["res.partner"].create({"name": "Els"})
        move = self.bill(codabox_payer_account_id=account.id, codabox_payer_id=els.id)
        self.press(move, "action_post", user=self.accountant)
        self.assertEqual((move.payment_state, move.amount_residual), ("paid", 0.0))
        [item] = move.codabox_payer_move_id.line_ids.filtered(lambda i: i.account_id == account)
        self.assertEqual((item.balance, item.partner_id), (-121.0, els))
        self.assertEqual(move.codabox_payer_move_id.date, move.date)

    def test_without_an_account_it_is_not_posted(self):
        move = self.bill(codabox_payer_account_id=False)
        self.assertEqual(self.flags(move), ["private_no_account"])
        with self.assertRaises(ValidationError):
            self.press(move, "action_post", user=self.accountant)

    def test_reset_to_draft_takes_the_entry_along_and_posting_again_makes_one(self):
        move = self.bill(codabox_payer_account_id=self.manager_account().id)
        self.press(move, "action_post", user=self.accountant)
        entry = move.codabox_payer_move_id
        self.press(move, "button_draft", user=self.accountant)
        self.assertEqual(entry.state, "cancel")
        self.assertFalse(move.codabox_payer_move_id)
        self.press(move, "action_post", user=self.accountant)
        self.assertEqual(move.payment_state, "paid")
        self.assertNotEqual(move.codabox_payer_move_id, entry)

    def proposed(self, move, **values):
        """Return the account that the form proposes for a bill that is paid privately."""
        as_accountant = move.with_user(self.accountant).with_context(
            allowed_company_ids=self.company.ids
        )
        with Form(as_accountant, view="account.view_move_form") as form:
            form.codabox_paid_by = "private"
            for name, value in values.items():
                setattr(form, name, value)
            return form.codabox_payer_account_id

    def account_like(self, code, kind="asset_current"):
        return self.env["account.account"].create(
            {"code": code, "name": code, "account_type": kind, "company_ids": self.company.ids}
        )

    def test_the_account_that_was_said_last_is_proposed_for_bills_and_bank_lines(self):
        account = self.manager_account()
        move = self.bill(codabox_payer_account_id=account.id)
        self.press(move, "action_post", user=self.accountant)
        self.assertEqual(self.proposed(self.import_bill(line("Ink", "5"))), account)
        self.assertEqual(self.company._codabox_private_account(), account)

    def test_the_account_of_an_employee_is_his_and_not_that_of_the_company(self):
        els = self.env["res.partner"].create({"name": "Els"})
        his = self.account_like("489910", "liability_current")
        manager = self.manager_account()
        self.company.codabox_private_account_id = manager
        move = self.bill(codabox_payer_account_id=his.id, codabox_payer_id=els.id)
        self.press(move, "action_post", user=self.accountant)
        self.assertEqual(self.company.codabox_private_account_id, manager)
        other = self.import_bill(line("Ink", "5"))
        self.assertEqual(self.proposed(other), manager)
        self.assertEqual(self.proposed(other, codabox_payer_id=els), his)

    def test_nobody_said_it_by_who_owes_whom_and_a_sole_trader_has_his_own(self):
        mine = self.company._codabox_accounts_like("109", "416", "489")
        mine.write({"active": False})
        owes, owed = self.account_like("416900"), self.account_like("489900", "liability_current")
        self.assertEqual(self.company._codabox_private_account(), owes)
        self.assertEqual(self.company._codabox_private_account(owed_to_him=True), owed)
        private = self.account_like("109000", "equity")
        for side in (True, False):
            found = self.company._codabox_private_account(owed_to_him=side)
            self.assertEqual(found, private)


@tagged("-at_install", "post_install")
class TestPayerExpense(InvoiceCase, PayerCase):
    receive_expense = test_expenses.TestExpenses.receive_expense
    ELS = {"from": "els@example.com"}

    def receipt(self, number="B1", **values):
        return self.receive_expense(self.bill(number), **values).invoice_id

    def post(self, move, **values):
        move.invoice_line_ids.filtered(lambda found: not found.tax_ids).tax_ids = False
        move.write(values)
        self.press(move, "action_post")
        self.env.invalidate_all()

    def test_a_receipt_asks_who_paid_and_is_never_owed_to_the_shop(self):
        move = self.receipt()
        self.assertIn("expense_payer", self.flags(move))
        with self.assertRaises(ValidationError):
            self.press(move, "action_post")
        move.codabox_paid_by = "card"
        self.assertNotIn("expense_payer", self.flags(move))

    def test_who_paid_is_chosen_once_for_a_sender(self):
        account = self.manager_account()
        first = self.receipt(metadata=self.ELS)
        self.post(first, codabox_paid_by="private", codabox_payer_account_id=account.id)
        self.assertEqual(first.payment_state, "paid")
        second = self.receipt("B2", metadata=self.ELS)
        self.assertEqual(second.codabox_payer_account_id, account)
        self.assertIn("followed_payer", self.flags(second, blocking=False))
        self.assertNotIn("expense_payer", self.flags(second))
        other = self.receipt("B3", metadata={"from": "jan@example.com"})
        self.assertIn("expense_payer", self.flags(other))

    def test_what_is_forgotten_is_asked_again(self):
        account = self.manager_account()
        self.post(self.receipt(), codabox_paid_by="private", codabox_payer_account_id=account.id)
        answer = self.env["codabox.sender.answer"].search([("answer", "=", "payer")])
        self.press(answer, "action_forget")
        self.assertIn("expense_payer", self.flags(self.receipt("B2")))
