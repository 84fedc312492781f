from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.mandate.codabox_mandate_ordering import OrderRequest

STEPS = [("what", "1. What"), ("check", "2. Check"), ("result", "3. Done")]
LANGUAGES = [("nl", "Dutch"), ("fr", "French"), ("en", "English")]


class CodaboxMandateOrder(models.TransientModel):
    """What is ordered for one client: chosen, checked, ordered, handed over.

    Nothing is sent before the button of the second step. What is filled in first:
    ``codabox_mandate_order_fill``; what is checked: ``codabox_mandate_order_check``.
    """

    _name = "codabox.mandate.order"
    _inherit = "codabox.dialog.mixin"
    _description = "Order CodaBox mandates"
    _order = "partner_id, id"
    _rec_name = "partner_id"

    batch_id = fields.Many2one("codabox.mandate.order.batch", ondelete="cascade")
    step = fields.Selection(STEPS, required=True, default="what")
    connection_id = fields.Many2one("codabox.connection", required=True)
    connection_count = fields.Integer(compute="_compute_office_count")
    office_id = fields.Many2one(
        "codabox.office",
        domain="[('connection_id', '=', connection_id)]",
        help="The office for which the documents come.",
    )
    office_count = fields.Integer(compute="_compute_office_count")
    is_mailing = fields.Boolean(related="office_id.is_mailing")
    partner_id = fields.Many2one("res.partner", "Client", required=True, readonly=True)
    is_known = fields.Boolean("Known at CodaBox", readonly=True)
    client_code = fields.Char("Client code", help="Unique in your office; also names its folders.")
    language = fields.Selection(LANGUAGES)
    email = fields.Char(
        "E-mail of the client", help="The client's own address; CodaBox refuses the office's."
    )
    contact_id = fields.Many2one(
        "res.partner",
        "Person",
        domain="['|', ('id', '=', partner_id), ('parent_id', '=', partner_id)]",
        help="A contact of the client who has power over the accounts.",
    )
    representative_name = fields.Char("Who signs")
    representative_function = fields.Char("Function")
    signature_count = fields.Integer(
        "Signatures needed", default=1, help="How many people must sign for these accounts."
    )
    account_ids = fields.One2many("codabox.mandate.order.account", "order_id", "Accounts")
    secretariat_ids = fields.Many2many(
        "codabox.secretariat",
        string="Payroll from",
        help="Social secretariats whose payroll entries are ordered.",
    )
    purchase_invoices = fields.Boolean(
        "Purchase invoices", help="CodaBox invites the client by mail to agree."
    )
    check_ids = fields.One2many("codabox.mandate.order.check", "order_id", "Checks", readonly=True)
    state = fields.Selection(
        [
            ("new", "To check"),
            ("ready", "Ready"),
            ("blocked", "To correct"),
            ("done", "Ordered"),
            ("nothing", "Ordered before"),
            ("failed", "Not ordered"),
            ("by_hand", "To ask by hand"),
            ("asked", "Asked by hand"),
        ],
        required=True,
        default="new",
        readonly=True,
    )
    to_order_text = fields.Char("To order", readonly=True)
    to_order_count = fields.Integer("Chargeable mandates", readonly=True)
    mandate_ids = fields.Many2many("codabox.mandate", string="Mandates", readonly=True)
    result = fields.Text(readonly=True)
    what_text = fields.Char("What", compute="_compute_what_text")
    remark = fields.Text(compute="_compute_remark")

    @api.depends("connection_id")
    def _compute_office_count(self):
        connections = len(self._connections())
        for order in self:
            order.connection_count = connections
            order.office_count = len(order.connection_id.office_ids)

    @api.depends("account_ids.selected", "account_ids.bank_name")
    def _compute_what_text(self):
        """Say which accounts are chosen, per bank."""
        for order in self:
            banks = order.account_ids.filtered("selected").grouped("bank_name")
            order.what_text = ", ".join(
                f"{bank} ({len(accounts)})" if len(accounts) > 1 else bank or ""
                for bank, accounts in banks.items()
            )

    @api.depends("state", "result", "check_ids")
    def _compute_remark(self):
        """Say on one line of a batch what came of it, or what is to correct."""
        for order in self:
            errors = order.check_ids.filtered(lambda c: c.level == "error")
            if order.state == "blocked":
                order.remark = " ".join(errors.mapped("reason"))
            elif order.state == "nothing":
                order.remark = False
            else:
                order.remark = order.result or order.to_order_text

    @api.model
    def _connections(self):
        """Return the connections with which the user may order."""
        return self.env["codabox.connection"].search(
            Domain("state", "=", "connected")
            & Domain("role", "=", "office")
            & Domain("company_id", "in", self.env.user.company_ids.ids)
        )

    @api.model
    def _choose_connection(self):
        """Return the connection to begin with: of the current company first.

        :raise UserError: when there is none.
        """
        connections = self._connections()
        own = connections.filtered(lambda c: c.company_id == self.env.company)
        if not connections:
            raise UserError(
                self.env._(
                    "No accounting office is connected to CodaBox. Ask your administrator to "
                    "connect it under Accounting > CodaBox > Configuration > Connections."
                )
            )
        return (own or connections)[0]

    # -------------------------------------------------------------------------
    # Steps
    # -------------------------------------------------------------------------

    def _reopen(self):
        """Show this order in its dialog."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Order mandates for %s", self.partner_id.name),
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
        """Look at CodaBox and check everything; nothing is ordered.

        :raise UserError: when CodaBox cannot be reached.
        """
        self.ensure_one()
        self._check(self._read_clients())
        self.step = "check"
        return self._reopen()

    def action_order(self):
        """Check again, order what is missing, each once, and show it.

        What CodaBox takes from no software is shown as a prepared order, to be asked by hand.

        :raise UserError: when CodaBox cannot be reached.
        """
        self.ensure_one()
        self._check(self._read_clients())
        if self.state == "blocked":
            self.step = "check"
            return self._reopen()
        self._place()
        self.step = "result"
        return self.action_ask_by_hand() if self.state == "by_hand" else self._reopen()

    def _read_clients(self):
        """Return the clients at CodaBox.

        :raise AccessError: for a user who is no accountant.
        """
        self.connection_id._require_mandate_officer()
        self.connection_id.check_access("read")
        connection = self.connection_id.sudo()
        return connection._call_or_break(connection._clients_to_order)

    def _place(self):
        """Order what is missing, and keep what came of it on each order.

        Where nothing is missing, what was ordered before is shown: its links and documents.
        """
        ready = self.filtered(lambda o: o.state in ("ready", "nothing"))
        to_place = ready.filtered(lambda o: o._is_placeable())
        requests = [OrderRequest(o.partner_id, o._order_to_place()) for o in to_place]
        if requests:
            results = self.env["codabox.mandate"]._place_orders(to_place.connection_id, requests)
            for order, result in zip(to_place, results, strict=True):
                order._keep_result(result)
        ready._turn_to_hand()
        self.env["ir.cron"]._commit_progress()

    def _keep_result(self, result):
        """Keep what came of the order of one client.

        :param OrderResult result: from the engine.
        """
        sentences = [
            self.env["codabox.mandate.order.check"].new(reason).reason for reason in result.reasons
        ]
        self.write(
            {
                "mandate_ids": [fields.Command.set(result.mandates.ids)],
                "result": "\n".join(sentences),
                "is_known": self.is_known or result.created,
                "state": "failed" if result.reasons else "done" if result.ordered else "nothing",
            }
        )
