import logging
import time
from contextlib import contextmanager, nullcontext
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...codabox import RateLimited
from ...reasons import explain
from ..common.contained import contained, is_concurrent
from ..night.turn import Turn
from .account_move_sending import AT_CODABOX, BY_PERSON, MAIL, UNSETTLED
from .account_move_sending_attempt import SendingStopped
from .account_move_sending_mail import MailToInbox
from .res_company_sending import WAY_FUNCTIONS, WAYS
from .res_company_sending_schedule import ASKED_FOR

_logger = logging.getLogger(__name__)

# Invoices leave in the order of their dates and numbers.
CHRONOLOGICAL = "invoice_date, sequence_prefix, sequence_number, id"
BATCH = 200
RETRY_MINUTES = 15
# What was sent is asked about this long, and not more often than that until it is delivered; a
# refusal may come even later, so then once a week.
READ_BACK_DAYS = 60
READ_BACK_HOURS = 6
READ_AGAIN_DAYS = 7


class ResCompany(models.Model):
    """One round of sending: settle what is not known, send, read back what was sent before."""

    _inherit = "res.company"

    @api.model
    def _cron_codabox_send(self):
        """Do what is due for every company, one invoice per transaction, until the time is up.

        What goes wrong with one invoice, or one company, never touches another. The job asks to be
        called again while something is left.
        """
        for company in self._codabox_companies_due():
            company.with_prefetch()._codabox_begin_round()
        companies = self._codabox_companies_with_work()
        turn = Turn(self.env, len(companies))
        for company in companies:
            if company.with_prefetch()._codabox_work(turn):
                turn.waiting -= 1
            turn.tell(1)
            if turn.is_over():
                break
        if turn.waiting:
            self.env["ir.cron"]._codabox_trigger("send")

    def _codabox_begin_round(self):
        """Write down that what is due for this company is to be sent now."""
        now = fields.Datetime.now()
        with self._codabox_contained():  # somebody may save the company now: it stays due
            self.write({"codabox_send_pending": True, "codabox_send_round": now})
            self._codabox_plan_send()
            self.env["ir.cron"]._commit_progress()

    def _codabox_contained(self):
        """Keep what goes wrong with this company from the others; its connection says what."""
        subject = f"company {self.id}: sending"
        return contained(self.env, _logger, subject, self._codabox_broke_off)

    def _codabox_broke_off(self, facts):
        if connection := self._codabox_company_connection():
            connection._keep_fault(facts)
        self.env["ir.cron"]._commit_progress()

    @api.model
    def _codabox_companies_with_work(self):
        """Return the companies that may have something to settle, to send or to read back."""
        moves = self.env["account.move"].sudo()
        domain = (
            Domain("codabox_send_state", "in", UNSETTLED)
            | Domain(ASKED_FOR)
            | self._codabox_read_back_domain()
        )
        busy = [company.id for [company] in moves._read_group(domain, ["company_id"])]
        return self.sudo().search(
            ["|", ("id", "in", busy), ("codabox_send_pending", "=", True)],
            order="codabox_send_turns, id",
        )

    @api.model
    def _codabox_read_back_domain(self):
        """Return the domain of the sent invoices of which CodaBox may know more by now."""
        now = fields.Datetime.now()
        return Domain(
            [
                ("codabox_send_state", "in", AT_CODABOX),
                ("codabox_sent_ref", "!=", False),
                ("codabox_sent_at", ">=", now - timedelta(days=READ_BACK_DAYS)),
            ]
        ) & (
            Domain("codabox_send_state", "=", "sent")
            & Domain("codabox_send_tried_at", "<", now - timedelta(hours=READ_BACK_HOURS))
            | Domain("codabox_send_tried_at", "<", now - timedelta(days=READ_AGAIN_DAYS))
        )

    def _codabox_todo(self):
        """Return what there is to do with which invoices, in this order.

        :return: pairs of a step and a domain.
        """
        mine = Domain("company_id", "=", self.id)
        asked = Domain("codabox_send_state", "=", "sending") | Domain(
            # A person decides about the others.
            [("codabox_send_state", "=", "unknown"), ("codabox_sent_way", "not in", BY_PERSON)]
        )
        read_back = self._codabox_read_back_domain()
        if not self._codabox_reaches_codabox():
            asked &= Domain("codabox_sent_way", "=", MAIL)
            read_back = Domain.FALSE
        return (
            ("settle", mine & asked),
            ("send", self._codabox_waiting_domain() | self._codabox_this_round_domain()),
            ("read back", mine & read_back),
        )

    def _codabox_reaches_codabox(self):
        """Return whether this company is connected now."""
        return self._codabox_company_connection().state == "connected"

    def _codabox_work(self, turn):
        """Do what there is to do for this company, at least one invoice whatever the time.

        :param Turn turn: how much time there is.
        :return: whether all of it was done, or cannot be done now.
        :rtype: bool
        """
        self.ensure_one()
        with self._codabox_contained():
            turn.begin()
            done = self._codabox_work_through(turn)
            if not done or self.codabox_send_turns:
                # Who has more to send goes behind the others.
                self.codabox_send_turns = 0 if done else self.codabox_send_turns + 1
                self.env["ir.cron"]._commit_progress(remaining=turn.waiting)
            return done
        return True

    def _codabox_work_through(self, turn):
        if not self._codabox_mails() and not self._codabox_reaches_codabox():
            return True  # its own to-do says so; the invoices wait
        try:
            with self._codabox_transports() as transports:
                done = all(
                    self._codabox_do(step, domain, transports, turn)
                    for step, domain in self._codabox_todo()
                )
        except SendingStopped as stopped:
            self._codabox_stopped(stopped.error)
            return True
        except UserError as problem:
            _logger.info("CodaBox: nothing sent for company %s: %s", self.id, problem)
            return True
        if done:
            self._codabox_round_done()
        return done

    def _codabox_do(self, step, domain, transports, turn):
        """Do one thing with all invoices of a domain.

        :return: whether the time sufficed, and there are no more than looked at.
        :rtype: bool
        """
        moves = self.env["account.move"].sudo().search(domain, order=CHRONOLOGICAL, limit=BATCH)
        for move in moves:
            if turn.is_spent():
                return False
            # Each commit empties the cache: read ahead, every invoice would read all others again.
            self._codabox_step(step, move.with_prefetch(), transports)
            turn.did()
        return len(moves) < BATCH

    def _codabox_step(self, step, move, transports):
        """Do one thing with one invoice, in its own transactions."""
        try:
            if step == "settle":
                move._codabox_settle(transports(move.codabox_sent_way))
            elif step == "send":
                move._codabox_send_to(transports(self.codabox_send_way), self.codabox_send_way)
            else:
                move._codabox_read_back(transports(move.codabox_sent_way))
        except SendingStopped:
            raise
        except Exception as error:
            # Reports, taxes and other add-ons may fail in any way: the other invoices do not wait.
            self.env.cr.rollback()
            if is_concurrent(error):
                # Somebody changed the invoice at this moment: its turn comes again, see the end.
                _logger.info("CodaBox: invoice %s: stopped by the database: %s", move.id, error)
                return
            _logger.exception("CodaBox: invoice %s: not prepared", move.id)
            move._codabox_not_prepared(error)

    @contextmanager
    def _codabox_transports(self):
        """Open CodaBox for the invoices of this company.

        :return: function of a way of sending that gives its transport.
        :raise UserError: this database may not talk to CodaBox.
        """
        self.ensure_one()
        needs_codabox = not self._codabox_mails() or self._codabox_reaches_codabox()
        connection = self._codabox_company_connection()
        with connection._codabox_client() if needs_codabox else nullcontext() as client:
            ways = {name: transport(client) for name, transport in WAYS.items() if client}
            ways[MAIL] = MailToInbox(self)

            def way(name):
                if name not in ways:
                    raise UserError(explain(self.env, "send_no_connection"))
                return ways[name]

            yield way

    # -------------------------------------------------------------------------
    # The end of a round
    # -------------------------------------------------------------------------

    def _codabox_stopped(self, error):
        """CodaBox cannot be reached, or refuses everything: keep why, and when to try again."""
        _logger.info("CodaBox: sending stopped for company %s: %s", self.id, error)
        if self._codabox_mails():
            self._codabox_wake(RETRY_MINUTES * 60)
            self.env["ir.cron"]._commit_progress()
            return
        connection = self._codabox_company_connection()
        function = WAY_FUNCTIONS[self.codabox_send_way]
        if connection._is_refused_as_a_whole(error):
            # Asking again with refused credentials only locks the account.
            connection._mark_broken(error)
        elif not connection._note_function(function, error):
            wait = error.retry_after if isinstance(error, RateLimited) else RETRY_MINUTES * 60
            self._codabox_wake(wait)
        self.env["ir.cron"]._commit_progress()

    @api.model
    def _codabox_wake(self, seconds):
        """Have the scheduled action look again after so many seconds."""
        at = fields.Datetime.now() + timedelta(seconds=seconds)
        self.env["ir.cron"]._codabox_trigger("send", at=at)

    def _codabox_round_done(self):
        """Close the round; tell once which invoices of the old year hold others back."""
        left = self.env["account.move"].sudo().search(self._codabox_this_round_domain(), limit=1)
        if left:
            # Somebody else held it: its turn is still to come.
            self._codabox_wake(RETRY_MINUTES * 60)
        elif self.codabox_send_pending:
            self.codabox_send_pending = False
        self._codabox_tell_stragglers()
        self.env["ir.cron"]._commit_progress()

    def _codabox_tell_stragglers(self):
        """Plan or close the to-do about the old year."""
        kind = "account_codabox.mail_activity_type_old_year"
        connection = self._codabox_company_connection()
        if not connection:
            return
        held = (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.id),
                    ("codabox_send_state", "=", "to_send"),
                    ("codabox_send_code", "=", "send_old_year"),
                ],
                order="invoice_date",
                limit=1,
            )
        )
        if not held:
            connection.activity_feedback([kind])
        elif not connection.activity_search([kind]):
            stragglers = held._codabox_stragglers(self, held.invoice_date.year)
            connection.activity_schedule(
                kind,
                user_id=connection._responsible().id,
                note=held.codabox_send_reason + " " + ", ".join(stragglers[:20].mapped("name")),
            )

    # -------------------------------------------------------------------------
    # While a person waits
    # -------------------------------------------------------------------------

    def _codabox_send_now(self, moves, seconds):
        """Send invoices of this company that a person asked for, as many as the time allows.

        The others are left to the scheduled action.
        """
        self.ensure_one()
        deadline = time.monotonic() + seconds
        company = self.sudo()
        try:
            with company._codabox_transports() as transports:
                for move in moves.sudo().sorted(lambda m: (m.invoice_date, m.name, m.id)):
                    if time.monotonic() >= deadline:
                        break
                    company._codabox_step("send", move.with_prefetch(), transports)
        except SendingStopped as stopped:
            company._codabox_stopped(stopped.error)
        company._codabox_tell_stragglers()
        self.env["ir.cron"]._commit_progress()
