from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...codabox import Period, due_day, next_due, period_of
from .lines import OPEN

LIGHTS = [
    ("ready", "Ready"),
    ("green", "Can be ready"),
    ("open", "To do"),
    ("reopened", "Reopened"),
    ("running", "Not over yet"),
    ("closed", "Closed to you"),
    ("none", "No return"),
]
MOST_BACK = 60


class Check(NamedTuple):
    """One check of a client: its light, its lines, and what a person said of it."""

    light: str
    lines: list
    said: "models.Model"
    period: Period


class CodaboxFeed(models.Model):
    """VAT-ready and Closed of each client, for the period whose return has to be in next."""

    _inherit = "codabox.feed"

    check_period = fields.Char("Period", compute="_compute_checks")
    check_due = fields.Date("Return by", compute="_compute_checks")
    vat_light = fields.Selection(
        LIGHTS, "VAT-ready", compute="_compute_checks", search="_search_vat_light"
    )
    vat_todo = fields.Text("For the VAT", compute="_compute_checks")
    closed_light = fields.Selection(
        LIGHTS, "Closed", compute="_compute_checks", search="_search_closed_light"
    )
    closed_todo = fields.Text("To close", compute="_compute_checks")
    is_reopened = fields.Boolean(
        "Reopened", compute="_compute_checks", search="_search_is_reopened",
        help="Something came after a person said that a period is ready, whichever it is.",
    )  # fmt: skip
    reopened_text = fields.Text("What came after", compute="_compute_checks")

    # -------------------------------------------------------------------------
    # Which period
    # -------------------------------------------------------------------------

    def _filing(self):
        """Return the length of the periods of this client; months as long as nobody chose it."""
        chosen = self.company_id.sudo().codabox_vat_period
        return "quarter" if chosen == "quarter" else "month"

    def _check_period(self):
        """Return the period that is looked at: of a given day, else the one that is due.

        :rtype: Period
        """
        filing, context = self._filing(), self.env.context
        if day := context.get("codabox_period_day"):
            return period_of(filing, fields.Date.to_date(day))
        back = context.get("codabox_periods_back")
        back = back if isinstance(back, int) and 0 <= back <= MOST_BACK else 0
        return next_due(filing, fields.Date.context_today(self), back)

    # -------------------------------------------------------------------------
    # Judging
    # -------------------------------------------------------------------------

    def _checks(self, kinds=("vat", "closed")):
        """Return client -> kind -> its check, with as many queries for thousands as for one.

        :param kinds: which checks are wanted.
        :rtype: dict[int, dict[str, Check]]
        """
        feeds = self.filtered("company_id")
        feeds.company_id.sudo().fetch(["codabox_vat_period", "codabox_vat_regime", "parent_path"])
        arrivals = feeds._arrivals(kinds) if feeds else {}
        found = {}
        groups = feeds.grouped(lambda feed: (feed._filing(), feed._check_period()))
        for (filing, period), group in groups.items():
            said = self.env["codabox.period.check"]._of(group.company_id, period)
            lines = {}
            if "vat" in kinds:
                lines["vat"] = group._vat_lines(period, filing, arrivals)
            if "closed" in kinds:
                lines["closed"] = group._closed_lines(period, arrivals)
            for feed in group:
                found[feed.id] = {
                    kind: feed._check(kind, lines[kind][feed.id], said, period) for kind in lines
                }
        return found

    def _check(self, kind, lines, said, period):
        """Return the check of this client from its lines."""
        said = said.get((self.company_id.id, kind), self.env["codabox.period.check"])
        right = said.right or {}
        lines = [
            line._replace(state="right")
            if line.state in OPEN and right.get(line.name, "no") == line.mark
            else line
            for line in lines
        ]
        return Check(self._check_light(kind, lines, said, period), lines, said, period)

    def _check_light(self, kind, lines, said, period):
        if kind == "vat" and self.company_id.sudo().codabox_vat_period == "none":
            return "none"
        if said.state == "reopened" or (said.state == "ready" and _later(lines, said)):
            return "reopened"
        if said.state == "ready":
            return "ready"
        if period.end >= fields.Date.context_today(self):
            return "running"
        states = {line.state for line in lines}
        if states & set(OPEN):
            return "open"
        return "closed" if "closed" in states else "green"

    # -------------------------------------------------------------------------
    # Shown, and found
    # -------------------------------------------------------------------------

    @api.depends_context("uid", "lang", "codabox_period_day", "codabox_periods_back")
    def _compute_checks(self):
        checks = self._checks()
        reopened = self._reopened_texts()
        for feed in self:
            found = checks.get(feed.id)
            for kind in ("vat", "closed"):
                feed[f"{kind}_light"] = found and found[kind].light
                feed[f"{kind}_todo"] = found and feed._first_sentence(kind, found[kind])
            period = found and found["vat"].period
            feed.check_period = period and feed._period_name(period)
            filing = feed.company_id.sudo().codabox_vat_period
            due = period and filing in ("month", "quarter") and due_day(filing, period)
            feed.check_due = due or False
            feed.reopened_text = reopened.get(feed.company_id.id, False)
            feed.is_reopened = bool(feed.reopened_text)

    def _period_name(self, period):
        start = format_date(self.env, period.start, date_format="MMMM y")
        if period.start.month == period.end.month:
            return start
        return self.env._(
            "Quarter %(number)s of %(year)s",
            number=(period.start.month + 2) // 3,
            year=period.start.year,
        )

    def _first_sentence(self, kind, check):
        """Return what asks most of a person in a check, or who said that it is ready."""
        if check.light == "none":
            return False
        if check.light == "ready":
            return self._ready_text(check.said)
        asked = _later(check.lines, check.said) if check.said.state == "ready" else []
        asked = asked or [line for line in check.lines if line.state in OPEN]
        if not asked:
            return False
        names = self._check_names()
        text = f"{names[asked[0].name]}: {self._check_sentence(asked[0])}"
        more = len(asked) - 1
        return self.env._("%(text)s (and %(more)s more)", text=text, more=more) if more else text

    def _ready_text(self, said):
        """Return who said so, and when; nothing is filed from here."""
        day = fields.Datetime.context_timestamp(self, said.ready_on)
        name = said.sudo().ready_by_id.name or ""
        return self.env._("%(user)s, %(day)s", user=name, day=format_date(self.env, day.date()))

    def _reopened_texts(self):
        """Return company -> what came after its periods were ready, in any of them."""
        texts = {}
        checks = self.env["codabox.period.check"].search(
            [("company_id", "in", self.company_id.ids), ("state", "=", "reopened")],
            order="date_to, id",
        )
        for check in checks:
            period = self._period_name(Period(check.date_from, check.date_to))
            kinds = dict(check._fields["kind"]._description_selection(self.env))
            text = f"{kinds[check.kind]}, {period}: {check._came_text()}"
            before = texts.get(check.company_id.id)
            texts[check.company_id.id] = f"{before}\n{text}" if before else text
        return texts

    def _search_vat_light(self, operator, value):
        return self._search_light_of("vat", operator, value)

    def _search_closed_light(self, operator, value):
        return self._search_light_of("closed", operator, value)

    def _search_light_of(self, kind, operator, value):
        if operator != "in":
            return NotImplemented
        checks = self._listed()._checks((kind,))
        return [("id", "in", [id for id, found in checks.items() if found[kind].light in value])]

    def _search_is_reopened(self, operator, value):
        if operator != "in":
            return NotImplemented
        checks = self.env["codabox.period.check"].search([("state", "=", "reopened")])
        domain = Domain("company_id", "in", checks.company_id.ids)
        return domain if True in value else ~domain

    @api.model
    def _listed(self):
        """Return the clients that have checks: those that are a company of the user."""
        return self.search([("company_id", "!=", False), ("state", "=", "active")], order="id")


def _later(lines, said):
    """Return what asks something of a person now, and did not when it was called ready."""
    figures = said.figures or {}
    return [line for line in lines if line.state == "todo" and figures.get(line.name) != line.mark]
