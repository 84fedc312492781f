from contextlib import suppress
from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...codabox import (
    CodaboxError,
    FunctionState,
    NotFound,
    Unauthorized,
    allowed_formats,
    explore,
    judge,
)
from ...reasons import explain
from ..inbox.codabox_document import KINDS

FUNCTIONS = [
    ("documents", "Documents"),
    ("redelivery", "Documents delivered again"),
    ("clients", "Clients and their mandates"),
    ("order_client", "Order mandates: a new client"),
    ("order_coda", "Order mandates: bank statements"),
    ("order_soda", "Order mandates: payroll"),
    ("order_purchase_invoice", "Order mandates: purchase invoices"),
    ("pdf", "Documents to sign"),
    ("archive", "Archive mandates"),
    ("send", "Send invoices: copy to the accountant"),
    ("peppol", "Send invoices: Peppol upload (old)"),
]

STATES = [
    ("works", "Works"),
    ("refused", "Refused"),
    ("not_offered", "Not offered"),
    ("not_tried", "Not tried yet"),
]

# What rests on calls that CodaBox has not published (docs/reference/api.md 14).
PROVISIONAL = {
    "order_client",
    "order_coda",
    "order_soda",
    "order_purchase_invoice",
    "pdf",
    "archive",
    "send",
}

ORDERS = ("order_coda", "order_soda", "order_purchase_invoice")

# Only offices order, only companies send.
OF_OFFICE = {"clients", "order_client", *ORDERS, "pdf", "archive"}

OF_COMPANY = {"send", "peppol"}

WEEK = timedelta(days=7)


class CodaboxFunction(models.Model):
    """One thing that a connection may or may not do at CodaBox, as it was found out."""

    _name = "codabox.function"
    _description = "What a CodaBox connection can do"
    _order = "sequence, kind, id"
    _rec_name = "code"

    connection_id = fields.Many2one(
        "codabox.connection", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="connection_id.company_id", store=True, index=True)
    sequence = fields.Integer(readonly=True)
    code = fields.Selection(FUNCTIONS, "Function", required=True, readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    formats = fields.Char(readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="not_tried")
    is_provisional = fields.Boolean("Provisional", compute="_compute_is_provisional")
    is_by_use = fields.Boolean(
        readonly=True, help="Found out by using it, not by only trying its address."
    )
    status = fields.Integer("Answer", readonly=True, help="Status of HTTP; 0: not asked.")
    checked_at = fields.Datetime("Seen on", readonly=True)

    _one_of_each = models.UniqueIndex("(connection_id, code, COALESCE(kind, ''))")

    @api.depends("code")
    def _compute_is_provisional(self):
        for function in self:
            function.is_provisional = function.code in PROVISIONAL


class CodaboxConnection(models.Model):
    """What this connection can do: tried when it is connected and weekly, and learned by use.

    What CodaBox does not offer, or refuses, concerns that function only.
    """

    _inherit = "codabox.connection"

    function_ids = fields.One2many("codabox.function", "connection_id", "What it can do")
    functions_checked_at = fields.Datetime("Tried on", readonly=True, copy=False)

    def _function(self, code):
        """Return what is known of a function; empty when nothing is."""
        self.ensure_one()
        return self.sudo().function_ids.filtered(lambda f: f.code == code)[:1]

    def _is_lacking(self, code):
        """Return whether this function is known not to be for this connection."""
        return self._function(code).state in ("refused", "not_offered")

    def _require_function(self, code):
        """Refuse what CodaBox is known not to offer, or to refuse, this connection.

        :raise UserError: with what to do instead.
        """
        if self._is_lacking(code):
            raise UserError(explain(self.env, *self._function_reason(code)))

    def _function_reason(self, code, state=None, status=0):
        """Return code and facts of the reason why a function cannot be used.

        :param str state: of the function; what is known of it by default.
        """
        known = self._function(code)
        label = dict(self.env["codabox.function"]._fields["code"]._description_selection(self.env))
        facts = {"function": label[code], "status": status or known.status or ""}
        return f"function_{state or known.state}", facts

    def _note_function(self, code, error=None):
        """Learn by use what CodaBox offers.

        :param CodaboxError error: what the call raised, nothing when it worked.
        :return: whether the error says that this connection has not got the function.
        :rtype: bool
        """
        found = judge(error)
        # Of one thing CodaBox says in words that it has none; where the call never worked, those
        # words may be about the call, and trying its address tells.
        is_one = isinstance(error, NotFound) and bool(error.detail)
        if not found or (is_one and self._function(code).state == "works"):
            return False
        self._keep_function(code, found.state.value, status=found.status, is_by_use=not is_one)
        return found.state is not FunctionState.WORKS

    def _keep_function(self, code, state, *, kind=False, **values):
        """Keep what is known of a function; nothing is written when nothing changed."""
        connection = self.sudo()
        known = connection.function_ids.filtered(lambda f: f.code == code and f.kind == kind)
        changed = {"state": state, **values}
        if known and all(known[name] == value for name, value in changed.items()):
            return
        changed["checked_at"] = fields.Datetime.now()
        if known:
            known.write(changed)
            return
        order = [name for name, _label in FUNCTIONS].index(code)
        base = {"connection_id": self.id, "sequence": order, "code": code, "kind": kind}
        # Another client of this connection may have learned it in the same second.
        with suppress(IntegrityError), self.env.cr.savepoint():
            self.env["codabox.function"].sudo().create(base | changed)

    # -------------------------------------------------------------------------
    # Tried
    # -------------------------------------------------------------------------

    def action_check_functions(self):
        """Try again what this connection can do; what was learned before is forgotten."""
        self.ensure_one()
        self._require_administrator()
        self.sudo().function_ids.filtered(lambda f: f.state != "works").unlink()
        self._call_or_break(self.sudo()._check_functions)
        return self._notify(self.env._("Tried. See “What it can do”."), "success")

    def _check_functions(self, client):
        """Find out what this connection can do; nothing is changed at CodaBox.

        :param ProvisionalClient client: an open client.
        :raise Unauthorized: the credentials are refused.
        """
        self.ensure_one()
        self._check_documents()
        known = self._known_references()
        is_office = self._is_of_office()
        feed = self.feed_ids.filtered(lambda f: f.state != "ended")[:1]
        for code, found in explore(
            client, known, feed_id=feed.remote_id or None, is_office=is_office
        ):
            self._keep_tried(code, found)
        other = OF_COMPANY if is_office else OF_OFFICE - {"clients"}
        for code in {code for code, _label in FUNCTIONS} - other - {"documents"}:
            if not self._function(code):
                self._keep_function(code, "not_tried")
        self.functions_checked_at = fields.Datetime.now()

    def _keep_tried(self, code, found):
        """Keep what trying an address showed; that it answers takes back nothing that was used."""
        known = self._function(code)
        if found.state is FunctionState.NOT_TRIED and known.is_by_use:
            return
        self._keep_function(code, found.state.value, status=found.status, is_by_use=False)

    def _check_documents(self):
        """Say of each kind of document whether CodaBox gives it, by what is allowed and came."""
        came = dict(
            self.env["codabox.document"]
            .sudo()
            ._read_group(
                [
                    ("connection_id", "=", self.id),
                    ("channel", "!=", "upload"),
                    ("file_ids", "any", [("state", "=", "here")]),
                ],
                ["kind"],
                ["__count"],
            )
        )
        told = self.allowed_formats or {}
        for kind, _label in KINDS:
            formats = allowed_formats(told, kind)
            if kind == "other" or (kind not in came and kind == "card_statement" and not formats):
                continue
            state = "works" if kind in came else "not_tried"
            if not formats and told and kind not in came:
                state = "not_offered"
            elif state == "not_tried" and self._is_learned(kind):
                continue
            self._keep_function(
                "documents", state, kind=kind, formats=", ".join(formats or ()) or False
            )

    def _is_learned(self, kind):
        """Return whether asking its files told that a kind does not come."""
        return bool(
            self.sudo().function_ids.filtered(
                lambda f: f.code == "documents" and f.kind == kind and f.is_by_use
            )
        )

    def _known_references(self):
        """Return CodaBox's identifiers with which addresses can be tried."""
        known = {}
        feed = self.feed_ids.filtered(lambda f: f.client_ref and f.state != "ended")[:1]
        mandates = self.env["codabox.mandate"].sudo()
        domain = [("connection_id", "=", self.id), ("remote_id", "!=", False)]
        for service in ("coda", "soda"):
            found = mandates.search([*domain, ("service", "=", service)], limit=1)
            name = "social" if service == "soda" else service
            known.update({name: found.remote_id} if found else {})
        return known | ({"client": feed.client_ref} if feed else {})

    def _check_functions_weekly(self, client):
        """Try again when the last time is a week ago; what goes wrong stops nothing else."""
        last = self.functions_checked_at
        if not last or last > fields.Datetime.now() - WEEK:
            return
        try:
            self._check_functions(client)
        except Unauthorized:
            raise
        except CodaboxError:
            self.functions_checked_at = fields.Datetime.now()
