"""Statements of credit cards: recognised by what CodaBox calls them, and kept beside their card."""

from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .invoice_common import InvoiceCase, date, pdf

FACTS = {"bankName": "Testbank", "billingPeriod": "2026-01-31", "clientReference": "CR-4711"}


@tagged("-at_install", "post_install")
class TestCardStatements(InvoiceCase):
    def receive_card(self, model="credit_card_statement", files=("pdf", "xml"), **facts):
        content = {"pdf": pdf(["Card"]), "xml": f"<caro>{facts}</caro>".encode()}
        self.sandbox.allow(model, "pdf", "xml")
        index = self.sandbox.add_document(
            self.client, model, {name: content[name] for name in files}, metadata=FACTS | facts
        )
        self.night()
        return self.document(index)

    def make_card(self, reference="CR-4711", **values):
        values = {"name": "Visa", "code": "VISA", "type": "credit", **values}
        return self.env["account.journal"].create(
            {"company_id": self.company.id, "codabox_card_reference": reference, **values}
        )

    def test_every_name_that_codabox_may_use_is_recognised_and_kept_with_its_files(self):
        for model in ("credit_card_statement", "creditCardStatement", "card_statement", "caro"):
            with self.subTest(model=model):
                document = self.receive_card(model, clientReference=model)
                self.assertEqual(
                    (document.kind, document.document_model), ("card_statement", model)
                )
                self.assert_state(document, "stored", "card_statement_kept")
                self.assertIn(model, document.reason)
                self.assertEqual(document.document_date, date(2026, 1, 31))
                self.assertEqual(document.name, f"Testbank {model} 2026-01-31")
                self.assertTrue(document.pdf)
                self.assertTrue(document.acknowledged)

    def test_what_is_called_otherwise_stays_unknown(self):
        self.assertEqual(self.receive_card("discard_statement").kind, "other")

    def test_it_stands_beside_the_card_journal_with_its_reference_also_when_that_comes_later(self):
        document = self.receive_card()
        self.assertFalse(document.card_journal_id)
        self.make_card("CR-9", code="V2")
        journal = self.make_card()
        self.env.invalidate_all()
        self.assertEqual(document.card_journal_id, journal)
        action = self.press(journal, "action_codabox_card_statements")
        self.assertEqual(self.env["codabox.document"].sudo().search(action["domain"]), document)

    def test_of_another_company_never(self):
        self.make_card(company_id=self.other_company.id)
        self.assertFalse(self.receive_card().card_journal_id)

    def test_one_reference_is_one_card(self):
        self.make_card()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_card(code="V2")

    def test_whoever_can_read_a_file_books_it(self):
        documents = type(self.env["codabox.document"])

        def reader(document):
            return lambda: document._set_state("imported")

        with patch.object(documents, "_card_reader", reader):
            self.assert_state(self.receive_card(), "imported")
