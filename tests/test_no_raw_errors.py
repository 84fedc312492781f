"""What a person reads when something stands in the way: a sentence, never an error of the machine."""

import errno
import io
import zipfile
from contextlib import contextmanager
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.sql_db import db_connect
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..codabox.coda import write_coda
from ..models.common.overtaken import done_again, is_overtaken
from .common import CodaboxCase, credit
from .mandate_case import MandateCase


@tagged("-at_install", "post_install")
class TestOvertaken(CodaboxCase):
    """What several at once really meet is in the kill test; here is what tells it from a fault."""

    ROW = "INSERT INTO codabox_secret (res_model, res_id, name) VALUES ('test, one', -2, 'x')"

    @contextmanager
    def two(self):
        """Give two transactions of their own, which both see the database as it is now."""
        db = db_connect(self.cr.dbname)
        self.addCleanup(self.forget, db)
        with db.cursor() as first, db.cursor() as second:
            for cr in (first, second):
                cr.execute("SELECT 1")
            yield first, second

    def forget(self, db):
        with db.cursor() as cr:
            cr.execute("DELETE FROM codabox_secret WHERE res_id = -2")

    @mute_logger("odoo.sql_db")
    def test_a_row_that_came_meanwhile_is_no_fault_and_one_that_was_there_is(self):
        with self.two() as (first, second):
            first.execute(self.ROW)
            first.commit()
            for cr, expected in ((second, True), (first, False)):
                with self.assertRaises(UniqueViolation) as error, cr.savepoint():
                    cr.execute(self.ROW)
                self.assertEqual(is_overtaken(cr, error.exception), expected)
            self.assertFalse(is_overtaken(first, ValueError("Key (a)=(b) exists")))

    @mute_logger("odoo.sql_db")
    def test_odoo_is_asked_to_do_it_again_only_when_that_helps(self):
        with self.two() as (first, second):
            first.execute(self.ROW)
            first.commit()
            with self.assertRaises(ConcurrencyError), done_again(second):
                second.execute(self.ROW)
            with self.assertRaises(UniqueViolation), done_again(first):
                first.execute(self.ROW)


@tagged("-at_install", "post_install")
class TestFullDisk(CodaboxCase):
    def zipped(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("15.cod", write_coda([self.day(15, credit("10"))]))
        return buffer.getvalue()

    @contextmanager
    def full_disk(self, number):
        """No file of ours can be written any more; that of the web client was."""
        attachments = self.registry["ir.attachment"]
        write = attachments._file_write

        def refuse(records, content, checksum):
            if content.startswith(b"PK"):
                return write(records, content, checksum)
            raise OSError(number, "the words of the system")

        with patch.object(attachments, "_file_write", refuse):
            yield

    def upload(self):
        with self.as_user(self.accountant) as env:
            attachment = env["ir.attachment"].create({"name": "days.zip", "raw": self.zipped()})
            journal = env["account.journal"].browse(self.journal.id)
            journal.with_context(codabox_upload=True).create_document_from_attachment(
                attachment.ids
            )

    def test_an_upload_on_a_full_disk_is_refused_in_words_and_keeps_nothing(self):
        for number in (errno.ENOSPC, errno.EROFS, errno.EDQUOT):
            with (
                self.subTest(errno.errorcode[number]),
                self.full_disk(number),
                self.assertLogs("odoo.addons.account_codabox", "ERROR") as log,
                self.assertRaisesRegex(UserError, "upload again") as refusal,
                self.rolled_back(),
            ):
                self.upload()
            self.assertIn("the words of the system", "".join(log.output))
            self.assertNotIn("words of the system", str(refusal.exception))
            self.assertFalse(self.env["codabox.document"].sudo().search([]))
        self.upload()
        self.assertEqual(self.env["codabox.document"].sudo().search([]).state, "imported")

    def test_another_fault_stays_one(self):
        with self.full_disk(errno.EIO), self.assertRaises(OSError), self.rolled_back():
            self.upload()


@tagged("-at_install", "post_install")
class TestMailWithoutContactCreation(MandateCase):
    def compose(self, action):
        """Open the mail of an action and press *Send*, as the accountant does."""
        with self.as_user(self.accountant) as env:
            context = {**env.context, **action["context"]}
            form = Form(env["mail.compose.message"].with_context(**context))
            form.save().action_send_mail()

    def test_who_orders_a_mandate_mails_it_too(self):
        self.assertFalse(self.partner.with_user(self.accountant).has_access("write"))
        order = self.order(self.partner)
        for email in ("ann@example.test", "nobody.knows@example.test"):
            with self.subTest(email):
                self.compose(self.press(order.mandate_ids, "_compose_to_client", email))
                message = self.partner.message_ids[0]
                self.assertEqual(message.author_id, self.accountant.partner_id)
                self.assertIn(order.mandate_ids[0].signing_url, message.body)
                self.assertIn(email, message.sudo().notified_partner_ids.mapped("email"))

    def test_he_writes_to_nobody_else(self):
        other = self.make_client("Slagerij Bo", "0431234581")
        for partner in (other, self.partner):
            with self.subTest(partner.name), self.assertRaises(AccessError):
                self.press(partner, "message_post")
        self.order(self.partner)
        self.press(self.partner, "message_post")
        with self.assertRaises(AccessError):
            self.press(self.partner, "write", {"name": "Other"})
