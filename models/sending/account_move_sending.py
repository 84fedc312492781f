from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_datetime

from ...reasons import explain

SEND_STATES = [
    ("to_send", "To send"),
    ("sending", "Sending"),
    ("sent", "Sent"),
    ("delivered", "Delivered"),
    ("refused", "Refused"),
    ("unknown", "Unknown"),
    ("excluded", "Not to send"),
]
# CodaBox has it, as far as anybody knows.
AT_CODABOX = ("sent", "delivered")
# It may be at CodaBox: nothing is sent before that is settled.
UNSETTLED = ("sending", "unknown")
MAIL = "mail"
# Ways of which only a person can find out what arrived.
BY_PERSON = ("peppol", MAIL)


class AccountMove(models.Model):
    """An invoice on its way to the accountant, through CodaBox::

        (nothing) --[posted, in scope]--> to_send --[lock, check, write, commit]--> sending
                     to_send <--[excluded by a person, a journal, a customer]--> excluded

        sending --[taken]----------------------------> sent --[read back]--> delivered
                --[refused]--------------------------> refused <--[late]---- sent
                --[answer lost, process killed]------> unknown (a killed one stays sending)

        sending, unknown --[CodaBox is asked: has it]--> sent or refused
                         --[CodaBox is asked: no]------> to_send
                         --[cannot be asked: a person]-> sent or to_send
        refused --[retry]--> sending
        sent, delivered --[reset to draft, changed, posted]--> to_send or told (account_move_sending_change)

    ``codabox_send_code`` says why an invoice is where it is, with its facts: also why one that is
    to be sent cannot go yet.
    """

    _inherit = "account.move"

    codabox_send_state = fields.Selection(
        SEND_STATES, "CodaBox", readonly=True, copy=False, index="btree_not_null"
    )
    codabox_send_code = fields.Char(readonly=True, copy=False, export_string_translation=False)
    codabox_send_facts = fields.Json(readonly=True, copy=False)
    codabox_send_reason = fields.Text("Reason", compute="_compute_codabox_send_reason")
    codabox_send_requested = fields.Boolean(
        "Sending asked",
        readonly=True,
        copy=False,
        help="A person asked to send it, whatever the schedule.",
    )
    codabox_send_tried_at = fields.Datetime("Tried on", readonly=True, copy=False)
    codabox_send_token = fields.Char(
        readonly=True, copy=False, help="Names one attempt, so that nobody takes it for another."
    )
    codabox_sent_at = fields.Datetime("Sent on", readonly=True, copy=False)
    codabox_sent_by_id = fields.Many2one("res.users", "Sent by", readonly=True, copy=False)
    codabox_sent_ref = fields.Char("Reference at CodaBox", readonly=True, copy=False)
    codabox_sent_number = fields.Char("Number sent", readonly=True, copy=False)
    codabox_sent_way = fields.Selection(
        [("copy", "Copy to the accountant"), ("peppol", "Peppol upload")],
        "Sent as",
        readonly=True,
        copy=False,
    )
    codabox_sent_hash = fields.Char(
        "Checksum of the file", readonly=True, copy=False, help="SHA-256 of what was sent."
    )
    codabox_sent_content = fields.Char(
        "Checksum of the content",
        readonly=True,
        copy=False,
        help="SHA-256 of what the accountant knows of the invoice: tells whether it changed since.",
    )
    codabox_send_text = fields.Char("To the accountant", compute="_compute_codabox_send_text")
    codabox_can_send = fields.Boolean(compute="_compute_codabox_can_send")
    codabox_can_ask = fields.Boolean(compute="_compute_codabox_can_send")
    codabox_can_decide = fields.Boolean(compute="_compute_codabox_can_send")
    codabox_can_exclude = fields.Boolean(compute="_compute_codabox_can_send")
    codabox_can_include = fields.Boolean(compute="_compute_codabox_can_send")
    codabox_was_sent = fields.Boolean(compute="_compute_codabox_can_send")

    # -------------------------------------------------------------------------
    # Compute
    # -------------------------------------------------------------------------

    @api.depends("codabox_send_code", "codabox_send_facts")
    @api.depends_context("lang")
    def _compute_codabox_send_reason(self):
        for move in self:
            move.codabox_send_reason = explain(
                self.env, move.codabox_send_code, move.codabox_send_facts
            )

    @api.depends("codabox_send_state", "codabox_sent_at", "codabox_by_mail")
    @api.depends_context("lang", "tz")
    def _compute_codabox_send_text(self):
        labels = dict(self._fields["codabox_send_state"]._description_selection(self.env))
        for move in self:
            text = labels.get(move.codabox_send_state)
            if text and move.codabox_send_state in AT_CODABOX and move.codabox_sent_at:
                moment = format_datetime(self.env, move.codabox_sent_at, dt_format="d MMM HH:mm")
                text = f"{text} {moment}"
            if text and move.codabox_by_mail:
                move.codabox_send_text = self.env._("To the accountant: %s", text)
            else:
                move.codabox_send_text = text and self.env._("CodaBox: %s", text)

    @api.depends("state", "move_type", "codabox_send_state", "codabox_sent_way")
    @api.depends_context("uid")
    def _compute_codabox_can_send(self):
        for move in self:
            actions = move._codabox_send_actions()
            move.codabox_can_send = "send" in actions
            move.codabox_can_ask = "ask" in actions
            move.codabox_can_decide = "decide" in actions
            move.codabox_can_exclude = "exclude" in actions
            move.codabox_can_include = "include" in actions
            move.codabox_was_sent = move.codabox_send_state in AT_CODABOX

    # -------------------------------------------------------------------------
    # What may be done
    # -------------------------------------------------------------------------

    def _codabox_send_actions(self):
        """Return what may be done with this invoice now; views, buttons and wizards all ask this.

        :return: some of ``send``, ``ask`` (CodaBox, how it stands), ``decide`` (a person says
            whether it was sent), ``exclude`` and ``include``.
        :rtype: set[str]
        """
        self.ensure_one()
        state, actions = self.codabox_send_state, set()
        if not self._codabox_is_sales() or not self.company_id._codabox_sends():
            return actions
        by_person = self.codabox_sent_way in BY_PERSON
        if state in ("sending", "unknown", "sent") and not by_person:
            actions.add("ask")
        if state == "unknown" and by_person:
            actions.add("decide")
        if state == "sending" and by_person:
            actions.add("ask")  # tells whether the process that was sending is gone
        if self.state == "posted" and state in (False, "to_send", "refused"):
            actions |= {"send", "exclude"}
        if state == "excluded" and self.codabox_send_code == "send_excluded_by":
            actions.add("include")
        return actions

    def _codabox_is_sales(self):
        """Say whether this is a customer invoice or credit note."""
        self.ensure_one()
        return self.is_sale_document()

    @api.model
    def _codabox_require_sender(self):
        """Refuse users who may not make invoices.

        :raise AccessError: for a user without the right to invoice.
        """
        if not self.env.su and not self.env.user.has_group("account.group_account_invoice"):
            raise AccessError(self.env._("Only who makes invoices can send them to CodaBox."))

    def _codabox_require(self, action):
        """Refuse what may not be done with one of these invoices now.

        :param str action: one of ``_codabox_send_actions``.
        :raise UserError: with what stands in the way.
        """
        self._codabox_require_sender()
        self.check_access("write")
        for move in self:
            if action not in move._codabox_send_actions():
                raise UserError(
                    self.env._(
                        "%(name)s: this cannot be done now. %(reason)s",
                        name=move.display_name,
                        reason=move.codabox_send_reason or move.codabox_send_text or "",
                    )
                )

    # -------------------------------------------------------------------------
    # State and reason
    # -------------------------------------------------------------------------

    @api.model
    def _codabox_send_vals(self, state, code=False, facts=None):
        """Return the values of a state and its reason.

        :param str state: one of ``SEND_STATES``, or ``False``.
        :param str code: code of ``reasons.REASONS``.
        :param dict facts: JSON-serialisable facts of that code.
        :rtype: dict
        """
        return {
            "codabox_send_state": state,
            "codabox_send_code": code,
            "codabox_send_facts": facts or False,
        }

    def _codabox_write(self, values):
        """Write what is known of sending; nothing of the books changes, so nothing is recomputed."""
        self.sudo().with_context(skip_invoice_sync=True, check_move_validity=False).write(values)

    def _codabox_set(self, values, *, log=True):
        """Write a state, and say so: in the chatter when it changes, and to who has to act.

        :param dict values: with what ``_codabox_send_vals`` gives.
        """
        self.ensure_one()
        move = self.sudo()
        keys = ("codabox_send_state", "codabox_send_code", "codabox_send_facts")
        before = [move[key] for key in keys]
        move._codabox_write(values)
        if before[0] not in AT_CODABOX and move.codabox_send_state in AT_CODABOX:
            self.env["codabox.audit"]._note("sent", move)
        if before != [move[key] for key in keys]:
            if log:
                move._codabox_log()
            move._codabox_tell()
