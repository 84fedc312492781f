"""A movement in the words of a bookkeeper."""

import unittest
from datetime import date
from decimal import Decimal

from ..coda import describe_information, describe_movement, movement_words
from ..coda.builders import credit, debit, free_information, structured_information

LANGUAGES = ("en", "nl", "fr", "de")
CARD = {
    "type": "113",
    "scheme": "1",
    "date": date(2026, 1, 14),
    "time": "12:30",
    "terminal_name": "COLRUYT",
    "terminal_town": "GENT",
}


class TestText(unittest.TestCase):
    def assert_texts(self, movement, *texts):
        found = tuple(describe_movement(movement, language) for language in LANGUAGES)
        self.assertEqual(found, texts)

    def test_a_card_payment_says_scheme_shop_town_day_and_hour(self):
        self.assert_texts(
            debit("25", code="00402000", structured=CARD),
            "Card payment: Bancontact COLRUYT GENT 14/01 12:30",
            "Kaartbetaling: Bancontact COLRUYT GENT 14/01 12:30",
            "Paiement par carte: Bancontact COLRUYT GENT 14/01 12:30",
            "Kartenzahlung: Bancontact COLRUYT GENT 14/01 12:30",
        )

    def test_a_withdrawal_at_a_machine(self):
        movement = debit("50", code="00404000", structured=CARD)
        self.assertTrue(describe_movement(movement, "nl").startswith("Geldopname: Bancontact"))

    def test_the_receipts_of_a_terminal(self):
        movement = credit(
            "250",
            code="00450000",
            structured={
                "type": "111",
                "scheme": "1",
                "first_date": date(2026, 1, 13),
                "last_date": date(2026, 1, 14),
                "terminal_name": "BAKKERIJ JO",
                "terminal_town": "GENT",
            },
        )
        self.assertEqual(
            describe_movement(movement, "nl"),
            "Ontvangsten betaalterminal: Bancontact BAKKERIJ JO GENT 14/01",
        )

    def test_one_terminal_payment_keeps_its_reference(self):
        movement = credit(
            "250", code="00450000", structured={**CARD, "type": "114", "reference": "TICKET 77"}
        )
        self.assertIn("TICKET 77", describe_movement(movement))

    def test_a_cash_deposit_without_text_is_named_by_its_code(self):
        self.assert_texts(
            credit("250", code="00950000"),
            "Cash deposit",
            "Storting contanten",
            "Versement d'espèces",
            "Bareinzahlung",
        )

    def test_a_direct_debit_says_what_its_creditor_wrote(self):
        fields = {"type": "127", "creditor_id": "BE02ZZZ0886946917", "mandate": "M-1"}
        movement = debit("9", code="00501000", structured={**fields, "communication": "JANUARY"})
        self.assertEqual(describe_movement(movement, "fr"), "Domiciliation: JANUARY")
        movement = debit("9", code="00501000", structured=fields)
        self.assertEqual(describe_movement(movement, "fr"), "Domiciliation: mandat M-1")

    def test_a_returned_direct_debit_says_why(self):
        movement = debit(
            "9",
            code="00503000",
            communication="FACT 12",
            return_type="2",
            return_reason="AM04",
        )
        self.assert_texts(
            movement,
            "Unpaid direct debit, insufficient funds (AM04): FACT 12",
            "Onbetaalde domiciliëring, onvoldoende saldo (AM04): FACT 12",
            "Domiciliation impayée, provision insuffisante (AM04): FACT 12",
            "Unbezahlte Lastschrift, unzureichende Deckung (AM04): FACT 12",
        )

    def test_a_returned_transfer_says_so_and_keeps_an_unknown_reason(self):
        movement = credit("9", code="00154000", return_type="2", return_reason="ZZ99")
        self.assertEqual(describe_movement(movement, "nl"), "Teruggestuurd, ZZ99")

    def test_a_loan_names_its_account_and_period(self):
        movement = debit(
            "900",
            code="81311055",
            structured={
                "type": "125",
                "credit_account": "726123456789",
                "start": date(2026, 1, 1),
                "end": date(2026, 1, 31),
                "reference": "LOAN-7",
            },
        )
        self.assertEqual(
            describe_movement(movement, "en"),
            "Mortgage repayment, capital repayment: "
            "loan 726123456789 01/01/2026 - 31/01/2026 LOAN-7",
        )

    def test_charges_say_what_they_are_for(self):
        self.assert_texts(
            debit("5", code="08013000"),
            "Bank charges, safe rental",
            "Bankkosten, huur van kluis",
            "Frais bancaires, location de coffre",
            "Bankgebühren, Miete eines Schließfachs",
        )

    def test_the_vat_on_charges_says_its_rate_and_base(self):
        movement = debit(
            "2.10",
            code="80137011",
            structured={"type": "106", "percent": Decimal("21"), "base": Decimal("10")},
        )
        self.assertEqual(describe_movement(movement, "nl"), "Bankkosten, btw: 21% op 10,00")

    def test_closing_interest_says_rate_and_period(self):
        movement = debit(
            "4",
            code="03501002",
            structured={
                "type": "108",
                "interest_rate": Decimal("1.25"),
                "from": date(2026, 1, 1),
                "to": date(2026, 3, 31),
            },
        )
        self.assertEqual(
            describe_movement(movement, "fr"),
            "Décompte périodique d'intérêts et frais, intérêts payés: "
            "intérêts 1,25% 01/01/2026 - 31/03/2026",
        )

    def test_a_credit_card_settlement_names_issuer_and_statement(self):
        movement = debit(
            "80",
            code="00403000",
            structured={
                "type": "124",
                "issuer": "2",
                "invoice": "202601",
                "date": date(2026, 1, 20),
            },
        )
        self.assertEqual(
            describe_movement(movement, "nl"),
            "Afrekening kredietkaart: Visa afrekening 202601 20/01/2026",
        )

    def test_a_transfer_keeps_the_words_of_the_payer_alone(self):
        self.assert_texts(credit("9", communication="INVOICE   7"), *["INVOICE 7"] * 4)

    def test_words_that_begin_with_what_it_is_are_not_said_twice(self):
        movement = credit("9", code="00950000", communication="STORTING CONTANTEN LOKET 3")
        self.assertEqual(describe_movement(movement, "nl"), "STORTING CONTANTEN LOKET 3")

    def test_an_empty_structured_communication_of_each_type_is_no_error(self):
        for code in range(100, 128):
            with self.subTest(code):
                movement = credit("9", structured={"type": str(code)})
                self.assertIsInstance(movement_words(movement, "nl"), str)

    def test_information_is_one_readable_line(self):
        for information, text in (
            (
                structured_information(
                    "001", name="ACME NV", street="KERKSTRAAT 1", locality="9000 GENT"
                ),
                "ACME NV, KERKSTRAAT 1, 9000 GENT",
            ),
            (
                structured_information("002", bank_message=("LINE ONE", "LINE TWO")),
                "LINE ONE, LINE TWO",
            ),
            (
                structured_information(
                    "007", count=5, denomination=Decimal("50"), total=Decimal("250")
                ),
                "5 × 50,00 = 250,00",
            ),
            (
                structured_information(
                    "006", description="COSTS", currency="EUR", amount=Decimal("-2")
                ),
                "COSTS -2,00 EUR",
            ),
            (
                structured_information("008", ultimate_creditor="ACME", id="77"),
                "Uiteindelijke schuldeiser: ACME 77",
            ),
            (structured_information("005", correspondent=("BANK",)), "BANK"),
            (structured_information("999", text="OTHER   TEXT"), "OTHER TEXT"),
            (free_information("FREE   TEXT"), "FREE TEXT"),
        ):
            with self.subTest(information.type):
                self.assertEqual(describe_information(information, "nl"), text)
