"""What an accountant reads on a bank line, and how the journal's settings shape it."""

from decimal import Decimal
from itertools import product

from odoo.tests import tagged

from ..codabox.coda.builders import free_information, structured_information
from .common import OTHER_IBAN, CodaboxCase, credit, date, debit, party

SHORT = "VERENIGING VAN MEDE-EIGENAARS RESID"
LONG = "VERENIGING VAN MEDE-EIGENAARS RESIDENTIE DE OUDE KERK TE GENT"
CARD = {
    "type": "113",
    "scheme": "1",
    "terminal_name": "COLRUYT",
    "terminal_town": "GENT",
    "date": date(2026, 1, 14),
    "time": "12:30",
}


class CodaLinesCase(CodaboxCase):
    mapped = True

    def book(self, *movements, number=15, **values):
        """Book one day with these movements, and return its bank lines, first movement first."""
        document = self.receive(self.day(number, *movements, **values))
        self.assert_state(document, "imported")
        bank_statement = document.statement_ids.bank_statement_id
        self.assert_books_agree(bank_statement)
        return bank_statement.line_ids.sorted("internal_index")


@tagged("-at_install", "post_install")
class TestCodaLineTexts(CodaLinesCase):
    def test_the_name_of_the_counterparty_goes_on_where_its_record_ends(self):
        line = self.book(
            credit(
                "9",
                counterparty=party(SHORT, OTHER_IBAN),
                information=[structured_information("001", name=LONG, street="KERKSTRAAT 1")],
            )
        )
        self.assertEqual(line.partner_name, LONG)
        self.assertEqual(line.transaction_details["counterparty_name"], LONG)
        self.assertEqual(line.transaction_details["counterparty_address"], "KERKSTRAAT 1")

    def test_a_number_inside_the_bank_is_no_account_and_stays_in_the_details(self):
        line = self.book(credit("9", counterparty=party("ACME", "420333239565")))
        self.assertFalse(line.account_number)
        self.assertEqual(line.transaction_details["counterparty_account"], "420333239565")

    def test_the_texts_are_in_the_language_of_the_journal(self):
        for language, text in (
            ("nl", "Kaartbetaling: Bancontact COLRUYT GENT 14/01 12:30"),
            ("fr", "Paiement par carte: Bancontact COLRUYT GENT 14/01 12:30"),
            ("de", "Kartenzahlung: Bancontact COLRUYT GENT 14/01 12:30"),
            ("en", "Card payment: Bancontact COLRUYT GENT 14/01 12:30"),
        ):
            with self.subTest(language), self.rolled_back():
                self.journal.codabox_text_language = language
                line = self.book(debit("25", code="00402000", structured=CARD))
                self.assertEqual(line.payment_ref, text)
                self.assertEqual(line.transaction_details["text"], text)

    def test_a_journal_speaks_the_language_of_its_company(self):
        for lang, language in (("fr_BE", "fr"), ("nl_NL", "nl"), ("es_ES", "en")):
            with self.subTest(lang), self.rolled_back():
                self.env["res.lang"]._activate_lang(lang)
                self.company.partner_id.lang = lang
                journal = self.make_journal(self.company, "BE02001000000040")
                self.assertEqual(journal.codabox_text_language, language)

    def test_charges_loans_cash_and_returns_are_labelled_in_words(self):
        self.journal.codabox_text_language = "nl"
        lines = self.book(
            credit("100", code="00950000"),
            debit("5", code="08013000"),
            debit("20", code="01311055"),
            debit("9", code="00503000", return_type="2", return_reason="AM04"),
            credit("3", code="00150000"),
        )
        self.assertEqual(
            lines.mapped("payment_ref"),
            [
                "Storting contanten",
                "Bankkosten, huur van kluis",
                "Terugbetaling woonkrediet, terugbetaling van kapitaal",
                "Onbetaalde domiciliëring, onvoldoende saldo (AM04)",
                "Overschrijving: ontvangen overschrijving",
            ],
        )

    def test_the_payment_reference_stands_once_in_the_label(self):
        lines = self.book(
            credit("1", communication="+++009/0933/75538+++ THANKS"),
            credit("2", communication="009093375538"),
            credit("3", communication="INVOICE 7 009093375538"),
            credit("4", communication="009.0933.75538"),
        )
        self.assertEqual(
            lines.mapped("payment_ref"),
            [
                "+++009/0933/75538+++ THANKS",
                "+++009/0933/75538+++",
                "+++009/0933/75538+++ INVOICE 7",
                "+++009/0933/75538+++",
            ],
        )

    def test_details_without_words_have_those_of_their_total_and_their_place(self):
        details = [credit("1", code="60150000"), credit("1", code="60150000")]
        spoken = credit("1", code="60150000", communication="INVOICE 7")
        lines = self.book(
            credit("3", code="20150000", communication="BATCH OF 3", details=[*details, spoken])
        )
        self.assertEqual(
            lines.mapped("payment_ref"), ["BATCH OF 3 (1/3)", "BATCH OF 3 (2/3)", "INVOICE 7"]
        )

    def test_the_note_holds_the_information_of_its_own_movement_in_words(self):
        details = [
            credit(
                "1",
                code="60150000",
                bank_reference="SHARED",
                information=[
                    structured_information("001", name=f"PAYER {n}", street=f"KERKSTRAAT {n}")
                ],
            )
            for n in (1, 2)
        ]
        first, second = self.book(
            credit("2", code="20150000", bank_reference="SHARED", details=details)
        )
        self.assertIn("PAYER 1, KERKSTRAAT 1", first.narration)
        self.assertNotIn("PAYER 2", first.narration)
        self.assertNotIn("PAYER 1", second.narration)

    def test_375_details_that_share_one_reference_give_notes_smaller_than_twice_the_file(self):
        details = [
            credit(
                "1.25",
                code="60150000",
                bank_reference="SHARED",
                counterparty=party(f"PAYER {n}", OTHER_IBAN),
                information=[
                    structured_information(
                        "001", name=f"PAYER {n}", street=f"KERKSTRAAT {n}", locality="9000 GENT"
                    ),
                    free_information(f"CONTRIBUTION OF MEMBER {n} FOR THE YEAR 2026 " * 3),
                ],
            )
            for n in range(375)
        ]
        day = self.day(
            15, credit("468.75", code="20150000", bank_reference="SHARED", details=details)
        )
        document = self.receive(day)
        lines = document.statement_ids.bank_statement_id.line_ids
        self.assertEqual(len(lines), 375)
        size = document.file_ids.filtered(lambda f: f.format == "cod").size
        notes = sum(len(line.narration or "") for line in lines)
        self.assertGreater(notes, 375 * 100)
        self.assertLess(notes, 2 * size)


@tagged("-at_install", "post_install")
class TestCodaLineAmounts(CodaLinesCase):
    CONVERSION = {
        "gross_account_currency": Decimal("95"),
        "gross_original_currency": Decimal("100"),
        "currency": "USD",
        "rate": Decimal("1.05263158"),
    }
    BATCH = {"code": "10101000", "details": [debit("50", code="50101000")] * 2}
    TOTAL = {"code": "20150000", "details": [credit("20", code="60150000")] * 3}
    CHARGES = {
        "code": "33537000",
        "details": [debit("10", code="83537006"), debit("2.10", code="83537011")],
    }

    def setUp(self):
        super().setUp()
        self.env.ref("base.USD").active = True

    def test_whatever_the_settings_a_total_is_booked_once(self):
        fields = ("codabox_customer_totals", "codabox_bank_totals", "codabox_charges")
        choices = product(("details", "total"), ("details", "total"), ("together", "split"))
        for customer, bank, charges in choices:
            with self.subTest(customer=customer, bank=bank, charges=charges), self.rolled_back():
                self.journal.write(dict(zip(fields, (customer, bank, charges), strict=True)))
                lines = self.book(
                    debit("100", **self.BATCH),
                    credit("60", **self.TOTAL),
                    debit("12.10", **self.CHARGES),
                )
                self.assertEqual(
                    lines.mapped("amount"),
                    ([-50.0, -50.0] if customer == "details" else [-100.0])
                    + ([20.0] * 3 if bank == "details" else [60.0])
                    + ([-10.0, -2.1] if charges == "split" else [-12.1]),
                )
                self.assertAlmostEqual(sum(lines.mapped("amount")), -52.1)

    def test_a_line_that_is_in_the_books_decides_against_a_changed_setting(self):
        for before, after, expected in (
            ("details", "total", [-50.0, -50.0]),
            ("total", "details", [-100.0]),
        ):
            with self.subTest(before=before), self.rolled_back():
                self.journal.codabox_customer_totals = before
                document = self.receive(self.day(15, debit("100", **self.BATCH)))
                mine = document.statement_ids.bank_statement_id.line_ids[0]
                mine.statement_id = self.env["account.bank.statement"].create(
                    {"name": "MINE", "journal_id": self.journal.id}
                )
                self.press(document, "action_undo")
                self.journal.codabox_customer_totals = after
                self.press(document, "action_retry")
                self.assertEqual(self.lines().mapped("amount"), expected)

    def test_details_finer_than_a_cent_do_not_lose_money(self):
        line = self.book(
            credit("1", code="20150000", details=[credit("0.125", code="60150000")] * 8)
        )
        self.assertEqual(line.amount, 1.0)

    def test_an_amount_kept_in_one_line_says_what_it_is_made_of(self):
        self.journal.codabox_text_language = "nl"
        line = self.book(debit("12.10", **self.CHARGES))
        self.assertEqual(
            line.transaction_details["breakdown"],
            [
                {
                    "amount": "-10.000",
                    "code": "83537006",
                    "code_label": "periodieke afrekening van interesten en kosten: kosten (diverse kosten)",
                    "text": "Periodieke afrekening van interesten en kosten, diverse kosten",
                },
                {
                    "amount": "-2.100",
                    "code": "83537011",
                    "code_label": "periodieke afrekening van interesten en kosten: kosten (btw)",
                    "text": "Periodieke afrekening van interesten en kosten, btw",
                },
            ],
        )

    def test_a_conversion_told_by_an_information_record_counts(self):
        line = self.book(
            debit("95", information=[structured_information("105", **self.CONVERSION)])
        )
        self.assertEqual(line.foreign_currency_id, self.env.ref("base.USD"))
        self.assertEqual(line.amount_currency, -100.0)

    def test_an_amount_with_charges_inside_keeps_its_original_in_the_details_alone(self):
        self.journal.codabox_text_language = "en"
        line = self.book(credit("93", **self.abroad()))
        self.assertEqual(line.payment_ref, "Foreign transfer: 100.00 USD")
        self.assertFalse(line.foreign_currency_id)
        self.assertEqual(line.transaction_details["original"]["amount"], "100.000")
        self.assertEqual(line.transaction_details["original"]["currency"], "USD")

    def test_charges_in_lines_of_their_own_leave_the_rate_of_the_bank_on_the_amount(self):
        self.journal.codabox_charges = "split"
        amount, charges = self.book(credit("93", **self.abroad()))
        self.assertEqual((amount.amount, amount.amount_currency), (95.0, 100.0))
        self.assertEqual(amount.foreign_currency_id, self.env.ref("base.USD"))
        self.assertEqual((charges.amount, charges.foreign_currency_id.id), (-2.0, False))

    def test_a_conversion_without_charges_counts_for_the_whole(self):
        line = self.book(
            credit(
                "95",
                code="34150000",
                details=[
                    credit("95", code="84150100", structured={"type": "105", **self.CONVERSION})
                ],
            )
        )
        self.assertEqual((line.amount, line.amount_currency), (95.0, 100.0))

    def abroad(self):
        converted = credit("95", code="84150100", structured={"type": "105", **self.CONVERSION})
        return {"code": "34150000", "details": [converted, debit("2", code="84137013")]}
