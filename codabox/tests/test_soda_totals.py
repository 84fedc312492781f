"""Totals per account: what the books get of a payroll in detail."""

import unittest
from decimal import Decimal

from ..soda import entry_totals
from ..soda.builders import credit, debit, entry

STAFF = entry(
    "202601",
    debit("620200", "60", "DOE JOHN"),
    debit("620200", "40", "ROE JANE"),
    credit("455000", "70", "Netto DOE JOHN"),
    credit("455000", "30", "Netto ROE JANE"),
)


class TestTotals(unittest.TestCase):
    def totals(self, *lines, **options):
        found = entry_totals(entry("202601", *lines), **options)
        return [(t.account, t.period, t.label, str(t.balance)) for t in found]

    def test_employees_become_one_total_per_account_without_their_names(self):
        found = entry_totals(STAFF)
        self.assertEqual(
            [(t.account, t.label, t.balance, t.count) for t in found],
            [("620200", "", Decimal(100), 2), ("455000", "", Decimal(-100), 2)],
        )

    def test_an_only_employee_is_not_named_either(self):
        for labels in (("DOE JOHN", "DOE JOHN"), ("Loon DOE", "Netto DOE"), ("Jo Li", "Jo Li")):
            with self.subTest(labels):
                found = self.totals(
                    debit("620200", "1", labels[0]), credit("455000", "1", labels[1])
                )
                self.assertEqual([label for _, _, label, _ in found], ["", ""])
        numbered = self.totals(debit("620200", "1", "85010112345"))
        self.assertEqual(numbered[0][2], "")

    def test_a_name_that_stands_with_one_code_only_is_left_out(self):
        for label in ("Jan Peeters", "Bezoldiging JAN PEETERS", "Rémunération M. Dubois", "Jo Li"):
            with self.subTest(label):
                found = self.totals(debit("618001", "1", label), credit("455000", "1", "Netto"))
                self.assertEqual([label for _, _, label, _ in found], ["", "Netto"])

    def test_labels_of_accounts_stay_also_where_they_share_payroll_words(self):
        labels = ["Bezoldigingen bedienden", "Bezoldigingen arbeiders", "RSZ", "RSZ werkgever"]
        found = self.totals(*(debit(str(n), "1", label) for n, label in enumerate(labels)))
        self.assertEqual([label for _, _, label, _ in found], labels)

    def test_a_regularisation_is_a_total_of_its_own(self):
        found = self.totals(
            debit("620200", "100", "Bedienden"),
            credit("620200", "20", "Regularisatie", "202512"),
        )
        self.assertEqual(
            found,
            [
                ("620200", "202601", "Bedienden", "100.00"),
                ("620200", "202512", "Regularisatie", "-20.00"),
            ],
        )

    def test_zero_and_what_comes_to_zero_is_no_line_and_negative_swaps_sides(self):
        found = self.totals(
            debit("620200", "-50"),
            credit("455000", "-50"),
            debit("621000", "0"),
            debit("453000", "5"),
            credit("453000", "5"),
        )
        self.assertEqual(
            found, [("620200", "202601", "", "-50.00"), ("455000", "202601", "", "50.00")]
        )

    def test_each_line_by_itself_when_that_is_asked(self):
        found = entry_totals(STAFF, per_line=True)
        self.assertEqual([t.label for t in found], [line.label for line in STAFF.lines])
        self.assertEqual([t.balance for t in found], [line.balance for line in STAFF.lines])
