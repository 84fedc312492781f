from odoo import models
from odoo.exceptions import UserError


class CodaboxFeed(models.Model):
    """The button that has the companies of clients made."""

    _inherit = "codabox.feed"

    def action_create_company(self):
        """Open the dialog that asks what CodaBox does not know of these new companies.

        :raise AccessError: for who may not have companies made, or see these clients.
        :raise UserError: when each of them has its company.
        """
        self.check_access("read")
        self.env["codabox.company.order"]._require_creator()
        feeds = self.filtered(lambda f: f.state == "new" and not f.company_id)
        if not feeds:
            raise UserError(
                self.env._("Each of these clients has its company already, or has left.")
            )
        wizard = self.env["codabox.company.create"].create({"feed_ids": feeds.ids})
        return wizard._reopen()
