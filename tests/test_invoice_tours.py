"""Each question about a bill is ended by its button, by a plain accountant in Dutch."""

from decimal import Decimal

from odoo.tests import HttpCase, tagged

from .bill_case import STAHL, BillCase, Tax, line


@tagged("-at_install", "post_install")
class TestInvoiceTours(BillCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("nl_BE")
        self.accountant.lang = "nl_BE"

    def walk(self, move, tour, state="posted"):
        """Open a bill that waits, and answer in the browser."""
        self.assertTrue(self.flags(move))
        self.env.flush_all()
        self.start_tour(
            f"/odoo/account.move/{move.id}",
            f"account_codabox_bill_{tour}",
            login=self.accountant.login,
            timeout=600,
        )
        self.env.invalidate_all()
        self.assertEqual(move.state, state)
        return move

    def test_cents_that_nothing_explains(self):
        total = Decimal("121.01")
        move = self.import_bill(line("A", "100"), total=total, payable=total)
        self.assertEqual(self.walk(move, "cents").amount_total, 121.01)

    def foreign(self):
        move = self.import_bill(line("Hotel", "100", Tax("S", "", 19)), supplier=STAHL)
        if not move.partner_id:
            move.partner_id = self.env["res.partner"].create(
                {
                    "name": STAHL.name,
                    "vat": STAHL.vat,
                    "is_company": True,
                    "country_id": self.env.ref("base.de").id,
                }
            )
        return move

    def test_vat_of_another_country_is_asked_back(self):
        move = self.walk(self.foreign(), "recover")
        self.assertTrue(move.invoice_line_ids.codabox_vat_country_id)

    def test_vat_of_another_country_is_part_of_the_cost(self):
        self.assertEqual(self.walk(self.foreign(), "cost").amount_total, 119.0)

    def test_a_new_account_of_the_supplier(self):
        move = self.import_bill(line("A", "100"))
        account = self.env["res.partner.bank"].create(
            {"partner_id": self.supplier.id, "acc_number": "BE71096123456769"}
        )
        account.sudo().codabox_is_new = True
        move._codabox_flag(
            "new_iban", accounts=account.ids, iban="BE71", known="BE68", supplier="Peeters"
        )
        self.walk(move, "account")
        self.assertFalse(account.codabox_is_new)

    def known(self):
        self.import_bill(line("A", "100"), number="F-9").partner_id = self.supplier
        again = self.import_bill(line("A", "100"), number="F-9")
        self.assertEqual(self.flags(again), ["bill_known"])
        return again

    def test_the_same_number_is_another_bill(self):
        self.walk(self.known(), "another")

    def test_the_same_number_is_the_same_bill(self):
        self.walk(self.known(), "same", state="cancel")

    def test_what_does_not_matter_is_overridden_with_a_reason(self):
        move = self.import_bill(line("A", "100"))
        move._codabox_flag("tax_amount_wrong", rate="21%", base=100.0, amount=21.5, expected=21.0)
        self.walk(move, "override")
        self.assertIn("Nagekeken", " ".join(move.message_ids.mapped("body")))

    def test_two_questions_are_overridden_one_after_the_other(self):
        move = self.import_bill(line("A", "100"))
        move._codabox_flag("tax_amount_wrong", rate="21%", base=100.0, amount=21.5, expected=21.0)
        move._codabox_flag("rate_doubtful", tax="77", expected="78")
        self.walk(move, "overrides")
        said = " ".join(move.message_ids.mapped("body"))
        self.assertIn("Eerste", said)
        self.assertIn("Tweede", said)
