from datetime import timedelta

from odoo import api, fields, models

from ..inbox.codabox_document import KINDS


class CodaboxFeedKind(models.Model):
    """From which day the documents of one kind are booked for one client, and until which."""

    _name = "codabox.feed.kind"
    _inherit = "codabox.facts.mixin"
    _description = "CodaBox: kind of document of a client"
    _order = "feed_id, kind"

    feed_id = fields.Many2one(
        "codabox.feed", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="feed_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    book_from = fields.Date(
        "Book from",
        help="Documents dated before this day are kept and not booked. Empty: all are booked.",
    )
    book_until = fields.Date(
        "Book until",
        help="The last day of the mission. Documents dated after this day are not fetched: they "
        "stay at CodaBox. Empty: no end.",
    )
    oldest = fields.Date("Oldest document", compute="_compute_dates")
    newest = fields.Date("Newest document", compute="_compute_dates")

    _feed_kind_unique = models.UniqueIndex("(feed_id, kind)")

    _until_after_from = models.Constraint(
        "CHECK(book_until IS NULL OR book_from IS NULL OR book_until >= book_from)",
        "The last day that is booked lies before the first one.",
    )

    @api.depends("feed_id", "kind")
    def _compute_dates(self):
        groups = self.env["codabox.document"]._read_group(
            [("feed_id", "in", self.feed_id.ids)],
            ["feed_id", "kind"],
            ["document_date:min", "document_date:max"],
        )
        found = {(feed, kind): dates for feed, kind, *dates in groups}
        for line in self:
            line.oldest, line.newest = found.get((line.feed_id, line.kind), (False, False))

    @api.model
    def _propose_book_from(self, company):
        """Return the first day that is sensibly booked in a company.

        :return: the day after the latest lock date, else the first day of the fiscal year.
        :rtype: datetime.date
        """
        locks = [
            company[name] for name in ("fiscalyear_lock_date", "hard_lock_date") if company[name]
        ]
        if locks:
            return max(locks) + timedelta(days=1)
        return company.compute_fiscalyear_dates(fields.Date.context_today(self))["date_from"]

    @api.model
    def _ensure(self, feed, kind):
        """Return the line of a client and kind, made with its proposal when it is new."""
        line = feed.kind_ids.filtered(lambda k: k.kind == kind)
        if not line:
            line = self.create(
                {
                    "feed_id": feed.id,
                    "kind": kind,
                    "book_from": feed.company_id and self._propose_book_from(feed.company_id),
                }
            )
        return line
