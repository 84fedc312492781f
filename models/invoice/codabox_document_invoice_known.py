from odoo import fields, models
from odoo.fields import Domain

from ...codabox import normal_number

# Totals of one invoice differ by some cents when another program rounded its VAT.
CENTS = 0.05


class CodaboxDocument(models.Model):
    """The same invoice, however it came before: typed, by mail, by Peppol, by CodaBox."""

    _inherit = "codabox.document"

    is_another_invoice = fields.Boolean(
        readonly=True, help="A person said that it is another invoice than the one in the books."
    )

    def _find_known_invoice(self, parsed, partner):
        """Return the facts when this invoice is, or may be, in the books already.

        :param Invoice parsed: what the file says.
        :param res.partner partner: the other party; empty when it is to be made.
        :return: facts with a ``code``, else ``None``.
        """
        if self.is_another_invoice:
            return None
        known = self._known_invoices(parsed, partner)
        # Without number or partner it only may be the same: a person says so.
        whole = known.filtered(lambda m: m.codabox_number and m.commercial_partner_id)
        same = whole.filtered(lambda m: self._is_same_invoice(m, parsed))[:1]
        if same:
            self.write(
                {"invoice_id": same.id, "duplicate_of_id": same.codabox_document_id.id or False}
            )
            return {"state": "duplicate", "code": "known_invoice", "invoice": same.display_name}
        if not known:
            return None
        return {
            "code": "invoice_conflict",
            "number": parsed.number,
            "date": str(parsed.issue_date),
            "total": f"{parsed.total + parsed.rounding:.2f}",
            "invoices": ", ".join(known.mapped("display_name")),
        }

    def _known_invoices(self, parsed, partner):
        """Return the invoices with this number, or without one on the same day for as much.

        :param Invoice parsed: what the file says.
        :param res.partner partner: the other party; may be empty.
        :rtype: account.move
        """
        number = normal_number(parsed.number)
        unnumbered = Domain("commercial_partner_id", "in", partner.ids) & Domain(
            [("codabox_number", "=", False), ("invoice_date", "=", parsed.issue_date)]
        )
        moves = (
            self.env["account.move"]
            .sudo()
            .search(
                Domain("company_id", "child_of", self.company_id.root_id.id)
                & Domain("move_type", "in", self._invoice_alike_types(parsed))
                & Domain("state", "!=", "cancel")
                & (Domain("codabox_number", "=", number) | unnumbered),
                order="id",
            )
        )
        return moves.filtered(lambda m: self._may_be_same(m, parsed, partner))

    def _may_be_same(self, move, parsed, partner):
        """Return whether an invoice that was found is of the same party, as far as it says."""
        theirs = move.commercial_partner_id
        if not move.codabox_number or not theirs:
            return self._is_same_invoice(move, parsed)
        party = self._invoice_party(parsed)
        return (
            theirs == partner.commercial_partner_id
            # Two records of one enterprise.
            or bool(party.enterprise and party.enterprise == theirs._codabox_enterprise_number())
            or bool(party.vat and party.vat == theirs.vat)
        )

    def _is_same_invoice(self, move, parsed):
        """Return whether an invoice has the date and the total of a file."""
        total = float(parsed.total + parsed.rounding)
        return (
            move.currency_id.name == parsed.currency
            and move.invoice_date == parsed.issue_date
            and abs(move.amount_total - total) <= CENTS
        )

    def _invoice_alike_types(self, parsed):
        """Return the types of entries that may be the same invoice."""
        types = {"in_invoice": ["in_invoice", "in_receipt"]}
        found = self._invoice_move_type(parsed)
        return types.get(found, [found])
