"""The file of the benchmarks is a good one: otherwise their figures mean nothing."""

import unittest
from collections import Counter

from benchmarks.coda_files import MOVEMENTS, Writer

from ..coda import parse_coda

SIZE = 100_000


class TestBenchmarkFiles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.data = Writer().file_of(SIZE)
        cls.coda = parse_coda(cls.data)

    def test_it_is_the_same_each_time_and_as_large_as_asked(self):
        self.assertEqual(Writer().file_of(SIZE), self.data)
        self.assertGreaterEqual(len(self.data), SIZE)
        self.assertLess(len(self.data), SIZE * 1.3)

    def test_its_statements_add_up_and_follow_each_other(self):
        self.assertEqual(self.coda.notices, ())
        self.assertGreater(len(self.coda.statements), 3)
        for statement in self.coda.statements:
            self.assertEqual(len(statement.movements), MOVEMENTS)

    def test_it_has_the_mix_of_movements_that_it_promises(self):
        lines = Counter(line[:2] for line in self.data.decode().splitlines())
        whole = lines["21"]
        self.assertEqual(whole, MOVEMENTS * len(self.coda.statements))
        self.assertEqual(lines["22"], whole * 4 // 6)
        self.assertEqual(lines["23"], whole * 3 // 6)
        self.assertEqual((lines["31"], lines["32"]), (whole // 6, whole // 6))
        movements = [m for statement in self.coda.statements for m in statement.movements]
        types = Counter((m.structured or {}).get("type") for m in movements)
        self.assertEqual(set(types), {None, "101", "106", "113", "127"})
        self.assertEqual(sum(1 for m in movements if m.reference), whole // 6)

    def test_a_file_for_the_import_has_the_statements_asked_for(self):
        coda = parse_coda(Writer().file(3, 7))
        self.assertEqual([len(s.movements) for s in coda.statements], [7, 7, 7])
        self.assertEqual(coda.notices, ())
