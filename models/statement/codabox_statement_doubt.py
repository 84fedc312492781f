from odoo import models
from odoo.fields import Domain


class CodaboxStatement(models.Model):
    """What Odoo would book otherwise than the bank says, without a word: that waits instead."""

    _inherit = "codabox.statement"

    def _find_no_rate(self, journal):
        """Return the facts of an account in a currency without any rate, else ``None``.

        Odoo then takes one unit of it for one of the company's currency.

        :param account.journal journal: the journal to book in.
        :rtype: dict or None
        """
        currency, company = journal.currency_id, journal.company_id
        if not currency or currency == company.currency_id:
            return None
        domain = Domain("currency_id", "in", (currency + company.currency_id).ids)
        domain &= Domain("company_id", "in", (False, company.root_id.id))
        if self.env["res.currency.rate"].sudo().search_count(domain, limit=1):
            return None
        facts = {"number": self.name, "journal": journal.name, "currency": currency.name}
        return {"code": "no_rate", **facts}

    def _find_moved_day(self, statement, journal):
        """Return the facts of a movement that would change its book year or leave its lock.

        A movement of before the opening balance is booked on that day, or it would stand in the
        statement before.

        :param Statement statement: the parsed statement.
        :param account.journal journal: the journal to book in.
        :rtype: dict or None
        """
        opening, company = statement.opening.date, journal.company_id
        if not opening or self.document_id.book_on_open_day:
            return None
        parts = self._all_parts(statement)
        early = {part.entry_date for part in parts if part.entry_date and part.entry_date < opening}
        if not early:
            return None
        start = company.compute_fiscalyear_dates(opening)["date_from"]
        moved = sorted(day for day in early if day < start or company._codabox_locks(day))
        if not moved:
            return None
        days = {"date": str(moved[0]), "open_day": str(company._codabox_first_open_day(opening))}
        return {"code": "moved_day", "number": self.name, **days}
