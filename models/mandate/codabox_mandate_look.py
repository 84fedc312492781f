import logging
from datetime import timedelta

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError

from .codabox_mandate_portal import WAITING

_logger = logging.getLogger(__name__)

# Whoever has the link may press again and again; CodaBox is asked this often at most.
LOOK_AGAIN = timedelta(seconds=30)


class CodaboxMandate(models.Model):
    """The client signed, and has his page open: whether CodaBox knows it is asked for him."""

    _inherit = "codabox.mandate"

    looked_on = fields.Datetime(
        "Looked for the client", readonly=True, copy=False, groups=fields.NO_ACCESS
    )

    def _portal_can_look(self):
        """Return whether it may have been signed since CodaBox was asked."""
        self.ensure_one()
        return bool(self.state in WAITING and self.remote_id and self._portal_signing_url())

    def _portal_look(self):
        """Ask CodaBox how this mandate stands. Commits.

        What goes wrong is not for the client to read: his page stays as it was, and the night looks.
        """
        mandate = self.with_user(SUPERUSER_ID)
        now = fields.Datetime.now()
        asked = mandate.looked_on and now - mandate.looked_on < LOOK_AGAIN
        if asked or not mandate._portal_can_look() or not mandate.try_lock_for_update():
            return
        mandate.looked_on = now
        self.env["ir.cron"]._commit_progress()  # two pages at once ask once
        try:
            mandate.connection_id._refresh_mandates({mandate.client_ref})
        except UserError as error:
            _logger.info("Mandate %s: CodaBox was not asked for the client: %s", self.id, error)
