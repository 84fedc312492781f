from odoo import api, fields, models

from ...codabox import parse_coda
from .codabox_statement_known import KNOWN_REASONS


class CodaboxDocument(models.Model):
    """Documents of which movements are on the bank account already: compare, then decide."""

    _inherit = "codabox.document"

    can_compare_known = fields.Boolean(
        compute="_compute_valid_actions", export_string_translation=False
    )
    typed_on_account = fields.Boolean(compute="_compute_notice", export_string_translation=False)

    @api.depends("statement_ids.reason_code")
    def _compute_valid_actions(self):
        result = super()._compute_valid_actions()
        for document in self:
            document.can_compare_known = bool(
                document.state == "waiting" and document._waiting_for_comparison()
            )
        return result

    def _compute_notice(self):
        result = super()._compute_notice()
        for document in self:
            statements = document._readable_statements()
            document.typed_on_account = any(statements.mapped("typed_on_account"))
        return result

    def _waiting_for_comparison(self):
        """Return the first statement of this document whose movements are to be compared."""
        return (
            self._readable_statements()
            .filtered(lambda s: s.state == "waiting" and s.reason_code in KNOWN_REASONS)
            .sorted("position")[:1]
        )

    def _parsed_statement(self, record):
        """Return what the file of this document says of one of its statements.

        :param codabox.statement record: a statement of this document.
        :rtype: Statement
        """
        return parse_coda(self._readable_file()._raw()).statements[record.position]

    def _forget_results(self, code):
        # EXTENDS account_codabox: a statement that was taken over has its lines back
        taken_over = self.statement_ids._taken_over()
        result = super()._forget_results(code)
        taken_over._book_again()
        return result

    # -------------------------------------------------------------------------
    # Actions
    # -------------------------------------------------------------------------

    def action_compare_known(self):
        """Open the movements beside the bank lines that may be the same.

        Where nothing is left to compare, the statement is booked.
        """
        self.ensure_one()
        document = self._checked("can_compare_known")
        return document._waiting_for_comparison()._open_comparison() or self.action_retry()

    def action_open_direct_entries(self):
        """Open the entries typed directly on the bank account that may be the same money."""
        return self.statement_ids.filtered("typed_on_account").action_open_direct_entries()
