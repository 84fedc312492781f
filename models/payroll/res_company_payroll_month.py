from odoo import fields, models
from odoo.tools import html2plaintext

from ...codabox import late_months, month_end, next_month

# Nobody knows, or another one knows, whose payroll this is.
OF_ANOTHER = ("foreign_enterprise", "payroll_of_nobody", "no_enterprise")

ACTIVITY = "account_codabox.mail_activity_type_payroll_month"


class ResCompany(models.Model):
    """The month of payroll that should be here and is not: one to-do on the payroll journal."""

    _inherit = "res.company"

    codabox_payroll_asked = fields.Json(
        readonly=True, help="Social secretariat -> the last month that a person was asked about."
    )

    def _codabox_check_payroll_months(self):
        """Open a to-do for each secretariat whose month is late; close those that came."""
        today = fields.Date.context_today(self)
        for company in self.filtered("codabox_soda_journal_id"):
            came = company._codabox_payroll_months()
            company._codabox_close_payroll_todos(came)
            asked = dict(company.codabox_payroll_asked or {})
            for source, months in came.items():
                for month in late_months(months, today):
                    if asked.get(source, "") < month:
                        company._codabox_ask_payroll_month(source, month)
                        asked[source] = month
            if asked != (company.codabox_payroll_asked or {}):
                company.codabox_payroll_asked = asked

    def _codabox_payroll_months(self):
        """Return secretariat -> its months that came, booked or not: what waits came too.

        :rtype: dict[str, set[str]]
        """
        groups = self.env["codabox.payroll"]._read_group(
            [
                ("company_id", "=", self.id),
                ("period", "!=", False),
                ("reason_code", "not in", OF_ANOTHER),
            ],
            ["source", "period"],
        )
        came = {}
        for source, month in groups:
            came.setdefault(source or "", set()).add(month)
        return came

    def _codabox_payroll_note(self, source, period, lang):
        """Return the sentence of a to-do.

        :param str source: the social secretariat.
        :param str period: the month that is missing, ``YYYYMM``.
        :param str lang: of who reads it.
        """
        return self.with_context(lang=lang).env._(
            "No payroll of %(secretariat)s for %(month)s has come yet.",
            secretariat=source,
            month=f"{period[4:]}/{period[:4]}",
        )

    def _codabox_ask_payroll_month(self, source, period):
        """Open the to-do about a missing month."""
        feed = self.env["codabox.feed"].search(
            [("company_id", "=", self.id), ("state", "=", "active")], limit=1
        )
        user = feed._responsible() if feed else self.env.ref("base.user_admin")
        note = self._codabox_payroll_note(source, period, user.lang)
        self.codabox_soda_journal_id.activity_schedule(ACTIVITY, user_id=user.id, note=note)

    def _codabox_close_payroll_todos(self, came):
        """Close the to-dos of months that are here now.

        A to-do may have been written for another person than has it now, in any language.

        :param dict came: secretariat -> its months that came.
        """
        opened = self.codabox_soda_journal_id.activity_search([ACTIVITY])
        if not opened:
            return
        today = fields.Date.context_today(self)
        missing = {
            self._codabox_payroll_note(source, month, lang)
            for source, months in came.items()
            for month in self._codabox_months_without(months, today)
            for lang, _name in self.env["res.lang"].get_installed()
        }
        opened.filtered(lambda a: html2plaintext(a.note) not in missing).action_feedback()

    def _codabox_months_without(self, months, today):
        """Return each month since the first that came, up to this one, that did not come."""
        month = min(months)
        without = []
        while month_end(month) < today:
            month = next_month(month)
            without += [] if month in months else [month]
        return without


class CodaboxFeed(models.Model):
    _inherit = "codabox.feed"

    def _end_run(self, run):
        # EXTENDS account_codabox
        self.company_id._codabox_check_payroll_months()
        return super()._end_run(run)
