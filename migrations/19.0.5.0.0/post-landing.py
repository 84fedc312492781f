"""Where one lands after installing is for who installs; a database that has the add-on is past it."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    todo = env.ref("account_codabox.codabox_after_install_todo", raise_if_not_found=False)
    if todo:
        todo.state = "done"
