"""Every field of an answer in every other form: what CodaBox might send in its place.

Fields are found in the answer itself, so that a new one is covered by itself.
"""

from __future__ import annotations

import copy
import json
import re
from datetime import date

ABSENT = "(absent)"
RENAMED = "(other letters)"

# Every type of JSON, other ways to write dates and numbers, odd lengths, what no database holds.
FORMS = (
    None, True, False, 0, 3, -1, 1.5, 3.0, 10**12, 10**30, float("nan"), float("inf"),
    "", " ", "x", "text", "7", "7,5", "1e3", "true", "null", "é€漢", "a\x00b", "\ud800", "z" * 5000,
    "19/12/2011", "19-12-2011", "20111219", "2011-12-19", "2011-13-45", "0000-00-00",
    "2011-12-19T01:02:03Z", "2011-12-19 01:02:03+02:00", 20111219, 1324256523, 1324256523000,
    [], {}, [None], [[]], [3], ["text"], ["text", 3], {"a": None}, {"id": None}, [{}], [[[[{}]]]],
)  # fmt: skip


def places(value, path=()):
    """Give the path of every value inside an answer."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        yield (*path, key)
        if isinstance(item, (dict, list)):
            yield from places(item, (*path, key))


def twisted(value):
    """Give other ways to write this very value."""
    if isinstance(value, str):
        found = [
            value.upper(),
            value.lower(),
            f" {value} ",
            value[:-1],
            value[1:],
            value * 2,
            [value],
        ]
        found += [f"{value}\x00", {"value": value}, re.sub(r"(.{4})", r"\1 ", value)]
        if re.match(r"\d{4}-\d\d-\d\d", value):
            day = date.fromisoformat(value[:10])
            found += [
                f"{day:%d/%m/%Y}",
                f"{day:%d.%m.%y}",
                f"{day:%Y%m%d}",
                f"{day}T00:00:00Z",
                [*day.timetuple()],
            ]
        return found + ([int(value)] if value.isdecimal() else [])
    if isinstance(value, (int, float)):  # a boolean too
        return [
            str(value),
            str(value).lower(),
            float(value),
            -value,
            f"{value}.0",
            [value],
            not value,
        ]
    if isinstance(value, list):
        return [
            value + value,
            [None, *value],
            value[1:],
            dict(enumerate(value)),
            json.dumps(value),
            [value],
            *value[:1],
        ]
    if isinstance(value, dict):
        return [[value], json.dumps(value), {key.upper(): item for key, item in value.items()}]
    return []


def changed(body, path, value):
    """Give an answer with another value at a place, or without what is there."""
    twin = inner = copy.copy(body)
    for key in path[:-1]:  # only what is changed is copied: there are thousands
        inner[key] = inner = copy.copy(inner[key])
    if value is ABSENT:
        del inner[path[-1]]
    elif value is RENAMED:
        inner[path[-1].swapcase()] = inner.pop(path[-1])
    else:
        inner[path[-1]] = value
    return twin


def at(body, path):
    """Give the value at a place."""
    for key in path:
        body = body[key]
    return body


def named(path):
    """Write a place as an error does, without the numbers of items."""
    return ".".join("" if isinstance(key, int) else key for key in path).replace("..", ".")


def fields(body):
    """Give the first place of every field: what stands beside it is its neighbour."""
    return {named(path): path for path in reversed(list(places(body)))}.values()


def forms(body, path):
    """Give what a place is replaced by, the shortest and likeliest first."""
    renamed = [RENAMED] if isinstance(path[-1], str) else []
    return [ABSENT, *renamed, *FORMS, *twisted(at(body, path))]


def variants(body, most=None):
    """Give every field, what stands in its place, and the answer with that.

    :param most: of so many forms only, for an answer that is read like another.
    """
    for path in fields(body):
        for value in forms(body, path)[:most]:
            yield path, value, changed(body, path, value)
