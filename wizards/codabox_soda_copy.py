from odoo import api, fields, models
from odoo.exceptions import UserError


class CodaboxSodaCopy(models.TransientModel):
    """Take payroll mappings over into another company of the office, by account code."""

    _name = "codabox.soda.copy"
    _inherit = "codabox.dialog.mixin"
    _description = "Copy payroll mapping"

    mapping_ids = fields.Many2many("codabox.soda.mapping", required=True)
    company_id = fields.Many2one(
        "res.company",
        "Into company",
        required=True,
        domain=lambda self: [("id", "in", self.env.companies.ids)],
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "codabox.soda.mapping":
            values["mapping_ids"] = [fields.Command.set(self.env.context["active_ids"])]
        return values

    def action_copy(self):
        """Map the same codes on the same account codes; what is mapped there already stays.

        :raise UserError: for a company that the user does not keep.
        """
        self.ensure_one()
        if self.company_id not in self.env.user.company_ids:
            raise UserError(self.env._("You do not keep the books of this company."))
        target = self.env["codabox.soda.mapping"].with_company(self.company_id)
        chart = target._chart(self.company_id)
        copied = target
        for mapping in self.mapping_ids.filtered("account_id"):
            code = mapping.account_id.with_company(mapping.company_id).code
            row = target._row(self.company_id, mapping.source or "", mapping.code)
            if code in chart and not row.account_id:
                row.account_id = chart[code]
            copied |= row
        return copied._action_open(self.env._("Payroll mapping"))
