from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """How many scheduled actions fetch side by side, for all companies of this database."""

    _inherit = "res.config.settings"

    codabox_fetch_actions = fields.Integer("Scheduled actions")

    @api.model
    def get_values(self):
        return super().get_values() | {"codabox_fetch_actions": self._codabox_fetching()}

    def set_values(self):
        result = super().set_values()
        if self.codabox_fetch_actions != self._codabox_fetching():
            self.env["ir.cron"]._codabox_set_number("fetch", self.codabox_fetch_actions)
        return result

    @api.model
    def _codabox_fetching(self):
        """Return how many scheduled actions that fetch are active.

        :rtype: int
        """
        return len(self.env["ir.cron"]._codabox_actions("fetch").filtered("active"))
