from odoo import api, models
from odoo.fields import Domain

# Accounts of which mandate, journal and client go together, or cannot yet.
IN_ORDER = ("ok", "under_way", "no_company")


class CodaboxDocument(models.Model):
    """What the empty inbox says: how many documents wait, wherever they are."""

    _name = "codabox.document"
    _inherit = ["codabox.document", "codabox.empty.mixin"]

    @api.model
    def _empty_domain(self):
        # EXTENDS account_codabox: what is done is no work that a filter hides
        return self._open_domain()

    @api.model
    def _empty_action(self):
        # EXTENDS account_codabox
        return "account_codabox.codabox_document_action", {"search_default_alone": 0}

    @api.model
    def _empty_words(self, count):
        # EXTENDS account_codabox
        return self._waiting_words(count)

    @api.model
    def _waiting_words(self, count):
        """Return how many documents wait for the user, in words.

        :rtype: str
        """
        if count == 1:
            return self.env._("1 document waits for you.")
        return self.env._("%(count)s documents wait for you.", count=count)


class CodaboxFeed(models.Model):
    _name = "codabox.feed"
    _inherit = ["codabox.feed", "codabox.empty.mixin"]

    @api.model
    def _empty_action(self):
        # EXTENDS account_codabox
        return "account_codabox.codabox_feed_action", {}


class CodaboxMandate(models.Model):
    _name = "codabox.mandate"
    _inherit = ["codabox.mandate", "codabox.empty.mixin"]

    @api.model
    def _empty_action(self):
        # EXTENDS account_codabox
        return "account_codabox.codabox_mandate_action", {"search_default_current": 0}


class CodaboxMandateComparison(models.Model):
    _name = "codabox.mandate.comparison"
    _inherit = ["codabox.mandate.comparison", "codabox.empty.mixin"]

    @api.model
    def _empty_domain(self):
        # EXTENDS account_codabox
        return Domain("result", "not in", IN_ORDER)

    @api.model
    def _empty_action(self):
        # EXTENDS account_codabox
        return "account_codabox.codabox_mandate_comparison_action", {}


class CodaboxGap(models.Model):
    _name = "codabox.gap"
    _inherit = ["codabox.gap", "codabox.empty.mixin"]

    @api.model
    def _empty_domain(self):
        # EXTENDS account_codabox
        return Domain("state", "=", "open")

    @api.model
    def _empty_action(self):
        # EXTENDS account_codabox
        return "account_codabox.codabox_gap_action", {}


class CodaboxRun(models.Model):
    _name = "codabox.run"
    _inherit = ["codabox.run", "codabox.empty.mixin"]

    @api.model
    def _empty_action(self):
        # EXTENDS account_codabox
        return "account_codabox.codabox_run_action", {}
