"""The worker of part "night": one of Odoo's cron workers, on a database that others share.

The night commits, so the rounds follow one another in time: each brings a day that is not in the books.
"""

import json
import sys
import time

import odoo
from odoo import api
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tools import config

from .odoo_worker import processor_seconds

PAUSE = 0.02  # seconds; who finds nothing to do looks again while another works


def connect(env, command):
    """Connect an office; its clients are the one company, each with a journal of its own."""
    env["ir.cron"].search(
        [("id", "!=", env.ref("account_codabox.ir_cron_fetch").id)]
    ).active = False
    connection = env["codabox.connection"].create(
        {
            "name": command["office"],
            "company_id": env.company.id,
            "environment": "custom",
            "base_url": command["url"],
            "software_key": command["software_key"],
            "username": command["username"],
            "password": command["password"],
            "state": "connected",
        }
    )
    connection.action_test()
    accounts = command["accounts"]
    for feed in connection.feed_ids.filtered(lambda f: str(f.remote_id) in accounts):
        iban = accounts[str(feed.remote_id)]
        env["account.journal"].create(
            {"name": iban, "code": iban[8] + iban[10:14], "type": "bank", "bank_acc_number": iban}
        )
        feed._confirm_company(env.company)
        for kind in connection._offered_kinds():
            env["codabox.feed.kind"]._ensure(feed, kind).book_from = False
    env.cr.commit()
    _work(env)  # what the confirmation marked
    return {"clients": len(connection.feed_ids)}


def actions(env, command):
    """Have so many scheduled actions, as the setting does."""
    env["ir.cron"]._codabox_set_number("fetch", command["number"])
    return {}


def begin(env, command):
    """Let the night of an office come."""
    env["codabox.connection"].search([]).write({"fetch_automatically": False})
    office = env["codabox.connection"].search([("name", "=", command["office"])])
    office.write({"fetch_automatically": True, "next_fetch": False})
    env["ir.cron"]._codabox_trigger("fetch")
    return {}


def work(env, _command):
    """Be a cron worker until nothing is left of the night."""
    processor, start = processor_seconds(env.cr), time.perf_counter()
    _work(env)
    return {
        "clock": time.perf_counter() - start,
        "seconds": processor_seconds(env.cr) - processor,
    }


def _work(env):
    while True:
        env["ir.cron"]._process_jobs(env.cr.dbname)
        with db_connect(env.cr.dbname).cursor() as cursor:
            if env["ir.cron"]._get_all_ready_jobs(cursor):
                continue
            cursor.execute("SELECT EXISTS (SELECT FROM codabox_feed WHERE fetch_pending)")
            if not cursor.fetchone()[0]:
                return
        time.sleep(PAUSE)


def count(env, command):
    """Return what an office has: documents, booked lines, what went wrong."""
    domain = [("connection_id.name", "=", command["office"])]
    documents = env["codabox.document"].search(domain)
    lines = env["account.bank.statement.line"].search_count(
        [("statement_id", "in", documents.statement_ids.bank_statement_id.ids)]
    )
    runs = env["codabox.run"].search(domain).filtered(lambda run: run.state != "ok")
    reasons = filter(None, [*documents.mapped("reason"), *runs.mapped("reason")])
    return {"documents": len(documents), "lines": lines, "wrong": sorted(set(reasons))}


def served(env, command):
    """Return of an office when each account was booked: name -> first, last and number of lines."""
    domain = [
        ("journal_id.bank_acc_number", "in", command["accounts"]),
        ("statement_id", "!=", False),
    ]
    groups = env["account.bank.statement.line"]._read_group(
        domain, ["journal_id"], ["create_date:min", "create_date:max", "__count"]
    )
    waiting = (
        env["codabox.feed"].search_count([("fetch_pending", "=", True)])
        + env["codabox.document"].search_count([("state", "=", "received")])
        + env["codabox.connection"].search_count(
            [("fetch_automatically", "=", True), ("next_fetch", "=", False)]
        )
    )
    return {
        "waiting": waiting,
        "journals": {
            journal.bank_account_id.sanitized_acc_number: [
                first.timestamp(),
                last.timestamp(),
                lines,
            ]
            for journal, first, last, lines in groups
        },
    }


COMMANDS = {
    "connect": connect,
    "actions": actions,
    "begin": begin,
    "work": work,
    "count": count,
    "served": served,
}


def main(database, _who):
    """Answer commands until there are no more."""
    config.parse_config(["-d", database, "--no-http", "--max-cron-threads=0"], setup_logging=False)
    registry = Registry(database)
    for line in sys.stdin:
        command = json.loads(line)
        with registry.cursor() as cr:
            env = api.Environment(cr, odoo.SUPERUSER_ID, {})
            answer = COMMANDS[command.pop("do")](env, command)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
