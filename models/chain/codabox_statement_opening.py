from odoo import fields, models
from odoo.tools.misc import formatLang

from ...reasons import explain
from ..common.own_company import in_own_company


class CodaboxStatement(models.Model):
    """Why the ledger is not what the bank says, on the page of the statement where that begins."""

    _inherit = "codabox.statement"

    can_draft_opening = fields.Boolean(compute="_compute_can_draft_opening")

    def _compute_can_draft_opening(self):
        for statement in self:
            own = in_own_company(statement)
            statement.can_draft_opening = bool(
                statement.opening_differs
                and own.journal_id._codabox_opening_waits(own)
                and not own.journal_id._codabox_opening_drafts()
            )

    def _difference_notice(self):
        """Say that from this statement on the ledger is not what the bank says."""
        currency = self._account_currency()
        difference = self.journal_id._codabox_difference()
        amount = formatLang(self.env, difference, currency_obj=currency)
        return explain(self.env, "ledger_differs", {"number": self.name, "difference": amount})

    def action_draft_opening(self):
        """Make a draft of the opening balance, which the opening entry will bring otherwise.

        :raise AccessError: when the user does not keep the books.
        :raise UserError: when the opening balance is in the books.
        """
        self.ensure_one()
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")
        return self.journal_id._codabox_draft_opening(self)

    def action_open_difference_items(self):
        """Open what the ledger holds on the bank account in the time that it differs."""
        self.ensure_one()
        self.check_access("read")
        return self.journal_id._codabox_difference_items()


class CodaboxDocument(models.Model):
    _inherit = "codabox.document"

    can_draft_opening = fields.Boolean(compute="_compute_can_draft_opening")

    def _compute_can_draft_opening(self):
        for document in self:
            document.can_draft_opening = any(
                document._readable_statements().mapped("can_draft_opening")
            )

    def action_draft_opening(self):
        """Make a draft of the opening balance of the first statement of this document."""
        self.check_access("read")
        return self.statement_ids.filtered("can_draft_opening")[:1].action_draft_opening()
