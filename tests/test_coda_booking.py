"""How the movements of a statement become bank lines, and what is kept out of the books."""

import base64
from decimal import Decimal

from odoo.tests import tagged

from ..codabox import Channel
from ..codabox.coda.builders import free_information
from .common import OTHER_IBAN, CodaboxCase, credit, date, debit, party


@tagged("-at_install", "post_install")
class TestCodaBooking(CodaboxCase):
    mapped = True

    def book(self, *movements, **values):
        """Book one day with these movements, and return its bank lines."""
        document = self.receive(self.day(15, *movements, **values))
        self.assert_state(document, "imported")
        bank_statement = document.statement_ids.bank_statement_id
        self.assert_books_agree(bank_statement)
        return bank_statement.line_ids.sorted("internal_index")

    # --- One movement ----------------------------------------------------------------------

    def test_a_movement_keeps_what_the_bank_said_of_it(self):
        line = self.book(
            credit(
                "121.00",
                communication="Invoice F2026/0007",
                counterparty=party("ACME NV", OTHER_IBAN, "GKCCBEBB"),
                bank_reference="BANKREF1",
                customer_reference="E2E-7",
                value_date=date(2026, 1, 16),
                information=[free_information("THANK YOU")],
            )
        )
        self.assertRecordValues(
            line,
            [
                {
                    "date": date(2026, 1, 15),
                    "amount": 121.0,
                    "payment_ref": "Invoice F2026/0007",
                    "partner_name": "ACME NV",
                    "account_number": OTHER_IBAN,
                    "transaction_type": "00150000",
                    "journal_id": self.journal.id,
                }
            ],
        )
        details = line.transaction_details
        self.assertEqual(details["value_date"], "2026-01-16")
        self.assertEqual(details["bank_reference"], "BANKREF1")
        self.assertEqual(details["customer_reference"], "E2E-7")
        self.assertEqual(details["bic"], "GKCCBEBB")
        self.assertIn("THANK YOU", line.narration)

    def test_the_payment_reference_stands_in_the_label_in_the_form_odoo_matches_on(self):
        line = self.book(credit("121.00", ogm="009093375538"))
        self.assertEqual(line.payment_ref, "+++009/0933/75538+++")

    def test_the_partner_is_the_one_who_holds_the_account_whatever_its_spelling(self):
        partner = self.env["res.partner"].create(
            {"name": "Acme", "bank_ids": [(0, 0, {"acc_number": "BE43 0689 9999 9501"})]}
        )
        line = self.book(credit("121.00", counterparty=party("ACME NV", OTHER_IBAN)))
        self.assertEqual(line.partner_id, partner)

    def test_the_partner_stays_empty_when_two_hold_the_account(self):
        for name in ("Acme", "Acme twin"):
            self.env["res.partner"].create(
                {"name": name, "bank_ids": [(0, 0, {"acc_number": OTHER_IBAN})]}
            )
        line = self.book(credit("121.00", counterparty=party("ACME NV", OTHER_IBAN)))
        self.assertFalse(line.partner_id)
        self.assertEqual(line.account_number, OTHER_IBAN)

    def test_the_note_of_one_movement_is_not_on_the_next_one(self):
        first, second = self.book(
            credit("1.00", information=[free_information("FIRST ONLY")]), credit("2.00")
        )
        self.assertIn("FIRST ONLY", first.narration)
        self.assertNotIn("FIRST ONLY", str(second.narration))

    def test_a_movement_dated_before_the_opening_balance_keeps_the_chain_right(self):
        self.receive(self.day(14, credit("10.00")))
        line = self.book(credit("5.00", entry_date=date(2026, 1, 10)), opening="10")
        self.assertEqual(line.date, date(2026, 1, 14))
        self.assertEqual(line.transaction_details["entry_date"], "2026-01-10")

    # --- Totals and details ------------------------------------------------------------------

    def test_a_total_made_by_the_customer_is_booked_as_its_payments(self):
        first, second = self.book(
            debit(
                "90",
                code="10101000",
                details=[
                    debit("50", code="50101000", counterparty=party("ACME NV", OTHER_IBAN)),
                    debit("40", code="50101000", communication="SUPPLIER B"),
                ],
            )
        )
        self.assertEqual((first.amount, first.partner_name), (-50.0, "ACME NV"))
        self.assertEqual((second.amount, second.payment_ref), (-40.0, "SUPPLIER B"))
        self.assertEqual(first.transaction_details["batch"]["amount"], "-90.000")

    def test_nested_totals_are_booked_as_their_last_details(self):
        lines = self.book(
            credit(
                "90",
                code="20150000",
                details=[
                    credit("40", code="70150000", details=[credit("20", code="90150000")] * 2),
                    credit("50", code="60150000"),
                ],
            )
        )
        self.assertEqual(lines.mapped("amount"), [20.0, 20.0, 50.0])

    def test_a_total_whose_details_do_not_sum_is_booked_as_the_total(self):
        line = self.book(debit("90", code="10101000", details=[debit("50", code="50101000")]))
        self.assertEqual(line.amount, -90.0)

    def test_an_amount_with_its_charges_stays_one_line(self):
        line = self.book(
            debit(
                "12.10",
                code="33537000",
                details=[debit("10", code="83537006"), debit("2.10", code="83537011")],
            )
        )
        self.assertEqual(line.amount, -12.1)

    def test_wages_stay_one_line(self):
        line = self.book(
            debit(
                "90",
                code="10105000",
                details=[
                    debit("50", code="50105000", counterparty=party("JAN PEETERS")),
                    debit("40", code="50105000", counterparty=party("AN MAES")),
                ],
            )
        )
        self.assertEqual(line.amount, -90.0)
        kept = f"{line.transaction_details} {line.narration} {line.payment_ref}"
        self.assertNotIn("PEETERS", kept)
        self.assertNotIn("MAES", kept)

    # --- Nothing to book -----------------------------------------------------------------------

    def test_a_statement_without_movements_is_recorded_without_alarm(self):
        document = self.receive(self.day(15, opening="500"))
        self.assert_state(document, "imported", "empty_statement")
        self.assertRecordValues(
            document.statement_ids,
            [{"state": "empty", "opening_balance": 500.0, "journal_id": self.journal.id}],
        )
        self.assertFalse(document.statement_ids.bank_statement_id)
        self.assertFalse(document.feed_id.activity_ids)

    def test_what_the_bank_writes_is_read_on_statement_and_document_also_without_movements(self):
        text = "UW TARIEVEN WIJZIGEN".ljust(80) + "ZIE WWW.BANK.BE"
        for number, movements in ((15, [credit("1")]), (16, [])):
            opening = "0" if movements else "1"
            document = self.receive(self.day(number, *movements, opening=opening, free_text=text))
            self.assertEqual(
                document.statement_ids.bank_message, "UW TARIEVEN WIJZIGEN\nZIE WWW.BANK.BE"
            )
            self.assertEqual(document.bank_message, document.statement_ids.bank_message)
            self.assertEqual(document.state, "imported")
            self.assertFalse(document.feed_id.activity_ids)

    def test_a_movement_of_another_time_is_booked_and_told(self):
        document = self.receive(self.day(15, credit("1", entry_date=date(2062, 1, 15))))
        self.assert_state(document, "imported")
        self.assertIn("01/15/2062", document.statement_ids.warning_text)
        self.assertIn("01/15/2062", document.notice)

    def test_a_separate_application_is_kept_and_never_booked(self):
        document = self.receive(self.day(15, credit("90"), separate_application="01070"))
        self.assert_state(document, "stored", "separate_application")
        self.assertFalse(self.lines())

    # --- Closed periods ------------------------------------------------------------------------

    def test_a_statement_in_a_closed_fiscal_year_waits_and_is_never_moved(self):
        self.company.fiscalyear_lock_date = date(2026, 1, 31)
        document = self.receive(self.day(15, credit("90")))
        self.assert_state(document, "waiting", "closed_period")
        self.assertIn("01/15/2026", document.reason)
        self.assertIn("01/31/2026", document.reason)
        self.assertFalse(self.lines())
        self.company.fiscalyear_lock_date = False
        self.press(document, "action_retry")
        self.assert_state(document, "imported")
        self.assertEqual(self.lines().date, date(2026, 1, 15))

    def test_a_statement_under_the_hard_lock_waits_and_is_never_moved(self):
        self.company.hard_lock_date = date(2026, 1, 31)
        document = self.receive(self.day(15, credit("90")))
        self.assert_state(document, "waiting", "closed_for_good")
        self.assertFalse(self.lines())

    def test_a_tax_lock_does_not_stop_a_bank_statement(self):
        self.company.tax_lock_date = date(2026, 1, 31)
        line = self.book(credit("90"))
        self.assertEqual(line.date, date(2026, 1, 15))

    # --- Files ---------------------------------------------------------------------------------

    def test_the_cod_and_the_pdf_hang_on_the_bank_statement(self):
        index = self.deliver(self.day(15, credit("90")))
        _feed, delivered = self.sandbox.find(index, Channel.FEED)
        self.night()
        document = self.document(index)
        attachments = document.statement_ids.bank_statement_id.attachment_ids
        contents = {a.name.rpartition(".")[2]: base64.b64decode(a.datas) for a in attachments}
        self.assertEqual(contents, {name: delivered.files[name] for name in ("cod", "pdf")})
        self.assertEqual(attachments.company_id, self.company)

    def test_an_amount_from_abroad_keeps_its_original_currency(self):
        self.env.ref("base.USD").active = True
        line = self.book(
            credit(
                "90",
                structured={
                    "type": "105",
                    "gross_account_currency": Decimal("90"),
                    "gross_original_currency": Decimal("100"),
                    "currency": "USD",
                    "rate": Decimal("1.11"),
                },
            )
        )
        self.assertEqual(line.foreign_currency_id, self.env.ref("base.USD"))
        self.assertEqual(line.amount_currency, 100.0)
        self.assertEqual(line.amount, 90.0)

    def test_a_card_payment_is_labelled_with_shop_town_and_day(self):
        line = self.book(
            debit(
                "25",
                structured={
                    "type": "113",
                    "terminal_name": "SHOP",
                    "terminal_town": "GENT",
                    "date": date(2026, 1, 14),
                },
            )
        )
        self.assertEqual(line.payment_ref, "SHOP GENT 14/01")

    def test_a_direct_debit_is_labelled_with_what_its_creditor_wrote(self):
        line = self.book(
            debit(
                "25",
                structured={
                    "type": "127",
                    "creditor_id": "BE02ZZZ0886946917",
                    "mandate": "MANDATE-1",
                    "communication": "Subscription January",
                },
            )
        )
        self.assertEqual(line.payment_ref, "Subscription January")
        self.assertEqual(line.transaction_details["structured"]["mandate"], "MANDATE-1")
