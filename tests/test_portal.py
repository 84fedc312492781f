"""What a client does on the portal: see, sign, download, upload."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import IBAN
from .portal_case import DOCUMENT, LINK, PATH, SIGNED, PortalCase

TYPE = "account_codabox.mail_activity_type_signed_mandate"


@tagged("-at_install", "post_install")
class TestPortal(PortalCase):
    def setUp(self):
        super().setUp()
        self.login(self.jo_user)

    def counters(self):
        names = ["codabox_to_sign_count", "codabox_mandate_count"]
        answer = self.url_open("/my/counters", json={"params": {"counters": names}})
        return [answer.json()["result"][name] for name in names]

    def steps(self, **values):
        """Return what the page tells the client to do, for a mandate with these values."""
        self.mandate.write(values)
        return " ".join(self.mandate._portal_steps())

    # --- Seeing ---------------------------------------------------------------------------------

    def test_the_home_page_counts_what_is_to_sign(self):
        self.assertEqual(self.counters(), [1, 1])
        self.make_mandate(self.jo, remote_id="jo-2", service="soda", state="to_sign")
        self.make_mandate(self.jo, remote_id="jo-3", state="archived")
        self.make_mandate(self.jo, remote_id="jo-4", state="draft")
        self.make_mandate(self.jo, remote_id="jo-5", state="preparing")
        self.assertEqual(self.counters(), [1, 4])
        self.make_mandate(self.jo, remote_id="jo-6", state="preparing", signing_url=LINK)
        self.assertEqual(self.counters(), [2, 5])

    def test_nothing_to_sign_says_so(self):
        self.mandate.state = "active"
        self.assertEqual(self.counters(), [0, 1])
        self.assertIn("There is nothing to sign now.", self.url_open(PATH).text)

    def test_the_page_says_for_what_and_for_whom(self):
        page = self.get(self.mandate).text
        for text in ("Nagelmackers", "BE68 5390 0754 7034", self.company.name, "To sign"):
            self.assertIn(text, page)
        self.assertIn("Nobody can make payments with it.", page)
        self.assertIn(f'href="{LINK}"', page)
        self.assertIn('rel="noopener noreferrer"', page)

    def test_a_page_that_cannot_ask_codabox_stays_as_it_was_and_asks_once(self):
        self.authenticate("codabox_jo", "codabox_jo")
        for path in (f"{PATH}/{self.mandate.id}?look=1", f"{PATH}/{self.mandate.id}?look=1"):
            answer = self.url_open(path)
            self.assertEqual(answer.status_code, 200)
            self.assertIn("look=1", answer.text)
        self.assertLessEqual(len(self.sandbox.log), 2, "the one client, and its token")
        self.env.invalidate_all()
        self.assertEqual(self.mandate.state, "to_sign")
        self.assertEqual(self.connection.state, "connected")

    def test_an_old_link_is_marked(self):
        marked = "older than six months"
        self.mandate.signing_url_date = fields.Datetime.now() - timedelta(days=100)
        self.assertNotIn(marked, self.get(self.mandate).text)
        self.mandate.signing_url_date = fields.Datetime.now() - timedelta(days=200)
        self.assertIn(marked, self.get(self.mandate).text)

    def test_each_bank_has_its_own_steps(self):
        app = "Activate CodaBox in the app of"
        self.assertIn("Or on paper", self.steps())
        self.assertIn("print it", self.steps(signing_url=False))
        self.assertIn("Ask", self.steps(pdf=False))
        self.assertNotIn(app, self.steps(signing_url=LINK))
        self.assertIn(f"{app} KBC", self.steps(bank_bic="KREDBEBB"))
        self.assertIn(f"{app} CBC", self.steps(bank_bic="CREGBEBB", state="bank_or_office"))
        self.assertIn("nothing", self.steps(state="active"))
        self.assertNotIn("paper", self.steps(bank_bic="GKCCBEBB", state="to_sign"))

    def test_other_services_say_what_to_do_too(self):
        self.assertIn("nothing to sign", self.steps(service="soda", signing_url=False))
        self.assertIn("mail", self.steps(service="purchase_invoice"))
        self.assertIn("expired", self.steps(state="expired"))
        for service in ("coda", "soda", "purchase_invoice", "other"):
            self.mandate.service = service
            self.assertIn(self.company.name, self.mandate._portal_permission())
            self.assertEqual(self.get(self.mandate).status_code, 200)

    def test_every_state_has_a_page(self):
        for state, label in self.mandate._fields["state"]._description_selection(self.env):
            self.mandate.state = state
            answer = self.get(self.mandate)
            if state in ("draft", "asked"):
                self.assert_sent_away(answer)
            else:
                self.assertIn(label, answer.text)

    def test_pages_of_a_long_list(self):
        for number in range(81):
            self.make_mandate(self.jo, remote_id=f"many-{number}", state="archived")
        first, second = (self.url_open(f"{PATH}/page/{page}").text for page in (1, 2))
        links = [text.count(f'href="{PATH}/') for text in (first, second)]
        self.assertGreaterEqual(links[0], 81)
        self.assertIn(f'href="{self.mandate.access_url}"', first)
        self.assertLess(links[1], 10)

    # --- Downloading -----------------------------------------------------------------------------

    def test_the_document_is_downloaded_and_not_shown(self):
        answer = self.get(self.mandate, "/pdf")
        self.assertEqual(answer.content, DOCUMENT)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_without_document_there_is_nothing_to_download(self):
        self.mandate.pdf = False
        self.assertNotIn('name="download"', self.get(self.mandate).text)
        answer = self.get(self.mandate, "/pdf")
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith(self.mandate.access_url))

    # --- Uploading -------------------------------------------------------------------------------

    def test_a_signed_document_is_kept_and_the_responsible_user_told(self):
        answer = self.upload(self.mandate)
        self.assertIn("your document has arrived", self.url_open(answer.headers["Location"]).text)
        kept = self.uploads(self.mandate)
        self.assertEqual((kept.raw, kept.mimetype), (SIGNED, "application/pdf"))
        self.assertEqual(kept.create_uid, self.jo_user)
        self.assertEqual(self.mandate.signed_upload_ids, kept)
        self.assertTrue(self.mandate.signed_upload_on)
        message = self.mandate.message_ids.filtered("attachment_ids")
        self.assertEqual(message.author_id, self.jo_user.partner_id)
        self.assertTrue(message.is_internal or message.subtype_id.internal)
        activity = self.mandate.activity_ids
        self.assertEqual(activity.user_id, self.accountant)
        self.assertEqual(activity.activity_type_id, self.env.ref(TYPE))
        self.assertEqual((self.mandate.state, self.mandate.raw_state), ("to_sign", "sent-client"))

    def test_the_accountant_opens_what_his_client_uploaded(self):
        self.upload(self.mandate)
        self.env.invalidate_all()
        mandate = self.mandate.with_user(self.accountant)
        self.assertEqual(mandate.signed_upload_ids.raw, SIGNED)

    def test_who_has_only_the_link_is_not_named(self):
        token = self.token(self.mandate)
        self.login(None)
        answer = self.upload(self.mandate, access_token=token)
        self.assertIn("arrived", self.url_open(answer.headers["Location"]).text)
        message = self.mandate.message_ids.filtered("attachment_ids")
        self.assertIn("somebody with the link", message.body)

    def test_a_double_click_keeps_one_and_a_better_scan_is_kept_beside(self):
        self.upload(self.mandate)
        self.upload(self.mandate)
        self.assertEqual(len(self.uploads(self.mandate)), 1)
        self.upload(self.mandate, SIGNED + b"%%EOF")
        self.assertEqual(len(self.uploads(self.mandate)), 2)
        self.assertEqual(len(self.mandate.activity_ids), 1)

    def test_nobody_fills_the_server(self):
        for number in range(11):
            answer = self.upload(self.mandate, SIGNED + b"%%%d" % number)
        self.assertIn("one document too many", answer.text)
        self.assertEqual(len(self.uploads(self.mandate)), 10)

    def test_whoever_has_the_link_does_not_close_the_mandate_to_the_client(self):
        token = self.token(self.mandate)
        self.login(None)
        for number in range(11):
            answer = self.upload(self.mandate, SIGNED + b"%%EOF%d" % number, access_token=token)
        self.assertIn("one document too many", answer.text)
        self.login(self.jo_user)
        self.upload(self.mandate)
        self.assertEqual(len(self.uploads(self.mandate)), 11)
        # Nor to who has nothing but the link, for longer than a day.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = create_date - interval '2 days' WHERE id IN %s",
            [tuple(self.mandate.signed_upload_ids.ids)],
        )
        self.env.invalidate_all()
        self.login(None)
        self.upload(self.mandate, SIGNED + b"%%EOF again", access_token=token)
        self.assertEqual(len(self.uploads(self.mandate)), 12)

    def test_what_is_no_pdf_is_refused_in_words(self):
        html, svg = b"<html><script>alert(1)</script></html>", b"<svg onload='alert(1)'/>"
        for content, name, words in (
            (html, "signed.pdf", "not a PDF"),
            (svg, "signed.svg", "not a PDF"),
            (b"\x89PNG\r\n", "scan.png", "not a PDF"),
            (b"  " + SIGNED, "signed.pdf", "not a PDF"),
            (SIGNED[:-20], "signed.pdf", "not complete"),
            (b"", "signed.pdf", "Choose the file"),
            (None, None, "Choose the file"),
            (b"%PDF-1.4" + b"0" * 10 * 1024 * 1024 + b"%%EOF", "signed.pdf", "larger than 10 MB"),
        ):
            with self.subTest(name=name, words=words):
                answer = self.upload(self.mandate, content, name)
                self.assertEqual(answer.status_code, 200)
                self.assertIn(words, answer.text)
                self.assertFalse(self.uploads(self.mandate))
                self.assertFalse(self.mandate.activity_ids)

    def test_what_looks_like_a_page_inside_a_pdf_stays_a_pdf(self):
        both = b"%PDF-1.4\n<html><script>alert(1)</script></html>\n%%EOF"
        self.upload(self.mandate, both, "x.html")
        kept = self.uploads(self.mandate)
        self.assertEqual(kept.mimetype, "application/pdf")
        self.assertTrue(kept.name.endswith(".pdf"))
        self.login(self.accountant)
        answer = self.url_open(f"/web/content/{kept.id}")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_another_site_cannot_upload_in_the_name_of_the_client(self):
        with mute_logger("odoo.http"):
            answer = self.upload(self.mandate, csrf=False)
        self.assertEqual(answer.status_code, 400)
        self.assertEqual(self.get(self.mandate, "/upload").status_code, 405)
        self.assertFalse(self.uploads(self.mandate))

    def test_a_bank_without_paper_takes_no_paper(self):
        self.mandate.bank_bic = "GKCCBEBB"
        self.assertNotIn('name="upload"', self.get(self.mandate).text)
        self.assertIn("Nothing has to be signed on paper", self.upload(self.mandate).text)
        self.assertFalse(self.uploads(self.mandate))

    def test_the_to_do_closes_when_codabox_has_the_document(self):
        self.mandate.with_context(active_test=False).activity_ids.unlink()
        self.upload(self.mandate)
        self.assertTrue(self.mandate.activity_ids)
        self.mandate.write({"state": "to_sign"})
        self.assertTrue(self.mandate.activity_ids)
        self.mandate.write({"state": "signed"})
        self.assertFalse(self.mandate.activity_ids)
        self.assertEqual(self.mandate.account_ids.iban, IBAN)
