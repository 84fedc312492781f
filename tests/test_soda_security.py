"""Who earns what is not for everybody: entries are read by accountants, their files by payroll."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from ..codabox import Channel
from ..codabox.sandbox import pdf
from .soda_common import SodaCase

FORM = {
    "name": {},
    "message_main_attachment_id": {"fields": {"display_name": {}}},
    "attachment_ids": {"fields": {"name": {}}},
    "codabox_is_payroll": {},
    "codabox_payroll_notice": {},
    "line_ids": {"fields": {"name": {}, "codabox_soda_code": {}}},
}


@tagged("-at_install", "post_install")
class TestSodaSecurity(SodaCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant.group_ids += cls.env.ref("base.group_allow_export")
        cls.administrator = new_test_user(
            cls.env,
            "administrator",
            "base.group_user,base.group_system,account.group_account_manager,base.group_allow_export",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.stranger = new_test_user(
            cls.env,
            "stranger",
            "base.group_user,account.group_account_user,account_codabox.group_payroll",
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
            codabox_payroll_company_ids=[Command.set(cls.other_company.ids)],
        )

    def setUp(self):
        super().setUp()
        self.document_ = self.receive_soda(self.month())
        self.move = self.document_.payroll_ids.move_id
        self.files = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", "account.move"), ("res_id", "=", self.move.id)])
        )

    def test_xml_and_pdf_are_on_the_entry_the_pdf_as_main_attachment(self):
        self.assertEqual(sorted(self.files.mapped("mimetype")), ["application/pdf", "text/plain"])
        self.assertEqual(self.move.message_main_attachment_id.mimetype, "application/pdf")
        with self.as_user(self.payroll_user) as env:
            move = env["account.move"].browse(self.move.id)
            self.assertTrue(move.codabox_payroll_pdf)
            self.assertEqual(len(move.attachment_ids), 2)

    def test_other_accountants_read_the_entry_and_none_of_its_files(self):
        for user in (self.accountant, self.administrator):
            with self.subTest(user.login), self.as_user(user) as env:
                move = env["account.move"].browse(self.move.id)
                (values,) = move.web_read(FORM)
                self.assertEqual(values["attachment_ids"], [])
                self.assertEqual(len(values["line_ids"]), 3)
                files = env["ir.attachment"].browse(self.files.ids)
                self.assertFalse(files.search([("id", "in", files.ids)]))
                self.assertFalse(files.search([("res_model", "=", "account.move")]) & files)
                for attachment in files:
                    for read in (
                        lambda a=attachment: a.read(["name"]),
                        lambda a=attachment: a.read(["datas"]),
                        lambda a=attachment: a.export_data(["name", "raw"]),
                        lambda a=attachment: a.write({"name": "x"}),
                        lambda a=attachment: a.write({"codabox_payroll": False}),
                        lambda a=attachment: a.copy(),
                    ):
                        self.assertRaises(AccessError, read)
                self.assertFalse(move._get_mail_thread_data_attachments())
                exported = move.export_data(["name", "attachment_ids/name", "attachment_ids/datas"])
                self.assertNotIn("SODA", str(exported))
                self.assertRaises(AccessError, move.export_data, ["codabox_payroll_pdf"])
                self.assertFalse(env["codabox.document"].search([("kind", "=", "soda")]))
                self.assertRaises(AccessError, env["codabox.payroll"].search, [])

    def test_the_address_bar_gives_files_to_payroll_only(self):
        paths = [
            *(f"/web/content/{a.id}" for a in self.files),
            *(f"/web/content/ir.attachment/{a.id}/datas" for a in self.files),
            *(f"/web/image/{a.id}" for a in self.files if a.mimetype == "application/pdf"),
            f"/web/content/account.move/{self.move.id}/codabox_payroll_pdf",
            f"/web/content/codabox.document/{self.document_.id}/archive",
            *(
                f"/web/content/codabox.document.file/{f.id}/content"
                for f in self.document_.file_ids
            ),
        ]
        for user in (self.accountant, self.administrator, self.stranger):
            self.authenticate(user.login, user.login)
            for path in paths:
                answer = self.url_open(path)
                found = answer.content
                self.assertFalse(found.startswith((b"%PDF", b"<?xml", b"PK")), (user.login, path))
        self.authenticate(self.payroll_user.login, self.payroll_user.login)
        self.assertEqual(
            {self.url_open(path).content[:5] for path in paths if "/web/content/" in path}
            & {b"%PDF-", b"<?xml"},
            {b"%PDF-", b"<?xml"},
        )

    def test_another_company_sees_neither_mapping_nor_payroll(self):
        with self.as_user(self.stranger) as env:
            self.assertFalse(env["codabox.payroll"].search([]))
            self.assertFalse(env["codabox.soda.mapping"].search([]))
            mapping = env["codabox.soda.mapping"].browse(
                self.env["codabox.soda.mapping"].sudo().search([], limit=1).id
            )
            self.assertRaises(AccessError, mapping.read, ["code"])
            self.assertRaises(AccessError, mapping.write, {"label": "x"})

    def test_an_employer_in_a_file_of_several_never_gets_the_payroll_of_another(self):
        document = self.receive_soda(
            self.month(sequence="8", period="202603"),
            self.month(sequence="9", period="202603", enterprise="0403170701"),
        )
        for payroll, other in zip(
            document.payroll_ids, reversed(document.payroll_ids), strict=True
        ):
            (attachment,) = payroll._attachments()
            self.assertIn(payroll.sequence.encode(), attachment.raw)
            self.assertNotIn(f"<SeqNumber>{other.sequence}".encode(), attachment.raw)

    def test_a_pdf_that_comes_later_is_put_beside_the_entry(self):
        index = self.deliver_soda(self.month(period="202604"), files=("xml",))
        self.night()
        document = self.document(index)
        move = document.payroll_ids.move_id
        self.assertFalse(move.message_main_attachment_id)
        self.sandbox.find(index, Channel.FEED)[1].files["pdf"] = pdf(["Late"])
        self.night()
        self.assertEqual(move.message_main_attachment_id.mimetype, "application/pdf")
