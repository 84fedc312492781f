"""Rounds, medians, tables, and the machine they were made on."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


def interleaved(rounds: int, runs: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Run each in turn, again and again, so that a busy minute is busy for all of them.

    :param rounds: how often.
    :param runs: what to run by name; each returns its seconds.
    :return: the seconds of each round by name.
    """
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds):
        for name, run in runs.items():
            seconds[name].append(run())
            found = seconds[name][-1]
            print(f"round {number + 1} of {rounds}, {name}: {found:.4g} s", file=sys.stderr)
    return seconds


def ratio(seconds: Mapping[str, Sequence[float]], name: str, base: str) -> float:
    """Return the median of the ratios round by round: rounds stand beside each other in time."""
    pairs = zip(seconds[name], seconds[base], strict=True)
    return statistics.median(one / other for one, other in pairs)


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown: texts to the left, numbers to the right."""
    align = ["---"] + ["---:"] * (len(head) - 1)
    lines = [f"### {title}", ""]
    lines += ["| " + " | ".join(cells) + " |" for cells in (head, align, *rows)]
    return "\n".join(lines) + "\n"


def verdict(found: float, limit: float, *, at_least: bool = False) -> str:
    """Return whether a target was reached, in a word."""
    return "reached" if (found >= limit if at_least else found <= limit) else "**missed**"


def machine() -> str:
    """Return what the figures depend on, in one line."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    load = os.getloadavg()[0]
    return (
        f"{cpu}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{_postgresql()}; load {load:.1f} at the start"
    )


def _postgresql() -> str:
    command = ["psql", "-XAtq", "-d", "postgres", "-c", "show server_version"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return "no PostgreSQL"
    return f"PostgreSQL {found.split()[0]}"
