"""What holds for any file and for any damage, tried on generated ones."""

import random
import unittest
from datetime import date
from decimal import Decimal

from ..errors import FormatError
from ..soda import SodaFile, entry_totals, parse_soda, write_soda
from ..soda.builders import soda
from ..soda.records import Entry, Line
from .test_soda_parser import good

try:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st
except ImportError:  # Odoo runs these tests too, with what it has
    st = None


def read(data):
    """Read damaged data: a file or a FormatError, nothing else."""
    try:
        return parse_soda(data)
    except FormatError as error:
        return error


class TestDamage(unittest.TestCase):
    """A fixed seed: a failure today is a failure tomorrow."""

    def setUp(self):
        self.random = random.Random(20260131)

    def damages(self, data):
        pick = self.random
        at, other = sorted(pick.randrange(len(data)) for _ in range(2))
        noise = bytes(pick.choice(b"<>/=&;'\"!-[]?x0.,\x00\xff\xfe\xe9 ") for _ in range(5))
        yield data[:at] + noise + data[at + len(noise) :]
        yield data[:at] + noise + data[at:]
        yield data[:at] + data[other:]
        yield data[:at]
        lines = data.splitlines(keepends=True)
        pick.shuffle(lines)
        yield b"".join(lines)

    def test_damaged_files_give_a_file_or_a_format_error(self):
        for _ in range(300):
            for damaged in self.damages(good()):
                found = read(damaged)
                if isinstance(found, SodaFile):
                    self.assertTrue(found.entries and found.entries[0].lines, "an empty success")

    def test_elements_moved_or_removed_never_change_an_amount_unseen(self):
        """Whichever line is removed: the amounts stay, or the file is refused or told."""
        lines = good().splitlines(keepends=True)
        for number in range(len(lines)):
            found = read(b"".join(lines[:number] + lines[number + 1 :]))
            if isinstance(found, SodaFile) and "unbalanced" not in {n.code for n in found.notices}:
                self.assertEqual(found.entries[0].total_debit, 100)


if st is not None:
    BOUNDED = settings(
        max_examples=60,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    LETTERS = "ABCDEFGHIJ abcdefghij 0123456789 +/*.,-()'&<>\"éèàçüÉ€ŁΩ"

    def texts(size, least=0):
        return st.text(LETTERS, max_size=size).map(str.strip).filter(lambda t: len(t) >= least)

    def months():
        return st.dates(date(1901, 1, 1), date(2999, 12, 31)).map(lambda d: f"{d:%Y%m}")

    def amounts():
        return st.integers(-(10**14), 10**14).map(lambda n: Decimal(n).scaleb(-2))

    LINES = st.builds(
        Line,
        period=st.one_of(st.just(""), months()),
        account=texts(10, 1),
        label=texts(40),
        debit=amounts(),
        credit=amounts(),
    )
    ENTRIES = st.builds(
        Entry,
        sequence=texts(10),
        generated=st.one_of(st.none(), st.dates(date(1901, 1, 1))),
        enterprise=texts(12),
        label=texts(40),
        period=months(),
        lines=st.lists(LINES, min_size=1, max_size=5).map(tuple),
    )

    class TestRoundTrip(unittest.TestCase):
        @BOUNDED
        @given(st.lists(ENTRIES, min_size=1, max_size=3), texts(10), texts(5))
        def test_what_is_written_reads_back_the_same(self, entries, source, version):
            written = soda(*entries, source=source, version=version)
            self.assertEqual(parse_soda(write_soda(written)), written)

        @BOUNDED
        @given(ENTRIES, st.booleans())
        def test_totals_hold_the_same_money_as_the_lines(self, found, per_line):
            totals = entry_totals(found, per_line=per_line)
            self.assertEqual(sum(t.balance for t in totals), found.difference)
            for account in {line.account for line in found.lines}:
                self.assertEqual(
                    sum(t.balance for t in totals if t.account == account),
                    sum(line.balance for line in found.lines if line.account == account),
                )

        @BOUNDED
        @given(st.binary(max_size=400))
        def test_any_bytes_give_a_format_error(self, noise):
            self.assertIsInstance(read(noise), FormatError)
            self.assertIsInstance(read(b"<SocialDocument>" + noise), FormatError)

        @BOUNDED
        @given(st.text(max_size=60))
        def test_any_text_as_amount_is_an_amount_or_refused(self, text):
            found = read(good((b"100.00", text.encode("utf-8", "replace"))))
            self.assertIsInstance(found, (SodaFile, FormatError))
