import logging

from odoo import models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Domain

from ...codabox import FormatError
from ..common.contained import is_concurrent
from ..common.overtaken import is_overtaken

_logger = logging.getLogger(__name__)

# Codes of the formats under which the user reads another sentence; "truncated" alone would say
# that the download was cut, but the file itself is.
FORMAT_CODES = {"not_coda": "not_recognised", "truncated": "broken_content"}


class CodaboxDocument(models.Model):
    """From a received document to the books: one frame for all kinds.

    An importer of a kind is a method ``_import_<kind>`` that books and sets the state. It may
    raise ``FormatError``: then the content is broken. Whatever it raises, what it booked is gone
    and the document says why.
    """

    _inherit = "codabox.document"

    def _process(self):
        """Book these documents, each in a savepoint of its own; never raises for their content."""
        for document in self:
            try:
                with self.env.cr.savepoint():
                    document._book()
            except FormatError as error:
                code = FORMAT_CODES.get(error.code, error.code)
                document._set_state(
                    "failed", code, **document._reason_vals_of(error)["reason_facts"] or {}
                )
            except UserError as error:
                _logger.info("CodaBox document %s: not booked: %s", document.id, error)
                document._set_state("failed", "unexpected", error=str(error))
            except Exception as error:
                if is_concurrent(error):
                    raise  # the transaction is gone: only the caller can begin another one
                if is_overtaken(self.env.cr, error):
                    raise ConcurrencyError("somebody else books the same at this moment") from error
                _logger.exception("CodaBox document %s: not booked", document.id)
                document._set_state("failed", "unexpected", error=document._words_of(error))

    def _words_of(self, error):
        """Return what a person reads of an error that nobody foresaw.

        :param Exception error: what booking this document raised.
        :rtype: str
        """
        return repr(error)

    def _book(self):
        """Book one document, or say what stands in the way."""
        self.ensure_one()
        if not self.company_id:
            return self._set_state("waiting", "no_company", client=self.feed_id.name)
        if not self.company_id.active:
            return self._set_state("waiting", "company_archived", company=self.company_id.name)
        original = self._find_original()
        if original:
            self.duplicate_of_id = original
            return self._set_state("duplicate", "same_statement", original=original.display_name)
        if self.kind == "other":
            return self._set_state("stored", "unknown_kind", model=self.document_model)
        if self._is_before_book_from():
            return None
        # No other company is ticked: in a journal of its parent, Odoo takes the first of the ticked
        # ones for the company of an entry.
        document = self.with_context(allowed_company_ids=self.company_id.ids)
        importer = getattr(document, f"_import_{self.kind}", None)
        if importer is None:
            return self._set_state("stored", "kind_not_booked")
        if not self._readable_file():
            formats = ", ".join(self.file_ids.mapped("format"))
            return self._set_state("stored", "no_readable_format", formats=formats)
        return importer()

    def _hold_foreign(self, number):
        """Keep a document for a person because it names another enterprise than its company.

        :param str number: the enterprise number in the document.
        """
        return self._set_state(
            "waiting",
            "foreign_enterprise",
            found=number,
            company=self.company_id.name,
            expected=self.company_id._codabox_enterprise_number(),
        )

    def _find_original(self):
        """Return the first document of this company with the same readable file, byte for byte.

        Whatever brought it: a delivery, a redelivery or an upload.
        """
        file = self._readable_file()
        if not file or self.released:
            return self.browse()
        files = self.env["codabox.document.file"].search(
            Domain("sha256", "=", file.sha256)
            & Domain("format", "=", file.format)
            & Domain("document_id", "<", self.id)
            & Domain("document_id", "any", self._original_domain()),
            order="document_id",
            limit=1,
        )
        return files.document_id

    def _original_domain(self):
        """Return the domain of the documents of which this one may be a copy."""
        return [
            ("company_id", "=", self.company_id.id),
            ("kind", "=", self.kind),
            ("state", "not in", ("duplicate", "discarded")),
        ]

    def _is_before_book_from(self):
        """Keep a document of a period that is not ours to book, unless a person released it."""
        if not self.feed_id:
            return False  # who uploads a file by hand wants it booked
        line = self.env["codabox.feed.kind"]._ensure(self.feed_id, self.kind)
        if self.released or not line.book_from or not self.document_date:
            return False
        if self.document_date >= line.book_from:
            return False
        self._set_state(
            "stored",
            "before_book_from",
            date=str(self.document_date),
            book_from=str(line.book_from),
        )
        return True
