import math

from odoo import models
from odoo.tools import config

# Seconds for one movement, with room for slower machines: measured were 5.5 ms of processor time
# and 7.9 ms by the clock (20,000 movements of one statement, 2026-11-30, two busy cores).
PROCESSOR_SECONDS = 0.007
CLOCK_SECONDS = 0.01
# What is asked for is more than what was measured, in whole minutes.
ROOM = 1.5


class CodaboxDocument(models.Model):
    """A file is booked in one transaction, and Odoo ends a process that takes too long.

    One that cannot be through in time would be begun and killed again and again, and all others
    with it. It waits instead, until the limit that it names is raised.
    """

    _inherit = "codabox.document"

    def _hold_too_long(self, parsed):
        """Let a file wait that takes longer than Odoo's limits; return whether it does.

        :param CodaFile parsed: its content.
        :rtype: bool
        """
        count = sum(len(statement.movements) for statement in parsed.statements)
        short = [
            f"{name}: {limit} → {math.ceil(count * cost * ROOM / 60) * 60}"
            for name, limit, cost in self._time_limits()
            if limit > 0 and count * cost > limit
        ]
        if short:
            self._set_state("waiting", "too_long", count=count, limits=", ".join(short))
        return bool(short)

    def _time_limits(self):
        """Return name, seconds and cost of a movement of the limits of this process.

        Zero is no limit. Processor time is limited only where Odoo has workers.
        """
        name = "limit_time_real"
        if self.env.context.get("cron_id") and config["limit_time_real_cron"] >= 0:
            name = "limit_time_real_cron"
        cpu = config["limit_time_cpu"] if config["workers"] else 0
        return [("limit_time_cpu", cpu, PROCESSOR_SECONDS), (name, config[name], CLOCK_SECONDS)]
