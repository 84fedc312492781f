"""A sales invoice that Odoo made, or had already, is never booked twice."""

from odoo.tests import tagged

from .sales_case import SalesCase, date


@tagged("-at_install", "post_install")
class TestSalesKnown(SalesCase):
    def own(self, name="2026/0014", amount=121.0, **values):
        values = {"invoice_date": date(2026, 1, 15), "name": name, **values}
        customer = values.pop("partner", None) or self.make_customer()
        return self.make_invoice(customer, amount, **values)

    def test_an_invoice_of_odoo_is_found_however_its_number_is_written(self):
        for name, post in (("2026-014", False), ("2026/00014", True)):
            with self.subTest(name=name, post=post), self.rolled_back():
                own = self.own(name)
                if post:
                    own.action_post()
                document = self.receive_sale()
                self.assert_state(document, "duplicate", "known_invoice")
                self.assertEqual(document.invoice_id, own)
                self.assertEqual(self.sales(), own)
                self.assertEqual(own.name, name)

    def test_whoever_the_customer_is_in_odoo(self):
        own = self.own(partner=self.env["res.partner"].create({"name": "Els"}))
        document = self.receive_sale()
        self.assert_state(document, "duplicate", "known_invoice")
        self.assertEqual(document.invoice_id, own)

    def test_with_another_date_or_total_it_waits_beside_the_one_of_odoo(self):
        for values in ({"invoice_date": date(2026, 1, 16)}, {"amount": 130.0}):
            with self.subTest(values=values), self.rolled_back():
                own = self.own(**values)
                document = self.receive_sale()
                self.assert_state(document, "waiting", "invoice_conflict")
                with self.rolled_back():
                    self.resolve(document, choice="link", invoice_id=own.id)
                    self.assert_state(document, "duplicate", "invoice_linked")
                self.resolve(document, choice="both")
                self.assert_state(document, "imported")
                self.assertEqual(self.sales(), own + document.invoice_id)

    def test_a_draft_of_odoo_without_number_of_the_same_day_and_total_waits(self):
        own = self.own(False)
        document = self.receive_sale()
        self.assert_state(document, "waiting", "invoice_conflict")
        self.assertEqual(self.sales(), own)

    def test_a_file_that_was_uploaded_by_hand_is_found(self):
        attachment = self.env["ir.attachment"].create({"name": "sale.xml", "raw": self.sale()})
        journal = self.company._codabox_sale_journal()
        uploaded = journal._create_document_from_attachment(attachment.ids)
        self.assertEqual(uploaded.move_type, "out_invoice")
        document = self.receive_sale()
        self.assert_state(document, "duplicate", "known_invoice")
        self.assertEqual(document.invoice_id, uploaded)

    def test_the_same_invoice_twice_in_one_night_is_one_invoice(self):
        indexes = [self.deliver_sale(self.sale(flavour=flavour)) for flavour in ("bis3", "ublbe3")]
        self.night()
        first, second = map(self.document, indexes)
        self.assert_state(first, "imported")
        self.assert_state(second, "duplicate", "known_invoice")
        self.assertEqual(second.invoice_id, first.invoice_id)

    def test_a_bill_of_the_same_number_is_another_thing(self):
        self.type_bill(self.make_customer(), ref="2026-014")
        self.assert_state(self.receive_sale(), "imported")
