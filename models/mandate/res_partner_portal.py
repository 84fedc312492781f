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
        return super().create([self._codabox_mark_number(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._codabox_mark_number(vals))

    @api.model
    def _codabox_mark_number(self, vals):
        """Return these values, with whether their number comes from outside."""
        if not vals.keys() & {"vat", "company_registry"}:
            return vals
        # The portal writes as superuser, but the user is still who he is.
        return {**vals, "codabox_number_unchecked": self.env.user.share}
