"""What bookkeepers stumbled over in labels: kinds of faults, each with the file that showed it."""

import unittest
from datetime import date
from decimal import Decimal

from ..coda import (
    describe_code,
    describe_information,
    describe_movement,
    full_name,
    movement_words,
    parse_coda,
    write_coda,
)
from ..coda.builders import credit, debit, statement, structured_information
from ..coda.labels import LANGUAGES, code_tables, head
from ..reading.said_once import without_reference
from .coda_samples import case

ACCOUNT = "BE68539007547034"
OGM = "+++090/9337/55493+++"
# How Dutch and French bookkeepers call the families of the standard.
FAMILIES = {
    "01": ("overschrijving", "virement"),
    "02": ("instantoverschrijving", "virement instantané"),
    "03": ("cheque", "chèque"),
    "04": ("kaart", "carte"),
    "05": ("domiciliëring", "domiciliation"),
    "07": ("binnenlands handelspapier", "effet de commerce national"),
    "09": ("loketverrichting", "opération au guichet"),
    "11": ("effecten", "titres"),
    "13": ("krediet of lening", "crédit ou prêt"),
    "30": ("diversen", "divers"),
    "35": (
        "periodieke afrekening van interesten en kosten",
        "décompte périodique d'intérêts et frais",
    ),
    "41": ("buitenlandse overschrijving", "virement étranger"),
    "43": ("buitenlandse cheques", "chèques étrangers"),
    "47": ("buitenlands handelspapier", "effet de commerce étranger"),
    "80": ("afzonderlijke kosten en commissies", "frais et commissions distincts"),
}


def only_movement(name):
    (found,) = parse_coda(case(name)).statements[0].movements
    return found


def numbered(movement):
    """Give a movement as the parser gives it: with its reference."""
    (found,) = statement(account=ACCOUNT, movements=[movement]).movements
    return found


class TestCodeWords(unittest.TestCase):
    def test_the_families_have_the_names_that_bookkeepers_use(self):
        names = {
            code: tuple(code_tables(language).families[code] for language in ("nl", "fr"))
            for code in code_tables("en").families
        }
        self.assertEqual(names, FAMILIES)

    def test_no_word_says_that_the_account_was_closed(self):
        for language in LANGUAGES:
            for code in ("03501000", "03537000", "03550000", "03587000"):
                text = f"{head(code, language)} {describe_code(code, language)}".casefold()
                for wrong in ("closing", "closure", "afsluiting", "clôture"):
                    with self.subTest(code, language=language):
                        self.assertNotIn(wrong, text)

    def test_periodic_costs_are_a_periodic_settlement(self):
        movement = only_movement("closing_costs_only")
        self.assertEqual(
            [describe_movement(movement, language) for language in ("nl", "fr")],
            [
                "Periodieke afrekening van interesten en kosten",
                "Décompte périodique d'intérêts et frais",
            ],
        )


class TestSaidOnce(unittest.TestCase):
    def test_a_reference_that_the_bank_repeats_is_left_to_its_label(self):
        movement = only_movement("ogm_repeated_in_text")
        self.assertEqual(movement.reference, OGM)
        self.assertEqual(movement_words(movement, "nl"), "")

    def test_each_way_of_writing_it_goes_and_the_rest_stays(self):
        for text in (
            "090933755493",
            "+++090/9337/55493+++",
            "*** 090/9337/55493 ***",
            "090.9337.55493",
            "090 9337 55493 090933755493",
        ):
            with self.subTest(text):
                self.assertEqual(without_reference(f"INVOICE 7: {text}", OGM), "INVOICE 7")
                self.assertEqual(without_reference(f"{text} THANKS", OGM), "THANKS")
                self.assertEqual(without_reference(f"A {text}  B", OGM), "A B")

    def test_other_numbers_stay_as_they_are(self):
        for text in ("1090933755493", "0909337554931", "A090933755493", "INVOICE 7 -"):
            with self.subTest(text):
                self.assertEqual(without_reference(text, OGM), text)
                self.assertEqual(without_reference(text, ""), text)

    def test_a_creditor_reference_is_said_once_too(self):
        text = "INV RF18 5390 0754 7034 FOR RF18539007547034"
        self.assertEqual(without_reference(text, "RF18539007547034"), "INV FOR")

    def test_a_direct_debit_does_not_repeat_it_either(self):
        fields = {"type": "127", "communication": "090933755493 JANUARY 090933755493"}
        movement = numbered(debit("9", code="00501000", structured=fields))
        self.assertEqual(movement.reference, OGM)
        self.assertEqual(describe_movement(movement, "en"), "Direct debit: JANUARY")


class TestNumbers(unittest.TestCase):
    def test_decimals_stand_behind_the_sign_of_the_language(self):
        movement = only_movement("usd_simple_105")
        for language, amount in zip(
            LANGUAGES, ("100.00 USD", "100,00 USD", "100,00 USD", "100,00 USD"), strict=True
        ):
            self.assertIn(amount, describe_movement(movement, language))

    def test_a_round_percentage_keeps_its_zeros(self):
        for percent, text in (("100", "100%"), ("21", "21%"), ("1.50", "1,5%")):
            fields = {"type": "106", "percent": Decimal(percent), "base": Decimal(10)}
            movement = debit("1", structured=fields)
            self.assertEqual(movement_words(movement, "nl"), f"{text} op 10,00")


class TestNames(unittest.TestCase):
    def test_version_1_has_name_and_street_on_lines_of_their_own(self):
        movement = only_movement("v1_name_and_street")
        self.assertEqual(full_name(movement), "NORTHERN PARTS LTD")
        (information,) = movement.information
        self.assertEqual(
            describe_information(information, "en"),
            "NORTHERN PARTS LTD, HARBOUR ROAD 12, 2750AB LEIDEN, NL",
        )

    def test_version_2_has_room_for_a_long_name(self):
        name = "VERENIGING VAN MEDE-EIGENAARS RESIDENTIE DE OUDE KERK TE GENT"
        movement = credit("1", information=[structured_information("001", name=name)])
        self.assertEqual(full_name(movement), name)


class TestTypedReferences(unittest.TestCase):
    def test_a_reference_in_groups_is_read_whatever_its_signs(self):
        for name in ("ogm_text_dots", "ogm_text_plain_spaced"):
            with self.subTest(name):
                movement = only_movement(name)
                self.assertEqual(movement.reference, OGM)
                self.assertEqual(movement_words(movement, "nl"), "")

    def test_a_direct_debit_has_it_in_its_text(self):
        fields = {"type": "127", "communication": "JANUARY 090.9337.55493"}
        movement = numbered(debit("9", code="00501000", structured=fields))
        self.assertEqual(movement.reference, OGM)


class TestFailedCheck(unittest.TestCase):
    def test_a_structured_reference_that_fails_is_shown_and_said_to_fail(self):
        movement = only_movement("ogm_101_bad_check")
        self.assertEqual(movement.reference, "")
        for language, words in (
            ("nl", "090933755499 (het controlegetal klopt niet)"),
            ("fr", "090933755499 (chiffres de contrôle incorrects)"),
        ):
            self.assertEqual(describe_movement(movement, language), words)

    def test_each_type_of_reference_shows_what_fails_and_nothing_else(self):
        for structured, words in (
            ({"type": "102", "ogm": "090933755499"}, "090933755499 (the check digits do not fit)"),
            (
                {"type": "100", "iso11649_reference": "RF19539007547034"},
                "RF19539007547034 (the check digits do not fit)",
            ),
            ({"type": "101", "ogm": "090933755493"}, ""),
            ({"type": "101", "ogm": "000000000000"}, ""),
            ({"type": "101"}, ""),
        ):
            with self.subTest(structured):
                movement = numbered(credit("1", structured=structured))
                self.assertEqual(movement_words(movement, "en"), words)


class TestTold(unittest.TestCase):
    """What a file says beside its money is told, and stops nothing."""

    def codes(self, data):
        return [(notice.code, notice.found) for notice in parse_coda(data).notices]

    def test_an_entry_date_far_from_its_statement_is_told(self):
        self.assertEqual(self.codes(case("future_entry_date")), [("far_entry_date", "2062-01-15")])

    def test_a_date_of_the_year_and_a_month_ahead_is_none(self):
        for day, told in (
            (date(2025, 12, 31), True),
            (date(2026, 1, 1), False),
            (date(2026, 1, 15), False),
            (date(2026, 2, 15), False),
            (date(2026, 2, 16), True),
        ):
            with self.subTest(day):
                item = statement(account=ACCOUNT, movements=[credit("1", entry_date=day)])
                self.assertEqual(bool(self.codes(write_coda([item]))), told)

    def test_a_statement_that_is_announced_and_does_not_follow_is_told(self):
        days = [
            statement(account=ACCOUNT, number=number, movements=[credit("1")], opening=number)
            for number in (0, 1)
        ]
        data = write_coda(days)
        self.assertEqual(self.codes(data), [])
        first = data[: data.index(b"\n0") + 1] if b"\n0" in data else b""
        self.assertEqual(self.codes(first), [("announced_statement", "1")])

    def test_the_messages_of_the_bank_are_read(self):
        (found,) = parse_coda(case("free_text_4")).statements
        self.assertEqual(
            found.free_text.split(),
            (["UW", "TARIEVEN", "WIJZIGEN", "VANAF", "01/02/2026", "ZIE", "WWW.BANK.BE"]),
        )
