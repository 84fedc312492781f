from odoo import api, fields, models

from ..models.asking.codabox_client_question import KINDS
from ..models.common.own_company import open_in_own_company


class CodaboxClientAsk(models.TransientModel):
    """What the client is asked about bank lines or bills, and who he is."""

    _name = "codabox.client.ask"
    _inherit = ["codabox.dialog.mixin"]
    _description = "Ask the client"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Client", readonly=True, required=True)
    line_ids = fields.Many2many("account.bank.statement.line", string="Bank lines", readonly=True)
    move_ids = fields.Many2many("account.move", string="Bills", readonly=True)
    record_count = fields.Integer("Selected", compute="_compute_record_count")
    kind = fields.Selection(KINDS, "Question", required=True, default="what")
    text = fields.Text("More")
    partner_id = fields.Many2one(
        "res.partner",
        "Contact",
        check_company=True,
        help="Gets one mail a week with a link to his page. Users of the portal of the same customer "
        "see the questions too. It is remembered for this client.",
    )
    email = fields.Char(related="partner_id.email", string="Mail to")

    @api.depends("line_ids", "move_ids")
    def _compute_record_count(self):
        for wizard in self:
            wizard.record_count = len(wizard.line_ids) + len(wizard.move_ids)

    @api.model
    def _open(self, records):
        """Return the action that asks about these records of one company."""
        name = "line_ids" if records._codabox_asked_by == "line_id" else "move_ids"
        company = records.company_id
        partner = self.env["codabox.client.contact"]._propose(company).with_env(self.env)
        is_payment = name == "line_ids" and all(line.amount < 0 for line in records)
        wizard = self.create(
            {
                name: [fields.Command.set(records.ids)],
                "company_id": company.id,
                "kind": "document" if is_payment else "what",
                "partner_id": partner.has_access("read") and partner.id,
            }
        )
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask the client"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }
        return open_in_own_company(action, records)

    def action_ask(self):
        """Ask; it goes with the next mail."""
        self.ensure_one()
        self._ask()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._(
                    "Asked. It goes to %s with the weekly mail.", self.partner_id.email
                ),
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_ask_now(self):
        """Ask, and mail at once."""
        self.ensure_one()
        records = self._ask()
        self.env["codabox.client.contact"]._of(records.company_id).sudo(False).action_send()
        return {"type": "ir.actions.act_window_close"}

    def _ask(self):
        records = (self.line_ids or self.move_ids)._codabox_to_ask()
        self.env["codabox.client.question"]._ask(
            records, self.partner_id, self.kind, self.text or ""
        )
        return records
