"""The portal shows a client his own mandates, over real HTTP, whatever somebody writes in the address."""

from contextlib import nullcontext

from odoo import Command, http
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .portal_case import DOCUMENT, LINK, PATH, SECRET, SIGNED, PortalCase

# As in the address bar: of nobody, beyond any id, no number at all.
NUMBER = "0431234581"
TAMPERED = (0, -1, 999999, 2**31, 2**70)


@tagged("-at_install", "post_install")
class TestPortalSecurity(PortalCase):
    def every_way_in(self, mandate, **params):
        """Return the answers of every route of a mandate."""
        return [
            self.get(mandate, **params),
            self.get(mandate, "/pdf", **params),
            self.upload(mandate, **params),
        ]

    def assert_closed(self, mandate, **params):
        for answer in self.every_way_in(mandate, **params):
            self.assert_sent_away(answer)
        self.assertFalse(self.uploads(mandate))
        self.assertFalse(mandate.activity_ids)

    def assert_open(self, mandate, **params):
        page, document, upload = self.every_way_in(mandate, **params)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(document.content, DOCUMENT)
        self.assertIn("uploaded=1", upload.headers["Location"])
        self.assertEqual(self.uploads(mandate).raw, SIGNED)

    # --- The office -----------------------------------------------------------------------------

    def test_nobody_of_the_office_gets_the_link_that_lets_him_upload(self):
        token = self.token(self.mandate)
        for login, groups, may_sign in (
            ("auditor", "account.group_account_readonly", False),
            ("invoicing", "account.group_account_invoice", False),
            ("accountant", "account.group_account_user", True),
            ("administrator", "account.group_account_user,base.group_system", True),
        ):
            user = new_test_user(
                self.env,
                f"link_{login}",
                f"base.group_user,{groups}",
                company_id=self.company.id,
                company_ids=[Command.set(self.company.ids)],
            )
            self.env.invalidate_all()
            mandate = self.mandate.with_user(user)
            self.assertTrue(mandate.read(["state", "is_link_old", "signing_help", "pdf_note"]))
            self.assertEqual("signing_url" in mandate.fields_get(), may_sign)
            with nullcontext() if may_sign else self.assertRaises(AccessError):
                self.assertEqual(mandate.signing_url, LINK)
            self.assertNotIn("access_token", mandate.fields_get())
            for read in (
                lambda m=mandate: m.read(["access_token"]),
                lambda m=mandate: m.search([("access_token", "=", token)]),
                lambda m=mandate: m.get_portal_url(),
            ):
                self.assertRaises(AccessError, read)

    # --- Portal users ---------------------------------------------------------------------------

    def test_a_client_opens_his_own_mandate(self):
        self.login(self.jo_user)
        self.assert_open(self.mandate)

    def test_a_client_does_not_open_the_mandate_of_another(self):
        self.login(self.jo_user)
        self.assert_closed(self.other)
        self.login(self.piet_user)
        self.assert_closed(self.mandate)

    def test_the_list_has_only_the_mandates_of_the_client(self):
        for user, own, foreign in (
            (self.jo_user, self.mandate, self.other),
            (self.piet_user, self.other, self.mandate),
        ):
            self.login(user)
            page = self.url_open(PATH).text
            self.assertIn(f'"{own.access_url}"', page)
            self.assertNotIn(foreign.access_url, page)
            self.assertNotIn(foreign.account_ids.iban_text, page)

    def test_another_company_of_the_same_group_is_another_client(self):
        daughter = self.make_client("Bakkerij Jo Gent")
        daughter.parent_id = self.jo
        of_daughter = self.make_mandate(daughter, remote_id="jo-2", pdf=True)
        self.login(self.jo_user)
        self.assert_closed(of_daughter)
        self.login(self.make_portal_user("gent", daughter))
        self.assert_open(of_daughter)
        self.assert_closed(self.mandate)

    def test_a_mandate_without_partner_is_of_nobody(self):
        unmatched = self.make_mandate(self.env["res.partner"], remote_id="x", client_name="X")
        self.login(self.jo_user)
        self.assert_closed(unmatched)

    def test_ids_that_nobody_has_look_like_those_of_another(self):
        self.login(self.jo_user)
        for mandate_id in TAMPERED:
            self.assert_sent_away(self.get(mandate_id))
            self.assert_sent_away(self.get(mandate_id, access_token=self.token(self.mandate)))
        self.assertEqual(self.get("jo").status_code, 404)

    def test_a_portal_user_has_no_rights_of_his_own(self):
        for model in ("codabox.mandate", "codabox.mandate.account", "codabox.connection"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.jo_user).search_count([])
        self.login(self.jo_user)
        with mute_logger("odoo.http"):
            answer = self.url_open(f"/web/content/codabox.mandate/{self.mandate.id}/pdf")
        self.assertEqual(answer.status_code, 404)

    # --- Numbers ---------------------------------------------------------------------------------

    def test_a_number_that_a_client_gave_himself_brings_him_no_mandates(self):
        ref = self.sandbox.add_client("S", "Stranger", enterprise_num=f"BE{NUMBER}")
        piet = self.piet_user.partner_id
        piet.parent_id = False
        self.login(self.piet_user)
        self.give_number(piet, f"BE{NUMBER}")
        self.assertEqual(piet.vat, f"BE{NUMBER}")
        self.map_client(feed=self.client)
        mandate = self.env["codabox.mandate"].sudo().search([("client_name", "=", "Stranger")])[:1]
        self.assertTrue(mandate)
        self.assertFalse(mandate.partner_id)
        # Somebody of the office says that it is his: so it is, for the next one too.
        mandate.with_user(self.accountant).partner_id = piet
        self.assertFalse(piet.codabox_number_unchecked)
        with self.sandbox.editing(ref) as client:
            client["social_mandates"][0]["id"] = "another"
        self.night()
        another = self.env["codabox.mandate"].sudo().search([("remote_id", "=", "another")])
        self.assertEqual(another.partner_id, piet)

    def give_number(self, partner, number):
        """Fill in a VAT number as a client does on the portal."""
        answer = self.url_open(
            "/my/address/submit",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "partner_id": partner.id,
                "address_type": "billing",
                "required_fields": "",
                "name": "Piet",
                "email": "piet@example.test",
                "phone": "1",
                "street": "Street 1",
                "city": "Gent",
                "zip": "9000",
                "country_id": self.env.ref("base.be").id,
                "vat": number,
            },
        )
        self.assertIn("redirectUrl", answer.json(), answer.text)

    # --- Links ----------------------------------------------------------------------------------

    def test_the_link_opens_one_mandate_without_login(self):
        self.login(None)
        token = self.token(self.mandate)
        self.token(self.other)
        self.assert_open(self.mandate, access_token=token)
        self.assert_closed(self.other, access_token=token)

    def test_without_link_or_with_a_wrong_one_nothing_opens(self):
        self.login(None)
        token = self.token(self.mandate)
        for wrong in (None, "", "x", token[:-1], token.upper(), "é", "False", "%", "\x00"):
            with self.subTest(token=wrong):
                params = {} if wrong is None else {"access_token": wrong}
                self.assert_closed(self.mandate, **params)
                self.assert_closed(self.other, **params)  # which has no token yet

    def test_the_link_in_the_mail_is_that_of_the_mandate(self):
        self.login(None)
        answer = self.url_open(self.press_url())
        self.assertEqual(answer.status_code, 200)
        self.assertIn(LINK, answer.text)

    def press_url(self):
        url = self.mandate.with_user(self.accountant)._get_portal_url()
        path = url.removeprefix(self.mandate.get_base_url())
        self.assertNotEqual(path, url)
        return path

    def test_the_link_ends_when_the_mandate_is_of_another_partner(self):
        token = self.token(self.mandate)
        self.mandate.with_user(self.accountant).partner_id = self.piet
        self.login(None)
        self.assert_closed(self.mandate, access_token=token)

    def test_nobody_chooses_the_secret_of_a_link(self):
        with self.assertRaises(AccessError):
            self.mandate.with_user(self.accountant).access_token = "easy"

    def test_the_link_does_not_open_what_the_office_discusses(self):
        self.mandate.message_post(body="For colleagues", subtype_xmlid="mail.mt_comment")
        self.login(None)
        params = {
            "thread_model": "codabox.mandate",
            "thread_id": self.mandate.id,
            "token": self.token(self.mandate),
        }
        answer = self.url_open("/mail/chatter_fetch", json={"params": params})
        self.assertNotIn("For colleagues", answer.text)
        with mute_logger("odoo.http"):
            answer = self.url_open(
                "/mail/message/post",
                json={"params": {**params, "post_data": {"body": "From outside"}}},
            )
        self.assertIn("error", answer.json())
        self.assertNotIn("From outside", str(self.mandate.message_ids.mapped("body")))

    # --- People of the office ----------------------------------------------------------------------

    def make_colleague(self, login, groups, company=None):
        company = company or self.company
        return new_test_user(
            self.env,
            f"codabox_{login}",
            groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def test_a_colleague_without_rights_is_sent_away_like_anybody(self):
        # He is even a contact of the client: that is for users of the portal.
        employee = self.make_colleague("employee", "base.group_user")
        employee.partner_id.parent_id = self.jo
        self.login(employee)
        self.assert_closed(self.mandate)
        self.assertNotIn(self.mandate.access_url, self.url_open(PATH).text)

    def test_an_accountant_of_another_company_is_sent_away(self):
        accounting = "base.group_user,account.group_account_user"
        self.login(self.make_colleague("stranger", accounting, self.other_company))
        self.assert_closed(self.mandate)

    def test_the_accountant_sees_what_his_client_sees(self):
        self.login(self.accountant)
        self.assert_open(self.mandate)

    def test_an_auditor_reads_but_uploads_nothing(self):
        self.login(self.make_colleague("auditor", "base.group_user,account.group_account_readonly"))
        self.assertEqual(self.get(self.mandate).status_code, 200)
        self.assert_sent_away(self.upload(self.mandate))
        self.assert_sent_away(self.upload(self.mandate, access_token="x"))
        self.assertFalse(self.uploads(self.mandate))

    # --- What is shown ------------------------------------------------------------------------------

    def test_the_page_has_nothing_but_what_is_for_the_client(self):
        self.mandate.write({"raw_state": "raw-word", "client_ref": "client-ref"})
        self.login(self.jo_user)
        page = self.get(self.mandate).text
        for text in (SECRET, "raw-word", "client-ref", self.mandate.remote_id, "problem_reason"):
            self.assertNotIn(text, page)
        self.assertNotIn(self.token(self.mandate), page)

    def test_only_web_addresses_are_linked_to(self):
        self.login(self.jo_user)
        for url in (
            "javascript:alert(1)",
            "data:text/html,x",
            "//evil.test",
            "ftp://x.test",
            "http://[x",
        ):
            self.mandate.signing_url = url
            page = self.get(self.mandate)
            self.assertEqual(page.status_code, 200)
            self.assertNotIn(url, page.text)
            self.assertNotIn("Sign online", page.text)

    def test_a_mandate_that_ended_is_not_signed_any_more(self):
        self.login(self.jo_user)
        for state in ("archived", "problem", "expired", "active"):
            self.mandate.write({"state": state})
            page = self.get(self.mandate)
            self.assertEqual(page.status_code, 200)
            self.assertNotIn(LINK, page.text)
            self.assertNotIn('name="upload"', page.text)
            self.assertNotIn(b"%PDF", self.get(self.mandate, "/pdf").content)
            self.upload(self.mandate)
            self.assertFalse(self.uploads(self.mandate))

    def test_an_order_that_codabox_does_not_have_yet_is_not_shown(self):
        self.mandate.write({"state": "draft"})
        self.login(self.jo_user)
        self.assert_closed(self.mandate)
        self.assertNotIn(self.mandate.access_url, self.url_open(PATH).text)
        self.login(None)
        self.assert_closed(self.mandate, access_token=self.token(self.mandate))
