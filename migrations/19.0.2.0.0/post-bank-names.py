from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Name the banks of mandates as they are named now, so that lists do not group a bank twice."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["codabox.mandate"].search([("bank_bic", "!=", False)])._compute_bank_name()
