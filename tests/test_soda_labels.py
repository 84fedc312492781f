"""Texts that may be names: hidden on entries, seen by payroll, released once for all clients."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .common import OTHER_NUMBER
from .soda_common import GROSS, NET, TAX, SodaCase, credit, debit

TEXT = "Kwartaalding Q"


@tagged("-at_install", "post_install")
class TestSodaLabels(SodaCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = new_test_user(
            cls.env,
            "stranger",
            "base.group_user,account_codabox.group_accountant,account_codabox.group_payroll",
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
            codabox_payroll_company_ids=[Command.set(cls.other_company.ids)],
        )

    def setUp(self):
        super().setUp()
        self.labels = self.env["codabox.soda.label"].sudo()

    def draft(self, *texts, **values):
        """Return the entry of a month in which one code has this text."""
        gross, net = texts or (TEXT, "Netto")
        month = self.month(debit(GROSS, "70", gross), credit(NET, "70", net), **values)
        return self.receive_soda(month).payroll_ids.move_id

    def name(self, move):
        return move.line_ids.sorted("sequence")[0].name

    def seen_by(self, user):
        return self.env["codabox.soda.label"].with_user(user).search([])

    def test_a_text_without_payroll_words_is_hidden_on_the_entry_and_seen_by_payroll_only(self):
        move = self.draft()
        self.assertEqual(self.name(move), f"202601 {GROSS}")
        label = self.seen_by(self.payroll_user)
        self.assertRecordValues(
            label, [{"company_id": self.company.id, "code": GROSS, "name": TEXT}]
        )
        self.assertNotIn("Kwartaal", label.display_name)
        self.assertEqual(move.with_user(self.payroll_user).codabox_hidden_count, 1)
        self.assertFalse(self.seen_by(self.stranger))
        with self.assertRaises(AccessError):
            self.seen_by(self.accountant)
        with self.assertRaises(AccessError):
            move.with_user(self.accountant).read(["codabox_hidden_count"])

    def test_it_is_released_once_for_all_clients_on_entries_that_exist_and_that_come(self):
        months = (
            self.month(debit(GROSS, "9", TEXT), credit(NET, "9", "Netto"), sequence="1"),
            (
                self.month(
                    debit(GROSS, "8", TEXT),
                    credit(NET, "8", "Netto"),
                    sequence="2",
                    enterprise=OTHER_NUMBER,
                )
            ),
        )
        moves = self.receive_soda(*months).payroll_ids.move_id
        moves[0]._codabox_override("The codes are known")
        moves[0].action_post()
        label = self.seen_by(self.payroll_user)
        label.action_release()
        self.assertEqual({self.name(move) for move in moves}, {f"202601 {GROSS} {TEXT}"})
        self.assertEqual(label.released_by_id, self.payroll_user)
        rows = self.env["codabox.soda.mapping"].search([("code", "=", GROSS)])
        self.assertEqual(rows.mapped("label"), [TEXT, TEXT])
        later = self.draft(period="202602")
        self.assertEqual(self.name(later), f"202602 {GROSS} {TEXT}")
        said = self.env["codabox.audit"].search([("action", "=", "label_shown")])
        self.assertEqual(said.company_id, self.company | self.other_company)
        self.assertEqual(said.user_id, self.payroll_user)
        self.assertNotIn("Kwartaal", " ".join(said.mapped("subject")))

    def test_it_is_hidden_again_everywhere_and_leaves_no_trace_on_the_entries(self):
        move = self.draft()
        move._codabox_override("The codes are known")
        move.action_post()
        label = self.seen_by(self.payroll_user)
        label.action_release()
        label.action_hide()
        self.assertEqual(self.name(move), f"202601 {GROSS}")
        self.assertFalse(label.is_released)
        told = move.message_ids.mapped("body") + move.message_ids.tracking_value_ids.mapped(
            "new_value_char"
        )
        self.assertNotIn("Kwartaal", " ".join(filter(None, told)))
        row = self.env["codabox.soda.mapping"].search([("code", "=", GROSS)])
        self.assertFalse(row.label)
        self.assertTrue(self.env["codabox.audit"].search([("action", "=", "label_hidden")]))
        self.assertEqual(self.name(self.draft(period="202602")), f"202602 {GROSS}")

    def test_another_text_another_code_and_another_secretariat_stay_hidden(self):
        self.draft()
        self.seen_by(self.payroll_user).action_release()
        self.assertEqual(
            self.name(self.draft("Janssens", "Netto", period="202602")), f"202602 {GROSS}"
        )
        month = self.month(debit(TAX, "70", TEXT), credit(NET, "70", "Netto"), period="202603")
        self.assertEqual(self.name(self.receive_soda(month).payroll_ids.move_id), f"202603 {TAX}")
        month = self.month(debit(GROSS, "70", TEXT), credit(NET, "70", "Netto"), period="202604")
        other = self.receive_soda(month, source="OTHERSOC").payroll_ids.move_id
        self.assertEqual(self.name(other), f"202604 {GROSS}")

    def test_texts_of_several_lines_and_long_numbers_are_not_even_kept(self):
        month = self.month(
            debit(GROSS, "60", "DOE JOHN"),
            debit(GROSS, "40", "ROE JANE"),
            credit(NET, "100", "Netto 85010112345"),
        )
        self.receive_soda(month)
        self.assertFalse(self.labels.search([]))

    def test_what_a_person_wrote_on_an_entry_stays(self):
        move = self.draft()
        move.line_ids.sorted("sequence")[0].name = "My own words"
        self.seen_by(self.payroll_user).action_release()
        self.assertEqual(self.name(move), "My own words")

    def test_entries_of_earlier_versions_are_found_by_their_files(self):
        move = self.draft()
        move.sudo().line_ids.codabox_soda_label_id = False
        self.labels.search([]).unlink()
        move.sudo().codabox_payroll_id._note_hidden_labels()
        self.seen_by(self.payroll_user).action_release()
        self.assertEqual(self.name(move), f"202601 {GROSS} {TEXT}")

    def test_over_http_neither_a_stranger_nor_a_plain_accountant_releases_or_reads_it(self):
        self.draft()
        label = self.labels.search([])
        for user in (self.stranger, self.accountant):
            self.authenticate(user.login, user.login)
            for method in ("action_release", "action_hide", "read"):
                with self.subTest(user=user.login, method=method):
                    params = {
                        "model": label._name,
                        "method": method,
                        "args": [label.ids],
                        "kwargs": {},
                    }
                    with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                        self.make_jsonrpc_request(
                            f"/web/dataset/call_kw/{label._name}/{method}", params
                        )
        self.assertFalse(label.is_released)
