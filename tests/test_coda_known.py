"""What is on the bank account already is compared and adopted, never doubled."""

from dataclasses import replace

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..codabox.coda import write_coda
from .common import IBAN, CodaboxCase, credit, date, debit, party

ACME = "BE43068999999501"


class KnownCase(CodaboxCase):
    """A journal on which somebody types bank lines, and a client whose statements come."""

    def setUp(self):
        super().setUp()
        self.map_client()
        self.income = self.env["account.account"].search(
            [("company_ids", "=", self.company.id), ("account_type", "=", "income")], limit=1
        )

    def typed(self, amount, day=15, label="", journal=None, **values):
        """Type a bank line on a day of January."""
        journal = journal or self.journal
        return (
            self.env["account.bank.statement.line"]
            .with_company(journal.company_id)
            .create(
                {
                    "journal_id": journal.id,
                    "date": date(2026, 1, day),
                    "amount": amount,
                    "payment_ref": label or "Typed",
                    **values,
                }
            )
        )

    def match(self, line):
        """Match a bank line against an account, as a person does."""
        line.move_id.button_draft()
        line.move_id.line_ids.filtered(
            lambda item: item.account_id == self.journal.suspense_account_id
        ).account_id = self.income
        line.move_id.action_post()
        self.assertTrue(line.is_reconciled)

    def compare(self, document, user=None):
        """Open the comparison as the button does; returns the wizard as its user has it."""
        action = self.press(document, "action_compare_known", user=user)
        self.assertEqual(action["res_model"], "codabox.compare")
        return self.env["codabox.compare"].browse(action["res_id"])

    def adopt(self, document):
        self.press(self.compare(document), "action_adopt_all")
        self.env.invalidate_all()

    def shown(self, document):
        """Return (movement, line in the books) of each row, as texts."""
        return [(row.label, row.line_label) for row in self.compare(document).line_ids]


@tagged("-at_install", "post_install")
class TestCodaKnown(KnownCase):
    def test_what_was_typed_waits_for_a_person_and_says_so(self):
        self.typed(10.0, label="Rent from Jan")
        document = self.receive(self.day(15, credit("10", communication="Rent January")))
        self.assert_state(document, "waiting", "already_typed")
        for fact in ("10.00", "2026-01-15", "Rent from Jan", self.journal.name):
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

    def test_undoing_gives_an_adopted_line_back_as_it_was(self):
        own = self.env["account.bank.statement"].create(
            {
                "name": "Typed by hand",
                "journal_id": self.journal.id,
                "line_ids": [
                    Command.create(
                        {"date": date(2026, 1, 13), "amount": 10.0, "payment_ref": "Rent",
                         "journal_id": self.journal.id, "transaction_details": {"mine": 1}}
                    )
                ],
            }
        )  # fmt: skip
        line = own.line_ids
        names = ["date", "amount", "payment_ref", "partner_id", "sequence", "statement_id",
                 "transaction_details", "account_number", "internal_index"]  # fmt: skip
        before = line.read(names)
        stock = own.read(["balance_start", "balance_end_real", "is_complete", "date"])
        document = self.receive(
            self.day(
                15,
                credit("10", communication="Rent", counterparty=party("JAN", ACME)),
                credit("5"),
            )
        )
        self.adopt(document)
        self.assertFalse(own.line_ids)
        self.assertIn("Typed by hand", "".join(document.message_ids.mapped("body")))
        self.press(document, "action_undo")
        self.env.invalidate_all()
        self.assertEqual(self.lines(), line)
        self.assertEqual(line.read(names), before)
        self.assertEqual(
            own.read(["balance_start", "balance_end_real", "is_complete", "date"]), stock
        )
        self.press(document, "action_retry")
        self.assert_state(document, "waiting", "already_typed")
        self.adopt(document)
        self.assertEqual(sorted(self.lines().mapped("amount")), [5.0, 10.0])

    def test_a_match_made_after_adopting_survives_undoing(self):
        line = self.typed(10.0, day=13, label="Rent")
        document = self.receive(self.day(15, credit("10", communication="Rent")))
        self.adopt(document)
        self.match(line)
        self.press(document, "action_undo")
        self.env.invalidate_all()
        self.assertTrue(line.exists().is_reconciled)
        self.assertEqual(line.date, date(2026, 1, 15))
        self.assertTrue(line.internal_index.startswith("20260115"))

    def test_deleting_the_bank_statement_gives_back_too(self):
        line = self.typed(10.0)
        document = self.receive(self.day(15, credit("10"), credit("5")))
        self.adopt(document)
        document.statement_ids.bank_statement_id.unlink()
        self.assertEqual(self.lines(), line)
        self.assertFalse(line.codabox_key)
        self.assert_state(document, "waiting", "result_deleted")

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
        self.press(self.env["codabox.compare"].browse(action["res_id"]), "action_adopt_all")
        self.assert_state(document, "imported")
        self.assertEqual(self.lines().mapped("amount"), [10.0, 20.0])

    def test_lines_of_another_company_or_journal_are_never_touched(self):
        elsewhere = self.typed(10.0, journal=self.make_journal(self.other_company, IBAN))
        beside = self.typed(10.0, journal=self.make_journal(self.company, "BE71096123456769"))
        document = self.receive(self.day(15, credit("10")))
        self.assert_state(document, "imported")
        self.assertEqual((elsewhere + beside).sudo().mapped("codabox_key"), [False, False])

    def test_a_line_named_by_hand_in_the_wizard_must_be_free(self):
        elsewhere = self.typed(10.0, journal=self.make_journal(self.other_company, IBAN))
        self.typed(10.0)
        document = self.receive(self.day(15, credit("10")))
        wizard = self.compare(document)
        wizard.line_ids.line_id = elsewhere
        self.press(wizard, "action_adopt_all")
        self.assertFalse(elsewhere.sudo().codabox_key)

    def test_who_keeps_no_books_compares_nothing(self):
        auditor = new_test_user(
            self.env,
            "auditor",
            "base.group_user,account.group_account_readonly",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        stranger = new_test_user(
            self.env,
            "stranger",
            "base.group_user,account.group_account_user",
            company_id=self.other_company.id,
            company_ids=[Command.set(self.other_company.ids)],
        )
        self.typed(10.0)
        document = self.receive(self.day(15, credit("10")))
        wizard = self.compare(document)
        for user in (auditor, stranger):
            with self.assertRaises(AccessError):
                self.compare(document, user=user)
            with self.assertRaises(AccessError):
                self.press(wizard, "action_adopt_all", user=user)
        self.assert_state(document, "waiting", "already_typed")

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


@tagged("-at_install", "post_install")
class TestCodaKnownChannels(KnownCase):
    """The same money through an upload, another file or another importer."""

    def setUp(self):
        super().setUp()
        self.first_day = self.day(15, credit("10", communication="One"))
        self.second_day = self.day(16, credit("20", communication="Two"), opening="10")
        self.both_days = self.day(
            16,
            credit("10", communication="One", entry_date=date(2026, 1, 15)),
            credit("20", communication="Two", entry_date=date(2026, 1, 16)),
        )
        self.both_days = self.spanning(self.both_days, date(2026, 1, 14))

    def spanning(self, statement, opening_day):
        """Return a statement that begins earlier."""

        return replace(statement, opening=replace(statement.opening, date=opening_day))

    def upload(self, *statements):
        with self.as_user(self.accountant) as env:
            attachment = env["ir.attachment"].create(
                {"name": "bank.cod", "raw": write_coda(statements)}
            )
            action = (
                env["account.journal"]
                .with_context(default_journal_id=self.journal.id, codabox_upload=True)
                .create_document_from_attachment(attachment.ids)
            )
            ids = env["codabox.document"].search(action["domain"]).ids
        return self.env["codabox.document"].sudo().browse(ids)

    def amounts(self):
        return sorted(self.lines().mapped("amount"))

    def test_an_upload_and_then_the_delivery_of_it_is_one(self):
        first = self.upload(self.first_day)
        again = self.receive(self.first_day)
        self.assert_state(again, "duplicate", "same_statement")
        self.assertEqual(again.duplicate_of_id, first)
        self.assertEqual(self.amounts(), [10.0])

    def test_an_upload_over_two_days_waits_when_they_are_booked(self):
        old = self.receive(self.first_day, self.second_day)
        self.match(self.lines()[0])
        document = self.upload(self.both_days)
        self.assert_state(document, "waiting", "overlapping_statement")
        self.assertIn(old.statement_ids[0].name, document.reason)
        self.assertFalse(self.env["codabox.gap"].search([]))
        with self.subTest("kept"), self.rolled_back():
            self.press(self.compare(document), "action_keep_books")
            self.assert_state(document, "stored", "correction_refused")
            self.assertEqual(self.amounts(), [10.0, 20.0])
        lines = self.lines()
        self.adopt(document)
        self.assert_state(document, "imported")
        self.assertEqual(self.lines(), lines)
        self.assertTrue(lines[0].is_reconciled)
        self.assertEqual(lines.statement_id, document.statement_ids.bank_statement_id)
        self.assert_books_agree(lines.statement_id)
        self.assert_state(old, "stored", "statement_taken_over")
        self.assertFalse(self.env["codabox.gap"].search([]))
        self.press(document, "action_undo")
        self.env.invalidate_all()
        self.assert_state(old, "imported")
        self.assertEqual(self.lines(), lines)
        self.assertEqual(len(lines.statement_id), 2)
        for bank_statement in lines.statement_id:
            self.assert_books_agree(bank_statement)

    def test_two_days_of_which_one_is_booked_adopt_it_and_book_the_other(self):
        self.receive(self.first_day)
        line = self.lines()
        document = self.upload(self.both_days)
        self.assert_state(document, "waiting", "overlapping_statement")
        self.adopt(document)
        self.assertEqual(self.amounts(), [10.0, 20.0])
        self.assertIn(line, document.statement_ids.bank_statement_id.line_ids)
        self.assert_books_agree(document.statement_ids.bank_statement_id)

    def test_a_day_of_a_booked_file_of_two_days_cannot_tear_it(self):
        self.upload(self.both_days)
        document = self.receive(self.second_day)
        self.assert_state(document, "waiting", "overlapping_statement")
        wizard = self.compare(document)
        with self.assertRaisesRegex(UserError, "has other movements too"):
            self.press(wizard, "action_adopt_all")
        self.press(wizard, "action_keep_books")
        self.assert_state(document, "stored", "correction_refused")
        self.assertEqual(self.amounts(), [10.0, 20.0])

    def test_what_follows_without_overlap_is_booked(self):
        self.receive(self.first_day)
        twin = self.day(16, credit("10", communication="One"), opening="10")
        self.assert_state(self.receive(twin), "imported")
        self.assertEqual(self.amounts(), [10.0, 10.0])

    def test_lines_of_another_importer_pair_whatever_their_number(self):
        for index in range(30):
            self.typed(5.0, label=f"Card {index % 3}")
        movements = [credit("5", communication=f"Card {index % 3}") for index in range(31)]
        document = self.receive(self.day(15, *movements))
        self.assertEqual(len(self.compare(document).line_ids), 30)
        self.adopt(document)
        self.assertEqual(len(self.lines()), 31)
        self.assert_books_agree(document.statement_ids.bank_statement_id)

    def test_a_corrected_statement_gives_back_what_the_old_one_had_adopted(self):
        line = self.typed(10.0)
        old = self.receive(self.first_day)
        self.adopt(old)
        new = self.receive(
            self.day(15, credit("10", communication="One"), credit("1", communication="Forgotten"))
        )
        self.assert_state(new, "waiting", "corrected_statement")
        self.press(new, "action_replace_original")
        self.assert_state(new, "waiting", "already_typed")
        self.assertEqual(self.lines(), line)
        self.adopt(new)
        self.assertEqual(self.amounts(), [1.0, 10.0])
