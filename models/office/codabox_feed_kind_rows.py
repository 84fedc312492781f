from odoo import api, fields, models


class CodaboxFeedKind(models.Model):
    """Which clients and kinds have a row: whatever a document or a mandate is known of.

    What never came has one too: that nothing is here says nothing of what there is.
    """

    _inherit = "codabox.feed.kind"

    responsible_id = fields.Many2one(
        "res.users", compute="_compute_responsible_id", store=True, index=True
    )

    @api.depends("feed_id.user_id", "feed_id.connection_id.user_id")
    def _compute_responsible_id(self):
        for line in self:
            line.responsible_id = line.feed_id._responsible()

    @api.model
    def _all_rows(self):
        """Return all rows that the user sees: what is counted and judged is no column."""
        return self.search([("feed_id", "!=", False)], order="id")

    @api.model
    def _ensure_seen(self, feeds):
        """Make the rows that are missing; a client that another worker holds is left for later.

        :param codabox.feed feeds: clients, whatever is known of them.
        """
        feeds = feeds.sudo()
        known = self.sudo().search_fetch([("feed_id", "in", feeds.ids)], ["feed_id", "kind"])
        missing = self._seen(feeds) - {(line.feed_id, line.kind) for line in known}
        locked = feeds.browse({feed.id for feed, _kind in missing}).try_lock_for_update(
            allow_referencing=True
        )
        for feed, kind in sorted(missing, key=lambda pair: (pair[0].id, pair[1])):
            if feed in locked:
                self.sudo()._ensure(feed, kind)

    @api.model
    def _seen(self, feeds):
        """Return (client, kind) of all that is known of clients; bank statements where nothing is.

        :rtype: set
        """
        documents = self.env["codabox.document"].sudo()
        mandates = self.env["codabox.mandate"].sudo()
        of_feeds = [("feed_id", "in", feeds.ids)]
        seen = {
            *documents._read_group(of_feeds, ["feed_id", "kind"]),
            *mandates._read_group([*of_feeds, ("state", "!=", "archived")], ["feed_id", "service"]),
        }
        listed = feeds.filtered(lambda f: f.state != "ended")
        unknown = listed.filtered(lambda f: not f.kind_ids) - feeds.union(*(f for f, _k in seen))
        return seen | {(feed, "coda") for feed in unknown}

    @api.model
    def _seen_feeds(self, feeds):
        """Return the clients of whom any document or mandate is known.

        :rtype: codabox.feed
        """
        documents = self.env["codabox.document"]._read_group(
            [("feed_id", "in", feeds.ids)], ["feed_id"]
        )
        mandates = self.env["codabox.mandate"]._read_group(
            [("feed_id", "in", feeds.ids), ("state", "!=", "archived")], ["feed_id"]
        )
        return feeds.browse({feed.id for [feed] in [*documents, *mandates]})


class CodaboxFeed(models.Model):
    _inherit = "codabox.feed"

    def _end_run(self, run):
        # EXTENDS account_codabox: a withheld document is never processed, and has its row all the same
        result = super()._end_run(run)
        if run.stored or run.withheld:
            self.env["codabox.feed.kind"]._ensure_seen(self)
        return result


class CodaboxConnection(models.Model):
    _inherit = "codabox.connection"

    def _apply_pod(self, pod, clients=()):
        # EXTENDS account_codabox
        result = super()._apply_pod(pod, clients)
        self.env["codabox.feed.kind"]._ensure_seen(self.feed_ids)
        return result
