"""What may go wrong with one call on its way: a name, and how the sandbox does it."""

from __future__ import annotations

import gzip
import json
from email.utils import formatdate

PAGE = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in</body></html>"
REFUSALS = (400, 401, 403, 404, 405, 409, 410, 413, 418, 422, 429, 500, 501, 502, 503, 504)
_HTML = {"Content-Type": "text/html; charset=utf-8"}
_JSON = {"Content-Type": "application/json"}
_GZIP = {**_JSON, "Content-Encoding": "gzip"}
_BYTES = {"Content-Type": "application/octet-stream"}

# More than any answer may be; the tests that use it allow less than the product.
MAX_BYTES = 1_000_000


def status(number, body="", **headers):
    """Give a fault that answers with this status."""
    return ("status", {"status": number, "body": body, "headers": headers})


def ok(body, headers):
    """Give a fault that answers 200 with something else."""
    return status(200, body, **headers)


def worlds():
    """Give name -> kind and options of each fault."""
    found = {f"{number}": status(number, {"detail": "CodaBox says no."}) for number in REFUSALS}
    found |= {f"{number} as a page": status(number, PAGE, **_HTML) for number in REFUSALS}
    waits = {"seconds": "7201", "a date": formatdate(4e9, usegmt=True), "nonsense": "later"}
    for number in (429, 503):
        for name, wait in waits.items():
            found[f"{number}, wait: {name}"] = status(number, "", **{"Retry-After": wait})
    found |= {
        f"{number} without body": status(number)
        for number in (200, 201, 202, 204, 300, 304, 400, 500)
    }
    found |= {
        "fields that are refused": status(400, {"feed_offset": ["No."], "a": {"b": [{"c": "d"}]}}),
        "a refusal of NaN": status(400, '{"detail": NaN}', **_JSON),
        "a connection that closes": ("drop", {}),
        "an answer that gets lost": ("drop_after", {}),
        "silence": ("silent", {}),
        "half an answer": ("truncated", {}),
        "three bytes": ("headers", {"headers": {"Content-Length": "3"}}),
        "a length that is too long": ("headers", {"headers": {"Content-Length": "99999"}}),
        "a length beyond all": ("headers", {"headers": {"Content-Length": "9" * 30}}),
        "a length of words": ("headers", {"headers": {"Content-Length": "many"}}),
        "another encoding than said": ("headers", {"headers": {"Content-Encoding": "gzip"}}),
        "an encoding nobody knows": ("headers", {"headers": {"Content-Encoding": "br, zz"}}),
        "headers without end": ("headers", {"headers": {"X-Long": "x" * 100_000}}),
        "no type": ("headers", {"headers": {"Content-Type": ""}}),
        "the type of a page": ("content_type", {}),
        "the type of an image": ("content_type", {"content_type": "image/png"}),
        "a page": ok(PAGE, _HTML),
        "a page that says it is JSON": ok(PAGE, _JSON),
        "a page that says it is a file": ok(PAGE, _BYTES),
        "an error in JSON": ok({"detail": "Not found."}, _JSON),
        "JSON cut off": ("bad_json", {}),
        "null": ok("null", _JSON),
        "a number": ok("7", _JSON),
        "an empty list": ok("[]", _JSON),
        "an empty object": ok("{}", _JSON),
        "a list of nothing": ok("[null, [], 3]", _JSON),
        "NaN": ok("NaN", _JSON),
        "NULs": ok(b"\x00" * 300, _BYTES),
        "every byte": ok(bytes(range(256)) * 3, _BYTES),
        "JSON in UTF-16": ok(json.dumps({"id": 1}).encode("utf-16"), _JSON),
        "100,000 lists in each other": ok("[" * 100_000 + "]" * 100_000, _JSON),
        "900 objects in each other": ok('{"a":' * 900 + "1" + "}" * 900, _JSON),
        "a number of 5,000 digits": ok("9" * 5000, _JSON),
        "a gzip bomb": ok(gzip.compress(b" " * (MAX_BYTES + 1)), _GZIP),
        "half a gzip": ok(gzip.compress(PAGE.encode())[:-9], _GZIP),
        "too much": ok(b" " * (MAX_BYTES + 1), _JSON),
        "a redirect to another host": status(302, Location="https://elsewhere.test/v2/?u=x"),
        "a redirect to nonsense": status(307, Location="mailto:x"),
        "a redirect to nowhere": status(301),
        "a redirect to a page": status(302, Location="/sign/in/"),
    }  # fmt: skip
    return found


# A redirect in a circle needs the address of the call itself.
CIRCLE = "a redirect in a circle"


def arm(sandbox, name, path, method=None, **options):
    """Have the sandbox fail on these requests, whenever they come.

    :param path: regular expression; for :data:`CIRCLE` without special signs but the last ``$``.
    :param options: of ``Sandbox.fail``.
    """
    circle = ("redirect", {"location": path.removesuffix("$")})
    kind, how = circle if name == CIRCLE else worlds()[name]
    sandbox.fail(kind, path=path, method=method, times=None, **how, **options)
