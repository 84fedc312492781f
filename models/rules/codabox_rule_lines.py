import re

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.base.models.res_bank import sanitize_account_number

from .codabox_rule import TRIED_DAYS

# More are not looked at one by one.
MOST_LINES = 5000


class CodaboxRule(models.Model):
    """Which bank lines a rule means."""

    _inherit = "codabox.rule"

    def _fits(self, line):
        """Return whether a bank line is what this rule says. Wages are no rule's."""
        self.ensure_one()
        said = line._codabox_rule_facts()
        return (
            not line._codabox_pays_wages()
            and (not self.sign or (self.sign == "in") == (line.amount > 0))
            and self._fits_amount(line)
            and (not self.code or self._fits_code(said["code"]))
            and (not self.account_number or said["account"] == self.account_number)
            and (not self.creditor or said["creditor"] == self.creditor.strip())
            and (not self.is_state or self._is_state_account(said["account"]))
            and (not self.text or self._fits_text(said["text"]))
        )

    def _fits_amount(self, line):
        amount, currency = abs(line.amount), line.currency_id
        return currency.compare_amounts(amount, self.amount_min) >= 0 and (
            not self.amount_max or currency.compare_amounts(amount, self.amount_max) <= 0
        )

    def _fits_code(self, code):
        wanted = [part.strip() for part in self.code.split(",")]
        return any(part and code.startswith(part) for part in wanted)

    def _fits_text(self, text):
        wanted = [part.strip() for part in self.text.split(",")]
        return any(
            part and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text, re.IGNORECASE)
            for part in wanted
        )

    def _line_domain(self, companies):
        """Return the domain of the lines among which those of this rule are."""
        domain = Domain("company_id", "in", companies.ids) & Domain("state", "=", "posted")
        if self.sign:
            domain &= Domain("amount", ">" if self.sign == "in" else "<", 0)
        return domain & self._details_domain()

    def _details_domain(self):
        """Return the domain of what the database itself can tell of a line, so that few are read."""
        details = SQL.identifier("account_bank_statement_line", "transaction_details")
        conditions = []
        if self.code:
            codes = [f"_{part.strip()}%" for part in self.code.split(",") if part.strip()]
            conditions.append(SQL("%s ->> 'code' LIKE ANY(%s)", details, codes))
        if self.creditor:
            conditions.append(SQL("%s ->> 'creditor_id' = %s", details, self.creditor.strip()))
        number = SQL("UPPER(REGEXP_REPLACE(account_number, '\\W', '', 'g'))")
        if self.account_number:
            conditions.append(SQL("%s = %s", number, self.account_number))
        if self.is_state:
            conditions.append(SQL("%s LIKE %s", number, "BE__679%"))
        if not conditions:
            return Domain.TRUE
        self.env["account.bank.statement.line"].flush_model(
            ["transaction_details", "account_number"]
        )
        where = SQL(" AND ").join(conditions)
        return Domain(
            "id", "in", SQL("(SELECT id FROM account_bank_statement_line WHERE %s)", where)
        )

    def _tried_lines(self):
        """Return the lines of the last 90 days that this rule means, in companies of the user."""
        self.ensure_one()
        since = fields.Date.context_today(self) - TRIED_DAYS
        companies = self._companies_of_user()
        lines = self.env["account.bank.statement.line"].with_context(
            allowed_company_ids=companies.ids
        )
        found = lines.search(
            self._line_domain(companies) & Domain("date", ">=", since), limit=MOST_LINES
        )
        return found.filtered(self._fits)

    def _booked_the_same(self, line):
        """Return whether a person booked this line on the account of this rule."""
        account = self.sudo()._account_in(line.company_id)
        return bool(account) and line.sudo()._codabox_booked_items().account_id == account


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    def _codabox_rule_facts(self):
        """Return what rules ask of this line.

        :return: ``code`` (family and operation), ``account``, ``creditor`` and ``text``.
        :rtype: dict[str, str]
        """
        self.ensure_one()
        details = self.transaction_details if self.codabox_key else None
        details = details if isinstance(details, dict) else {}
        said = (self.payment_ref, self.partner_name, details.get("communication"))
        return {
            "code": (details.get("code") or "")[1:5],
            "account": sanitize_account_number(self.account_number or "") or "",
            "creditor": details.get("creditor_id") or "",
            "text": "\n".join(filter(None, said)),
        }
