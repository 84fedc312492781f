from odoo import api, fields, models


class BaseModuleUninstall(models.TransientModel):
    """What goes and what stays when this add-on is uninstalled, said before it is."""

    _inherit = "base.module.uninstall"

    codabox_leaves = fields.Boolean(compute="_compute_codabox_leaves")

    @api.depends("module_ids")
    def _compute_codabox_leaves(self):
        for wizard in self:
            names = wizard._get_modules().mapped("name") if wizard.module_ids else []
            wizard.codabox_leaves = "account_codabox" in names
