"""What the tests of invoices have in common."""

from ..codabox.sandbox import pdf
from .common import CodaboxCase


class InvoiceCase(CodaboxCase):
    """One client on the Belgian chart, with a plain accountant."""

    chart = "be_comp"

    def setUp(self):
        super().setUp()
        self.map_client()

    def deliver_invoice(self, data, *, files=("xml", "pdf"), feed=None, **options):
        """Put an invoice in the feed of the client; return its index."""
        content = {"xml": data, "pdf": pdf(["Invoice"])}
        return self.sandbox.add_document(
            feed or self.client,
            "purchase_invoice",
            {name: content[name] for name in files},
            **options,
        )

    def receive_invoice(self, data, **options):
        """Deliver one invoice, let the night pass, and return its document."""
        index = self.deliver_invoice(data, **options)
        self.night()
        return self.document(index)
