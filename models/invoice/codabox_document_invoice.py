from odoo import fields, models

from ...codabox import FormatError, NotRecognised, parse_ubl

# Kinds of documents that become an invoice of Odoo.
INVOICE_KINDS = ("purchase_invoice", "sales_invoice", "expense")


class CodaboxDocument(models.Model):
    """Invoices of every kind: from a UBL file, or a PDF alone, to a draft in the books.

    One frame; what differs between the kinds are its ``_invoice_...`` methods, which say what is
    so for a purchase invoice unless the kind has its own answer.
    """

    _inherit = "codabox.document"

    invoice_id = fields.Many2one(
        "account.move",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="What this document became, or of what it is a copy.",
    )

    def _import_purchase_invoice(self):
        """Make a draft bill or refund of this document, or say what stands in the way."""
        return self._import_invoice()

    def _import_invoice(self):
        """Check everything first; only then is anything made."""
        self.ensure_one()
        content = self._invoice_content()
        if content is None:
            return self._import_invoice_pdf()
        try:
            parsed = parse_ubl(content)
        except FormatError as error:
            code = "not_ubl" if isinstance(error, NotRecognised) else "broken_invoice"
            facts = self._reason_vals_of(error)["reason_facts"] or {}
            return self._set_state("failed", code, **facts, problem=error.code)
        self._describe_invoice(parsed)
        if self._is_before_book_from():
            return None
        partner, problem = self._invoice_partner(parsed)
        problem = (
            self._find_wrong_addressee(parsed)
            or self._find_unusable(parsed)
            or problem
            or self._find_known_invoice(parsed, partner)
        )
        if problem:
            return self._set_state(problem.pop("state", "waiting"), problem.pop("code"), **problem)
        return self._book_invoice(parsed, partner)

    def _describe_invoice(self, parsed):
        """Give the document a title and a date from what stands in it.

        :param Invoice parsed: what the file says.
        """
        title = " ".join(filter(None, [parsed.number, self._invoice_party(parsed).name]))
        self.write({"name": title or self.name, "document_date": parsed.issue_date})

    # -------------------------------------------------------------------------
    # What a kind is
    # -------------------------------------------------------------------------

    def _invoice_party(self, parsed):
        """Return the other party: the supplier of a purchase, the customer of a sale.

        :param Invoice parsed: what the file says.
        :rtype: Party
        """
        return parsed.supplier

    def _invoice_self(self, parsed):
        """Return the party that is to be the company itself.

        :param Invoice parsed: what the file says.
        :rtype: Party
        """
        return parsed.customer

    def _invoice_move_type(self, parsed):
        """Return the type of the entry, for a file or, without one, for a PDF.

        :param parsed: what the file says, or ``None``.
        :rtype: str
        """
        return "in_refund" if parsed and parsed.is_credit else "in_invoice"

    def _invoice_journal_type(self):
        """Return the type of the journals that this kind may be booked in."""
        return "purchase"

    def _invoice_journal(self):
        """Return the journal to book in, empty when there is none."""
        return self.invoice_journal_id or self.company_id._codabox_purchase_journal()

    # -------------------------------------------------------------------------
    # Files
    # -------------------------------------------------------------------------

    def _parse_invoice(self):
        """Return what the file of this document says, ``None`` for a PDF alone or a broken file.

        :rtype: Invoice or None
        """
        content = self._invoice_content()
        try:
            return None if content is None else parse_ubl(content)
        except FormatError:
            return None

    def _invoice_content(self):
        """Return the UBL of this document, ``None`` for a PDF alone.

        :rtype: bytes | None
        """
        file = self._readable_file()
        return None if not file or file.format == "pdf" else file._raw()
