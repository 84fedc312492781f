from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.res_users_roles import ACCOUNTANTS

TODO = "account_codabox.mail_activity_type_rule_silent"
NAMES_SHOWN = 5


class CodaboxRule(models.Model):
    """A rule for all clients books where the person may book who switched it on; when he leaves, nowhere.

    It is said once in a to-do, and on the rule as long as it is so; another one takes it over.
    """

    _inherit = "codabox.rule"

    is_silent = fields.Boolean("Books nothing", compute="_compute_silent")
    silent_text = fields.Char(compute="_compute_silent")
    silent_told = fields.Boolean(readonly=True, copy=False, export_string_translation=False)

    def _switcher_companies(self):
        # EXTENDS account_codabox: who left, or keeps no books any more, books no more either
        user = self.sudo().switched_by_id
        may_book = user.active and any(user.has_group(group) for group in ACCOUNTANTS)
        companies = super()._switcher_companies()
        return companies if may_book else companies.browse()

    @api.depends("state", "scope", "switched_by_id", "company_id", "not_company_ids")
    @api.depends_context("uid")
    def _compute_silent(self):
        self.is_silent = self.silent_text = False
        rules = self.filtered(lambda rule: rule.state == "on" and rule.scope == "clients")
        books = rules._companies_each()
        clients = self._clients_of(rules.company_id)
        for rule in rules:
            wanted = (rule.company_id | clients[rule.company_id]) - rule.sudo().not_company_ids
            lacking = (wanted - books[rule]) & self.env.user.company_ids
            rule.is_silent = not books[rule]
            rule.silent_text = rule._silent_words(lacking) if rule.is_silent or lacking else False

    def _silent_words(self, lacking):
        """Return where this rule books nothing, and why.

        :param res.company lacking: the clients in which it does not, as far as the reader has them.
        """
        user = self.sudo().switched_by_id.name or self.env._("Who left")
        if self.is_silent:
            return self.env._(
                "Books nothing any more: %(user)s, who switched it on, may not book for these "
                "clients. Take it over.",
                user=user,
            )
        names = ", ".join(lacking[:NAMES_SHOWN].mapped("name"))
        return self.env._(
            "Books nothing in %(count)s of your companies, where %(user)s, who switched it on, may "
            "not book: %(companies)s. Who may takes it over.",
            count=len(lacking),
            user=user,
            companies=names,
        )

    def action_take_over(self):
        """Have these rules book in the companies of the user from now on.

        :raise UserError: for a rule that is off, or is for none of his companies.
        """
        self._check_accountant()
        for rule in self:
            wanted = rule.company_id | rule._clients_of(rule.company_id)[rule.company_id]
            if rule.state != "on" or not wanted & self.env.user.company_ids:
                text = self.env._("“%s” is not on, or is for none of your companies.", rule.name)
                raise UserError(text)
        self.sudo().write({"switched_by_id": self.env.uid, "silent_told": False})
        self._close_silent()

    def action_switch_on(self):
        """Extend: what is on again is no longer silent."""
        result = super().action_switch_on()
        self.sudo().silent_told = False
        self._close_silent()
        return result

    # -------------------------------------------------------------------------
    # Told once
    # -------------------------------------------------------------------------

    @api.model
    def _tell_silent(self):
        """Open a to-do for rules that went silent, for who looks after their connection."""
        on = self.sudo().search([("state", "=", "on"), ("scope", "=", "clients")])
        silent = on.filtered("is_silent")
        new = silent.filtered(lambda rule: not rule.silent_told)
        for office, rules in new.grouped("company_id").items():
            connection = self._connection_of(office)
            if connection:
                everything = silent.filtered(lambda r, o=office: r.company_id == o)
                connection._keep_todo(TODO, everything._todo_words)
                rules.silent_told = True

    @api.model
    def _connection_of(self, office):
        """Return the first connection of an office."""
        connections = self.env["codabox.connection"].sudo()
        return connections.search([("company_id", "=", office.id)], order="id", limit=1)

    def _todo_words(self, lang):
        """Return what the to-do says in a language."""
        return self.with_context(lang=lang).env._(
            "These rules book nothing any more, since who switched them on has left: %(rules)s. "
            "Open Rules for bank lines and press Take over.",
            rules=", ".join(self.mapped("name")),
        )

    def _close_silent(self):
        """Close the to-do of offices of which no rule is silent any more."""
        rules = self.sudo()
        rules.invalidate_recordset(["is_silent", "silent_text"])
        for office in rules.company_id:
            still = rules.search([("state", "=", "on"), ("company_id", "=", office.id)])
            if not any(still.mapped("is_silent")):
                self._connection_of(office).activity_feedback([TODO])


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        # EXTENDS base: who leaves takes the permission of his rules with him
        result = super().write(vals)
        if vals.get("active") is False:
            self.env["codabox.rule"]._tell_silent()
        return result
