"""Whoever works in Dutch, French or German reads this add-on in that language."""

import dataclasses
import re
from collections import Counter

from odoo.tests import tagged
from odoo.tools import file_path
from odoo.tools.translate import TRANSLATED_ATTRS, translation_file_reader

from ..codabox import FormatError, parse_coda
from ..codabox.coda import write_coda
from ..reasons import explain
from ..reasons.coda import FIELDS, NOTICES, explain_notice
from .common import CodaboxCase, credit

LANGUAGES = ("nl", "fr", "de")
# What must come through a translation unharmed: facts, expressions, tags.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\{.*?\}\}|</?\w[^>]*>", re.DOTALL)
# Within a tag, what a user reads is translated too.
ATTRIBUTE = re.compile(rf'(\s(?:{"|".join(TRANSLATED_ATTRS)})=)"[^"]*"')


def placeholders(text):
    """Return how often each placeholder stands in a text."""
    return Counter(PLACEHOLDER.findall(ATTRIBUTE.sub(r"\1", text)))


@tagged("-at_install", "post_install")
class TestLanguages(CodaboxCase):
    def translations(self, language):
        """Return (text, translation) of every text of a language that has been translated."""
        path = file_path(f"account_codabox/i18n/{language}.po")
        return {
            (entry["src"], entry["value"])
            for entry in translation_file_reader(path)
            if entry["value"]
        }

    def test_a_broken_file_explains_itself_in_dutch_to_a_dutch_user(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env["ir.module.module"]._load_module_terms(["account_codabox"], ["nl_NL"])
        self.accountant.lang = "nl_NL"
        self.map_client()
        whole = write_coda([self.day(15, credit("10"))])
        broken = {
            b"Dear client, see you tomorrow. "
            * 5: "Dit is geen rekeninguittreksel in CODA-formaat: ",
            whole[: whole.rindex(b"\n9")]: "Regel 4, soort regel: ",
        }
        for content, beginning in broken.items():
            index = self.sandbox.add_document(self.client, "coda", {"cod": content})
            self.night()
            document = self.document(index).with_user(self.accountant)
            document = document.with_context(lang=self.accountant.lang)
            with self.subTest(beginning):
                self.assertEqual(document.state, "failed")
                self.assertTrue(document.reason.startswith(beginning), document.reason)
                self.assertIn("Vraag CodaBox of de bank om een nieuw bestand.", document.reason)
        states = dict(document.fields_get(["state"])["state"]["selection"])
        self.assertEqual((states["failed"], states["waiting"]), ("Mislukt", "Te doen"))
        self.assertIn('string="Import ongedaan maken"', document.get_view(view_type="form")["arch"])
        self.assertTrue(document.with_context(lang="en_US").reason.endswith("for a new file."))

    def test_what_is_wrong_in_a_file_has_words_and_no_name_of_our_code(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env["ir.module.module"]._load_module_terms(["account_codabox"], ["nl_NL"])
        dutch = self.env(context={"lang": "nl_NL"})
        whole = write_coda([self.day(15, credit("10"))]).decode()
        seen = Counter()
        for place in range(5, len(whole)):  # what begins otherwise is no CODA at all
            if whole[place] in "\r\n":
                continue
            content = whole[:place] + "x" + whole[place + 1 :]
            try:
                notices = parse_coda(content.encode()).notices
            except FormatError as error:
                seen[error.code] += 1
                sentence = explain(dutch, error.code, error.details)
                self.assertIn(error.field, FIELDS)
                self.assertNotRegex(sentence, r"_|expected|digit|date|end of file| or ")
            else:
                for notice in notices:
                    seen[notice.code] += 1
                    sentence = explain_notice(dutch, dataclasses.asdict(notice))
                    self.assertIn(notice.code, NOTICES)
                    self.assertNotIn(notice.message, sentence)
        self.assertLess({"bad_amount", "bad_date", "bad_sign", "debit_total"}, seen.keys())

    def test_translations_keep_every_placeholder(self):
        for language in LANGUAGES:
            translations = self.translations(language)
            self.assertGreater(len(translations), 300)
            for text, translation in translations:
                with self.subTest(language, text=text):
                    self.assertEqual(placeholders(translation), placeholders(text))
