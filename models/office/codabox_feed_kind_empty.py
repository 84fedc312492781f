from odoo import api, models
from odoo.fields import Domain


class CodaboxFeedKind(models.Model):
    """What the empty Overview says: which rows a filter hides, or how fresh it is that there are none."""

    _name = "codabox.feed.kind"
    _inherit = ["codabox.feed.kind", "codabox.empty.mixin"]

    @api.model
    def _empty_domain(self):
        # EXTENDS account_codabox
        return Domain("light", "in", ("bad", "look", "off"))

    @api.model
    def _empty_action(self):
        # EXTENDS account_codabox
        everybody = {"search_default_mine": 0, "search_default_alone": 0}
        return "account_codabox.codabox_overview_action", everybody

    @api.model
    def _empty_words(self, count):
        # EXTENDS account_codabox
        if count == 1:
            return self.env._("1 row is not in order.")
        return self.env._("%(count)s rows are not in order.", count=count)
