"""Mixed invoices of one company: bills and sales, credit notes, five flavours, several taxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from codabox.belgian import enterprise_number
from codabox.ubl import Invoice, Party, write_ubl
from codabox.ubl.builders import invoice, line

NUMBER = "0477472701"
COMPANY = Party("Bench BV", NUMBER, f"BE{NUMBER}", "0208", NUMBER, "Straat 1", "", "1000", "Brussel", "BE")  # fmt: skip
FLAVOURS = ("bis3", "bis3", "ublbe3", "bis3", "ublbe1", "bis3", "efff3", "bis3", "efff1", "bis3")
PARTNERS = 40
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
        lines = [
            line(f"{10 + (number * 7 + place * 13) % 400}.{number % 100:02}", TAXES[(number + place) % 8],
                 label=LABELS[(number + place) % 8], quantity=str(1 + (number + place) % 5))
            for place in range(1 + number % 6)
        ]  # fmt: skip
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
        )
