from odoo import fields, models
from odoo.exceptions import UserError

from ...codabox import CodaboxError
from .account_move_sending import AT_CODABOX, UNSETTLED
from .account_move_sending_attempt import SendingStopped


class AccountMove(models.Model):
    """What became of an invoice: asked of CodaBox, or said by a person; never tried by sending."""

    _inherit = "account.move"

    def _codabox_settle(self, transport):
        """Settle an attempt whose answer is not known. Commits.

        :param InvoiceTransport transport: the way it was sent.
        :raise SendingStopped: CodaBox cannot be asked now.
        """
        self.ensure_one()
        self.env["ir.cron"]._commit_progress()
        move = self.sudo().try_lock_for_update(allow_referencing=True)
        if not move or move.codabox_send_state not in UNSETTLED:
            return  # it is being sent at this moment, or somebody settled it
        stop = None
        values = move._codabox_send_vals(*move._codabox_unknown())
        if transport.can_ask:
            try:
                found = transport.ask(**move._codabox_identity())
                values = move._codabox_found_vals(found)
            except CodaboxError as error:
                stop = SendingStopped(error)
        move._codabox_set(values)
        self.env["ir.cron"]._commit_progress()
        if stop:
            raise stop

    def _codabox_found_vals(self, found):
        """Return the values of an invoice that was asked about.

        :param found: ``SentInvoice``, or ``None`` when CodaBox does not have it.
        """
        if found:
            return self._codabox_answer_vals(found)
        # Whoever wanted it sent still does.
        return self._codabox_send_vals("to_send", "send_not_arrived") | {
            "codabox_send_requested": True
        }

    def _codabox_read_back(self, transport):
        """Read how a sent invoice fares now: delivered, or refused after all. Commits.

        :raise SendingStopped: CodaBox cannot be asked now.
        """
        self.ensure_one()
        move = self.sudo().try_lock_for_update(allow_referencing=True)
        if not move or move.codabox_send_state not in AT_CODABOX or not move.codabox_sent_ref:
            return
        try:
            found = transport.state(move.codabox_sent_ref)
        except CodaboxError as error:
            raise SendingStopped(error) from error
        move._codabox_write({"codabox_send_tried_at": fields.Datetime.now()})
        if (
            found
            and found.state in ("delivered", "refused")
            and found.state != move.codabox_send_state
        ):
            move._codabox_set(move._codabox_answer_vals(found))
        self.env["ir.cron"]._commit_progress()

    # -------------------------------------------------------------------------
    # A person decides
    # -------------------------------------------------------------------------

    def _codabox_decide(self, was_sent):
        """A person says whether an invoice of which CodaBox cannot be asked was sent.

        :param bool was_sent: what the person found out.
        :raise UserError: when there is nothing to decide, or it is being sent.
        """
        self._codabox_require("decide")
        for move in self.sudo():
            if not move.try_lock_for_update(allow_referencing=True):
                raise UserError(self.env._("%s is being sent at this moment.", move.display_name))
            facts = {"user": self.env.user.name}
            if was_sent:
                values = move._codabox_send_vals("sent", "send_decided", facts)
                values["codabox_sent_at"] = move.codabox_send_tried_at
            else:
                values = move._codabox_send_vals("to_send", "send_decided_again", facts)
            move._codabox_set(values)
