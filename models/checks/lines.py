"""A line of a check: what it is about, whether that is in order, and what proves it."""

from typing import NamedTuple

# What asks most of a person first. A fact holds nothing up.
STATES = [
    ("todo", "To do"),
    ("unknown", "Not known"),
    ("closed", "Closed to you"),
    ("fact", "To know"),
    ("right", "✓ Said to be right"),
    ("ok", "✓ In order"),
]
RANK = {name: number for number, (name, _label) in enumerate(STATES)}
OPEN = ("todo", "unknown")


class Line(NamedTuple):
    """One line. ``mark`` is what it is now: what a person said of it holds as long as that is so."""

    name: str
    state: str
    mark: str = ""
    facts: dict = {}  # what its sentence quotes
    ids: tuple = ()  # what its list shows, where no domain says it


def worst(states):
    """Return the state that asks most of a person.

    :rtype: str
    """
    return min(states, key=RANK.__getitem__)
