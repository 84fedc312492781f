from odoo import models
from odoo.fields import Domain

from ...codabox import grouped_iban
from .dossier import Kept, pack


class CodaboxFeed(models.Model):
    """What is handed over of a client: to himself, or to the office that keeps his books next.

    Only what the user may read himself is in it, payroll and files with wages too; what is not in
    it stands in the index as a document without files.
    """

    _inherit = "codabox.feed"

    def _dossier_documents(self, first, last):
        """Return the documents that belong in the dossier of this client for a period, by kind and day.

        What bears no date belongs in each.

        :param datetime.date first: of the period; ``False`` for from the beginning.
        :param datetime.date last: of the period; ``False`` for all that came since.
        :rtype: codabox.document
        """
        self.ensure_one()
        domain = Domain("feed_id", "=", self.id)
        if self.company_id:
            uploaded = Domain("feed_id", "=", False) & Domain("company_id", "=", self.company_id.id)
            domain |= uploaded
        undated = Domain("document_date", "=", False)
        if first:
            domain &= undated | Domain("document_date", ">=", first)
        if last:
            domain &= undated | Domain("document_date", "<=", last)
        return self.env["codabox.document"].search(domain, order="kind, document_date, id")

    def _dossier_files(self, documents):
        """Return the files of these documents that the user may read.

        :param codabox.document documents: of this client.
        """
        domain = [("document_id", "in", documents.ids), ("state", "=", "here")]
        return self.env["codabox.document.file"].search(domain)

    def _pack_dossier(self, first, last):
        """Return the dossier of a period as a zip.

        :rtype: bytes
        """
        documents = self._dossier_documents(first, last)
        files = self._dossier_files(documents)
        sheets = self._dossier_sheets(documents - files.document_id)
        return pack(self._dossier_kept(files), sheets, self.env._("Index of %s", self.name))

    def _dossier_sheets(self, without):
        """Return the sheets of the index: headings, and the rows of what has no file in the zip.

        :param codabox.document without: documents of which nothing can be handed over by this user.
        :rtype: dict[str, list[tuple]]
        """
        mandates = self.env["codabox.mandate"].search([("feed_id", "=", self.id)])
        return {
            self.env._("Documents"): [
                (
                    self.env._("Kind"),
                    self.env._("Date"),
                    self.env._("Document"),
                    self.env._("State"),
                    "SHA-256",
                    self.env._("File"),
                ),
                *((*row, "", "") for row in without._dossier_rows()),
            ],
            self.env._("Mandates"): [
                (
                    self.env._("Service"),
                    self.env._("Bank or secretariat"),
                    self.env._("Account"),
                    self.env._("State"),
                    self.env._("State since"),
                ),
                *(row for mandate in mandates for row in mandate._dossier_rows()),
            ],
        }

    def _dossier_kept(self, files):
        for document, own in files.grouped("document_id").items():
            [row] = document._dossier_rows()
            for file in own:
                yield Kept(
                    row[0], document.document_date or None, file.name, file.id,
                    (*row, file.sha256 or ""), file._raw,
                )  # fmt: skip
            # Bytes that were written are not kept in memory as well.
            own.sudo().invalidate_recordset(["content"])


class CodaboxDocument(models.Model):
    _inherit = "codabox.document"

    def _dossier_rows(self):
        """Return what the index says of each of these: kind, date, name, state.

        :rtype: list[tuple]
        """
        return [
            (
                _shown(document, "kind"),
                document.document_date.isoformat() if document.document_date else "",
                document.name or "",
                _shown(document, "state"),
            )
            for document in self
        ]


class CodaboxMandate(models.Model):
    _inherit = "codabox.mandate"

    def _dossier_rows(self):
        """Return what the index says of this mandate, one row per account.

        :rtype: list[tuple]
        """
        self.ensure_one()
        since = self.state_date.date().isoformat() if self.state_date else ""
        return [
            (
                _shown(self, "service"), self.provider_name or "", grouped_iban(iban),
                _shown(self, "state"), since,
            )
            for iban in self.account_ids.mapped("iban") or [""]
        ]  # fmt: skip


def _shown(record, name):
    """Return the value of a selection as the reader knows it."""
    options = dict(record._fields[name]._description_selection(record.env))
    return options.get(record[name], "")
