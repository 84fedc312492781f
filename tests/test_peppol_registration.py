"""Who registers a company on Peppol reads there that CodaBox receives its invoices already."""

from unittest.mock import patch

from odoo.tests import tagged

from .invoice_common import InvoiceCase


@tagged("-at_install", "post_install")
class TestPeppolRegistration(InvoiceCase):
    def warnings(self, company):
        """Return what Odoo's own wizard warns of, without asking the network."""
        company.partner_id.write({"peppol_eas": "0208", "peppol_endpoint": "0477472701"})
        elsewhere = {"is_on_peppol": False, "external_provider": None}
        with patch.object(
            type(company), "_get_company_info_on_peppol", lambda *_args, **_kwargs: elsewhere
        ):
            wizard = self.env["peppol.registration"].sudo().new({"company_id": company.id})
            return wizard.peppol_warnings or {}

    def test_a_company_of_which_codabox_receives_the_invoices_is_warned(self):
        told = self.warnings(self.company)["codabox"]
        self.assertEqual(told["level"], "warning")
        self.assertIn(self.company.name, told["message"])

    def test_another_company_reads_what_odoo_says_and_no_more(self):
        self.assertNotIn("codabox", self.warnings(self.other_company))

    def test_a_registry_that_is_looked_at_twice_warns_once(self):
        wizard = self.env.registry["peppol.registration"]
        before = wizard._compute_peppol_warnings
        self.env["res.company"]._register_hook()
        self.assertIs(wizard._compute_peppol_warnings, before)
