"""Rules: bank lines that come back are booked as they were booked before."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..codabox.coda.builders import statement
from .common import IBAN, NUMBER, OTHER_IBAN, credit, debit, party
from .test_coda_book import BookCase

LANDLORD = party("LANDLORD", OTHER_IBAN)
VAT_ACCOUNT = "BE22679200300047"


class RulesCase(BookCase):
    def recent(self, *movements, days=10, opening="0"):
        """Book movements of some days ago: rules are tried on the last 90 days."""
        day = fields.Date.today() - timedelta(days=days)
        number = 300 - days
        document = self.receive(
            statement(
                account=IBAN, enterprise_number=NUMBER, opening=opening, movements=movements,
                number=number, day=day, opening_day=day - timedelta(days=1),
            )
        )  # fmt: skip
        self.assert_state(document, "imported")
        return document.statement_ids.bank_statement_id.line_ids.sorted("internal_index")

    def rule(self, user=None, **values):
        """Make a rule as an accountant writes it."""
        values = {
            "name": "Charges",
            "account_code": "657200",
            "company_id": self.company.id,
            **values,
        }
        rule = self.press(self.env["codabox.rule"], "create", values, user=user)
        return self.env["codabox.rule"].browse(rule.id)

    def switch_on(self, rule, user=None):
        self.do(rule, "action_try", user=user)
        self.do(rule, "action_switch_on", user=user)

    def proposals(self):
        """Look for what is always done the same, and return what is proposed."""
        self.do(self.env["codabox.rule"], "action_look")
        return self.env["codabox.rule"].search([("company_id", "=", self.company.id)])


@tagged("-at_install", "post_install")
class TestRules(RulesCase):
    def test_what_was_booked_the_same_three_times_is_proposed_once(self):
        lines = self.recent(
            *(debit("900", counterparty=LANDLORD) for _ in range(3)), debit("5", code="08013000")
        )
        self.assertNotIn("LANDLORD", self.proposals().mapped("name"))
        self.say(lines[:3], account_id=self.account("610000").id)
        for _look in range(2):
            rule = self.proposals().filtered(lambda rule: rule.account_number == OTHER_IBAN)
            self.assertEqual((rule.name, rule.account_code), ("LANDLORD", "610000"))
            self.assertEqual((rule.state, rule.learned_count, rule.sign), ("proposal", 3, "out"))
            self.assertEqual((rule.tried_count, rule.tried_same, rule.tried_other), (3, 3, 0))
        self.do(rule, "action_switch_off")
        self.assertEqual(len(self.proposals().filtered("account_number")), 1)

    def test_what_was_booked_on_two_accounts_is_no_habit(self):
        lines = self.recent(*(debit("900", counterparty=LANDLORD) for _ in range(4)))
        self.say(lines[:3], account_id=self.account("610000").id)
        self.say(lines[3], account_id=self.account("657200").id)
        self.assertFalse(self.proposals().filtered("account_number"))

    def test_starters_are_proposed_where_such_lines_are_open_and_book_nothing(self):
        line = self.recent(debit("5", code="08013000"))
        rules = self.proposals()
        self.assertEqual(rules.mapped(lambda r: (r.name, r.code)), [("Bank charges", "80,3537")])
        self.assertEqual(rules.tried_open, 1)
        self.assert_open(line)

    def test_a_rule_is_tried_before_it_is_on_and_a_change_switches_it_off(self):
        rule = self.rule(code="80")
        with self.assertRaisesRegex(UserError, "90 days"):
            self.do(rule, "action_switch_on")
        self.switch_on(rule)
        self.assertEqual(rule.state, "on")
        self.press(rule, "write", {"name": "Costs"})
        self.assertEqual(rule.state, "on")
        self.press(rule, "write", {"code": "80,35"})
        self.env.invalidate_all()
        self.assertEqual((rule.state, rule.tried_on), ("proposal", False))

    def test_a_rule_that_is_on_books_when_statements_come_and_is_undone_as_one(self):
        rule = self.rule(code="80", label="Kosten")
        self.switch_on(rule)
        charge, other = self.recent(debit("5", code="08013000"), debit("7"))
        self.assertEqual(self.counterparts(charge), [("657200", 5.0)])
        self.assert_open(other)
        self.assertIn(rule.name, charge.codabox_batch_id.name)
        self.assert_books_agree(charge.statement_id)
        self.do(charge.codabox_batch_id, "action_undo")
        self.assert_open(charge)

    def test_open_lines_are_booked_by_a_button(self):
        charge, credited = self.recent(debit("5", code="08013000"), credit("5", code="08013000"))
        rule = self.rule(code="80", sign="out", amount_min=5, amount_max=5)
        self.do(rule, "action_apply")
        self.assert_open(charge)
        self.switch_on(rule)
        told = self.do(rule, "action_apply")
        self.assertEqual(told["params"]["message"], "Bank lines booked: 1.")
        self.assertTrue(charge.is_reconciled)
        self.assert_open(credited)

    def test_what_may_pay_an_invoice_and_wages_are_left(self):
        self.customer.bank_ids = [Command.create({"acc_number": OTHER_IBAN})]
        self.invoice(kind="in_invoice", payment_reference=False, ref="F1")
        rule = self.rule(account_number=OTHER_IBAN)
        self.switch_on(rule)
        probable, plain, wages = self.recent(
            debit("121", counterparty=LANDLORD),
            debit("122", counterparty=LANDLORD),
            debit("500", counterparty=LANDLORD, code="10105000"),
        )
        self.assert_open(probable)
        self.assertTrue(plain.is_reconciled)
        self.assert_open(wages)

    def test_the_first_rule_that_fits_books(self):
        second = self.rule(code="80", sequence=20)
        first = self.rule(text="kluis, coffre", account_code="610000", sequence=5)
        self.switch_on(second + first)
        safe, plain = self.recent(
            debit("5", code="08013000", communication="Huur KLUIS 7"),
            debit("6", code="08013000", communication="kluisdeur"),
        )
        self.assertEqual(self.counterparts(safe), [("610000", 5.0)])
        self.assertEqual(self.counterparts(plain), [("657200", 6.0)])

    def test_taxes_to_the_state_are_told_apart_by_their_text(self):
        with self.assertRaises(ValidationError):
            self.rule(account_number=VAT_ACCOUNT)
        with self.assertRaises(ValidationError):
            self.rule(is_state=True, code="01")
        state = party("FOD FINANCIEN", VAT_ACCOUNT)
        lines = self.recent(
            *(debit("9", counterparty=state) for _ in range(3)),
            debit("10", counterparty=state, communication="BTW 3de kwartaal"),
            debit("11", counterparty=state, communication="Personenbelasting 2025"),
            debit("12", communication="incl. BTW"),
        )
        self.say(lines[:3], account_id=self.account("657200").id)
        rules = self.proposals()
        self.assertEqual(
            sorted(rules.filtered("is_state").mapped(lambda r: (r.account_code, r.tried_count))),
            [("416", 1), ("451", 1)],
        )
        self.assertFalse(rules.filtered("account_number"))


@tagged("-at_install", "post_install")
class TestRulesCompanies(RulesCase):
    def test_a_company_that_lacks_the_account_is_told_once_and_stops_nothing(self):
        rule = self.rule(code="80", account_code="657999")
        self.do(rule, "action_try")
        with self.assertRaisesRegex(UserError, "657999"):
            self.do(rule, "action_switch_on")
        self.assertEqual(self.seen(rule, "missing"), self.company.name)
        account = self.account("657200")
        self.press(
            rule,
            "write",
            {
                "account_ids": [
                    Command.create({"company_id": self.company.id, "account_id": account.id})
                ]
            },
        )
        self.switch_on(rule)
        self.assertFalse(self.seen(rule, "missing"))
        charge = self.recent(debit("5", code="08013000"))
        self.assertEqual(self.counterparts(charge), [("657200", 5.0)])

    def test_a_rule_that_fails_says_so_at_the_line_and_the_statement_is_booked(self):
        rule = self.rule(code="80")
        self.switch_on(rule)
        self.account("657200").sudo().active = False
        charge, other = self.recent(debit("5", code="08013000"), debit("7"))
        self.assert_open(charge)
        self.assert_open(other)
        self.assertIn("Not booked", "".join(charge.move_id.message_ids.mapped("body")))

    def test_a_rule_of_one_company_is_not_for_another_and_one_of_the_office_is_for_its_clients(
        self,
    ):
        rule = self.rule(code="80", company_id=self.other_company.id, user=self.env.user)
        self.switch_on(rule, user=self.env.user)
        charge = self.recent(debit("5", code="08013000"))
        self.assert_open(charge)
        self.connection.company_id = self.other_company
        self.press(rule, "write", {"scope": "clients"}, user=self.env.user)
        self.switch_on(rule, user=self.env.user)
        charge = self.recent(debit("6", code="08013000"), days=9, opening="-5")
        self.assertEqual(self.counterparts(charge), [("657200", 6.0)])

    def test_a_rule_for_all_clients_books_only_where_who_switched_it_on_may_book(self):
        self.connection.company_id = self.other_company
        rule = self.rule(
            code="80", company_id=self.other_company.id, scope="clients", user=self.env.user
        )
        clerk = self.user("clerk", "base.group_user,account.group_account_user")
        clerk.write(
            {
                "company_ids": [Command.set(self.other_company.ids)],
                "company_id": self.other_company.id,
            }
        )
        self.switch_on(rule, user=clerk)
        self.assert_open(self.recent(debit("5", code="08013000")))
        self.switch_on(rule, user=self.env.user)
        charge = self.recent(debit("6", code="08013000"), days=9, opening="-5")
        self.assertEqual(self.counterparts(charge), [("657200", 6.0)])

    def test_who_only_reads_makes_no_rule(self):
        for groups in ("account.group_account_readonly", "account.group_account_invoice"):
            with self.subTest(groups), self.rolled_back():
                user = self.user("reader", f"base.group_user,{groups}")
                with self.assertRaises(AccessError):
                    self.rule(code="80", user=user)
                with self.assertRaises(AccessError):
                    self.do(self.env["codabox.rule"], "_action_open_rules", user=user)

    def test_a_rule_is_not_given_to_a_company_of_others(self):
        rule = self.rule(code="80")
        with self.assertRaises(AccessError):
            self.press(rule, "write", {"company_id": self.other_company.id})
        with self.assertRaises(AccessError):
            self.rule(code="80", company_id=self.other_company.id)


@tagged("-at_install", "post_install")
class TestRulesHttp(RulesCase, HttpCase):
    def test_an_accountant_of_another_company_sees_and_changes_no_rule(self):
        rule = self.rule(code="80")
        account = self.env["codabox.rule.account"].create(
            {
                "rule_id": rule.id,
                "company_id": self.company.id,
                "account_id": self.account("657200").id,
            }
        )
        stranger = self.user("stranger", "base.group_user,account.group_account_user")
        stranger.write(
            {
                "company_ids": [Command.set(self.other_company.ids)],
                "company_id": self.other_company.id,
                "password": "stranger",
            }
        )
        self.authenticate("stranger", "stranger")
        for record, method, arguments in (
            (rule, "read", [["name"]]),
            (rule, "write", [{"name": "x"}]),
            (rule, "action_apply", []),
            (rule, "action_show_lines", []),
            (account, "read", [["account_id"]]),
            (account, "unlink", []),
        ):
            with self.subTest(method), mute_logger("odoo.http"), self.assertRaises(AccessError):
                self.call(record, method, arguments)

    def call(self, record, method, arguments):
        """Call a method over HTTP, and raise what it was refused with."""
        values = {"model": record._name, "method": method, "args": [record.ids, *arguments]}
        path = f"/web/dataset/call_kw/{record._name}/{method}"
        try:
            self.make_jsonrpc_request(path, {**values, "kwargs": {}})
        except JsonRpcException as error:
            self.assertIn("AccessError", str(error))
            raise AccessError(str(error)) from error
