from odoo import models


class AccountMove(models.Model):
    """What is posted, reset or deleted in a period that somebody called ready reopens it."""

    _inherit = "account.move"

    def _post(self, soft=True):
        # EXTENDS account
        posted = super()._post(soft)
        self.env["codabox.period.check"]._came_after(posted)
        return posted

    def button_draft(self):
        # EXTENDS account
        posted = self.filtered(lambda move: move.state == "posted")
        result = super().button_draft()
        self.env["codabox.period.check"]._came_after(posted, "draft")
        return result

    def unlink(self):
        # EXTENDS account: bank lines are deleted with their posted entry
        posted = self.filtered(lambda move: move.state == "posted")
        self.env["codabox.period.check"]._came_after(posted, "deleted")
        return super().unlink()
