"""What is wrong with the address, the key or the password: each in its own sentence."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..codabox.sandbox import TOKEN
from ..reasons import REASONS
from .common import CodaboxCase

PAGE = "<!doctype html><html><body><h1>Sign in</h1></body></html>"


@tagged("-at_install", "post_install")
class TestWords(CodaboxCase):
    def told(self):
        """Press *Test* as the administrator; return what he reads."""
        try:
            with self.as_user(self.env.ref("base.user_admin")) as env:
                env["codabox.connection"].browse(self.connection.id).sudo().action_test()
        except UserError as error:
            self.env.invalidate_all()
            return str(error)
        return self.fail("nothing is wrong")

    def worlds(self):
        """Return what may be wrong -> how the sandbox shows it."""
        pod, here = "/pod-client/", {"times": None, "path": "/pod-client/"}
        html = {"headers": {"Content-Type": "text/html"}}
        return {
            "wrong_address": lambda: self.sandbox.fail("status", status=404, body=PAGE, **here),
            "page": lambda: self.sandbox.fail("status", status=200, body=PAGE, **html, **here),
            "redirect_loop": lambda: self.sandbox.fail(
                "redirect", location=f"/v2/delivery{pod}", **here
            ),
            "redirect": lambda: self.sandbox.fail(
                "redirect", location="https://elsewhere.test/login?user=x", **here
            ),
            "wrong_key": lambda: self.connection.write({"software_key": "not-ours"}),
            "unauthorized": lambda: self.connection.write({"password": "not-ours"}),
        }

    def test_each_has_a_sentence_of_its_own_with_the_address_and_what_to_check(self):
        sentences = {}
        for name, begin in self.worlds().items():
            with self.subTest(name), self.rolled_back():
                self.sandbox.clear_faults()
                begin()
                sentences[name] = self.told()
                self.assertIn(self.sandbox.url, sentences[name])
                self.assertRegex(sentences[name], "Check")
                self.assertNotIn("deliver it again", sentences[name])
        self.assertEqual(len(set(sentences.values())), len(self.worlds()))
        self.assertIn("elsewhere.test", sentences["redirect"])
        self.assertNotIn("user=x", sentences["redirect"])
        self.sandbox.clear_faults()

    def test_an_answer_that_is_too_large_is_not_called_a_file(self):
        path, facts = "/v2/clients/", {"address": self.sandbox.url, "limit": 5}
        record = self.env["codabox.connection"].new(
            {"reason_code": "too_large", "reason_facts": {"path": path, **facts}}
        )
        self.assertIn(self.sandbox.url, record.reason)
        self.assertNotIn("file", record.reason)
        file = self.env["codabox.connection"].new(
            {"reason_code": "too_large", "reason_facts": {"path": "/v2/delivery/download/x/cod/"}}
        )
        self.assertIn("file", file.reason)

    def test_a_token_at_the_wrong_address_is_not_called_unknown(self):
        for status, body, told in (
            (404, PAGE, "is not the address"),
            (404, {"detail": "Not found."}, "does not know this token"),
            (403, {"detail": "No."}, "refuses this software"),
        ):
            self.sandbox.fail("status", status=status, body=body, path="/get-credentials/")
            with self.subTest(told), self.assertRaisesRegex(UserError, told):
                self.connection.sudo()._exchange_token(TOKEN)

    def test_what_was_stored_before_there_was_an_address_stays_a_sentence(self):
        for code in ("unauthorized", "redirect", "wrong_key"):
            record = self.env["codabox.connection"].new({"reason_code": code})
            self.assertIn("CodaBox", record.reason)
            self.assertIn(code, REASONS)

    def test_the_detailed_check_is_a_file_without_secrets_that_changes_nothing(self):
        self.map_client()
        self.sandbox.clear_log()
        with self.as_user(self.env.ref("base.user_admin")) as env:
            action = env["codabox.connection"].browse(self.connection.id).sudo()
            url = action.action_check_in_detail()["url"]
        attachment = self.env["ir.attachment"].sudo().browse(int(url.split("/")[3].split("?")[0]))
        report = attachment.raw.decode()
        self.assertIn("GET delivery/pod-client/", report)
        self.assertIn("as documented", report)
        for secret in ("Bakkerij", self.connection.password, self.connection.software_key):
            self.assertNotIn(secret, report)
        self.assertLessEqual({entry.method for entry in self.sandbox.log}, {"GET", "OPTIONS"})

    def test_only_an_administrator_checks_in_detail(self):
        with self.assertRaises(AccessError):
            self.press(self.connection, "action_check_in_detail")
