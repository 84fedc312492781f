"""A bill with an open flag stays a draft, whoever or whatever posts it."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from . import invoice_common
from .bill_case import BillCase, line


@tagged("post_install", "-at_install")
class TestInvoiceFlags(BillCase):
    def waiting(self, **options):
        """Return a draft with a question: the rate of a co-contractor."""
        return self.import_bill(line("Werf", "100", "cocontractor"), **options)

    def test_a_bill_with_a_question_is_not_posted_by_hand(self):
        move = self.waiting()
        with self.assertRaisesRegex(UserError, "“Werf”.*co-contractor"):
            self.press(move, "action_post")
        self.assertEqual(move.state, "draft")

    def test_it_is_not_posted_from_the_list_nor_with_others(self):
        move, other = self.waiting(), self.import_bill(line("A", "100"), number="F2")
        with self.assertRaises(UserError), self.as_user(self.accountant) as env:
            env["validate.account.move"].with_context(
                active_model="account.move", active_ids=(move + other).ids
            ).create({"move_ids": [(6, 0, (move + other).ids)]}).validate_move()
        self.env.invalidate_all()
        self.assertEqual((move + other).mapped("state"), ["draft", "draft"])

    def test_it_is_not_posted_by_writing_its_state(self):
        move = self.waiting()
        with self.assertRaises(UserError):
            self.press(move, "write", {"state": "posted"})

    def test_a_trusted_supplier_posts_what_has_no_question(self):
        self.company.autopost_bills = True
        self.supplier.autopost_bills = "always"
        move, other = self.waiting(), self.import_bill(line("A", "100"), number="F2")
        for bill in (move, other):
            bill._autopost_bill()
        self.assertEqual((move.state, other.state), ("draft", "posted"))

    def test_the_scheduled_posting_goes_on_with_the_others(self):
        move, other = self.waiting(), self.import_bill(line("A", "100"), number="F2")
        (move + other).auto_post = "at_date"
        with self.enter_registry_test_mode():
            self.env.ref("account.ir_cron_auto_post_draft_entry").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((move.state, other.state), ("draft", "posted"))
        self.assertIn("co-contractor", move.message_ids[0].body)

    def test_choosing_a_tax_answers_the_question(self):
        move = self.waiting()
        self.assertTrue(move.codabox_has_flags)
        tax = self.tax("21% M.Cocont")
        self.press(
            move,
            "write",
            {"invoice_line_ids": [(1, move.invoice_line_ids.id, {"tax_ids": tax.ids})]},
        )
        self.assertFalse(move.codabox_has_flags)
        self.assertFalse(move.codabox_flag_text)
        self.press(move, "action_post")
        self.assertEqual(move.state, "posted")

    def test_an_override_says_who_when_and_why(self):
        move = self.waiting()
        with self.as_user(self.accountant) as env:
            wizard = env["codabox.flag.override"].create(
                {"move_id": move.id, "reason": "Vrijgesteld"}
            )
            self.assertIn("“Werf”", wizard.flag_text)
            wizard.action_override()
        self.env.invalidate_all()
        self.assertFalse(move.codabox_has_flags)
        message = move.message_ids[0]
        self.assertEqual(message.author_id, self.accountant.partner_id)
        self.assertIn("Vrijgesteld", message.body)
        self.assertIn("Werf", message.body)
        self.press(move, "action_post")
        self.assertEqual(move.state, "posted")

    def test_an_override_does_not_cover_what_comes_up_later(self):
        move = self.waiting()
        move._codabox_override("Vrijgesteld")
        move.invoice_line_ids.price_unit = 90
        self.assertEqual(self.flags(move), ["totals_differ"])

    def two_questions(self):
        move = self.waiting()
        move._codabox_flag("rate_doubtful", tax="1", expected="2")
        self.assertEqual(self.flags(move), ["rate_doubtful", "reverse_charge_rate"])
        return move

    def test_an_override_closes_one_question_and_goes_on_to_the_next(self):
        move = self.two_questions()
        with self.as_user(self.accountant) as env:
            wizards = env["codabox.flag.override"]
            wizard = wizards.create({"move_id": move.id, "reason": "Seen"})
            self.assertIn("Werf", wizard.flag_text)
            self.assertEqual(wizard.other_count, 1)
            action = wizard.action_override()
            self.assertEqual(self.flags(env["account.move"].browse(move.id)), ["rate_doubtful"])
            wizard = wizards.with_context(**action["context"]).create({"reason": "Rate is right"})
            self.assertEqual(wizard.action_override()["type"], "ir.actions.act_window_close")
        self.env.invalidate_all()
        self.assertEqual(self.flags(move), [])

    def test_a_question_that_is_passed_over_stays_open(self):
        move = self.two_questions()
        with self.as_user(self.accountant) as env:
            wizards = env["codabox.flag.override"].with_context(default_move_id=move.id)
            action = wizards.create({"reason": "-"}).action_next()
            wizard = wizards.with_context(**action["context"]).create({"reason": "Seen"})
            wizard.action_override()
        self.env.invalidate_all()
        self.assertEqual(self.flags(move), ["reverse_charge_rate"])

    def test_an_override_closes_only_what_was_read(self):
        move = self.waiting()
        with self.as_user(self.accountant) as env:
            form = Form(env["codabox.flag.override"].with_context(default_move_id=move.id))
            move.with_env(env)._codabox_set_flags(
                [
                    {
                        "code": "rate_doubtful",
                        "facts": {"tax": "1", "expected": "2"},
                        "blocking": True,
                    },
                    *move.sudo().codabox_flags,
                ]
            )
            form.reason = "Seen"
            form.save().action_override()
        self.env.invalidate_all()
        self.assertEqual(self.flags(move), ["rate_doubtful"])

    def test_a_flag_of_one_s_own_making_closes_nothing(self):
        move = self.waiting()
        own = {"code": "reverse_charge_rate", "facts": {}, "blocking": True}
        with self.as_user(self.accountant) as env:
            wizard = env["codabox.flag.override"].create(
                {"move_id": move.id, "reason": "Seen", "read_flag": own}
            )
            self.assertFalse(wizard.flag_text)
            wizard.action_override()
        self.env.invalidate_all()
        self.assertEqual(self.flags(move), ["reverse_charge_rate"])

    def test_nobody_drops_a_flag_by_writing_the_field(self):
        move = self.waiting()
        for name in ("codabox_flags", "codabox_has_flags"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.press(move, "write", {name: False})
        with self.assertRaises(UserError):
            self.press(move, "action_post")

    def test_an_override_needs_a_reason(self):
        move = self.waiting()
        with self.assertRaises(UserError), self.as_user(self.accountant) as env:
            env["codabox.flag.override"].create(
                {"move_id": move.id, "reason": " "}
            ).action_override()

    def test_what_only_informs_does_not_keep_a_bill(self):
        move = self.import_bill(line("A", "100"))
        self.assertIn("First bill of Drukkerij Peeters", move.codabox_note_text)
        self.assertFalse(move.codabox_has_flags)
        self.press(move, "action_post")
        self.assertFalse(move.codabox_note_text)

    def test_bills_to_decide_are_found_by_their_filter(self):
        move, other = self.waiting(), self.import_bill(line("A", "100"), number="F2")
        found = self.env["account.move"].search(
            [("codabox_has_flags", "=", True), ("id", "in", (move + other).ids)]
        )
        self.assertEqual(found, move)

    def test_the_reader_reads_the_question_in_his_language(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        move = self.waiting()
        self.assertTrue(move.with_context(lang="nl_NL").codabox_flag_text)

    def test_a_copy_starts_without_questions(self):
        copy = self.waiting().copy({"invoice_date": fields.Date.to_date("2026-01-11")})
        self.assertEqual(self.flags(copy), [])

    def test_a_line_that_is_deleted_asks_nothing_any_more(self):
        move = self.import_bill(line("Werf", "100", "cocontractor"), line("B", "10"))
        move.invoice_line_ids.filtered(lambda item: item.name == "Werf").unlink()
        self.assertEqual(self.flags(move), ["totals_differ"])

    def test_of_many_lines_the_question_names_three(self):
        move = self.import_bill(*[line(f"Werf {n}", "1", "cocontractor") for n in range(1, 6)])
        self.assertIn("“Werf 1”, “Werf 2”, “Werf 3” (+ 2)", move.codabox_flag_text)


@tagged("post_install", "-at_install")
class TestInvoiceFlagsAtNight(invoice_common.InvoiceCase):
    def test_what_a_person_decides_on_a_bill_of_the_night_the_next_night_follows(self):
        roof = invoice_common.line("100", "cocontractor", label="Dakwerken")
        move = self.receive_bill(self.bill("F1", roof, flavour="ublbe1")).invoice_id
        self.assertIn("reverse_charge_rate", self.flags(move))
        with self.assertRaises(UserError):
            self.press(move, "action_post")
        tax = self.env["account.tax"].search(
            [("name", "=", "21% M.Cocont"), ("company_id", "=", self.company.id)]
        )
        change = [(1, move.invoice_line_ids.id, {"tax_ids": tax.ids})]
        self.press(move, "write", {"invoice_line_ids": change})
        self.press(move, "action_post")
        self.assertEqual(move.state, "posted")
        bill = self.bill("F2", roof, flavour="ublbe1", issue_date=invoice_common.date(2026, 1, 20))
        following = self.receive_bill(bill).invoice_id
        self.assertEqual((following.state, following.invoice_line_ids.tax_ids), ("draft", tax))
        self.assertEqual(self.flags(following), set())

    def test_the_document_asks_for_the_tax_and_puts_it_on_the_lines_that_lack_it(self):
        roof = invoice_common.line("100", "cocontractor", label="Dakwerken")
        nails = invoice_common.line("10", label="Nagels")
        document = self.receive_bill(self.bill("F1", roof, nails, flavour="ublbe1"))
        self.assertTrue(document.can_resolve_invoice)
        tax = self.env["account.tax"].search(
            [("name", "=", "21% M.Cocont"), ("company_id", "=", self.company.id)]
        )
        wizard = self.env["codabox.invoice.resolve"].create({"document_id": document.id})
        self.assertEqual((wizard.choices, wizard.choice), ("tax", "tax"))
        self.assertIn("“Dakwerken”", wizard.reason)
        with self.assertRaisesRegex(UserError, "Choose one first"):
            self.resolve(document)
        self.resolve(document, tax_ids=tax.ids)
        roof_line, nails_line = document.invoice_id.invoice_line_ids
        self.assertEqual(roof_line.tax_ids, tax)
        self.assertNotIn(tax, nails_line.tax_ids)
        self.assertEqual(self.flags(document.invoice_id), set())
        self.assertFalse(document.can_resolve_invoice)
        self.press(document.invoice_id, "action_post")
        self.assertEqual(document.invoice_id.state, "posted")
