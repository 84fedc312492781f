"""Every sample file, ours or published, goes through the night run."""

from decimal import Decimal
from unittest import skipUnless

from odoo.tests import tagged

from ..codabox import FormatError, parse_coda
from ..codabox.tests.coda_samples import OURS, PUBLISHED, read
from ..codabox.tests.sample_files import HAS_PUBLISHED, MISSING
from ..reasons.coda import in_words
from .common import CodaboxCase

REFERENCE = "public/tryton-febelfin-coda--CODA.txt"


class SampleCase(CodaboxCase):
    samples = {}  # name -> what it holds

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.files = {name: read(name) for name in cls.samples}
        # The samples are of many enterprises.
        cls.company.write({"company_registry": False, "vat": False})
        cls.env["account.journal"].search([("type", "=", "bank")]).bank_account_id = False
        for number in sorted({day.account for s in cls.samples.values() for day in s.days} - {""}):
            cls.make_journal(cls.company, number)

    def send(self, name):
        """Deliver a sample, let the night pass and return its document."""
        index = self.sandbox.add_document(self.client, "coda", {"cod": self.files[name]})
        self.night()
        document = self.document(index)
        self.assertTrue(document.acknowledged, "what is stored is confirmed, readable or not")
        return document

    def setUp(self):
        super().setUp()
        with self.sandbox.editing(self.client) as client:
            client["legal_entity"]["enterprise_num"] = None
        self.map_client()

    def book_all(self):
        """Send each sample, check what came of it, and count the booked and the refused."""
        booked = refused = 0
        for name in self.samples:
            with self.subTest(name), self.rolled_back():
                document = self.send(name)
                try:
                    parsed = parse_coda(self.files[name])
                except FormatError as error:
                    self.assert_refused(document, error)
                    refused += 1
                    continue
                self.assertNotEqual(document.reason_code, "unexpected", document.reason)
                self.assertNotEqual(document.state, "failed", document.reason)
                self.assert_statements(document, parsed.statements)
                booked += document.state == "imported"
        return booked, refused

    def assert_refused(self, document, error):
        self.assertEqual(document.state, "failed")
        self.assertNotEqual(document.reason_code, "unexpected", document.reason)
        words = in_words(error.code, {"expected": error.expected, "found": error.found})
        # A file that cannot be read may tell who earns what: it is closed, and no text of it told.
        self.assertTrue(document.is_closed)
        if len(str(error.found or "")) > 3 and error.found != "end of file":
            self.assertNotIn(words.pop("found"), document.reason)
        for fact in words.values():
            self.assertIn(str(fact or ""), document.reason)
        if error.record and document.reason_code != "not_recognised":
            self.assertIn(f"Line {error.record}", document.reason)
        self.assertFalse(document.statement_ids)

    def assert_statements(self, document, statements):
        """What adds up is in the books to the cent; what does not waits with its reason."""
        records = document.statement_ids.sorted("position")
        self.assertEqual(len(records), len(statements))
        for record, parsed in zip(records, statements, strict=True):
            total = sum(movement.amount for movement in parsed.movements)
            consistent = parsed.opening.amount + total == parsed.closing.amount
            if parsed.is_separate_application:
                self.assertEqual(record.state, "stored")
            elif not parsed.account.number or parsed.account.currency != "EUR":
                self.assertEqual(record.reason_code, "unknown_account")
            elif not parsed.movements:
                self.assertEqual(record.state, "empty")
            elif record.reason_code == "moved_day":
                days = [movement.entry_date for movement in parsed.movements if movement.entry_date]
                self.assertNotEqual(min(days).year, parsed.opening.date.year)
            elif consistent:
                self.assertEqual(record.state, "imported", record.reason)
                lines = record.bank_statement_id.line_ids
                self.assertAlmostEqual(sum(lines.mapped("amount")), float(total), places=2)
                self.assertTrue(record.bank_statement_id.is_complete)
            else:
                self.assertEqual(record.reason_code, "balance_mismatch")


@tagged("-at_install", "post_install")
class TestCodaSamples(SampleCase):
    samples = OURS

    def test_every_sample_is_booked_to_the_cent_or_says_what_is_wrong(self):
        booked, refused = self.book_all()
        self.assertGreater(booked, 36)
        self.assertEqual(refused, sum(bool(sample.error) for sample in OURS.values()))


@skipUnless(HAS_PUBLISHED, MISSING)
@tagged("-at_install", "post_install")
class TestPublishedCodaSamples(SampleCase):
    samples = PUBLISHED

    def test_the_reference_file_of_111_movements_is_booked_to_the_cent(self):
        document = self.send(REFERENCE)
        self.assert_state(document, "imported")
        (parsed,) = parse_coda(self.files[REFERENCE]).statements
        bank_statement = document.statement_ids.bank_statement_id
        self.assertEqual(bank_statement.balance_start, float(parsed.opening.amount))
        self.assertEqual(bank_statement.balance_end_real, 9405296.99)
        self.assert_books_agree(bank_statement)
        total = sum(Decimal(str(amount)) for amount in bank_statement.line_ids.mapped("amount"))
        self.assertEqual(total, parsed.closing.amount - parsed.opening.amount)
        self.assertEqual(document.statement_ids.movement_count, len(parsed.movements))
        self.assertGreaterEqual(len(bank_statement.line_ids), len(parsed.movements))

    def test_every_sample_is_booked_to_the_cent_or_says_what_is_wrong(self):
        booked, refused = self.book_all()
        self.assertGreater(booked, 5)
        self.assertEqual(refused, sum(bool(sample.error) for sample in PUBLISHED.values()))
