from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.common.own_company import in_own_company


class CodaboxSodaCopy(models.TransientModel):
    """Take payroll mappings over into another company of the office, by account code."""

    _name = "codabox.soda.copy"
    _inherit = "codabox.dialog.mixin"
    _description = "Copy payroll mapping"

    mapping_ids = fields.Many2many("codabox.soda.mapping", required=True)
    company_id = fields.Many2one(
        "res.company",
        "Into company",
        domain=lambda self: [("id", "in", self.env.companies.ids)],
    )

    is_for_all = fields.Boolean("All my clients with this secretariat")

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
        companies = self._companies()
        if not companies or companies - self.env.user.company_ids:
            raise UserError(self.env._("You do not keep the books of this company."))
        copied = self.env["codabox.soda.mapping"]
        for company in companies:
            copied |= self._copy_into(company)
        return copied._action_open(self.env._("Payroll mapping"))

    def _companies(self):
        """Return the companies to copy into.

        All clients: those that the user keeps, and that had a payroll of this secretariat.
        """
        if not self.is_for_all:
            return self.company_id
        sources = [source for source in self.mapping_ids.mapped("source") if source]
        rows = self.env["codabox.soda.mapping"].search([("source", "in", sources)])
        return (rows.company_id | self.mapping_ids.company_id) & self.env.user.company_ids

    def _copy_into(self, company):
        """Map the codes in one company; return the rows there, mapped before or not."""
        target = in_own_company(self.env["codabox.soda.mapping"], company).with_company(company)
        chart = target._chart(company)
        copied = target
        for mapping in self.mapping_ids.filtered("account_id"):
            code = mapping.account_id.with_company(mapping.company_id).code
            row = target._row(company, mapping.source or "", mapping.code)
            if code in chart and not row.account_id:
                analytic = self._prepare_analytic(mapping, company)
                row.write({"account_id": chart[code].id, **analytic})
            copied |= row
        return copied

    def _prepare_analytic(self, mapping, company):
        """Return the analytic distribution to take over: of accounts that the company may use.

        :param codabox.soda.mapping mapping: the row that is copied.
        :param res.company company: into which.
        :rtype: dict
        """
        ids = {int(id_) for key in mapping.analytic_distribution or {} for id_ in key.split(",")}
        accounts = self.env["account.analytic.account"].sudo().browse(ids).exists()
        usable = ids and len(accounts) == len(ids) and accounts.company_id <= company.parent_ids
        return {"analytic_distribution": mapping.analytic_distribution} if usable else {}
