"""The log: who did what, told by code, changed and deleted by nobody."""

import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import UNKNOWN_IBAN, CodaboxCase, credit
from .mandate_case import MandateCase
from .sending_case import SendingCase
from .soda_common import SodaCase
from .users_case import FormUsers
from .wages_case import NAME, WagesCase, wages

INVOICING = "account.group_account_invoice"
ACCOUNTANT = "account_codabox.group_accountant"
PAYROLL = "account_codabox.group_payroll"
ADMINISTRATOR = "account_codabox.group_administrator"


class AuditCase(CodaboxCase, FormUsers):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.make_form_user("boss", ADMINISTRATOR, companies=cls.company)
        # That the users of these tests were given their roles is told too.
        cls.known = cls.env["codabox.audit"].sudo().search([])

    def rows(self, *actions):
        """Return the rows of these actions, oldest first."""
        domain = [("action", "in", actions)] if actions else []
        return self.env["codabox.audit"].sudo().search(domain, order="id") - self.known

    def told(self, rows):
        return [(row.action, row.user_id, row.company_id, row.subject) for row in rows]


@tagged("-at_install", "post_install")
class TestAudit(AuditCase, HttpCase):
    def call(self, user, method, *args, **kwargs):
        """Call a method of the log as a user does by RPC; return the error or the result."""
        self.authenticate(user.login, user.login)
        answer = self.url_open(
            f"/web/dataset/call_kw/codabox.audit/{method}",
            data=json.dumps(
                {"params": {"model": "codabox.audit", "method": method, "args": args,
                            "kwargs": kwargs}}
            ),
            headers={"Content-Type": "application/json"},
        ).json()  # fmt: skip
        return answer.get("error", {}).get("data", {}).get("name") or answer["result"]

    def test_what_a_person_does_with_documents_is_told(self):
        self.map_client()
        document = self.receive(self.day(15, credit("9")))
        unknown = self.receive(self.day(15, credit("9"), account=UNKNOWN_IBAN))
        self.press(self.journal, "action_codabox_fetch")
        self.press(document, "action_undo")
        self.press(unknown, "_discard", "Because Jan earns too much")
        who = (self.accountant, self.company)
        self.assertEqual(
            self.told(self.rows()),
            [
                ("fetched", *who, document.feed_id.display_name),
                ("resolved", *who, document.display_name),
                ("discarded", *who, unknown.display_name),
            ],
        )
        self.assertNotIn("Jan", str(self.rows().read()))

    def test_what_is_refused_or_done_by_night_is_not_told(self):
        self.map_client()
        document = self.receive(self.day(15, credit("9")))
        stranger = self.make_form_user("reader", INVOICING, companies=self.company)
        self.assertRaises(AccessError, self.press, document, "action_undo", user=stranger)
        self.assertFalse(self.rows())

    def test_nobody_writes_changes_or_deletes_by_rpc_whatever_his_rights(self):
        self.env["codabox.audit"]._note("resolved", self.connection)
        row = self.rows("resolved")
        root = self.make_form_user("root_of_odoo", "base.group_system", companies=self.company)
        self.env["ir.model.access"].sudo().create(
            {
                "name": "all",
                "model_id": self.env["ir.model"]._get_id("codabox.audit"),
                "group_id": self.env.ref("base.group_system").id,
                **{f"perm_{mode}": True for mode in ("read", "write", "create", "unlink")},
            }
        )
        for user in (root, self.boss, self.accountant):
            for method, arguments in (
                ("create", [{"action": "sent", "subject": "x"}]),
                ("web_save", [[], {"action": "sent"}, {}]),
                ("load", [["action"], [["Sent"]]]),
                ("copy", [row.ids]),
                ("write", [row.ids, {"subject": "x"}]),
                ("web_save", [row.ids, {"subject": "x"}, {}]),
                ("unlink", [row.ids]),
                ("_note", ["sent", []]),
                ("_keep", [[]]),
            ):
                with self.subTest(user=user.login, method=method), mute_logger("odoo.http"):
                    found = self.call(user, method, *arguments)
                    if method == "load":
                        self.assertFalse(isinstance(found, dict) and found["ids"], found)
                    else:
                        self.assertIn(found, [f"odoo.exceptions.{AccessError.__name__}"])
        self.env.invalidate_all()
        self.assertEqual(self.rows() - self.rows("role_given"), row)
        self.assertEqual(row.subject, self.connection.display_name)
        self.assertRaises(AccessError, row.sudo().unlink)
        self.assertRaises(AccessError, row.sudo().write, {"subject": "x"})

    def test_the_codabox_administrator_reads_his_companies_and_nobody_else_reads_it(self):
        for company in self.company + self.other_company:
            self.env["codabox.audit"]._note("resolved", self.connection, company)
        mine = (self.known + self.rows()).filtered(lambda r: r.company_id == self.company)
        self.assertCountEqual(self.call(self.boss, "search", []), mine.ids)
        with mute_logger("odoo.http"):
            self.assertIn("AccessError", self.call(self.accountant, "search", []))
        with self.as_user(self.boss) as env:
            menu = env.ref("account_codabox.codabox_audit_action_of_codabox_document")
            bound = env["ir.actions.actions"].get_bindings("codabox.document")["action"]
            self.assertIn(menu.id, [action["id"] for action in bound])

    def test_a_row_stays_when_its_user_is_deleted(self):
        gone = self.make_form_user("gone", INVOICING, ACCOUNTANT, companies=self.company)
        self.env["codabox.audit"].with_user(gone)._note("resolved", self.connection)
        gone.unlink()
        row = self.rows("resolved")
        self.assertEqual((row.user_id.id, row.user_name), (False, "gone"))

    def test_an_export_of_our_records_is_told_once_for_each_company(self):
        self.map_client()
        documents = self.receive(self.day(15, credit("9"))) + self.receive(
            self.day(16, credit("9"), opening="9")
        )
        self.accountant.group_ids += self.env.ref("base.group_allow_export")
        self.press(documents, "export_data", ["name"])
        (row,) = self.rows("exported")
        self.assertEqual((row.company_id, row.user_id), (self.company, self.accountant))
        self.assertTrue(row.subject.endswith(": 2"))


@tagged("-at_install", "post_install")
class TestAuditPayroll(SodaCase, AuditCase, HttpCase):
    def test_each_way_to_open_payroll_is_told_once_and_who_may_not_leaves_no_row(self):
        document = self.receive_soda(self.month())
        move = document.payroll_ids.move_id
        attachments = document.payroll_ids._attachments()
        for paths, opened in (
            ([f"codabox.document/{document.id}/archive"], document),
            ([f"codabox.document.file/{f.id}/content" for f in document.file_ids], document),
            ([f"account.move/{move.id}/codabox_payroll_pdf"], move),
            ([str(a.id) for a in attachments], move),
        ):
            with self.subTest(paths[0]), self.rolled_back():
                for user in (self.accountant, self.payroll_user):
                    self.authenticate(user.login, user.login)
                    for path in paths:
                        self.url_open(f"/web/content/{path}")
                self.assertEqual(
                    self.told(self.rows("opened")),
                    [("opened", self.payroll_user, self.company, opened.display_name)],
                )

    def test_payroll_read_by_a_call_or_an_export_is_told(self):
        document = self.receive_soda(self.month())
        self.payroll_user.group_ids += self.env.ref("base.group_allow_export")
        files = document.file_ids
        attachments = document.payroll_ids._attachments()
        for record, method, argument, count in (
            (files, "read", ["content"], 1),
            (files, "export_data", ["name", "content"], 1),
            (document, "web_read", {"archive": {}}, 1),
            (attachments, "read", ["datas"], 1),
            (attachments, "export_data", ["raw"], 1),
            (files, "read", ["name", "sha256"], 0),
        ):
            with self.subTest(model=record._name, method=method), self.rolled_back():
                self.press(record, method, argument, user=self.payroll_user)
                self.assertEqual(len(self.rows("opened")), count)

    def test_the_mapping_that_leaves_as_a_spreadsheet_is_told(self):
        self.receive_soda(self.month())
        mappings = self.env["codabox.soda.mapping"].search([("company_id", "=", self.company.id)])
        with self.as_user(self.accountant) as env:
            env["codabox.soda.sheet"]._export(env["codabox.soda.mapping"].browse(mappings.ids))
        (row,) = self.rows("exported")
        self.assertEqual((row.company_id, row.user_id), (self.company, self.accountant))

    def test_who_is_let_in_and_out_of_payroll_is_told(self):
        user = self.make_form_user(
            "clerk", INVOICING, ACCOUNTANT, PAYROLL, companies=self.company, payroll=self.company
        )
        with self.as_user(self.boss) as env:
            env["codabox.feed"].browse(self.feed().id).payroll_user_ids = False
        last = self.rows("given", "taken")[-2:]
        self.assertEqual(
            {(row.action, row.subject) for row in self.rows("given", "taken")},
            {("given", "clerk"), ("taken", "clerk"), ("given", self.payroll_user.display_name),
             ("taken", self.payroll_user.display_name)},
        )  # fmt: skip
        self.assertEqual(last.user_id, self.boss)
        self.assertNotIn(self.company, user.codabox_payroll_company_ids)


@tagged("-at_install", "post_install")
class TestAuditWages(WagesCase, AuditCase):
    def test_bank_files_with_wages_are_told_and_others_are_not_and_no_row_quotes_them(self):
        payroll = self.roles["payroll"]
        plain = self.receive(self.day(15, credit("9")))
        self.served(payroll, plain)
        self.assertFalse(self.rows("opened"))
        paid = self.receive(self.day(16, wages(), opening="9"))
        self.served(payroll, paid)
        broken = self.keep_broken()
        self.press(broken, "action_open_files")
        self.served(self.accountant, broken)
        self.assertEqual(
            [(row.user_id, row.res_id) for row in self.rows("opened")],
            [(payroll, paid.id), (self.accountant, broken.id)],
        )
        for word in NAME.split():
            self.assertNotIn(word, str(self.rows().read()))


@tagged("-at_install", "post_install")
class TestAuditMandates(MandateCase, AuditCase):
    def test_what_is_ordered_and_archived_is_told_with_the_office_and_the_client(self):
        self.order(self.partner)
        self.assertEqual(
            self.told(self.rows()),
            [("ordered", self.accountant, self.company, self.partner.display_name)],
        )
        self.order(self.partner)
        self.assertEqual(len(self.rows("ordered")), 1, "nothing was ordered the second time")
        mandate = self.mandates().filtered("can_archive")[:1]
        with self.as_user(self.accountant) as env:
            env["codabox.mandate"].browse(mandate.id)._archive_remotely("closed")
        (row,) = self.rows("archived")
        self.assertEqual((row.company_id, row.res_id), (self.company, mandate.id))


@tagged("-at_install", "post_install")
class TestAuditSending(SendingCase):
    def test_an_invoice_that_left_is_told_once_with_who_sent_it(self):
        move = self.invoice()
        self.press(move, "action_codabox_send", user=self.invoicer)
        self.run_job(self.send_cron)
        rows = self.env["codabox.audit"].sudo().search([("action", "=", "sent")])
        self.assertEqual((rows.res_model, rows.res_id), ("account.move", move.id))
        self.assertEqual((rows.user_id, rows.company_id), (self.invoicer, self.company))
