"""Run the framework-free tests as if it were another day: ``unit_at.py DAY…``, one run per day.

Each day begins half an hour before midnight in UTC, when it is the next day in Belgium already.
A day runs in a process of its own: the clock has to be set before our modules take it.
"""

import os
import subprocess
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

REPO = Path(__file__).resolve().parents[3]


def run_at(day: str) -> int:
    """Run all of them on this day, in this process."""
    from freezegun import freeze_time

    with freeze_time(f"{day} 23:30:00", tick=True):
        suite = unittest.defaultTestLoader.discover("codabox/tests", top_level_dir=".")
        result = unittest.TextTestRunner(verbosity=0).run(suite)
    return 0 if result.wasSuccessful() and result.testsRun else 1


def run_apart(day: str) -> bool:
    """Run all of them on this day in another process; print its output when it fails."""
    command = [sys.executable, "-W", "error", __file__, day]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)
    print(f"{'FAIL' if done.returncode else 'ok  '} {day}", flush=True)
    if done.returncode:
        print(done.stdout, done.stderr, flush=True)
    return not done.returncode


def main() -> int:
    """Run the days of the command line."""
    days = sys.argv[1:]
    sys.path.insert(0, str(REPO))
    if len(days) == 1:
        return run_at(days[0])
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        return 0 if days and all(list(pool.map(run_apart, days))) else 1


if __name__ == "__main__":
    sys.exit(main())
