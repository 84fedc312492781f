from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.base.models.res_bank import sanitize_account_number

from ..common.own_company import opens_in_own_company

# How far back a rule is tried.
TRIED_DAYS = timedelta(days=90)
CONDITIONS = (
    "company_id", "scope", "code", "account_number", "creditor", "is_state", "text", "sign",
    "amount_min", "amount_max", "account_code", "account_ids", "not_company_ids",
)  # fmt: skip


class CodaboxRule(models.Model):
    """What bank lines are that pay no invoice and come back: charges, taxes, rent.

    A rule is proposed by what was booked before, or written by a person. It is tried on the last 90
    days before it is switched on, and a change of what it says switches it off.
    """

    _name = "codabox.rule"
    _description = "Rule for bank lines"
    _inherit = ["analytic.mixin", "codabox.facts.mixin"]
    _check_company_auto = True
    _order = "state, sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10, help="The first rule that fits a line books it.")
    state = fields.Selection(
        [("proposal", "Proposed"), ("on", "On"), ("off", "Off")],
        default="proposal",
        required=True,
        readonly=True,
    )
    switched_by_id = fields.Many2one(
        "res.users",
        "Switched on by",
        readonly=True,
        copy=False,
        help="A rule for all clients books in the companies that this person may enter.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    scope = fields.Selection(
        [("company", "This company"), ("clients", "All clients of this office")],
        "For",
        default="company",
        required=True,
    )
    # What a line must have; what is empty does not count.
    code = fields.Char(
        "Bank code",
        help="Family, or family and operation, of CODA: 80 or 3537. Several with commas between.",
    )
    account_number = fields.Char("Account of the other party")
    creditor = fields.Char(help="Identification of who collects a direct debit.")
    is_state = fields.Boolean("To the State", help="The other party has an account of the State.")
    text = fields.Char("Text has", help="Whole words. Several possibilities with commas between.")
    sign = fields.Selection([("out", "Money out"), ("in", "Money in")], "Direction")
    amount_min = fields.Float("Amount from", digits=(16, 2))
    amount_max = fields.Float("Amount up to", digits=(16, 2), help="0: no limit.")
    # What it becomes.
    account_code = fields.Char(
        "Account",
        required=True,
        help="Number of the MAR/PCMN. Each company has it as its chart has it; where it lacks, say "
        "the account once under Accounts.",
    )
    account_ids = fields.One2many("codabox.rule.account", "rule_id", "Accounts")
    missing = fields.Char("Account missing in", compute="_compute_missing")
    missing_text = fields.Char(compute="_compute_missing")
    partner_id = fields.Many2one("res.partner", check_company=True)
    tax_ids = fields.Many2many(
        "account.tax",
        string="Tax in the amount",
        check_company=True,
        domain="[('company_id', 'parent_of', company_id), ('amount_type', '!=', 'group')]",
        help="For one company only: a tax belongs to one.",
    )
    label = fields.Char(help="Empty: each line keeps its own text.")
    # What it would have done.
    is_found = fields.Boolean(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="Proposed by the software, and not changed by anybody.",
    )
    learned_count = fields.Integer("Booked so before", readonly=True)
    learned_clients = fields.Integer("By so many clients", readonly=True)
    learned_text = fields.Char("Why", compute="_compute_learned_text")
    tried_on = fields.Date("Tried on", readonly=True)
    tried_count = fields.Integer("Lines of 90 days", readonly=True)
    tried_same = fields.Integer("Booked the same", readonly=True)
    tried_other = fields.Integer("Booked or matched otherwise", readonly=True)
    tried_open = fields.Integer("Still open", readonly=True)
    tried_text = fields.Char("On the last 90 days", compute="_compute_tried_text")

    @api.depends("account_code", "scope", "company_id", "account_ids", "not_company_ids")
    def _compute_missing(self):
        for rule in self:
            companies = rule._companies_of_user()
            lacking = companies.filtered(lambda c, r=rule: not r.sudo()._account_in(c))
            rule.missing = ", ".join(lacking.mapped("name")) or False
            rule.missing_text = rule.missing and self.env._(
                "No account %(code)s in %(companies)s. Say under Accounts which one it is there.",
                code=rule.account_code,
                companies=rule.missing,
            )

    @api.depends("learned_count", "learned_clients", "account_code", "tried_open")
    def _compute_learned_text(self):
        for rule in self:
            facts = {
                "count": rule.learned_count,
                "account": rule.account_code,
                "clients": rule.learned_clients,
                "open": rule.tried_open,
            }
            text = False
            if rule.learned_count and rule.learned_clients > 1:
                text = self.env._(
                    "You booked %(count)s such lines on %(account)s in %(clients)s clients: as a "
                    "rule these would have been done.",
                    **facts,
                )
            elif rule.learned_count:
                text = self.env._(
                    "You booked %(count)s such lines on %(account)s: as a rule these would have "
                    "been done.",
                    **facts,
                )
            elif rule.is_found and rule.tried_open:
                text = self.env._("Such lines are open: %(open)s.", **facts)
            rule.learned_text = text

    @api.depends("tried_count", "tried_same", "tried_other", "tried_open")
    def _compute_tried_text(self):
        for rule in self:
            rule.tried_text = self.env._(
                "Lines of the last 90 days: %(count)s. Booked just so: %(same)s. Booked or matched "
                "otherwise: %(other)s. Still open: %(open)s.",
                count=rule.tried_count,
                same=rule.tried_same,
                other=rule.tried_other,
                open=rule.tried_open,
            )

    @api.constrains("code", "account_number", "creditor", "is_state", "text")
    def _check_says_something(self):
        for rule in self:
            if not (rule.code or rule.account_number or rule.creditor or rule.text):
                text = self.env._("Say at least one of: bank code, account, creditor, text.")
                raise ValidationError(text)
            to_state = rule.is_state or rule._is_state_account(rule.account_number)
            if to_state and not rule.text:
                raise ValidationError(
                    self.env._(
                        "VAT and other taxes go to accounts of the State alike: say also which "
                        "words the text has."
                    )
                )

    @api.constrains("scope", "tax_ids", "analytic_distribution")
    def _check_scope(self):
        for rule in self:
            if rule.scope == "clients" and (rule.tax_ids or rule.analytic_distribution):
                text = self.env._("A rule for all clients has no tax and no analytic distribution.")
                raise ValidationError(text)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._cleaned(vals) for vals in vals_list])

    def write(self, vals):
        vals = self._cleaned(vals)
        result = super().write(vals)
        if not self.env.su and any(self.sudo().mapped("is_found")):
            self.sudo().is_found = False  # a person's now: it is joined with no other one
        # A rule is not given to a company whose rules its writer may not see.
        self.check_access("write")
        if not vals.keys().isdisjoint(CONDITIONS):
            changed = self.filtered(lambda rule: rule.state == "on")
            changed.sudo().write({"state": "proposal", "tried_on": False})
        return result

    @api.model
    def _cleaned(self, vals):
        if vals.get("account_number"):
            vals = {**vals, "account_number": sanitize_account_number(vals["account_number"])}
        return vals

    @api.model
    def _is_state_account(self, number):
        """Return whether an account number is one of the Belgian State (bank 679)."""
        return bool(number) and number[:2] == "BE" and number[4:7] == "679"

    def _check_accountant(self):
        self.env["codabox.connection"]._require_accountant()
        self.check_access("write")

    # -------------------------------------------------------------------------
    # Tried, switched on and off
    # -------------------------------------------------------------------------

    def action_try(self):
        """Say what this rule would have done in the last 90 days."""
        self._check_accountant()
        for rule in self:
            found = rule._tried_lines()
            same = found.filtered(rule._booked_the_same)
            still_open = found.filtered(lambda line: not line.is_reconciled)
            rule.sudo().write(
                {
                    "tried_on": fields.Date.context_today(self),
                    "tried_count": len(found),
                    "tried_same": len(same),
                    "tried_open": len(still_open),
                    "tried_other": len(found - same - still_open),
                }
            )

    @opens_in_own_company
    def action_show_lines(self):
        """Open the bank lines of the last 90 days that this rule means."""
        self.ensure_one()
        self._check_accountant()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.account_bank_statement_line_action"
        )
        return action | {"domain": [("id", "in", self._tried_lines().ids)], "context": {}}

    def action_switch_on(self):
        """Have lines booked by these rules from now on.

        :raise UserError: when one was not tried yet, or has no account anywhere.
        """
        self._check_accountant()
        for rule in self:
            if not rule.tried_on:
                raise UserError(self.env._("Try “%s” on the last 90 days first.", rule.name))
            if not any(rule.sudo()._account_in(company) for company in rule._companies_of_user()):
                raise UserError(
                    self.env._(
                        "No company has account %(code)s. Say under Accounts which one it is.",
                        code=rule.account_code,
                    )
                )
        self.sudo().write({"state": "on", "switched_by_id": self.env.uid})

    def action_switch_off(self):
        """Book nothing more by these rules, and do not propose them again."""
        self._check_accountant()
        self.sudo().state = "off"
