"""Which records of two sides are the same payment: each once, the best first."""

import random
import unittest
from datetime import date, timedelta
from decimal import Decimal

from ..coda import NEAR_DAYS, Payment, pair_payments, words_of
from .work import counted_calls

DAY = date(2026, 1, 15)


def payment(ref, amount="10", day=0, text="", **values):
    return Payment(
        ref=ref,
        amount=Decimal(amount),
        days=frozenset([DAY + timedelta(days=day)]),
        words=words_of(text),
        **values,
    )


def pairs(new, known, **options):
    return [(one.ref, other.ref) for one, other in pair_payments(new, known, **options)]


class TestPairing(unittest.TestCase):
    def test_words_know_no_accents_capitals_or_short_words(self):
        self.assertEqual(words_of("Loyer, JANVIER du 3", "Müller"), {"loyer", "janvier", "muller"})

    def test_one_day_is_enough_and_near_days_need_something_that_agrees(self):
        cases = [
            (payment("n"), payment("k"), True),
            (payment("n"), payment("k", day=1), False),
            (payment("n", text="Rent Jan"), payment("k", day=NEAR_DAYS, text="rent"), True),
            (payment("n", text="Rent Jan"), payment("k", day=NEAR_DAYS + 1, text="rent"), False),
            (payment("n", text="Rent Jan Maes"), payment("k", day=1, text="Jan says hey"), False),
            (payment("n", partner=7), payment("k", day=-2, partner=7), True),
            (payment("n", partner=7), payment("k", day=-2, partner=8), False),
            (payment("n", reference="R"), payment("k", day=-2, reference="R"), True),
            (payment("n", reference="R"), payment("k", reference="S"), False),
            (payment("n", account="BE68539007547034"), payment("k", account="539007547034"), True),
            (payment("n", account="BE68539007547034"), payment("k", account="7034"), False),
        ]  # fmt: skip
        for new, known, same in cases:
            with self.subTest(new=new, known=known):
                self.assertEqual(pairs([new], [known]), [("n", "k")] if same else [])

    def test_near_days_can_be_enough(self):
        self.assertEqual(
            pairs([payment("n")], [payment("k", day=3)], near_is_enough=True), [("n", "k")]
        )

    def test_every_record_is_paired_once(self):
        new = [payment(f"n{i}") for i in range(3)]
        known = [payment(f"k{i}") for i in range(2)]
        self.assertEqual(pairs(new, known), [("n0", "k0"), ("n1", "k1")])
        self.assertEqual(pairs(known, new), [("k0", "n0"), ("k1", "n1")])

    def test_what_agrees_best_goes_first_then_the_nearest(self):
        new = [payment("bread", text="bread"), payment("milk", text="milk")]
        known = [payment("m", text="milk"), payment("b", day=2, text="bread")]
        self.assertEqual(pairs(new, known), [("bread", "b"), ("milk", "m")])
        known = [payment("far", day=3, text="bread"), payment("near", day=1, text="bread")]
        self.assertEqual(pairs(new[:1], known), [("bread", "near")])

    def test_the_order_of_what_is_known_changes_no_pair_that_something_tells(self):
        new = [payment(i, amount=str(i % 4), day=i % 3, text=f"word{i}") for i in range(40)]
        known = [payment(i, amount=str(i % 4), day=i % 3 + 1, text=f"word{i}") for i in range(40)]
        for seed in range(20):
            random.Random(seed).shuffle(known)
            self.assertEqual(pairs(new, known), [(i, i) for i in range(40)])

    def test_the_same_file_through_another_importer_takes_linear_time(self):
        def work(count):
            side = [payment(i, amount="5", text=f"card {i % 7}") for i in range(count)]
            with counted_calls() as calls:
                self.assertEqual(len(pairs(side, side)), count)
            return calls[0]

        self.assertLess(work(4_000), 11 * work(400))


if __name__ == "__main__":
    unittest.main()
