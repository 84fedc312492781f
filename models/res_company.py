from datetime import timedelta

from odoo import fields, models

from .codabox_feed import enterprise_digits


class ResCompany(models.Model):
    _inherit = "res.company"

    codabox_connection_ids = fields.One2many(
        "codabox.connection", "company_id", "CodaBox connections"
    )

    def _codabox_enterprise_number(self):
        """Return the ten digits of the Belgian enterprise number, ``""`` when there is none.

        The company registry first: an enterprise without VAT liability has one too.
        """
        self.ensure_one()
        return enterprise_digits(self.company_registry) or (
            enterprise_digits(self.vat)
            if (self.vat or "BE").upper().startswith(("BE", "0", "1"))
            else ""
        )

    # -------------------------------------------------------------------------
    # Closed periods
    # -------------------------------------------------------------------------

    def _codabox_locks(self, day):
        """Return the locks that close a day to bank lines and payroll, as Odoo reads them here.

        Fiscal year and hard lock; the locks on sales, purchases and taxes do not touch them.

        :param datetime.date day: the day to book on.
        :rtype: list[tuple[datetime.date, str]]
        """
        return self._get_lock_date_violations(
            day, fiscalyear=True, sale=False, purchase=False, tax=False, hard=True
        )

    def _codabox_first_open_day(self, day):
        """Return the first day from ``day`` on that no lock closes."""
        while locks := self._codabox_locks(day):
            day = max(lock for lock, _name in locks) + timedelta(days=1)
        return day

    def _codabox_closed_facts(self, day):
        """Return the facts of the lock that closes a day, else ``None``.

        :return: ``date``, ``lock`` and ``open_day`` in ISO format, and ``for_good``.
        :rtype: dict or None
        """
        locks = self._codabox_locks(day)
        if not locks:
            return None
        lock, name = max(locks)
        return {
            "date": str(day),
            "lock": str(lock),
            "open_day": str(self._codabox_first_open_day(day)),
            "for_good": name == "hard_lock_date",
        }
