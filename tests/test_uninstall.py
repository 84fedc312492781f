"""Uninstalling opens nothing: payroll files leave their entries, and the dialog says so."""

from unittest.mock import patch

from odoo.tests import Form, HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .. import uninstall_hook
from .soda_common import SodaCase


@tagged("-at_install", "post_install")
class TestUninstall(SodaCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = new_test_user(
            cls.env,
            "uninstaller",
            "base.group_user,base.group_system",
            company_id=cls.company.id,
        )

    def setUp(self):
        super().setUp()
        self.move = self.receive_soda(self.month()).payroll_ids.move_id
        self.files = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", "account.move"), ("res_id", "=", self.move.id)]
        )  # fmt: skip
        self.assertEqual(len(self.files), 2)

    def leave(self):
        """Do what uninstalling does: our hook, then our rule and our field go."""
        uninstall_hook(self.env(user=1))
        self.env.ref("account_codabox.ir_attachment_rule_payroll").sudo().unlink()
        self.env.cr.execute("UPDATE ir_attachment SET codabox_payroll = NULL")
        self.env.invalidate_all()
        self.registry.clear_all_caches()

    def opened(self, user):
        """Return which of the files a user gets by their addresses."""
        self.authenticate(user.login, user.login)
        paths = [f"/web/content/{id}" for id in self.files.ids]
        paths.append(f"/web/image/{self.files.ids[0]}")
        bodies = [self.url_open(path).content for path in paths]
        return [body[:5] for body in bodies if body.startswith((b"<?xml", b"%PDF"))]

    def test_payroll_files_are_open_to_nobody_but_administrators_after_uninstalling(self):
        # Whoever fetched them made them: that opens them no more.
        self.files.flush_recordset()
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_uid = %s, access_token = 'known' WHERE id IN %s",
            [self.accountant.id, tuple(self.files.ids)],
        )
        self.leave()
        for user in (self.accountant, self.payroll_user):
            with self.subTest(user.login):
                self.assertEqual(self.opened(user), [])
                with self.as_user(user) as env:
                    self.assertFalse(env["ir.attachment"].search([("id", "in", self.files.ids)]))
                    move = env["account.move"].browse(self.move.id)
                    self.assertFalse(move.attachment_ids or move.message_main_attachment_id)
        self.assertTrue(self.opened(self.administrator))
        self.authenticate(self.accountant.login, self.accountant.login)
        again = self.url_open(f"/web/content/{self.files.ids[0]}?access_token=known")
        self.assertEqual(again.status_code, 404)

    def test_a_detached_file_names_the_entry_it_was_of_and_keeps_its_bytes(self):
        before = {file.id: (file.name, file.raw) for file in self.files}
        self.move._codabox_override("Known")
        self.move.action_post()
        self.leave()
        for file in self.files:
            name, raw = before[file.id]
            self.assertEqual((file.name, file.raw), (f"{self.move.name} {name}", raw))
            self.assertFalse(file.res_model or file.res_id or file.public)

    def test_a_draft_without_number_is_named_by_its_id(self):
        self.env.cr.execute("UPDATE account_move SET name = '/' WHERE id = %s", [self.move.id])
        self.leave()
        for name in self.files.mapped("name"):
            self.assertTrue(name.startswith(f"#{self.move.id} "), name)

    def test_the_hook_may_run_twice_and_touches_no_other_file(self):
        other = self.env["ir.attachment"].sudo().create(
            {"name": "note.txt", "raw": b"x", "res_model": "account.move", "res_id": self.move.id}
        )  # fmt: skip
        uninstall_hook(self.env(user=1))
        names = self.files.mapped("name")
        uninstall_hook(self.env(user=1))
        self.assertEqual(self.files.mapped("name"), names)
        self.assertEqual((other.name, other.res_id), ("note.txt", self.move.id))

    @mute_logger("odoo.addons.account_codabox.models.payroll.base_module_uninstall")
    def test_the_hook_never_stops_uninstalling(self):
        attachments = self.registry["ir.attachment"]

        def broken(attachment):
            attachment.env.cr.execute("SELECT 1/0", log_exceptions=False)

        with patch.object(attachments, "_codabox_forget_payroll_files", broken):
            uninstall_hook(self.env(user=1))
        self.assertEqual(self.files.mapped("res_id"), [self.move.id] * 2)

    def test_the_dialog_says_what_goes_and_what_stays_for_this_add_on_only(self):
        modules = self.env["ir.module.module"].sudo()
        dialogs = self.env["base.module.uninstall"].sudo()
        for name, leaves in (("account_codabox", True), ("account", True), ("iap", False)):
            with self.subTest(name):
                module = modules.search([("name", "=", name)])
                dialog = dialogs.create({"module_ids": module.ids})
                self.assertEqual(dialog.codabox_leaves, leaves)
        view = Form(
            dialogs.with_context(
                default_module_ids=modules.search([("name", "=", "account_codabox")]).ids
            )
        )
        self.assertTrue(view.codabox_leaves)
        arch = dialogs.get_view(self.env.ref("base.view_base_module_uninstall").id)["arch"]
        self.assertIn("Payroll files are taken from their entries", arch)
