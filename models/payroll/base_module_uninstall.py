import logging

from odoo import api, fields, models

_logger = logging.getLogger(__name__)


class IrAttachment(models.Model):
    """Payroll files when this add-on leaves: with it goes the rule that keeps them closed."""

    _inherit = "ir.attachment"

    @api.model
    def _codabox_detach_payroll(self):
        """Take payroll files from their entries: from then on only administrators read them.

        Never raises and may be called again. Odoo opens a file that belongs to no record to
        administrators and to its maker, so it gets no maker either. Written to the tables: while
        an add-on leaves, a locked entry or a rule of others must not keep a file open.
        """
        self.env.flush_all()
        try:
            with self.env.cr.savepoint():
                self._codabox_forget_payroll_files()
        except Exception:
            _logger.exception("Payroll files could not be taken from their entries")
        self.env.invalidate_all()

    def _codabox_forget_payroll_files(self):
        self.env.cr.execute(
            """
            WITH detached AS (
                UPDATE ir_attachment AS file
                   SET name = concat_ws(' ', owner.number, file.name),
                       res_model = NULL, res_id = NULL, res_field = NULL,
                       public = false, access_token = NULL, create_uid = %(nobody)s
                  FROM (SELECT payroll.id,
                               CASE WHEN move.name IS NULL OR move.name = '/'
                                    THEN '#' || payroll.res_id ELSE move.name END AS number
                          FROM ir_attachment AS payroll
                     LEFT JOIN account_move AS move
                            ON payroll.res_model = 'account.move' AND move.id = payroll.res_id
                         WHERE payroll.codabox_payroll AND payroll.res_id IS NOT NULL) AS owner
                 WHERE file.id = owner.id
             RETURNING file.id
            ), shown AS (
                UPDATE account_move SET message_main_attachment_id = NULL
                 WHERE message_main_attachment_id IN (SELECT id FROM detached)
            )
            DELETE FROM message_attachment_rel
             WHERE attachment_id IN (SELECT id FROM detached)
            """,
            {"nobody": api.SUPERUSER_ID},
        )


class BaseModuleUninstall(models.TransientModel):
    """What goes and what stays when this add-on is uninstalled, said before it is."""

    _inherit = "base.module.uninstall"

    codabox_leaves = fields.Boolean(compute="_compute_codabox_leaves")

    @api.depends("module_ids")
    def _compute_codabox_leaves(self):
        for wizard in self:
            names = wizard._get_modules().mapped("name") if wizard.module_ids else []
            wizard.codabox_leaves = "account_codabox" in names
