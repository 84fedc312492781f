"""The other end of ``odoo_process.py``: reads commands on its input, a line of JSON each.

Each command is measured until all is with the database, and rolled back: every round finds the
same database. What counts is processor time, that of PostgreSQL included, since a clock also
measures what else the machine does. The user is the administrator, who is an accountant here.
"""

import base64
import gc
import json
import os
import sys
import time
from pathlib import Path

import odoo
from odoo import api
from odoo.modules.registry import Registry
from odoo.tools import config

from .coda_files import IBAN

# What a bank line of ours is made of, as far as Odoo itself knows the fields.
FIELDS = (
    "date",
    "amount",
    "payment_ref",
    "partner_name",
    "account_number",
    "transaction_type",
    "transaction_details",
    "narration",
    "sequence",
)


def import_floor(env, journal, command):
    """Create the lines that we booked, with the method that every importer ends in."""
    statements = json.loads(Path(command["values"]).read_text(encoding="utf-8"))
    for lines in statements:
        for line in lines:
            line["journal_id"] = journal.id
    lines = env["account.bank.statement.line"]

    def work():
        for values in statements:
            lines.create(values)

    return work


def import_ours(env, journal, command):
    """Upload a file on the card of the journal, as a person does."""
    content = Path(command["file"]).read_bytes()

    def work():
        attachment = env["ir.attachment"].create({"name": "bench.cod", "raw": content})
        journal.create_document_from_attachment(attachment.ids)

    return work


def import_oca(env, journal, command):
    """Upload a file in OCA's wizard."""
    content = base64.b64encode(Path(command["file"]).read_bytes())

    def work():
        wizard = env["account.statement.import"].create(
            {"statement_file": content, "statement_filename": "bench.cod"}
        )
        wizard.import_file_button()

    return work


IMPORTERS = {"floor": import_floor, "ours": import_ours, "oca": import_oca}


def main(database, who):
    """Answer commands until there are no more."""
    config.parse_config(["-d", database, "--no-http", "--max-cron-threads=0"], setup_logging=False)
    registry = Registry(database)
    with registry.cursor() as cr:
        _make_journal(api.Environment(cr, odoo.SUPERUSER_ID, {}))
    for line in sys.stdin:
        with registry.cursor() as cr:
            answer = _answer(cr, who, json.loads(line))
            cr.rollback()
        print(json.dumps(answer), flush=True)


def _answer(cr, who, command):
    admin = api.Environment(cr, odoo.SUPERUSER_ID, {}).ref("base.user_admin")
    env = api.Environment(cr, admin.id, {"allowed_company_ids": admin.company_ids.ids})
    journal = env["account.journal"].search([("bank_acc_number", "=", IBAN)])
    work = IMPORTERS[who](env, journal, command)
    gc.collect()
    start, processor = time.perf_counter(), processor_seconds(cr)
    work()
    env.flush_all()
    seconds = time.perf_counter() - start
    processor = processor_seconds(cr) - processor
    booked = env["account.bank.statement.line"].search([("journal_id", "=", journal.id)])
    answer = {"clock": seconds, "seconds": processor, "lines": len(booked)}
    if command.get("write_values"):
        _write_values(booked, Path(command["write_values"]))
    return answer


def connect(env, command):
    """Return the connection to the sandbox, and whether this is the first round, which makes it."""
    connection = env["codabox.connection"].search([])
    if connection:
        return connection, False
    made = connection.sudo().create(
        {
            "name": "Bench",
            "company_id": env.company.id,
            "environment": "custom",
            "base_url": command["url"],
            "software_key": command["software_key"],
            "username": command["username"],
            "password": command["password"],
            "state": "connected",
        }
    )
    connection = made.sudo(False)
    connection.action_test()
    for feed in connection.feed_ids:
        feed._confirm_company(env.company)
        for kind in connection._offered_kinds():
            env["codabox.feed.kind"].sudo()._ensure(feed.sudo(), kind).book_from = False
    return connection, True


def processor_seconds(cr):
    """Return the processor time of this process and of its PostgreSQL on the same machine."""
    # Not the autovacuum, which comes and goes as it likes.
    cr.execute(
        "select pid from pg_stat_activity"
        " where datname = current_database() and backend_type = 'client backend'"
    )
    ticks = 0
    for (pid,) in cr.fetchall():
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
        user, system = map(int, stat.rpartition(")")[2].split()[11:13])
        ticks += user + system
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def _write_values(lines, path):
    """Write the values of the booked lines of each statement, first line first."""
    statements = lines.statement_id.sorted("id")
    values = [statement.line_ids.sorted("id").read(FIELDS, load=None) for statement in statements]
    for rows in values:
        for row in rows:
            del row["id"]
    path.write_text(json.dumps(values, default=str), encoding="utf-8")


def _make_journal(env):
    env.ref("base.user_admin").group_ids += env.ref("account.group_account_user")
    env["account.journal"].create(
        {"name": "Bench", "code": "BENCH", "type": "bank", "bank_acc_number": IBAN}
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
