"""The other end of part "send": generates or sends invoices, and says how long it took.

What is measured by the clock: the PDF is made by another program, and CodaBox is waited for.
"""

import json
import sys
import time

import odoo
from odoo import Command, api
from odoo.modules.registry import Registry
from odoo.tools import config

from codabox.sandbox import SOFTWARE_KEY, Sandbox

LINES = 5


def main(database, _who):
    """Answer commands until there are no more."""
    config.parse_config(["-d", database, "--no-http", "--max-cron-threads=0"], setup_logging=False)
    registry = Registry(database)
    with Sandbox("empty") as sandbox:
        with registry.cursor() as cr:
            _connect(api.Environment(cr, odoo.SUPERUSER_ID, {}), sandbox)
        for line in sys.stdin:
            command = json.loads(line)
            with registry.cursor() as cr:
                env = api.Environment(cr, odoo.SUPERUSER_ID, {})
                print(json.dumps(_answer(env, sandbox, **command)), flush=True)


def _answer(env, sandbox, how, count):
    moves = _make_invoices(env, count)
    env.cr.commit()
    before = len(sandbox.sent_invoices())
    start = time.perf_counter()
    if how == "odoo":
        _generate(env, moves)
    else:
        env.company._codabox_send_now(moves, 3600)
    seconds = time.perf_counter() - start
    if how == "odoo":
        done = sum(bool(move.ubl_cii_xml_id and move.invoice_pdf_report_id) for move in moves)
    else:
        done = len(sandbox.sent_invoices()) - before
    return {"seconds": seconds, "done": done}


def _generate(env, moves):
    """Make XML and PDF of each invoice as Odoo does, one invoice per transaction."""
    for move in moves:
        env["account.move.send"]._generate_and_send_invoices(
            move, sending_methods=[], extra_edis=[], invoice_edi_format="ubl_bis3"
        )
        env.cr.commit()


def _make_invoices(env, count):
    tax = env["account.tax"].search([("type_tax_use", "=", "sale"), ("amount", "=", 21)], limit=1)
    line = {"name": "Goods", "price_unit": 10, "tax_ids": [Command.set(tax.ids)]}
    customer = env["res.partner"].create(
        {"name": "Customer", "city": "Gent", "country_id": env.ref("base.be").id}
    )
    moves = env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": customer.id,
                "invoice_date": "2026-05-04",
                "invoice_line_ids": [Command.create(line) for _number in range(LINES)],
            }
            for _invoice in range(count)
        ]
    )
    moves.action_post()
    return moves


def _connect(env, sandbox):
    number = f"BE{env.company._codabox_enterprise_number()}"
    sandbox.add_client("ME", "We", enterprise_num=number)
    credentials = sandbox.credentials(sandbox.connect_company(number))
    env["codabox.connection"].create(
        {
            "name": "We",
            "role": "company",
            "environment": "custom",
            "base_url": sandbox.url,
            "software_key": SOFTWARE_KEY,
            "username": credentials.username,
            "password": credentials.password,
            "state": "connected",
            "connected_at": "2026-01-01",
        }
    )
    env["codabox.sending.consent"]._give(env.company, "We agree.")


if __name__ == "__main__":
    main(*sys.argv[1:])
