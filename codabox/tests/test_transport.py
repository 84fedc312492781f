"""What the transport promises whatever comes back."""

from __future__ import annotations

import email.utils
import gzip
import ssl
import threading
import unittest
from unittest import mock

import requests
from urllib3 import exceptions as urllib3_errors

from .. import const
from ..errors import (
    BadAnswer,
    Forbidden,
    NotFound,
    RateLimited,
    Rejected,
    ServerError,
    TimedOut,
    TransportError,
    Unauthorized,
)
from ..transport import wire
from ..transport.refusals import from_exception, parse_retry_after, read_body
from .client_case import ClientCase, http, raw_server


class RefusalTest(ClientCase):
    def test_each_refusal_has_its_class_code_and_detail(self):
        for kind, expected, code, status in (
            ("unauthorized", Unauthorized, "unauthorized", 401),
            ("forbidden", Forbidden, "forbidden", 403),
            ("not_found", NotFound, "not_found", 404),
        ):
            with self.subTest(kind=kind):
                self.sandbox.fail(kind)
                error = self.refused(expected, self.client.pod)
                self.assertEqual((error.code, error.status), (code, status))
                self.assertTrue(error.detail)
                self.assertEqual(error.details["path"], "/v2/delivery/pod-client/")
        self.assertEqual(self.waits, [], "a refusal is not tried again")

    def test_a_field_map_without_detail_is_read(self):
        body = {"legal_entity": {"enterprise_num": ["Taken.", "Wrong."]}, "ibans": ["BE..: no."]}
        self.sandbox.fail("status", status=400, body=body)
        error = self.refused(Rejected, self.client.pod)
        self.assertEqual(error.detail, "")
        self.assertEqual(
            error.fields,
            {"legal_entity.enterprise_num": ["Taken.", "Wrong."], "ibans": ["BE..: no."]},
        )

    def test_other_refusals_survive_html_and_empty_bodies(self):
        for status, body in ((400, ""), (409, "<html>no</html>"), (410, "[]"), (422, "null")):
            with self.subTest(status=status, body=body):
                self.sandbox.fail("status", status=status, body=body)
                error = self.refused((Rejected, NotFound), self.client.pod)
                self.assertEqual((error.status, error.detail, error.fields), (status, "", {}))

    def test_a_refusal_whose_body_breaks_off_keeps_its_status(self):
        with raw_server(http(403, b"{", "Content-Length: 500")) as url:
            error = self.refused(Forbidden, self.open(url).pod)
        self.assertEqual(error.detail, "")

    def test_only_the_start_of_an_endless_refusal_is_read(self):
        with raw_server(http(400, b"x" * (const.MAX_ERROR_BYTES * 3))) as url:
            self.assertEqual(self.refused(Rejected, self.open(url).pod).fields, {})

    def test_a_short_retry_after_is_waited_for(self):
        self.sandbox.fail("rate_limited", retry_after=3)
        self.client.pod()
        self.assertEqual(self.waits, [3.0])

    def test_a_long_retry_after_is_reported_at_once(self):
        self.sandbox.fail("rate_limited", retry_after=120)
        error = self.refused(RateLimited, self.client.pod)
        self.assertEqual((error.retry_after, error.status, self.waits), (120.0, 429, []))

    def test_the_longest_wait_can_be_configured(self):
        self.sandbox.fail("rate_limited", retry_after=120)
        self.open(max_wait=200).pod()
        self.assertEqual(self.waits, [120.0])

    def test_a_lasting_rate_limit_is_reported_after_the_retries(self):
        self.sandbox.fail("rate_limited", retry_after=1, times=None)
        self.refused(RateLimited, self.client.pod)
        self.assertEqual(len(self.waits), const.RETRIES)

    def test_retry_after_is_read_as_seconds_or_date(self):
        now = 1_767_225_570  # thirty seconds to New Year
        self.enterContext(mock.patch("time.time", lambda: float(now)))
        soon = email.utils.formatdate(now + 90, usegmt=True)
        past = email.utils.formatdate(now - 90, usegmt=True)
        for text, expected in (
            ("7", 7.0),
            (soon, 90.0),
            (" 2.5 ", 2.5),
            ("-1", 0.0),
            (past, 0.0),
            ("", const.DEFAULT_RETRY_AFTER),
            ("soon", const.DEFAULT_RETRY_AFTER),
            ("nan", const.DEFAULT_RETRY_AFTER),
            ("inf", const.DEFAULT_RETRY_AFTER),
            ("1e300", const.MAX_RETRY_AFTER),
        ):
            with self.subTest(text=text):
                self.assertEqual(parse_retry_after(text), expected)

    def test_a_server_error_is_retried_with_growing_waits_then_raised(self):
        self.sandbox.fail("server_error", times=None)
        error = self.refused(ServerError, self.client.pod)
        self.assertEqual((error.code, error.details["status"]), ("server_error", 500))
        self.assertEqual(self.waits, [0.5, 1.0, 2.0])

    def test_waits_are_jittered_between_zero_and_the_backoff(self):
        self.sandbox.fail("server_error")
        self.open(jitter=lambda: 0.25).pod()
        self.assertEqual(self.waits, [0.125])

    def test_a_server_error_that_passes_is_not_noticed(self):
        self.sandbox.fail("server_error", status=503, times=2)
        self.assertEqual(self.client.pod().pod_id, 66)

    def test_an_error_that_will_not_pass_is_not_retried(self):
        self.sandbox.fail("server_error", status=505)
        self.refused(ServerError, self.client.pod)
        self.assertEqual(self.waits, [])

    def test_a_server_that_asks_for_a_long_pause_is_left_alone(self):
        busy = http(503, b"", "Content-Length: 0", "Retry-After: 3600")
        with raw_server(busy) as url:
            error = self.refused(ServerError, self.open(url).pod)
        self.assertEqual(error.details["retry_after"], 3600.0)


class BrokenAnswerTest(ClientCase):
    def test_a_silent_server_times_out(self):
        self.sandbox.fail("slow", seconds=1)
        error = self.refused(TimedOut, self.open(read_timeout=0.1, retries=0).pod)
        self.assertEqual((error.code, error.details["phase"]), ("timeout", "read"))
        self.assertTrue(error.maybe_done)

    def test_a_body_that_stops_coming_times_out(self):
        with raw_server(http(200, b"{", "Content-Length: 9"), b"", pause=1) as url:
            error = self.refused(TimedOut, self.open(url, read_timeout=0.1, retries=0).pod)
        self.assertEqual(error.details["phase"], "read")

    def test_a_trickle_of_bytes_ends_too(self):
        pieces = [http(200, b"", "Content-Length: 900"), *[b" "] * 900]
        with raw_server(*pieces, pause=0.01) as url:
            client = self.open(url, read_timeout=5, total_timeout=0.05)
            with mock.patch.object(wire, "CHUNK", 1):
                error = self.refused(TimedOut, client.pod)
        self.assertEqual((error.details["phase"], self.waits), ("total", []))

    def test_a_dropped_connection_is_retried_then_raised(self):
        self.sandbox.fail("drop", times=None)
        error = self.refused(TransportError, self.client.pod)
        self.assertEqual((error.code, error.maybe_done), ("network", True))
        self.assertEqual(len(self.sandbox.log), 1 + const.RETRIES)

    def test_a_server_that_is_not_there_was_certainly_not_reached(self):
        with raw_server(connections=0) as url:
            pass
        error = self.refused(TransportError, self.open(url, retries=0).pod)
        self.assertEqual((error.code, error.maybe_done), ("network", False))
        self.assertEqual(error.details["reason"], "Connection refused")

    def test_an_unknown_host_is_a_network_error(self):
        refused = requests.ConnectionError(
            urllib3_errors.MaxRetryError(
                None, "https://x/", urllib3_errors.NewConnectionError(None, "secret")
            )
        )
        error = from_exception(refused, "GET /")
        self.assertEqual((error.code, error.maybe_done), ("network", False))

    def test_a_connect_time_out_was_certainly_not_reached(self):
        error = from_exception(requests.ConnectTimeout("https://x/secret"), "GET /")
        self.assertEqual((error.code, error.details["phase"]), ("timeout", "connect"))
        self.assertFalse(error.maybe_done)

    def test_a_server_without_tls_is_refused(self):
        url = self.sandbox.url.replace("http:", "https:")
        error = self.refused(TransportError, self.open(url).pod)
        self.assertEqual((error.code, self.waits), ("tls", []))

    def test_a_wrong_certificate_is_named(self):
        cause = ssl.SSLCertVerificationError(1, "certificate verify failed")
        cause.verify_message = "self-signed certificate"
        error = from_exception(requests.exceptions.SSLError(cause), "GET /")
        self.assertEqual((error.code, error.maybe_done), ("tls", False))
        self.assertEqual(error.details["reason"], "self-signed certificate")

    def test_a_truncated_answer_is_retried_then_raised(self):
        self.sandbox.fail("truncated", path="/cod/", times=None)
        index = self.client.feed(277).entries[0].feed_index
        error = self.refused(BadAnswer, self.client.download, index, "cod")
        self.assertEqual((error.code, len(self.waits)), ("truncated", const.RETRIES))

    def test_a_truncated_answer_is_noticed_by_older_urllib3_too(self):
        # urllib3 1.26 does not check the length by itself.
        self.sandbox.fail("truncated")
        enforce = mock.patch.object(requests.adapters.HTTPAdapter, "build_response", _unchecked)
        with enforce:
            error = self.refused(BadAnswer, self.open(retries=0).pod)
        self.assertEqual(error.code, "truncated")
        self.assertEqual(error.details["expected"] // 2, error.details["received"])

    def test_a_broken_chunk_is_a_truncated_answer(self):
        with raw_server(http(200, b"5\r\n{", "Transfer-Encoding: chunked")) as url:
            error = self.refused(BadAnswer, self.open(url, retries=0).pod)
        self.assertEqual(error.code, "truncated")

    def test_broken_compression_is_named(self):
        body = b"not gzip"
        with raw_server(http(200, body, "Content-Encoding: gzip", "Content-Length: 8")) as url:
            error = self.refused(BadAnswer, self.open(url, retries=0).pod)
        self.assertEqual(error.code, "bad_encoding")

    def test_a_compressed_answer_is_complete_when_its_compressed_bytes_are(self):
        body = gzip.compress(b"[]")
        head = ("Content-Encoding: gzip", f"Content-Length: {len(body)}")
        with raw_server(http(200, body, *head)) as url:
            self.assertEqual(self.open(url).clients(), ())

    def test_an_announced_giant_is_not_read(self):
        with raw_server(http(200, b"", "Content-Length: 1000000")) as url:
            error = self.refused(BadAnswer, self.open(url, max_bytes=1000).pod)
        self.assertEqual((error.code, error.details["limit"]), ("too_large", 1000))
        self.assertEqual(self.waits, [], "it would be as large the next time")

    def test_an_absurd_length_does_no_harm(self):
        # Python refuses to read a number of thousands of digits.
        with raw_server(http(200, b"[]", f"Content-Length: {'9' * 5000}")) as url:
            error = self.refused(BadAnswer, self.open(url, retries=0).pod)
        self.assertIn(error.code, ("bad_field", "truncated"))

    def test_a_giant_that_does_not_say_so_is_cut_off(self):
        with raw_server(http(200, b"x" * 100_000)) as url:
            error = self.refused(BadAnswer, self.open(url, max_bytes=1000).pod)
        self.assertEqual(error.code, "too_large")

    def test_a_compressed_bomb_is_cut_off(self):
        bomb = gzip.compress(b" " * 5_000_000)
        with raw_server(http(200, bomb, "Content-Encoding: gzip")) as url:
            error = self.refused(BadAnswer, self.open(url, max_bytes=100_000).pod)
        self.assertEqual(error.code, "too_large")

    def test_an_answer_of_exactly_the_limit_passes(self):
        with raw_server(http(200, b"[]", "Content-Length: 2")) as url:
            self.assertEqual(self.open(url, max_bytes=2).clients(), ())


def _unchecked(adapter, request, response, original=requests.adapters.HTTPAdapter.build_response):
    response.enforce_content_length = False
    return original(adapter, request, response)


class RedirectTest(ClientCase):
    def test_a_redirect_within_the_origin_is_followed(self):
        self.sandbox.fail("redirect", location="/v2/delivery/pod-client/", path="/clients/$")
        error = self.refused(BadAnswer, self.client.clients)
        self.assertEqual((error.code, error.details["found"]), ("bad_field", "object"))

    def test_a_redirect_to_another_host_is_refused_without_telling_credentials(self):
        with raw_server(http(200, b"{}")) as elsewhere:
            for location in (elsewhere, self.sandbox.url.replace("http", "https"), "//evil.test/"):
                with self.subTest(location=location):
                    self.sandbox.fail("redirect", location=location)
                    error = self.refused(TransportError, self.client.pod)
                    self.assertEqual((error.code, self.waits), ("redirect", []))

    def test_a_redirect_to_nonsense_is_refused(self):
        for location in ("http://127.0.0.1:port/", "http://[", "mailto:x", "//x"):
            answer = http(302, b"", "Content-Length: 0", f"Location: {location}")
            with self.subTest(location=location), raw_server(answer) as url:
                error = self.refused(TransportError, self.open(url, retries=0).pod)
                self.assertEqual(error.code, "redirect")

    def test_the_body_of_a_redirect_is_not_read(self):
        # requests itself would read it whole, without any limit, even when it may not follow.
        head = ("Location: https://elsewhere.test/", "Content-Length: 1000000000")
        with raw_server(http(302, b"", *head), pause=0.3) as url:
            error = self.refused(TransportError, self.open(url, retries=0, read_timeout=0.1).pod)
        self.assertEqual(error.code, "redirect")

    def test_circles_end(self):
        self.sandbox.fail("redirect", location="/v2/delivery/pod-client/", times=None)
        self.assertEqual(self.refused(TransportError, self.client.pod).code, "redirect")
        self.assertEqual(len(self.sandbox.log), 1 + const.MAX_REDIRECTS)

    def test_an_answer_of_300_or_304_is_no_success(self):
        for status in (300, 304):
            with self.subTest(status=status):
                self.sandbox.fail("status", status=status)
                error = self.refused(TransportError, self.client.acknowledge, 277, "x")
                self.assertEqual(error.code, "redirect")

    def test_a_put_is_never_redirected(self):
        self.sandbox.fail("redirect", location="/v2/delivery/feed/278/", method="PUT")
        error = self.refused(TransportError, self.client.acknowledge, 277, "x")
        self.assertEqual((error.code, len(self.sandbox.log)), ("redirect", 1))


class ParallelTest(ClientCase):
    def test_one_transport_serves_many_threads(self):
        found = []
        threads = [
            threading.Thread(target=lambda: found.append(self.client.feed(277).feed_id))
            for _number in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(found, [277] * 8)


class BodyTest(unittest.TestCase):
    def test_bodies_of_refusals_are_read_whatever_they_hold(self):
        for body, expected in (
            (b'{"detail": "Not found."}', ("Not found.", {})),
            (b'{"detail": ["a", "b"]}', ("a b", {})),
            (b'{"detail": "x", "id": "1"}', ("x", {"id": ["1"]})),
            (b'["a"]', ("", {"non_field_errors": ["a"]})),
            (b'{"rows": [{"a": ["x"]}, {}]}', ("", {"rows.0.a": ["x"]})),
            (b'{"a": {"b": {"c": {"d": {"e": "deep"}}}}}', ("", {})),
            (b'{"a": null, "b": 3}', ("", {"b": ["3"]})),
            (b"\xff\xfe", ("", {})),
            (b"[" * 60_000, ("", {})),
            (b"", ("", {})),
            (b'"text"', ("", {})),
        ):
            with self.subTest(body=body[:40]):
                self.assertEqual(read_body(body), expected)

    def test_long_messages_are_cut(self):
        detail, fields = read_body(b'{"detail": "%s", "a": ["%s"]}' % (b"x" * 5000, b"y" * 5000))
        self.assertEqual((len(detail), len(fields["a"][0])), (1000, 1000))
