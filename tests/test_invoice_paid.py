"""What is paid already, or taken by the supplier, is a state of the bill and no note."""

from odoo.tests import tagged

from ..codabox.tests.ubl_samples import case
from .invoice_common import InvoiceCase


@tagged("-at_install", "post_install")
class TestInvoicePaid(InvoiceCase):
    def receive_posted(self, data):
        move = self.receive_bill(data, files=("xml",)).invoice_id
        self.press(move, "action_post")
        return move

    def found_by(self, name):
        """Return the bills that a filter of the list shows."""
        view = self.env.ref("account_codabox.account_move_view_search_codabox_paid")
        domain = view._get_combined_arch().xpath(f"//filter[@name='{name}']")[0].get("domain")
        return self.env["account.move"].search(
            [*eval(domain), ("company_id", "=", self.company.id)]
        )

    def pay(self, moves):
        """Return the dialog *Pay* of bills."""
        register = self.env["account.payment.register"].with_user(self.accountant)
        return register.with_context(active_model="account.move", active_ids=moves.ids).create({})

    def test_a_bill_that_is_paid_already_says_so_once_posted_and_in_the_dialog(self):
        move = self.receive_posted(case("fully_prepaid"))
        self.assertEqual((move.codabox_paid_by, move.codabox_prepaid), ("prepaid", 121.0))
        self.assertIn("Paid already", self.pay(move).codabox_pay_warning)
        self.assertEqual(self.found_by("codabox_paid_by"), move)
        self.assertFalse(self.found_by("codabox_to_pay"))

    def test_direct_debit_card_and_cash(self):
        move = self.receive_posted(case("direct_debit_59"))
        self.assertEqual(move.codabox_paid_by, "direct_debit")
        for paid_by in ("card", "cash"):
            move = self.receive_posted(self.bill(f"F-{paid_by}", paid_by=paid_by))
            self.assertEqual(move.codabox_paid_by, paid_by)
            self.assertIn(move.display_name, self.pay(move).codabox_pay_warning)

    def test_a_direct_debit_is_found_by_its_mandate_and_creditor(self):
        data = self.bill(paid_by="direct_debit", mandate="MND-7")
        party = b"<cac:AccountingSupplierParty>\n    <cac:Party>"
        number = b'<cac:PartyIdentification><cbc:ID schemeID="SEPA">BE12ZZZ0403</cbc:ID>'
        data = data.replace(party, party + number + b"</cac:PartyIdentification>")
        move = self.receive_posted(data)
        for name, value in (
            ("codabox_debit_mandate", "MND-7"),
            ("codabox_debit_creditor", "BE12ZZZ0403"),
        ):
            found = self.env["account.move"].search([(name, "=", value)])
            self.assertEqual(found, move)

    def test_a_bill_that_is_paid_in_part_is_paid_for_the_rest(self):
        move = self.receive_posted(self.bill(prepaid="21"))
        self.assertEqual((move.codabox_paid_by, move.codabox_prepaid), (False, 21.0))
        self.assertIn("21.00", self.pay(move).codabox_pay_warning)
        self.assertEqual(self.found_by("codabox_to_pay"), move)

    def test_of_many_bills_the_dialog_names_those_that_are_not_to_be_paid(self):
        paid = self.receive_posted(self.bill("F1", paid_by="card"))
        other = self.receive_posted(self.bill("F2"))
        warning = self.pay(paid + other).codabox_pay_warning
        self.assertIn(paid.display_name, warning)
        self.assertNotIn(other.display_name, warning)
        self.assertFalse(self.pay(other).codabox_pay_warning)

    def test_a_person_changes_it_and_a_copy_does_not_have_it(self):
        move = self.receive_bill(self.bill(paid_by="card")).invoice_id
        self.assertFalse(move.copy().codabox_paid_by)
        self.press(move, "write", {"codabox_paid_by": False})
        self.assertFalse(move.codabox_paid_by)

    def test_it_is_paid_when_its_money_is_matched(self):
        move = self.receive_posted(self.bill(paid_by="direct_debit"))
        self.pay(move).action_create_payments()
        self.assertIn(move.payment_state, ("paid", "in_payment"))

    def test_the_deposit_that_it_names_is_linked(self):
        deposit = self.receive_posted(self.bill("D-1", type_code="386"))
        move = self.receive_posted(self.bill("F-1", references=("d 01",), prepaid="121"))
        self.assertEqual(move.codabox_deposit_ids, deposit)
        self.assertEqual(move.codabox_paid_by, "prepaid")
