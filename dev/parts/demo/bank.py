"""The bank statements of the demo's clients: takings, payments, costs, and what goes wrong.

The same `until` gives the same files, byte for byte.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from codabox.coda import write_coda
from codabox.coda.builders import (
    credit,
    debit,
    free_information,
    party,
    statement,
    structured_information,
)
from codabox.coda.records import Balance, Movement, Statement
from codabox.sandbox import pdf
from demo import payroll as demo_payroll
from demo.clients import (
    BAKERY,
    BAKERY_CURRENT,
    BAKERY_SAVINGS,
    BICYCLES,
    BICYCLES_CURRENT,
    ENERGY,
    FLORIST,
    FLORIST_CURRENT,
    HOTEL,
    MILL,
    RENT,
    SCHOOL,
    SHARED,
    STUDIO,
    STUDIO_CURRENT,
    WHEELS,
    Client,
    Delivery,
    ogm,
)

# --- Movements -----------------------------------------------------------------------


def invoice_paid(amount: str, reference: int, payer: object) -> Movement:
    """Return a customer's payment with a structured reference."""
    return credit(amount, ogm=ogm(reference), counterparty=payer)


def card_takings(amount: str, day: date, town: str) -> Movement:
    """Return what customers paid at the shop's terminal on one day."""
    return credit(
        amount,
        code="00450000",
        structured={
            "type": "111", "scheme": "1", "pos": "401122", "period": "001", "first_seq": "000101",
            "first_date": day, "last_seq": "000187", "last_date": day, "transaction_type": "0",
            "terminal_name": "WINKEL", "terminal_town": town[:10],
        },
    )  # fmt: skip


def card_payment(amount: str, shop: str, town: str, day: date) -> Movement:
    """Return a payment with the company's own card."""
    return debit(
        amount,
        code="00402000",
        structured={
            "type": "113", "pan_masked": "6703XXXXXXXX1234", "scheme": "1", "terminal": "998877",
            "seq": "004711", "date": day, "time": "12:30", "transaction_type": "0",
            "terminal_name": shop[:16], "terminal_town": town[:10],
        },
        counterparty=party(shop),
    )  # fmt: skip


def suppliers_paid(*payments: tuple[str, object, str]) -> Movement:
    """Return one batch of payments with its details."""
    total = sum(Decimal(amount) for amount, _supplier, _text in payments)
    return debit(
        total,
        code="10107000",
        customer_reference="BETAALLIJST",
        details=[
            debit(amount, code="50107000", counterparty=supplier, communication=text)
            for amount, supplier, text in payments
        ],
    )


def wages_paid(amount: str) -> Movement:
    """Return the batch with which a month's wages were paid."""
    half = (Decimal(amount) / 2).quantize(Decimal("0.01"))
    return debit(
        amount,
        code="10105000",
        customer_reference="LONEN",
        details=[
            debit(part, code="50105000", counterparty=party(f"MEDEWERKER {place}"))
            for place, part in enumerate((half, Decimal(amount) - half), start=1)
        ],
    )


def direct_debit(amount: str, creditor: object, text: str) -> Movement:
    """Return a European direct debit."""
    return debit(
        amount,
        code="00501000",
        counterparty=creditor,
        structured={
            "type": "127", "creditor_id": "BE00ZZZ0199900000", "mandate": "CONTRACT-0042",
            "communication": text,
        },
        information=[structured_information("001", name=creditor.name, street="KADE 10")],
    )  # fmt: skip


def bank_costs(net: str, vat: str) -> Movement:
    """Return the bank's fee, broken down in fee and VAT."""
    return debit(
        Decimal(net) + Decimal(vat),
        code="33537000",
        communication="Beheerskosten rekening",
        details=[
            debit(net, code="83537006"),
            debit(vat, code="83537011", structured={"type": "106", "percent": Decimal("21")}),
        ],
    )


# --- Statements ----------------------------------------------------------------------


def account_days(
    client: Client, account: str, opening: str, first: int, days: list[tuple[date, list[Movement]]]
) -> list[Statement]:
    """Return the statements of an account, each opening where the one before closed."""
    statements, balance, before = [], Decimal(opening), days[0][0] - timedelta(days=1)
    for number, (day, movements) in enumerate(days, start=first):
        made = statement(
            account=account,
            opening=balance,
            movements=movements,
            number=number,
            day=day,
            opening_day=before,
            holder=client.holder[:26],
            description="ZICHTREKENING",
            bic="CDBXBE33",
            bank_id="971",
            enterprise_number=client.number,
        )
        statements.append(made)
        balance, before = made.closing.amount, day
    return statements


def bakery_days(days: list[date]) -> list[list[Statement]]:
    """A shop with a terminal and customers on invoice; its savings account is not in Odoo."""
    town = "GENT"
    current = account_days(BAKERY, BAKERY_CURRENT, "8250.40", 41, [
        (days[0], [
            card_takings("1284.60", days[0], town),
            invoice_paid("362.95", 2026000017, HOTEL),
            card_payment("87.15", "GROOTHANDEL ANJER", town, days[0]),
        ]),
        (days[1], [
            card_takings("1107.35", days[1], town),
            suppliers_paid(
                ("1450.00", MILL, "Factuur 20260118"),
                ("318.42", ENERGY, "Factuur E-77120"),
                ("975.00", RENT, "Huur winkel"),
            ),
        ]),
        (days[2], [
            card_takings("1391.80", days[2], town),
            invoice_paid("148.50", 2026000019, SCHOOL),
            bank_costs("10.00", "2.10"),
        ]),
        (days[3], []),
        (days[4], [
            wages_paid(str(demo_payroll.net_wages())),
            card_takings("1522.25", days[4], town),
            direct_debit("64.90", ENERGY, "WATER EN ONDERHOUD"),
        ]),
    ])  # fmt: skip
    savings = account_days(BAKERY, BAKERY_SAVINGS, "15000", 7, [
        (days[2], [credit("2500", communication="Overboeking van zichtrekening")]),
    ])  # fmt: skip
    shared = account_days(BAKERY, SHARED, "640", 3, [
        (days[3], [credit("75", communication="Bijdrage buurtfeest", counterparty=SCHOOL)]),
    ])  # fmt: skip
    return [[day] for day in [*current, *savings, *shared]]


def bicycles_days(days: list[date]) -> list[list[Statement]]:
    """A workshop; one of its statements comes from an account of the studio."""
    current = account_days(BICYCLES, BICYCLES_CURRENT, "3120.75", 112, [
        (days[0], [
            invoice_paid("1249.00", 2026000071, SCHOOL),
            card_payment("42.50", "TANKPUNT RING", "MECHELEN", days[0]),
        ]),
        (days[1], [
            card_takings("689.90", days[1], "MECHELEN"),
            suppliers_paid(
                ("1820.35", WHEELS, "F-2026-1188"),
                ("640.00", RENT, "Huur atelier"),
            ),
        ]),
        (days[2], [invoice_paid("349.95", 2026000073, HOTEL)]),
        (days[4], [
            card_takings("512.40", days[4], "MECHELEN"),
            direct_debit("129.00", ENERGY, "ELEKTRICITEIT"),
        ]),
    ])  # fmt: skip
    elsewhere = account_days(BICYCLES, STUDIO_CURRENT, "100", 1, [
        (days[3], [debit("25", communication="Bijdrage")]),
    ])  # fmt: skip
    return [[day] for day in [*current, *elsewhere]]


def studio_days(days: list[date]) -> list[list[Statement]]:
    """A studio: two days in one file, one that does not add up, and an old one."""
    current = account_days(STUDIO, STUDIO_CURRENT, "5400", 18, [
        (days[0], [invoice_paid("2420.00", 2026000031, HOTEL)]),
        (days[1], [
            debit("480.00", communication="Ontwerp lichtplan", counterparty=WHEELS,
                  information=[free_information("Offerte 2026-07, tweede schijf")]),
        ]),
        (days[2], [invoice_paid("1210.00", 2026000032, SCHOOL)]),
        (days[3], [direct_debit("58.30", ENERGY, "ELEKTRICITEIT")]),
        (days[4], [invoice_paid("605.00", 2026000033, HOTEL), bank_costs("8.00", "1.68")]),
    ])  # fmt: skip
    *good, wrong = current
    closing = Balance(wrong.closing.date, wrong.closing.amount + 10)
    old = account_days(STUDIO, STUDIO_CURRENT, "5250", 2, [
        (days[0] - timedelta(days=120), [credit("150", communication="Voorschot")]),
    ])  # fmt: skip
    return [old, good[:2], [good[2]], [good[3]], [replace(wrong, closing=closing)]]


def florist_days(days: list[date]) -> list[list[Statement]]:
    """A client that nobody linked to a company yet."""
    return [
        [day]
        for day in account_days(FLORIST, FLORIST_CURRENT, "980", 5, [
            (days[2], [card_takings("402.10", days[2], "HASSELT")]),
            (days[4], [card_takings("377.65", days[4], "HASSELT")]),
        ])
    ]  # fmt: skip


# --- Files ---------------------------------------------------------------------------


def delivery(statements: list[Statement], *, broken: bool = False) -> Delivery:
    """Return the three files of a CODA document."""
    content = write_coda(statements)
    first = statements[0]
    if broken:
        lines = content.split(b"\r\n")
        lines[2] = lines[2][:32] + b"0000000XXXXX" + lines[2][44:]  # the amount
        content = b"\r\n".join(lines)
    return Delivery(
        f"{first.account.number} {first.closing.date} {first.number}",
        {"cod": content, "pdf": pdf(list(printed(statements))), "xml": rendered(content)},
    )


def printed(statements: list[Statement]) -> Iterator[str]:
    """Yield the lines of the paper statement."""
    for number, item in enumerate(statements):
        if number:
            yield from ("", "")
        yield from (
            "VOORBEELDBANK - fictief rekeninguittreksel",
            "",
            f"Rekening  {item.account.number}   {item.account.currency}",
            f"Houder    {item.account.holder}",
            f"Uittreksel {item.number:03}   van {item.opening.date:%d/%m/%Y} tot {item.closing.date:%d/%m/%Y}",
            "",
            f"Vorig saldo op {item.opening.date:%d/%m/%Y}:  {item.opening.amount:.2f}",
            "",
        )
        for movement in item.movements:
            yield from printed_movement(movement)
        yield from ("", f"Nieuw saldo op {item.closing.date:%d/%m/%Y}:  {item.closing.amount:.2f}")


def printed_movement(movement: Movement, indent: str = "") -> Iterator[str]:
    """Yield the lines of one movement and its details."""
    what = movement.reference or (movement.communication if movement.structured is None else "")
    who = movement.counterparty
    yield f"{indent}{movement.entry_date:%d/%m}   {movement.amount:+.2f}   {who.name} {who.account}"
    if what:
        yield f"{indent}            {what}"
    for detail in movement.details:
        yield from printed_movement(detail, f"{indent}        ")


def rendered(content: bytes) -> bytes:
    """Return an XML rendering; CodaBox's own form is not public, so this one is invented."""
    records = "".join(f"<record>{line.decode('cp1252')}</record>" for line in content.splitlines())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<coda>{records}</coda>\n'.encode()
