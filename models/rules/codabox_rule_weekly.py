import logging
from datetime import timedelta

from odoo import api, fields, models

from ..common.contained import contained

_logger = logging.getLogger(__name__)

# A company is looked at again when so many days have passed.
EACH = timedelta(days=6)
# Whoever opens the list for the first time does not wait for a week; nor for more companies than these.
AT_ONCE = 5


class ResCompany(models.Model):
    _inherit = "res.company"

    codabox_rules_looked_on = fields.Date(
        "Rules looked for on", readonly=True, copy=False, export_string_translation=False
    )


class CodaboxRule(models.Model):
    """Once a week rules are proposed, in one list: company by company, then joined over clients."""

    _inherit = "codabox.rule"

    @api.model
    def _cron_propose(self):
        """Look for rules in each company that was not looked at this week, then join what is alike.

        What goes wrong in one company is logged and stops no other one; it is looked at again next
        week.
        """
        progress = self.env["ir.cron"]._commit_progress
        companies = self._companies_to_look_at()
        progress(remaining=len(companies) + 1)
        for company in companies:
            with contained(self.env, _logger, f"rules of company {company.id}", lambda facts: None):
                self._look_at(company)
            company.codabox_rules_looked_on = fields.Date.context_today(self)
            if not progress(1):
                return  # the next turn goes on
        with contained(self.env, _logger, "rules of all clients", lambda facts: None):
            self.with_context(lang=self.env.user.lang)._join()
            self._tell_silent()
        progress(1)

    @api.model
    def _companies_to_look_at(self):
        """Return the companies with bank journals that nobody looked at this week."""
        since = fields.Date.context_today(self) - EACH
        banks = self.env["account.journal"].search([("type", "=", "bank")])
        return banks.company_id.filtered(
            lambda c: not c.codabox_rules_looked_on or c.codabox_rules_looked_on < since
        ).sorted("id")

    @api.model
    def _look_at(self, company):
        """Propose rules for one company, in the language of its books."""
        self.with_context(lang=company.partner_id.lang)._propose(company)

    # -------------------------------------------------------------------------
    # The list
    # -------------------------------------------------------------------------

    @api.model
    def _action_open_rules(self):
        """Open the list of rules; what was never looked at is looked at now."""
        self.env["codabox.connection"]._require_accountant()
        companies = self.env.companies.filtered(lambda c: not c.codabox_rules_looked_on)
        self._look_now(companies[:AT_ONCE])
        return self.env["ir.actions.act_window"]._for_xml_id("account_codabox.codabox_rule_action")

    def action_look(self):
        """Look now for what is always booked the same, in the ticked companies; the job does all."""
        self.check_access("read")
        self.env["codabox.connection"]._require_accountant()
        self._look_now(self.env.companies[:AT_ONCE])
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _look_now(self, companies):
        """Propose rules for these companies as the user, who reads their lines."""
        self._propose(companies)
        companies.sudo().codabox_rules_looked_on = fields.Date.context_today(self)
