from datetime import timedelta
from typing import NamedTuple

from odoo import fields, models

from ..mandate.codabox_mandate import DEMANDING, STATES

LIGHTS = [
    ("bad", "Not in order"),
    ("look", "To look at"),
    ("off", "Not fetched"),
    ("ok", "In order"),
    ("closed", "Closed to you"),
    ("none", "Nothing yet"),
    ("ended", "Ended"),
]

# What asks most of a person first, the light it gives and what its button is called.
CURES = {
    "choose_company": "off",
    "connection": "bad",
    "failing": "bad",
    "failed": "bad",
    "waiting": "bad",
    "gaps": "bad",
    "overdue": "bad",
    "late_payroll": "bad",
    "mandate_problem": "bad",
    "to_sign": "look",
    "withheld": "look",
    "bills": "look",
    "codes": "look",
    "entries": "look",
    "lines": "look",
    "not_fetched": "off",
    "fetch_off": "off",
    "no_mandate": "look",
}

# A night is every night; after two, what is known is old.
LATE = timedelta(days=2)


class Facts(NamedTuple):
    """What a row says: its light, what to do first, what it counts, and whether it is late."""

    light: str
    cure: str | bool
    numbers: dict
    is_late: bool


class CodaboxFeedKind(models.Model):
    """The light of a row: whether everything is in, as far as the reader may know.

    Absent is unknown: a row is in order only where something came or may come, the nights run,
    and nothing waits. Of payroll that is closed to the reader nothing is said.
    """

    _inherit = "codabox.feed.kind"

    light = fields.Selection(
        LIGHTS, "State", compute="_compute_office", search="_search_light",
        help="Not in order: something is missing, failed or waits. To look at: what came is in, and "
        "a person has something to do.",
    )  # fmt: skip
    # What to do first, one of CURES.
    cure = fields.Char(compute="_compute_office", export_string_translation=False)
    mandate_state = fields.Selection(STATES, "Mandate", compute="_compute_office")

    def _search_light(self, operator, value):
        if operator != "in":
            return NotImplemented
        facts = self._all_rows()._office_facts()
        return [("id", "in", [id for id, found in facts.items() if found.light in value])]

    def _compute_office(self):
        self.fetch(["feed_id", "company_id", "kind"])
        accounts, payrolls = self._row_accounts(), self._row_payrolls()
        facts = self._office_facts(accounts, payrolls)
        until = self._until(accounts, payrolls)
        mandates = self._mandate_states()
        sentences = self._cure_sentences(facts, accounts, payrolls)
        names = dict(self._fields["waits_for"]._description_selection(self.env))
        for line in self:
            light, cure, numbers, is_late = facts[line.id]
            line.light = light
            line.cure = cure
            line.waits_for = next(iter(numbers), False)
            line.counts = [
                {"name": name, "label": names[name], "number": number, "light": CURES[name]}
                for name, number in numbers.items()
            ]
            line.mandate_state = mandates.get((line.feed_id.id, line.kind), False)
            line.todo = sentences.get(line.id, False)
            for name, value in until[line.id].items():
                line[name] = value
            if line.rhythm == "overdue" and not is_late:
                line.rhythm = False  # nothing more is to come

    # -------------------------------------------------------------------------
    # Judging
    # -------------------------------------------------------------------------

    def _office_facts(self, accounts=None, payrolls=None):
        """Return what each row says, with as many queries for thousands as for one.

        :rtype: dict[int, Facts]
        """
        self.fetch(["feed_id", "company_id", "kind", "book_until"])
        accounts = self._row_accounts() if accounts is None else accounts
        payrolls = self._row_payrolls() if payrolls is None else payrolls
        numbers = self._numbers(accounts)
        late = self._late_rows(accounts, payrolls)
        world = self._judge_world()
        return {
            line.id: line._judge(numbers[line.id], line.id in late, payrolls, world)
            for line in self
        }

    def _late_rows(self, accounts, payrolls):
        """Return the ids of the rows of which something should be here and is not."""
        silent = {id for id, found in accounts.items() if any(a.is_overdue for a in found)}
        missing = {
            id for id, found in payrolls.items() if any(map(self._late_months, found.values()))
        }
        return silent | missing

    def _judge_world(self):
        """Return what all rows are judged by, read at once.

        :return: the client of each row, what came of each (client, kind), and the mandates.
        """
        feeds = self.env["codabox.feed"].sudo().search_fetch(
            [("id", "in", self.feed_id.ids)],
            ["state", "is_fetched", "last_fetch", "failing_since", "connection_id"],
        )  # fmt: skip
        connections = self.env["codabox.connection"].sudo().search_fetch(
            [("id", "in", feeds.connection_id.ids)],
            ["state", "fetch_automatically", "failing_since"],
        )  # fmt: skip
        documents = self.env["codabox.document"]._read_group(
            [("feed_id", "in", feeds.ids), ("state", "!=", "withheld")], ["feed_id", "kind"]
        )
        came = {(feed.id, kind) for feed, kind in documents}
        # That anything is known of a client is no secret: what it is may be payroll.
        anything = self.env["codabox.feed.kind"].sudo()._seen_feeds(feeds)
        return {
            "feeds": {feed.id: feed for feed in feeds},
            "connections": {connection.id: connection for connection in connections},
            "came": came,
            "alive": set(anything.ids),
            "mandates": self._mandate_states(),
            "payroll": set(self.env.user._codabox_payroll_companies().ids),
            "today": fields.Date.context_today(self),
            "long_ago": fields.Datetime.now() - LATE,
        }

    def _judge(self, numbers, is_late, payrolls, world):
        """Return the facts of this row."""
        feed = world["feeds"][self.feed_id.id]
        cures = {*self._trouble(feed, world), *numbers}
        is_late = is_late and not self._is_over(feed, world)
        if is_late:
            cures.add("overdue" if self.kind == "coda" else "late_payroll")
        cure = next((name for name in CURES if name in cures), False)
        light = CURES[cure] if cure else self._quiet_light(feed, world)
        return Facts(light, cure, numbers, is_late)

    def _trouble(self, feed, world):
        """Yield what keeps new documents of this row from coming."""
        connection = world["connections"][feed.connection_id.id]
        if feed.state == "new":
            yield "choose_company"
        if self._is_over(feed, world):
            return
        if connection.state != "connected":
            yield "connection"
        elif feed.failing_since or connection.failing_since:
            yield "failing"
        elif not feed.is_fetched or not connection.fetch_automatically:
            yield "fetch_off"
        elif not feed.last_fetch or feed.last_fetch < world["long_ago"]:
            yield "not_fetched"
        if feed.id not in world["alive"] and self.kind == "coda":
            yield "no_mandate"

    def _quiet_light(self, feed, world):
        """Return the light of a row of which nothing is to be done."""
        if self.kind == "soda" and self.company_id.id not in world["payroll"]:
            return "closed"
        if self.kind == "coda" and not self._reads_statements():
            return "closed"
        if self._is_over(feed, world):
            return "ended"
        came = (feed.id, self.kind) in world["came"]
        return "ok" if came or self._has_mandate(world) else "none"

    def _is_over(self, feed, world):
        """Return whether nothing more is to come for this row."""
        return feed.state == "ended" or bool(self.book_until and self.book_until < world["today"])

    def _has_mandate(self, world):
        return (self.feed_id.id, self.kind) in world["mandates"]

    def _mandate_states(self):
        """Return (client, kind) -> the state of its mandates that asks most of a person.

        :rtype: dict[tuple[int, str], str]
        """
        if not self.env["codabox.mandate"].has_access("read"):
            return {}
        groups = self.env["codabox.mandate"]._read_group(
            [("feed_id", "in", self.feed_id.ids), ("state", "!=", "archived")],
            ["feed_id", "service", "state"],
        )
        found = {}
        for feed, service, state in sorted(groups, key=lambda group: DEMANDING.index(group[2])):
            found.setdefault((feed.id, service), state)
        return found
