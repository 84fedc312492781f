"""Every text of a transaction code, in four languages, read once against the standard (annex II).

``code_texts.csv`` has a row for each family and operation: the meaning in the standard, and the
four texts as they were read. A text that changes is read again, with the row beside it.
"""

import csv
import unittest

from ..coda.labels import LANGUAGES, code_tables
from .sample_files import OURS

# Why English says it otherwise than the standard does.
SINGULAR = "a line is one movement: a family is said in the singular"
ASIDE = "what the standard adds is for who reads the file, not for who reads the line"
NO_CLOSING = "closing sounds as if the account was closed: it is the periodic settlement"
CLEARER = "the standard is too short to be understood on a line"
DIFFERENT = {
    **dict.fromkeys(("03", "04", "09", "13"), SINGULAR),
    **dict.fromkeys(
        ("01", "02", "0105", "0107", "0117", "0205", "0207", "0217", "0403", "41", "8033"), ASIDE
    ),
    **dict.fromkeys(("0402", "0408"), ASIDE),
    **dict.fromkeys(("35", "3501", "3550"), NO_CLOSING),
    **dict.fromkeys(("1307", "8006"), CLEARER),
    **dict.fromkeys(("xx40", "xx90", "xx49", "xx99"), ASIDE),
}

# English words that mean two things: a cheque is taken back and a collection booked back; who
# subscribes to shares does not subscribe to a service.
TWO_MEANINGS = {"reversal", "subscription"}


def read_table():
    """Return code -> row of the table."""
    with (OURS / "coda/code_texts.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file, delimiter=";")}


def texts_of(language):
    """Return code -> text of families, of operations and of what all families share."""
    tables = code_tables(language)
    found = dict(tables.families)
    for family, operations in tables.operations.items():
        found |= {family + operation: text for operation, text in operations.items()}
    common = ("40", "49", "90", "99")
    return found | {f"xx{code}": tables.common_operations[code] for code in common}


class TestCodeTexts(unittest.TestCase):
    def test_every_text_is_the_one_that_was_read_against_the_standard(self):
        table = read_table()
        for language in LANGUAGES:
            texts = texts_of(language)
            self.assertEqual(set(texts), set(table))
            for code, row in table.items():
                with self.subTest(code, language=language):
                    self.assertEqual(texts[code], row[language])

    def test_where_english_differs_from_the_standard_it_is_said_why(self):
        table = read_table()
        differs = {code for code, row in table.items() if row["standard"] != row["en"]}
        self.assertEqual(differs, set(DIFFERENT))

    def test_all_that_the_banks_define_themselves_is_said_alike(self):
        for language in LANGUAGES:
            common = code_tables(language).common_operations
            for first, codes in (("40", range(40, 49)), ("90", range(90, 99))):
                self.assertEqual({common[str(code)] for code in codes}, {common[first]})

    def test_one_meaning_has_one_text_in_each_language(self):
        """What the standard says alike in two families is said alike in each language."""
        rows = [row for code, row in read_table().items() if len(code) == 4 and code[:2] != "xx"]
        for language in LANGUAGES[1:]:
            said = {}
            for row in rows:
                said.setdefault(row["en"], set()).add(row[language])
            several = {english for english, texts in said.items() if len(texts) > 1}
            with self.subTest(language):
                self.assertLessEqual(several, TWO_MEANINGS)
