"""Sales invoices over HTTP: our client against our server, and the office that fetches (P7-P10)."""

from __future__ import annotations

import requests

from ..const import MAX_INVOICE_BYTES
from ..errors import BadAnswer, Forbidden, NotFound, Rejected, TransportError
from ..sandbox import (
    CLIENT_NUMBER,
    CREDENTIALS,
    SOFTWARE_KEY,
)
from ..sandbox.const import SECOND_CLIENT_NUMBER
from .invoice_case import PDF, InvoiceCase, ubl
from .mandate_case import enterprise


class CircleTest(InvoiceCase):
    def test_what_the_company_sends_is_what_its_office_fetches(self):
        content = ubl()
        sent = self.company.send_sales_invoice("INV 1.xml", content)
        self.assertEqual((sent.state, sent.reason), ("received", None))
        (entry,) = self.listed()
        self.assertEqual(
            entry.metadata,
            {
                "document_number": "INV/2026/00001",
                "issue_date": "2026-05-04",
                "customer_name": "Käufer & Co",
                "currency": "EUR",
            },
        )
        self.assertEqual(self.client.download(entry.feed_index, "xml").content, content)
        self.assertEqual(self.client.download(entry.feed_index, "pdf").content, PDF)
        self.assertEqual(self.company.sales_invoice(sent.id).state, "received")
        self.client.acknowledge(277, entry.feed_index)
        self.assertEqual(self.company.sales_invoice(sent.id).state, "delivered")

    def test_only_the_office_of_the_company_gets_it(self):
        self.send()
        self.assertEqual(self.listed(278), [])
        own = self.company.pod().clients[0].feed_id
        models = {entry.document_model for entry in self.company.feed(own).entries}
        self.assertNotIn("sales_invoice", models)

    def test_documents_acknowledged_one_by_one_are_delivered_too(self):
        self.sandbox.configure(per_entry_ack=True)
        first, second = self.send("1"), self.send("2")
        self.client.acknowledge(277, self.listed()[1].feed_index)
        states = [self.company.sales_invoice(sent.id).state for sent in (first, second)]
        self.assertEqual(states, ["received", "delivered"])

    def test_a_credit_note_goes_in_either_of_its_forms(self):
        for number, root in (("C1", "CreditNote"), ("C2", "Invoice")):
            sent = self.send(number, root=root, code="381")
            found = self.company.find_sales_invoices(CLIENT_NUMBER, number, "381")
            self.assertEqual([item.id for item in found], [sent.id])

    def test_a_file_of_the_largest_size_goes(self):
        room = MAX_INVOICE_BYTES - len(ubl(file=b""))
        content = ubl(file=b"%PDF-" + b"x" * (room // 4 * 3 - 9))
        self.assertGreater(len(content), MAX_INVOICE_BYTES - 10)
        self.assertEqual(self.company.send_sales_invoice("big.xml", content).state, "received")

    def test_a_file_name_cannot_forge_a_header(self):
        name = 'INV/é "1"\r\nX-Evil: yes.xml'
        self.company.send_sales_invoice(name, ubl())
        (sent,) = self.sandbox.sent_invoices()
        self.assertEqual(sent.content, ubl())
        self.assertNotIn("\n", sent.name)
        self.assertIn("é", sent.name)


class RefusalTest(InvoiceCase):
    def assertRefused(self, content, text, status=400):
        error = self.refused(Rejected, self.company.send_sales_invoice, "x.xml", content)
        self.assertEqual(error.status, status)
        (told,) = error.fields.get("file", [error.detail])
        self.assertIn(text, told)
        self.assertNotIn("looked", error.details)

    def test_what_is_no_ubl_is_refused(self):
        for content, text in (
            (PDF, "not a UBL file"),
            (b"<Invoice/>", "not a UBL file"),
            (b"", "The submitted file is empty."),
            (
                ubl().replace(b"Invoice xm", b"Order xm").replace(b"/Invoice>", b"/Order>"),
                "not a UBL",
            ),
            (ubl(number=" "), "the number of the invoice"),
            (ubl(day="soon"), "a day YYYY-MM-DD"),
            (ubl().replace(b">121.00<", b">12x<"), "expected a number"),
            (ubl(file=None), "No PDF is embedded in the invoice."),
            (ubl(file=b"GIF89a"), "No PDF is embedded in the invoice."),
        ):
            with self.subTest(content=content[:20], text=text):
                self.assertRefused(content, text)
        self.assertEqual(self.sandbox.sent_invoices(), [])

    def test_an_invoice_of_another_company_is_refused(self):
        for seller in (SECOND_CLIENT_NUMBER, "BE1007190195", ""):
            content = ubl(seller=seller)
            self.assertRefused(content, "The seller is not the company of this connection.")

    def test_a_file_that_is_too_large_is_refused(self):
        content = ubl(file=b"%PDF-" + b"x" * (MAX_INVOICE_BYTES * 3 // 4))
        self.assertRefused(content, "The file is larger than 15 MB.", 413)

    def test_the_same_seller_number_and_type_is_refused_with_its_id(self):
        sent = self.send()
        error = self.refused(Rejected, self.send, day="2026-06-01")
        self.assertEqual((error.status, error.details["sent_id"]), (409, sent.id))
        self.assertEqual(error.detail, "Invoice INV/2026/00001 was already received.")
        self.send(root="CreditNote", code="381")
        self.assertEqual(len(self.listed()), 2, "an invoice and a credit note of one number")

    def test_the_same_number_of_another_company_goes(self):
        self.send()
        other = self.company_client(self.sandbox.connect_company(SECOND_CLIENT_NUMBER))
        sent = other.send_sales_invoice("x.xml", ubl(seller=SECOND_CLIENT_NUMBER))
        found = other.find_sales_invoices(SECOND_CLIENT_NUMBER, "INV/2026/00001", "380")
        self.assertEqual(found, (sent,))
        self.assertEqual((len(self.listed(277)), len(self.listed(278))), (1, 1))

    def test_stragglers_of_the_old_year_are_refused_once_the_new_one_began(self):
        self.send("2025/1", "2025-12-30")
        first = self.send("2026/1", "2026-01-01")
        text = "Invoice 2025/2 is too late: an invoice of 2026 was received already."
        self.assertRefused(ubl("2025/2", "2025-12-31"), text)
        error = self.refused(Rejected, self.send, "2025/1", "2025-12-30")
        self.assertEqual(error.status, 409, "it was received before")
        self.sandbox.move_invoice(first.id, "refused", reason="No.")
        self.send("2025/2", "2025-12-31")
        self.sandbox.configure(year_rule=False)
        self.send("2024/1", "2024-12-31")

    def test_an_office_may_not_send(self):
        with type(self.company).open(self.sandbox.url, SOFTWARE_KEY, CREDENTIALS) as office:
            self.refused(Forbidden, office.send_sales_invoice, "x.xml", ubl())
            self.refused(Forbidden, office.sales_invoice, "1")
            self.refused(Forbidden, office.find_sales_invoices, CLIENT_NUMBER, "1", "380")

    def test_a_company_whose_office_left_may_not_send(self):
        self.send()
        self.sandbox.remove_client(277)
        error = self.refused(Forbidden, self.send, "2")
        self.assertEqual(error.detail, "This company is not linked to an accounting office.")

    def test_nobody_connects_a_company_without_an_office(self):
        with self.assertRaises(LookupError):
            self.sandbox.connect_company(enterprise(5_000_000))

    def test_a_request_that_is_no_form_with_a_file_is_refused(self):
        credentials = self.sandbox.credentials(self.pod_id)

        def post(**body):
            return requests.post(
                f"{self.sandbox.url}sales-invoices/",
                headers={"X-Software-Company": SOFTWARE_KEY},
                auth=(credentials.username, credentials.password),
                timeout=5,
                **body,
            )

        self.assertEqual(post(json={}).status_code, 415)
        answer = post(files={"other": ("x.xml", ubl())})
        self.assertEqual(answer.status_code, 400)
        self.assertEqual(answer.json(), {"file": ["No file was submitted."]})


class AskTest(InvoiceCase):
    def find(self, number="INV/2026/00001", seller=CLIENT_NUMBER, type_code="380"):
        return self.company.find_sales_invoices(seller, number, type_code)

    def test_it_tells_what_is_there(self):
        self.assertEqual(self.find(), ())
        sent = self.send()
        self.assertEqual(self.find(), (sent,))
        self.assertEqual(self.find(type_code="381"), ())
        self.assertEqual(self.find(number="INV/2026/0000"), ())
        self.assertEqual(self.find(seller="1007.190.194"), (sent,))

    def test_a_number_of_any_characters_is_found(self):
        number = "F&B 2026/1+é#?"
        sent = self.company.send_sales_invoice(
            "x.xml", ubl().replace(b"INV/2026/00001", "F&amp;B 2026/1+é#?".encode())
        )
        self.assertEqual(self.find(number), (sent,))

    def test_the_wrong_company_or_type_is_refused_and_not_answered_with_nothing(self):
        for values, field in (
            ({"seller": SECOND_CLIENT_NUMBER}, "enterprise_num"),
            ({"seller": ""}, "enterprise_num"),
            ({"number": ""}, "number"),
            ({"type_code": "384"}, "type"),
        ):
            error = self.refused(Rejected, self.find, **values)
            self.assertEqual(list(error.fields), [field])

    def test_an_unknown_id_or_one_of_another_company_is_not_found(self):
        sent = self.send()
        other = self.company_client(self.sandbox.connect_company(SECOND_CLIENT_NUMBER))
        self.refused(NotFound, other.sales_invoice, sent.id)
        self.refused(NotFound, self.company.sales_invoice, "nothing")

    def test_a_state_that_nobody_knows_is_kept(self):
        self.sandbox.fail("status", status=200, body={"id": "1", "state": "on-hold", "more": 1})
        sent = self.company.sales_invoice("1")
        self.assertEqual((sent.state, sent.reason, sent.raw["more"]), ("on-hold", None, 1))

    def test_an_answer_without_an_id_is_no_answer(self):
        self.sandbox.fail("status", status=201, body={"state": "received"})
        self.assertTrue(self.refused(BadAnswer, self.send).maybe_done)

    def test_asking_is_repeated_and_sending_is_not(self):
        self.sandbox.fail("drop", times=1)
        self.assertEqual(self.find(), ())
        for kind in ("drop", "drop_after", "server_error", "truncated"):
            self.sandbox.clear_log()
            self.sandbox.fail(kind, times=1)
            with self.subTest(kind):
                self.assertTrue(self.refused(TransportError, self.send, kind).maybe_done)
                self.assertEqual(self.posts(), ["invoice.xml"])
