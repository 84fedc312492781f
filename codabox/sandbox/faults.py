"""What can go wrong on purpose: armed for matching requests, a number of times.

=================  ====================================================================
kind               what the client sees
=================  ====================================================================
``unauthorized``   401 ``Invalid username/password.``
``forbidden``      403
``not_found``      404
``rate_limited``   429 with ``Retry-After`` (``retry_after`` seconds or text, default 120)
``server_error``   500 with an HTML body
``status``         any ``status`` with ``body`` (JSON, text, bytes or nothing) and ``headers``
``slow``           the right answer after ``seconds`` (default 1)
``drop``           the connection is closed before anything is done
``drop_after``     the request is carried out, then the connection is closed: a lost answer
``silent``         the request is carried out, and no answer comes as long as the client waits
``truncated``      half of the body, with the Content-Length of the whole
``content_type``   the right body with another type (``content_type``, default ``text/html``)
``headers``        the right body with other ``headers``
``altered``        the right answer with other ``parts``: a list of ``[[keys], value]``; without
                   value that part is left out
``bad_json``       200 with a body that is not JSON
``redirect``       302 to ``location``
=================  ====================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

KINDS: Final = (
    "unauthorized", "forbidden", "not_found", "rate_limited", "server_error", "status", "slow",
    "drop", "drop_after", "silent", "truncated", "content_type", "headers", "altered",
    "bad_json", "redirect",
)  # fmt: skip


@dataclass(slots=True)
class Fault:
    """One armed fault.

    :param kind: one of :data:`KINDS`.
    :param method: HTTP method, any when ``None``.
    :param path: regular expression searched in the path, e.g. ``/feed/277/$``.
    :param times: how many requests it hits; ``None``: until it is cleared.
    :param user: only requests with this user name.
    :param options: see the table above.
    """

    kind: str
    method: str | None = None
    path: str = ""
    times: int | None = 1
    options: dict[str, Any] = field(default_factory=dict)
    user: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            message = f"unknown kind of fault {self.kind!r}, expected one of {', '.join(KINDS)}"
            raise ValueError(message)
        re.compile(self.path)

    def matches(self, method: str, path: str, user: str | None = None) -> bool:
        """Say whether this fault hits a request."""
        return (
            self.times != 0
            and self.method in (None, method)
            and self.user in (None, user)
            and re.search(self.path, path) is not None
        )


def take(faults: list[Fault], method: str, path: str, user: str | None = None) -> Fault | None:
    """Give the first armed fault that hits a request, and count it."""
    for fault in faults:
        if fault.matches(method, path, user):
            if fault.times is not None:
                fault.times -= 1
            return fault
    return None
