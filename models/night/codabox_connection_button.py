from odoo import models
from odoo.exceptions import UserError

from ...reasons import explain
from .turn import Turn

# A person who pressed a button waits at most this long; the rest goes on in the background.
INTERACTIVE_SECONDS = 40


class CodaboxConnection(models.Model):
    """Fetching by button: a person waits, and is told what came of it."""

    _inherit = "codabox.connection"

    def action_fetch(self, feeds=None):
        """Fetch now and tell the user what came of it.

        :param feeds: only these clients; all of the connection by default.
        :raise AccessError: when the user is no accountant, or may not read the connection.
        :raise UserError: when CodaBox cannot be reached or refuses.
        """
        self.ensure_one()
        self._require_accountant()
        self.check_access("read")
        if feeds:
            feeds.check_access("read")
        # The user reads through rules; the run writes documents that users may only read.
        connection = self.sudo()
        if connection.state not in ("connected", "broken"):
            raise UserError(explain(self.env, "not_connected"))
        if not connection._start_round(feeds and feeds.sudo()):
            raise UserError(
                connection.reason
                or self.env._("Another run is fetching at this moment. Look again in a minute.")
            )
        self.env["codabox.audit"]._note("fetched", feeds or self)
        runs = connection._run_pending(feeds or connection.feed_ids)
        return self._notify_result(runs)

    def _run_pending(self, feeds):
        """Run the marked clients while the user waits; leave the rest to the scheduled action."""
        pending = (
            feeds.sudo().filtered("fetch_pending").sorted(lambda f: (f.fetch_turns, f.name, f.id))
        )
        runs = self._give_turns(pending, Turn(self.env, len(pending), INTERACTIVE_SECONDS))
        self._tell_silence()
        return runs

    def _notify_result(self, runs):
        """Return the notification that says what a fetch gave, and what waits all the same."""
        totals = {
            name: sum(runs.mapped(name))
            for name in ("stored", "booked", "kept", "waiting", "failed", "withheld")
        }
        errors = sorted({run.reason for run in runs if run.reason_code})
        documents = self.env["codabox.document"]
        # The number that the list shows which opens, not only of this run and connection.
        waiting = documents.search_count(documents._open_domain())
        told = [self._words_of_totals(totals, waiting, errors), *errors]
        if self._is_fetching_on():
            told.append(self.env._("The rest is fetched in the background."))
        buttons = []
        if waiting:
            told.append(documents._waiting_words(waiting))
            buttons.append(self._button(self.env._("Show"), "codabox_document_action"))
        if totals["withheld"]:
            buttons.append(self._button(self.env._("See the mandates"), "codabox_mandate_action"))
        kind = "warning" if errors or buttons else "success"
        return self._notify(
            " ".join(filter(None, told)), kind, sticky=kind == "warning", buttons=buttons
        )

    def _words_of_totals(self, totals, waiting, errors):
        """Return what came in words.

        :param dict totals: name of a counter of runs -> its sum.
        :param int waiting: how many documents wait, whenever they came.
        :param list errors: sentences of what went wrong.
        :rtype: str
        """
        if not any(totals[name] for name in ("stored", "booked", "waiting", "withheld")):
            if errors:
                return ""
            if waiting:
                return self.env._("Nothing new.")
            return self.env._("Everything is in: CodaBox has nothing new.")
        message = self.env._(
            "%(stored)s received, %(booked)s booked, %(kept)s kept, %(waiting)s to do, "
            "%(failed)s failed.",
            **totals,
        )
        if totals["withheld"]:
            message += " " + self.env._(
                "Withheld until a mandate allows it: %s.", totals["withheld"]
            )
        return message

    def _is_fetching_on(self):
        """Return whether clients are left for the background."""
        pending = [("connection_id", "=", self.id), ("fetch_pending", "=", True)]
        return bool(self.env["codabox.feed"].sudo().search_count(pending, limit=1))

    def _button(self, label, name):
        """Return a button of a notification: its label, and the action of ours that it opens."""
        action = self.env["ir.actions.act_window"]._for_xml_id(f"account_codabox.{name}")
        return label, action
