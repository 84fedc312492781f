"""Ways to spoil a good file: every test takes a right one and breaks one thing."""

from datetime import date
from decimal import Decimal

from ..coda import parse_coda, write_coda
from ..coda.builders import credit, debit, free_information, party, statement

ACCOUNT = "BE68539007547034"
OTHER_ACCOUNT = "BE43068999999501"
OGM = "009093375538"


def good_statement(**values):
    """Give two movements: one with an OGM and one with an information record."""
    return statement(
        **{
            "account": ACCOUNT,
            "opening": "1000",
            "movements": [
                credit("121", ogm=OGM, counterparty=party("ACME NV", OTHER_ACCOUNT)),
                debit("45.99", communication="INVOICE 12", information=[free_information("HI")]),
            ],
            **values,
        }
    )


def good_lines(**values):
    """Give the lines of that statement: 0, 1, 21, 23, 21, 31, 8, 9."""
    return to_lines(write_coda([good_statement(**values)]))


def to_lines(data):
    return data.decode("cp1252").splitlines()


def to_bytes(lines):
    return "\r\n".join(lines).encode("cp1252")


def put(lines, record, first, text):
    """Overwrite from this position, counted from 1 like the records are."""
    line = lines[record - 1]
    changed = line[: first - 1] + text + line[first - 1 + len(text) :]
    return [*lines[: record - 1], changed, *lines[record:]]


def drop(lines, *records):
    return [line for number, line in enumerate(lines, start=1) if number not in records]


def parse_lines(lines):
    return parse_coda(to_bytes(lines))


def only_statement(lines):
    (found,) = parse_lines(lines).statements
    return found


def only_movement(lines):
    (found,) = only_statement(lines).movements
    return found


def codes(coda):
    return [notice.code for notice in coda.notices]


def movement_line(sequence, detail, amount, kind="0", *, text="", flag="0", code="0150000"):
    """Give a 2.1 record written by hand; a negative amount is a debit."""
    value = Decimal(amount)
    digits = str(int(abs(value) * 1000)).zfill(15)
    return (
        f"21{sequence:04d}{detail:04d}{'REF':21}{'1' if value < 0 else '0'}{digits}150126"
        f"{kind}{code}{flag}{text:53}15012600100 0"
    ).ljust(128)


def statement_lines(movements, *, roots="0", opening="0", header=()):
    """Give a whole statement around lines of movements; ``roots`` is what they sum to."""
    empty = to_lines(write_coda([statement(account=ACCOUNT, opening=opening)]))
    total, start = Decimal(roots), Decimal(opening)
    lines = [*empty[:2], *movements, *empty[2:]]
    last = len(lines)
    for first, text in header:
        lines = put(lines, 1, first, text)
    end = start + total
    lines = put(lines, last - 1, 42, ("1" if end < 0 else "0") + digits(end))
    lines = put(lines, last, 17, f"{len(movements) + 2:06d}")
    return put(lines, last, 23, digits(min(total, 0)) + digits(max(total, 0)))


def digits(amount):
    return str(int(abs(Decimal(amount)) * 1000)).zfill(15)


def day(text):
    return date.fromisoformat(text)


def second(text="", **places):
    """Give a 2.2 record of movement 1 with texts at positions, e.g. ``p64="REF"``."""
    line = f"2200010000{text}".ljust(128)
    for place, value in places.items():
        (line,) = put([line], 1, int(place[1:]), value)
    return line
