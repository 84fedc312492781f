"""Whether two invoices with one number are one invoice, by their days and totals."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import date

# Totals of one invoice differ by some cents when another program rounded its VAT.
CENTS: Final = 0.05
# Who sends an invoice again after New Year dates it some days later, never a week.
AGAIN_DAYS: Final = 6
# So long after the end of a book year an invoice for as much may still be one of that year.
ACROSS_DAYS: Final = 62


class Likeness(StrEnum):
    """What two invoices of one supplier with one number are to each other."""

    SAME = "same"
    PERHAPS = "perhaps"
    OTHER = "other"


class Figures(NamedTuple):
    """Day (``None`` when not known), total and currency of an invoice."""

    day: date | None
    total: float
    currency: str


def compare_invoices(one: Figures, two: Figures, *, same_year: bool) -> Likeness:
    """Return what two invoices of one supplier with one number are to each other.

    Suppliers begin anew each year: of another book year and another day it is another invoice.
    The same day of another year is a slip of the pen, though, and what is sent again after New
    Year is the same. Whatever is not clear is for a person.

    :param same_year: whether both days are of one book year; of no meaning without both days.
    """
    if one.day is None or two.day is None:
        return Likeness.PERHAPS
    same_total = one.currency == two.currency and abs(one.total - two.total) <= CENTS
    apart = abs((one.day - two.day).days)
    if same_total and (not apart or (not same_year and apart <= AGAIN_DAYS)):
        return Likeness.SAME
    slip = (one.day.month, one.day.day) == (two.day.month, two.day.day)
    late = same_total and apart <= ACROSS_DAYS
    return Likeness.PERHAPS if same_year or slip or late else Likeness.OTHER
