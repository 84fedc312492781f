from odoo import api, fields, models

from odoo.addons.base.models.res_bank import sanitize_account_number

from ..codabox import bic_of, grouped_iban
from ..models.common.own_company import open_in_own_company

SIGNING = [
    ("codabox_sign", "Online"),
    ("twikey", "Online, with Twikey"),
    ("app", "Online, and in the app of the bank"),
    ("paper", "By hand, on paper"),
]


class CodaboxMandateOrderAccount(models.TransientModel):
    """One bank account that can be ordered."""

    _name = "codabox.mandate.order.account"
    _inherit = "codabox.dialog.mixin"
    _description = "Account of an order of CodaBox mandates"
    _order = "bank_name, id"

    order_id = fields.Many2one("codabox.mandate.order", required=True, ondelete="cascade")
    selected = fields.Boolean("To order", default=True)
    iban = fields.Char("Account number")
    partner_bank_id = fields.Many2one("res.partner.bank", readonly=True)
    bank_bic = fields.Char(compute="_compute_bank", store=True)
    bank_name = fields.Char("Bank", compute="_compute_bank", store=True)
    signing = fields.Selection(SIGNING, "How it is signed", compute="_compute_bank", store=True)
    mandate_id = fields.Many2one("codabox.mandate", readonly=True)
    note = fields.Char("Already ordered", compute="_compute_note")

    @api.depends("iban", "order_id.connection_id")
    def _compute_bank(self):
        for account in self:
            connection = account.order_id.connection_id
            bic = bic_of(account.iban or "", (connection and connection._codabox_bank_ids()) or ())
            account.bank_bic = bic
            account.bank_name = (
                connection._codabox_bank_name(bic) if connection else bic
            ) or self.env._("Bank not known")
            account.signing = (connection and connection._codabox_signing(bic)) or False

    @api.depends("mandate_id.state")
    def _compute_note(self):
        states = dict(self.env["codabox.mandate"]._fields["state"]._description_selection(self.env))
        for account in self:
            account.note = states.get(account.mandate_id.state)

    @api.onchange("iban")
    def _onchange_iban(self):
        for account in self:
            account.iban = grouped_iban(sanitize_account_number(account.iban))


class CodaboxMandateOrderCheck(models.TransientModel):
    """One line of the check: good, to know, or to correct."""

    _name = "codabox.mandate.order.check"
    _description = "Check of an order of CodaBox mandates"
    _inherit = ["codabox.dialog.mixin", "codabox.reason.mixin"]
    _order = "order_id, id"

    order_id = fields.Many2one("codabox.mandate.order", required=True, ondelete="cascade")
    level = fields.Selection(
        [("ok", "✓"), ("warning", "!"), ("error", "✗")], "Result", required=True
    )
    partner_id = fields.Many2one("res.partner", "Where to correct")

    def action_correct(self):
        """Open the client, to correct it, above the order."""
        self.ensure_one()
        action = {
            "type": "ir.actions.act_window",
            "name": self.partner_id.display_name,
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }
        return open_in_own_company(action, self.partner_id)
