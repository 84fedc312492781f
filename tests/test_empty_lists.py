"""Empty means what it says: never "all is well" while something waits, or nothing can come."""

from odoo.tests import tagged

from ..codabox.coda.builders import credit
from .common import UNKNOWN_IBAN, CodaboxCase
from .users_case import FormUsers

# What a person reads with an empty list, by model.
LISTS = (
    "codabox.document",
    "codabox.feed",
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

    def help(self, model="codabox.document", user=None):
        """Return what a user reads when this list is empty."""
        user = user or self.bookkeeper
        found = self.env[model].with_user(user).with_context(tz="UTC", lang="en_US")
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
