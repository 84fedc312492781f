"""Connections of the demo, pointed at the sandbox as it runs now."""

import os

from codabox.sandbox import SOFTWARE_KEY


def make_connection(env, company, role, access, *, connected_at=None, url=None):
    """Return the connection of a company in a role; made the first time, else told where to go.

    :param dict access: username and password.
    :param datetime connected_at: since when it is connected; now by default.
    :param str url: of its CodaBox; that of the first office by default.
    :return: the connection, and whether it is new.
    """
    connections = env["codabox.connection"]
    values = {
        "environment": "custom",
        "base_url": url or os.environ["CODABOX_SANDBOX_URL"],
        "software_key": SOFTWARE_KEY,
        **access,
        "state": "connected",
    }
    connection = connections.search([("company_id", "=", company.id), ("role", "=", role)], limit=1)
    if connection:
        connection.write(values)
        return connection, False
    return connections.create(
        {
            **values,
            "name": company.name,
            "company_id": company.id,
            "role": role,
            "user_id": env.ref("base.user_admin").id,
            "connected_at": connected_at or env.cr.now(),
            "fetch_automatically": role == "office",
        }
    ), True
