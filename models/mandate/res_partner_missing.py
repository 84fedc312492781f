from odoo import api, fields, models

from ..inbox.own_company import opens_in_own_company
from .res_partner import READERS


class ResPartner(models.Model):
    """What a client lacks before a mandate can be ordered, and the way to fill it in."""

    _inherit = "res.partner"

    codabox_missing = fields.Json(
        "Missing before ordering",
        compute="_compute_codabox_missing",
        groups=READERS,
        help="Names of what is missing, in the order of the form.",
    )

    @api.depends(
        "name", "street", "zip", "city", "company_registry", "vat", "email", "lang", "bank_ids",
        "is_company", "child_ids.name", "child_ids.type", "child_ids.email",
    )  # fmt: skip
    def _compute_codabox_missing(self):
        for partner in self:
            partner.codabox_missing = partner._codabox_missing()

    def _codabox_missing(self):
        """Return what this client lacks.

        :return: names that the banner and the dialog of the view know.
        :rtype: list[str]
        """
        self.ensure_one()
        contacts = self.child_ids.filtered(lambda c: c.type == "contact" and c.name)
        wanted = {
            "name": self.name,
            "address": self.street and self.zip and self.city,
            "number": self._codabox_enterprise_number(),
            "email": self.email or any(contacts.mapped("email")),
            "language": self.lang,
            "accounts": self.bank_ids,
            "contact": contacts or not self.is_company,
        }
        return [name for name, value in wanted.items() if not value]

    @opens_in_own_company
    def action_codabox_complete(self):
        """Open the part of the client that the button is about, to fill it in."""
        self.ensure_one()
        view = self.env.ref("account_codabox.res_partner_view_form_missing")
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
            "context": {"codabox_missing": self.env.context.get("codabox_missing")},
        }
