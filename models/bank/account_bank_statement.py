from odoo import fields, models
from odoo.exceptions import UserError


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
