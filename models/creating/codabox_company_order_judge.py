from odoo import api, models

from ...codabox import bank_name, enterprise_number
from ...reasons import company_fact
from ..connection.codabox_feed import enterprise_digits
from .codabox_company_order import MANAGER
from .plan import clean_zip, language_for, planned_accounts

ADMINISTRATOR = "account_codabox.group_administrator"


class CodaboxCompanyOrder(models.Model):
    """What stands in the way of a company, and what its maker should look at; nothing is changed."""

    _inherit = "codabox.company.order"

    def _find_problem(self):
        """Return the code and the facts of what stands in the way, an empty code when nothing does.

        Closed until known to be open: the person who ordered is asked again for his rights.

        :rtype: tuple[str, dict]
        """
        self.ensure_one()
        for look in (self._lacks_right, self._lacks_template, self._lacks_client, self._lacks_data):
            code, facts = look()
            if code:
                return code, facts
        return self._finds_company()

    def _lacks_right(self):
        user, office = self.ordered_by_id, self.office_id
        groups = (ADMINISTRATOR, MANAGER)
        may = user.active and all(user.has_group(group) for group in groups)
        if may and office in user.company_ids:
            return "", {}
        return "create_right_lost", {"user": user.name}

    def _lacks_template(self):
        template = self.template_company_id
        if (
            template in self.ordered_by_id.company_ids
            and template.active
            and template.chart_template
        ):
            return "", {}
        return "create_template_lost", {"company": company_fact(template)}

    def _lacks_client(self):
        feed = self.feed_id
        if feed.company_id:
            return "create_has_company", {"company": company_fact(feed.company_id)}
        return ("create_client_ended" if feed.state == "ended" else ""), {}

    def _lacks_data(self):
        if not (self.client_name or "").strip():
            return "create_name_missing", {}
        if not (self.number or "").strip():
            return "create_number_missing", {}
        number = enterprise_number(self.number)
        if not number:
            return "create_number_wrong", {"number": self.number}
        theirs = enterprise_digits(self.feed_id.enterprise_number)
        if enterprise_number(theirs) and theirs != number[2:]:
            return "create_number_other", {"number": self.number, "codabox": theirs}
        return "", {}

    def _finds_company(self):
        """The enterprise number says who it is: whoever has it is that company, archived too."""
        found = self._company_with(enterprise_number(self.number)[2:])
        if not found:
            return "", {}
        return "create_company_exists", {
            "number": self.number,
            "company": company_fact(found),
            "existing": found.id,
        }

    @api.model
    def _company_with(self, number):
        """Return the company with an enterprise number, whoever may enter it.

        :param str number: ten digits.
        :rtype: res.company
        """
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        having = companies.search(["|", ("company_registry", "!=", False), ("vat", "!=", False)])
        same = having.filtered(lambda c: c._codabox_enterprise_number() == number)
        return same.sorted("active", reverse=True)[:1]

    # -------------------------------------------------------------------------
    # Accounts
    # -------------------------------------------------------------------------

    def _find_accounts(self):
        """Return the accounts that get a journal, and a note on each that gets none.

        :rtype: tuple[list[PlannedAccount], list[tuple[str, dict]]]
        """
        known = self.feed_id.known_facts or {}
        accounts, notes = planned_accounts(known, self.feed_id._mandate_accounts(), "EUR")
        taken = self._journals_elsewhere({account.iban for account in accounts})
        codes = [account.currency for account in accounts]
        active = set(self.env["res.currency"].search([("name", "in", codes)]).mapped("name"))
        usable = []
        for account in accounts:
            if account.iban in taken:
                facts = {"account": account.iban, "company": company_fact(taken[account.iban])}
                notes.append(("create_account_elsewhere", facts))
            elif account.currency and account.currency not in active:
                facts = {"account": account.iban, "currency": account.currency}
                notes.append(("create_currency_inactive", facts))
            else:
                usable.append(account)
        unknown = {account.iban for account in usable if not self._bank_name(account.bic)}
        notes += [("create_bank_unknown", {"account": iban}) for iban in sorted(unknown)]
        if not accounts and not notes:
            notes.append(("create_no_account", {}))
        return usable, notes

    @api.model
    def _journals_elsewhere(self, ibans):
        """Return IBAN -> the companies that have a journal of it."""
        journals = self.env["account.journal"].sudo().with_context(active_test=False)
        found = journals.search([("bank_account_id.sanitized_acc_number", "in", list(ibans))])
        by_number = found.grouped(lambda j: j.bank_account_id.sanitized_acc_number)
        return {number: journals.company_id for number, journals in by_number.items()}

    def _bank_name(self, bic):
        """Return how people call a bank, empty when nobody knows it."""
        name = self.feed_id.connection_id._codabox_bank_name(bic)
        return bank_name(bic) or ("" if name == bic else name)

    def _data_notes(self):
        """Return what of the client should be looked at, and stops nothing."""
        notes = []
        if not clean_zip(self.zip):
            notes.append(("create_zip", {"text": self.zip or ""}))
        known = (self.feed_id.known_facts or {}).get("language")
        _lang, is_same = language_for(known, dict(self._installed_languages()), "")
        if not is_same:
            notes.append(("create_language", {"text": known}))
        if self.feed_id._has_payroll():
            notes.append(("create_payroll_readers", {}))
        return notes
