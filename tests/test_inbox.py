"""What CodaBox lists is stored as it comes, and confirmed only when it is safe here."""

import hashlib
from unittest.mock import patch

from lxml import etree

from odoo import Command
from odoo.tests import new_test_user, tagged

from ..codabox import Channel, Transport
from ..codabox.coda import write_coda
from .common import IBAN, UNKNOWN_IBAN, CodaboxCase, credit


@tagged("-at_install", "post_install")
class TestInbox(CodaboxCase):
    mapped = True

    def delivered(self, index):
        """Return the document as CodaBox holds it."""
        return self.sandbox.find(index, Channel.FEED)[1]

    def deliver_three_days(self):
        return [
            self.deliver(self.day(day, credit("10"), opening=str(10 * (day - 15))))
            for day in (15, 16, 17)
        ]

    def states(self, indexes):
        return [self.document(index).state for index in indexes]

    # --- Stored as it comes --------------------------------------------------------------------

    def test_every_format_is_stored_byte_for_byte_with_its_checksum(self):
        index = self.deliver(self.day(15, credit("10")))
        raw = b"<coda>" + bytes(range(256)) * 40 + b"</coda>"
        self.delivered(index).files["xml"] = raw
        self.night()
        files = {file.format: file for file in self.document(index).file_ids}
        self.assertEqual(set(files), {"cod", "pdf", "xml"})
        for name, content in self.delivered(index).files.items():
            self.assertEqual(files[name]._raw(), content)
            self.assertEqual(files[name].sha256, hashlib.sha256(content).hexdigest())
            self.assertEqual(files[name].size, len(content))

    def test_what_codabox_says_of_a_document_is_kept_unchanged(self):
        facts = {"iban": IBAN, "odd": [1, {"deep": None}], "new_balance_date": "2026-01-15"}
        index = self.deliver(self.day(15, credit("10")), metadata=facts)
        self.night()
        self.assertEqual(self.document(index).metadata, facts)

    def test_a_file_that_is_stored_is_not_asked_twice(self):
        index = self.deliver(self.day(15, credit("10")))
        self.break_off("server_error", r"/feed/\d+/$", method="PUT")
        self.night()
        self.assertFalse(self.sandbox.queue(self.client).offset)
        self.night()
        paths = [entry.path for entry in self.sandbox.log if index in entry.path]
        self.assertEqual(sorted(paths), sorted(set(paths)))
        self.assertEqual(len(self.document(index)), 1)
        self.assertEqual(len(self.lines()), 1)
        self.assertEqual(self.sandbox.queue(self.client).offset, index)

    def test_entries_are_confirmed_one_by_one_in_the_order_of_codabox(self):
        indexes = self.deliver_three_days()
        self.night()
        self.assertEqual(self.puts(), indexes)
        self.assertEqual(self.states(indexes), ["imported"] * 3)

    def test_documents_are_booked_oldest_first_whatever_the_order_of_delivery(self):
        self.deliver(self.day(16, credit("20"), opening="10"))
        self.deliver(self.day(15, credit("10")))
        self.night()
        statements = self.lines().statement_id.sorted("id")
        self.assertEqual(statements.mapped("balance_start"), [0.0, 10.0])

    # --- An entry that cannot be had -----------------------------------------------------------

    def assert_only_the_second_is_missing(self, indexes):
        self.assertEqual(self.states(indexes), ["imported", "failed", "imported"])
        document = self.document(indexes[1])
        self.assert_state(document, "failed", "not_available")
        self.assertEqual(self.puts(), indexes[:1], "the confirmation waits in front of the gap")
        self.assertTrue(document.can_give_up)
        return document

    def test_a_file_that_codabox_does_not_find_blocks_no_other_document(self):
        indexes = self.deliver_three_days()
        file = self.delivered(indexes[1]).files.pop("cod")
        self.night()
        document = self.assert_only_the_second_is_missing(indexes)
        self.delivered(indexes[1]).files["cod"] = file
        self.night()
        self.assert_state(document, "imported")
        self.assertEqual(self.puts(), indexes)
        for statement in self.lines().statement_id:
            self.assert_books_agree(statement)

    def test_a_file_that_codabox_refuses_blocks_no_other_document(self):
        indexes = self.deliver_three_days()
        self.sandbox.fail("forbidden", path=indexes[1], times=3, detail="Not for you.")
        self.night()
        document = self.assert_only_the_second_is_missing(indexes)
        self.assertIn("Not for you.", document.reason)
        self.night()
        self.assertEqual(self.states(indexes), ["imported"] * 3)

    def test_a_file_that_is_too_large_blocks_no_other_document(self):
        indexes = self.deliver_three_days()
        self.delivered(indexes[1]).files = dict.fromkeys(("cod", "pdf", "xml"), b"x" * 100_001)
        with patch.dict(Transport.__init__.__kwdefaults__, {"max_bytes": 100_000}):
            self.night()
        self.assert_only_the_second_is_missing(indexes)

    def test_giving_up_an_entry_lets_the_offset_pass_and_says_who_and_why(self):
        indexes = self.deliver_three_days()
        del self.delivered(indexes[1]).files["cod"]
        self.night()
        document = self.document(indexes[1])
        with self.as_user(self.accountant) as env:
            wizard = env["codabox.document.discard"].create(
                {"document_ids": document.ids, "reason": "The bank sent it on paper."}
            )
            self.assertTrue(wizard.is_giving_up)
            wizard.action_discard()
        self.assert_state(document, "discarded", "given_up")
        for text in (self.accountant.name, "The bank sent it on paper."):
            self.assertIn(text, document.reason)
            self.assertIn(text, document.message_ids[0].body)
        self.assertEqual(self.puts(), indexes[:1])
        self.night()
        self.assertEqual(self.puts(), indexes)
        self.assert_state(document, "discarded", "given_up")

    # --- A file that is missing beside a readable one ------------------------------------------

    def test_a_missing_pdf_is_no_failure_and_is_asked_for_again(self):
        index = self.deliver(self.day(15, credit("10")), files=("cod", "xml"))
        self.night()
        document = self.document(index)
        self.assert_state(document, "imported")
        self.assertEqual(self.puts(), [index])
        self.assertFalse(document.feed_id.activity_ids)
        self.assertFalse(document.pdf_file_id)
        self.delivered(index).files["pdf"] = b"%PDF-1.4 late"
        self.night()
        document.invalidate_recordset()
        self.assertEqual(document.pdf_file_id._raw(), b"%PDF-1.4 late")
        self.assert_state(document, "imported")
        self.assertEqual(len(self.lines()), 1)

    def test_a_missing_pdf_is_not_asked_for_for_ever(self):
        index = self.deliver(self.day(15, credit("10")), files=("cod", "xml"))
        self.night()
        self.document(index).file_ids.filtered(lambda f: f.format == "pdf").attempts = 10
        self.sandbox.clear_log()
        self.night()
        self.assertFalse([entry for entry in self.sandbox.log if index in entry.path])

    # --- What this version does not know -------------------------------------------------------

    def test_an_unknown_kind_of_document_is_kept_and_confirmed(self):
        self.sandbox.allow("payslip_summary", "xml", "csv")
        files = {"xml": b"<payslip/>", "csv": b"a;b\n1;2\n"}
        index = self.sandbox.add_document(self.client, "payslip_summary", files)
        self.night()
        document = self.document(index)
        self.assert_state(document, "stored", "unknown_kind")
        self.assertIn("payslip_summary", document.reason)
        self.assertEqual({file.format: file._raw() for file in document.file_ids}, files)
        self.assertEqual(self.puts(), [index])

    def test_the_page_of_a_document_opens_whatever_its_kind(self):
        self.deliver(self.day(15, credit("10")))
        self.deliver(self.day(17, credit("10"), account=UNKNOWN_IBAN))
        for kind in ("soda", "purchase_invoice", "sales_invoice", "expense", "brand_new"):
            self.sandbox.add_document(self.client, kind, {"xml": b"<odd/>", "pdf": b"%PDF-1.4"})
        self.night()
        for user, count in ((self.payroll_user(), 7), (self.accountant, 6)):
            documents = self.env["codabox.document"].with_user(user)
            documents = documents.search([("feed_id", "=", self.feed().id)])
            self.assertEqual(len(documents), count, "payroll is for its group")
            arch = etree.fromstring(documents.get_view(view_type="form")["arch"])
            names = [field.get("name") for field in arch.xpath("//field[not(ancestor::field)]")]
            for document in documents:
                with self.subTest(document.document_model, user=user.login):
                    self.env.invalidate_all()
                    self.assertEqual(len(document.read(names)), 1)

    def payroll_user(self):
        return new_test_user(
            self.env,
            "payroll_accountant",
            "base.group_user,account.group_account_user,account_codabox.group_payroll",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
            codabox_payroll_company_ids=[Command.set(self.company.ids)],
        )

    def test_an_unknown_format_is_kept_beside_the_known_ones(self):
        self.sandbox.allow("coda", "camt")
        content = {"cod": write_coda([self.day(15, credit("10"))]), "camt": b"\x00\xffcamt"}
        index = self.sandbox.add_document(self.client, "coda", content)
        self.night()
        document = self.document(index)
        self.assert_state(document, "imported")
        kept = document.file_ids.filtered(lambda f: f.format == "camt")
        self.assertEqual(kept._raw(), b"\x00\xffcamt")
        self.assertTrue(kept.name.endswith(".camt"))

    def test_a_document_of_which_codabox_gives_no_file_is_listed_and_waits_for_a_person(self):
        index = self.sandbox.add_document(
            self.client, "announcement", {}, metadata={"document_number": "A-1"}
        )
        self.night()
        document = self.document(index)
        self.assert_state(document, "failed", "not_available")
        self.assertEqual((document.name, document.can_give_up), ("A-1", True))
        self.assertFalse(self.puts(), "nothing of it is here")
        with self.as_user(self.accountant) as env:
            env["codabox.document"].browse(document.ids)._discard("Only an announcement.")
        self.night()
        self.assertEqual(self.puts(), [index])

    def test_a_file_that_is_no_coda_says_so_and_quotes_nothing_that_may_name_wages(self):
        text = b"Dear client, from today on you find your statements elsewhere.\r\n" * 3
        index = self.sandbox.add_document(self.client, "coda", {"cod": text})
        self.night()
        document = self.document(index)
        self.assert_state(document, "failed", "not_recognised")
        self.assertTrue(document.reason.startswith("This is not a bank statement in CODA format"))
        self.assertNotIn("Dear client", document.reason)
        self.assertEqual(self.puts(), [index])
