"""The lines that an invoice has in the books: each worth its amount in the file, to the cent.

Books multiply a quantity of few decimals by a price and take a percentage of two decimals off; a
file has the product, rounded, and that is what the line is worth.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext
from typing import TYPE_CHECKING, Final

from .elements import CENT, ZERO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .records import Charge, Invoice, InvoiceLine, Tax

_ONE: Final = Decimal(1)
# A thousand lines that are each off by this much do not make a cent.
_EXACT: Final = Decimal("0.000000001")
# A product of a quantity and a price of 35 digits each fits.
_WIDE: Final = Context(prec=80)


@dataclass(frozen=True, slots=True)
class BookedLine:
    """One line in the books: ``quantity`` times ``price`` less ``discount`` percent is ``amount``.

    ``line`` is the line of the file that it comes from, ``charge`` the charge: that of the whole
    invoice has no ``line``. ``label`` is what says what it is about, for a charge of a line that
    of the line.
    """

    label: str
    amount: Decimal
    taxes: tuple[Tax, ...]
    quantity: Decimal = _ONE
    price: Decimal = ZERO
    discount: Decimal = ZERO
    line: InvoiceLine | None = None
    charge: Charge | None = None


def booked_lines(invoice: Invoice, digits: int) -> tuple[BookedLine, ...]:
    """Return the charges of the invoice, then its lines, each with its own charges behind it.

    What is taken off a line is in its price, or its discount. A rounding is not among them.

    :param digits: decimals that a quantity has in the books.
    """
    with localcontext(_WIDE):
        return (*map(_of_invoice, invoice.charges), *_of_lines(invoice, digits))


def only_tax(invoice: Invoice) -> tuple[Tax, ...]:
    """Return the tax of a line that does not name its own: that of the whole invoice."""
    return invoice.taxes if len(invoice.taxes) == 1 else ()


def _of_invoice(charge: Charge) -> BookedLine:
    amount = charge.amount
    return BookedLine(charge.reason, amount, charge.taxes, price=amount, charge=charge)


def _of_lines(invoice: Invoice, digits: int) -> Iterator[BookedLine]:
    for line, amount in zip(invoice.lines, _in_cents(invoice.lines), strict=True):
        taxes = line.taxes or only_tax(invoice)
        added = [charge for charge in line.charges if charge.amount > 0]
        net = amount - sum((charge.amount for charge in added), ZERO)
        quantity, price, discount = _shown(line, net, digits)
        yield BookedLine(line.label, net, taxes, quantity, price, discount, line)
        for charge in added:
            part = charge.amount
            yield BookedLine(line.label, part, taxes, price=part, line=line, charge=charge)


def _in_cents(lines: tuple[InvoiceLine, ...]) -> Iterator[Decimal]:
    """Return amounts in cents; those of one rate keep their sum."""
    sums: defaultdict[Decimal | None, Decimal] = defaultdict(Decimal)
    for line in lines:
        rate = line.taxes[0].percent if line.taxes else None
        before, sums[rate] = sums[rate], sums[rate] + line.amount
        is_whole = line.amount == _cents(line.amount)
        yield line.amount if is_whole else _cents(sums[rate]) - _cents(before)


def _cents(amount: Decimal) -> Decimal:
    """Round half a cent up, also below nothing: what whole cents are added to rounds the same."""
    return (amount + CENT / 2).quantize(CENT, ROUND_FLOOR)


def _shown(line: InvoiceLine, net: Decimal, digits: int) -> tuple[Decimal, Decimal, Decimal]:
    """Return quantity, price and discount: those of the file, where they make its net amount."""
    quantity = _rounded(line.quantity, digits)
    taken = -sum((charge.amount for charge in line.charges if charge.amount < 0), ZERO)
    price = line.gross or line.price
    if price is None and line.quantity:
        price = (net + taken) / line.quantity
    if not net and not (quantity and price):
        return quantity, price or ZERO, ZERO
    if quantity and price:
        full = (line.quantity * price).quantize(CENT, ROUND_HALF_UP)
        discount = _rounded(100 * (1 - net / full), 2) if full else ZERO
        if abs(quantity * price * (1 - discount / 100) - net) < _EXACT:
            return quantity, price, discount
    quantity = quantity or _ONE
    return quantity, net / quantity, ZERO


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(_ONE.scaleb(-digits), ROUND_HALF_UP)
