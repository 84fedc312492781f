from calendar import monthrange
from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]
# What a person wants sent, whatever the schedule.
ASKED_FOR = [
    ("codabox_send_state", "in", ("to_send", "refused")),
    ("codabox_send_requested", "=", True),
]
PLAN = {"codabox_send_schedule", "codabox_send_time", "codabox_send_weekday", "codabox_send_day"}


class ResCompany(models.Model):
    """When the invoices of a company leave by themselves, and which of them."""

    _inherit = "res.company"

    codabox_send_schedule = fields.Selection(
        [("manual", "By hand"), ("daily", "Daily"), ("weekly", "Weekly"), ("monthly", "Monthly")],
        "Send invoices",
        required=True,
        default="manual",
    )
    codabox_send_time = fields.Float("Send at", default=21.0, help="Local time of the company.")
    codabox_send_weekday = fields.Selection(WEEKDAYS, "Day of the week", default="0")
    codabox_send_day = fields.Integer(
        "Day of the month", default=1, help="In a shorter month: its last day."
    )
    codabox_send_when = fields.Selection(
        [
            ("posted", "All that are confirmed"),
            ("printed", "Only printed or sent to the customer"),
            ("sent", "Only sent to the customer"),
            ("paid", "Only paid"),
        ],
        "Which invoices",
        required=True,
        default="posted",
    )
    codabox_send_min_days = fields.Integer("Days after the invoice date", default=0)
    codabox_next_send = fields.Datetime("Next sending", readonly=True, copy=False)
    codabox_send_round = fields.Datetime("Last sending", readonly=True, copy=False)
    codabox_send_pending = fields.Boolean(readonly=True, copy=False, index=True)
    # Turns that did not suffice for what there is to send.
    codabox_send_turns = fields.Integer(
        default=0, readonly=True, copy=False, export_string_translation=False
    )

    _codabox_send_times = models.Constraint(
        "CHECK(codabox_send_time >= 0 AND codabox_send_time < 24"
        " AND codabox_send_day BETWEEN 1 AND 31 AND codabox_send_min_days >= 0)",
        "Invoices are sent at a time between 00:00 and 23:59, on a day between 1 and 31, and no "
        "negative number of days after their date.",
    )

    # -------------------------------------------------------------------------
    # When
    # -------------------------------------------------------------------------

    def _codabox_next_moment(self, after):
        """Return when the next round of this company is due.

        :param datetime.datetime after: a moment in UTC.
        :return: a moment in UTC, ``False`` when invoices are sent by hand.
        """
        self.ensure_one()
        if self.codabox_send_schedule == "manual":
            return False
        zone = self._codabox_zone()
        today = self._codabox_day(after)
        hours, minutes = divmod(round(self.codabox_send_time * 60), 60)
        days = (today + timedelta(days=ahead) for ahead in range(63))
        moments = (
            zone.localize(datetime.combine(day, time(hours % 24, minutes)))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for day in days
            if self._codabox_is_send_day(day)
        )
        return next(moment for moment in moments if moment > after)

    def _codabox_zone(self):
        """Return the time zone in which this company counts its days."""
        return pytz.timezone(self.partner_id.tz or "Europe/Brussels")

    def _codabox_day(self, moment):
        """Return which day it is for this company at a moment in UTC."""
        return pytz.utc.localize(moment).astimezone(self._codabox_zone()).date()

    def _codabox_is_send_day(self, day):
        """Say whether invoices are sent on a day."""
        if self.codabox_send_schedule == "weekly":
            return day.weekday() == int(self.codabox_send_weekday or 0)
        if self.codabox_send_schedule == "monthly":
            last = monthrange(day.year, day.month)[1]
            return day.day == min(self.codabox_send_day, last)
        return True

    def _codabox_plan_send(self, at=None):
        """Write down when the next round is due, and wake the scheduled action then."""
        for company in self.sudo():
            moment = at or company._codabox_next_moment(fields.Datetime.now())
            company.codabox_next_send = moment
            if moment:
                self.env["ir.cron"]._codabox_trigger("send", at=moment)

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & PLAN and "codabox_next_send" not in vals:
            self._codabox_plan_send()
        return result

    # -------------------------------------------------------------------------
    # Which
    # -------------------------------------------------------------------------

    def _codabox_waiting_domain(self):
        """Return the domain of the invoices of this company that a person asked to send."""
        return Domain([("company_id", "=", self.id), ("state", "=", "posted"), *ASKED_FOR])

    def _codabox_due_domain(self):
        """Return the domain of the invoices that this company's round sends, as its settings say."""
        self.ensure_one()
        today = self._codabox_day(fields.Datetime.now())
        domain = Domain(
            [
                ("company_id", "=", self.id),
                ("move_type", "in", self.env["account.move"].get_sale_types()),
                ("state", "=", "posted"),
                ("codabox_send_state", "=", "to_send"),
                ("invoice_date", "<=", today - timedelta(days=self.codabox_send_min_days)),
            ]
        )
        return domain & Domain(self._codabox_condition())

    def _codabox_condition(self):
        """Return the domain of what the customer did, or got, before an invoice leaves."""
        if self.codabox_send_when == "printed":
            return [("is_move_sent", "=", True)]
        if self.codabox_send_when == "paid":
            return [("payment_state", "in", ("paid", "in_payment", "reversed"))]
        if self.codabox_send_when == "sent":
            mailed = [("message_type", "=", "comment"), ("partner_ids", "!=", False)]
            domain = [("message_ids", "any", [*mailed, ("attachment_ids", "!=", False)])]
            if "peppol_move_state" in self.env["account.move"]._fields:
                return ["|", ("peppol_move_state", "in", ("processing", "done")), *domain]
            return domain
        return []

    def _codabox_this_round_domain(self):
        """Return the domain of what is left of this company's round."""
        if not self.codabox_send_pending:
            return Domain.FALSE
        return self._codabox_due_domain() & Domain(
            [
                "|",
                ("codabox_send_tried_at", "=", False),
                ("codabox_send_tried_at", "<", self.codabox_send_round),
            ]
        )

    @api.model
    def _codabox_companies_due(self):
        """Return the companies whose round has come."""
        return self.sudo().search(
            [
                ("codabox_send_schedule", "!=", "manual"),
                ("codabox_next_send", "<=", fields.Datetime.now()),
            ]
        )
