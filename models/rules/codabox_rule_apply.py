import logging

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..booking.counterpart import Counterpart
from .codabox_rule_lines import MOST_LINES

_logger = logging.getLogger(__name__)


class CodaboxRule(models.Model):
    """Rules that are on book lines, each line in a savepoint of its own."""

    _inherit = "codabox.rule"

    def action_apply(self):
        """Book the open lines that these rules mean, in the companies of the user."""
        self._check_accountant()
        booked, problems = self.env["account.bank.statement.line"], {}
        for rule in self.filtered(lambda rule: rule.state == "on"):
            companies = rule._companies_of_user()
            lines = booked.with_context(allowed_company_ids=companies.ids).search(
                rule._line_domain(companies) & Domain("is_reconciled", "=", False), limit=MOST_LINES
            )
            done, wrong = rule._apply(lines)
            booked |= done
            problems |= wrong
        return booked._codabox_told(self.env._("Bank lines booked: %s.", len(booked)), problems)

    def _on_for(self, companies):
        """Return the rules that are on for these companies, whoever asks."""
        offices = set().union(*self._office_of(companies).values(), companies)
        rules = self.sudo().search(
            [("state", "=", "on"), ("company_id", "in", [office.id for office in offices])]
        )
        each = rules._companies_each()
        return rules.filtered(lambda rule: each[rule] & companies)

    def _apply(self, lines):
        """Book each of these lines by the first of these rules that means it.

        What may pay an invoice is left: it is matched by a person, or by itself where exact.

        :return: (the booked lines, line -> what went wrong)
        :rtype: tuple[account.bank.statement.line, dict]
        """
        lines = lines.filtered(lambda line: line._codabox_is_open())
        companies = self.sorted("sequence")._companies_each()
        pairs = [(line, self._first_for(line, companies)) for line in lines]
        meant = lines.browse([line.id for line, rule in pairs if rule])
        paying = meant.filtered(lambda m: m.codabox_proposal_ids or m.codabox_likely_id)
        problems, by_rule = {}, {}
        for line, rule in pairs:
            if not rule or line in paying:
                continue
            problem = line._codabox_try(rule._book, line)
            if problem:
                problems[line] = problem
            else:
                by_rule.setdefault(rule, []).append(line.id)
        for rule, ids in by_rule.items():
            name = self.env._("Rule: %s", rule.name)
            self.env["codabox.line.batch"]._keep(name, lines.browse(ids))
        return lines.browse([id for ids in by_rule.values() for id in ids]), problems

    def _first_for(self, line, companies):
        """Return the first rule that is for the company of a line and means it.

        None where the text of a payment to the State speaks of taxes on several accounts: which
        of them it pays, a person says.

        :param dict companies: rule -> its companies, the first rule first.
        """
        fits = [r for r, theirs in companies.items() if line.company_id in theirs and r._fits(line)]
        if not fits:
            return self.browse()
        to_state = self._is_state_account(line._codabox_rule_facts()["account"])
        accounts = {rule.account_code.rstrip("0") for rule in fits}
        return self.browse() if to_state and len(accounts) > 1 else fits[0]

    def _book(self, line):
        """Book a line as this rule says.

        :raise UserError: when its company lacks the account, or Odoo refuses.
        """
        account = self.sudo()._account_in(line.company_id)
        if not account:
            raise UserError(
                self.env._(
                    "Rule “%(rule)s”: %(company)s has no account %(code)s. Say once which one it is.",
                    rule=self.name,
                    company=line.company_id.name,
                    code=self.account_code,
                )
            )
        line._codabox_book(
            Counterpart(
                account, self.partner_id, self.tax_ids, self.analytic_distribution, self.label or ""
            )
        )


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    def _codabox_match_on_booking(self):
        # EXTENDS account_codabox: what pays no invoice may be what a rule means
        result = super()._codabox_match_on_booking()
        self._codabox_rules_on_booking()
        return result

    def _codabox_rules_on_booking(self):
        """Book by rules what was just imported. Never fails, and never stops what is being booked.

        A line that could not be booked says so in the history of its entry.
        """
        rules = self.env["codabox.rule"]._on_for(self.company_id)
        lines = self.filtered(lambda line: not line.is_reconciled) if rules else self.browse()
        if not lines:
            return
        lines = lines.with_context(lang=lines.company_id[:1].partner_id.lang)
        try:
            with self.env.cr.savepoint():
                _booked, problems = rules.with_context(lang=lines.env.lang)._apply(lines)
        except OperationalError:
            raise
        except Exception:
            _logger.exception("CodaBox bank lines %s: not booked by rules", lines.ids)
            return
        for line, problem in problems.items():
            line.move_id.message_post(body=line.env._("Not booked: %(error)s", error=problem))
