import logging
import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..common.contained import each_alone

_logger = logging.getLogger(__name__)


def enterprise_digits(number):
    """Return the ten digits of a Belgian enterprise number, ``""`` when there are none.

    :param str number: ``BE0123456789``, ``0123.456.789``, ``BE 123.456.789`` or nothing.
    :rtype: str
    """
    digits = re.sub(r"\D", "", number or "")
    digits = digits.zfill(10) if len(digits) == 9 else digits
    return digits if len(digits) == 10 and digits.strip("0") else ""


def enterprise_number_of(record):
    """Return the ten digits of the enterprise number of a company or partner, ``""`` without one.

    The company registry first: an enterprise without VAT liability has one too.

    :param record: a company or a partner.
    :rtype: str
    """
    is_belgian = (record.vat or "BE").upper().startswith(("BE", "0", "1"))
    return enterprise_digits(record.company_registry) or (
        enterprise_digits(record.vat) if is_belgian else ""
    )


class CodaboxFeed(models.Model):
    """The documents of one client at CodaBox, for one company in Odoo; the unit of locking.

    A feed is read in order: CodaBox keeps the *offset*, the entry up to which we confirmed.
    """

    _name = "codabox.feed"
    _description = "CodaBox client"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "codabox.reason.mixin",
        "codabox.facts.mixin",
    ]
    _order = "name, id"
    _rec_name = "name"

    name = fields.Char("Client", required=True, readonly=True)
    connection_id = fields.Many2one(
        "codabox.connection", required=True, readonly=True, index=True, ondelete="restrict"
    )
    remote_id = fields.Integer(
        "Number at CodaBox", required=True, readonly=True, help="Of the feed of this client."
    )
    client_ref = fields.Char(
        "CodaBox client", readonly=True, help="Identifier of the client at CodaBox."
    )
    client_code = fields.Char(
        "Client code", readonly=True, help="The code that the office gave this client."
    )
    fiduciary_ref = fields.Char("CodaBox office", readonly=True)
    enterprise_number = fields.Char("Enterprise number", readonly=True)
    state = fields.Selection(
        [("new", "To confirm"), ("active", "Active"), ("ended", "Ended")],
        required=True,
        default="new",
        readonly=True,
        tracking=True,
        help="To confirm: a person still has to say which company this is. "
        "Ended: CodaBox does not list the client any more.",
    )
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        index=True,
        tracking=True,
        help="The company in whose books the documents of this client go.",
    )
    proposed_company_id = fields.Many2one(
        "res.company",
        "Proposed company",
        compute="_compute_proposed_company_id",
        help="The company with the same enterprise number.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        domain="[('share', '=', False)]",
        help="Gets the to-dos of this client; empty: the responsible of the connection.",
    )
    odd_fields = fields.Char(
        readonly=True, copy=False, help="What CodaBox gave in a form that cannot be read."
    )
    is_fetched = fields.Boolean(
        "Fetch", default=True, help="Off: CodaBox keeps the documents of this client for later."
    )
    fetch_pending = fields.Boolean(readonly=True, copy=False, index=True)
    last_fetch = fields.Datetime("Last fetch", readonly=True, copy=False)
    kind_ids = fields.One2many("codabox.feed.kind", "feed_id", "Kinds")
    document_ids = fields.One2many("codabox.document", "feed_id", "Documents")
    document_count = fields.Integer(compute="_compute_document_count")
    todo_count = fields.Integer("To do", compute="_compute_document_count")

    _connection_remote_unique = models.UniqueIndex("(connection_id, remote_id)")

    @api.depends("enterprise_number", "company_id")
    def _compute_proposed_company_id(self):
        companies = (
            self.env["res.company"]
            .sudo()
            .with_context(active_test=False)
            .search(["|", ("company_registry", "!=", False), ("vat", "!=", False)])
            .sorted("active", reverse=True)  # an archived one only where no other has the number
        )
        by_number = {}
        for company in companies:
            by_number.setdefault(company._codabox_enterprise_number(), company)
        for feed in self:
            number = enterprise_digits(feed.enterprise_number)
            feed.proposed_company_id = (
                feed.company_id or (number and by_number.get(number)) or False
            )

    def _compute_document_count(self):
        count = dict(
            self.env["codabox.document"]._read_group(
                [("feed_id", "in", self.ids)], ["feed_id"], ["__count"]
            )
        )
        todo = dict(
            self.env["codabox.document"]._read_group(
                Domain("feed_id", "in", self.ids) & self.env["codabox.document"]._open_domain(),
                ["feed_id"],
                ["__count"],
            )
        )
        for feed in self:
            feed.document_count = count.get(feed, 0)
            feed.todo_count = todo.get(feed, 0)

    # -------------------------------------------------------------------------
    # The list of clients
    # -------------------------------------------------------------------------

    @api.model
    def _apply_clients(self, connection, clients, enterprises, *, is_complete=True):
        """Bring the feeds of a connection in line with what CodaBox lists.

        A client that disappears is ended, never deleted; one that comes back is active again.

        :param connection: the connection that asked.
        :param clients: the ``FeedClient`` values of the pod.
        :param dict enterprises: CodaBox client id -> enterprise number.
        :param bool is_complete: whether these are all clients: a list of which a part cannot be
            read says of nobody that it ended.
        :return: facts of the reason ``unforeseen`` of a client that could not be kept.
        :rtype: dict
        """
        known = {feed.remote_id: feed for feed in connection.with_env(self.env).feed_ids}
        facts = {}
        for client in clients:
            feed = known.pop(client.feed_id, self.browse())
            values = self._prepare_from_client(connection, client, enterprises)
            facts |= each_alone(
                self.env,
                _logger,
                (client,),
                lambda clients, f=feed, v=values: f._keep_client(v),
                lambda client: f"feed {client.feed_id}",
            )
        for feed in known.values() if is_complete else ():
            feed._end()
        return facts

    @api.model
    def _prepare_from_client(self, connection, client, enterprises):
        """Return the values of a client as the pod lists it."""
        values = {
            "connection_id": connection.id,
            "remote_id": client.feed_id,
            "name": client.client_name or client.client_code or str(client.feed_id),
            "client_ref": client.client_id,
            "client_code": client.client_code,
            "fiduciary_ref": client.fiduciary_id,
        }
        if enterprises.get(client.client_id):
            values["enterprise_number"] = enterprises[client.client_id]
        elif not connection._is_of_office():
            values["enterprise_number"] = connection.company_id._codabox_enterprise_number()
        return values

    def _keep_client(self, values):
        """Make this client, or write what changed at CodaBox."""
        if not self:
            self.create(values)
        else:
            own = ("connection_id", "remote_id")
            self._update_from_client({k: v for k, v in values.items() if k not in own})

    def _update_from_client(self, values):
        """Write what changed at CodaBox; nothing is written when nothing changed."""
        self.ensure_one()
        changed = {name: value for name, value in values.items() if self[name] != (value or False)}
        if self.state == "ended":
            changed["state"] = "active" if self.company_id else "new"
            changed.update(self._reason_vals())
        if changed:
            self.write(changed)

    def _tell_odd(self, names):
        """Say once which fields of this client came in a form that cannot be read.

        :param names: names of fields; none: all can be read.
        """
        self.ensure_one()
        told = ", ".join(names) or False
        if self.odd_fields == told:
            return
        self.odd_fields = told
        if told:
            self.message_post(
                body=self.env._(
                    "CodaBox gave fields of this client in a form that cannot be read: %(fields)s. "
                    "Everything else is used.",
                    fields=told,
                )
            )

    def _end(self):
        """CodaBox lists this client no more: alarms close, documents stay."""
        for feed in self.filtered(lambda f: f.state != "ended"):
            feed.write(
                {"state": "ended", "fetch_pending": False, **self._reason_vals("client_ended")}
            )
            feed.activity_unlink(
                [
                    "account_codabox.mail_activity_type_document",
                    "account_codabox.mail_activity_type_client",
                ]
            )

    # -------------------------------------------------------------------------
    # Which company
    # -------------------------------------------------------------------------

    def _confirm_company(self, company):
        """A person says which company this client is; its waiting documents are taken up.

        :param company: the company in whose books the documents go.
        :raise UserError: when the enterprise number of the company is another one.
        """
        self.ensure_one()
        self.connection_id._require_administrator()
        theirs, ours = (
            enterprise_digits(self.enterprise_number),
            company._codabox_enterprise_number(),
        )
        if theirs and ours and theirs != ours:
            raise UserError(
                self.env._(
                    "%(client)s has enterprise number %(theirs)s at CodaBox, but %(company)s has %(ours)s. "
                    "Choose the company with the same number, or correct the number.",
                    client=self.name,
                    theirs=theirs,
                    company=company.name,
                    ours=ours,
                )
            )
        if self.company_id == company and self.state == "active":
            return
        feed = self.sudo()
        documents = self.env["codabox.document"].sudo()
        booked = [("feed_id", "=", feed.id), ("state", "=", "imported")]
        if feed.company_id and documents.search_count(booked, limit=1):
            raise UserError(
                self.env._(
                    "Documents of %(client)s are booked in %(company)s. Undo their import before you "
                    "choose another company.",
                    client=feed.name,
                    company=feed.company_id.name,
                )
            )
        feed.write({"company_id": company.id, "state": "active", **self._reason_vals()})
        for line in feed.kind_ids.filtered(lambda k: not k.book_from):
            line.book_from = line._propose_book_from(company)
        feed.activity_feedback(["account_codabox.mail_activity_type_client"])
        waiting = documents.search([("feed_id", "=", feed.id), ("state", "=", "waiting")])
        waiting.write({"state": "received", **self._reason_vals()})
        if waiting:
            feed._mark()  # they are booked in the background, at once
            self.env["ir.cron"]._codabox_trigger("fetch")

    def action_confirm_company(self):
        """Confirm the proposed company of each client that has one."""
        for feed in self.filtered(lambda f: f.state == "new"):
            if feed.proposed_company_id:
                feed._confirm_company(feed.proposed_company_id)
        return True

    def action_choose_company(self):
        """Open the wizard that asks which company these clients are."""
        self.connection_id.ensure_one()
        self.connection_id._require_administrator()
        wizard = self.env["codabox.connect"].create({"connection_id": self.connection_id.id})
        return wizard._show_clients(self)

    def action_fetch(self):
        """Fetch the documents of these clients now."""
        self.connection_id.ensure_one()
        return self.connection_id.action_fetch(self)

    def action_open_documents(self):
        """Open the documents of these clients."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_document_action"
        )
        return action | {"domain": [("feed_id", "in", self.ids)], "context": {}}

    def _responsible(self):
        """Return the user who gets the to-dos of this client."""
        self.ensure_one()
        return self.user_id or self.connection_id._responsible()
