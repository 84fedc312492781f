"""A Belgian taxable supplier who still sends a PDF only is told apart, quietly, and written to."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..codabox import Channel
from ..models.invoice.account_move_codabox_structured import OBLIGED
from .invoice_common import InvoiceCase, date, pdf

NOTICE = "pdf_only_2026"


@tagged("-at_install", "post_install")
class TestInvoiceStructured(InvoiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vat = cls.env["account.tax"].search(
            [("name", "=", "21% M"), ("company_id", "=", cls.company.id)]
        )
        cls.owed = cls.env["account.tax"].search(
            [("name", "=", "21% M.Cocont"), ("company_id", "=", cls.company.id)]
        )
        cls.supplier = cls.env["res.partner"].create(
            {
                "name": "Drukker",
                "is_company": True,
                "vat": "BE0403170701",
                "country_id": cls.env.ref("base.be").id,
                "email": "drukker@example.com",
            }
        )

    def complete(self, *, tax=None, number="Z-1", files=("pdf",), **values):
        """Receive a bill and complete it as a person does; the accountant sees it."""
        content = {"xml": self.bill(number), "pdf": pdf([number])}
        index = self.sandbox.add_document(
            self.client,
            "purchase_invoice",
            {name: content[name] for name in files},
            metadata={"document_number": number},
        )
        self.night()
        document = self.document(index)
        move = document.invoice_id
        tax = self.vat if tax is None else tax
        line = {"name": "A", "price_unit": 100, "tax_ids": [Command.set(tax.ids)]}
        move.write(
            {
                "partner_id": self.supplier.id,
                "invoice_date": date(2026, 1, 1),
                "invoice_line_ids": [Command.clear(), Command.create(line)],
                **values,
            }
        )
        return move

    def listed(self):
        action = self.env.ref("account_codabox.account_move_action_codabox_structured")
        domain = Domain(safe_eval(action.domain)) & Domain("company_id", "=", self.company.id)
        return self.env["account.move"].search(domain)

    def assert_told(self, move, expected=True):
        self.assertEqual(NOTICE in self.flags(move, blocking=False), expected)
        self.assertEqual(move in self.listed(), expected)

    def test_a_pdf_of_a_belgian_supplier_who_charges_vat(self):
        move = self.complete()
        self.assert_told(move)
        self.assertIn("Drukker sent a PDF only", move.codabox_note_text)
        self.assertEqual(self.flags(move), set(), "it keeps nobody from posting")
        self.press(move, "action_post")
        self.assertIn(move, self.listed())

    def test_so_does_one_who_leaves_the_vat_to_us(self):
        self.assertTrue(self.owed)
        self.assert_told(self.complete(tax=self.owed))

    def test_never_of_before_2026(self):
        self.assert_told(self.complete(invoice_date=date(2025, 12, 31)), expected=False)

    def test_never_of_a_foreign_one_nor_of_one_whose_country_is_not_known(self):
        for country in (self.env.ref("base.de"), self.env["res.country"]):
            self.supplier.country_id = country
            with self.rolled_back():
                self.assert_told(self.complete(), expected=False)

    def test_never_of_one_without_vat_number_nor_of_one_who_is_exempt(self):
        with self.rolled_back():
            self.supplier.vat = False
            self.assert_told(self.complete(), expected=False)
        zero = self.env["account.tax"].search(
            [("name", "=", "0% M"), ("company_id", "=", self.company.id)]
        )
        for tax in (zero, zero.browse()):
            with self.rolled_back():
                self.assert_told(self.complete(tax=tax), expected=False)

    def test_never_where_the_company_itself_is_not_liable(self):
        self.company.codabox_vat_regime = "none"
        self.assert_told(self.complete(), expected=False)

    def test_never_of_one_that_has_its_electronic_invoice(self):
        self.assert_told(self.complete(files=("xml", "pdf")), expected=False)

    def test_not_any_more_once_the_electronic_invoice_comes(self):
        move = self.complete()
        document = move.codabox_document_id
        entry = self.sandbox.find(document.remote_index, Channel.FEED)[1]
        entry.files["xml"] = self.bill("Z-1")
        self.night()
        self.assertEqual(document.invoice_id, move)
        self.assert_told(move, expected=False)

    def test_nothing_is_said_before_a_person_completed_it(self):
        move = self.receive_bill(files=("pdf",)).invoice_id
        self.assert_told(move, expected=False)

    def test_the_list_and_the_notice_mean_the_same(self):
        action = self.env.ref("account_codabox.account_move_action_codabox_structured")
        self.assertEqual(list(Domain(safe_eval(action.domain))), list(OBLIGED))

    def test_a_mail_to_the_supplier_is_ready_in_his_language(self):
        moves = self.complete() | self.complete(number="Z-2")
        action = self.press(moves, "action_codabox_ask_structured")
        with self.as_user(self.accountant) as env:
            mail = env["mail.compose.message"].with_context(**action["context"]).create({})
            self.assertEqual(mail.partner_ids.ids, self.supplier.ids)
            for word in ("Z-1", "Z-2", "Bakkerij Jo", "0477472701"):
                self.assertIn(word, mail.body)

    def test_only_of_one_supplier_at_a_time(self):
        first, second = self.complete(), self.complete(number="Z-2")
        second.partner_id = self.make_supplier()
        with self.assertRaises(UserError):
            self.press(first | second, "action_codabox_ask_structured")
