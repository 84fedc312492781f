"""A statement that is missing is told, named, asked for and filled; nothing else is."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..codabox import Channel, write_coda
from .common import IBAN, credit
from .gaps_case import DAYS, LOST, GapsCase


@tagged("-at_install", "post_install")
class TestCodaGaps(GapsCase):
    # -------------------------------------------------------------------------
    # Five habits
    # -------------------------------------------------------------------------

    def assert_habit(self, habit, names, **options):
        """A full series has no gap; of one without LOST exactly those are reported."""
        full = self.series(habit, **options)
        with self.rolled_back():
            self.receive(*full)
            self.assertEqual(len(self.env["codabox.statement"].search([])), DAYS)
            self.assertFalse(self.gaps(), f"an alarm on the full series of {habit}")
        kept = [item for index, item in enumerate(full) if index not in LOST]
        for nights in ([kept], [kept[::-1]], [kept[1::2], kept[::2]]):
            with self.rolled_back():
                for items in nights:
                    self.receive(*items)
                gaps = self.gaps()
                found = [(gap.closing_balance, gap.opening_balance) for gap in gaps]
                expected = [
                    (float(full[3].closing.amount), float(full[6].opening.amount)),
                    (float(full[8].closing.amount), float(full[10].opening.amount)),
                ]
                self.assertEqual(found, expected)
                self.assertEqual([gap.numbers for gap in gaps], names)
                self.assertEqual([gap.amount for gap in gaps], [29.0, 19.0])
                for gap in gaps:
                    lost = [i for i, s in enumerate(full) if self.lies_in(gap, s) and s not in kept]
                    self.assertEqual(lost, [4, 5] if gap == gaps[0] else [9])

    def lies_in(self, gap, item):
        return gap.date_from <= item.closing.date <= gap.date_to

    def test_normal_numbers_name_exactly_what_is_missing(self):
        self.assert_habit("normal", ["105-106", "110"])

    def test_a_yearly_restart_is_no_gap_and_what_is_missing_is_named(self):
        self.assert_habit("yearly", ["005-006", "002"])

    def test_crelan_repeating_the_paper_number_is_no_gap(self):
        self.assert_habit("crelan", ["001/001", "001/005-…"])

    def test_a_constant_number_is_no_gap_and_the_period_names_what_is_missing(self):
        self.assert_habit("constant", [False, False])

    def test_no_number_is_no_gap_and_the_period_names_what_is_missing(self):
        self.assert_habit("none", [False, False])

    def test_empty_statements_and_two_a_day_change_nothing(self):
        for habit in ("yearly", "none"):
            full = self.series(habit, empty=(2, 7), parts=2)
            with self.subTest(habit=habit), self.rolled_back():
                self.receive(*full)
                self.assertFalse(self.gaps())
            with self.subTest(habit=habit, lost=LOST), self.rolled_back():
                self.receive(*[item for i, item in enumerate(full) if i not in LOST])
                self.assertEqual(self.gaps().mapped("amount"), [29.0, 19.0])

    # -------------------------------------------------------------------------
    # Life of a gap
    # -------------------------------------------------------------------------

    def test_a_gap_blocks_nothing_and_is_flagged_on_document_feed_and_journal(self):
        gap, _missing = self.gap_of()
        document = gap.after_id.document_id.sudo()
        self.assertEqual(document.state, "imported")
        self.assertEqual((document.gap_count, self.feed_record.gap_count), (1, 1))
        self.assertEqual(self.journal.codabox_gap_count, 1)
        self.assertIn("110.00", document.notice)
        self.assertIn("Ask CodaBox", document.notice)
        for record, method in (
            (document, "action_open_gaps"),
            (self.feed_record, "action_open_gaps"),
            (self.journal, "action_codabox_gaps"),
        ):
            action = self.press(record, method)
            self.assertEqual(self.env["codabox.gap"].search(action["domain"]), gap)

    def test_a_redelivered_statement_fills_the_gap(self):
        gap, missing = self.gap_of()
        index = self.sandbox.add_document(
            self.client, "coda", {"cod": write_coda([missing])}, channel=Channel.REDELIVERY
        )
        self.night()
        self.assert_state(self.document(index, "redelivery"), "imported")
        self.assertEqual(gap.state, "closed")
        self.assertTrue(gap.closed_at)
        self.assertFalse(self.gaps())
        for bank_statement in self.lines().statement_id:
            self.assert_books_agree(bank_statement)

    def test_what_fills_a_part_narrows_the_gap(self):
        full = self.series("normal")
        self.receive(*full[:3])
        self.receive(*full[7:])
        gap = self.gaps()
        self.assertEqual((gap.numbers, gap.statement_count), ("104-107", 4))
        self.receive(full[3])
        self.assertEqual(self.gaps(), gap)
        self.assertEqual(gap.numbers, "105-107")
        self.receive(full[5])
        self.assertEqual(self.gaps().mapped("numbers"), ["105", "107"])
        self.receive(full[4], full[6])
        self.assertFalse(self.gaps())

    def test_undo_opens_the_gap_again_and_retry_closes_it(self):
        gap, missing = self.gap_of()
        document = self.receive(missing)
        self.assertEqual(gap.state, "closed")
        self.press(document, "action_undo")
        self.assertEqual(self.gaps(), gap)
        self.press(document, "action_retry")
        self.assertEqual(gap.state, "closed")

    def test_a_deleted_bank_statement_leaves_a_gap(self):
        days = [self.day(14, credit("5")), self.day(15, credit("5"), opening="5")]
        self.receive(*days[:1])
        document = self.receive(*days[1:])
        self.receive(self.day(16, credit("5"), opening="10"))
        self.assertFalse(self.gaps())
        document.statement_ids.bank_statement_id.unlink()
        self.assertEqual(self.gaps().amount, 5.0)

    def test_a_copy_and_a_separate_application_are_no_part_of_the_chain(self):
        day = self.day(15, credit("10"))
        self.receive(day)
        self.receive(day)
        self.receive(
            self.day(
                16,
                credit("3", communication="Batch"),
                opening="0",
                separate_application="01500",
            )
        )
        self.receive(self.day(16, credit("1"), opening="10"))
        self.assertFalse(self.gaps())

    def test_each_account_has_its_own_chain(self):
        dollars = self.env.ref("base.USD")
        self.make_rate(dollars)
        dollars.active = True
        self.make_journal(self.company, IBAN, currency_id=dollars.id)
        self.receive(
            self.day(15, credit("10")), self.day(15, credit("7"), opening="70", currency="USD")
        )
        self.receive(
            self.day(16, credit("10"), opening="10"),
            self.day(17, credit("7"), opening="84", currency="USD"),
        )
        self.assertEqual(self.gaps().mapped("currency_code"), ["USD"])

    # -------------------------------------------------------------------------
    # Rights
    # -------------------------------------------------------------------------

    def test_an_accountant_reads_the_gaps_of_his_companies_and_changes_none(self):
        gap, _missing = self.gap_of()
        foreign = new_test_user(
            self.env,
            "foreign_accountant",
            "base.group_user,account.group_account_user",
            company_id=self.other_company.id,
            company_ids=[Command.set(self.other_company.ids)],
        )
        self.assertTrue(gap.with_user(self.accountant).numbers is not None)
        self.assertFalse(self.env["codabox.gap"].with_user(foreign).search([]))
        with self.assertRaises(AccessError):
            gap.with_user(foreign).read(["account"])
        with self.assertRaises(AccessError):
            gap.with_user(self.accountant).write({"state": "closed"})
        with self.assertRaises(AccessError):
            gap.with_user(self.accountant).unlink()
