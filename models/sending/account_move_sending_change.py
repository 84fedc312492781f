from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.own_company import opens_in_own_company
from .account_move_sending import AT_CODABOX, UNSETTLED
from .account_move_sending_file import SendProblem, _fingerprint

# What a person can still change on a confirmed invoice and the accountant sees.
SEEN_BY_ACCOUNTANT = {"name", "invoice_date_due", "ref", "payment_reference", "narration"}


class AccountMove(models.Model):
    """An invoice that changes after it was sent: never silently.

    CodaBox takes a number once (contract P7), so the copy that the accountant has cannot be
    replaced. The accountant is told instead. Only what CodaBox refused, or what goes by a way that
    takes a number again, is sent again.
    """

    _inherit = "account.move"

    codabox_notice = fields.Selection(
        [
            ("draft", "Being changed"),
            ("to_give", "Tell the accountant"),
            ("given", "Accountant told"),
        ],
        "Changed after sending",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    # -------------------------------------------------------------------------
    # Reset to draft, cancel, delete
    # -------------------------------------------------------------------------

    def button_draft(self):
        # EXTENDS account: what the accountant has, or may have, is not changed silently
        uncertain = self.filtered(lambda m: m.codabox_send_state in UNSETTLED)
        if uncertain:
            raise UserError(
                self.env._(
                    "It is not known yet whether the accountant has %s. Settle that first, then reset "
                    "to draft.",
                    ", ".join(uncertain.mapped("display_name")),
                )
            )
        result = super().button_draft()
        for move in self:
            if move.codabox_send_state in AT_CODABOX:
                move._codabox_write({"codabox_notice": "draft"})
                move._codabox_log(
                    self.env._("Reset to draft after it was sent: the accountant has it.")
                )
            elif move.codabox_send_state in ("to_send", "refused"):
                values = move._codabox_send_vals(False) | {"codabox_send_requested": False}
                move._codabox_set(values, log=False)
        return result

    def button_cancel(self):
        # EXTENDS account
        result = super().button_cancel()
        for move in self.filtered("codabox_notice"):
            move._codabox_must_tell(self.env._("Cancelled after it was sent."))
        return result

    @api.ondelete(at_uninstall=False)
    def _codabox_unlink_except_sent(self):
        gone = self.filtered(lambda m: m.codabox_send_state in (*AT_CODABOX, *UNSETTLED))
        if gone:
            raise UserError(
                self.env._(
                    "%s was sent, so the accountant has it. Cancel it instead of deleting it.",
                    gone[:1].display_name,
                )
            )

    # -------------------------------------------------------------------------
    # Changed
    # -------------------------------------------------------------------------

    def _codabox_posted_again(self):
        """Compare invoices that are confirmed again with what was sent."""
        for move in self.filtered(lambda m: m.codabox_notice == "draft"):
            move._codabox_compare()

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & SEEN_BY_ACCOUNTANT:
            for move in self.filtered(lambda m: m.is_sale_document() and m.state == "posted"):
                if move.codabox_send_state in AT_CODABOX:
                    move._codabox_compare()
        return result

    def _codabox_compare(self):
        """Do what the company wants when an invoice is not what the accountant knows any more."""
        self.ensure_one()
        if self._codabox_content_now() == self.codabox_sent_content:
            self._codabox_write({"codabox_notice": False})
            self.sudo()._codabox_tell()
            return
        text = self.env._("Changed after it was sent.")
        if self.company_id.codabox_send_on_change == "resend" and self.codabox_sent_way == "peppol":
            self._codabox_log(text)
            values = self._codabox_send_vals("to_send", "send_changed")
            self._codabox_set(values | {"codabox_notice": False, "codabox_send_requested": True})
            self.env["ir.cron"]._codabox_trigger("send")
        else:
            self._codabox_must_tell(text)

    def _codabox_content_now(self):
        """Return the checksum of what this invoice says now, ``""`` when Odoo cannot make it."""
        try:
            return _fingerprint(self.sudo().with_company(self.company_id)._codabox_export())
        except SendProblem:
            return ""

    def _codabox_must_tell(self, text):
        """Note that the accountant has to be told, and give that as a to-do."""
        self.ensure_one()
        self._codabox_write({"codabox_notice": "to_give"})
        self._codabox_log(text)
        self.sudo()._codabox_tell()

    # -------------------------------------------------------------------------
    # Telling
    # -------------------------------------------------------------------------

    @opens_in_own_company
    def action_codabox_tell(self):
        """Open the message to the accountant, ready to send."""
        self.ensure_one()
        self._codabox_require_sender()
        template = self.env.ref("account_codabox.mail_template_invoice_changed")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Tell the accountant"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": template.id,
                "default_composition_mode": "comment",
                "default_partner_ids": self.company_id.codabox_accountant_id.ids,
                "force_email": True,
                "codabox_notice_given": True,
            },
        }

    def action_codabox_told(self):
        """A person told the accountant in another way."""
        self._codabox_require_sender()
        self.check_access("write")
        for move in self.filtered(lambda m: m.codabox_notice == "to_give"):
            # From now on this is what the accountant knows; of a cancelled invoice, nothing.
            known = move.state == "posted" and move._codabox_content_now()
            move._codabox_write({"codabox_notice": "given", "codabox_sent_content": known})
            move._codabox_log(self.env._("The accountant was told of the change."))
            move.sudo()._codabox_tell()

    def message_post(self, **kwargs):
        # EXTENDS mail: the message that action_codabox_tell prepared leaves
        message = super().message_post(**kwargs)
        if self.env.context.get("codabox_notice_given"):
            self.with_context(codabox_notice_given=False).action_codabox_told()
        return message
