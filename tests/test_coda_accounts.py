"""What a person can do about an account that has no bank journal, and what then happens by itself."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..codabox import grouped_iban
from .common import IBAN, OTHER_IBAN, UNKNOWN_IBAN, CodaboxCase, credit


@tagged("-at_install", "post_install")
class TestCodaAccounts(CodaboxCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env,
            "account_manager",
            "base.group_user,account.group_account_manager",
            name="Marie Manager",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    mapped = True

    def unknown(self, number=15, *more, **values):
        """Receive the statement of one day of an account without journal."""
        values = {"account": UNKNOWN_IBAN, "opening": str(number), **values}
        return self.receive(self.day(number, credit("1"), **values), *more)

    def resolve(self, document, choice, user=None, **values):
        """Open the wizard by its button, fill it in and apply it, as a user does."""
        button = {
            "create": "action_create_journal",
            "link": "action_link_journal",
            "ignore": "action_ignore_account",
        }[choice]
        with self.as_user(user or self.manager) as env:
            action = getattr(env["codabox.document"].browse(document.id), button)()
            wizard = env[action["res_model"]].browse(action["res_id"])
            wizard.write(values)
            return wizard.action_apply()

    def journals(self, account=UNKNOWN_IBAN):
        return (
            self.env["account.journal"]
            .with_context(active_test=False)
            .search([("bank_account_id.sanitized_acc_number", "=", account)])
        )

    # --- create -----------------------------------------------------------------------------

    def test_a_dialog_that_is_answered_twice_makes_one_journal(self):
        document = self.unknown()
        action = self.press(document, "action_create_journal", user=self.manager)
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.press(wizard, "action_apply", user=self.manager)
        with self.assertRaisesRegex(UserError, "cannot be chosen here any more"):
            self.press(wizard, "action_apply", user=self.manager)
        self.assertEqual(len(self.journals()), 1)
        self.assert_state(document, "imported")

    def test_one_click_creates_the_journal_and_books_every_document_that_waited_for_it(self):
        documents = self.unknown(15) + self.unknown(16)
        result = self.resolve(documents[1], "create")
        journal = self.journals()
        self.assertRecordValues(
            journal,
            [
                {
                    "name": "KBC BE71 0961 2345 6769",
                    "type": "bank",
                    "company_id": self.company.id,
                    "currency_id": False,
                    "suspense_account_id": self.company.account_journal_suspense_account_id.id,
                }
            ],
        )
        for document in documents:
            self.assert_state(document, "imported")
        self.assertEqual(len(self.lines(journal)), 2)
        self.assertIn("2 booked", result["params"]["message"])
        for bank_statement in self.lines(journal).statement_id:
            self.assert_books_agree(bank_statement)

    def test_a_foreign_currency_gets_its_own_journal_beside_that_of_the_same_iban(self):
        self.make_rate(self.env.ref("base.USD"))
        document = self.unknown(account=IBAN, currency="USD")
        self.resolve(document, "create")
        journal = self.journals(IBAN) - self.journal
        self.assertEqual((journal.currency_id.name, journal.name[-3:]), ("USD", "USD"))
        self.assertEqual(document.statement_ids.bank_statement_id.journal_id, journal)

    def test_a_currency_that_is_not_active_is_named(self):
        currency = self.env["res.currency"].with_context(active_test=False).search(
            [("active", "=", False)], limit=1
        )  # fmt: skip
        document = self.unknown(currency=currency.name)
        with self.assertRaisesRegex(UserError, currency.name):
            self.resolve(document, "create")

    def test_of_two_unknown_accounts_in_a_file_each_is_asked_in_turn(self):
        document = self.unknown(
            15,
            self.day(15, credit("2"), account=OTHER_IBAN),
            self.day(15, credit("3")),
        )
        self.assertEqual(self.lines().mapped("amount"), [3.0])
        self.resolve(document, "create")
        self.assert_state(document, "waiting", "unknown_account")
        self.assertIn(grouped_iban(OTHER_IBAN), document.reason)
        self.resolve(document, "create")
        self.assert_state(document, "imported")
        self.assertEqual(len(document.statement_ids.bank_statement_id.journal_id), 3)

    def test_who_may_not_create_journals_is_told_who_can(self):
        document = self.unknown()
        for choice in ("create", "link"):
            with self.assertRaisesRegex(AccessError, "Marie Manager"):
                self.resolve(document, choice, user=self.accountant)
        self.assertFalse(self.journals())
        self.assert_state(document, "waiting", "unknown_account")

    # --- link -------------------------------------------------------------------------------

    def test_the_only_journal_without_number_is_proposed_and_gets_the_number(self):
        document = self.unknown()
        journal = self.make_journal(self.company, "", name="Bank without number")
        (document.statement_ids._candidate_journals() - journal).unlink()
        self.resolve(document, "link")
        self.assertEqual(journal.bank_account_id.sanitized_acc_number, UNKNOWN_IBAN)
        self.assertEqual(document.statement_ids.bank_statement_id.journal_id, journal)

    def test_of_several_journals_without_number_none_is_guessed(self):
        document = self.unknown()
        first, second = (self.make_journal(self.company, "", name=name) for name in ("A", "B"))
        with self.assertRaisesRegex(UserError, "Choose a bank journal"):
            self.resolve(document, "link")
        self.resolve(document, "link", journal_id=second.id)
        self.assertEqual(document.statement_ids.bank_statement_id.journal_id, second)
        self.assertFalse(first.bank_account_id)

    def test_the_archived_journal_of_the_account_is_proposed_and_becomes_active(self):
        self.journal.active = False
        document = self.receive(self.day(15, credit("1")))
        self.assert_state(document, "waiting", "journal_archived")
        self.resolve(document, "link")
        self.assertTrue(self.journal.active)
        self.assert_state(document, "imported")
        self.assertEqual(self.journals(IBAN), self.journal)

    def test_a_journal_of_another_account_or_currency_cannot_be_linked(self):
        document = self.unknown()
        dollars = self.make_journal(
            self.company, "", currency_id=self.env.ref("base.USD").id, name="Dollars"
        )
        for journal in self.journal + dollars:
            with self.assertRaisesRegex(UserError, "EUR"):
                self.resolve(document, "link", journal_id=journal.id)
        self.assert_state(document, "waiting", "unknown_account")

    # --- ignore -----------------------------------------------------------------------------

    def test_an_ignored_account_is_kept_with_its_reason_and_asked_no_more(self):
        first = self.unknown(15)
        self.resolve(first, "ignore", user=self.accountant, reason="Private account of Jo")
        self.assert_state(first, "stored", "ignored_account")
        self.assertFalse(first.feed_id.activity_ids)
        later = self.unknown(16)
        self.assert_state(later, "stored", "ignored_account")
        for text in (grouped_iban(UNKNOWN_IBAN), "Private account of Jo", "plain_accountant"):
            self.assertIn(text, later.reason)
        self.assertFalse(later.feed_id.activity_ids)

    def test_of_a_file_the_known_account_is_booked_beside_the_ignored_one(self):
        self.resolve(self.unknown(15), "ignore", user=self.accountant, reason="Private")
        document = self.unknown(16, self.day(16, credit("5")))
        self.assert_state(document, "imported")
        self.assertEqual(self.lines().mapped("amount"), [5.0])
        self.assertEqual(
            document.statement_ids.sorted("position").mapped("state"), ["stored", "imported"]
        )

    def test_an_ignored_currency_says_nothing_of_the_other_currencies_of_the_iban(self):
        self.resolve(self.unknown(currency="USD"), "ignore", user=self.accountant, reason="No")
        self.assert_state(self.unknown(16), "waiting", "unknown_account")

    def test_a_released_document_of_an_ignored_account_asks_for_its_journal(self):
        document, other = self.unknown(15), self.unknown(16)
        self.resolve(document, "ignore", user=self.accountant, reason="Private")
        self.press(document, "action_release")
        self.assert_state(document, "waiting", "unknown_account")
        self.assert_state(other, "stored", "ignored_account")

    def test_a_lifted_account_asks_again_for_all_its_documents(self):
        documents = self.unknown(15) + self.unknown(16)
        self.resolve(documents[0], "ignore", user=self.accountant, reason="Private")
        ignored = self.env["codabox.ignored.account"].search([])
        self.assertEqual(ignored.statement_count, 2)
        self.press(ignored, "action_lift")
        self.assertFalse(ignored.exists())
        for document in documents:
            self.assert_state(document, "waiting", "unknown_account")
        self.resolve(documents[0], "create")
        self.assertEqual(len(self.lines(self.journals())), 2)

    def test_an_ignored_account_that_gets_a_journal_is_booked(self):
        self.resolve(self.unknown(15), "ignore", user=self.accountant, reason="Private")
        journal = self.make_journal(self.company, UNKNOWN_IBAN)
        self.assert_state(self.unknown(16), "imported")
        self.assertEqual(len(self.lines(journal)), 1)

    def test_ignoring_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "why"):
            self.resolve(self.unknown(), "ignore", user=self.accountant, reason="  ")

    # --- rights -----------------------------------------------------------------------------

    def test_ignored_accounts_of_another_company_are_not_seen_and_none_is_written(self):
        self.resolve(self.unknown(), "ignore", user=self.accountant, reason="Private")
        mine = self.env["codabox.ignored.account"].search([])
        theirs = mine.sudo().create(
            {
                "company_id": self.other_company.id,
                "account": OTHER_IBAN,
                "currency_code": "EUR",
                "reason": "Theirs",
            }
        )
        as_accountant = mine.with_user(self.accountant)
        self.assertEqual(as_accountant.search([]), mine)
        with self.assertRaises(AccessError):
            theirs.with_user(self.accountant).action_lift()
        for method, values in (("write", {"reason": "x"}), ("unlink", None)):
            with self.assertRaises(AccessError):
                getattr(as_accountant, method)(*[values] if values else [])

    def test_who_keeps_no_books_ignores_and_lifts_nothing(self):
        auditor = new_test_user(
            self.env,
            "auditor",
            "base.group_user,account.group_account_readonly",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        document = self.unknown()
        with self.assertRaises(AccessError):
            self.press(document, "action_ignore_account", user=auditor)
        self.resolve(document, "ignore", user=self.accountant, reason="Private")
        with self.assertRaises(AccessError):
            self.press(self.env["codabox.ignored.account"].search([]), "action_lift", user=auditor)
