from odoo import api, fields, models
from odoo.fields import Domain

from ..common.own_company import opens_in_own_company
from ..connection.codabox_feed import enterprise_number_of
from .codabox_mandate import DEMANDING, STATES

READERS = "account.group_account_invoice,account.group_account_readonly"

STATE_FIELDS = {
    "coda": "codabox_coda_state",
    "soda": "codabox_soda_state",
    "purchase_invoice": "codabox_purchase_state",
}


def _spellings(number):
    """Return how people write an enterprise number of ten digits."""
    dotted = f"{number[:4]}.{number[4:7]}.{number[7:]}"
    plain = (number, dotted, number.removeprefix("0"))
    return [*plain, *(f"BE{text}" for text in plain), *(f"BE {text}" for text in plain)]


def _has_number(vals):
    return bool(vals.keys() & {"vat", "company_registry"})


class ResPartner(models.Model):
    """The mandates of a client on its partner.

    A partner may be shared by companies that may not see each other's mandates: what is stored
    here is stored per company, from the mandates that this company may see.
    """

    _inherit = "res.partner"

    codabox_mandate_ids = fields.One2many(
        "codabox.mandate", "partner_id", "CodaBox mandates", groups=READERS
    )
    codabox_coda_state = fields.Selection(
        STATES, "Bank statements", company_dependent=True, readonly=True, copy=False, groups=READERS
    )
    codabox_soda_state = fields.Selection(
        STATES, "Payroll", company_dependent=True, readonly=True, copy=False, groups=READERS
    )
    codabox_purchase_state = fields.Selection(
        STATES,
        "Purchase invoices",
        company_dependent=True,
        readonly=True,
        copy=False,
        groups=READERS,
    )
    codabox_mandate_count = fields.Integer(compute="_compute_codabox_mandates", groups=READERS)
    codabox_mandate_text = fields.Char(
        "Mandates",
        compute="_compute_codabox_mandates",
        groups=READERS,
        help="Active mandates, of all that are not archived.",
    )

    @api.depends("codabox_mandate_ids.state")
    @api.depends_context("uid")
    def _compute_codabox_mandates(self):
        for partner in self:
            mandates = partner.codabox_mandate_ids
            current = mandates.filtered(lambda m: m.state != "archived")
            active = current.filtered(lambda m: m.state == "active")
            partner.codabox_mandate_count = len(mandates)
            partner.codabox_mandate_text = f"{len(active)}/{len(current)}"

    def _codabox_enterprise_number(self):
        """Return the ten digits of the Belgian enterprise number, ``""`` when there is none."""
        self.ensure_one()
        return enterprise_number_of(self)

    def _codabox_refresh_states(self):
        """Store the state per service, from the mandates that the current company may see."""
        company = self.env.company
        mandates = self.env["codabox.mandate"].search(
            Domain("partner_id", "in", self.ids)
            & (Domain("company_id", "=", company.id) | Domain("client_company_id", "=", company.id))
        )
        found = {}
        for mandate in mandates:
            found.setdefault((mandate.partner_id.id, mandate.service), set()).add(mandate.state)
        for partner in self:
            for service, name in STATE_FIELDS.items():
                states = found.get((partner.id, service), ())
                # Of several mandates counts the one that asks most of a person.
                state = next((state for state in DEMANDING if state in states), False)
                if partner[name] != state:
                    partner[name] = state

    @api.model
    def _codabox_by_number(self, company, numbers):
        """Return enterprise number -> partner; archived ones are found too.

        A number that a client gave himself on the portal does not count.
        Where several have the same number: the one that is a company in Odoo, then one that is in
        use, then the first.

        :param res.company company: the company that looks: of others only shared partners, and
            for a branch those of its company.
        :param set numbers: enterprise numbers of ten digits.
        :rtype: dict
        """
        spellings = [text for number in numbers for text in _spellings(number)]
        partners = (
            self.sudo()
            .with_context(active_test=False)
            .search(
                Domain("parent_id", "=", False)
                & Domain("company_id", "in", [False, *company.sudo().parent_ids.ids])
                & Domain("codabox_number_unchecked", "=", False)
                & (Domain("company_registry", "in", spellings) | Domain("vat", "in", spellings))
            )
            .sorted(lambda p: (not p.ref_company_ids, not p.active, p.id))
        )
        found = {}
        for partner in partners:
            found.setdefault(partner._codabox_enterprise_number(), partner)
        return found

    def action_codabox_refresh_mandates(self):
        """Ask CodaBox how the mandates of these partners stand now."""
        return self.codabox_mandate_ids.action_refresh()

    def action_codabox_open_mandates(self):
        """Open the mandates of these partners."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_mandate_action"
        )
        return action | {"domain": [("partner_id", "in", self.ids)], "context": {}}

    # Keeps a number that somebody gave himself from giving him the mandates of another.
    #
    # A mandate goes to the partner with its enterprise number, and its partner sees it on the portal.
    # Users of the portal and visitors of a shop may fill in their own VAT number: such a number
    # counts when somebody of the office wrote it too, or chose the partner on a mandate.

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

    # What a client lacks before a mandate can be ordered, and the way to fill it in.

    codabox_missing = fields.Json(
        "Missing before ordering",
        compute="_compute_codabox_missing",
        groups=READERS,
        help="Names of what is missing, in the order of the form.",
    )

    @api.depends(
        "name", "street", "zip", "city", "company_registry", "vat", "email", "lang", "bank_ids",
        "is_company", "child_ids.name", "child_ids.type", "child_ids.email",
        "codabox_mandate_ids.state",
    )  # fmt: skip
    def _compute_codabox_missing(self):
        for partner in self:
            mandates = partner.codabox_mandate_ids.filtered(lambda m: m.state != "archived")
            # Nothing to order: what would be needed for it asks nobody for anything.
            is_done = mandates and all(m.state == "active" for m in mandates)
            partner.codabox_missing = [] if is_done else partner._codabox_missing()

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

    # Where an order of mandates begins.

    def action_codabox_order_mandate(self):
        """Open the order for these clients: one in steps, several as a batch.

        :raise AccessError: for a user who is no accountant.
        :raise UserError: when no office is connected, or CodaBox cannot be reached.
        """
        return self._codabox_open_order()

    def _codabox_open_order(self, ibans=()):
        """Open the order, with only these accounts chosen.

        :param ibans: account numbers; all that are not ordered by default.
        """
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")
        orders = self.env["codabox.mandate.order"]
        connection = orders._choose_connection()
        connection._require_mandate_officer()
        connection._refresh_catalog()
        clients = self.commercial_partner_id
        if len(clients) > 1:
            return (
                self.env["codabox.mandate.order.batch"]._prepare_for(clients, connection)._reopen()
            )
        return orders._prepare_for(clients, connection, ibans=ibans)._reopen()

    def _codabox_mandates_to_sign(self):
        """Return the mandates of a mail to this client: those of the order, else all to sign."""
        mandates = self.env["codabox.mandate"].browse(self.env.context.get("codabox_mandate_ids"))
        mandates = mandates.exists() or self.codabox_mandate_ids
        return mandates.filtered(lambda m: m.partner_id in self)._to_sign()
