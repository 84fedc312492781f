from datetime import date, timedelta

from odoo import fields, models
from odoo.tools import html2plaintext

ACTIVITY = "account_codabox.mail_activity_type_payroll_month"
# A month of payroll is made in the days after it; this long after its end it is late.
GRACE = timedelta(days=20)
# A secretariat that was silent this long was left; nobody is asked for ever.
SILENCE = timedelta(days=120)


def next_month(period):
    """Return the month after a month, both ``YYYYMM``."""
    year, month = int(period[:4]), int(period[4:])
    return f"{year + month // 12}{month % 12 + 1:02d}"


def month_end(period):
    """Return the last day of a month ``YYYYMM``."""
    following = next_month(period)
    return date(int(following[:4]), int(following[4:]), 1) - timedelta(days=1)


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
            latest = company._codabox_latest_payrolls()
            company._codabox_close_payroll_todos(latest)
            asked = dict(company.codabox_payroll_asked or {})
            for source, period in latest.items():
                expected = next_month(period)
                late = today - month_end(expected)
                if GRACE < late < SILENCE and asked.get(source, "") < expected:
                    company._codabox_ask_payroll_month(source, expected)
                    asked[source] = expected
            if asked != (company.codabox_payroll_asked or {}):
                company.codabox_payroll_asked = asked

    def _codabox_latest_payrolls(self):
        """Return secretariat -> its latest month in the books of this company."""
        groups = self.env["codabox.payroll"]._read_group(
            [("company_id", "=", self.id), ("state", "in", ("imported", "empty"))],
            ["source"],
            ["period:max"],
        )
        return {source or "": period for source, period in groups}

    def _codabox_payroll_note(self, source, period, user):
        """Return the sentence of a to-do, in the language of its user.

        :param str source: the social secretariat.
        :param str period: the month that is missing, ``YYYYMM``.
        :param res.users user: who gets it.
        """
        return self.with_context(lang=user.lang).env._(
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
        note = self._codabox_payroll_note(source, period, user)
        self.codabox_soda_journal_id.activity_schedule(ACTIVITY, user_id=user.id, note=note)

    def _codabox_close_payroll_todos(self, latest):
        """Close the to-dos of months that are here now."""
        for activity in self.codabox_soda_journal_id.activity_search([ACTIVITY]):
            open_notes = {
                self._codabox_payroll_note(source, period, activity.user_id)
                for source, asked in (self.codabox_payroll_asked or {}).items()
                for period in [asked]
                if latest.get(source, "") < period
            }
            if html2plaintext(activity.note) not in open_notes:
                activity.action_feedback()


class CodaboxFeed(models.Model):
    _inherit = "codabox.feed"

    def _end_run(self, run):
        # EXTENDS account_codabox
        self.company_id._codabox_check_payroll_months()
        return super()._end_run(run)
