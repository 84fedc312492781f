"""Archiving: with a reason, once, and with what the bank goes on charging."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .test_mandate_sync import MandateCase


@tagged("-at_install", "post_install")
class TestMandateArchive(MandateCase):
    mapped = True

    def setUp(self):
        super().setUp()
        self.coda, self.soda = self.mandates("coda"), self.mandates("soda")
        self.sandbox.clear_log()

    def archive(self, mandates, reason="The account is closed.", user=None):
        """Go through the wizard as a user does."""
        with self.as_user(user or self.accountant) as env:
            action = env["codabox.mandate"].browse(mandates.ids).action_open_archive()
            wizard = env[action["res_model"]].with_context(**action["context"])
            wizard.create({"reason": reason}).action_archive()

    def warning(self, bic):
        self.coda.bank_bic = bic
        wizard = self.env["codabox.mandate.archive"].with_user(self.accountant)
        values = {"mandate_ids": [Command.set(self.coda.ids)], "reason": "Moved."}
        return wizard.create(values).warning

    def archives(self):
        return [entry for entry in self.sandbox.log if entry.path.endswith("/archive/")]

    def test_codabox_stops_it_and_the_reason_is_kept(self):
        self.archive(self.coda + self.soda)
        for mandate in self.coda + self.soda:
            self.assertEqual((mandate.state, mandate.raw_state), ("archived", "archived"))
            self.assertIn(f"{self.accountant.name}: The account is closed.", mandate.reason)
        with self.sandbox.editing(self.client) as client:
            self.assertEqual(client["coda_mandates"][0]["state"], "archived")
            self.assertEqual(client["social_mandates"][0]["state"], "archived")
        self.night()
        self.assertEqual(
            (self.coda.state, self.coda.reason_code), ("archived", "mandate_archived_by")
        )
        partner = self.seen_by(self.accountant, self.company.partner_id)
        self.assertEqual(partner.codabox_coda_state, "archived")
        self.assertEqual(partner.codabox_mandate_text, "1/1")

    def test_a_lost_answer_is_settled_and_nothing_is_sent_twice(self):
        self.sandbox.fail("drop_after", path="/archive/")
        self.archive(self.coda)
        self.assertEqual(self.coda.state, "archived")
        self.assertEqual(len(self.archives()), 1)

    def test_what_is_archived_or_has_no_call_is_refused_before_anything_is_sent(self):
        self.archive(self.coda)
        self.sandbox.clear_log()
        for mandate in (self.coda, self.mandates("purchase_invoice")):
            with self.subTest(mandate.service), self.assertRaisesRegex(UserError, "MyCodaBox"):
                self.archive(mandate)
        self.assertFalse(self.archives())

    def test_what_goes_on_at_the_bank_is_said(self):
        self.assertIn("fee", self.warning("GKCCBEBB"))
        self.assertIn("fee", self.warning("GEBABEBB"))
        self.assertIn("app of the bank", self.warning("KREDBEBB"))
        self.assertFalse(self.warning("BBRUBEBB"))

    def test_only_an_accountant_who_sees_it_archives(self):
        other = new_test_user(
            self.env, "other_accountant", "base.group_user,account.group_account_user",
            company_id=self.other_company.id, company_ids=[Command.set(self.other_company.ids)],
        )  # fmt: skip
        invoicing = new_test_user(
            self.env, "invoicing", "base.group_user,account.group_account_invoice",
            company_id=self.company.id, company_ids=[Command.set(self.company.ids)],
        )  # fmt: skip
        for user in (other, invoicing):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.archive(self.coda, user=user)
        self.assertFalse(self.archives())

    def test_why_codabox_refused_is_told(self):
        self.break_off("drop", "/archive/")
        with self.assertRaisesRegex(UserError, "could not be reached"):
            self.archive(self.coda)
        self.assertEqual(self.coda.state, "active")
