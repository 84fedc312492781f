"""World of the client tests: a sandbox per test, a client on it, and a server of raw bytes."""

from __future__ import annotations

import contextlib
import json
import logging
import socket
import threading
import traceback
import unittest

from ..sandbox import CREDENTIALS, PASSWORD, SOFTWARE_KEY, TOKEN, USERNAME, Sandbox
from ..v2.client import CodaboxClient

SECRETS = (SOFTWARE_KEY, USERNAME, PASSWORD, TOKEN)


class ClientCase(unittest.TestCase):
    """Serves a fresh sandbox; waits are noted in ``self.waits`` and not slept."""

    def setUp(self):
        self.sandbox = self.enterContext_(Sandbox())
        self.waits = []
        self.client = self.open()
        self.records = []
        handler = logging.Handler()
        handler.emit = self.records.append
        for name in ("urllib3", "requests", __package__.rpartition(".")[0]):
            self.listen(logging.getLogger(name), handler)

    def listen(self, logger, handler):
        """Hear everything a logger says during the test, and keep it from the terminal."""
        self.addCleanup(setattr, logger, "propagate", logger.propagate)
        self.addCleanup(logger.setLevel, logger.level)
        self.addCleanup(logger.removeHandler, handler)
        logger.propagate = False
        logger.setLevel(logging.DEBUG)
        logger.addHandler(handler)

    def enterContext_(self, manager):
        """Do what ``enterContext`` of Python 3.11 does."""
        stack = contextlib.ExitStack()
        self.addCleanup(stack.close)
        return stack.enter_context(manager)

    def open(self, url=None, credentials=CREDENTIALS, **options):
        """Open a client that is closed after the test and never sleeps."""
        options = {
            "sleep": self.waits.append, "jitter": lambda: 1.0, "read_timeout": 5, **options,
        }  # fmt: skip
        return self.enterContext_(
            CodaboxClient.open(url or self.sandbox.url, SOFTWARE_KEY, credentials, **options)
        )

    def refused(self, kind, call, *args, **kwargs):
        """Call, expect an error of this class, and check that it tells no secret."""
        with self.assertRaises(kind) as caught:
            call(*args, **kwargs)
        self.assertTellsNoSecret(caught.exception)
        return caught.exception

    def assertTellsNoSecret(self, error, secrets=SECRETS):
        """Nothing that could print the error shows a secret, and no cause travels along."""
        self.assertIsNone(error.__cause__)
        self.assertIsNone(error.__context__)
        shown = [
            repr(error),
            "".join(traceback.format_exception(type(error), error, error.__traceback__)),
            json.dumps(error.details),
            repr(vars(error)),
            *self.log_lines(),
        ]
        for secret in secrets:
            for text in shown:
                self.assertNotIn(secret, text)

    def log_lines(self):
        """Give everything that was logged, by anybody, at any level."""
        return [f"{record.name}: {record.getMessage()}" for record in self.records]

    def requests(self):
        """Give method and path of what reached the sandbox."""
        return [f"{entry.method} {entry.path}" for entry in self.sandbox.log]


def _read_request(connection):
    """Read a whole request: closing on unread bytes would reset the connection."""
    with connection.makefile("rb") as file:
        length = 0
        for line in iter(file.readline, b"\r\n"):
            if not line:
                return
            name, _colon, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        file.read(length)


@contextlib.contextmanager
def raw_server(*pieces, pause=0.0, connections=1):
    """Answer each connection with the given bytes, whatever it asks, and close it.

    :param pieces: bytes, sent one after the other.
    :param pause: seconds between two pieces.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    closing = threading.Event()

    def serve():
        for _number in range(connections):
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                _read_request(connection)
                for piece in pieces:
                    connection.sendall(piece)
                    closing.wait(pause)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v2/"
    finally:
        closing.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def http(status, body=b"", *headers):
    """Write a raw HTTP answer."""
    head = [f"HTTP/1.1 {status} X", "Connection: close", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body
