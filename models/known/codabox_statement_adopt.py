from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.own_company import in_own_company, opens_in_own_company

# Filled from the movement where the line says nothing itself.
FILLED = ("account_number", "partner_name", "transaction_type")


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
        pairs = self._pairs_to_compare(parsed)
        if not pairs:
            return None
        wizard = in_own_company(self.env["codabox.compare"].sudo(False), self.company_id)
        wizard = wizard._create_for(self, parsed, pairs)
        return {
            "type": "ir.actions.act_window",
            "name": self._comparison_title(),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _comparison_title(self):
        return self.env._("Statement %(number)s: the same or new?", number=self.name)

    def _pairs_to_compare(self, parsed):
        """Return the pairs of values of a movement and a bank line that a person compares."""
        return self._find_known(parsed, self.journal_id)

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
        self._refuse()

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
            "%(user)s took bank lines for movements of statement %(number)s (%(count)s). They were "
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
                "Keep their own date in the books: %(count)s (matched, in a closed period or in "
                "another month or year of their number).",
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


class AccountBankStatementLine(models.Model):
    """Bank lines that were there before the CODA statement and became a part of it.

    Their journal entry stays what it is. Only what nobody relies on yet is taken over from the
    bank: the day and the partner of a line that is neither matched nor in a closed period. A line
    that keeps its own day stands in the statement where the bank has it all the same.
    """

    _inherit = "account.bank.statement.line"

    # What the line was before a CODA statement adopted it; undoing gives it back so.
    codabox_before = fields.Json(readonly=True, copy=False, export_string_translation=False)
    codabox_bank_date = fields.Date(
        "Date at the bank",
        readonly=True,
        copy=False,
        help="Of an adopted line whose entry keeps another date.",
    )

    # What is looked up for each statement, in the words of Odoo's own condition on an empty text;
    # empty where all lines come from CODA.
    _codabox_no_key_idx = models.Index(
        "(internal_index) WHERE codabox_key = '' OR codabox_key IS NULL"
    )

    @api.depends("codabox_bank_date")
    def _compute_internal_index(self):
        # EXTENDS account: a line stands in its statement where the bank put it, so that balances
        # follow each other, also when its entry keeps the day on which it was typed.
        result = super()._compute_internal_index()
        for line in self.filtered(lambda line: line.codabox_bank_date and line.internal_index):
            line.internal_index = f"{line.codabox_bank_date:%Y%m%d}{line.internal_index[8:]}"
        return result

    def _codabox_adopted_lines(self):
        """Return those of these lines that were there before their CODA statement."""
        return self.filtered("codabox_before")

    # -------------------------------------------------------------------------
    # Adopt
    # -------------------------------------------------------------------------

    def _codabox_adopt(self, values):
        """Make this line the one of a movement of a CODA statement.

        :param dict values: those with which the movement would be booked, with its key.
        """
        self.ensure_one()
        changes = self._prepare_codabox_adopt(values)
        before = {name: self._codabox_plain(name) for name in changes}
        if self.codabox_before:  # adopted by another CODA statement before
            before["codabox_before"] = self.codabox_before
        day = changes.get("date", self.date)
        changes |= {
            "codabox_before": before,
            "codabox_bank_date": values["date"] != day and values["date"],
        }
        before["codabox_bank_date"] = self._codabox_plain("codabox_bank_date")
        self.write(changes)

    def _prepare_codabox_adopt(self, values):
        """Return what adopting changes on this line, all of which can be given back.

        :param dict values: those with which the movement would be booked.
        :rtype: dict
        """
        changes = {
            "codabox_key": values["codabox_key"],
            "codabox_mandate": values.get("codabox_mandate"),
            "transaction_details": values.get("transaction_details"),
            "sequence": values["sequence"],
            "statement_id": False,  # the CODA statement takes it next
        }
        changes |= {name: values[name] for name in FILLED if values.get(name) and not self[name]}
        if self._codabox_is_free(values["date"]):
            if values["date"] != self.date and self._codabox_number_fits(values["date"]):
                changes["date"] = values["date"]
            if values.get("partner_id") and not self.partner_id:
                changes["partner_id"] = values["partner_id"]
        return changes

    def _codabox_is_free(self, *days):
        """Return whether the entry of this line may change, and may stand on these days.

        Not when it is matched, were it in part: Odoo would undo that.
        """
        _liquidity, _suspense, matched = self._seek_for_lines()
        if matched or self.is_reconciled or self.move_id.inalterable_hash:
            return False
        return not any(self.company_id._codabox_locks(day) for day in (self.date, *days))

    def _codabox_number_fits(self, day):
        """Return whether the number of the entry may stand on a day: it can name year and month.

        A posted entry is not numbered again.
        """
        probe = self.move_id.new({"date": day, "name": self.move_id.name}, origin=self.move_id)
        return probe._sequence_matches_date()

    def _codabox_plain(self, name):
        """Return the value of a field as JSON knows it."""
        field = self._fields[name]
        value = self[name]
        if field.type == "many2one":
            return value.id
        return fields.Date.to_string(value) if field.type == "date" and value else value

    # -------------------------------------------------------------------------
    # Give back
    # -------------------------------------------------------------------------

    def _codabox_give_back(self):
        """Make these lines again what they were before they were adopted.

        What a person did since stays: a match, and with it the day and the partner.
        """
        for line in self:
            before = dict(line.codabox_before)
            day = fields.Date.to_date(before.get("date"))
            if not line._codabox_is_free(*filter(None, [day])):
                if day:  # the running balance goes by the day that it keeps
                    before.pop("date")
                before.pop("partner_id", None)
            statement = self.env["account.bank.statement"].browse(before.get("statement_id"))
            before["statement_id"] = statement.exists().id
            line.write({"codabox_before": False, **before})
