from odoo import fields, models
from odoo.fields import Command
from odoo.tools import formatLang


class AccountMove(models.Model):
    """Cents that nothing explains: a person takes the total of the file with one click."""

    _inherit = "account.move"

    codabox_can_take_total = fields.Boolean(
        compute="_compute_codabox_flag_text", compute_sudo=True, export_string_translation=False
    )

    def _compute_codabox_flag_text(self):
        # EXTENDS account_codabox
        result = super()._compute_codabox_flag_text()
        for move in self:
            asked = move.codabox_flags and move.state == "draft"
            move.codabox_can_take_total = bool(asked and move._codabox_cents_left())
        return result

    def _codabox_cents_left(self):
        """Return what this bill lacks to the total of its file, 0 where that is not only cents.

        Never where the VAT of the file is not its rate of its base: that is for the supplier.

        :rtype: float
        """
        codes = {flag["code"] for flag in self.sudo().codabox_flags or []}
        flags = [f for f in self._codabox_open_flags() if f["code"] == "totals_differ"]
        if not flags or "tax_amount_wrong" in codes:
            return 0.0
        left = self.currency_id.round(flags[0]["facts"]["total"] - self.amount_total)
        return left if abs(left) <= self.company_id.codabox_cents_limit else 0.0

    def action_codabox_take_total(self):
        """Make the total of this bill that of its file, by a line without tax."""
        self.ensure_one()
        self.check_access("write")
        left = self.state == "draft" and self._codabox_cents_left()
        if not left:
            return
        lines = self.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        like = max(lines, key=lambda line: abs(line.price_subtotal))
        values = {
            "name": self.env._("Rounding"),
            "quantity": 1.0,
            "price_unit": left,
            "account_id": like.account_id.id,
            "analytic_distribution": like.analytic_distribution,
            "tax_ids": [Command.clear()],
        }
        self._codabox_quietly().write({"invoice_line_ids": [Command.create(values)]})
        amount = formatLang(self.env, left, currency_obj=self.currency_id)
        self.message_post(
            body=self.env._("The total of the file was taken: a line of %(amount)s.", amount=amount)
        )


class ResCompany(models.Model):
    _inherit = "res.company"

    codabox_cents_limit = fields.Float(
        "Cents that a person may take over",
        default=1.0,
        help="A person may take the total of the file where it is up to this much from the lines.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    codabox_cents_limit = fields.Float(related="company_id.codabox_cents_limit", readonly=False)
