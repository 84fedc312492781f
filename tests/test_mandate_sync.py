"""Mandates that CodaBox has already are taken over, and kept up to date, night after night."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import IBAN, OTHER_IBAN, OTHER_NUMBER, CodaboxCase

STRANGER = "BE0437846838"


class MandateCase(CodaboxCase):
    """The office keeps the books of one client; the other client is no company in Odoo."""

    def mandates(self, service=None, feed=None):
        """Return the mandates of a client of the sandbox, as superuser."""
        with self.sandbox.editing(feed or self.client) as client:
            ref = client["id"]
        domain = [("client_ref", "=", ref)] + ([("service", "=", service)] if service else [])
        return self.env["codabox.mandate"].sudo().search(domain)

    def partner(self, name, number, **values):
        return (
            self.env["res.partner"]
            .sudo()
            .create({"name": name, "is_company": True, "company_registry": number, **values})
        )

    def seen_by(self, user, records):
        """Return records as a user who has just logged in has them."""
        self.env.invalidate_all()
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)


@tagged("-at_install", "post_install")
class TestMandateSync(MandateCase):
    def test_the_first_night_takes_over_what_codabox_has(self):
        self.map_client()
        coda, soda, purchase = self.mandates().sorted(
            lambda m: ("coda", "soda", "purchase_invoice").index(m.service)
        )
        self.assertRecordValues(
            coda + soda + purchase,
            [
                {
                    "state": "active",
                    "raw_state": "active",
                    "partner_id": self.company.partner_id.id,
                },
            ]
            * 3,
        )
        self.assertEqual(coda.account_ids.mapped("iban"), [IBAN])
        self.assertEqual(coda.account_ids.raw_state, "active")
        self.assertEqual(coda.account_ids.journal_id, self.journal)
        self.assertEqual(coda.account_ids.partner_bank_id, self.journal.bank_account_id)
        self.assertEqual(soda.secretariat_name, "Group S")
        self.assertEqual((coda.feed_id, coda.client_company_id), (self.feed(), self.company))
        self.assertIn("Bakkerij Jo", coda.display_name)

    def test_the_night_reads_the_mandates_without_a_call_of_its_own(self):
        self.map_client()
        self.sandbox.clear_log()
        self.night()
        paths = [entry.path for entry in self.sandbox.log]
        self.assertEqual(len([path for path in paths if path.endswith("/clients/")]), 1, paths)
        self.assertFalse([path for path in paths if "/clients/" in path[:-1]], paths)

    def test_a_link_that_no_mail_may_carry_is_not_kept(self):
        self.map_client()
        for url, kept in (
            ("javascript:alert(1)", False),
            ("http://example.com/sign", False),
            ("https://example.com/sign", "https://example.com/sign"),
        ):
            with self.subTest(url):
                with self.sandbox.editing(self.client) as client:
                    client["coda_mandates"][0]["twikey_url"] = url
                self.night()
                self.assertEqual(self.mandates("coda").signing_url, kept)

    def test_reading_the_same_twice_changes_and_says_nothing(self):
        self.map_client()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.mandates().mapped("write_date")
        messages = self.mandates().message_ids
        self.night()
        self.assertEqual(len(self.mandates()), 3)
        self.assertEqual(self.mandates().mapped("write_date"), before)
        self.assertEqual(self.mandates().message_ids, messages)

    def test_a_new_state_is_taken_over_with_its_reason_and_link(self):
        self.map_client()
        self.sandbox.set_coda_mandate(
            self.client, IBAN, state="problem", reason="Signer is no mandatary.", reason_code="R-7"
        )
        self.night()
        coda = self.mandates("coda")
        self.assertRecordValues(
            coda,
            [
                {
                    "state": "problem",
                    "problem_reason": "Signer is no mandatary.",
                    "problem_code": "R-7",
                }
            ],
        )
        self.sandbox.set_coda_mandate(
            self.client, IBAN, state="sent-client", reason=None, reason_code="R-0",
            twikey_url="https://sign.example.test/1",
        )  # fmt: skip
        self.night()
        self.assertRecordValues(
            coda, [{"state": "to_sign", "problem_reason": False, "problem_code": False}]
        )
        self.assertTrue(coda.signing_url_date)

    def test_a_state_that_nobody_knows_is_shown_as_it_is(self):
        self.sandbox.set_coda_mandate(self.client, IBAN, state="brand-new")
        self.map_client()
        self.assertRecordValues(
            self.mandates("coda"), [{"state": "unknown", "raw_state": "brand-new"}]
        )

    def test_purchase_invoices_stand_where_the_later_of_their_two_steps_stands(self):
        with self.sandbox.editing(self.client) as client:
            client["purchase_invoice_transmission_mandates"][0]["state"] = "invited"
        self.map_client()
        mandate = self.mandates("purchase_invoice")
        self.assertEqual((mandate.state, mandate.raw_state), ("to_sign", "active"))
        self.assertEqual(mandate.transmission_raw_state, "invited")

    def test_accounts_come_and_go_with_the_list_of_codabox(self):
        self.map_client()
        self.sandbox.set_coda_mandate(self.client, IBAN, ibans=[OTHER_IBAN])
        self.night()
        self.assertEqual(self.mandates("coda").account_ids.mapped("iban"), [OTHER_IBAN])

    def test_a_mandate_that_is_listed_no_more_is_archived_and_comes_back(self):
        self.map_client()
        with self.sandbox.editing(self.client) as client:
            kept, client["social_mandates"] = client["social_mandates"], []
        self.night()
        soda = self.mandates("soda")
        self.assertEqual((soda.state, soda.reason_code), ("archived", "mandate_gone"))
        with self.sandbox.editing(self.client) as client:
            client["social_mandates"] = kept
        self.night()
        self.assertEqual((soda.state, soda.reason_code), ("active", False))

    def test_a_mandate_of_a_service_that_nobody_knows_is_shown_too(self):
        with self.sandbox.editing(self.client) as client:
            client["card_mandates"] = [{"id": "card-1", "state": "invitation-sent"}]
        self.map_client()
        other = self.mandates("other")
        self.assertRecordValues(
            other, [{"state": "unknown", "raw_state": "invitation-sent", "remote_id": "card-1"}]
        )
        self.assertIn("Card", other.display_name)

    def test_reading_many_clients_takes_as_many_queries_as_reading_few(self):
        self.map_client()
        with self.connection._codabox_client() as client:
            queries = []
            for count in (3, 27):
                for number in range(count):
                    code = f"{count}-{number}"
                    self.sandbox.add_client(code, accounts=[IBAN], enterprise_num=STRANGER)
                clients = client.clients()
                self.connection._apply_mandates(clients)  # taken over
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                self.connection._apply_mandates(clients)  # nothing new
                self.env.flush_all()
                queries.append(self.cr.sql_log_count - before)
        self.assertLessEqual(queries[1], queries[0] + 2, queries)

    # --- Whose they are ------------------------------------------------------------------------

    def test_a_client_is_found_by_enterprise_number_however_it_is_written(self):
        for number in ("0437846838", "0437.846.838", "BE0437846838", "BE 0437.846.838"):
            with self.subTest(number), self.rolled_back():
                partner = self.partner("Stranger", number)
                feed = self.sandbox.add_client(number, "Stranger", enterprise_num=STRANGER)
                self.night()
                self.assertEqual(self.mandates(feed=feed).partner_id, partner)
                self.sandbox.remove_client(feed)

    def test_an_archived_partner_is_found_and_a_partner_in_use_goes_first(self):
        archived = self.partner("Old", STRANGER, active=False)
        feed = self.sandbox.add_client("S", "Stranger", enterprise_num=STRANGER)
        self.night()
        self.assertEqual(self.mandates(feed=feed).partner_id, archived)
        self.mandates(feed=feed).partner_id = False
        used = self.partner("New", STRANGER)
        self.night()
        self.assertEqual(self.mandates(feed=feed).partner_id, used)

    def test_a_partner_of_another_company_is_not_taken(self):
        self.partner("Theirs", STRANGER, company_id=self.other_company.id)
        feed = self.sandbox.add_client("S", "Stranger", enterprise_num=STRANGER)
        self.night()
        self.assertTrue(self.mandates(feed=feed))
        self.assertFalse(self.mandates(feed=feed).partner_id)

    def test_a_person_cannot_choose_a_partner_of_another_company(self):
        self.map_client()
        theirs = self.partner("Theirs", "", company_id=self.other_company.id)
        with self.assertRaisesRegex(ValidationError, "belongs to another company"):
            self.mandates("coda").partner_id = theirs
        self.mandates("coda").partner_id = self.partner("Ours", "", company_id=self.company.id)

    def test_whom_a_person_chose_stays(self):
        feed = self.sandbox.add_client("S", "Stranger", enterprise_num=STRANGER)
        self.night()
        chosen = self.partner("Chosen", "")
        mandate = self.mandates(feed=feed)[0]
        self.seen_by(self.accountant, mandate).partner_id = chosen
        self.partner("By number", STRANGER)
        self.night()
        self.assertEqual(mandate.partner_id, chosen)
        self.assertEqual((self.mandates(feed=feed) - mandate).partner_id.name, "By number")

    # --- On the partner ------------------------------------------------------------------------

    def test_the_partner_has_one_state_per_service_the_most_demanding_one(self):
        with self.sandbox.editing(self.client) as client:
            second = dict(client["coda_mandates"][0], id="m-2", ibans=[OTHER_IBAN], state="sent-hq")
            client["coda_mandates"].append(second)
        self.map_client()
        partner = self.seen_by(self.accountant, self.company.partner_id)
        self.assertEqual(
            (
                partner.codabox_coda_state,
                partner.codabox_soda_state,
                partner.codabox_purchase_state,
            ),
            ("bank_or_office", "active", "active"),
        )
        self.assertEqual(partner.codabox_mandate_text, "3/4")
        found = partner.search([("codabox_coda_state", "=", "bank_or_office")])
        self.assertEqual(found, partner)

    def test_a_client_whose_mandates_are_all_active_is_asked_for_nothing(self):
        partner = self.seen_by(self.accountant, self.company.partner_id)
        self.assertTrue(partner.codabox_missing)
        self.map_client()
        self.assertEqual(set(partner.codabox_mandate_ids.mapped("state")), {"active"})
        self.assertFalse(partner.codabox_missing)
        with self.sandbox.editing(self.client) as client:
            client["coda_mandates"][0]["state"] = "sent-hq"
        self.night()
        self.assertTrue(partner.codabox_missing)

    def test_the_states_follow_the_partner_of_the_mandate(self):
        self.map_client()
        old, new = self.company.partner_id, self.partner("New", "")
        coda = self.mandates("coda")
        self.seen_by(self.accountant, coda).partner_id = new
        self.assertFalse(self.seen_by(self.accountant, old).codabox_coda_state)
        self.assertEqual(self.seen_by(self.accountant, new).codabox_coda_state, "active")

    def test_a_shared_partner_shows_a_company_only_the_mandates_that_it_may_see(self):
        feed = self.sandbox.add_client("S", "Stranger", enterprise_num=STRANGER)
        shared = self.partner("Stranger", STRANGER)
        self.night()
        self.assertEqual(self.mandates(feed=feed).partner_id, shared)
        other = new_test_user(
            self.env, "other_accountant", "base.group_user,account.group_account_user",
            company_id=self.other_company.id, company_ids=[Command.set(self.other_company.ids)],
        )  # fmt: skip
        self.assertEqual(self.seen_by(self.accountant, shared).codabox_soda_state, "active")
        self.assertFalse(self.seen_by(other, shared).codabox_soda_state)
        self.assertFalse(self.seen_by(other, shared).codabox_mandate_ids)
        hidden = self.seen_by(other, self.mandates(feed=feed))
        self.assertFalse(hidden.search([]))
        with self.assertRaises(AccessError):
            hidden.read(["state"])

    def test_a_client_that_is_a_company_sees_its_own_mandates(self):
        feed = self.sandbox.add_client("P", "Garage Piet", enterprise_num=f"BE{OTHER_NUMBER}")
        self.map_client(self.other_company, feed)
        other = new_test_user(
            self.env, "other_accountant", "base.group_user,account.group_account_user",
            company_id=self.other_company.id, company_ids=[Command.set(self.other_company.ids)],
        )  # fmt: skip
        mine = self.seen_by(other, self.env["codabox.mandate"]).search([])
        self.assertEqual(mine.sudo(), self.mandates(feed=feed))
        self.assertEqual(mine.partner_id, self.other_company.partner_id)
        partner = self.seen_by(other, self.other_company.partner_id)
        self.assertEqual(partner.codabox_soda_state, "active")

    # --- Who may do what -----------------------------------------------------------------------

    def test_only_codabox_changes_the_state(self):
        self.map_client()
        coda = self.seen_by(self.accountant, self.mandates("coda"))
        for name, value in (("state", "archived"), ("signing_url", "https://x.test"), ("pdf", b"")):
            with self.subTest(name), self.assertRaisesRegex(AccessError, name):
                coda.write({name: value})
        with self.assertRaises(AccessError):
            coda.unlink()
        with self.assertRaises(AccessError):
            coda.account_ids.write({"iban": OTHER_IBAN})

    def test_who_only_invoices_or_audits_reads(self):
        self.map_client()
        for group in ("account.group_account_invoice", "account.group_account_readonly"):
            user = new_test_user(
                self.env, group, f"base.group_user,{group}",
                company_id=self.company.id, company_ids=[Command.set(self.company.ids)],
            )  # fmt: skip
            with self.subTest(group):
                coda = self.seen_by(user, self.mandates("coda"))
                self.assertEqual(coda.state, "active")
                with self.assertRaises(AccessError):
                    coda.partner_id = False
                with self.assertRaises(AccessError):
                    coda.action_refresh()

    def test_the_accountant_refreshes_one_client_with_one_call(self):
        self.map_client()
        self.sandbox.set_coda_mandate(self.client, IBAN, state="sent-hq")
        self.sandbox.clear_log()
        told = self.press(self.mandates("coda"), "action_refresh")
        self.assertEqual(told["params"]["type"], "success")
        self.assertEqual(self.mandates("coda").state, "bank_or_office")
        self.assertEqual(len(self.sandbox.log), 1)

    def test_refreshing_says_why_codabox_could_not_be_read(self):
        self.map_client()
        self.break_off("drop", "/clients/")
        with self.assertRaisesRegex(UserError, "could not be reached"):
            self.press(self.mandates("coda"), "action_refresh")
