"""What is not even tried: a connection without a round, a client without its turn.

Another process may hold the lock of one of them for ever, or the process may die at its documents:
then nothing fails that could be counted, and only the time that passed tells.
"""

from datetime import datetime, time

from odoo import api, fields, models
from odoo.tools import format_date

from .scheduled_action import LONGEST_REST


class CodaboxFeed(models.Model):
    _inherit = "codabox.feed"

    def _left_waiting(self):
        """Return those of these clients that wait for a whole day without a turn that did anything.

        Marking a client and giving it a turn writes on it, and what comes in writes on its run.
        """
        limit = fields.Datetime.now() - LONGEST_REST
        pending = self.filtered("fetch_pending")
        if not pending:
            return pending
        runs = self.env["codabox.run"].search(
            [
                ("feed_id", "in", pending.ids),
                ("ended_at", "=", False),
                ("write_date", "<", limit),
            ]
        )
        left = pending.filtered(lambda f: f.write_date < limit) | runs.feed_id
        # Where the scheduled action does not work, that is the cause, and told already.
        return left if left and not self.env["codabox.connection"]._fetching_trouble() else left[:0]

    def _left_words(self, lang):
        """Return since when this client waits, and what to do."""
        env = self.with_context(lang=lang).env
        return env._(
            "%(client)s waits to be fetched since %(day)s, and nothing comes in. Press Fetch; if it "
            "goes on waiting, ask an administrator to look in the log of the server.",
            client=self.name,
            day=format_date(env, self.last_fetch or self.write_date, lang_code=lang),
        )


class CodaboxConnection(models.Model):
    _inherit = "codabox.connection"

    @api.autovacuum
    def _watch_silence(self):
        """Judge once a day by the daily cleaning, in case the action never comes to its end."""
        self._tell_silence()

    def _no_round_since(self):
        """Return when the last round began or failed, if one is due and none came for 26 hours.

        :rtype: datetime.datetime or None
        """
        self.ensure_one()
        now = fields.Datetime.now()
        if self.next_fetch and self.next_fetch > now:
            return None
        failed = self.failed_on and datetime.combine(self.failed_on, time.max)
        known = [moment for moment in (self.last_fetch, self.connected_at, failed) if moment]
        last = max(known, default=self.create_date)
        if last >= now - LONGEST_REST or self._fetching_trouble():
            return None
        return last

    def _no_round_words(self, since, lang):
        """Return since when nothing was fetched, and what to do."""
        env = self.with_context(lang=lang).env
        return env._(
            "Nothing was fetched from CodaBox since %(day)s, though it is time. Press Fetch; if "
            "nothing comes, ask an administrator to look in the log of the server.",
            day=format_date(env, since, lang_code=lang),
        )
