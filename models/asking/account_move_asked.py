from odoo import fields, models

from .asked_mixin import READERS


class AccountBankStatementLine(models.Model):
    _name = "account.bank.statement.line"
    _inherit = ["account.bank.statement.line", "codabox.asked.mixin"]

    _codabox_asked_by = "line_id"

    codabox_client_question_ids = fields.One2many(
        "codabox.client.question", "line_id", "Questions to the client", groups=READERS
    )
    codabox_said_private = fields.Boolean(
        compute="_compute_codabox_said_private", export_string_translation=False
    )

    def _compute_codabox_said_private(self):
        questions = self.env["codabox.client.question"]
        said = questions.has_access("read") and questions.search(
            [("line_id", "in", self.ids), ("state", "=", "answered"), ("is_private", "=", "yes")]
        )
        for line in self:
            line.codabox_said_private = bool(
                said and line in said.line_id and line.codabox_can_book
            )

    def _codabox_is_done(self):
        # IMPLEMENTS account_codabox
        return self.is_reconciled

    def _codabox_is_about_wages(self):
        # EXTENDS account_codabox
        return self._codabox_pays_wages()

    def _codabox_check_asking(self):
        # EXTENDS account_codabox: who does not read wages does not ask about them
        result = super()._codabox_check_asking()
        for line in self:
            line._codabox_check_wages()
        return result

    def unlink(self):
        self.move_id._codabox_keep_sent_files()
        return super().unlink()

    def action_codabox_book_private(self):
        """Open *Book on an account*, as private."""
        action = self.action_codabox_book()
        if action:
            self.env[action["res_model"]].browse(action["res_id"]).kind = "private"
        return action


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "codabox.asked.mixin"]

    _codabox_asked_by = "move_id"

    codabox_client_question_ids = fields.One2many(
        "codabox.client.question", "move_id", "Questions to the client", groups=READERS
    )

    def _codabox_is_done(self):
        # IMPLEMENTS account_codabox
        return self.state == "posted"

    def _codabox_askable(self):
        # EXTENDS account_codabox: of an entry, of payroll too, a client is asked nothing
        return self.filtered(lambda move: move.is_purchase_document() and move.state != "cancel")

    def unlink(self):
        self._codabox_keep_sent_files()
        return super().unlink()

    def _codabox_keep_sent_files(self):
        """Keep what clients sent with answers when these entries go; it hangs on the contact then."""
        asked = self.env["codabox.client.question"].sudo()
        for question in asked.search(
            ["|", ("move_id", "in", self.ids), ("line_id.move_id", "in", self.ids)]
        ):
            contact, files = question.contact_id, question.attachment_ids
            if not files:
                continue
            files.write({"res_model": contact._name, "res_id": contact.id})
            contact._message_log(
                body=contact.env._(
                    "What was asked about is no longer in the books. Kept: %s",
                    ", ".join(files.mapped("name")),
                )
            )
