import time

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.mandate.codabox_mandate_ordering import CHUNK

# A person waits at most this long; Odoo ends a request after 120 s (limit_time_real).
BATCH_SECONDS = 55


class CodaboxMandateOrderBatch(models.TransientModel):
    """Orders for many clients at once: one line per client, and what came of it."""

    _name = "codabox.mandate.order.batch"
    _inherit = "codabox.dialog.mixin"
    _description = "Order CodaBox mandates for many clients"

    step = fields.Selection(
        [("what", "1. What"), ("check", "2. Check"), ("result", "3. Done")],
        required=True,
        default="what",
    )
    connection_id = fields.Many2one("codabox.connection", required=True)
    office_id = fields.Many2one("codabox.office", domain="[('connection_id', '=', connection_id)]")
    office_count = fields.Integer(compute="_compute_office_count")
    is_mailing = fields.Boolean(related="office_id.is_mailing")
    send_to_clients = fields.Boolean(
        "Mail the clients",
        compute="_compute_send_to_clients",
        store=True,
        readonly=False,
        precompute=True,
        help="Each client gets one mail with the links and documents to sign.",
    )
    order_ids = fields.One2many("codabox.mandate.order", "batch_id", "Clients")
    ready_count = fields.Integer(compute="_compute_counts")
    blocked_count = fields.Integer(compute="_compute_counts")
    done_count = fields.Integer(compute="_compute_counts")
    failed_count = fields.Integer(compute="_compute_counts")
    hand_count = fields.Integer(compute="_compute_counts")
    asked_count = fields.Integer(compute="_compute_counts")
    to_order_count = fields.Integer(compute="_compute_counts")
    to_order_text = fields.Char(compute="_compute_counts")

    @api.depends("connection_id")
    def _compute_office_count(self):
        for batch in self:
            batch.office_count = len(batch.connection_id.office_ids)

    @api.depends("office_id")
    def _compute_send_to_clients(self):
        for batch in self:
            batch.send_to_clients = bool(batch.office_id) and not batch.office_id.is_mailing

    @api.depends("order_ids.state", "order_ids.to_order_count")
    def _compute_counts(self):
        for batch in self:
            orders = batch.order_ids
            ready = orders.filtered(lambda o: o.state == "ready")
            batch.ready_count = len(ready)
            batch.blocked_count = len(orders.filtered(lambda o: o.state == "blocked"))
            batch.done_count = len(orders.filtered(lambda o: o.state == "done"))
            batch.failed_count = len(orders.filtered(lambda o: o.state == "failed"))
            batch.hand_count = len(orders.filtered(lambda o: o.state == "by_hand"))
            batch.asked_count = len(orders.filtered(lambda o: o.state == "asked"))
            batch.to_order_count = sum(ready.mapped("to_order_count"))
            batch.to_order_text = self.env._(
                "%(mandates)s, clients: %(clients)s",
                mandates=batch.to_order_count,
                clients=len(ready),
            )

    # -------------------------------------------------------------------------
    # Steps
    # -------------------------------------------------------------------------

    @api.model
    def _prepare_for(self, partners, connection):
        """Make the batch with one line per client.

        :param partners: the clients; contacts count as their company.
        :param codabox.connection connection: with which is ordered.
        """
        offices = connection.office_ids
        batch = self.create(
            {"connection_id": connection.id, "office_id": len(offices) == 1 and offices.id}
        )
        self.env["codabox.mandate.order"]._prepare_for(partners, connection, batch=batch)
        return batch

    def _reopen(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Order mandates"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_back(self):
        """Go back to what is ordered."""
        self.step = "what"
        return self._reopen()

    def action_check(self):
        """Look at CodaBox and check every line that is not ordered yet.

        :raise UserError: when no office is chosen, or CodaBox cannot be reached.
        """
        self.ensure_one()
        if self.office_count > 1 and not self.office_id:
            raise UserError(self.env._("Choose which office orders."))
        orders = self.order_ids.filtered(lambda o: o.state not in ("done", "asked"))
        orders.office_id = self.office_id
        orders._check(orders._read_clients())
        self.step = "check"
        return self._reopen()

    def action_order(self):
        """Order every line that is ready, as many as fit in the time a person waits.

        What is left stays ready: the button goes on with it.
        """
        self.ensure_one()
        deadline = time.monotonic() + BATCH_SECONDS
        ready = self.order_ids.filtered(lambda o: o.state == "ready")
        for start in range(0, len(ready), CHUNK):
            if time.monotonic() > deadline:
                break
            orders = ready[start : start + CHUNK]
            orders._place()
            if self.send_to_clients:
                orders._send_to_client()
                self.env["ir.cron"]._commit_progress()
        self.step = "result"
        return self._reopen()

    def action_ask_by_hand(self):
        """Open what CodaBox takes from no software, for all clients of this batch at once."""
        self.ensure_one()
        return self.order_ids.filtered(lambda o: o.state == "by_hand").action_ask_by_hand()

    def action_open_mandates(self):
        """Open what was ordered."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_mandate_action"
        )
        return action | {
            "domain": [("id", "in", self.order_ids.mandate_ids.ids)],
            "context": {},
        }
