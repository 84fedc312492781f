"""VAT of another country: one click books it, and the next bill of the supplier follows."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .bill_case import STAHL, BillCase, line
from .bill_case import Tax as BillTax

GERMAN = BillTax("S", "", 19)


@tagged("post_install", "-at_install")
class TestInvoiceForeignVat(BillCase):
    def hotel(self, number="F1", *lines, **values):
        found = lines or (line("Hotel", "100", GERMAN),)
        move = self.import_bill(*found, supplier=STAHL, number=number, **values)
        if not move.partner_id:
            move.partner_id = self.env["res.partner"].create(
                {
                    "name": STAHL.name,
                    "vat": STAHL.vat,
                    "is_company": True,
                    "country_id": self.env.ref("base.de").id,
                }
            )
        return move

    def assert_booked(self, move, tax_account=None):
        """The bill is worth its file, in no box, and can be posted."""
        self.assertEqual(self.flags(move), [])
        self.assertFalse(move.codabox_has_foreign_vat)
        self.assertEqual(move.amount_total, 119.0)
        self.assertEqual(self.boxes(move), {})
        if move.state == "draft":
            self.press(move, "action_post")
        items = self.items(move)
        if tax_account:
            self.assertEqual(abs(items[tax_account]), 19.0)
        return items

    def test_it_asks_and_says_what_to_answer(self):
        move = self.hotel()
        self.assertEqual(self.flags(move), ["foreign_vat"])
        self.assertTrue(move.codabox_has_foreign_vat)
        self.assertIn("to be recovered there", move.codabox_flag_text)
        with self.assertRaises(UserError):
            self.press(move, "action_post")

    def test_to_recover_is_one_click_and_listed_with_its_country(self):
        move = self.hotel()
        self.press(move, "action_codabox_vat_recover")
        self.assert_booked(move, "412800")
        action = self.env.ref("account_codabox.account_move_line_action_codabox_foreign")
        found = self.env["account.move.line"].search(
            [("codabox_vat_country_id", "!=", False), ("parent_state", "=", "posted")]
        )
        self.assertIn("codabox_vat_country_id", action.domain)
        self.assertEqual(found.move_id, move)
        self.assertEqual((found.codabox_vat_country_id.code, found.balance), ("DE", 19.0))
        self.assertIn(self.accountant.partner_id, move.message_ids.author_id)

    def test_part_of_the_cost_is_one_click_on_the_accounts_of_the_lines(self):
        lines = (line("Hotel", "60", GERMAN), line("Parking", "40", GERMAN))
        move = self.hotel("F1", *lines)
        move.invoice_line_ids.sorted("id")[1].account_id = self.account("613200")
        self.press(move, "action_codabox_vat_cost")
        items = self.assert_booked(move)
        self.assertEqual(items["613200"], 47.6)

    def test_a_credit_note_goes_the_other_way(self):
        move = self.hotel(credit=True)
        self.press(move, "action_codabox_vat_recover")
        self.assert_booked(move, "412800")

    def test_the_next_bill_of_the_supplier_follows_and_says_so(self):
        for answer, code in (
            ("action_codabox_vat_recover", "followed_foreign_recover"),
            ("action_codabox_vat_cost", "followed_foreign_cost"),
        ):
            with self.subTest(answer), self.rolled_back():
                first = self.hotel()
                self.press(first, answer)
                self.press(first, "action_post")
                second = self.hotel("F2")
                self.assertEqual(second.partner_id, first.partner_id)
                self.assertIn(code, self.flags(second, blocking=False))
                self.assertEqual(self.assert_booked(second), self.items(first))

    def test_what_was_typed_into_the_price_is_asked_again(self):
        first = self.hotel()
        first.invoice_line_ids.price_unit = 119
        self.press(first, "_codabox_override", "In the price")
        self.press(first, "action_post")
        self.assertEqual(self.flags(self.hotel("F2")), ["foreign_vat"])

    def test_a_changed_mind_counts_from_the_next_bill_on(self):
        first, second = self.hotel(), self.hotel("F2")
        self.press(first, "action_codabox_vat_recover")
        self.press(second, "action_codabox_vat_cost")
        answers = self.env["codabox.sender.answer"].search([])
        self.assertEqual(answers.answer, "foreign_cost")
        answers.with_user(self.accountant).action_forget()
        self.assertEqual(self.flags(self.hotel("F3")), ["foreign_vat"])

    def test_without_an_account_it_says_where_to_choose_one(self):
        self.account("412800").unlink()
        move = self.hotel()
        with self.assertRaisesRegex(UserError, "Settings"):
            self.press(move, "action_codabox_vat_recover")
        self.company.codabox_foreign_vat_account_id = self.account("416000")
        self.press(move, "action_codabox_vat_recover")
        self.assert_booked(move, "416000")

    def test_a_question_of_an_earlier_version_is_answered_as_well(self):
        move = self.hotel()
        flags = move.sudo().codabox_flags
        for flag in flags:
            flag["facts"].pop("vat", None)
        move._codabox_set_flags(flags)
        self.press(move, "action_codabox_vat_cost")
        self.assert_booked(move)

    def test_two_rates_are_answered_together(self):
        seven = BillTax("S", "", 7)
        move = self.hotel("F1", line("Hotel", "100", seven), line("Breakfast", "100", GERMAN))
        self.press(move, "action_codabox_vat_recover")
        self.assertEqual((move.amount_total, self.flags(move)), (226.0, []))
        lines = move.line_ids.filtered("codabox_vat_country_id")
        self.assertEqual(sorted(lines.mapped("balance")), [7.0, 19.0])
