"""The sandbox is steered from outside, and fed from a folder."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import unittest
from base64 import b64encode
from pathlib import Path

import requests

from ..sandbox import (
    FEED_ID,
    FEED_INDEXES,
    PASSWORD,
    SOFTWARE_KEY,
    USERNAME,
    Channel,
    Sandbox,
    pdf,
)
from .sandbox_case import ROOT, SandboxCase, one_day


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

    def test_the_command_line_serves_it(self):
        self.write("C1/1.pdf", pdf(["1"]))
        command = [sys.executable, "-m", "codabox.sandbox", "--port", "0", "--data", self.root]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            try:
                url = process.stdout.readline().strip()
                answer = requests.get(
                    f"{url}delivery/pod-client/", auth=(USERNAME, PASSWORD), timeout=5,
                    headers={"X-Software-Company": SOFTWARE_KEY},
                )  # fmt: skip
            finally:
                process.terminate()
        self.assertEqual(answer.json()["feed_clients"][0]["client_code"], "C1")

    def test_the_command_line_refuses_to_serve_others(self):
        command = [sys.executable, "-m", "codabox.sandbox", "--host", "0.0.0.0"]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 1)
        self.assertIn("this machine only", run.stderr)
