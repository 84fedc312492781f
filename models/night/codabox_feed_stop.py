from odoo import fields, models

from .codabox_feed_run import LeaveClient


class StopAsked(LeaveClient):
    """A person wants this run to end."""


class CodaboxFeed(models.Model):
    """Which clients wait for their turn, and how a person ends that.

    What is stored stays, what is not confirmed is listed again: the next run goes on there.
    """

    _inherit = "codabox.feed"

    def _mark(self):
        """Have these clients fetched; who asked to stop them asked before."""
        self.write({"fetch_pending": True})
        self.env["codabox.stop"]._forget(self)

    def _unmark(self, **values):
        """These clients wait no more.

        :param values: what else is written.
        """
        self.write({"fetch_pending": False, "fetch_turns": 0, **values})
        self.env["codabox.stop"]._forget(self)

    def _heed_stop(self):
        """Between two documents: leave when a person asked for it.

        :raise StopAsked: with the request.
        """
        if asked := self.env["codabox.stop"]._of(self):
            raise StopAsked(asked[0])

    def _end_stopped(self, run, asked):
        """Close the record of this run: a person stopped it.

        :param codabox.stop asked: the request.
        """
        reason = self._reason_vals("stopped_by", user=asked.create_uid.name)
        run.write({"ended_at": fields.Datetime.now(), "is_stopped": True, **reason})
        self._unmark()
        self._refresh_activity()

    def action_stop(self):
        """Stop fetching these clients; the next night goes on.

        :raise AccessError: when the user is no accountant, or may not read them.
        """
        self.connection_id._require_accountant()
        self.check_access("read")
        waiting = self.filtered("fetch_pending")
        self.env["codabox.stop"]._ask(waiting)
        # Who waits for a turn gets it now, to be told.
        self.env["ir.cron"]._codabox_trigger("fetch")
        return self.connection_id[:1]._notify(
            self.env._("Stopping after the document under way. The next night goes on.")
            if waiting
            else self.env._("Nothing is being fetched."),
            "info",
        )
