from odoo import fields, models

from ..common.own_company import in_own_company
from ..journal.account_journal_codabox_silence import TYPE


class AccountJournal(models.Model):
    """Banks send nothing when nothing moves: a person may look at the bank, and say so."""

    _inherit = "account.journal"

    codabox_checked_on = fields.Date(
        "Checked at the bank",
        readonly=True,
        copy=False,
        help="On this day a person saw at the bank that nothing is missing here.",
    )
    codabox_checked_by_id = fields.Many2one(
        "res.users", "Checked by", readonly=True, copy=False, ondelete="set null"
    )

    def _codabox_check_at_bank(self):
        """Note that the user saw at the bank that these accounts are complete up to today.

        That is the answer to what was asked about them, too.

        :raise AccessError: for a user who is no accountant, or may not read them.
        """
        self.env["codabox.connection"]._require_accountant()
        in_own_company(self).check_access("read")
        journals = self.sudo()
        journals.write(
            {
                "codabox_checked_on": fields.Date.context_today(self),
                "codabox_checked_by_id": self.env.uid,
            }
        )
        journals.activity_feedback([TYPE])
        self.env["codabox.audit"]._note("checked", self)
