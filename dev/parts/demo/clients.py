"""Who is in the demo: the office, its clients and whom they deal with, invented from end to end.

Names, enterprise numbers (1999.…, never given out) and accounts (bank codes 971 to 976, of no
bank) belong to nobody.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from codabox.coda.builders import party
from codabox.sandbox.metadata import belgian_iban


def enterprise_number(first: int) -> str:
    """Return the ten digits of an enterprise number from its first eight."""
    return f"{first:08}{97 - first % 97:02}"


def iban(first: int) -> str:
    """Return a Belgian IBAN from the first ten digits of its account number."""
    return belgian_iban(f"{first:010}{first % 97 or 97:02}")


def ogm(first: int) -> str:
    """Return the twelve digits of a structured reference from its first ten."""
    return f"{first:010}{first % 97 or 97:02}"


@dataclass(frozen=True)
class Client:
    """One client of the office and the bank accounts that Odoo knows of it."""

    code: str
    name: str
    number: str
    street: str
    city: str
    accounts: dict[str, str] = field(default_factory=dict)  # name of the journal -> IBAN

    @property
    def holder(self) -> str:
        """Its name as banks print it."""
        return self.name.upper()


BAKERY_CURRENT, BAKERY_SAVINGS, SHARED = iban(9710000101), iban(9710000102), iban(9710000103)
BICYCLES_CURRENT, STUDIO_CURRENT = iban(9720000201), iban(9730000301)
FLORIST_CURRENT = iban(9740000401)

OFFICE_NAME = "Kantoor Lindehof BV"
OFFICE_NUMBER = enterprise_number(19990000)
BAKERY = Client(
    "ZONNEKRANS", "Bakkerij Zonnekrans BV", enterprise_number(19990001), "Dorpsplein 1", "9000 Gent",
    {"Zichtrekening": BAKERY_CURRENT, "Gemeenschappelijke kas": SHARED},
)  # fmt: skip
BICYCLES = Client(
    "KWIKSTAART", "Fietsatelier Kwikstaart BV", enterprise_number(19990002), "Stationsstraat 2",
    "2800 Mechelen", {"Zichtrekening": BICYCLES_CURRENT, "Gemeenschappelijke kas": SHARED},
)  # fmt: skip
STUDIO = Client(
    "MORGENROOD", "Studio Morgenrood BV", enterprise_number(19990003), "Havenlaan 3",
    "8400 Oostende", {"Zichtrekening": STUDIO_CURRENT},
)  # fmt: skip
FLORIST = Client(
    "VELDWINDE", "Bloemen Veldwinde VOF", enterprise_number(19990004), "Marktstraat 4",
    "3500 Hasselt",
)  # fmt: skip
# Only a contact, in the jobs of an accountant: a mandate is ordered for it.
ROOFER = Client(
    "PANNENDAK", "Dakwerken Pannendak BV", enterprise_number(19990005), "Ladderstraat 3", "9000 Gent",
    {"Zichtrekening": iban(9740000801)},
)  # fmt: skip
COMPANIES = (BAKERY, BICYCLES, STUDIO)

# A second office: its CodaBox has only the calls that are documented, so it orders by hand.
SALON_CURRENT = iban(9740000701)
SECOND_OFFICE = Client(
    "RIETVELD", "Kantoor Rietveld BV", enterprise_number(19990010), "Rietlaan 9", "9050 Gentbrugge"
)
SALON = Client(
    "WATERLELIE", "Kapsalon Waterlelie BV", enterprise_number(19990011), "Vijverstraat 8",
    "9050 Gentbrugge", {"Zichtrekening": SALON_CURRENT},
)  # fmt: skip

HOTEL = party("HOTEL DE LANTAARN NV", iban(9750000501), "CDBXBE33")
SCHOOL = party("SCHOOL HET KOMPAS VZW", iban(9750000502), "CDBXBE33")
MILL = party("MOLEN VAN STEENDAM BV", iban(9750000503), "CDBXBE34")
WHEELS = party("WIELENHUIS BENELUX NV", iban(9750000504), "CDBXBE34")
ENERGY = party("STROOMGOLF ENERGIE NV", iban(9760000601), "CDBXBE34")
RENT = party("IMMO TORENZICHT BV", iban(9760000602), "CDBXBE34")
PARTNERS = (HOTEL, SCHOOL, MILL, WHEELS, ENERGY, RENT)
# In their invoices.
PARTNER_NUMBERS = {
    partner.name: enterprise_number(19990100 + place) for place, partner in enumerate(PARTNERS)
}


def working_days(until: date, count: int) -> list[date]:
    """Return the last `count` working days before a day, oldest first."""
    days: list[date] = []
    while len(days) < count:
        until -= timedelta(days=1)
        if until.weekday() < 5:
            days.append(until)
    return days[::-1]


@dataclass(frozen=True)
class Delivery:
    """One document in a client's feed."""

    name: str
    files: dict[str, bytes]
    model: str = "coda"
