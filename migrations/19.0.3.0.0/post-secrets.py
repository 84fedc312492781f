"""Secrets leave the tables of their records: a refused write there is logged with its values."""

from odoo.tools import SQL
from odoo.tools.sql import column_exists

COLUMNS = {
    "codabox_connection": ("software_key", "username", "password"),
    "codabox_connect": ("software_key", "token"),
}


def migrate(cr, version):
    for table, names in COLUMNS.items():
        for name in names:
            if column_exists(cr, table, name):
                move(cr, table, name)


def move(cr, table, name):
    """Move one column within PostgreSQL: no secret passes through here."""
    cr.execute(
        SQL(
            """
            INSERT INTO codabox_secret (res_model, res_id, name, value)
            SELECT %(model)s, id, %(name)s, %(column)s FROM %(table)s WHERE %(column)s > ''
                ON CONFLICT (res_model, res_id, name) DO UPDATE SET value = EXCLUDED.value
            """,
            model=table.replace("_", "."),
            name=name,
            column=SQL.identifier(name),
            table=SQL.identifier(table),
        ),
        log_exceptions=False,
    )
    cr.execute(SQL("ALTER TABLE %s DROP COLUMN %s", SQL.identifier(table), SQL.identifier(name)))
