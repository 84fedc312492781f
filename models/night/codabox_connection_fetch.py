from odoo import api, models

from .turn import Turn

# Who had turns already, because a turn failed or there is much to do, goes behind the others.
QUEUE = "fetch_turns, name, id"


class CodaboxConnection(models.Model):
    """The scheduled action: which clients are fetched. How one is: ``codabox_feed_run``."""

    _inherit = "codabox.connection"

    @api.model
    def _cron_fetch(self):
        """Fetch every connection that is due, client by client, until the time is up.

        One client is one unit: what goes wrong with one never touches another. The job asks to be
        called again while clients are left, and several jobs may run side by side: a client that
        another worker holds is skipped.

        Until it is known how many clients wait, Odoo is told that one does.
        """
        due = self.search(self._due_domain())
        for connection in due:
            connection.with_prefetch()._start_round_alone()
        feeds = self.env["codabox.feed"].search(
            [("fetch_pending", "=", True), ("connection_id.state", "=", "connected")],
            order=QUEUE,
        )
        if due and len(feeds) > 1:
            # Woken at the same minute, they found no client marked yet.
            self.env["ir.cron"]._codabox_trigger("fetch", others=True)
        self._give_turns(feeds, Turn(self.env, len(feeds)))
        self._tell_silence()

    @api.model
    def _give_turns(self, feeds, turn):
        """Give clients their turn, one after the other, until the time is up.

        :param codabox.feed feeds: clients in the order of the queue.
        :param Turn turn: how much time there is; one client has its turn whatever the time.
        :return: what came of it.
        :rtype: codabox.run
        """
        runs = self.env["codabox.run"].sudo()
        for feed in feeds:
            # Each commit empties the cache: read ahead, every client would read all others again.
            runs |= feed.with_prefetch()._run(turn)
            if turn.is_over():
                break
        turn.tell()
        if turn.waiting:
            # Asked again at once: hundreds of clients, or of documents, do not fit in one turn.
            self.env["ir.cron"]._codabox_trigger("fetch")
        return runs
