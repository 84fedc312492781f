import logging
import uuid

from psycopg2 import IntegrityError, OperationalError

from odoo import fields, models

from ...codabox import (
    ApiError,
    CodaboxError,
    Forbidden,
    NotFound,
    NotOffered,
    RateLimited,
    TransportError,
    Unauthorized,
    send_once,
)
from .account_move_sending import BY_PERSON, MAIL
from .account_move_sending_file import SendProblem
from .account_move_sending_tell import WAITS

_logger = logging.getLogger(__name__)

STORE_ATTEMPTS = 3
# Reasons that name CodaBox -> the same of a mail.
MAIL_CODES = {
    "send_had_it": False,
    "send_refused": "send_mail_refused",
    "send_unknown_person": "send_unknown_mail",
    "send_unreachable": "send_mail_unreachable",
}
TYPE_CODES = {"out_invoice": "380", "out_refund": "381"}


class SendingStopped(Exception):
    """Something that concerns all invoices of a company: the others are not tried either.

    :param CodaboxError error: what happened.
    """

    def __init__(self, error):
        super().__init__(error.code)
        self.error = error


class AccountMove(models.Model):
    """Sending, each invoice exactly once::

        lock -> check, make the file -> write *sending*, commit -> lock again -> upload
        -> write what came of it, commit

    The second lock is held while CodaBox is called. So whoever finds an invoice *sending* that is
    not locked knows that its process is gone, and asks CodaBox (``account_move_sending_settle``).
    In between, somebody else may do just that; the token of the attempt tells.
    """

    _inherit = "account.move"

    def _codabox_send_to(self, transport, way):
        """Send this invoice unless something stands in its way. Commits.

        :param InvoiceTransport transport: how it is sent.
        :param str way: which of ``codabox_sent_way`` that is.
        :raise SendingStopped: what happened concerns all invoices of the company.
        """
        self.ensure_one()
        # A fresh view of the database: somebody may have sent it meanwhile.
        self.env["ir.cron"]._commit_progress()
        file = self._codabox_claim(way)
        # The intention outlives whatever happens from here on.
        self.env["ir.cron"]._commit_progress()
        if file:
            self._codabox_upload(transport, file)

    def _codabox_claim(self, way):
        """Lock, check, make the file and write down that it is sent now.

        :return: the file, or nothing when the invoice is not to be sent now.
        :rtype: SendFile or None
        """
        move = self.sudo().try_lock_for_update(allow_referencing=True)
        if not move or move.codabox_send_state not in (False, "to_send", "refused"):
            return None  # another click or worker
        who = move.codabox_sent_by_id if move.codabox_send_requested else self.env.user
        tried = {"codabox_send_requested": False, "codabox_send_tried_at": fields.Datetime.now()}
        try:
            move._codabox_check_send()
            file = move._codabox_file()
        except SendProblem as problem:
            state, _code, _facts = move._codabox_scope()  # one that is left out stays so
            values = move._codabox_send_vals(state, problem.code, problem.facts)
            # What a person asked for is not forgotten because it has to wait.
            waits = move.codabox_send_requested and problem.code in WAITS
            move._codabox_set(values | tried | {"codabox_send_requested": waits})
            return None
        # What was not found at CodaBox is looked up once more before it is sent again.
        file.maybe_sent = move.codabox_send_code == "send_not_arrived"
        file.token = uuid.uuid4().hex
        move._codabox_set(move._codabox_sending_vals(file, who, way) | tried, log=False)
        return file

    def _codabox_sending_vals(self, file, who, way):
        """Return the values that say what is sent now, by whom and how.

        :param SendFile file: with the token of this attempt.
        :param res.users who: who wanted it.
        """
        return self._codabox_send_vals("sending") | {
            "codabox_send_token": file.token,
            "codabox_sent_by_id": who.id,
            "codabox_sent_number": self.name,
            "codabox_sent_way": way,
            "codabox_sent_ref": False,
            "codabox_sent_at": False,
            "codabox_sent_hash": file.checksum,
            "codabox_sent_content": file.fingerprint,
        }

    def _codabox_upload(self, transport, file):
        """Send what was claimed, and keep what came of it."""
        move = self._codabox_still_mine(file.token)
        if not move:
            return
        stop = None
        try:
            placed = send_once(
                transport,
                file.name,
                file.content,
                maybe_sent=file.maybe_sent,
                **move._codabox_identity(),
            )
            values = move._codabox_answer_vals(placed.result, had_it=not placed.ordered)
            move.company_id._codabox_note_sent(move.codabox_sent_way)
        except CodaboxError as error:
            values, stops = move._codabox_failed_vals(error)
            stop = SendingStopped(error) if stops else None
        move._codabox_store(file.token, values)
        if stop:
            raise stop

    def _codabox_not_prepared(self, error):
        """Keep that the software failed before anything was sent. Commits.

        :param Exception error: what was raised, by Odoo or any add-on that has a say in invoices.
        """
        move = self.sudo().try_lock_for_update(allow_referencing=True)
        if move.codabox_send_state in ("to_send", "refused"):
            words = " ".join(str(error).split())
            facts = {"error": f"{type(error).__name__}: {words}"[:200]}
            values = move._codabox_send_vals("to_send", "send_failed", facts)
            tried = {
                "codabox_send_requested": False,
                "codabox_send_tried_at": fields.Datetime.now(),
            }
            move._codabox_set(values | tried)
        self.env["ir.cron"]._commit_progress()

    def _codabox_still_mine(self, token):
        """Lock this invoice for the rest of an attempt; empty when the attempt is over."""
        move = self.sudo().try_lock_for_update(allow_referencing=True)
        return move.filtered(
            lambda m: m.codabox_send_state == "sending" and m.codabox_send_token == token
        )

    def _codabox_identity(self):
        """Return how CodaBox tells this invoice from all others.

        :rtype: dict
        """
        return {
            "seller": f"BE{self.company_id._codabox_enterprise_number()}",
            "number": self.codabox_sent_number,
            "type_code": TYPE_CODES[self.move_type],
        }

    # -------------------------------------------------------------------------
    # What came of it
    # -------------------------------------------------------------------------

    def _codabox_answer_vals(self, sent, *, had_it=False):
        """Return the values of an invoice that CodaBox has.

        :param SentInvoice sent: what CodaBox says of it.
        :param bool had_it: whether it was there before this attempt.
        :rtype: dict
        """
        self.ensure_one()
        base = {
            "codabox_sent_ref": sent.id or False,
            "codabox_sent_at": self.codabox_sent_at or fields.Datetime.now(),
            "codabox_send_requested": False,
            "codabox_notice": False,
        }
        if sent.state == "refused":
            late = self.codabox_send_state in ("sent", "delivered")
            code = "send_refused_late" if late else "send_refused"
            return base | self._codabox_send_vals("refused", code, {"detail": sent.reason or ""})
        state = "delivered" if sent.state == "delivered" else "sent"
        return base | self._codabox_send_vals(state, "send_had_it" if had_it else False)

    def _codabox_failed_vals(self, error):
        """Return the values of an attempt that did not succeed, and whether the others stop too.

        :param CodaboxError error: what ``send_once`` raised.
        :rtype: tuple[dict, bool]
        """
        looked = error.details.get("looked")
        if looked is not None:
            # The answer was lost; CodaBox was asked, or could not be.
            values = self._codabox_send_vals(
                *(("to_send", "send_not_arrived") if looked else self._codabox_unknown())
            )
            return values | {"codabox_send_requested": bool(looked)}, not looked
        facts = {"detail": _detail_of(error)}
        code = error.code
        if isinstance(error, TransportError | RateLimited):
            code = "send_unreachable"
        elif isinstance(error, Unauthorized):
            code = "send_no_connection"
        elif isinstance(error, Forbidden):
            code = "send_forbidden"
        elif isinstance(error, NotFound | NotOffered):
            code = "send_not_offered"
        elif isinstance(error, ApiError):
            code = self._codabox_way_code("send_refused")
            return self._codabox_send_vals("refused", code, facts), False
        values = {"codabox_send_requested": code in WAITS, "codabox_send_tried_at": False}
        return self._codabox_send_vals("to_send", self._codabox_way_code(code)) | values, True

    def _codabox_way_code(self, code):
        """Return the code of a reason for the way by which this invoice was sent."""
        return MAIL_CODES.get(code, code) if self.codabox_sent_way == MAIL else code

    def _codabox_unknown(self):
        """Return the state and code of an invoice of which nobody knows whether it arrived."""
        by_person = self.codabox_sent_way in BY_PERSON
        code = "send_unknown_person" if by_person else "send_unknown"
        return "unknown", self._codabox_way_code(code)

    def _codabox_store(self, token, values):
        """Write what came of an attempt and commit; the invoice stays *sending* where that fails."""
        move = self
        for _attempt in range(STORE_ATTEMPTS):
            try:
                if move:
                    move._codabox_set(values)
                self.env["ir.cron"]._commit_progress()
            except (OperationalError, IntegrityError) as error:
                _logger.info("CodaBox: invoice %s: not stored yet: %s", self.id, error)
                self.env.cr.rollback()
                move = self._codabox_still_mine(token)
            else:
                return
        _logger.warning("CodaBox: what came of sending invoice %s is asked later", self.id)


def _detail_of(error):
    """Return CodaBox's own words of a refusal."""
    texts = [text for found in error.details.get("fields", {}).values() for text in found]
    return " ".join(texts) or str(error.details.get("detail") or "")
