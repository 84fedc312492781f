"""When CodaBox or a client gives nothing night after night: one to-do per cause.

Each failure is counted once a day and forgotten with the first good one. After the scheduled action
it is judged who is told: a client that fails while most others come in has a to-do of its own; when
CodaBox does not answer, or most clients fail, the connection has the only one. Where nothing fails,
because nothing is even tried, ``codabox_silence_wait.py`` finds it.
"""

import logging
from functools import partial

from markupsafe import escape

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, html2plaintext

from ..common.contained import contained

_logger = logging.getLogger(__name__)

# What passes by itself in a night or two is no to-do.
NIGHTS = 3
NAMES_SHOWN = 10

CONNECTION_TYPE = "account_codabox.mail_activity_type_silent_connection"
CLIENT_TYPE = "account_codabox.mail_activity_type_silent_client"


class CodaboxSilenceMixin(models.AbstractModel):
    """What is asked every night, and may fail for many of them."""

    _name = "codabox.silence.mixin"
    _description = "CodaBox nights without answer"

    failing_since = fields.Datetime(readonly=True, copy=False, export_string_translation=False)
    failed_nights = fields.Integer(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="Days with a failure since the last night that went well.",
    )
    failed_on = fields.Date(readonly=True, copy=False, export_string_translation=False)

    def _note_failed_night(self):
        """Count this day as one that failed, however often it is tried."""
        self.ensure_one()
        now = fields.Datetime.now()
        if not self.failing_since or self.failed_on != now.date():
            self.write(
                {
                    "failing_since": self.failing_since or now,
                    "failed_nights": self.failed_nights + 1,
                    "failed_on": now.date(),
                }
            )

    def _note_good_night(self):
        """Forget the nights that failed."""
        self.ensure_one()
        if self.failing_since:
            self.write({"failing_since": False, "failed_nights": 0, "failed_on": False})

    def _keep_todo(self, xml_id, words):
        """Open the one to-do of this type, or keep the words of the open one up to date.

        :param str xml_id: of the type of activity.
        :param words: function of a language that returns the text.
        """
        self.ensure_one()
        opened = self.activity_search([xml_id])[:1]
        user = opened.user_id or self._responsible()
        note = " ".join(words(user.lang).split())
        if not opened:
            self.activity_schedule(xml_id, user_id=user.id, note=escape(note))
        elif html2plaintext(opened.note or "") != note:
            opened.note = escape(note)


class CodaboxFeed(models.Model):
    _name = "codabox.feed"
    _inherit = ["codabox.feed", "codabox.silence.mixin"]

    def _last_trouble(self, lang):
        """Return in one sentence why these clients could not be fetched, as said last."""
        domain = [("feed_id", "in", self.ids), ("reason_code", "!=", False)]
        run = self.env["codabox.run"].search(domain, limit=1)
        return run.with_context(lang=lang).reason or ""

    def _silence_words(self, lang):
        """Return what is the matter with this client, since when, and what to do."""
        env = self.with_context(lang=lang).env
        return env._(
            "%(client)s could not be fetched since %(day)s. %(reason)s Other clients come in. "
            "Press Fetch; if it fails again, ask CodaBox about this client.",
            client=self.name,
            day=format_date(env, self.failing_since, lang_code=lang),
            reason=self._last_trouble(lang),
        )


class CodaboxConnection(models.Model):
    _name = "codabox.connection"
    _inherit = ["codabox.connection", "codabox.silence.mixin"]

    @api.model
    def _tell_silence(self):
        """Open and close the to-dos about nights that failed, connection by connection."""
        progress = self.env["ir.cron"]._commit_progress
        progress()  # what was done until here stays, whatever goes wrong now
        for connection in self.sudo().search([("state", "!=", "draft")]):
            with contained(
                self.env, _logger, f"to-dos of connection {connection.id}", lambda facts: None
            ):
                # Of several scheduled actions one judges: two would open the same to-do.
                if connection.try_lock_for_update(allow_referencing=True):
                    connection._judge_silence()
                progress()

    def _judge_silence(self):
        """Open what this connection and its clients need, close what they no longer need."""
        words, alone = None, self.env["codabox.feed"]
        # Broken has its own to-do; who fetches by hand sees what comes of it.
        if self.state == "connected" and self.fetch_automatically:
            alone, together = self._silent_clients()
            if self.failed_nights >= NIGHTS:
                words = self._silence_words
            elif together:
                words = partial(self._clients_words, together)
            elif since := self._no_round_since():
                words = partial(self._no_round_words, since)
        if words:
            self._keep_todo(CONNECTION_TYPE, words)
        else:
            self.activity_feedback([CONNECTION_TYPE])
        self._judge_clients(alone)

    def _silent_clients(self):
        """Return the clients that fail for too many nights: each by itself, or all together.

        When they are most of the clients, it is one cause, and no fault of theirs.

        :return: clients that fail alone, clients that fail together; one of both is empty.
        :rtype: tuple
        """
        feeds = self.env["codabox.feed"]
        asked = Domain("connection_id", "=", self.id) & Domain(
            [("is_fetched", "=", True), ("state", "!=", "ended")]
        )
        failing = feeds.search(asked & Domain("failed_nights", ">", 0))
        silent = failing.filtered(lambda f: f.failed_nights >= NIGHTS)
        silent |= feeds.search(asked & Domain("fetch_pending", "=", True))._left_waiting()
        half = feeds.search_count(asked) / 2
        if len(silent) > half:
            return feeds, silent
        # While the others wait for their turn of this night, it may still be most of them.
        is_open = len(silent | failing.filtered("fetch_pending")) > half
        return (feeds if is_open else silent), feeds

    def _judge_clients(self, silent):
        """Tell each client that fails alone; close the to-dos of the others.

        :param codabox.feed silent: clients that fail while most others come in.
        """
        opened = self.feed_ids.activity_search([CLIENT_TYPE])
        (silent.browse(opened.mapped("res_id")) - silent).activity_feedback([CLIENT_TYPE])
        left = silent._left_waiting()
        for feed in silent:
            # Who still waits for its turn of this night may come in with it.
            if feed in left:
                feed._keep_todo(CLIENT_TYPE, feed._left_words)
            elif not feed.fetch_pending:
                feed._keep_todo(CLIENT_TYPE, feed._silence_words)

    def _silence_words(self, lang):
        """Return what is the matter with CodaBox, since when, and what to do."""
        env = self.with_context(lang=lang).env
        return env._(
            "Nothing could be fetched from CodaBox since %(day)s. %(reason)s "
            "Press Fetch; if it fails again, ask CodaBox.",
            day=format_date(env, self.failing_since, lang_code=lang),
            reason=self.with_context(lang=lang).reason or "",
        )

    def _clients_words(self, failing, lang):
        """Return which clients could not be fetched, since when, and what to do."""
        env = self.with_context(lang=lang).env
        names = failing[:NAMES_SHOWN].mapped("name")
        return env._(
            "CodaBox does not give the documents of %(count)s clients since %(day)s: %(clients)s. "
            "%(reason)s Press Fetch; if it fails again, ask CodaBox.",
            count=len(failing),
            day=format_date(
                env, min(f.failing_since or f.write_date for f in failing), lang_code=lang
            ),
            clients=", ".join(names) + (", …" if len(failing) > NAMES_SHOWN else ""),
            reason=failing._last_trouble(lang),
        )
