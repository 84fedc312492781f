"""Files kept before this version are closed until they were read for wages."""

from odoo import SUPERUSER_ID, api

RULE = "account_codabox.codabox_document_file_rule_wages"


def migrate(cr, version):
    """Judge the stored files again; what cannot be read stays closed."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    _change_rule(env)
    env["codabox.document"]._judge_stored()
    env["codabox.document"]._unquote_stored()


def _change_rule(env):
    """Give the rule its new words: data of security is not updated by itself."""
    rule = env.ref(RULE, raise_if_not_found=False)
    if rule:
        rule.write(
            {
                "name": "CodaBox file: closed ones for payroll, or who opened them",
                "domain_force": (
                    "[(1, '=', 1)] if user.has_group('account_codabox.group_payroll') else "
                    "['|', '|', ('state', '=', 'missing'), ('document_id.is_closed', '=', False), "
                    "'&', '&', "
                    "('document_id.has_wages', '=', False), "
                    "('document_id.kind', '!=', 'soda'), "
                    "('document_id.opened_by_ids', 'in', user.ids)]"
                ),
            }
        )
