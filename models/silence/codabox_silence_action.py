from odoo import api, models
from odoo.tools import format_date

from .scheduled_action import trouble_of

TYPE = "account_codabox.mail_activity_type_scheduled_action"


class CodaboxConnection(models.Model):
    """Tell when the scheduled action that fetches cannot tell itself.

    The daily cleaning of Odoo looks after it: another action, which Odoo needs itself, and which
    goes on whatever one of its parts does.
    """

    _inherit = "codabox.connection"

    @api.autovacuum
    def _watch_scheduled_action(self):
        """Open the one to-do about the scheduled action, or close it when all is well again."""
        trouble = self._fetching_trouble()
        words = {
            "off": self._words_switched_off,
            "rest": self._words_at_rest,
            "failing": self._words_failing,
        }
        self._tell_one(TYPE, trouble and (lambda lang: words[trouble.kind](trouble.since, lang)))

    @api.model
    def _waiting_connections(self):
        """Return the connections for which the scheduled action fetches."""
        domain = [("state", "=", "connected"), ("fetch_automatically", "=", True)]
        return self.sudo().search(domain, order="id")

    @api.model
    def _fetching_trouble(self):
        """Return what is the matter with the action that fetches, where somebody waits for it.

        :rtype: Trouble or None
        """
        crons = self.env["ir.cron"]._codabox_actions("fetch")
        return trouble_of(crons) if self._waiting_connections() else None

    @api.model
    def _tell_one(self, xml_id, words, waiting=None):
        """Keep one to-do of this type, however many connections wait; close it without words.

        :param str xml_id: of the type of activity.
        :param words: function of a language that returns the text; nothing when all is well.
        :param codabox.connection waiting: one of which has the to-do; by default those that fetch.
        """
        connections = self.sudo().search([("state", "!=", "draft")])
        opened = connections.browse(connections.activity_search([xml_id]).mapped("res_id"))
        waiting = self._waiting_connections() if waiting is None else waiting
        told = (opened & waiting or waiting)[:1] if words else waiting.browse()
        (opened - told).activity_feedback([xml_id])
        for connection in told:
            connection._keep_todo(xml_id, words)

    def _words_switched_off(self, _since, lang):
        return self.with_context(lang=lang).env._(
            "Nothing is fetched from CodaBox: the scheduled action is switched off. Ask an "
            "administrator to switch on “CodaBox: fetch and book documents” in the scheduled actions."
        )

    def _words_at_rest(self, last, lang):
        env = self.with_context(lang=lang).env
        return env._(
            "Nothing is fetched from CodaBox since %(day)s: Odoo does not start the scheduled "
            "action “CodaBox: fetch and book documents”. Ask an administrator to run it by hand.",
            day=format_date(env, last, lang_code=lang),
        )

    def _words_failing(self, first, lang):
        env = self.with_context(lang=lang).env
        return env._(
            "The scheduled action “CodaBox: fetch and book documents” fails since %(day)s, and Odoo "
            "will switch it off. Ask an administrator to look in the log of the server.",
            day=format_date(env, first, lang_code=lang),
        )
