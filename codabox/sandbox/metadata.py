"""What CodaBox tells about a document in the feed, derived from the document itself (API 5.7).

Cheap and lenient on purpose: a broken CODA must still be deliverable, as the real one delivers it.
Positions are those of the standard (``docs/reference/coda.md`` 1.2 to 1.7), 1-based there, 0-based
here.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

_IBAN = re.compile(r"[A-Z]{2}\d\d[A-Z0-9]{8,30}")


def derive(model: str, files: dict[str, bytes]) -> dict[str, object]:
    """Give the metadata of a document; empty when nothing is known about its model."""
    if model == "coda" and "cod" in files:
        return coda(files["cod"])
    return {}


def is_coda(content: bytes) -> bool:
    """Say whether a file looks like CODA: record 0 with the application code 05."""
    line = content.lstrip(b"\xef\xbb\xbf\r\n")[:16]
    return line[:5] == b"00000" and line[14:16] == b"05"


def coda(content: bytes) -> dict[str, object]:
    """Give the eight keys of a CODA's metadata, in the observed order.

    Several statements in one file: first and last statement number differ, the balance date is
    the last one.
    """
    lines = [line.ljust(128) for line in content.decode("latin-1").splitlines() if line.strip()]
    heads = [line for line in lines if line[:1] == "0"]
    olds = [line for line in lines if line[:1] == "1"]
    news = [line for line in lines if line[:1] == "8"]
    iban, currency, extension = _account(olds[0]) if olds else ("", "EUR", None)
    numbers = [int(line[125:128]) for line in olds if line[125:128].isdecimal()] or [0]
    return {
        "movement_count": sum(line[:2] == "21" and line[6:10] == "0000" for line in lines),
        "last_statement_number": numbers[-1],
        "extension_zone": extension,
        "new_balance_date": _iso_date(news[-1][57:63]) if news else None,
        "bank_id": heads[0][60:71].strip() if heads else "",
        "currency": currency,
        "iban": iban,
        "first_statement_number": numbers[0],
    }


def enterprise_number(content: bytes) -> str | None:
    """Give the enterprise number of a CODA as ``BE`` and ten digits, if it is filled."""
    digits = content.lstrip(b"\xef\xbb\xbf\r\n")[71:82].decode("latin-1")
    return f"BE{digits[1:]}" if digits.isdecimal() and int(digits) else None


def _account(line: str) -> tuple[str, str, str | None]:
    """Read IBAN, currency and extension from record 1 by its structure digit (1.4)."""
    structure, account = line[1], line[5:42]
    if structure in "0 ":
        number, currency, extension = account[:12], account[13:16], account[22:37]
    elif structure == "2":
        number, currency, extension = account[:31], account[34:37], account[31:34]
    else:
        number, currency, extension = account[:34], account[34:37], ""
    number = number.replace(" ", "")
    if structure in "0 " and number.isdecimal():
        number = belgian_iban(number)
    return number, currency.strip() or "EUR", extension.strip() or None


def belgian_iban(number: str) -> str:
    """Turn a Belgian account number of twelve digits into its IBAN."""
    return f"BE{98 - int(number + '111400') % 97:02d}{number}"


def _iso_date(digits: str) -> str | None:
    """Turn DDMMYY into ``YYYY-MM-DD``; ``None`` when it is no date."""
    with suppress(ValueError):
        return date(2000 + int(digits[4:]), int(digits[2:4]), int(digits[:2])).isoformat()
    return None
