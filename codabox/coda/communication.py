"""Structured communications: three digits of type and a payload of fixed columns.

The payload is what the records hold, joined raw: its columns cross the borders of the records.
"""

from __future__ import annotations

from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING

from ..reading.references import find_reference, format_ogm, is_valid_ogm, is_valid_rf
from .communication_types import INFORMATION_TYPES, INFORMATION_TYPES_1, MOVEMENT_TYPES, Part

if TYPE_CHECKING:
    from collections.abc import Mapping

# Room for the longest: 70 in 3.1, 105 in 3.2, 90 in 3.3. A movement has 146 in 2.1 to 2.3.
INFORMATION_PAYLOAD = 265

# What stands behind the last part that the standard knows.
REST = "rest"
# The whole payload of a type that is not in our tables.
TEXT = "text"

# Where people write in a structured communication; a reference may hide there.
_TEXT_ZONES = {"105": "structured_comm", "107": "communication", "127": "communication"}


class _Decoder:
    """Cuts a payload in its parts; made once for each type."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        ends = list(accumulate(part.size for part in parts))
        spans = [slice(end - part.size, end) for part, end in zip(parts, ends, strict=True)]
        self._cut = itemgetter(*spans, slice(ends[-1], None))
        self._names = [part.name for part in parts]
        self._reads = [part.kind.read for part in parts]

    def decode(self, payload: str, fields: dict[str, object]) -> None:
        """Add the parts to these fields."""
        *values, rest = self._cut(payload)
        read = [read(value) for read, value in zip(self._reads, values, strict=True)]
        fields.update(zip(self._names, read, strict=True))
        if rest and not rest.isspace():
            fields[REST] = rest.strip()


_MOVEMENT_DECODERS = {code: _Decoder(parts) for code, parts in MOVEMENT_TYPES.items()}
# Some banks repeat a movement type in an information record.
_INFORMATION_DECODERS = _MOVEMENT_DECODERS | {
    code: _Decoder(parts) for code, parts in INFORMATION_TYPES.items()
}
_INFORMATION_DECODERS_1 = _INFORMATION_DECODERS | {
    code: _Decoder(parts) for code, parts in INFORMATION_TYPES_1.items()
}


def decode_movement(code: str, payload: str) -> dict[str, object]:
    """Return the parts of a movement's communication by name, with its ``type``.

    An unknown type never stops an import: its payload is then kept under ``text``.
    """
    fields: dict[str, object] = {"type": code}
    decoder = _MOVEMENT_DECODERS.get(code)
    if decoder is None:
        fields[TEXT] = payload.strip()
    else:
        decoder.decode(payload, fields)
    return fields


def decode_information(code: str, payload: str, version: int = 2) -> dict[str, object]:
    """Return the parts of an information record by name.

    :param code: the three digits of its type.
    :param payload: what follows them.
    :param version: the version of the standard, which decides about the columns.
    """
    fields: dict[str, object] = {}
    decoders = _INFORMATION_DECODERS_1 if version == 1 else _INFORMATION_DECODERS
    decoder = decoders.get(code)
    if decoder is None:
        fields[TEXT] = payload.strip()
    else:
        decoder.decode(payload, fields)
    return fields


def encode_movement(fields: Mapping[str, object]) -> str:
    """Return the payload that :func:`decode_movement` reads as these fields."""
    return _encode(MOVEMENT_TYPES.get(str(fields["type"])), fields)


def encode_information(code: str, fields: Mapping[str, object]) -> str:
    """Return the payload that :func:`decode_information` reads as these fields."""
    return _encode(INFORMATION_TYPES.get(code) or MOVEMENT_TYPES.get(code), fields)


def structured_reference(fields: Mapping[str, object], accounts: tuple[str, ...] = ()) -> str:
    """Return the OGM or RF reference of decoded fields if its check digits are right."""
    code = fields["type"]
    if code in ("101", "102"):
        digits = str(fields["ogm"])
        return format_ogm(digits) if is_valid_ogm(digits) else ""
    if code == "100":
        reference = str(fields["iso11649_reference"]).replace(" ", "")
        return reference if is_valid_rf(reference) else ""
    zone = fields.get(_TEXT_ZONES.get(str(code), TEXT))
    return find_reference(str(zone), accounts) if zone else ""


def _encode(parts: tuple[Part, ...] | None, fields: Mapping[str, object]) -> str:
    if parts is None:
        return str(fields.get(TEXT, ""))
    payload = "".join(_column(part, fields) for part in parts)
    return payload + str(fields.get(REST, ""))


def _column(part: Part, fields: Mapping[str, object]) -> str:
    """Return one part at its exact width.

    :raise ValueError: when it is longer: it would move all that follows.
    """
    if part.name not in fields:
        return " " * part.size
    text = part.kind.write(fields[part.name], part.size)
    if len(text) > part.size:
        message = f"{part.name} does not fit in {part.size} characters: {text!r}"
        raise ValueError(message)
    return text
