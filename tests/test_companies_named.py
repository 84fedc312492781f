"""No text names a company to who may not enter it."""

import re
from pathlib import Path

from odoo.tests import BaseCase, tagged
from odoo.tools import html2plaintext

from ..reasons import company_fact, explain, named_companies
from .common import OTHER_IBAN, CodaboxCase, credit

ADDON = Path(__file__).parents[1]


@tagged("-at_install", "post_install")
class TestCompaniesNamed(CodaboxCase):
    mapped = True

    def setUp(self):
        super().setUp()
        self.make_journal(self.other_company, OTHER_IBAN)
        self.document_elsewhere = self.receive(
            self.day(15, credit("10"), account=OTHER_IBAN, enterprise_number="")
        )
        self.assert_state(self.document_elsewhere, "waiting", "account_elsewhere")

    def as_accountant(self, record):
        self.env.invalidate_all()
        return record.with_user(self.accountant).with_context(allowed_company_ids=self.company.ids)

    def test_who_may_enter_it_reads_its_name_and_nobody_else(self):
        document = self.document_elsewhere
        self.assertIn(self.other_company.name, document.sudo(False).reason)
        reason = self.as_accountant(document).reason
        self.assertNotIn(self.other_company.name, reason)
        self.assertIn("another company", reason)

    def test_nothing_that_the_accountant_reads_of_the_document_names_it(self):
        """Not the facts behind the sentence, the history, the to-dos or the statement either."""
        document = self.as_accountant(self.document_elsewhere)
        self.press(document, "action_retry")
        values = document.read()[0] | document.statement_ids.read()[0]
        texts = [str(value) for value in values.values() if not isinstance(value, bytes)]
        texts += document.message_ids.mapped("body")
        texts += map(html2plaintext, document.feed_id.message_ids.mapped("body"))
        activities = document.activity_ids | document.feed_id.activity_ids
        texts += [f"{a.summary} {a.note}" for a in activities]
        texts += [str(run.read()) for run in self.as_accountant(self.env["codabox.run"]).search([])]
        for text in texts:
            self.assertNotIn(self.other_company.name, text)

    def test_of_several_companies_those_of_the_reader_are_named(self):
        both = self.company + self.other_company
        env = self.as_accountant(self.env["res.company"]).env
        names = named_companies(env, both.ids)
        self.assertEqual(names, f"{self.company.name}, another company")
        facts = {"payroll": "1", "found": "2", "companies": company_fact(both)}
        self.assertIn(names, explain(env, "payroll_company_twice", facts))
        self.assertEqual(
            named_companies(self.env, both.ids), f"{self.company.name}, {self.other_company.name}"
        )

    def test_what_is_written_for_everybody_names_none(self):
        self.assertEqual(
            named_companies(self.env(su=True), self.other_company.ids), "another company"
        )


@tagged("-at_install", "post_install")
class TestCompaniesNamedInCode(BaseCase):
    def test_no_code_makes_a_text_of_the_names_of_companies(self):
        """`named_companies` and `company_fact` do: they know who reads."""
        pattern = re.compile(r"compan\w*\.mapped\([\"'](display_)?name")
        found = [
            str(path.relative_to(ADDON))
            for folder in ("models", "wizards", "controllers")
            for path in (ADDON / folder).rglob("*.py")
            if pattern.search(path.read_text(encoding="utf-8"))
        ]
        self.assertFalse(found)
