"""The sandbox behaves as the reference says CodaBox does, and can be told to misbehave."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import requests

from .. import sandbox as package
from ..coda import parse_coda, write_coda
from ..coda.builders import credit, statement
from ..sandbox import (
    CLIENT_NUMBER,
    FEED_ID,
    FEED_INDEXES,
    PASSWORD,
    POD_ID,
    SECOND_FEED_ID,
    SOFTWARE_KEY,
    TOKEN,
    USERNAME,
    Channel,
    Sandbox,
    pdf,
)
from ..sandbox.metadata import coda, enterprise_number

ROOT = Path(package.__file__).parents[2]


def one_day(extension="", **options):
    """Write a CODA file with one statement of two movements."""
    movements = [credit("1"), credit("2")]
    day = statement(
        account="BE68539007547034", movements=movements, enterprise_number="0477472701", **options
    )
    return write_coda([replace(day, account=replace(day.account, extension=extension))])


class SandboxCase(unittest.TestCase):
    def setUp(self):
        self.sandbox = Sandbox()
        self.url = self.sandbox.start()
        self.addCleanup(self.sandbox.stop)

    def ask(self, method, path, *, key=SOFTWARE_KEY, auth=(USERNAME, PASSWORD), **options):
        """Ask as a foreign client would, without our own."""
        headers = {"X-Software-Company": key, **options.pop("headers", {})}
        return requests.request(
            method, self.url + path, headers=headers, auth=auth, timeout=5,
            allow_redirects=False, **options,
        )  # fmt: skip

    def control(self, method, path, **options):
        root = self.url.removesuffix("/v2/")
        return requests.request(method, f"{root}/_sandbox/{path}", timeout=5, **options)

    def put(self, index, feed=FEED_ID):
        return self.ask("PUT", f"delivery/feed/{feed}/", json={"feed_offset": index})

    def listed(self, feed=FEED_ID, kind="feed"):
        answer = self.ask("GET", f"delivery/{kind}/{feed}/").json()
        return [entry["feed_index"] for entry in answer["feed_entries"]]


class GateTest(SandboxCase):
    def test_a_missing_or_unknown_software_key_is_refused_with_a_configurable_status(self):
        for status in (403, 401):
            self.sandbox.configure(software_status=status)
            for key in ("", "unknown"):
                answer = self.ask("GET", "delivery/pod-client/", key=key)
                self.assertEqual(answer.status_code, status)
                self.assertIn("detail", answer.json())

    def test_missing_and_wrong_credentials_are_told_apart(self):
        for auth, detail in (
            (None, "Authentication credentials were not provided."),
            ((USERNAME, "wrong"), "Invalid username/password."),
            (("nobody", PASSWORD), "Invalid username/password."),
        ):
            answer = self.ask("GET", "clients/", auth=auth)
            self.assertEqual((answer.status_code, answer.json()), (401, {"detail": detail}))
            self.assertEqual(answer.headers["WWW-Authenticate"], 'Basic realm="api"')

    def test_credentials_belong_to_their_software(self):
        self.sandbox.add_pod(software_key="other-software")
        answer = self.ask("GET", "clients/", key="other-software")
        self.assertEqual(answer.status_code, 401)

    def test_a_read_without_slash_is_redirected_and_a_write_is_not_found(self):
        answer = self.ask("GET", "delivery/feed/277")
        self.assertEqual(answer.status_code, 301)
        self.assertTrue(answer.headers["Location"].endswith("/v2/delivery/feed/277/"))
        self.assertEqual(self.ask("PUT", "delivery/feed/277", json={}).status_code, 404)
        self.assertEqual(self.ask("GET", "nothing").status_code, 404)

    def test_an_unknown_path_is_djangos_own_page(self):
        answer = self.ask("GET", "nothing/")
        self.assertEqual(
            (answer.status_code, answer.headers["Content-Type"][:9]), (404, "text/html")
        )

    def test_a_method_that_is_not_there_is_named(self):
        answer = self.ask("POST", "delivery/pod-client/")
        self.assertEqual(answer.status_code, 405)
        self.assertEqual(answer.json(), {"detail": 'Method "POST" not allowed.'})
        self.assertEqual(answer.headers["Allow"], "GET")

    def test_bodies_are_checked_as_django_rest_framework_does(self):
        json_type = {"Content-Type": "application/json"}
        for body, headers, status, key in (
            ("{", json_type, 400, "detail"),
            ("[]", json_type, 400, "non_field_errors"),
            ("{}", json_type, 400, "feed_offset"),
            ('{"feed_offset": null}', json_type, 400, "feed_offset"),
            ('{"feed_offset": 3}', json_type, 400, "feed_offset"),
            ('{"feed_offset": "unknown"}', json_type, 400, "feed_offset"),
            ("{}", {"Content-Type": "text/plain"}, 415, "detail"),
        ):
            with self.subTest(body=body):
                answer = self.ask("PUT", "delivery/feed/277/", data=body, headers=headers)
                self.assertEqual((answer.status_code, [*answer.json()]), (status, [key]))

    def test_accept_can_be_checked(self):
        path = f"delivery/download/{FEED_INDEXES[0]}/pdf/"
        for strict, accept, status in (
            (False, "application/json", 200),
            (True, "application/json", 406),
            (True, "*/*", 200),
            (True, "application/pdf", 200),
        ):
            self.sandbox.configure(check_accept=strict)
            answer = self.ask("GET", path, headers={"Accept": accept})
            self.assertEqual(answer.status_code, status)


class TokenTest(SandboxCase):
    def credentials(self, token, key=SOFTWARE_KEY):
        return self.ask("GET", f"get-credentials/{token}/", auth=None, key=key)

    def test_a_token_works_once(self):
        expected = {"username": USERNAME, "password": PASSWORD}
        self.assertEqual(self.credentials(TOKEN).json(), expected)
        self.assertEqual(self.credentials(TOKEN).status_code, 404)

    def test_a_newer_token_makes_the_older_one_invalid(self):
        newer = self.sandbox.issue_token()
        self.assertEqual(self.credentials(TOKEN).status_code, 404)
        self.assertEqual(self.credentials(newer).status_code, 200)

    def test_a_token_of_another_software_is_not_found(self):
        self.sandbox.add_pod(software_key="other-software")
        self.assertEqual(self.credentials(TOKEN, key="other-software").status_code, 404)
        self.assertEqual(self.credentials(TOKEN).status_code, 200, "and it is not used up")

    def test_a_mailed_token_opens_the_companys_own_feed(self):
        body = {"vat": "BE 1007.190.194"}
        path = "request-access-token/invoicing-software/"
        self.assertEqual(self.ask("POST", path, auth=None, json=body).status_code, 201)
        (mail,) = self.control("GET", f"mails?vat={CLIENT_NUMBER}").json()
        found = self.credentials(mail["token"]).json()
        pod = self.ask("GET", "delivery/pod-client/", auth=tuple(found.values())).json()
        self.assertEqual([item["client_code"] for item in pod["feed_clients"]], ["C0001"])
        self.assertNotEqual(pod["id"], POD_ID)

    def test_a_company_without_contact_address_gets_no_mail(self):
        with self.sandbox.editing(FEED_ID) as client:
            client["contact_email"] = None
        answer = self.ask(
            "POST", "request-access-token/invoicing-software/", json={"vat": CLIENT_NUMBER}
        )
        self.assertEqual((answer.status_code, self.sandbox.mails()), (400, []))


class FeedTest(SandboxCase):
    def test_an_acknowledgement_is_cumulative_and_answered_with_the_offset(self):
        answer = self.put(FEED_INDEXES[1])
        self.assertEqual(answer.json(), {"id": FEED_ID, "feed_offset": FEED_INDEXES[1]})
        self.assertEqual(self.listed(), [])

    def test_acknowledging_can_be_switched_to_one_entry_at_a_time(self):
        self.sandbox.configure(per_entry_ack=True)
        self.put(FEED_INDEXES[1])
        self.assertEqual(self.listed(), [FEED_INDEXES[0]])

    def test_moving_backwards_lists_again_unless_switched_off(self):
        self.put(FEED_INDEXES[1])
        self.put(FEED_INDEXES[0])
        self.assertEqual(self.listed(), [FEED_INDEXES[1]])
        self.put(FEED_INDEXES[1])
        self.sandbox.configure(accept_backwards=False)
        self.assertEqual(self.put(FEED_INDEXES[0]).json()["feed_offset"], FEED_INDEXES[1])

    def test_an_id_in_the_body_is_tolerated(self):
        body = {"id": FEED_ID, "feed_offset": FEED_INDEXES[0]}
        self.assertEqual(self.ask("PUT", "delivery/feed/277/", json=body).status_code, 200)

    def test_a_new_document_comes_last(self):
        index = self.sandbox.add_document(FEED_ID, "soda", {"xml": b"<SocialDocument/>"})
        self.assertEqual(self.listed(), [*FEED_INDEXES, index])

    def test_a_redelivered_document_has_its_own_channel(self):
        same = self.sandbox.redeliver(FEED_INDEXES[0], same_index=True)
        other = self.sandbox.redeliver(FEED_INDEXES[0])
        self.assertEqual(same, FEED_INDEXES[0])
        self.assertEqual(self.listed(kind="redownload-feed"), [same, other])
        self.assertEqual(self.listed(), list(FEED_INDEXES))
        answer = self.ask("GET", "delivery/redownload-feed/277/").json()
        self.assertEqual(answer["type"], "redownload")
        self.assertEqual(self.ask("GET", f"delivery/redownload/{other}/cod/").status_code, 200)

    def test_feeds_appear_and_disappear(self):
        feed_id = self.sandbox.add_client("C0003", "Bakery", enterprise_num="BE0477472701")
        self.assertEqual(self.listed(feed_id), [])
        self.sandbox.remove_client(SECOND_FEED_ID)
        pod = self.ask("GET", "delivery/pod-client/").json()
        self.assertEqual([item["id"] for item in pod["feed_clients"]], [FEED_ID, feed_id])

    def test_a_new_account_brings_its_active_mandate_with_it(self):
        feed_id = self.sandbox.add_client("C0003")
        self.sandbox.add_document(feed_id, "coda", {"cod": one_day()})
        self.sandbox.add_document(feed_id, "coda", {"cod": one_day(number=2)})
        with self.sandbox.editing(feed_id) as client:
            (mandate,) = client["coda_mandates"]
            (account,) = client["bank_accounts"]
        self.assertEqual((mandate["ibans"], mandate["state"]), (["BE68539007547034"], "active"))
        self.assertEqual(account["coda_mandate_ids"], [mandate["id"]])

    def test_a_mandate_can_be_left_out_or_changed(self):
        feed_id = self.sandbox.add_client("C0003")
        self.sandbox.add_document(feed_id, "coda", {"cod": one_day()}, mandate=False)
        with self.assertRaises(LookupError):
            self.sandbox.set_coda_mandate(feed_id, state="problem")
        self.sandbox.set_coda_mandate(FEED_ID, state="problem", reason="Signature.")
        states = self.ask("GET", "clients/").json()[0]["coda_mandates"]
        self.assertEqual({item["state"] for item in states}, {"problem"})


class MetadataTest(SandboxCase):
    def test_metadata_is_read_from_the_coda(self):
        found = coda(one_day(extension="abc", number=7))
        self.assertEqual(found["iban"], "BE68539007547034")
        self.assertEqual((found["extension_zone"], found["bank_id"]), ("abc", "KREDBEBB"))
        self.assertEqual((found["movement_count"], found["first_statement_number"]), (2, 7))
        self.assertEqual(enterprise_number(one_day()), "BE0477472701")

    def test_several_statements_in_one_file_show_first_and_last_number(self):
        found = coda(one_day(number=7) + one_day(number=8))
        self.assertEqual((found["first_statement_number"], found["last_statement_number"]), (7, 8))
        self.assertEqual(found["movement_count"], 4)

    def test_all_account_structures_are_read(self):
        for structure, account, expected in (
            ("0", f"539007547034 EUR0BE   {'':15}", ("BE68539007547034", "EUR", None)),
            ("1", f"{'123456789':<34}USD", ("123456789", "USD", None)),
            ("2", f"{'BE68539007547034':<31}xyzEUR", ("BE68539007547034", "EUR", "xyz")),
            ("3", f"{'FR76 3000 6000':<34}CHF", ("FR7630006000", "CHF", None)),
            (" ", f"539007547034    0{'':20}", ("BE68539007547034", "EUR", None)),
        ):
            with self.subTest(structure=structure):
                found = coda(f"1{structure}001{account}".ljust(128).encode())
                self.assertEqual(
                    (found["iban"], found["currency"], found["extension_zone"]), expected
                )

    def test_a_broken_coda_is_delivered_all_the_same(self):
        for content in (b"", b"0", b"\xff" * 300, b"1\n8\n21\n", one_day()[:700]):
            with self.subTest(content=content[:9]):
                index = self.sandbox.add_document(FEED_ID, "coda", {"cod": content})
                self.assertIn(index, self.listed())

    def test_given_metadata_wins(self):
        self.sandbox.add_document(FEED_ID, "coda", {"cod": b""}, metadata={"iban": None})
        entries = self.ask("GET", "delivery/feed/277/").json()["feed_entries"]
        self.assertEqual(entries[-1]["metadata"], {"iban": None})

    def test_the_statements_of_the_seed_are_what_their_metadata_says(self):
        for feed in self.sandbox.feeds.values():
            for document in feed.queues[Channel.FEED].documents:
                found = parse_coda(document.files["cod"])
                (day,) = found.statements
                self.assertEqual(found.notices, ())
                self.assertEqual(day.account.number, document.metadata["iban"])
                self.assertEqual(day.account.extension or None, document.metadata["extension_zone"])
                self.assertEqual(len(day.movements), document.metadata["movement_count"])
                number = feed.client["legal_entity"]["enterprise_num"]
                self.assertEqual(f"BE{day.enterprise_number}", number)

    def test_a_pdf_has_its_objects_where_its_table_says(self):
        file = pdf(["Statement (1) \\ of é", "€ 12,50", "☃"])
        self.assertTrue(file.startswith(b"%PDF-1.4\n") and file.endswith(b"%%EOF\n"))
        start = int(file.rsplit(b"startxref\n", 1)[1].split()[0])
        table = file[start:].split(b"\n")
        self.assertEqual(table[:2], [b"xref", b"0 6"])
        for number, line in enumerate(table[3:8], start=1):
            self.assertEqual(len(line) + 1, 20)
            self.assertTrue(file[int(line[:10]) :].startswith(b"%d 0 obj" % number))
        self.assertIn(b"(Statement \\(1\\) \\\\ of \xe9)", file)


class FaultTest(SandboxCase):
    def test_a_fault_hits_its_method_and_path_so_many_times(self):
        self.sandbox.fail("forbidden", method="PUT", path="/feed/277/$", times=2)
        codes = [self.put(FEED_INDEXES[0]).status_code for _number in range(3)]
        self.assertEqual(codes, [403, 403, 200])
        self.assertEqual(self.sandbox.armed(), [])

    def test_faults_can_be_disarmed(self):
        self.sandbox.fail("not_found", times=None)
        self.assertEqual(self.ask("GET", "clients/").status_code, 404)
        self.assertEqual(len(self.sandbox.armed()), 1)
        self.sandbox.clear_faults()
        self.assertEqual(self.ask("GET", "clients/").status_code, 200)

    def test_an_unknown_kind_is_refused_at_once(self):
        with self.assertRaises(ValueError):
            self.sandbox.fail("earthquake")

    def test_a_drop_has_no_effect_and_a_lost_answer_has(self):
        for kind, offset in (("drop", None), ("drop_after", FEED_INDEXES[0])):
            self.sandbox.fail(kind)
            with self.assertRaises(requests.ConnectionError):
                self.put(FEED_INDEXES[0])
            self.assertEqual(self.sandbox.queue(FEED_ID).offset, offset)
            self.assertIsNone(self.sandbox.log[-1].status)

    def test_the_answers_of_faults_are_those_of_the_real_thing(self):
        self.sandbox.fail("rate_limited", retry_after=7)
        answer = self.ask("GET", "clients/")
        self.assertEqual((answer.status_code, answer.headers["Retry-After"]), (429, "7"))
        self.assertEqual(
            answer.json(), {"detail": "Request was throttled. Expected available in 7 seconds."}
        )
        self.sandbox.fail("server_error")
        answer = self.ask("GET", "clients/")
        self.assertEqual(
            (answer.status_code, answer.headers["Content-Type"][:9]), (500, "text/html")
        )

    def test_unknown_settings_and_fields_are_refused(self):
        for change in (self.sandbox.configure, self.sandbox.configure_pod):
            with self.assertRaises(ValueError):
                change(colour="blue")


class LifeTest(SandboxCase):
    def test_the_log_tells_what_happened_in_order(self):
        self.ask("GET", "clients/?a=1")
        self.put(FEED_INDEXES[0])
        seen = [(e.method, e.path, e.status, e.feed_offset) for e in self.sandbox.log]
        self.assertEqual(
            seen,
            [
                ("GET", "/v2/clients/?a=1", 200, None),
                ("PUT", "/v2/delivery/feed/277/", 200, FEED_INDEXES[0]),
            ],
        )

    def test_only_this_machine_is_served(self):
        for host in ("0.0.0.0", "192.0.2.1", "example.test", "::", ""):
            with self.subTest(host=host), self.assertRaises(ValueError):
                Sandbox("empty").start(host=host)

    def test_it_serves_again_after_a_stop_with_its_state(self):
        self.assertEqual(self.sandbox.start(), self.url, "starting twice changes nothing")
        self.put(FEED_INDEXES[1])
        self.sandbox.stop()
        self.sandbox.stop()
        with self.assertRaises(RuntimeError):
            self.sandbox.url  # noqa: B018 - a property that raises
        with self.sandbox.serve() as self.url:
            self.assertEqual(self.listed(), [])

    def test_a_reset_brings_the_seed_back(self):
        self.put(FEED_INDEXES[1])
        self.sandbox.configure(per_entry_ack=True)
        self.sandbox.fail("drop", times=None)
        self.sandbox.reset()
        self.assertEqual((self.sandbox.log, self.listed()), ([], list(FEED_INDEXES)))
        self.sandbox.reset("empty")
        self.assertEqual(self.sandbox.feeds, {})
        with self.assertRaises(ValueError):
            self.sandbox.reset("unknown")

    def test_many_threads_may_add_and_read(self):
        def add():
            self.sandbox.add_document(SECOND_FEED_ID, "soda", {"xml": b"<a/>"})
            self.listed(SECOND_FEED_ID)

        threads = [threading.Thread(target=add) for _number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(set(self.listed(SECOND_FEED_ID))), 13)

    def test_nothing_of_the_sandbox_needs_odoo(self):
        code = "import codabox.sandbox, sys; print('odoo' in sys.modules)"
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        )
        self.assertEqual(run.stdout.strip(), "False")


class ControlTest(SandboxCase):
    def post(self, path, /, **body):
        answer = self.control("POST", path, json=body)
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.json()

    def test_a_client_and_a_document_are_added_over_http(self):
        made = self.post("clients", code="C9", name="Bakery", accounts=["BE68539007547034"])
        files = {"cod": b64encode(one_day()).decode()}
        index = self.post("documents", feed_id=made["feed_id"], model="coda", files=files)
        self.assertEqual(self.listed(made["feed_id"]), [index["feed_index"]])
        again = self.post("redeliver", feed_index=index["feed_index"], same_index=True)
        self.assertEqual(again, index)
        self.post("documents", feed_id=made["feed_id"], model="coda", files=files,
                  channel="redelivery")  # fmt: skip
        self.assertEqual(len(self.listed(made["feed_id"], "redownload-feed")), 2)
        client = self.post(f"clients/{made['feed_id']}", state="archived")
        self.assertEqual((client["id"], client["state"]), (made["client_id"], "archived"))
        (mandate,) = self.post(f"mandates/{made['feed_id']}", state="signed")
        self.assertEqual(mandate["state"], "signed")
        self.control("DELETE", f"clients/{made['feed_id']}")
        self.assertNotIn(made["feed_id"], self.sandbox.feeds)

    def test_customers_and_tokens_are_added_over_http(self):
        office = self.post("fiduciaries", name="Office", enterprise_num="BE0477472701")
        pod = self.post("pods", fiduciary_ids=[office["id"]])
        auth = (pod["username"], pod["password"])
        found = self.ask("GET", "fiduciaries/", auth=auth).json()
        self.assertEqual([item["name"] for item in found], ["Office"])
        token = self.post("tokens", pod_id=pod["pod_id"])["token"]
        self.assertEqual(self.ask("GET", f"get-credentials/{token}/").json()["username"], auth[0])
        self.post(f"pods/{pod['pod_id']}", password="changed")
        self.assertEqual(self.ask("GET", "fiduciaries/", auth=auth).status_code, 401)

    def test_formats_settings_and_faults_are_set_over_http(self):
        self.post("allow", model="hologram", formats=["holo"])
        pod = self.ask("GET", "delivery/pod-client/").json()
        self.assertEqual(pod["allowed_formats"]["hologram"], ["holo"])
        self.post("settings", per_entry_ack=True)
        self.assertTrue(self.control("GET", "").json()["settings"]["per_entry_ack"])
        self.post("faults", kind="status", path="clients", status=418)
        self.assertEqual(self.control("GET", "faults").json()[0]["kind"], "status")
        self.assertEqual(self.ask("GET", "clients/").status_code, 418)
        self.post("faults", kind="drop")
        self.control("DELETE", "faults")
        self.assertEqual(self.control("GET", "faults").json(), [])

    def test_the_log_is_read_and_cleared_over_http(self):
        self.put(FEED_INDEXES[0])
        (entry,) = self.control("GET", "log").json()
        self.assertEqual((entry["feed_offset"], entry["status"]), (FEED_INDEXES[0], 200))
        self.control("DELETE", "log")
        self.assertEqual(self.control("GET", "log").json(), [])
        self.post("reset", seed_name="empty")
        self.assertEqual(self.control("GET", "").json()["feeds"], [])

    def test_nonsense_is_refused_with_a_reason(self):
        for path, body in (
            ("clients", {}), ("clients", {"code": "C", "colour": 1}), ("faults", {"kind": "x"}),
            ("documents", {"feed_id": 1, "model": "coda", "files": {}}), ("clients/x", {}),
            ("documents", {"feed_id": FEED_ID, "model": "coda", "files": {"cod": "é"}}),
            ("settings", {"colour": 1}), ("reset", {"seed_name": "x"}), ("clients", [1]),
            ("faults", {"kind": "drop", "path": "("}),
        ):  # fmt: skip
            with self.subTest(path=path, body=body):
                answer = self.control("POST", path, json=body)
                self.assertEqual(answer.status_code, 400)
                self.assertTrue(answer.json()["detail"])
        self.assertEqual(self.control("POST", "nothing").status_code, 404)

    def test_control_calls_are_neither_logged_nor_hit_by_faults(self):
        self.sandbox.fail("drop", times=None)
        self.assertEqual(self.control("GET", "log").json(), [])


class FolderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def write(self, path, content):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    def entries(self, sandbox, feed_id):
        queue = sandbox.queue(feed_id, Channel.FEED)
        return [(doc.model, sorted(doc.files)) for doc in queue.documents]

    def test_a_folder_becomes_clients_with_feeds(self):
        text = one_day()
        self.write("C1/2026/001.cod", text)
        self.write("C1/2026/001.pdf", pdf(["1"]))
        self.write("C1/2026/002.TXT", text)
        self.write("C1/3 soda.xml", b"<?xml version='1.0'?><SocialDocument/>")
        self.write("C1/4.xml", b"<Invoice/>")
        self.write("C1/sales_invoice/5.xml", b"<Invoice/>")
        self.write("C1/notes.docx", b"not for us")
        self.write("C2/client.json", json.dumps({"name": "Bakery", "language": "nl"}).encode())
        self.write("README.md", b"not a client")
        with self.assertLogs(level="WARNING") as logs:
            sandbox = Sandbox("empty", data=self.root)
        self.assertIn("notes.docx", logs.output[0])
        first, second = sandbox.feeds.values()
        self.assertEqual(
            self.entries(sandbox, first.feed_id),
            [
                ("coda", ["cod", "pdf"]),
                ("coda", ["cod"]),
                ("soda", ["xml"]),
                ("purchase_invoice", ["xml"]),
                ("sales_invoice", ["xml"]),
            ],
        )
        self.assertEqual(first.client["legal_entity"]["enterprise_num"], "BE0477472701")
        self.assertEqual(second.client["legal_entity"]["name"], "Bakery")
        (self.root / "C1/notes.docx").unlink()
        again = Sandbox("empty", data=self.root)
        self.assertEqual(
            [doc.feed_index for doc in again.queue(first.feed_id).documents],
            [doc.feed_index for doc in sandbox.queue(first.feed_id).documents],
        )

    def test_a_folder_that_is_not_there_is_named(self):
        with self.assertRaises(NotADirectoryError):
            Sandbox("empty", data=self.root / "nothing")

    def test_the_command_line_serves_it_within_a_second(self):
        self.write("C1/1.pdf", pdf(["1"]))
        command = [sys.executable, "-m", "codabox.sandbox", "--port", "0", "--data", self.root]
        began = time.monotonic()
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            try:
                url = process.stdout.readline().strip()
                took = time.monotonic() - began
                answer = requests.get(
                    f"{url}delivery/pod-client/", auth=(USERNAME, PASSWORD), timeout=5,
                    headers={"X-Software-Company": SOFTWARE_KEY},
                )  # fmt: skip
            finally:
                process.terminate()
        self.assertEqual(answer.json()["feed_clients"][0]["client_code"], "C1")
        self.assertLess(took, 5, "about half a second; the margin is for busy machines")

    def test_the_command_line_refuses_to_serve_others(self):
        command = [sys.executable, "-m", "codabox.sandbox", "--host", "0.0.0.0"]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 1)
        self.assertIn("this machine only", run.stderr)
