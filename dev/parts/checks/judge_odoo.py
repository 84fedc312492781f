"""Run Odoo's tests, show how they go, and judge the log as well as the tests.

    judge_odoo.py --module NAME --log FILE [--ignore TEXT]… -- COMMAND…

The run fails when a test fails, when no test ran, when the command fails, when the log
holds an error that no test expected, or a warning that has to do with the module. The
last line is "odoo: N passed, N failed, N skipped", from Odoo's own result lines.
"""

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

HEADER = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
    r"(?P<level>[A-Z]+) \S+ (?P<logger>\S+?): (?P<text>.*)",
    re.DOTALL,
)
STARTING = re.compile(r"Starting (?P<name>\S+) \.\.\.")
FAILING = re.compile(r"(?:FAIL|ERROR): (?:Subtest )?(?P<name>.+)")
SKIPPED = re.compile(r"skipped (?P<name>\S+) : (?P<reason>.*)")
FAILED_MODULE = re.compile(r"Module \S+: \d+ failures|At least one test failed")
TOTAL = re.compile(r"(?P<fail>\d+) failed, (?P<error>\d+) error\(s\) of (?P<run>\d+) tests")

# A test that is skipped because the machine lacks the browser has not been run.
MACHINE_LACKS = re.compile(r"chrom|websocket", re.IGNORECASE)
TIMED_OUT = 124  # the exit code of timeout(1)
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Verdict:
    """What one run's log says."""

    module: str
    ignored: list[str]
    started: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    problems: dict[tuple[str, str], str] = field(default_factory=dict)
    run: int = 0
    counted_bad: int = 0

    def take(self, record: str) -> None:
        """Take one log record: its first line and the lines that belong to it."""
        match = HEADER.match(record)
        if match:
            level, logger, text = match["level"], match["logger"], match["text"]
            if not self._take_test_record(level, logger, text) and self._is_problem(
                level, logger, text
            ):
                # The same complaint often comes again for each step of the loading.
                self.problems.setdefault((logger, text), record.rstrip())

    def _take_test_record(self, level: str, logger: str, text: str) -> bool:
        if total := TOTAL.match(text):
            self.run = int(total["run"])
            self.counted_bad = int(total["fail"]) + int(total["error"])
            return True
        prefix = logger.removeprefix(f"odoo.addons.{self.module}.tests.") + "."
        if level == "INFO":
            if start := STARTING.match(text):
                self.started.append(prefix + start["name"])
            elif skip := SKIPPED.match(text):
                self.skipped[prefix + skip["name"]] = skip["reason"].strip()
            return True
        if logger == "odoo.modules.loading" and FAILED_MODULE.match(text):
            return True
        if level == "ERROR" and (failing := FAILING.match(text)):
            self.failures[prefix + failing["name"].splitlines()[0]] = text
            return True
        return False

    def _is_problem(self, level: str, logger: str, text: str) -> bool:
        if level in ("ERROR", "CRITICAL"):
            return True
        if level != "WARNING":
            return False
        if logger.startswith(f"odoo.addons.{self.module}"):
            return True
        # The registry, the ORM and the view loader name our models, files and fields.
        for ignored in self.ignored:
            text = text.replace(ignored, "")
        return "codabox" in text.lower()

    @property
    def machine_lacks(self) -> list[str]:
        """Tests that this machine could not run."""
        return [name for name, reason in self.skipped.items() if MACHINE_LACKS.search(reason)]

    @property
    def counts(self) -> tuple[int, int, int]:
        """Passed, failed and skipped tests."""
        failed = max(len(self.failures), 1 if self.counted_bad else 0)
        # An error in setUpClass is no test that ran; a failing subtest belongs to one.
        started_and_failed = sum(
            any(failure.startswith(name) for failure in self.failures) for name in self.started
        )
        passed = max(0, self.run - started_and_failed - len(self.skipped))
        return passed, failed, len(self.skipped)


class Progress:
    """One line for each test class while the tests run."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.current = ""
        self.since = 0.0
        self.first = 0
        self.seen = 0

    def update(self) -> None:
        """Close the line of the class that has ended."""
        started = self.verdict.started
        if len(started) == self.seen:
            return
        self.seen = len(started)
        name = started[-1].rpartition(".")[0]
        if name != self.current:
            self.close(len(started) - 1)
            self.current, self.since, self.first = name, time.monotonic(), len(started) - 1

    def close(self, until: int) -> None:
        """Print the current class, which has run its tests up to number `until`."""
        if self.current:
            bad = any(name.startswith(self.current) for name in self.verdict.failures)
            seconds = time.monotonic() - self.since
            mark = "FAIL" if bad else "ok  "
            print(f"  {mark} {self.current} ({until - self.first} tests, {seconds:.1f} s)")
            sys.stdout.flush()
        self.current = ""


def records(lines: TextIO, log: TextIO) -> Iterator[str]:
    """Yield log records; every line goes to the log file at once."""
    record = ""
    for raw in lines:
        line = COLOURS.sub("", raw)
        log.write(line)
        if HEADER.match(line):
            if record:
                yield record
            record = line
        else:
            record += line
            if not record.startswith("20"):  # before the first record: the shell's own words
                print(line, end="", flush=True)
                record = ""
    if record:
        yield record


def complaints(verdict: Verdict, code: int) -> Iterator[str]:
    """Say each thing for which the run fails."""
    if verdict.failures or verdict.counted_bad:
        yield "tests fail"
    if not verdict.run:
        yield "no test ran"
    if verdict.problems:
        yield f"{len(verdict.problems)} errors or warnings in the log"
    if verdict.machine_lacks:
        yield "tests were skipped because this machine lacks something"
    if code:
        yield f"Odoo ended with code {code}" + (" (too slow)" if code == TIMED_OUT else "")


def report(verdict: Verdict, log: Path, code: int) -> bool:
    """Print what is wrong; return whether all is well."""
    for title, texts in (
        ("Failing tests in full", list(verdict.failures.values())),
        ("In the log", list(verdict.problems.values())),
    ):
        if texts:
            print(f"\n=== {title} ===")
            print("\n\n".join(texts))
    for name, reason in verdict.skipped.items():
        print(f"skipped: {name}: {reason}")
    for name in verdict.failures:
        print(f"failing: {name}")
    print(f"\nThe whole log: {log}")
    wrong = list(complaints(verdict, code))
    if wrong:
        print("Odoo tests: " + "; ".join(wrong))
    print("odoo: {} passed, {} failed, {} skipped".format(*verdict.counts), flush=True)
    return not wrong


def main() -> int:
    """Run the command and judge it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--module", required=True)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--ignore", action="append", default=[])
    parser.add_argument("command", nargs="+")
    args = parser.parse_args()

    verdict = Verdict(args.module, args.ignore)
    progress = Progress(verdict)
    with (
        args.log.open("w", encoding="utf-8") as log,
        subprocess.Popen(
            args.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process,
    ):
        for record in records(process.stdout, log):
            verdict.take(record)
            progress.update()
            if " odoo.modules.loading: Module " in record:  # what follows is no test's time
                progress.close(len(verdict.started))
    progress.close(len(verdict.started))
    return 0 if report(verdict, args.log, process.returncode) else 1


if __name__ == "__main__":
    sys.exit(main())
