"""Who got a sales invoice: found by what identifies him, never by name alone."""

from odoo.tests import tagged

from .sales_case import BERLIN, BUYER, PERSON, SalesCase, replace


@tagged("-at_install", "post_install")
class TestSalesCustomers(SalesCase):
    def customer(self, number="1", **values):
        document = self.receive_sale(self.sale(number, **values))
        self.assert_state(document, "imported")
        return document.invoice_id.partner_id

    def test_by_enterprise_number_vat_or_electronic_address(self):
        known = self.make_customer()
        german = self.env["res.partner"].create({"name": "Stahl", "vat": BERLIN.vat})
        peppol = self.env["res.partner"].create(
            {"name": "Adres", "peppol_eas": "0088", "peppol_endpoint": "5412345000013"}
        )
        address = replace(BUYER, enterprise="", vat="", scheme="0088", endpoint="5412345000013")
        self.assertEqual(self.customer("1"), known)
        self.assertEqual(self.customer("2", customer=BERLIN), german)
        self.assertEqual(self.customer("3", customer=address), peppol)

    def test_a_new_one_is_made_also_where_suppliers_are_not(self):
        self.company.codabox_create_suppliers = False
        customer = self.customer()
        self.assertRecordValues(
            customer,
            [{"name": BUYER.name, "company_registry": BUYER.enterprise, "company_id": False}],
        )

    def test_people_are_made_in_the_company_and_found_by_name_with_mail_or_address(self):
        for party in (PERSON, replace(PERSON, street="", zip="", email="Els@Peeters.example")):
            with self.subTest(party=party), self.rolled_back():
                els = self.customer("1", customer=party)
                self.assertEqual((els.company_id, els.is_company), (self.company, False))
                self.assertEqual(
                    self.customer("2", customer=replace(party, name="ELS PEETERS")), els
                )
                other = replace(
                    party, street=party.street and "Veldweg 9", email=party.email and "a@b.example"
                )
                self.assertNotEqual(self.customer("3", customer=other), els)
                jan = self.customer("4", customer=replace(party, name="Jan Peeters"))
                self.assertNotEqual(jan, els)

    def test_people_of_another_company_and_companies_are_never_taken(self):
        values = {"name": PERSON.name, "street": PERSON.street, "zip": PERSON.zip}
        others = self.env["res.partner"].create(
            [
                {**values, "company_id": self.other_company.id},
                {**values, "company_id": self.company.id, "company_registry": "0403227515"},
            ]
        )
        self.assertNotIn(self.customer(customer=PERSON), others)

    def test_a_name_alone_waits_unless_the_company_has_a_customer_for_these(self):
        anybody = replace(PERSON, name="Diverse klanten", street="", zip="", city="")
        self.env["res.partner"].create({"name": anybody.name, "company_id": self.company.id})
        document = self.receive_sale(self.sale(customer=anybody))
        self.assert_state(document, "waiting", "partner_incomplete")
        cash = self.env["res.partner"].create({"name": "Kas", "company_id": self.company.id})
        self.company.codabox_cash_customer_id = cash
        self.press(document, "action_retry")
        self.assert_state(document, "imported")
        self.assertEqual(document.invoice_id.partner_id, cash)

    def test_the_accounts_of_the_company_are_not_taken_for_those_of_the_customer(self):
        for credit in (False, True):
            document = self.receive_sale(self.sale(str(credit), credit=credit))
            self.assertFalse(document.invoice_id.partner_id.bank_ids)
