"""What CodaBox does not tell, cannot give or gives wrongly loses no document and stops no other."""

from contextlib import contextmanager
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..codabox import KNOWN_FORMATS, Channel
from ..codabox.coda import write_coda
from ..codabox.sandbox import POD_ID
from .common import CodaboxCase, credit


class ReceiveCase(CodaboxCase):
    mapped = True

    def setUp(self):
        super().setUp()
        self.sandbox.clear_log()

    def deliver_days(self, count=3):
        return [
            self.deliver(self.day(15 + n, credit("10"), opening=str(10 * n))) for n in range(count)
        ]

    def delivered(self, index):
        """Return the document as CodaBox holds it."""
        return self.sandbox.find(index, Channel.FEED)[1]

    def downloads(self, index, format=""):
        end = f"{index}/{format}"
        return [e for e in self.sandbox.log if e.method == "GET" and end in e.path]

    def tell_formats(self, formats):
        """The next answer of the pod tells these formats; what may be had stays as it is."""
        pod = self.sandbox.pods[POD_ID]
        body = {
            "id": pod.pod_id,
            "fetch_delay": pod.fetch_delay,
            "feed_clients": [f.entry() for f in self.sandbox.feeds.values() if f.pod_id == POD_ID],
        }
        if formats != "absent":
            body["allowed_formats"] = formats
        self.sandbox.fail("status", path="/pod-client/", status=200, body=body)

    def days_pass(self, days=1):
        """Let the last night be some days ago."""
        files = self.env["codabox.document.file"].sudo().search([("asked_on", "!=", False)])
        for file in files:
            file.asked_on -= timedelta(days=days)

    def states(self, indexes):
        return [self.document(index).state for index in indexes]


@tagged("-at_install", "post_install")
class TestReceiveFormats(ReceiveCase):
    """Absent is unknown, never "nothing to do"."""

    def test_formats_that_codabox_does_not_tell_are_asked_for_and_booked(self):
        for formats in (
            None,
            "absent",
            {},
            {"soda": ["xml"]},
            {"coda": []},
            {"coda": None},
            {"CODA": ["COD", "PDF"]},
            {"Coda ": ["Cod"]},
        ):
            with self.subTest(formats=formats), self.rolled_back():
                index = self.deliver(self.day(15, credit("10")))
                self.tell_formats(formats)
                self.night()
                document = self.document(index)
                self.assert_state(document, "imported")
                self.assertIn("cod", document.file_ids.mapped("format"))
                self.assertEqual(self.puts(), [index])

    def test_a_document_without_any_file_is_never_confirmed(self):
        index = self.deliver(self.day(15, credit("10")))
        files = self.delivered(index).files
        self.delivered(index).files = {}
        self.tell_formats(None)
        self.night()
        document = self.document(index)
        self.assert_state(document, "failed", "not_available")
        self.assertTrue(document.can_give_up)
        self.assertFalse(self.puts())
        self.assertTrue(self.feed().activity_ids)
        self.delivered(index).files = files
        self.night()
        self.assert_state(document, "imported")
        self.assertEqual(self.puts(), [index])

    def test_a_format_that_is_allowed_later_is_asked_for_and_booked(self):
        self.sandbox.configure_pod(allowed_formats={**KNOWN_FORMATS, "coda": ["pdf", "xml"]})
        index = self.deliver(self.day(15, credit("10")))
        self.night()
        document = self.document(index)
        self.assert_state(document, "stored", "no_readable_format")
        self.assertEqual(self.puts(), [index], "all that CodaBox allows is here")
        self.night()
        self.assertFalse(self.downloads(index, "cod"))
        self.sandbox.configure_pod(allowed_formats=dict(KNOWN_FORMATS))
        self.night()
        self.assert_state(document, "imported")
        self.assertEqual(self.lines().mapped("amount"), [10.0])

    def test_a_later_format_that_codabox_does_not_have_changes_nothing(self):
        index = self.deliver(self.day(15, credit("10")))
        self.night()
        self.sandbox.allow("coda", "camt")
        self.night()
        document = self.document(index)
        self.assert_state(document, "imported")
        self.assertEqual(len(self.downloads(index, "camt")), 1)
        self.assertFalse(self.feed().activity_ids)

    def test_what_an_earlier_version_confirmed_without_a_file_is_asked_again(self):
        indexes = self.deliver_days(2)
        lost = self.delivered(indexes[1]).files
        self.delivered(indexes[1]).files = {}
        self.night()
        for index in indexes:
            self.sandbox.queue(self.client).acknowledge(index, backwards=False)
        documents = self.document(indexes[0]) | self.document(indexes[1])
        documents.statement_ids.bank_statement_id._codabox_unlink_with_lines()
        documents.file_ids.unlink()
        documents.write(
            {
                "state": "stored",
                "acknowledged": True,
                **documents._reason_vals("no_readable_format", formats=""),
            }
        )
        documents._ask_lost_files()
        for document in documents:
            self.assert_state(document, "failed", "confirmed_without_file")
        self.night()
        self.assert_state(documents[0], "imported")
        self.assert_state(documents[1], "failed", "confirmed_without_file")
        self.assertTrue(documents[1].can_give_up)
        self.assertTrue(self.feed().activity_ids)
        self.delivered(indexes[1]).files = lost
        self.night()
        self.assert_state(documents[1], "imported")

    def test_other_letters_lead_around_no_mandate(self):
        self.sandbox.configure(gate=False)
        self.sandbox.set_coda_mandate(self.client, state="prepared")
        content = {"cod": write_coda([self.day(15, credit("10"))])}
        index = self.sandbox.add_document(self.client, "CODA", content, mandate=False)
        self.sandbox.allow("CODA", "cod")
        self.night()
        self.assertEqual(self.document(index).state, "withheld")
        self.assertFalse(self.downloads(index))


@tagged("-at_install", "post_install")
class TestReceiveLists(ReceiveCase):
    def test_a_capped_list_is_read_until_nothing_is_left(self):
        self.sandbox.configure(list_cap=2)
        indexes = self.deliver_days(7)
        self.night()
        self.assertEqual(self.states(indexes), ["imported"] * 7)
        self.assertEqual(self.puts(), indexes)
        run = self.env["codabox.run"].sudo().search([("feed_id", "=", self.feed().id)], limit=1)
        self.assertEqual((run.seen, run.stored, run.state), (7, 7, "ok"))

    def test_a_capped_list_whose_first_entries_cannot_be_had_is_told(self):
        self.sandbox.configure(list_cap=2)
        indexes = self.deliver_days(4)
        kept = [self.delivered(index).files for index in indexes[:2]]
        for index in indexes[:2]:
            self.delivered(index).files = {}
        self.night()
        run = self.env["codabox.run"].sudo().search([("feed_id", "=", self.feed().id)], limit=1)
        self.assertEqual((run.reason_code, run.reason_facts), ("list_blocked", {"count": 2}))
        self.assertIn("hidden behind", run.reason)
        for index, files in zip(indexes[:2], kept, strict=True):
            self.delivered(index).files = files
        self.night()
        self.assertEqual(self.states(indexes), ["imported"] * 4)
        self.assertEqual(self.puts(), indexes)

    def test_a_list_that_stays_the_same_is_not_read_for_ever(self):
        indexes = self.deliver_days(2)
        self.sandbox.fail("status", method="PUT", status=200, body={}, times=2)
        self.night()
        lists = [e for e in self.sandbox.log if e.path.endswith(f"/delivery/feed/{self.client}/")]
        self.assertLessEqual(len([e for e in lists if e.method == "GET"]), 2)
        self.assertEqual(self.states(indexes), ["imported"] * 2)


@tagged("-at_install", "post_install")
class TestReceiveFaults(ReceiveCase):
    """A fault that lasts: what CodaBox fails on steps aside."""

    def fail_for_ever(self, path, kind="server_error", **options):
        self.sandbox.fail(kind, path=path, times=None, **options)

    def night(self):
        self.connection.next_fetch = False
        self.run_job()

    def test_bytes_that_are_no_file_of_their_kind_are_neither_stored_nor_confirmed(self):
        page = b"<!DOCTYPE html><html><body>Sign in</body></html>" * 10
        good = self.deliver(self.day(15, credit("10")))
        files = self.delivered(good).files
        for name, content in (("cod", page), ("cod", b"000"), ("cod", b"%PDF-1.4 " + b" x" * 99)):
            with self.subTest(format=name, content=content[:9]), self.rolled_back():
                self.delivered(good).files = {**files, name: content}
                self.night()
                document = self.document(good)
                self.assert_state(document, "failed", "not_available")
                self.assertIn("no file of format", document.reason)
                self.assertFalse(self.puts())
                self.delivered(good).files = files
                self.night()
                self.assert_state(document, "imported")
                self.assertEqual(self.puts(), [good])

    def test_a_page_in_place_of_a_pdf_is_asked_for_again(self):
        index = self.deliver(self.day(15, credit("10")))
        whole = self.delivered(index).files["pdf"]
        self.delivered(index).files["pdf"] = b"<html>Sign in</html>"
        self.night()
        document = self.document(index)
        self.assert_state(document, "imported")
        self.assertFalse(document.pdf_file_id)
        self.delivered(index).files["pdf"] = whole
        self.night()
        document.invalidate_recordset()
        self.assertEqual(document.pdf_file_id._raw(), whole)

    def test_a_pdf_on_which_codabox_fails_for_ever_stops_no_statement(self):
        for kind, options in (
            ("server_error", {}),
            ("status", {"status": 502}),
            ("drop", {}),
            ("truncated", {}),
        ):
            with self.subTest(kind), self.rolled_back():
                indexes = self.deliver_days()
                self.fail_for_ever(f"{indexes[0]}/pdf", kind, **options)
                self.night()
                self.assertEqual(self.states(indexes), ["imported"] * 3)
                self.assertFalse(self.puts(), "the confirmation waits for the PDF")
                for _night in range(2):
                    self.days_pass()
                    self.night()
                self.assertEqual(self.puts(), indexes, "after three nights it counts as missing")
                self.sandbox.clear_log()
                self.days_pass()
                self.night()
                self.assertFalse(self.downloads(indexes[0]))
                self.days_pass(6)
                self.night()
                self.assertTrue(self.downloads(indexes[0], "pdf"), "asked again weekly")
                self.sandbox.clear_faults()
                self.days_pass(7)
                self.night()
                self.assertTrue(self.document(indexes[0]).pdf_file_id)
                self.assertEqual(len(self.lines()), 3)

    def test_nights_are_days_however_often_somebody_asks(self):
        indexes = self.deliver_days()
        self.fail_for_ever(f"{indexes[0]}/pdf")
        for _time in range(4):
            self.night()
        self.assertFalse(self.puts())

    def test_a_readable_file_on_which_codabox_fails_holds_the_offset_only(self):
        indexes = self.deliver_days()
        self.fail_for_ever(f"{indexes[0]}/cod")
        self.night()
        self.assertFalse(self.feed().activity_ids, "what passes by itself is no to-do")
        for _night in range(3):
            self.days_pass()
            self.night()
        self.assertTrue(self.feed().activity_ids)
        document = self.document(indexes[0])
        self.assert_state(document, "failed", "not_available")
        self.assertIn("HTTP 500", document.reason)
        self.assertEqual(self.states(indexes[1:]), ["imported"] * 2)
        self.assertFalse(self.puts())
        self.sandbox.clear_faults()
        self.night()
        self.assert_state(document, "imported")
        self.assertEqual(self.puts(), indexes)

    def test_entries_that_fail_are_asked_last_so_that_the_others_get_their_turn(self):
        indexes = self.deliver_days(5)
        broken = "|".join(indexes[:3])
        self.fail_for_ever(f"({broken})/")
        self.night()
        run = self.env["codabox.run"].sudo().search([("feed_id", "=", self.feed().id)], limit=1)
        self.assertEqual(run.reason_code, "server_error", "CodaBox seems to have a problem")
        self.night()
        self.assertEqual(self.states(indexes[3:]), ["imported"] * 2)
        self.assertFalse(self.puts())
        self.sandbox.clear_faults()
        self.night()
        self.assertEqual(self.states(indexes), ["imported"] * 5)
        self.assertEqual(self.puts(), indexes)

    # --- When again ----------------------------------------------------------------------------

    @contextmanager
    def next_in(self, seconds):
        """What is done within plans the next round for so many seconds later."""
        before = fields.Datetime.now()
        yield
        after = fields.Datetime.now()
        planned = self.connection.next_fetch - timedelta(seconds=seconds)
        self.assertTrue(before <= planned <= after, (before, planned, after))

    def test_what_codabox_asks_to_wait_is_waited_for(self):
        index = self.deliver(self.day(15, credit("10")))
        busy = {"status": 503, "headers": {"Retry-After": "20000"}}
        for path in ("/pod-client/", rf"/feed/{self.client}/", f"{index}/pdf"):
            with self.subTest(path), self.rolled_back():
                self.fail_for_ever(path, "status", **busy)
                with self.next_in(20_000):
                    self.night()
                self.sandbox.clear_faults()

    def test_a_plan_that_is_too_soon_is_put_off(self):
        self.connection.next_fetch = fields.Datetime.now() + timedelta(hours=1)
        with self.next_in(20_000):
            self.connection._plan_retry(20_000)
        self.connection.next_fetch = fields.Datetime.now() + timedelta(hours=1)
        with self.next_in(3600):
            self.connection._plan_retry(0)

    def test_a_plan_in_the_far_future_heals(self):
        index = self.deliver(self.day(15, credit("10")))
        self.connection.next_fetch = fields.Datetime.now() + timedelta(days=400)
        self.run_job()
        self.assertEqual(self.document(index).state, "imported")
        self.assertLess(self.connection.next_fetch, fields.Datetime.now() + timedelta(days=2))
