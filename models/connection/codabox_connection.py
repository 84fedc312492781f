import re
from urllib.parse import urlsplit

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...reasons import explain
from .codabox_secret import secret_field
from .server_settings import is_listed

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class CodaboxConnection(models.Model):
    """Credentials of one customer (an office or a company) within one software at CodaBox.

    Life::

        draft --[token exchanged]--> connected --[401, 403]--> broken --[new token]--> connected
                                         |                        |
                                         +------[disconnect]------+--> disconnected --[token]--> connected
    """

    _name = "codabox.connection"
    _description = "CodaBox connection"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "codabox.reason.mixin",
        "codabox.facts.mixin",
        "codabox.secret.mixin",
    ]
    _check_company_auto = True

    name = fields.Char(required=True, default=lambda self: self.env.company.name)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        help="The office or company that CodaBox knows.",
    )
    role = fields.Selection(
        [("office", "Accounting office"), ("company", "Company")],
        required=True,
        default="office",
        help="An office sees the documents of all its clients; a company only its own.",
    )
    environment = fields.Selection(
        [("production", "Production"), ("sandbox", "CodaBox sandbox"), ("custom", "Own address")],
        required=True,
        default="production",
    )
    base_url = fields.Char(
        "Address", help="Only for an address of your own, for example a test server."
    )
    secrets_from = fields.Selection(
        [("database", "This database"), ("server", "The configuration of the server")],
        string="Secrets kept in",
        required=True,
        default="database",
        help="On the server: in its environment, or in the configuration file of Odoo with the same "
        "names in lower case. What the server does not have is kept in this database.",
    )
    server_set = fields.Char(
        "Name on the server",
        copy=False,
        groups="base.group_system",
        help="Each connection has a set of its own. Of the set JANSSENS the server keeps "
        "CODABOX_JANSSENS_SOFTWARE_KEY, CODABOX_JANSSENS_USERNAME, CODABOX_JANSSENS_PASSWORD, and in "
        "CODABOX_JANSSENS_DATABASE the name of the only database that may use it. Without a name: "
        "CODABOX_SOFTWARE_KEY and so on. A software key of no set serves all connections.",
    )
    software_key = secret_field(
        "software_key",
        "Software key",
        groups="base.group_system",
        help="The key that CodaBox gave to the maker of the software; api@codabox.com gives it.",
    )
    username = secret_field("username", groups="base.group_system")
    password = secret_field("password", groups="base.group_system")
    state = fields.Selection(
        [
            ("draft", "Not connected"),
            ("connected", "Connected"),
            ("broken", "Needs attention"),
            ("disconnected", "Disconnected"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    connected_at = fields.Datetime("Connected since", readonly=True, copy=False)
    pod_id = fields.Integer(readonly=True, copy=False, help="Number of this connection at CodaBox.")
    fetch_delay = fields.Integer(
        "Shortest time between fetches (s)",
        default=7200,
        readonly=True,
        copy=False,
        help="Seconds, as CodaBox asks.",
    )
    allowed_formats = fields.Json(readonly=True, copy=False)
    allowed_formats_text = fields.Text("Formats", compute="_compute_allowed_formats_text")
    fetch_automatically = fields.Boolean("Fetch every night", copy=False)
    fetch_time = fields.Float("At", default=8.25, help="Local time of the company.")
    last_fetch = fields.Datetime("Last fetch", readonly=True, copy=False)
    next_fetch = fields.Datetime("Next fetch", readonly=True, copy=False, index=True)
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        help="Gets the to-dos of this connection.",
    )
    feed_ids = fields.One2many("codabox.feed", "connection_id", "Clients")
    feed_count = fields.Integer(compute="_compute_counts")
    todo_count = fields.Integer("To do", compute="_compute_counts")
    hidden_feed_count = fields.Integer(
        compute="_compute_hidden_feed_count",
        help="Clients of companies that you may not enter: not shown here.",
    )

    _fetch_time_of_day = models.Constraint(
        "CHECK(fetch_time >= 0 AND fetch_time < 24)",
        "The time of the fetch lies between 00:00 and 23:59.",
    )

    # -------------------------------------------------------------------------
    # Compute
    # -------------------------------------------------------------------------

    @api.depends("allowed_formats")
    def _compute_allowed_formats_text(self):
        kinds = dict(self.env["codabox.document"]._fields["kind"]._description_selection(self.env))
        for connection in self:
            connection.allowed_formats_text = "\n".join(
                f"{kinds.get(model, model)}: {', '.join(formats)}"
                for model, formats in sorted((connection.allowed_formats or {}).items())
            )

    def _compute_counts(self):
        feeds = dict(
            self.env["codabox.feed"]._read_group(
                [("connection_id", "in", self.ids)], ["connection_id"], ["__count"]
            )
        )
        todo = dict(
            self.env["codabox.document"]._read_group(
                Domain("connection_id", "in", self.ids)
                & self.env["codabox.document"]._open_domain(),
                ["connection_id"],
                ["__count"],
            )
        )
        for connection in self:
            connection.feed_count = feeds.get(connection, 0)
            connection.todo_count = todo.get(connection, 0)

    @api.depends("feed_ids.company_id")
    @api.depends_context("uid")
    def _compute_hidden_feed_count(self):
        hidden = dict(
            self.env["codabox.feed"]
            .sudo()
            ._read_group(
                [
                    ("connection_id", "in", self.ids),
                    ("company_id", "!=", False),
                    ("company_id", "not in", self.env.user.company_ids.ids),
                ],
                ["connection_id"],
                ["__count"],
            )
        )
        for connection in self:
            connection.hidden_feed_count = hidden.get(connection, 0)

    @api.constrains("environment", "base_url")
    def _check_base_url(self):
        for connection in self.filtered(lambda c: c.environment == "custom"):
            parts = urlsplit(connection.base_url or "")
            if not parts.hostname or not (
                parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
            ):
                raise ValidationError(
                    explain(self.env, "base_url", {"url": connection.base_url or ""})
                )
            if not is_listed(connection.base_url):
                raise ValidationError(explain(self.env, "address_not_listed"))

    @api.constrains("secrets_from", "server_set")
    def _check_server_set(self):
        """Two connections with one user at CodaBox would fetch the same documents."""
        on_server = self.with_context(active_test=False).sudo().search(
            [("secrets_from", "=", "server")]
        )  # fmt: skip
        for connection in self.sudo() & on_server:
            name = connection.server_set or ""
            if not re.fullmatch(r"\w*", name, re.ASCII):
                raise ValidationError(
                    self.env._("The name on the server has letters, digits and “_” only.")
                )
            others = on_server - connection
            if name.upper() in [(other.server_set or "").upper() for other in others]:
                raise ValidationError(
                    self.env._("Another connection uses this set of the server: give each its own.")
                )

    # -------------------------------------------------------------------------
    # State, and who is told
    # -------------------------------------------------------------------------

    def _mark_broken(self, error):
        """CodaBox refuses the credentials: stop asking and tell the responsible once."""
        self.ensure_one()
        self.write({"state": "broken", "next_fetch": False, **self._reason_vals_of(error)})
        self._codabox_activity("mail_activity_type_connection", self._responsible())

    def _mark_working(self):
        """CodaBox accepts the credentials (again)."""
        self.ensure_one()
        if self.state != "connected" or self.reason_code:
            self.write({"state": "connected", **self._reason_vals()})
        self.activity_feedback(["account_codabox.mail_activity_type_connection"])

    def _codabox_activity(self, xml_id, user):
        """Plan one activity of a type on this record, unless it is open already."""
        xml_id = f"account_codabox.{xml_id}"
        if self.activity_search([xml_id]):
            return
        note = self.with_context(lang=user.lang).reason
        self.activity_schedule(xml_id, user_id=user.id, note=note)

    def _responsible(self):
        """Return the user who gets the to-dos of this connection."""
        self.ensure_one()
        return self.user_id or self.env.ref("base.user_admin")

    def _notify(self, message, kind, *, sticky=False, buttons=None, reload=True):
        """Return the client action that tells the user something and reloads the view.

        :param buttons: (label, action) of what is opened in place, see ``static/src/notify``.
        """
        params = {"message": message, "type": kind, "sticky": sticky, "title": "CodaBox"}
        if reload:
            params["next"] = {"type": "ir.actions.client", "tag": "soft_reload"}
        tag = "display_notification"
        if buttons:
            tag = "codabox_notify"
            params["buttons"] = [{"label": label, "action": action} for label, action in buttons]
        return {"type": "ir.actions.client", "tag": tag, "params": params}

    def _offered_kinds(self):
        """Return the kinds of document that CodaBox gives this connection."""
        documents = self.env["codabox.document"]
        kinds = [documents._kind_of_model(model) for model in self.allowed_formats or {}]
        return [kind for kind in dict.fromkeys(kinds) if kind != "other"]

    def _timezone(self):
        """Return the time zone in which "every night at" is meant."""
        self.ensure_one()
        return pytz.timezone(self.company_id.partner_id.tz or "Europe/Brussels")
