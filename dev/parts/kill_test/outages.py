"""Outages in the nightly run: PostgreSQL goes away, the filestore is full or cannot be written."""

import functools
import os
from collections.abc import Callable

from kill_test.process import Outcome
from kill_test.stage import Stage
from kill_test.strikes import DATABASE_WORDS, Disk, lose_database

FEWEST_FILES = 6  # to be written by a run; fewer would prove nothing


class Outages:
    """What a run meets that is no kill, and the run after it."""

    def __init__(self, stage: Stage, disk: Disk) -> None:
        self.stage = stage
        self.disk = disk

    # --- PostgreSQL ------------------------------------------------------------------

    def database_goes_away(self) -> None:
        """End the connections to PostgreSQL at each kind of step, and run again."""
        steps = self.stage.steps
        kinds = {}
        for number, name in enumerate(steps, start=1):
            if self.stage.is_distinct(steps, number):
                # The last of a kind, when most can be lost; ALL=1 takes each.
                kinds[number if os.environ.get("ALL") else name] = number
        chosen = sorted(kinds.values())
        shares = self.stage.share(len(chosen))
        offices = self.stage.world.make_offices(*[1] * len(shares))
        for case, office in zip(shares, offices, strict=True):
            number = chosen[case - 1]
            self.stage.make_due(office)
            outcome = self.stage.night(number, functools.partial(lose_database, self.stage.db))
            problems = self._struck(outcome, number, DATABASE_WORDS) + self.stage.recover(office)
            before, name = ["start", *steps][number - 1 : number + 1]
            title = f"PostgreSQL goes away at step {number}: {name} (after {before})"
            self.stage.report.check("PostgreSQL goes away: the same books", title, problems)

    def _struck(self, outcome: Outcome, number: int, words: tuple[str, ...]) -> list[str]:
        """Say where a run did not end by itself, or did not say what stopped it."""
        problems = []
        if outcome.hung or outcome.code not in (0, 1):
            problems.append(f"ended with {outcome.code}, hung: {outcome.hung}")
        if outcome.steps[:number] != self.stage.steps[:number]:
            problems.append(f"other steps than the reference: {outcome.steps[-3:]}")
        ended = number == len(self.stage.steps)  # nothing was left that could fail
        if not ended and not any(word in line for line in outcome.complaints for word in words):
            problems.append(f"does not say what happened: {outcome.complaints[-1:]}")
        return problems

    # --- Filestore -------------------------------------------------------------------

    def disk_gives_up(self) -> None:
        """Fill the disk, or make it read-only, before each file is written; cure it, run again."""
        if self.disk.refusal:
            self.stage.report.check("filestore", "filestore", [self.disk.refusal])
            return
        steps = self.stage.steps
        files = [n for n, name in enumerate(steps, start=1) if name == "within file"]
        if self.stage.share(1):
            problems = [] if len(files) >= FEWEST_FILES else [f"only {len(files)} files"]
            self.stage.report.check("filestore", "files are written", problems)
        cases = [("full", "No space left on device", self.disk.fill, n) for n in files]
        # A second night finds what the first left half-written.
        cases += [("full for two nights", *case[1:]) for case in cases[::4]]
        cases += [("read-only", "Read-only file system", self.disk.lock, n) for n in files[::3]]
        shares = self.stage.share(len(cases))
        offices = self.stage.world.make_offices(*[1] * len(shares))
        for case, office in zip(shares, offices, strict=True):
            self._on_broken_disk(office, *cases[case - 1])

    def _on_broken_disk(
        self, office, kind: str, words: str, strike: Callable[[], None], number: int
    ) -> None:
        stage = self.stage
        stage.make_due(office)
        outcome = stage.night(number, strike)
        problems = self._struck(outcome, number, (words,))
        problems += stage.halfway(office.clients[0])
        if "two" in kind:
            stage.make_due(office)
            stage.night()
            problems += stage.halfway(office.clients[0])
        self.disk.cure()
        stage.make_due(office)
        problems += stage.night().problems() + stage.compare(office.clients[0])
        problems += self.disk.strays()
        title = f"filestore {kind} from file {stage.steps[:number].count('within file')} on"
        stage.report.check(f"filestore {kind}: all comes in after the cure", title, problems)
