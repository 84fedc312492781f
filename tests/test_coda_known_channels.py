"""The same money through an upload, another file or another importer."""

from dataclasses import replace

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..codabox.coda import write_coda
from .common import credit, date
from .known_case import KnownCase


@tagged("-at_install", "post_install")
class TestCodaKnownChannels(KnownCase):
    def setUp(self):
        super().setUp()
        self.first_day = self.day(15, credit("10", communication="One"))
        self.second_day = self.day(16, credit("20", communication="Two"), opening="10")
        self.both_days = self.day(
            16,
            credit("10", communication="One", entry_date=date(2026, 1, 15)),
            credit("20", communication="Two", entry_date=date(2026, 1, 16)),
        )
        self.both_days = self.spanning(self.both_days, date(2026, 1, 14))

    def spanning(self, statement, opening_day):
        """Return a statement that begins earlier."""

        return replace(statement, opening=replace(statement.opening, date=opening_day))

    def upload(self, *statements):
        with self.as_user(self.accountant) as env:
            attachment = env["ir.attachment"].create(
                {"name": "bank.cod", "raw": write_coda(statements)}
            )
            action = (
                env["account.journal"]
                .with_context(default_journal_id=self.journal.id, codabox_upload=True)
                .create_document_from_attachment(attachment.ids)
            )
            ids = env["codabox.document"].search(action["domain"]).ids
        return self.env["codabox.document"].sudo().browse(ids)

    def amounts(self):
        return sorted(self.lines().mapped("amount"))

    def test_an_upload_and_then_the_delivery_of_it_is_one(self):
        first = self.upload(self.first_day)
        again = self.receive(self.first_day)
        self.assert_state(again, "duplicate", "same_statement")
        self.assertEqual(again.duplicate_of_id, first)
        self.assertEqual(self.amounts(), [10.0])

    def test_two_clients_of_one_company_that_bring_one_statement_are_one(self):
        other = self.sandbox.add_client("JO2", "Bakkerij Jo (old)")
        self.map_client(self.company, other)
        self.receive(self.first_day)
        again = self.receive(self.first_day, feed=other)
        self.assert_state(again, "duplicate", "same_statement")
        self.assertEqual(self.amounts(), [10.0])

    def test_an_upload_over_two_days_waits_when_they_are_booked(self):
        old = self.receive(self.first_day, self.second_day)
        self.match(self.lines()[0])
        document = self.upload(self.both_days)
        self.assert_state(document, "waiting", "overlapping_statement")
        self.assertIn(old.statement_ids[0].name, document.reason)
        self.assertFalse(self.env["codabox.gap"].search([]))
        with self.subTest("kept"), self.rolled_back():
            self.press(self.compare(document), "action_keep_books")
            self.assert_state(document, "stored", "correction_refused")
            self.assertEqual(self.amounts(), [10.0, 20.0])
        lines = self.lines()
        self.adopt(document)
        self.assert_state(document, "imported")
        self.assertEqual(self.lines(), lines)
        self.assertTrue(lines[0].is_reconciled)
        self.assertEqual(lines.statement_id, document.statement_ids.bank_statement_id)
        self.assert_books_agree(lines.statement_id)
        self.assert_state(old, "stored", "statement_taken_over")
        self.assertFalse(self.env["codabox.gap"].search([]))
        self.press(document, "action_undo")
        self.env.invalidate_all()
        self.assert_state(old, "imported")
        self.assertEqual(self.lines(), lines)
        self.assertEqual(len(lines.statement_id), 2)
        for bank_statement in lines.statement_id:
            self.assert_books_agree(bank_statement)

    def test_two_days_of_which_one_is_booked_adopt_it_and_book_the_other(self):
        self.receive(self.first_day)
        line = self.lines()
        document = self.upload(self.both_days)
        self.assert_state(document, "waiting", "overlapping_statement")
        self.adopt(document)
        self.assertEqual(self.amounts(), [10.0, 20.0])
        self.assertIn(line, document.statement_ids.bank_statement_id.line_ids)
        self.assert_books_agree(document.statement_ids.bank_statement_id)

    def test_a_day_of_a_booked_file_of_two_days_cannot_tear_it(self):
        self.upload(self.both_days)
        document = self.receive(self.second_day)
        self.assert_state(document, "waiting", "overlapping_statement")
        wizard = self.compare(document)
        with self.assertRaisesRegex(UserError, "has other movements too"):
            self.press(wizard, "action_adopt_all")
        self.press(wizard, "action_keep_books")
        self.assert_state(document, "stored", "correction_refused")
        self.assertEqual(self.amounts(), [10.0, 20.0])

    def test_typed_lines_are_no_statement_that_could_be_kept(self):
        self.typed(10.0)
        wizard = self.compare(self.receive(self.first_day))
        with self.assertRaisesRegex(UserError, "nothing to choose"):
            self.press(wizard, "action_keep_books")

    def test_what_follows_without_overlap_is_booked(self):
        self.receive(self.first_day)
        twin = self.day(16, credit("10", communication="One"), opening="10")
        self.assert_state(self.receive(twin), "imported")
        self.assertEqual(self.amounts(), [10.0, 10.0])

    def test_lines_of_another_importer_pair_whatever_their_number(self):
        for index in range(30):
            self.typed(5.0, label=f"Card {index % 3}")
        movements = [credit("5", communication=f"Card {index % 3}") for index in range(31)]
        document = self.receive(self.day(15, *movements))
        self.assertEqual(len(self.compare(document).line_ids), 30)
        self.adopt(document)
        self.assertEqual(len(self.lines()), 31)
        self.assert_books_agree(document.statement_ids.bank_statement_id)

    def test_a_corrected_statement_gives_back_what_the_old_one_had_adopted(self):
        line = self.typed(10.0)
        old = self.receive(self.first_day)
        self.adopt(old)
        new = self.receive(
            self.day(15, credit("10", communication="One"), credit("1", communication="Forgotten"))
        )
        self.assert_state(new, "waiting", "corrected_statement")
        self.press(new, "action_replace_original")
        self.assert_state(new, "waiting", "already_typed")
        self.assertEqual(self.lines(), line)
        self.adopt(new)
        self.assertEqual(self.amounts(), [1.0, 10.0])
