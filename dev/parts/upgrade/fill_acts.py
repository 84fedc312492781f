"""Run in the shell of the old version after its demo was set up; `env` is given by the shell.

Does what the demo leaves to a person, so that documents of every kind and state are there, and
edits texts of ours as users do. Everything is called as the old version has it.
"""

import base64
import os
import sys
from datetime import date
from pathlib import Path

sys.path[:0] = [str(Path.cwd()), str(Path.cwd() / "dev")]

from demo_clients import STUDIO, STUDIO_CURRENT  # noqa: E402
from demo_documents import deliveries, post  # noqa: E402

from codabox.sandbox.resources import stable_id  # noqa: E402

CONTROL = os.environ["CODABOX_SANDBOX_CONTROL"]
STATES = {"imported", "waiting", "failed", "stored", "duplicate", "discarded", "withheld"}
KINDS = {"coda", "soda", "purchase_invoice", "sales_invoice", "expense"}
EDITED = "Edited by the user"


def fetch(env, connection):
    """Fetch everything, however many clicks it takes on a slow machine."""
    connection.action_fetch()
    while pending := connection.feed_ids.filtered("fetch_pending"):
        connection.action_fetch(pending)
    env.cr.commit()


def make_duplicates(documents):
    """Let CodaBox deliver one document of each kind again."""
    for kind in sorted(set(documents.mapped("kind"))):
        done = documents.filtered(lambda d, kind=kind: d.kind == kind and d.state == "imported")
        if done:
            post(CONTROL, "redeliver", {"feed_index": done[0].remote_index})


def close_mandate(env):
    """Let the mandate of one account end while a document of it still comes."""
    feed = env["codabox.feed"].search([("name", "=", STUDIO.name)], limit=1).remote_id
    day = date.fromisoformat(
        env["ir.config_parameter"].sudo().get_param("account_codabox_demo.day")
    )
    document = next(documents for client, documents in deliveries(day) if client is STUDIO)[2]
    change = {"iban": STUDIO_CURRENT, "state": "problem", "reason": "revoked"}
    post(CONTROL, "settings", {"gate": False})
    post(CONTROL, f"mandates/{feed}", change)
    post(
        CONTROL,
        "documents",
        {
            "feed_id": feed,
            "model": document.model,
            "files": {n: base64.b64encode(raw).decode() for n, raw in document.files.items()},
            "feed_index": stable_id("withheld"),
            "mandate": False,
        },
    )


def discard(env, documents):
    """Keep one document that waits out of the books."""
    env["codabox.document.discard"].create(
        {
            "document_ids": [(6, 0, documents.filtered(lambda d: d.state == "waiting")[-1:].ids)],
            "reason": "Not ours",
        }
    ).action_discard()


def send(env):
    """Agree for the company that sends its invoices, and send them; one has no address."""
    company = env["codabox.connection"].search([("role", "=", "company")]).company_id
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    env["codabox.send.consent"].create({"company_id": company.id, "agreed": True}).action_give()
    env["codabox.send.batch"].browse(
        env["codabox.send.batch"].action_open()["res_id"]
    ).action_send()
    env.cr.commit()


def edit_texts(env):
    """Change a mail and a to-do type of ours, and give a person the right to read payroll."""
    env.ref("account_codabox.mail_template_ask_access").subject = EDITED
    env.ref("account_codabox.mail_activity_type_client").summary = EDITED


def check(env):
    """Fail when the database does not hold what this test is about."""
    documents = env["codabox.document"].search([])
    missing = {
        "states": STATES - set(documents.mapped("state")),
        "kinds": KINDS - set(documents.mapped("kind")),
        "sent": {"sent"} - set(env["account.move"].search([]).mapped("codabox_send_state")),
        "models": {
            name
            for name in (
                "codabox.mandate", "codabox.payroll", "codabox.statement", "codabox.soda.mapping",
                "codabox.sending.consent", "codabox.run", "codabox.document.file",
            )
            if not env[name].search_count([], limit=1)
        },
    }  # fmt: skip
    if any(missing.values()):
        raise AssertionError(f"the filled database lacks {missing}")


def main(env):
    """Do it all."""
    companies = env["res.company"].search([]).ids
    env = env(user=env.ref("base.user_admin"), context={"allowed_company_ids": companies})
    connection = env["codabox.connection"].search([("role", "=", "office")])
    fetch(env, connection)
    env["codabox.soda.mapping"].search([]).action_confirm_proposals()
    documents = env["codabox.document"].search([], order="id")
    make_duplicates(documents)
    fetch(env, connection)
    close_mandate(env)
    fetch(env, connection)
    discard(env, documents)
    send(env)
    edit_texts(env)
    env.cr.commit()
    check(env)


main(env)
