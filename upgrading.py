"""For scripts in `migrations/`: bring our rules and groups in databases that exist up to date.

Our rules are `noupdate`, so Odoo never touches them again after the installation: a rule that
changed in `security/` reaches a database that exists only through these functions.
"""

import io

from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.tools import file_open
from odoo.tools.convert import convert_xml_import

MODULE = "account_codabox"
# What is not named here may have been changed by users: texts, schedules, types of to-dos.
OURS = ("ir.rule", "res.groups", "res.groups.privilege")


def reload_records(cr, file, *names):
    """Make rules and groups what a file says, whatever they are in this database.

    :param str file: as in the manifest, e.g. `security/codabox_wages_security.xml`.
    :param str names: the names of the records in it; all that are not named stay as they are.
    :raise LookupError: the file has no record of that name.
    :raise ValueError: a record that is neither a rule nor a group: users may have changed it.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    path = f"{MODULE}/{file}"
    with file_open(path, "rb") as source:
        tree = etree.parse(source)
    _keep(tree, set(names), path)
    for name in names:
        _forget(env.ref(f"{MODULE}.{name}", raise_if_not_found=False))
    content = io.BytesIO(etree.tostring(tree))
    content.name = path
    # As if the add-on was being installed: that is when `noupdate` records are written.
    convert_xml_import(env, MODULE, content, {}, "init")


def remove_records(cr, *names):
    """Delete rules and groups that no file has any longer.

    :param str names: names without that of the add-on; one that is gone already is no error.
    :raise ValueError: a record that is neither a rule nor a group.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in names:
        if record := env.ref(f"{MODULE}.{name}", raise_if_not_found=False):
            _require_ours(name, record._name)
            record.unlink()


def _keep(tree, names, path):
    """Leave only the records of these names in a file."""
    found = {record.get("id"): record for record in tree.iter("record")}
    if missing := names - set(found):
        raise LookupError(f"{path} has no record {', '.join(sorted(missing))}")
    for name, record in found.items():
        if name in names:
            _require_ours(name, record.get("model"))
        else:
            record.getparent().remove(record)


def _require_ours(name, model):
    if model not in OURS:
        raise ValueError(f"{name} is a {model}: a user may have changed it")


def _forget(record):
    """Take back what the file may no longer say; loading it only adds."""
    if record and record._name == "ir.rule":
        defaults = record.default_get(
            [f"perm_{name}" for name in ("read", "write", "create", "unlink")]
        )
        record.write({**defaults, "groups": [Command.clear()]})
    elif record and record._name == "res.groups":
        record.implied_ids = [Command.clear()]
