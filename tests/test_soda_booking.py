"""Payroll files through the night run: which entry, in which company, on which day."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NUMBER, OTHER_NUMBER, date
from .soda_common import GROSS, NET, TAX, SodaCase, credit, debit, write_soda
from .soda_common import soda as soda_file


@tagged("-at_install", "post_install")
class TestSodaBooking(SodaCase):
    def test_a_month_becomes_a_draft_entry_in_its_own_journal(self):
        self.map_codes()
        document = self.receive_soda(self.month(sequence="1001"))
        self.assert_state(document, "imported")
        self.assertEqual(document.name, "SODA TESTSOC/1001/202601")
        move = document.payroll_ids.move_id
        self.assertRecordValues(
            move,
            [
                {
                    "state": "draft",
                    "move_type": "entry",
                    "company_id": self.company.id,
                    "date": date(2026, 1, 31),
                    "ref": "TESTSOC/1001/202601",
                }
            ],
        )
        self.assertEqual(self.items(move), [(GROSS, 100.0), (TAX, -30.0), (NET, -70.0)])
        self.assertEqual(
            move.line_ids.sorted("sequence").mapped("name"),
            [f"202601 {GROSS} Gross", f"202601 {TAX} Tax", f"202601 {NET} Net"],
        )
        self.assertFalse(move.codabox_payroll_notice)
        journal = move.journal_id
        self.assertEqual((journal.type, journal.code), ("general", "SODA"))
        self.assertEqual(journal, self.company.codabox_soda_journal_id)
        again = self.receive_soda(self.month(period="202602", sequence="1002"))
        self.assertEqual(again.payroll_ids.move_id.journal_id, journal)

    def test_what_is_not_mapped_is_on_the_suspense_account_and_nothing_is_lost(self):
        move = self.receive_soda(self.month()).payroll_ids.move_id
        self.assertEqual(
            self.items(move), [("499000", 100.0), ("499000", -30.0), ("499000", -70.0)]
        )
        self.assertEqual(self.company.codabox_soda_suspense_account_id, self.account("499000"))
        self.company.codabox_soda_suspense_account_id = self.account("416000")
        move = self.receive_soda(self.month(period="202602")).payroll_ids.move_id
        self.assertEqual(set(move.line_ids.mapped("account_id.code")), {"416000"})

    def test_the_day_of_the_secretariat_when_that_is_the_setting(self):
        self.company.codabox_soda_date = "generated"
        first = self.receive_soda(self.month(generated=date(2026, 2, 3)))
        self.assertEqual(first.payroll_ids.move_id.date, date(2026, 2, 3))
        unknown = self.receive_soda(self.month(period="202602", sequence="2"))
        self.assertEqual(unknown.payroll_ids.move_id.date, date(2026, 2, 28))

    def test_employees_are_totals_and_nobody_is_named_anywhere(self):
        names = ("PEETERS", "MAES")
        document = self.receive_soda(
            self.month(
                *(debit(GROSS, "60", f"{name} Jan") for name in names),
                *(credit(NET, "60", f"Netto {name}") for name in names),
            )
        )
        move = document.payroll_ids.move_id
        self.assertEqual([line.balance for line in move.line_ids], [120.0, -120.0])
        kept = [
            move.read(),
            move.line_ids.read(),
            move.message_ids.read(),
            document.message_ids.read(),
            document.read(["name", "reason", "reason_facts", "metadata"]),
            document.payroll_ids.read(),
            self.env["codabox.soda.mapping"].search([]).read(),
            self.env["mail.activity"].search([]).read(),
        ]
        for name in names:
            self.assertNotIn(name, str(kept))
            self.assertIn(name.encode(), document.file_ids.filtered("sha256")[1]._raw())

    def test_each_line_by_itself_when_the_company_wants_it(self):
        self.company.codabox_soda_detail = "lines"
        document = self.receive_soda(
            self.month(debit(GROSS, "60", "A"), debit(GROSS, "40", "B"), credit(NET, "100"))
        )
        self.assertEqual(len(document.payroll_ids.move_id.line_ids), 3)

    # --- Which company ---------------------------------------------------------------------------

    def test_a_file_of_another_enterprise_waits_and_is_never_booked(self):
        for number in (OTHER_NUMBER, "0505890632"):
            with self.subTest(number), self.rolled_back():
                document = self.receive_soda(self.month(enterprise=number))
                self.assert_state(document, "waiting", "foreign_enterprise")
                self.assertIn(number, document.reason)
                self.assertIn(NUMBER, document.reason)
                self.assertFalse(document.payroll_ids.move_id)

    def test_two_employers_are_booked_each_in_its_own_company(self):
        document = self.receive_soda(
            self.month(sequence="1"), self.month(sequence="2", enterprise=OTHER_NUMBER)
        )
        self.assert_state(document, "imported")
        moves = document.payroll_ids.sorted("position").move_id
        self.assertEqual(moves.company_id, self.company + self.other_company)
        self.assertEqual(moves.mapped("journal_id.company_id"), moves.company_id)

    def test_an_employer_who_is_no_company_waits_while_the_other_is_booked_once(self):
        document = self.receive_soda(
            self.month(sequence="1"), self.month(sequence="2", enterprise="0505890632")
        )
        self.assert_state(document, "waiting", "payroll_of_nobody")
        self.assertEqual(len(document.payroll_ids.move_id), 1)
        booked = document.payroll_ids.move_id
        new = self.make_company("New", "0505890632")
        self.press(document, "action_retry", user=self.payroll_user)
        self.assert_state(document, "imported")
        self.assertEqual(document.payroll_ids.move_id.company_id, self.company + new)
        self.assertIn(booked, document.payroll_ids.move_id)

    def test_without_a_number_nobody_guesses(self):
        data = write_soda(soda_file(self.month())).replace(f"BE{NUMBER}".encode(), b"")
        document = self.receive_soda(data=data)
        self.assert_state(document, "waiting", "no_enterprise")

    # --- Twice -----------------------------------------------------------------------------------

    def test_the_same_payroll_twice_is_a_duplicate_also_in_another_layout(self):
        first = self.receive_soda(self.month(sequence="1"))
        again = self.receive_soda(self.month(sequence="1"))
        self.assert_state(again, "duplicate", "same_statement")
        spaced = write_soda(soda_file(self.month(sequence="1"))).replace(b"><", b">  <")
        spaced = spaced.replace(b"\n", b"\r\n")
        other = self.receive_soda(data=spaced)
        self.assert_state(other, "duplicate", "same_payroll")
        self.assertEqual((again + other).duplicate_of_id, first)
        self.assertEqual(len(self.payroll_moves()), 1)

    def payroll_moves(self):
        return self.env["account.move"].sudo().search([("codabox_payroll_id", "!=", False)])

    def corrected(self):
        """Return the documents of a payroll and of its corrected file."""
        first = self.receive_soda(self.month(sequence="1"))
        second = self.receive_soda(
            self.month(debit(GROSS, "120"), credit(NET, "120"), sequence="1")
        )
        return first, second

    def test_a_corrected_file_waits_for_a_person_and_both_are_kept(self):
        first, second = self.corrected()
        self.assert_state(second, "waiting", "corrected_payroll")
        self.assertIn("100.00", second.reason)
        self.assertIn("120.00", second.reason)
        self.assertEqual(self.payroll_moves(), first.payroll_ids.move_id)
        self.press(second, "action_retry", user=self.payroll_user)
        self.assert_state(second, "waiting", "corrected_payroll")

    def test_a_person_keeps_the_old_one(self):
        first, second = self.corrected()
        self.press(second, "action_keep_payroll", user=self.payroll_user)
        self.assert_state(second, "stored", "payroll_kept")
        self.assertEqual(self.payroll_moves(), first.payroll_ids.move_id)

    def test_a_person_replaces_a_draft_but_never_what_is_posted(self):
        self.map_codes()
        first, second = self.corrected()
        first.payroll_ids.move_id.action_post()
        with self.assertRaisesRegex(UserError, "never overwritten"):
            self.press(second, "action_replace_payroll", user=self.payroll_user)
        first.payroll_ids.move_id.button_draft()
        self.press(second, "action_replace_payroll", user=self.payroll_user)
        self.assert_state(first, "stored", "payroll_replaced")
        self.assert_state(second, "imported")
        self.assertEqual(sum(self.payroll_moves().line_ids.mapped("debit")), 120.0)

    def test_a_posted_entry_that_was_reversed_makes_room_for_the_corrected_one(self):
        self.map_codes()
        first, second = self.corrected()
        old = first.payroll_ids.move_id
        old.action_post()
        old._reverse_moves([{"date": old.date}], cancel=True)
        self.press(second, "action_replace_payroll", user=self.payroll_user)
        self.assert_state(second, "imported")
        self.assertEqual(old.state, "posted")
        self.assertEqual(sum(second.payroll_ids.move_id.line_ids.mapped("debit")), 120.0)

    def test_a_second_run_of_one_month_is_booked_and_told(self):
        first = self.receive_soda(self.month(sequence="1"))
        second = self.receive_soda(self.month(sequence="2"))
        self.assert_state(second, "imported")
        move = second.payroll_ids.move_id
        self.assertIn("same month", move.codabox_payroll_notice)
        self.assertEqual(len(self.payroll_moves()), 2)
        self.assertFalse(first.payroll_ids.move_id.codabox_payroll_notice)

    # --- Amounts ---------------------------------------------------------------------------------

    def test_a_difference_is_on_suspense_with_a_warning(self):
        self.map_codes()
        document = self.receive_soda(self.month(debit(GROSS, "100.00"), credit(NET, "99.99")))
        self.assert_state(document, "imported")
        move = document.payroll_ids.move_id
        self.assertEqual(self.items(move), [(GROSS, 100.0), (NET, -99.99), ("499000", -0.01)])
        self.assertIn("0.01", move.with_user(self.accountant).codabox_flag_text)

    def test_only_zeros_are_nothing_to_book(self):
        document = self.receive_soda(self.month(debit(GROSS, "0"), credit(NET, "0")))
        self.assert_state(document, "imported", "empty_payroll")
        self.assertFalse(self.payroll_moves())

    def test_amounts_with_dots_in_a_wrong_encoding_are_booked_and_told(self):
        label = "Rémunérations"
        month = self.month(debit("620200", "1234.56", label), credit("455000", "1234.56", "Netto"))
        data = write_soda(soda_file(month)).replace(b"1234.56", b"1.234,56")
        data = data.replace(label.encode(), label.encode("cp1252"))
        move = self.receive_soda(data=data).payroll_ids.move_id
        self.assertEqual(move.line_ids.mapped("debit"), [1234.56, 0.0])
        self.assertIn(label, move.line_ids[0].name)
        self.assertIn("1.234,56", move.codabox_payroll_notice)
        self.assertIn("encoding", move.codabox_payroll_notice)

    def test_an_unknown_cost_centre_is_told_and_the_rest_is_booked(self):
        data = write_soda(soda_file(self.month())).replace(
            b"<Label>", b"<CostCentre>SHOP</CostCentre><Label>"
        )
        move = self.receive_soda(data=data).payroll_ids.move_id
        self.assertIn("Accounting/CostCentre", move.codabox_payroll_notice)
        self.assertNotIn("SHOP", move.codabox_payroll_notice)
        self.assertEqual(len(move.line_ids), 3)

    def test_what_cannot_be_read_fails_with_a_sentence_and_blocks_nobody(self):
        broken = write_soda(soda_file(self.month())).replace(b"100.00", b"1OO.00")
        first = self.deliver_soda(data=b"<Invoice/>")
        second = self.deliver_soda(data=broken)
        third = self.deliver_soda(self.month())
        self.night()
        self.assert_state(self.document(first), "failed", "not_soda")
        self.assertIn("Invoice", self.document(first).reason)
        self.assert_state(self.document(second), "failed", "broken_payroll")
        self.assertIn("1OO.00", self.document(second).reason)
        self.assert_state(self.document(third), "imported")

    def test_books_in_another_currency_wait(self):
        self.company.currency_id = self.env.ref("base.USD")
        self.assert_state(self.receive_soda(self.month()), "waiting", "payroll_currency")

    # --- Days ------------------------------------------------------------------------------------

    def test_a_closed_period_waits_then_is_booked_on_the_first_open_day(self):
        self.company.fiscalyear_lock_date = date(2026, 1, 31)
        document = self.receive_soda(self.month())
        self.assert_state(document, "waiting", "payroll_closed_period")
        self.assertFalse(self.payroll_moves())
        self.press(document, "action_book_open_day", user=self.payroll_user)
        self.assert_state(document, "imported")
        move = document.payroll_ids.move_id
        self.assertEqual(move.date, date(2026, 2, 1))
        self.assertIn("closed", move.codabox_payroll_notice)
        self.assertIn("first open day", document.message_ids[0].body)

    def test_a_month_before_the_first_day_to_book_is_kept_and_can_be_released(self):
        self.map_client(book_from=date(2026, 2, 1))
        document = self.receive_soda(self.month())
        self.assert_state(document, "stored", "before_book_from")
        self.press(document, "action_release", user=self.payroll_user)
        self.assert_state(document, "imported")

    # --- Undo ------------------------------------------------------------------------------------

    def test_undo_takes_the_draft_away_and_retry_books_it_again(self):
        self.map_codes()
        document = self.receive_soda(self.month())
        self.press(document, "action_undo", user=self.payroll_user)
        self.assert_state(document, "waiting", "undone")
        self.assertFalse(self.payroll_moves())
        self.press(document, "action_retry", user=self.payroll_user)
        self.assert_state(document, "imported")
        self.payroll_moves().action_post()
        with self.assertRaises(UserError):
            self.press(document, "action_undo", user=self.payroll_user)

    def test_a_plain_accountant_who_deletes_the_draft_sends_it_back_to_the_inbox(self):
        document = self.receive_soda(
            self.month(sequence="1"), self.month(sequence="2", period="202602")
        )
        first = document.payroll_ids.sorted("position")[0]
        self.press(first.move_id, "unlink")
        self.env.invalidate_all()
        self.assert_state(document, "waiting", "payroll_deleted")
        self.assertIn(self.accountant.name, document.reason)
        self.press(document, "action_retry", user=self.payroll_user)
        self.assert_state(document, "imported")
        self.assertEqual(len(self.payroll_moves()), 2)
