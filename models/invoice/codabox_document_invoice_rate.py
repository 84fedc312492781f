from odoo import models
from odoo.tools import formatLang

# A file whose rate is further from that of the day is wrong, or Odoo's rate is.
USUAL_DIFFERENCE = 0.1


class CodaboxDocument(models.Model):
    """An invoice in another currency that says its VAT in euro: that VAT is deducted, to the cent."""

    _inherit = "codabox.document"

    def _complete_invoice(self, move, parsed):
        # EXTENDS account_codabox: before lines and totals are completed, which count with the rate
        self._take_rate(move, parsed)
        return super()._complete_invoice(move, parsed)

    def _take_rate(self, move, parsed):
        """Give a draft the exchange rate of its file, where the VAT in euro tells it.

        :param account.move move: the draft.
        :param Invoice parsed: what the file says.
        """
        currency = move.company_id.currency_id
        if not parsed.tax_in_euro or not parsed.tax or currency.name != "EUR":
            return
        tax, own_tax = abs(float(parsed.tax_in_euro)), abs(float(parsed.tax))
        expected = currency.round(own_tax / move.invoice_currency_rate)
        words = {
            "tax": formatLang(self.env, tax, currency_obj=currency),
            "expected": formatLang(self.env, expected, currency_obj=currency),
        }
        if abs(tax - expected) > expected * USUAL_DIFFERENCE:
            move._codabox_flag("rate_doubtful", **words)
        else:
            move.invoice_currency_rate = own_tax / tax
            move._codabox_flag("rate_of_file", blocking=False, **words)
