import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...codabox import CodaboxError, Forbidden, NotFound, NotOffered, bank_rule

_logger = logging.getLogger(__name__)


class CodaboxMandate(models.Model):
    """The document to sign: it comes with the order, else later, by a person or by the night."""

    _inherit = "codabox.mandate"

    has_no_pdf = fields.Boolean(
        "No document at CodaBox",
        readonly=True,
        copy=False,
        help="CodaBox was asked, in this state of the mandate.",
    )
    can_get_pdf = fields.Boolean(compute="_compute_can_get_pdf")

    @api.depends("service", "state", "remote_id", "pdf")
    def _compute_can_get_pdf(self):
        # Only whether there is one: the document itself is not read for that.
        to_sign = self.with_context(bin_size=True)._to_sign()
        missing = to_sign.filtered(lambda m: m.remote_id and not m.pdf)
        for mandate in self:
            mandate.can_get_pdf = mandate in missing

    def write(self, vals):
        if "state" in vals:
            vals = {**vals, "has_no_pdf": False}  # with the state a document may come
        return super().write(vals)

    def action_get_pdf(self):
        """Ask CodaBox for the documents to sign that are not here.

        :raise AccessError: for a user who is no accountant or may not read them.
        :raise UserError: when there is nothing to ask for, or CodaBox cannot be reached.
        """
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")
        mandates = self.sudo().filtered("can_get_pdf")
        if not mandates:
            raise UserError(
                self.env._("Nothing to ask for: the PDF is here, or these mandates need none now.")
            )
        for connection, group in mandates.grouped("connection_id").items():
            connection._require_function("pdf")
            connection._call_or_break(group._get_pdfs)
        return self.env["codabox.connection"]._notify(*mandates._told_of_pdfs())

    def _told_of_pdfs(self):
        """Return in words what came, and the kind of the notification."""
        missing = self.filtered("has_no_pdf")
        if not missing:
            return self.env._("PDFs received: %s.", len(self)), "success"
        text = self.env._(
            "PDFs received: %(count)s. CodaBox has none for: %(mandates)s.",
            count=len(self - missing),
            mandates=", ".join(missing.mapped("display_name")),
        )
        return text, "warning"

    def _get_pdfs(self, client):
        """Fetch and keep the documents of these mandates.

        :param ProvisionalClient client: an open client of their connection.
        :raise CodaboxError: CodaBox did not answer as it should; what came before is kept.
        """
        for mandate in self:
            try:
                content = client.coda_mandate_pdf(mandate.remote_id).content
            except NotFound:
                mandate.has_no_pdf = True
            except (Forbidden, NotOffered) as error:
                mandate.connection_id._note_function("pdf", error)
                raise
            else:
                mandate.connection_id._note_function("pdf")
                mandate._keep_pdfs({mandate.remote_id: content})

    def _lacking_pdf(self):
        """Return those whose document failed to come and may exist."""
        lacking = self.filtered(lambda m: m.can_get_pdf and not m.has_no_pdf)
        return lacking.filtered(lambda m: not m.connection_id._is_lacking("pdf"))

    def _ask_missing_pdfs(self, client):
        """Ask for the documents of these mandates in the night run of their client.

        A document that does not come tonight either stops nothing: the mandate says so.
        """
        try:
            self._get_pdfs(client)
        except CodaboxError as error:
            _logger.info("CodaBox mandates %s: no PDF: %s", self.ids, error)

    def _keep_pdfs(self, files):
        """Keep documents with their mandates; those that have one keep it.

        :param dict files: identifier of a mandate -> bytes.
        """
        without = self.with_context(bin_size=True).filtered(
            lambda m: m.remote_id in files and not m.pdf
        )
        # As the field itself stores its file, for all of them at once.
        self.env["ir.attachment"].create(
            [
                {
                    "name": "pdf",
                    "res_model": self._name,
                    "res_field": "pdf",
                    "res_id": mandate.id,
                    "type": "binary",
                    "raw": files[mandate.remote_id],
                }
                for mandate in without
            ]
        )
        self.browse(without.ids).invalidate_recordset(["pdf"])

    def _is_pdf_late(self):
        """Say whether a document may still come, where none is here."""
        rule = bank_rule(self.bank_bic)
        return bool(self._lacking_pdf()) and (not rule or rule.has_pdf)
