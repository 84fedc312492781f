from odoo import models
from odoo.exceptions import UserError


class CodaboxMandate(models.Model):
    """What a person may do with a mandate."""

    _inherit = "codabox.mandate"

    def action_refresh(self):
        """Ask CodaBox how these mandates stand now; all that the user may see when none is chosen.

        :raise AccessError: when the user is no accountant.
        :raise UserError: when CodaBox cannot be reached or refuses.
        """
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")
        if not self:
            return self._refresh_connections()
        groups = self.sudo().grouped("connection_id")
        for connection, mandates in groups.items():
            connection._refresh_mandates(set(mandates.mapped("client_ref")))
        return self.env["codabox.connection"]._notify(
            self.env._("CodaBox was asked: this is how the mandates stand now."), "success"
        )

    def _refresh_connections(self):
        """Read the clients of every connection that the user sees."""
        connections = (
            self.env["codabox.connection"]
            .sudo()
            .search(
                [
                    ("company_id", "in", self.env.user.company_ids.ids),
                    ("state", "in", ("connected", "broken")),
                ]
            )
        )
        if not connections:
            raise UserError(self.env._("None of your companies is connected to CodaBox."))
        for connection in connections:
            connection._refresh_mandates()
        return connections._notify(
            self.env._("CodaBox was asked: this is how the mandates stand now."), "success"
        )

    def action_open_signing_page(self):
        """Open the page on which the client signs."""
        self.ensure_one()
        if not self.signing_url:
            raise UserError(self.env._("CodaBox gives no link to sign for this mandate."))
        return {"type": "ir.actions.act_url", "url": self.signing_url, "target": "new"}

    def action_download_pdf(self):
        """Download the PDF to sign."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/pdf/{self.pdf_name}?download=true",
            "target": "download",
        }

    def action_open_client(self):
        """Open the documents of the client of this mandate."""
        return self.feed_id.action_open_documents()
