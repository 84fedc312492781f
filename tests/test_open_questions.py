"""Open is open: what a person still has to decide does not look done, wherever he looks."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .invoice_common import InvoiceCase, line
from .soda_common import GROSS, NET, SodaCase, credit, debit


class Seen:
    """What the inbox says of a document."""

    def assert_open(self, document, is_open=True):
        """Check that a document is to be decided, or done, in every place that says so."""
        todo = document.search([("id", "=", document.id), *self.todo_filter()])
        self.assertEqual(
            (document.state, document.to_decide, document.shown_state, bool(todo)),
            ("imported", is_open, "to_decide" if is_open else "imported", is_open),
        )
        self.assertEqual(document.feed_id.todo_count, int(is_open))
        self.assertEqual(document.feed_id.connection_id.todo_count, int(is_open))
        self.assertEqual(bool(document.shown_reason), is_open)
        self.assertEqual(len(document.feed_id.activity_ids), int(is_open), "one to-do")

    def todo_filter(self):
        """Return the domain of the filter *To do* of the inbox, as its view says it."""
        arch = self.env["codabox.document"].get_view(view_type="search")["arch"]
        return eval(arch.split('name="todo"')[1].split('domain="')[1].split('"')[0])

    def the_filter(self, view, name):
        """Return the entries that a filter of Odoo's own lists finds."""
        arch = self.env["account.move"].get_view(self.env.ref(view).id, "search")["arch"]
        domain = arch.split(f'name="{name}"')[1].split('domain="')[1].split('"')[0]
        return self.env["account.move"].search(eval(domain))


@tagged("post_install", "-at_install")
class TestOpenBills(Seen, InvoiceCase):
    def unclear(self, number="F2026-001"):
        """Deliver a bill of which nobody knows the tax; return its document."""
        return self.receive_bill(self.bill(number, line("100", "cocontractor", label="Dakwerken")))

    def test_a_bill_with_a_question_is_imported_and_to_decide_until_it_is_answered(self):
        document = self.unclear()
        self.assert_open(document)
        self.assertEqual(document.invoice_id.codabox_decide, "open")
        self.assertIn(
            document.invoice_id,
            self.the_filter("account.view_account_invoice_filter", "codabox_has_flags"),
        )
        self.press(document.invoice_id, "_codabox_override", "asked")
        self.assert_open(document, is_open=False)

    def test_a_bill_without_question_is_done(self):
        self.assert_open(self.receive_bill(), is_open=False)

    def test_the_run_counts_it_as_to_do_and_not_as_booked(self):
        self.unclear()
        run = self.env["codabox.run"].search([("stored", ">", 0)], limit=1)
        self.assertEqual((run.booked, run.waiting), (0, 1))

    def test_the_card_of_purchases_counts_it(self):
        document = self.unclear()
        journal = document.invoice_id.journal_id
        data = journal._get_journal_dashboard_data_batched()[journal.id]
        self.assertEqual(data["codabox_invoices"]["todo"], 1)

    def test_a_pdf_alone_waits_until_somebody_completed_it(self):
        document = self.receive_bill(files=("pdf",))
        self.assert_open(document)
        self.complete(document.invoice_id, self.make_supplier())
        self.assert_open(document, is_open=False)
        self.press(document.invoice_id, "action_post")

    def complete(self, move, supplier):
        """Type what a PDF says, as the accountant does."""
        with (
            self.as_user(self.accountant) as env,
            Form(env["account.move"].browse(move.id)) as form,
        ):
            form.partner_id = env["res.partner"].browse(supplier.id)
            form.invoice_date = "2026-01-15"
            with form.invoice_line_ids.new() as item:
                item.name = "Read from the PDF"
                item.price_unit = 10

    def test_no_door_posts_it(self):
        move = self.unclear().invoice_id.with_user(self.accountant)
        wizard = self.env["validate.account.move"].with_user(self.accountant)
        doors = {
            "form": move.action_post,
            "list": lambda: (
                wizard.with_context(active_model="account.move", active_ids=move.ids)
                .create({})
                .validate_move()
            ),
            "write": lambda: move.write({"state": "posted"}),
        }
        for name, door in doors.items():
            with (
                self.subTest(name),
                self.rolled_back(),
                self.assertRaises(UserError),
            ):
                door()
            self.assertEqual(move.state, "draft")

    def test_confirm_is_not_primary_while_a_question_is_open(self):
        arch = self.env["account.move"].get_view(view_type="form")["arch"]
        primary = [part for part in arch.split("<button ")[1:] if 'name="action_post"' in part]
        shown = [part for part in primary if "not codabox_decide" in part]
        self.assertEqual(len(shown), 2)
        self.assertFalse([part for part in shown if "oe_highlight" in part.split("/>")[0]])
        hidden = [part for part in primary if part not in shown]
        self.assertTrue(all("codabox_decide" in part.split("/>")[0] for part in hidden))


@tagged("post_install", "-at_install")
class TestOpenPayroll(Seen, SodaCase):
    def unbalanced(self):
        """Deliver a payroll that is a cent out of balance; return its document."""
        lines = (debit(GROSS, "100.00", "Gross"), credit(NET, "99.99", "Net"))
        return self.receive_soda(self.month(*lines))

    def test_codes_on_suspense_are_to_decide_until_they_are_mapped(self):
        document = self.receive_soda(self.month())
        move = document.payroll_ids.move_id
        self.assert_open(document)
        self.assertIn(GROSS, document.shown_reason)
        with self.assertRaisesRegex(ValidationError, GROSS), self.rolled_back():
            move.with_user(self.accountant).action_post()
        mappings = self.env["codabox.soda.mapping"].search([])
        self.press(mappings, "action_confirm_proposals", user=self.payroll_user)
        self.press(mappings, "action_apply_to_drafts", user=self.payroll_user)
        self.assert_open(document, is_open=False)
        self.press(move, "action_post")
        self.assertEqual(move.state, "posted")

    def test_a_file_out_of_balance_asks_until_its_difference_has_an_account(self):
        self.map_codes()
        document = self.unbalanced()
        move = document.payroll_ids.move_id
        self.assert_open(document)
        with self.assertRaisesRegex(ValidationError, "0.01"), self.rolled_back():
            move.with_user(self.accountant).action_post()
        item = move.line_ids.filtered(lambda line: not line.codabox_soda_code)
        self.press(item, "write", {"account_id": self.account(GROSS).id})
        self.assert_open(document, is_open=False)

    def test_an_override_with_a_reason_posts_and_a_later_code_asks_again(self):
        self.map_codes({NET: NET})
        move = self.receive_soda(self.month()).payroll_ids.move_id
        self.press(move, "_codabox_override", "the client knows")
        self.assertFalse(move.codabox_has_flags)
        item = move.line_ids.filtered(lambda line: line.codabox_soda_code == NET)
        item.account_id = self.company.codabox_soda_suspense_account_id
        self.assertTrue(move.codabox_has_flags, "nobody said anything of this code")

    def test_nothing_posts_it_by_itself(self):
        self.company.codabox_soda_post = True
        document = self.receive_soda(self.month())
        self.assertEqual(document.payroll_ids.move_id.state, "draft")
        self.assertFalse(document.payroll_ids.notice)
        move = document.payroll_ids.move_id
        move.auto_post = "at_date"
        self.run_turn(self.env.ref("account.ir_cron_auto_post_draft_entry"))
        self.assertEqual(move.state, "draft")

    def test_the_list_of_entries_finds_it_and_its_card_counts_it(self):
        document = self.receive_soda(self.month())
        move = document.payroll_ids.move_id
        self.assertIn(
            move, self.the_filter("account.view_account_move_filter", "codabox_has_flags")
        )
        journal = move.journal_id.with_user(self.payroll_user)
        data = journal._get_journal_dashboard_data_batched()[journal.id]
        self.assertEqual(data["codabox_payroll"]["todo"], 1)

    def test_what_is_asked_is_told_once(self):
        move = self.unbalanced().payroll_ids.move_id
        self.assertIn("0.01", move.codabox_flag_text)
        self.assertFalse(move.codabox_payroll_notice)
