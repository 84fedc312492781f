"""The other end of part "confirm": an office that connects, and confirms the companies that are sure.

The companies are copied in the database, for Odoo takes a chart's time for each; their partners and
the clients of CodaBox are records like any other.
"""

import json
import sys
import time

import odoo
from odoo import api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tools import config

from .odoo_worker import processor_seconds

FIRST_NUMBER = 4_000_000


def main(database, _who):
    """Answer commands until there are no more."""
    config.parse_config(["-d", database, "--no-http", "--max-cron-threads=0"], setup_logging=False)
    registry = Registry(database)
    for line in sys.stdin:
        command = json.loads(line)
        with registry.cursor() as cr:
            env = api.Environment(cr, odoo.SUPERUSER_ID, {})
            answer = fill(env, command["fill"]) if "fill" in command else confirm(env)
        print(json.dumps(answer), flush=True)


def enterprise_number(client):
    """Return an enterprise number whose check digits are right."""
    base = FIRST_NUMBER + client
    return f"{base:08}{97 - base % 97:02}"


def fill(env, clients):
    """Make so many companies and clients, none of them confirmed."""
    administrator = env["res.users"].create(
        {
            "name": "Bench",
            "login": "bench",
            "group_ids": [Command.link(env.ref("account_codabox.group_administrator").id)],
        }
    )
    numbers = [enterprise_number(client) for client in range(clients)]
    partners = env["res.partner"].create(
        [{"name": f"Client {n}", "company_registry": number} for n, number in enumerate(numbers)]
    )
    env.flush_all()
    env.cr.execute(
        "INSERT INTO res_company SELECT copy.* FROM res_company c, res_partner p,"
        " LATERAL jsonb_populate_record(c, jsonb_build_object('id', p.id, 'name', p.name,"
        " 'partner_id', p.id, 'parent_path', p.id || '/')) copy WHERE c.id = %s AND p.id = ANY(%s)",
        [env.company.id, partners.ids],
    )
    env.cr.execute(
        "INSERT INTO res_company_users_rel (cid, user_id) SELECT id, %s FROM res_company"
        " ON CONFLICT DO NOTHING",
        [administrator.id],
    )
    env.registry.clear_all_caches()
    connection = env["codabox.connection"].create(
        {"name": "Office", "state": "connected", "user_id": administrator.id}
    )
    env["codabox.feed"].create(
        [
            {
                "name": f"Client {n}",
                "connection_id": connection.id,
                "remote_id": n + 1,
                "enterprise_number": f"BE{number}",
            }
            for n, number in enumerate(numbers)
        ]
    )
    env.cr.commit()
    env.cr.execute("ANALYZE")
    return {"clients": clients}


def confirm(env):
    """Press *Confirm all that are sure* once, as the administrator of CodaBox."""
    user = env["res.users"].search([("login", "=", "bench")])
    connection = env["codabox.connection"].search([("user_id", "=", user.id)])
    feeds = env["codabox.feed"].with_user(user).search([("connection_id", "=", connection.id)])
    feeds.search_count([])  # who the user is and what he may see is known
    queries, start, processor = env.cr.sql_log_count, time.perf_counter(), processor_seconds(env.cr)
    done, left = feeds._confirm_sure()
    return {
        "clock": time.perf_counter() - start,
        "seconds": processor_seconds(env.cr) - processor,
        "queries": env.cr.sql_log_count - queries - 1,
        "done": done,
        "left": left,
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
