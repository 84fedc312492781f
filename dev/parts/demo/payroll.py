"""The payroll of the demo's clients: two months of one social secretariat, one of another.

Names, codes and amounts are invented. The first secretariat has a line for each employee, and a
code (625) that the Belgian chart lacks.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from codabox.soda import write_soda
from codabox.soda.builders import credit, debit, entry, soda
from codabox.soda.records import Entry, SodaFile

FIRST, SECOND = "DE BRUG", "LOONLIJN"
# Gross, social security of the employee, withheld tax.
BAKERS = (("2650.00", "346.36", "392.10"), ("2310.00", "301.92", "268.45"))


def net_wages() -> Decimal:
    """Return what the bakery pays out each month."""
    return sum((Decimal(g) - Decimal(s) - Decimal(t) for g, s, t in BAKERS), Decimal(0))


def months(until: date) -> list[date]:
    """Return the last days of the two months before that of a day, the older one first."""
    last = until.replace(day=1) - timedelta(days=1)
    return [last.replace(day=1) - timedelta(days=1), last]


def bakery(number: str, month: date, sequence: int) -> SodaFile:
    """Return a month of the bakery, with a line for each employee."""
    lines = []
    for place, (gross, social, tax) in enumerate(BAKERS, start=1):
        net = Decimal(gross) - Decimal(social) - Decimal(tax)
        lines += [
            debit("620300", gross, f"Loon MEDEWERKER {place}"),
            credit("4540", social, "RSZ"),
            credit("4530", tax, "Bedrijfsvoorheffing"),
            credit("4550", str(net), f"Netto MEDEWERKER {place}"),
        ]
    lines += [
        debit("6210", "1290.16", "RSZ werkgever"),
        credit("4540", "1290.16", "RSZ"),
        debit("625000", "512.20", "Provisie vakantiegeld"),
        credit("4560", "512.20", "Vakantiegeld"),
    ]
    return soda(_entry(number, month, sequence, lines, "BAKKERIJ ZONNEKRANS BV"), source=FIRST)


def bicycles(number: str, month: date) -> SodaFile:
    """Return a month of the workshop, of another secretariat with other codes."""
    lines = [
        debit("620200", "3120.00", "Bezoldigingen bedienden"),
        debit("621000", "842.40", "RSZ werkgever"),
        credit("453000", "498.20", "Bedrijfsvoorheffing"),
        credit("454000", "1250.18", "RSZ"),
        credit("455000", "2214.02", "Netto"),
    ]
    return soda(_entry(number, month, 7, lines, "FIETSATELIER KWIKSTAART BV"), source=SECOND)


def _entry(number: str, month: date, sequence: int, lines: list, label: str) -> Entry:
    return entry(
        f"{month:%Y%m}",
        *lines,
        sequence=f"{month:%Y}{sequence:04}",
        enterprise=f"BE{number}",
        label=label,
        generated=month + timedelta(days=3),
    )


def printed(content: SodaFile) -> Iterator[str]:
    """Yield the lines of the paper."""
    (payroll,) = content.entries
    yield from (f"{content.source} - fictieve loonboeking", "", payroll.label)
    yield from (f"Maand {payroll.period[4:]}/{payroll.period[:4]}", "")
    for line in payroll.lines:
        yield f"{line.account:8} {line.label:28} {line.debit:>10} {line.credit:>10}"


def files(content: SodaFile, render) -> dict[str, bytes]:
    """Return the files of a document.

    :param render: makes a PDF of lines of text.
    """
    return {"xml": write_soda(content), "pdf": render(list(printed(content)))}
