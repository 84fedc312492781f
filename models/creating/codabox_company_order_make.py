from odoo import models
from odoo.fields import Command

from ...codabox import enterprise_number
from .plan import clean_zip


class CodaboxCompanyOrder(models.Model):
    """The maker: company, chart, journals and links of one client, all in one transaction.

    Whoever calls it is superuser and has asked `_find_problem`: nobody but an administrator of Odoo
    makes companies, and who ordered this one may do so by the judgement of this room.
    """

    _inherit = "codabox.company.order"

    def _make(self):
        """Make the company; nothing is committed before all of it is there.

        :return: what a person should look at.
        :rtype: list[tuple[str, dict]]
        """
        self.number = enterprise_number(self.number)
        accounts, notes = self._find_accounts()
        company = self._make_company()
        self._load_chart(company)
        notes += self._copy_template(company)
        self._make_bank_journals(company, accounts)
        self._make_payroll_journal(company)
        self._link(company)
        self.env["codabox.audit"].with_user(self.ordered_by_id).sudo()._note(
            "company_made", company, company
        )
        self.company_id = company
        return notes + self._data_notes()

    # -------------------------------------------------------------------------
    # Company and chart
    # -------------------------------------------------------------------------

    def _make_company(self):
        """Return the new company, without chart.

        Odoo loads the chart of the country by itself before it commits, and a second one over it: its
        own mark that a chart is being loaded leaves that to `_load_chart`.
        """
        partner = self._ensure_partner()
        return (
            self.env["res.company"]
            .with_context(chart_template_load=True, tracking_disable=True)
            .create(
                {
                    "name": partner.name,
                    "partner_id": partner.id,
                    "currency_id": self.env.ref("base.EUR").id,
                    "fiscalyear_last_day": self.fiscalyear_last_day,
                    "fiscalyear_last_month": self.fiscalyear_last_month,
                    "codabox_vat_period": self.vat_period,
                }
            )
        )

    def _ensure_partner(self):
        """Return the partner of the company: the one that the office has of this client, or a new one.

        What the office wrote on it stays as it is. One who signs in himself is never the company.

        :rtype: res.partner
        """
        digits, values = self.number[2:], self._prepare_partner()
        partners = self.env["res.partner"]._codabox_by_number(self.office_id, {digits})
        partner = partners.get(digits, self.env["res.partner"])
        if (
            not partner.active
            or partner.company_id
            or partner.with_context(active_test=False).user_ids
        ):
            return self.env["res.partner"].create(values)
        lacking = {name: value for name, value in values.items() if value and not partner[name]}
        partner.write({**lacking, "is_company": True})
        return partner

    def _prepare_partner(self):
        is_liable = bool(self.template_company_id.vat)
        return {
            "name": self.client_name.strip(),
            "is_company": True,
            "street": self.street,
            "street2": self.street2,
            "zip": clean_zip(self.zip) or self.zip,
            "city": self.city,
            "country_id": self.env.ref("base.be").id,
            "vat": is_liable and self.number,
            "company_registry": self.number[2:],
            "lang": self.lang or self.template_company_id.partner_id.lang,
        }

    def _load_chart(self, company):
        """Load the chart of the template company, as Odoo does, once."""
        code = self.template_company_id.chart_template
        self.env["account.chart.template"].try_loading(code, company, install_demo=False)

    # -------------------------------------------------------------------------
    # Journals
    # -------------------------------------------------------------------------

    def _make_bank_journals(self, company, accounts):
        """Make a journal for each account and currency; the chart brought one, which is the first.

        :param accounts: ``PlannedAccount`` values.
        """
        charts = self.env["account.chart.template"].with_company(company)
        ready = charts.ref("bank", raise_if_not_found=False)
        for account in sorted(accounts, key=lambda a: bool(a.currency)):
            bank = self._ensure_bank(account.bic)
            name = account.journal_name(self._bank_name(account.bic))
            if ready and not ready.bank_account_id and not account.currency:
                ready._codabox_call(name)
                ready.default_account_id._codabox_call(name)
                ready.set_bank_account(account.iban, bank.id)
            else:
                self._make_bank_journal(company, account, name, bank)

    def _make_bank_journal(self, company, account, name, bank):
        currency = self.env["res.currency"].search([("name", "=", account.currency)])
        self.env["account.journal"].with_company(company).create(
            {
                "name": name,
                "type": "bank",
                "company_id": company.id,
                "currency_id": account.currency and currency.id,
                "bank_acc_number": account.iban,
                "bank_id": bank.id,
                "suspense_account_id": company.account_journal_suspense_account_id.id,
            }
        )

    def _ensure_bank(self, bic):
        """Return the bank with a BIC, made where its name is known, else none."""
        banks, name = self.env["res.bank"], self._bank_name(bic)
        if not bic:
            return banks
        found = banks.search([("bic", "=ilike", f"{bic[:8]}%")], limit=1)
        return found or (banks.create({"name": name, "bic": bic}) if name else banks)

    def _make_payroll_journal(self, company):
        """Make the payroll journal where the client has payroll, or the template company has one."""
        if self.template_company_id.codabox_soda_journal_id or self.feed_id._has_payroll():
            company._codabox_payroll_journal()

    # -------------------------------------------------------------------------
    # Links
    # -------------------------------------------------------------------------

    def _link(self, company):
        """The client is this company: who ordered it and who is responsible may enter it.

        Its documents that wait are taken up by the night, which is woken.
        """
        users = (self.ordered_by_id | self.user_id).filtered("active")
        users.write({"company_ids": [Command.link(company.id)]})
        feed = self.feed_id
        feed._confirm_company(company)
        feed._ensure_kinds()
        kinds = feed.kind_ids
        kinds.filtered(lambda k: not k.book_until or k.book_until >= self.book_from).write(
            {"book_from": self.book_from}
        )
        if self.user_id:
            feed.user_id = self.user_id
        if self.closed_until:
            company.fiscalyear_lock_date = self.closed_until


class AccountJournal(models.Model):
    _inherit = "account.journal"

    def _codabox_call(self, name):
        """Give this journal a name, the same in all languages."""
        self.name = name
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        self.update_field_translations("name", dict.fromkeys(langs, name))


class AccountAccount(models.Model):
    _inherit = "account.account"

    _codabox_call = AccountJournal._codabox_call
