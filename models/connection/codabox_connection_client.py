from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...codabox import (
    PRODUCTION_URL,
    SANDBOX_URL,
    CodaboxError,
    Credentials,
    LiveClient,
    ProvisionalClient,
    check_live,
    live_heading,
)
from ...reasons import explain
from .codabox_connection import LOOPBACK
from .server_settings import PREFIX, is_listed, secret_name, server_value, serves


class CannotCall(UserError):
    """CodaBox is not even asked; has the code and facts of why, as an error of CodaBox has."""

    def __init__(self, env, code, **details):
        super().__init__(explain(env, code, details))
        self.code = code
        self.details = details


class CodaboxConnection(models.Model):
    """How a connection talks to CodaBox: the one place that makes a client, and the secrets."""

    _inherit = "codabox.connection"

    # -------------------------------------------------------------------------
    # Client
    # -------------------------------------------------------------------------

    def _codabox_url(self):
        """Return the address of the API for this connection."""
        self.ensure_one()
        urls = {"production": PRODUCTION_URL, "sandbox": SANDBOX_URL, "custom": self.base_url or ""}
        return urls[self.environment]

    def _codabox_secret(self, name):
        """Return one secret, from where this connection keeps its secrets.

        What the server does not have is looked for in the database: one software key may serve a
        whole server, while user and password come with the token of each connection.

        :param str name: ``software_key``, ``username`` or ``password``.
        :rtype: str
        """
        self.ensure_one()
        return self._server_secret(name) or self.sudo()[name] or ""

    def _server_secret(self, name):
        """Return one secret that the server holds for this connection, else ``""``."""
        if self.secrets_from != "server":
            return ""
        set_name = self.sudo().server_set or ""
        value = ""
        if serves(set_name, self.env.cr.dbname):
            value = server_value(secret_name(set_name, name))
        # A key of the software alone opens nothing, so it may serve the whole server.
        return value or (server_value("SOFTWARE_KEY") if name == "software_key" else "")

    def _codabox_client(self, *, anonymous=False, kind=ProvisionalClient):
        """Return a client of CodaBox for this connection; the only place that makes one.

        :param bool anonymous: without user and password, to exchange a token.
        :param type kind: of client, a ``ProvisionalClient``.
        :return: a client, to be used as context manager.
        :rtype: ProvisionalClient
        :raise CannotCall: when this database may not talk to CodaBox, or is not connected yet.
        """
        self.ensure_one()
        self._check_not_neutralized()
        self._check_listed()
        credentials = None
        if not anonymous:
            username, password = self._codabox_secret("username"), self._codabox_secret("password")
            if not username or not password:
                raise self._no_user()
            credentials = Credentials(username, password)
        return kind.open(self._codabox_url(), self._codabox_secret("software_key"), credentials)

    def _no_user(self):
        """Return the error that says where a user and password are missing."""
        if self.secrets_from != "server":
            return CannotCall(self.env, "not_connected")
        return CannotCall(self.env, "server_has_no_user", **self._server_names())

    def _server_names(self):
        """Return how the settings of this connection are called on the server."""
        set_name = self.sudo().server_set or ""
        return {
            name: PREFIX + secret_name(set_name, name)
            for name in ("username", "password", "database")
        }

    def _check_listed(self):
        """Refuse an address that is not CodaBox's, unless the server allows it.

        Who manages this database could else have the secrets of the server sent to himself, or
        look around behind its firewall.
        """
        if self.environment == "custom" and not is_listed(self._codabox_url()):
            raise CannotCall(self.env, "address_not_listed")

    def _check_not_neutralized(self):
        """Refuse to talk to the real CodaBox from a copy of a database.

        ``neutralize.sql`` empties the secrets; secrets kept on the server survive a copy, hence
        this second lock. A test server on this machine stays allowed.
        """
        neutralized = self.env["ir.config_parameter"].sudo().get_param("database.is_neutralized")
        if neutralized and urlsplit(self._codabox_url()).hostname not in LOOPBACK:
            raise CannotCall(self.env, "neutralized")

    # -------------------------------------------------------------------------
    # Connect, test, disconnect
    # -------------------------------------------------------------------------

    def _exchange_token(self, token):
        """Exchange the one-time token and keep user and password for good.

        The pair cannot be asked twice: it is committed before anybody is told.

        :param str token: the token that CodaBox mailed.
        :raise UserError: when CodaBox refuses the token.
        """
        self.ensure_one()
        self._require_administrator()
        if self._server_secret("username") or self._server_secret("password"):
            raise UserError(explain(self.env, "server_has_user", self._server_names()))
        # Written and flushed before the call: what can fail here fails before the token is used.
        self.sudo().write({"username": False, "password": False})
        self.env.flush_all()
        try:
            with self._codabox_client(anonymous=True) as client:
                credentials = client.get_credentials(token.strip())
        except CodaboxError as error:
            raise UserError(explain(self.env, _token_code(error), error.details)) from error
        self.sudo().write(
            {
                "username": credentials.username,
                "password": credentials.password,
                "state": "connected",
                "connected_at": fields.Datetime.now(),
                **self._reason_vals(),
            }
        )
        # The token is used up at CodaBox: losing the pair in a later rollback would lock us out.
        self.env["ir.cron"]._commit_progress()

    def action_test(self):
        """Ask CodaBox what this connection sees and tell the user."""
        self.ensure_one()
        self._require_administrator()
        self.check_access("read")
        pod, clients = self._call_or_break(
            lambda client: (client.pod(), self._read_clients(client))
        )
        self.sudo()._mark_working()
        self._apply_pod(pod, clients)
        self._call_or_break(self.sudo()._check_functions)
        return self._notify(
            self.env._("CodaBox answers. Clients seen: %s.", len(pod.clients)), "success"
        )

    def action_disconnect(self):
        """Forget user and password; what was received stays."""
        self._require_administrator()
        self.check_access("read")
        self.sudo().write(
            {
                "username": False,
                "password": False,
                "state": "disconnected",
                "fetch_automatically": False,
                "next_fetch": False,
                **self._reason_vals("disconnected", user=self.env.user.name),
            }
        )

    def action_check_in_detail(self):
        """Try every documented call without changing anything; the report is a file to mail.

        It shows statuses and names of fields: no secret, and nothing of a client.
        """
        self.ensure_one()
        self._require_administrator()
        try:
            with self._codabox_client(kind=LiveClient) as client:
                lines = [str(finding) for finding in check_live(client)]
        except CodaboxError as error:
            raise UserError(explain(self.env, error.code, error.details)) from error
        heading = live_heading(self._codabox_url())
        report = self.env["ir.attachment"].create(
            {
                "name": "codabox-live.txt",
                "raw": "\n".join([heading, *lines, ""]).encode(),
                "mimetype": "text/plain",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{report.id}?download=true",
            "target": "download",
        }

    def action_connect(self):
        """Open the wizard that connects, or connects again."""
        self.ensure_one()
        self._require_administrator()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Connect to CodaBox"),
            "res_model": "codabox.connect",
            "view_mode": "form",
            "target": "new",
            "context": {"default_connection_id": self.id},
        }

    def action_ask_access(self):
        """Prepare the mail that asks CodaBox for access to its API."""
        self.ensure_one()
        self._require_administrator()
        self.check_access("read")
        template = self.env.ref("account_codabox.mail_template_ask_access")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask CodaBox for access"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": template.id,
                "default_composition_mode": "comment",
                "force_email": True,
            },
        }

    @api.model
    def _is_refused_as_a_whole(self, error):
        """Return whether an answer refuses the credentials, and not one call only.

        Without the right to read what it sees (API 5.1) a connection can do nothing.

        :param CodaboxError error: what was raised.
        """
        path = str(error.details.get("path") or "")
        return error.code == "unauthorized" or (
            error.code == "forbidden" and path.endswith("/pod-client/")
        )

    @api.model
    def _token_words(self, error):
        """Return the sentence that says why no token could be asked.

        :param CodaboxError error: what was raised.
        """
        code = _token_code(error)
        return explain(self.env, error.code if code == "token_refused" else code, error.details)

    def _call_or_break(self, call):
        """Run ``call(client)`` for a user who waits; a refused connection is marked broken.

        :raise UserError: with the sentence of the error.
        """
        try:
            with self._codabox_client() as client:
                return call(client)
        except CodaboxError as error:
            if self._is_refused_as_a_whole(error):
                self.sudo()._mark_broken(error)
                self.env["ir.cron"]._commit_progress()
            raise UserError(explain(self.env, error.code, error.details)) from error


def _token_code(error):
    """Return the code that says why no token could be asked or exchanged.

    These calls need the software key and nothing else. Where there is no such call, CodaBox does
    not say so in words: the address is another's.
    """
    if error.code == "forbidden":
        return "wrong_key"
    if error.code in ("not_found", "not_offered") and not error.details.get("detail"):
        return "wrong_address"
    return "token_refused" if error.code in ("not_found", "rejected") else error.code
