"""Who sent a purchase invoice where numbers are shared, and what in truth is a sale."""

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..codabox.tests.ubl_samples import case
from .invoice_common import CUSTOMER, SUPPLIER, InvoiceCase, date, line, replace
from .test_security import SecurityCase

GROUP_VAT, MEMBER_A, MEMBER_B = "BE0202239951", "0448826918", "0207451227"
MEMBERS = {
    number: replace(
        SUPPLIER, name=f"Lid {number}", enterprise=number, vat=GROUP_VAT, endpoint=number
    )
    for number in (MEMBER_A, MEMBER_B)
}
VAT_ONLY = replace(SUPPLIER, name="Groep", enterprise="", vat=GROUP_VAT, scheme="", endpoint="")


@tagged("-at_install", "post_install")
class TestInvoiceVatGroup(InvoiceCase):
    def supplier_of(self, party, number="F1", **values):
        """Receive an invoice of a party and return the supplier of its bill."""
        document = self.receive_bill(self.bill(number, supplier=party, **values))
        self.assert_state(document, "imported")
        return document.invoice_id.partner_id

    def test_two_members_are_two_suppliers_also_for_duplicates(self):
        documents = [
            self.receive_bill(case(name), files=("xml",))
            for name in ("vat_group_member_a", "vat_group_member_b")
        ]
        suppliers = [document.invoice_id.partner_id for document in documents]
        self.assertEqual([s.company_registry for s in suppliers], [MEMBER_A, MEMBER_B])
        self.assertEqual({s.vat for s in suppliers}, {GROUP_VAT})
        for document in documents:
            self.assert_state(document, "imported")
            self.assertEqual(self.flags(document.invoice_id), set())

    def test_the_same_number_day_and_total_of_another_member_is_another_bill(self):
        one, two = (self.receive_bill(self.bill(supplier=MEMBERS[n])) for n in MEMBERS)
        self.assert_state(two, "imported")
        self.assertNotEqual(one.invoice_id.partner_id, two.invoice_id.partner_id)
        for document in (one, two):
            self.assertEqual(self.flags(document.invoice_id), set())
            self.press(document.invoice_id, "action_post")

    def test_the_group_itself_is_no_member(self):
        group = self.make_supplier(name="Groep", company_registry="0202239951", vat=GROUP_VAT)
        self.assertNotEqual(self.supplier_of(MEMBERS[MEMBER_A]), group)
        self.assertEqual(self.supplier_of(VAT_ONLY, "F2"), group)

    def test_a_partner_known_by_the_shared_number_alone_is_no_member(self):
        known = self.make_supplier(name="Groep", company_registry=False, vat=GROUP_VAT)
        self.assertNotEqual(self.supplier_of(MEMBERS[MEMBER_A]), known)

    def test_the_shared_number_alone_names_no_member(self):
        member = self.supplier_of(MEMBERS[MEMBER_A], ibans=())
        document = self.receive_bill(self.bill("F2", supplier=VAT_ONLY, ibans=()))
        self.assert_state(document, "waiting", "shared_vat")
        self.resolve(document, choice="partner", partner_id=member.id)
        self.assert_state(document, "imported")
        self.assertEqual(document.invoice_id.partner_id, member)

    def test_of_one_enterprise_with_two_records_nothing_changes(self):
        known = self.make_supplier(company_registry=False, vat=SUPPLIER.vat)
        self.assertEqual(self.supplier_of(SUPPLIER), known)


@tagged("-at_install", "post_install")
class TestInvoiceOwnSale(InvoiceCase):
    def receive_own(self, customer=SUPPLIER, **values):
        """Receive an invoice of the company in the feed of purchases."""
        return self.receive_bill(self.bill("SB-1", supplier=CUSTOMER, customer=customer, **values))

    def test_a_self_billing_invoice_is_booked_as_the_sale_that_it_is(self):
        document = self.receive_own(type_code="389")
        self.assert_state(document, "waiting", "own_sale")
        self.assertIn("it is a sale", document.reason)
        self.resolve(document)
        self.assert_state(document, "imported")
        move = document.invoice_id
        self.assertEqual((move.move_type, move.name), ("out_invoice", "SB-1"))
        self.assertEqual(move.journal_id.type, "sale")
        self.assertEqual(move.partner_id.company_registry, SUPPLIER.enterprise)

    def test_an_undone_sale_is_asked_about_again(self):
        document = self.receive_own()
        self.resolve(document)
        self.press(document, "action_undo")
        self.press(document, "action_retry")
        self.assert_state(document, "waiting", "own_sale")

    def test_a_sale_that_is_in_the_books_is_not_booked_again(self):
        index = self.sandbox.add_document(
            self.client,
            "sales_invoice",
            {"xml": self.bill("SB-1", supplier=CUSTOMER, customer=SUPPLIER)},
        )
        self.night()
        sale = self.document(index).invoice_id
        document = self.receive_own(type_code="389")
        self.resolve(document)
        self.assert_state(document, "duplicate", "known_invoice")
        self.assertEqual(document.invoice_id, sale)

    def test_a_bill_that_the_company_sent_itself_can_be_booked_as_a_bill(self):
        document = self.receive_own(customer=CUSTOMER)
        self.assert_state(document, "waiting", "own_sale")
        self.resolve(document, choice="here")
        self.assert_state(document, "imported")
        self.assertEqual(document.invoice_id.move_type, "in_invoice")

    def test_the_company_s_vat_group_is_not_the_company(self):
        self.company.vat = GROUP_VAT
        self.company.company_registry = CUSTOMER.enterprise
        document = self.receive_bill(self.bill(supplier=MEMBERS[MEMBER_A]))
        self.assert_state(document, "imported")


@tagged("-at_install", "post_install")
class TestInvoiceRemembered(InvoiceCase):
    def answers(self):
        return self.env["codabox.sender.answer"].search([])

    def receive_case(self, month=""):
        data = case(f"us_supplier_without_number{month}")
        return self.receive_bill(data, files=("xml",))

    def test_a_supplier_without_number_is_asked_about_once(self):
        partner = self.make_supplier(name="Cloud", company_registry=False)
        first = self.receive_case()
        self.assert_state(first, "waiting", "partner_incomplete")
        self.resolve(first, choice="partner", partner_id=partner.id)
        self.assertEqual(self.answers().create_uid, self.accountant)
        second = self.receive_case("_next_month")
        self.assert_state(second, "imported")
        self.assertEqual(second.invoice_id.partner_id, partner)
        self.assertIn("followed_partner", self.flags(second.invoice_id, blocking=False))
        self.assertIn("Remembered answers", second.invoice_id.codabox_note_text)

    def test_what_is_forgotten_or_undone_is_asked_again(self):
        partner = self.make_supplier(name="Cloud", company_registry=False)
        first = self.receive_case()
        self.resolve(first, choice="partner", partner_id=partner.id)
        with self.rolled_back():
            self.press(self.answers(), "action_forget")
            self.assert_state(self.receive_case("_next_month"), "waiting", "partner_incomplete")
        self.press(first, "action_undo")
        self.assertFalse(self.answers())
        self.press(first, "action_retry")
        self.assert_state(first, "waiting", "partner_incomplete")

    def test_another_name_or_country_is_another_sender(self):
        nobody = replace(SUPPLIER, enterprise="", vat="", scheme="", endpoint="", country="US")
        partner = self.make_supplier(name="Cloud", company_registry=False)
        first = self.receive_bill(self.bill("1", supplier=nobody, ibans=()))
        self.resolve(first, choice="partner", partner_id=partner.id)
        for number, values in enumerate(({"name": "Other"}, {"country": "CA"})):
            other = self.bill(f"A{number}", supplier=replace(nobody, **values), ibans=())
            self.assert_state(self.receive_bill(other), "waiting", "partner_incomplete")
        same = replace(nobody, name=nobody.name.upper() + ".")
        self.assert_state(self.receive_bill(self.bill("2", supplier=same, ibans=())), "imported")

    def test_a_remembered_supplier_still_cannot_bring_another_account_unseen(self):
        nobody = replace(SUPPLIER, enterprise="", vat="", scheme="", endpoint="", country="US")
        partner = self.make_supplier(name="Cloud", company_registry=False)
        self.make_account(partner, "BE68539007547034", allow_out_payment=True)
        first = self.receive_bill(self.bill("1", supplier=nobody, ibans=()))
        self.resolve(first, choice="partner", partner_id=partner.id)
        second = self.receive_bill(self.bill("2", supplier=nobody))
        self.assertIn("new_iban", self.flags(second.invoice_id))

    def test_an_addressee_that_was_accepted_is_accepted_of_this_sender_only(self):
        group = replace(CUSTOMER, enterprise="", vat=GROUP_VAT, scheme="", endpoint="")
        first = self.receive_bill(self.bill("1", customer=group))
        self.assert_state(first, "waiting", "foreign_enterprise")
        self.resolve(first, choice="here")
        second = self.receive_bill(self.bill("2", customer=group))
        self.assert_state(second, "imported")
        self.assertIn("followed_addressee", self.flags(second.invoice_id, blocking=False))
        member = self.bill("3", customer=group, supplier=MEMBERS[MEMBER_A])
        self.assert_state(self.receive_bill(member), "waiting", "foreign_enterprise")
        other = replace(group, vat="BE0403170701")
        self.assert_state(
            self.receive_bill(self.bill("4", customer=other)), "waiting", "foreign_enterprise"
        )

    def test_an_invoice_without_any_customer_number_is_asked_about_each_time(self):
        nobody = replace(CUSTOMER, enterprise="", vat="", scheme="", endpoint="")
        first = self.receive_bill(self.bill("1", customer=nobody))
        self.resolve(first, choice="here")
        self.assertFalse(self.answers())
        second = self.receive_bill(self.bill("2", customer=nobody))
        self.assert_state(second, "waiting", "no_addressee")

    def test_a_yearly_bill_of_one_number_and_day_is_asked_about_once(self):
        bills = [self.bill("1", issue_date=date(year, 3, 1)) for year in (2024, 2025, 2026)]
        self.receive_bill(bills[0])
        second = self.receive_bill(bills[1])
        self.assert_state(second, "waiting", "invoice_conflict")
        self.resolve(second, choice="both")
        third = self.receive_bill(bills[2])
        self.assert_state(third, "imported")
        self.assertEqual(self.flags(third.invoice_id), set())
        again = self.receive_bill(self.bill("1", line("7"), issue_date=date(2026, 3, 1)))
        self.assert_state(again, "waiting", "invoice_conflict")


@tagged("-at_install", "post_install")
class TestInvoiceRememberedAccess(SecurityCase, HttpCase):
    def test_only_accountants_of_the_company_see_and_forget_what_is_remembered(self):
        answer = (
            self.env["codabox.sender.answer"]
            .sudo()
            .create({"company_id": self.company.id, "answer": "partner", "sender": "X", "key": "X"})
        )
        for user, expected in ((self.accountant, 1), (self.other_accountant, 0)):
            self.authenticate(user.login, user.login)
            found = self.call("search_count", [[("id", "=", answer.id)]])
            self.assertEqual(found["result"], expected)
        self.assertIn("error", self.call("action_forget", [answer.ids]))
        self.assertIn("error", self.call("read", [answer.ids, ["sender"]]))
        self.authenticate(self.accountant.login, self.accountant.login)
        for method, arguments in (("unlink", []), ("write", [{"sender": "Y"}])):
            self.assertIn("error", self.call(method, [answer.ids, *arguments]))
        self.assertNotIn("error", self.call("action_forget", [answer.ids]))
        self.assertFalse(answer.exists())

    def call(self, method, arguments):
        """Return the answer to a call as the browser sends it."""
        values = {
            "model": "codabox.sender.answer",
            "method": method,
            "args": arguments,
            "kwargs": {},
        }
        with mute_logger(
            "odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"
        ):
            return self.url_open(
                "/web/dataset/call_kw",
                json={"id": 0, "jsonrpc": "2.0", "method": "call", "params": values},
            ).json()
