from odoo import models

from ...codabox import is_ubl


class CodaboxDocument(models.Model):
    """Expense notes: a draft purchase receipt, from UBL when the file is that, else to complete.

    CodaBox publishes no form of its own for them, so nothing but UBL is read.
    """

    _inherit = "codabox.document"

    def _import_expense(self):
        """Make a draft receipt of this document, or say what stands in the way."""
        file = self._readable_file()
        if file.format != "pdf" and not is_ubl(file._raw()):
            return self._import_invoice_pdf()
        return self._import_invoice()

    def _is_expense(self):
        return self.kind == "expense"

    # -------------------------------------------------------------------------
    # What a kind is
    # -------------------------------------------------------------------------

    def _invoice_move_type(self, parsed):
        found = super()._invoice_move_type(parsed)
        return "in_receipt" if self._is_expense() and found == "in_invoice" else found

    def _invoice_journal(self):
        if not self._is_expense():
            return super()._invoice_journal()
        return self.invoice_journal_id or self.company_id._codabox_expense_journal()

    def _invoice_alike_types(self, parsed):
        found = super()._invoice_alike_types(parsed)
        return [*found, "in_invoice"] if "in_receipt" in found else found

    def _pdf_alike_types(self):
        found = super()._pdf_alike_types()
        return [*found, "in_receipt"] if self._is_expense() else found

    # -------------------------------------------------------------------------
    # Checked before anything is made
    # -------------------------------------------------------------------------

    def _find_wrong_addressee(self, parsed):
        # EXTENDS account_codabox: a receipt of a shop does not say for whom it is
        problem = super()._find_wrong_addressee(parsed)
        if not problem or not self._is_expense():
            return problem
        if problem["code"] == "no_addressee":
            return None
        return {**problem, "code": "foreign_expense"}

    def _invoice_partner(self, parsed):
        # EXTENDS account_codabox: a receipt may be of nobody that is known
        partner, problem = super()._invoice_partner(parsed)
        return partner, None if self._is_expense() else problem

    def _make_invoice_partner(self, parsed):
        # EXTENDS account_codabox
        if self._is_expense():
            company, party = self.company_id, self._invoice_party(parsed)
            partners = self.env["res.partner"]
            complete = partners._codabox_prepare_party(company, party)
            if not complete or not company.codabox_create_suppliers:
                return partners
        return super()._make_invoice_partner(parsed)

    # -------------------------------------------------------------------------
    # Booked
    # -------------------------------------------------------------------------

    def _pdf_note(self):
        # EXTENDS account_codabox
        is_other = self._is_expense() and self._readable_file().format != "pdf"
        return "expense_not_read" if is_other else super()._pdf_note()

    def _check_accounts(self, move, parsed, is_new):
        # EXTENDS account_codabox: the shop is paid already
        return None if self._is_expense() else super()._check_accounts(move, parsed, is_new)

    def _post_invoice(self, move):
        # EXTENDS account_codabox: a person looks at every expense note
        return None if self._is_expense() else super()._post_invoice(move)
