"""The kill test; run by dev/kill_test, one part on each of the given databases.

What it proves, for the nightly run as Odoo's cron worker runs it and for what people do in requests
of the web client, with real commits and HTTP:

* killed (SIGKILL) at any step, the next run ends with the same books, inbox, files, counts and
  offsets as a run that nobody killed, and nothing half-booked is ever visible in between;
* no offset moves before the documents it covers are committed with their bytes: each PUT is
  judged by the sandbox on arrival, through a database connection of its own;
* the locks of a killed worker are free at once;
* two workers, or a worker and a user, on the same clients make the same books as one;
* an answer that is lost, or a 500 at any call, changes nothing in the end;
* a sales invoice is sent once: killed at any step, with a lost answer, by two at the same moment;
* PostgreSQL that ends all connections at any kind of step leaves nothing half-done, is named in the
  log, and the next run ends with the same books;
* a filestore that is full, for one night or two, or read-only: nothing is confirmed without its
  bytes, the log says what is wrong, and after the cure all comes in;
* mandates ordered for a client, killed or without PostgreSQL at any step, and ordered again: each
  is at CodaBox and here once, was asked of CodaBox once, and is written down before it is asked;
* a CODA or a zip that a person uploads is booked once, however the first try ended;
* of several people who upload one file, make one journal or agree for one company at once, one does
  it and the others read a sentence;
* a decision of a person is whole or not at all, and done again ends in the same books.

The parts share the cases between them, so that two cores are of use.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PART = Path(__file__).with_name("part.py")
TITLE = "killed at each step"
FEWEST_KILLS = 50


def run_parts(databases: list[str], titles: list[str]) -> list[dict]:
    """Run every part to its end; one that breaks has no result."""
    warnings = [f"-W{option}" for option in sys.warnoptions]
    count = len(databases)
    with tempfile.TemporaryDirectory() as folder:
        results = [Path(folder) / str(number) for number in range(count)]
        processes = []
        for number, (db, result) in enumerate(zip(databases, results, strict=True)):
            options = [db, str(number), str(count), result, *titles]
            processes.append(subprocess.Popen([sys.executable, *warnings, PART, *options]))
        for process in processes:
            process.wait()
        return [json.loads(r.read_text(encoding="utf-8")) if r.exists() else {} for r in results]


def print_scenarios(results: list[dict]) -> tuple[int, int]:
    """Print one line per kind of case; return how many passed and failed."""
    total = [0, 0]
    for title in results[0]["scenarios"]:
        groups: dict[str, list[int]] = {}
        shares = [result["scenarios"][title] for result in results]
        for counted, *_rest in shares:
            for group, counts in counted.items():
                sums = groups.setdefault(group, [0, 0])
                sums[:] = [a + b for a, b in zip(sums, counts, strict=True)]
        seconds = max(share[2] for share in shares)
        worked = sum(share[3] for share in shares)
        print(f"{title} ({seconds:.1f} s, {worked:.1f} s of processor)")
        for group, (passed, failed) in groups.items():
            print(f"  {'FAIL' if failed else 'ok  '} {group} ({passed + failed})")
            total = [total[0] + passed, total[1] + failed]
        for note in dict.fromkeys(note for share in shares for note in share[1]):
            print(f"       {note}")
    return total[0], total[1]


def check_complete(results: list[dict]) -> list[str]:
    """Say what was left out: a test that did nothing must not pass."""
    wanted = {result["to kill"] for result in results}
    killed = sum(result["killed"] for result in results)
    if wanted != {killed} or killed < FEWEST_KILLS:
        return [f"killed {killed} times; the parts found {wanted} steps to kill at"]
    return []


def main() -> int:
    """Run everything; 0 when all is well."""
    start = time.monotonic()
    databases = sys.argv[1].split(",")
    titles = sys.argv[2:]
    results = run_parts(databases, titles)
    passed = failed = 0
    if all(results):
        passed, failed = print_scenarios(results)
        problems = check_complete(results) if not titles or TITLE in titles else []
    else:
        problems = ["a part broke"]
    for problem in problems:
        print(f"  FAIL {problem}")
    failed += len(problems)
    print(f"{time.monotonic() - start:.0f} s")
    print(f"kill: {passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
