from odoo import api, fields, models


class CodaboxStop(models.Model):
    """A person wants the run of a client to end.

    A record of its own: the client and its run are locked by whoever fetches, for as long as a
    document takes. Who fetches looks between two documents.
    """

    _name = "codabox.stop"
    _description = "CodaBox request to stop"

    feed_id = fields.Many2one(
        "codabox.feed", "Client", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="feed_id.company_id", store=True, index=True)

    @api.model
    def _ask(self, feeds):
        """Ask whoever fetches these clients to stop.

        :param codabox.feed feeds: clients of which a run is under way, or waits for its turn.
        """
        self.sudo().create([{"feed_id": feed.id} for feed in feeds])

    @api.model
    def _forget(self, feeds):
        """Take back what was asked about these clients: it was done, or they are fetched anew."""
        self._of(feeds).unlink()

    @api.model
    def _of(self, feeds):
        """Return what was asked about these clients."""
        return self.sudo().search([("feed_id", "in", feeds.ids)])
