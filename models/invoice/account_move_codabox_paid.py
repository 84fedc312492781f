from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang

from ...codabox import normal_number

PAID_BY = [
    ("prepaid", "Paid already"),
    ("direct_debit", "Direct debit"),
    ("card", "Card"),
    ("cash", "Cash"),
]


class AccountMove(models.Model):
    """A bill that is paid without a transfer of ours says so, and goes on saying it once posted.

    It stays open in the books until the money that paid it is matched: Odoo's own *Blocked* would
    keep it so for ever.
    """

    _inherit = "account.move"

    codabox_paid_by = fields.Selection(
        PAID_BY,
        "Not to be paid by us",
        copy=False,
        tracking=True,
        help="How the supplier has, or takes, his money. Such a bill does not belong in a payment.",
    )
    codabox_prepaid = fields.Monetary(
        "Paid in advance", readonly=True, copy=False, help="As the bill says."
    )
    codabox_debit_mandate = fields.Char(
        "Mandate of the direct debit", readonly=True, copy=False, index="btree_not_null"
    )
    codabox_debit_creditor = fields.Char(
        "Creditor of the direct debit", readonly=True, copy=False, index="btree_not_null"
    )
    codabox_deposit_ids = fields.Many2many(
        "account.move",
        "account_move_codabox_deposit",
        "move_id",
        "deposit_id",
        string="Deposit invoices",
        readonly=True,
        copy=False,
        help="The invoices that this one names, as that of a deposit.",
    )

    def _codabox_pay_words(self):
        """Return why this bill is not, or not in full, to be paid by us, ``""`` for others.

        :rtype: str
        """
        self.ensure_one()
        if self.codabox_paid_by:
            names = dict(self._fields["codabox_paid_by"]._description_selection(self.env))
            return f"{self.display_name}: {names[self.codabox_paid_by]}"
        if self.codabox_prepaid:
            amount = formatLang(self.env, self.codabox_prepaid, currency_obj=self.currency_id)
            name = self._fields["codabox_prepaid"]._description_string(self.env)
            return f"{self.display_name}: {name} {amount}"
        return ""


class CodaboxDocument(models.Model):
    _inherit = "codabox.document"

    def _complete_invoice(self, move, parsed):
        # EXTENDS account_codabox
        result = super()._complete_invoice(move, parsed)
        if move.move_type in ("in_invoice", "out_invoice"):
            values = self._prepare_paid(move, parsed)
            if told := {name: value for name, value in values.items() if value}:
                move.write(told)  # of most bills nothing is told, and a write has its price
        return result

    def _prepare_paid(self, move, parsed):
        """Return the values that say how an invoice is paid, as its file does.

        :param account.move move: the draft.
        :param Invoice parsed: what the file says.
        :rtype: dict
        """
        deposits = self._find_named(move, parsed.references, move.move_type)
        values = {"codabox_deposit_ids": [fields.Command.set(deposits.ids)]} if deposits else {}
        values |= {
            "codabox_debit_mandate": parsed.mandate or False,
            "codabox_debit_creditor": parsed.creditor or False,
        }
        if parsed.prepaid > 0:
            values["codabox_prepaid"] = float(parsed.prepaid)
        if parsed.prepaid > 0 and parsed.payable <= 0:
            return {**values, "codabox_paid_by": "prepaid"}
        return {**values, "codabox_paid_by": parsed.paid_by or False}

    def _find_named(self, move, numbers, kind):
        """Return the invoices of the same partner and company that a file names.

        :param account.move move: the draft that the file became.
        :param numbers: the numbers that it names.
        :param str kind: type of what is named.
        :rtype: account.move
        """
        found = self.env["account.move"].search(
            Domain("company_id", "=", move.company_id.id)
            & Domain("move_type", "=", kind)
            & Domain("codabox_number", "in", list(filter(None, map(normal_number, numbers))))
            & Domain("state", "!=", "cancel")
            & Domain("id", "!=", move.id)
        )
        partner = move.commercial_partner_id
        return found.filtered(lambda m: partner._codabox_is_same(m.commercial_partner_id))


class AccountPaymentRegister(models.TransientModel):
    """The dialog *Pay*: says which of the bills are not to be paid by us."""

    _inherit = "account.payment.register"

    codabox_pay_warning = fields.Text(compute="_compute_codabox_pay_warning")

    @api.depends("line_ids")
    @api.depends_context("lang")
    def _compute_codabox_pay_warning(self):
        for wizard in self:
            words = filter(None, (m._codabox_pay_words() for m in wizard.line_ids.move_id))
            wizard.codabox_pay_warning = "\n".join(words) or False
