"""What each line of an invoice becomes, whichever side it is of."""

from .codabox_bill_plan import BillPlan
from .codabox_sale_tax_choice import SaleTaxChoice, wanted


class SalePlan(BillPlan):
    """The decisions for one sales invoice, whose customer is known."""

    choice_of = SaleTaxChoice
    wanted = staticmethod(wanted)

    @staticmethod
    def _other_party(parsed):
        return parsed.customer


def invoice_plan(move, parsed):
    """Return the plan for a draft.

    :param account.move move: the draft.
    :param codabox.ubl.Invoice parsed: what its file says.
    :rtype: BillPlan
    """
    plan = SalePlan if move.is_sale_document(include_receipts=True) else BillPlan
    return plan(move, parsed)
