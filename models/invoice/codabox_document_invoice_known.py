from odoo import fields, models
from odoo.fields import Domain

from ...codabox import Figures, Likeness, normal_number


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
        figures = self._invoice_figures(parsed)
        same = whole.filtered(lambda m: m._codabox_likeness(figures) == Likeness.SAME)[:1]
        if same:
            problem = self._find_other_account(same, parsed)
            return problem or self._take_for(same)
        if not known:
            return None
        return {
            "code": "invoice_conflict",
            "number": parsed.number,
            "date": str(parsed.issue_date),
            "total": f"{parsed.total + parsed.rounding:.2f}",
            "invoices": ", ".join(known.mapped("display_name")),
        }

    def _take_for(self, move):
        """Link this document to the invoice that it is a copy of, and return the facts."""
        self.write({"invoice_id": move.id, "duplicate_of_id": move.codabox_document_id.id or False})
        return {"state": "duplicate", "code": "known_invoice", "invoice": move.display_name}

    def _invoice_figures(self, parsed):
        """Return the day, total and currency of a file, to compare them with an invoice."""
        total = float(parsed.total + parsed.rounding)
        return Figures(parsed.issue_date, total, parsed.currency)

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
        theirs, figures = move.commercial_partner_id, self._invoice_figures(parsed)
        found = move._codabox_likeness(figures)
        if not move.codabox_number or not theirs:
            return move.invoice_date == parsed.issue_date and found == Likeness.SAME
        return found != Likeness.OTHER and self._is_party(theirs, parsed, partner)

    def _is_party(self, theirs, parsed, partner):
        """Return whether the partner of an invoice is the other party of a file.

        Two records of one enterprise are; two members of a VAT group are not.
        """
        party = self._invoice_party(parsed)
        if theirs == partner.commercial_partner_id:
            return True
        number = theirs._codabox_enterprise_number()
        if party.enterprise and number:
            return party.enterprise == number
        return bool(party.vat and party.vat == theirs.vat)

    def _invoice_alike_types(self, parsed):
        """Return the types of entries that may be the same invoice."""
        types = {"in_invoice": ["in_invoice", "in_receipt"]}
        found = self._invoice_move_type(parsed)
        return types.get(found, [found])
