from odoo import api, fields, models

from ...codabox import normal_number

# What is told of a bill and needs nobody to look.
HARMLESS = {
    "credit_of",
    "followed_addressee",
    "followed_foreign_cost",
    "followed_foreign_recover",
    "followed_partner",
    "lines_rounded",
    "no_due_date",
    "order_linked",
    "pdf_only_2026",
    "rate_of_file",
    "tax_corrected",
}


class AccountMove(models.Model):
    """An invoice and the CodaBox documents it comes from."""

    _inherit = "account.move"

    codabox_document_id = fields.Many2one(
        "codabox.document",
        "Made from",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The CodaBox document that this was made from.",
    )
    codabox_document_ids = fields.One2many(
        "codabox.document", "invoice_id", "CodaBox documents", readonly=True
    )
    codabox_has_document = fields.Boolean(
        compute="_compute_codabox_has_document", compute_sudo=True
    )
    codabox_number = fields.Char(
        compute="_compute_codabox_number",
        store=True,
        index="btree_not_null",
        help="The number of the document, as it is compared: without case, signs, leading zeros.",
    )

    _codabox_document_unique = models.UniqueIndex(
        "(codabox_document_id) WHERE codabox_document_id IS NOT NULL",
        "A document is booked once.",
    )

    @api.depends("codabox_document_ids")
    def _compute_codabox_has_document(self):
        # Who reads invoices need not read the inbox.
        for move in self:
            move.codabox_has_document = bool(move.codabox_document_ids)

    @api.depends("ref", "name", "move_type")
    def _compute_codabox_number(self):
        for move in self:
            move.codabox_number = normal_number(move._codabox_document_number()) or False

    def _codabox_document_number(self):
        """Return the number that the maker of this document gave it, ``""`` when unknown."""
        if self.is_sale_document(include_receipts=True):
            # What came in a file by another way has it as reference only.
            return (self.name != "/" and self.name) or self.ref or ""
        return (self.is_purchase_document(include_receipts=True) and self.ref) or ""

    def _codabox_is_sure(self):
        """Return whether nothing at all is to be looked at before this is posted."""
        notes = {flag["code"] for flag in self._codabox_open_flags(blocking=False)}
        return not self._codabox_open_flags() and not notes - HARMLESS

    # -------------------------------------------------------------------------
    # Deleted by hand
    # -------------------------------------------------------------------------

    def unlink(self):
        # EXTENDS account: the documents of a deleted invoice wait for a decision
        documents = self.env["codabox.document"]
        if not self.env.context.get("codabox_undo"):
            documents = self.sudo().codabox_document_ids
        result = super().unlink()
        documents._forget_invoice()
        return result

    def action_open_codabox_document(self):
        """Open the documents that brought this invoice."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_document_action"
        )
        documents = self.codabox_document_ids
        action |= {"domain": [("id", "in", documents.ids)], "context": {}}
        if len(documents) == 1:
            action |= {"res_id": documents.id, "view_mode": "form", "views": [(False, "form")]}
        return action
