"""What each line of a bill becomes."""

from collections import namedtuple

from .codabox_bill_memory import BillMemory
from .codabox_tax_choice import TaxChoice, wanted

# ``values`` of the bill line without its taxes, and the ``choice`` of these.
Decided = namedtuple("Decided", ["values", "choice"])

# Codes of VAT numbers that are not the code of their country.
VAT_COUNTRIES = {"EL": "GR", "XI": "GB"}


class BillPlan:
    """The decisions for one bill, whose supplier is known.

    :param res.company company: whose bill it is.
    :param res.partner partner: the other party, the commercial one; may be empty.
    :param codabox.ubl.Invoice parsed: what its file says.
    """

    choice_of = TaxChoice
    wanted = staticmethod(wanted)
    is_sale = False

    def __init__(self, company, partner, parsed):
        self.choice = self.choice_of(company)
        self.memory = BillMemory(company, partner, is_sale=self.is_sale)
        self.place = self._place(company, self._other_party(parsed))

    @staticmethod
    def _other_party(parsed):
        return parsed.supplier

    @staticmethod
    def _place(company, party):
        """Return where the other party is, as ``wanted`` asks for it."""
        home = company.account_fiscal_country_id.code
        country = "BE" if party.enterprise else party.vat[:2] or party.country or home
        country = VAT_COUNTRIES.get(country.upper(), country.upper())
        europe = company.env.ref("base.europe").country_ids.mapped("code")
        return {"domestic": country == home, "european": country in europe}

    def decide(self, found, account, *, has_product):
        """Return what a line becomes.

        :param Expected found: the line in the file.
        :param account: the account that Odoo gives it.
        :param bool has_product: whether that is the account of a product.
        :rtype: Decided
        """
        want = self.wanted(found.taxes[0] if found.taxes else None, **self.place)
        remembered = self.memory.recall(found.label, want, self.choice.fits)
        values = {}
        # A product says more of the account than a bill about something else.
        if remembered and (remembered.by_label or not has_product):
            past = remembered.line
            account = past.account_id
            values = {"account_id": account.id, "deductible_amount": past.deductible_amount}
            if past.analytic_distribution:
                values["analytic_distribution"] = past.analytic_distribution
        return Decided(values, self.choice.choose(want, account, remembered))
