import logging
from datetime import timedelta

from markupsafe import escape

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...codabox import is_silent
from ..common.contained import each_alone

_logger = logging.getLogger(__name__)

TYPE = "account_codabox.mail_activity_type_silent_account"
# An account that stopped so long ago was left, and what is older tells no rhythm of today.
WINDOW = timedelta(days=400)
# Ten bank days are never less.
SHORTEST = timedelta(days=14)
# CodaBox gets the account, or nobody knows; any other mandate has its own to-do, or was ended.
OPEN_MANDATES = ("active", "waiting_first_file", "delayed", "unknown")


class AccountJournal(models.Model):
    """A bank account that is silent against its own rhythm: one to-do on its journal.

    Once for each silence: who answered is not asked again before a statement came.
    """

    _inherit = "account.journal"

    codabox_silent_since = fields.Date(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="The day of the last statement, behind which a person was asked.",
    )

    @api.autovacuum
    def _codabox_watch_accounts(self, today=None):
        """Ask about each account that stopped, and close what was asked about those that did not.

        :param datetime.date today: passed by tests.
        """
        last = self.env["codabox.statement"].sudo()._last_of_silent(today or fields.Date.today())
        asked = self.sudo().search([("codabox_silent_since", "!=", False)])
        (asked - last.journal_id)._codabox_heard()
        each_alone(
            self.env,
            _logger,
            tuple(last.filtered(lambda s: s.journal_id.codabox_silent_since != s.closing_date)),
            lambda statements: [s.journal_id._codabox_ask_silent(s) for s in statements],
            lambda statement: f"silent account of statement {statement.id}",
        )

    def _codabox_ask_silent(self, last):
        """Open the to-do about this account.

        :param codabox.statement last: the last one that came.
        """
        user = last.document_id.feed_id._responsible()
        env = self.with_context(lang=user.lang).env
        note = env._(
            "The bank statements of %(account)s stopped: the last one is of %(day)s. Look whether "
            "the account is still used; if it is, ask CodaBox or the bank.",
            account=self.name,
            day=format_date(env, last.closing_date, lang_code=user.lang),
        )
        self.activity_schedule(TYPE, user_id=user.id, note=escape(note))
        self.codabox_silent_since = last.closing_date

    def _codabox_heard(self):
        """Close the to-dos of these accounts: they are silent no more, or something else is why."""
        self.activity_feedback([TYPE])
        self.write({"codabox_silent_since": False})


class CodaboxStatement(models.Model):
    _inherit = "codabox.statement"

    @api.model
    def _last_of_silent(self, today):
        """Return the last statement of each account that is silent against its own rhythm.

        Most accounts had one these days: only of the others the days are read.

        :param datetime.date today: on which day that is asked.
        :rtype: codabox.statement
        """
        came = Domain(
            [
                ("journal_id.active", "=", True),
                ("state", "!=", "duplicate"),
                ("closing_date", "<=", today),
                ("document_id.channel", "!=", "upload"),
            ]
        )
        limits = [
            ("closing_date:max", "<=", today - SHORTEST),
            ("closing_date:max", ">", today - WINDOW),
        ]
        quiet = [journal.id for [journal] in self._read_group(came, ["journal_id"], having=limits)]
        recent = [("journal_id", "in", quiet), ("closing_date", ">", today - 2 * WINDOW)]
        fetched = ["journal_id", "closing_date"]
        known = self.search_fetch(
            came & Domain(recent), fetched, order="closing_date desc, id desc"
        )
        last = self.browse()
        for statements in known.grouped("journal_id").values():
            days = statements.mapped("closing_date")
            asked = is_silent(days, today) and statements[0]._asked_until(today)
            if asked and is_silent(days, asked):
                last |= statements[0]
        return last

    def _asked_until(self, today):
        """Return up to which day CodaBox was asked for the next statement of this account.

        What happens to its client or the connection since then is told by itself.

        :param datetime.date today: on which day that is asked.
        :return: nothing where no next one is to come, or one came that nobody could read yet.
        :rtype: datetime.date or None
        """
        feed = self.document_id.feed_id
        connection = feed.connection_id
        is_fetched = feed.is_fetched and connection.fetch_automatically and feed.last_fetch
        if not is_fetched or (feed.state, connection.state) != ("active", "connected"):
            return None
        if not self._has_open_mandate(feed) or self._is_unread_behind(feed):
            return None
        known = (feed.last_fetch, feed.failing_since, connection.failing_since)
        return min(today, *(moment.date() for moment in known if moment))

    def _has_open_mandate(self, feed):
        """Return whether CodaBox gets this account, as far as its mandates are known."""
        accounts = self.env["codabox.mandate.account"].search(
            [("iban", "=", self.account), ("mandate_id.feed_id", "=", feed.id)]
        )
        states = accounts.mandate_id.mapped("state")
        return not states or any(state in OPEN_MANDATES for state in states)

    def _is_unread_behind(self, feed):
        """Return whether a file came since that nobody could read yet: that is its own to-do."""
        domain = [
            ("feed_id", "=", feed.id),
            ("kind", "=", "coda"),
            ("state", "in", ("received", "withheld", "waiting", "failed")),
            ("received_at", ">=", self.document_id.received_at),
            ("statement_ids", "=", False),
        ]
        return bool(self.env["codabox.document"].search_count(domain, limit=1))


class CodaboxFeed(models.Model):
    _inherit = "codabox.feed"

    def _end_run(self, run):
        # EXTENDS account_codabox
        if run.stored:
            self._hear_accounts()
        return super()._end_run(run)

    def _hear_accounts(self):
        """Close the to-dos of the accounts of this client that a statement came for."""
        asked = self.env["account.journal"].search(
            [("company_id", "in", self.company_id.ids), ("codabox_silent_since", "!=", False)]
        )
        if asked:
            newest = self.env["codabox.statement"]._read_group(
                [("journal_id", "in", asked.ids), ("state", "!=", "duplicate")],
                ["journal_id"],
                ["closing_date:max"],
            )
            heard = [j.id for j, day in newest if day > j.codabox_silent_since]
            asked.browse(heard)._codabox_heard()
