from odoo import models

ACTIVITY = "account_codabox.mail_activity_type_sending"
# Reasons of an invoice that goes by itself as soon as it can.
WAITS = (
    "send_changed",
    "send_decided_again",
    "send_no_connection",
    "send_not_arrived",
    "send_old_year",
    "send_unreachable",
)


class AccountMove(models.Model):
    """Who is told how an invoice fares: one line in the chatter, one to-do while a person must act."""

    _inherit = "account.move"

    def _codabox_log(self, text=""):
        """Write how the invoice stands with CodaBox in its chatter.

        :param str text: another text than state and reason.
        """
        self.ensure_one()
        if not text and not self.codabox_send_state:
            return
        body = text or " ".join(filter(None, (self.codabox_send_text, self.codabox_send_reason)))
        self._message_log(body=body)

    def _codabox_needs_person(self):
        """Say whether somebody has to act before this invoice goes on."""
        self.ensure_one()
        if self.codabox_send_state == "to_send":
            # What waits for its turn goes by itself.
            return bool(self.codabox_send_code) and self.codabox_send_code not in WAITS
        return self.codabox_send_state in ("refused", "unknown") or self.codabox_notice == "to_give"

    def _codabox_tell(self):
        """Plan the to-do of this invoice, bring its text up to date, or close it."""
        self.ensure_one()
        if not self._codabox_needs_person():
            self.activity_feedback([ACTIVITY])
            return
        user = self.company_id._codabox_send_responsible()
        note = self.with_context(lang=user.lang)._codabox_todo()
        planned = self.activity_search([ACTIVITY])
        if planned:
            planned.note = note
        else:
            self.activity_schedule(ACTIVITY, user_id=user.id, note=note)

    def _codabox_todo(self):
        """Return what there is to do, as text."""
        if self.codabox_notice == "to_give":
            return self.env._(
                "This invoice changed after it was sent. Tell the accountant, who has the first "
                "version."
            )
        return self.codabox_send_reason
