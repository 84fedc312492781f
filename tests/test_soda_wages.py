"""Wages that the bank paid, and the payroll entry that owes them: by amount and month only."""

from odoo.tests import tagged

from . import common as bank
from .soda_common import GROSS, NET, TAX, SodaCase
from .soda_common import credit as soda_credit
from .soda_common import debit as soda_debit
from .test_coda_wages import NAMES, wages


@tagged("-at_install", "post_install")
class TestSodaWages(SodaCase):
    def setUp(self):
        super().setUp()
        self.map_codes()
        self.company.codabox_soda_post = True
        self.journal.codabox_matching = "exact"

    def allow(self):
        """Allow reconciliation as the manager does on the card of the payroll journal."""
        self.company._codabox_payroll_journal().action_codabox_allow_reconciliation()

    def payroll(self, net="90", **values):
        """Receive a posted payroll that owes this much, and return its entry."""
        gross = str(float(net) + 30)
        lines = [
            payroll_line(code, amount)
            for code, amount in ((GROSS, gross), (TAX, "-30"), (NET, f"-{net}"))
        ]
        move = self.receive_soda(self.month(*lines, **values)).payroll_ids.move_id
        if move.state == "draft":
            move.action_post()  # the same totals twice in a month are never posted by themselves
        return move

    def pay(self, *movements, month=1, number=30):
        """Receive the statement of a day; return its bank lines."""
        document = self.receive(self.day(number, *(movements or [wages()]), month=month))
        self.assert_state(document, "imported")
        return document.statement_ids.bank_statement_id.line_ids

    def net(self, move):
        return move.line_ids.filtered(lambda item: item.account_id == self.account(NET))

    def test_the_offer_is_made_once_there_is_payroll_and_opens_453_to_456(self):
        company = self.company
        self.assertFalse(company._codabox_closed_social_debts())
        journal = company._codabox_payroll_journal()
        closed = company._codabox_closed_social_debts()
        self.assertEqual(set(closed.mapped("code")), {"453000", "454000", "455000", "456000"})
        for user, count in ((self.env.user, 4), (self.accountant, False)):
            card = journal.with_user(user)._get_journal_dashboard_data_batched()[journal.id]
            self.assertEqual(card["codabox_payroll"]["closed"], count)
        journal.action_codabox_allow_reconciliation()
        self.assertTrue(all(closed.mapped("reconcile")))
        self.assertFalse(company._codabox_closed_social_debts())
        self.assertFalse(self.account(NET, self.other_company).reconcile)

    def test_the_night_pays_the_payroll_of_that_amount_and_month_and_names_nobody(self):
        self.allow()
        move = self.payroll()
        line = self.pay()
        self.assertTrue(line.is_reconciled)
        self.assertTrue(self.net(move).reconciled)
        self.assertEqual(line.with_user(self.accountant).codabox_matched_ids.id, move.id)
        kept = f"{line.read()} {line.move_id.message_ids.mapped('body')} {move.line_ids.read()}"
        for name in NAMES:
            self.assertNotIn(name, kept)

    def test_the_dialog_says_that_455_is_closed_and_opens_it(self):
        move, line = self.payroll(), self.pay()
        self.assertFalse(line.is_reconciled)
        wizards = self.env["codabox.match"]
        wizard = wizards.browse(wizards._open(line)["res_id"])
        self.assertTrue(wizard.wages_are_closed)
        self.assertFalse(wizard.candidate_ids)
        wizard = wizards.browse(wizard.action_allow_wages()["res_id"])
        self.assertFalse(wizard.wages_are_closed)
        self.assertRecordValues(
            wizard.candidate_ids, [{"reason": "wages", "due_date": move.date, "open_amount": 90.0}]
        )
        wizard.candidate_ids.action_match()
        self.assertTrue(self.net(move).reconciled)
        other = self.pay(bank.debit("5"), number=31)
        self.assertFalse(wizards.browse(wizards._open(other)["res_id"]).wages_are_closed)

    def test_a_payment_that_came_before_its_payroll_is_matched_when_that_is_posted(self):
        self.allow()
        line = self.pay()
        self.assertFalse(line.is_reconciled)
        move = self.payroll()
        self.env.invalidate_all()
        self.assertEqual(line.codabox_matched_ids, move)

    def test_the_accountant_is_shown_the_payroll_matches_and_undoes(self):
        self.allow()
        self.journal.codabox_matching = "propose"
        move = self.payroll()
        line = self.pay(month=2, number=3)
        self.assertFalse(line.is_reconciled)
        self.assertEqual(line.with_user(self.accountant).codabox_proposal_id.id, move.id)
        self.press(line, "action_codabox_match")
        self.env.invalidate_all()
        self.assertTrue(self.net(move).reconciled)
        self.press(line, "action_codabox_undo_match")
        self.env.invalidate_all()
        self.assertFalse(line.is_reconciled)
        self.assertFalse(self.net(move).reconciled)
        self.assertEqual(self.net(move).amount_residual, -90.0)
        self.assertEqual(line.codabox_proposal_id, move)

    def test_what_is_ambiguous_or_no_wages_is_never_matched_by_itself(self):
        for name, months, movements in (
            ("another amount", [{"net": "91"}], [wages()]),
            ("another month", [{"period": "202510"}], [wages()]),
            ("two payrolls", [{"sequence": "1"}, {"sequence": "2"}], [wages()]),
            ("two payments", [{}], [wages(), wages()]),
            ("no wages", [{}], [bank.debit("90", communication="Net wages January")]),
        ):
            with self.subTest(name), self.rolled_back():
                self.allow()
                payrolls = [self.payroll(**values) for values in months]
                lines = self.pay(*movements)
                self.assertFalse(any(lines.mapped("is_reconciled")))
                self.assertFalse(lines.with_user(self.accountant).codabox_proposal_id)
                for payroll in payrolls:
                    self.assertFalse(self.net(payroll).reconciled)

    def test_without_reconciliation_on_455_nothing_is_proposed(self):
        self.payroll()
        line = self.pay()
        self.assertFalse(line.is_reconciled)
        self.assertFalse(line.codabox_proposal_id)

    def test_a_person_chooses_among_several_payrolls_and_pays_one_in_part(self):
        self.allow()
        first, second = self.payroll(sequence="1"), self.payroll(net="100", sequence="2")
        third = self.payroll(sequence="3")
        line = self.pay()
        action = self.press(line, "action_codabox_match")
        wizard = self.env["codabox.match"].sudo().browse(action["res_id"])
        self.assertEqual(
            [(c.invoice_id, c.reason, c.open_amount) for c in wizard.candidate_ids],
            [(first, "wages", 90.0), (third, "wages", 90.0), (second, "open_wages", 100.0)],
        )
        self.press(wizard.candidate_ids[2], "action_match")
        self.env.invalidate_all()
        self.assertTrue(line.is_reconciled)
        self.assertEqual(self.net(second).amount_residual, -10.0)


def payroll_line(code, amount):
    """Return a line of a payroll: a debit, or with a minus a credit."""
    make = soda_credit if amount.startswith("-") else soda_debit
    return make(code, amount.lstrip("-"), "Net" if code == NET else "")
