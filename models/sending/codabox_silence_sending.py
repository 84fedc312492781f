from odoo import api, models
from odoo.tools import format_date

from ..silence.scheduled_action import trouble_of

TYPE = "account_codabox.mail_activity_type_sending_action"


class CodaboxConnection(models.Model):
    """Tell when the scheduled action that sends invoices cannot tell itself."""

    _inherit = "codabox.connection"

    @api.autovacuum
    def _watch_sending_action(self):
        """Open the one to-do about the action that sends, or close it when all is well again."""
        waiting = self._waiting_senders()
        trouble = waiting and self._sending_trouble()
        words = {
            "off": self._words_sending_off,
            "rest": self._words_sending_at_rest,
            "failing": self._words_sending_failing,
        }
        self._tell_one(
            TYPE, trouble and (lambda lang: words[trouble.kind](trouble.since, lang)), waiting
        )
        # Where Odoo starts no action at all, who waits for documents is told; else nobody was.
        told = self._waiting_connections()
        own = self._sending_trouble() if told else trouble_of(self._sending_actions())
        self.env["res.company"]._codabox_tell_mailers(own)

    @api.model
    def _waiting_senders(self):
        """Return the connections of the companies for which the scheduled action sends or asks."""
        companies = self.env["res.company"].sudo()
        busy = companies._codabox_companies_with_work()
        busy |= companies.search([("codabox_send_schedule", "!=", "manual")])
        agreed = busy.filtered("codabox_consent_id").sorted("id")
        connections = self.sudo().union(*(c._codabox_company_connection() for c in agreed))
        return connections.filtered(lambda c: c.state == "connected")

    @api.model
    def _sending_trouble(self):
        """Return what is the matter with the action that sends.

        Where Odoo starts no action at all, that is one cause: who waits for documents is told.

        :rtype: Trouble or None
        """
        trouble = trouble_of(self._sending_actions())
        if trouble and trouble.kind == "rest":
            fetching = self._fetching_trouble()
            return None if fetching and fetching.kind == "rest" else trouble
        return trouble

    @api.model
    def _sending_actions(self):
        return self.env["ir.cron"]._codabox_actions("send")

    def _words_sending_off(self, _since, lang):
        return self.with_context(lang=lang).env._(
            "No invoice is sent to CodaBox: the scheduled action is switched off. Ask an "
            "administrator to switch on “CodaBox: send sales invoices” in the scheduled actions."
        )

    def _words_sending_at_rest(self, last, lang):
        env = self.with_context(lang=lang).env
        return env._(
            "No invoice is sent to CodaBox since %(day)s: Odoo does not start the scheduled "
            "action “CodaBox: send sales invoices”. Ask an administrator to run it by hand.",
            day=format_date(env, last, lang_code=lang),
        )

    def _words_sending_failing(self, first, lang):
        env = self.with_context(lang=lang).env
        return env._(
            "The scheduled action “CodaBox: send sales invoices” fails since %(day)s, and Odoo "
            "will switch it off. Ask an administrator to look in the log of the server.",
            day=format_date(env, first, lang_code=lang),
        )
