from odoo import Command
from odoo.tests import tagged

from ..codabox.sandbox import POD_ID
from .common import IBAN, NUMBER
from .mandate_case import ING, KBC, MandateCase

FOREIGN = "NL91ABNA0417164300"


@tagged("-at_install", "post_install")
class TestMandateOrderChecks(MandateCase):
    """Everything that is checked before an order is sent; nothing is sent when it is wrong."""

    def check(self, order, *, level="error"):
        """Press *Check*; return code -> sentence of the lines of one level."""
        self.press(order, "action_check")
        self.assertEqual(order.step, "check")
        lines = order.check_ids.filtered(lambda line: line.level == level)
        for line in lines:
            self.assertTrue(line.reason)
            self.assertNotIn("“", line.reason, "a code without a sentence")
        return {line.reason_code: line.reason for line in lines}

    def assert_refused(self, order, *codes):
        """These checks fail, and pressing *Order* all the same sends nothing."""
        self.assertEqual(list(self.check(order)), list(codes))
        self.assertEqual(order.state, "blocked")
        self.press(order, "action_order")
        self.assertEqual(order.step, "check")
        self.assertEqual(self.posts(), [])
        self.assertFalse(self.mandates())

    def test_a_good_order_has_only_good_lines(self):
        order = self.open_order(self.partner)
        self.assertEqual(self.check(order), {})
        good = self.check(order, level="ok")
        self.assertIn("Ann Peeters, bestuurder, signs.", good.values())
        self.assertIn("Client code K100.", good.values())
        # What nobody can check for the accountant is said.
        self.assertEqual(list(self.check(order, level="warning")), ["check_account_product"])
        self.assertEqual(order.state, "ready")

    def test_what_is_missing_or_wrong_of_the_client_is_named(self):
        cases = [
            ({"company_registry": False}, {}, "check_enterprise_missing"),
            ({"company_registry": "0417497107"}, {}, "check_enterprise_invalid"),
            ({"vat": "BE0403170701", "company_registry": "0417497106"}, {}, "check_numbers_differ"),
            ({"street": False, "zip": False}, {}, "check_address_missing"),
            ({}, {"language": False}, "check_language_missing"),
            ({}, {"representative_name": " "}, "check_person_missing"),
            ({}, {"representative_function": False}, "check_person_missing"),
            ({}, {"email": False}, "check_email_missing"),
            ({}, {"email": "ann at home"}, "check_email_invalid"),
            ({}, {"client_code": False}, "check_code_missing"),
            ({}, {"client_code": "JO"}, "check_code_taken"),
        ]
        for partner_values, order_values, code in cases:
            with self.subTest(code, **partner_values, **order_values), self.rolled_back():
                order = self.open_order(self.partner)
                self.partner.with_context(no_vat_validation=True).write(partner_values)
                order.write(order_values)
                self.assert_refused(order, code)

    def test_the_address_of_the_office_is_refused_in_every_spelling(self):
        order = self.open_order(self.partner)
        self.company.email = "info@office.test"
        self.accountant.email = "Accountant@Office.test"
        fiduciary = next(iter(self.sandbox.fiduciaries.values()))["contact_email"]
        for email in ("INFO@office.test", "accountant@office.test", fiduciary):
            order.email = email
            with self.subTest(email):
                self.assert_refused(order, "check_email_office")

    def test_accounts_that_codabox_does_not_take_are_refused(self):
        wrong = KBC[:-1] + "6"
        cases = {
            FOREIGN: "check_account_foreign",
            wrong: "check_account_invalid",
        }
        for iban, code in cases.items():
            with self.subTest(code):
                order = self.open_order(self.partner)
                order.account_ids = [Command.create({"iban": iban})]
                self.assert_refused(order, code)
                self.assertIn(iban, self.check(order)[code])

    def test_an_account_line_that_was_left_empty_asks_nothing(self):
        order = self.open_order(self.partner)
        order.account_ids = [Command.create({"iban": empty}) for empty in ("", " ", False)]
        self.check(order)
        self.assertEqual(order.state, "ready")
        self.assertNotIn("", order.account_ids.mapped(lambda a: (a.iban or "").strip()))

    def test_a_bank_that_is_not_on_the_list_of_codabox_is_refused(self):
        order = self.open_order(self.partner)
        banks = dict(self.connection.mandate_banks)
        del banks["KREDBEBB"]
        self.connection.sudo().mandate_banks = banks
        self.assert_refused(order, "check_account_no_coda")

    def test_private_savings_and_third_party_accounts_are_warned_of(self):
        bank = self.partner.bank_ids[0]
        order = self.open_order(self.partner)
        bank.acc_holder_name = "Derdenrekening Meester Jansen"
        self.assertIn("check_account_third", self.check(order, level="warning"))
        bank.acc_holder_name = "Kapsalon Ann spaarrekening"
        warnings = self.check(order, level="warning")
        self.assertIn("check_account_savings", warnings)
        self.assertNotIn("check_account_third", warnings)
        self.partner.is_company = False
        self.assertIn("check_account_private", self.check(order, level="warning"))
        self.assertEqual(order.state, "ready")

    def test_several_signatures_are_said(self):
        order = self.open_order(self.partner)
        order.signature_count = 2
        warnings = self.check(order, level="warning")
        self.assertIn("2 people", warnings["check_signatures"])

    def test_an_account_of_another_client_is_refused_with_his_name(self):
        self.sandbox.add_client("X", "Garage Piet", enterprise_num="BE0403170701", accounts=[KBC])
        order = self.open_order(self.partner)
        self.assert_refused(order, "check_account_other_client")
        self.assertIn("Garage Piet", self.check(order)["check_account_other_client"])

    def test_an_account_that_is_ordered_is_not_ordered_again(self):
        self.map_client()
        self.assertIn(IBAN, self.company.partner_id.bank_ids.mapped("sanitized_acc_number"))
        order = self.open_order(self.company.partner_id)
        account = order.account_ids.filtered(lambda a: a.mandate_id)
        self.assertTrue(account)
        self.assertFalse(any(account.mapped("selected")))
        self.assertEqual(account[0].note, "Active")
        order.account_ids.selected = True
        self.assertIn("Active", self.check(order, level="warning")["check_account_ordered"])

    def test_no_payroll_without_statements(self):
        order = self.open_order(self.partner)
        order.account_ids.selected = False
        self.assert_refused(order, "check_nothing")
        order.secretariat_ids = self.env["codabox.secretariat"].search(
            [("code", "in", ("group_s", "securex"))]
        )
        self.assert_refused(order, "check_soda_needs_coda")
        order.account_ids.selected = True
        self.assertEqual(self.check(order), {})
        self.assertIn("Securex", self.check(order, level="warning")["check_soda_contract"])

    def test_an_office_that_may_not_order_payroll(self):
        self.sandbox.configure_office(allows_social_mandates=False)
        order = self.open_order(self.partner)
        order.secretariat_ids = self.env["codabox.secretariat"].search([("code", "=", "ucm")])
        self.assert_refused(order, "order_soda_forbidden")

    def test_purchase_invoices_and_the_receiver_on_peppol(self):
        order = self.open_order(self.partner)
        order.purchase_invoices = True
        self.assertIn("ann@example.test", self.check(order, level="ok")["check_purchase_ok"])
        companies = self.env["res.company"]
        if "account_peppol_proxy_state" not in companies._fields:
            return
        own = self.open_order(self.other_company.partner_id)
        own.purchase_invoices = True
        self.other_company.account_peppol_proxy_state = "receiver"
        self.assertIn("check_purchase_odoo", self.check(own))

    def test_with_several_offices_it_is_asked_which(self):
        pod = self.sandbox.pods[POD_ID]
        second = self.sandbox.add_fiduciary("Second office", "BE0403170701")
        pod.fiduciary_ids = [*pod.fiduciary_ids, second]
        order = self.open_order(self.partner)
        self.assertEqual(order.office_count, 2)
        self.assertFalse(order.office_id)
        self.assert_refused(order, "check_office_missing")
        order.office_id = order.connection_id.office_ids.filtered(
            lambda o: o.name == "Second office"
        )
        self.press(order, "action_order")
        self.assertEqual(order.state, "done", order.result)
        [client] = [
            feed.client
            for feed in self.sandbox.feeds.values()
            if feed.client["legal_entity"]["enterprise_num"] == "BE0417497106"
        ]
        self.assertEqual(client["fiduciary_id"], order.office_id.ref)

    def test_the_client_code_is_the_reference_and_unique(self):
        self.map_client()
        other = self.make_client("Jo twee", "0403170701", ref="JO")
        self.assertEqual(self.open_order(other).client_code, "JO-2")
        nameless = self.make_client("No reference", "0403170701")
        self.assertEqual(self.open_order(nameless).client_code, "0403170701")
        self.assertEqual(self.open_order(self.company.partner_id).client_code, "JO")

    def test_a_client_that_codabox_knows_is_not_created(self):
        self.add_account(self.company.partner_id, ING)
        order = self.open_order(self.company.partner_id)
        order.account_ids.filtered(lambda a: a.bank_name != "ING").selected = False
        self.assertEqual(self.check(order), {})
        self.assertIn("JO", self.check(order, level="ok")["check_known_client"])
        self.press(order, "action_order")
        self.assertEqual(order.state, "done", order.result)
        self.assertEqual(self.posts(), ["coda-mandates"])
        self.assertEqual(order.partner_id._codabox_enterprise_number(), NUMBER)

    def test_the_function_follows_the_language(self):
        partner = self.make_client("Sans contact", "0403170701", lang=False)
        order = self.press(partner, "action_codabox_order_mandate")
        order = self.env["codabox.mandate.order"].sudo().browse(order["res_id"])
        for language, function in (("fr", "administrateur"), ("nl", "bestuurder")):
            order.language = language
            order._onchange_language()
            self.assertEqual(order.representative_function, function)
        order.representative_function = "notaris"
        order.language = "fr"
        order._onchange_language()
        self.assertEqual(order.representative_function, "notaris")
