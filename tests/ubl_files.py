"""Writes a UBL file of a supplier, as far as the tests of taxes need it."""

from collections import namedtuple
from decimal import ROUND_HALF_UP, Decimal

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
 xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
<cbc:ID>{number}</cbc:ID><cbc:IssueDate>{day}</cbc:IssueDate>"""

Line = namedtuple("Line", ["label", "amount", "category", "code", "percent", "quantity"])


def line(label, amount, percent=21, category="S", code="", quantity=1):
    """Return a line, by default of goods or services at 21 %."""
    return Line(label, Decimal(amount), category, code, percent, quantity)


def charge(label, amount, percent=21, category="S", code=""):
    """Return a charge of the whole invoice; negative for an allowance."""
    return Line(label, Decimal(amount), category, code, percent, None)


def cents(amount):
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def category(found, name):
    named = f"<cbc:Name>{found.code}</cbc:Name>" if found.code else ""
    percent = "" if found.percent is None else f"<cbc:Percent>{found.percent}</cbc:Percent>"
    return (
        f"<cac:{name}><cbc:ID>{found.category}</cbc:ID>{named}{percent}"
        f"<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:{name}>"
    )


def money(name, amount):
    return f'<cbc:{name} currencyID="EUR">{amount}</cbc:{name}>'


def party(role, name, vat, country):
    enterprise = (
        f'<cbc:EndpointID schemeID="0208">{vat[2:]}</cbc:EndpointID>' if country == "BE" else ""
    )
    return (
        f"<cac:{role}><cac:Party>{enterprise}<cac:PostalAddress><cac:Country>"
        f"<cbc:IdentificationCode>{country}</cbc:IdentificationCode></cac:Country>"
        f"</cac:PostalAddress><cac:PartyTaxScheme><cbc:CompanyID>{vat}</cbc:CompanyID>"
        "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName>"
        f"</cac:PartyLegalEntity></cac:Party></cac:{role}>"
    )


def subtotals(lines, bases, amounts):
    """Return (line that shows the category, base, VAT) of each category."""
    groups = {}
    for found in lines:
        key = (found.category, found.code, found.percent)
        shown, base = groups.get(key, (found, Decimal(0)))
        groups[key] = (shown, base + found.amount)
    result = []
    for shown, base in groups.values():
        base = Decimal(bases.get(shown.percent, base))
        amount = cents(base * Decimal(shown.percent or 0) / 100)
        result.append((shown, base, Decimal(amounts.get(shown.percent, amount))))
    return result


def bill_xml(
    *lines, customer, number="F1", day="2026-01-10", credit=False, rounding="0",
    supplier=("Drukkerij Peeters", "BE0403170701", "BE"), bases=None, amounts=None, total=None,
):  # fmt: skip
    """Return the bytes of an invoice or credit note.

    :param bases: rate -> VAT base of the file, where it is not the sum of its lines.
    :param amounts: rate -> VAT of the file, where it is not the rate of its base.
    :param total: total of the file, where it is not what its parts make.
    """
    root, kind = ("CreditNote", "Credited") if credit else ("Invoice", "Invoiced")
    taxes = subtotals(lines, bases or {}, amounts or {})
    untaxed = sum(found.amount for found in lines)
    tax = sum(amount for _line, _base, amount in taxes)
    total = untaxed + tax if total is None else Decimal(total)
    charges = [found for found in lines if found.quantity is None]
    parts = [
        HEAD.format(root=root, number=number, day=day),
        f"<cbc:{root}TypeCode>{381 if credit else 380}</cbc:{root}TypeCode>",
        "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>",
        party("AccountingSupplierParty", *supplier),
        party("AccountingCustomerParty", "Bakkerij Jo", f"BE{customer}", "BE"),
        *(
            "<cac:AllowanceCharge>"
            f"<cbc:ChargeIndicator>{str(found.amount > 0).lower()}</cbc:ChargeIndicator>"
            f"<cbc:AllowanceChargeReason>{found.label}</cbc:AllowanceChargeReason>"
            f"{money('Amount', abs(found.amount))}{category(found, 'TaxCategory')}"
            "</cac:AllowanceCharge>"
            for found in charges
        ),
        f"<cac:TaxTotal>{money('TaxAmount', tax)}",
        *(
            f"<cac:TaxSubtotal>{money('TaxableAmount', base)}{money('TaxAmount', amount)}"
            f"{category(shown, 'TaxCategory')}</cac:TaxSubtotal>"
            for shown, base, amount in taxes
        ),
        "</cac:TaxTotal><cac:LegalMonetaryTotal>",
        money("TaxExclusiveAmount", untaxed),
        money("TaxInclusiveAmount", total),
        money("PayableRoundingAmount", rounding) if Decimal(rounding) else "",
        money("PayableAmount", total + Decimal(rounding)),
        "</cac:LegalMonetaryTotal>",
        *(
            f"<cac:{root}Line><cbc:ID>{place}</cbc:ID>"
            f"<cbc:{kind}Quantity>{found.quantity}</cbc:{kind}Quantity>"
            f"{money('LineExtensionAmount', found.amount)}"
            f"<cac:Item><cbc:Name>{found.label}</cbc:Name>"
            f"{category(found, 'ClassifiedTaxCategory')}</cac:Item>"
            f"<cac:Price>{money('PriceAmount', found.amount / found.quantity)}</cac:Price>"
            f"</cac:{root}Line>"
            for place, found in enumerate(lines, 1)
            if found.quantity is not None
        ),
        f"</{root}>",
    ]
    return "".join(parts).encode()
