"""What a SODA file gives, and what is refused rather than guessed."""

import unittest
from datetime import date
from decimal import Decimal

from ..errors import FormatError, NotRecognised
from ..soda import parse_soda, split_soda, write_soda
from ..soda.builders import credit, debit, entry, soda
from .soda_samples import (
    FOLDER,
    MONTHLY,
    NEGATIVE,
    ONE_CENT,
    REGULARISATION,
    TWO_EMPLOYERS,
)

GOOD = entry(
    "202601",
    debit("620200", "100.00", "Gross pay"),
    credit("455000", "100.00", "Net pay"),
    generated=date(2026, 2, 3),
)


def good(*replacements):
    """Return a good file with some text replaced; what is replaced must stand there."""
    data = write_soda(soda(GOOD))
    for old, new in replacements:
        if old not in data:
            raise AssertionError(old)
        data = data.replace(old, new, 1)
    return data


class SodaCase(unittest.TestCase):
    def assert_refused(self, data, code, field=None):
        with self.assertRaises(FormatError) as caught:
            parse_soda(data)
        self.assertEqual(caught.exception.code, code)
        if field:
            self.assertEqual(caught.exception.field, field)
        return caught.exception

    def codes(self, data):
        return [notice.code for notice in parse_soda(data).notices]


class TestParser(SodaCase):
    def test_a_file_gives_its_values(self):
        found = parse_soda(good())
        self.assertEqual((found.source, found.version), ("TESTSOC", "1.2"))
        self.assertEqual((found.unknown_elements, found.notices), ((), ()))
        (only,) = found.entries
        self.assertEqual(only, GOOD)
        self.assertEqual(only.period_end, date(2026, 1, 31))
        self.assertEqual(only.total_debit, Decimal("100.00"))
        self.assertEqual(only.difference, 0)
        self.assertEqual([line.balance for line in only.lines], [Decimal(100), Decimal(-100)])

    def test_a_namespace_changes_nothing(self):
        spaced = good((b"<SocialDocument>", b'<SocialDocument xmlns="urn:x">'))
        prefixed = good().replace(b"<", b"<s:").replace(b"<s:/", b"</s:").replace(b"<s:?", b"<?")
        prefixed = prefixed.replace(b"<s:SocialDocument>", b'<s:SocialDocument xmlns:s="urn:x">')
        for data in (spaced, prefixed):
            self.assertEqual(parse_soda(data), parse_soda(good()))

    def test_encodings_and_comments_change_nothing(self):
        text = good((b"Gross pay", "Rémunération".encode())).decode()
        for name in ("UTF-16", "ISO-8859-1", "windows-1252"):
            data = text.replace("UTF-8", name).encode(name)
            with self.subTest(name):
                self.assertEqual(parse_soda(data).entries[0].lines[0].label, "Rémunération")
        split = good((b"<Debit>100.00", b"<Debit>10<!-- x -->0.0<?pi?>0"))
        self.assertEqual(parse_soda(split), parse_soda(good()))

    def test_amounts_in_every_usual_spelling(self):
        for text, amount in (
            (b"100,00", "100"),
            (b" 100 ", "100"),
            (b"+100.5", "100.50"),
            (b"-100.00", "-100"),
            (b"100.000", "100"),
            (b"-0.00", "0"),
            (b"<![CDATA[100.00]]>", "100"),
            (b"123456789012345.67", "123456789012345.67"),
        ):
            with self.subTest(text):
                line = parse_soda(good((b"100.00", text))).entries[0].lines[0]
                self.assertEqual(line.debit, Decimal(amount))
                self.assertEqual(line.debit.as_tuple().exponent, -2)

    def test_what_is_no_amount_is_refused_with_its_line(self):
        for text in (
            b"1.23,56",
            b"1.234",
            b"1,234.56",
            b"1 000.00",
            b"100.005",
            b"1e3",
            b"NaN",
            b"100-",
            b"\xd9\xa3",
        ):
            with self.subTest(text):
                error = self.assert_refused(good((b"100.00", text)), "bad_amount", "Debit")
                self.assertEqual(error.record, good().decode().splitlines().index(
                    "            <Debit>100.00</Debit>") + 1)  # fmt: skip

    def test_dots_between_thousands_and_a_comma_are_read_and_told(self):
        for text, amount in (
            (b"1.234,56", "1234.56"),
            (b"-12.345.678,90", "-12345678.90"),
        ):
            with self.subTest(text):
                data = good((b"100.00", text))
                found = parse_soda(data)
                self.assertEqual(found.entries[0].lines[0].debit, Decimal(amount))
                self.assertIn("grouped_amount", self.codes(data))
        self.assertNotIn("grouped_amount", self.codes(good((b"100.00", b"1234,56"))))

    def test_a_file_in_another_encoding_than_it_says_is_read_and_told(self):
        label = "Rémunération œ"
        right = good((b"Gross pay", label.encode()))
        for declaration in (b'encoding="UTF-8"', b"encoding='utf-8'", b""):
            start = right.replace(b"encoding='UTF-8'", declaration, 1)
            start = start.replace(b'encoding="UTF-8"', declaration, 1)
            wrong = start.replace(label.encode(), label.encode("cp1252"))
            with self.subTest(declaration):
                found = parse_soda(wrong)
                self.assertEqual(found.entries, parse_soda(right).entries)
                self.assertEqual(self.codes(wrong), ["wrong_encoding"])
                self.assertEqual(self.codes(start), [])
                self.assertEqual(split_soda(wrong, 0), wrong)

    def test_one_side_may_be_missing_or_empty_but_not_both(self):
        for new in (b"", b"<Credit/>", b"<Credit> </Credit>"):
            data = good((b"<Credit>0.00</Credit>", new))
            self.assertEqual(parse_soda(data).entries[0].lines[0].credit, 0)
        both = good((b"<Credit>0.00</Credit>", b""), (b"<Debit>100.00</Debit>", b"<Debit/>"))
        self.assert_refused(both, "missing_element", "Amount")

    def test_money_that_could_be_missed_or_counted_twice_is_refused(self):
        line = b"<TransactionLine><Accounting/></TransactionLine>"
        for code, old, new in (
            ("missing_element", b"<Account>620200</Account>", b""),
            ("missing_element", b"620200", b" "),
            ("missing_element", b"620200", b"62<x/>0200"),
            ("repeated_element", b"<Label>", b"<Account>1</Account><Label>"),
            ("repeated_element", b"<Debit>", b"<Debit>1.00</Debit><Debit>"),
            ("repeated_element", b"<Amount>", b"<Amount><Debit>1</Debit></Amount><Amount>"),
            ("bad_amount", b"100.00", b"100<x>5</x>.00"),
            ("unexpected_element", b"<SeqNumber>", b"<Extra>" + line + b"</Extra><SeqNumber>"),
            ("unexpected_element", b"<SocialPeriod>", line + b"<SocialPeriod>"),
            ("bad_currency", b"<Debit>", b"<Currency>USD</Currency><Debit>"),
            ("bad_currency", b"<Amount>", b'<Amount currencyID="USD">'),
            ("bad_period", b"<AccountPeriod>202601", b"<AccountPeriod>202613"),
            ("bad_period", b"<AccountPeriod>202601", b"<AccountPeriod>"),
        ):
            with self.subTest(code=code, new=new):
                self.assert_refused(good((old, new)), code)

    def test_a_block_or_a_file_without_lines_is_refused(self):
        self.assert_refused(write_soda(soda()), "missing_element")
        self.assert_refused(write_soda(soda(entry("202601"))), "missing_element")

    def test_what_is_unknown_is_reported_by_its_path_once(self):
        cost = b"<CostCentre code='7'><Share>100</Share></CostCentre><Label>"
        data = good((b"<Label>", cost)).replace(b"<Label>Net", cost + b"Net")
        found = parse_soda(data)
        top = "SocialDocument/Social/Transactions/TransactionLine/Accounting/CostCentre"
        self.assertEqual(found.unknown_elements, (top, f"{top}/@code", f"{top}/Share"))
        self.assertEqual(found.entries, (GOOD,))

    def test_an_unknown_split_of_an_amount_is_noted_and_not_counted(self):
        split = b"<Split><Amount><Debit>60.00</Debit></Amount></Split><Amount>"
        data = good((b"<Amount>", split))
        self.assertEqual(parse_soda(data).entries, (GOOD,))
        self.assertEqual(set(self.codes(data)), {"unknown_amount"})

    def test_what_describes_may_be_wrong_or_missing(self):
        for codes, old, new in (
            (["bad_date"], b"2026-02-03", b"3 February"),
            ([], b"<GenDate>2026-02-03</GenDate>", b""),
            ([], b"2026-02-03", b"2026-02-03T04:05:06"),
            (["no_sequence"], b"<SeqNumber>1</SeqNumber>", b""),
            (["no_source"], b"<Source>TESTSOC</Source>", b"<Source/>"),
            (["unknown_version"], b"<Version>1.2", b"<Version>2.0"),
            (["bad_social_period"], b"<SocialPeriod>202601", b"<SocialPeriod>Q1"),
            (["repeated_element"], b"<Label>", b"<Label>A</Label><Label>"),
            ([], b"<EntNum>BE0477472701</EntNum>", b""),
            ([], b"<Label>Gross pay</Label>", b""),
        ):
            with self.subTest(new):
                data = good((old, new))
                self.assertEqual(self.codes(data), codes)
                self.assertEqual(parse_soda(data).entries[0].total_debit, 100)

    def test_a_difference_is_a_notice_that_quotes_no_label(self):
        data = good((b"100.00", b"99.99"))
        (notice,) = parse_soda(data).notices
        self.assertEqual((notice.code, notice.record), ("unbalanced", 5))
        self.assertIn("99.99", notice.message)

    def test_other_roots_are_named(self):
        for data, found in (
            (b"<Invoice/>", "Invoice"),
            (b"", ""),
            (b"%PDF-1.7", "%PDF-1.7"),
            (b'<a:Soc xmlns:a="u"/>', "Soc"),
        ):
            with self.subTest(found), self.assertRaises(NotRecognised) as caught:
                parse_soda(data)
            self.assertEqual((caught.exception.code, caught.exception.found), ("not_soda", found))


class TestSplit(SodaCase):
    def test_each_employer_gets_his_own_payroll_and_not_the_others(self):
        other = entry("202601", debit("620200", "7"), credit("455000", "7"), sequence="2")
        data = write_soda(soda(GOOD, other))
        for position, expected in enumerate((GOOD, other)):
            self.assertEqual(parse_soda(split_soda(data, position)).entries, (expected,))

    def test_a_file_of_one_employer_stays_byte_for_byte(self):
        self.assertEqual(split_soda(good(), 0), good())


class TestSamples(SodaCase):
    def sample(self, name):
        return parse_soda((FOLDER / name).read_bytes())

    def test_the_samples_give_what_their_names_promise(self):
        for name, totals, codes in (
            (MONTHLY, [("19590.00", "19590.00", 10)], []),
            (REGULARISATION, [("250.00", "250.00", 4)], []),
            (TWO_EMPLOYERS, [("100.00", "100.00", 2), ("200.00", "200.00", 2)], []),
            (ONE_CENT, [("100.00", "99.99", 2)], ["unbalanced"]),
            (NEGATIVE, [("-50.00", "-50.00", 3)], []),
        ):
            with self.subTest(name):
                found = self.sample(name)
                self.assertEqual(
                    [
                        (str(e.total_debit), str(e.total_credit), len(e.lines))
                        for e in found.entries
                    ],
                    totals,
                )
                self.assertEqual([notice.code for notice in found.notices], codes)
                self.assertFalse(found.unknown_elements)
                self.assertEqual(parse_soda(write_soda(found)), found)

    def test_a_regularisation_keeps_the_month_that_it_corrects(self):
        (found,) = self.sample(REGULARISATION).entries
        self.assertEqual(found.period, "202602")
        self.assertEqual({line.period for line in found.lines}, {"202601"})
