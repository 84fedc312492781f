from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...codabox import CopyToAccountant, PeppolUpload, may_send
from ..common.own_company import opens_in_own_company
from .account_move_sending_file import SendProblem

WAYS = {"copy": CopyToAccountant, "peppol": PeppolUpload}
# Way of sending -> function of the connection.
WAY_FUNCTIONS = {"copy": "send", "peppol": "peppol"}
SEND_LACKING = {"not_offered": "send_not_offered", "refused": "send_forbidden"}
SETTINGS = {"codabox_send_from", "codabox_send_inbox", "codabox_send_way"}


class ResCompany(models.Model):
    """Whether a company sends its sales invoices to its accountant, by which way."""

    _inherit = "res.company"

    codabox_consent_ids = fields.One2many("codabox.sending.consent", "company_id", "Consents")
    codabox_consent_id = fields.Many2one(
        "codabox.sending.consent", "Consent", compute="_compute_codabox_consent_id"
    )
    codabox_accountant_id = fields.Many2one(
        "res.partner",
        "Accountant",
        help="Gets a message when an invoice changes after it was sent. Also used to warn when the "
        "accountant gets an invoice by mail or Peppol as well.",
    )
    codabox_send_way = fields.Selection(
        [("copy", "Copy to the accountant"), ("peppol", "Peppol upload of CodaBox (old)")],
        "Way of sending",
        required=True,
        default="copy",
    )
    codabox_send_from = fields.Date(
        "Invoices from", help="Older invoices stay here. Empty: the day of the connection."
    )
    codabox_send_old_year_first = fields.Boolean(
        "Old year first",
        default=True,
        help="The first invoice of a year waits until all of the year before have left: the old "
        "year may be closed there then.",
    )
    codabox_send_on_change = fields.Selection(
        [
            ("notice", "Prepare a message to the accountant"),
            ("resend", "Send again where CodaBox takes it, else a message"),
        ],
        "Invoice changed after sending",
        required=True,
        default="notice",
    )

    @api.depends("codabox_consent_ids.revoked_at")
    def _compute_codabox_consent_id(self):
        for company in self:
            company.codabox_consent_id = company.sudo().codabox_consent_ids.filtered(
                lambda c: not c.revoked_at
            )[:1]

    # -------------------------------------------------------------------------
    # May it send?
    # -------------------------------------------------------------------------

    def _codabox_company_connection(self):
        """Return the connection with which this company itself is known to CodaBox."""
        self.ensure_one()
        return (
            self.env["codabox.connection"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.id),
                    ("role", "=", "company"),
                    ("state", "in", ("connected", "broken")),
                ],
                limit=1,
                order="state desc, id",
            )
        )

    def _codabox_sends(self):
        """Say whether this company sends invoices: it agreed, and is connected where that needs it."""
        self.ensure_one()
        company = self.sudo()
        way_is_open = company._codabox_mails() or company._codabox_company_connection()
        return bool(company._codabox_agreed() and way_is_open)

    def _codabox_check_may_send(self):
        """Check that this company's invoices may leave; nothing is sent without passing here.

        :raise SendProblem: no consent, no connection, or the company is archived at CodaBox.
        """
        self.ensure_one()
        company = self.sudo()
        if company._codabox_mails():
            company._codabox_check_may_mail()
            return
        connection = company._codabox_company_connection()
        feed = self.env["codabox.feed"].sudo()
        if connection:
            domain = [("connection_id", "=", connection.id), ("company_id", "=", company.id)]
            feed = feed.search(domain, limit=1)
        verdict = may_send(
            consented=bool(company._codabox_agreed()), client_state=feed.client_state or ""
        )
        if not verdict.allowed:
            code = {"client_ended": "send_client_ended"}.get(verdict.code, verdict.code)
            raise SendProblem(code, **verdict.facts)
        if connection.state != "connected":
            raise SendProblem("send_no_connection")
        function = WAY_FUNCTIONS[company.codabox_send_way]
        if connection._is_lacking(function):
            raise SendProblem(SEND_LACKING[connection._function(function).state])

    def _codabox_note_sent(self, way):
        """Learn that a way of sending works."""
        if way not in WAY_FUNCTIONS:
            return
        self._codabox_company_connection()._note_function(WAY_FUNCTIONS[way])

    def _codabox_first_day(self):
        """Return the day from which invoices are sent when nobody chose one."""
        since = self.sudo()._codabox_company_connection().connected_at
        return since.date() if since else fields.Date.context_today(self)

    def _codabox_send_responsible(self):
        """Return the user who gets the to-dos about sending."""
        connection = self.sudo()._codabox_company_connection()
        if connection:
            return connection._responsible()
        agreed = self.sudo().codabox_consent_id.given_by_id
        return agreed if agreed.active else self.env.ref("base.user_admin")

    def _codabox_require_send_manager(self):
        """Refuse users who may not decide whether and when invoices of this company leave.

        :raise AccessError: for a user who is neither administrator nor manager of accounting, or
            who does not work for this company.
        """
        groups = ("account.group_account_manager", "base.group_system")
        is_manager = any(self.env.user.has_group(group) for group in groups)
        if not self.env.su and not (is_manager and self <= self.env.companies):
            raise AccessError(
                self.env._("Only a manager of accounting can decide whether invoices are sent.")
            )

    @opens_in_own_company
    def _codabox_open_consent(self, context=None):
        """Return the action that shows the text of the consent.

        :param dict context: ``codabox_then_send``: the preview opens once it is given.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Consent to send invoices"),
            "res_model": "codabox.send.consent",
            "view_mode": "form",
            "target": "new",
            "context": {"default_company_id": self.id, **(context or {})},
        }

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & SETTINGS:
            self.env["account.move"]._codabox_mark_company(self.filtered("codabox_consent_id"))
        return result
