from odoo import api, models
from odoo.fields import Domain

from ..common.own_company import in_own_company, open_in_own_company

OPEN = ("codabox.everywhere", "action_open_bank_lines")
ACTION = "account_codabox.account_bank_statement_line_action"


class AccountBankStatementLine(models.Model):
    """What the empty list of bank transactions says: those of companies that are not ticked.

    Odoo shows its books of ticked companies only. Its other lists of bank lines stay as they are.
    """

    _inherit = "account.bank.statement.line"

    @api.model
    def get_empty_list_help(self, help_message):
        # EXTENDS base
        found = super().get_empty_list_help(help_message)
        if not self.env.context.get("codabox_bank_lines") or not self.has_access("read"):
            return found
        empty = self.env["codabox.empty.mixin"]
        return (
            self._codabox_empty_elsewhere()
            or empty._empty_not_connected()
            or empty._empty_nothing(found)
        )

    @api.model
    def _codabox_empty_elsewhere(self):
        """Return the help when lines of the user wait in any of his companies, else ``None``."""
        lines = in_own_company(self, self.env.user.company_ids)
        count = lines.search_count(
            Domain("is_reconciled", "=", False) & Domain("state", "!=", "cancel")
        )
        if not count:
            return None
        text = self.env._("1 bank transaction of your companies is not matched yet.")
        if count > 1:
            text = self.env._(
                "%(count)s bank transactions of your companies are not matched yet.", count=count
            )
        return self.env["codabox.empty.mixin"]._empty_help(
            "other",
            self.env._("Nothing in this list"),
            text,
            (OPEN, {}, self.env._("Show them")),
        )


class CodaboxEverywhere(models.AbstractModel):
    """What a button of an empty list opens: the books of all companies of the user."""

    _name = "codabox.everywhere"
    _description = "CodaBox: of all companies"

    @api.model
    def action_open_bank_lines(self):
        """Open the bank transactions to match of all companies of the user."""
        self.env["account.bank.statement.line"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(ACTION)
        context = {
            "search_default_to_match": 1,
            "codabox_bank_lines": 1,
            "codabox_everywhere": 1,
        }
        return open_in_own_company({**action, "context": context}, self.env.user.company_ids)
