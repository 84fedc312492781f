"""What holds for any statement and for any damage, tried on generated ones."""

import random
import unittest
from datetime import date as _date
from decimal import Decimal

from ..coda import CodaFile, parse_coda, write_coda
from ..coda.builders import (
    free_information,
    movement,
    party,
    statement,
    structured_information,
)
from ..coda.decode import decode_text
from ..errors import FormatError
from .coda_golden import CASES
from .coda_lines import ACCOUNT, good_statement
from .test_coda_writer import round_trip
from .work import no_explosion

try:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st
except ImportError:  # Odoo runs these tests too, with what it has
    st = None


def read(data):
    """Read damaged data: a file or a FormatError, nothing else and at once."""
    with no_explosion():
        try:
            return parse_coda(data)
        except FormatError as error:
            return error


class TestDamage(unittest.TestCase):
    """A fixed seed: a failure today is a failure tomorrow."""

    def setUp(self):
        self.random = random.Random(20260115)
        self.files = [build() for build in CASES.values()]
        self.files.append(write_coda([good_statement(free_text="BYE")]))

    def damages(self, data):
        pick = self.random
        at = pick.randrange(len(data))
        length = pick.choice((1, 1, 2, 15, 128, 130, 700))
        noise = bytes(
            pick.choice(b" 0129AD\x00\x1a\r\n\x81\x82\xe9\xff+/RF") for _ in range(length)
        )
        yield data[:at] + noise + data[at + length :]  # overwritten
        yield data[:at] + noise + data[at:]  # inserted
        yield data[:at] + data[at + length :]  # lost
        yield data[:at]  # cut off
        lines = data.splitlines(keepends=True)
        pick.shuffle(lines)
        yield b"".join(lines)

    def test_damaged_files_give_a_file_or_a_format_error(self):
        for _ in range(60):
            for data in self.files:
                for damaged in self.damages(data):
                    result = read(damaged)
                    if isinstance(result, CodaFile):
                        self.assertTrue(result.statements, "an empty success")

    def test_noise_gives_a_format_error(self):
        for _ in range(200):
            noise = self.random.randbytes(self.random.randrange(2000))
            self.assertIsInstance(read(noise), FormatError)
            header = b"0" * 5 + b"15012672505" + noise
            self.assertIsInstance(read(header), FormatError)

    def test_every_text_decodes(self):
        for code in range(256):
            self.assertIsInstance(decode_text(b"caf" + bytes([code]) + b"x"), str)


if st is not None:
    LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghij 0123456789 +/*.,-()'&éèàçüÉ€ŁΩ"
    BOUNDED = settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )

    def texts(size):
        return st.text(LETTERS, max_size=size).map(str.strip)

    def days():
        return st.dates(min_value=_date(2000, 1, 1), max_value=_date(2099, 12, 31))

    def amounts(low=-(10**11), high=10**11):
        return st.integers(low, high).map(lambda n: Decimal(n).scaleb(-3) if n else Decimal(0))

    @st.composite
    def structured(draw):
        kind = draw(st.sampled_from(["101", "100", "127", "999"]))
        if kind == "101":
            return {"type": kind, "ogm": draw(st.from_regex("[0-9]{12}", fullmatch=True))}
        if kind == "100":
            return {"type": kind, "iso11649_reference": "RF18539007547034"}
        if kind == "127":
            fields = {"mandate": texts(35), "communication": texts(62), "settlement_date": days()}
            return {"type": kind, **{name: draw(part) for name, part in fields.items()}}
        return {"type": kind, "text": draw(texts(146))}

    def information():
        free = texts(600).filter(bool).map(free_information)
        named = st.builds(
            lambda name, street: structured_information("001", name=name, street=street),
            texts(70),
            texts(35),
        )
        # Adjacent free texts are one, so there is at most one.
        return st.tuples(st.lists(named, max_size=2), st.lists(free, max_size=1)).map(
            lambda pair: [*pair[0], *pair[1]]
        )

    NONE = st.just([])

    @st.composite
    def movements(draw, kind="0", details=NONE):
        own = draw(structured()) if draw(st.booleans()) else None
        values = {
            "communication": texts(149),
            "bank_reference": texts(21),
            "customer_reference": texts(35),
            "entry_date": days(),
            "value_date": days(),
            "return_type": st.sampled_from(["", "1", "5"]),
            "return_reason": st.sampled_from(["", "AC04"]),
            "category_purpose": st.sampled_from(["", "SUPP"]),
            "globalisation": st.sampled_from("01"),
            "information": information(),
            "counterparty": st.builds(
                party,
                texts(35),
                st.sampled_from(["", "BE43068999999501", "NL34KRED0633083542", "420333239565"]),
                st.sampled_from(["", "GKCCBEBB", "KREDNL2XXXX"]),
            ),
            "details": details,
        }
        drawn = {name: draw(part) for name, part in values.items()}
        code = kind + draw(st.from_regex("[0-9]{7}", fullmatch=True))
        return movement(draw(amounts()), code=code, structured=own, **drawn)

    NESTED = movements("7", st.lists(movements("9"), max_size=2))
    ROOTS = st.one_of(
        movements("0"),
        movements("1", st.lists(movements("5"), max_size=2)),
        movements("2", st.lists(st.one_of(movements("6"), NESTED), max_size=3)),
        movements("3", st.lists(movements("8"), max_size=2)),
    )

    def statements():
        return st.builds(
            statement,
            account=st.sampled_from([ACCOUNT, "FR7630006000011234567890189"]),
            opening=amounts(),
            movements=st.lists(ROOTS, max_size=4),
            number=st.integers(0, 999),
            day=days(),
            currency=st.sampled_from(["EUR", "USD"]),
            holder=texts(26),
            description=texts(35),
            duplicate=st.booleans(),
            free_text=texts(300),
        )

    class TestRoundTrip(unittest.TestCase):
        @BOUNDED
        @given(st.lists(statements(), min_size=1, max_size=2))
        def test_what_is_written_reads_back_the_same(self, written):
            found, notices = round_trip(*written)
            self.assertEqual(found, written)
            # Generated details do not sum and generated days do not follow each other.
            allowed = {"detail_sum", "balance_chain", "far_entry_date"}
            self.assertLessEqual({notice.code for notice in notices}, allowed)

        @BOUNDED
        @given(st.binary(max_size=600))
        def test_any_bytes_behind_a_header_give_a_format_error(self, noise):
            header = write_coda([good_statement()])[:128]
            self.assertIsInstance(read(header + b"\r\n" + noise), FormatError)

        @BOUNDED
        @given(st.text(max_size=300))
        def test_any_text_as_communication_never_fails(self, text):
            found = good_statement()
            data = write_coda([found]).replace(b"INVOICE 12", text.encode("utf-8")[:50])
            self.assertIsInstance(read(data), (CodaFile, FormatError))
