from odoo import api, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """What our settings of a company name of the books is of that company.

    Odoo does not check this of companies: it says so later, of every entry, in words that help
    nobody, or books where the journal is.
    """

    _inherit = "res.company"

    def _codabox_books_fields(self):
        """Return the names of our settings that name a journal, an account or a customer."""
        return [
            name
            for name, field in self._fields.items()
            if name.startswith("codabox_") and field.relational and field.check_company
        ]

    @api.constrains(_codabox_books_fields)
    def _codabox_check_books(self):
        for company in self:
            for name in company._codabox_of_others():
                raise ValidationError(
                    self.env._(
                        "%(setting)s: choose one of %(company)s.",
                        setting=self._fields[name].get_description(self.env)["string"],
                        company=company.name,
                    )
                )

    def _codabox_of_others(self):
        """Return the names of those settings that name something of another company."""
        self.ensure_one()
        found = []
        for name in self._codabox_books_fields():
            record = self.sudo().with_context(active_test=False)[name]
            if record != record.filtered_domain(record._check_company_domain(self)):
                found.append(name)
        return found
