"""Reasons hold the ids of other companies, no longer their names, which not every reader may know."""

# Code of a reason -> its fact that named companies.
NAMED = {"account_elsewhere": "other", "payroll_company_twice": "companies"}
TABLES = ("codabox_document", "codabox_statement", "codabox_payroll")


def migrate(cr, version):
    """A name that is no company any more becomes "another company"."""
    for table in TABLES:
        for code, fact in NAMED.items():
            cr.execute(
                f"""
                UPDATE {table}
                   SET reason_facts = jsonb_set(
                           reason_facts, ARRAY[%(fact)s], jsonb_build_object('company_ids', (
                               SELECT coalesce(jsonb_agg(id ORDER BY id), '[]')
                                 FROM res_company
                                WHERE name = ANY(string_to_array(reason_facts->>%(fact)s, ', ')))))
                 WHERE reason_code = %(code)s AND jsonb_typeof(reason_facts->%(fact)s) = 'string'
                """,
                {"code": code, "fact": fact},
            )
