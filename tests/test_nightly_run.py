from odoo.tests import tagged

from .common import CodaboxCase, credit, debit


@tagged("-at_install", "post_install")
class TestNightlyRun(CodaboxCase):
    def test_a_statement_of_codabox_is_in_the_bank_journal_the_next_morning(self):
        self.map_client()
        index = self.deliver(
            self.day(
                15, credit("121.00", communication="Invoice 7"), debit("45.99"), opening="1000"
            )
        )
        self.night()
        document = self.document(index)
        self.assertEqual(document.state, "imported", document.reason)
        statement = document.statement_ids.bank_statement_id
        self.assertRecordValues(
            statement,
            [
                {
                    "balance_start": 1000.0,
                    "balance_end_real": 1075.01,
                    "is_complete": True,
                    "is_valid": True,
                    "journal_id": self.journal.id,
                }
            ],
        )
        self.assertEqual(self.lines().mapped("amount"), [121.0, -45.99])
        self.assertEqual(self.lines().mapped("running_balance"), [1121.0, 1075.01])
        self.assertEqual(self.puts(), [index])
        self.assertTrue(document.acknowledged)
