from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from ...codabox import describe_code
from .codabox_rule_lines import MOST_LINES
from .starters import starters

LEARNED_DAYS = timedelta(days=365)
# So often somebody did it before it is called a habit.
LEAST = 3
# What tells lines that belong together, the surest first.
KEYS = ("account", "creditor", "code")
TOLD_APART_BY = ("account_number", "creditor", "code", "text", "sign")


class CodaboxRule(models.Model):
    """Rules that what was booked before proposes, and starters where there are such lines.

    In one list. Nothing is booked by a proposal. What somebody switched off is not proposed again.
    """

    _inherit = "codabox.rule"

    @api.model
    def _propose(self, companies):
        """Propose rules for these companies, each on its own.

        :param res.company companies: whose lines the user reads.
        """
        usual = starters(fields.Date.context_today(self))
        for company in companies:
            known = {self._key_of(rule) for rule in self._rules_for(company)}
            new = [
                {**vals, "name": self.env._(vals["name"]), "company_id": company.id}
                for vals in (*self._habits(company), *usual)
                if self._key_of(vals) not in known
            ]
            # Who may not write rules here gets no proposals made either.
            counts = [vals.pop("learned_count", 0) for vals in new]
            made = self.create(new)
            for rule, count in zip(made.sudo(), counts, strict=True):
                rule.write({"learned_count": count, "is_found": True})
            made.action_try()
            # A starter is proposed where such lines are and nobody does them otherwise.
            made.filtered(lambda rule: not rule.tried_open and not rule.learned_count).unlink()

    @api.model
    def _rules_for(self, company):
        """Return the rules of a company, and those for all clients of its offices that are for it."""
        rules = self.sudo()
        offices = self._office_of(company).get(company, ())
        found = rules.search([("company_id", "=", company.id)])
        for office in offices:
            found |= rules.search([("scope", "=", "clients"), ("company_id", "=", office.id)])
        return found.filtered(lambda rule: company not in rule.not_company_ids)

    @api.model
    def _key_of(self, said):
        """Return what tells one rule from another.

        :param said: a rule, or the values of one.
        """
        return tuple(
            (said.get(name) if isinstance(said, dict) else said[name]) or ""
            for name in TOLD_APART_BY
        )

    @api.model
    def _habits(self, company):
        """Return the values of rules for what was booked on one account each time.

        Never by the account of the State alone: what is paid there are taxes of all kinds.

        :rtype: list[dict]
        """
        groups = defaultdict(list)
        for line in self._booked_lines(company):
            said = line._codabox_rule_facts()
            name = next((name for name in KEYS if said[name]), None)
            if name and not self._is_state_account(said["account"]):
                groups[name, said[name], line.amount > 0].append(line)
        habits = (
            self._habit(company, key, self.env["account.bank.statement.line"].union(*lines))
            for key, lines in groups.items()
            if len(lines) >= LEAST
        )
        return [vals for vals in habits if vals]

    @api.model
    def _habit(self, company, key, lines):
        """Return the values of a rule for lines that are told apart by a key, if all are one.

        :param tuple key: name and value of what tells them apart, and whether it is money in.
        """
        name, value, is_in = key
        each = [line._codabox_booked_items() for line in lines.sudo()]
        items = self.env["account.move.line"].sudo().union(*each)
        account = items.account_id
        if len(account) != 1 or len(items) != len(lines) or items.tax_ids:
            return None
        partners = items.partner_id
        field = {"account": "account_number"}.get(name, name)
        # A code is nobody's: what one line says may be the name of a person.
        language = (self.env.lang or "en")[:2]
        said = lines[-1:].partner_name or lines[-1:].payment_ref or value
        if name == "code":
            said = describe_code(f"0{value}000", language)
        return {
            "name": said[:1].upper() + said[1:],
            field: value,
            "sign": "in" if is_in else "out",
            "account_code": account.with_company(company).code,
            "partner_id": partners.id if len(partners) == 1 and name != "code" else False,
            "learned_count": len(lines),
        }

    @api.model
    def _booked_lines(self, company):
        """Return the lines of a year that a person booked on an account; wages are left out."""
        since = fields.Date.context_today(self) - LEARNED_DAYS
        model = self.env["account.bank.statement.line"].with_context(
            allowed_company_ids=company.ids
        )
        found = model.search(
            [
                ("company_id", "=", company.id),
                ("is_reconciled", "=", True),
                ("amount", "!=", 0),
                ("date", ">=", since),
                ("codabox_key", "!=", False),
            ],
            limit=MOST_LINES,
        )
        return found.filtered(
            lambda line: not line._codabox_pays_wages() and line.sudo()._codabox_booked_items()
        )
