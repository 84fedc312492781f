"""What is missing is asked for at CodaBox, in the words of whoever reads it."""

import base64
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import IBAN, NUMBER, credit, date
from .gaps_case import LOST, GapsCase

TODAY = date(2026, 3, 1)  # the gaps of these tests are young enough to be asked for


@tagged("-at_install", "post_install")
class TestCodaRedelivery(GapsCase):
    def setUp(self):
        super().setUp()
        self.patch(
            fields.Date, "context_today", staticmethod(lambda _record, timestamp=None: TODAY)
        )

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
        today = TODAY
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
