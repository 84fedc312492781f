"""From nothing to a connection that fetches: the wizard, step by step, as an administrator."""

import os
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from ..codabox.sandbox import CREDENTIALS, SOFTWARE_KEY, TOKEN
from .common import NUMBER, OTHER_NUMBER, CodaboxCase, credit, date


class ConnectCase(CodaboxCase):
    """An administrator with the wizard; the connection of the other tests is not connected."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.company + cls.other_company
        cls.administrator = new_test_user(
            cls.env,
            "codabox_administrator",
            "base.group_system,account.group_account_manager,account.group_account_user",
            company_id=cls.company.id,
            company_ids=[Command.set(companies.ids)],
        )
        cls.connection.write({"state": "disconnected", "username": False, "password": False})

    def begin(self, **values):
        """Open the wizard and fill in the first step."""
        values = {
            "company_id": self.company.id,
            "environment": "custom",
            "base_url": self.sandbox.url,
            "software_key": SOFTWARE_KEY,
            **values,
        }
        with self.as_user(self.administrator) as env:
            wizard = env["codabox.connect"].create(values).id
        return self.env["codabox.connect"].sudo().browse(wizard)

    def step(self, wizard, method, **values):
        """Fill in a step and press its button, as one request of the administrator."""
        with self.as_user(self.administrator) as env:
            mine = env["codabox.connect"].browse(wizard.id)
            mine.write(values)
            return getattr(mine, method)()

    def see_clients(self, token=TOKEN, **values):
        """Walk to the last step; return the wizard and its connection."""
        wizard = self.begin(**values)
        self.step(wizard, "action_to_token")
        self.step(wizard, "action_connect", token=token)
        return wizard, wizard.connection_id.sudo()

    def choose(self, wizard, company):
        with self.as_user(self.administrator) as env:
            env["codabox.connect"].browse(wizard.id).line_ids.company_id = company.id


@tagged("-at_install", "post_install")
class TestConnect(ConnectCase):
    # --- Who are you ---------------------------------------------------------------------------

    def test_without_a_software_key_the_wizard_says_where_it_comes_from(self):
        wizard = self.begin(software_key=False)
        with self.assertRaisesRegex(UserError, "Ask for access"):
            self.step(wizard, "action_to_token")

    @patch.dict(os.environ, {"CODABOX_ADDRESSES": "codabox.example.com 127.0.0.1 localhost ::1"})
    def test_an_address_of_ones_own_is_https_except_on_this_machine(self):
        for url in (
            "https://codabox.example.com/v2/",
            "http://127.0.0.1:8123/v2/",
            "http://localhost/v2/",
            "http://[::1]:8123/v2/",
        ):
            with self.subTest(url):
                self.connection.base_url = url
        for url in (
            "http://codabox.example.com/v2/",
            "http://127.0.0.1.example.com/v2/",
            "http://localhost@example.com/v2/",
            "ftp://127.0.0.1/v2/",
            "codabox.example.com",
            "",
            False,
        ):
            with self.subTest(url), self.assertRaisesRegex(ValidationError, "https://"):
                self.connection.base_url = url

    def test_the_mail_that_asks_for_access_names_the_enterprise_and_the_functions(self):
        action = self.press(self.connection, "action_ask_access", user=self.administrator)
        template = self.env["mail.template"].browse(action["context"]["default_template_id"])
        names = ("subject", "body_html", "email_to")
        mail = template._generate_template(self.connection.ids, names)[self.connection.id]
        self.assertEqual(mail["email_to"], "api@codabox.com")
        self.assertIn(NUMBER, mail["subject"])
        for text in (NUMBER, "mandates", "documents", "sales invoices"):
            self.assertIn(text, mail["body_html"])

    # --- The token -----------------------------------------------------------------------------

    def test_a_company_asks_its_token_by_enterprise_number_and_connects_with_it(self):
        self.deliver(self.day(15, credit("10")))
        wizard = self.begin(role="company")
        self.step(wizard, "action_to_token")
        self.assertEqual(wizard.enterprise_number, NUMBER)
        self.step(wizard, "action_request_token", enterprise_number="0477.472.701")
        (mail,) = self.sandbox.mails(f"BE{NUMBER}")
        self.assertIn("****", wizard.token_note)
        self.step(wizard, "action_connect", token=f"  {mail.token}\n")
        self.assertEqual(wizard.connection_id.state, "connected")
        self.assertEqual(wizard.line_ids.company_id, self.company)
        self.assertEqual(wizard.line_ids.waiting, 1)

    def test_a_number_that_codabox_does_not_know_gives_the_sentence_of_codabox(self):
        wizard = self.begin(role="company")
        self.step(wizard, "action_to_token")
        with self.assertRaisesRegex(UserError, "not known at CodaBox"):
            self.step(wizard, "action_request_token", enterprise_number=OTHER_NUMBER)

    def test_a_number_without_ten_digits_is_not_even_asked(self):
        wizard = self.begin(role="company")
        self.step(wizard, "action_to_token")
        self.sandbox.clear_log()
        with self.assertRaisesRegex(UserError, "ten digits"):
            self.step(wizard, "action_request_token", enterprise_number="12345")
        self.assertEqual(self.sandbox.log, [])

    def test_user_and_password_are_safe_before_anything_else_can_fail(self):
        wizard = self.begin()
        self.step(wizard, "action_to_token")
        self.break_off("server_error", "/pod-client/")
        with self.assertRaisesRegex(UserError, "CodaBox has a problem"):
            self.step(wizard, "action_connect", token=TOKEN)
        connection = wizard.connection_id.sudo()
        self.assertEqual(connection.username, CREDENTIALS.username)
        self.assertEqual(connection.password, CREDENTIALS.password)
        self.assertEqual(connection.state, "connected")

    def test_no_secret_stays_behind_in_the_wizard(self):
        wizard, _connection = self.see_clients()
        self.assertFalse(wizard.token)
        self.assertFalse(wizard.software_key)

    def test_a_used_or_superseded_token_is_refused_and_says_what_to_do(self):
        self.see_clients()
        newer = self.sandbox.issue_token()
        newest = self.sandbox.issue_token()
        for token in (TOKEN, newer, "0123456789abcdef"):
            with self.subTest(token), self.assertRaisesRegex(UserError, "ask for a new token"):
                self.see_clients(token=token)
        self.see_clients(token=newest)

    def test_no_token_at_all_is_not_sent(self):
        wizard = self.begin()
        self.step(wizard, "action_to_token")
        with self.assertRaisesRegex(UserError, "Paste"):
            self.step(wizard, "action_connect", token="  ")

    def test_a_refused_token_does_not_break_a_connection_that_works(self):
        _wizard, connection = self.see_clients()
        wizard = self.begin(connection_id=connection.id)
        self.step(wizard, "action_to_token")
        with self.assertRaises(UserError):
            self.step(wizard, "action_connect", token=TOKEN)
        self.assertEqual(
            (connection.state, connection.password), ("connected", CREDENTIALS.password)
        )

    # --- Which client is which company ---------------------------------------------------------

    def test_nothing_is_downloaded_or_confirmed_before_the_last_button(self):
        self.deliver(self.day(15, credit("10")))
        self.deliver(self.day(17, credit("10")))
        wizard, connection = self.see_clients()
        self.assertRecordValues(
            wizard.line_ids,
            [
                {
                    "waiting": 2,
                    "oldest": date(2026, 1, 15),
                    "newest": date(2026, 1, 17),
                    "company_id": self.company.id,
                }
            ],
        )
        asked = [entry for entry in self.sandbox.log if "download/" in entry.path]
        self.assertEqual((asked, self.puts()), ([], []))
        self.assertFalse(connection.feed_ids.document_ids)
        self.assertFalse(connection.fetch_automatically)
        self.assertFalse(connection.feed_ids.company_id, "a person confirms, not the wizard")

    def test_after_the_last_button_the_nights_begin(self):
        index = self.deliver(self.day(15, credit("10")))
        wizard, connection = self.see_clients()
        with self.as_user(self.administrator) as env:
            env["codabox.connect"].browse(wizard.id).line_ids.book_from = date(2026, 1, 1)
        self.step(wizard, "action_start")
        self.assertEqual(connection.feed_ids.company_id, self.company)
        self.assertTrue(connection.fetch_automatically)
        connection.next_fetch = False
        self.run_job()
        self.assertEqual(self.document(index).state, "imported")

    def test_the_company_is_proposed_by_enterprise_number_however_it_is_written(self):
        _wizard, connection = self.see_clients()
        feed = connection.feed_ids
        company = self.company.with_context(no_vat_validation=True)
        for vat in ("BE0477472701", "BE 0477.472.701", "0477.472.701", "BE477472701"):
            with self.subTest(vat):
                company.vat = vat
                company.company_registry = False  # Odoo fills it in from the VAT number
                feed.invalidate_recordset()
                self.assertEqual(feed.proposed_company_id, self.company)
        company.write({"vat": False, "company_registry": False})
        feed.invalidate_recordset()
        self.assertFalse(feed.proposed_company_id)

    def test_the_company_registry_counts_before_the_vat_number(self):
        _wizard, connection = self.see_clients()
        # A VAT unit files under a number that is not the enterprise's own.
        self.other_company.write({"company_registry": NUMBER, "vat": f"BE{OTHER_NUMBER}"})
        self.company.write({"company_registry": False, "vat": False})
        self.assertEqual(connection.feed_ids.proposed_company_id, self.other_company)

    def test_an_archived_company_is_proposed_too(self):
        self.other_company.write({"company_registry": NUMBER, "active": False})
        self.company.write({"company_registry": False, "vat": False})
        _wizard, connection = self.see_clients()
        self.assertEqual(connection.feed_ids.proposed_company_id, self.other_company)

    def test_a_company_with_another_number_is_refused_and_both_are_named(self):
        wizard, connection = self.see_clients()
        self.choose(wizard, self.other_company)
        with self.assertRaisesRegex(UserError, f"{NUMBER}.*{OTHER_NUMBER}"):
            self.step(wizard, "action_start")
        self.assertFalse(connection.feed_ids.company_id)
        self.assertFalse(connection.fetch_automatically)

    def test_the_first_day_to_book_is_the_one_after_the_lock_else_of_the_fiscal_year(self):
        propose = self.env["codabox.feed.kind"]._propose_book_from
        days = ("2026-12-31", "2027-01-01", "2027-02-28", "2028-02-29", "2027-06-30", "2027-07-01")
        for ends, starts in (
            (("12", 31), (2026, 2027, 2027, 2028, 2027, 2027)),
            (("6", 30), (2026, 2026, 2026, 2027, 2026, 2027)),
            (("2", 29), (2026, 2026, 2026, 2027, 2027, 2027)),
        ):
            month, day = ends
            self.company.write({"fiscalyear_last_month": month, "fiscalyear_last_day": day})
            first = {"12": (1, 1), "6": (7, 1), "2": (3, 1)}[month]
            for today, year in zip(days, starts, strict=True):
                with self.subTest(today, ends=ends), freeze_time(f"{today} 12:00:00"):
                    self.assertEqual(propose(self.company), date(year, *first))
        self.company.fiscalyear_lock_date = date(2026, 1, 31)
        self.assertEqual(propose(self.company), date(2026, 2, 1))
        self.company.hard_lock_date = date(2026, 3, 31)
        self.assertEqual(propose(self.company), date(2026, 4, 1))
