from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from ...codabox import RateLimited, TransportError


class CodaboxConnection(models.Model):
    """When a connection is due."""

    _inherit = "codabox.connection"

    @api.model
    def _due_domain(self):
        """Return the domain of the connections whose time has come."""
        return Domain(
            [
                ("state", "=", "connected"),
                ("fetch_automatically", "=", True),
                "|",
                "|",
                ("next_fetch", "=", False),
                ("next_fetch", "<=", fields.Datetime.now()),
                ("id", "in", self._planned_too_far().ids),
            ]
        )

    @api.model
    def _planned_too_far(self):
        """Return the connections with a plan that no round makes: a clock was wrong meanwhile."""
        now = fields.Datetime.now()
        planned = self.search([("next_fetch", ">", now + timedelta(days=2))])
        return planned.filtered(
            lambda c: c.next_fetch > now + timedelta(days=2, seconds=c.fetch_delay)
        )

    def _next_nightly(self):
        """Return the next moment, in UTC, at which this connection is due.

        That is the time of the day that was set, but never sooner than CodaBox allows.
        """
        self.ensure_one()
        zone = self._timezone()
        hours, minutes = divmod(round(self.fetch_time * 60), 60)
        now = fields.Datetime.now()
        today = pytz.utc.localize(now).astimezone(zone).date()
        moments = (
            zone.localize(datetime.combine(today + timedelta(days=days), time(hours % 24, minutes)))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for days in range(3)
        )
        earliest = now + timedelta(seconds=self.fetch_delay)
        return max(next(moment for moment in moments if moment > now), earliest)

    def _retry_soon(self, error):
        """Try again as soon as CodaBox allows instead of tomorrow, where that may help.

        :param Exception error: what stopped the round or one client of it.
        """
        if not isinstance(error, (TransportError, RateLimited)) or not self.fetch_automatically:
            return
        self._plan_retry(error.details.get("retry_after") or 0)

    def _plan_retry(self, seconds):
        """Plan a round as soon as CodaBox allows, and no sooner.

        :param float seconds: for how long it asked not to come; 0: it did not say.
        """
        if not self.fetch_automatically:
            return
        now = fields.Datetime.now()
        soon = now + timedelta(seconds=max(seconds, self.fetch_delay))
        # Written once: a hundred clients that fail together need one new round.
        planned = self.next_fetch
        is_early = planned and planned < now + timedelta(seconds=seconds) - timedelta(minutes=1)
        if not planned or planned > soon or planned <= now or is_early:
            self.next_fetch = soon
            self._plan_trigger()

    def _plan_trigger(self):
        """Wake the scheduled actions at the very minute, whatever their own interval is."""
        for connection in self.filtered("next_fetch"):
            self.env["ir.cron"]._codabox_trigger("fetch", at=connection.next_fetch)

    @api.onchange("fetch_automatically", "fetch_time")
    def _onchange_fetch_time(self):
        if self.fetch_automatically:
            self.next_fetch = self._next_nightly()

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"fetch_automatically", "fetch_time"} and "next_fetch" not in vals:
            for connection in self.sudo():
                connection.next_fetch = (
                    connection.fetch_automatically and connection._next_nightly()
                )
            self._plan_trigger()
        return result
