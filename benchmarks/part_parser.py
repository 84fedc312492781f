"""Part "parser": a file of 20 MB, read by us and by the two parsers on PyPI."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from . import peers
from .coda_files import Writer
from .measure import interleaved, ratio, table, verdict

SIZE = 20_000_000
ROUNDS = 7
FASTER = 3.0
MEMORY = 3.0


def run() -> Iterator[str]:
    """Yield the table of the parsers."""
    path = peers.home() / "parser.cod"
    path.write_bytes(Writer().file_of(SIZE))
    size = path.stat().st_size
    folders = {
        "pycoda": peers.install(peers.PYCODA),
        "febelfin-coda": peers.install(peers.FEBELFIN),
    }
    ours = Path(__file__).parent.parent
    peaks: dict[str, int] = {}
    runs = {
        "account_codabox": _runner("ours", ours, path, peaks),
        "account_codabox, every text read": _runner("ours-all", ours, path, peaks),
        **{name: _runner(name, folder, path, peaks) for name, folder in folders.items()},
    }
    seconds = interleaved(ROUNDS, runs)
    fastest = min(folders, key=lambda name: median(seconds[name]))
    rows = [
        [
            name,
            f"{median(seconds[name]):.2f}",
            f"{size / 1e6 / median(seconds[name]):.0f}",
            f"{ratio(seconds, fastest, name):.2f}",
            f"{peaks[name] / size:.1f}",
        ]
        for name in runs
    ]
    times, memory = ratio(seconds, fastest, "account_codabox"), peaks["account_codabox"] / size
    yield table(
        f"Parsers, a file of {size / 1e6:.1f} MB",
        ["parser", "s", "MB/s", f"times {fastest}", "peak of memory / file"],
        rows,
    ) + (
        f"\nAt least {FASTER:.0f} times the faster one: {verdict(times, FASTER, at_least=True)} "
        f"({times:.2f}). Memory below {MEMORY:.0f} times the file: {verdict(memory, MEMORY)} "
        f"({memory:.2f}).\n"
    )


def _runner(name: str, folder: Path, path: Path, peaks: dict[str, int]) -> Callable[[], float]:
    """Return a run in a process of its own, which keeps the highest peak of memory too."""

    def run() -> float:
        worker = Path(__file__).with_name("parser_worker.py")
        command = [sys.executable, str(worker), name, str(folder), str(path)]
        found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        peaks[name_of[name]] = max(peaks.get(name_of[name], 0), found["peak"])
        return float(found["seconds"])

    name_of = {"ours": "account_codabox", "ours-all": "account_codabox, every text read"}
    name_of.setdefault(name, name)
    return run
