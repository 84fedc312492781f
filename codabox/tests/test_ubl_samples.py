"""Every sample gives the figures that its XML shows."""

import unittest
from decimal import Decimal

from ..ubl import is_ubl, parse_ubl, tax_meaning
from .sample_files import HAS_PUBLISHED, MISSING
from .ubl_samples import OURS, PUBLISHED, files, read


class TestSamples(unittest.TestCase):
    """The samples that this project wrote."""

    samples = OURS

    def each(self):
        for name, sample in self.samples.items():
            with self.subTest(name):
                yield read(name), sample

    def test_every_sample_has_a_known_answer(self):
        self.assertEqual(files(self.samples), set(self.samples))

    def test_number_kind_totals_parties_and_taxes(self):
        for data, sample in self.each():
            self.assertTrue(is_ubl(data))
            found = parse_ubl(data)
            self.assertEqual((found.number, found.is_credit), (sample.number, sample.is_credit))
            self.assertEqual(found.flavour, sample.flavour)
            totals = (found.untaxed, found.tax, found.total, found.payable)
            self.assertEqual(totals, tuple(map(Decimal, sample.totals)))
            self.assertEqual(
                [(t.category, t.code, t.percent, t.base, t.amount) for t in found.taxes],
                [(*tax[:2], *map(Decimal, tax[2:5])) for tax in sample.taxes],
            )
            self.assertEqual(
                [tax_meaning(t).value for t in found.taxes], [t[5] for t in sample.taxes]
            )
            self.assertEqual(
                [(line.quantity, line.price, line.amount) for line in found.lines],
                [tuple(map(Decimal, line)) for line in sample.lines],
            )
            for party, expected in (
                (found.supplier, sample.supplier),
                (found.customer, sample.customer),
            ):
                said = (party.name, party.enterprise, party.vat, party.scheme, party.endpoint)
                self.assertEqual(said, expected)
            self.assertEqual([a.mime for a in found.attachments], ["application/pdf"])
            self.assertTrue(found.attachments[0].is_invoice)
            codes = sorted(notice.code for notice in found.notices)
            self.assertEqual(codes, sorted(sample.notices))


@unittest.skipUnless(HAS_PUBLISHED, MISSING)
class TestPublishedSamples(TestSamples):
    """The same of the files that others published."""

    samples = PUBLISHED
