"""Adopted lines are given back as they were; nobody adopts what is not his."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import IBAN, NUMBER, credit, date, party, statement
from .known_case import KnownCase

ACME = "BE43068999999501"


@tagged("-at_install", "post_install")
class TestCodaKnownUndo(KnownCase):
    def test_undoing_gives_an_adopted_line_back_as_it_was(self):
        own = self.env["account.bank.statement"].create(
            {
                "name": "Typed by hand",
                "journal_id": self.journal.id,
                "line_ids": [
                    Command.create(
                        {"date": date(2026, 1, 13), "amount": 10.0, "payment_ref": "Rent",
                         "journal_id": self.journal.id, "transaction_details": {"mine": 1}}
                    )
                ],
            }
        )  # fmt: skip
        line = own.line_ids
        names = ["date", "amount", "payment_ref", "partner_id", "sequence", "statement_id",
                 "transaction_details", "account_number", "internal_index"]  # fmt: skip
        before = line.read(names)
        stock = own.read(["balance_start", "balance_end_real", "is_complete", "date"])
        document = self.receive(
            self.day(
                15,
                credit("10", communication="Rent", counterparty=party("JAN", ACME)),
                credit("5"),
            )
        )
        self.adopt(document)
        self.assertFalse(own.line_ids)
        self.assertIn("Typed by hand", "".join(document.message_ids.mapped("body")))
        self.press(document, "action_undo")
        self.env.invalidate_all()
        self.assertEqual(self.lines(), line)
        self.assertEqual(line.read(names), before)
        self.assertEqual(
            own.read(["balance_start", "balance_end_real", "is_complete", "date"]), stock
        )
        self.press(document, "action_retry")
        self.assert_state(document, "waiting", "already_typed")
        self.adopt(document)
        self.assertEqual(sorted(self.lines().mapped("amount")), [5.0, 10.0])

    def test_a_match_made_after_adopting_survives_undoing(self):
        line = self.typed(10.0, day=13, label="Rent")
        document = self.receive(self.day(15, credit("10", communication="Rent")))
        self.adopt(document)
        self.match(line)
        self.press(document, "action_undo")
        self.env.invalidate_all()
        self.assertTrue(line.exists().is_reconciled)
        self.assertEqual(line.date, date(2026, 1, 15))
        self.assertTrue(line.internal_index.startswith("20260115"))

    def test_deleting_the_bank_statement_gives_back_too(self):
        line = self.typed(10.0)
        document = self.receive(self.day(15, credit("10"), credit("5")))
        self.adopt(document)
        document.statement_ids.bank_statement_id.unlink()
        self.assertEqual(self.lines(), line)
        self.assertFalse(line.codabox_key)
        self.assert_state(document, "waiting", "result_deleted")

    def test_an_entry_of_another_year_keeps_its_number_and_its_date(self):
        line = self.typed(10.0, day=2, label="Rent")
        number = line.move_id.name
        day_before = statement(
            account=IBAN,
            enterprise_number=NUMBER,
            number=1,
            opening="0",
            opening_day=date(2025, 12, 30),
            day=date(2025, 12, 31),
            movements=[credit("10", communication="Rent"), credit("5")],
        )
        document = self.receive(day_before)
        self.adopt(document)
        self.assert_state(document, "imported")
        self.assertEqual((line.date, line.move_id.name), (date(2026, 1, 2), number))
        self.assertEqual(line.codabox_bank_date, date(2025, 12, 31))
        self.assertIn("Keep their own date", "".join(document.message_ids.mapped("body")))
        self.receive(self.day(2, credit("1"), opening="15"))
        for bank_statement in self.lines().statement_id:
            self.assert_books_agree(bank_statement)

    def test_a_booking_that_breaks_halfway_takes_the_adopting_back(self):
        line = self.typed(10.0, day=13, label="Rent")
        document = self.receive(self.day(15, credit("10", communication="Rent"), credit("5")))
        wizard = self.compare(document)
        model = self.registry["codabox.statement"]
        with (
            patch.object(model, "_attach_files", side_effect=ValueError("disk full")),
            mute_logger("odoo.addons.account_codabox.models.inbox.codabox_document_process"),
        ):
            self.press(wizard, "action_adopt_all")
        self.env.invalidate_all()
        self.assert_state(document, "failed", "unexpected")
        self.assertEqual(self.lines(), line)
        self.assertEqual((line.date, line.codabox_key), (date(2026, 1, 13), False))
        self.press(document, "action_retry")
        self.assert_state(document, "imported")
        self.env.invalidate_all()
        self.assertIn(line, document.statement_ids.bank_statement_id.line_ids)
        self.assertEqual(sorted(self.lines().mapped("amount")), [5.0, 10.0])

    def test_lines_of_another_company_or_journal_are_never_touched(self):
        elsewhere = self.typed(10.0, journal=self.make_journal(self.other_company, IBAN))
        beside = self.typed(10.0, journal=self.make_journal(self.company, "BE71096123456769"))
        document = self.receive(self.day(15, credit("10")))
        self.assert_state(document, "imported")
        self.assertEqual((elsewhere + beside).sudo().mapped("codabox_key"), [False, False])

    def test_a_line_named_by_hand_in_the_wizard_must_be_free(self):
        elsewhere = self.typed(10.0, journal=self.make_journal(self.other_company, IBAN))
        self.typed(10.0)
        document = self.receive(self.day(15, credit("10")))
        wizard = self.compare(document)
        wizard.line_ids.line_id = elsewhere
        self.press(wizard, "action_adopt_all")
        self.assertFalse(elsewhere.sudo().codabox_key)

    def test_who_keeps_no_books_compares_nothing(self):
        auditor = new_test_user(
            self.env,
            "auditor",
            "base.group_user,account.group_account_readonly",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        stranger = new_test_user(
            self.env,
            "stranger",
            "base.group_user,account.group_account_user",
            company_id=self.other_company.id,
            company_ids=[Command.set(self.other_company.ids)],
        )
        self.typed(10.0)
        document = self.receive(self.day(15, credit("10")))
        wizard = self.compare(document)
        for user in (auditor, stranger):
            with self.assertRaises(AccessError):
                self.compare(document, user=user)
            with self.assertRaises(AccessError):
                self.press(wizard, "action_adopt_all", user=user)
        self.assert_state(document, "waiting", "already_typed")
