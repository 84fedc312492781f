"""No document without its mandate: what is withheld, why, and that nothing of it is lost."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..codabox import MANDATE_STATES, CodaboxClient, grouped_iban, write_ubl
from ..codabox.ubl import builders as ubl
from .common import IBAN, NUMBER, OTHER_IBAN, CodaboxCase, credit

FETCHED, WITHHELD = "fetched", "withheld"

# Service -> state at CodaBox -> what becomes of a document that is dated today.
TABLE = {
    "coda": {
        "registered": WITHHELD,
        "in-treatment": WITHHELD,
        "prepared": WITHHELD,
        "available-online": WITHHELD,
        "sent-client": WITHHELD,
        "signed": FETCHED,
        "sent-hq": FETCHED,
        "active": FETCHED,
        "problem": WITHHELD,
        "archived": WITHHELD,
        "never-heard-of": FETCHED,
    },
    "soda": {
        "not-signed": WITHHELD,
        "signed": FETCHED,
        "requested": FETCHED,
        "delayed": FETCHED,
        "confirmed": FETCHED,
        "active": FETCHED,
        "problem": WITHHELD,
        "archived": WITHHELD,
        "never-heard-of": FETCHED,
    },
    "purchase_invoice": {
        "invited": WITHHELD,
        "invitation-expired": WITHHELD,
        "validation": WITHHELD,
        "registration": WITHHELD,
        "active": FETCHED,
        "problem": WITHHELD,
        "cancelled": WITHHELD,
        "never-heard-of": FETCHED,
    },
}
LISTS = {
    "coda": ["coda_mandates"],
    "soda": ["social_mandates"],
    "purchase_invoice": ["purchase_invoice_mandates", "purchase_invoice_transmission_mandates"],
}
ENDED = "2026-01-10T00:00:00"  # every document of these tests is dated later


class GateCase(CodaboxCase):
    def setUp(self):
        super().setUp()
        # CodaBox itself would hold them back; here it is the add-on that must.
        self.sandbox.configure(gate=False)

    def set_state(self, service, state, feed=None, lists=None):
        with self.sandbox.editing(feed or self.client) as client:
            for name in lists or LISTS[service]:
                for mandate in client[name]:
                    mandate.update(state=state, state_modified_at=ENDED)

    def bring(self, service, feed=None, **metadata):
        """Put a document of a service in a feed, dated after ``ENDED``."""
        if service == "coda":
            day = self.day(15, credit("10"))
            return self.deliver(day, feed=feed)
        files = {"xml": f"<{service}/>".encode(), "pdf": b"%PDF-1.4"}
        if service == "purchase_invoice":
            files["xml"] = write_ubl(ubl.invoice("F2026-001", ubl.line("100")))
        metadata = {"issue_date": "2026-01-15", **metadata}
        return self.sandbox.add_document(
            feed or self.client, service, files, metadata=metadata, mandate=False
        )

    def downloads(self, index):
        """Return the calls that asked for bytes of an entry."""
        return [e for e in self.sandbox.log if index in e.path and "download" in e.path]

    def fate(self, index):
        """Return what became of an entry, by what is here and by what CodaBox was asked."""
        document = self.document(index)
        here = document.file_ids.filtered("content")
        if document.state == "withheld":
            self.assertFalse(here or self.downloads(index) or index in self.puts())
            self.assertTrue(document.reason)
            return WITHHELD
        self.assertTrue(here and self.downloads(index))
        return FETCHED


@tagged("-at_install", "post_install")
class TestMandateGateTable(GateCase):
    def test_the_table_has_every_state_that_is_known(self):
        for service, states in MANDATE_STATES.items():
            self.assertEqual(set(TABLE[service]), {*states, "never-heard-of"}, service)

    def test_a_document_is_fetched_or_withheld_by_the_state_of_its_mandate(self):
        indexes = {}
        for service, states in TABLE.items():
            for state in states:
                feed = self.sandbox.add_client(f"{service}-{state}", accounts=[IBAN])
                self.set_state(service, state, feed)
                indexes[service, state] = self.bring(service, feed)
        self.night()
        for (service, state), index in indexes.items():
            with self.subTest(service=service, state=state):
                self.assertEqual(self.fate(index), TABLE[service][state])
                self.assertEqual(index in self.puts(), TABLE[service][state] == FETCHED)

    def test_purchase_invoices_need_both_permissions(self):
        indexes = {}
        for name in LISTS["purchase_invoice"]:
            feed = self.sandbox.add_client(name, accounts=[IBAN])
            self.set_state("purchase_invoice", "registration", feed, lists=[name])
            indexes[name] = self.bring("purchase_invoice", feed)
        self.night()
        for name, index in indexes.items():
            with self.subTest(name):
                self.assertEqual(self.fate(index), WITHHELD)

    def test_kinds_without_a_mandate_follow_the_client(self):
        self.sandbox.allow("news", "xml", "pdf")
        kinds = ("sales_invoice", "expense", "news")
        ended = self.sandbox.add_client("ended")
        with self.sandbox.editing(ended) as client:
            client.update(state="archived", state_modified_at=ENDED)
        closed = self.sandbox.add_client("closed", accounts=[IBAN])
        for service in LISTS:
            self.set_state(service, "problem", closed)
        gone = [self.bring(kind, ended) for kind in kinds]
        kept = [self.bring(kind, closed) for kind in kinds]
        self.night()
        self.assertEqual([self.fate(index) for index in gone], [WITHHELD] * 3)
        self.assertEqual([self.fate(index) for index in kept], [FETCHED] * 3)
        self.assertEqual(set(map(self.code, gone)), {"client_archived"})

    def code(self, index):
        return self.document(index).reason_code

    def test_another_mandate_of_the_client_opens_nothing(self):
        self.set_state("coda", "sent-client")
        with self.sandbox.editing(self.client) as client:
            other = dict(client["coda_mandates"][0], id="other", ibans=[OTHER_IBAN], state="active")
            client["coda_mandates"].append(other)
        mine, theirs = self.bring("coda"), self.deliver(self.day(15, account=OTHER_IBAN))
        unknown = self.deliver(self.day(15, account="BE71096123456769"), mandate=False)
        self.night()
        self.assertEqual(
            [self.fate(index) for index in (mine, theirs, unknown)], [WITHHELD, FETCHED, FETCHED]
        )
        self.assertEqual(self.code(mine), "mandate_not_signed")
        self.assertEqual(self.connection.told_once, ["mandate_unlisted"])

    def test_what_is_dated_up_to_the_end_of_the_mandate_still_comes(self):
        self.set_state("coda", "archived")
        before, on, after = (self.deliver(self.day(number)) for number in (9, 10, 11))
        self.night()
        self.assertEqual(
            [self.fate(index) for index in (before, on, after)], [FETCHED, FETCHED, WITHHELD]
        )


@tagged("-at_install", "post_install")
class TestMandateGate(GateCase):
    mapped = True

    def setUp(self):
        super().setUp()
        self.sandbox.clear_log()

    def client_reads(self):
        return [e for e in self.sandbox.log if "/clients/" in e.path and len(e.path) > 20]

    def test_when_the_mandate_opens_everything_comes_in_and_nothing_is_lost(self):
        self.set_state("coda", "available-online")
        first = self.bring("coda")
        invoice = self.bring("purchase_invoice")
        second = self.deliver(self.day(16, credit("5"), opening="10"))
        self.night()
        document = self.document(first)
        self.assert_state(document, "withheld", "mandate_not_signed")
        self.assertIn(grouped_iban(IBAN), document.reason)
        self.assertEqual(self.document(second).state, "withheld")
        self.assertEqual(self.document(invoice).state, "imported", "others are not held up")
        self.assertFalse(self.puts(), "the offset waits in front of what is withheld")
        self.assertFalse(self.lines())
        run = self.env["codabox.run"].sudo().search([("feed_id", "=", self.feed().id)], limit=1)
        self.assertEqual((run.seen, run.stored, run.withheld, run.state), (3, 1, 2, "ok"))

        self.set_state("coda", "active")
        self.night()
        self.assert_state(document, "imported")
        self.assertEqual(self.lines().mapped("amount"), [10.0, 5.0])
        self.assertEqual(self.puts(), [first, invoice, second])
        self.assertTrue(document.acknowledged)
        self.assertEqual(len(self.downloads(invoice)), 2, "what was here is not asked again")

    def test_the_client_is_read_again_in_the_run_before_anything_is_withheld(self):
        self.set_state("coda", "problem")
        self.night()
        mandate = self.feed().mandate_ids.filtered(lambda m: m.service == "coda")
        self.assertEqual(mandate.state, "problem")
        self.set_state("coda", "sent-hq")  # since the last list of clients
        index = self.bring("coda")
        self.sandbox.clear_log()
        self.press(self.feed(), "action_fetch")
        self.assertEqual(self.document(index).state, "imported")
        self.assertEqual(mandate.state, "bank_or_office", "what was read is kept")
        self.assertFalse([e for e in self.sandbox.log if e.path.endswith("/clients/")])

    def test_one_run_reads_the_client_once_however_many_documents_there_are(self):
        self.set_state("coda", "sent-client")
        for number in range(2, 8):
            self.deliver(self.day(number))
        self.bring("purchase_invoice")
        self.night()
        self.assertEqual(len(self.client_reads()), 1)

    def test_a_run_without_new_documents_does_not_read_the_client(self):
        self.bring("coda")
        self.night()
        self.sandbox.clear_log()
        self.night()
        self.assertFalse(self.client_reads())

    def test_when_the_client_cannot_be_read_nothing_moves_and_the_next_run_goes_on(self):
        index = self.bring("coda")
        self.break_off("drop", r"/clients/[0-9a-f-]{36}/$")
        self.night()
        run = self.env["codabox.run"].sudo().search([("feed_id", "=", self.feed().id)], limit=1)
        self.assertEqual((run.state, run.reason_code), ("stopped", "network"))
        self.assertFalse(self.downloads(index) or self.puts())
        self.night()
        self.assertEqual(self.document(index).state, "imported")

    def unseen(self):
        """Let CodaBox show the list of clients, and no client alone."""
        self.sandbox.fail("forbidden", path=r"/clients/[0-9a-f-]{36}/$", times=2)

    def test_a_client_that_is_not_shown_any_more_is_judged_by_what_was_seen_last(self):
        self.set_state("coda", "sent-client")
        self.night()
        statement, invoice = self.bring("coda"), self.bring("purchase_invoice")
        self.unseen()
        self.press(self.feed(), "action_fetch")
        self.assertEqual(self.fate(statement), WITHHELD)
        self.assertEqual(self.document(statement).reason_code, "mandate_not_signed")
        self.assertEqual(self.fate(invoice), FETCHED)
        self.assertEqual(self.connection.told_once, ["client_unseen"])
        self.assertEqual(self.connection.state, "connected")

    def test_a_client_that_cannot_be_read_is_judged_by_what_was_seen_last(self):
        statement = self.bring("coda")
        with self.sandbox.editing(self.client) as client:
            client["coda_mandates"] = [5]
        self.press(self.feed(), "action_fetch")
        self.assertEqual(self.fate(statement), FETCHED)
        self.assertEqual(self.connection.told_once, ["client_unseen"])

    def test_an_office_that_is_shown_no_clients_relies_on_its_connection(self):
        self.feed().mandate_ids.unlink()
        self.set_state("coda", "sent-client")
        index = self.bring("coda")
        self.sandbox.fail("forbidden", path="/clients/", times=2)
        self.night()
        self.assertEqual(self.document(index).state, "imported")
        self.assertEqual(self.connection.told_once, ["client_unseen"])

    def test_what_is_not_known_is_told_once_to_the_responsible_in_his_language(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.accountant.lang = "nl_BE"
        for number, iban in enumerate(("BE71096123456769", OTHER_IBAN), 2):
            self.deliver(self.day(number, account=iban), mandate=False)
            self.night()
        told = self.connection.message_ids.filtered(
            lambda m: self.accountant.partner_id in m.notified_partner_ids
        )
        self.assertEqual(len(told), 1)
        self.assertIn(grouped_iban("BE71096123456769"), told.body)
        self.assertIn("Bakkerij Jo", told.body)

    def test_the_client_is_read_again_when_the_answer_is_old(self):
        for number in (2, 3, 4):
            self.deliver(self.day(number))
        with patch("odoo.addons.account_codabox.models.night.codabox_feed_gate.MAX_AGE", -1):
            self.night()
        self.assertEqual(len(self.client_reads()), 3)

    def test_a_mandate_that_ends_in_the_middle_of_a_long_run_withholds_the_rest(self):
        first, second = self.deliver(self.day(12)), self.deliver(self.day(13))
        download = CodaboxClient.download

        def end_after(client, index, *arguments):
            answer = download(client, index, *arguments)
            self.set_state("coda", "archived")
            return answer

        with (
            patch("odoo.addons.account_codabox.models.night.codabox_feed_gate.MAX_AGE", -1),
            patch.object(CodaboxClient, "download", end_after),
        ):
            self.night()
        self.assertEqual([self.fate(first), self.fate(second)], [FETCHED, WITHHELD])

    def test_the_credentials_of_an_office_are_noticed_behind_the_role_of_a_company(self):
        self.connection.role = "company"
        self.sandbox.add_client("PIET", "Garage Piet")
        self.set_state("coda", "sent-client")
        index = self.bring("coda")
        self.night()
        self.assertEqual(self.fate(index), WITHHELD)
        self.assertEqual(self.connection.reason_code, "role_of_office")
        self.assertEqual(self.connection.told_once, ["role_of_office"])
        piet = self.feed(max(self.sandbox.feeds))
        self.assertNotEqual(piet.enterprise_number, NUMBER, "its number is not that of the office")

    def test_another_enterprise_alone_shows_an_office_too(self):
        self.connection.role = "company"
        self.connection.company_id = self.other_company
        self.set_state("coda", "sent-client")
        index = self.bring("coda")
        self.night()
        self.assertEqual(self.fate(index), WITHHELD)
        self.press(self.feed(), "action_fetch", user=self.env.user)  # reads no clients
        self.assertEqual(self.fate(index), WITHHELD)

    def test_the_connection_of_a_company_is_its_own_permission(self):
        self.connection.role = "company"
        self.set_state("coda", "sent-client")
        index = self.bring("coda")
        self.night()
        self.assertEqual(self.document(index).state, "imported")
        self.assertFalse(self.client_reads())

    def test_the_redelivery_channel_has_the_same_gate(self):
        index = self.bring("coda")
        again = self.sandbox.redeliver(index)
        self.set_state("coda", "problem")
        self.night()
        self.assertEqual(self.document(again, "redelivery").state, "withheld")

    def test_a_late_file_waits_for_the_mandate_too(self):
        index = self.deliver(self.day(15, credit("10")), files=("cod", "xml"))
        self.night()
        self.assertEqual(self.document(index).state, "imported")
        self.set_state("coda", "problem")
        self.sandbox.clear_log()
        self.night()
        self.assertFalse(self.downloads(index))
        self.assertEqual(self.document(index).state, "imported")

    def test_what_is_booked_stays_booked_when_its_last_file_waits_for_the_mandate(self):
        index = self.bring("coda")
        self.break_off("server_error", rf"/{index}/pdf/$")
        self.night()
        document = self.document(index)
        self.assertEqual((document.state, document.acknowledged), ("imported", False))
        self.set_state("coda", "problem")
        self.night()
        self.assertEqual(document.state, "imported")
        self.assertIn("movement_count", document.metadata)

    # --- What a person sees and does -----------------------------------------------------------

    def test_what_is_withheld_is_listed_with_its_reason_and_leads_to_the_mandate(self):
        with self.sandbox.editing(self.client) as client:
            client["coda_mandates"][0].update(state="problem", reason="Signer is no mandatary.")
        index = self.bring("coda")
        told = self.press(self.feed(), "action_fetch")
        self.assertIn("Withheld until a mandate allows it: 1.", told["params"]["message"])
        document = self.document(index)
        self.assertIn("Signer is no mandatary.", document.reason)
        action = self.press(document, "action_open_mandates")
        found = self.env["codabox.mandate"].with_user(self.accountant).search(action["domain"])
        self.assertIn("problem", found.mapped("state"))

    def test_a_withheld_entry_can_be_given_up_with_a_reason(self):
        self.set_state("coda", "archived")
        index, invoice = self.bring("coda"), self.bring("purchase_invoice")
        self.night()
        document = self.document(index)
        with self.assertRaises(UserError):
            self.press(document, "action_retry")
        self.press(document, "_discard", "The client left us.")
        self.assert_state(document, "discarded", "given_up")
        self.night()
        self.assertEqual(self.puts(), [index, invoice])
        self.assertFalse(self.downloads(index))

    def test_of_what_is_withheld_no_name_number_or_amount_is_kept(self):
        self.set_state("purchase_invoice", "invited")
        self.set_state("coda", "sent-client")
        facts = {"supplier_name": "Dokter Peeters", "document_number": "F77", "amount": "121.00"}
        invoice, statement = self.bring("purchase_invoice", **facts), self.bring("coda")
        self.night()
        document = self.document(invoice)
        self.assertEqual(document.metadata, {"issue_date": "2026-01-15"})
        self.assertEqual(document.name, f"purchase_invoice {invoice[:8]}")
        self.assertEqual(str(document.document_date), "2026-01-15")
        told = document.message_ids.tracking_value_ids.mapped("old_value_char")
        self.assertNotIn("F77", " ".join([*told, *document.message_ids.mapped("body")]))
        bare = self.document(statement)
        self.assertEqual(bare.metadata, {"iban": IBAN, "new_balance_date": "2026-01-15"})
        self.assertEqual((bare.name, bare.number), (f"{IBAN} 2026-01-15", 0))

        self.set_state("purchase_invoice", "active")
        self.set_state("coda", "active")
        self.night()
        self.assertEqual(document.metadata["document_number"], "F77")
        self.assertEqual(bare.metadata["movement_count"], 1)
        self.assertEqual((document.state, bare.state), ("imported", "imported"))

    def test_an_upgrade_forgets_what_was_kept_of_what_is_withheld(self):
        self.set_state("coda", "sent-client")
        self.bring("coda")
        self.night()
        document = self.env["codabox.document"].sudo().search([("state", "=", "withheld")])
        document.write({"name": "Peeters", "metadata": {"iban": IBAN, "movement_count": 3}})
        document._bare_withheld()
        self.assertEqual(document.metadata, {"iban": IBAN})
        self.assert_state(document, "withheld", "mandate_not_signed")
        self.assertNotIn("Peeters", document.name)

    # --- Fetched all the same ------------------------------------------------------------------

    def test_a_withheld_document_can_be_fetched_all_the_same_with_a_reason(self):
        self.set_state("coda", "problem")
        index, other = self.bring("coda"), self.deliver(self.day(16))
        self.night()
        document = self.document(index)
        self.assertTrue(document.can_fetch_anyway)
        action = self.press(document, "action_open_fetch_anyway")
        with self.as_user(self.accountant) as env:
            wizard = (
                env[action["res_model"]]
                .with_context(**action["context"])
                .create({"reason": "Signed on paper, kept in our files."})
            )
            wizard.action_fetch()
        self.run_job()
        self.assertEqual((self.fate(index), self.fate(other)), (FETCHED, WITHHELD))
        self.assertEqual(document.state, "imported")
        self.assertEqual(document.fetch_user_id, self.accountant)
        history = " ".join(document.message_ids.mapped("body"))
        self.assertIn("Signed on paper, kept in our files.", history)
        self.assertIn(self.accountant.name, history)
        self.assertEqual(self.puts(), [index])

    def test_what_is_fetched_all_the_same_wakes_every_action_and_no_old_stop_holds_it(self):
        self.set_state("coda", "problem")
        index = self.bring("coda")
        self.night()
        crons = self.env["ir.cron"]
        crons._codabox_set_number("fetch", 2)
        document = self.document(index)
        self.env["codabox.stop"]._ask(document.feed_id)
        with self.triggers(crons._codabox_actions("fetch")) as capture:
            self.press(document, "_fetch_anyway", "Signed on paper.")
        self.assertEqual(capture.records.cron_id, crons._codabox_actions("fetch"))
        self.run_job()
        self.assertEqual(self.fate(index), FETCHED)

    def test_only_who_orders_mandates_has_it_fetched_and_only_what_is_withheld(self):
        self.set_state("coda", "problem")
        index, invoice = self.bring("coda"), self.bring("purchase_invoice")
        self.night()
        reader = new_test_user(
            self.env,
            "codabox_invoicing_gate",
            "base.group_user,account.group_account_invoice",
            company_id=self.company.id,
        )
        auditor = new_test_user(
            self.env,
            "codabox_auditor_gate",
            "base.group_user,account.group_account_readonly",
            company_id=self.company.id,
        )
        for user in (reader, auditor):
            with self.assertRaises(AccessError):
                self.press(self.document(index), "_fetch_anyway", "I want it.", user=user)
        with self.assertRaises(UserError):
            self.press(self.document(invoice), "_fetch_anyway", "It is here.")
        self.assertEqual(self.fate(index), WITHHELD)

    # --- The end of a mission ------------------------------------------------------------------

    def end_mission(self, kind, day):
        line = self.feed().kind_ids.filtered(lambda k: k.kind == kind)
        line.book_until = day
        return line

    def test_after_the_last_day_of_a_mission_nothing_of_that_kind_is_fetched(self):
        self.end_mission("coda", "2026-01-15")
        before, on, after = (self.deliver(self.day(number)) for number in (14, 15, 16))
        invoice = self.bring("purchase_invoice")
        self.night()
        self.assertEqual(
            [self.fate(index) for index in (before, on, after, invoice)],
            [FETCHED, FETCHED, WITHHELD, FETCHED],
        )
        self.assert_state(self.document(after), "withheld", "after_book_until")
        self.assertEqual(self.puts(), [before, on])

    def test_a_mission_that_goes_on_lets_everything_come_in(self):
        line = self.end_mission("coda", "2026-01-15")
        after = self.deliver(self.day(16))
        self.night()
        line.book_until = False
        self.night()
        self.assertEqual(self.document(after).state, "imported")

    def test_a_document_without_a_date_is_not_fetched_after_the_mission(self):
        self.end_mission("purchase_invoice", "2026-01-15")
        index = self.bring("purchase_invoice", issue_date="")
        self.night()
        self.assertEqual(self.fate(index), WITHHELD)

    def test_after_the_mission_its_mandates_are_a_to_do_until_they_are_archived(self):
        feed = self.feed()
        self.end_mission("coda", "2026-01-15")
        todo = feed.activity_search(["account_codabox.mail_activity_type_mission"])
        self.assertEqual(todo.user_id, self.accountant)
        self.assertIn("Archive these mandates.", todo.note)
        self.night()
        self.assertEqual(len(feed.activity_ids & todo), 1, "it is asked once")
        self.set_state("coda", "archived")
        self.night()
        self.assertFalse(feed.activity_search(["account_codabox.mail_activity_type_mission"]))

    def test_withheld_payroll_is_listed_for_payroll_only(self):
        self.set_state("soda", "not-signed")
        index = self.bring("soda")
        self.night()
        document = self.document(index)
        self.assert_state(document, "withheld", "mandate_not_signed")
        seen = self.env["codabox.document"].with_user(self.accountant).search([])
        self.assertNotIn(document, seen.sudo())
