import math

from odoo import models
from odoo.tools import config

from ...codabox import parse_coda, statement_name
from ..connection.codabox_feed import enterprise_digits
from .codabox_statement_batch import Ready

# Seconds for one movement, with room for slower machines: measured were 5.5 ms of processor time
# and 7.9 ms by the clock (20,000 movements of one statement, 2026-11-30, two busy cores).
PROCESSOR_SECONDS = 0.007

CLOCK_SECONDS = 0.01

# What is asked for is more than what was measured, in whole minutes.
ROOM = 1.5


class CodaboxDocument(models.Model):
    """Bank statements: one CODA file, one or more statements, each into its own journal."""

    _inherit = "codabox.document"

    def _import_coda(self):
        """Book every statement of this document that is sure, and say what keeps the others.

        :raise FormatError: when the file is no CODA or is broken.
        """
        self.ensure_one()
        parsed = parse_coda(self._readable_file()._raw())
        self._describe_coda(parsed)
        foreign = self._foreign_enterprise(parsed)
        if foreign:
            return self._hold_foreign(foreign)
        if self._hold_too_long(parsed):
            return None
        ready = Ready()
        for record, statement in self._record_statements(parsed):
            if record._is_open():
                record._book(statement, ready)
        ready.book()
        return self._settle_coda()

    def _describe_coda(self, parsed):
        """Give the document a title and a date from what stands in it."""
        first, last = parsed.statements[0], parsed.statements[-1]
        titles = dict.fromkeys([statement_name(first), statement_name(last)])
        self.write(
            {
                "name": f"CODA {' - '.join(titles)} {first.account.number}",
                "document_date": last.closing.date or self.document_date,
                "number": first.number,
                **self._wages_vals(parsed),
            }
        )

    def _foreign_enterprise(self, parsed):
        """Return the enterprise number of the file when it is not that of the company."""
        ours = self.company_id._codabox_enterprise_number()
        for statement in parsed.statements:
            theirs = enterprise_digits(statement.enterprise_number)
            if ours and theirs and theirs != ours:
                return theirs
        return ""

    def _record_statements(self, parsed):
        """Return (record, parsed statement) for each statement of the file, made when new."""
        model = self.env["codabox.statement"]
        ends = [statement.record for statement in parsed.statements[1:]] + [float("inf")]
        known = {(record.position, record.key): record for record in self.statement_ids}
        pairs = []
        for position, (statement, end) in enumerate(zip(parsed.statements, ends, strict=True)):
            key = model._identity(statement)
            record = known.get((position, key))
            if not record:
                notices = [n for n in parsed.notices if statement.record <= n.record < end]
                values = model._prepare(self, position, statement, notices)
                record = model.create(values | self._duplicate_vals(key))
            pairs.append((record, statement))
        return pairs

    def _duplicate_vals(self, key):
        """Return the values that mark a statement as received before, if it was."""
        original = self.env["codabox.statement"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("key", "=", key),
                ("state", "!=", "duplicate"),
            ]
        )
        if not original:
            return {}
        reason = self._reason_vals("same_statement", original=original.document_id.name)
        return {"state": "duplicate", "original_id": original.id, **reason}

    def _settle_coda(self):
        """Set the state of the document from those of its statements."""
        records = self.statement_ids
        waiting = records.filtered(lambda r: r.state == "waiting").sorted("position")
        if waiting:
            return self._set_state(
                "waiting", waiting[0].reason_code, **(waiting[0].reason_facts or {})
            )
        copies = records.filtered(lambda r: r.state == "duplicate")
        if copies == records:
            self.duplicate_of_id = copies[0].original_id.document_id
            return self._set_state(
                "duplicate", copies[0].reason_code, **(copies[0].reason_facts or {})
            )
        kept = records.filtered(lambda r: r.state == "stored")
        if kept == records - copies:
            return self._set_state("stored", kept[0].reason_code, **(kept[0].reason_facts or {}))
        if all(record.state in ("empty", "duplicate") for record in records):
            return self._set_state("imported", "empty_statement")
        return self._set_state("imported")

    # A file is booked in one transaction, and Odoo ends a process that takes too long.
    #
    # One that cannot be through in time would be begun and killed again and again, and all others
    # with it. It waits instead, until the limit that it names is raised.

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
