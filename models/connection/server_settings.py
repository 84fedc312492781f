"""What the server says outside its databases: environment variables, or Odoo's configuration file.

``CODABOX_X`` in the environment goes before ``codabox_x`` in the file.
"""

import os
import re
from urllib.parse import urlsplit

from odoo.tools import config

PREFIX = "CODABOX_"


def server_value(name):
    """Return one setting of the server.

    :param str name: in capitals, without ``CODABOX_``.
    :return: its value, ``""`` when the server does not say.
    :rtype: str
    """
    name = PREFIX + name
    return os.environ.get(name) or config.get(name.lower()) or ""


def secret_name(set_name, name):
    """Return the setting that holds one secret of a set; the set without name has the plain ones."""
    return "_".join(filter(None, [set_name.upper(), name.upper()]))


def serves(set_name, database):
    """Say whether a set of secrets is for a database.

    Whoever manages another database of this server may choose any name there: only the server
    itself says whose a set is.

    :param str set_name: name of the set.
    :param str database: name of the database.
    """
    owner = server_value(secret_name(set_name, "database"))
    return owner == database if owner else config["db_name"] == [database]


def is_listed(url):
    """Say whether the server allows an address besides those of CodaBox.

    ``CODABOX_ADDRESSES`` lists hosts, with or without a port.

    :param str url: the address.
    """
    host = (urlsplit(url).hostname or "").lower()
    listed = set(re.split(r"[\s,]+", server_value("ADDRESSES").lower()))
    return bool(host) and bool(listed & {host, f"{host}:{_port(url)}"})


def _port(url):
    try:
        return urlsplit(url).port
    except ValueError:
        return None
