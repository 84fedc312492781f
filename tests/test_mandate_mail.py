"""The mail that asks a client to sign goes from the mandate, as often as it takes."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .mandate_case import BELFIUS, MandateCase
from .users_case import FormUsers


@tagged("-at_install", "post_install")
class TestMandateMail(FormUsers, MandateCase):
    """He has what Odoo's form of a user gives, and no *Contact Creation*."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bookkeeper = cls.make_form_user(
            "bookkeeper", "account_codabox.group_accountant", companies=cls.company
        )

    def press_send(self, mandates, user=None):
        return self.press(mandates, "action_send_to_client", user=user or self.bookkeeper)

    def send(self, action):
        """Press *Send* in the mail that an action opens."""
        with self.as_user(self.bookkeeper) as env:
            context = {**env.context, **action["context"]}
            Form(env["mail.compose.message"].with_context(**context)).save().action_send_mail()

    def ordered(self):
        """Order mandates for the client; return those that he signs."""
        return self.order(self.partner).mandate_ids._to_sign()

    def test_it_goes_from_the_mandate_and_again_later_to_who_signs(self):
        mandate = self.ordered()[:1]
        for _time in ("at once", "reminded"):
            self.send(self.press_send(mandate))
        messages = self.partner.message_ids.filtered(lambda m: mandate.signing_url in m.body)
        self.assertEqual(len(messages), 2)
        emails = messages.sudo().notified_partner_ids.mapped("email")
        self.assertEqual(set(emails), {"ann@example.test"})

    def test_several_clients_get_one_mail_each(self):
        other = self.make_client("Slagerij Bo", "0431234581")
        person = {"name": "Bo Maes", "function": "bestuurder", "email": "bo@example.test"}
        other.child_ids = [Command.create(person)]
        self.add_account(other, BELFIUS)
        mandates = self.ordered() | self.order(other).mandate_ids._to_sign()
        told = self.press_send(mandates)
        self.assertIn("2", told["params"]["message"])
        mails = self.env["mail.mail"].sudo().search([("res_id", "in", (self.partner + other).ids)])
        self.assertEqual(len(mails), 2)

    def test_one_without_address_keeps_all_from_leaving_and_is_named(self):
        mandates = self.ordered()
        self.partner.child_ids.email = False
        mails = self.env["mail.mail"].sudo().search_count([])
        with self.assertRaisesRegex(UserError, "Kapsalon Ann"):
            self.press_send(mandates)
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), mails)

    def test_it_is_not_for_who_only_invoices_nor_of_another_company(self):
        mandates = self.ordered()
        invoicer = self.make_form_user(
            "invoicer", "account.group_account_invoice", companies=self.company
        )
        elsewhere = self.make_form_user(
            "elsewhere", "account_codabox.group_accountant", companies=self.other_company
        )
        for user in (invoicer, elsewhere):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.press_send(mandates, user)

    def test_the_button_is_on_form_list_and_partner_tab(self):
        for model, kind in (
            ("codabox.mandate", "form"),
            ("codabox.mandate", "list"),
            ("res.partner", "form"),
        ):
            with self.subTest(model=model, kind=kind):
                view = self.env[model].with_user(self.bookkeeper).get_view(view_type=kind)
                self.assertIn('name="action_send_to_client"', view["arch"])
