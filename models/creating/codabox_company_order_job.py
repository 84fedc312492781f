import logging
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ConcurrencyError, UserError

from ..common.contained import contained
from ..night.turn import Turn

_logger = logging.getLogger(__name__)

REST = timedelta(minutes=1)
# What says that another one made this company at the same moment.
ONCE = ("codabox_company_order_client_once", "codabox_company_order_number_once")


class CodaboxCompanyOrder(models.Model):
    """The job: one order after the other, each in a transaction of its own.

    Killed at any moment, the one under way is as it was, and made by the next run.
    """

    _inherit = "codabox.company.order"

    def _start(self):
        """Begin with these orders: a single one while the person waits, many in the background.

        Commits.
        """
        self.env["ir.cron"]._commit_progress()
        if len(self) == 1:
            self._make_alone()
        if self.filtered(lambda o: o.state == "todo"):
            self.env["ir.cron"]._codabox_trigger("create")
            self.env["ir.cron"]._commit_progress()

    @api.model
    def _cron_create(self):
        """Make the companies that are ordered, the oldest order first, until the time is up."""
        orders = self.search([("state", "=", "todo")], order="id")
        turn = Turn(self.env, len(orders))
        left = len(orders)
        for order in orders:
            order.with_prefetch()._make_alone()
            turn.waiting -= 1
            turn.tell(1)
            if turn.is_over():
                break
        if still := self.search_count([("state", "=", "todo")]):
            # Who fetches a client has it for a while: nothing is gained by asking at once.
            rest = fields.Datetime.now() + REST if still == left else None
            self.env["ir.cron"]._codabox_trigger("create", at=rest)

    def _make_alone(self):
        """Make the company of this order; what goes wrong is kept on it and touches no other one.

        Commits.
        """
        order = self.with_user(SUPERUSER_ID)
        with contained(self.env, _logger, f"company order {self.id}", order._keep_fault):
            # A view of the database that shows what another worker made meanwhile.
            self.env["ir.cron"]._commit_progress()
            if order._is_free() and order.state == "todo":
                order._make_or_tell()
            self.env["ir.cron"]._commit_progress()

    def _is_free(self):
        """Lock this order and its client; whoever fetches that client comes first.

        :rtype: bool
        """
        feed = self.try_lock_for_update().feed_id
        return bool(feed.try_lock_for_update(allow_referencing=True))

    def _make_or_tell(self):
        """Make the company, or keep in words what stands in the way.

        :raise ConcurrencyError: another one made it at the same moment.
        """
        code, facts = self._find_problem()
        if code:
            self._keep_problem(code, facts)
            return
        try:
            with self.env.cr.savepoint():
                notes = self._make()
                self._keep_done(notes)
        except UniqueViolation as error:
            if error.diag.constraint_name not in ONCE:
                raise
            raise ConcurrencyError(str(error)) from error
        except UserError as error:
            self._keep_problem("create_refused", {"detail": str(error)})

    def _keep_done(self, notes):
        self.write(
            {
                "state": "done",
                "notes": [{"code": code, "facts": facts} for code, facts in notes] or False,
                "existing_company_id": False,
                **self._reason_vals(),
            }
        )
        self.env.flush_all()

    def _keep_problem(self, code, facts):
        facts = dict(facts)
        existing = facts.pop("existing", False)
        values = {"state": "problem", "existing_company_id": existing}
        self.write({**values, **self._reason_vals(code, **facts)})

    def _keep_fault(self, facts):
        """Keep what nobody foresaw; commits."""
        self._keep_problem("unforeseen", facts)
        self.env["ir.cron"]._commit_progress()
