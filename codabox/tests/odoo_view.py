"""What Odoo 19's importer sees in an XML: the paths that ``account_edi_ubl_cii`` looks at.

A test may ask what a file says to Odoo without Odoo; tests inside Odoo show that this is true.
"""

from decimal import Decimal

from lxml import etree

NAMESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
ROOTS = {
    "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice": "invoice",
    "{urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2}CreditNote": "refund",
}


class OdooView:
    """Reads one file as ``account.edi.xml.ubl_20`` and ``ubl_bis3`` do; ``None`` for nothing."""

    def __init__(self, data):
        self.tree = etree.fromstring(data)

    def value(self, path, tree=None):
        found = (self.tree if tree is None else tree).xpath(path, namespaces=NAMESPACES)
        return (found[0].text or None) if found else None

    @property
    def decoder(self):
        """``_get_import_file_type``."""
        version = self.tree.findtext("{*}UBLVersionID")
        if version in ("2.0", "2.1", "2.2", "2.3"):
            return "ubl_20" if version == "2.0" else "ubl_21"
        customization = self.tree.findtext("{*}CustomizationID") or ""
        return "ubl_bis3" if "urn:cen.eu:en16931:2017" in customization else None

    @property
    def move_type(self):
        """``_get_import_document_amount_sign``; a negative invoice is a refund."""
        untaxed = float(self.tree.findtext(".//{*}LegalMonetaryTotal/{*}TaxExclusiveAmount"))
        kind = ROOTS.get(self.tree.tag)
        return "refund" if kind == "invoice" and untaxed < 0 else kind

    @property
    def untaxed(self):
        return Decimal(self.tree.findtext(".//{*}LegalMonetaryTotal/{*}TaxExclusiveAmount"))

    @property
    def supplier(self):
        """``_import_retrieve_partner_vals``."""
        party = ".//cac:AccountingSupplierParty"
        endpoint = self.tree.find(f"{party}/cac:Party/cbc:EndpointID", NAMESPACES)
        return {
            "name": self.value(f"{party}//cbc:RegistrationName")
            or self.value(f"{party}//cac:Contact//cbc:Name"),
            "vat": self.value(f"{party}//cbc:CompanyID[string-length(text()) > 5]"),
            "peppol_eas": None if endpoint is None else endpoint.get("schemeID"),
            "peppol_endpoint": None if endpoint is None else endpoint.text,
        }

    @property
    def payment_reference(self):
        return self.tree.findtext("./{*}PaymentMeans/{*}PaymentID")

    @property
    def lines(self):
        """Quantity, amount and percentage of each line of the name that Odoo looks for."""
        credit = self.move_type == "refund"
        line, quantity = (
            ("CreditNoteLine", "CreditedQuantity")
            if credit
            else ("InvoiceLine", "InvoicedQuantity")
        )
        return [
            (
                Decimal(element.findtext(f"./{{*}}{quantity}")),
                Decimal(element.findtext("./{*}LineExtensionAmount")),
                self.percent(element),
            )
            for element in self.tree.iterfind(f"./{{*}}{line}")
        ]

    @property
    def booked(self):
        """``_retrieve_line_vals``, ``_retrieve_line_charges``: quantity, price, discount and net
        amount of each line as Odoo keeps them, and its charges."""
        credit = self.move_type == "refund"
        name = "CreditNoteLine" if credit else "InvoiceLine"
        return [self._booked(element) for element in self.tree.iterfind(f"./{{*}}{name}")]

    def _booked(self, element):
        charges, taken = self._charges(element)
        total, added = self._number(element, "./{*}LineExtensionAmount"), sum(charges)
        written = self._number(element, "./{*}InvoicedQuantity", "./{*}CreditedQuantity")
        written = 1.0 if written is None else written
        net = self._number(element, "./{*}Price/{*}PriceAmount")
        per = self._number(element, "./{*}Price/{*}BaseQuantity") or 1.0
        price = self._price(element, net, per)
        if price is None:
            price = (total + taken - added) / (written or 1)
        rounded = round(written * price, 2)
        discount = round(100 * (1 - (total - added) / rounded), 2) if rounded else 0.0
        quantity = written
        if net is not None and total != net * (written / per) - (taken - added):
            if not net:
                quantity, price = written or 1.0, total / (written or 1.0)
            elif not written:
                quantity = total / price
        quantity = round(quantity, 2)
        return quantity, price, discount, quantity * price * (1 - discount / 100), charges

    def _price(self, element, net, per):
        gross = self._number(element, "./{*}Price/{*}AllowanceCharge/{*}BaseAmount")
        if gross is not None:
            return gross / per
        rebate = self._number(element, "./{*}Price/{*}AllowanceCharge/{*}Amount") or 0.0
        return None if net is None else (net + rebate) / per

    def _charges(self, element):
        charges, taken = [], 0.0
        for charge in element.iterfind(".//{*}AllowanceCharge"):
            amount = self._number(charge, "./{*}Amount")
            if charge.findtext("./{*}ChargeIndicator").lower() == "true":
                charges.append(amount)
            else:
                taken += amount
        return charges, taken

    def _number(self, element, *paths):
        found = next((found for path in paths if (found := element.findtext(path))), None)
        return None if found is None else float(found)

    def percent(self, element):
        """``_get_tax_nodes``."""
        nodes = (
            element.findall(".//{*}Item/{*}ClassifiedTaxCategory/{*}Percent")
            or element.findall(".//{*}TaxTotal//{*}TaxSubtotal/{*}TaxCategory/{*}Percent")
            or element.findall(".//{*}TaxTotal//{*}TaxSubtotal/{*}Percent")
        )
        return Decimal(nodes[0].text) if nodes else None

    @property
    def attachments(self):
        """Names and kinds of ``_import_attachments``."""
        return [
            (document.findtext("{*}ID"), document.find(".//{*}EmbeddedDocumentBinaryObject"))
            for document in self.tree.findall("./{*}AdditionalDocumentReference")
            if document.find(".//{*}EmbeddedDocumentBinaryObject") is not None
        ]
