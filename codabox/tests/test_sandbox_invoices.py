"""The sandbox's own part of sales invoices: how they fare, companies, licences, control."""

from __future__ import annotations

import requests

from ..domain import Credentials
from ..sandbox import CLIENT_NUMBER, COMPANY_CREDENTIALS, COMPANY_TOKEN, SOFTWARE_KEY
from ..sandbox.const import SECOND_CLIENT_NUMBER
from .invoice_case import PDF, InvoiceCase, ubl
from .mandate_case import enterprise


class MoveTest(InvoiceCase):
    def test_a_late_refusal_has_a_reason_and_takes_the_document_back(self):
        sent, kept = self.send("1"), self.send("2")
        self.sandbox.move_invoice(sent.id, "refused", reason="Unknown customer.")
        self.assertEqual(
            [(item.state, item.reason) for item in (
                self.company.sales_invoice(sent.id), self.company.sales_invoice(kept.id),
            )],
            [("refused", "Unknown customer."), ("received", None)],
        )  # fmt: skip
        (entry,) = self.listed()
        self.assertEqual(entry.metadata["document_number"], "2")

    def test_the_accountant_refuses_what_he_has(self):
        sent = self.send()
        feed_index = self.listed()[0].feed_index
        self.client.acknowledge(277, feed_index)
        self.sandbox.move_invoice(sent.id, "refused", reason="Twice.")
        self.assertEqual(self.client.download(feed_index, "pdf").content, PDF)
        self.assertEqual(self.company.sales_invoice(sent.id).state, "refused")

    def test_a_refused_invoice_may_come_again(self):
        first = self.send()
        self.sandbox.move_invoice(first.id, "refused")
        again = self.send()
        found = self.company.find_sales_invoices(CLIENT_NUMBER, "INV/2026/00001", "380")
        self.assertEqual(
            [(sent.id, sent.state) for sent in found],
            [(first.id, "refused"), (again.id, "received")],
        )
        self.assertEqual(len(self.listed()), 1)

    def test_there_is_no_other_way(self):
        sent = self.send()
        self.sandbox.move_invoice(sent.id)
        for state in ("received", "delivered", "nonsense"):
            with self.assertRaises(ValueError):
                self.sandbox.move_invoice(sent.id, state)
        with self.assertRaises(LookupError):
            self.sandbox.move_invoice("nothing")

    def test_what_ended_at_codabox_is_held_back_from_the_office(self):
        with self.sandbox.editing(277) as client:
            client.update(state="archived", state_modified_at="2026-05-01T00:00:00.000000")
        sent = self.send(day="2026-05-04")
        self.assertEqual(self.listed(), [])
        self.assertEqual(self.company.sales_invoice(sent.id).state, "received")
        self.sandbox.move_invoice(sent.id, "refused")
        with self.sandbox.editing(277) as client:
            client["state"] = "active"
        self.assertEqual(self.listed(), [])


class ControlTest(InvoiceCase):
    def call(self, method, name, **body):
        answer = requests.request(
            method, self.sandbox.url.replace("/v2/", f"/_sandbox/{name}"), json=body, timeout=5
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.json()

    def test_a_company_is_connected_and_its_invoices_are_seen_and_moved(self):
        access = self.call("POST", "companies", enterprise_num=SECOND_CLIENT_NUMBER)
        company = self.company_client(access["pod_id"])
        sent = company.send_sales_invoice("x.xml", ubl(seller=SECOND_CLIENT_NUMBER))
        seen = {
            "id": sent.id, "state": "received", "reason": None, "number": "INV/2026/00001",
            "type": "380", "issue_date": "2026-05-04", "name": "x.xml", "pod_id": access["pod_id"],
        }  # fmt: skip
        self.assertEqual(self.call("GET", "invoices"), [seen])
        moved = self.call("POST", "move-invoice", sent_id=sent.id, state="refused", reason="No.")
        self.assertEqual(moved, {"id": sent.id, "state": "refused", "reason": "No."})
        self.assertEqual(company.sales_invoice(sent.id).reason, "No.")
        (entry,) = (item for item in self.call("GET", "log") if item["method"] == "POST")
        self.assertEqual((entry["file"], entry["status"]), ("x.xml", 201))

    def test_connecting_a_company_twice_is_connecting_it_once(self):
        again = self.call("POST", "companies", enterprise_num=CLIENT_NUMBER)
        self.assertEqual(again["pod_id"], self.pod_id)

    def test_a_company_may_be_given_the_credentials_it_had(self):
        self.call(
            "POST", "companies",
            enterprise_num=SECOND_CLIENT_NUMBER, username="me", password="secret",
        )  # fmt: skip
        pod_id = self.sandbox.connect_company(SECOND_CLIENT_NUMBER)
        self.assertEqual(self.sandbox.credentials(pod_id), Credentials("me", "secret"))

    def test_the_seed_with_a_company_lets_it_send(self):
        self.sandbox.reset("company")
        with type(self.company).open(self.sandbox.url, SOFTWARE_KEY) as nobody:
            self.assertEqual(nobody.get_credentials(COMPANY_TOKEN), COMPANY_CREDENTIALS)
        with type(self.company).open(
            self.sandbox.url, SOFTWARE_KEY, COMPANY_CREDENTIALS
        ) as company:
            company.send_sales_invoice("x.xml", ubl())
        self.assertEqual(len(self.listed()), 1)

    def test_whom_an_office_has_as_client_is_reached_over_peppol(self):
        credentials = self.sandbox.credentials(self.pod_id)
        for number, present in ((CLIENT_NUMBER[2:], True), (enterprise(5_000_000), False)):
            answer = requests.post(
                f"{self.sandbox.url}peppol/receiver/check-presence/",
                json={"scheme_id": "BE:CBE", "value": number},
                headers={"X-Software-Company": SOFTWARE_KEY},
                auth=(credentials.username, credentials.password),
                timeout=5,
            )
            self.assertEqual((answer.status_code, answer.json()), (200, {"present": present}))

    def test_a_reset_forgets_what_was_sent(self):
        self.send()
        self.sandbox.reset()
        self.assertEqual(self.sandbox.sent_invoices(), [])
