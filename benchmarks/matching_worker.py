"""The other end of part "matching": a database with open invoices, and the demo's month as companies.

Each command is rolled back, but for what fills the database.
"""

import gc
import json
import sys
from datetime import date
from pathlib import Path

import odoo
from odoo import api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tools import config

from .coda_files import IBAN
from .matching_files import CREDITOR, Month
from .odoo_worker import processor_seconds

# Where a person books what pays no invoice, by operation code: the beginning of the account.
HABITS = {"0450": "58", "0402": "61", "0107": "610", "3537": "6572", "0501": "612"}


class Watch:
    """Processor time of one step, the database included."""

    def __init__(self, env):
        self.env, self.seconds = env, {}

    def time(self, name, work):
        self.env.flush_all()
        self.env.invalidate_all()
        gc.collect()
        before = processor_seconds(self.env.cr)
        result = work()
        self.env.flush_all()
        self.seconds[name] = processor_seconds(self.env.cr) - before
        return result


def fill(env, command):
    """Make customers with their accounts, and so many open invoices: copies of one, in the database."""
    partners = env["res.partner"].create(
        [
            {"name": f"Customer {n}", "bank_ids": [Command.create({"acc_number": account})]}
            for n, account in enumerate(command["accounts"])
        ]
    )
    env["account.journal"].create(
        {"name": "Bench", "code": "BENCH", "type": "bank", "bank_acc_number": IBAN}
    )
    first = _post(env, "out_invoice", partners[0], "121", "INV/2026/00001", "INV/2026/00001")
    env.flush_all()
    last = command["invoices"]
    copy = "INSERT INTO {table} SELECT c.* FROM {table} t, generate_series(2, %(last)s) n,"
    copy += " LATERAL jsonb_populate_record(t, jsonb_build_object({differs})) c WHERE {which}"
    payer = "(%(partners)s::int[])[1 + (n - 1) %% %(count)s]"
    name = "'INV/2026/' || lpad(n::text, 5, '0')"
    for table, differs, which in (
        (
            "account_move",
            f"'id', t.id + n, 'name', {name}, 'payment_reference', {name}, 'sequence_number', n,"
            f" 'partner_id', {payer}, 'commercial_partner_id', {payer}, 'access_token', NULL",
            "t.id = %(move)s",
        ),
        (
            "account_move_line",
            f"'id', t.id + n * 10, 'move_id', t.move_id + n, 'move_name', {name},"
            f" 'partner_id', {payer}",
            "t.move_id = %(move)s",
        ),
    ):
        env.cr.execute(
            copy.format(table=table, differs=differs, which=which),
            {"last": last, "partners": partners.ids, "count": len(partners), "move": first.id},
        )
        env.cr.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
    env.cr.execute("ANALYZE")
    env.cr.commit()
    return {}


def match(env, command):
    """Book a file, find what its lines pay, and pay it: the processor time of each."""
    journal = env["account.journal"].search([("bank_acc_number", "=", IBAN)])
    watch = Watch(env)
    content = Path(command["file"]).read_bytes()
    watch.time("booking", lambda: _upload(journal, content))
    lines = env["account.bank.statement.line"].search([("journal_id", "=", journal.id)])
    queries = env.cr.sql_log_count
    exact = watch.time("finding", lines._codabox_exact_moves)
    queries = env.cr.sql_log_count - queries
    likely = watch.time("probable", lambda: lines.filtered("codabox_likely_id"))
    paid, _problems = watch.time("paying", lines._codabox_match_exact)
    found = {"lines": len(lines), "exact": len(exact), "paid": len(paid), "likely": len(likely)}
    return {**found, "queries": queries, "seconds": watch.seconds}


def month(env, command):
    """Book a month as a person does, then the next one, with and without the rules it taught.

    :return: of each client the lines, those that were finished in both cases, the rules, and
        operation codes of what was left.
    """
    day = date.fromisoformat(command["day"])
    return {"clients": [_client(env, place, day) for place in range(command["clients"])]}


def _client(env, place, day):
    before, after = Month(place, day, 1), Month(place, day, 0)
    company = _company(env, before.client)
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    journal = env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
    )
    journal.write({"bank_acc_number": before.account, "codabox_matching": "exact"})
    content, closing = before.file("1000")
    _open_invoices(env, before)
    lines = _upload(journal, content)
    env["codabox.rule"]._propose(company)  # the starters, as long as their lines are open
    _book_by_hand(lines.filtered(lambda line: not line.is_reconciled))
    env["codabox.rule"]._propose(company)
    _open_invoices(env, after)
    content, _closing = after.file(closing)
    with env.cr.savepoint() as savepoint:
        lines = _upload(journal, content)
        found = {"lines": len(lines), "before": len(lines.filtered("is_reconciled"))}
        savepoint.rollback()
    env.invalidate_all()
    rules = env["codabox.rule"].search([("company_id", "=", company.id)])
    for rule in rules:
        rule.action_switch_on()
    lines = _upload(journal, content)
    left = lines.filtered(lambda line: not line.is_reconciled)
    codes = [line.transaction_details["code"][1:5] for line in left]
    return {**found, "after": len(lines - left), "rules": len(rules), "left": codes}


def _company(env, client):
    belgium = env.ref("base.be")
    company = env["res.company"].create(
        {
            "name": client.name,
            "company_registry": client.number,
            "country_id": belgium.id,
            "currency_id": env.ref("base.EUR").id,
            "iap_enrich_auto_done": True,
        }
    )
    env["account.chart.template"].try_loading("be_comp", company, install_demo=False)
    return company


def _open_invoices(env, month):
    """Post what a month's payments pay."""
    for said in month.invoices():
        account = env["res.partner.bank"].search([("acc_number", "=", said["account"])], limit=1)
        partner = account.partner_id or env["res.partner"].create(
            {
                "name": f"Partner {said['account']}",
                "bank_ids": [Command.create({"acc_number": said["account"]})],
            }
        )
        move = _post(env, said["kind"], partner, said["amount"], said["name"], said["reference"])
        if said.get("mandate"):
            move.write(
                {
                    "codabox_debit_mandate": said["mandate"],
                    "codabox_debit_creditor": CREDITOR,
                    "codabox_paid_by": "direct_debit",
                }
            )


def _post(env, kind, partner, amount, name, reference):
    number = {"name": name} if kind == "out_invoice" and name else {}
    move = env["account.move"].create(
        {
            "move_type": kind,
            "partner_id": partner.id,
            "invoice_date": "2026-01-02",
            "payment_reference": reference or False,
            "ref": name if kind == "in_invoice" else False,
            "invoice_line_ids": [
                Command.create({"name": "x", "price_unit": float(amount), "tax_ids": False})
            ],
            **number,
        }
    )
    move.action_post()
    return move


def _upload(journal, content):
    """Upload a file on the card of the journal; return its lines."""
    lines = journal.env["account.bank.statement.line"]
    domain = [("journal_id", "=", journal.id)]
    before = lines.search(domain)
    attachment = journal.env["ir.attachment"].create({"name": "bench.cod", "raw": content})
    journal.create_document_from_attachment(attachment.ids)
    return lines.search(domain) - before


def _book_by_hand(lines):
    """Book what is open and pays no invoice, always on the same account; wages are left."""
    for line in lines:
        prefix = HABITS.get(line.transaction_details["code"][1:5])
        owed = [("state", "=", "posted"), ("amount_residual", "=", abs(line.amount))]
        owed.append(("company_id", "=", line.company_id.id))
        if not prefix or line.env["account.move"].search_count(owed, limit=1):
            continue
        account = line.env["account.account"].search(
            [("code", "=like", f"{prefix}%"), ("company_ids", "in", line.company_id.ids)],
            order="code",
            limit=1,
        )
        wizard = line.env["codabox.book"].browse(line.action_codabox_book()["res_id"])
        wizard.account_id = account
        wizard.action_book()


COMMANDS = {"fill": fill, "match": match, "month": month}


def main(database, _who):
    """Answer commands until there are no more."""
    config.parse_config(["-d", database, "--no-http", "--max-cron-threads=0"], setup_logging=False)
    registry = Registry(database)
    with registry.cursor() as cr:
        env = api.Environment(cr, odoo.SUPERUSER_ID, {})
        env.ref("base.user_admin").group_ids += env.ref("account.group_account_user") | env.ref(
            "account_codabox.group_accountant"
        )
    for line in sys.stdin:
        command = json.loads(line)
        with registry.cursor() as cr:
            env = api.Environment(cr, odoo.SUPERUSER_ID, {"tracking_disable": True})
            answer = COMMANDS[command.pop("do")](env, command)
            cr.rollback()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
