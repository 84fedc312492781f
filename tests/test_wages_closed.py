"""Who earns what is closed until a file is known to be without it, booked or not."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..codabox.coda import write_coda
from .common import credit
from .wages_case import NEEDLES, WagesCase, wages

OTHERS = ("responsible", "colleague", "auditor", "invoicing", "administrator", "stranger")


@tagged("-at_install", "post_install")
class TestWagesClosed(WagesCase):
    def test_no_role_reads_wages_in_any_kept_state_by_any_way(self):
        for state in self.STATES:
            with self.subTest(state), self.rolled_back():
                document = getattr(self, f"keep_{state}")()
                self.assertTrue(document.is_closed)
                for role in OTHERS:
                    user = self.roles[role]
                    for path, body in self.served(user, document).items():
                        self.assert_no_leak(body, (state, role, path))
                    self.assert_no_leak(self.told(user, document), (state, role))

    def test_payroll_reads_the_files_of_every_kept_state_of_its_company(self):
        for state in self.STATES:
            with self.subTest(state), self.rolled_back():
                document = getattr(self, f"keep_{state}")()
                found = b"".join(self.served(self.roles["payroll"], document).values())
                self.assertEqual(NEEDLES[0] in found, state != "unmapped")

    def test_a_statement_without_wages_is_open_before_it_is_booked(self):
        with patch.object(
            self.registry["codabox.feed"], "_book_documents", lambda feed, run, turn: True
        ):
            document = self.receive(self.day(15, credit("9")))
        self.assert_state(document, "received")
        self.assertFalse(document.is_closed)
        with self.as_user(self.roles["colleague"]) as env:
            files = env["codabox.document"].browse(document.id).file_ids
            self.assertEqual(len(files), 3)

    def test_an_invoice_that_cannot_be_read_is_open_to_the_accountants_of_its_company(self):
        files = {"xml": b"<Factuur/>", "pdf": b"%PDF-1.4 bill"}
        for model in ("purchase_invoice", "sales_invoice"):
            with self.subTest(model):
                index = self.put(model, files)
                self.night()
                document = self.document(index)
                found = self.served(self.roles["colleague"], document)
                self.assertIn(b"%PDF-1.4 bill", b"".join(found.values()))
                found = self.served(self.roles["stranger"], document)
                self.assertNotIn(b"%PDF-1.4 bill", b"".join(found.values()))

    def test_the_responsible_opens_what_nobody_could_judge_with_one_click_that_is_told(self):
        for state in ("broken", "unknown_kind", "pdf_only"):
            with self.subTest(state), self.rolled_back():
                document = getattr(self, f"keep_{state}")()
                self.press(document, "action_open_files")
                found = b"".join(self.served(self.accountant, document).values())
                self.assertIn(NEEDLES[0], found)
                self.assertIn(self.accountant.name, document.message_ids[0].body)
                for path, body in self.served(self.roles["colleague"], document).items():
                    self.assert_no_leak(body, path)

    def test_nobody_but_the_responsible_opens_and_nobody_opens_known_wages(self):
        document = self.keep_broken()
        for role in OTHERS[1:]:
            with self.subTest(role):
                self.assertRaises(
                    AccessError, self.press, document, "action_open_files", user=self.roles[role]
                )
        known = self.receive(self.day(16, wages()))
        self.assertTrue(known.has_wages)
        self.assertRaises(AccessError, self.press, known, "action_open_files")

    def test_what_was_opened_closes_again_when_it_is_found_to_have_wages(self):
        document = self.keep_broken()
        self.press(document, "action_open_files")
        cod = document.file_ids.filtered(lambda f: f.format == "cod")
        cod.write(cod._prepare_content(write_coda([self.day(15, wages())])))
        self.assertTrue(document.has_wages)
        for path, body in self.served(self.accountant, document).items():
            self.assert_no_leak(body, path)

    def test_a_file_too_long_to_be_read_at_once_is_closed_until_it_is_booked(self):
        files = self.registry["codabox.document.file"]
        feeds = self.registry["codabox.feed"]
        with patch.object(files, "_judged_size", 10):
            with patch.object(feeds, "_book_documents", lambda feed, run, turn: True):
                document = self.receive(self.day(15, credit("9")))
            self.assertTrue(document.is_closed)
            self.press(document, "action_retry")
        self.env.invalidate_all()
        self.assert_state(document, "imported")
        self.assertFalse(document.is_closed)

    def test_whatever_goes_wrong_while_judging_the_bytes_are_stored_and_closed(self):
        documents = self.registry["codabox.document"]
        for error in (RecursionError(), MemoryError(), ValueError("PEETERS"), KeyError(0)):
            with self.subTest(type(error).__name__), self.rolled_back():
                feeds = self.registry["codabox.feed"]
                with (
                    patch.object(feeds, "_book_documents", lambda feed, run, turn: True),
                    patch.object(documents, "_wages_vals", side_effect=error),
                ):
                    document = self.receive(self.day(15, wages()))
                self.assert_state(document, "received")
                self.assertEqual(set(document.file_ids.mapped("state")), {"here"})
                self.assertTrue(document.is_closed)

    def test_a_database_error_while_judging_takes_nothing_of_the_document_along(self):
        documents = self.registry["codabox.document"]

        def broken(document, parsed):
            document.env.cr.execute("SELECT 1/0", log_exceptions=False)

        feeds = self.registry["codabox.feed"]
        with (
            patch.object(feeds, "_book_documents", lambda feed, run, turn: True),
            patch.object(documents, "_wages_vals", broken),
        ):
            document = self.receive(self.day(15, wages()))
        self.assertEqual(set(document.file_ids.mapped("state")), {"here"})
        self.assertTrue(document.is_closed)

    def test_the_reason_of_a_broken_file_says_where_and_quotes_no_name(self):
        content = write_coda([self.day(15, wages())]).decode()
        lines = content.splitlines()
        lines[1] = lines[1][:43] + "GEHEIM PEETERS " + lines[1][58:]
        index = self.put(files={"cod": "\r\n".join(lines).encode()})
        self.night()
        document = self.document(index)
        self.assertEqual(document.state, "failed")
        self.assertTrue(document.is_closed)
        self.assertIn("Line 2", document.reason)
        self.assertNotIn("GEHEIM", document.reason)
        self.assertNotIn("GEHEIM", str(document.message_ids.mapped("body")))

    def test_an_uploaded_wage_file_is_closed_to_whoever_uploaded_it(self):
        content = write_coda([self.day(15, wages())])
        with self.as_user(self.accountant) as env:
            attachment = env["ir.attachment"].create({"name": "15.cod", "raw": content})
            journal = env["account.journal"].browse(self.journal.id)
            journal._codabox_upload(attachment)
            self.assertFalse(attachment.exists())
        document = self.env["codabox.document"].sudo().search([("channel", "=", "upload")])
        self.assertTrue(document.has_wages)
        for path, body in self.served(self.accountant, document).items():
            self.assert_no_leak(body, path)

    def test_who_may_read_no_file_is_told_so_when_he_downloads_all(self):
        document = self.receive(self.day(15, wages()))
        self.assertRaises(UserError, self.press, document, "action_download_zip")

    def test_files_kept_before_this_version_are_judged_and_what_was_quoted_of_them_is_taken_out(
        self,
    ):
        day = self.receive(self.day(15, credit("9")))
        paid = self.keep_unknown_account()
        broken = self.keep_broken()
        documents = day + paid + broken
        documents.write({"has_wages": False, "wages_judged": False})
        broken.reason_facts = broken.reason_facts | {"found": "GEHEIM PEETERS"}
        broken.message_post(body="found GEHEIM PEETERS")
        self.assertTrue(all(documents.mapped("is_closed")))
        self.env["codabox.document"]._judge_stored(batch=2)
        self.env["codabox.document"]._unquote_stored()
        self.assertEqual(documents.mapped("is_closed"), [False, True, True])
        self.assertEqual(documents.mapped("has_wages"), [False, True, False])
        self.assertNotIn("GEHEIM", f"{broken.reason} {broken.message_ids.mapped('body')}")
