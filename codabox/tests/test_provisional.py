"""The provisional contract over HTTP: our client against our server, call by call (API 14)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import requests
from PyPDF2 import PdfReader  # what Odoo itself reads PDF with

from ..errors import BadAnswer, Forbidden, NotFound, Rejected, TransportError
from ..mandates.ordering import signing_url
from ..sandbox import CREDENTIALS, SOFTWARE_KEY
from ..sandbox.const import CLIENT_ID, CLIENT_NUMBER, FIDUCIARY_ID
from .mandate_case import (
    BELFIUS,
    BNP,
    ING,
    KBC,
    KBC_TWO,
    NO_PARTNER,
    PAPER,
    MandateCase,
    enterprise,
    iban,
    new_client,
)


class ClientsTest(MandateCase):
    def test_a_client_is_created_with_everything_that_was_given(self):
        new = new_client(contact_name="Secretary", address2="bus 2")
        created = self.api.create_client(new)
        self.assertEqual(self.client.client(created.id), created)
        entity = created.legal_entity
        for name in ("name", "enterprise_num", "address", "address2", "zip", "city"):
            self.assertEqual(getattr(entity, name), getattr(new, name))
        self.assertEqual(entity.representative_name, "An Peeters")
        self.assertEqual(entity.representative_function, "bestuurder")
        self.assertEqual(created.client_code, new.client_code)
        self.assertEqual(created.contact_name, "Secretary")
        self.assertEqual(created.contact_email, new.contact_email)
        self.assertEqual((created.language, created.fiduciary_id), ("nl", FIDUCIARY_ID))

    def test_a_new_client_has_a_feed_and_nothing_ordered(self):
        created = self.create()
        self.assertEqual(self.listed(self.feed_of(created)), [])
        for name in (
            "coda_mandates", "social_mandates", "bank_accounts", "purchase_invoice_mandates",
            "purchase_invoice_transmission_mandates",
        ):  # fmt: skip
            self.assertEqual(getattr(created, name), (), name)
        self.assertIsNone(created.current_purchase_invoice_mandate_state)

    def test_the_object_has_the_keys_of_every_other_client(self):
        seeded = self.client.client(CLIENT_ID)
        created = self.create()
        self.assertEqual(list(created.raw), list(seeded.raw))
        self.assertEqual(list(created.legal_entity.raw), list(seeded.legal_entity.raw))

    def test_each_refusal_names_its_field(self):
        self.create(9)
        for values, field, text in (
            ({"enterprise_num": CLIENT_NUMBER}, "legal_entity.enterprise_num",
             "This enterprise number is already registered."),
            ({"enterprise_num": "BE0477472702"}, "legal_entity.enterprise_num",
             "Enter a valid Belgian enterprise number."),
            ({"client_code": "N0009"}, "client_code", "This client code is already used."),
            ({"contact_email": "office@example.test"}, "contact_email",
             "This is the address of the office, not of the client."),
            ({"contact_email": "nobody"}, "contact_email", "Enter a valid email address."),
            ({"contact_email": ""}, "contact_email", "This field may not be blank."),
            ({"language": "de"}, "language", '"de" is not a valid choice.'),
            ({"name": ""}, "legal_entity.name", "This field may not be blank."),
            ({"representative_function": " "}, "legal_entity.representative_function",
             "This field may not be blank."),
            ({"fiduciary_id": "other"}, "fiduciary_id", '"other" is not a valid choice.'),
        ):  # fmt: skip
            with self.subTest(field=field, text=text):
                error = self.refused(Rejected, self.api.create_client, new_client(**values))
                self.assertEqual((error.status, error.fields), (400, {field: [text]}))
        self.assertEqual(len(self.api.clients()), 3, "nothing was created")

    def test_all_refusals_of_one_request_come_together(self):
        new = new_client(city="", language="", enterprise_num="1")
        error = self.refused(Rejected, self.api.create_client, new)
        self.assertEqual(
            set(error.fields), {"legal_entity.city", "language", "legal_entity.enterprise_num"}
        )

    def test_a_number_of_another_office_is_registered_too(self):
        other = self.sandbox.add_fiduciary("Other", enterprise(3_000_001))
        pod = self.sandbox.add_pod(fiduciary_ids=[other])
        number = enterprise(3_000_002)
        self.sandbox.add_client("X1", enterprise_num=number, pod_id=pod)
        error = self.refused(Rejected, self.api.create_client, new_client(enterprise_num=number))
        self.assertIn("legal_entity.enterprise_num", error.fields)

    def test_the_office_is_asked_when_the_connection_sees_several(self):
        other = self.sandbox.add_fiduciary("Second", enterprise(3_000_001))
        self.sandbox.configure_pod(fiduciary_ids=[FIDUCIARY_ID, other])
        error = self.refused(Rejected, self.api.create_client, new_client())
        self.assertEqual(error.fields, {"fiduciary_id": ["This field is required."]})
        self.assertEqual(self.create(fiduciary_id=other).fiduciary_id, other)

    def test_a_company_may_not_create_clients(self):
        pod = self.sandbox.add_pod(enterprise_num=CLIENT_NUMBER)
        with type(self.api).open(
            self.sandbox.url, SOFTWARE_KEY, self.sandbox.credentials(pod)
        ) as company:
            self.refused(Forbidden, company.create_client, new_client())


class CodaTest(MandateCase):
    def test_one_mandate_per_bank_at_once(self):
        client = self.create()
        start = date(2026, 12, 1)
        first, second = self.api.order_coda_mandates(client.id, [KBC, ING, KBC_TWO], start)
        self.assertEqual((first.bank_id, first.ibans), ("KREDBEBB", (KBC, KBC_TWO)))
        self.assertEqual((second.bank_id, second.ibans), ("BBRUBEBB", (ING,)))
        for mandate in (first, second):
            self.assertEqual(mandate.state, "available-online")
            self.assertEqual((mandate.reason, mandate.reason_code), (None, "R-0"))
            self.assertEqual(mandate.validity_start, start)
        again = self.api.client(client.id)
        self.assertEqual(again.coda_mandates, (first, second))
        accounts = {item.iban: item for item in again.bank_accounts}
        self.assertEqual(set(accounts), {KBC, ING, KBC_TWO})
        self.assertEqual(accounts[KBC].coda_mandate_ids, (first.id,))

    def test_a_mandate_has_the_keys_that_were_observed(self):
        client = self.create()
        (ordered,) = self.api.order_coda_mandates(client.id, [ING])
        seeded = self.client.client(CLIENT_ID)
        self.assertEqual(list(ordered.raw), list(seeded.coda_mandates[0].raw))
        (account,) = self.api.client(client.id).bank_accounts
        self.assertEqual(list(account.raw), list(seeded.bank_accounts[0].raw))

    def test_the_first_state_says_who_hands_over_the_document(self):
        states = []
        for number, delegates in enumerate((False, True)):
            self.sandbox.configure_office(delegates_mandate_delivery=delegates)
            client = self.create(number)
            (mandate,) = self.api.order_coda_mandates(client.id, [iban("310", 10 + number)])
            states.append(mandate.state)
        self.assertEqual(states, ["available-online", "sent-client"])

    def test_a_mandate_waits_for_the_clients_address_when_codabox_mails(self):
        self.sandbox.configure_office(delegates_mandate_delivery=True)
        client = self.create()
        with self.sandbox.editing(self.feed_of(client)) as resource:
            resource["contact_email"] = ""
        (mandate,) = self.api.order_coda_mandates(client.id, [ING])
        self.assertEqual(mandate.state, "prepared")

    def test_a_bank_that_is_no_partner_leaves_the_order_registered(self):
        (mandate,) = self.api.order_coda_mandates(self.create().id, [NO_PARTNER])
        self.assertEqual((mandate.state, mandate.twikey_url), ("registered", None))
        self.refused(NotFound, self.api.coda_mandate_pdf, mandate.id)

    def test_only_banks_on_paper_have_no_link(self):
        client = self.create()
        mandates = self.api.order_coda_mandates(client.id, [KBC, ING, BELFIUS, BNP, PAPER])
        links = {mandate.bank_id: signing_url(mandate) for mandate in mandates}
        self.assertEqual({bank for bank, link in links.items() if not link}, {"BNAGBEBB"})
        root = self.sandbox.url.removesuffix("v2/")
        for mandate in mandates[:4]:
            self.assertEqual(links[mandate.bank_id], f"{root}sign/{mandate.id}/")

    def test_an_order_is_taken_as_a_whole_or_not_at_all(self):
        client = self.create()
        self.api.order_coda_mandates(client.id, [KBC])
        error = self.refused(Rejected, self.api.order_coda_mandates, client.id, [ING, KBC])
        self.assertEqual(error.fields, {"ibans": [f"{KBC}: already ordered."]})
        self.assertEqual(len(self.api.client(client.id).coda_mandates), 1)

    def test_each_account_that_is_refused_is_told(self):
        client = self.create()
        taken = "BE62974123456761"  # of a seeded client
        ibans = [taken, "NL91ABNA0417164300", "BE00123", ING]
        error = self.refused(Rejected, self.api.order_coda_mandates, client.id, ibans)
        self.assertEqual(
            error.fields,
            {
                "ibans": [
                    f"{taken}: registered with another client.",
                    "NL91ABNA0417164300: not a Belgian account.",
                    "BE00123: not a valid IBAN.",
                ]
            },
        )
        self.assertEqual(self.api.client(client.id).coda_mandates, ())

    def test_bodies_that_make_no_sense_are_refused(self):
        client = self.create()
        url = f"{self.sandbox.url}clients/{client.id}/coda-mandates/"
        for body, field in (
            ({}, "ibans"),
            ({"ibans": "BE"}, "ibans"),
            ({"ibans": []}, "ibans"),
            ({"ibans": [1]}, "ibans"),
            ({"ibans": [ING], "validity_start": "1/2/3"}, "validity_start"),
        ):
            status, answer = self.raw_post(url, body)
            self.assertEqual((status, list(answer)), (400, [field]), body)

    def raw_post(self, url, body):
        auth = (CREDENTIALS.username, CREDENTIALS.password)
        headers = {"X-Software-Company": SOFTWARE_KEY}
        answer = requests.post(url, json=body, auth=auth, headers=headers, timeout=5)
        return answer.status_code, answer.json()

    def test_a_client_of_others_cannot_be_ordered_for(self):
        pod = self.sandbox.add_pod(
            fiduciary_ids=[self.sandbox.add_fiduciary("Other", enterprise(3_000_001))]
        )
        feed_id = self.sandbox.add_client("X1", accounts=[ING], pod_id=pod)
        with self.sandbox.editing(feed_id) as other:
            client_id, mandate_id = other["id"], other["coda_mandates"][0]["id"]
        self.refused(NotFound, self.api.order_coda_mandates, client_id, [KBC])
        self.refused(NotFound, self.api.order_social_mandate, client_id, "acerta")
        self.refused(NotFound, self.api.coda_mandate_pdf, mandate_id)
        self.refused(NotFound, self.api.archive_coda_mandate, mandate_id)
        self.refused(NotFound, self.api.order_coda_mandates, "nobody", [KBC])


class PdfTest(MandateCase):
    def test_the_document_opens_and_says_what_is_signed(self):
        client = self.create(representative_name="An (Ans) Péeters")
        (mandate,) = self.api.order_coda_mandates(client.id, [KBC, KBC_TWO])
        file = self.api.coda_mandate_pdf(mandate.id)
        self.assertEqual(file.content_type, "application/pdf")
        (page,) = PdfReader(BytesIO(file.content)).pages
        text = page.extract_text()
        for words in (KBC, KBC_TWO, "Bakkerij 1", "An (Ans) Péeters", "KBC", "Bankmandaat"):
            self.assertIn(words, text)

    def test_a_bank_that_signs_online_only_has_no_document(self):
        (mandate,) = self.api.order_coda_mandates(self.create().id, [BELFIUS])
        error = self.refused(NotFound, self.api.coda_mandate_pdf, mandate.id)
        self.assertEqual(error.detail, "This mandate has no document on paper.")

    def test_a_page_of_html_is_no_document(self):
        (mandate,) = self.api.order_coda_mandates(self.create().id, [ING])
        self.sandbox.fail("content_type", path="/pdf/$")
        error = self.refused(BadAnswer, self.api.coda_mandate_pdf, mandate.id)
        self.assertEqual(error.code, "bad_content_type")
        self.refused(NotFound, self.api.coda_mandate_pdf, "nothing")


class SocialTest(MandateCase):
    def test_the_first_state_depends_on_a_signed_coda_mandate(self):
        client = self.create()
        waiting = self.api.order_social_mandate(client.id, "group_s")
        self.assertEqual((waiting.social_welfare_id, waiting.state), ("group_s", "not-signed"))
        (mandate,) = self.api.order_coda_mandates(client.id, [ING])
        self.assertEqual(self.api.order_social_mandate(client.id, "acerta").state, "not-signed")
        self.sandbox.sign(mandate.id)
        self.assertEqual(self.api.order_social_mandate(client.id, "securex").state, "requested")
        states = {m.social_welfare_id: m.state for m in self.api.client(client.id).social_mandates}
        self.assertEqual(states, {"group_s": "signed", "acerta": "signed", "securex": "requested"})

    def test_refusals(self):
        client = self.create()
        order = self.api.order_social_mandate
        order(client.id, "group_s")
        error = self.refused(Rejected, order, client.id, "group_s")
        self.assertEqual(error.fields, {"social_welfare_id": ["group_s: already ordered."]})
        error = self.refused(Rejected, order, client.id, "nobody")
        self.assertEqual(error.fields, {"social_welfare_id": ['"nobody" is not a valid choice.']})
        error = self.refused(Rejected, order, client.id, "")
        self.assertEqual(error.fields, {"social_welfare_id": ["This field may not be blank."]})
        self.sandbox.configure_office(allows_social_mandates=False)
        self.refused(Forbidden, order, client.id, "acerta")

    def test_it_has_the_keys_that_were_observed(self):
        ordered = self.api.order_social_mandate(self.create().id, "group_s")
        seeded = self.client.client(CLIENT_ID).social_mandates[0]
        self.assertEqual(list(ordered.raw), list(seeded.raw))


class PurchaseTest(MandateCase):
    person = {
        "representative_name": "An Peeters",
        "representative_function": "bestuurder",
        "representative_email": "an@jo.example.test",
    }

    def test_the_client_is_invited(self):
        client = self.create()
        mandate = self.api.order_purchase_invoice_mandate(client.id, **self.person)
        self.assertEqual(mandate.state, "invited")
        self.assertEqual(mandate.representative_email, "an@jo.example.test")
        again = self.api.client(client.id)
        self.assertEqual(again.purchase_invoice_mandates, (mandate,))
        (transmission,) = again.purchase_invoice_transmission_mandates
        self.assertEqual(transmission.state, "invited")
        self.assertEqual(again.current_purchase_invoice_mandate_state, "invited")
        seeded = self.client.client(CLIENT_ID).purchase_invoice_mandates[0]
        self.assertEqual(list(mandate.raw), list(seeded.raw))

    def test_refusals(self):
        client = self.create()
        order = self.api.order_purchase_invoice_mandate
        for key in self.person:
            error = self.refused(Rejected, order, client.id, **{**self.person, key: ""})
            self.assertEqual(error.fields, {key: ["This field may not be blank."]})
        wrong = {**self.person, "representative_email": "an at jo"}
        error = self.refused(Rejected, order, client.id, **wrong)
        self.assertEqual(error.fields, {"representative_email": ["Enter a valid email address."]})
        order(client.id, **self.person)
        error = self.refused(Rejected, order, client.id, **self.person)
        self.assertEqual(error.fields["non_field_errors"], ["Purchase invoices: already ordered."])

    def test_an_expired_invitation_can_be_sent_again(self):
        client = self.create()
        self.api.order_purchase_invoice_mandate(client.id, **self.person)
        self.sandbox.move_purchase_invoices(client.id, "invitation-expired")
        again = self.api.order_purchase_invoice_mandate(client.id, **self.person)
        self.assertEqual(again.state, "invited")
        self.assertEqual(
            self.api.client(client.id).current_purchase_invoice_mandate_state, "invited"
        )


class ArchiveTest(MandateCase):
    def test_a_mandate_is_archived_once_and_its_account_is_free_again(self):
        client = self.create()
        (mandate,) = self.api.order_coda_mandates(client.id, [ING])
        archived = self.api.archive_coda_mandate(mandate.id, "Account closed")
        self.assertEqual((archived.state, archived.reason), ("archived", "Account closed"))
        self.assertEqual(self.api.client(client.id).bank_accounts[0].state, "archived")
        error = self.refused(Rejected, self.api.archive_coda_mandate, mandate.id)
        self.assertEqual((error.status, error.detail), (409, "This mandate is already archived."))
        (renewed,) = self.api.order_coda_mandates(client.id, [ING])
        (account,) = self.api.client(client.id).bank_accounts
        self.assertEqual(account.coda_mandate_ids, (mandate.id, renewed.id))
        self.assertNotEqual(account.state, "archived")

    def test_a_payroll_mandate_too_without_a_reason(self):
        client = self.create()
        mandate = self.api.order_social_mandate(client.id, "group_s")
        self.assertEqual(self.api.archive_social_mandate(mandate.id).state, "archived")
        error = self.refused(Rejected, self.api.archive_social_mandate, mandate.id)
        self.assertEqual(error.status, 409)
        self.assertEqual(self.api.order_social_mandate(client.id, "group_s").state, "not-signed")

    def test_the_two_kinds_have_paths_of_their_own(self):
        client = self.create()
        social = self.api.order_social_mandate(client.id, "group_s")
        (coda,) = self.api.order_coda_mandates(client.id, [ING])
        self.refused(NotFound, self.api.archive_coda_mandate, social.id)
        self.refused(NotFound, self.api.archive_social_mandate, coda.id)
        self.refused(NotFound, self.api.archive_coda_mandate, "nothing")


class ListsTest(MandateCase):
    def test_banks_say_how_they_sign(self):
        banks = {bank.bank_id: bank for bank in self.api.banks()}
        self.assertEqual((banks["KREDBEBB"].name, banks["KREDBEBB"].signing), ("KBC", "app"))
        self.assertEqual(banks["GKCCBEBB"].signing, "online")
        self.assertEqual(banks["BNAGBEBB"].signing, "paper")
        self.assertIn("CDBXBE33", banks)
        self.assertTrue(all(re.fullmatch("[A-Z]{6}[A-Z0-9]{2}", id) for id in banks))

    def test_secretariats_can_all_be_ordered(self):
        client = self.create()
        secretariats = self.api.social_secretariats()
        self.assertIn(("group_s", "Group S"), [(s.social_welfare_id, s.name) for s in secretariats])
        for secretariat in secretariats:
            self.api.order_social_mandate(client.id, secretariat.social_welfare_id)
        self.assertEqual(len(self.api.client(client.id).social_mandates), len(secretariats))


class WireTest(MandateCase):
    def test_no_order_is_repeated_by_itself(self):
        client = self.create()
        calls = (
            lambda: self.api.create_client(new_client(2)),
            lambda: self.api.order_coda_mandates(client.id, [ING]),
            lambda: self.api.order_social_mandate(client.id, "group_s"),
            lambda: self.api.order_purchase_invoice_mandate(client.id, **PurchaseTest.person),
            lambda: self.api.archive_coda_mandate("m"),
            lambda: self.api.archive_social_mandate("m"),
        )
        for call in calls:
            self.sandbox.clear_log()
            self.sandbox.fail("drop", method="POST")
            error = self.refused(TransportError, call)
            self.assertTrue(error.maybe_done)
            self.assertEqual(len(self.sandbox.log), 1)
        self.assertEqual(self.waits, [])

    def test_an_answer_of_another_shape_may_have_been_done(self):
        client = self.create()
        for body in ("[]", '{"id": 5}', "<html>"):
            self.sandbox.fail("status", status=201, body=body, path="social-mandates")
            error = self.refused(BadAnswer, self.api.order_social_mandate, client.id, "group_s")
            self.assertTrue(error.maybe_done)
            self.assertTrue(error.details["path"].endswith("/social-mandates/"))

    def test_links_are_only_taken_when_they_are_safe_to_open(self):
        (mandate,) = self.api.order_coda_mandates(self.create().id, [ING])
        for url, safe in (
            ("https://sign.example.test/a", True), ("http://127.0.0.1:1/a", True),
            ("http://sign.example.test/a", False), ("javascript:alert(1)", False),
            ("https://", False), ("//sign.example.test/", False), ("https://[", False),
            ("", False), (None, False),
        ):  # fmt: skip
            found = signing_url(replace(mandate, twikey_url=url))
            self.assertEqual(found, url if safe else "", url)
