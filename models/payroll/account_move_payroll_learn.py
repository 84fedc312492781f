from odoo import api, fields, models
from odoo.fields import Command


class AccountMove(models.Model):
    """Learning from an accountant who changes the account of a code on a draft payroll entry.

    Nothing listens to the change: an item whose account differs from the one that the mapping gave
    it has a question open, however it was changed, until a person answers it.
    """

    _inherit = "account.move"

    codabox_unmapped_count = fields.Integer(
        "Codes without account", compute="_compute_codabox_codes", compute_sudo=True
    )
    codabox_question = fields.Text(compute="_compute_codabox_codes", compute_sudo=True)

    @api.depends(
        "state",
        "codabox_payroll_id",
        "line_ids.account_id",
        "line_ids.codabox_soda_account_id",
        "company_id.codabox_soda_suspense_account_id",
    )
    @api.depends_context("lang")
    def _compute_codabox_codes(self):
        for move in self:
            drafts = move if move.state == "draft" and move.codabox_payroll_id else move.browse()
            suspense = move.company_id.codabox_soda_suspense_account_id
            unmapped = drafts.line_ids.filtered(
                lambda line, suspense=suspense: (
                    line.codabox_soda_code and line.account_id == suspense
                )
            )
            move.codabox_unmapped_count = len(set(unmapped.mapped("codabox_soda_code")))
            changed = drafts._codabox_changed_lines()
            move.codabox_question = ", ".join(
                dict.fromkeys(
                    f"{line.codabox_soda_code} → {line.account_id.display_name}" for line in changed
                )
            )

    def _codabox_changed_lines(self):
        """Return the items on another account than the mapping gave them, not asked yet."""
        return self.line_ids.filtered(
            lambda line: (
                line.codabox_soda_code
                and line.account_id
                and line.account_id != line.codabox_soda_account_id
            )
        ).sorted("sequence")

    def _codabox_choices(self):
        """Return (source, code) -> the accounts that a person gave it on this entry."""
        choices = {}
        for line in self._codabox_changed_lines():
            key = (line.codabox_soda_source or "", line.codabox_soda_code)
            choices[key] = choices.get(key, line.account_id.browse()) | line.account_id
        return choices

    def action_codabox_always(self):
        """Use the changed accounts for these codes from now on.

        A code that was given two accounts on this entry is not learned: the list asks for one.
        """
        mappings, unclear = self._codabox_learn()
        return self._codabox_learned(mappings, unclear)

    def action_codabox_always_everywhere(self):
        """The same for every client of the user with this secretariat that has no account yet."""
        mappings, unclear = self._codabox_learn()
        if mappings:
            rows = [Command.set(mappings.ids)]
            wizard = self.env["codabox.soda.copy"].create({"mapping_ids": rows, "is_for_all": True})
            wizard.action_copy()
        return self._codabox_learned(mappings, unclear)

    def _codabox_learn(self):
        """Learn the changed accounts of this entry.

        :return: the rows that were learned, and those that were given two accounts.
        """
        self.ensure_one()
        self.check_access("write")
        mappings = unclear = self.env["codabox.soda.mapping"]
        for (source, code), accounts in self._codabox_choices().items():
            mapping = mappings._row(self.company_id, source, code)
            if len(accounts) > 1:
                unclear |= mapping
                continue
            mapping.write({"account_id": accounts.id, **self._codabox_analytic(source, code)})
            mapping.sudo().learned_from_id = self
            mappings |= mapping
        learned = set(mappings.mapped("code"))
        lines = self._codabox_changed_lines()
        self._codabox_answered(lines.filtered(lambda line: line.codabox_soda_code in learned))
        return mappings, unclear

    def _codabox_learned(self, mappings, unclear):
        """Return what opens after something was learned: what is still to be said, if anything."""
        if unclear:
            return unclear._action_open(self.env._("Which account for this code?"))
        if mappings._draft_lines():
            return mappings._action_open(self.env._("Other drafts have these codes"))
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _codabox_analytic(self, source, code):
        """Return the analytic distribution to learn of a code: that of its items, if it is one.

        :param str source: the social secretariat, ``""`` when unknown.
        :param str code: the code in the file.
        :rtype: dict
        """
        lines = self._codabox_changed_lines().filtered(
            lambda line: (line.codabox_soda_source or "", line.codabox_soda_code) == (source, code)
        )
        found = lines.mapped("analytic_distribution")
        is_one = found and found[0] and all(other == found[0] for other in found)
        return {"analytic_distribution": found[0]} if is_one else {}

    def action_codabox_once(self):
        """Keep the changed accounts on this entry only."""
        self.ensure_one()
        self.check_access("write")
        self._codabox_answered(self._codabox_changed_lines())
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _codabox_answered(self, lines):
        for line in lines:
            line.sudo().codabox_soda_account_id = line.account_id

    def action_codabox_map(self):
        """Open the mapping of the codes of this entry, those without account first."""
        self.ensure_one()
        mappings = self.env["codabox.soda.mapping"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("code", "in", self.line_ids.mapped("codabox_soda_code")),
                ("source", "in", [*self.line_ids.mapped("codabox_soda_source"), False, ""]),
            ]
        )
        return mappings._action_open(self.env._("Payroll mapping"))
