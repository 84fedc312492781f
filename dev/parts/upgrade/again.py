"""The part of the upgrade test in which CodaBox delivers every document again."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg2

from demo import run as demo
from upgrade import rows as upgrade_rows
from upgrade.rows import Allowed

HERE = Path(__file__).parent


# What one more document makes: the document, its files, what it says, the run that brought it, the
# line of the log of who fetched by hand; and what the first round learns of the connection.
# All the rest of what is booked, mapped, permitted and sent stays as it is, row by row.
GROWING = (
    "codabox_document",
    "codabox_document_file",
    "codabox_statement",
    "codabox_run",
    "codabox_audit",
    "codabox_function",
    "files",
    "ir_attachment",
)
KEPT = ("account_", "codabox_", "files", "ir_attachment", "res_partner", "res_company", "res_users")
# Column -> why it may change when documents come.
MAY_CHANGE = {
    ("codabox_connection", "base_url"): Allowed("this sandbox has another address"),
    ("codabox_connection", "last_fetch"): Allowed("it fetched"),
    ("codabox_connection", "functions_checked_at"): Allowed("post-functions: it is tried now"),
    ("codabox_connection", "is_showing_clients"): Allowed("seen with the first round"),
    ("codabox_connection", "next_fetch"): Allowed("it fetched"),
    ("codabox_connection", "round_started_at"): Allowed("it fetched"),
    ("codabox_feed", "known_facts"): Allowed("what the first round keeps for its company"),
    ("codabox_feed", "last_fetch"): Allowed("it fetched"),
    ("codabox_mandate", "state"): Allowed("the one that ended is open in this sandbox"),
    ("codabox_mandate", "raw_state"): Allowed("the same"),
    ("codabox_mandate", "state_date"): Allowed("the same"),
    ("codabox_mandate", "problem_reason"): Allowed("the same"),
    ("res_partner", "codabox_coda_state"): Allowed("the same"),
}


def check(report, old: Path, db: str, logs: Path, store: Path) -> None:
    """Deliver everything again and check that nothing of it is booked."""
    before = without_withheld(upgrade_rows.read(db, store))
    with demo.sandbox(logs):
        count = deliver(old, day_of(db))
        demo.odoo(logs, "again", "shell", "-d", db, "--no-http",
                  script=HERE / "again_fetch.py")  # fmt: skip
    found = read_result(logs)
    report.check(
        f"delivered again: all {count} are fetched",
        [] if len(found) == count else [f"{len(found)} new documents"],
    )
    report.check("delivered again: each is a duplicate of what was there", strangers(found))
    after = upgrade_rows.read(db, store)
    report.check(
        "delivered again: the books stay as they are",
        upgrade_rows.differences(before, after, growing=GROWING, may_differ=MAY_CHANGE),
    )


def without_withheld(content: dict) -> dict:
    """Return what must stay; not documents known by their entry only: now they come in as well."""
    kept = {table: rows for table, rows in content.items() if table.startswith(KEPT)}
    documents, files = kept["codabox_document"], kept["codabox_document_file"]
    withheld = {row["id"] for row in documents.values() if row["state"] == "withheld"}
    kept["codabox_document"] = {i: r for i, r in documents.items() if r["id"] not in withheld}
    kept["codabox_document_file"] = {
        i: r for i, r in files.items() if r["document_id"] not in withheld
    }
    return kept


def strangers(found: list[dict]) -> list[str]:
    """Return the documents that are no duplicate of one that was there before the upgrade.

    Of a client without a company nothing can be known as booked, nor be booked: it waits again.
    """
    return [
        str(document)
        for document in found
        if not (document["state"] == "duplicate" and document["first"] == "before")
        and not (document["state"] == "waiting" and not document["company"])
    ]


def day_of(db: str) -> str:
    """Return the day on which the demo of a database was made: its documents are of that day."""
    with psycopg2.connect(dbname=db) as connection, connection.cursor() as cr:
        cr.execute("select value from ir_config_parameter where key = 'account_codabox_demo.day'")
        return cr.fetchone()[0]


def deliver(old: Path, day: str) -> int:
    """Let the old version's demo deliver everything again; return how many documents that are."""
    command = [sys.executable, HERE / "deliver.py"]
    command += [os.environ["CODABOX_SANDBOX_CONTROL"], day]
    done = subprocess.run(command, cwd=old, capture_output=True, text=True, check=False)
    if done.returncode:
        raise demo.DemoError(f"the documents could not be delivered again:\n{done.stderr}")
    return int(done.stdout)


def read_result(logs: Path) -> list[dict]:
    """Return what became of each document, as the shell printed it."""
    log = (logs / "again.log").read_text(errors="replace")
    return json.loads(log.rpartition("RESULT ")[2].splitlines()[0])
