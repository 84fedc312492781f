"""What the bank says against what the ledger says: at the start, and on the journal card."""

from dataclasses import replace

from odoo import Command
from odoo.tests import tagged

from .common import IBAN, CodaboxCase, credit, date, debit


class LedgerCase(CodaboxCase):
    mapped = True

    def entry(self, amount, day, journal=None):
        """Type an entry of an amount on the bank account."""
        bank = (journal or self.journal).default_account_id
        other = self.income_account()
        move = self.env["account.move"].create(
            {
                "date": day,
                "line_ids": [
                    Command.create({"account_id": bank.id, "balance": amount}),
                    Command.create({"account_id": other.id, "balance": -amount}),
                ],
            }
        )
        move.action_post()
        return move

    def card(self, journal=None):
        journal = (journal or self.journal).with_user(self.accountant)
        return journal._get_journal_dashboard_data_batched()[journal.id].get("codabox_check", {})


@tagged("-at_install", "post_install")
class TestCodaLedger(LedgerCase):
    # --- The first statement ----------------------------------------------------------------

    def test_a_first_statement_that_the_ledger_does_not_know_says_three_ways_out(self):
        document = self.receive(self.day(15, credit("10"), opening="1000"))
        self.assert_state(document, "imported")
        for words in ("1,000.00", "opening entry", "earlier statements", "typed twice"):
            self.assertIn(words, document.notice)
        self.assertEqual(self.lines().mapped("amount"), [10.0], "no balancing line")
        self.assertEqual(document.statement_ids.bank_statement_id.balance_start, 1000.0)

    def test_a_first_statement_that_agrees_with_the_ledger_says_nothing(self):
        self.entry(1000, date(2025, 12, 31))
        document = self.receive(self.day(15, credit("10"), opening="1000"))
        self.assertFalse(document.notice)

    def test_the_notice_goes_when_the_opening_entry_is_made(self):
        document = self.receive(self.day(15, credit("10"), opening="1000"))
        self.assertTrue(document.notice)
        self.entry(1000, date(2026, 1, 14))
        self.env.invalidate_all()
        self.assertFalse(document.notice)

    def test_what_was_typed_after_the_opening_day_does_not_count(self):
        self.entry(1000, date(2026, 1, 15))
        document = self.receive(self.day(15, credit("10"), opening="1000"))
        self.assertIn("0.00", document.notice)
        action = self.press(document.statement_ids, "action_open_opening_items")
        self.assertFalse(self.env["account.move.line"].search(action["domain"]))

    def test_what_came_before_the_first_statement_can_be_asked_for(self):
        document = self.receive(self.day(15, credit("10"), opening="1000"))
        action = self.press(document, "action_ask_earlier")
        wizard = (
            self.env["codabox.redelivery"]
            .with_user(self.accountant)
            .with_context(**action["context"])
            .create({})
        )
        for fact in ("Bakkerij Jo", IBAN, "01/01/2026", "14/01/2026"):
            self.assertIn(fact, wizard.body)
        wizard.action_send()
        mail = self.env["mail.mail"].search([("email_to", "=", "api@codabox.com")])
        self.assertIn("14/01/2026", mail.body_html)

    def test_only_the_first_statement_is_compared_whatever_comes_first(self):
        second = self.receive(self.day(16, credit("1"), opening="1010"))
        self.assertIn("1,010.00", second.notice)
        first = self.receive(self.day(15, credit("10"), opening="1000"))
        self.env.invalidate_all()
        self.assertIn("1,000.00", first.notice)
        self.assertFalse(second.notice)

    # --- The journal card -------------------------------------------------------------------

    def test_a_journal_without_statements_says_nothing(self):
        self.assertEqual(self.card(), {})

    def test_the_card_says_that_bank_and_ledger_agree(self):
        self.entry(12000, date(2026, 1, 1))
        self.receive(self.day(14, credit("345.67"), opening="12000"))
        self.receive(self.day(15, opening="12345.67"))  # no movements, a later day
        card = self.card()
        self.assertTrue(card["agrees"])
        self.assertRegex(card["text"], r"12,345\.67.* on 15 Jan = ledger ✓")

    def test_the_card_says_by_how_much_and_since_when_they_differ(self):
        self.receive(self.day(14, credit("10")))
        self.receive(self.day(15, credit("10"), opening="10"))
        self.receive(self.day(16, debit("5"), opening="20"))
        self.assertTrue(self.card()["agrees"])
        move = self.entry(120, date(2026, 1, 15))
        card = self.card()
        self.assertFalse(card["agrees"])
        self.assertRegex(card["text"], r"15\.00.* on 16 Jan differs by .*120\.00.* since 15 Jan")
        action = self.press(self.journal, "action_codabox_show_difference")
        since = self.env["codabox.statement"].browse(action["res_id"])
        since = since.with_context(**action["context"])
        self.assertRegex(since.notice, r"ledger differs from the bank by .*120\.00")
        self.assertTrue(since.ledger_differs)
        action = self.press(since, "action_open_difference_items")
        shown = self.env["account.move.line"].search(action["domain"])
        self.assertIn(move, shown.move_id)
        self.assertEqual(len(shown), 4)

    def test_an_entry_after_the_last_statement_changes_nothing(self):
        self.receive(self.day(14, credit("10")))
        self.entry(120, date(2026, 1, 15))
        self.assertTrue(self.card()["agrees"])

    def test_a_movement_dated_in_another_statement_counts_with_its_own(self):
        self.receive(self.day(14, credit("10")))
        self.receive(self.day(15, credit("5", entry_date=date(2026, 1, 14)), opening="10"))
        self.entry(1, date(2026, 1, 15))
        self.assertIn("since 15 Jan", self.card()["text"])

    def test_a_missing_statement_is_a_red_line_and_a_difference_since_then(self):
        for number, opening in ((36, "0"), (37, "10"), (40, "50")):
            item = self.day(number - 30, credit("10"), opening=opening)
            self.receive(replace(item, number=number, paper_number=f"{number:03}"))
        card = self.card()
        self.assertEqual(card["missing"], "Statements 038-039 missing")
        self.assertRegex(card["text"], r"differs by .*30\.00.* since 10 Jan")

    def test_an_account_in_dollars_is_compared_in_dollars(self):
        dollars = self.env.ref("base.USD")
        dollars.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": dollars.id, "name": "2020-01-01", "rate": 2.0}
        )
        journal = self.make_journal(self.company, IBAN, currency_id=dollars.id)
        self.receive(self.day(14, credit("10"), currency="USD"))
        self.assertTrue(self.card(journal)["agrees"])
        self.assertIn("10.00", self.card(journal)["text"])
