"""An invoice in another currency that says its VAT in euro: that VAT is deducted, to the cent."""

from odoo.tools import formatLang

# A file whose rate is further from that of the day is wrong, or Odoo's rate is.
USUAL_DIFFERENCE = 0.1


def take_rate(draft):
    """Give a draft the exchange rate of its file, where the VAT in euro tells it.

    :param Draft draft: before its taxes are computed.
    """
    parsed, own = draft.parsed, draft.company.currency_id
    if not parsed.tax_in_euro or not parsed.tax or own.name != "EUR":
        return
    tax, own_tax = abs(float(parsed.tax_in_euro)), abs(float(parsed.tax))
    expected = own.round(own_tax / draft.rate)
    words = {
        "tax": formatLang(draft.env, tax, currency_obj=own),
        "expected": formatLang(draft.env, expected, currency_obj=own),
    }
    if abs(tax - expected) > expected * USUAL_DIFFERENCE:
        draft.flag("rate_doubtful", **words)
    else:
        draft.rate = own_tax / tax
        draft.flag("rate_of_file", blocking=False, **words)
