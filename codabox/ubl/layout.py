"""The names of UBL that matter here, the Belgian vocabulary around them, and the limits of a file.

Sources: UBL 2.1 (OASIS), e-fff 1.0 (nw.e-fff.be), UBL.BE 1.31 (conformance statement and annexes),
Peppol BIS Billing 3.0.
"""

from __future__ import annotations

from typing import Final

CAC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
INVOICE: Final = "Invoice"
CREDIT_NOTE: Final = "CreditNote"
# Root -> its namespace. Any of UBL's is accepted under the right name when reading.
NAMESPACES: Final = {
    INVOICE: "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    CREDIT_NOTE: "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
}
UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
# Documents around a document: of UBL itself, and of the Peppol network.
ATTACHED: Final = "AttachedDocument"
ENVELOPE: Final = "StandardBusinessDocument"
# An invoice in an attached document in an envelope is the most that makes sense.
MAX_WRAPPERS: Final = 3

# Root -> names of what differs between the two.
LINE: Final = {INVOICE: "InvoiceLine", CREDIT_NOTE: "CreditNoteLine"}
QUANTITY: Final = {INVOICE: "InvoicedQuantity", CREDIT_NOTE: "CreditedQuantity"}
TYPE_CODE: Final = {INVOICE: "InvoiceTypeCode", CREDIT_NOTE: "CreditNoteTypeCode"}

# UNTDID 1001: what makes an ``Invoice`` a credit note, as e-fff 1.0 writes it.
CREDIT_CODES: Final = (
    "81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532",
)  # fmt: skip

# Electronic addresses (EAS). 9956 was the Belgian enterprise number until Peppol withdrew it.
ENTERPRISE_SCHEME: Final = "0208"
WITHDRAWN_SCHEMES: Final = ("9956", "BE:CBE", "BE:EN", "BE:KBO")
VAT_SCHEME: Final = "9925"
VAT_SCHEMES: Final = (VAT_SCHEME, "BE:VAT")

# How the sender calls the printed invoice among the attachments.
PRINTED: Final = ("commercialinvoice", "commercialcreditnote", "creditnote", "invoice")
PDF: Final = "application/pdf"
PDF_MARK: Final = b"%PDF"

MAX_BYTES: Final = 50_000_000
MAX_TAGS: Final = 2_000_000
