import logging

from odoo import models

from ...codabox import Forbidden, NotFound, Rejected
from ..common.contained import each_alone

_logger = logging.getLogger(__name__)


class CodaboxConnection(models.Model):
    """The mandates of the clients of a connection: how they are read, and the one place that
    brings them up to date.
    """

    _inherit = "codabox.connection"

    def _read_clients(self, client):
        """Return the clients with their mandates, where this connection may read them.

        :param CodaboxClient client: an open client.
        :rtype: tuple[Client, ...]
        """
        try:
            clients = client.readable_clients()
        except (Forbidden, NotFound, Rejected) as error:
            # Invoicing software may see no client list: then its own company is the client.
            self._note_function("clients", error)
            return ()
        self._note_function("clients")
        return clients

    def _apply_mandates(self, clients):
        """Bring the mandates of clients up to date: the one place that does.

        What goes wrong with one client never touches another; this connection says what it was.

        :param clients: ``Client`` values as CodaBox lists them.
        """
        self.ensure_one()
        self._keep_fault(
            each_alone(
                self.env,
                _logger,
                tuple(clients),
                self._apply_mandates_of,
                lambda client: f"mandates of client {client.id}",
            )
        )

    def _apply_mandates_of(self, clients):
        mandates = self.env["codabox.mandate"].sudo()
        mandates._apply_clients(self.sudo(), clients)
        mandates._of_clients(self, clients)._follow_up()
        self.env["codabox.feed"].sudo()._apply_client_states(self.sudo(), clients)

    def _refresh_mandates(self, client_refs=()):
        """Read clients again while a user waits, and bring their mandates up to date.

        One call, however many clients: one is read alone, more are read with the whole list.

        :param client_refs: identifiers of clients at CodaBox; nothing: all clients.
        :raise UserError: with the sentence of what CodaBox answered.
        """
        self.ensure_one()
        # What was never seen at CodaBox has no client there: it may be with any of them.
        if len(client_refs) == 1 and all(client_refs):
            (ref,) = client_refs
            clients = (self._call_or_break(lambda client: client.client(ref)),)
        else:
            clients = self._call_or_break(lambda client: client.readable_clients())
        self._apply_mandates(clients)
