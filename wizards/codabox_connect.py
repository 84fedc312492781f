from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..codabox import CodaboxError
from ..models.connection.codabox_secret import secret_field

# More clients than this are no lines in a dialog: they have a list with pages and a search.
LINES = 40


class CodaboxConnect(models.TransientModel):
    """Connect in three steps: who you are, the token, which client is which company.

    Nothing is fetched before the last button; the lists of waiting documents are only looked at.
    """

    _name = "codabox.connect"
    _inherit = ["codabox.dialog.mixin", "codabox.secret.mixin"]
    _description = "Connect to CodaBox"

    step = fields.Selection(
        [("who", "1. Who are you?"), ("token", "2. Token"), ("clients", "3. What we see")],
        required=True,
        default="who",
    )
    connection_id = fields.Many2one("codabox.connection")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    role = fields.Selection(
        [("office", "Accounting office"), ("company", "Company")], required=True, default="office"
    )
    environment = fields.Selection(
        [("production", "Production"), ("sandbox", "CodaBox sandbox"), ("custom", "Own address")],
        required=True,
        default="production",
    )
    base_url = fields.Char("Address")
    software_key = secret_field(
        "software_key", "Software key", help="CodaBox gives it with your access to the API."
    )
    enterprise_number = fields.Char(
        "Enterprise number", compute="_compute_enterprise_number", readonly=False, store=True
    )
    token = secret_field("token", "One-time token")
    token_note = fields.Char(readonly=True)
    pod_note = fields.Text(readonly=True)
    is_running = fields.Boolean(related="connection_id.fetch_automatically")
    is_large = fields.Boolean("Many clients", readonly=True)
    look_count = fields.Integer(related="connection_id.look_count")
    look_left_count = fields.Integer(related="connection_id.look_left_count")
    look_failed_count = fields.Integer(related="connection_id.look_failed_count")
    look_text = fields.Char(related="connection_id.look_text")
    confirmed_count = fields.Integer(compute="_compute_clients")
    sure_count = fields.Integer(compute="_compute_clients")
    unsure_count = fields.Integer(compute="_compute_clients")
    confirmed_text = fields.Char(readonly=True)
    proposed_role = fields.Selection(
        [("office", "Accounting office"), ("company", "Company")], compute="_compute_proposed_role"
    )
    line_ids = fields.One2many("codabox.connect.feed", "wizard_id", "Clients")

    @api.depends("company_id")
    def _compute_enterprise_number(self):
        for wizard in self:
            wizard.enterprise_number = wizard.company_id._codabox_enterprise_number()

    @api.depends("connection_id.feed_ids.state")
    def _compute_clients(self):
        for wizard in self:
            feeds = wizard.connection_id.feed_ids
            new = feeds.filtered(lambda f: f.state == "new")
            wizard.confirmed_count = len(feeds.filtered(lambda f: f.state == "active"))
            wizard.sure_count = len(new._sure())
            wizard.unsure_count = len(new) - wizard.sure_count

    @api.depends("connection_id.role", "connection_id.is_showing_clients")
    def _compute_proposed_role(self):
        for wizard in self:
            connection = wizard.connection_id
            wizard.proposed_role = connection and connection._proposed_role()

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        connection = self.env["codabox.connection"].browse(values.get("connection_id"))
        if connection:
            values.update({name: connection[name] for name in ("role", "environment", "base_url")})
            values["company_id"] = connection.company_id.id
        return values

    # -------------------------------------------------------------------------
    # Steps
    # -------------------------------------------------------------------------

    def _reopen(self, step):
        self.step = step
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Connect to CodaBox"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_back(self):
        """Go back to the first step."""
        return self._reopen("who")

    def action_to_token(self):
        """Keep who the user is; make the connection when there is none yet."""
        self.ensure_one()
        values = {"company_id": self.company_id.id, "role": self.role}
        if self.env.user._is_system():
            values |= {"environment": self.environment, "base_url": self.base_url}
        if self.connection_id:
            self.connection_id.write(values)
        else:
            self.connection_id = self.env["codabox.connection"].create(
                {**values, "name": self.company_id.name}
            )
        if self.software_key:
            # The key of CodaBox, not a secret of the server: who connects has it.
            self.connection_id.sudo().software_key = self.software_key
            self.software_key = False  # kept in one place only
        if not self.connection_id._codabox_secret("software_key"):
            raise UserError(
                self.env._(
                    "Fill in the software key. CodaBox gives it to whoever asks for access to its API; "
                    "“Ask for access” prepares that mail."
                )
            )
        return self._reopen("token")

    def action_request_token(self):
        """Ask CodaBox to mail a token to the address it knows for this company."""
        self.ensure_one()
        number = "".join(filter(str.isdigit, self.enterprise_number or ""))
        if len(number) != 10:
            raise UserError(
                self.env._("An enterprise number has ten digits, for example 0123.456.749.")
            )
        try:
            with self.connection_id._codabox_client(anonymous=True) as client:
                address = client.request_access_token(f"BE{number}")
        except CodaboxError as error:
            raise UserError(self.connection_id._token_words(error)) from error
        self.token_note = (
            self.env._(
                "CodaBox mails a token to %s. It can take a day; come back here with it.", address
            )
            if address
            else self.env._(
                "CodaBox mails a token to the address it knows. It can take a day; come back here with it."
            )
        )
        return self._reopen("token")

    def action_connect(self):
        """Exchange the token, then show what the connection sees."""
        self.ensure_one()
        if not (self.token or "").strip():
            raise UserError(self.env._("Paste the one-time token that CodaBox mailed."))
        self.connection_id._exchange_token(self.token)
        self.token = False
        connection = self.connection_id
        connection.action_test()
        return self._show_clients(connection.feed_ids)

    def _show_clients(self, feeds):
        """Show the clients, the company proposed for each and what waits for them."""
        self.ensure_one()
        self.connection_id._look_at(feeds)
        self.pod_note = self.connection_id.allowed_formats_text
        self.is_large = len(feeds) > LINES
        lines = feeds.browse() if self.is_large else feeds
        self.line_ids = [Command.clear()] + [
            Command.create(self._prepare_line(feed)) for feed in lines
        ]
        return self._reopen("clients")

    def _prepare_line(self, feed):
        """Return the values of the line of one client."""
        company = feed.company_id or feed.proposed_company_id
        # A client that is known keeps the day that a person chose.
        chosen = min(filter(None, feed.kind_ids.mapped("book_from")), default=False)
        return {
            "feed_id": feed.id,
            "company_id": company.id,
            "book_from": chosen
            or (company and self.env["codabox.feed.kind"]._propose_book_from(company)),
        }

    def action_take_role(self):
        """Take the role that the answer of CodaBox shows, and find out again what it can do."""
        self.ensure_one()
        self.connection_id.role = self.role = self.proposed_role
        self.connection_id.action_test()
        return self._reopen("clients")

    def action_refresh(self):
        """Show how far the looking is."""
        self.ensure_one()
        return self._reopen("clients")

    def action_confirm_sure(self):
        """Confirm all clients whose company is sure, as many as a person waits for."""
        self.ensure_one()
        feeds = self.connection_id.feed_ids
        done, left = feeds._confirm_sure()
        self.confirmed_text = self.connection_id._confirmed_text(done, left)
        return self._reopen("clients")

    def action_open_clients(self):
        """Open the clients of this connection, with pages and a search."""
        self.ensure_one()
        self.connection_id.check_access("read")
        view = self.env.ref("account_codabox.codabox_feed_view_list_connect")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Which company is each client?"),
            "res_model": "codabox.feed",
            "views": [(view.id, "list"), (False, "form")],
            "domain": [("connection_id", "=", self.connection_id.id), ("state", "!=", "ended")],
            "context": {
                "search_default_to_confirm": 1,
                "codabox_connection_id": self.connection_id.id,
            },
        }

    def action_start(self):
        """Confirm the companies and fetch every night from now on."""
        self.ensure_one()
        for line in self.line_ids.filtered("company_id"):
            line._confirm()
        self.connection_id.fetch_automatically = True
        return self.action_close()

    def action_close(self):
        """Confirm nothing more and go to the connection."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "codabox.connection",
            "res_id": self.connection_id.id,
            "view_mode": "form",
        }


class CodaboxConnectFeed(models.TransientModel):
    """One client on the last step."""

    _name = "codabox.connect.feed"
    _inherit = "codabox.dialog.mixin"
    _description = "Connect to CodaBox: client"

    wizard_id = fields.Many2one("codabox.connect", required=True, ondelete="cascade")
    feed_id = fields.Many2one("codabox.feed", "Client", required=True, readonly=True)
    enterprise_number = fields.Char(related="feed_id.enterprise_number")
    company_id = fields.Many2one("res.company", "Company in Odoo")
    waiting = fields.Integer(related="feed_id.waiting_count")
    oldest = fields.Date(related="feed_id.waiting_from")
    newest = fields.Date(related="feed_id.waiting_to")
    look_note = fields.Char(related="feed_id.look_note")
    look_pending = fields.Boolean(related="feed_id.look_pending")
    book_from = fields.Date(
        "Book from",
        compute="_compute_book_from",
        readonly=False,
        store=True,
        help="Older documents are kept and not booked; they can be released later.",
    )

    @api.depends("company_id")
    def _compute_book_from(self):
        for line in self:
            line.book_from = line.company_id and self.env["codabox.feed.kind"]._propose_book_from(
                line.company_id
            )

    def _confirm(self):
        """Store the company of this client and its first day to book, for every kind."""
        feed = self.feed_id
        feed._confirm_company(self.company_id)
        for kind in feed.connection_id._offered_kinds():
            self.env["codabox.feed.kind"].sudo()._ensure(
                feed.sudo(), kind
            ).book_from = self.book_from
