"""What a database and its files hold, row by row, read without Odoo and so without its code."""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import psycopg2
from psycopg2 import sql

Rows = dict[str, dict]  # id, or for a table without one the row itself -> the row
Content = dict[str, Rows]  # table -> its rows

# Odoo writes these anew at each update of an add-on, from its files; none is the user's. Rules,
# groups and scheduled actions are compared with a new installation instead (rules.py).
OF_THE_CODE = (
    "ir_model", "ir_model_access", "ir_model_constraint", "ir_model_data", "ir_model_fields",
    "ir_model_fields_group_rel", "ir_model_fields_selection", "ir_model_inherit",
    "ir_model_relation", "ir_module_module", "ir_module_module_dependency", "ir_rule",
    "ir_ui_menu", "ir_ui_menu_group_rel", "ir_ui_view", "ir_ui_view_group_rel", "ir_act_client",
    "ir_act_report_xml", "ir_act_server", "ir_actions_server_history", "ir_act_url", "ir_act_window",
    "ir_act_window_view", "ir_actions", "ir_act_window_group_rel", "ir_asset", "ir_cron", "ir_cron_trigger",
    "ir_cron_progress", "ir_logging", "ir_profile", "res_groups", "res_groups_implied_rel",
    "res_groups_privilege", "rule_group_rel", "orm_signaling_registry", "orm_signaling_assets",
    "orm_signaling_templates", "orm_signaling_groups", "orm_signaling_routing",
    "orm_signaling_default", "orm_signaling_stable", "bus_bus", "bus_presence",
)  # fmt: skip


NO_COLUMN = "no such column"


class Allowed(NamedTuple):
    """Why a column may differ, and of which two values that is true; of any by default."""

    reason: str
    when: Callable[[object, object], bool] = lambda before, after: True


def judged_now(before: object, after: object) -> bool:
    """Say whether yes or no is known now of what was not known."""
    return before is None and isinstance(after, bool)


def quoted_less(before: object, after: object) -> bool:
    """Say whether the only change is that "…" stands where a file was quoted."""
    texts = [json.dumps(v, sort_keys=True, ensure_ascii=False) for v in (before, after)]
    pattern = re.escape(texts[1]).replace("…", ".+")
    return "…" in texts[1] and re.fullmatch(pattern, texts[0]) is not None


def unnamed(before: object, after: object) -> bool:
    """Say whether the only change is that ids stand where companies were named."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return False
    changed = {key for key in before | after if before.get(key) != after.get(key)}
    return changed <= {"other", "companies"} and all(
        after[key].get("company_ids") for key in changed
    )


def forgotten(before: object, after: object) -> bool:
    """Say whether a value was taken away."""
    return before is not None and after is None


def rekeyed(before: object, after: object) -> bool:
    """Say whether a key became another one of the same movement."""
    parts = [str(value).partition("-") for value in (before, after)]
    return parts[0][1:] == parts[1][1:] and len(parts[0][0]) == len(parts[1][0])


def bared(before: object, after: object) -> bool:
    """Say whether of what CodaBox says of a document only account and day are left, or nothing."""
    if isinstance(after, dict) and isinstance(before, dict):
        return after.items() <= before.items() and after.keys() <= {"iban", "new_balance_date"}
    return after == 0


MOVED = Allowed("post-secrets moves it to codabox_secret", lambda b, a: a == NO_COLUMN)

# Table (or *) and column -> why it may differ after the upgrade, and how.
MAY_DIFFER = {
    ("*", "write_date"): Allowed("a migration writes a row"),
    ("*", "write_uid"): Allowed("a migration writes a row"),
    ("codabox_mandate", "todo_on"): Allowed("post-mandate-todo: asked once more", forgotten),
    ("codabox_statement", "key"): Allowed("post-coda-identity: keys of texts too", rekeyed),
    ("account_bank_statement", "codabox_key"): Allowed("post-coda-identity: the same", rekeyed),
    ("account_bank_statement_line", "codabox_key"): Allowed("post-coda-identity", rekeyed),
    ("codabox_document", "has_wages"): Allowed("post-wages reads files kept before", judged_now),
    ("codabox_document", "metadata"): Allowed("post-gate: what is withheld", bared),
    ("codabox_document", "number"): Allowed("post-gate: what is withheld", bared),
    ("codabox_connection", "software_key"): MOVED,
    ("codabox_connection", "username"): MOVED,
    ("codabox_connection", "password"): MOVED,
    ("codabox_connect", "software_key"): MOVED,
    ("codabox_connect", "token"): MOVED,
    ("codabox_document", "reason_facts"): Allowed(
        "post-wages: no name or amount; post-company-names",
        lambda before, after: quoted_less(before, after) or unnamed(before, after),
    ),
    ("codabox_statement", "reason_facts"): Allowed("post-company-names: ids", unnamed),
    ("codabox_payroll", "reason_facts"): Allowed("post-company-names: ids", unnamed),
    ("account_move", "codabox_has_flags"): Allowed(
        "post-open-questions, post-payer: drafts that ask",
        lambda before, after: not before and after is True,
    ),
    ("mail_message", "body"): Allowed("post-wages: no name or amount", quoted_less),
}
# Attachments that Odoo makes from the code: bundles of scripts and styles, icons of menus.
MADE_BY_ODOO = """
    where url like '/web/assets/%' or res_model in ('ir.ui.menu', 'ir.module.module')
"""
# What Odoo notes of a scheduled action of the code: that it was made.
TOLD_BY_ODOO = " where model is null or model not in ('ir.cron', 'ir.actions.server')"
SHOWN = 8  # differences of one table


def read(db: str, data_dir: Path) -> Content:
    """Return everything in a database that is not Odoo's picture of the code, and its files."""
    with psycopg2.connect(dbname=db) as connection, connection.cursor() as cr:
        content = {table: _rows(cr, table) for table in _tables(cr)}
        content["files"] = _files(cr, data_dir / "filestore" / db)
        return content


def _tables(cr) -> list[str]:
    cr.execute(
        "select table_name from information_schema.tables"
        " where table_schema = 'public' and table_type = 'BASE TABLE'"
    )
    return sorted({name for (name,) in cr.fetchall()} - set(OF_THE_CODE))


def _rows(cr, table: str) -> Rows:
    query = sql.SQL("select to_jsonb(t) from {} t").format(sql.Identifier(table))
    if table == "ir_attachment":
        made = "select id from ir_attachment" + MADE_BY_ODOO
        query += sql.SQL(f" where id not in ({made})")
    if table == "mail_message":
        query += sql.SQL(TOLD_BY_ODOO)
    cr.execute(query)
    rows = [row for (row,) in cr.fetchall()]
    return {str(row.get("id") or json.dumps(row, sort_keys=True)): row for row in rows}


def _files(cr, store: Path) -> Rows:
    """Return each attachment with the checksum of the bytes on the disk."""
    made = "select id from ir_attachment" + MADE_BY_ODOO
    cr.execute(
        f"select id, store_fname from ir_attachment"
        f" where store_fname is not null and id not in ({made})"
    )
    return {str(id): {"sha256": _sha256(store / name)} for id, name in cr.fetchall()}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "no such file"


def differences(
    before: Content,
    after: Content,
    new: Iterable[tuple[str, str]] = (),
    growing: Iterable[str] = (),
    may_differ: Mapping[tuple[str, str], Allowed] | None = None,
) -> Iterator[str]:
    """Say what was taken away, changed or added; a new table or column is no difference.

    :param new: table and id of rows that may be added, as the new version's own data.
    :param growing: tables to which any row may be added.
    :param may_differ: table and column of what may change, besides MAY_DIFFER.
    """
    for table, rows in before.items():
        may_be_new = after.get(table, ()) if table in growing else {i for t, i in new if t == table}
        allowed = MAY_DIFFER | (may_differ or {})
        columns = {column: why for (t, column), why in allowed.items() if t in ("*", table)}
        found = list(_table_differences(table, rows, after.get(table), may_be_new, columns))
        yield from found[:SHOWN]
        if len(found) > SHOWN:
            yield f"{table}: … and {len(found) - SHOWN} more"


def _table_differences(
    table: str,
    rows: Rows,
    after: Rows | None,
    may_be_new: Collection[str],
    may_differ: Mapping[str, Allowed],
) -> Iterator[str]:
    if after is None:
        yield f"{table}: the table is gone"
        return
    for id in rows.keys() - after.keys():
        yield f"{table} {id}: gone"
    for id in after.keys() - rows.keys():
        if id not in may_be_new:
            yield f"{table} {id}: was not there: {after[id]}"
    for id in rows.keys() & after.keys():
        for column, value in rows[id].items():
            now = after[id].get(column, NO_COLUMN)
            if now != value and not (column in may_differ and may_differ[column].when(value, now)):
                yield f"{table} {id} {column}: {value!r} -> {now!r}"
