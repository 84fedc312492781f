"""Which bank journal a statement goes to, and what is said when there is none."""

from odoo.tests import tagged

from ..codabox import grouped_iban
from .common import IBAN, NUMBER, OTHER_IBAN, OTHER_NUMBER, UNKNOWN_IBAN, CodaboxCase, credit


@tagged("-at_install", "post_install")
class TestCodaJournals(CodaboxCase):
    mapped = True

    def one_day(self, **values):
        return self.day(15, credit("121.00", communication="Invoice 7"), **values)

    def assert_booked_in(self, document, journal):
        self.assert_state(document, "imported")
        self.assertEqual(document.statement_ids.bank_statement_id.journal_id, journal)

    def test_a_journal_says_that_codabox_fills_it_until_the_add_on_leaves(self):
        self.assertEqual(self.journal.bank_statements_source, "undefined")
        self.receive(self.one_day())
        self.assertEqual(self.journal.bank_statements_source, "codabox")
        self.assertIn("codabox", dict(self.journal._get_bank_statements_available_sources()))
        self.journal.active = False
        self.env["account.journal"]._codabox_forget_source()
        self.assertEqual(self.journal.bank_statements_source, "undefined")

    def test_a_journal_whose_iban_is_written_with_spaces_is_found(self):
        self.journal.bank_account_id.acc_number = "BE68 5390 0754 7034"
        self.assert_booked_in(self.receive(self.one_day()), self.journal)

    def test_a_journal_with_the_old_belgian_number_is_found(self):
        self.journal.bank_account_id.acc_number = "539-0075470-34"
        self.assert_booked_in(self.receive(self.one_day()), self.journal)

    def test_a_file_with_the_old_belgian_number_finds_the_journal_of_the_iban(self):
        document = self.receive(self.one_day(account="539007547034", structure="0"))
        self.assert_booked_in(document, self.journal)

    def test_a_currency_without_any_rate_waits_instead_of_one_for_one(self):
        usd = self.env.ref("base.USD")
        dollars = self.make_journal(self.company, IBAN, currency_id=usd.id, name="Dollars")
        document = self.receive(self.one_day(), self.one_day(currency="USD"))
        self.assert_state(document, "waiting", "no_rate")
        self.assertEqual((len(self.lines()), len(self.lines(dollars))), (1, 0))
        self.make_rate(usd, 2.0)
        self.press(document, "action_retry")
        self.assert_state(document, "imported")
        line = self.lines(dollars)
        balance = sum(line.move_id.line_ids.filtered("debit").mapped("debit"))
        self.assertAlmostEqual(balance, line.amount / 2)

    def test_one_iban_in_two_currencies_is_two_journals(self):
        self.make_rate(self.env.ref("base.USD"))
        dollars = self.make_journal(
            self.company, IBAN, currency_id=self.env.ref("base.USD").id, name="Dollars"
        )
        self.assert_booked_in(self.receive(self.one_day(currency="USD")), dollars)
        self.assert_booked_in(self.receive(self.one_day()), self.journal)

    def test_a_journal_in_another_currency_is_not_the_journal_of_the_account(self):
        document = self.receive(self.one_day(currency="USD"))
        self.assert_state(document, "waiting", "unknown_account")
        self.assertIn("USD", document.reason)

    def test_an_archived_journal_is_named_and_books_once_it_is_active(self):
        self.journal.active = False
        document = self.receive(self.one_day())
        self.assert_state(document, "waiting", "journal_archived")
        self.assertIn(self.journal.name, document.reason)
        self.journal.active = True
        self.press(document, "action_retry")
        self.assert_booked_in(document, self.journal)

    def test_an_active_journal_wins_from_an_archived_one_of_the_same_account(self):
        self.make_journal(self.company, IBAN, name="Old bank").active = False
        self.assert_booked_in(self.receive(self.one_day()), self.journal)

    def test_two_journals_of_one_account_are_both_named_and_nothing_is_guessed(self):
        second = self.make_journal(self.company, IBAN, name="Second bank")
        document = self.receive(self.one_day())
        self.assert_state(document, "waiting", "several_journals")
        self.assertIn(self.journal.name, document.reason)
        self.assertIn("Second bank", document.reason)
        self.assertFalse(self.lines() + self.lines(second))
        second.active = False
        self.press(document, "action_retry")
        self.assert_booked_in(document, self.journal)

    def test_an_account_of_another_company_waits_and_names_it_to_who_may_enter_both(self):
        other = self.make_journal(self.other_company, OTHER_IBAN)
        document = self.receive(self.one_day(account=OTHER_IBAN))
        self.assert_state(document, "waiting", "account_elsewhere")
        reason = document.sudo(False).reason  # the keeper has both companies
        self.assertIn(self.company.name, reason)
        self.assertIn(self.other_company.name, reason)
        self.assertIn(grouped_iban(OTHER_IBAN), reason)
        self.assertFalse(self.lines() + self.lines(other))

    def test_an_account_in_two_companies_is_booked_in_the_company_of_the_client(self):
        other = self.make_journal(self.other_company, IBAN)
        self.assert_booked_in(self.receive(self.one_day()), self.journal)
        self.assertFalse(self.lines(other))

    def test_an_unknown_account_waits_with_account_currency_and_company(self):
        document = self.receive(self.one_day(account=UNKNOWN_IBAN, holder="BAKKERIJ JO BV"))
        self.assert_state(document, "waiting", "unknown_account")
        for text in (grouped_iban(UNKNOWN_IBAN), "EUR", self.company.name):
            self.assertIn(text, document.reason)
        self.assertRecordValues(
            document.statement_ids,
            [{"account": UNKNOWN_IBAN, "holder": "BAKKERIJ JO BV", "state": "waiting"}],
        )
        journal = self.make_journal(self.company, UNKNOWN_IBAN)
        self.press(document, "action_retry")
        self.assert_booked_in(document, journal)

    def test_a_document_for_another_enterprise_is_not_booked_and_names_both_numbers(self):
        document = self.receive(self.one_day(enterprise_number=OTHER_NUMBER))
        self.assert_state(document, "waiting", "foreign_statement")
        self.assertIn(NUMBER, document.reason)
        self.assertIn(OTHER_NUMBER, document.reason)
        self.assertFalse(self.lines())

    def test_a_document_without_enterprise_number_is_booked(self):
        document = self.receive(self.one_day(enterprise_number=""))
        self.assert_booked_in(document, self.journal)

    def test_the_known_account_of_a_file_is_booked_and_retry_books_only_the_missing_one(self):
        document = self.receive(self.one_day(), self.one_day(account=UNKNOWN_IBAN))
        self.assert_state(document, "waiting", "unknown_account")
        self.assertEqual(document.statement_ids.sorted("position").mapped("state"), [
            "imported", "waiting",
        ])  # fmt: skip
        booked = document.statement_ids.bank_statement_id
        self.assertEqual(booked.journal_id, self.journal)
        journal = self.make_journal(self.company, UNKNOWN_IBAN)
        self.press(document, "action_retry")
        self.assert_state(document, "imported")
        self.assertEqual(document.statement_ids.bank_statement_id - booked, self.env[
            "account.bank.statement"
        ].search([("journal_id", "=", journal.id)]))  # fmt: skip
        self.assertEqual((len(self.lines()), len(self.lines(journal))), (1, 1))

    def test_a_journal_without_suspense_account_is_named(self):
        self.journal.suspense_account_id = False
        document = self.receive(self.one_day())
        self.assert_state(document, "waiting", "no_suspense_account")
        self.assertIn(self.journal.name, document.reason)
