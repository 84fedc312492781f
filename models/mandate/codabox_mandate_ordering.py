from dataclasses import dataclass, field

from psycopg2 import IntegrityError, OperationalError

from odoo import api, fields, models
from odoo.tools import SQL

from ...codabox import CodaboxError, Order, Outcome, group_by_bank, place_all
from .codabox_mandate_refusal import refusal_reason

# So many clients share one reading of CodaBox's list and one commit.
CHUNK = 20

STORE_ATTEMPTS = 3

# Names our advisory locks; the second number of each is that of the enterprise.
ENTERPRISE_LOCK = 1129136193


@dataclass
class OrderRequest:
    """What a person orders for one client.

    :param partner: ``res.partner``, the client.
    :param order: what is asked of CodaBox.
    :param payroll: name of a social secretariat, where CodaBox lists none; only asked by hand.
    """

    partner: models.BaseModel
    order: Order
    payroll: str = ""


@dataclass
class OrderResult:
    """What came of a request.

    :param mandates: ``codabox.mandate``: all that was asked and is at CodaBox now.
    :param ordered: how many orders were placed just now; 0: everything was there before.
    :param reasons: values of a reason (``reason_code``, ``reason_facts``) per failure.
    """

    mandates: models.BaseModel
    ordered: int = 0
    created: bool = False
    reasons: list = field(default_factory=list)


class CodaboxMandate(models.Model):
    """Ordering, each mandate exactly once::

        lock the clients -> write down what is asked, commit -> lock again -> look at CodaBox,
        order what is missing -> store the answers, commit

    What was written down (a mandate in state ``draft``) outlives a crash and a lost answer. The
    next order looks at CodaBox before it sends anything, and so does every refresh
    (``codabox_mandate_pending``): what was placed is found, and nothing is sent twice.
    """

    _inherit = "codabox.mandate"

    @api.model
    def _place_orders(self, connection, requests):
        """Order mandates; the client is created at CodaBox where it is unknown.

        Commits: what CodaBox did must not be forgotten by a later rollback.

        :param codabox.connection connection: of the office that orders.
        :param requests: at most ``CHUNK`` of ``OrderRequest``, one per partner.
        :return: one ``OrderResult`` per request, in their order.
        :rtype: list[OrderResult]
        :raise AccessError: for a user who may not order, or may not see these records.
        :raise UserError: when this database may not talk to CodaBox.
        """
        connection._require_mandate_officer()
        connection.check_access("read")
        connection._require_orders([request.order for request in requests])
        self.env["res.partner"].union(*(request.partner for request in requests)).check_access(
            "read"
        )
        return self.sudo()._order_chunk(connection.sudo(), requests)

    def _order_chunk(self, connection, requests):
        with connection._codabox_client() as client:
            # A fresh view of the database: somebody may have ordered meanwhile.
            self.env["ir.cron"]._commit_progress()
            self._write_intentions(connection, self._not_busy(requests))
            # From here on a kill leaves the intentions, which are looked up at CodaBox later.
            self.env["ir.cron"]._commit_progress()
            mine = self._not_busy(requests)
            try:
                outcomes = place_all(client, [request.order for request in mine])
            except CodaboxError as error:
                if error.code == "unauthorized":
                    connection._mark_broken(error)
                error.details["maybe_done"] = False  # clients could not be read: nothing was sent
                outcomes = [Outcome(errors={("client", ""): error}) for _request in mine]
        results = self._store_again_and_again(connection, mine, outcomes)
        found = dict(zip([request.partner.id for request in mine], results, strict=True))
        return [found.get(request.partner.id) or self._busy(request) for request in requests]

    def _not_busy(self, requests):
        """Lock the clients of requests; return the requests of those that nobody else holds.

        A second click, or another worker, is told to wait instead of waiting. Locked are the
        partner, and the enterprise: two partners may carry one number, and both would find no
        client at CodaBox and create it.
        """
        partners = self.env["res.partner"].union(*(request.partner for request in requests)).sudo()
        held = partners.try_lock_for_update(allow_referencing=True)
        free = [request for request in requests if request.partner.id in held.ids]
        numbers = self._try_lock_enterprises({request.order.new.enterprise_num for request in free})
        return [request for request in free if request.order.new.enterprise_num in numbers]

    @api.model
    def _try_lock_enterprises(self, numbers):
        """Lock enterprises until the end of the transaction; return those that nobody else holds.

        :param set numbers: enterprise numbers as CodaBox writes them.
        :rtype: set
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT number FROM unnest(%s::text[]) AS number
                 WHERE pg_try_advisory_xact_lock(%s, hashtext(number))
                """,
                sorted(numbers),
                ENTERPRISE_LOCK,
            )
        )
        return {number for (number,) in rows}

    def _busy(self, request):
        reason = self._reason_vals("order_busy", partner=request.partner.display_name)
        return OrderResult(self.browse(), reasons=[reason])

    # -------------------------------------------------------------------------
    # Before
    # -------------------------------------------------------------------------

    def _write_intentions(self, connection, requests):
        """Write down what will be asked, unless it is written down or there already."""
        known = self._known_keys(connection, requests)
        self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True).create(
            [
                values
                for request in requests
                for values in self._prepare_intentions(
                    connection, request, known.get(request.partner.id, ())
                )
            ]
        )

    def _known_keys(self, connection, requests):
        """Return partner id -> (service, account or secretariat) that is ordered or written down."""
        return self.search(
            [
                ("connection_id", "=", connection.id),
                ("partner_id", "in", [request.partner.id for request in requests]),
                "|",
                ("state", "!=", "archived"),
                # CodaBox gives them no identifier: the old one becomes the new one.
                ("service", "=", "purchase_invoice"),
            ]
        )._keys_by_partner()

    def _keys_by_partner(self):
        """Return partner id -> (service, account or secretariat) of these mandates."""
        known = {}
        for mandate in self:
            things = mandate.account_ids.mapped("iban") or [mandate.secretariat_ref or ""]
            known.setdefault(mandate.partner_id.id, set()).update(
                (mandate.service, thing) for thing in things
            )
        return known

    def _prepare_intentions(self, connection, request, known):
        """Return the values of the mandates that a request asks for.

        :param known: (service, account or secretariat) that is ordered or written down already.
        :rtype: list[dict]
        """
        order, prepared = request.order, []
        base = self._prepare_base(connection, request)
        ibans = [iban for iban in order.ibans if ("coda", iban) not in known]
        for bic, group in group_by_bank(ibans, connection._codabox_bank_ids()).items():
            accounts = [fields.Command.create({"iban": iban}) for iban in group]
            prepared.append({"service": "coda", "bank_bic": bic, "account_ids": accounts})
        slugs = [slug for slug in order.secretariats if ("soda", slug) not in known]
        prepared += [
            {
                "service": "soda",
                "secretariat_ref": secretariat.code,
                "secretariat_name": secretariat.name,
            }
            for secretariat in self.env["codabox.secretariat"].search([("code", "in", slugs)])
        ]
        if order.purchase_invoices and ("purchase_invoice", "") not in known:
            prepared.append({"service": "purchase_invoice"})
        return [base | values for values in prepared]

    @api.model
    def _prepare_base(self, connection, request):
        """Return the values that all mandates of a request have."""
        return {
            "connection_id": connection.id,
            "partner_id": request.partner.id,
            "client_name": request.order.new.name,
            "enterprise_number": request.order.new.enterprise_num,
            "ordered_on": fields.Datetime.now(),
            "ordered_by_id": self.env.uid,
            **self._reason_vals("order_pending"),
        }

    # -------------------------------------------------------------------------
    # After
    # -------------------------------------------------------------------------

    def _store_again_and_again(self, connection, requests, outcomes):
        """Store answers and commit; a refresh that stored the same at the same time goes first."""
        for attempt in range(1, STORE_ATTEMPTS + 1):
            try:
                results = self._store(connection, requests, outcomes)
                self.env["ir.cron"]._commit_progress()
            except (OperationalError, IntegrityError):
                self.env.cr.rollback()
                if attempt == STORE_ATTEMPTS:
                    raise
            else:
                break
        return results

    def _store(self, connection, requests, outcomes):
        """Store what CodaBox answered.

        :return: one ``OrderResult`` per request.
        """
        clients = {o.client.id: o.client for o in outcomes if o.client}
        for outcome in outcomes:
            connection._note_orders(outcome)
        listed = self._apply_clients(connection, list(clients.values()))
        listed._keep_pdfs({id: pdf for outcome in outcomes for id, pdf in outcome.pdfs.items()})
        pending = self._pending(connection).grouped("partner_id")
        results = []
        for request, outcome in zip(requests, outcomes, strict=True):
            pending.get(request.partner, self.browse())._close_pending(outcome)
            if outcome.ordered:
                company = connection.company_id
                self.env["codabox.audit"]._note("ordered", request.partner, company)
            results.append(self._result(request, outcome, listed))
        self.env.flush_all()
        return results

    def _close_pending(self, outcome):
        """Keep the intentions of which nobody knows; those that were certainly refused go."""
        for mandate in self.filtered(lambda m: m.state == "draft"):
            errors = outcome.errors
            key = mandate.service, mandate.secretariat_ref or ""
            error = errors.get(("client", "")) or errors.get(key)
            if error is not None and getattr(error, "maybe_done", False):
                mandate.write(self._reason_vals("order_pending"))
            else:
                mandate.unlink()

    def _result(self, request, outcome, listed):
        """Return what a request gave: its mandates, and why something is missing."""
        client = outcome.client
        reasons = []
        for key, error in outcome.errors.items():
            code, facts = refusal_reason(self.env, key, error, request.order)
            reasons.append({"reason_code": code, "reason_facts": facts or False})
        return OrderResult(
            listed.filtered(lambda m: client and m._is_asked(client.id, request.order)),
            ordered=len(outcome.ordered),
            created=outcome.created,
            reasons=reasons,
        )

    def _is_asked(self, client_ref, order):
        """Say whether this mandate is what an order asks for."""
        self.ensure_one()
        if self.client_ref != client_ref or self.state == "archived":
            return False
        if self.service == "coda":
            return not set(order.ibans).isdisjoint(self.account_ids.mapped("iban"))
        if self.service == "soda":
            return self.secretariat_ref in order.secretariats
        return self.service == "purchase_invoice" and order.purchase_invoices


class AccountJournal(models.Model):
    """Ordering the statements of the account of a journal."""

    _inherit = "account.journal"

    def action_codabox_order_mandate(self):
        """Open the order for the company of this journal, with its account chosen."""
        self.ensure_one()
        ibans = filter(None, [self.bank_account_id.sanitized_acc_number])
        return self.company_id.partner_id._codabox_open_order(ibans=tuple(ibans))
