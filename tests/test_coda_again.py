"""The same money is never booked twice, and no money is taken for the same."""

from odoo.tests import tagged

from ..codabox import Channel
from .common import IBAN, NUMBER, CodaboxCase, credit, date, statement


@tagged("-at_install", "post_install")
class TestCodaAgain(CodaboxCase):
    mapped = True

    def setUp(self):
        super().setUp()
        self.first_day = self.day(15, credit("10", communication="One"))
        self.second_day = self.day(16, credit("20", communication="Two"), opening="10")
        self.third_day = self.day(17, credit("30", communication="Three"), opening="30")

    def amounts(self):
        return self.lines().mapped("amount")

    def test_the_same_file_in_another_entry_is_a_duplicate_of_the_first(self):
        first = self.receive(self.first_day)
        again = self.receive(self.first_day)
        self.assert_state(again, "duplicate", "same_statement")
        self.assertEqual(again.duplicate_of_id, first)
        self.assertIn(first.name, again.reason)
        self.assertEqual(self.amounts(), [10.0])
        self.assertFalse(again.statement_ids.bank_statement_id)

    def test_a_redelivery_is_a_duplicate_that_points_to_the_first(self):
        first = self.receive(self.first_day)
        index = self.sandbox.redeliver(first.remote_index)
        self.night()
        again = self.document(index, "redelivery")
        self.assert_state(again, "duplicate", "same_statement")
        self.assertEqual(again.duplicate_of_id, first)
        self.assertEqual(self.amounts(), [10.0])
        self.assertEqual(self.sandbox.queue(self.client, Channel.REDELIVERY).offset, index)

    def test_a_redelivery_under_the_same_entry_number_is_a_document_of_its_own(self):
        first = self.receive(self.first_day)
        index = self.sandbox.redeliver(first.remote_index, same_index=True)
        self.night()
        again = self.document(index, "redelivery")
        self.assertEqual((again.state, again.duplicate_of_id), ("duplicate", first))
        self.assertEqual(self.amounts(), [10.0])

    def test_of_an_overlapping_file_only_the_new_statement_is_booked(self):
        self.receive(self.first_day, self.second_day)
        document = self.receive(self.second_day, self.third_day)
        self.assert_state(document, "imported")
        states = document.statement_ids.sorted("position").mapped("state")
        self.assertEqual(states, ["duplicate", "imported"])
        self.assertEqual(self.amounts(), [10.0, 20.0, 30.0])
        for bank_statement in self.lines().statement_id:
            self.assert_books_agree(bank_statement)

    def test_a_copy_that_the_bank_marks_as_duplicate_is_not_booked_again(self):
        first = self.receive(self.first_day)
        copy = self.receive(self.day(15, credit("10", communication="One"), duplicate=True))
        self.assert_state(copy, "duplicate", "same_statement")
        self.assertEqual(copy.duplicate_of_id, first)
        self.assertEqual(self.amounts(), [10.0])

    def test_a_copy_that_comes_alone_is_booked_and_marked(self):
        document = self.receive(self.day(15, credit("10"), duplicate=True))
        self.assert_state(document, "imported")
        self.assertTrue(document.statement_ids.is_duplicate_copy)
        self.assertEqual(self.amounts(), [10.0])

    def test_identical_movements_are_both_booked(self):
        twins = [credit("10", communication="Coffee", bank_reference="SAME") for _ in range(2)]
        self.assert_state(self.receive(self.day(15, *twins)), "imported")
        self.assertEqual(self.amounts(), [10.0, 10.0])

    def test_the_same_number_and_movement_of_another_year_is_another_statement(self):
        for year, opening in ((2025, "0"), (2026, "10")):
            document = self.receive(
                statement(
                    account=IBAN,
                    enterprise_number=NUMBER,
                    number=1,
                    opening=opening,
                    opening_day=date(year, 1, 1),
                    day=date(year, 1, 2),
                    movements=[credit("10", communication="Rent")],
                )
            )
            self.assert_state(document, "imported")
        self.assertEqual(self.amounts(), [10.0, 10.0])
        names = self.lines().statement_id.mapped("name")
        self.assertEqual(len(set(names)), 2, names)

    def test_a_bank_that_repeats_its_number_gets_names_that_differ(self):
        self.receive(self.day(15, credit("10")))
        document = self.receive(
            statement(
                account=IBAN,
                enterprise_number=NUMBER,
                number=15,
                opening="10",
                opening_day=date(2026, 1, 15),
                day=date(2026, 1, 16),
                movements=[credit("20")],
            )
        )
        self.assert_state(document, "imported")
        names = {name.partition("/")[2] for name in self.lines().statement_id.mapped("name")}
        self.assertEqual(names, {"2026/015", "2026/015 2026-01-16"})

    def test_the_days_of_two_periods_have_names_of_their_own_and_the_document_too(self):
        opening = 0
        for paper, number in ((1, 1), (1, 2), (2, 1), (2, 2)):
            day = self.day(
                number,
                credit("10"),
                opening=str(opening),
                month=paper,
                paper_number=f"{paper:03}",
                bic="NICABEBB",
            )
            document = self.receive(day)
            self.assert_state(document, "imported")
            period_day = f"2026/{paper:03}-{number:03}"
            self.assertIn(period_day, document.name)
            self.assertTrue(
                document.statement_ids.bank_statement_id.name.endswith(f"/{period_day}")
            )
            self.assertEqual(document.statement_ids.number, number)
            opening += 10

    def test_an_empty_statement_again_is_a_duplicate_without_alarm(self):
        empty = self.day(15, opening="500")
        self.receive(empty)
        again = self.receive(empty)
        self.assertEqual(again.state, "duplicate")
        self.assertFalse(again.feed_id.activity_ids)

    def test_the_same_statement_in_two_companies_is_booked_in_each(self):
        """Two clients of the office may be sent the account that they share."""
        journal = self.make_journal(self.other_company, IBAN)
        other = self.sandbox.add_client("PIET", "Garage Piet")
        self.map_client(self.other_company, other)
        day = self.day(15, credit("10"), enterprise_number="")
        self.assert_state(self.receive(day), "imported")
        self.assert_state(self.receive(day, feed=other), "imported")
        self.assertEqual((len(self.lines()), len(self.lines(journal))), (1, 1))

    def test_lines_that_outlived_their_statement_are_not_booked_again(self):
        """A user takes a line off its statement, deletes the statement, and changes his mind."""
        document = self.receive(
            self.day(15, credit("10", communication="One"), credit("20", communication="Two"))
        )
        kept = self.lines()[0]
        bank_statement = kept.statement_id
        kept.statement_id = False
        bank_statement.unlink()
        self.assertEqual(self.lines(), kept)
        self.assert_state(document, "waiting", "result_deleted")
        self.press(document, "action_retry")
        self.assert_state(document, "imported")
        self.assertEqual(self.amounts(), [10.0, 20.0])
        self.assert_books_agree(document.statement_ids.bank_statement_id)
