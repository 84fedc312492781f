from odoo import fields, models


class IrAttachment(models.Model):
    """Payroll files on a journal entry, which every accountant reads: they are not for everybody.

    A record rule (``codabox_payroll_security.xml``) opens them to the group *Payroll documents*.
    """

    _inherit = "ir.attachment"

    codabox_payroll = fields.Boolean("Payroll file", readonly=True, copy=True)
