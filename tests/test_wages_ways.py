"""Wages of kept files by every way that is not an address: mail, copies, exports, searches, an upload."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..codabox.coda import write_coda
from .test_wages_closed import OTHERS
from .wages_case import NAME, NEEDLES, WagesCase, wages

# Where a word of a file could be found by asking for it.
SEARCHED = {
    "ir.attachment": ("index_content", "name", "description"),
    "codabox.document": ("name", "number", "metadata", "message_ids"),
    "codabox.statement": ("name", "holder", "bank_message"),
    "account.bank.statement.line": ("payment_ref", "partner_name", "narration"),
    "account.move.line": ("name",),
    "mail.message": ("body", "subject"),
    "mail.activity": ("note", "summary"),
    "res.partner": ("name",),
}


@tagged("-at_install", "post_install")
class TestWagesWays(WagesCase):
    def ways(self, env, document):
        """Return ways to what a document has in it, each as somebody might try it."""
        files = env["codabox.document.file"].browse(document.file_ids.ids)
        mine = env["codabox.document"].browse(document.id)
        attachments = env["ir.attachment"].browse(
            env["ir.attachment"].sudo().search(
                [("res_model", "=", files._name), ("res_id", "in", files.ids),
                 ("res_field", "=", "content")]
            ).ids
        )  # fmt: skip
        mail = {"model": mine._name, "res_ids": str(mine.ids), "body": "x",
                "attachment_ids": [(6, 0, attachments.ids)]}  # fmt: skip
        statements = mine.sudo().statement_ids.bank_statement_id.with_env(env)
        return {
            "the files in a mail": lambda: self.mailed(env, mail),
            "the files in a message": lambda: mine.message_post(
                body="x", attachment_ids=attachments.ids
            ).attachment_ids.mapped("raw"),
            "copies of the files": lambda: attachments.copy().mapped("raw"),
            "files that are put on something else": lambda: attachments.write(
                {"res_model": "res.partner", "res_id": env.user.partner_id.id, "res_field": False}
            ) and attachments.mapped("raw"),
            "an export": lambda: files.export_data(["content", "document_id/archive"]),
            "an export of attachments": lambda: attachments.export_data(["raw", "index_content"]),
            "all in one zip": lambda: mine.action_download_zip() and mine.archive,
            "the PDF of the document": lambda: mine.read(["pdf", "archive"]),
            "the statement": lambda: [statements.read(), statements.line_ids.read()],
            "the files of the statement": lambda: statements.attachment_ids.mapped("raw"),
            "the file uploaded once more": lambda: self.uploaded(env),
        }  # fmt: skip

    def mailed(self, env, values):
        mail = env["mail.compose.message"].create(values)
        return [mail.attachment_ids.mapped("raw"), mail.attachment_ids.read(["datas"])]

    def uploaded(self, env):
        """Upload the same wages, and return all that comes of it."""
        content = write_coda([self.day(15, wages())])
        attachment = env["ir.attachment"].create({"name": "15.cod", "raw": content})
        result = env["account.journal"].browse(self.journal.id)._codabox_upload(attachment)
        found = env["codabox.document"].search([("channel", "=", "upload")])
        return [result, found.read(), found.file_ids.mapped("content"), found.message_ids.read()]

    def tried(self, user, document, way):
        """Return what one way gives a user, as text; a refusal gives its words."""
        with self.rolled_back(), self.as_user(user) as env:
            try:
                return repr(self.ways(env, document)[way]()).encode()
            except (AccessError, UserError) as refusal:
                return str(refusal).encode()

    def found(self, user):
        """Return where a user finds an employee by asking for his name."""
        with self.as_user(user) as env:
            return [
                (model, name)
                for model, names in SEARCHED.items()
                for name in names
                if self.is_found(env[model], name)
            ]

    def is_found(self, model, name):
        """Return whether a field finds the employee; one that may not be asked finds nobody."""
        try:
            return bool(model.search_count([(name, "ilike", NAME.split()[0])]))
        except AccessError:
            return False

    @mute_logger("odoo.http")
    def test_no_role_is_given_wages_in_any_kept_state_by_mail_copy_export_search_or_upload(self):
        for state in self.STATES:
            with self.subTest(state), self.rolled_back():
                document = getattr(self, f"keep_{state}")()
                ways = list(self.ways(self.env, document))
                for role in OTHERS:
                    user = self.roles[role]
                    for way in ways:
                        self.assert_no_leak(self.tried(user, document, way), (state, role, way))
                    self.assertFalse(self.found(user), (state, role))
                sent = self.env["mail.mail"].sudo().search([])
                self.assert_no_leak(str(sent.mapped("body_html")).encode(), state)

    def test_these_ways_do_give_who_reads_payroll_the_files(self):
        document = self.keep_before_book_from()
        payroll = self.roles["payroll"]
        for way in ("the files in a mail", "an export", "the PDF of the document"):
            with self.subTest(way):
                given = self.tried(payroll, document, way)
                self.assertTrue(NEEDLES[0] in given or b"JVBERi0x" in given, given[:200])
