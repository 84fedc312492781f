from odoo import api, fields, models

# Filled from the movement where the line says nothing itself.
FILLED = ("account_number", "partner_name", "transaction_type")


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
