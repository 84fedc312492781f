from odoo import api, fields, models

from ..codabox import bank_rule


class CodaboxMandateArchive(models.TransientModel):
    """Why mandates are archived, and what archiving does not stop."""

    _name = "codabox.mandate.archive"
    _inherit = "codabox.dialog.mixin"
    _description = "Archive CodaBox mandates"

    mandate_ids = fields.Many2many("codabox.mandate", readonly=True)
    reason = fields.Text("Why", required=True)
    warning = fields.Text(compute="_compute_warning")

    @api.depends("mandate_ids")
    def _compute_warning(self):
        for wizard in self:
            wizard.warning = "\n".join(wizard._warnings())

    def _warnings(self):
        """Return what goes on at the banks of these mandates after they are archived."""
        charged, linked = set(), set()
        for mandate in self.mandate_ids.filtered("bank_bic"):
            rule = bank_rule(mandate.bank_bic)
            if rule and rule.fee_after_archiving:
                charged.add(rule.name)
            if rule and rule.activate_in_app:
                linked.add(rule.name)
        warnings = []
        if charged:
            warnings.append(
                self.env._(
                    "%(banks)s: archiving does not stop the fee of the bank. The client must revoke the mandate at the bank.",
                    banks=", ".join(sorted(charged)),
                )
            )
        if linked:
            warnings.append(
                self.env._(
                    "%(banks)s: the client must also unlink CodaBox in the app of the bank.",
                    banks=", ".join(sorted(linked)),
                )
            )
        return warnings

    def action_archive(self):
        """Archive these mandates at CodaBox."""
        self.ensure_one()
        self.mandate_ids._archive_remotely(self.reason)
        return {"type": "ir.actions.act_window_close"}
