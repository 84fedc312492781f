"""Which boxes of the VAT return a sales invoice, and its credit note, come into: known answers."""

from decimal import Decimal

from odoo.tests import tagged

from ..codabox import Tax
from .bill_case import zero
from .sales_case import BERLIN, BUYER, NEW_YORK, PERSON, SalesCase, line, replace

CONSUMER = replace(PERSON, country="NL")

# (what, lines of the file, customer, boxes of the invoice, of the credit note)
ANSWERS = [
    ("21", [line("100")], BUYER, {"03": "100.00", "54": "21.00"}, {"49": "100.00", "64": "21.00"}),
    ("12", [line("100", "12")], BUYER, {"02": "100.00", "54": "12.00"}, {"49": "100.00", "64": "12.00"}),
    ("6", [line("100", "6")], PERSON, {"01": "100.00", "54": "6.00"}, {"49": "100.00", "64": "6.00"}),
    ("mixed rates", [line("100"), line("50", "6"), line("10", "zero")], BUYER,
     {"03": "100.00", "01": "50.00", "00": "10.00", "54": "24.00"}, {"49": "160.00", "64": "24.00"}),
    ("0", [line("100", "zero")], BUYER, {"00": "100.00"}, {"49": "100.00"}),
    ("exempt, article 44", [line("100", "exempt")], BUYER, {"00": "100.00"}, {"49": "100.00"}),
    ("co-contractor", [line("100", "cocontractor")], BUYER, {"45": "100.00"}, {"49": "100.00"}),
    ("co-contractor by its letter", [line("100", zero("AE"))], BUYER, {"45": "100.00"}, {"49": "100.00"}),
    ("EU goods", [line("100", "eu_goods")], BERLIN, {"46L": "100.00"}, {"48s46L": "100.00"}),
    ("EU triangular", [line("100", zero("K", "46/TR"))], BERLIN, {"46T": "100.00"}, {"48s46T": "100.00"}),
    ("EU services", [line("100", "eu_services")], BERLIN, {"44": "100.00"}, {"48s44": "100.00"}),
    ("EU services by their letter", [line("100", zero("AE"))], BERLIN, {"44": "100.00"}, {"48s44": "100.00"}),
    ("export", [line("100", "export")], NEW_YORK, {"47": "100.00"}, {"49": "100.00"}),
    ("services abroad", [line("100", zero("K", "47/SE"))], BERLIN, {"47": "100.00"}, {"49": "100.00"}),
    ("empties", [line("100", "outside")], BUYER, {}, {}),
    ("not subject", [line("100", "not_subject")], BUYER, {}, {}),
]  # fmt: skip

# (what, line, customer, flag): no tax, no box, a person chooses.
QUESTIONS = [
    ("EU, goods or services", line("100", zero("K")), BERLIN, "sale_eu_kind"),
    ("EU goods for a Belgian", line("100", zero("K")), BUYER, "sale_unknown_vat"),
    ("outside VAT, abroad", line("100", zero("O")), BERLIN, "sale_outside_vat"),
    ("one-stop shop", line("100", Tax("S", "OSS-G", Decimal(19))), CONSUMER, "sale_oss"),
    ("margin scheme", line("100", zero("E", "MA")), BUYER, "sale_margin"),
    ("small company", line("100", "small_company"), BUYER, "sale_small_company"),
    ("a rate of nowhere", line("100", Tax("S", "", Decimal(19))), BUYER, "no_such_sale_tax"),
]


@tagged("-at_install", "post_install")
class TestSalesVat(SalesCase):
    def assert_boxes(self, move, expected, what):
        found = {}
        for item in move.line_ids:
            for tag in item.tax_tag_ids:
                found[tag.name] = found.get(tag.name, 0) + abs(item.balance)
        self.assertEqual({box: f"{amount:.2f}" for box, amount in found.items()}, expected, what)

    def test_invoices_and_credit_notes_come_into_the_boxes_that_belgium_wants(self):
        cases = [(at, credit) for at in range(len(ANSWERS)) for credit in (False, True)]
        indexes = [
            self.deliver_sale(
                self.sale(f"{at}-{credit}", *ANSWERS[at][1], customer=ANSWERS[at][2], credit=credit, flavour="ublbe3")
            )
            for at, credit in cases
        ]  # fmt: skip
        self.night()
        for index, (at, credit) in zip(indexes, cases, strict=True):
            what, lines, _customer, boxes, credit_boxes = ANSWERS[at]
            with self.subTest(what=what, credit=credit):
                document = self.document(index)
                self.assert_state(document, "imported")
                move = document.invoice_id
                self.assertFalse(self.flags(move), move.codabox_flag_text)
                self.press(move, "action_post")
                self.assert_boxes(move, credit_boxes if credit else boxes, what)
                self.assertEqual(len(move.invoice_line_ids), len(lines))

    def test_where_a_person_must_choose_a_line_has_no_tax_and_the_invoice_waits(self):
        indexes = [
            self.deliver_sale(self.sale(str(at), found, customer=customer, flavour="ublbe3"))
            for at, (_what, found, customer, _flag) in enumerate(QUESTIONS)
        ]
        self.night()
        for index, (what, _line, _customer, flag) in zip(indexes, QUESTIONS, strict=True):
            with self.subTest(what=what):
                document = self.document(index)
                self.assert_state(document, "imported")
                move = document.invoice_id
                self.assertFalse(move.invoice_line_ids.tax_ids)
                self.assertIn(flag, self.flags(move))
                self.assertTrue(move.codabox_flag_text)

    def test_a_company_without_vat_return_sells_without_boxes(self):
        self.company.codabox_vat_regime = "none"
        for case in ("small_company", "exempt"):
            move = self.receive_sale(
                self.sale(case, line("100", case), flavour="ublbe3")
            ).invoice_id
            self.assertFalse(move.invoice_line_ids.tax_ids)
            self.assertFalse(self.flags(move))

    def test_what_was_chosen_for_a_line_of_the_customer_is_followed(self):
        found = line("100", zero("K"))
        past = self.receive_sale(self.sale("1", found, customer=BERLIN)).invoice_id
        goods = self.env["account.tax"].search(
            [
                ("name", "=", "0% EU M"),
                ("type_tax_use", "=", "sale"),
                ("company_id", "=", self.company.id),
            ]
        )
        account = self.income_account() - past.invoice_line_ids.account_id or self.env[
            "account.account"
        ].search(
            [("company_ids", "in", self.company.ids), ("account_type", "=", "income_other")],
            limit=1,
        )
        past.invoice_line_ids.write({"tax_ids": [(6, 0, goods.ids)], "account_id": account.id})
        self.press(past, "action_post")
        move = self.receive_sale(self.sale("2", found, customer=BERLIN)).invoice_id
        self.assertEqual(move.invoice_line_ids.tax_ids, goods)
        self.assertEqual(move.invoice_line_ids.account_id, account)
        self.assertFalse(self.flags(move))

    def test_a_consumer_abroad_is_told_for_the_one_stop_shop_and_not_posted_by_itself(self):
        self.company.codabox_sales_state = "posted"
        move = self.receive_sale(self.sale(customer=CONSUMER)).invoice_id
        self.assertEqual(move.state, "draft")
        self.assertIn("sale_foreign_consumer", self.flags(move, blocking=False))

    def test_the_vat_of_the_file_wins_by_cents_and_is_told(self):
        lines = [line("10.03"), line("10.03"), line("10.03")]
        wrong = self.sale(
            "1", *lines, tax=Decimal("6.33"), total=Decimal("36.42"), payable=Decimal("36.42")
        )
        move = self.receive_sale(wrong.replace(b">6.32<", b">6.33<")).invoice_id
        self.assertEqual((move.amount_tax, move.amount_total), (6.33, 36.42))
        self.assertIn("tax_corrected", self.flags(move, blocking=False))
        self.assertFalse(self.flags(move))
