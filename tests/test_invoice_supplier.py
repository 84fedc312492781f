"""Who sent a purchase invoice: found by what identifies him, never by his name."""

from odoo.tests import tagged

from .common import OTHER_NUMBER
from .invoice_common import (
    SUPPLIER,
    SUPPLIER_IBAN,
    SUPPLIER_NUMBER,
    InvoiceCase,
    replace,
)

GERMAN = replace(
    SUPPLIER, enterprise="", vat="DE136695976", scheme="", endpoint="", country="DE", city="Aachen"
)
NAMELESS_NUMBER = replace(SUPPLIER, enterprise="", vat="", scheme="", endpoint="")


@tagged("-at_install", "post_install")
class TestInvoiceSupplier(InvoiceCase):
    def supplier_of(self, party=SUPPLIER, **values):
        """Receive an invoice of a party and return the supplier of its bill."""
        document = self.receive_bill(self.bill(supplier=party, **values))
        self.assert_state(document, "imported")
        return document.invoice_id.partner_id

    # --- Found ---------------------------------------------------------------------------------

    def test_found_by_enterprise_number_however_it_is_written(self):
        for field, text in (
            ("company_registry", SUPPLIER_NUMBER),
            ("company_registry", "0000.000.196"),
            ("vat", f"BE{SUPPLIER_NUMBER}"),
        ):
            with self.subTest(field=field, text=text), self.rolled_back():
                known = self.make_supplier(**{"company_registry": False, field: text})
                self.assertEqual(self.supplier_of(), known)

    def test_found_by_a_vat_number_of_another_country(self):
        known = self.make_supplier(
            company_registry=False, vat="DE136695976", country_id=self.env.ref("base.de").id
        )
        self.assertEqual(self.supplier_of(GERMAN), known)

    def test_found_by_its_electronic_address(self):
        known = self.make_supplier(
            company_registry=False, peppol_eas="0088", peppol_endpoint="5412345000013"
        )
        party = replace(NAMELESS_NUMBER, scheme="0088", endpoint="5412345000013")
        self.assertEqual(self.supplier_of(party), known)

    def test_found_by_its_account_when_one_partner_holds_it(self):
        known = self.make_supplier(company_registry=False)
        self.make_account(known, SUPPLIER_IBAN)
        self.assertEqual(self.supplier_of(NAMELESS_NUMBER), known)
        with self.rolled_back():
            self.make_account(self.make_supplier(company_registry=False), SUPPLIER_IBAN)
            document = self.receive_bill(self.bill("F2", supplier=NAMELESS_NUMBER))
            self.assert_state(document, "waiting", "partner_incomplete")

    def test_who_has_another_number_is_not_found_by_account_or_address(self):
        other = self.make_supplier(company_registry=OTHER_NUMBER)
        self.make_account(other, SUPPLIER_IBAN)
        self.assertNotEqual(self.supplier_of(), other)

    def test_a_name_alone_never_tells_who_it_is(self):
        self.make_supplier(company_registry=False, name=SUPPLIER.name, email=SUPPLIER.email)
        document = self.receive_bill(self.bill(supplier=NAMELESS_NUMBER))
        self.assert_state(document, "waiting", "partner_incomplete")
        self.assertIn(SUPPLIER.name, document.reason)
        with self.rolled_back():
            self.assertEqual(self.supplier_of(number="F2").company_registry, SUPPLIER_NUMBER)

    def test_an_archived_supplier_is_found_and_told(self):
        known = self.make_supplier(active=False)
        self.assertEqual(self.supplier_of(), known)
        self.assertIn("partner_archived", self.flags(self.bills(), blocking=False))

    def test_a_supplier_of_another_company_is_not_used(self):
        theirs = self.make_supplier(company_id=self.other_company.id)
        self.assertNotEqual(self.supplier_of(), theirs)

    # --- Made ----------------------------------------------------------------------------------

    def test_one_with_an_enterprise_number_is_made_for_all_companies(self):
        made = self.supplier_of()
        self.assertRecordValues(
            made,
            [
                {
                    "name": SUPPLIER.name,
                    "company_id": False,
                    "company_registry": SUPPLIER_NUMBER,
                    "vat": f"BE{SUPPLIER_NUMBER}",
                    "street": SUPPLIER.street,
                    "zip": SUPPLIER.zip,
                    "city": SUPPLIER.city,
                    "email": SUPPLIER.email,
                    "is_company": True,
                }
            ],
        )
        self.assertEqual(made.country_id.code, "BE")
        self.assertIn("partner_created", self.flags(self.bills(), blocking=False))
        self.assertEqual(self.supplier_of(number="F2"), made)

    def test_one_without_enterprise_number_is_made_for_its_company_only(self):
        made = self.supplier_of(GERMAN)
        self.assertEqual((made.vat, made.company_id), ("DE136695976", self.company))
        self.assertEqual(made.country_id.code, "DE")

    def test_a_vat_number_that_cannot_exist_makes_nobody(self):
        document = self.receive_bill(self.bill(supplier=replace(GERMAN, vat="DE123")))
        self.assert_state(document, "waiting", "partner_incomplete")

    # --- Chosen --------------------------------------------------------------------------------

    def test_a_person_chooses_who_sent_it(self):
        document = self.receive_bill(self.bill(supplier=NAMELESS_NUMBER))
        known = self.make_supplier(company_registry=False)
        self.resolve(document, choice="partner", partner_id=known.id)
        self.assert_state(document, "imported")
        self.assertEqual(document.invoice_id.partner_id, known)

    def test_where_the_company_wants_none_made_a_person_makes_it(self):
        self.company.codabox_create_suppliers = False
        document = self.receive_bill()
        self.assert_state(document, "waiting", "partner_unknown")
        self.assertFalse(self.bills())
        self.resolve(document)
        self.assert_state(document, "imported")
        self.assertEqual(document.invoice_id.partner_id.company_registry, SUPPLIER_NUMBER)

    # --- At the same moment --------------------------------------------------------------------

    def test_while_another_worker_makes_the_supplier_the_invoice_comes_a_moment_later(self):
        index = self.deliver_bill()
        triggers = [("cron_id", "=", self.cron.id)]
        before = self.env["ir.cron.trigger"].sudo().search_count(triggers)
        with self.registry.cursor() as other:
            self.env(cr=other)["codabox.document"]._lock_name(f"partner {SUPPLIER_NUMBER}")
            self.connection.next_fetch = False
            self.run_turn()  # the night itself would not end while the other holds it
        self.assert_state(self.document(index), "received")
        self.assertFalse(self.bills())
        self.assertGreater(self.env["ir.cron.trigger"].sudo().search_count(triggers), before)
        self.run_job()
        self.assert_state(self.document(index), "imported")
