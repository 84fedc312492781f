"""A file on a slow line: the time to connect is no limit for it, the whole time is."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
import unittest

from ..errors import TimedOut
from ..transport.transport import Transport
from ..transport.upload import File
from .client_case import http

SIZE = 8_000_000  # bytes; more than the buffers of both sides hold


@contextlib.contextmanager
def slow_server(pause):
    """Read what comes a piece at a time; gives the base URL and the list of sizes read."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    closing = threading.Event()
    read = []

    def serve():
        connection, _address = listener.accept()
        with connection, contextlib.suppress(OSError):
            while sum(read) < SIZE and not closing.wait(pause):
                read.append(len(connection.recv(1 << 18)))
            connection.sendall(http(201, b"{}"))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v2/", read
    finally:
        closing.set()
        thread.join()
        listener.close()


class SlowLineTest(unittest.TestCase):
    def upload(self, url, **limits):
        file = File("a.xml", b"x" * SIZE, "application/xml")
        with Transport(url, "key1", connect_timeout=0.6, **limits) as transport:
            # Even one that may be repeated is sent once: its bytes are gone.
            return transport.request("POST", "a", file=file, repeatable=True)

    def test_a_file_may_take_longer_than_connecting(self):
        started = time.monotonic()
        with slow_server(pause=0.02) as (url, read):
            self.assertEqual(self.upload(url).content, b"{}")
        self.assertGreater(sum(read), SIZE)
        self.assertGreater(time.monotonic() - started, 0.9, "the server was not slow enough")

    def test_it_ends_when_the_whole_takes_too_long(self):
        with slow_server(pause=0.05) as (url, read), self.assertRaises(TimedOut) as caught:
            self.upload(url, total_timeout=0.2)
        self.assertTrue(caught.exception.maybe_done)
        self.assertLess(sum(read), SIZE)
