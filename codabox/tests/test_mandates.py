"""Every state of every service, row by row; the rows are those of the reference."""

from __future__ import annotations

import unittest
from dataclasses import fields, is_dataclass
from datetime import date, datetime

from ..domain import Client, CodaMandate, LegalEntity, PurchaseInvoiceMandate, SocialMandate
from ..mandates.gate import (
    DOUBT_CODES,
    GATE_CODES,
    check_document,
    document_day,
    may_fetch,
    may_send,
)
from ..mandates.states import (
    CODA,
    PURCHASE_INVOICE,
    SERVICES,
    SODA,
    STATES,
    MandateState,
    can_be_ordered,
    is_ended,
    neutral_state,
    reminders_due,
)

# CodaBox's word (API 7.3, 7.5, 7.6, 14) -> neutral state, fetched or withheld
# (docs/reference/mandates.md 5).
ROWS = {
    CODA: (
        ("registered", "preparing", False),
        ("in-treatment", "preparing", False),
        ("prepared", "preparing", False),
        ("available-online", "to_sign", False),
        ("sent-client", "to_sign", False),
        ("signed", "signed", True),
        ("sent-hq", "bank_or_office", True),
        ("active", "active", True),
        ("problem", "problem", False),
        ("archived", "archived", False),
    ),
    SODA: (
        ("not-signed", "to_sign", False),
        ("signed", "signed", True),
        ("requested", "requested", True),
        ("delayed", "delayed", True),
        ("confirmed", "waiting_first_file", True),
        ("active", "active", True),
        ("problem", "problem", False),
        ("archived", "archived", False),
    ),
    PURCHASE_INVOICE: (
        ("invited", "to_sign", False),
        ("invitation-expired", "expired", False),
        ("validation", "signed", False),
        ("registration", "requested", False),
        ("active", "active", True),
        ("problem", "problem", False),
        ("cancelled", "archived", False),
    ),
}
ENDED = date(2026, 6, 30)
MOMENT = datetime.fromisoformat("2026-06-30T12:00:00")  # naive, as the API writes them
IBAN = "BE68539007547034"
OTHER_IBAN = "BE62974123456761"


def coda(state, *ibans, id="m1", reason=None):
    return CodaMandate(id, "KREDBEBB", ibans or (IBAN,), state, reason, "R-0", None, None, MOMENT)


def social(state, slug="group_s"):
    return SocialMandate(f"s-{slug}", slug, state, None, MOMENT)


def purchase(state):
    return PurchaseInvoiceMandate(state, MOMENT)


def client(*, state="active", unseen=(), **lists):
    """Make a client; a list in ``unseen`` is not in CodaBox's answer at all."""
    names = (
        "coda_mandates", "social_mandates", "purchase_invoice_mandates",
        "purchase_invoice_transmission_mandates",
    )  # fmt: skip
    values = {name: tuple(lists.get(name, ())) for name in names}
    raw = {name: [] for name in names if name not in unseen}
    raw["state_modified_at"] = "2026-06-30T12:00:00.000000"
    return Client(
        "c1", "C1", "f1", LegalEntity("Jo", "BE0477472701"), None, None, "nl", state,
        bank_accounts=(), raw=raw, **values,
    )  # fmt: skip


class StatesTest(unittest.TestCase):
    def test_every_state_of_the_reference_has_its_neutral_state(self):
        for service, rows in ROWS.items():
            for raw, neutral, _passes in rows:
                with self.subTest(service=service, state=raw):
                    self.assertEqual(neutral_state(service, raw), MandateState(neutral))

    def test_the_table_has_these_rows_and_no_others(self):
        self.assertEqual(set(SERVICES), set(ROWS))
        for service, rows in ROWS.items():
            self.assertEqual([row[0] for row in rows], list(STATES[service]))

    def test_nothing_at_codabox_is_a_draft_and_an_unknown_word_is_unknown(self):
        for service in SERVICES:
            self.assertIs(neutral_state(service, ""), MandateState.DRAFT)
            self.assertIs(neutral_state(service, "frozen"), MandateState.UNKNOWN)
        self.assertIs(neutral_state("caro", "active"), MandateState.UNKNOWN)

    def test_every_neutral_state_but_two_is_reached_by_a_word_of_codabox(self):
        reached = {row[0] for rows in STATES.values() for row in rows.values()}
        self.assertEqual(set(MandateState) - reached, {MandateState.DRAFT, MandateState.UNKNOWN})

    def test_what_may_be_ordered_again(self):
        free = {
            (service, raw)
            for service, rows in ROWS.items()
            for raw, _neutral, _passes in rows
            if can_be_ordered(service, raw)
        }
        self.assertEqual(
            free,
            {
                (CODA, "archived"),
                (SODA, "archived"),
                (PURCHASE_INVOICE, "cancelled"),
                (PURCHASE_INVOICE, "invitation-expired"),
            },
        )
        self.assertTrue(can_be_ordered(CODA, ""))
        self.assertFalse(can_be_ordered(CODA, "frozen"))
        self.assertTrue(is_ended(CODA, "archived"))
        self.assertFalse(is_ended(PURCHASE_INVOICE, "archived"), "its word is cancelled")


class RemindersTest(unittest.TestCase):
    def test_codabox_reminds_every_fortnight_at_most_three_times_whom_it_mails(self):
        due = {0: 0, 13: 0, 14: 1, 28: 2, 42: 3, 400: 3, -5: 0}
        for days, count in due.items():
            self.assertEqual(reminders_due(CODA, "sent-client", days), count, days)

    def test_an_invitation_is_reminded_once(self):
        due = [reminders_due(PURCHASE_INVOICE, "invited", days) for days in (6, 7, 13, 400)]
        self.assertEqual(due, [0, 1, 1, 1])

    def test_what_the_office_mails_or_nobody_signs_is_not_reminded(self):
        for service, state in ((CODA, "available-online"), (CODA, "active"), (SODA, "not-signed")):
            self.assertEqual(reminders_due(service, state, 400), 0)


class GateRowsTest(unittest.TestCase):
    def test_each_state_is_fetched_or_withheld(self):
        for service, rows in ROWS.items():
            for raw, _neutral, passes in rows:
                with self.subTest(service=service, state=raw):
                    self.assertIs(may_fetch(service, raw), passes)

    def test_what_is_not_known_passes(self):
        for service in SERVICES:
            self.assertTrue(may_fetch(service, ""))
            self.assertTrue(may_fetch(service, "frozen"))

    def test_documents_dated_up_to_the_end_of_a_mandate_pass(self):
        for service, word in (
            (CODA, "archived"),
            (SODA, "archived"),
            (PURCHASE_INVOICE, "cancelled"),
        ):
            for day, passes in (
                (date(2026, 6, 29), True), (ENDED, True), (date(2026, 7, 1), False), (None, False),
            ):  # fmt: skip
                with self.subTest(service=service, day=day):
                    self.assertIs(may_fetch(service, word, day=day, ended=ENDED), passes)
            self.assertFalse(may_fetch(service, word, day=ENDED, ended=None))

    def test_a_date_opens_nothing_but_an_ended_mandate(self):
        self.assertFalse(may_fetch(CODA, "problem", day=date(2020, 1, 1), ended=ENDED))

    def test_a_kind_without_mandates_follows_the_client(self):
        for kind in ("sales_invoice", "expense", "something_new"):
            self.assertTrue(may_fetch(kind, "active"))
            self.assertTrue(may_fetch(kind, ""))
            self.assertFalse(may_fetch(kind, "archived"))
            self.assertTrue(may_fetch(kind, "archived", day=ENDED, ended=ENDED))

    def test_an_invoice_leaves_only_with_consent_and_a_living_client(self):
        self.assertTrue(may_send(consented=True).allowed)
        self.assertTrue(may_send(consented=True, client_state="active").allowed)
        self.assertEqual(may_send(consented=False, client_state="active").code, "no_consent")
        self.assertEqual(may_send(consented=True, client_state="archived").code, "client_ended")


class GateTest(unittest.TestCase):
    def verdict(self, found, model=CODA, **metadata):
        verdict = check_document(found, model, metadata)
        self.assertEqual(verdict.allowed, not verdict.code)
        if verdict.code:
            self.assertIn(verdict.code, GATE_CODES)
        if verdict.doubt:
            self.assertIn(verdict.doubt, DOUBT_CODES)
            self.assertTrue(verdict.allowed, "what is withheld is known")
        return verdict

    def test_a_connection_that_sees_no_client_is_itself_the_step(self):
        for model in (*SERVICES, "expense"):
            self.assertTrue(self.verdict(None, model, iban=IBAN).allowed)

    def test_a_list_that_codabox_does_not_show_withholds_nothing_and_is_told(self):
        for model, name in (
            (CODA, "coda_mandates"),
            (SODA, "social_mandates"),
            (PURCHASE_INVOICE, "purchase_invoice_mandates"),
            (PURCHASE_INVOICE, "purchase_invoice_transmission_mandates"),
        ):
            found = client(
                unseen=(name,),
                purchase_invoice_mandates=[purchase("active")],
                purchase_invoice_transmission_mandates=[purchase("active")],
            )
            with self.subTest(name):
                self.assertEqual(self.verdict(found, model).doubt, "mandates_untold")
                found.raw[name] = None
                self.assertEqual(self.verdict(found, model).doubt, "mandates_untold")

    def test_what_no_mandate_is_for_passes_and_is_told(self):
        for model in SERVICES:
            verdict = self.verdict(client(), model, iban=IBAN, social_welfare_id="group_s")
            self.assertEqual((verdict.code, verdict.doubt), ("", "mandate_unlisted"))

    def test_what_no_mandate_is_for_follows_the_client(self):
        gone = client(state="archived")
        for model in SERVICES:
            self.assertEqual(self.verdict(gone, model, iban=IBAN).code, "client_ended")
            before = self.verdict(gone, model, iban=IBAN, new_balance_date="2026-06-01")
            self.assertEqual(before.doubt, "mandate_unlisted")

    def test_accounts_are_compared_whatever_their_blanks_and_letters(self):
        for written in ("BE68 5390 0754 7034", "be68539007547034", "BE68-5390-0754-7034"):
            for mandate, document in ((written, IBAN), (IBAN, written)):
                found = client(coda_mandates=[coda("problem", mandate)])
                with self.subTest(mandate=mandate, document=document):
                    self.assertEqual(self.verdict(found, iban=document).code, "mandate_problem")

    def test_a_statement_is_judged_by_the_mandate_of_its_own_account(self):
        found = client(
            coda_mandates=[coda("problem", reason="Signature."), coda("active", OTHER_IBAN)]
        )
        self.assertTrue(self.verdict(found, iban=OTHER_IBAN).allowed)
        withheld = self.verdict(found, iban="be68 5390 0754 7034")
        self.assertEqual(withheld.code, "mandate_problem")
        self.assertEqual(
            withheld.facts,
            {"service": CODA, "subject": IBAN, "state": "problem", "reason": "Signature."},
        )
        unlisted = self.verdict(found, iban="BE43 9777 6543 2101")
        self.assertEqual(unlisted.facts, {"service": CODA, "subject": "BE43977765432101"})

    def test_one_good_mandate_of_an_account_is_enough(self):
        found = client(coda_mandates=[coda("archived"), coda("active", id="m2")])
        self.assertTrue(self.verdict(found, iban=IBAN, new_balance_date="2026-11-01").allowed)

    def test_a_renewed_order_is_told_before_the_old_one(self):
        found = client(coda_mandates=[coda("archived"), coda("sent-client", id="m2")])
        late = self.verdict(found, iban=IBAN, new_balance_date="2026-11-01")
        self.assertEqual((late.code, late.facts["state"]), ("mandate_not_signed", "sent-client"))
        self.assertTrue(self.verdict(found, iban=IBAN, new_balance_date="2026-06-01").allowed)

    def test_a_document_that_names_no_account_is_judged_by_all(self):
        found = client(coda_mandates=[coda("problem"), coda("active", OTHER_IBAN)])
        for nonsense in (None, "", "X", 5, "BE00539007547034"):
            self.assertTrue(self.verdict(found, iban=nonsense).allowed)
        self.assertFalse(self.verdict(client(coda_mandates=[coda("problem")])).allowed)

    def test_payroll_is_judged_by_its_secretariat_where_it_is_known(self):
        found = client(social_mandates=[social("active"), social("problem", "securex")])
        self.assertTrue(self.verdict(found, SODA, social_welfare_id="group_s").allowed)
        self.assertFalse(self.verdict(found, SODA, social_welfare_id="securex").allowed)
        self.assertTrue(self.verdict(found, SODA).allowed)
        missing = self.verdict(found, SODA, social_welfare_id="acerta")
        self.assertEqual((missing.doubt, missing.facts["subject"]), ("mandate_unlisted", "acerta"))

    def test_purchase_invoices_need_both_permissions(self):
        for first, second, passes in (
            ("active", "active", True), ("active", "invited", False), ("invited", "active", False),
            ("active", None, True), (None, "active", True),
            ("invited", None, False), (None, "invited", False),
        ):  # fmt: skip
            found = client(
                purchase_invoice_mandates=[purchase(first)] if first else [],
                purchase_invoice_transmission_mandates=[purchase(second)] if second else [],
            )
            with self.subTest(first=first, second=second):
                self.assertIs(self.verdict(found, PURCHASE_INVOICE).allowed, passes)

    def test_other_kinds_follow_the_client(self):
        self.assertTrue(self.verdict(client(), "expense").allowed)
        gone = client(state="archived")
        withheld = self.verdict(gone, "sales_invoice", issue_date="2026-07-01")
        self.assertEqual((withheld.code, withheld.facts["ended"]), ("client_ended", "2026-06-30"))
        self.assertTrue(self.verdict(gone, "sales_invoice", issue_date="2026-06-01").allowed)

    def test_the_day_of_a_document_comes_from_its_metadata(self):
        for metadata, day in (
            ({"new_balance_date": "2026-01-15"}, date(2026, 1, 15)),
            ({"issue_date": "2026-01-15T10:00:00"}, date(2026, 1, 15)),
            ({"period": "2026-02"}, date(2026, 2, 28)),
            ({"period": "2026-12"}, date(2026, 12, 31)),
            ({"period": "2026-13"}, None),
            ({"period": "Q1"}, None),
            ({"new_balance_date": 5}, None),
            ({}, None),
        ):
            self.assertEqual(document_day(metadata), day, metadata)

    def test_every_code_is_given_by_some_case(self):
        found = {
            may_send(consented=False).code,
            self.verdict(client(state="archived"), "expense").code,
            *(self.verdict(client(coda_mandates=[coda(word)])).code
              for word in ("problem", "archived", "registered")),
        }  # fmt: skip
        self.assertEqual(found, set(GATE_CODES))

    def test_a_verdict_is_a_plain_value(self):
        verdict = self.verdict(client(state="archived"), "expense")
        self.assertTrue(is_dataclass(verdict))
        self.assertEqual([field.name for field in fields(verdict)], ["code", "facts", "doubt"])
