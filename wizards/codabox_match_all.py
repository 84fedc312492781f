from odoo import api, fields, models

from ..models.common.own_company import open_in_own_company


class CodaboxMatchAll(models.TransientModel):
    """What *Match all exact* is going to do, before it does it."""

    _name = "codabox.match.all"
    _inherit = "codabox.dialog.mixin"
    _description = "Match all exact bank lines"

    line_ids = fields.Many2many("account.bank.statement.line", string="Exact", readonly=True)
    line_count = fields.Integer("Lines to match", compute="_compute_line_count")
    # Line id -> ids of what it pays, as a person saw it.
    expected = fields.Json(readonly=True)
    problems = fields.Text("Left alone", readonly=True)

    @api.depends("line_ids")
    def _compute_line_count(self):
        for wizard in self:
            wizard.line_count = len(wizard.line_ids)

    @api.model
    def _open(self, plan, problems):
        """Return the action that shows what would be matched.

        :param dict plan: bank line -> what it pays.
        :param dict problems: bank line -> why it cannot be matched.
        """
        lines = self.env["account.bank.statement.line"].union(*plan)
        wizard = self.create(
            {
                "line_ids": [fields.Command.set(lines.ids)],
                "expected": {str(line.id): moves.ids for line, moves in plan.items()},
                "problems": "\n".join(dict.fromkeys(problems.values())),
            }
        )
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Match all exact"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }
        return open_in_own_company(action, lines)

    def action_match(self):
        """Match what was shown; what changed since is left alone. All can be undone as one."""
        self.ensure_one()
        self.line_ids._codabox_check_accountant()
        expected = {int(line): ids for line, ids in (self.expected or {}).items()}
        matched, problems = self.line_ids._codabox_match_exact(expected)
        self.env["codabox.line.batch"]._keep(self.env._("Match all exact"), matched)
        told = self.line_ids._codabox_tell(matched, problems)
        told["params"]["next"] = {"type": "ir.actions.act_window_close"}
        return told
