"""Whether a scheduled action of ours works, however many copies of it an office runs."""

from datetime import timedelta
from typing import NamedTuple

from odoo import fields

# A day and some slack: each of them is called every hour.
LONGEST_REST = timedelta(hours=26)

# Odoo switches an action off after five failures in a row over seven days.
MANY_FAILURES = 3
LONG_FAILING = timedelta(days=3)


class Trouble(NamedTuple):
    """What is the matter with an action.

    :param str kind: ``off``, ``rest`` (Odoo does not start it) or ``failing``.
    :param datetime since: from when on; nothing where nobody knows.
    """

    kind: str
    since: object = None


def trouble_of(crons):
    """Return what is the matter with an action and its copies, nothing when all is well.

    One copy that works is enough, but each that fails is told: Odoo will switch it off.

    :param ir.cron crons: an action and its copies; none when it was deleted.
    :rtype: Trouble or None
    """
    now = fields.Datetime.now()
    active = crons.filtered("active")
    if not active:
        return Trouble("off")
    last = max([*(cron.lastcall or cron.create_date for cron in active), *_starts(active)])
    if last < now - LONGEST_REST:
        return Trouble("rest", last)
    failing = [
        cron.first_failure_date
        for cron in active
        if cron.failure_count >= MANY_FAILURES
        and cron.first_failure_date
        and cron.first_failure_date < now - LONG_FAILING
    ]
    return Trouble("failing", min(failing)) if failing else None


def _starts(crons):
    """Return when these actions were started last, also where that call did not come to its end."""
    progress = crons.env["ir.cron.progress"]
    return progress.search([("cron_id", "in", crons.ids)], order="id desc", limit=1).mapped(
        "create_date"
    )
