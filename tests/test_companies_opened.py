"""What our buttons open of the books opens in its own company, also when another one is ticked."""

import ast
from pathlib import Path

from lxml import etree

from odoo import Command
from odoo.tests import BaseCase, HttpCase, new_test_user, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .common import UNKNOWN_IBAN, credit
from .test_security import SecurityCase

ADDON = Path(__file__).parents[1]
OPENERS = {"opens_in_own_company", "open_in_own_company"}
# What opens only what is ours, which is seen whatever is ticked, or what has no company.
OWN_ONLY = {
    # lists and forms of ours
    "action_ask_earlier", "action_codabox_card_statements", "action_codabox_connect",
    "action_codabox_invoice_todo", "action_codabox_open_mandates", "action_codabox_payroll_todo",
    "action_codabox_todo", "action_not_asked", "action_office_failed", "action_open_codabox_document",
    "action_open_codabox_payroll", "action_open_documents", "action_open_mandates",
    "_action_open_rules", "_action_open", "_button", "_cause_list", "action_close", "_codabox_show_uploaded",
    # dialogs of ours that show nothing of the books
    "action_ask_access", "action_codabox_send_batch", "action_connect", "action_open_archive", "action_open_clients",
    "action_open_discard", "action_open_redelivery", "_reopen", "_show",
    "action_create_companies", "action_open_orders",
    # what their callers open, who say where
    "_codabox_fix", "open_in_own_company",
}  # fmt: skip


@tagged("-at_install", "post_install")
class TestOpeners(BaseCase):
    def test_whatever_opens_a_record_says_in_which_company(self):
        """Each method that returns a window is decorated, or opens only what is ours."""
        unnamed, found = [], set()
        for path in sorted([*ADDON.glob("models/**/*.py"), *ADDON.glob("wizards/*.py")]):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef) and self._returns_window(node):
                    found.add(node.name)
                    if node.name not in OWN_ONLY and not self._says_where(node):
                        unnamed.append(f"{path.relative_to(ADDON)}: {node.name}")
        self.assertFalse(unnamed)
        self.assertFalse(OWN_ONLY - found, "no longer there")

    def _returns_window(self, function):
        return any(
            (isinstance(node, ast.Constant) and node.value == "ir.actions.act_window")
            or (isinstance(node, ast.Attribute) and node.attr == "_get_records_action")
            for node in ast.walk(function)
        ) and any(isinstance(node, ast.Return) and node.value for node in ast.walk(function))

    def _says_where(self, function):
        return OPENERS & {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}


@tagged("-at_install", "post_install")
class TestCompaniesOpened(SecurityCase, HttpCase):
    """In the browser: an accountant as the form of Odoo makes him, with one company ticked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office_accountant = new_test_user(
            cls.env,
            "codabox_office_accountant",
            "account.group_account_manager,account_codabox.group_payroll",
            company_id=cls.company.id,
            company_ids=[Command.set((cls.company + cls.other_company).ids)],
            codabox_payroll_company_ids=[Command.set((cls.company + cls.other_company).ids)],
        )

    def setUp(self):
        super().setUp()
        self.context = {"allowed_company_ids": self.company.ids}
        self.authenticate("codabox_office_accountant", "codabox_office_accountant")

    def call(self, model, method, *args, context=None, **kwargs):
        kwargs["context"] = self.context if context is None else context
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def click(self, record, method):
        """Press a button as the web client does; return the action and the context it opens in."""
        action = self.make_jsonrpc_request(
            f"/web/dataset/call_button/{record._name}/{method}",
            {
                "model": record._name,
                "method": method,
                "args": [record.ids],
                "kwargs": {"context": self.context},
            },
        )
        return action, {**self.context, **action["context"]}

    def assert_opens(self, record, method, opened, field="display_name"):
        """The button opens this record, in its own company and in no other."""
        action, context = self.click(record, method)
        self.assertEqual(action["res_model"], opened._name)
        self.assertEqual(context["allowed_company_ids"], self.other_company.ids)
        spec = {field: {}}
        if action.get("res_id"):
            self.assertEqual(action["res_id"], opened.id)
            read = self.call(opened._name, "web_read", [opened.id], spec, context=context)
        else:
            read = self.call(
                opened._name, "web_search_read", action["domain"], spec, context=context
            )["records"]
        self.assertIn(opened.id, [values["id"] for values in read])

    def entry(self, **values):
        journal = self.env["account.journal"].search(
            [("company_id", "=", self.other_company.id), ("type", "=", "general")], limit=1
        )
        return (
            self.env["account.move"]
            .with_company(self.other_company)
            .create({"journal_id": journal.id, **values})
        )

    def test_the_statements_of_a_document_open(self):
        self.assert_opens(
            self.other_coda,
            "action_open_statements",
            self.other_coda.statement_ids.bank_statement_id,
        )

    def test_the_movements_of_a_statement_of_ours_show(self):
        """As its row on the form of a document opens it: in the context that the row gives."""
        (view,) = self.call(
            "codabox.document", "get_views", [(False, "form")], context={}
        )["views"].values()  # fmt: skip
        row = etree.fromstring(view["arch"]).find(".//field[@name='statement_ids']")
        given = safe_eval(
            row.get("context"), {"company_id": self.other_company.id, "allowed_company_ids": [1]}
        )
        statement = self.other_coda.statement_ids
        (values,) = self.call(
            "codabox.statement", "web_read", statement.ids,
            {"line_ids": {"fields": {"payment_ref": {}, "running_balance": {}}}},
            context=self.context | given,
        )  # fmt: skip
        self.assertEqual(
            [line["id"] for line in values["line_ids"]],
            statement.bank_statement_id.line_ids.ids,
        )

    def test_the_bill_of_a_document_opens(self):
        partner = self.env["res.partner"].create({"name": "Supplier"})
        bill = self.make_invoice(partner, move_type="in_invoice", company=self.other_company)
        self.other_coda.invoice_id = bill
        self.assert_opens(self.other_coda, "action_open_invoice", bill)

    def test_the_payroll_entry_of_a_document_opens(self):
        payroll = self.env["codabox.payroll"].sudo().create(
            {
                "name": "Payroll",
                "document_id": self.other_soda.id,
                "company_id": self.other_company.id,
                "content_hash": "0",
                "move_id": self.entry().id,
            }
        )  # fmt: skip
        self.assert_opens(self.other_soda, "action_open_payroll_moves", payroll.move_id)
        self.assert_opens(payroll, "action_open_move", payroll.move_id)

    def test_the_journal_of_a_line_of_mandates_and_journals_opens(self):
        comparison = self.env["codabox.mandate.comparison"].sudo()
        line = comparison.search([("journal_id", "=", self.other_journal.id)], limit=1)
        action, context = self.click(line, "action_open")
        self.assertEqual(context["allowed_company_ids"], self.other_company.ids)
        if action["res_model"] == "account.journal":
            self.assert_opens(line, "action_open", self.other_journal)

    def test_a_dialog_offers_the_journals_of_the_company_of_its_document(self):
        waiting = self.receive(
            self.day(16, credit("10"), account=UNKNOWN_IBAN, enterprise_number=""),
            feed=self.other_coda.feed_id.remote_id,
        )
        action, context = self.click(waiting, "action_link_journal")
        self.assertEqual(context["allowed_company_ids"], self.other_company.ids)
        free = self.env["account.journal"].create(
            {
                "name": "New bank",
                "code": "NEW",
                "type": "bank",
                "company_id": self.other_company.id,
            }
        )
        (values,) = self.call(
            action["res_model"], "web_read", [action["res_id"]], {"candidate_ids": {}},
            context=context,
        )  # fmt: skip
        self.assertIn(free.id, values["candidate_ids"])
        self.call(
            action["res_model"], "write", [action["res_id"]],
            {"choice": "link", "journal_id": free.id}, context=context,
        )  # fmt: skip
        self.call(action["res_model"], "action_apply", [action["res_id"]], context=context)
        self.assertEqual(waiting.state, "imported")

    def test_the_browser_shows_what_is_opened(self):
        """Odoo's own client puts the ticked companies over those of an action."""
        self.coda.sudo().action_undo()  # one document is left that became something
        self.start_tour(
            "/odoo/codabox-documents",
            "account_codabox_own_company",
            login="codabox_office_accountant",
        )

    def test_nothing_is_opened_of_a_company_that_the_user_does_not_have(self):
        self.office_accountant.company_ids = self.company
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self.click(self.other_coda, "action_open_statements")
