from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.common.own_company import in_own_company, open_in_own_company
from ..reasons import explain

KINDS = [
    ("ready", "Will be sent"),
    ("sent", "Already sent"),
    ("stopped", "Not sent"),
    ("twice", "The accountant gets them another way too"),
]
ON_THE_WAY = ("sending", "sent", "delivered")
ASK_CONSENT = "account_codabox.codabox_ask_consent_action"


class CodaboxSendBatch(models.TransientModel):
    """Sending the invoices of a period: what goes, what does not and why, then the button."""

    _name = "codabox.send.batch"
    _inherit = "codabox.dialog.mixin"
    _description = "Send invoices to CodaBox"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        domain="[('id', 'in', sender_ids)]",
    )
    sender_ids = fields.Many2many("res.company", compute="_compute_sender_ids")
    date_from = fields.Date("From", required=True, default=lambda self: self._default_date_from())
    date_to = fields.Date("To", required=True, default=fields.Date.context_today)
    line_ids = fields.One2many("codabox.send.batch.line", "batch_id", "Preview")
    ready_count = fields.Integer("Will be sent", compute="_compute_counts")
    sent_count = fields.Integer("Already sent", compute="_compute_counts")
    stopped_count = fields.Integer("Not sent", compute="_compute_counts")
    previewed_company_id = fields.Many2one("res.company", readonly=True)
    previewed_from = fields.Date(readonly=True)
    previewed_to = fields.Date(readonly=True)

    @api.model
    def _default_date_from(self):
        start = self.env.company.codabox_send_from
        month = fields.Date.context_today(self) - relativedelta(months=1, day=1)
        return max(month, start) if start else month

    @api.depends_context("uid")
    def _compute_sender_ids(self):
        self.sender_ids = self._senders()

    @api.depends("line_ids.move_ids")
    def _compute_counts(self):
        for batch in self:
            for kind in ("ready", "sent", "stopped"):
                lines = batch.line_ids.filtered(lambda li, kind=kind: li.kind == kind)
                batch[f"{kind}_count"] = len(lines.move_ids)

    # -------------------------------------------------------------------------
    # Preview
    # -------------------------------------------------------------------------

    @api.model
    def action_open(self):
        """Open the preview of the last two months; the consent, for who may give it, before that.

        :raise UserError: when this company does not send.
        """
        self.env["account.move"]._codabox_require_sender()
        senders = self._senders()
        if not senders:
            raise UserError(
                self.env._(
                    "None of your companies sends invoices. A CodaBox administrator connects one under "
                    "CodaBox > Connections, or has its invoices mailed: that is a setting of CodaBox.",
                )
            )
        company = self.env.company if self.env.company in senders else senders[:1]
        own = in_own_company(self, company)
        return own.create({"company_id": company.id}).action_preview()

    @api.model
    def _senders(self):
        """Return the companies of the user that CodaBox knows as senders, or that send by mail."""
        return self.env.user.company_ids.filtered(
            lambda company: company._codabox_mails() or company._codabox_company_connection()
        )

    def _consent(self):
        """Return what opens while nobody agreed: the consent, or the way to who may give it."""
        if self.env.user.has_group("account.group_account_manager"):
            return self.company_id._codabox_open_consent({"codabox_then_send": True})
        return self._tell_no_consent()

    def _tell_no_consent(self):
        """Return the notification that nobody agreed, with the button that asks who may."""
        ask = self.env["ir.actions.actions"]._for_xml_id(ASK_CONSENT)
        return self.env["codabox.connection"]._notify(
            explain(self.env, "no_consent"),
            "warning",
            sticky=True,
            buttons=[(self.env._("Ask a manager of accounting"), ask)],
            reload=False,
        )

    @api.model
    def action_ask_consent(self):
        """Ask a manager of accounting for the consent of the company that *Send invoices* shows."""
        senders = self._senders()
        company = self.env.company if self.env.company in senders else senders[:1]
        return in_own_company(company, company)._codabox_ask_consent()

    def action_consent(self):
        """Open the consent of the company, to read or revoke it; managers have no settings."""
        self.ensure_one()
        return self.company_id._codabox_open_consent()

    def action_preview(self):
        """Look again what would be sent, of the company that is chosen."""
        self.ensure_one()
        if not self.company_id._codabox_sends():
            return self._consent()
        own = in_own_company(self)
        # Another one can be chosen: Odoo shows companies that are ticked only.
        return open_in_own_company(own._show(), own.company_id | own.sender_ids)

    def _show(self):
        lines = [Command.clear()]
        for (kind, code, reason), moves in self._sort_moves().items():
            values = {"kind": kind, "code": code, "reason": reason}
            lines.append(Command.create({**values, "move_ids": [Command.set(moves.ids)]}))
        self.write(
            {
                "line_ids": lines,
                "previewed_company_id": self.company_id.id,
                "previewed_from": self.date_from,
                "previewed_to": self.date_to,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send invoices to the accountant"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _moves(self):
        """Return the invoices and credit notes of the period, oldest first."""
        moves = self.env["account.move"]
        return moves.search(
            [
                ("company_id", "=", self.company_id.id),
                ("move_type", "in", moves.get_sale_types()),
                ("state", "=", "posted"),
                ("invoice_date", ">=", self.date_from),
                ("invoice_date", "<=", self.date_to),
            ],
            order="invoice_date, sequence_number, id",
        )

    def _sort_moves(self):
        """Return (kind, code, reason) -> invoices."""
        none = self.env["account.move"]
        found, ready, held = {}, none, []
        for move in self._moves():
            kind, code, reason = self._sort_move(move)
            if code == "send_old_year":
                held.append((move, reason))
            elif kind == "ready":
                ready |= move
            else:
                found[kind, code, reason] = found.get((kind, code, reason), none) | move
        for move, reason in held:
            # Those that have to go first go first, with this batch.
            if move._codabox_stragglers(self.company_id, move.invoice_date.year) <= ready:
                ready |= move
            else:
                key = "stopped", "send_old_year", reason
                found[key] = found.get(key, none) | move
        found["ready", False, ""] = ready
        found["twice", False, ""] = ready.filtered(lambda m: m._codabox_other_ways())
        order = [kind for kind, _label in KINDS]
        return {
            key: found[key]
            for key in sorted(found, key=lambda k: (order.index(k[0]), k[1] or ""))
            if found[key]
        }

    def _sort_move(self, move):
        """Return kind, code and reason of one invoice."""
        if move.codabox_send_state in ON_THE_WAY:
            return "sent", False, ""
        if move.codabox_send_state == "unknown":
            return "stopped", move.codabox_send_code, move.codabox_send_reason
        problem = move._codabox_problem()
        if problem:
            return "stopped", problem.code, problem.text(self.env)
        return "ready", False, ""

    # -------------------------------------------------------------------------
    # Send
    # -------------------------------------------------------------------------

    def action_send(self):
        """Send what the preview says; what takes too long goes on in the background."""
        self.ensure_one()
        shown = (self.previewed_company_id, self.previewed_from, self.previewed_to)
        if (self.company_id, self.date_from, self.date_to) != shown:
            return self.action_preview()  # nothing leaves that was not shown
        moves = self.line_ids.filtered(lambda li: li.kind == "ready").move_ids
        moves = moves.filtered("codabox_can_send")
        if not moves:
            raise UserError(self.env._("There is nothing to send in this period."))
        action = moves.action_codabox_send()
        action["params"]["next"] = {"type": "ir.actions.act_window_close"}
        return action


class CodaboxSendBatchLine(models.TransientModel):
    _name = "codabox.send.batch.line"
    _inherit = "codabox.dialog.mixin"
    _description = "Invoices that are sent, or not, for one reason"

    batch_id = fields.Many2one("codabox.send.batch", required=True, ondelete="cascade", index=True)
    kind = fields.Selection(KINDS, "What happens", required=True, readonly=True)
    code = fields.Char(readonly=True)
    reason = fields.Text("Why", readonly=True)
    move_ids = fields.Many2many("account.move", string="Invoices", readonly=True)
    count = fields.Integer("Number", compute="_compute_count")

    @api.depends("move_ids")
    def _compute_count(self):
        for line in self:
            line.count = len(line.move_ids)

    def action_open_moves(self):
        """Open the list of these invoices."""
        self.ensure_one()
        label = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        action = self.move_ids._get_records_action(name=label)
        return open_in_own_company(action | {"target": "current"}, self.move_ids)

    def action_correct(self):
        """Open what keeps these invoices from being sent."""
        self.ensure_one()
        action = self.move_ids._codabox_fix(self.code)
        return open_in_own_company(action | {"target": "current"}, self.move_ids)
