"""Run in the shell of the upgraded database: fetch all that CodaBox delivers again.

Prints what became of each new document, for again.py; `env` is given by the shell.
"""

import json
import os


def main(env):
    """Point the office at the sandbox as it runs now, fetch until done, and tell."""
    companies = env["res.company"].search([]).ids
    env = env(user=env.ref("base.user_admin"), context={"allowed_company_ids": companies})
    connections = env["codabox.connection"].search([])
    connections.base_url = os.environ["CODABOX_SANDBOX_URL"]
    env.cr.commit()
    # A withheld one is known by its entry only; now it comes in as well.
    known = env["codabox.document"].search([("state", "!=", "withheld")])
    office = connections.filtered(lambda c: c.role == "office")
    office.action_fetch()
    while pending := office.feed_ids.filtered("fetch_pending"):
        office.action_fetch(pending)
    env.cr.commit()
    new = env["codabox.document"].search([], order="id") - known
    found = [
        {
            "name": document.name,
            "channel": document.channel,
            "company": document.company_id.name,
            "state": document.state,
            "reason": document.reason or "",
            "first": "before"
            if document.duplicate_of_id in known
            else document.duplicate_of_id.name,
        }
        for document in new
    ]
    print("RESULT " + json.dumps(found))


main(env)
