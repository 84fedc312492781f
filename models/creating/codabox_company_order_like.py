from odoo import models
from odoo.fields import Command

# Of a journal that both charts brought, and of one that only the template company has.
JOURNAL_FIELDS = ("code", "active", "sequence", "show_on_dashboard", "refund_sequence")
EXTRA_TYPES = ("sale", "purchase", "general", "cash")
# How a company books, by itself. Who may read what, what leaves the house and when, locks and book
# year are decided for each company: none of them is here.
SETTINGS = (
    "tax_calculation_rounding_method",
    "codabox_vat_regime",
    "codabox_soda_date",
    "codabox_soda_post",
    "codabox_create_suppliers",
    "codabox_expense_target",
    "codabox_sales_state",
    "codabox_cents_limit",
)
ACCOUNTS = (
    "codabox_private_account_id",
    "codabox_foreign_vat_account_id",
    "codabox_soda_suspense_account_id",
)
JOURNALS = (
    "codabox_purchase_journal_id",
    "codabox_sale_journal_id",
    "codabox_expense_journal_id",
    "codabox_soda_journal_id",
)
TAXES = ("account_sale_tax_id", "account_purchase_tax_id")


class CodaboxCompanyOrder(models.Model):
    """Like the template company: journals, taxes, settings, payroll mapping and rules.

    Accounts are found by their number in the new chart, and told once where one is missing: what a
    company has beside its chart may be named after its people. For the same reason nothing is taken
    over that names another party: partners, account numbers, creditors.
    """

    _inherit = "codabox.company.order"

    def _copy_template(self, company):
        """Take over how the template company books; return what could not be.

        :rtype: list[tuple[str, dict]]
        """
        template = self.template_company_id
        chart = self.env["codabox.soda.mapping"]._chart(company)
        missing = set()
        journals = self._copy_journals(template, company, chart, missing)
        taxes = self._copy_taxes(template, company)
        self._copy_settings(template, company, journals, taxes, chart, missing)
        self._copy_mapping(template, company, chart, missing)
        self._copy_rules(template, company, taxes, missing)
        if not missing:
            return []
        return [("create_accounts_missing", {"numbers": ", ".join(sorted(missing))})]

    def _twin(self, account, template, chart, missing):
        """Return the account with the same number, empty and noted when there is none."""
        code = account.with_company(template).code
        if code and code not in chart:
            missing.add(code)
        return chart.get(code, account.browse())

    # -------------------------------------------------------------------------
    # Journals and taxes
    # -------------------------------------------------------------------------

    def _chart_pairs(self, model, template, company):
        """Return record of the template company -> the one that the chart brought to the new one.

        :rtype: dict
        """
        data = self.env["ir.model.data"]
        domain = [("module", "=", "account"), ("model", "=", model)]
        prefix, mine = f"{template.id}_", f"{company.id}_"
        rows = data.search([*domain, ("name", "=like", f"{prefix}%")])
        new = data.search([*domain, ("name", "=like", f"{mine}%")])
        ids = {row.name.removeprefix(mine): row.res_id for row in new if row.name.startswith(mine)}
        records = self.env[model].with_context(active_test=False)
        pairs = {}
        for row in rows:
            key = row.name.removeprefix(prefix)
            if row.name.startswith(prefix) and key in ids:
                pairs[records.browse(row.res_id)] = records.browse(ids[key])
        return pairs

    def _copy_journals(self, template, company, chart, missing):
        """Name the journals of the chart like those of the template, and make its other ones.

        :return: journal of the template company -> that of the new one.
        :rtype: dict
        """
        pairs = {
            old: new
            for old, new in self._chart_pairs("account.journal", template, company).items()
            if old.type not in ("bank", "credit")
        }
        for old, new in pairs.items():
            new.write(_changed(new, {name: old[name] for name in JOURNAL_FIELDS}))
            self._copy_name(old, new)
        journals = self.env["account.journal"]
        theirs = journals.search([("company_id", "=", template.id), ("type", "in", EXTRA_TYPES)])
        for old in theirs:
            if old not in pairs:
                account = self._twin(old.default_account_id, template, chart, missing)
                pairs[old] = self._copy_journal(old, company, account)
        return pairs

    def _copy_journal(self, old, company, account):
        values = {name: old[name] for name in JOURNAL_FIELDS}
        if old.type != "cash":  # a till gets an account of its own from Odoo
            values["default_account_id"] = account.id
        new = (
            self.env["account.journal"]
            .with_company(company)
            .create({**values, "name": old.name, "type": old.type, "company_id": company.id})
        )
        self._copy_name(old, new)
        return new

    def _copy_name(self, old, new):
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        names = {lang: old.with_context(lang=lang).name for lang in langs}
        new.update_field_translations("name", names)

    def _copy_taxes(self, template, company):
        """Have the taxes of the chart on or off as in the template company, in its order.

        :return: tax of the template company -> that of the new one.
        :rtype: dict
        """
        pairs = self._chart_pairs("account.tax", template, company)
        for old, new in pairs.items():
            if changed := _changed(new, {"active": old.active, "sequence": old.sequence}):
                new.write(changed)
        return pairs

    # -------------------------------------------------------------------------
    # Settings
    # -------------------------------------------------------------------------

    def _copy_settings(self, template, company, journals, taxes, chart, missing):
        values = {name: template[name] for name in SETTINGS}
        for name in ACCOUNTS:
            if template[name]:
                values[name] = self._twin(template[name], template, chart, missing).id
        for names, pairs in ((JOURNALS, journals), (TAXES, taxes)):
            for name in names:
                old = template[name].with_context(active_test=False)
                if not old or old in pairs:
                    values[name] = pairs[old].id if old else False
        company.write(_changed(company, values))

    # -------------------------------------------------------------------------
    # Payroll mapping and rules
    # -------------------------------------------------------------------------

    def _copy_mapping(self, template, company, chart, missing):
        """Map payroll codes on the same accounts; amounts, months and labels are nobody else's."""
        mappings = self.env["codabox.soda.mapping"]
        rows = mappings.search([("company_id", "=", template.id), ("account_id", "!=", False)])
        mappings.with_company(company).create(
            [
                {
                    "company_id": company.id,
                    "source": row.source,
                    "code": row.code,
                    "account_id": account.id,
                }
                for row in rows
                if (account := self._twin(row.account_id, template, chart, missing))
            ]
        )

    def _copy_rules(self, template, company, taxes, missing):
        """Propose the rules of the template company that name nobody; each is tried here first.

        A text may be somebody's name, but where the other party is the State.
        """
        rules = self.env["codabox.rule"].search(
            [
                ("company_id", "=", template.id),
                ("scope", "=", "company"),
                ("state", "=", "on"),
                ("partner_id", "=", False),
                ("account_number", "=", False),
                ("creditor", "=", False),
                *("|", ("is_state", "=", True), ("text", "=", False)),
            ]
        )
        for rule in rules.filtered(lambda r: not r.analytic_distribution):
            if not all(tax in taxes for tax in rule.tax_ids):
                continue
            values = self._prepare_rule(rule, template, company)
            new = rule.with_company(company).create(
                {**values, "tax_ids": [Command.set([taxes[tax].id for tax in rule.tax_ids])]}
            )
            if not new._account_in(company):
                missing.add(rule.account_code)

    def _prepare_rule(self, rule, template, company):
        account = rule._account_in(template).with_company(template)
        names = ("name", "sequence", "code", "is_state", "text", "sign", "label")
        return {
            **{name: rule[name] for name in names},
            "amount_min": rule.amount_min,
            "amount_max": rule.amount_max,
            "account_code": account.code or rule.account_code,
            "company_id": company.id,
        }


def _changed(record, values):
    """Return those of some values that a record has otherwise; relations by their id."""
    convert = record._fields
    return {
        name: value
        for name, value in values.items()
        if convert[name].convert_to_write(record[name], record) != value
    }
