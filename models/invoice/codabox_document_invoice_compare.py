from odoo import models


class CodaboxDocument(models.Model):
    """What a person sees of an invoice before he decides on it."""

    _inherit = "codabox.document"

    def _invoice_facts(self):
        """Return what the wizard shows of this document beside an invoice in the books.

        :return: values of ``codabox.invoice.resolve``.
        :rtype: dict
        """
        parsed = self._parse_invoice()
        currencies = self.env["res.currency"].with_context(active_test=False)
        return {
            "invoice_type": self._invoice_journal_type(),
            "number": parsed.number if parsed else self._metadata_number(),
            "partner_name": self._invoice_party(parsed).name if parsed else False,
            "date": parsed.issue_date if parsed else self.document_date,
            "total": float(parsed.total + parsed.rounding) if parsed else 0.0,
            "currency_id": currencies.search([("name", "=", parsed.currency)]).id
            if parsed
            else self.company_id.currency_id.id,
        }

    def _known_to_compare(self):
        """Return the invoices in the books that may be this one."""
        parsed = self._parse_invoice()
        if not parsed:
            return self._known_by_metadata()
        partner, _problem = self._invoice_partner(parsed)
        return self._known_invoices(parsed, partner)
