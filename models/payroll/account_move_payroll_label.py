from odoo import api, fields, models

from ..common.own_company import opens_in_own_company


class AccountMove(models.Model):
    """Texts that are hidden on the items of a payroll entry, for who reads payroll."""

    _inherit = "account.move"

    codabox_hidden_count = fields.Integer(
        "Hidden labels",
        compute="_compute_codabox_hidden_count",
        groups="account_codabox.group_payroll",
    )

    @api.depends("line_ids.codabox_soda_label_id.is_released")
    @api.depends_context("uid")
    def _compute_codabox_hidden_count(self):
        for move in self:
            move.codabox_hidden_count = len(move._codabox_hidden_labels())

    def _codabox_hidden_labels(self):
        """Return the hidden labels of these entries that the user may read."""
        labels = self.sudo().line_ids.codabox_soda_label_id.sudo(False)
        return labels._filtered_access("read").filtered(lambda label: not label.is_released)

    @opens_in_own_company
    def action_open_codabox_labels(self):
        """Open the hidden labels of this entry."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_soda_label_action"
        )
        ids = self._codabox_hidden_labels().ids
        return action | {"domain": [("id", "in", ids)], "context": {}}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    codabox_soda_label_id = fields.Many2one(
        "codabox.soda.label",
        "Payroll label",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="account_codabox.group_payroll",
        help="The text of the file that may be the name of an employee.",
    )
