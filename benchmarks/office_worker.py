"""The other end of part "office": fills an office with clients, and opens its Overview.

The rows are copied in the database: what is measured is reading. Of each client: a company, a bank
journal, five kinds, 50 documents, 60 statements, five bank lines to match and a mandate.
"""

import gc
import json
import sys
import time

import odoo
from odoo import api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tools import config

from .odoo_worker import processor_seconds

KINDS = ("coda", "soda", "purchase_invoice", "sales_invoice", "expense")
SHOWN = "light feed_id kind account_text complete_until newest counts todo cure"
COLUMNS = {name: {} for name in SHOWN.split()}
NOT_IN_ORDER = [("light", "in", ("bad", "look", "off"))]
CHECKS = "name check_period check_due vat_light vat_todo closed_light closed_todo reopened_text"
CHECK_COLUMNS = {name: {} for name in CHECKS.split()}
NOT_READY = [("vat_light", "in", ("open", "green", "reopened", "closed", "running"))]

# Table -> (rows of each client, what differs between them): "c" is the client, "n" its row.
COPIES = {
    "res_company": (1, "'name', 'Client ' || c, 'parent_path', {id} || '/'"),
    "account_journal": (1, "'code', 'K' || c, 'company_id', {company}"),
    "codabox_feed": (1, "'name', 'Client ' || c, 'remote_id', 1000 + c, 'company_id', {company}"),
    "codabox_feed_kind": (
        5,
        "'feed_id', {feed}, 'company_id', {company}, 'kind', (%(kinds)s::text[])[n]",
    ),
    "codabox_mandate": (
        1,
        "'remote_id', 'M' || c, 'feed_id', {feed}, 'client_company_id', {company}",
    ),
    "codabox_document": (
        50,
        "'remote_index', c || '-' || n, 'feed_id', {feed}, 'company_id', {company},"
        " 'kind', (%(kinds)s::text[])[1 + n %% 5],"
        " 'state', CASE WHEN (c * 50 + n) %% 97 = 0 THEN 'waiting' ELSE 'imported' END",
    ),
    "codabox_statement": (
        60,
        "'key', c || '-' || n, 'company_id', {company}, 'journal_id', {journal},"
        " 'account', 'BE' || c, 'closing_date', current_date - n",
    ),
    "account_move": (5, "'company_id', {company}, 'journal_id', {journal}"),
    "account_bank_statement_line": (
        5,
        "'company_id', {company}, 'journal_id', {journal}, 'move_id', {move}",
    ),
}


def main(database, _who):
    """Answer commands until there are no more."""
    config.parse_config(["-d", database, "--no-http", "--max-cron-threads=0"], setup_logging=False)
    registry = Registry(database)
    with registry.cursor() as cr:
        office = Office(api.Environment(cr, odoo.SUPERUSER_ID, {}))
    for line in sys.stdin:
        command = json.loads(line)
        with registry.cursor() as cr:
            env = api.Environment(cr, odoo.SUPERUSER_ID, {})
            answer = office.fill(env, command["fill"]) if "fill" in command else office.open(env)
        print(json.dumps(answer), flush=True)


class Office:
    """An accountant, and the first row of each table, of which the others are copies."""

    def __init__(self, env):
        self.clients = 0
        user = env["res.users"].create(
            {
                "name": "Bench",
                "login": "bench",
                "group_ids": [
                    Command.link(env.ref("account_codabox.group_accountant").id),
                    Command.link(env.ref("account_codabox.group_payroll").id),
                ],
            }
        )
        self.user, self.company = user.id, env.company.id
        self.first = {record._table: record.id for record in self._originals(env)}
        env.flush_all()

    def _originals(self, env):
        company = env.company
        journal = env["account.journal"].create({"name": "Bank", "code": "BK1", "type": "bank"})
        connection = env["codabox.connection"].create(
            {"name": "Office", "state": "connected", "user_id": self.user}
        )
        connection.write({"fetch_automatically": True})
        feed = env["codabox.feed"].create(
            {
                "name": "Client",
                "connection_id": connection.id,
                "remote_id": 1,
                "state": "active",
                "company_id": company.id,
                "last_fetch": env.cr.now(),
            }
        )
        document = env["codabox.document"].create(
            {
                "name": "Statement",
                "feed_id": feed.id,
                "channel": "feed",
                "remote_index": "0",
                "document_model": "coda",
                "kind": "coda",
                "state": "imported",
            }
        )
        statement = env["codabox.statement"].create(
            {
                "name": "Statement",
                "document_id": document.id,
                "company_id": company.id,
                "journal_id": journal.id,
                "key": "0",
                "account": "BE0",
                "currency_code": "EUR",
                "closing_date": "2026-01-01",
                "state": "imported",
            }
        )
        line = env["account.bank.statement.line"].create(
            {"journal_id": journal.id, "date": "2026-01-01", "amount": 1, "payment_ref": "x"}
        )
        mandate = env["codabox.mandate"].create(
            {
                "connection_id": connection.id,
                "service": "coda",
                "state": "active",
                "feed_id": feed.id,
                "remote_id": "M0",
            }
        )
        kind = env["codabox.feed.kind"]._ensure(feed, "coda")
        return company, journal, feed, kind, document, statement, line, line.move_id, mandate

    def fill(self, env, clients):
        """Copy clients until there are so many."""
        env.flush_all()
        for table, (rows, differs) in COPIES.items():
            self._copy(env.cr, table, rows, differs, clients)
        env.cr.execute(
            "INSERT INTO res_company_users_rel (cid, user_id) SELECT id, %s FROM res_company"
            " ON CONFLICT DO NOTHING",
            [self.user],
        )
        self.clients = clients
        env.invalidate_all()
        env.registry.clear_all_caches()
        env.cr.execute("ANALYZE")
        env.cr.commit()
        return {"seconds": 0}

    def _copy(self, cr, table, rows, differs, clients):
        # One client after the other, so that every id follows from its number.
        names = {
            "id": f"%(first)s + (c - 1) * {rows} + n",
            "company": f"{self.first['res_company']} + c",
            "journal": f"{self.first['account_journal']} + c",
            "feed": f"{self.first['codabox_feed']} + c",
            "move": f"{self.first['account_move']} + (c - 1) * 5 + n",
        }
        own = {"account_move": ", 'name', NULL, 'state', 'draft', 'sequence_number', NULL"}
        cr.execute(
            f"INSERT INTO {table} SELECT copy.* FROM {table} t,"
            " generate_series(%(from)s, %(to)s) c, generate_series(1, %(rows)s) n,"
            " LATERAL jsonb_populate_record(t, jsonb_build_object("
            f"'id', {names['id']}, {differs.format(**names)}{own.get(table, '')})) copy"
            " WHERE t.id = %(first)s",
            {
                "first": self.first[table],
                "from": self.clients + 1,
                "to": clients,
                "rows": rows,
                "kinds": list(KINDS),
            },
        )

    def open(self, env):
        """Open the Overview as the web client does, with its header; and Periods."""
        user = env["res.users"].browse(self.user)
        rows = env["codabox.feed.kind"].with_user(user)
        rows = rows.with_context(allowed_company_ids=[self.company])
        feeds = rows.env["codabox.feed"]
        rows.search_count([])  # who the user is and what he may see is known
        found = {}
        for name, work in (
            ("list", lambda: rows.web_search_read(NOT_IN_ORDER, COLUMNS, limit=80)["length"]),
            ("header", lambda: len(rows.action_office_header()["counts"])),
            (
                "periods",
                lambda: feeds.web_search_read(NOT_READY, CHECK_COLUMNS, limit=80)["length"],
            ),
        ):
            env.invalidate_all()
            gc.collect()
            queries, start, processor = (
                env.cr.sql_log_count, time.perf_counter(), processor_seconds(env.cr),
            )  # fmt: skip
            rows_found = work()
            found[name] = {
                "clock": time.perf_counter() - start,
                "seconds": processor_seconds(env.cr) - processor,
                "queries": env.cr.sql_log_count - queries - 1,
                "rows": rows_found,
            }
        return found


if __name__ == "__main__":
    main(*sys.argv[1:])
