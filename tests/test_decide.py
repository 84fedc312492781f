"""One draft after the other, across clients: the PDF, the taxes that can be meant, the next one."""

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from ..codabox.sandbox import pdf
from .bill_case import STAHL, BillCase, line, zero
from .soda_common import SodaCase

WORK = zero("AE", "45")


class Going:
    """Pressing *Post and next* and *Skip* as the browser does: with what the action before gave."""

    def opened(self, action):
        """Return the draft that an action shows, or nothing for the list."""
        if action.get("tag") == "codabox_decide_next":
            action = action["params"]["action"]
        context = {**action["context"], "uid": self.user.id}
        moves = self.env["account.move"].with_user(self.user).with_context(**context)
        return moves.browse(action.get("res_id") or ())

    def listed(self):
        action = self.env["account.move"].with_user(self.user)._action_codabox_to_decide()
        moves = self.env["account.move"].with_user(self.user).with_context(**action["context"])
        return moves.search(action["domain"], order="company_id, date, id")


@tagged("-at_install", "post_install")
class TestDecideBills(BillCase, Going):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env,
            "codabox_decides",
            "account.group_account_user",
            company_id=cls.company.id,
            company_ids=[Command.set((cls.company + cls.other_company).ids)],
        )

    def bill(self, company, ref):
        """Return a draft that a document became, without a question."""
        journal = self.env["account.journal"].search(
            [("type", "=", "purchase"), ("company_id", "=", company.id)], limit=1
        )
        move = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "in_invoice",
                    "journal_id": journal.id,
                    "partner_id": self.supplier.id,
                    "ref": ref,
                    "invoice_date": fields.Date.to_date("2026-01-10"),
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": "Paper",
                                "price_unit": 10,
                                "tax_ids": [],
                                "account_id": self.account("612000", company).id
                                or self.account("613200", company).id,
                            }
                        )
                    ],
                }
            )
        )
        document = (
            self.env["codabox.document"]
            .sudo()
            .create(
                {
                    "name": ref,
                    "company_id": company.id,
                    "kind": "purchase_invoice",
                    "state": "imported",
                    "channel": "upload",
                    "remote_index": ref,
                    "document_model": "purchase_invoice",
                }
            )
        )
        move.sudo().codabox_document_id = document
        return move

    def test_post_and_next_goes_through_all_clients_each_in_its_own_company_and_ends_on_the_list(
        self,
    ):
        bills = [self.bill(c, f"D{c.id}-{n}") for c in self.both() for n in (1, 2)]
        self.assertEqual(self.listed().ids, [move.id for move in bills])
        shown = self.opened(self.listed()[0].action_codabox_decide())
        for move in bills:
            self.assertEqual(shown, move)
            self.assertEqual(shown.env.context["allowed_company_ids"], move.company_id.ids)
            action = shown.action_codabox_post_next()
            self.assertEqual(move.state, "posted")
            shown = self.opened(action)
        self.assertFalse(shown)
        self.assertEqual(action["target"], "main")

    def both(self):
        return (self.company + self.other_company).sorted(lambda c: (c.sequence, c.name, c.id))

    def test_the_next_one_is_the_next_of_the_filter(self):
        bills = [self.bill(self.company, ref) for ref in ("A1", "B1", "A2")]
        queue = self.listed().with_context(codabox_queue=[("ref", "=like", "A%")])
        shown = self.opened(queue.browse(bills[0].id).action_codabox_decide())
        self.assertEqual(self.opened(shown.action_codabox_post_next()), bills[2])
        self.assertEqual(bills[1].state, "draft")

    def test_skip_leaves_the_draft_and_ends_on_the_list(self):
        bills = [self.bill(self.company, ref) for ref in ("A1", "A2")]
        shown = self.opened(self.listed()[0].action_codabox_skip())
        self.assertEqual(shown, bills[1])
        self.assertFalse(self.opened(shown.action_codabox_skip()))
        self.assertEqual({move.state for move in bills}, {"draft"})

    def test_what_is_posted_meanwhile_is_not_posted_again_and_says_so(self):
        move = self.bill(self.company, "A1")
        self.press(move, "action_post")
        with self.assertRaisesRegex(UserError, "no draft any more"):
            move.with_user(self.user).action_codabox_post_next()

    def test_a_draft_with_a_question_is_not_posted_by_post_and_next(self):
        move = self.import_bill(line("Roof", "100.00", WORK))
        self.assertTrue(move.codabox_is_asked)
        with self.assertRaises(ValidationError):
            move.with_user(self.user).action_codabox_post_next()

    def test_the_pdf_of_the_bill_stands_beside_it(self):
        move = self.bill(self.company, "A1")
        self.assertFalse(move.codabox_pdf)
        self.env["ir.attachment"].create(
            {
                "name": "bill.pdf",
                "raw": pdf(["Bill"]),
                "res_model": "account.move",
                "res_id": move.id,
            }
        )
        move.invalidate_recordset(["codabox_pdf"])
        self.assertTrue(move.with_user(self.user).codabox_pdf)


@tagged("-at_install", "post_install")
class TestDecideTaxes(BillCase):
    def offered(self, move):
        move = move.with_user(self.accountant)
        return [
            name for name in (move.codabox_tax_1, move.codabox_tax_2, move.codabox_tax_3) if name
        ]

    def put(self, move, name):
        move.with_user(self.accountant).with_context(codabox_tax=name).action_codabox_put_tax()

    def test_of_a_co_contractor_each_rate_is_offered_once_by_its_full_name(self):
        move = self.import_bill(line("Roof", "100.00", WORK))
        self.assertEqual(
            self.offered(move),
            [
                "21%, co-contractor, services and other goods (21% S.Cocont)",
                "6%, co-contractor, services and other goods (6% S.Cocont)",
                "21%, co-contractor, goods for resale (21% M.Cocont)",
            ],
        )

    def test_a_tax_that_the_chart_ships_archived_is_activated_when_chosen(self):
        move = self.import_bill(line("Roof", "100.00", WORK))
        tax = self.tax("21% S.Cocont")
        self.assertFalse(tax.active)
        self.put(move, self.offered(move)[0])
        self.assertTrue(tax.active)
        self.assertEqual(move.invoice_line_ids.tax_ids, tax)
        self.assertFalse(self.flags(move))
        self.assertFalse(self.offered(move))
        self.assertEqual(
            self.boxes(move), {"56": "21.00", "59": "21.00", "82": "100.00", "87": "100.00"}
        )

    def test_from_the_eu_goods_and_services_are_offered(self):
        self.purchases.default_account_id = self.account("613200")
        move = self.import_bill(line("Paper", "100.00", zero("K")), supplier=STAHL)
        self.assertEqual(self.flags(move), ["eu_kind"])
        self.assertEqual(
            self.offered(move),
            [
                "21%, goods from the EU, services and other goods (21% EU G)",
                "21%, services from the EU, services and other goods (21% EU S)",
            ],
        )

    def test_where_no_tax_can_be_meant_none_is_offered(self):
        move = self.import_bill(line("Paper", "100.00"), supplier=STAHL)
        self.assertEqual(self.flags(move), ["foreign_vat"])
        self.assertFalse(self.offered(move))

    def test_what_is_not_asked_any_more_is_not_put(self):
        move = self.import_bill(line("Roof", "100.00", WORK))
        first, second, _third = self.offered(move)
        self.put(move, first)
        with self.assertRaisesRegex(UserError, "any more"):
            self.put(move, second)
        self.assertEqual(len(move.invoice_line_ids.tax_ids), 1)


@tagged("-at_install", "post_install")
class TestDecidePayroll(SodaCase, Going):
    def test_payroll_is_in_the_list_of_who_reads_payroll_with_its_pdf(self):
        move = self.receive_soda(self.month()).payroll_ids.move_id
        self.user = self.payroll_user
        self.assertEqual(self.listed(), move)
        self.assertTrue(self.opened(self.listed().action_codabox_decide()).codabox_pdf)
        self.user = self.accountant
        self.assertFalse(self.listed())
        move.invalidate_recordset(["codabox_pdf"])
        self.assertFalse(move.with_user(self.accountant).codabox_pdf)

    def test_payroll_with_codes_without_account_has_a_question(self):
        move = self.receive_soda(self.month()).payroll_ids.move_id
        self.assertTrue(move.codabox_is_asked)
