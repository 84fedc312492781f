"""A client leaves: his last day, and his dossier, in which nothing is that its maker may not read."""

import base64
import io
import zipfile
from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..wizards import codabox_dossier
from .common import credit
from .wages_case import NAME, WagesCase, wages


@tagged("-at_install", "post_install")
class TestLeaving(WagesCase):
    def setUp(self):
        super().setUp()
        self.plain = self.receive(self.day(15, credit("10")))
        self.closed = self.receive(self.day(16, wages(), opening="10"))

    def dialog(self, user, **values):
        dialogs = self.env["codabox.dossier"].with_user(user)
        return dialogs.create({"feed_id": self.feed_.id, "date_from": False, **values})

    def unpack(self, dialog):
        """Return the files of a dossier and the cells of its index."""
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(dialog.archive))) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        [index] = [name for name in files if name.endswith(".xlsx")]
        with zipfile.ZipFile(io.BytesIO(files.pop(index))) as book:
            strings = etree.fromstring(book.read("xl/sharedStrings.xml"))
        return files, [node.text for node in strings.iter("{*}t")]

    def test_every_file_is_in_it_byte_for_byte_with_its_checksum(self):
        dialog = self.dialog(self.roles["payroll"])
        files, cells = self.unpack(dialog)
        kept = (self.plain + self.closed).file_ids.filtered(lambda f: f.state == "here")
        self.assertEqual(sorted(files.values()), sorted(file._raw() for file in kept))
        self.assertLessEqual({*kept.mapped("sha256"), *files}, {*cells})
        self.assertEqual((dialog.document_count, dialog.file_count), (2, len(kept)))

    def test_what_its_maker_may_not_read_is_told_and_not_in_it(self):
        for name in ("colleague", "invoicing", "auditor"):
            with self.subTest(name):
                dialog = self.dialog(self.roles["colleague"])
                files, cells = self.unpack(dialog)
                self.assertFalse([f for f in files.values() if NAME.encode() in f])
                self.assertEqual(len(files), 3, "those of the plain statement")
                self.assertEqual(dialog.closed_count, 1)
                self.assertIn(self.closed.with_user(self.roles["colleague"]).name, cells)

    def test_only_the_period_that_was_asked_is_in_it(self):
        payroll = self.roles["payroll"]
        last = self.dialog(payroll, date_from="2026-01-16")
        self.assertEqual(last._documents(), self.closed)
        first = self.dialog(payroll, date_to="2026-01-15")
        self.assertEqual(first._documents(), self.plain)
        self.plain.document_date = False
        self.assertEqual(last._documents(), self.plain + self.closed, "undated: in every period")

    def test_an_empty_or_a_large_dossier_says_what_to_do(self):
        payroll = self.roles["payroll"]
        with self.assertRaisesRegex(UserError, "no documents"):
            self.dialog(payroll, date_from="2030-01-01").action_download()
        self.patch(codabox_dossier, "MAX_MEBIBYTES", -1)
        dialog = self.dialog(payroll)
        with self.assertRaisesRegex(UserError, "shorter period"):
            dialog.action_download()
        with self.assertRaisesRegex(UserError, "shorter period"):
            self.assertFalse(dialog.archive, "by its address too")

    def test_over_http_a_stranger_gets_nothing_and_the_log_tells_who_did(self):
        dialog = self.dialog(self.roles["payroll"])
        url = self.press(dialog, "action_download", user=self.roles["payroll"])["url"]
        self.env.flush_all()
        for name in ("stranger", "colleague"):
            self.authenticate(f"wages_{name}", f"wages_{name}")
            self.assertNotEqual(self.url_open(url).status_code, 200)
        logged = [("action", "=", "handed_over")]
        self.assertFalse(self.env["codabox.audit"].sudo().search(logged))
        self.authenticate("wages_payroll", "wages_payroll")
        answer = self.url_open(url)
        self.assertTrue(answer.content.startswith(b"PK"))
        row = self.env["codabox.audit"].sudo().search(logged)
        self.assertEqual((row.user_id, row.res_id), (self.roles["payroll"], self.feed_.id))
        with self.assertRaises(AccessError):
            self.dialog(self.roles["stranger"])

    # --- The last day --------------------------------------------------------------------------

    def leave(self, user, day):
        dialog = self.env["codabox.leave"].with_user(user)
        dialog.create({"feed_id": self.feed_.id, "last_day": day}).action_leave()

    def test_the_last_day_holds_for_every_kind_and_asks_to_archive(self):
        yesterday = fields.Date.today() - timedelta(1)
        self.leave(self.roles["administrator"], yesterday)
        kinds = self.feed_.kind_ids
        self.assertEqual({*kinds.mapped("kind")}, {*self.connection._offered_kinds()})
        self.assertEqual({*kinds.mapped("book_until")}, {yesterday})
        self.assertTrue(self.feed_.activity_ids, "archive the mandates")
        with self.assertRaises(AccessError):
            self.leave(self.accountant, yesterday)

    def test_a_client_that_is_no_company_is_not_fetched_any_more(self):
        self.feed_.company_id = False
        self.leave(self.roles["administrator"], fields.Date.today())
        self.assertFalse(self.feed_.is_fetched)
