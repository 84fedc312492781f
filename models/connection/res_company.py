from datetime import timedelta

from odoo import fields, models

from .codabox_feed import enterprise_number_of


class ResCompany(models.Model):
    _inherit = "res.company"

    codabox_connection_ids = fields.One2many(
        "codabox.connection", "company_id", "CodaBox connections"
    )
    # After how many days in this state the responsible is asked to look at a mandate; 0: never.
    # The usual times are those of CodaBox's help (docs/reference/mandates.md 3).
    codabox_days_asked = fields.Integer("Asked by hand", default=14)
    codabox_days_preparing = fields.Integer("In preparation", default=7)
    codabox_days_to_sign = fields.Integer("To sign", default=14)
    codabox_days_signed = fields.Integer("Signed", default=7)
    codabox_days_requested = fields.Integer("Requested", default=45)
    codabox_days_bank_or_office = fields.Integer("With the bank", default=30)
    codabox_days_delayed = fields.Integer("Delayed", default=30)
    codabox_days_waiting_first_file = fields.Integer("Waits for the first file", default=60)

    _codabox_days_positive = models.Constraint(
        "CHECK(LEAST(codabox_days_asked, codabox_days_preparing, codabox_days_to_sign, codabox_days_signed, codabox_days_requested,"
        " codabox_days_bank_or_office, codabox_days_delayed, codabox_days_waiting_first_file) >= 0)",
        "After how many days a mandate is stuck cannot be a negative number; 0 means never.",
    )

    def _codabox_enterprise_number(self):
        """Return the ten digits of the Belgian enterprise number, ``""`` when there is none."""
        self.ensure_one()
        return enterprise_number_of(self)

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
