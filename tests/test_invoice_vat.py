"""Which boxes of the VAT return a bill, and its credit note, come into: known answers."""

from decimal import Decimal

from odoo.tests import tagged

from ..codabox import Charge
from .bill_case import CLOUD, STAHL, BillCase, Tax, charge, line, zero

GOODS, SERVICES, INVESTMENT = "600000", "613200", "240000"
SEVEN = Tax("S", "", Decimal(7))

# (what, account of the journal, lines of the file, supplier, boxes of the bill, of the credit note)
ANSWERS = [
    ("goods 21", GOODS, [line("A", "100")], None,
     {"81": "100.00", "59": "21.00"}, {"81": "-100.00", "85": "100.00", "63": "21.00"}),
    ("goods 12", GOODS, [line("A", "100", "12")], None,
     {"81": "100.00", "59": "12.00"}, {"81": "-100.00", "85": "100.00", "63": "12.00"}),
    ("goods 6", GOODS, [line("A", "100", "6")], None,
     {"81": "100.00", "59": "6.00"}, {"81": "-100.00", "85": "100.00", "63": "6.00"}),
    ("services 21", SERVICES, [line("A", "100")], None,
     {"82": "100.00", "59": "21.00"}, {"82": "-100.00", "85": "100.00", "63": "21.00"}),
    ("services 6, a tax that the chart ships archived", SERVICES, [line("A", "100", "6")], None,
     {"82": "100.00", "59": "6.00"}, {"82": "-100.00", "85": "100.00", "63": "6.00"}),
    ("investment 21", INVESTMENT, [line("A", "100")], None,
     {"83": "100.00", "59": "21.00"}, {"83": "-100.00", "85": "100.00", "63": "21.00"}),
    ("mixed rates", SERVICES, [line("A", "100"), line("B", "50", "6"), line("C", "10", "zero")], None,
     {"82": "160.00", "59": "24.00"}, {"82": "-160.00", "85": "160.00", "63": "24.00"}),
    ("exempt, article 44", SERVICES, [line("A", "100", zero("E", "00/44"))], None,
     {"82": "100.00"}, {"82": "-100.00", "85": "100.00"}),
    ("small company", SERVICES, [line("A", "100", zero("E", "SC"))], None,
     {"82": "100.00"}, {"82": "-100.00", "85": "100.00"}),
    ("margin scheme", GOODS, [line("A", "100", zero("E", "MA"))], None,
     {"81": "100.00"}, {"81": "-100.00", "85": "100.00"}),
    ("not subject", SERVICES, [line("A", "100", zero("O", "NS"))], None, {}, {}),
    ("cash discount of 2 %", GOODS,
     [line("A", "100"), charge("Discount", "-2"), charge("Discount", "2", "cash_discount")], None,
     {"81": "98.00", "59": "20.58"}, {"81": "-98.00", "85": "98.00", "63": "20.58"}),
    ("EU goods", GOODS, [line("A", "100", zero("K", "46/GO"))], STAHL,
     {"81": "100.00", "86": "100.00", "59": "21.00", "55": "21.00"},
     {"81": "-100.00", "86": "-100.00", "84": "100.00"}),
    ("EU goods of general use", SERVICES, [line("A", "100", zero("K", "46/GO"))], STAHL,
     {"82": "100.00", "86": "100.00", "59": "21.00", "55": "21.00"},
     {"82": "-100.00", "86": "-100.00", "84": "100.00"}),
    ("EU goods by their account", GOODS, [line("A", "100", zero("K"))], STAHL,
     {"81": "100.00", "86": "100.00", "59": "21.00", "55": "21.00"},
     {"81": "-100.00", "86": "-100.00", "84": "100.00"}),
    ("EU investment", INVESTMENT, [line("A", "100", zero("K"))], STAHL,
     {"83": "100.00", "86": "100.00", "59": "21.00", "55": "21.00"},
     {"83": "-100.00", "86": "-100.00", "84": "100.00"}),
    ("EU services", SERVICES, [line("A", "100", zero("AE"))], STAHL,
     {"82": "100.00", "88": "100.00", "59": "21.00", "55": "21.00"},
     {"82": "-100.00", "88": "-100.00", "84": "100.00"}),
    ("EU services by code, on the account of the journal", GOODS, [line("A", "100", zero("K", "44"))],
     STAHL,
     {"82": "100.00", "88": "100.00", "59": "21.00", "55": "21.00"},
     {"82": "-100.00", "88": "-100.00", "84": "100.00"}),
]  # fmt: skip

# (what, account of the journal, line, supplier, flag): no tax, no box, a person chooses.
QUESTIONS = [
    ("co-contractor", SERVICES, line("A", "100", zero("AE", "45")), None, "reverse_charge_rate"),
    ("EU, goods or services", SERVICES, line("A", "100", zero("K")), STAHL, "eu_kind"),
    ("EU category from Belgium", GOODS, line("A", "100", zero("K")), None, "unknown_vat"),
    ("exempt from abroad", GOODS, line("A", "100", zero("E")), STAHL, "unknown_vat"),
    ("contract work", GOODS, line("A", "100", zero("K", "47/TO")), STAHL, "unknown_vat"),
    ("export", GOODS, line("A", "100", zero("G")), None, "outside_eu"),
    ("services from America", SERVICES, line("A", "100", zero("O")), CLOUD, "outside_eu"),
    ("empties", GOODS, line("A", "100", zero("E", "NA")), None, "outside_vat"),
    ("one-stop shop", GOODS, line("A", "100", zero("E", "OSS-G")), STAHL, "one_stop_shop"),
    ("VAT of Germany at a Belgian rate", GOODS, line("A", "100"), STAHL, "foreign_vat"),
    ("a rate that no tax has", GOODS, line("A", "100", SEVEN), None, "no_such_tax"),
    ("an account of no class", "499000", line("A", "100"), None, "no_box"),
]  # fmt: skip


@tagged("post_install", "-at_install")
class TestInvoiceVatBoxes(BillCase):
    def imported(self, account, lines, supplier, **options):
        self.purchases.default_account_id = self.account(account)
        if supplier:
            options["supplier"] = supplier
        charges = [found for found in lines if isinstance(found, Charge)]
        lines = [found for found in lines if found not in charges]
        return self.import_bill(*lines, charges=charges, **options)

    def test_bills_and_credit_notes_come_into_the_boxes_that_belgium_wants(self):
        for what, account, lines, supplier, bill, refund in ANSWERS:
            for credit, boxes in ((False, bill), (True, refund)):
                with self.subTest(what, credit=credit), self.rolled_back():
                    move = self.imported(account, lines, supplier, credit=credit)
                    self.assertEqual(self.flags(move), [], move.codabox_flag_text)
                    self.assertEqual(move.move_type, "in_refund" if credit else "in_invoice")
                    self.press(move, "action_post")
                    self.assertEqual(self.boxes(move), boxes)

    def test_where_a_person_must_choose_a_line_has_no_tax_and_the_bill_waits(self):
        for what, account, found, supplier, flag in QUESTIONS:
            with self.subTest(what), self.rolled_back():
                move = self.imported(account, [found], supplier)
                self.assertIn(flag, self.flags(move))
                self.assertFalse(move.invoice_line_ids.tax_ids)
                self.assertEqual(self.boxes(move), {})
                self.assertIn("“A”", move.codabox_flag_text)
                self.assertTrue(move.codabox_has_flags)

    def test_a_tax_is_found_by_what_it_does_when_it_was_renamed_or_copied(self):
        original = self.tax("21% S")
        own = original.copy({"name": "Diensten"})
        (original | self.tax("21% S.TTC")).active = False
        move = self.imported("613200", [line("A", "100")], None)
        self.assertEqual(move.invoice_line_ids.tax_ids, own)

    def test_a_chart_without_boxes_gets_its_own_rate_and_questions_for_the_rest(self):
        tags = self.env["account.account.tag"]
        taxes = self.env["account.tax"].with_context(active_test=False)
        for repartition in taxes.search(
            [("company_id", "=", self.company.id)]
        ).repartition_line_ids:
            repartition.tag_ids = tags
        self.tax("21% S").active = False
        move = self.imported("600000", [line("A", "100"), line("B", "100", "cocontractor")], None)
        first, second = move.invoice_line_ids.sorted("id")
        self.assertEqual(first.tax_ids.mapped("amount"), [21.0])
        self.assertFalse(second.tax_ids)
        self.assertEqual(self.flags(move), ["reverse_charge_rate"])

    def test_charges_and_a_rounding_are_matched_beside_the_lines(self):
        move = self.imported(
            "600000",
            [
                line("A", "5", "6"),
                line("B", "10"),
                charge("Transport", "10"),
                charge("Korting", "-5", "6"),
            ],
            None,
            rounding="0.02",
        )
        found = {item.name: item.tax_ids.mapped("name") for item in move.invoice_line_ids}
        self.assertEqual(found.pop("Rounding"), [])
        self.assertEqual(
            found, {"Transport": ["21% M"], "Korting": ["6% M"], "A": ["6% M"], "B": ["21% M"]}
        )
        self.assertEqual((self.flags(move), move.amount_total), ([], 24.22))
