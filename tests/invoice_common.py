"""What the tests of invoices have in common."""

from dataclasses import replace

from odoo import Command

from ..codabox import write_ubl
from ..codabox.sandbox import pdf
from ..codabox.ubl.builders import CUSTOMER, SUPPLIER, charge, invoice, line
from .common import NUMBER, CodaboxCase, date

# Of the supplier and the invoices that the builders make.
SUPPLIER_NUMBER = SUPPLIER.enterprise
SUPPLIER_IBAN = "BE54000000000097"
OTHER_IBAN = "BE68539007547034"

__all__ = [
    "CUSTOMER",
    "NUMBER",
    "OTHER_IBAN",
    "SUPPLIER",
    "SUPPLIER_IBAN",
    "SUPPLIER_NUMBER",
    "InvoiceCase",
    "charge",
    "date",
    "invoice",
    "line",
    "pdf",
    "replace",
    "write_ubl",
]


class InvoiceCase(CodaboxCase):
    """One client on the Belgian chart, with a plain accountant."""

    chart = "be_comp"
    mapped = True

    # -------------------------------------------------------------------------
    # Deliver
    # -------------------------------------------------------------------------

    def bill(self, number="F2026-001", *lines, **values):
        """Return the bytes of an invoice, by default of 100.00 and 21.00 VAT."""
        return write_ubl(invoice(number, *(lines or [line("100")]), **values))

    def deliver_bill(self, data=None, *, files=("xml", "pdf"), feed=None, **options):
        """Put a purchase invoice in the feed of the client; return its index."""
        content = {"xml": data or self.bill(), "pdf": pdf(["Invoice"])}
        return self.sandbox.add_document(
            feed or self.client,
            "purchase_invoice",
            {name: content[name] for name in files},
            **options,
        )

    def receive_bill(self, data=None, **options):
        """Deliver one invoice, let the night pass, and return its document."""
        index = self.deliver_bill(data, **options)
        self.night()
        return self.document(index)

    # -------------------------------------------------------------------------
    # The world before
    # -------------------------------------------------------------------------

    def make_supplier(self, **values):
        """Make the supplier of the builders, known by its enterprise number."""
        return self.env["res.partner"].create(
            {
                "name": "Leverancier",
                "is_company": True,
                "company_registry": SUPPLIER_NUMBER,
                "country_id": self.env.ref("base.be").id,
                **values,
            }
        )

    def make_account(self, partner, iban, **values):
        """Give a partner an account."""
        return self.env["res.partner.bank"].create(
            {"partner_id": partner.id, "acc_number": iban, **values}
        )

    def type_bill(self, partner, ref="F2026-001", amount=121.0, *, company=None, **values):
        """Type a bill by hand."""
        account = self.env["account.account"].search(
            [("company_ids", "in", self.company.ids), ("account_type", "=", "expense")], limit=1
        )
        return (
            self.env["account.move"]
            .with_company(company or self.company)
            .create(
                {
                    "move_type": "in_invoice",
                    "partner_id": partner.id,
                    "ref": ref,
                    "invoice_date": date(2026, 1, 15),
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": "Goods",
                                "price_unit": amount,
                                "tax_ids": [Command.clear()],
                                "account_id": account.id,
                            }
                        )
                    ],
                    **values,
                }
            )
        )

    # -------------------------------------------------------------------------
    # Do
    # -------------------------------------------------------------------------

    def resolve(self, document, *, user=None, **values):
        """Decide in the wizard of a document, as its button opens it."""
        user = user or self.accountant
        with self.as_user(user) as env:
            action = env[document._name].browse(document.id).action_resolve_invoice()
            wizard = env[action["res_model"]].with_context(**action["context"]).create(values)
            wizard.action_apply()
        self.env.invalidate_all()

    # -------------------------------------------------------------------------
    # Expect
    # -------------------------------------------------------------------------

    def bills(self):
        """Return the bills and refunds of the company, oldest first."""
        return self.env["account.move"].search(
            [
                ("company_id", "=", self.company.id),
                ("move_type", "in", ("in_invoice", "in_refund")),
            ],
            order="id",
        )

    def flags(self, move, *, blocking=True):
        """Return the codes of the open flags of a bill."""
        return {flag["code"] for flag in move._codabox_open_flags(blocking=blocking)}

    def attached(self, move):
        """Return the files on an invoice."""
        return self.env["ir.attachment"].search(
            [("res_model", "=", "account.move"), ("res_id", "=", move.id)]
        )
