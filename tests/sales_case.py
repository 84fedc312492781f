"""What the tests of sales invoices have in common."""

from ..codabox import Party
from .invoice_common import (
    CUSTOMER,
    SUPPLIER,
    InvoiceCase,
    date,
    invoice,
    line,
    pdf,
    replace,
    write_ubl,
)

# The company itself, and its customer.
SELLER, BUYER = CUSTOMER, SUPPLIER
PERSON = Party("Els Peeters", street="Kerkstraat 5", zip="9000", city="Gent", country="BE")
BERLIN = Party("Stahl GmbH", vat="DE811907980", country="DE")
NEW_YORK = Party("Cloud Inc", country="US", street="Broadway 1", zip="10001")

__all__ = [
    "BERLIN",
    "BUYER",
    "NEW_YORK",
    "PERSON",
    "SELLER",
    "SalesCase",
    "date",
    "line",
    "pdf",
    "replace",
]


class SalesCase(InvoiceCase):
    """A company whose sales invoices come from other software."""

    def sale(self, number="2026-014", *lines, **values):
        """Return the bytes of a sales invoice, by default of 100.00 and 21.00 VAT."""
        parties = {"supplier": SELLER, "customer": BUYER}
        return write_ubl(invoice(number, *(lines or [line("100")]), **(parties | values)))

    def deliver_sale(self, data=None, *, files=("xml", "pdf"), **options):
        """Put a sales invoice in the feed of the client; return its index."""
        content = {"xml": data or self.sale(), "pdf": pdf(["Sales invoice"])}
        return self.sandbox.add_document(
            self.client, "sales_invoice", {name: content[name] for name in files}, **options
        )

    def receive_sale(self, data=None, **options):
        """Deliver one sales invoice, let the night pass, and return its document."""
        index = self.deliver_sale(data, **options)
        self.night()
        return self.document(index)

    def receive_sales(self, *numbers, **values):
        """Deliver these numbers, let one night pass, and return their invoices."""
        indexes = [self.deliver_sale(self.sale(number, **values)) for number in numbers]
        self.night()
        return self.env["account.move"].union(*(self.document(i).invoice_id for i in indexes))

    def make_customer(self, **values):
        """Make the customer of the builders, known by its enterprise number."""
        return self.make_supplier(name="Klant", **values)

    def sales(self):
        """Return the sales invoices and credit notes of the company, oldest first."""
        return self.env["account.move"].search(
            [
                ("company_id", "=", self.company.id),
                ("move_type", "in", ("out_invoice", "out_refund")),
            ],
            order="id",
        )
