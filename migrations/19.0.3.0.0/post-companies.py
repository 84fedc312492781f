"""What is ours is seen in all companies of a user; until now only in those that were ticked."""

from odoo.addons.account_codabox.upgrading import reload_records

RULES = {
    "security/account_codabox_security.xml": [
        "codabox_connection_rule_company",
        "codabox_feed_rule_accountant",
        "codabox_feed_rule_administrator",
        "codabox_feed_kind_rule_accountant",
        "codabox_feed_kind_rule_administrator",
        "codabox_run_rule_accountant",
        "codabox_run_rule_administrator",
        "codabox_statement_rule_company",
        "codabox_gap_rule_company",
        "codabox_ignored_account_rule_company",
        "codabox_document_rule_accountant",
        "codabox_document_rule_administrator",
        "codabox_document_rule_payroll",
        "codabox_document_file_rule_accountant",
        "codabox_document_file_rule_administrator",
        "codabox_document_file_rule_payroll",
    ],
    "security/codabox_mandate_order_security.xml": ["codabox_office_rule_company"],
    "security/codabox_mandate_security.xml": [
        "codabox_mandate_rule_company",
        "codabox_mandate_account_rule_company",
        "codabox_mandate_comparison_rule_company",
    ],
    "security/codabox_payroll_security.xml": [
        "codabox_payroll_rule_company",
        "codabox_soda_mapping_rule_company",
    ],
    "security/codabox_sending_security.xml": ["codabox_sending_consent_rule_company"],
}


def migrate(cr, version):
    for file, names in RULES.items():
        reload_records(cr, file, *names)
