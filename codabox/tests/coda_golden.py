"""Golden pairs of ``cases/coda``: ``<case>.cod`` and the JSON that it must give.

``CODABOX_GOLDEN=1`` rewrites files and expectations; read the difference before you keep it.
"""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from ..coda import write_coda
from ..coda.builders import (
    credit,
    debit,
    free_information,
    movement,
    party,
    statement,
    structured_information,
)

FOLDER = Path(__file__).parent / "cases/coda"
ACCOUNT = "BE68539007547034"
PARTNER = party("ACME PARTNER NV", "BE43068999999501", "GKCCBEBB")


def _day(*movements, **values):
    return write_coda([statement(account=ACCOUNT, movements=movements, **values)])


def _two_movements():
    return _day(
        credit("121", ogm="009093375538", counterparty=PARTNER, customer_reference="E2E-0001"),
        debit("45.99", communication="Payment of invoice F2026/0012", counterparty=PARTNER),
        opening="1000",
        free_text="Our offices are closed on Monday.",
    )


def _totals():
    return _day(
        debit(
            "90",
            code="10107000",
            customer_reference="PMTINF-1",
            details=[
                debit("50", code="50107000", counterparty=PARTNER),
                debit("40", code="50107000", communication="SUPPLIER B"),
            ],
        ),
        credit(
            "90",
            code="20150000",
            details=[
                credit("50", code="70150000", details=[credit("20", code="90150000")] * 2),
                credit("30", code="60150000", ogm="000000000505"),
            ],
        ),
        debit(
            "12.1",
            code="33537000",
            details=[
                debit("10", code="83537006"),
                debit(
                    "2.1",
                    code="83537011",
                    structured={"type": "106", "percent": Decimal("21")},
                ),
            ],
        ),
    )


def _direct_debit():
    return _day(
        debit(
            "96.749",
            code="00501000",
            structured={
                "type": "127",
                "creditor_id": "BE02ZZZ0886946917",
                "mandate": "MANDATE-0001",
                "communication": "FACTURE 2026/001 +++091/7368/89225+++",
            },
            counterparty=PARTNER,
            information=[
                structured_information("001", name="ACME PARTNER NV", street="KERKSTRAAT 1"),
                free_information("A free text of more than 73 characters, " * 9),
            ],
        ),
        credit("96.749", code="00554000", return_type="3", return_reason="MD06"),
    )


def _accents():
    text = "Café crème brûlée – n° 5 €"
    return _day(credit("1", communication=text, counterparty=party("FRANÇOIS ÉLÈVE")))


def _two_accounts():
    return write_coda(
        [
            statement(account=ACCOUNT, opening="1000", movements=[credit("121")]),
            statement(account="FR7630006000011234567890189", currency="USD", number=9),
            statement(account=ACCOUNT, opening="1121.5", movements=[debit("0.5")], number=2),
        ]
    )


def _unknown_dates():
    found = statement(account=ACCOUNT, movements=[movement("5", code="77998880")])
    undated = replace(found.movements[0], entry_date=None, value_date=None)
    return write_coda([replace(found, movements=(undated,), duplicate=True)])


CASES = {
    "two_movements": _two_movements,
    "totals": _totals,
    "direct_debit": _direct_debit,
    "accents": _accents,
    "two_accounts": _two_accounts,
    "unknown_dates": _unknown_dates,
}
