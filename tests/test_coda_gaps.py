"""A statement that is missing is told, named, asked for and filled; nothing else is."""

import base64
from datetime import timedelta
from decimal import Decimal

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..codabox import Channel, write_coda
from .common import IBAN, NUMBER, CodaboxCase, credit, date, statement

DAYS = 12
LOST = (4, 5, 9)


@tagged("-at_install", "post_install")
class TestCodaGaps(CodaboxCase):
    def setUp(self):
        super().setUp()
        self.feed_record = self.map_client()

    # -------------------------------------------------------------------------
    # World
    # -------------------------------------------------------------------------

    def series(self, habit, *, empty=(), parts=1):
        """Return a complete series of statements over new year, numbered by a habit."""
        found, balance, day, count, period = [], Decimal(100), date(2025, 12, 22), 0, None
        previous = day - timedelta(days=3)
        for index in range(DAYS):
            while day.weekday() > 4:
                day += timedelta(days=1)
            now = day.isocalendar()[:2] if habit == "crelan" else day.year
            if now != period and habit != "normal":
                period, count = now, 0
            count += 1
            movements = [] if index in empty else [credit(str(10 + index), communication="A")]
            found.append(
                statement(
                    account=IBAN,
                    enterprise_number=NUMBER,
                    opening=balance,
                    movements=movements,
                    day=day,
                    opening_day=previous,
                    **self.numbers(habit, count, period),
                )
            )
            balance = found[-1].closing.amount
            previous = day
            day += timedelta(days=1 if (index + 1) % parts == 0 else 0)
        return found

    def numbers(self, habit, count, period):
        if habit == "crelan":
            return {"number": count, "paper_number": f"{period[1]:03}"}
        return {
            "normal": {"number": 100 + count},
            "yearly": {"number": count},
            "constant": {"number": 1},
            "none": {"number": 0, "paper_number": "000"},
        }[habit]

    def gaps(self, state="open"):
        return (
            self.env["codabox.gap"]
            .with_user(self.accountant)
            .search([("state", "=", state)], order="date_from")
        )

    def gap_of(self, lost=15):
        """Receive the days around one, without it; return the gap and the lost statement."""
        missing = self.day(lost, credit("10", communication="Lost"), opening="100")
        self.receive(self.day(lost - 1, credit("100")))
        self.receive(self.day(lost + 1, credit("1"), opening="110"))
        return self.gaps(), missing

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

    # -------------------------------------------------------------------------
    # Redelivery request
    # -------------------------------------------------------------------------

    def request(self, gaps, language="en", user=None):
        return (
            self.env["codabox.redelivery"]
            .with_user(user or self.accountant)
            .create({"gap_ids": [Command.set(gaps.ids)], "language": language})
        )

    def test_the_request_says_client_account_dates_and_numbers_in_three_languages(self):
        full = self.series("normal")
        self.receive(*[item for index, item in enumerate(full) if index not in LOST])
        words = {"nl": "rekening", "fr": "compte", "en": "account"}
        for language, word in words.items():
            wizard = self.request(self.gaps(), language)
            for text in (wizard.body, base64.b64decode(wizard.csv_file).decode("utf-8-sig")):
                for fact in ("Bakkerij Jo", NUMBER, IBAN, "EUR", "105-106", "110", word):
                    self.assertIn(fact, text)
                for gap in self.gaps():
                    self.assertIn(f"{gap.date_from:%d/%m/%Y}", text)
                    self.assertIn(f"{gap.date_to:%d/%m/%Y}", text)

    def test_the_request_opens_from_the_list_with_the_open_gaps_only(self):
        gap, missing = self.gap_of()
        self.receive(missing)
        self.receive(self.day(20, credit("1"), opening="500"))
        action = self.press(self.gaps() | gap, "action_open_redelivery")
        wizard = self.env["codabox.redelivery"].with_context(**action["context"]).create({})
        self.assertEqual(wizard.gap_ids, self.gaps())

    def test_a_sent_request_is_a_mail_to_codabox_and_is_noted_on_the_gap(self):
        gap, _missing = self.gap_of()
        wizard = self.request(gap)
        wizard.body = f"{wizard.body}\nUrgent."
        wizard.action_send()
        mail = self.env["mail.mail"].search([("email_to", "=", "api@codabox.com")])
        self.assertEqual(len(mail), 1)
        self.assertIn(IBAN, mail.body_html)
        self.assertIn("Urgent.", mail.body_html)
        self.assertEqual(mail.attachment_ids.mapped("mimetype"), ["text/csv"])
        self.assertEqual(gap.requested_by_id, self.accountant)
        self.assertTrue(gap.requested_at)

    def test_what_is_older_than_two_years_is_not_asked_and_said(self):
        gap, _missing = self.gap_of()
        today = fields.Date.today()
        old = gap.sudo().copy(
            {"date_from": today - timedelta(800), "date_to": today - timedelta(790), "numbers": "7"}
        )
        half = gap.sudo().copy({"date_from": today - timedelta(800), "date_to": today})
        wizard = self.request(gap | old | half)
        self.assertIn("2 years back", wizard.too_old)
        self.assertIn("Statement", wizard.too_old)
        self.assertNotIn(f"{old.date_to:%d/%m/%Y}", wizard.body)
        self.assertNotIn(f"{old.date_from:%d/%m/%Y}", wizard.body)
        self.assertIn(f"{today:%d/%m/%Y}", wizard.body)
        with self.assertRaisesRegex(UserError, "2 years back"):
            self.request(old).action_send()

    def test_a_client_name_is_no_formula_in_the_table(self):
        gap, _missing = self.gap_of()
        self.feed_record.name = "=1+1"
        table = base64.b64decode(self.request(gap).csv_file).decode("utf-8-sig")
        self.assertIn(";", table)
        self.assertIn("'=1+1", table)

    def test_who_keeps_no_books_asks_nothing(self):
        gap, _missing = self.gap_of()
        auditor = new_test_user(
            self.env,
            "auditor",
            "base.group_user,account.group_account_readonly",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        with self.assertRaises(AccessError):
            gap.with_user(auditor).action_open_redelivery()
