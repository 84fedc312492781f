from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class AccountBankStatement(models.Model):
    _inherit = "account.bank.statement"

    codabox_document_id = fields.Many2one(
        "codabox.document",
        "CodaBox document",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    codabox_key = fields.Char(readonly=True, copy=False, export_string_translation=False)

    _codabox_key_unique = models.UniqueIndex(
        "(journal_id, codabox_key) WHERE codabox_key IS NOT NULL"
    )

    def unlink(self):
        # EXTENDS account: Odoo leaves the lines of a deleted statement in the books. What came
        # from CodaBox goes as it came: whole, and its document waits for a decision.
        received = self.browse()
        if not self.env.context.get("codabox_undo"):
            received = self.filtered("codabox_key")
        if received:
            received._codabox_check_undo()
            documents = received.sudo().codabox_document_id
            received._codabox_unlink_with_lines()
            documents._forget_results("result_deleted")
            documents.feed_id._refresh_activity()
        return super(AccountBankStatement, self - received).unlink()

    def _codabox_check_undo(self):
        """Refuse to undo what others rely on; lines that are only given back stay as they are.

        :raise UserError: when a line is matched or lies in a closed period.
        """
        ours = self.line_ids - self.line_ids._codabox_adopted_lines()
        matched = ours.filtered(lambda line: line.is_reconciled and line.amount)
        if matched:
            raise UserError(
                self.env._(
                    "“%(line)s” of %(date)s is matched. Undo the match first, then undo the import.",
                    line=matched[0].payment_ref,
                    date=matched[0].date,
                )
            )
        for line in ours:
            lock = line._codabox_closed_until()
            if lock:
                raise UserError(
                    self.env._(
                        "The movements of %(date)s are in a period that is closed until %(lock)s. "
                        "Open the period, then undo the import.",
                        date=line.date,
                        lock=lock,
                    )
                )

    def _codabox_unlink_with_lines(self):
        """Delete statements and their lines; a valid statement must go before its lines.

        Lines that were there before the statement are given back as they were.
        """
        lines = self.line_ids - self.line_ids._codabox_adopted_lines()
        (self.line_ids - lines)._codabox_give_back()
        self.with_context(codabox_undo=True).unlink()
        lines.unlink()

    def action_open_codabox_document(self):
        """Open the document that this statement came from."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "codabox.document",
            "res_id": self.codabox_document_id.id,
            "view_mode": "form",
        }

    # The PDF of the bank beside the statement, and every file of it to download.

    codabox_pdf_id = fields.Many2one(
        "ir.attachment", "PDF of the bank", compute="_compute_codabox_pdf", compute_sudo=True
    )
    codabox_pdf = fields.Binary("PDF", compute="_compute_codabox_pdf", compute_sudo=True)

    @api.depends("attachment_ids")
    def _compute_codabox_pdf(self):
        """Take the PDF that came with the CODA; one that a user added serves where none came."""
        for statement in self:
            pdfs = statement.attachment_ids.filtered(
                lambda a: a.mimetype == "application/pdf"
            ).sorted("id")
            statement.codabox_pdf_id = pdfs[:1]
            # With ``bin_size`` the size is enough: the viewer asks for the content itself.
            statement.codabox_pdf = pdfs[:1].datas


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    codabox_key = fields.Char(readonly=True, copy=False, export_string_translation=False)
    codabox_mandate = fields.Char(
        "Creditor and mandate",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Of a SEPA direct debit: the next one of the same mandate is of the same partner.",
    )

    _codabox_key_unique = models.UniqueIndex(
        "(journal_id, codabox_key) WHERE codabox_key IS NOT NULL"
    )


class CodaboxStatement(models.Model):
    """The files of a document on its bank statements, whenever they come."""

    _inherit = "codabox.statement"

    def _attach_files(self, bank_statement):
        """Put the files of the document on the bank statement, the PDF first; each one once.

        A file that comes late, with the delivery or with a duplicate of it, is added then. Files
        that tell who earns what stay on the document alone, whose rules protect them.
        """
        if self.document_id.is_closed:
            return
        known = set(bank_statement.attachment_ids.mapped("checksum"))
        files = self._files_to_attach()
        attachments = self.env["ir.attachment"].create(
            [
                {
                    "name": file.name,
                    "raw": file._raw(),
                    "res_model": bank_statement._name,
                    "res_id": bank_statement.id,
                    "company_id": self.company_id.id,
                }
                for file in files
                if file._checksum() not in known
            ]
        )
        if attachments:
            bank_statement.attachment_ids = [Command.link(a.id) for a in attachments]

    def _files_to_attach(self):
        """Return the files of the document, and the PDF of a duplicate where it has none itself."""
        here = self.document_id.file_ids.filtered(lambda f: f.state == "here")
        pdf = (
            here.filtered(lambda f: f.format == "pdf")
            or self._duplicate_documents()
            .filtered(lambda d: not d.is_closed)
            .file_ids.filtered(lambda f: f.format == "pdf" and f.state == "here")[:1]
        )
        return pdf + here.filtered(lambda f: f.format == "cod")

    def _duplicate_documents(self):
        """Return the documents that brought the same file again."""
        return self.env["codabox.document"].search(
            [("duplicate_of_id", "=", self.document_id.id), ("state", "=", "duplicate")]
        )

    def _attach_late_files(self):
        """Give the bank statements of these what came after they were booked."""
        for statement in self.filtered("bank_statement_id"):
            statement._attach_files(statement.bank_statement_id)
