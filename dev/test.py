"""Run every layer of the tests, `make test`; CONTRIBUTING.md says what they hold.

Every layer runs even when another one fails, so that one run tells everything. The last
line, "N passed, N failed, N skipped", adds up what the layers' own test runners counted.

As many layers run side by side as the machine has cores, the Odoo tests in halves, since they take
as long as all the rest together. Every layer has a database and ports of its own. Each line of
output says whose it is.
"""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
MODULE = "account_codabox"


def odoo_half(half: int) -> list[str]:
    """Give the command that runs every second file of the Odoo tests."""
    files = sorted(path.name for path in (REPO / "tests").glob("test_*.py"))
    return ["dev/odoo_tests", ",".join(f"/{MODULE}/tests/{name}" for name in files[half::2])]


# Started in this order: what takes long comes first, so that nothing long is left alone at the end.
LAYERS = {
    "lint": ["make", "--no-print-directory", "lint"],
    "odoo1": odoo_half(0),
    "odoo2": odoo_half(1),
    "kill": ["dev/kill_test"],
    "unit": ["make", "--no-print-directory", "unit"],
    # Expense notes of employees and purchase orders, where the apps of these are installed.
    "hr": [
        "dev/odoo_tests",
        "codabox_hr/account_codabox,codabox_purchase/account_codabox",
        "hr_expense,purchase",
    ],
    # Beside OCA's screen to match bank lines, which no machine has by itself.
    "oca": ["dev/oca_tests"],
    "smoke": ["dev/demo", "--check"],
    "apps": ["dev/apps"],
    "upgrade": ["dev/upgrade_test"],
    "pot": ["dev/pot", "--check"],
}
# They end well or not, and count no tests.
WITHOUT_TESTS = {"lint", "pot"}

UNITTEST_RAN = re.compile(r"^Ran (\d+) tests? in ")
UNITTEST_END = re.compile(r"^(?:OK|FAILED)(?: \((?P<what>.*)\))?$")
# How the layers name a test that fails; the others have one test, or none.
FAILING = {
    "upgrade": re.compile(r"^ +FAIL (.+)"),
    "unit": re.compile(r"^(?:FAIL|ERROR): (.+)"),
    "kill": re.compile(r"^ +FAIL (.+)"),
    "odoo": re.compile(r"^failing: (.+)"),
}
OUR_END = re.compile(
    r"^(?:odoo|kill|smoke|apps|upgrade): (\d+) passed, (\d+) failed(?:, (\d+) skipped)?$"
)


@dataclass
class Layer:
    """One layer, how it ended and what it counted."""

    name: str
    code: int = 0
    seconds: float = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failing: list[str] = field(default_factory=list)

    def read(self, line: str) -> None:
        """Take the counts from a line of the layer's output."""
        if ran := UNITTEST_RAN.match(line):
            self.passed = int(ran[1])
        elif (end := UNITTEST_END.match(line)) and self.name == "unit":
            counts = dict(re.findall(r"([a-z][a-z ]*)=(\d+)", end["what"] or ""))
            self.failed = int(counts.get("failures", 0)) + int(counts.get("errors", 0))
            self.skipped = int(counts.get("skipped", 0))
            self.passed = max(0, self.passed - self.failed - self.skipped)
        elif ours := OUR_END.match(line):
            self.passed, self.failed, self.skipped = (int(n or 0) for n in ours.groups())
        elif failing := FAILING.get(self.name, FAILING["odoo"]).match(line):
            self.failing.append(failing[1])

    @property
    def good(self) -> bool:
        """Whether it ended well and, where it counts tests, ran at least one."""
        return self.code == 0 and (self.name in WITHOUT_TESTS or self.passed > 0)


def run(name: str) -> Layer:
    """Run one layer with its output, marked with its name, on ours."""
    layer = Layer(name)
    print(f"##### {name}\n", end="", flush=True)  # one write, or two layers share a line
    start = time.monotonic()
    with subprocess.Popen(
        LAYERS[name],
        cwd=REPO,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout:
            print(f"{name:7}| {line}", end="", flush=True)
            layer.read(line.rstrip("\n"))
    layer.code = process.returncode
    layer.seconds = time.monotonic() - start
    return layer


def run_all(names: list[str]) -> list[Layer]:
    """Run the layers, as many at a time as there are cores."""
    with ThreadPoolExecutor(max_workers=len(os.sched_getaffinity(0))) as pool:
        return list(pool.map(run, names))


def main() -> int:
    """Run the layers named on the command line, or all."""
    layers = run_all(sys.argv[1:] or list(LAYERS))
    print("\n##### summary")
    for layer in layers:
        mark = "ok" if layer.good else "FAILED"
        counts = (
            "" if layer.name in WITHOUT_TESTS else f"{layer.passed} passed, {layer.failed} failed"
        )
        print(f"{layer.name:7} {mark:7} {layer.seconds:6.1f} s  {counts}".rstrip())
    for layer in layers:
        for name in layer.failing:
            print(f"failing: {layer.name}: {name}")
    good = all(layer.good for layer in layers)
    failed = sum(layer.failed for layer in layers)
    # A layer that failed without a failing test (lint, a warning in the log) counts as one.
    failed += sum(not layer.good and not layer.failed for layer in layers)
    passed = sum(layer.passed for layer in layers)
    skipped = sum(layer.skipped for layer in layers)
    print(f"\n{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
