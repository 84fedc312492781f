from odoo.addons.account_codabox.codabox import bank_name


def migrate(cr, version):
    """Name the banks of mandates as they are named now, so that lists do not group a bank twice."""
    cr.execute("SELECT DISTINCT bank_bic FROM codabox_mandate WHERE bank_bic > ''")
    for (bic,) in cr.fetchall():
        name = bank_name(bic) or bic
        cr.execute(
            "UPDATE codabox_mandate SET bank_name = %s"
            " WHERE bank_bic = %s AND bank_name IS DISTINCT FROM %s",
            [name, bic, name],
        )
