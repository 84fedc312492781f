"""The worker of part "soda": the nightly run with payroll files, or Odoo's own ``create``.

The nightly run commits, so its rounds follow one another in time: each brings months that are not
in the books yet. The floor has as many entries in its books at each round.
"""

import gc
import json
import sys
import time
from pathlib import Path

import odoo
from odoo import api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tools import config

from .odoo_worker import connect, processor_seconds

# What an entry of payroll is made of, as far as Odoo itself knows the fields.
LINE_FIELDS = ("name", "balance", "sequence")


def floor(env, command):
    """Create the entries that we booked, with Odoo's method, each by itself as they come in."""
    journal = env["account.journal"].search([("code", "=", "BENCH")]) or env[
        "account.journal"
    ].create({"name": "Bench", "code": "BENCH", "type": "general"})
    accounts = {account.code: account.id for account in env["account.account"].search([])}
    entries = json.loads(Path(command["values"]).read_text(encoding="utf-8"))
    for entry in entries:
        entry["journal_id"] = journal.id
        entry["line_ids"] = [
            Command.create({"account_id": accounts[line.pop("code")], **line})
            for line in entry["line_ids"]
        ]

    def work():
        for entry in entries:
            env["account.move"].create(entry)
            env.flush_all()
        env.cr.commit()

    return work, lambda: journal


def ours(env, command):
    """Let the night pass: fetch over HTTP, store, confirm and book whatever the sandbox has."""
    connection = _connect(env, command)
    job = env.ref("account_codabox.ir_cron_fetch")
    connection.write({"fetch_automatically": True, "next_fetch": False})
    env.cr.commit()
    return job.method_direct_trigger, env.company._codabox_payroll_journal


def _connect(env, command):
    """Return the connection to the sandbox; the first round maps the codes too."""
    connection, is_new = connect(env, command)
    if is_new:
        chart = env["codabox.soda.mapping"]._chart(env.company)
        env["codabox.soda.mapping"].create(
            [
                {"company_id": env.company.id, "code": code, "account_id": chart[code].id}
                for code in command["codes"]
            ]
        )
    return connection


def _answer(env, who, command):
    """Do the work of one round; say how long it took and what is booked since the last one."""
    env["account.move"].search_count([])  # the connection is there before the clock starts
    work, journal = {"floor": floor, "ours": ours}[who](env, command)
    before = env["account.move"].search([], order="id desc", limit=1).id or 0
    gc.collect()
    start, processor = time.perf_counter(), processor_seconds(env.cr)
    work()
    seconds, processor = time.perf_counter() - start, processor_seconds(env.cr) - processor
    env.invalidate_all()  # the scheduled action has a transaction of its own
    env.cr.commit()
    moves = env["account.move"].search(
        [("id", ">", before), ("journal_id", "=", journal().id)], order="id"
    )
    if command.get("write_values"):
        Path(command["write_values"]).write_text(
            json.dumps([_values(move) for move in moves], default=str), encoding="utf-8"
        )
    return {
        "clock": seconds,
        "seconds": processor,
        "entries": len(moves),
        "lines": len(moves.line_ids),
        "balance": round(sum(moves.line_ids.mapped("debit")), 2),
    }


def _values(move):
    """Return the values of an entry as a person or a program gives them to Odoo."""
    return {
        "date": move.date,
        "ref": move.ref,
        "move_type": "entry",
        "line_ids": [
            {**{name: line[name] for name in LINE_FIELDS}, "code": line.account_id.code}
            for line in move.line_ids.sorted("sequence")
        ],
    }


def main(database, who):
    """Answer commands until there are no more."""
    config.parse_config(["-d", database, "--no-http", "--max-cron-threads=0"], setup_logging=False)
    registry = Registry(database)
    for line in sys.stdin:
        with registry.cursor() as cr:
            env = api.Environment(cr, odoo.SUPERUSER_ID, {})
            answer = _answer(env, who, json.loads(line))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
