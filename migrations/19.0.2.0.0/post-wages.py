"""Files kept before this version are closed until they were read for wages."""

from odoo import SUPERUSER_ID, api

from odoo.addons.account_codabox.upgrading import reload_records


def migrate(cr, version):
    """Judge the stored files again; what cannot be read stays closed."""
    reload_records(cr, "security/codabox_wages_security.xml", "codabox_document_file_rule_wages")
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["codabox.document"]._judge_stored()
    env["codabox.document"]._unquote_stored()
