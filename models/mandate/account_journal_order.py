from odoo import models


class AccountJournal(models.Model):
    """Ordering the statements of the account of a journal."""

    _inherit = "account.journal"

    def action_codabox_order_mandate(self):
        """Open the order for the company of this journal, with its account chosen."""
        self.ensure_one()
        ibans = filter(None, [self.bank_account_id.sanitized_acc_number])
        return self.company_id.partner_id._codabox_open_order(ibans=tuple(ibans))
