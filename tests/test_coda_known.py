"""What is on the bank account already is compared and adopted, never doubled."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import credit, date, debit, party
from .known_case import KnownCase

ACME = "BE43068999999501"


@tagged("-at_install", "post_install")
class TestCodaKnown(KnownCase):
    def test_what_was_typed_waits_for_a_person_and_says_so(self):
        self.typed(10.0, label="Rent from Jan")
        document = self.receive(self.day(15, credit("10", communication="Rent January")))
        self.assert_state(document, "waiting", "already_typed")
        for fact in ("10.00", "01/15/2026", "Rent from Jan", self.journal.name):
            self.assertIn(fact, document.reason)
        self.assertEqual(len(self.lines()), 1)
        self.press(document, "action_retry")
        self.assert_state(document, "waiting", "already_typed")

    def test_what_is_taken_for_the_same(self):
        """Equal amounts of one day; of near days only when something else agrees."""
        jan = {"counterparty": party("JAN PEETERS", ACME), "communication": "Rent"}
        other = "BE68539007547034"
        table = [
            ("one day", {}, {"day": 15}, True),
            ("value date", {"value_date": date(2026, 1, 12)}, {"day": 12}, True),
            ("another amount", {}, {"amount": 10.01}, False),
            ("the other sign", {}, {"amount": -10.0}, False),
            ("near, nothing agrees", jan, {"day": 13, "label": "Garage"}, False),
            ("near, the words agree", jan, {"day": 13, "label": "rent Jan Peeters"}, True),
            ("near, the account agrees", jan, {"day": 12, "account_number": ACME}, True),
            ("near, old account number", jan, {"day": 12, "account_number": ACME[4:]}, True),
            ("near, the reference agrees", {"ogm": "009093375538"},
             {"day": 11, "label": "+++009/0933/75538+++"}, True),
            ("too far", jan, {"day": 9, "label": "rent Jan Peeters"}, False),
            ("another account", jan, {"account_number": other}, False),
            ("another reference", {"ogm": "009093375538"},
             {"label": "+++123/4567/89002+++"}, False),
        ]  # fmt: skip
        for name, movement, line, same in table:
            with self.subTest(name), self.rolled_back():
                self.typed(**{"amount": 10.0, **line})
                document = self.receive(self.day(15, credit("10", **movement)))
                code = "already_typed" if same else False
                self.assert_state(document, "waiting" if same else "imported", code)

    def test_each_line_is_paired_once_with_what_agrees_best(self):
        self.typed(10.0, label="Coffee")
        self.typed(10.0, label="Bread")
        document = self.receive(
            self.day(
                15,
                credit("10", communication="Bread"),
                credit("10", communication="Coffee"),
                credit("10", communication="Milk"),
            )
        )
        shown = self.shown(document)
        self.assertEqual(shown, [("Bread", "Bread"), ("Coffee", "Coffee")])
        self.adopt(document)
        self.assert_state(document, "imported")
        self.assertEqual(sorted(self.lines().mapped("payment_ref")), ["Bread", "Coffee", "Milk"])
        self.assert_books_agree(document.statement_ids.bank_statement_id)

    def test_of_two_equal_payments_typed_once_one_is_new(self):
        self.typed(10.0)
        document = self.receive(self.day(15, credit("10"), credit("10")))
        self.assertEqual(len(self.shown(document)), 1)
        self.adopt(document)
        self.assertEqual(self.lines().mapped("amount"), [10.0, 10.0])

    def test_an_adopted_line_gets_what_the_bank_said_and_the_statement_is_complete(self):
        line = self.typed(10.0, day=13, label="Rent Peeters")
        document = self.receive(
            self.day(
                15,
                credit("10", communication="Rent", counterparty=party("JAN PEETERS", ACME)),
                debit("4"),
                opening="100",
            )
        )
        self.adopt(document)
        bank_statement = document.statement_ids.bank_statement_id
        self.assertIn(line, bank_statement.line_ids)
        self.assertEqual(sorted(self.lines().mapped("amount")), [-4.0, 10.0])
        self.assert_books_agree(bank_statement)
        self.assertEqual((line.payment_ref, line.amount), ("Rent Peeters", 10.0))
        self.assertEqual(line.date, date(2026, 1, 15), "nobody relies on the day it was typed")
        self.assertEqual((line.account_number, line.partner_name), (ACME, "JAN PEETERS"))
        self.assertIn("JAN PEETERS", str(line.codabox_panel))
        self.assertEqual(len(bank_statement.attachment_ids), 2)
        self.assertIn(self.accountant.name, "".join(document.message_ids.mapped("body")))

    def test_a_matched_line_keeps_its_entry_as_it_is(self):
        self.receive(self.day(14, credit("1")))
        partner = self.env["res.partner"].create({"name": "Tenant"})
        line = self.typed(10.0, day=13, label="Rent January", partner_id=partner.id)
        self.match(line)

        def entry():
            return line.move_id.read(["name", "date", "state", "partner_id"]) + [
                (i.id, i.account_id, i.balance, i.name, i.date) for i in line.move_id.line_ids
            ]

        before = entry()
        document = self.receive(
            self.day(15, credit("10", communication="Rent January"), opening="1")
        )
        self.adopt(document)
        self.assertEqual(entry(), before)
        self.assertTrue(line.is_reconciled)
        self.assertEqual(line.codabox_bank_date, date(2026, 1, 15))
        self.assertEqual(line.partner_id, partner)
        for bank_statement in self.lines().statement_id:
            self.assert_books_agree(bank_statement)

    def test_a_partly_matched_line_keeps_what_it_is_matched_with(self):
        line = self.typed(10.0, day=13, label="Rent January")
        move = line.move_id
        move.button_draft()
        suspense = move.line_ids.filtered(
            lambda i: i.account_id == self.journal.suspense_account_id
        )
        move.line_ids = [
            Command.update(suspense.id, {"balance": -4.0, "amount_currency": -4.0}),
            Command.create({"account_id": self.income.id, "balance": -6.0}),
        ]
        move.action_post()
        self.assertFalse(line.is_reconciled)
        self.env["res.partner.bank"].create(
            {
                "acc_number": ACME,
                "partner_id": self.env["res.partner"].create({"name": "Jan"}).id,
            }
        )
        document = self.receive(
            self.day(
                15, credit("10", communication="Rent January", counterparty=party("JAN", ACME))
            )
        )
        self.adopt(document)
        self.assertEqual(sorted(move.line_ids.mapped("balance")), [-6.0, -4.0, 10.0])
        self.assertEqual((line.date, line.partner_id.id), (date(2026, 1, 13), False))
        self.assert_books_agree(document.statement_ids.bank_statement_id)

    def test_a_line_in_a_closed_period_is_adopted_and_the_period_stays(self):
        line = self.typed(10.0, label="Rent")
        self.match(line)
        self.company.fiscalyear_lock_date = "2026-01-31"
        document = self.receive(self.day(15, credit("10", communication="Rent")))
        self.assert_state(document, "waiting", "already_typed")
        self.adopt(document)
        self.assert_state(document, "imported")
        self.assertEqual((line.date, line.is_reconciled), (date(2026, 1, 15), True))
        self.press(document, "action_undo")
        self.env.invalidate_all()
        self.assertEqual(self.lines(), line)
        self.assertFalse(line.statement_id)

    def test_booking_as_new_keeps_both_and_asks_no_more(self):
        self.typed(10.0)
        document = self.receive(self.day(15, credit("10")))
        self.press(self.compare(document), "action_book_all")
        self.assert_state(document, "imported")
        self.assertEqual(self.lines().mapped("amount"), [10.0, 10.0])
        later = self.receive(self.day(16, credit("5"), opening="10"))
        self.assert_state(later, "imported")

    def test_each_movement_has_its_own_answer(self):
        self.typed(10.0, label="Bread")
        self.typed(20.0, label="Milk")
        document = self.receive(
            self.day(15, credit("10", communication="Bread"), credit("20", communication="Milk"))
        )
        wizard = self.compare(document)
        wizard.line_ids.filtered(lambda row: row.amount == 20.0).choice = "new"
        self.press(wizard, "action_confirm")
        self.assert_state(document, "imported")
        self.assertEqual(sorted(self.lines().mapped("amount")), [10.0, 20.0, 20.0])
        self.assert_books_agree(document.statement_ids.bank_statement_id)

    def test_what_a_person_decided_holds_while_the_period_is_closed(self):
        self.typed(10.0, label="Rent")
        line = self.lines()
        self.match(line)
        self.company.fiscalyear_lock_date = "2026-01-31"
        document = self.receive(self.day(15, credit("10", communication="Rent"), credit("5")))
        self.adopt(document)
        self.assert_state(document, "waiting", "closed_period")
        self.assertFalse(line.codabox_key, "nothing is changed before it is booked")
        self.company.fiscalyear_lock_date = False
        self.press(document, "action_retry")
        self.assert_state(document, "imported")
        self.env.invalidate_all()
        self.assertIn(line, document.statement_ids.bank_statement_id.line_ids)

    def test_what_is_adopted_keeps_its_day_when_the_rest_is_booked_on_the_first_open_day(self):
        line = self.typed(10.0, label="Rent")
        self.match(line)
        self.company.fiscalyear_lock_date = "2026-01-31"
        document = self.receive(self.day(15, credit("10", communication="Rent"), credit("5")))
        self.adopt(document)
        self.press(document, "action_book_open_day")
        self.env.invalidate_all()
        self.assert_state(document, "imported")
        self.assertEqual(line.date, date(2026, 1, 15))
        self.assertNotIn("closed_period_date", line.transaction_details)
        self.assertEqual((self.lines() - line).date, date(2026, 2, 1))

    def test_a_line_that_is_gone_meanwhile_is_not_adopted(self):
        line = self.typed(10.0)
        document = self.receive(self.day(15, credit("10")))
        wizard = self.compare(document)
        line.amount = 11.0
        self.press(wizard, "action_adopt_all")
        self.assert_state(document, "imported")
        self.assertEqual(sorted(self.lines().mapped("amount")), [10.0, 11.0])
        self.assert_books_agree(document.statement_ids.bank_statement_id)
        with self.assertRaisesRegex(UserError, "nothing to choose"):
            self.press(wizard, "action_adopt_all")

    def test_a_booking_that_breaks_leaves_the_typed_lines_alone(self):
        line = self.typed(10.0, day=13, label="Rent")
        document = self.receive(self.day(15, credit("10", communication="Rent"), credit("5")))
        wizard = self.compare(document)
        self.journal.suspense_account_id = False
        self.press(wizard, "action_adopt_all")
        self.assert_state(document, "waiting", "no_suspense_account")
        self.assertEqual((line.date, line.codabox_key), (date(2026, 1, 13), False))
        self.journal.suspense_account_id = self.company.account_journal_suspense_account_id
        self.press(document, "action_retry")
        self.assert_state(document, "imported")
        self.env.invalidate_all()
        self.assertIn(line, document.statement_ids.bank_statement_id.line_ids)
        self.assert_books_agree(document.statement_ids.bank_statement_id)

    def test_what_is_left_without_anything_to_compare_is_booked(self):
        line = self.typed(10.0)
        document = self.receive(self.day(15, credit("10")))
        line.unlink()
        self.press(document, "action_compare_known")
        self.assert_state(document, "imported")
        self.assertEqual(self.lines().mapped("amount"), [10.0])

    def test_a_total_that_was_typed_as_one_line_is_adopted_as_one(self):
        self.typed(30.0, label="Collection")
        details = [credit("10", code="50050000"), credit("20", code="50050000")]
        document = self.receive(self.day(15, credit("30", code="10050000", details=details)))
        self.assertEqual(len(self.shown(document)), 1)
        self.adopt(document)
        self.assertEqual(self.lines().mapped("amount"), [30.0])

    def test_details_that_were_typed_are_adopted_where_the_journal_asks_for_the_total(self):
        self.journal.codabox_customer_totals = "total"
        self.typed(10.0)
        self.typed(20.0)
        details = [credit("10", code="50050000"), credit("20", code="50050000")]
        document = self.receive(self.day(15, credit("30", code="10050000", details=details)))
        self.adopt(document)
        self.assertEqual(sorted(self.lines().mapped("amount")), [10.0, 20.0])

    def test_several_statements_of_one_file_are_asked_one_after_the_other(self):
        self.typed(10.0, day=15)
        self.typed(20.0, day=16)
        document = self.receive(
            self.day(15, credit("10")), self.day(16, credit("20"), opening="10")
        )
        action = self.press(self.compare(document), "action_adopt_all")
        self.press(self.env["codabox.compare"].sudo().browse(action["res_id"]), "action_adopt_all")
        self.assert_state(document, "imported")
        self.assertEqual(self.lines().mapped("amount"), [10.0, 20.0])

    def test_the_question_costs_two_queries_and_no_more_for_more_movements(self):
        counts = []
        for number, size in ((15, 2), (16, 40)):
            for index in range(size):
                self.typed(1.0 + index, day=number + 10)
            movements = [credit(str(1 + index), communication="x") for index in range(size)]
            index = self.deliver(self.day(number, *movements, month=3))
            self.night()
            document = self.document(index)
            record = document.statement_ids
            parsed = document._parsed_statement(record)
            self.env.invalidate_all()
            record.known_answer, record.key, record.company_id.id, self.journal.id  # noqa: B018
            before = self.env.cr.sql_log_count
            record._find_known(parsed, self.journal)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], 2)
