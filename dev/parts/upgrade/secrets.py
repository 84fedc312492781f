"""Secrets that moved to a table of their own: all of them, and unseen."""

from collections.abc import Iterator
from pathlib import Path

# Table of the old version -> its model and its columns with secrets.
OLD = {
    "codabox_connection": ("codabox.connection", ("software_key", "username", "password")),
    "codabox_connect": ("codabox.connect", ("software_key", "token")),
}


def check(report, before: dict, after: dict, logs: Path) -> None:
    """Check that each secret has its row, that there are no others, and that no log has one."""
    wanted = set(old(before))
    rows = after.get("codabox_secret", {}).values()
    found = {(row["res_model"], row["res_id"], row["name"], row["value"]) for row in rows}
    # What differs is told without the secret itself.
    problems = [f"{model},{id} {name}" for model, id, name, _value in wanted ^ found]
    report.check(
        f"secrets: all {len(wanted)} moved to their own table",
        problems if wanted else ["no secret"],
    )
    told = "".join(log.read_text(errors="replace") for log in logs.glob("*.log"))
    report.check(
        "secrets: no log of the upgrade has one",
        [f"{model},{id} {name}" for model, id, name, value in wanted if value in told]
        if told
        else ["no log"],
    )


def old(before: dict) -> Iterator[tuple]:
    """Yield model, id, name and value of each secret of the old version."""
    for table, (model, names) in OLD.items():
        for row in before[table].values():
            yield from ((model, row["id"], n, row[n]) for n in names if row.get(n))
