"""The document to sign that failed to come with its order comes later."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .mandate_case import BELFIUS, MandateCase

PDF = r"/coda-mandates/[^/]+/pdf/$"


@tagged("-at_install", "post_install")
class TestMandatePdf(MandateCase):
    def order_without_pdfs(self):
        """Order at two banks while CodaBox gives no document."""
        self.sandbox.fail("server_error", path=PDF, times=None)
        order = self.order(self.partner)
        self.sandbox.clear_faults()
        self.sandbox.clear_log()
        self.assertEqual((order.state, any(order.mandate_ids.mapped("pdf"))), ("done", False))
        return order.mandate_ids

    def asked(self):
        """Return how often CodaBox was asked for a document."""
        return len([entry for entry in self.sandbox.log if entry.path.endswith("/pdf/")])

    def test_an_order_whose_document_fails_to_come_is_an_order_and_says_so(self):
        mandates = self.order_without_pdfs()
        self.assertEqual(set(mandates.mapped("state")), {"to_sign"})
        for mandate in mandates:
            self.assertIn("did not come yet", mandate.pdf_note)

    def test_the_accountant_gets_it_with_the_button(self):
        mandates = self.order_without_pdfs()
        told = self.press(mandates, "action_get_pdf")
        self.assertEqual(told["params"]["type"], "success")
        for mandate in mandates:
            self.assertTrue(mandate.with_context(bin_size=False).pdf.startswith(b"JVBERi"))  # %PDF-
            self.assertFalse(mandate.pdf_note)
        with self.assertRaisesRegex(UserError, "the PDF is here"):
            self.press(mandates, "action_get_pdf")
        self.assertEqual(self.asked(), 2)

    def test_the_night_asks_again_until_it_is_here(self):
        mandates = self.order_without_pdfs()
        self.sandbox.fail("server_error", path=PDF, times=None)
        self.night_with_faults()
        self.assertFalse(any(mandates.mapped("pdf")))
        run = self.env["codabox.run"].sudo().search([("feed_id", "=", mandates.feed_id.id)])
        self.assertEqual(set(run.mapped("state")), {"ok"}, "a document that is late stops nothing")
        self.night()
        self.assertTrue(all(mandates.mapped("pdf")))
        self.sandbox.clear_log()
        self.night()
        self.assertEqual(self.asked(), 0)

    def night_with_faults(self):
        self.connection.next_fetch = False
        self.run_job()
        self.sandbox.clear_faults()

    def test_what_has_no_document_is_asked_for_once_in_each_state(self):
        self.partner.bank_ids.unlink()
        self.add_account(self.partner, BELFIUS)
        mandate = self.order(self.partner).mandate_ids
        self.sandbox.clear_log()
        self.night()
        self.night()
        self.assertEqual(self.asked(), 1)
        self.assertIn("signs online", mandate.pdf_note)
        told = self.press(mandate, "action_get_pdf")
        self.assertEqual(told["params"]["type"], "warning")
        self.assertIn("CodaBox has none for: Kapsalon Ann", told["params"]["message"])
        mandate.state = "preparing"
        self.assertFalse(mandate.has_no_pdf)

    def test_codabox_that_cannot_be_reached_is_told(self):
        mandates = self.order_without_pdfs()
        self.break_off("drop", PDF)
        with self.assertRaisesRegex(UserError, "could not be reached"):
            self.press(mandates, "action_get_pdf")

    def test_who_only_reads_or_is_of_another_company_asks_for_nothing(self):
        mandates = self.order_without_pdfs()
        for company, group in (
            (self.company, "account.group_account_invoice"),
            (self.company, "account.group_account_readonly"),
            (self.other_company, "account.group_account_user"),
        ):
            user = new_test_user(
                self.env, f"{group}{company.id}", f"base.group_user,{group}",
                company_id=company.id, company_ids=[Command.set(company.ids)],
            )  # fmt: skip
            with self.subTest(group), self.assertRaises(AccessError):
                self.press(mandates, "action_get_pdf", user=user)
        self.assertEqual(self.asked(), 0)
