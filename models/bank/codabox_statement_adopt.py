from odoo import models
from odoo.exceptions import UserError

from ..inbox.own_company import in_own_company, opens_in_own_company


class CodaboxStatement(models.Model):
    """Bank lines that become a part of the CODA statement instead of being booked again."""

    _inherit = "codabox.statement"

    @opens_in_own_company
    def _open_comparison(self):
        """Return the action of the wizard that compares the movements of this statement.

        :return: nothing when there is nothing to compare any more.
        """
        self.ensure_one()
        parsed = self.document_id._parsed_statement(self)
        pairs = self._find_known(parsed, self.journal_id)
        if not pairs:
            return None
        wizard = in_own_company(self.env["codabox.compare"].sudo(False), self.company_id)
        wizard = wizard._create_for(self, parsed, pairs)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Statement %(number)s: the same or new?", number=self.name),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _answer_known(self, answers):
        """Keep what a person decided on the movements that were compared.

        :param dict answers: movement -> (bank line, whether it is the same money).
        :raise UserError: when a CODA statement would keep only a part of its lines.
        """
        self.ensure_one()
        same = self.env["account.bank.statement.line"].union(
            *(line for line, is_same in answers.values() if is_same)
        )
        for bank_statement in same.statement_id.filtered("codabox_key"):
            if bank_statement.line_ids - same:
                raise UserError(
                    self.env._(
                        "“%(statement)s” has other movements too, so its lines cannot become part "
                        "of this statement. Keep what is in the books, or undo the import of "
                        "“%(statement)s” first.",
                        statement=bank_statement.name,
                    )
                )
        self.known_answer = {
            **(self.known_answer or {}),
            **{key: [line.id, bool(is_same)] for key, (line, is_same) in answers.items()},
        }

    def _keep_books(self):
        """Do not book this statement: what is in the books is what counts.

        :raise UserError: when no other statement brought these days.
        """
        self.ensure_one()
        if not self.conflict_id:
            raise UserError(self.env._("There is nothing to choose here any more."))
        facts = {"user": self.env.user.name, "old": self.conflict_id.document_id.name}
        self.conflict_id = False
        self._wait("correction_refused", state="stored", **facts)
        self.document_id._settle_coda()

    def _line_commands(self, lines, journal):
        # EXTENDS account_codabox: with our key, they are taken up as what is in the books already
        self._adopt_lines(lines, journal)
        return super()._line_commands(lines, journal)

    def _adopt_lines(self, values_list, journal):
        """Adopt the bank lines that a person takes for movements of this statement.

        :param list values_list: values of all bank lines of this statement.
        :param account.journal journal: the journal to book in.
        """
        self._valid_answer(journal)
        chosen = self._adopted_ids()
        if not chosen:
            return
        lines = self.env["account.bank.statement.line"].browse(chosen.values())
        pairs = [
            (lines.browse(chosen[suffix]).with_prefetch(lines.ids), values)
            for suffix, values in ((self._suffix(values), values) for values in values_list)
            if suffix in chosen
        ]
        # Whoever changed an amount since has made another payment of it.
        pairs = [
            pair
            for pair in pairs
            if not pair[0].currency_id.compare_amounts(pair[0].amount, pair[1]["amount"])
        ]
        lines = lines.union(*(line for line, _values in pairs))
        left = {statement: statement.line_ids & lines for statement in lines.statement_id}
        for line, values in pairs:
            line._codabox_adopt(values)
        self._tell_adopted(lines, left)
        self._take_over_emptied(list(left))

    def _tell_adopted(self, lines, left):
        """Say on the document what was adopted, who wanted it, and which statements lost lines.

        :param account.bank.statement.line lines: the adopted lines.
        :param dict left: bank statement -> the lines that left it.
        """
        body = self.env._(
            "%(user)s took %(count)s bank lines for movements of statement %(number)s: they were "
            "adopted, not booked again.",
            user=self.env.user.name,
            count=len(lines),
            number=self.name,
        )
        if left:
            body += " " + self.env._(
                "They stood on: %(statements)s.",
                statements=", ".join(
                    f"{statement.name} ({len(moved)})" for statement, moved in left.items()
                ),
            )
        kept = lines.filtered("codabox_bank_date")
        if kept:
            body += " " + self.env._(
                "%(count)s keep their own date in the books: matched, in a closed period or in "
                "another month or year of their number.",
                count=len(kept),
            )
        self.document_id.message_post(body=body)

    def _take_over_emptied(self, bank_statements):
        """CODA statements of which every line was adopted are replaced by this one.

        Statements that a person made stay, without the lines: deleting them is up to him.
        """
        emptied = self.env["account.bank.statement"].union(*bank_statements)
        emptied = emptied.filtered(lambda s: s.codabox_key and not s.line_ids)
        records = self.search([("bank_statement_id", "in", emptied.ids)])
        emptied.with_context(codabox_undo=True).unlink()
        records.conflict_id = self
        for record in records:
            record._wait("statement_taken_over", state="stored", new=self.document_id.name)
            record.document_id._settle_coda()

    def _taken_over(self):
        """Return the statements of which these adopted every line."""
        return self.search(
            [("conflict_id", "in", self.ids), ("reason_code", "=", "statement_taken_over")]
        )

    def _book_again(self):
        """Book these statements again whose lines were given back: they are taken up as they are."""
        for record in self:
            record._wait("undone", user=self.env.user.name)
        for document in self.document_id._in_order():
            document._process()
