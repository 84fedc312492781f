from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.own_company import in_own_company, open_in_own_company


class CodaboxClientQuestion(models.Model):
    """What an accountant makes of an answer, with one click; nothing is booked by itself."""

    _inherit = "codabox.client.question"

    can_book_private = fields.Boolean(
        compute="_compute_can_finish", export_string_translation=False
    )
    can_make_bill = fields.Boolean(compute="_compute_can_finish", export_string_translation=False)

    @api.depends("state", "is_private", "attachment_ids", "bill_ids", "line_id.is_reconciled")
    @api.depends_context("uid")
    def _compute_can_finish(self):
        for question in self:
            line = in_own_company(question.line_id)
            line = line if line.has_access("read") else line.browse()
            is_private = question.is_private == "yes"
            question.can_book_private = is_private and line.codabox_can_book
            question.can_make_bill = bool(
                line and question.attachment_ids and not question.bill_ids
                and not is_private and not question.is_wages
            )  # fmt: skip

    def action_book_private(self):
        """Open *Book on an account* for the line, as private."""
        self.ensure_one()
        self._check_accountant()
        return in_own_company(self.line_id).action_codabox_book_private()

    def action_make_bill(self):
        """Make draft bills of the files of the client, as Odoo does with files that are uploaded.

        :raise UserError: where this was done already, or there is no file.
        """
        self.ensure_one()
        self._check_accountant()
        question = in_own_company(self)
        if not question.can_make_bill:
            raise UserError(self.env._("There is no file of which a bill could be made."))
        company = question.company_id
        journal = company.sudo().codabox_purchase_journal_id.sudo(False)
        journal = journal or self.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "purchase")], limit=1
        )
        # Copies: those at the bank line stay there. As superuser for the facts of files, made by
        # this user all the same.
        files = question.attachment_ids.sudo().copy({"res_model": False, "res_id": False})
        bills = (
            in_own_company(journal)
            .with_context(default_move_type="in_invoice", default_journal_id=journal.id)
            ._create_document_from_attachment(files.ids)
        )
        self.sudo().bill_ids = bills
        return self.action_open_bills()

    def action_open_bills(self):
        """Open the bills that were made of the files."""
        self.check_access("read")
        bills = self.bill_ids
        action = bills._get_records_action(name=self.env._("Bills"))
        return open_in_own_company(action, bills)

    def action_open_record(self):
        """Open the bank line or the bill."""
        self.ensure_one()
        self.check_access("read")
        record = self.line_id or self.move_id
        if self.line_id:
            return in_own_company(record).action_codabox_open()
        return open_in_own_company(record._get_records_action(), record)
