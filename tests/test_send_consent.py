"""Nothing leaves without consent and connection, and only for who may send."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from ..codabox.sandbox import SOFTWARE_KEY
from .common import NUMBER, OTHER_NUMBER
from .sending_case import AGREED, SendingCase


@tagged("-at_install", "post_install")
class TestSendConsent(SendingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("send_manager", "account.group_account_manager")

    def press_consent(self, method, user, **values):
        with self.as_user(user) as env:
            wizard = env["codabox.send.consent"].create({"company_id": self.company.id, **values})
            getattr(wizard, method)()
        self.env.invalidate_all()

    def test_nothing_leaves_before_the_consent_not_even_in_the_night(self):
        self.consent._revoke()
        self.company.codabox_send_schedule = "daily"
        move = self.invoice()
        self.assert_send(move, False)
        self.assertFalse(move.codabox_can_send)
        self.send_round()
        with self.assertRaisesRegex(UserError, "cannot be done now"):
            self.send(move)
        # Not even what was marked before.
        move._codabox_write({"codabox_send_state": "to_send", "codabox_send_requested": True})
        self.send_round()
        self.assertFalse(self.uploads())
        self.assert_send(move, False, "no_consent")

    def test_a_manager_agrees_and_it_is_recorded_who_when_and_what(self):
        self.consent._revoke()
        with self.assertRaisesRegex(UserError, "Tick"):
            self.press_consent("action_give", self.manager)
        self.press_consent("action_give", self.manager, agreed=True)
        consent = self.company.codabox_consent_id
        self.assertEqual(consent.given_by_id, self.manager)
        self.assertTrue(consent.given_at)
        self.assertIn(NUMBER, consent.text)
        self.assertEqual(len(self.company.codabox_consent_ids), 2, "the old one stays")
        move = self.invoice()
        self.send(move)
        self.assert_send(move, "sent")

    def test_what_waits_is_taken_back_when_the_consent_is_revoked(self):
        move = self.invoice()
        self.press_consent("action_revoke", self.manager)
        self.assertEqual(self.consent.revoked_by_id, self.manager)
        self.assertTrue(self.consent.revoked_at)
        self.assert_send(move, False)

    def test_only_a_manager_decides(self):
        for user in (self.accountant, self.invoicer):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.press_consent("action_revoke", user)
        with self.assertRaises(AccessError), self.as_user(self.accountant) as env:
            env["codabox.sending.consent"]._give(env.company, AGREED)

    def test_a_consent_is_never_changed_or_deleted(self):
        for user in (self.manager, self.accountant):
            with self.as_user(user) as env:
                consent = env["codabox.sending.consent"].browse(self.consent.id)
                self.assertEqual(consent.text, AGREED)
                with self.assertRaises(AccessError):
                    consent.text = "Something else"
                with self.assertRaises(AccessError):
                    consent.unlink()
                with self.assertRaises(AccessError):
                    consent.create({"company_id": self.company.id, "text": "x"})

    def test_a_connection_that_is_gone_sends_nothing(self):
        self.company.codabox_send_schedule = "daily"
        for values in ({"state": "disconnected"}, {"active": False}, {"role": "office"}):
            with self.subTest(**values), self.rolled_back():
                move = self.invoice()
                self.own.write(values)
                self.send_round()
                with self.assertRaisesRegex(UserError, "cannot be done now"):
                    self.send(move)
                self.assertFalse(self.uploads())

    def test_a_client_that_codabox_archived_sends_nothing(self):
        move = self.invoice()
        self.env["codabox.feed"].sudo().create(
            {
                "name": "Own",
                "connection_id": self.own.id,
                "remote_id": 1,
                "company_id": self.company.id,
                "client_state": "archived",
            }
        )
        self.send(move)
        self.assert_send(move, "to_send", "send_client_ended")
        self.assertFalse(self.uploads())

    def test_a_neutralized_copy_sends_nothing(self):
        self.company.codabox_send_schedule = "daily"
        move = self.invoice()
        move._codabox_write({"codabox_send_requested": True})
        self.env.flush_all()
        for query in get_neutralization_queries(["base", "account_codabox"]):
            self.cr.execute(query)
        self.env.invalidate_all()
        self.registry.clear_all_caches()
        self.assertEqual(self.company.codabox_send_schedule, "manual")
        self.run_send_job()
        with self.assertRaises(UserError):
            self.send(move)
        self.assertEqual(self.sandbox.log, [])


@tagged("-at_install", "post_install")
class TestSendAccess(SendingCase):
    def test_who_invoices_sends_and_an_auditor_does_not(self):
        move = self.invoice()
        auditor = self.make_user("send_auditor", "account.group_account_readonly")
        with self.assertRaises(AccessError):
            self.send(move, user=auditor)
        self.assertFalse(self.uploads())
        self.send(move, user=self.accountant)
        self.assert_send(move, "sent")
        self.assertEqual(move.codabox_sent_by_id, self.accountant)

    def test_a_user_of_another_company_can_neither_send_nor_read_the_consent(self):
        move = self.invoice()
        stranger = self.make_user(
            "send_stranger", "account.group_account_user", company=self.other_company
        )
        with self.assertRaises(AccessError):
            self.send(move, user=stranger)
        with self.as_user(stranger) as env:
            consents = env["codabox.sending.consent"].search([])
            self.assertNotIn(self.consent.id, consents.ids)
        self.assertFalse(self.uploads())

    def test_each_company_sends_with_its_own_connection_and_consent(self):
        other = self.other_company
        partner = self.customer
        move = self.invoice()
        foreign = self.make_invoice(partner, company=other, invoice_date="2026-05-04")
        foreign.invoice_line_ids.tax_ids = self.make_tax(21.0, other)
        foreign.action_post()
        self.give_pdf(foreign)
        self.assert_send(foreign, False)
        self.assertFalse(foreign.codabox_can_send)

        self.sandbox.add_client("PIET", "Garage Piet", enterprise_num=f"BE{OTHER_NUMBER}")
        pod = self.sandbox.connect_company(f"BE{OTHER_NUMBER}")
        credentials = self.sandbox.credentials(pod)
        self.own.copy(
            {
                "company_id": other.id,
                "state": "connected",
                "connected_at": "2026-01-01 00:00:00",
                "software_key": SOFTWARE_KEY,
                "username": credentials.username,
                "password": credentials.password,
            }
        ).state = "connected"
        self.env["codabox.sending.consent"]._give(other, AGREED)
        self.assert_send(foreign, "to_send")
        both = self.make_user("send_both", "account.group_account_invoice")
        both.company_ids = [Command.set((self.company + other).ids)]
        self.send(move + foreign, user=both)
        sellers = {found.facts.number + found.seller for found in self.arrived()}
        self.assertEqual(sellers, {f"{move.name}BE{NUMBER}", f"{foreign.name}BE{OTHER_NUMBER}"})

    def test_lists_show_codabox_only_to_companies_that_send(self):
        stranger = self.make_user(
            "send_none", "account.group_account_user", company=self.other_company
        )
        view = self.env.ref("account.view_out_invoice_tree")
        for user, shown in ((self.invoicer, True), (stranger, False)):
            with self.as_user(user) as env:
                arch = env["account.move"].get_view(view.id, "list")["arch"]
                self.assertEqual("action_codabox_send" in arch, shown, user.login)
                self.assertEqual("codabox_send_state" in arch, shown, user.login)
