"""What must not grow with the inbox: what is searched each night has its index."""

from odoo.tests import tagged

from .common import IBAN, CodaboxCase, credit

INDEXED = {
    "account_bank_statement_line": ("account_number",),
    "codabox_document": (
        "received_at",
        "duplicate_of_id",
        "invoice_partner_id",
        "invoice_journal_id",
    ),
    "codabox_statement": ("original_id",),
    "codabox_payroll": ("original_id", "conflict_id"),
    "codabox_run": ("started_at",),
    "codabox_soda_mapping": ("account_id",),
}


@tagged("-at_install", "post_install")
class TestGrowth(CodaboxCase):
    def indexes(self, table):
        self.env.cr.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [table])
        return [definition for [definition] in self.env.cr.fetchall()]

    def test_what_is_searched_or_pointed_at_has_an_index(self):
        for table, columns in INDEXED.items():
            found = self.indexes(table)
            for column in columns:
                self.assertTrue(any(f"({column})" in text for text in found), (table, column))

    def test_missing_files_are_found_without_reading_those_that_are_here(self):
        found = [text for text in self.indexes("codabox_document_file") if "missing" in text]
        self.assertEqual(len(found), 1)
        self.assertIn("(document_id) WHERE", found[0])

    def test_gaps_of_an_account_are_found_again_with_as_many_queries_whatever_their_number(self):
        self.map_client()
        for day in (1, 3, 5, 7, 9, 11):
            self.deliver(self.day(day, credit("10"), opening=str(day * 100)))
        self.night()
        gaps = self.env["codabox.gap"].sudo().search([("account", "=", IBAN)])
        self.assertEqual(len(gaps), 5)
        account = (self.company, IBAN, gaps[0].currency_code)
        few = self.count(lambda: gaps._refresh([account]))
        for day in (13, 15, 17, 19, 21, 23):
            self.deliver(self.day(day, credit("10"), opening=str(day * 100)))
        self.night()
        many = self.count(lambda: gaps._refresh([account]))
        self.assertEqual(many, few)

    def count(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_the_dates_of_a_kind_are_those_of_its_first_and_last_document(self):
        self.map_client()
        for day in (3, 9):
            self.deliver(self.day(day, credit("10")))
        self.night()
        line = self.feed().kind_ids.filtered(lambda kind: kind.kind == "coda")
        self.assertEqual((line.oldest.day, line.newest.day), (3, 9))
