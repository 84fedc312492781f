"""The client's calls against the sandbox, and answers of unexpected shape."""

from __future__ import annotations

import json
from datetime import date, datetime

from ..domain import Channel
from ..errors import BadAnswer, CodaboxError, NotFound, Rejected, TransportError, Unauthorized
from ..sandbox import (
    CLIENT_NUMBER,
    CREDENTIALS,
    FEED_ID,
    FEED_INDEXES,
    POD_ID,
    SECOND_FEED_ID,
    SOFTWARE_KEY,
    TOKEN,
)
from ..v2.client import CodaboxClient
from .client_case import ClientCase, http, raw_server


class CredentialsTest(ClientCase):
    def test_a_token_is_exchanged_for_credentials_that_work(self):
        with CodaboxClient.open(self.sandbox.url, SOFTWARE_KEY) as client:
            credentials = client.get_credentials(f"  {TOKEN}\n")
        self.assertEqual(credentials, CREDENTIALS)
        self.assertEqual(self.open(credentials=credentials).pod().pod_id, POD_ID)

    def test_a_used_token_is_refused_with_the_reason(self):
        self.client.get_credentials(TOKEN)
        error = self.refused(NotFound, self.client.get_credentials, TOKEN)
        self.assertEqual(error.detail, "This token is no longer valid.")

    def test_a_lost_answer_is_not_asked_again_because_the_token_is_used_up(self):
        self.sandbox.fail("drop_after", path="get-credentials")
        error = self.refused(TransportError, self.client.get_credentials, TOKEN)
        self.assertTrue(error.maybe_done)
        self.assertEqual(len(self.sandbox.log), 1)
        self.refused(NotFound, self.client.get_credentials, TOKEN)

    def test_credentials_are_not_sent_with_a_token(self):
        seen = []
        with raw_server(http(200, json.dumps({"username": "u", "password": "p"}).encode())) as url:
            client = self.open(url)
            session = client._transport._session
            send = session.send
            session.send = lambda request, **kw: seen.append(request.headers) or send(request, **kw)
            client.get_credentials(TOKEN)
        self.assertNotIn("Authorization", seen[0])
        self.assertEqual(seen[0]["X-Software-Company"], SOFTWARE_KEY)

    def test_credentials_of_the_wrong_shape_name_the_field_only(self):
        with raw_server(http(200, b'{"username": "u", "password": 12345678}')) as url:
            error = self.refused(BadAnswer, self.open(url).get_credentials, TOKEN)
        self.assertEqual(error.details["field"], "password")
        self.assertEqual(error.details["path"], "/v2/get-credentials/***/")
        self.assertNotIn("12345678", str(error))

    def test_an_empty_token_is_not_sent(self):
        self.refused(CodaboxError, self.client.get_credentials, " ")
        self.assertEqual(self.sandbox.log, [])

    def test_asking_for_a_token_gives_the_masked_address(self):
        self.assertEqual(self.client.request_access_token(CLIENT_NUMBER), "c****t@example.test")
        self.assertEqual(len(self.sandbox.mails(CLIENT_NUMBER)), 1)

    def test_asking_for_a_token_needs_no_readable_answer(self):
        for body in (b"", b"created", b"[]", b'{"a": 1, "b": "no address"}'):
            with self.subTest(body=body), raw_server(http(201, body)) as url:
                self.assertEqual(self.open(url).request_access_token(CLIENT_NUMBER), "")

    def test_an_unknown_company_is_refused_with_the_reason(self):
        error = self.refused(Rejected, self.client.request_access_token, "BE0000000097")
        self.assertIn("not known", error.detail)

    def test_asking_for_a_token_is_never_repeated(self):
        self.sandbox.fail("drop")
        self.refused(TransportError, self.client.request_access_token, CLIENT_NUMBER)
        self.sandbox.fail("server_error")
        self.refused(TransportError, self.client.request_access_token, CLIENT_NUMBER)
        self.sandbox.fail("rate_limited", retry_after=1)
        self.refused(CodaboxError, self.client.request_access_token, CLIENT_NUMBER)
        self.assertEqual((len(self.sandbox.log), self.waits), (3, []))


class DocumentsTest(ClientCase):
    def test_the_pod_lists_feeds_and_formats(self):
        pod = self.client.pod()
        self.assertEqual((pod.pod_id, pod.fetch_delay), (66, 7200))
        self.assertEqual(pod.allowed_formats["coda"], ("cod", "pdf", "xml"))
        self.assertEqual([item.feed_id for item in pod.clients], [FEED_ID, SECOND_FEED_ID])
        self.assertEqual(pod.clients[0].client_name, "Gibson-Gottlieb")
        self.assertEqual(pod.clients[0].raw["target_root_state"], "default")

    def test_wrong_credentials_are_refused(self):
        self.sandbox.configure_pod(password="another")
        error = self.refused(Unauthorized, self.client.pod)
        self.assertEqual(error.detail, "Invalid username/password.")

    def test_entries_come_in_order_with_their_metadata(self):
        feed = self.client.feed(FEED_ID)
        self.assertEqual((feed.feed_id, feed.type), (FEED_ID, "download"))
        self.assertEqual([entry.feed_index for entry in feed.entries], list(FEED_INDEXES))
        self.assertEqual(
            list(feed.entries[0].metadata.items()),
            [
                ("movement_count", 5),
                ("last_statement_number", 1),
                ("extension_zone", "ZqG"),
                ("new_balance_date", "2017-04-28"),
                ("bank_id", "CDBXBE33"),
                ("currency", "EUR"),
                ("iban", "BE62974123456761"),
                ("first_statement_number", 1),
            ],
        )

    def test_unknown_models_and_formats_survive(self):
        self.sandbox.allow("hologram", "holo")
        index = self.sandbox.add_document(FEED_ID, "hologram", {"holo": b"\x00\x01"})
        self.assertEqual(self.client.pod().allowed_formats["hologram"], ("holo",))
        self.assertEqual(self.client.feed(FEED_ID).entries[-1].document_model, "hologram")
        self.assertEqual(self.client.download(index, "holo").content, b"\x00\x01")

    def test_a_download_gives_the_bytes_and_does_not_acknowledge(self):
        content = bytes(range(256))
        index = self.sandbox.add_document(FEED_ID, "coda", {"cod": content})
        found = self.client.download(index, "cod")
        self.assertEqual((found.content, found.content_type), (content, "text/plain"))
        self.assertEqual(self.client.feed(FEED_ID).entries[-1].feed_index, index)

    def test_what_may_not_be_downloaded_is_not_found(self):
        other = self.sandbox.add_pod()
        foreign = self.sandbox.add_client("X", pod_id=other)
        index = self.sandbox.add_document(foreign, "coda", {"cod": b"0"})
        for arguments in ((index, "cod"), (FEED_INDEXES[0], "docx"), ("unknown", "cod")):
            with self.subTest(arguments=arguments):
                self.refused(NotFound, self.client.download, *arguments)
        self.refused(NotFound, self.client.feed, foreign)

    def test_a_web_page_in_place_of_a_file_is_refused(self):
        for kind in ("text/html; charset=utf-8", "application/json"):
            with self.subTest(kind=kind):
                self.sandbox.fail("content_type", content_type=kind)
                error = self.refused(BadAnswer, self.client.download, FEED_INDEXES[0], "cod")
                self.assertEqual(error.code, "bad_content_type")

    def test_an_empty_file_is_refused(self):
        index = self.sandbox.add_document(FEED_ID, "coda", {"cod": b""})
        error = self.refused(BadAnswer, self.client.download, index, "cod")
        self.assertEqual(error.code, "empty_file")

    def test_an_odd_index_stays_one_segment_of_the_path(self):
        self.refused(NotFound, self.client.download, "a/../b?c#d", "cod")
        self.assertEqual(self.requests(), ["GET /v2/delivery/download/a/../b?c#d/cod/"])

    def test_acknowledging_covers_all_entries_up_to_it(self):
        self.client.acknowledge(FEED_ID, FEED_INDEXES[1])
        self.assertEqual(self.client.feed(FEED_ID).entries, ())
        self.assertEqual(self.sandbox.log[0].feed_offset, FEED_INDEXES[1])

    def test_a_lost_acknowledgement_is_sent_again(self):
        self.sandbox.fail("drop_after", method="PUT")
        self.client.acknowledge(FEED_ID, FEED_INDEXES[0])
        self.assertEqual(self.requests(), ["PUT /v2/delivery/feed/277/"] * 2)
        self.assertEqual(self.sandbox.queue(FEED_ID).offset, FEED_INDEXES[0])

    def test_acknowledging_an_entry_of_another_feed_is_refused(self):
        error = self.refused(Rejected, self.client.acknowledge, SECOND_FEED_ID, FEED_INDEXES[0])
        self.assertIn("feed_offset", error.fields)

    def test_the_redelivery_channel_has_its_own_entries_and_offset(self):
        self.client.acknowledge(FEED_ID, FEED_INDEXES[1])
        again = self.sandbox.redeliver(FEED_INDEXES[0])
        feed = self.client.feed(FEED_ID, Channel.REDELIVERY)
        self.assertEqual([entry.feed_index for entry in feed.entries], [again])
        content = self.client.download(again, "cod", Channel.REDELIVERY).content
        self.assertEqual(content, self.client.download(FEED_INDEXES[0], "cod").content)
        self.refused(NotFound, self.client.download, again, "cod")
        self.client.acknowledge(FEED_ID, again, Channel.REDELIVERY)
        self.assertEqual(self.client.feed(FEED_ID, Channel.REDELIVERY).entries, ())
        self.assertEqual(self.sandbox.queue(FEED_ID).offset, FEED_INDEXES[1])

    def test_html_or_rubbish_in_place_of_json_is_named(self):
        self.sandbox.fail("bad_json")
        error = self.refused(BadAnswer, self.client.pod)
        self.assertEqual((error.code, self.waits), ("bad_json", []))
        self.assertEqual(error.details["path"], "/v2/delivery/pod-client/")
        self.assertEqual((error.details["method"], error.details["status"]), ("GET", 200))
        for body in (b"", b"<html>", b"\xff\xfe\x00", b"[" * 100_000):
            with self.subTest(body=body[:9]), raw_server(http(200, body)) as url:
                self.assertEqual(self.refused(BadAnswer, self.open(url).pod).code, "bad_json")

    def test_json_of_another_content_type_is_still_read(self):
        self.sandbox.fail("content_type")
        self.assertEqual(self.client.pod().pod_id, POD_ID)


class ClientsTest(ClientCase):
    def test_offices_are_listed_and_read(self):
        (office,) = self.client.fiduciaries()
        self.assertEqual(office, self.client.fiduciary(office.id))
        self.assertEqual((office.name, office.language), ("Fidu 1 for demo", "fr"))
        self.assertIs(office.allows_social_mandates, True)
        self.assertIs(office.delegates_mandate_delivery, False)
        self.assertEqual(office.services[0].type, "purchase-invoice-delivery")
        self.assertEqual(office.raw["website_url"], "")
        self.refused(NotFound, self.client.fiduciary, "unknown")

    def test_clients_are_listed_and_read_with_mandates_and_accounts(self):
        first, second = self.client.clients()
        self.assertEqual(first, self.client.client(first.id))
        self.assertEqual(first.legal_entity.enterprise_num, CLIENT_NUMBER)
        self.assertEqual([item.bank_id for item in first.coda_mandates], ["CDBXBE33", "CDBXBE34"])
        mandate = first.coda_mandates[0]
        self.assertEqual(mandate.ibans, ("BE62974123456761",))
        self.assertEqual(mandate.validity_start, date(2017, 4, 1))
        self.assertEqual(
            mandate.state_modified_at, datetime(2017, 4, 28, 13, 26, 55, 574996)  # noqa: DTZ001
        )  # fmt: skip
        account = first.bank_accounts[0]
        self.assertEqual((account.currencies, account.subaccounts[0].extension), (("EUR",), "ZqG"))
        self.assertEqual(account.coda_mandate_ids, (mandate.id,))
        self.assertEqual(first.social_mandates[0].social_welfare_id, "group_s")
        self.assertEqual(first.purchase_invoice_mandates[0].state, "active")
        self.assertEqual(first.purchase_invoice_transmission_mandates[0].state, "active")
        self.assertEqual(first.current_purchase_invoice_mandate_state, "active")
        self.assertEqual(second.client_code, "C0002")
        self.refused(NotFound, self.client.client, "unknown")

    def test_unknown_states_survive(self):
        self.sandbox.set_coda_mandate(FEED_ID, "BE62974123456761", state="levitating")
        self.assertEqual(self.client.clients()[0].coda_mandates[0].state, "levitating")

    def test_a_company_on_its_own_sees_no_office(self):
        self.client.request_access_token(CLIENT_NUMBER)
        (mail,) = self.sandbox.mails(CLIENT_NUMBER)
        own = self.open(credentials=self.client.get_credentials(mail.token))
        (feed_client,) = own.pod().clients
        self.assertEqual(own.fiduciaries(), ())
        self.assertEqual(len(own.feed(feed_client.feed_id).entries), 2)
        self.assertEqual(len(self.client.pod().clients), 2, "the office keeps its own feeds")
