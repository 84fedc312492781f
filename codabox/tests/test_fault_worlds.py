"""Each fault of the wire on each call of a night: one error of ours, that says what was asked."""

from __future__ import annotations

import socket
import threading

from ..domain import Channel
from ..errors import CLIENT_CODES, ApiError, CodaboxError, RateLimited, TransportError
from ..sandbox import FEED_ID, FEED_INDEXES, TOKEN
from ..sandbox.const import CLIENT_ID
from .client_case import ClientCase
from .fault_worlds import CIRCLE, MAX_BYTES, arm, worlds

FORMATS = ("cod", "pdf", "xml")
# A statement in letters nobody knows is one: its reader says what is wrong with it.
ODD_FILES = {"every byte"}
INDEX = FEED_INDEXES[0]
# Each call of a night and of connecting, and its address.
CALLS = {
    "token": ("get-credentials/{token}/", lambda api: api.get_credentials(TOKEN)),
    "pod": ("delivery/pod-client/", lambda api: api.pod()),
    "clients": ("clients/", lambda api: api.readable_clients()),
    "client": (f"clients/{CLIENT_ID}/", lambda api: api.client(CLIENT_ID)),
    "feed": (f"delivery/feed/{FEED_ID}/", lambda api: api.feed(FEED_ID)),
    "redelivery": (
        f"delivery/redownload-feed/{FEED_ID}/",
        lambda api: api.feed(FEED_ID, Channel.REDELIVERY),
    ),
    **{
        format: (
            f"delivery/download/{INDEX}/{format}/",
            lambda api, format=format: api.download(INDEX, format),
        )
        for format in FORMATS
    },
    "confirm": (f"delivery/feed/{FEED_ID}/", lambda api: api.acknowledge(FEED_ID, INDEX)),
}


class FaultWorldsTest(ClientCase):
    def setUp(self):
        super().setUp()
        self.patient = self.open(retries=1, max_bytes=MAX_BYTES)
        self.hasty = self.open(retries=0, read_timeout=0.05)  # nothing ever comes

    def each(self):
        """Give each fault on each call."""
        for world in (*worlds(), CIRCLE):
            for name, (path, call) in CALLS.items():
                method = "PUT" if name == "confirm" else "GET"
                yield world, name, call, f"/v2/{path.format(token=TOKEN)}$", method

    def settle(self, world):
        """Wait until a request that nobody answers was carried out: it could come in later."""
        if world == "silence":
            self.assertTrue(self.sandbox.silenced.acquire(timeout=60))

    def renew(self):
        """What a call used up may be used again."""
        self.sandbox.clear_faults()
        self.sandbox.tokens[0].used = False
        self.sandbox.queue(FEED_ID).offset = None

    def test_each_fault_is_one_error_that_says_what_was_asked_and_passes_without_a_trace(self):
        right = {}
        for name, (_path, call) in CALLS.items():
            right[name] = call(self.patient)
            self.renew()
        for world, name, call, path, method in self.each():
            with self.subTest(world, call=name):
                arm(self.sandbox, world, path, method)
                try:
                    found = call(self.hasty if world == "silence" else self.patient)
                except CodaboxError as error:
                    self.assert_told(error, path, method)
                    self.settle(world)
                else:
                    self.assert_harmless(found, right[name], name, world)
                self.renew()
                self.assertEqual(call(self.patient), right[name], "the next call is as ever")
                self.renew()

    def assert_told(self, error, path, method):
        self.assertIsInstance(error, (ApiError, TransportError))
        self.assertIn(error.code, CLIENT_CODES)
        self.assertEqual(error.details["method"], method)
        self.assertEqual(error.details["path"], path.removesuffix("$").replace(TOKEN, "***"))
        self.assertEqual(error.details["address"], self.sandbox.url)
        self.assertTellsNoSecret(error)
        if isinstance(error, RateLimited):
            self.assertGreaterEqual(error.retry_after, 0)
        self.records.clear()

    def assert_harmless(self, found, right, name, world):
        """What came in place of an answer is the right one, or says nothing."""
        if found == right or name == "confirm" or world in ODD_FILES:
            return
        if name in FORMATS:  # another type than usual says nothing against a file
            self.assertEqual(found.content, right.content)
            return
        self.assertIn(name, ("pod", "clients"), found)
        self.assertFalse(getattr(found, "clients", found))
        self.assertTrue(found == () or not found.is_complete, "nobody left")

    def test_a_connection_that_is_reset_may_have_done_its_work(self):
        listener = socket.create_server(("127.0.0.1", 0))

        def reset():
            connection, _address = listener.accept()
            connection.recv(1)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            connection.close()

        thread = threading.Thread(target=reset)
        thread.start()
        with listener:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}/v2/"
            error = self.refused(TransportError, self.open(url, retries=0).pod)
            thread.join()
        self.assertEqual((error.code, error.maybe_done), ("network", True))
        self.assertEqual(error.details["reason"], "Connection reset by peer")
