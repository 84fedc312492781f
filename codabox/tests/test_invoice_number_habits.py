"""A thousand receipts in ten habits of clients find the open invoices that they name, no others."""

from __future__ import annotations

import random
import unittest

from ..reading.invoice_numbers import InvoiceNumbers

# How customers write INV/2026/00001, or several numbers that follow each other.
ONE = (
    "{number}",
    "Betaling factuur {number}, dank u",
    "{prefix} {year} {padded}",
    "{prefix}-{year}-{padded}",
    "{title}{year}/{short}",
    "{prefix}{year}{padded} KLANT 4711",
    "fact.{number}",
    "facture no {number} 15/01/2026",
)
SEVERAL = ("{numbers}", "{number} t/m {last}", "{number}{ends} merci")
COUNT = 1000


class InvoiceNumberHabitsTest(unittest.TestCase):
    def setUp(self):
        self.random = random.Random(19)
        years, series = (2025, 2026), ("INV", "SHOP", "VK")
        every = [(s, y, f"{n:05}") for s in series for y in years for n in range(1, 90)]
        every += [("INV", 2026, f"{n:05}") for n in (101, 110, 1001, 1010, 10001)]
        # Half of them is open; the others are paid, and written all the same.
        self.open = set(self.random.sample(every, len(every) // 2))
        self.every = every
        self.index = InvoiceNumbers("/".join(map(str, number)) for number in self.open)

    def receipt(self, n):
        """Return the text of a receipt, and the numbers that it says."""
        habit = (*ONE, *SEVERAL[:2])[n % 10] if n % 20 else SEVERAL[2]
        prefix, year, padded = self.random.choice(self.every)
        said = [(prefix, year, padded)]
        if habit in SEVERAL:
            ends = [f"{int(padded) + more:05}" for more in (1, 2)]
            said += [(prefix, year, end) for end in ends]
        numbers = ["/".join(map(str, number)) for number in said]
        text = habit.format(
            number=numbers[0], prefix=prefix.lower(), title=prefix.title(), year=year,
            padded=padded, short=int(padded), numbers=" + ".join(numbers),
            last=said[-1][2], ends="".join(f", {end}" for _p, _y, end in said[1:]),
        )  # fmt: skip
        return text, said

    def test_nine_of_ten_that_name_open_invoices_are_found_and_none_is_wrong(self):
        exact = found = 0
        for n in range(COUNT):
            text, said = self.receipt(n)
            names = self.index.named_in(text)
            meant = {"/".join(map(str, number)) for number in said}
            with self.subTest(text):
                self.assertLessEqual(names, meant)
            if self.open.issuperset(said):
                exact += 1
                found += names == meant
        self.assertGreater(exact, COUNT / 3)
        self.assertGreaterEqual(found, exact * 0.9)


if __name__ == "__main__":
    unittest.main()
