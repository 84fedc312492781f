from datetime import date

from markupsafe import Markup, escape

from odoo import models
from odoo.tools.misc import format_date


class CodaboxStatement(models.Model):
    """Statements with movements in a closed period: held whole, or booked on the first open day.

    Odoo itself would silently move such a line to another date. Here a person decides per
    document, and each line tells its own date.
    """

    _inherit = "codabox.statement"

    def _find_closed_period(self, statement, journal):
        """Return the facts of the lock that holds this statement whole, else ``None``.

        :param Statement statement: the parsed statement.
        :param account.journal journal: the journal to book in.
        :rtype: dict or None
        """
        if self.document_id.book_on_open_day:
            return None
        kept = self._kept_places(statement, journal)
        days = {
            self._line_date(statement, movement if movement.entry_date else root)
            for root in statement.movements
            for movement in self._booked_movements(root, journal, kept)
            if self._place(movement) not in kept  # its money is in the books already
        }
        company = journal.company_id
        closed = sorted(day for day in days if day and company._codabox_locks(day))
        if not closed:
            return None
        facts = company._codabox_closed_facts(closed[0])
        return {"code": "closed_for_good" if facts.pop("for_good") else "closed_period", **facts}

    def _prepare_lines(self, statement, journal):
        lines = super()._prepare_lines(statement, journal)
        if self.document_id.book_on_open_day:
            self._move_to_open_day(lines, journal)
        return lines

    def _move_to_open_day(self, lines, journal):
        """Date the lines of a closed period on the first open day, and say so on each.

        The order of the lines stays: their sequence follows the statement, not the date.

        :param list lines: values of the bank lines; changed in place.
        :param account.journal journal: the journal to book in.
        """
        company = journal.company_id
        # One look at the locks for each day, not for each line.
        days = {day: company._codabox_first_open_day(day) for day in {v["date"] for v in lines}}
        for values in lines:
            day, open_day = values["date"], days[values["date"]]
            if day == open_day:
                continue
            values["date"] = open_day
            values["transaction_details"] = {
                **(values.get("transaction_details") or {}),
                "closed_period_date": str(day),
            }
            note = escape(self._closed_period_note(day, open_day))
            values["narration"] = Markup("<br/>").join(filter(None, [note, values["narration"]]))

    def _closed_period_note(self, day, open_day):
        """Return the sentence that tells a reader of the books why a line has another date."""
        return self.env._(
            "Dated %(date)s by the bank; that period is closed, so it is booked on %(open_day)s.",
            date=format_date(self.env, day),
            open_day=format_date(self.env, open_day),
        )

    def _moved_lines(self):
        """Return the booked lines that stand on another day than the bank gave them."""
        return self.bank_statement_id.line_ids.filtered(
            lambda line: (line.transaction_details or {}).get("closed_period_date")
        )

    def _original_dates(self):
        """Return the days of the bank of the lines that were moved, oldest first."""
        return sorted(
            date.fromisoformat(line.transaction_details["closed_period_date"])
            for line in self._moved_lines()
        )
