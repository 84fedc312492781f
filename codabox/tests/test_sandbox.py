"""The sandbox behaves as the reference says CodaBox does, and can be told to misbehave."""

from __future__ import annotations

from ..coda import parse_coda
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
    pdf,
)
from ..sandbox.metadata import coda, enterprise_number
from .sandbox_case import SandboxCase, one_day


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

    def test_a_pdf_has_its_lines_as_text_and_is_the_same_file_each_time(self):
        lines = ["Statement (1) \\ of é", "€ 12,50", "☃"]
        file = pdf(lines)
        self.assertEqual(file, pdf(lines))
        self.assertNotEqual(file, pdf(lines[:2]))
        self.assertTrue(file.startswith(b"%PDF-1") and file.endswith(b"%%EOF\n"))
        for text in (rb"(Statement \(1\) \\ of \351)", rb"(\200 12,50)", b"(?)"):
            self.assertIn(text, file)
