"""From a prepared order to documents in the books, in the browser of a plain Dutch accountant."""

from odoo import Command
from odoo.tests import HttpCase, tagged

from ..codabox.sandbox.my_codabox import enter_order
from .common import credit
from .mandate_case import ING, KBC, MandateCase

SIGN = "document.querySelector('#sign').click(); console.log('test successful');"


@tagged("-at_install", "post_install")
class TestMandateByHandTour(MandateCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.sandbox.configure(provisional=False)
        with self.as_user(self.env.ref("base.user_admin")) as env:
            env["codabox.connection"].browse(self.connection.id).sudo().action_test()
        self.env["res.lang"]._activate_lang("nl_BE")
        self.accountant.lang = "nl_BE"
        # The client keeps his books in this Odoo, and CodaBox does not know him yet.
        self.sandbox.remove_client(self.client)
        self.journal.unlink()
        self.owner = self.company.partner_id
        self.owner.write({"ref": "JO", "street": "Dorp 2", "zip": "9000", "city": "Gent"})
        self.owner.child_ids = [
            Command.create(
                {
                    "name": "Ann Peeters",
                    "function": "bestuurder",
                    "email": "jo@example.test",
                    "lang": "nl_BE",
                }
            )
        ]
        self.journals = [self.make_journal(self.company, iban) for iban in (ING, KBC)]

    def tour(self, name):
        self.start_tour(f"/odoo/res.partner/{self.owner.id}", name, login=self.accountant.login)
        self.env.invalidate_all()

    def enter(self):
        """Somebody types it over in MyCodaBox."""
        return enter_order(
            self.sandbox,
            self.owner.vat,
            name=self.owner.name,
            client_code="JO",
            ibans=[ING, KBC],
            root=self.sandbox.url.removesuffix("v2/") + "sign/",
        )

    def test_asked_by_hand_followed_to_active_and_documents_come(self):
        self.tour("account_codabox_order_by_hand")
        everything = self.mandates(self.owner)
        asked = everything.filtered(lambda m: m.state == "asked")
        self.assertEqual(asked.mapped("state"), ["asked", "asked"])
        self.assertFalse(self.posts(), "nothing was tried that CodaBox does not have")

        client = self.enter()
        self.tour("account_codabox_by_hand_followed")
        self.assertEqual(self.mandates(self.owner), everything, "found, not doubled")
        self.assertEqual(asked.mapped("state"), ["to_sign", "to_sign"])
        for mandate in asked:
            self.browser_js(mandate.signing_url, SIGN, "!!document.querySelector('#sign')")
        self.night()
        self.assertEqual(asked.mapped("state"), ["signed", "signed"])

        for mandate in asked:
            self.sandbox.move_mandate(mandate.remote_id, "sent-hq")
        self.client = next(f for f, feed in self.sandbox.feeds.items() if feed.client is client)
        self.map_client()
        indexes = [
            self.deliver(self.day(15, credit("10"), account=iban), feed=self.client, mandate=False)
            for iban in (ING, KBC)
        ]
        self.night()
        self.sandbox.activate(client["id"])
        self.night()
        self.assertEqual(asked.mapped("state"), ["active", "active"])
        for index in indexes:
            self.assert_state(self.document(index), "imported")
        for journal in self.journals:
            self.assertEqual(self.lines(journal).amount, 10.0)
