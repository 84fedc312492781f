from odoo import api, fields, models

from ..inbox.own_company import in_own_company, opens_in_own_company

# What the wizard about an account can solve.
ACCOUNT_REASONS = ("unknown_account", "journal_archived", "account_elsewhere")


class CodaboxDocument(models.Model):
    """Documents whose account has no bank journal: create one, link one, or ignore the account."""

    _inherit = "codabox.document"

    can_resolve_account = fields.Boolean(compute="_compute_valid_actions")

    @api.depends("statement_ids.reason_code")
    def _compute_valid_actions(self):
        result = super()._compute_valid_actions()
        for document in self:
            document.can_resolve_account = (
                document.state == "waiting" and document.reason_code in ACCOUNT_REASONS
            )
            if document.state in ("stored", "imported") and not document.released:
                ignored = document.statement_ids.filtered(
                    lambda s: s.state == "stored" and s.reason_code == "ignored_account"
                )
                document.can_release = document.can_release or bool(ignored)
        return result

    def _in_order(self):
        """Return these documents, oldest first: the order in which they are booked."""
        return self.sorted(lambda d: (d.document_date or fields.Date.today(), d.number, d.id))

    def _waiting_for_account(self):
        """Return the first statement of this document that waits for the journal of its account."""
        self.ensure_one()
        return self.statement_ids.filtered(
            lambda s: s.state == "waiting" and s.reason_code in ACCOUNT_REASONS
        ).sorted("position")[:1]

    @opens_in_own_company
    def _open_account_wizard(self, choice):
        """Open the wizard that gives an account its journal.

        :param str choice: ``create``, ``link`` or ``ignore``.
        """
        self.ensure_one()
        self._checked("can_resolve_account")
        wizard = in_own_company(self.env["codabox.account.resolve"], self.company_id).create(
            {"statement_id": self._waiting_for_account().id, "choice": choice}
        )
        return {
            "type": "ir.actions.act_window",
            "name": wizard._title(),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_create_journal(self):
        """Propose a bank journal for the account of this document."""
        return self._open_account_wizard("create")

    def action_link_journal(self):
        """Choose the bank journal of the account of this document."""
        return self._open_account_wizard("link")

    def action_ignore_account(self):
        """Keep the statements of the account of this document without booking them."""
        return self._open_account_wizard("ignore")
