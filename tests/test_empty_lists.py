"""Empty means what it says: never "all is well" while something waits, or nothing can come."""

from odoo.tests import tagged

from ..codabox.coda.builders import credit
from .common import UNKNOWN_IBAN, CodaboxCase
from .users_case import FormUsers

# What a person reads with an empty list, by model.
LISTS = (
    "codabox.document",
    "codabox.feed",
    "codabox.feed.kind",
    "codabox.gap",
    "codabox.mandate",
    "codabox.mandate.comparison",
    "codabox.run",
)
WELL = "<p>all is well</p>"


@tagged("-at_install", "post_install")
class TestEmptyLists(FormUsers, CodaboxCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bookkeeper = cls.make_form_user(
            "bookkeeper", "account_codabox.group_accountant", companies=cls.company
        )
        cls.connector = cls.make_form_user(
            "connector",
            "account_codabox.group_accountant",
            "account_codabox.group_administrator",
            companies=cls.company,
        )

    def help(self, model="codabox.document", user=None, **context):
        """Return what a user reads when this list is empty."""
        user = user or self.bookkeeper
        found = self.env[model].with_user(user).with_context(tz="UTC", lang="en_US", **context)
        return str(found.get_empty_list_help(WELL))

    def wait(self, number=1):
        """Have documents wait for the journal of their account."""
        self.map_client()
        for n in range(number):
            self.deliver(self.day(15 + n, credit("10"), account=UNKNOWN_IBAN))
        self.night()

    def test_not_connected_says_what_to_do_and_has_the_button_for_who_may(self):
        self.connection.state = "draft"
        for model in LISTS:
            with self.subTest(model):
                for user in (self.bookkeeper, self.connector):
                    found = self.help(model, user)
                    self.assertIn("Not connected", found)
                    self.assertNotIn(WELL, found)
                    self.assertEqual("codabox_connect_action" in found, user == self.connector)

    def test_who_may_not_connect_reads_who_may(self):
        self.connection.state = "draft"
        self.assertIn(self.connector.name, self.help())

    def test_a_filter_that_hides_what_waits_says_so_and_shows_it(self):
        self.wait(2)
        found = self.help()
        self.assertIn("2 documents wait for you", found)
        self.assertIn("account_codabox.codabox_document_action", found)
        self.assertNotIn(WELL, found)

    def test_what_only_others_may_see_is_not_counted(self):
        self.wait()
        other = self.make_form_user(
            "elsewhere", "account_codabox.group_accountant", companies=self.other_company
        )
        self.assertNotIn("waits for you", self.help(user=other))

    def test_nothing_at_all_says_when_codabox_was_asked_and_will_be(self):
        self.map_client()
        self.assertIn("was not asked yet", self.help())
        self.night()
        found = self.help()
        self.assertIn(WELL, found)
        self.assertIn("Last fetch", found)
        self.assertIn("Next fetch", found)

    def test_a_connection_that_does_not_work_is_told(self):
        self.map_client()
        self.connection.write(
            {"state": "broken", **self.connection._reason_vals("bad_credentials")}
        )
        self.assertIn("does not work", self.help())

    def test_a_list_with_more_behind_a_filter_shows_it(self):
        self.map_client()
        found = self.help("codabox.feed")
        self.assertIn("A filter hides", found)
        self.assertIn("account_codabox.codabox_feed_action", found)

    def test_the_button_says_nothing_new_and_the_count_of_the_list_it_opens(self):
        self.wait(2)
        action = self.press(self.connection, "action_fetch")
        told = action["params"]
        self.assertIn("Nothing new. 2 documents wait for you.", told["message"])
        self.assertEqual((action["tag"], told["type"]), ("codabox_notify", "warning"))
        opened = told["buttons"][0]["action"]
        self.assertEqual(opened["res_model"], "codabox.document")
        documents = self.env["codabox.document"].with_user(self.accountant)
        self.assertEqual(documents.search_count(documents._open_domain()), 2)
        documents.search([]).sudo()._set_state("discarded")
        told = self.press(self.connection, "action_fetch")["params"]
        self.assertIn("Everything is in", told["message"])

    def test_a_filter_that_hides_rows_of_the_overview_shows_them(self):
        self.wait()
        found = self.help("codabox.feed.kind")
        self.assertIn("not in order", found)
        self.assertIn("account_codabox.codabox_overview_action", found)
        self.assertIn("search_default_mine", found)


@tagged("-at_install", "post_install")
class TestOnlyTheOfficeTicked(FormUsers, CodaboxCase):
    """An office of four companies, of which only its own is ticked, as after each login."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        more = cls.make_company("Kapper An", "0202239951") + cls.make_company(
            "Slager Bo", "0400378485"
        )
        cls.clients = cls.company + more
        cls.clerk = cls.make_form_user(
            "clerk",
            "account_codabox.group_accountant",
            companies=cls.other_company + cls.clients,
        )

    def ticked(self, model, **context):
        """Return a model as the clerk has it, with only his own company ticked."""
        self.env.invalidate_all()
        context = {"tz": "UTC", "lang": "en_US", **context}
        return (
            self.env[model]
            .with_user(self.clerk)
            .with_context(allowed_company_ids=self.other_company.ids, **context)
        )

    def setUp(self):
        super().setUp()
        self.map_client()
        self.deliver(self.day(15, credit("10"), credit("20")), self.day(16, opening="30"))
        self.deliver(self.day(17, credit("10"), account=UNKNOWN_IBAN))
        self.night()

    def test_each_list_shows_what_waits_or_says_it_and_shows_it(self):
        for model in ("codabox.document", "codabox.feed", "codabox.feed.kind"):
            with self.subTest(model):
                self.assertTrue(self.ticked(model).search([]).company_id & self.company)
        self.assertFalse(self.ticked("account.bank.statement.line").search([]))
        found = self.ticked("account.bank.statement.line", codabox_bank_lines=1)
        found = str(found.get_empty_list_help(WELL))
        self.assertIn("2 bank transactions of your companies are not matched yet", found)
        self.assertNotIn(WELL, found)
        self.assertIn("action_open_bank_lines", found)

    def test_the_button_opens_the_lines_of_all_his_companies(self):
        action = self.ticked("codabox.everywhere").action_open_bank_lines()
        lines = self.ticked("account.bank.statement.line").with_context(**action["context"])
        self.assertEqual(len(lines.search([])), 2)
        self.assertEqual(
            set(action["context"]["codabox_companies"]), set(self.clerk.company_ids.ids)
        )

    def test_other_lists_of_bank_lines_keep_the_words_of_odoo(self):
        lines = self.ticked("account.bank.statement.line")
        self.assertEqual(lines.get_empty_list_help(WELL), WELL)

    def test_the_overview_says_what_waits_of_all_of_them(self):
        header = self.ticked("codabox.feed.kind").action_office_header()
        numbers = {count["name"]: count["number"] for count in header["counts"]}
        self.assertEqual((numbers["waiting"], numbers["lines"]), (1, 2))
