from io import BytesIO

from odoo import models
from odoo.tools.pdf import OdooPdfFileReader

from ...codabox import FormatError, cii_as_ubl, parse_ubl

# Other files in a PDF are larger, and no invoice.
MAX_BYTES = 20 * 1024 * 1024


class CodaboxDocument(models.Model):
    """A PDF that came alone and has the electronic invoice inside: Factur-X, ZUGFeRD or UBL."""

    _inherit = "codabox.document"

    def _invoice_content(self):
        # EXTENDS account_codabox
        content = super()._invoice_content()
        if content is not None or self.kind != "purchase_invoice" or self.uses_pdf:
            return content
        pdf = self.pdf_file_id
        files = _embedded_files(pdf._raw()) if pdf and pdf.state == "here" else []
        return next(filter(None, map(_as_ubl, files)), None)

    def _complete_invoice(self, move, parsed):
        # EXTENDS account_codabox
        result = super()._complete_invoice(move, parsed)
        if self._readable_file().format == "pdf":
            move._codabox_flag("read_from_pdf", blocking=False)
        return result


def _embedded_files(content):
    """Return what is embedded in a PDF, nothing of one that cannot be read."""
    try:
        reader = OdooPdfFileReader(BytesIO(content), strict=False)
        return [file for _name, file in reader.getAttachments() if len(file) <= MAX_BYTES]
    except Exception:  # noqa: BLE001 - whatever its reader makes of a broken PDF, a person sees it
        return []


def _as_ubl(content):
    """Return a file as UBL, ``None`` when it is no invoice that can be read."""
    for as_ubl in (bytes, cii_as_ubl):
        try:
            found = as_ubl(content)
            parse_ubl(found)
        except FormatError:
            continue
        return found
    return None
