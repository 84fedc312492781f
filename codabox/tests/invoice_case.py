"""World of the sales invoice tests: a company that sends, and its accounting office."""

from __future__ import annotations

from base64 import b64encode

from ..sandbox import CLIENT_NUMBER, SOFTWARE_KEY, pdf
from ..v2.provisional import ProvisionalClient
from .client_case import ClientCase

PDF = pdf(["Invoice"])
VAT = """<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>21</cbc:Percent>
  <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory>"""
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"


def ubl(
    number="INV/2026/00001",
    day="2026-05-04",
    *,
    seller=CLIENT_NUMBER,
    root="Invoice",
    code="380",
    file=PDF,
):
    """Write a UBL file with what a CodaBox reads of it.

    :param file: what is embedded; ``None`` for nothing.
    """
    credit = root == "CreditNote"
    kind = "CreditNoteTypeCode" if credit else "InvoiceTypeCode"
    line = "CreditNoteLine" if credit else "InvoiceLine"
    quantity = "CreditedQuantity" if credit else "InvoicedQuantity"
    embedded = (
        ""
        if file is None
        else f"""<cac:AdditionalDocumentReference><cbc:ID>{number}</cbc:ID><cac:Attachment>
    <cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="i.pdf">
    {b64encode(file).decode()}</cbc:EmbeddedDocumentBinaryObject>
    </cac:Attachment></cac:AdditionalDocumentReference>"""
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="{_UBL}{root}-2" xmlns:cac="{_UBL}CommonAggregateComponents-2"
 xmlns:cbc="{_UBL}CommonBasicComponents-2">
 <cbc:ID>{number}</cbc:ID><cbc:IssueDate>{day}</cbc:IssueDate><cbc:{kind}>{code}</cbc:{kind}>
 <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{embedded}
 <cac:AccountingSupplierParty><cac:Party>
  <cbc:EndpointID schemeID="0208">{seller.removeprefix("BE")}</cbc:EndpointID>
  <cac:PartyLegalEntity><cbc:CompanyID>{seller}</cbc:CompanyID></cac:PartyLegalEntity>
 </cac:Party></cac:AccountingSupplierParty>
 <cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity>
  <cbc:RegistrationName>Käufer &amp; Co</cbc:RegistrationName>
 </cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
 <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">21.00</cbc:TaxAmount><cac:TaxSubtotal>
  <cbc:TaxableAmount currencyID="EUR">100.00</cbc:TaxableAmount>
  <cbc:TaxAmount currencyID="EUR">21.00</cbc:TaxAmount>{VAT}
 </cac:TaxSubtotal></cac:TaxTotal>
 <cac:LegalMonetaryTotal>
  <cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>
  <cbc:TaxExclusiveAmount currencyID="EUR">100.00</cbc:TaxExclusiveAmount>
  <cbc:TaxInclusiveAmount currencyID="EUR">121.00</cbc:TaxInclusiveAmount>
  <cbc:PayableAmount currencyID="EUR">121.00</cbc:PayableAmount>
 </cac:LegalMonetaryTotal>
 <cac:{line}><cbc:ID>1</cbc:ID><cbc:{quantity} unitCode="C62">1</cbc:{quantity}>
  <cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>
  <cac:Item><cbc:Name>Bread</cbc:Name>
   {VAT.replace("TaxCategory", "ClassifiedTaxCategory")}</cac:Item>
  <cac:Price><cbc:PriceAmount currencyID="EUR">100.00</cbc:PriceAmount></cac:Price>
 </cac:{line}>
</{root}>""".encode()


class InvoiceCase(ClientCase):
    """``self.company`` may send; ``self.client`` is the office that has it as client."""

    def setUp(self):
        super().setUp()
        self.pod_id = self.sandbox.connect_company(CLIENT_NUMBER)
        self.company = self.company_client(self.pod_id)

    def company_client(self, pod_id, **options):
        options = {
            "sleep": self.waits.append, "jitter": lambda: 1.0, "read_timeout": 5, **options,
        }  # fmt: skip
        credentials = self.sandbox.credentials(pod_id)
        return self.enterContext_(
            ProvisionalClient.open(self.sandbox.url, SOFTWARE_KEY, credentials, **options)
        )

    def send(self, number="INV/2026/00001", day="2026-05-04", **values):
        return self.company.send_sales_invoice("invoice.xml", ubl(number, day, **values))

    def posts(self):
        """Give the files that were sent to the sandbox, also those that got lost on the way."""
        return [entry.file for entry in self.sandbox.log if entry.method == "POST"]

    def listed(self, feed_id=277):
        """Give the sales invoices that the office finds."""
        entries = self.client.feed(feed_id).entries
        return [entry for entry in entries if entry.document_model == "sales_invoice"]
