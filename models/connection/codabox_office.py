from odoo import fields, models


class CodaboxOffice(models.Model):
    """An accounting office as CodaBox knows it; a connection may see several."""

    _name = "codabox.office"
    _description = "Office at CodaBox"
    _order = "name, id"

    connection_id = fields.Many2one(
        "codabox.connection", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="connection_id.company_id", store=True, index=True)
    ref = fields.Char("Office at CodaBox", required=True, readonly=True)
    name = fields.Char(required=True, readonly=True)
    email = fields.Char("E-mail", readonly=True)
    active = fields.Boolean(default=True, readonly=True)
    is_mailing = fields.Boolean(
        "CodaBox mails the clients",
        readonly=True,
        help="CodaBox sends the mandates to the clients itself, and reminds them.",
    )
    may_order_payroll = fields.Boolean(readonly=True)

    _ref_unique = models.UniqueIndex("(connection_id, ref)")


class CodaboxSecretariat(models.Model):
    """A social secretariat that gives payroll entries through CodaBox."""

    _name = "codabox.secretariat"
    _description = "Social secretariat at CodaBox"
    _order = "name, id"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, readonly=True)
    active = fields.Boolean(default=True, readonly=True)

    _code_unique = models.UniqueIndex("(code)")
