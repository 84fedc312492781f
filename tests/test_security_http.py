"""Files through the address bar: /web/content asks the same rights as everything else."""

import io
import zipfile

from odoo.tests import HttpCase, tagged

from .test_security import SecurityCase


@tagged("-at_install", "post_install")
class TestSecurityHttp(SecurityCase, HttpCase):
    def contents(self, user, *paths):
        """Return status and body of each path as a user gets it in the browser."""
        self.authenticate(user.login, user.login)
        return [self.url_open(f"/web/content/{path}") for path in paths]

    def assert_refused(self, user, *paths):
        for answer in self.contents(user, *paths):
            self.assertEqual(answer.status_code, 404, answer.url)

    def paths(self, document):
        """Return every way to the files of a document."""
        attachments = self.env["ir.attachment"].sudo().search(
            [
                ("res_model", "=", "codabox.document.file"),
                ("res_id", "in", document.file_ids.ids),
                ("res_field", "=", "content"),
            ]
        )  # fmt: skip
        self.assertTrue(attachments)
        return [
            f"codabox.document/{document.id}/archive",
            *(f"codabox.document.file/{file.id}/content" for file in document.file_ids),
            *map(str, attachments.ids),
        ]

    def test_files_are_served_to_whoever_may_read_them_and_to_nobody_else(self):
        readable = self.coda.file_ids.filtered(lambda f: f.format == "cod")
        (served, archive) = self.contents(
            self.accountant,
            f"codabox.document.file/{readable.id}/content",
            f"codabox.document/{self.coda.id}/archive",
        )
        self.assertEqual(served.content, readable._raw())
        with zipfile.ZipFile(io.BytesIO(archive.content)) as opened:
            self.assertEqual(len(opened.namelist()), 3)
        self.assert_refused(self.other_accountant, *self.paths(self.coda))
        self.assert_refused(self.accountant, *self.paths(self.soda), *self.paths(self.new_coda))
        self.assert_refused(self.administrator, *self.paths(self.soda))
        self.assert_refused(self.employee, *self.paths(self.coda))
        (wages,) = self.contents(self.payroll, self.paths(self.soda)[1])
        self.assertIn(b"wages", wages.content)
