from odoo import fields, models


class CodaboxRule(models.Model):
    """For which companies a rule is."""

    _inherit = "codabox.rule"

    not_company_ids = fields.Many2many(
        "res.company",
        "codabox_rule_not_company_rel",
        string="Not for",
        help="Clients that book or match such lines otherwise.",
    )

    def _companies(self):
        """Return the companies that this rule is for.

        One that is on books by itself, but only where the person who switched it on may book.
        """
        self.ensure_one()
        return self._companies_each()[self]

    def _companies_each(self):
        """Return rule -> the companies that it is for, as ``_companies``; of all in a few queries.

        :rtype: dict
        """
        clients = self._clients_of(self.filtered(lambda r: r.scope == "clients").company_id)
        found = {}
        for rule in self:
            companies = rule.company_id
            if rule.scope == "clients":
                companies |= clients[rule.company_id]
                companies -= rule.sudo().not_company_ids.sudo(False)
                if rule.state == "on":
                    companies &= rule._switcher_companies()
            found[rule] = companies
        return found

    def _clients_of(self, offices):
        """Return office -> the companies of its clients.

        :param res.company offices: companies that have connections.
        :rtype: dict
        """
        feeds = self.env["codabox.feed"].sudo()
        rows = feeds._read_group(
            [("connection_id.company_id", "in", offices.ids), ("company_id", "!=", False)],
            ["connection_id", "company_id"],
        )
        found = dict.fromkeys(offices, self.env["res.company"])
        ids = {}
        for connection, company in rows:
            ids.setdefault(connection.company_id.id, []).append(company.id)
        return {office: found[office].browse(ids.get(office.id, ())) for office in offices}

    def _switcher_companies(self):
        """Return the companies in which the person may book who switched this rule on."""
        return self.sudo().switched_by_id.company_ids.sudo(False)

    def _companies_of_user(self):
        """Return those of its companies that this user has; the weekly job has them all."""
        companies = self._companies()
        return companies if self.env.su else companies & self.env.user.company_ids
