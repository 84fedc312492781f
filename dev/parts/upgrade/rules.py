"""Rules, groups, rights, scheduled actions and data of the add-on, by name, in one database."""

from collections.abc import Iterator

import psycopg2

MODULE = "account_codabox"
NAMES = """
    with names as (
        select model, res_id, min(module || '.' || name) as name
          from ir_model_data group by model, res_id
    ), ours as (
        select model, res_id, name from ir_model_data where module = %(module)s
    )
"""
# What is compared -> name of a record and what must be equal.
QUESTIONS = {
    "rule": """
        select o.name, jsonb_build_object(
               'name', r.name, 'model', m.model, 'domain', r.domain_force, 'active', r.active,
               'global', r.global, 'read', r.perm_read, 'write', r.perm_write,
               'create', r.perm_create, 'unlink', r.perm_unlink,
               'groups', array(select n.name from rule_group_rel g join names n
                                   on n.model = 'res.groups' and n.res_id = g.group_id
                                where g.rule_group_id = r.id order by 1))
          from ours o join ir_rule r on o.model = 'ir.rule' and o.res_id = r.id
          join ir_model m on m.id = r.model_id""",
    "right": """
        select o.name, jsonb_build_object(
               'model', m.model, 'group', n.name, 'active', a.active, 'read', a.perm_read,
               'write', a.perm_write, 'create', a.perm_create, 'unlink', a.perm_unlink)
          from ours o join ir_model_access a on o.model = 'ir.model.access' and o.res_id = a.id
          join ir_model m on m.id = a.model_id
          left join names n on n.model = 'res.groups' and n.res_id = a.group_id""",
    "group": """
        select o.name, jsonb_build_object(
               'name', g.name, 'comment', g.comment, 'share', g.share, 'privilege', p.name,
               'implies', array(select n.name from res_groups_implied_rel i join names n
                                    on n.model = 'res.groups' and n.res_id = i.hid
                                 where i.gid = g.id order by 1))
          from ours o join res_groups g on o.model = 'res.groups' and o.res_id = g.id
          left join names p on p.model = 'res.groups.privilege' and p.res_id = g.privilege_id""",
    "implied by": """
        select i.name || ' < ' || n.name, 'true'::jsonb
          from ours i join res_groups_implied_rel r on i.model = 'res.groups' and r.hid = i.res_id
          join names n on n.model = 'res.groups' and n.res_id = r.gid""",
    "privilege": """
        select o.name, to_jsonb(p) - array['id', 'category_id', 'create_date', 'write_date',
               'create_uid', 'write_uid'] || jsonb_build_object('category', n.name)
          from ours o
          join res_groups_privilege p on o.model = 'res.groups.privilege' and o.res_id = p.id
          left join names n on n.model = 'ir.module.category' and n.res_id = p.category_id""",
    "scheduled action": """
        select o.name, jsonb_build_object(
               'name', c.cron_name, 'active', c.active, 'number', c.interval_number,
               'unit', c.interval_type, 'priority', c.priority, 'code', s.code, 'model', m.model)
          from ours o join ir_cron c on o.model = 'ir.cron' and o.res_id = c.id
          join ir_act_server s on s.id = c.ir_actions_server_id
          join ir_model m on m.id = s.model_id""",
    # Every record of the data files, fields and views too: what is new is there, what went is gone.
    "data": """
        select name || ' (' || model || ')', jsonb_build_object('noupdate', coalesce(noupdate, false))
          from ir_model_data where module = %(module)s""",
}  # fmt: skip
# Each of these has to be found, or a question asks nothing.
MUST_FIND = ("rule", "right", "group", "privilege", "scheduled action", "data")


def read(db: str) -> dict:
    """Return question -> name -> what is so in this database, and the version of the add-on."""
    with psycopg2.connect(dbname=db) as connection, connection.cursor() as cr:
        cr.execute("select latest_version from ir_module_module where name = %s", [MODULE])
        answers = {"version": cr.fetchone()[0]}
        for question, query in QUESTIONS.items():
            cr.execute(NAMES + query, {"module": MODULE})
            answers[question] = dict(cr.fetchall())
        return answers


def differences(fresh: dict, upgraded: dict) -> Iterator[str]:
    """Say what an upgraded database has otherwise than one of a new installation."""
    for name, wanted in fresh.items():
        found = upgraded.get(name)
        if found != wanted:
            yield f"{name}: a new installation has {wanted}, the upgraded database {found}"
    for name in upgraded.keys() - fresh.keys():
        yield f"{name}: a new installation does not have it"


def new_rows(db: str, before: dict) -> set[tuple[str, str]]:
    """Return table and id of the data that the new version brought, given what was there before."""
    with psycopg2.connect(dbname=db) as connection, connection.cursor() as cr:
        cr.execute(
            "select name || ' (' || model || ')', model, res_id from ir_model_data"
            " where module = %s",
            [MODULE],
        )
        return {
            (model.replace(".", "_"), str(id))
            for name, model, id in cr.fetchall()
            if name not in before["data"]
        }
