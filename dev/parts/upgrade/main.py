"""The upgrade test: OLD DB FRESH LOGS; run by dev/upgrade_test.

DB was installed and filled by the version of the tree OLD, FRESH has only what the add-on depends
on. DB is upgraded to the working tree, as an administrator does, and FRESH gets a new installation.
What it proves:

* the upgrade ends, with no error and no warning of ours;
* no row and no byte of a file is lost, changed or added (rows.py lists what may differ);
* rules, groups, rights, scheduled actions and data are those of a new installation, although
  ours are `noupdate`: a change without a script in migrations/ is found here;
* secrets are in their own table, and no log has one;
* texts of ours that a user edited stay as they were;
* when CodaBox delivers every document again, each is a duplicate and the books stay as they are.
"""

import ast
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from checks.judge_odoo import HEADER, Verdict
from demo import run as demo
from upgrade import again as upgrade_again
from upgrade import rows as upgrade_rows
from upgrade import rules as upgrade_rules
from upgrade import secrets as upgrade_secrets

SHOWN = 12  # problems of one check
WIDTH = 600
FAMILIES = {
    "the books": ("account_",),
    "documents, mandates, payroll, consent": ("codabox_",),
    "files": ("files", "ir_attachment"),
    "partners, companies and users": ("res_",),
}
REST = "everything else"
# Tables to which the upgrade may add rows: post-roles asks who reads the payroll of an office,
# post-overview gives clients of whom only documents or mandates are known their rows.
ADDED = (
    "codabox_feed_kind",
    "mail_activity",
    "mail_followers",
    "mail_followers_mail_message_subtype_rel",
)
EDITED = "Edited by the user"  # by fill_acts.py, in a mail and in a type of to-do


class Report:
    """Counts checks; a failing one is printed with what is wrong."""

    def __init__(self) -> None:
        self.counts = {True: 0, False: 0}

    def check(self, name: str, problems: Iterable[str]) -> bool:
        """Count one check, which is good when there are no problems; return whether it is."""
        problems = list(problems)
        self.counts[not problems] += 1
        print(f"  {'FAIL' if problems else 'ok  '} {name}")
        for problem in problems[:SHOWN]:
            print("       " + problem[:WIDTH])
        if len(problems) > SHOWN:
            print(f"       … and {len(problems) - SHOWN} more")
        sys.stdout.flush()
        return not problems


def load(report: Report, logs: Path, option: str, db: str) -> bool:
    """Install or upgrade the add-on of the working tree; an error or warning of ours fails it."""
    step = {"-i": "a new installation", "-u": "the upgrade"}[option]
    try:
        demo.odoo(logs, option[1:], "server", "-d", db, option, demo.MODULE,
                  "--stop-after-init", "--no-http")  # fmt: skip
    except demo.DemoError as error:
        return report.check(f"{step} ends", str(error).splitlines()[-SHOWN:])
    log = (logs / f"{option[1:]}.log").read_text(errors="replace")
    return report.check(f"{step} ends without errors and warnings", complaints(log, db))


def complaints(log: str, db: str) -> list[str]:
    """Return the errors of a log of Odoo, and the warnings that are about us."""
    verdict = Verdict(demo.MODULE, [db, str(demo.REPO)])
    for line in log.splitlines():
        if HEADER.match(line):
            verdict.take(line)
    return list(verdict.problems.values())


def family(table: str) -> str:
    """Name what a table is a part of."""
    for name, prefixes in FAMILIES.items():
        if table.startswith(prefixes):
            return name
    return REST


def compare_rows(report: Report, before: dict, after: dict, new: set) -> None:
    """Check family by family that every row is as it was."""
    for name in (*FAMILIES, REST):
        part = {table: rows for table, rows in before.items() if family(table) == name}
        count = sum(map(len, part.values()))
        problems = list(upgrade_rows.differences(part, after, new, ADDED))
        report.check(f"{name}: {count} rows are as before", problems if count else ["no row"])


def compare_rules(report: Report, fresh: dict, upgraded: dict) -> None:
    """Check question by question that the upgraded database is as a new one."""
    for question in upgrade_rules.QUESTIONS:
        problems = list(upgrade_rules.differences(fresh[question], upgraded[question]))
        if question in upgrade_rules.MUST_FIND and not fresh[question]:
            problems.append("the new installation has none")
        report.check(f"{question}: as in a new installation", problems)


def compare_versions(report: Report, before: str, after: str) -> None:
    """Check that Odoo ran the scripts between two versions: it does so when the number grows."""
    manifest = ast.literal_eval((demo.REPO / "__manifest__.py").read_text(encoding="utf-8"))
    problems = []
    if after != manifest["version"]:
        problems.append(f"the database says {after}, the manifest {manifest['version']}")
    if parts(before) >= parts(after):
        problems.append(f"{after} is not later than {before}: no script in migrations/ would run")
    report.check(f"version {before} became {after}", problems)


def parts(version: str) -> list[int]:
    """Return a version as numbers, to tell which is later."""
    return [int(part) for part in version.split(".")]


def find_edited(content: dict) -> list[str]:
    """Say which of the texts that a user edited in the old version are not as he left them."""
    return [
        f"{table} has no {column} {EDITED!r}"
        for table, column in (("mail_template", "subject"), ("mail_activity_type", "summary"))
        if not any((row[column] or {}).get("en_US") == EDITED for row in content[table].values())
    ]


def run(report: Report, old: Path, db: str, fresh: str, logs: Path) -> None:
    """Do it all; what needs an upgraded database is left out when there is none."""
    store = Path(os.environ["CODABOX_DATA_DIR"])
    before, rules_before = upgrade_rows.read(db, store), upgrade_rules.read(db)
    installed, upgraded = load(report, logs, "-i", fresh), load(report, logs, "-u", db)
    after, rules = upgrade_rows.read(db, store), upgrade_rules.read(db)
    compare_versions(report, rules_before["version"], rules["version"])
    if installed:
        compare_rules(report, upgrade_rules.read(fresh), rules)
    compare_rows(report, before, after, upgrade_rules.new_rows(db, rules_before))
    upgrade_secrets.check(report, before, after, logs)
    report.check("texts that a user edited stay his", find_edited(after))
    if upgraded:
        upgrade_again.check(report, old, db, logs, store)


def main() -> int:
    """Run it and count."""
    old, db, fresh, logs = sys.argv[1:]
    Path(logs).mkdir(parents=True, exist_ok=True)
    start, report = time.monotonic(), Report()
    try:
        run(report, Path(old), db, fresh, Path(logs))
    except demo.DemoError as error:
        report.check("the test comes to its end", str(error).splitlines()[-SHOWN:])
    passed, failed = report.counts[True], report.counts[False]
    print(f"{time.monotonic() - start:.0f} s; logs: {logs}")
    print(f"upgrade: {passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
