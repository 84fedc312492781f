from odoo import fields, models
from odoo.exceptions import UserError

from ...codabox import find_conflict
from ..common.own_company import opens_in_own_company


class CodaboxStatement(models.Model):
    """The same account and period with other content: a person says which of both counts."""

    _inherit = "codabox.statement"

    conflict_id = fields.Many2one(
        "codabox.statement",
        "Other content",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The statement of the same period that is in the books with other content.",
    )
    can_decide_correction = fields.Boolean(compute="_compute_can_decide_correction")

    def _compute_can_decide_correction(self):
        for statement in self:
            statement.can_decide_correction = bool(
                statement.state == "waiting"
                and statement.conflict_id
                and statement.reason_code == "corrected_statement"
            )

    def _find_problem(self, statement, journal):
        # EXTENDS account_codabox: other content for a period that is in the books
        self.conflict_id = self._find_corrected()
        if self.conflict_id:
            return {"code": "corrected_statement", **self._correction_facts()}
        return super()._find_problem(statement, journal)

    def _find_corrected(self):
        """Return the statement in the books of which this one gives other content.

        The chain of the account is read only when something is there for the same period.
        """
        if not self.search_count(self._same_period_domain(), limit=1):
            return self.browse()
        chain = self._chain(self.company_id, self.account, self.currency_code)
        # Of the same figures it is another version, or another statement: never a correction.
        booked = chain.filtered(
            lambda s: s.state in ("imported", "empty") and s.figures != self.figures
        )
        conflict = find_conflict((s._chain_link() for s in booked), self._chain_link())
        return self.browse(conflict and conflict.ref)

    def _same_period_domain(self):
        """Return the domain of the statements that this one may correct."""
        return [
            ("id", "!=", self.id),
            ("company_id", "=", self.company_id.id),
            ("account", "=", self.account),
            ("currency_code", "=", self.currency_code),
            ("state", "in", ("imported", "empty")),
            ("opening_date", "=", self.opening_date),
            ("closing_date", "=", self.closing_date),
            ("number", "=", self.number),
        ]

    def _correction_facts(self):
        """Return what the reason says of both, in figures that need no language."""
        old = self.conflict_id
        return {
            "number": self.name,
            "account": self.account,
            "first": str(self.opening_date),
            "last": str(self.closing_date),
            "old": old.document_id.name,
            "old_balances": old._balances(),
            "old_count": old.movement_count,
            "new_balances": self._balances(),
            "new_count": self.movement_count,
        }

    def _balances(self):
        return f"{self.opening_balance:.2f} → {self.closing_balance:.2f}"

    def _checked_correction(self):
        """Return these statements with the rights to decide, locked.

        :raise AccessError: for a user who is no accountant or may not read them.
        :raise UserError: when there is nothing to decide.
        """
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")
        if not self or not all(self.mapped("can_decide_correction")):
            raise UserError(self.env._("There is nothing to choose here any more."))
        statements = self.sudo()
        (statements.document_id | statements.conflict_id.document_id)._lock()
        return statements

    @opens_in_own_company
    def action_compare(self):
        """List both contents of the same period, one under the other."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_statement_action_compare"
        )
        domain = [("id", "in", (self | self.conflict_id).ids)]
        return action | {"domain": domain, "context": {}}

    def action_keep_original(self):
        """Keep what is in the books; the new content is not booked."""
        for new in self._checked_correction():
            new._refuse()
            new.document_id.feed_id._refresh_activity()
        return True

    def _refuse(self):
        """Keep this statement out of the books: what it differs from is what counts."""
        self.ensure_one()
        facts = {"user": self.env.user.name, "old": self.conflict_id.document_id.name}
        self._wait("correction_refused", state="stored", **facts)
        self.document_id._settle_coda()

    def action_replace_original(self):
        """Take the old content out of the books and book the new one.

        Bank lines that the old one had adopted are given back, and the new one waits until they
        are compared again.

        :raise UserError: when the old one is matched or lies in a closed period, or the new one
            cannot be booked; nothing is changed then.
        """
        for new in self._checked_correction():
            new._replace()
        return True

    def _replace(self):
        """Take what this statement differs from out of the books and book this one.

        :raise UserError: as ``action_replace_original``.
        """
        self.ensure_one()
        old = self.conflict_id
        old._take_out(self)
        self.conflict_id = False
        self.document_id._process()
        if self.state not in ("imported", "empty") and self.reason_code != "already_typed":
            raise UserError(self.reason or self.document_id.reason)
        old.document_id._settle_coda()
        (old.document_id | self.document_id).feed_id._refresh_activity()

    def _take_out(self, new):
        """Take this statement out of the books for a new one; what was received stays."""
        self.ensure_one()
        bank_statement, taken_over = self.bank_statement_id, self._all_taken_over()
        bank_statement._codabox_check_undo()
        from_coda = bank_statement.line_ids.filtered(
            lambda line: (line.codabox_before or {}).get("codabox_key")
        )
        from_coda._codabox_check_removal()
        bank_statement._codabox_unlink_with_lines()
        taken_over._drop_lines()
        for record in self | taken_over:
            facts = {"user": self.env.user.name, "new": new.document_id.name}
            record._wait("correction_replaced", state="stored", **facts)
            record.conflict_id = new  # undoing that one brings this one back

    def _all_taken_over(self):
        """Return the statements of which these have the lines, also through others."""
        found, more = self.browse(), self._taken_over()
        while more:
            found |= more
            more = more._taken_over() - found
        return found

    def _drop_lines(self):
        """Remove the lines that these statements were given back: their money comes with another."""
        for record in self:
            while lines := record._lines_without_statement():
                adopted = lines._codabox_adopted_lines()
                adopted._codabox_give_back()
                (lines - adopted).unlink()

    def _lines_without_statement(self):
        return self.env["account.bank.statement.line"].search(
            [
                ("journal_id", "=", self.journal_id.id),
                ("statement_id", "=", False),
                ("codabox_key", "=like", f"{self._key_start()}%"),
            ]
        )
