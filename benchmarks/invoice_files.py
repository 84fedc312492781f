"""Mixed invoices of one company: bills and sales, credit notes, five flavours, several taxes.

A third has charges or allowances, of the invoice or of a line, half of the lines are about a
product that Odoo knows, a tenth of the invoices is rounded, a quarter has prices of four decimals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from codabox.belgian import enterprise_number
from codabox.ubl import Invoice, InvoiceLine, Party, write_ubl
from codabox.ubl.builders import charge, invoice, line

NUMBER = "0477472701"
COMPANY = Party("Bench BV", NUMBER, f"BE{NUMBER}", "0208", NUMBER, "Straat 1", "", "1000", "Brussel", "BE")  # fmt: skip
FLAVOURS = ("bis3", "bis3", "ublbe3", "bis3", "ublbe1", "bis3", "efff3", "bis3", "efff1", "bis3")
PARTNERS = 40
# Numbers that suppliers have for what they sell; Odoo has a product of each.
PRODUCTS = tuple(f"ART-{number:03}" for number in range(50))
LABELS = (
    "Papier",
    "Onderhoud",
    "Huur",
    "Telefoon",
    "Levering",
    "Advies",
    "Onderdelen",
    "Brandstof",
)
TAXES = ("21", "21", "21", "6", "21", "12", "21", "zero")


def partner(number: int) -> Party:
    """Return one of the customers and suppliers."""
    first = 4000000 + number
    digits = enterprise_number(f"{first:08}{97 - first % 97:02}") or ""
    return Party(
        f"Partner {number} BV", digits, f"BE{digits}", "0208", digits,
        f"Laan {number}", "", "9000", "Gent", "BE", f"info{number}@partner.example",
    )  # fmt: skip


class Invoices:
    """Gives invoices that were not given before."""

    def __init__(self) -> None:
        self._count = 0

    def take(self, count: int) -> Iterator[tuple[str, bytes]]:
        """Yield (kind, file) of the next invoices: of ten, six bills, a credit note, three sales."""
        for _file in range(count):
            self._count += 1
            number = self._count
            is_sale, is_credit = number % 10 in (2, 5, 8), number % 10 == 9
            made = self._invoice(number, is_credit=is_credit)
            if is_sale:
                made = replace(made, supplier=COMPANY, customer=made.supplier)
            yield "sales_invoice" if is_sale else "purchase_invoice", write_ubl(made)

    def _invoice(self, number: int, *, is_credit: bool) -> Invoice:
        lines = [self._line(number, place) for place in range(1 + number % 6)]
        case = TAXES[number % 8]
        charges = {3: [charge("7.50", case, "Transport")], 7: [charge("-2.25", case, "Korting")]}
        day = date(2026, 1, 2) + timedelta(days=number % 300)
        return invoice(
            f"B{number:06}",
            *lines,
            flavour=FLAVOURS[number % 10],
            credit=is_credit,
            issue_date=day,
            due_date=day + timedelta(days=30),
            supplier=partner(number % PARTNERS),
            customer=COMPANY,
            payment_reference="",
            charges=charges.get(number % 10, ()),
            rounding="0.02" if number % 10 == 6 else "0",
        )

    def _line(self, number: int, place: int) -> InvoiceLine:
        """Return a line; some with an allowance or a contribution, some with odd prices."""
        parts = {
            2: [charge("-1.20", reason="Promo")],
            4: [charge("0.85", reason="Bebat")],
        }
        cents = f"{number % 100:02}" + ("37" if number % 4 == 1 else "")
        made = line(
            f"{10 + (number * 7 + place * 13) % 400}.{cents}",
            TAXES[(number + place) % 8],
            label=LABELS[(number + place) % 8],
            quantity=str(1 + (number + place) % 5),
            charges=parts.get((number + place) % 12, ()),
        )
        code = PRODUCTS[(number * 3 + place) % len(PRODUCTS)] if (number + place) % 2 else ""
        return replace(made, code=code)
