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
        """Return the notification that says what a fetch gave."""
        totals = {
            name: sum(runs.mapped(name))
            for name in ("stored", "booked", "kept", "waiting", "failed", "withheld")
        }
        errors = sorted({run.reason for run in runs if run.reason_code})
        if not any(totals[name] for name in ("stored", "booked", "withheld")) and not errors:
            message = self.env._("Everything is in: CodaBox has nothing new.")
            return self._notify(message, "success")
        message = self.env._(
            "%(stored)s received, %(booked)s booked, %(kept)s kept, %(waiting)s to do, "
            "%(failed)s failed.",
            **totals,
        )
        if totals["withheld"]:
            message += " " + self.env._(
                "Withheld until a mandate allows it: %s.", totals["withheld"]
            )
        if (
            self.env["codabox.feed"]
            .sudo()
            .search_count([("connection_id", "=", self.id), ("fetch_pending", "=", True)], limit=1)
        ):
            message += " " + self.env._("The rest is fetched in the background.")
        links = []
        if totals["waiting"] or totals["failed"]:
            links.append({"label": self.env._("See what to do"), "url": "/odoo/codabox-documents"})
        if totals["withheld"]:
            links.append({"label": self.env._("See the mandates"), "url": "/odoo/codabox-mandates"})
        message += " %s" * len(links)  # the places of the links
        kind = "warning" if errors or links else "success"
        return self._notify(
            " ".join([message, *errors]), kind, sticky=kind == "warning", links=links
        )
