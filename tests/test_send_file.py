"""What is sent: the electronic invoice with its PDF, of every kind of customer; and what is not."""

import base64

from odoo import Command
from odoo.tests import tagged

from ..codabox.sandbox import pdf
from .sending_case import SendingCase


@tagged("-at_install", "post_install")
class TestSendFile(SendingCase):
    def eu_customer(self):
        return self.make_customer("Hôtel Soleil", country="base.fr", vat="FR23334175221")

    def test_every_kind_of_customer_and_document_arrives_with_its_total_and_pdf(self):
        dollar = self.env.ref("base.USD")
        dollar.sudo().active = True
        private = self.make_customer("Ann Peeters")
        cases = {
            "company": self.invoice(),
            "private person": self.invoice(private),
            "European Union": self.invoice(self.eu_customer(), tax=self.no_tax),
            "outside of it": self.invoice(
                self.make_customer("Acme", country="base.us"), tax=self.no_tax
            ),
            "foreign currency": self.invoice(amount=250.0, currency_id=dollar.id),
            "credit note": self.invoice(move_type="out_refund"),
            "zero rate": self.invoice(tax=self.no_tax),
            "nothing to pay": self.invoice(amount=0.0),
        }
        for name, move in cases.items():
            with self.subTest(name):
                self.send(move)
                self.assert_send(move, "sent")
                (found,) = self.arrived(move)
                self.assertEqual(found.facts.pdf, move.invoice_pdf_report_id.raw)
                self.assertEqual(found.facts.type_code == "381", move.move_type == "out_refund")
                self.assertEqual(found.facts.currency, move.currency_id.name)
                self.assertEqual(found.facts.customer, move.partner_id.name)
        self.assertEqual(self.uploads(), len(cases))

    def test_a_total_that_is_rounded_to_five_cents_leaves(self):
        account = self.env["account.account"].search(
            [("account_type", "=", "expense"), ("company_ids", "in", self.company.ids)], limit=1
        )
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "5 cents",
                "rounding": 0.05,
                "strategy": "add_invoice_line",
                "profit_account_id": account.id,
                "loss_account_id": account.id,
            }
        )
        for amount, total in ((99.98, 121.0), (100.02, 121.0)):
            move = self.invoice(amount=amount, invoice_cash_rounding_id=rounding.id)
            self.assertEqual(move.amount_total, total)
            self.send(move)
            self.assert_send(move, "sent")
            (found,) = self.arrived(move)
            self.assertIn(b">121.00</cbc:PayableAmount>", found.content)

    def test_the_file_that_was_made_for_the_customer_is_the_one_that_is_sent(self):
        move = self.invoice()
        made = move.sudo()._codabox_file()
        # As *Send* and Peppol leave it with the invoice.
        move.sudo().codabox_ubl_file = False
        for_peppol = made.content.replace(b"<cbc:ID>", b"<!-- for Peppol --><cbc:ID>", 1)
        move.ubl_cii_xml_file = base64.b64encode(for_peppol)
        self.send(move)
        self.assert_send(move, "sent")
        self.assertEqual(self.arrived()[0].content, for_peppol)
        self.assertFalse(move.codabox_ubl_id)

    def test_without_a_pdf_odoo_makes_it_and_the_customer_still_got_nothing(self):
        move = self.draft()
        move.action_post()
        with self.as_user(self.invoicer) as env, self.allow_pdf_render():
            here = env["account.move"].with_context(force_report_rendering=True).browse(move.id)
            here.action_codabox_send()
        self.env.invalidate_all()
        self.assert_send(move, "sent")
        self.assertEqual(self.arrived()[0].facts.pdf, move.invoice_pdf_report_id.raw)
        self.assertFalse(move.is_move_sent)

    def test_a_file_of_another_standard_is_not_sent(self):
        self.customer.invoice_edi_format = "facturx"
        move = self.invoice()
        move.ubl_cii_xml_file = b"PHJzbTpDcm9zc0luZHVzdHJ5SW52b2ljZSB4bWxuczpyc209InVybjp4Ii8+"
        self.assertTrue(move.ubl_cii_xml_id)
        self.send(move)
        self.assert_send(move, "sent")
        self.assertEqual(self.arrived()[0].content, move.codabox_ubl_id.raw)

    def test_the_file_is_made_once(self):
        move = self.invoice()
        self.sandbox.fail("rate_limited", method="POST", path="/sales-invoices/$")
        self.send(move)
        first = move.codabox_ubl_id
        self.send(move)
        self.assertEqual(move.codabox_ubl_id, first)
        self.assertEqual(self.arrived()[0].content, first.raw)

    def test_what_the_standard_does_not_allow_is_said_with_the_fix(self):
        nowhere = self.make_customer("Nowhere")
        nowhere.country_id = False
        two_taxes = self.draft()
        two_taxes.invoice_line_ids.tax_ids += self.no_tax
        no_tax = self.draft(tax=self.env["account.tax"])
        no_label = self.draft()
        no_label.invoice_line_ids.name = False
        cases = {
            "send_no_country": self.draft(nowhere),
            "send_taxes": two_taxes,
            "send_no_label": no_label,
        }
        for code, move in {**cases, "again": no_tax}.items():
            with self.subTest(code):
                move.action_post()
                self.give_pdf(move)
                self.send(move)
                expected = "send_taxes" if code == "again" else code
                self.assert_send(move, "to_send", expected)
                self.assertTrue(self.todos(move))
                self.assertTrue(move.action_codabox_fix()["res_id"])
        self.assertFalse(self.uploads())
        nowhere.country_id = self.env.ref("base.be")
        self.send(cases["send_no_country"])
        self.assert_send(cases["send_no_country"], "sent")
        self.assertFalse(self.todos(cases["send_no_country"]))

    def test_what_odoo_itself_finds_wrong_is_said(self):
        # An address needs no name in Odoo; only the electronic invoice does.
        move = self.invoice(self.make_customer(False, type="invoice"))
        self.send(move)
        self.assert_send(move, "to_send", "send_not_valid")
        self.assertIn("Name", move.codabox_send_reason)
        self.assertFalse(self.uploads())

    def test_a_file_that_is_not_the_invoice_does_not_leave(self):
        for what, damage in {
            "send_file_differs": (b"<cbc:ID>", b"<cbc:ID>X"),
            "send_no_pdf": (b"JVBER", b"AAAAA"),
            "send_wrong_seller": (b"0477472701", b"0403170701"),
            "send_not_ubl": (b"<Invoice", b"<Inv"),
        }.items():
            with self.subTest(what):
                move = self.invoice()
                self.sandbox.fail("rate_limited", method="POST", path="/sales-invoices/$")
                self.send(move)
                attachment = move.codabox_ubl_id.sudo()
                old, new = damage
                attachment.raw = attachment.raw.replace(old, new, -1)
                self.send(move)
                self.assert_send(move, "to_send", what)
        self.assertFalse(self.arrived())

    def test_a_file_that_is_too_large_does_not_leave(self):
        move = self.draft()
        move.action_post()
        huge = pdf([move.name]) + b"%" * (12 * 1024 * 1024)
        attachment = self.env["ir.attachment"].sudo()
        attachment.create(
            {
                "name": "huge.pdf",
                "raw": huge,
                "res_model": "account.move",
                "res_id": move.id,
                "res_field": "invoice_pdf_report_file",
            }
        )
        move.invalidate_recordset()
        self.send(move)
        self.assert_send(move, "to_send", "send_too_large")
        self.assertFalse(self.uploads())

    def test_a_section_and_a_note_are_no_lines(self):
        move = self.draft()
        move.invoice_line_ids = [
            Command.create({"display_type": "line_section", "name": "Section"}),
            Command.create({"display_type": "line_note", "name": "Note"}),
        ]
        move.action_post()
        self.give_pdf(move)
        self.send(move)
        self.assert_send(move, "sent")
