"""What each line of an invoice becomes, whichever side it is of."""

from .codabox_bill_plan import BillPlan
from .codabox_sale_tax_choice import SaleTaxChoice, wanted


class SalePlan(BillPlan):
    """The decisions for one sales invoice, whose customer is known."""

    choice_of = SaleTaxChoice
    wanted = staticmethod(wanted)
    is_sale = True

    @staticmethod
    def _other_party(parsed):
        return parsed.customer


def plan_of(company, partner, parsed, *, is_sale):
    """Return the plan for an invoice.

    :param res.company company: whose books.
    :param res.partner partner: the other party, the commercial one; may be empty.
    :param codabox.ubl.Invoice parsed: what its file says.
    :param bool is_sale: whether the company is the seller.
    :rtype: BillPlan
    """
    return (SalePlan if is_sale else BillPlan)(company, partner, parsed)
