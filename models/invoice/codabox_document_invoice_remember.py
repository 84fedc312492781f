from odoo import models


class CodaboxDocument(models.Model):
    """Who a sender is, and that what he sends is ours, is decided once and then followed."""

    _inherit = "codabox.document"

    def _sender_answer(self, parsed, answer):
        """Return what is remembered of the sender of an invoice, empty when nothing is.

        :param Invoice parsed: what the file says.
        :param str answer: ``partner`` or ``addressee``.
        :rtype: codabox.sender.answer
        """
        answers = self.env["codabox.sender.answer"]
        return answers._find(self.company_id, answer, self._sender_key(parsed, answer))

    def _sender_key(self, parsed, answer):
        found = self._addressee_number(parsed) if answer == "addressee" else ""
        key = self.env["codabox.sender.answer"]._key(self._invoice_party(parsed), found)
        return "" if answer == "addressee" and not found else key

    def _addressee_number(self, parsed):
        """Return the number of whom an invoice is for, ``""`` when it gives none."""
        party = self._invoice_self(parsed)
        return party.enterprise or party.vat

    # -------------------------------------------------------------------------
    # Followed
    # -------------------------------------------------------------------------

    def _invoice_partner(self, parsed):
        # EXTENDS account_codabox: customers of one name are many, so of sales nothing is followed
        partner, problem = super()._invoice_partner(parsed)
        if not problem or self.kind != "purchase_invoice" or self._is_sale():
            return partner, problem
        found = self._sender_answer(parsed, "partner").partner_id
        return (found, None) if found else (partner, problem)

    def _find_wrong_addressee(self, parsed):
        # EXTENDS account_codabox
        problem = super()._find_wrong_addressee(parsed)
        return None if problem and self._sender_answer(parsed, "addressee") else problem

    def _complete_invoice(self, move, parsed):
        # EXTENDS account_codabox: what was followed is told, with the way to undo it
        result = super()._complete_invoice(move, parsed)
        for answer, own in (("partner", "invoice_partner_id"), ("addressee", "addressee_accepted")):
            found = self._sender_answer(parsed, answer)
            if found and not self[own]:
                move._codabox_flag(f"followed_{answer}", blocking=False, **found._facts())
        return result

    # -------------------------------------------------------------------------
    # Remembered, forgotten
    # -------------------------------------------------------------------------

    def _resolve_invoice(self, **values):
        # EXTENDS account_codabox
        parsed = self.sudo()._parse_invoice()
        result = super()._resolve_invoice(**values)
        if parsed and self.sudo().company_id:
            self.sudo()._remember_sender(parsed, values)
        return result

    def _remember_sender(self, parsed, values):
        """Remember what a person decided on this document.

        :param Invoice parsed: what the file says.
        :param dict values: fields of this document.
        """
        answers = self.env["codabox.sender.answer"]
        sender = {"sender": self._invoice_party(parsed).name or self._addressee_number(parsed)}
        if self.kind == "purchase_invoice" and (partner := values.get("invoice_partner_id")):
            key = self._sender_key(parsed, "partner")
            answers._remember(self.company_id, "partner", key, partner_id=partner, **sender)
        if values.get("addressee_accepted"):
            found, key = self._addressee_number(parsed), self._sender_key(parsed, "addressee")
            answers._remember(self.company_id, "addressee", key, found=found, **sender)

    def _forget_results(self, code):
        # EXTENDS account_codabox: who undoes an import is asked again
        for document in self.filtered(lambda d: d.kind == "purchase_invoice" and d.company_id):
            if parsed := document._parse_invoice():
                document._sender_answer(parsed, "partner").unlink()
                document._sender_answer(parsed, "addressee").unlink()
        return super()._forget_results(code)
