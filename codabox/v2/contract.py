"""The calls of the provisional contract as a list: what can be tried without changing anything.

A call that joins ``provisional.py`` gets a line here. ``{client}``, ``{coda}`` and ``{social}`` are
the first ones that the connection has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .provisional import ProvisionalClient


@dataclass(frozen=True, slots=True)
class Read:
    """A call that only reads.

    :param run: makes the call with the identifiers that are known.
    :param may_lack: whether a 404 with CodaBox's own ``detail`` is an answer like another.
    """

    number: str
    path: str
    run: Callable[[ProvisionalClient, Mapping[str, str]], object]
    may_lack: bool = False


READS: Final = (
    Read("P9", "banks/", lambda api, _known: api.banks()),
    Read("P9", "social-secretariats/", lambda api, _known: api.social_secretariats()),
    Read(
        "P3",
        "coda-mandates/{coda}/pdf/",
        lambda api, known: api.coda_mandate_pdf(known["coda"]),
        may_lack=True,
    ),
    Read(
        "P10",
        "sales-invoices/?enterprise_num=&number=&type=",
        lambda api, _known: api.find_sales_invoices(NOBODY, "0", "380"),
    ),
)
# Number and address of the calls that change something.
CHANGES: Final[tuple[tuple[str, str], ...]] = (
    ("P1", "clients/"),
    ("P2", "clients/{client}/coda-mandates/"),
    ("P4", "clients/{client}/social-mandates/"),
    ("P5", "clients/{client}/purchase-invoice-mandates/"),
    ("P6", "coda-mandates/{coda}/archive/"),
    ("P6", "social-mandates/{social}/archive/"),
    ("P7", "sales-invoices/"),
)
NOBODY: Final = "BE0999999922"  # its check digits are right, and it is only looked up
