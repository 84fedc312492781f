"""From the order of a mandate to the statement in the books, with a browser that signs."""

from odoo import Command
from odoo.tests import HttpCase, tagged

from .common import credit
from .mandate_case import ING, KBC, MandateCase

SIGN = "document.querySelector('#sign').click(); console.log('test successful');"


@tagged("-at_install", "post_install")
class TestMandateCircle(MandateCase, HttpCase):
    def setUp(self):
        super().setUp()
        # The client keeps his books in this Odoo: his company is his partner.
        self.owner = self.company.partner_id
        self.owner.write({"ref": "JO", "street": "Dorp 2", "zip": "9000", "city": "Gent"})
        self.owner.child_ids = [
            Command.create({"name": "Jo", "function": "bestuurder", "email": "jo@example.test"})
        ]
        self.journals = [self.make_journal(self.company, iban) for iban in (ING, KBC)]
        self.map_client()

    def statement_of(self, iban):
        return self.deliver(self.day(15, credit("10"), account=iban), mandate=False)

    def sign(self, mandate):
        """The client opens the link in a browser and presses *Sign*."""
        self.browser_js(mandate.signing_url, SIGN, "!!document.querySelector('#sign')")
        self.assertNotIn(self.remote(mandate)["state"], ("available-online", "sent-client"))

    def remote(self, mandate):
        return self.sandbox.find_mandate(mandate.remote_id)[2]

    def test_ordered_signed_active_and_what_waited_is_booked(self):
        order = self.order(self.owner, secretariats=["group_s"])
        coda = order.mandate_ids.filtered(lambda m: m.service == "coda")
        self.assertEqual(sorted(coda.mapped("bank_name")), ["ING", "KBC"])
        self.assertTrue(all(mandate.pdf for mandate in coda))
        # Even if CodaBox listed them too early, nothing is fetched before the client has signed.
        self.sandbox.configure(gate=False)
        documents = [self.statement_of(iban) for iban in (ING, KBC)]
        self.night()
        for index in documents:
            self.assert_state(self.document(index), "withheld", "mandate_not_signed")
        self.assertEqual(set(coda.mapped("state")), {"to_sign"})

        self.sandbox.configure(gate=True)
        for mandate in coda:
            self.sign(mandate)
        for mandate in coda.filtered(lambda m: self.remote(m)["state"] == "signed"):
            self.sandbox.move_mandate(mandate.remote_id, "sent-hq")
        self.night()
        self.night()
        for index in documents:
            self.assert_state(self.document(index), "imported")
        self.assertEqual(set(coda.mapped("state")), {"active"})
        for journal in self.journals:
            self.assertEqual(self.lines(journal).amount, 10.0)
        self.assertEqual(sorted(self.puts()), sorted(documents))
