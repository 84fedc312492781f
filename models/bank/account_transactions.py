from odoo import models

from ..inbox.own_company import opens_in_own_company


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_codabox_bank_details(self):
        """Open the bank line of this entry."""
        self.ensure_one()
        return self.statement_line_id.action_codabox_open()


class AccountBankStatement(models.Model):
    _inherit = "account.bank.statement"

    @opens_in_own_company
    def action_codabox_transactions(self):
        """Open the bank lines of these statements."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.account_bank_statement_line_action"
        )
        domain = [("statement_id", "in", self.ids)]
        return action | {"domain": domain, "context": {"codabox_scope": domain}}


class AccountJournal(models.Model):
    _inherit = "account.journal"

    @opens_in_own_company
    def action_codabox_transactions(self):
        """Open the bank lines of these journals."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.account_bank_statement_line_action"
        )
        domain = [("journal_id", "in", self.ids)]
        return action | {
            "domain": domain,
            "context": {"search_default_to_match": 1, "codabox_scope": domain},
        }
