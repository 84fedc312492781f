"""Texts without the payment reference that stands in them, for labels that say it once."""

from __future__ import annotations

import re

# What people and banks put between the digits of a reference.
_BETWEEN = r"[ ./*+-]{0,3}"
_LEFT_BEHIND = " .:;,-/+*("


def without_reference(text: str, reference: str) -> str:
    """Return a text on one line without a reference, however and however often it is written.

    Whoever shows the reference beside it says it once. A text that says nothing else is empty.

    :param text: what the bank or the payer wrote.
    :param reference: the reference found in it, in its normal form, or empty.
    """
    marks = [char for char in reference if char.isalnum()]
    if not marks:
        return " ".join(text.split())
    wanted = _BETWEEN.join(marks)
    pattern = rf"(?<![0-9A-Za-z])[+* ]*{wanted}(?![0-9A-Za-z])[ +*]*"
    rest, times = re.subn(pattern, " ", text)
    rest = " ".join(rest.split())
    return rest.rstrip(_LEFT_BEHIND) if times else rest
