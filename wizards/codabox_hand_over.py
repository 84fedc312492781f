from odoo import api, fields, models
from odoo.exceptions import UserError


class CodaboxHandOver(models.TransientModel):
    """Give all that one person is responsible for to another one: clients, connections, to-dos."""

    _name = "codabox.hand.over"
    _inherit = "codabox.dialog.mixin"
    _description = "Hand over CodaBox clients"

    from_user_id = fields.Many2one(
        "res.users", "Who hands over", required=True, context={"active_test": False},
        domain="[('share', '=', False)]",
    )  # fmt: skip
    to_user_id = fields.Many2one(
        "res.users",
        "Who gets it",
        required=True,
        domain="[('share', '=', False), ('id', '!=', from_user_id)]",
    )
    summary = fields.Text(compute="_compute_summary")
    left_text = fields.Text(compute="_compute_summary")

    @api.depends("from_user_id", "to_user_id")
    def _compute_summary(self):
        for wizard in self:
            wizard.summary = wizard.left_text = False
            if not wizard.from_user_id or not wizard.to_user_id:
                continue
            moved, left = wizard._what_moves()
            wizard.summary = self.env._(
                "Goes to %(user)s: clients %(clients)s, connections %(connections)s, to-dos %(todos)s.",
                user=wizard.to_user_id.name,
                clients=len(moved["codabox.feed"]),
                connections=len(moved["codabox.connection"]),
                todos=len(moved["mail.activity"]),
            )
            if left:
                wizard.left_text = self.env._(
                    "Stays as it is: %(count)s. You or %(user)s may not open it.",
                    user=wizard.to_user_id.name,
                    count=left,
                )

    def _what_moves(self):
        """Return what is handed over, and how much stays because one of both may not read it.

        Of all companies of both, ticked or not.

        :return: name of a model -> its records, and a number.
        :rtype: tuple[dict, int]
        """
        self.ensure_one()
        mine = [("user_id", "=", self.from_user_id.id)]
        moved, found = {}, 0
        for model in ("codabox.feed", "codabox.connection"):
            records = self.env[model].sudo().search(mine)
            moved[model] = self._readable(records)
            found += len(records)
        todos = self.env["mail.activity"].sudo()
        todos = todos.search([*mine, ("activity_type_id", "in", todos._codabox_types().ids)])
        moved["mail.activity"] = todos.browse()
        for model, about in todos.grouped("res_model").items():
            read = set(self._readable(self.env[model].browse(about.mapped("res_id"))).ids)
            moved["mail.activity"] |= about.filtered(lambda todo, ids=read: todo.res_id in ids)
        return moved, found + len(todos) - sum(map(len, moved.values()))

    def _readable(self, records):
        """Return those of some records that who hands over and who gets them may both read."""
        return self.to_user_id._codabox_readable(self.env.user._codabox_readable(records))

    def action_hand_over(self):
        """Hand over what was said; the new user hears of the to-dos in his morning mail.

        :raise AccessError: for anybody but an administrator.
        :raise UserError: when the new one is the old one, no longer active or no colleague.
        """
        self.ensure_one()
        self.env["codabox.connection"]._require_administrator()
        user = self.to_user_id
        if user == self.from_user_id or not user.active or user.share:
            raise UserError(self.env._("Choose another colleague to hand over to."))
        moved, _left = self._what_moves()
        moved["codabox.feed"].sudo().user_id = user
        moved["codabox.connection"].sudo().user_id = user
        todos = moved["mail.activity"]
        if self.env["res.users"]._codabox_has_morning_mail():
            todos = todos.with_context(mail_activity_quick_update=True)
        todos.write({"user_id": user.id, "codabox_told_on": False})
        return {"type": "ir.actions.client", "tag": "soft_reload"}
