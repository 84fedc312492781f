"""The worker of part "invoices": the nightly run, or Odoo's own decoder on the same files.

Both commit invoice by invoice, as they do in use, so rounds follow one another in time: each brings
invoices that are not in the books yet. What counts is processor time; that of the run is given in
whole, and for its booking alone, since Odoo's decoder neither downloads nor confirms anything.
"""

import gc
import json
import logging
import sys
import time
from collections import Counter
from pathlib import Path

import odoo
from odoo import api
from odoo.modules.registry import Registry
from odoo.tools import config

from .invoice_files import NUMBER, PARTNERS, PRODUCTS, partner
from .odoo_worker import connect, processor_seconds


def floor(env, command):
    """Have Odoo make an invoice of each file, as when somebody drops it on the journal."""
    journals = {
        kind: env["account.journal"].search(
            [("type", "=", kind), ("company_id", "=", env.company.id)], limit=1
        )
        for kind in ("sale", "purchase")
    }
    files = [
        (journals[path.stem.partition("-")[2].partition("_")[0].replace("sales", "sale")], path)
        for path in sorted(Path(command["folder"]).iterdir())
    ]
    files = [(journal, path.name, path.read_bytes()) for journal, path in files]

    def work():
        for journal, name, raw in files:
            attachment = env["ir.attachment"].create({"name": name, "raw": raw})
            journal._create_document_from_attachment(attachment.ids)
            env.cr.commit()
        return 0.0

    return work


def ours(env, command):
    """Let the night pass, and time the booking in it apart."""
    env.company.write({"company_registry": NUMBER, "vat": f"BE{NUMBER}"})
    connection, _is_new = connect(env, command)
    connection.write({"fetch_automatically": True, "next_fetch": False})
    env.cr.commit()
    job = env.ref("account_codabox.ir_cron_fetch")
    feeds = type(env["codabox.feed"])
    original, spent = feeds._book_documents, []

    def timed(feed, *args):
        start = processor_seconds(feed.env.cr)
        result = original(feed, *args)
        spent.append(processor_seconds(feed.env.cr) - start)
        return result

    def work():
        feeds._book_documents = timed
        try:
            # The job asks to be called again while something is left.
            while connection.feed_ids.filtered("fetch_pending") or not spent:
                job.method_direct_trigger()
                env.invalidate_all()
                env.cr.commit()
        finally:
            feeds._book_documents = original
        return sum(spent)

    return work


def _make_partners(env):
    """Make everybody known: Odoo alone reads some flavours only then."""
    parties = [partner(number) for number in range(PARTNERS)]
    if not env["res.partner"].search_count([("vat", "=", parties[0].vat)]):
        env["res.partner"].create(
            [
                {
                    "name": party.name,
                    "is_company": True,
                    "vat": party.vat,
                    "company_registry": party.enterprise,
                    "country_id": env.ref("base.be").id,
                }
                for party in parties
            ]
        )
        env.cr.commit()


def _make_products(env):
    """Make what half of the lines are about, and others that nobody asks for."""
    products = env["product.product"]
    if not products.search_count([("default_code", "=", PRODUCTS[0])]):
        products.create(
            [{"name": f"Article {code}", "default_code": code} for code in PRODUCTS]
            + [{"name": f"Something else {number}"} for number in range(200)]
        )
        env.cr.commit()


def _answer(env, who, command):
    """Do the work of one round; say how long it took and how many invoices have lines."""
    _make_partners(env)
    _make_products(env)
    moves = env["account.move"]
    moves.search_count([])  # the connection is there before the clock starts
    work = {"floor": floor, "ours": ours}[who](env, command)
    before = moves.search([], order="id desc", limit=1).id or 0
    gc.collect()
    start, processor = time.perf_counter(), processor_seconds(env.cr)
    booking = work()
    clock, whole = time.perf_counter() - start, processor_seconds(env.cr) - processor
    env.invalidate_all()
    env.cr.commit()
    made = moves.search([("id", ">", before)]).filtered("invoice_line_ids")
    answer = {"clock": clock, "whole": whole, "seconds": booking or whole, "entries": len(made)}
    if who == "ours":
        documents = env["codabox.document"].search([])
        answer["states"] = dict(Counter(f"{d.state} {d.reason_code or ''}" for d in documents))
    return answer


def main(database, who):
    """Answer commands until there are no more."""
    config.parse_config(["-d", database, "--no-http", "--max-cron-threads=0"], setup_logging=False)
    logging.getLogger("odoo").setLevel(logging.CRITICAL)
    registry = Registry(database)
    for line in sys.stdin:
        with registry.cursor() as cr:
            env = api.Environment(cr, odoo.SUPERUSER_ID, {})
            answer = _answer(env, who, json.loads(line))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
