"""What the transport lets nobody see, and the settings it refuses."""

from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import requests

from ..domain import Credentials
from ..errors import (
    CLIENT_CODES,
    CodaboxError,
    NotFound,
    TransportError,
    Unauthorized,
)
from ..sandbox import PASSWORD, SOFTWARE_KEY, TOKEN, USERNAME
from ..sandbox.faults import KINDS
from ..transport.transport import Transport
from .client_case import SECRETS, ClientCase, http, raw_server


class SecretTest(ClientCase):
    CALLS = ("pod", "clients", "get_credentials", "request_access_token", "acknowledge")

    def call(self, client, name):
        arguments = {
            "get_credentials": (TOKEN,),
            "request_access_token": ("BE1007190194",),
            "acknowledge": (277, "2494b3f7-1512-4156-8778-c8a6caa5e600"),
        }
        return getattr(client, name)(*arguments.get(name, ()))

    def test_no_failure_of_any_call_tells_a_secret(self):
        options = {
            "slow": {"seconds": 0.1},
            "status": {"status": 418, "body": {SOFTWARE_KEY: [PASSWORD, USERNAME]}},
            "redirect": {"location": f"http://elsewhere.test/get-credentials/{TOKEN}/"},
        }
        client = self.open(read_timeout=0.05, retries=1)
        for kind in KINDS:
            for name in self.CALLS:
                with self.subTest(kind=kind, call=name):
                    self.sandbox.fail(kind, times=None, **options.get(kind, {}))
                    try:
                        self.call(client, name)
                    except CodaboxError as error:
                        caught = error
                    else:
                        caught = None
                    self.sandbox.reset()
                    if caught:  # `except` would add itself as the context of what follows
                        self.assertTellsNoSecret(caught)
                        self.assertIn(caught.code, CLIENT_CODES)

    def test_a_server_that_repeats_our_secrets_is_not_quoted(self):
        detail = f"{USERNAME}:{PASSWORD} of {SOFTWARE_KEY} may not use {TOKEN}"
        self.sandbox.fail("unauthorized", detail=detail)
        error = self.refused(Unauthorized, self.client.get_credentials, TOKEN)
        self.assertEqual(error.detail, "***:*** of *** may not use ***")

    def test_a_token_that_must_be_quoted_is_hidden_in_both_forms(self):
        token = "odd/token +%41"
        self.refused(NotFound, self.client.get_credentials, token)
        for line in self.log_lines():
            for form in (token, "odd%2Ftoken", "odd"):
                self.assertNotIn(form, line)

    def test_a_successful_exchange_logs_neither_token_nor_credentials(self):
        self.client.get_credentials(TOKEN)
        self.client.pod()
        logged = "\n".join(self.log_lines())
        self.assertIn("GET /v2/get-credentials/***/", logged)
        for secret in SECRETS:
            self.assertNotIn(secret, logged)

    def test_objects_show_no_secret(self):
        auth = self.client._transport._private
        for thing in (self.client, self.client._transport, auth, self.sandbox.credentials()):
            for secret in SECRETS:
                self.assertNotIn(secret, repr(thing))

    def test_one_line_is_logged_per_attempt_without_a_body(self):
        self.sandbox.fail("server_error")
        self.client.pod()
        lines = [line for line in self.log_lines() if "transport" in line]
        self.assertEqual(len(lines), 2)
        self.assertRegex(
            lines[0], r"GET /v2/delivery/pod-client/: 500 server_error, \d+ ms, \d+ bytes$"
        )
        self.assertRegex(lines[1], r"GET /v2/delivery/pod-client/: 200, \d+ ms, \d+ bytes$")
        self.assertNotIn("Gibson", "\n".join(self.log_lines()))

    def test_netrc_cannot_replace_our_credentials(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "netrc"
            file.write_text("machine 127.0.0.1 login intruder password intruder\n")
            with mock.patch.dict(os.environ, NETRC=str(file)):
                # Loopback does not look at the environment; production does.
                self.client._transport._session.trust_env = True
                self.client.pod()
                self.client.get_credentials(TOKEN)
        self.assertEqual([entry.status for entry in self.sandbox.log], [200, 200])

    def test_plain_http_does_not_pass_through_a_proxy(self):
        proxy = "http://127.0.0.1:9"
        with mock.patch.dict(os.environ, HTTP_PROXY=proxy, http_proxy=proxy, NO_PROXY=""):
            self.assertEqual(self.open().pod().pod_id, 66)

    def test_cookies_are_not_kept(self):
        head = ("Set-Cookie: a=b; Path=/", "Content-Length: 2")
        with raw_server(http(200, b"[]", *head)) as url:
            client = self.open(url)
            client.clients()
        self.assertEqual(len(client._transport._session.cookies), 0)


class SettingsTest(unittest.TestCase):
    def refused(self, *args):
        with self.assertRaises(CodaboxError) as caught:
            Transport(*args)
        return caught.exception

    def test_plain_http_is_for_loopback_only(self):
        for url in ("http://127.0.0.1:1/v2", "http://[::1]:1/", "http://localhost/"):
            Transport(url, "key1").close()
        for url in ("http://api.codabox.com/v2/", "http://127.0.0.1.evil.test/", "http://10.0.0.1"):
            with self.subTest(url=url):
                self.assertEqual(self.refused(url, "key1").code, "insecure_url")

    def test_a_base_url_that_cannot_work_is_refused_without_being_quoted(self):
        for url in (
            "", "api.codabox.com", "ftp://x/", "https://", "https://u:hidden@x/", "https://x/?a=1",
            "https://x/#a", "https://x:port/", "https://[x/",
        ):  # fmt: skip
            with self.subTest(url=url):
                error = self.refused(url, "key1")
                self.assertEqual(error.code, "bad_setting")
                self.assertNotIn("hidden", str(error))
                self.assertIsNone(error.__context__)

    def test_a_software_key_that_cannot_stand_in_a_header_is_refused(self):
        for key in ("", "  ", "a\r\nX-Evil: 1", "clé-clé"):
            with self.subTest(key=key):
                error = self.refused("https://x/", key)
                self.assertEqual(error.details, {"setting": "software_key"})

    def test_the_base_url_ends_with_one_slash(self):
        for url in ("https://x/v2", "https://x/v2/", " https://x/v2// "):
            with Transport(url, "key1", Credentials("u", "p")) as transport:
                self.assertEqual(transport.base_url, "https://x/v2/")

    def test_time_limits_are_kept_out_of_the_session_call(self):
        # Odoo's test framework compares `timeout` with a number and breaks on a pair.
        seen = []

        def send(session, request, **options):
            seen.append(options.get("timeout"))
            raise requests.ConnectionError

        with (
            Transport("https://x/", "key1", retries=0) as transport,
            mock.patch.object(requests.Session, "send", send),
            self.assertRaises(TransportError),
        ):
            transport.request("GET", "a", repeatable=True)
        self.assertEqual(seen, [None])

    def test_parts_of_a_path_cannot_address_another_resource(self):
        with Transport("https://x/", "key1") as transport:
            for part in ("", " ", ".", "..", " .. "):
                with self.subTest(part=part), self.assertRaises(CodaboxError) as caught:
                    transport.request("GET", "delivery", part, repeatable=True)
                self.assertEqual(caught.exception.code, "bad_argument")
