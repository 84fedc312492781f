from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...codabox import bank_name, reminders_due
from ...reasons import named_companies

SERVICES = [
    ("coda", "Bank statements"),
    ("soda", "Payroll"),
    ("purchase_invoice", "Purchase invoices"),
    ("other", "Other"),
]

STATES = [
    ("draft", "Not ordered yet"),
    ("asked", "Asked by hand"),
    ("preparing", "In preparation"),
    ("to_sign", "To sign"),
    ("signed", "Signed"),
    ("requested", "Requested"),
    ("bank_or_office", "With the bank"),
    ("delayed", "Delayed"),
    ("waiting_first_file", "Waits for the first file"),
    ("active", "Active"),
    ("problem", "Problem"),
    ("expired", "Expired"),
    ("archived", "Archived"),
    ("unknown", "Other state"),
]

# The state that asks most of a person first.
DEMANDING = (
    "problem",
    "expired",
    "to_sign",
    "unknown",
    "draft",
    "asked",
    "delayed",
    "preparing",
    "signed",
    "requested",
    "bank_or_office",
    "waiting_first_file",
    "active",
    "archived",
)

# Whoever has a link may sign with it: those read it who may change a mandate.
SIGNERS = "account.group_account_basic,account.group_account_manager,base.group_system"

# A link to sign may be dead after this long (docs/reference/mandates.md 3.2).
LINK_MONTHS = 6


class CodaboxMandate(models.Model):
    """The permission of one client for one service, as CodaBox knows it.

    One per bank for statements (with one or more accounts), one per social secretariat for
    payroll, one for purchase invoices. Only CodaBox changes the state::

        draft --[ordered]--> preparing --> to_sign --> signed --> bank_or_office --> active
                                              |  |        +-----> requested --> waiting_first_file --> active
                                              |  |                   +--> delayed --> waiting_first_file
                                              |  +--> expired       (an invitation that nobody answered)
                     preparing to requested --+--> problem          (a new mandate is ordered and signed)
        asked --[CodaBox lists it]--> any of these                  (models/ordering)
                     any but draft and asked --> archived

    A state that this version does not know is ``unknown``; ``raw_state`` always has CodaBox's own
    word. Users may say whose mandate it is; the rest is written by the software.
    """

    _name = "codabox.mandate"
    _description = "CodaBox mandate"
    _inherit = ["mail.thread", "mail.activity.mixin", "codabox.reason.mixin", "codabox.facts.mixin"]
    _order = "client_name, service, bank_name, id"
    _rec_names_search = ["client_name", "enterprise_number", "bank_name", "account_ids.iban"]

    connection_id = fields.Many2one(
        "codabox.connection", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", string="Office", store=True, index=True
    )
    feed_id = fields.Many2one(
        "codabox.feed", "CodaBox client", readonly=True, index=True, ondelete="set null"
    )
    client_company_id = fields.Many2one(
        related="feed_id.company_id",
        string="Company of the client",
        store=True,
        index=True,
        help="The company in whose books the documents of this mandate go.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Client",
        index=True,
        ondelete="restrict",
        tracking=True,
        help="Whose mandate this is; found by enterprise number.",
    )
    client_ref = fields.Char(
        "Client at CodaBox", readonly=True, help="Identifier of the client at CodaBox."
    )
    client_name = fields.Char("Name at CodaBox", readonly=True)
    enterprise_number = fields.Char("Enterprise number", readonly=True)
    remote_id = fields.Char(
        "Mandate at CodaBox", readonly=True, copy=False, help="Identifier of the mandate."
    )
    service = fields.Selection(SERVICES, required=True, readonly=True, index=True)
    bank_bic = fields.Char("BIC", readonly=True)
    bank_name = fields.Char("Bank", compute="_compute_bank_name", store=True)
    secretariat_ref = fields.Char("Secretariat at CodaBox", readonly=True)
    secretariat_name = fields.Char("Social secretariat", readonly=True)
    provider_name = fields.Char("Bank or secretariat", compute="_compute_provider_name")
    account_ids = fields.One2many("codabox.mandate.account", "mandate_id", "Accounts")
    account_text = fields.Char("Account numbers", compute="_compute_account_text")
    state = fields.Selection(
        STATES,
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand="_expand_states",
    )
    raw_state = fields.Char("State at CodaBox", readonly=True, copy=False)
    transmission_raw_state = fields.Char(
        "Transmission at CodaBox",
        readonly=True,
        copy=False,
        help="State of the permission to pass purchase invoices on to the office.",
    )
    problem_code = fields.Char("Code of the problem", readonly=True, copy=False)
    problem_reason = fields.Text(
        "What is wrong", readonly=True, copy=False, help="In the words of CodaBox."
    )
    state_date = fields.Datetime("State since", readonly=True, copy=False)
    ordered_on = fields.Datetime("Ordered on", readonly=True, copy=False)
    ordered_by_id = fields.Many2one("res.users", "Ordered by", readonly=True, copy=False)
    validity_start = fields.Date("Valid from", readonly=True, copy=False)
    reminder_count = fields.Integer(
        "Reminders due",
        compute="_compute_reminder_count",
        help="CodaBox does not say how often it reminded the client. By its rules, where it mails "
        "the client itself: every 14 days, at most three times; for purchase invoices once, after "
        "7 days.",
    )
    todo_on = fields.Datetime(
        readonly=True, copy=False, help="When the responsible was last asked to do something."
    )
    last_document_date = fields.Date("Last document", readonly=True, copy=False, index=True)
    pdf = fields.Binary("PDF to sign", attachment=True, readonly=True, copy=False)
    pdf_name = fields.Char(compute="_compute_pdf_name")
    signing_url = fields.Char("Link to sign", readonly=True, copy=False, groups=SIGNERS)
    signing_url_date = fields.Datetime("Link since", readonly=True, copy=False)
    is_link_old = fields.Boolean(
        "Link may be dead", compute="_compute_is_link_old", compute_sudo=True
    )

    _remote_unique = models.UniqueIndex(
        "(connection_id, service, remote_id) WHERE remote_id IS NOT NULL"
    )
    # CodaBox gives purchase-invoice mandates no identifier: one per client.
    _purchase_invoice_unique = models.UniqueIndex(
        "(connection_id, client_ref) WHERE remote_id IS NULL AND service = 'purchase_invoice'"
    )

    # -------------------------------------------------------------------------
    # Compute
    # -------------------------------------------------------------------------

    @api.depends("service", "provider_name", "client_name", "partner_id.name")
    def _compute_display_name(self):
        services = dict(self._fields["service"]._description_selection(self.env))
        for mandate in self:
            what = " ".join(filter(None, [services.get(mandate.service), mandate.provider_name]))
            who = mandate.client_name or mandate.partner_id.name
            mandate.display_name = f"{who} – {what}" if who else what

    @api.depends("bank_bic")
    def _compute_bank_name(self):
        for mandate in self:
            mandate.bank_name = bank_name(mandate.bank_bic) or mandate.bank_bic

    @api.depends("bank_name", "secretariat_name", "secretariat_ref")
    def _compute_provider_name(self):
        for mandate in self:
            mandate.provider_name = (
                mandate.bank_name or mandate.secretariat_name or mandate.secretariat_ref
            )

    @api.depends("account_ids.iban")
    def _compute_account_text(self):
        for mandate in self:
            mandate.account_text = ", ".join(mandate.account_ids.mapped("iban_text"))

    @api.depends("service", "bank_name", "client_name")
    def _compute_pdf_name(self):
        for mandate in self:
            mandate.pdf_name = f"{mandate.display_name}.pdf".replace("/", "-")

    @api.depends("signing_url", "signing_url_date")
    def _compute_is_link_old(self):
        limit = fields.Datetime.now() - relativedelta(months=LINK_MONTHS)
        for mandate in self:
            since = mandate.signing_url_date
            mandate.is_link_old = bool(mandate.signing_url and since and since < limit)

    @api.depends("service", "raw_state", "state_date")
    def _compute_reminder_count(self):
        now = fields.Datetime.now()
        for mandate in self:
            days = (now - mandate.state_date).days if mandate.state_date else 0
            mandate.reminder_count = reminders_due(mandate.service, mandate.raw_state or "", days)

    @api.model
    def _expand_states(self, states, domain):
        """Order the columns of the kanban view by what asks most of a person."""
        return [state for state in DEMANDING if state in states]

    @api.constrains("partner_id", "connection_id", "feed_id")
    def _check_partner_company(self):
        for mandate in self.sudo():
            owner = mandate.partner_id.company_id
            if owner and owner not in mandate.company_id | mandate.client_company_id:
                raise ValidationError(
                    self.env._(
                        "%(partner)s belongs to %(company)s: choose a client of %(office)s, or one that is shared.",
                        partner=mandate.partner_id.display_name,
                        company=named_companies(self.env, owner.ids),
                        office=mandate.company_id.name,
                    )
                )

    def _keep_later_date(self, day):
        """Store the date of the last document, when it is a later one."""
        if day and (not self.last_document_date or self.last_document_date < day):
            self.last_document_date = day

    # -------------------------------------------------------------------------
    # Who is told
    # -------------------------------------------------------------------------

    def _responsible(self):
        """Return the user who gets the to-dos of this mandate."""
        self.ensure_one()
        mandate = self.sudo()
        return (mandate.feed_id or mandate.connection_id)._responsible()
