"""A CodaBox V2 on this machine, faithful enough to develop and test against.

In a test, in-process, on a free port::

    with Sandbox() as sandbox:
        feed_id = sandbox.add_client("C0003", "Bakery", enterprise_num="BE0477472701")
        sandbox.add_document(feed_id, "coda", {"cod": content})
        ...  # sandbox.url is the base URL of a client
        assert [entry.method for entry in sandbox.log] == ["GET", "GET", "PUT"]

From a shell: ``python -m codabox.sandbox --help``.

A request comes in at ``app.py`` (log, ``faults.py``, credentials) and goes to ``routes.py``,
``provisional.py`` (orders: ``checks.py``, then ``orders.py``), ``peppol.py`` or ``signing.py``.
What CodaBox has is in ``state.py``, in the forms of ``model.py`` and ``resources.py``;
``my_codabox.py`` orders as a person does there, ``lifecycle.py`` moves mandates, ``invoices.py``
sent invoices, ``gate.py`` holds documents back.
Tests tell it what to be in Python (``state.py``, ``bench.py``) or over HTTP (``control.py``); it
begins with ``seed.py``, whose names are in ``const.py``, and ``folder.py``.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from ..domain import Channel
from ..transport.wire import is_loopback
from . import folder, seed as seeds
from .app import PREFIX, Application
from .model import Document, LogEntry, Mail
from .pdf import pdf
from .const import (
    CLIENT_NUMBER,
    COMPANY_CREDENTIALS,
    COMPANY_TOKEN,
    CREDENTIALS,
    FEED_ID,
    FEED_INDEXES,
    PASSWORD,
    POD_ID,
    SECOND_FEED_ID,
    SOFTWARE_KEY,
    TOKEN,
    USERNAME,
)
from .state import World

if TYPE_CHECKING:
    from types import TracebackType
    from collections.abc import Iterator

__all__ = [
    "CLIENT_NUMBER",
    "COMPANY_CREDENTIALS",
    "COMPANY_TOKEN",
    "CREDENTIALS",
    "FEED_ID",
    "FEED_INDEXES",
    "PASSWORD",
    "POD_ID",
    "SECOND_FEED_ID",
    "SOFTWARE_KEY",
    "TOKEN",
    "USERNAME",
    "Channel",
    "Document",
    "LogEntry",
    "Mail",
    "Sandbox",
    "pdf",
]


class _Handler(WSGIRequestHandler):
    """Speaks HTTP/1.1 and keeps the terminal quiet: what happened is in ``Sandbox.log``."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:
        """Drop werkzeug's access log."""


class Sandbox(World):
    """A sandbox that can be served; everything it can be told is in :class:`~.state.World`.

    :param seed: what is there at the start, a name of ``seed.SEEDS``.
    :param data: folder of documents, see ``folder.py``.
    :raise ValueError: no such seed.
    """

    _server: BaseWSGIServer | None = None
    _thread: threading.Thread | None = None

    def __init__(self, seed: str = "default", data: Path | str | None = None) -> None:
        super().__init__()
        self._seed = seed
        self._data = Path(data) if data else None
        self.reset()

    def reset(self, seed_name: str | None = None) -> None:
        """Forget everything and begin again.

        :param seed_name: another seed than the last one.
        :raise ValueError: no such seed.
        """
        with self.lock:
            self._seed = seed_name or self._seed
            self.clear()
            seeds.plant(self, self._seed)
            if self._data:
                folder.load(self, self._data)

    @property
    def url(self) -> str:
        """The base URL for a client, e.g. ``http://127.0.0.1:8123/v2/``.

        :raise RuntimeError: it is not being served.
        """
        if self._server is None:
            message = "the sandbox is not being served"
            raise RuntimeError(message)
        host, port = self._server.server_address[:2]
        name = f"[{host!s}]" if ":" in str(host) else str(host)
        return f"http://{name}:{port}{PREFIX}"

    def start(self, port: int = 0, host: str = "127.0.0.1") -> str:
        """Serve in a thread of its own and give the base URL for a client.

        Starting it again while it runs changes nothing.

        :param port: 0 takes a free one.
        :param host: an address of this machine only.
        :raise ValueError: the host is not a loopback address.
        """
        if not is_loopback(host):
            message = f"the sandbox serves this machine only, not {host}"
            raise ValueError(message)
        if self._server is not None:
            return self.url
        self._server = make_server(
            host, port, Application(self), threaded=True, request_handler=_Handler
        )
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.01},
            name="codabox-sandbox",
            daemon=True,
        )
        self._thread.start()
        return self.url

    def stop(self) -> None:
        """Stop serving; the state stays."""
        if self._server is None or self._thread is None:
            return
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._server = self._thread = None

    @contextmanager
    def serve(self, port: int = 0, host: str = "127.0.0.1") -> Iterator[str]:
        """Serve as long as the ``with`` block lasts; gives the base URL for a client."""
        try:
            yield self.start(port, host)
        finally:
            self.stop()

    def __enter__(self) -> Sandbox:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
