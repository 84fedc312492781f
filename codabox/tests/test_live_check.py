"""The command that compares CodaBox with what is documented, against the sandbox."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ..const import PRODUCTION_URL
from ..sandbox import PASSWORD, SOFTWARE_KEY, USERNAME
from ..v2.contract import CHANGES, READS
from .client_case import SECRETS, ClientCase

NUMBER = "BE0417497106"
ORDER = {
    "client_code": "K100",
    "name": "Kapsalon Ann",
    "enterprise_num": NUMBER,
    "address": "Dorp 1",
    "zip": "9000",
    "city": "Gent",
    "contact_email": "ann@example.test",
    "language": "nl",
    "representative_name": "Ann Peeters",
    "representative_function": "bestuurder",
    "ibans": ["BE83736123456715", "BE35310123456737"],
    "secretariats": ["group_s"],
    "purchase_invoices": True,
}
OBSERVED = 11  # lines of sections 4 to 6
ROOT = Path(__file__).parents[2]


class LiveCheckTest(ClientCase):
    def run_command(self, *arguments, **environment):
        """Run the command as a person does; give its status and lines."""
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "CODABOX_URL": self.sandbox.url,
            "CODABOX_SOFTWARE_KEY": SOFTWARE_KEY,
            "CODABOX_USERNAME": USERNAME,
            "CODABOX_PASSWORD": PASSWORD,
            **environment,
        }
        done = subprocess.run(
            [sys.executable, "-m", "codabox.live_check", *arguments],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        for secret in SECRETS:
            self.assertNotIn(secret, done.stdout + done.stderr)
        return done.returncode, done.stdout.splitlines(), done.stderr

    def order_file(self, **changes):
        folder = self.enterContext_(tempfile.TemporaryDirectory())
        path = Path(folder, "order.json")
        path.write_text(json.dumps({**ORDER, **changes}), "utf-8")
        return str(path)

    def methods(self):
        return {entry.method for entry in self.sandbox.log}

    def posts(self):
        return [entry.path for entry in self.sandbox.log if entry.method == "POST"]

    def test_our_own_sandbox_answers_every_call_as_documented_and_nothing_changes(self):
        before = self.sandbox.mandates()
        offsets = [feed.queues for feed in self.sandbox.feeds.values()]
        status, lines, errors = self.run_command()
        self.assertEqual((status, errors), (0, ""))
        self.assertEqual(len(lines), OBSERVED + len(READS) + len(CHANGES))
        # What would confirm or create, and what an office may not: a company's sales invoices.
        otherwise = [line for line in lines if "as documented" not in line]
        self.assertEqual([line.split()[0] for line in otherwise], ["5.3", "P10", "P1"])
        self.assertEqual({"not tried" in line for line in otherwise}, {True})
        self.assertIn("bank_id, name, signing", self.line(lines, "P9"))
        self.assertLessEqual(self.methods(), {"GET", "OPTIONS"})
        self.assertEqual(self.sandbox.mandates(), before)
        self.assertEqual([feed.queues for feed in self.sandbox.feeds.values()], offsets)

    def line(self, lines, number):
        return next(line for line in lines if line.startswith(number))

    def test_a_v2_without_the_provisional_calls_does_not_offer_them(self):
        self.sandbox.configure(provisional=False)
        status, lines, _errors = self.run_command()
        self.assertEqual(status, 1)
        missing = {line.split()[0] for line in lines if "not offered" in line}
        self.assertEqual(missing, {"P2", "P3", "P4", "P5", "P6", "P7", "P9", "P10"})
        seen = [line for line in lines if line[0].isdigit() and not line.startswith("5.3")]
        self.assertTrue(all("as documented" in line for line in seen), seen)

    def test_what_differs_is_told_by_names_and_types_and_nothing_of_a_client_is_shown(self):
        feed = next(iter(self.sandbox.feeds.values()))
        client = feed.client
        client["legal_entity"]["zip"] = 9000
        client["BE68539007547034"] = {"Jan Peeters": "jan@example.test"}
        del client["coda_mandates"][0]["reason"]
        client["contact_email"] = "jan.peeters@example.test"
        status, lines, _errors = self.run_command()
        self.assertEqual(status, 1)
        told = self.line(lines, "6.2")
        for words in ("legal_entity.zip: number, not text", "reason: absent", "***: new"):
            self.assertIn(words, told)
        everything = "\n".join(lines)
        for personal in ("Peeters", "BE68", "9000", "example.test", client["id"]):
            self.assertNotIn(personal, everything)

    def test_the_file_to_mail_has_what_was_printed_and_says_of_which_codabox(self):
        path = Path(self.enterContext_(tempfile.TemporaryDirectory()), "live.txt")
        _status, lines, _errors = self.run_command("--file", str(path))
        heading, *written = path.read_text("utf-8").splitlines()
        self.assertEqual(written, lines)
        self.assertIn("127.0.0.1", heading)

    def test_no_file_is_read_that_its_mandate_does_not_allow(self):
        self.sandbox.configure(gate=False)
        for feed in self.sandbox.feeds.values():
            for mandate in feed.client["coda_mandates"]:
                mandate["state"] = "sent-client"
        _status, lines, _errors = self.run_command()
        self.assertIn("not tried", self.line(lines, "5.4"))
        self.assertFalse([entry for entry in self.sandbox.log if "/download/" in entry.path])

    def test_what_answers_otherwise_is_told_with_status_and_shape(self):
        self.sandbox.fail("not_found", path="/banks/$", times=None)
        body = [{"social_welfare_id": 7, "name": "Ann Peeters"}]
        self.sandbox.fail("status", path="/social-secretariats/$", status=200, body=body)
        self.sandbox.fail("not_found", path="/coda-mandates/$", times=None)
        status, lines, _errors = self.run_command()
        self.assertEqual(status, 1)
        told = [line for line in lines if " differs " in line or "not offered" in line]
        self.assertEqual(len(told), 3)
        self.assertIn("404", told[0])
        self.assertIn("social_welfare_id", told[1])
        self.assertNotIn("Ann Peeters", "".join(lines), "what a field holds is not shown")
        self.assertIn("OPTIONS 404, GET 404", told[2])

    def test_a_gateway_that_answers_options_everywhere_proves_nothing(self):
        self.sandbox.fail("status", method="OPTIONS", times=None, status=200, body={})
        self.sandbox.fail("not_found", method="GET", path="/purchase-invoice-mandates/", times=None)
        status, lines, _errors = self.run_command()
        self.assertEqual(status, 1)
        self.assertEqual([line[:2] for line in lines if "not offered" in line], ["P5"])

    def test_without_clients_addresses_that_need_one_are_not_tried(self):
        self.sandbox.reset("empty")
        status, lines, _errors = self.run_command()
        self.assertEqual(status, 0)
        self.assertEqual(sum("not tried" in line for line in lines), 13)

    def test_refused_or_missing_credentials_end_it(self):
        self.assertEqual(self.run_command(CODABOX_PASSWORD="wrong")[0], 2)
        status, lines, errors = self.run_command(CODABOX_PASSWORD="")
        self.assertEqual((status, lines), (2, []))
        self.assertIn("CODABOX_PASSWORD", errors)

    def test_an_order_is_placed_only_when_its_number_is_repeated_and_never_twice(self):
        path = self.order_file()
        for confirm in ([], ["--confirm", "BE0403019261"]):
            status, _lines, errors = self.run_command("--order", path, *confirm)
            self.assertEqual(status, 2)
            self.assertIn("nothing was ordered", errors)
        self.assertEqual(self.posts(), [])
        status, lines, _errors = self.run_command("--order", path, "--confirm", "0417.497.106")
        self.assertEqual(status, 0)
        self.assertEqual([line[:2] for line in lines], ["P1", "P2", "P4", "P5", "P3"])
        self.assertTrue(all("as documented" in line for line in lines), lines)
        self.assertEqual(len(self.posts()), 4)
        status, lines, _errors = self.run_command("--order", path, "--confirm", NUMBER)
        self.assertEqual(status, 0)
        self.assertEqual(sum("it was there before" in line for line in lines), 4)
        self.assertEqual(len(self.posts()), 4)

    def test_a_refused_order_says_about_which_fields(self):
        path = self.order_file(contact_email="nobody", secretariats=["nobody"])
        status, lines, _errors = self.run_command("--order", path, "--confirm", NUMBER)
        self.assertEqual(status, 1)
        self.assertIn("about contact_email", lines[0])

    def test_orders_are_never_tried_on_production(self):
        status, _lines, errors = self.run_command(
            "--order", self.order_file(), "--confirm", NUMBER, CODABOX_URL=PRODUCTION_URL
        )
        self.assertEqual(status, 2)
        self.assertIn("production", errors)

    def test_a_file_that_is_no_order_is_named(self):
        for path in ("/nowhere.json", self.order_file(colour="red")):
            status, _lines, errors = self.run_command("--order", path, "--confirm", NUMBER)
            self.assertEqual(status, 2)
            self.assertIn("is no order", errors)
