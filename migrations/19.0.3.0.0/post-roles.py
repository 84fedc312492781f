"""Payroll is read company by company; who had the group keeps the payroll of his clients."""

from odoo import SUPERUSER_ID, api

from odoo.addons.account_codabox.upgrading import reload_records

RULES = {
    "security/account_codabox_security.xml": (
        "codabox_feed_rule_administrator",
        "codabox_feed_kind_rule_administrator",
        "codabox_run_rule_administrator",
        "codabox_document_rule_administrator",
        "codabox_document_rule_payroll",
        "codabox_document_file_rule_administrator",
        "codabox_document_file_rule_payroll",
    ),
    "security/codabox_payroll_security.xml": (
        "codabox_payroll_rule_company",
        "ir_attachment_rule_payroll",
    ),
    "security/codabox_wages_security.xml": ("codabox_document_file_rule_wages",),
}


def migrate(cr, version):
    """Change the rules, and give each user the companies that he reads payroll of."""
    for file, names in RULES.items():
        reload_records(cr, file, *names)
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    env["res.company"]._codabox_give_payroll()
