"""The invoices of the demo's clients: bills, a credit note, a duplicate, one to decide, sales, an
expense note. Their amounts are those of the payments on the bank statements.
"""

from datetime import date, timedelta

from codabox.sandbox import pdf
from codabox.ubl import Invoice, Party, write_ubl
from codabox.ubl.builders import invoice, line
from demo.clients import (
    BAKERY,
    BICYCLES,
    ENERGY,
    HOTEL,
    MILL,
    PARTNER_NUMBERS,
    RENT,
    STUDIO,
    WHEELS,
    Client,
    Delivery,
    enterprise_number,
    ogm,
)

PURCHASE, SALE, EXPENSE = "purchase_invoice", "sales_invoice", "expense"
SHOP = Party(
    "GROOTHANDEL ANJER BV", enterprise_number(19990150), f"BE{enterprise_number(19990150)}",
    street="Kaai 7", zip="9000", city="Gent", country="BE",
)  # fmt: skip


def of_client(client: Client) -> Party:
    """Return a client as its invoices name it."""
    zip_code, city = client.city.split(" ", 1)
    number = client.number
    return Party(
        client.name, number, f"BE{number}", "0208", number, client.street, "", zip_code, city, "BE"
    )  # fmt: skip


def of_partner(partner: object) -> Party:
    """Return a customer or supplier as invoices name it."""
    *words, form = partner.name.split()
    number = PARTNER_NUMBERS[partner.name]
    name = " ".join([word.title() for word in words] + [form])
    return Party(
        name, number, f"BE{number}", "0208", number, "Kade 10", "", "9000", "Gent", "BE"
    )  # fmt: skip


def delivery(model: str, made: Invoice, title: str = "") -> Delivery:
    """Return an invoice as CodaBox delivers it: UBL and PDF."""
    total = f"Totaal {made.total:.2f} {made.currency}"
    other = made.customer if model == SALE else made.supplier
    kind = "creditnota" if made.is_credit else "factuur"
    printed = [
        f"{other.name} - fictieve {kind}",
        "",
        made.number,
        f"{made.issue_date:%d/%m/%Y}",
        "",
        total,
    ]
    content = pdf(printed)
    return Delivery(title or made.number, {"xml": write_ubl(made), "pdf": content}, model)


def bill(
    client: Client, supplier: object, number: str, day: date, *lines: object, **values: object
) -> Invoice:
    """Return what a supplier invoices to a client."""
    terms = {"issue_date": day, "due_date": day + timedelta(days=30), "attachments": ()}
    parties = {"supplier": of_partner(supplier), "customer": of_client(client)}
    return invoice(number, *lines, **{**terms, **parties, "ibans": (supplier.account,), **values})


def bakery(days: list[date]) -> list[Delivery]:
    """Flour and energy, flour that went back, the same bill by another channel, and a receipt."""
    flour = line("1367.92", "6", label="Tarwebloem, 2 pallets")
    mill = bill(BAKERY, MILL, "20260118", days[0], flour)
    again = bill(BAKERY, MILL, "20260118", days[0], flour, flavour="ublbe3")
    energy = bill(BAKERY, ENERGY, "E-77120", days[0], line("263.16", label="Elektriciteit"))
    back = bill(
        BAKERY, MILL, "C-20260031", days[2], line("100", "6", label="Terugname"), credit=True
    )
    shop = invoice(
        "K-5521",
        line("82.22", "6", label="Bakkerijbenodigdheden"),
        supplier=SHOP,
        customer=of_client(BAKERY),
        issue_date=days[0],
        due_date=None,
        ibans=(),
        attachments=(),
    )
    return [
        delivery(PURCHASE, mill),
        delivery(PURCHASE, energy),
        delivery(PURCHASE, back),
        delivery(PURCHASE, again, "20260118 bis"),
        delivery(EXPENSE, shop),
    ]


def bicycles(days: list[date]) -> list[Delivery]:
    """Parts, and works to the building whose VAT a person must choose."""
    parts = bill(BICYCLES, WHEELS, "F-2026-1188", days[0], line("1504.42", label="Wielen"))
    works = bill(
        BICYCLES, RENT, "2026/88", days[1], line("750", "cocontractor", label="Herstelling dak")
    )
    return [delivery(PURCHASE, parts), delivery(PURCHASE, works)]


def studio(days: list[date]) -> list[Delivery]:
    """Sales from other software; the number between them is missing."""
    found = []
    for sequence, day, amount in ((31, days[0], "2000"), (33, days[3], "500")):
        digits = ogm(2026000000 + sequence)
        found.append(
            delivery(
                SALE,
                invoice(
                    f"2026-{sequence:03}",
                    line(amount, label="Lichtontwerp"),
                    supplier=of_client(STUDIO),
                    customer=of_partner(HOTEL),
                    issue_date=day,
                    due_date=day + timedelta(days=30),
                    payment_reference=f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++",
                    ibans=(),
                    attachments=(),
                ),
            )
        )
    return found
