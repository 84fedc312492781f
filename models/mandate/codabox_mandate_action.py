from odoo import api, fields, models
from odoo.exceptions import UserError

from ...codabox import CodaboxError, archive_coda_once, archive_social_once, bank_rule
from ...reasons import explain

ARCHIVE = {"coda": archive_coda_once, "soda": archive_social_once}


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

    # Stopping a mandate at CodaBox, by a person who says why.

    can_archive = fields.Boolean(compute="_compute_can_archive")

    @api.depends("state", "service", "remote_id")
    def _compute_can_archive(self):
        for mandate in self:
            mandate.can_archive = bool(
                mandate.service in ARCHIVE
                and mandate.remote_id
                and mandate.state not in ("draft", "asked", "archived")
            )

    def action_open_archive(self):
        """Open the wizard that asks why."""
        self._check_archive()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Archive"),
            "res_model": "codabox.mandate.archive",
            "view_mode": "form",
            "target": "new",
            "context": {"default_mandate_ids": [fields.Command.set(self.ids)]},
        }

    def action_order_again(self):
        """Open a new order for what this ended mandate was about.

        :raise AccessError: for a user who is no accountant.
        """
        self.ensure_one()
        return self.partner_id._codabox_open_order(ibans=self.account_ids.mapped("iban"))

    def _check_archive(self):
        """Refuse who may not, and what CodaBox cannot archive.

        :raise AccessError: for a user who may not archive or may not read them.
        :raise UserError: for a mandate that cannot be archived from here.
        """
        self.sudo().connection_id.with_env(self.env)._require_mandate_officer()
        self.check_access("read")
        for connection in self.sudo().connection_id:
            connection._require_function("archive")
        for mandate in self:
            if not mandate.can_archive:
                raise UserError(
                    self.env._(
                        "“%(mandate)s” cannot be archived from here: only mandates for bank statements and payroll that are at CodaBox and not archived yet. Others are stopped on MyCodaBox.",
                        mandate=mandate.display_name,
                    )
                )

    def _goes_on_after_archiving(self):
        """Return what goes on at the banks of these mandates after they are archived.

        :rtype: list[str]
        """
        charged, linked = set(), set()
        for mandate in self.filtered("bank_bic"):
            rule = bank_rule(mandate.bank_bic)
            if rule and rule.fee_after_archiving:
                charged.add(rule.name)
            if rule and rule.activate_in_app:
                linked.add(rule.name)
        warnings = []
        if charged:
            warnings.append(
                self.env._(
                    "%(banks)s: archiving does not stop the fee of the bank. The client must revoke the mandate at the bank.",
                    banks=", ".join(sorted(charged)),
                )
            )
        if linked:
            warnings.append(
                self.env._(
                    "%(banks)s: the client must also unlink CodaBox in the app of the bank.",
                    banks=", ".join(sorted(linked)),
                )
            )
        return warnings

    def _archive_remotely(self, reason):
        """Stop these mandates at CodaBox.

        Each is committed by itself: what CodaBox did must not be forgotten by a later rollback.

        :param str reason: why, in the words of the user; CodaBox gets it too.
        :raise UserError: with the sentence of what CodaBox answered.
        """
        self._check_archive()
        mandates = self.sudo()
        if mandates.try_lock_for_update() != mandates:
            raise UserError(
                self.env._("A run is working on this at the moment. Try again in a minute.")
            )
        for connection, group in mandates.grouped("connection_id").items():
            with connection._codabox_client() as client:
                for mandate in group:
                    mandate._archive_one(client, reason)

    def _archive_one(self, client, reason):
        archive, connection = ARCHIVE[self.service], self.connection_id
        try:
            placed = archive(client, self.client_ref, self.remote_id, reason)
        except CodaboxError as error:
            if not connection._note_function("archive", error):
                raise UserError(explain(self.env, error.code, error.details)) from error
            self.env["ir.cron"]._commit_progress()  # known from now on
            raise UserError(explain(self.env, *connection._function_reason("archive"))) from error
        connection._note_function("archive")
        why = self._reason_vals("mandate_archived_by", user=self.env.user.name, reason=reason)
        self._update_from_client(self._prepare_state(self.service, placed.result) | why)
        self.env["codabox.audit"]._note("archived", self)
        self._follow_up()
        self.env["ir.cron"]._commit_progress()
