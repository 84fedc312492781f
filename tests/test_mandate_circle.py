"""From the order of a mandate to the documents in the books, in the browser of an accountant."""

from odoo import Command
from odoo.tests import HttpCase, tagged

from ..codabox.sandbox import pdf
from .common import credit
from .mandate_case import ING, KBC, MandateCase
from .soda_common import GROSS, NET, entry, soda, write_soda
from .soda_common import credit as payroll_credit
from .soda_common import debit as payroll_debit

SIGN = "document.querySelector('#sign').click(); console.log('test successful');"


@tagged("-at_install", "post_install")
class TestMandateCircle(MandateCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.accountant.group_ids += self.env.ref("account_codabox.group_payroll")
        self.accountant.codabox_payroll_company_ids = self.company
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
                    "lang": "en_US",
                }
            )
        ]
        self.journals = [self.make_journal(self.company, iban) for iban in (ING, KBC)]
        self.env["codabox.soda.mapping"].create(
            [
                {
                    "company_id": self.company.id,
                    "source": "TESTSOC",
                    "code": code,
                    "account_id": self.income_account().id,
                }
                for code in (GROSS, NET)
            ]
        )

    def tour(self, name, record):
        self.start_tour(f"/odoo/{record._name}/{record.id}", name, login=self.accountant.login)

    def bring(self):
        """CodaBox lists a statement of each account and a payroll; returns their indexes."""
        payroll = entry(
            "202601",
            payroll_debit(GROSS, "100.00", "Gross"),
            payroll_credit(NET, "100.00", "Net"),
            enterprise=self.owner.vat,
        )
        return [
            *(
                self.deliver(
                    self.day(15, credit("10"), account=iban), feed=self.client, mandate=False
                )
                for iban in (ING, KBC)
            ),
            self.sandbox.add_document(
                self.client,
                "soda",
                {"xml": write_soda(soda(payroll)), "pdf": pdf(["Payroll"])},
                mandate=False,
            ),
        ]

    def sign(self, mandate):
        """The client opens the link in a browser and presses *Sign*."""
        self.browser_js(mandate.signing_url, SIGN, "!!document.querySelector('#sign')")
        self.assertEqual(self.sandbox.find_mandate(mandate.remote_id)[2]["state"], "signed")

    def look(self, mandate):
        """The client comes back to his page, and has CodaBox asked; that is all he can do there."""
        page = mandate._get_portal_url().replace(mandate.get_base_url(), "")
        shown = self.url_open(page)
        self.assertIn("look=1", shown.text)
        self.assertEqual(mandate.state, "to_sign")
        before = len(self.sandbox.log)
        shown = self.url_open(f"{page}&look=1")
        self.env.invalidate_all()
        self.assertEqual(mandate.state, "signed")
        self.assertNotIn("look=1", shown.text, "nothing is left to look for")
        self.assertEqual(len(self.sandbox.log), before + 1)

    def test_ordered_signed_active_and_what_waited_is_booked(self):
        self.tour("account_codabox_circle_order", self.owner)
        self.assertEqual(self.posts(), ["clients", "coda-mandates", "social-mandates"])
        mandates = self.mandates(self.owner)
        coda = mandates.filtered(lambda m: m.service == "coda")
        social = mandates - coda
        [self.client] = self.sandbox.feeds
        feed = self.map_client()

        # Even if CodaBox listed them too early, nothing is fetched before the client has signed.
        self.sandbox.configure(gate=False)
        documents = self.bring()
        self.night()
        for index in documents:
            self.assert_state(self.document(index), "withheld", "mandate_not_signed")
        self.sandbox.configure(gate=True)

        for mandate in coda:
            self.sign(mandate)
        self.look(coda[0])
        self.tour("account_codabox_circle_signed", self.owner)
        # CodaBox, the banks and the secretariat do their part.
        for mandate in coda:
            self.sandbox.move_mandate(mandate.remote_id, "sent-hq")
        for state in ("requested", "confirmed"):
            self.sandbox.move_mandate(social.remote_id, state)
        self.tour("account_codabox_circle_fetch", feed)
        self.tour("account_codabox_circle_active", self.owner)

        self.assertEqual(set(mandates.mapped("state")), {"active"})
        for index in documents:
            self.assert_state(self.document(index), "imported")
        for journal in self.journals:
            self.assertEqual(self.lines(journal).amount, 10.0)
        self.assertEqual(sorted(self.puts()), sorted(documents))
        self.assertEqual(self.posts(), ["clients", "coda-mandates", "social-mandates"])
