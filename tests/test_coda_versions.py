"""The same figures with other texts: two statements, or two versions of one; never silence."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..codabox.tests.coda_samples import case
from .common import IBAN, NUMBER, credit, date, debit, party, statement
from .known_case import KnownCase

ACME = "BE43068999999501"
BETA = "BE71096123456769"


@tagged("-at_install", "post_install")
class TestCodaVersions(KnownCase):
    def send(self, *names):
        """Deliver handed cases, one a night; return their documents."""
        documents = self.env["codabox.document"].sudo()
        for name in names:
            index = self.sandbox.add_document(self.client, "coda", {"cod": case(name)})
            self.night()
            documents += self.document(index)
        return documents

    def amounts(self):
        return sorted(self.lines().mapped("amount"))

    def sweep(self, *references, opening="1000", texts=("IN", "OUT"), **values):
        """Return an unnumbered statement of a day that comes and goes to nothing."""
        into, out = references
        return statement(
            account=IBAN,
            enterprise_number=NUMBER,
            number=0,
            paper_number="000",
            opening=opening,
            movements=[
                credit("500", bank_reference=into, communication=texts[0]),
                debit("500", bank_reference=out, communication=texts[1]),
            ],
            **values,
        )

    def total(self, *details, reference="REF1"):
        return self.day(
            15,
            credit("100", code="10550000", bank_reference=reference, details=details),
            opening="1000",
        )

    def detail(self, amount, name, account, reference=""):
        return credit(
            amount,
            code="50550000",
            counterparty=party(name, account),
            bank_reference=reference,
            communication=f"FROM {name}",
        )

    def details(self):
        return self.detail("25", "ACME", ACME, "REF2"), self.detail("75", "BETA", BETA, "REF3")

    # --- two statements -----------------------------------------------------------------------

    def test_two_statements_of_one_day_and_figures_are_both_booked(self):
        document = self.send("sweep_two_a_day_unnumbered")
        self.assert_state(document, "imported")
        self.assertEqual(self.amounts(), [-50.0, -50.0, 50.0, 50.0])
        for bank_statement in self.lines().statement_id:
            self.assert_books_agree(bank_statement)
        self.assertFalse(self.env["codabox.gap"].search([]))

    def test_so_they_are_in_two_files(self):
        for number, word in enumerate(("MORNING", "EVENING")):
            texts = (f"{word} IN", f"{word} OUT")
            document = self.receive(self.sweep(f"A{number}", f"B{number}", texts=texts))
            self.assert_state(document, "imported")
        self.assertEqual(len(self.lines()), 4)

    def test_balances_that_lead_back_have_room_for_the_same_once_more(self):
        first = self.day(15, credit("10", bank_reference="R1"))
        back = self.day(15, debit("10", bank_reference="R2"), opening="10")
        again = self.day(15, credit("10", bank_reference="R3"))
        alone = self.receive(first)
        self.assert_state(alone, "imported")
        waiting = self.receive(again)
        self.assert_state(waiting, "waiting", "another_version")
        self.assert_state(self.receive(back), "imported")
        self.press(waiting, "action_retry")
        self.assert_state(waiting, "imported")
        self.assertEqual(self.amounts(), [-10.0, 10.0, 10.0])

    # --- another version ----------------------------------------------------------------------

    def versions(self):
        """Yield what differs, and two statements of equal figures that may be one."""
        yield "details", self.total(), self.total(*self.details())
        yield (
            "other details",
            self.total(*self.details()),
            self.total(
                self.detail("25", "GAMMA", ACME, "REF2"), self.detail("75", "BETA", BETA, "REF3")
            ),
        )
        yield "fewer", self.total(*self.details()), self.total()
        for name, values in {
            "text": {"communication": "CORRECTED"},
            "payer": {"counterparty": party("BETA", BETA)},
            "reference": {"bank_reference": "OTHER"},
            "both": {"bank_reference": "OTHER", "communication": "CORRECTED"},
            "code": {"code": "00250000"},
            "value date": {"value_date": date(2026, 1, 20)},
        }.items():
            old = {
                "bank_reference": "REF",
                "communication": "TEXT",
                "counterparty": party("ACME", ACME),
            }
            yield (
                name,
                self.day(15, credit("10", **old)),
                self.day(15, credit("10", **old | values)),
            )
        yield "same reference", self.sweep("A", "B"), self.sweep("A", "B", texts=("X", "Y"))
        yield "same text", self.sweep("A", "B"), self.sweep("C", "D")
        yield "no reference", self.sweep("", ""), self.sweep("", "", texts=("X", "Y"))
        yield "more text", self.sweep("A", "B"), self.sweep("C", "D", texts=("IN 1", "OUT 1"))

    def test_where_it_may_be_one_the_second_waits_and_says_so(self):
        for name, old, new in self.versions():
            with self.subTest(name), self.rolled_back():
                first = self.receive(old)
                self.assert_state(first, "imported")
                before = self.lines()
                document = self.receive(new)
                self.assert_state(document, "waiting", "another_version")
                self.assertIn(first.name, document.reason)
                self.assertEqual(self.lines(), before)
                self.assertFalse(self.env["codabox.gap"].search([]))
                self.assertTrue(self.compare(document).line_ids)

    def test_signs_accents_capitals_and_messages_make_no_version(self):
        for texts in (("CAFÉ ÎLE", "Cafe ile"), ("A/B - 12", "A B 12"), ("X  Y", "X Y")):
            with self.subTest(texts), self.rolled_back():
                one, other = (
                    self.day(15, credit("10", communication=text), free_text=text * number)
                    for number, text in enumerate(texts, 1)
                )
                self.receive(one)
                self.assert_state(self.receive(other), "duplicate", "same_statement")

    def test_the_details_that_come_later_are_offered(self):
        first, second = self.send("ident_total_first", "ident_details_later")
        self.assert_state(first, "imported")
        self.assert_state(second, "waiting", "another_version")
        wizard = self.compare(second)
        self.assertTrue(wizard.is_version and wizard.can_add_details)
        self.assertEqual(len(wizard.line_ids), 2)

    def test_replacing_books_each_detail(self):
        first, second = self.send("ident_total_first", "ident_details_later")
        self.press(self.compare(second), "action_replace")
        self.assert_state(second, "imported")
        self.assert_state(first, "stored", "correction_replaced")
        self.assertEqual(self.amounts(), [250.0, 750.0])
        self.assertEqual(set(self.lines().mapped("partner_name")), {"ACME PARTNER NV", "BETA BV"})
        self.assert_books_agree(self.lines().statement_id)

    def test_added_details_stand_on_the_line_that_stays_matched(self):
        first, second = self.send("ident_total_first", "ident_details_later")
        line = self.lines()
        self.match(line)
        wizard = self.compare(second)
        with self.assertRaisesRegex(UserError, "is matched"):
            self.press(wizard, "action_replace")
        self.press(self.compare(second), "action_add_details")
        self.env.invalidate_all()
        self.assert_state(second, "imported")
        self.assert_state(first, "stored", "statement_taken_over")
        self.assertEqual(self.lines(), line)
        self.assertTrue(line.is_reconciled)
        texts = [part["text"] for part in line.transaction_details["breakdown"]]
        self.assertEqual(len(texts), 2)
        self.assertIn("ACME PARTNER NV", texts[0])
        self.assertIn("+++243/6900/01454+++", texts[0])
        self.assert_books_agree(line.statement_id)
        again = self.send("ident_total_first", "ident_details_later")
        self.assertEqual(again.mapped("state"), ["duplicate", "duplicate"])

    def test_undoing_what_added_details_gives_the_first_version_back(self):
        first, second = self.send("ident_total_first", "ident_details_later")
        line = self.lines()
        details = line.transaction_details
        self.press(self.compare(second), "action_add_details")
        self.press(second, "action_undo")
        self.env.invalidate_all()
        self.assert_state(first, "imported")
        self.assertEqual((self.lines(), line.transaction_details), (line, details))
        self.assertEqual(first.statement_ids.bank_statement_id, line.statement_id)

    def test_a_corrected_payer_is_added_to_the_line(self):
        old = self.day(15, credit("10", communication="RENT"))
        new = self.day(15, credit("10", communication="RENT", counterparty=party("ACME", ACME)))
        self.receive(old)
        document = self.receive(new)
        self.press(self.compare(document), "action_add_details")
        self.assert_state(document, "imported")
        self.assertEqual(self.lines().partner_name, "ACME")

    def test_details_cannot_be_added_where_the_books_have_other_lines(self):
        self.receive(self.total(*self.details()))
        document = self.receive(self.total())
        wizard = self.compare(document)
        self.assertFalse(wizard.can_add_details)
        with self.assertRaisesRegex(UserError, "not those of this statement"):
            self.press(wizard, "action_add_details")

    def test_both_are_right_books_the_second_beside_the_first(self):
        self.receive(self.sweep("A", "B"))
        document = self.receive(self.sweep("C", "D"))
        self.press(self.compare(document), "action_book_both")
        self.assert_state(document, "imported")
        self.assertEqual(self.amounts(), [-500.0, -500.0, 500.0, 500.0])
        self.assertEqual(self.receive(self.sweep("C", "D")).state, "duplicate")

    def test_keeping_the_books_books_nothing(self):
        self.receive(self.sweep("A", "B"))
        document = self.receive(self.sweep("C", "D"))
        self.press(self.compare(document), "action_keep_books")
        self.assert_state(document, "stored", "correction_refused")
        self.assertEqual(self.amounts(), [-500.0, 500.0])

    def test_the_very_same_twice_in_one_file_is_said(self):
        day = self.day(15, credit("10", communication="One"))
        document = self.receive(day, day)
        self.assert_state(document, "imported", "same_in_file")
        self.assertEqual(self.amounts(), [10.0])

    # --- after an undo ------------------------------------------------------------------------

    def test_after_an_undo_the_other_version_is_booked(self):
        first, second = self.send("ident_total_first", "ident_details_later")
        self.press(first, "action_undo")
        self.press(second, "action_compare_known")
        self.assert_state(second, "imported")
        self.assertEqual(self.amounts(), [250.0, 750.0])

    def test_after_an_undo_a_copy_can_be_booked_instead(self):
        day = self.day(15, credit("10"))
        bigger = (day, self.day(16, credit("20"), opening="10"))
        for name, copy in (("the same file", (day,)), ("another file", bigger)):
            with self.subTest(name), self.rolled_back():
                first = self.receive(day)
                again = self.receive(*copy)
                self.press(first, "action_undo")
                lost = again.statement_ids.filtered(lambda s: s.state == "stored") or again
                self.assertEqual(lost.mapped("reason_code"), ["original_undone"])
                self.assertTrue(again.can_release)
                self.press(again, "action_release")
                self.assert_state(again, "imported")
                self.assertIn(10.0, self.amounts())
                self.press(first, "action_retry")
                self.assert_state(first, "duplicate", "same_statement")

    def test_after_an_undo_of_several_copies_the_first_can_be_released(self):
        day = self.day(15, credit("10"))
        more = [self.day(number, credit("20"), opening="10") for number in (16, 17)]
        first = self.receive(day)
        copies = [self.receive(day, other) for other in more]
        self.press(first, "action_undo")
        self.assertEqual(
            [c.statement_ids.sorted("position")[0].state for c in copies], ["stored", "duplicate"]
        )
        again = self.receive(self.day(15, credit("10"), file_reference="OTHER"))
        self.assert_state(again, "imported")
        found = [c.statement_ids.sorted("position")[0] for c in copies]
        self.assertEqual([s.state for s in found], ["duplicate", "duplicate"])
        self.assertEqual([s.original_id for s in found], [again.statement_ids] * 2)

    def test_after_a_retry_copies_are_copies_again(self):
        day = self.day(15, credit("10"))
        bigger = (day, self.day(16, credit("20"), opening="10"))
        for name, copy in (("the same file", (day,)), ("another file", bigger)):
            with self.subTest(name), self.rolled_back():
                first = self.receive(day)
                again = self.receive(*copy)
                before = again.state, again.statement_ids.mapped("state")
                self.press(first, "action_undo")
                self.press(first, "action_retry")
                self.assert_state(first, "imported")
                self.assertEqual((again.state, again.statement_ids.mapped("state")), before)
                copies = again.statement_ids.filtered(lambda s: s.state == "duplicate") or again
                self.assertEqual(copies.mapped("reason_code"), ["same_statement"])
                self.assertEqual(self.amounts().count(10.0), 1)

    def test_after_an_undo_the_same_file_is_booked_when_it_comes_again(self):
        day = self.day(15, credit("10"))
        first = self.receive(day)
        self.press(first, "action_undo")
        again = self.receive(day)
        self.assert_state(again, "imported")
        self.press(first, "action_retry")
        self.assert_state(first, "duplicate", "same_statement")
        self.assertEqual(self.amounts(), [10.0])

    def test_what_made_place_for_it_can_be_booked_after_an_undo(self):
        for action, code in (("action_replace", "new"), ("action_keep_books", "old")):
            with self.subTest(action), self.rolled_back():
                first = self.receive(self.sweep("A", "B"))
                second = self.receive(self.sweep("C", "D"))
                self.press(self.compare(second), action)
                booked, other = (second, first) if code == "new" else (first, second)
                self.press(booked, "action_undo")
                self.assert_state(other, "stored", "original_undone")
                self.press(other, "action_release")
                self.assert_state(other, "imported")
                self.assertEqual(self.amounts(), [-500.0, 500.0])
