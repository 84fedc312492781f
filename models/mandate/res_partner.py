from odoo import api, fields, models
from odoo.fields import Domain

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
