from odoo import api, fields, models


class ResPartner(models.Model):
    """Keeps a number that somebody gave himself from giving him the mandates of another.

    A mandate goes to the partner with its enterprise number, and its partner sees it on the portal.
    Users of the portal and visitors of a shop may fill in their own VAT number: such a number
    counts when somebody of the office wrote it too, or chose the partner on a mandate.
    """

    _inherit = "res.partner"

    codabox_number_unchecked = fields.Boolean(
        "Number given by the client",
        readonly=True,
        copy=False,
        help="The VAT or enterprise number was filled in from outside: mandates are not given to this partner by themselves.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        # The portal writes as superuser, but the user is still who he is.
        if self.env.user.share:
            mark = {"codabox_number_unchecked": True}
            vals_list = [vals | mark if _has_number(vals) else vals for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if _has_number(vals):
            is_outside = self.env.user.share
            marked = self.sudo().filtered(lambda p: p.codabox_number_unchecked != is_outside)
            super(ResPartner, marked).write({"codabox_number_unchecked": is_outside})
        return super().write(vals)


def _has_number(vals):
    return bool(vals.keys() & {"vat", "company_registry"})
