"""Short ways to make invoices whose figures agree: for tests, the demonstration and the sandbox.

::

    data = write_ubl(invoice("2026-001", line("100", "21"), line("50", "cocontractor")))
    data = write_ubl(invoice("C-7", line("100", "6"), flavour="efff1", credit=True))
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from .dialects import DIALECTS
from .elements import CENT, ZERO
from .flavours import BIS3, EFFF1
from .layout import CREDIT_NOTE, INVOICE, PDF
from .records import Attachment, Charge, Invoice, InvoiceLine, Party, Tax

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY: Final = date(2026, 1, 15)
DUE: Final = date(2026, 2, 14)

_NOTHING: Final = Decimal("0.00")
# What a tax case is called -> how the sender writes it. UBL.BE 1.31 annex 1, EN 16931.
TAX_CASES: Final = {
    "21": Tax("S", "03", Decimal(21)),
    "12": Tax("S", "02", Decimal(12)),
    "6": Tax("S", "01", Decimal(6)),
    "zero": Tax("Z", "00", _NOTHING),
    "cocontractor": Tax("AE", "45", _NOTHING, reason="Btw verlegd, KB 1 art. 20"),
    "eu_goods": Tax("K", "46/GO", _NOTHING, reason="Intra-community supply of goods"),
    "eu_services": Tax("K", "44", _NOTHING, reason="Intra-community services, art. 196"),
    "export": Tax("G", "47/EX", _NOTHING, reason="Export outside the EU"),
    "exempt": Tax("E", "00/44", _NOTHING, reason="Vrijgesteld art. 44 WBTW"),
    "small_company": Tax("E", "SC", _NOTHING, reason="Kleine onderneming, art. 56bis"),
    "outside": Tax("E", "NA", _NOTHING, reason="Not subject to VAT"),
    "cash_discount": Tax("E", "FD", _NOTHING, reason="Financial discount, art. 28"),
    "not_subject": Tax("O", "NS", None, reason="Outside the scope of VAT"),
}

# The smallest page that a reader of PDF accepts.
BLANK_PDF: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)

SUPPLIER: Final = Party(
    name="Test Leverancier BV",
    enterprise="0000000196",
    vat="BE0000000196",
    scheme="0208",
    endpoint="0000000196",
    street="Teststraat 1",
    zip="9000",
    city="Gent",
    country="BE",
    email="info@leverancier.example",
)
CUSTOMER: Final = Party(
    name="Test Company BV",
    enterprise="0477472701",
    vat="BE0477472701",
    scheme="0208",
    endpoint="0477472701",
    street="Rue du Test 2",
    zip="1000",
    city="Bruxelles",
    country="BE",
)


def line(
    price: str | Decimal,
    case: str | Tax = "21",
    *,
    quantity: str | Decimal = "1",
    label: str = "Article",
    unit: str = "C62",
    charges: Iterable[Charge] = (),
) -> InvoiceLine:
    """Return a line; ``price`` per unit, ``case`` a name of ``TAX_CASES`` or a tax."""
    price, quantity, charges = Decimal(price), Decimal(quantity), tuple(charges)
    amount = _round(price * quantity) + sum((charge.amount for charge in charges), _NOTHING)
    return InvoiceLine("", label, quantity, price, amount, (_tax(case),), unit, charges)


def charge(amount: str | Decimal, case: str | Tax = "", reason: str = "Charge") -> Charge:
    """Return a charge, or an allowance when ``amount`` is negative; one of a line has no case."""
    return Charge(Decimal(amount), reason, (_tax(case),) if case else ())


def pdf(name: str = "invoice.pdf", content: bytes = BLANK_PDF) -> Attachment:
    """Return the printed invoice."""
    return Attachment(name, PDF, content, is_invoice=True)


def invoice(
    number: str,
    *lines: InvoiceLine,
    flavour: str = BIS3,
    credit: bool = False,
    charges: Iterable[Charge] = (),
    prepaid: str | Decimal = "0",
    rounding: str | Decimal = "0",
    **values: object,
) -> Invoice:
    """Return an invoice or a credit note, as the flavour puts it and as far as it can say it.

    :param charges: of the whole invoice.
    :param values: any other field of :class:`Invoice`.
    """
    numbered = tuple(replace(found, number=str(at)) for at, found in enumerate(lines, 1))
    charges = tuple(charges)
    taxes = _subtotals(numbered, charges)
    untaxed = sum((tax.base for tax in taxes), _NOTHING)
    tax = sum((tax.amount for tax in taxes), _NOTHING)
    prepaid, rounding = Decimal(prepaid), Decimal(rounding)
    fields: dict[str, object] = {
        "number": number,
        "is_credit": credit,
        "root": CREDIT_NOTE if credit and flavour != EFFF1 else INVOICE,
        "type_code": "381" if credit else "380",
        "flavour": flavour,
        "issue_date": DAY,
        "due_date": DUE,
        "currency": "EUR",
        "supplier": SUPPLIER,
        "customer": CUSTOMER,
        "lines": numbered,
        "taxes": taxes,
        "charges": charges,
        "untaxed": untaxed,
        "tax": tax,
        "total": untaxed + tax,
        "payable": untaxed + tax - prepaid + rounding,
        "prepaid": prepaid,
        "rounding": rounding,
        "payment_reference": "+++000/0000/00097+++",
        "ibans": ("BE54000000000097",),
        "attachments": (pdf(),),
    }
    return as_said(Invoice(**{**fields, **values}))  # type: ignore[arg-type]


def as_said(found: Invoice) -> Invoice:
    """Return what is left of an invoice once its flavour has said it."""
    dialect = DIALECTS[found.flavour]
    codes, totals = dialect.codes, dialect.line_totals

    def tax(of: Tax) -> Tax:
        return of if codes else replace(of, code="")

    def party(of: Party) -> Party:
        return of if dialect.endpoint_scheme else replace(of, scheme="", endpoint="")

    def charge_of(of: Charge) -> Charge:
        return replace(of, taxes=tuple(tax(item) for item in of.taxes))

    def line_of(of: InvoiceLine) -> InvoiceLine:
        taxes = tuple(tax(_of_line(item, of.amount) if totals else item) for item in of.taxes)
        return replace(of, taxes=taxes)

    return replace(
        found,
        supplier=party(found.supplier),
        customer=party(found.customer),
        lines=tuple(line_of(of) for of in found.lines),
        taxes=tuple(tax(of) for of in found.taxes),
        charges=tuple(charge_of(of) for of in found.charges),
    )


def _tax(case: str | Tax) -> Tax:
    return TAX_CASES[case] if isinstance(case, str) else case


def _subtotals(lines: Iterable[InvoiceLine], charges: Iterable[Charge]) -> tuple[Tax, ...]:
    """Return one subtotal for each tax of lines and charges, in the order of the invoice."""
    bases: dict[Tax, Decimal] = {}
    for found in (*lines, *charges):
        for tax in found.taxes:
            bases[tax] = bases.get(tax, _NOTHING) + found.amount
    return tuple(_of_line(tax, base) for tax, base in bases.items())


def _of_line(tax: Tax, base: Decimal) -> Tax:
    """Return a tax on this base; its amount is rounded once, as Belgian law has it."""
    return replace(tax, base=base, amount=_round(base * (tax.percent or ZERO) / 100))


def _round(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
