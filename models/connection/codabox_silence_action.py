from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

TYPE = "account_codabox.mail_activity_type_scheduled_action"

# A day and some slack: the action is called every hour.
LONGEST_REST = timedelta(hours=26)

# Odoo switches an action off after five failures in a row over seven days.
MANY_FAILURES = 3
LONG_FAILING = timedelta(days=3)


class CodaboxConnection(models.Model):
    """Tell when the scheduled action that fetches cannot tell itself.

    The daily cleaning of Odoo looks after it: another action, which Odoo needs itself, and which
    goes on whatever one of its parts does.
    """

    _inherit = "codabox.connection"

    @api.autovacuum
    def _watch_scheduled_action(self):
        """Open the one to-do about the scheduled action, or close it when all is well again."""
        connections = self.sudo().search([("state", "!=", "draft")], order="id")
        waiting = connections.filtered(lambda c: c.state == "connected" and c.fetch_automatically)
        cron = self.env.ref("account_codabox.ir_cron_fetch", raise_if_not_found=False)
        trouble = self._scheduled_action_trouble(cron and cron.sudo())
        opened = connections.browse(connections.activity_search([TYPE]).mapped("res_id"))
        if not waiting or not trouble:
            opened.activity_feedback([TYPE])
            return
        # One cause, one to-do, however many connections wait for it.
        told = (opened & waiting or waiting)[0]
        (opened - told).activity_feedback([TYPE])
        told._keep_todo(TYPE, trouble)

    @api.model
    def _scheduled_action_trouble(self, cron):
        """Return what is the matter with the scheduled action.

        :param ir.cron cron: the action; nothing when it was deleted.
        :return: function of a language that returns the text; nothing when all is well.
        """
        now = fields.Datetime.now()
        if not cron or not cron.active:
            return self._words_switched_off
        last = cron.lastcall or cron.create_date
        if last < now - LONGEST_REST:
            return lambda lang: self._words_at_rest(last, lang)
        first = cron.first_failure_date
        if cron.failure_count >= MANY_FAILURES and first and first < now - LONG_FAILING:
            return lambda lang: self._words_failing(first, lang)
        return None

    def _words_switched_off(self, lang):
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
