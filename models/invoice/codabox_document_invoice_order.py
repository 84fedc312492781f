from odoo import models


class _OtherAmounts(Exception):
    """The lines of the order do not come to the amounts of the file."""


class CodaboxDocument(models.Model):
    """A bill that names a purchase order is linked to it, by Odoo's own method.

    Odoo puts the lines of the order in the place of those of the file. That is undone where the
    amounts would not be those of the file any more.
    """

    _inherit = "codabox.document"

    def _complete_invoice(self, move, parsed):
        # EXTENDS account_codabox
        result = super()._complete_invoice(move, parsed)
        if orders := self._find_orders(move, parsed.order):
            self._link_orders(move, orders)
        return result

    def _find_orders(self, move, number):
        """Return the open purchase orders of the supplier that a file names, if there are any."""
        if not number or "purchase.order" not in self.env or move.move_type != "in_invoice":
            return None
        return self.env["purchase.order"].sudo().search(
            [
                ("company_id", "=", move.company_id.id),
                ("state", "=", "purchase"),
                ("partner_id", "child_of", move.commercial_partner_id.id),
                "|",
                ("name", "=", number),
                ("partner_ref", "=", number),
            ]
        )  # fmt: skip

    def _link_orders(self, move, orders):
        """Have Odoo link a draft to orders; tell what came of it.

        :param account.move move: the draft, complete.
        :param purchase.order orders: those that it names.
        """
        names = ", ".join(orders.mapped("name"))
        if move._codabox_open_flags():
            return move._codabox_flag("order_open", blocking=False, orders=names)
        before = _amounts(move)
        try:
            with self.env.cr.savepoint():
                move.sudo()._codabox_quietly()._link_bill_origin_to_purchase_orders()
                if _amounts(move) != before:
                    raise _OtherAmounts
        except _OtherAmounts:
            return move._codabox_flag("order_differs", blocking=False, orders=names)
        linked = bool(move.invoice_line_ids.purchase_line_id)
        code = "order_linked" if linked else "order_differs"
        return move._codabox_flag(code, blocking=False, orders=names)


def _amounts(move):
    return (move.amount_untaxed, move.amount_tax, move.amount_total)
