from datetime import timedelta

from odoo import api, fields, models

KEEP_DAYS = 400


class CodaboxRun(models.Model):
    """What one fetch of one client gave."""

    _name = "codabox.run"
    _description = "CodaBox run"
    _inherit = ["codabox.reason.mixin"]
    _order = "started_at desc, id desc"
    _rec_name = "started_at"

    feed_id = fields.Many2one(
        "codabox.feed", "Client", required=True, readonly=True, index=True, ondelete="cascade"
    )
    connection_id = fields.Many2one(related="feed_id.connection_id", store=True, index=True)
    company_id = fields.Many2one(related="feed_id.company_id", store=True, index=True)
    started_at = fields.Datetime("Started", required=True, readonly=True, index=True)
    ended_at = fields.Datetime("Ended", readonly=True)
    user_id = fields.Many2one(
        "res.users", "Started by", readonly=True, default=lambda self: self.env.user
    )
    seen = fields.Integer(readonly=True, help="Documents that CodaBox listed.")
    stored = fields.Integer(readonly=True, help="Documents that came in.")
    booked = fields.Integer(readonly=True)
    kept = fields.Integer(readonly=True, help="Kept or received before: nothing to book.")
    withheld = fields.Integer(
        readonly=True, help="Listed by CodaBox and not fetched: the mandate does not allow it."
    )
    waiting = fields.Integer("To do", readonly=True)
    failed = fields.Integer(readonly=True)
    to_fetch = fields.Integer(
        readonly=True,
        export_string_translation=False,
        help="Documents that CodaBox listed last and that were not asked for yet.",
    )
    left = fields.Integer(
        compute="_compute_left",
        help="While it runs: documents that are listed and not here yet, or here and not booked.",
    )
    is_fetched = fields.Boolean(
        readonly=True,
        export_string_translation=False,
        help="Nothing is left to fetch in this round; what stops it stops it until the next one.",
    )
    is_stopped = fields.Boolean(
        readonly=True,
        export_string_translation=False,
        help="Something stopped it before all was read.",
    )
    state = fields.Selection(
        [("running", "Running"), ("ok", "Done"), ("stopped", "Stopped")],
        compute="_compute_state",
        help="Stopped: the client goes on with the next run.",
    )

    @api.depends("reason_code", "ended_at", "feed_id.fetch_pending")
    def _compute_state(self):
        for run in self:
            # A client stays marked until its run is through, however many turns that takes.
            if not run.ended_at and run.feed_id.fetch_pending:
                run.state = "running"
            else:
                run.state = "ok" if run.ended_at and not run.reason_code else "stopped"

    @api.depends("to_fetch", "state")
    def _compute_left(self):
        running = self.filtered(lambda run: run.state == "running")
        to_book = dict(
            self.env["codabox.document"]._read_group(
                [("feed_id", "in", running.feed_id.ids), ("state", "=", "received")],
                ["feed_id"],
                ["__count"],
            )
        )
        for run in self:
            run.left = run in running and run.to_fetch + to_book.get(run.feed_id, 0)

    def action_stop(self):
        """Stop these runs; the next night goes on with their clients."""
        return self.feed_id.action_stop()

    def _tried_files(self):
        """Return the files of this client that this run asked CodaBox for in vain."""
        self.ensure_one()
        # Both by the clock of the database: that of the server may be behind or ahead of it, and
        # what is written in the transaction of this run bears its beginning.
        return self.env["codabox.document.file"].search(
            [
                ("document_id.feed_id", "=", self.feed_id.id),
                ("state", "=", "missing"),
                "|",
                ("attempts", ">", 0),
                ("failed_nights", ">", 0),
                ("write_date", ">=", self.create_date),
            ]
        )

    def _count(self, **numbers):
        """Add to the numbers of this run."""
        self.ensure_one()
        self.write({name: self[name] + number for name, number in numbers.items()})

    @api.autovacuum
    def _gc_runs(self):
        limit = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        self.sudo().search([("started_at", "<", limit)], limit=10_000).unlink()
