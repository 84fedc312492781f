"""What holds for any invoice and for any damage, tried on generated ones."""

import random
import unittest
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..errors import FormatError
from ..ubl import Invoice, booked_lines, parse_ubl, write_ubl
from ..ubl.builders import CUSTOMER, SUPPLIER, TAX_CASES, charge, invoice, line, pdf
from ..ubl.flavours import FLAVOURS
from ..ubl.signs import turned
from .ubl_case import written

try:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st
except ImportError:  # Odoo runs these tests too, with what it has
    st = None


def read(data):
    """Read damaged data, and what it is in the books: an invoice or a FormatError, nothing else."""
    try:
        found = parse_ubl(data)
    except FormatError as error:
        return error
    booked_lines(found, 2)
    return found


class TestDamage(unittest.TestCase):
    """A fixed seed: a failure today is a failure tomorrow."""

    def setUp(self):
        self.random = random.Random(20260115)

    def damages(self, data):
        pick = self.random
        at, other = sorted(pick.randrange(len(data)) for _ in range(2))
        noise = bytes(pick.choice(b"<>/=&;'\"!-[]?x0.,\x00\xff\xfe\xe9 ") for _ in range(5))
        yield data[:at] + noise + data[at + len(noise) :]
        yield data[:at] + noise + data[at:]
        yield data[:at] + data[other:]
        lines = data.splitlines(keepends=True)
        number = pick.randrange(len(lines))
        yield b"".join(lines[:number] + lines[number + 1 :])
        at = pick.randrange(len(lines))
        yield b"".join(lines[:at] + lines[number : number + 1] + lines[at:])
        pick.shuffle(lines)
        yield b"".join(lines)

    def test_damaged_files_give_an_invoice_or_a_format_error(self):
        counts = {Invoice: 0, FormatError: 0}
        for flavour in FLAVOURS:
            data = written(flavour, credit=True, charges=(charge("-2", "6"),))
            for _ in range(15):
                for damaged in self.damages(data):
                    found = read(damaged)
                    counts[Invoice if isinstance(found, Invoice) else FormatError] += 1
        self.assertGreater(min(counts.values()), 25, counts)

    def test_an_amount_never_changes_unseen(self):
        """Whichever line of the file is removed: the money stays, or it is refused or told."""
        data = written("ublbe1")
        lines = data.splitlines(keepends=True)
        for number in range(len(lines)):
            found = read(b"".join(lines[:number] + lines[number + 1 :]))
            if isinstance(found, Invoice) and not {n.code for n in found.notices} & {
                "lines_differ", "taxes_differ", "total_differs", "payable_differs", "total_derived",
                "no_lines",
            }:  # fmt: skip
                self.assertEqual((found.untaxed, found.tax, found.total), (100, 21, 121))


if st is not None:
    BOUNDED = settings(
        max_examples=60,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    LETTERS = "ABCDEFGHIJ abcdefghij 0123456789 +/*.,-()'&<>\"éèàçüÉ€ŁΩ"
    DAYS = st.dates(date(1901, 1, 1), date(2999, 12, 31))

    def texts(size, least=0):
        """Return texts in one line, without the blanks that XML does not keep."""
        found = st.text(LETTERS, max_size=size).map(lambda text: " ".join(text.split()))
        return found.filter(lambda text: len(text) >= least)

    def amounts(least=-(10**9), most=10**9):
        return st.integers(least, most).map(lambda number: Decimal(number).scaleb(-2))

    CASES = st.sampled_from(sorted(TAX_CASES))
    LINES = st.builds(
        line,
        amounts(),
        CASES,
        quantity=st.integers(-1000, 1000).map(lambda number: Decimal(number).scaleb(-1)),
        label=texts(30),
        unit=st.sampled_from(("", "C62", "HUR")),
        charges=st.lists(st.builds(charge, amounts(-1000, 1000), reason=texts(9)), max_size=2),
    )
    CONTACTS = {
        name: texts(12)
        for name in ("street", "street2", "zip", "city", "email", "phone", "contact")
    }

    def parties(party):
        return st.builds(
            lambda values: replace(party, **values),
            st.fixed_dictionaries({"name": texts(20, 1), **CONTACTS}),
        )

    FILES = st.builds(
        pdf,
        texts(9).map(lambda text: f"{text.replace('/', '')}.pdf".strip()),
        st.binary(max_size=50).map(lambda content: b"%PDF" + content),
    )
    VALUES = st.fixed_dictionaries(
        {
            "issue_date": DAYS,
            "due_date": st.none() | DAYS,
            "currency": st.sampled_from(("EUR", "USD")),
            "supplier": parties(SUPPLIER),
            "customer": parties(CUSTOMER),
            "payment_reference": st.sampled_from(
                ("", "+++000/0000/00097+++", "RF18539007547034", "order 5")
            ),
            "ibans": st.sampled_from(
                ((), ("BE54000000000097",), ("BE54000000000097", "NL91ABNA0417164300"))
            ),
            "order": texts(9),
            "buyer_reference": texts(9),
            "references": st.lists(texts(9, 1), max_size=2, unique=True).map(tuple),
            "delivery_date": st.none() | DAYS,
            "period": st.none() | st.tuples(DAYS, DAYS),
            "notes": st.lists(texts(20, 1), max_size=2).map(tuple),
            "attachments": st.lists(FILES, max_size=1).map(tuple),
            "charges": st.lists(
                st.builds(charge, amounts(-9999, 9999), CASES, texts(9)), max_size=2
            ),
            "prepaid": amounts(0, 9999),
            "rounding": amounts(-5, 5),
            "credit": st.booleans(),
            "flavour": st.sampled_from(FLAVOURS),
        }
    )
    INVOICES = st.builds(
        lambda number, lines, values: invoice(number, *lines, **values),
        texts(15, 1),
        st.lists(LINES, min_size=1, max_size=4),
        VALUES,
    ).map(lambda found: found if (found.total or found.untaxed) >= 0 else turned(found))

    class TestRoundTrip(unittest.TestCase):
        @BOUNDED
        @given(INVOICES)
        def test_what_is_written_reads_back_the_same(self, found):
            self.assertEqual(parse_ubl(write_ubl(found)), found)

        @BOUNDED
        @given(INVOICES)
        def test_what_is_booked_is_what_the_file_says(self, found):
            booked = booked_lines(parse_ubl(write_ubl(found)), 2)
            parts = (*found.charges, *found.lines)
            self.assertAlmostEqual(
                sum(line.amount for line in booked), sum(part.amount for part in parts), 1
            )
            for line in booked:
                made = line.quantity * line.price * (1 - line.discount / 100)
                self.assertAlmostEqual(made, line.amount, 6)

        @BOUNDED
        @given(st.binary(max_size=400))
        def test_any_bytes_give_a_format_error(self, noise):
            self.assertIsInstance(read(noise), FormatError)
            root = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">'
            self.assertIsInstance(read(root + noise), FormatError)

        @BOUNDED
        @given(st.text(max_size=60))
        def test_any_text_in_the_place_of_another_is_read_or_refused(self, text):
            for place in (b"121.00", b"2026-01-15", b"0000000196", b"EUR<", b"JVBERi0", b"21<"):
                data = written("ublbe1").replace(
                    place, text.encode("utf-8", "replace") + place[-1:] * (place[-1:] == b"<")
                )
                self.assertIsInstance(read(data), (Invoice, FormatError))
