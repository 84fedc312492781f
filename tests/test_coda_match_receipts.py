"""A thousand movements as clients and their customers write them: found, and never a wrong one."""

import random

from odoo import Command
from odoo.tests import tagged

from ..codabox.coda.builders import structured_information
from .common import OTHER_IBAN, credit, date, debit, party
from .test_coda_match import MatchCase
from .test_coda_match_debit import CREDITOR, sepa

# How customers write INV/2026/00001; each takes a number.
HABITS = (
    "{0}",
    "Betaling factuur {0}, dank u",
    "inv {year} {padded}",
    "INV-{year}-{padded}",
    "Inv{year}/{short}",
    "INV{year}{padded}",
    "fact.{0}",
    "{0} KLANT 4711",
    "facture no {0} 15/01/2026",
    "({lower})",
)
# Open, and alike on purpose: amounts and ends of numbers come again.
OPEN = (
    *(f"INV/2026/{n:05}" for n in (1, 2, 3, 11, 12, 101, 110, 1001)),
    *("INV/2025/00001", "INV/2025/00011", "SHOP/2026/00001", "BILL/2026/0001", "INV/2026/00020"),
)
# Written as the others, but paid, somebody else's, or of the other direction.
STRANGE = (
    *("INV/2026/00004", "INV/2026/00010", "INV/2026/00111", "RINV/2026/00001"),
    *("INV/2024/00001", "INV/2023/00011", "SHOP/2026/00002"),
)
MANDATES = 60


@tagged("-at_install", "post_install")
class TestCodaMatchReceipts(MatchCase):
    def setUp(self):
        super().setUp()
        self.random = random.Random(19)

    def numbered(self, name, **values):
        year = int(name.split("/")[1])
        own = {"name": name, "payment_reference": name, "invoice_date": date(year, 1, 2)}
        return self.invoice(**{**own, **values})

    def written(self, name):
        """Return a number in the habit of some customer."""
        prefix, year, padded = name.split("/")
        text = self.random.choice(HABITS).replace("inv ", f"{prefix.lower()} ")
        text = text.replace("INV", prefix).replace("Inv", prefix.title())
        return text.format(name, year=year, padded=padded, short=int(padded), lower=name.lower())

    def receipt(self, invoices):
        """Return a receipt that names one number, and the invoice that it has to find."""
        name = self.random.choice([*OPEN, *OPEN, *STRANGE])
        invoice = invoices.get(name, self.env["account.move"])
        wrong = self.random.random() < 0.2  # often the amount of another invoice
        amount = (invoice.amount_residual or 101) + wrong
        expected = invoice.browse() if wrong else invoice
        return credit(str(amount), communication=self.written(name)), expected

    def receipt_of_two(self, invoices):
        """Return a receipt of two invoices of one customer."""
        names = self.random.sample(OPEN, 2)
        found = self.env["account.move"].union(*(invoices[name] for name in names))
        wrong = self.random.random() < 0.2
        amount = sum(found.mapped("amount_residual")) + wrong
        text = " + ".join(names)
        return credit(str(amount), communication=text), found.browse() if wrong else found

    def collection(self, bill, number):
        """Return a direct debit that collects a bill, or differs from it in one thing."""
        said = {"creditor": CREDITOR, "mandate": bill.codabox_debit_mandate, "words": ""}
        amount, expected = bill.amount_total, bill.browse()
        match number % 6:
            case 0:
                said["creditor"] = "NL12ZZZ999999990000"
            case 1:
                said["mandate"] += "9"
            case 2:
                amount += 1
            case _:
                expected = bill
                said["words"] = self.random.choice(("", "JANUARI", "KLANT 4711", bill.ref))
        return debit(str(amount), structured=sepa(**said)), expected

    def test_of_a_thousand_those_that_name_one_set_find_it_and_none_a_wrong_one(self):
        invoices = {name: self.numbered(name, amount=100 + n % 3) for n, name in enumerate(OPEN)}
        self.numbered("RINV/2026/00001", kind="out_refund", amount=101)
        self.numbered("INV/2026/00001", company=self.other_company, amount=100)
        bills = [
            self.invoice(100 + n % 3, "in_invoice", payment_reference=False, ref=f"F-2026/{n:04}")
            for n in range(MANDATES)
        ]
        for n, bill in enumerate(bills):
            bill.sudo().write(
                {"codabox_debit_creditor": CREDITOR, "codabox_debit_mandate": f"MND-{n:03}"}
            )
        pairs = [self.collection(bill, n) for n, bill in enumerate(bills)]
        while len(pairs) < 1000:
            kind = self.receipt if len(pairs) % 8 else self.receipt_of_two
            pairs.append(kind(invoices))
        lines = self.book(*(movement for movement, _expected in pairs))
        found = lines._codabox_exact_moves()
        told = [
            (found.get(line.id, self.env["account.move"]), expected, line.payment_ref)
            for line, (_movement, expected) in zip(lines, pairs, strict=True)
        ]
        wrong = [(text, f.mapped("name")) for f, e, text in told if f and f != e]
        self.assertFalse(wrong)
        for name, some in (("mandates", told[:MANDATES]), ("numbers", told[MANDATES:])):
            named = [text for _f, e, text in some if e]
            missed = [text for f, e, text in some if e and not f]
            self.assertGreater(len(named), len(some) / 3, name)
            self.assertLessEqual(len(missed), len(named) * 0.1, (name, missed))

    def test_as_a_bank_writes_it_four_invoices_that_are_named_by_number_are_proposed(self):
        """Sixteen receipts without any reference; eight have a number alone, of which four are open."""
        open_ones = [self.numbered(f"INV/2026/{n:05}", amount=100 + n) for n in range(1, 5)]
        texts = [f"INV/2026/{n:05}" for n in range(1, 9)]
        texts += ["", "VOORSCHOT", "HUUR", "15/01/2026", "LIDGELD 2026", "0475 12 34 56", "7", "OK"]
        self.customer.bank_ids = [Command.clear()]
        lines = self.book(
            *(
                credit(
                    str(100 + n),
                    communication=text,
                    counterparty=party("KLANT", OTHER_IBAN, "BBRUBEBB"),
                    customer_reference="NOT PROVIDED",
                    information=[structured_information("001", name="KLANT NV", street="KADE 1")],
                )
                for n, text in enumerate(texts, start=1)
            )
        )
        found = [line.codabox_proposal_ids for line in lines if line.codabox_proposal_ids]
        self.assertEqual(found, open_ones)
        self.assertEqual(set(lines[:4].mapped("codabox_why")), {"number"})
