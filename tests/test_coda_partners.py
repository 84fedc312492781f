"""Which partner a bank line gets: on what identifies, never on a name."""

from odoo.tests import tagged

from ..codabox.coda.builders import structured_information
from .common import NUMBER, OTHER_IBAN, credit, debit, party
from .test_coda_lines import CodaLinesCase

PARTNER_NUMBER = "0202239951"
OGM = "+++009/0933/75538+++"
DEBIT = {"type": "127", "creditor_id": "DE98ZZZ09999999999", "mandate": "M-1"}


@tagged("-at_install", "post_install")
class TestCodaPartners(CodaLinesCase):
    def make_partner(self, name, **values):
        return self.env["res.partner"].create({"name": name, **values})

    def invoice(self, partner, reference=OGM, post=True, **values):
        invoice = self.make_invoice(partner, **values)
        invoice.payment_reference = reference
        if post:
            invoice.action_post()
        return invoice

    def test_a_name_alone_is_nobody(self):
        self.make_partner("ACME NV")
        line = self.book(credit("9", counterparty=party("ACME NV", OTHER_IBAN)))
        self.assertFalse(line.partner_id)

    def test_the_reference_of_an_open_invoice_tells_its_customer(self):
        customer = self.make_partner("Customer")
        for reference in (OGM, "009093375538", "***009/0933/75538***"):
            with self.subTest(reference), self.rolled_back():
                self.invoice(customer, reference)
                line = self.book(credit("121", ogm="009093375538"))
                self.assertEqual(line.partner_id, customer)

    def test_an_rf_reference_is_found_in_groups_of_four(self):
        customer = self.make_partner("Customer")
        self.invoice(customer, "RF18 5390 0754 7034")
        line = self.book(credit("121", communication="PAYMENT RF18539007547034"))
        self.assertEqual(line.partner_id, customer)

    def test_the_reference_tells_nothing_of_a_draft_of_a_payment_made_or_of_two_customers(self):
        for case in ("draft", "paid by us", "two customers", "other company"):
            with self.subTest(case), self.rolled_back():
                customer = self.make_partner("Customer")
                if case == "other company":
                    self.invoice(customer, company=self.other_company)
                else:
                    self.invoice(customer, post=case != "draft")
                if case == "two customers":
                    self.invoice(self.make_partner("Twin"))
                movement = debit if case == "paid by us" else credit
                self.assertFalse(self.book(movement("121", ogm="009093375538")).partner_id)

    def test_the_account_comes_before_the_reference(self):
        payer = self.make_partner("Payer", bank_ids=[(0, 0, {"acc_number": OTHER_IBAN})])
        self.invoice(self.make_partner("Customer"))
        line = self.book(credit("121", ogm="009093375538", counterparty=party("P", OTHER_IBAN)))
        self.assertEqual(line.partner_id, payer)

    def test_a_mandate_is_remembered_from_the_line_where_an_accountant_named_its_partner(self):
        first = self.book(debit("9", code="00501000", structured=DEBIT), number=14)
        self.assertFalse(first.partner_id)
        supplier = self.make_partner("Telecom")
        self.press(first, "write", {"partner_id": supplier.id})
        same, other = self.book(
            debit("9", code="00501000", structured=DEBIT),
            debit("9", code="00501000", structured={**DEBIT, "mandate": "M-2"}),
            opening="-9",
        )
        self.assertEqual(same.partner_id, supplier)
        self.assertFalse(other.partner_id)

    def test_an_enterprise_number_in_the_identification_tells_the_partner(self):
        for values in ({"vat": f"BE{PARTNER_NUMBER}"}, {"company_registry": PARTNER_NUMBER}):
            with self.subTest(values), self.rolled_back():
                partner = self.make_partner("Garage", is_company=True, **values)
                information = structured_information("001", name="G", id="KBO 0202.239.951")
                line = self.book(credit("9", information=[information]))
                self.assertEqual(line.partner_id, partner)

    def test_our_own_enterprise_number_is_not_the_counterparty(self):
        self.assertEqual(self.company.partner_id.company_registry, NUMBER)
        information = structured_information("001", name="JO", id=NUMBER)
        self.assertFalse(self.book(credit("9", information=[information])).partner_id)

    def test_a_partner_of_another_company_is_not_ours(self):
        self.make_partner(
            "Elsewhere",
            company_id=self.other_company.id,
            vat=f"BE{PARTNER_NUMBER}",
            bank_ids=[(0, 0, {"acc_number": OTHER_IBAN})],
        )
        information = structured_information("001", name="G", id=PARTNER_NUMBER)
        line = self.book(
            credit("9", counterparty=party("G", OTHER_IBAN), information=[information])
        )
        self.assertFalse(line.partner_id)

    def test_many_lines_take_no_more_queries_to_find_partners_than_few(self):
        statement = self.env["codabox.statement"].new({"company_id": self.company.id})
        counts = []
        for size in (2, 200):
            movements = [
                credit("1", communication=f"{n:010}{n % 97 or 97:02}", structured=None)
                for n in range(1, size)
            ]
            lines = [
                {"account_number": f"BE{n:014}", "codabox_mandate": f"C/{n}"}
                for n in range(1, size)
            ]
            before = self.cr.sql_log_count
            statement._find_partners(lines, movements)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
