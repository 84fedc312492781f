from odoo import fields, models
from odoo.exceptions import UserError

from ...reasons import explain
from .account_move_sending import MAIL
from .account_move_sending_attempt import SendingStopped
from .account_move_sending_scope import BY_HAND

# A person who pressed a button waits at most this long; the rest goes on in the background.
INTERACTIVE_SECONDS = 40


class AccountMove(models.Model):
    """What a person may do with an invoice and CodaBox."""

    _inherit = "account.move"

    def action_codabox_send(self):
        """Send these invoices now, whatever the schedule; retry those that were refused.

        :raise UserError: when one of them cannot be sent, or CodaBox cannot be reached.
        """
        self._codabox_require_sender()
        self.check_access("write")
        # A fresh view of the database; what is locked is being sent at this moment.
        self.env["ir.cron"]._commit_progress()
        free = self.sudo().try_lock_for_update(allow_referencing=True).with_env(self.env)
        # Of a selection, what went before stays what it is.
        moves = free.filtered("codabox_can_send") or free
        moves._codabox_require("send")
        moves._codabox_request()
        for company, group in moves.grouped("company_id").items():
            company._codabox_send_now(group, INTERACTIVE_SECONDS)
        return (moves | (self - free))._codabox_sent_notification()

    def _codabox_request(self):
        """Note that a person wants these invoices sent, and wake the scheduled action for them."""
        for move in self:
            move._codabox_write(
                {
                    "codabox_send_requested": True,
                    "codabox_sent_by_id": self.env.uid,
                    "codabox_send_state": move.codabox_send_state or "to_send",
                }
            )
        if self:
            self.env["ir.cron"]._codabox_trigger("send")

    def _codabox_sent_notification(self):
        """Return the notification that says what came of sending these invoices."""
        done = self.filtered(lambda m: m.codabox_send_state in ("sent", "delivered"))
        # Another worker may be sending one at this moment, or may have just begun.
        later = (self - done).filtered(
            lambda m: (
                m.codabox_send_requested
                or m.codabox_send_state == "sending"
                or (m.codabox_can_send and not m.codabox_send_code)
            )
        )
        stopped = self - done - later
        texts = []
        if done:
            mailed = all(move.codabox_sent_way == MAIL for move in done)
            texts.append(
                self.env._("Mailed to the accountant: %s.", len(done))
                if mailed
                else self.env._("Sent to CodaBox: %s.", len(done))
            )
        if later:
            texts.append(self.env._("Still to be sent in the background: %s.", len(later)))
        if stopped:
            texts.append(self.env._("Not sent: %s.", len(stopped)))
        for move in stopped[:3]:
            texts.append(f"{move.name}: {move.codabox_send_reason}")
        return self.env["codabox.connection"]._notify(
            " ".join(texts), "warning" if stopped else "success", sticky=bool(stopped)
        )

    def action_codabox_ask(self):
        """Ask CodaBox how these invoices stand; settles those of which the answer was lost.

        :raise UserError: when CodaBox cannot be reached.
        """
        self._codabox_require("ask")
        for company, moves in self.sudo().grouped("company_id").items():
            try:
                with company._codabox_transports() as transports:
                    for move in moves:
                        transport = transports(move.codabox_sent_way)
                        move._codabox_settle(transport)
                        move._codabox_read_back(transport)
            except SendingStopped as stopped:
                error = stopped.error
                raise UserError(explain(self.env, error.code, error.details)) from error
        return self._codabox_state_notification()

    def _codabox_state_notification(self):
        """Return the notification that says how these invoices stand."""
        texts = [
            " ".join(filter(None, (m.name, m.codabox_send_text, m.codabox_send_reason)))
            for m in self[:5]
        ]
        return self.env["codabox.connection"]._notify(" ".join(texts), "info")

    def action_codabox_was_sent(self):
        """A person found out that this invoice arrived."""
        self._codabox_decide(was_sent=True)

    def action_codabox_send_again(self):
        """A person found out that this invoice never arrived: it is sent again."""
        self._codabox_decide(was_sent=False)
        return self.action_codabox_send()

    def action_codabox_exclude(self):
        """Keep these invoices from being sent."""
        self._codabox_require("exclude")
        for move in self.sudo():
            facts = {"user": self.env.user.name, "day": str(fields.Date.context_today(self))}
            values = move._codabox_send_vals("excluded", BY_HAND, facts)
            move._codabox_set(values | {"codabox_send_requested": False})

    def action_codabox_include(self):
        """Let these invoices be sent after all."""
        self._codabox_require("include")
        for move in self.sudo():
            move._codabox_set(move._codabox_send_vals(False))
        self._codabox_mark()
