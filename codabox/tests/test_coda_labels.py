"""The tables of words are complete in each language."""

import unittest

from ..coda import describe_code, describe_purpose, describe_reason, describe_return, explain_code
from ..coda.labels import LANGUAGES, code_tables
from ..coda.labels.movement_words import HEADS, WORDS
from ..coda.labels.reasons import PURPOSES, REASONS, RETURN_TYPES


class TestLabels(unittest.TestCase):
    def test_each_language_names_every_code_that_english_names(self):
        english = code_tables("en")
        for language in LANGUAGES[1:]:
            tables = code_tables(language)
            for name in ("types", "families", "categories", "common_operations"):
                with self.subTest(language, table=name):
                    self.assertEqual(set(getattr(tables, name)), set(getattr(english, name)))
            self.assertEqual(set(tables.operations), set(english.operations))
            for family, operations in english.operations.items():
                with self.subTest(language, family=family):
                    self.assertEqual(set(tables.operations[family]), set(operations))

    def test_no_name_is_empty_or_left_in_english(self):
        english = code_tables("en")
        for language in LANGUAGES[1:]:
            tables = code_tables(language)
            pairs = [
                (tables.operations[family][operation], name)
                for family, operations in english.operations.items()
                for operation, name in operations.items()
            ]
            for name in ("types", "families", "categories", "common_operations"):
                table = getattr(tables, name)
                pairs += [(table[code], text) for code, text in getattr(english, name).items()]
            self.assertTrue(all(text.strip() == text != "" for text, _english in pairs))
            same = sorted({text for text, name in pairs if text.casefold() == name.casefold()})
            # Words that are the same in both languages, cheque or warrant.
            self.assertLess(len(same), 15, (language, same))

    def test_side_by_side_tables_have_four_texts_in_each_row(self):
        for table in (HEADS, WORDS, REASONS, PURPOSES, RETURN_TYPES):
            for code, texts in table.items():
                with self.subTest(code):
                    self.assertEqual(len(texts), len(LANGUAGES))
                    self.assertTrue(all(text.strip() == text != "" for text in texts))

    def test_a_code_is_described_in_each_language(self):
        labels = [describe_code("80537011", language) for language in LANGUAGES]
        self.assertEqual(
            labels,
            [
                "direct debit: costs (VAT)",
                "domiciliëring: kosten (btw)",
                "domiciliation: frais (TVA)",
                "Lastschrift: Kosten (MwSt.)",
            ],
        )
        self.assertEqual(
            explain_code("00145700", "fr").operation, "opération définie par la banque"
        )
        self.assertEqual(describe_code("00149000", "nl"), "overschrijving: annulering of correctie")

    def test_an_unknown_language_reads_english(self):
        self.assertEqual(describe_code("00150000", "xx"), describe_code("00150000"))
        self.assertEqual(describe_reason("AM04", "xx"), "insufficient funds")

    def test_reasons_and_purposes(self):
        self.assertEqual(
            [describe_reason("AM04", language) for language in LANGUAGES],
            [
                "insufficient funds",
                "onvoldoende saldo",
                "provision insuffisante",
                "unzureichende Deckung",
            ],
        )
        self.assertEqual(describe_reason("XX99", "nl"), "")
        self.assertEqual(describe_return("3", "fr"), "remboursé")
        self.assertEqual(describe_purpose("SALA", "nl"), "lonen")
