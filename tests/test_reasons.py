"""Sentences of reasons: what they quote of the facts, in the format of the reader."""

from odoo.tests import TransactionCase, tagged

from ..reasons import explain
from ..reasons.formats import in_formats


@tagged("-at_install", "post_install")
class TestReasons(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("nl_BE", "fr_BE", "de_DE"):
            cls.env["res.lang"]._activate_lang(code)

    def in_language(self, code, **facts):
        return in_formats(self.env(context={"lang": code}), facts)

    def test_dates_amounts_and_accounts_are_written_as_the_reader_writes_them(self):
        facts = {"lock": "2026-11-27", "opening": "-8491.70", "iban": "BE68539007547034"}
        found = self.in_language("nl_BE", **facts)
        self.assertEqual(found["opening"], "-8.491,70")
        self.assertEqual(found["iban"], "BE68 5390 0754 7034")
        self.assertEqual(self.in_language("nl_BE", iban=found["iban"])["iban"], found["iban"])
        self.assertNotEqual(found["lock"], facts["lock"])
        self.assertEqual(self.in_language("en_US", **facts)["opening"], "-8,491.70")

    def test_every_cent_of_the_largest_amount_of_the_standard_stays(self):
        found = self.in_language("de_DE", amount="999999999999.999")
        self.assertEqual(found["amount"], "999.999.999.999,999")

    def test_what_others_wrote_stays_as_they_wrote_it(self):
        facts = {
            "number": "2026-11-27", "reference": "100.00", "detail": "BE68539007547034",
            "found": "BE68539007547035", "count": 3, "rate": "21", "day": "2026-02-30",
            "user": "1.5 FTE", "odd": None, "list": ["2026-11-27"],
        }  # fmt: skip
        self.assertEqual(self.in_language("nl_BE", **facts), facts)

    def test_a_sentence_quotes_no_machine_form(self):
        facts = {"date": "2026-01-15", "lock": "2026-01-31", "open_day": "2026-02-01"}
        sentence = explain(self.env(context={"lang": "nl_BE"}), "closed_for_good", facts)
        self.assertNotIn("2026-", sentence)
