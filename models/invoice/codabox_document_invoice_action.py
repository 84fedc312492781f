from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..common.own_company import in_own_company, opens_in_own_company
from .codabox_document_invoice import INVOICE_KINDS

# Reason -> what a person may answer to it, the usual answer first.
CHOICES = {
    "foreign_enterprise": ("here", "link"),
    "no_addressee": ("here", "link"),
    "foreign_seller": ("here", "link"),
    "no_seller": ("here", "link"),
    "sale_number_taken": ("journal", "link"),
    "sale_vat_closed": ("open_day",),
    "foreign_expense": ("here", "link"),
    "partner_incomplete": ("partner", "link"),
    "shared_vat": ("partner", "create", "link"),
    "own_sale": ("sale", "here"),
    "partner_unknown": ("create", "partner", "link"),
    "no_invoice_journal": ("journal",),
    "invoice_journal_account": ("journal",),
    "invoice_conflict": ("link", "both"),
    "known_other_account": ("link", "both"),
    "pdf_conflict": ("link", "both"),
    "not_ubl": ("pdf",),
    "broken_invoice": ("pdf",),
    "known_invoice": ("both",),
    "invoice_linked": ("both",),
}

# Where one answer would lose an invoice and the other double it, nothing is proposed.
NOT_PROPOSED = ("invoice_conflict", "known_other_account", "pdf_conflict")

# Reasons for which an earlier version kept an invoice.
NOW_BOOKED = ("kind_not_booked", "no_readable_format")


class CodaboxDocument(models.Model):
    """What a person may do with an invoice document."""

    _inherit = "codabox.document"

    can_resolve_invoice = fields.Boolean(compute="_compute_valid_actions")

    @api.depends("invoice_id.codabox_document_id", "invoice_id.codabox_has_flags")
    def _compute_valid_actions(self):
        result = super()._compute_valid_actions()
        self.can_resolve_invoice = False
        for document in self.filtered(lambda d: d.kind in INVOICE_KINDS):
            document.can_undo = document.state == "imported" and bool(document.invoice_id)
            document.can_resolve_invoice = bool(document._invoice_choices())
            # Kept by a version that did not book invoices.
            document.can_release |= (
                document.state == "stored" and document.reason_code in NOW_BOOKED
            )
        return result

    # -------------------------------------------------------------------------
    # Decide
    # -------------------------------------------------------------------------

    def _invoice_choices(self):
        """Return what a person may answer now, the usual answer first.

        :rtype: tuple[str]
        """
        if flag := self._tax_flag():
            return ("recover", "cost", "tax") if flag["code"] == "foreign_vat" else ("tax",)
        if self.kind not in INVOICE_KINDS or self.state not in ("waiting", "duplicate", "failed"):
            return ()
        choices = CHOICES.get(self.reason_code, ())
        return choices if self.pdf_file_id else tuple(c for c in choices if c != "pdf")

    def _invoice_usual_choice(self):
        """Return the answer that is proposed, ``False`` where a person has to choose."""
        choices = self._invoice_choices()
        is_open = self.state == "waiting" and self.reason_code in NOT_PROPOSED
        return False if is_open or not choices else choices[0]

    def _tax_flag(self):
        """Return the first flag for which lines of the draft made of this lack a tax, if any."""
        move = self.invoice_id.sudo()
        if self.state != "imported" or move.state != "draft" or not move.codabox_has_flags:
            return None
        return next((flag for flag in move._codabox_open_flags() if "lines" in flag), None)

    @opens_in_own_company
    def action_resolve_invoice(self):
        """Open the wizard that solves what this invoice waits for."""
        self.ensure_one()
        self._checked("can_resolve_invoice")
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "codabox.invoice.resolve",
            "view_mode": "form",
            "target": "new",
            "context": {"default_document_id": self.id},
        }

    def _resolve_invoice(self, **values):
        """Write what a person decided, and book.

        :param values: fields of this document.
        :raise UserError: when there is nothing to decide any more.
        """
        document = self._checked("can_resolve_invoice")._lock()
        document.write({**values, "invoice_id": False, "duplicate_of_id": False})
        document._process()
        document._refresh_after_decision()

    def _link_invoice(self, move):
        """A person says that this document is an invoice that is in the books.

        :param account.move move: that invoice.
        :raise UserError: when it cannot be, or there is nothing to decide any more.
        """
        document = self._checked("can_resolve_invoice")._lock()
        is_ours = move.sudo().company_id.root_id == document.company_id.root_id
        if not is_ours or move.journal_id.type != document._invoice_journal_type():
            raise UserError(self.env._("Choose an invoice of this company and of this kind."))
        document.write(
            {"invoice_id": move.id, "duplicate_of_id": move.sudo().codabox_document_id.id}
        )
        document._set_state(
            "duplicate", "invoice_linked", user=self.env.user.name, invoice=move.display_name
        )
        document._refresh_after_decision()

    def _choose_taxes(self, taxes):
        """Put taxes on the lines of which the invoice does not say what they bear.

        :param account.tax taxes: what a person chose.
        :raise UserError: when there is nothing to decide any more.
        """
        document = self._checked("can_resolve_invoice")._lock()
        move = document.invoice_id
        move.check_access("write")
        lines = move._codabox_flag_lines(document._tax_flag())
        move._codabox_activate([taxes])
        lines.write({"tax_ids": [Command.link(tax.id) for tax in taxes]})

    def _create_invoice_partner(self):
        """Make the partner as the invoice says, though the company makes none by itself.

        :raise UserError: when the invoice does not say enough.
        """
        document = self._checked("can_resolve_invoice")
        document = document.with_company(document.company_id)
        parsed = document._parse_invoice()
        partner = document.company_id and document._make_invoice_partner(parsed)
        self._resolve_invoice(invoice_partner_id=partner.id)

    def _refresh_after_decision(self):
        self.feed_id._refresh_activity()

    # -------------------------------------------------------------------------
    # Undo, deleted
    # -------------------------------------------------------------------------

    def action_undo(self):
        """Extend: take the draft invoices of these documents out of the books."""
        invoices = self.filtered(lambda d: d.kind in INVOICE_KINDS)
        if invoices:
            documents = invoices._checked("can_undo")._lock()
            documents._remove_invoice()
            documents._forget_results("undone")
            documents.feed_id._refresh_activity()
        rest = self - invoices
        return super(CodaboxDocument, rest).action_undo() if rest else True

    def _remove_invoice(self):
        """Delete the draft invoices of these documents.

        :raise UserError: when one is no draft any more.
        """
        for move in self.invoice_id:
            if move.state != "draft":
                raise UserError(
                    self.env._(
                        "%(invoice)s is not a draft any more, so the import is not undone. Reset "
                        "it to draft first.",
                        invoice=move.display_name,
                    )
                )
        self.invoice_id.with_context(codabox_undo=True).unlink()

    def _forget_results(self, code):
        # EXTENDS account_codabox: what is booked again is decided again
        self.filtered(lambda d: d.kind in INVOICE_KINDS).write(
            {
                "invoice_id": False,
                "addressee_accepted": False,
                "is_another_invoice": False,
                "invoice_partner_id": False,
                "invoice_journal_id": False,
                "is_own_sale": False,
                "uses_pdf": False,
            }
        )
        return super()._forget_results(code)

    def _forget_invoice(self):
        """A person deleted the invoice of these: they wait for a decision.

        A copy of a document that waits now need not wait too.
        """
        copies = self.filtered(lambda d: d.state == "duplicate" and d.duplicate_of_id in self)
        documents = (self - copies).filtered(lambda d: d.state in ("imported", "duplicate"))
        documents.duplicate_of_id = False
        documents._set_state("waiting", "invoice_deleted", user=self.env.user.name)
        documents.feed_id._refresh_activity()

    @opens_in_own_company
    def action_open_invoice(self):
        """Open what these documents became."""
        self.check_access("read")
        moves = in_own_company(self).invoice_id
        is_sale = all(move.is_sale_document(include_receipts=True) for move in moves)
        name = "account.action_move_out_invoice" if is_sale else "account.action_move_in_invoice"
        action = self.env["ir.actions.act_window"]._for_xml_id(name)
        action |= {"domain": [("id", "in", moves.ids)], "context": {}}
        if len(moves) == 1:
            action |= {"res_id": moves.id, "view_mode": "form", "views": [(False, "form")]}
        return action
