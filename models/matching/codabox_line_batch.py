from odoo import api, fields, models


class CodaboxLineBatch(models.Model):
    """Bank lines of one company that were finished at once, and are undone as one.

    Made by *Match all exact* and by rules. A line that somebody undoes alone leaves its batch.
    """

    _name = "codabox.line.batch"
    _description = "Bank lines finished at once"
    _inherit = ["codabox.facts.mixin"]
    _order = "id desc"

    name = fields.Char("What", readonly=True, required=True)
    company_id = fields.Many2one("res.company", readonly=True, required=True, index=True)
    user_id = fields.Many2one("res.users", "Who", readonly=True, ondelete="set null")
    create_date = fields.Datetime("When", readonly=True)
    line_ids = fields.One2many(
        "account.bank.statement.line", "codabox_batch_id", "Bank lines", readonly=True
    )
    line_count = fields.Integer("Lines", compute="_compute_line_count")

    @api.depends("line_ids")
    def _compute_line_count(self):
        for batch in self:
            # The books are read by who may read this: it counts also what is not ticked now.
            batch.line_count = len(batch.sudo().line_ids)

    @api.model
    def _keep(self, name, lines):
        """Keep what was finished at once, of each company apart.

        :param str name: what was done, for people.
        :param account.bank.statement.line lines: those that were finished.
        """
        for company, theirs in lines.grouped("company_id").items():
            batch = self.sudo().create(
                {"name": name, "company_id": company.id, "user_id": self.env.uid}
            )
            theirs.sudo().codabox_batch_id = batch

    def action_undo(self):
        """Take all of these back that is still as it was done.

        :raise UserError: when a line lies in a closed period; nothing is undone then.
        """
        self.check_access("read")
        for batch in self:
            lines = batch.sudo().line_ids.sudo(False)
            lines.with_company(batch.company_id).with_context(
                allowed_company_ids=batch.company_id.ids
            ).action_codabox_undo_match()
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    codabox_batch_id = fields.Many2one(
        "codabox.line.batch",
        "Finished with",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    def action_codabox_undo_match(self):
        # EXTENDS account_codabox: what is undone was not finished with others
        undone = self.filtered("codabox_can_undo")
        result = super().action_codabox_undo_match()
        undone.sudo().codabox_batch_id = False
        return result
