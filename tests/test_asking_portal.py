"""What a client sees and answers on the portal, and what nobody else does."""

from odoo import http
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..codabox.ubl import builders, write_ubl
from .asking_case import PATH, PHOTO, SIGNED, AskingPortalCase


@tagged("-at_install", "post_install")
class TestAskingPortal(AskingPortalCase):
    def setUp(self):
        super().setUp()
        (self.question,) = self.ask(self.line(), text="Voor <b>wie</b>?")
        self.contact = self.question.contact_id
        self.env.flush_all()

    def ubl(self):
        return write_ubl(builders.invoice("F-1", builders.line("100")))

    def test_the_page_shows_what_is_asked_and_the_home_page_counts_it(self):
        self.log_in(self.jo_user)
        text = self.page().text
        for shown in ("COLRUYT", "-45.00", "01/", "KAART 1234", "Voor &lt;b&gt;wie"):
            self.assertIn(shown, text)
        answer = self.url_open(
            "/my/counters", json={"params": {"counters": ["codabox_question_count"]}}
        )
        self.assertEqual(answer.json()["result"]["codabox_question_count"], 1)

    def test_an_answer_closes_the_question_and_stands_at_the_line(self):
        self.log_in(self.jo_user)
        answer = self.answer(self.question, ("bon.pdf", SIGNED), answer="Voor <i>ons</i>")
        self.assertIn("Thank you", self.url_open(answer.headers["Location"]).text)
        self.env.invalidate_all()
        self.assertEqual(
            (self.question.state, self.question.answer), ("answered", "Voor <i>ons</i>")
        )
        file = self.question.attachment_ids
        move = self.question.line_id.move_id
        self.assertEqual((file.res_model, file.res_id, file.raw), (move._name, move.id, SIGNED))
        message = move.message_ids[0]
        self.assertEqual(message.author_id, self.jo_user.partner_id)
        self.assertIn("Voor &lt;i&gt;ons", message.body)
        again = self.answer(self.question, answer="Other")
        self.assertIn("no longer asked", again.text)

    def test_whether_it_is_private_is_said_with_yes_or_no(self):
        (question,) = self.ask(self.line(), kind="private")
        self.log_in(self.jo_user)
        self.assertIn("Choose yes or no", self.answer(question, answer="Well").text)
        self.assertIn(">Well</textarea>", self.answer(question, answer="Well", choice="maybe").text)
        self.answer(question, choice="yes")
        self.env.invalidate_all()
        self.assertEqual(question.is_private, "yes")

    def test_the_link_of_the_mail_opens_the_page_in_the_language_of_the_client(self):
        token = self.contact._portal_ensure_token()
        self.log_in(None)
        self.assertEqual(self.contact.partner_id, self.jo_user.partner_id, "who has a user")
        self.contact.partner_id.lang = "nl_BE"
        text = self.page(self.contact, access_token=token).text
        self.assertIn("-45,00", text)
        answer = self.answer(self.question, answer="Brood", access_token=token)
        self.assertIn("access_token", answer.headers["Location"])
        self.env.invalidate_all()
        self.assertEqual(self.question.answer, "Brood")
        self.assertIn("by the link", str(self.question.line_id.move_id.message_ids[0].body))

    def test_nobody_else_sees_or_answers(self):
        token = self.contact._portal_ensure_token()
        foreign = self.user("asking_foreign", "base.group_user,account_codabox.group_accountant")
        foreign.write({"company_ids": [(6, 0, self.other_company.ids)],
                       "company_id": self.other_company.id, "password": foreign.login})  # fmt: skip
        nobody = new_test_user(self.env, "asking_nobody", "base.group_user")
        for user in (None, self.piet_user, foreign, nobody, self.accountant):
            for bad in ({}, {"access_token": token + "x"}, {"access_token": "é"}):
                with self.subTest(user=user and user.login, **bad):
                    self.log_in(user)
                    self.assert_sent_away(self.page(self.contact, **bad))
                    self.assert_sent_away(self.answer(self.question, answer="Mine", **bad))
        self.log_in(self.piet_user)
        self.assertNotIn("COLRUYT", self.page().text)
        self.env.invalidate_all()
        self.assertFalse(self.question.answer)

    def test_the_link_of_one_client_answers_no_question_of_another(self):
        other = self.contacts._remember(self.other_company, self.piet)
        self.log_in(self.piet_user)
        path = f"{PATH}/{other.id}/{self.question.id}"
        self.question.contact_id.flush_recordset()
        answer = self.url_open(
            path,
            data={"answer": "Mine", "csrf_token": http.Request.csrf_token(self)},
            allow_redirects=False,
        )
        self.assert_sent_away(answer)

    @mute_logger("odoo.http")
    def test_by_rpc_a_client_reads_and_writes_nothing(self):
        self.log_in(self.jo_user)
        for model, record in (("question", self.question), ("contact", self.contact)):
            name = f"codabox.client.{model}"
            for method, args in (("read", [record.ids]), ("search_read", []),
                                 ("write", [record.ids, {"active": False}]),
                                 ("action_send", [record.ids])):  # fmt: skip
                with self.subTest(name, method=method):
                    body = {"params": {"model": name, "method": method, "args": args, "kwargs": {}}}
                    answer = self.url_open(
                        f"/web/dataset/call_kw/{name}/{method}", json=body
                    ).json()
                    self.assertEqual(answer["error"]["data"]["name"], "odoo.exceptions.AccessError")

    @mute_logger("odoo.http")
    def test_another_site_cannot_answer_in_the_name_of_the_client(self):
        self.log_in(self.jo_user)
        self.assertEqual(self.answer(self.question, csrf=False, answer="x").status_code, 400)
        self.env.invalidate_all()
        self.assertFalse(self.question.answer)

    def test_a_file_is_what_its_bytes_say_or_is_refused_in_words(self):
        self.log_in(self.jo_user)
        html, svg = b"<html><script>alert(1)</script></html>", b"<svg onload='alert(1)'/>"
        for name, content, words in (
            ("bon.pdf", html, "cannot be read"),
            ("bon.svg", svg, "cannot be read"),
            ("bon.png", b"<html>\x89PNG", "cannot be read"),
            ("bon.pdf", b"%PDF-1.4 half", "cannot be read"),
            ("bon.zip", b"PK\x03\x04", "cannot be read"),
            ("bon.pdf", b"%PDF-1.4" + b"0" * 10 * 1024 * 1024 + b"%%EOF", "larger than 10 MB"),
        ):
            with self.subTest(name, words=words):
                answer = self.answer(self.question, (name, content))
                self.assertIn(words, answer.text, answer.text[answer.text.find("<main") :])
        many = [(f"{number}.pdf", SIGNED) for number in range(6)]
        self.assertIn("At most 5 files", self.answer(self.question, *many).text)
        self.assertIn("Write an answer", self.answer(self.question).text)
        self.env.invalidate_all()
        self.assertEqual(self.question.state, "asked")
        self.assertFalse(self.question.attachment_ids)

    def test_what_is_taken_is_shown_as_nothing_else(self):
        self.log_in(self.jo_user)
        both = b"%PDF-1.4\n<html><script>alert(1)</script></html>\n%%EOF"
        self.answer(
            self.question, ("../x<b>.html", both), ("bon.html", PHOTO), ("e.html", self.ubl()),
        )  # fmt: skip
        self.env.invalidate_all()
        files = self.question.attachment_ids.sorted("id")
        self.assertEqual(files.mapped("mimetype"), ["application/pdf", "image/png", "text/plain"])
        self.assertEqual(files.mapped("name"), ["xb.pdf", "bon.png", "e.xml"])
        self.log_in(self.accountant)
        for file, kind in zip(files, ("application/pdf", "image/png", "text/plain"), strict=True):
            answer = self.url_open(f"/web/content/{file.id}")
            self.assertTrue(answer.headers["Content-Type"].startswith(kind))
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.log_in(self.piet_user)
        self.assertEqual(self.url_open(f"/web/content/{files[0].id}").status_code, 404)
