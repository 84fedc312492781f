"""One part of the kill test, on a database of its own: DB PART PARTS RESULT [TITLE]…

Failures are printed at once; what passed goes to the file RESULT, as JSON.
"""

import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

SHOWN = 8  # differences of one case
WIDTH = 400


def start_odoo(db: str):
    """Load Odoo's registry of a database, as quiet as a library."""
    from odoo.tools import config

    config.parse_config(["-d", db, "--no-http", "--max-cron-threads=0"], setup_logging=False)
    from odoo.modules.registry import Registry

    return Registry(db)


class Report:
    """Counts the cases of each group; every failure by its name."""

    def __init__(self) -> None:
        self.result: dict = {"scenarios": {}}
        self._begin()

    def _begin(self) -> None:
        self._groups: dict[str, list[int]] = {}
        self._notes: list[str] = []
        self._started = time.monotonic()
        self._worked = self._processor()

    def _processor(self) -> float:
        """Return the seconds of processor that this process and its ended children took."""
        return sum(os.times()[:4])

    def check(self, group: str, name: str, problems: list[str]) -> None:
        """Count one case."""
        counts = self._groups.setdefault(group, [0, 0])
        counts[bool(problems)] += 1
        if problems:
            lines = [f"  FAIL {name}"]
            for problem in problems[:SHOWN]:
                lines.append("       " + problem.strip()[-WIDTH:].replace("\n", "\n       "))
            if len(problems) > SHOWN:
                lines.append(f"       … and {len(problems) - SHOWN} more")
            print("\n".join(lines), flush=True)

    def note(self, text: str) -> None:
        """Keep a measurement."""
        self._notes.append(text)

    def close(self, title: str) -> None:
        """End a scenario."""
        seconds = time.monotonic() - self._started
        worked = self._processor() - self._worked
        self.result["scenarios"][title] = [self._groups, self._notes, seconds, worked]
        self._begin()


def main() -> None:
    """Run our share of everything, or of the scenarios that are named."""
    db, part, parts, result, *titles = sys.argv[1:]
    registry = start_odoo(db)
    from kill_test.strikes import Disk

    disk = Disk(db)
    from kill_test.at_once import AtOnce
    from kill_test.decisions import Decisions
    from kill_test.orders import Orders
    from kill_test.outages import Outages
    from kill_test.scenarios import Scenarios
    from kill_test.sending import Sending
    from kill_test.together import Together
    from kill_test.uploads import Uploads

    report = Report()
    with Scenarios(registry, report, int(part), int(parts)) as stage:
        for title, scenario in {
            "a run that nobody kills": stage.unharmed,
            "killed at each step": stage.killed_at_each_step,
            "killed at any moment": stage.killed_at_any_moment,
            "500 at each call": stage.error_at_each_call,
            "confirmations that go wrong": stage.lost_answers,
            "two at once": Together(stage).all_pairs,
            "invoices that are sent": Sending(stage).everything,
            "PostgreSQL goes away": Outages(stage, disk).database_goes_away,
            "the filestore gives up": Outages(stage, disk).disk_gives_up,
            "files that are uploaded": Uploads(stage, disk).everything,
            "several at once": AtOnce(stage).everything,
            "decisions of a person": Decisions(stage).everything,
            "mandates that are ordered": Orders(stage).everything,
            "what the sandbox saw": stage.check_sandbox,
        }.items():
            if not titles or title in titles or not stage.reference:
                scenario()
                report.close(title)
        report.result |= {"to kill": stage.to_kill, "killed": stage.killed}
    Path(result).write_text(json.dumps(report.result), encoding="utf-8")


if __name__ == "__main__":
    main()
