"""Statements of one file are created together; in the books they are as if each came alone."""

from dataclasses import replace
from decimal import Decimal

from odoo.tests import tagged

from ..models.statement.account_fast_booking import LINES_AT_ONCE
from .common import IBAN, NUMBER, OTHER_IBAN, credit, date, debit, party, statement
from .rows_case import RowsCase

PAYER_IBAN = "BE71096123456769"
MANDATE = {"type": "127", "creditor_id": "DE98ZZZ09999999999", "mandate": "M-1"}
OGM = "+++009/0933/75538+++"
OTHER_OGM = "+++000/0000/00101+++"


@tagged("-at_install", "post_install")
class TestCodaTogether(RowsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_journal = cls.make_journal(cls.company, OTHER_IBAN)
        cls.partner = cls.env["res.partner"].create(
            {"name": "Telecom", "bank_ids": [(0, 0, {"acc_number": PAYER_IBAN})]}
        )
        cls.customer = cls.env["res.partner"].create({"name": "Customer"})

    mapped = True

    def one(self, account, number, day, opening, *movements, opening_day=None):
        """Return a statement of a day."""
        return statement(
            account=account,
            enterprise_number=NUMBER,
            number=number,
            day=day,
            opening_day=opening_day or day.replace(day=max(day.day - 1, 1)),
            opening=opening,
            movements=movements,
        )

    def series(self, account):
        """Return the statements of an account of which a part depends on those before."""
        told = debit("5", code="00501000", counterparty=party("T", PAYER_IBAN), structured=MANDATE)
        untold = debit("5", code="00501000", structured=MANDATE)
        wrong = self.one(account, 9, date(2026, 1, 9), "25", credit("7"))
        return [
            self.one(account, 2, date(2026, 1, 2), "0", credit("10"), told),
            self.one(account, 3, date(2026, 1, 3), "5", untold, credit("10")),
            # Dated after the next statement: entries are numbered in this order all the same.
            self.one(account, 4, date(2026, 1, 4), "10", credit("1", entry_date=date(2026, 1, 9))),
            self.one(account, 6, date(2026, 1, 6), "11", credit("4")),
            # Two on one day, the later one first.
            self.one(account, 8, date(2026, 1, 8), "20", credit("5")),
            self.one(account, 7, date(2026, 1, 8), "15", credit("5"), credit("0")),
            replace(wrong, closing=replace(wrong.closing, amount=Decimal("99"))),
            self.one(account, 10, date(2026, 1, 10), "25"),
            self.one(account, 11, date(2026, 1, 11), "25", credit("1")),
            # An older one that comes late, then another month.
            self.one(account, 5, date(2026, 1, 5), "11", credit("3"), debit("3")),
            self.one(account, 12, date(2026, 2, 2), "26", untold, credit("8")),
            self.one(account, 13, date(2026, 2, 3), "29", credit("8")),
        ]

    def booked(self, journal):
        """Return what the books hold of a journal, to be compared with that of another one."""
        self.env.flush_all()
        self.env.invalidate_all()
        statements = self.env["account.bank.statement"].search(
            [("journal_id", "=", journal.id)], order="id"
        )
        lines = statements.line_ids.sorted("id")
        moves = lines.move_id.sorted("id")
        rows = [self.rows(part, journal) for part in (statements, lines, moves)]
        rows.append(self.rows(moves.line_ids.sorted("id"), journal))
        for row in (row for part in rows for row in part):
            for name in ("codabox_key", "codabox_document_id", "reference", "first_line_index"):
                row.pop(name, None)
        names = [
            [record.name.removeprefix(journal.code) for record in part]
            for part in (statements, moves)
        ]
        order = [line.payment_ref for line in lines.sorted("internal_index")]
        return rows, names, order, lines.mapped("running_balance")

    def test_a_file_books_the_same_rows_as_its_statements_one_by_one(self):
        together = self.receive(*self.series(IBAN))
        self.assert_state(together, "waiting", "balance_mismatch")
        alone = [self.receive(statement) for statement in self.series(OTHER_IBAN)]
        self.assertEqual(
            [record.state for record in together.statement_ids.sorted("position")],
            [document.statement_ids.state for document in alone],
        )
        left, right = self.booked(self.journal), self.booked(self.other_journal)
        self.assertEqual([len(part) for part in left[0]], [10, 15, 15, 30])
        for part, other_part in zip(left[0], right[0], strict=True):
            for row, other in zip(part, other_part, strict=True):
                self.assertEqual(row, other)
        self.assertEqual(left[1:], right[1:])

    def test_the_partner_of_a_mandate_is_learned_within_the_file(self):
        document = self.receive(*self.series(IBAN))
        lines = document.statement_ids.bank_statement_id.line_ids
        mandated = lines.filtered("codabox_mandate")
        self.assertEqual(len(mandated), 3)
        self.assertEqual(mandated.partner_id, self.partner)
        self.assertTrue(all(line.partner_id for line in mandated))

    def test_what_an_earlier_statement_of_the_file_paid_is_not_open_for_the_next(self):
        self.journal.codabox_matching = "exact"
        customer = self.env["res.partner"].create({"name": "Customer"})
        invoice = self.make_invoice(customer, 121.0)
        invoice.payment_reference = OGM
        invoice.action_post()
        paid = credit("121", ogm="009093375538")
        document = self.receive(
            self.one(IBAN, 2, date(2026, 1, 2), "0", paid),
            self.one(IBAN, 3, date(2026, 1, 3), "121", paid),
        )
        self.assert_state(document, "imported")
        first, second = document.statement_ids.bank_statement_id.line_ids.sorted("date")
        self.assertEqual(invoice.payment_state, "paid")
        self.assertTrue(first.is_reconciled)
        self.assertFalse(second.is_reconciled)
        self.assertFalse(second.partner_id)

    def test_matching_what_is_exact_gives_the_same_books_together_and_one_by_one(self):
        self.journal.codabox_matching = "exact"
        numbers = []
        for number, reference in enumerate((OGM, "PO-1", OTHER_OGM), 1):
            invoice = self.make_invoice(self.customer, 100.0 + number)
            invoice.payment_reference = reference
            invoice.action_post()
            numbers.append(invoice.name)
        books = []
        for alone in (True, False):
            with self.rolled_back():
                series = self.paying(numbers)
                files = [[part] for part in series] if alone else [series]
                for file in files:
                    self.assert_state(self.receive(*file), "imported")
                books.append(self.booked(self.journal))
        for side in books:
            for row in side[0][3]:
                row.pop("matching_number")
                row.pop("full_reconcile_id")
        self.assertEqual(books[0], books[1])
        lines = books[0][0][1]
        self.assertEqual([row["is_reconciled"] for row in lines], [True, False, True, False, True])

    def paying(self, numbers):
        """Return statements of which some name what an earlier one pays, by another reference."""
        return [
            self.one(IBAN, 2, date(2026, 1, 2), "0", credit("101", ogm="009093375538")),
            self.one(
                IBAN, 3, date(2026, 1, 3), "101", credit("101", customer_reference=numbers[0])
            ),
            self.one(IBAN, 4, date(2026, 1, 4), "202", credit("102", customer_reference="PO-1")),
            self.one(IBAN, 5, date(2026, 1, 5), "304", credit("7")),
            self.one(
                IBAN, 6, date(2026, 1, 6), "311", credit("103", customer_reference=numbers[2])
            ),
        ]

    def test_statements_that_follow_each_other_are_created_in_one_go(self):
        self.assertLess(self.queries_of_ten_more(credit("1")), 300)

    def test_so_they_are_where_the_journal_matches_what_is_exact(self):
        (self.journal + self.other_journal).codabox_matching = "exact"
        self.assertLess(self.queries_of_ten_more(credit("1", ogm="009093375538")), 300)

    def queries_of_ten_more(self, movement):
        """Return what ten more statements in a file cost; alone, each would take more than forty."""
        queries = []
        for count in (2, 12):
            account = {2: IBAN, 12: OTHER_IBAN}[count]
            statements = [
                self.one(account, day, date(2026, 3, day), str(day), movement)
                for day in range(2, 2 + count)
            ]
            before = self.env.cr.sql_log_count
            document = self.receive(*statements)
            queries.append(self.env.cr.sql_log_count - before)
            self.assert_state(document, "imported")
        return queries[1] - queries[0]

    def test_a_large_statement_is_numbered_in_the_order_of_the_bank(self):
        count = LINES_AT_ONCE + 3
        document = self.receive(
            self.one(IBAN, 2, date(2026, 1, 2), "0", *(credit("1") for _ in range(count)))
        )
        self.assert_state(document, "imported")
        lines = document.statement_ids.bank_statement_id.line_ids.sorted("internal_index")
        self.assertEqual(len(lines), count)
        self.assertEqual(lines.ids, sorted(lines.ids))
        numbers = lines.move_id.mapped("sequence_number")
        self.assertEqual(numbers, list(range(1, count + 1)))
        self.assert_books_agree(lines.statement_id)
