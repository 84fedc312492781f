from odoo import models


class CodaboxDocument(models.Model):
    """A credit note is linked to the invoice that it names; posted, it is paid with that."""

    _inherit = "codabox.document"

    def _complete_invoice(self, move, parsed):
        # EXTENDS account_codabox
        result = super()._complete_invoice(move, parsed)
        if move.move_type in ("in_refund", "out_refund") and parsed.references:
            self._link_credited(move, parsed)
        return result

    def _link_credited(self, move, parsed):
        """Link a credit note to the one invoice that it names, or tell which ones it names.

        :param account.move move: the credit note.
        :param Invoice parsed: what its file says.
        """
        names = ", ".join(parsed.references)
        kind = "in_invoice" if move.move_type == "in_refund" else "out_invoice"
        credited = self._find_named(move, parsed.references, kind)
        # Of several invoices a person says how much is of which.
        if len(parsed.references) == 1 and len(credited) == 1:
            move.reversed_entry_id = credited
            move._codabox_flag("credit_of", blocking=False, invoices=names)
        elif credited:
            move._codabox_flag("credit_of_several", blocking=False, invoices=names)
        else:
            move._codabox_flag("credit_of_unknown", blocking=False, invoices=names)
