"""Accounts are shown, searched and proposed in the company of their row, whatever is ticked."""

from lxml import etree

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .soda_common import GROSS, NET, SodaCase


@tagged("-at_install", "post_install")
class TestCompaniesAccounts(SodaCase, HttpCase):
    """An accountant as the form of Odoo makes him; the other company is ticked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office_accountant = new_test_user(
            cls.env,
            "codabox_office_accountant",
            "account.group_account_manager",
            company_id=cls.other_company.id,
            company_ids=[Command.set((cls.company + cls.other_company).ids)],
        )
        cls.gross = cls.env["account.account"].with_company(cls.company).search(
            [("code", "=", GROSS), ("company_ids", "in", cls.company.ids)]
        )  # fmt: skip

    def setUp(self):
        super().setUp()
        self.row = self.env["codabox.soda.mapping"].create(
            {"company_id": self.company.id, "code": "4550", "source": "TESTSOC"}
        )
        self.context = {"allowed_company_ids": self.other_company.ids}
        self.accountant.company_ids += self.other_company  # who may map, as Odoo has it
        self.theirs = self.row.with_user(self.accountant).with_context(**self.context)
        self.env.flush_all()

    def call(self, model, method, *args, **kwargs):
        kwargs.setdefault("context", self.context)
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def log_in(self):
        self.authenticate("codabox_office_accountant", "codabox_office_accountant")

    def field(self, name):
        """Return a field of the list of the mapping, as its view has it."""
        views = self.call("codabox.soda.mapping", "get_views", [(False, "list")])["views"]
        return etree.fromstring(views["list"]["arch"]).find(f".//field[@name='{name}']")

    def test_numbers_do_not_vanish_from_the_list(self):
        self.row.account_id = self.gross
        self.log_in()
        spec = {"account_text": {}}
        for name in ("account_id", "proposed_account_id"):
            # What depends on the row is known when it is edited; the rest is read with the list.
            self.assertIn("'codabox_number': True", self.field(name).get("context"))
            spec[name] = {"fields": {"display_name": {}}, "context": {"codabox_number": True}}
        found = self.call(
            "codabox.soda.mapping", "web_search_read", [("id", "=", self.row.id)], spec
        )["records"][0]
        self.assertEqual(found["account_id"]["display_name"][:7], f"{GROSS} ")
        self.assertEqual(found["proposed_account_id"]["display_name"][:7], f"{NET} ")
        self.assertEqual(found["account_text"], found["account_id"]["display_name"])

    def test_an_account_is_found_by_its_number_in_the_company_of_the_row(self):
        self.log_in()
        field = self.field("account_id")
        values = {"company_id": self.company.id, "code": "4550", "label": "Net"}
        context = self.context | safe_eval(field.get("context"), values)
        found = self.call(
            "account.account", "name_search", "620",
            [("company_ids", "parent_of", self.company.id)], context=context,
        )  # fmt: skip
        self.assertIn(self.gross.id, [account_id for account_id, _name in found])
        self.assertTrue(all(name.startswith("620") for _id, name in found))

    def test_a_row_is_found_by_the_number_of_its_account(self):
        self.row.account_id = self.gross
        search = self.theirs.browse().search
        self.assertEqual(search([("account_text", "ilike", GROSS[:4])]), self.theirs)
        self.assertFalse(search([("account_text", "ilike", "999999")]))

    def test_an_account_of_another_company_is_refused_in_a_plain_sentence(self):
        other = self.account(GROSS, self.other_company)
        self.assertTrue(other)
        with self.assertRaises(UserError) as caught:
            self.theirs.account_id = other
            self.env.flush_all()
        self.assertIn("one company at a time", str(caught.exception))
        self.assertNotIn("inconsistenc", str(caught.exception))

    def test_drafts_of_a_company_that_is_not_ticked_are_put_on_the_new_account(self):
        move = self.receive_soda(self.month()).payroll_ids.move_id
        row = self.env["codabox.soda.mapping"].search(
            [("company_id", "=", self.company.id), ("code", "=", GROSS)]
        )
        mine = row.with_user(self.accountant).with_context(**self.context)
        mine.account_id = mine.proposed_account_id
        mine.action_apply_to_drafts()
        item = move.line_ids.filtered(lambda line: line.codabox_soda_code == GROSS)
        self.assertEqual(item.account_id, self.gross)

    def test_a_dialog_refuses_what_is_of_another_company_in_a_plain_sentence(self):
        document = self.env["codabox.document"].sudo().search([], limit=1) or self.receive_soda(
            self.month()
        )
        journal = self.env["account.journal"].search(
            [("company_id", "=", self.other_company.id), ("type", "=", "general")], limit=1
        )
        with self.assertRaises(UserError) as caught:
            self.env["codabox.invoice.resolve"].create(
                {"document_id": document.id, "choice": "journal", "journal_id": journal.id}
            )
        self.assertNotIn("inconsistenc", str(caught.exception))
