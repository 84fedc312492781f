"""Every kind of invoice leaves, or is told a fix that works: each is tried."""

from odoo import Command
from odoo.tests import tagged

from ..codabox.sandbox import pdf
from .common import NUMBER
from .sending_case import SendingCase, date

LINES = "invoice_line_ids"


class KindsCase(SendingCase):
    """A company on the Belgian chart, with its own taxes."""

    chart = "be_comp"

    @classmethod
    def sale_tax(cls, name):
        found = cls.env["account.tax"].with_context(active_test=False)
        found = found.search(
            [
                ("name", "=", name),
                ("type_tax_use", "=", "sale"),
                ("company_id", "=", cls.company.id),
            ]
        )
        found.ensure_one().active = True
        return found

    def of_lines(self, *lines, partner=None, **values):
        """Return a draft of lines: price, name of a tax, and further values."""
        move = self.draft(partner, **values)
        account = move.invoice_line_ids.account_id.id
        move.invoice_line_ids = [Command.clear()] + [
            Command.create(
                {
                    "name": "Goods",
                    "price_unit": price,
                    "account_id": account,
                    "tax_ids": [Command.set(self.sale_tax(tax).ids if tax else [])],
                    **more,
                }
            )
            for price, tax, more in lines
        ]
        return move

    def confirm(self, move):
        move.action_post()
        self.give_pdf(move)
        return move

    def abroad(self, country, **values):
        return self.make_customer("Abroad", country=country, **values)


@tagged("-at_install", "post_install")
class TestSendKinds(KindsCase):
    def kinds(self):
        """Return what each kind is called, and its draft."""
        one = self.of_lines
        german = self.abroad("base.de", vat="DE811907980")
        shop = self.make_customer("Shop", parent_id=self.customer.id, type="delivery")
        contact = self.make_customer("Ann", parent_id=self.customer.id)
        dollar = self.env.ref("base.USD")
        dollar.sudo().active = True
        fixed = self.sale_tax("21%").copy(
            {"name": "Recupel", "amount_type": "fixed", "amount": 0.5, "include_base_amount": True}
        )
        included = self.sale_tax("21%").copy(
            {"name": "21 incl", "price_include_override": "tax_included"}
        )
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % in 7 days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 7,
                "early_pay_discount_computation": "mixed",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 100, "nb_days": 30})
                ],
            }
        )
        bank = self.env["res.partner.bank"].create(
            {"acc_number": "BE71096123456769", "partner_id": self.company.partner_id.id}
        )
        association = self.make_customer("VZW", company_registry="0403170701", is_company=True)
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "5 cents",
                "rounding": 0.05,
                "strategy": "add_invoice_line",
                "profit_account_id": self.company.income_currency_exchange_account_id.id,
                "loss_account_id": self.company.expense_currency_exchange_account_id.id,
            }
        )
        return {
            "goods at 21 %": one((100, "21%", {})),
            "services at 21 %": one((100, "21% S", {})),
            "goods at 12 %": one((100, "12%", {})),
            "goods at 6 %": one((100, "6%", {})),
            "at 0 %": one((100, "0%", {})),
            "mixed rates": one((10.01, "21%", {}), (20.02, "6%", {}), (30.03, "12% S", {}), (4, "0%", {})),
            "co-contractor": one((100, "0% Cocont", {})),
            "goods to the EU": one((100, "0% EU M", {}), partner=german),
            "services to the EU": one((100, "0% EU S", {}), partner=german),
            "triangular": one((100, "0% EU T", {}), partner=german),
            "outside of the EU": one((100, "0% EX", {}), partner=self.abroad("base.us")),
            "a private person": one((100, "21%", {}), partner=self.make_customer("Ann Peeters")),
            "a private person abroad": one((100, "21%", {}), partner=self.abroad("base.nl")),
            "a Dutch firm": one((100, "0% EU M", {}), partner=self.abroad("base.nl", vat="NL123456782B90")),
            "a Swiss firm": one((100, "0% EX", {}), partner=self.abroad("base.ch", is_company=True)),
            "credit note": one((100, "21%", {}), move_type="out_refund"),
            "credit note of mixed rates": one((1, "21%", {}), (2, "6%", {}), move_type="out_refund"),
            "discount": one((99.99, "21%", {"discount": 12.5, "quantity": 3})),
            "given away": one((100, "21%", {"discount": 100}), (1, "21%", {})),
            "less on a line": one((100, "21%", {}), (-20, "21%", {})),
            "4 decimals": one((1.2345, "21%", {"quantity": 7})),
            "by weight": one((3.99, "6%", {"quantity": 1.41})),
            "nothing to pay": one((0, "21%", {})),
            "dollars": one((100, "21%", {}), currency_id=dollar.id),
            "fixed contribution": self.with_taxes(one((100, "21%", {})), fixed),
            "prices with tax": self.with_taxes(one((121, "21%", {})), included, only=True),
            "discount for cash": one((100, "21%", {}), invoice_payment_term_id=term.id),
            "account named": one((100, "21%", {}), partner_bank_id=bank.id),
            "delivered elsewhere": one((100, "21%", {}), partner_shipping_id=shop.id),
            "to a contact": one((100, "21%", {}), partner=contact),
            "a long text": one((100, "21%", {"name": "Werken " * 300})),
            "odd letters": one((100, "21%", {"name": "<Épée> & “Ünïcode” 😀\nregel 2"})),
            "with a reference": one((100, "21%", {}), ref="PO 12/7", narration="<p>Dank u</p>"),
            "sections": self.with_section(one((100, "21%", {}))),
            "an association": one((100, "21%", {}), partner=association),
            "cash rounding": one((100.02, "21%", {}), invoice_cash_rounding_id=rounding.id),
            "many lines": one(*[(n / 7, "21%", {}) for n in range(1, 40)]),
        }  # fmt: skip

    def with_taxes(self, move, taxes, only=False):
        lines = move.invoice_line_ids
        lines.tax_ids = taxes if only else taxes | lines.tax_ids
        return move

    def with_section(self, move):
        move.invoice_line_ids = [
            Command.create({"display_type": "line_section", "name": "Section"}),
            Command.create({"display_type": "line_note", "name": "Note"}),
        ]
        return move

    def test_each_kind_leaves_with_its_total(self):
        kinds = self.kinds()
        self.assertGreaterEqual(len(kinds), 37)
        for name, move in kinds.items():
            with self.subTest(name):
                self.send(self.confirm(move))
                self.assert_send(move, "sent")
                (found,) = self.arrived(move)
                self.assertIn(
                    f">{move.amount_total:.2f}</cbc:PayableAmount>".encode(), found.content
                )
        self.assertEqual(self.uploads(), len(kinds))


@tagged("-at_install", "post_install")
class TestSendFixes(KindsCase):
    """What stands in the way names a fix; the fix is made as it says, and the invoice leaves."""

    def stopped(self, move, code):
        """The invoice stays, says why, and its button opens what is to be corrected."""
        if move.state == "draft":
            self.confirm(move)
        if move.codabox_can_send:
            self.send(move)
        found = move.codabox_send_code or move._codabox_problem().code
        self.assertEqual(found, code, move.codabox_send_reason)
        self.assertFalse(self.arrived(move))
        return move

    def opened(self, move):
        """Return the records that the button *Correct* opens."""
        action = self.press(move, "action_codabox_fix")
        records = self.env[action["res_model"]]
        return (
            records.browse(action["res_id"])
            if action.get("res_id")
            else records.search(action["domain"])
        )

    def assert_leaves(self, move):
        if move.codabox_can_send:
            self.send(move)
        self.assert_send(move, "sent")
        self.assertEqual(len(self.arrived(move)), 1)

    def again(self, move, change=None):
        """Reset to draft, correct, and confirm again."""
        move.button_draft()
        if change:
            change(move)
        self.confirm(move)
        return move

    def test_a_customer_without_country(self):
        for kind in ("customer", "delivery"):
            nowhere = self.make_customer(f"Nowhere {kind}")
            nowhere.country_id = False
            values = {"partner_shipping_id": nowhere.id} if kind == "delivery" else {}
            partner = None if kind == "delivery" else nowhere
            move = self.stopped(
                self.of_lines((100, "21%", {}), partner=partner, **values), "send_no_country"
            )
            self.assertEqual(self.opened(move), nowhere)
            nowhere.country_id = self.env.ref("base.be")
            self.assert_leaves(move)

    def test_lines_without_the_one_tax(self):
        two = self.of_lines((100, "21%", {}))
        two.invoice_line_ids.tax_ids |= self.sale_tax("6%")
        for move in (self.of_lines((100, "", {})), two):
            self.stopped(move, "send_taxes")
            self.assertEqual(self.opened(move), move)
            tax = self.sale_tax("0%")
            self.assert_leaves(
                self.again(
                    move, lambda found, tax=tax: found.invoice_line_ids.write({"tax_ids": tax.ids})
                )
            )

    def test_a_line_without_label(self):
        move = self.stopped(self.of_lines((100, "21%", {"name": False})), "send_no_label")
        self.assertEqual(self.opened(move), move)
        move.invoice_line_ids.name = "Goods"
        self.assert_leaves(move)

    def test_a_customer_without_name(self):
        nameless = self.make_customer(False, type="invoice")
        move = self.stopped(self.of_lines((100, "21%", {}), partner=nameless), "send_not_valid")
        nameless.name = "Somebody"
        self.assert_leaves(move)

    def test_the_company_without_number_or_country(self):
        for values, back, code in (
            ({"vat": False, "company_registry": False}, {"company_registry": NUMBER, "vat": f"BE{NUMBER}"}, "send_no_number"),
            ({"country_id": False}, {"country_id": self.env.ref("base.be").id}, "send_no_country_own"),
        ):  # fmt: skip
            move = self.confirm(self.of_lines((100, "21%", {})))
            self.company.partner_id.write(values) if "country_id" in values else self.company.write(
                values
            )
            self.stopped(move, code)
            self.assertEqual(self.opened(move), self.company)
            self.company.partner_id.write(back) if "country_id" in back else self.company.write(
                back
            )
            self.assert_leaves(move)

    def test_what_was_left_out(self):
        by_hand = self.confirm(self.of_lines((100, "21%", {})))
        self.press(by_hand, "action_codabox_exclude", user=self.invoicer)
        self.stopped(by_hand, "send_excluded_by")
        self.press(by_hand, "action_codabox_include", user=self.invoicer)
        self.assert_leaves(by_hand)
        move = self.confirm(self.of_lines((100, "21%", {})))
        for record in (move.journal_id, self.customer.with_company(self.company)):
            record.codabox_send_excluded = True
            self.assertEqual(move.codabox_send_state, "excluded")
            self.assertEqual(self.opened(move), record)
            record.codabox_send_excluded = False
            self.assertEqual(move.codabox_send_state, "to_send")
        self.assert_leaves(move)

    def test_one_from_before_the_first_day(self):
        self.company.codabox_send_from = date(2026, 6, 1)
        move = self.confirm(self.of_lines((100, "21%", {}), day=date(2026, 5, 4)))
        self.stopped(move, "send_before_start")
        self.company.codabox_send_from = date(2026, 5, 1)
        self.assert_leaves(move)

    def test_the_new_year_waits_for_the_old_one(self):
        self.company.codabox_send_from = date(2025, 1, 1)
        old = self.confirm(self.of_lines((100, "21%", {}), day=date(2025, 12, 30)))
        move = self.stopped(self.of_lines((100, "21%", {})), "send_old_year")
        self.assertEqual(self.opened(move), old)
        self.assert_leaves(old)
        self.assert_leaves(move)

    def test_no_consent(self):
        self.env["codabox.sending.consent"].search([])._revoke()
        move = self.confirm(self.of_lines((100, "21%", {})))
        self.assertEqual(move._codabox_problem().code, "no_consent")
        self.env["codabox.sending.consent"]._give(self.company, "We agree.")
        self.assert_leaves(move)

    def damaged(self, old, new):
        """Return an invoice whose file is not what it should be when it is tried again."""
        move = self.confirm(self.of_lines((100, "21%", {})))
        self.sandbox.fail("rate_limited", method="POST", path="/sales-invoices/$")
        self.send(move)
        file = move.codabox_ubl_id.sudo()
        file.raw = file.raw.replace(old, new)
        self.send(move)
        return move

    def test_a_file_that_is_not_the_invoice(self):
        for code, old, new in (
            ("send_file_differs", b"<cbc:ID>", b"<cbc:ID>X"),
            ("send_no_pdf", b"JVBER", b"AAAAA"),
            ("send_wrong_seller", b"0477472701", b"0403170701"),
            ("send_not_ubl", b"<Invoice", b"<Inv"),
        ):
            with self.subTest(code):
                move = self.damaged(old, new)
                self.assert_send(move, "to_send", code)
                self.assert_leaves(move)
                move = self.damaged(old, new)
                self.assert_leaves(self.again(move))

    def test_a_file_that_is_too_large(self):
        move = self.of_lines((100, "21%", {}))
        move.action_post()
        self.env["ir.attachment"].sudo().create(
            {
                "name": "huge.pdf",
                "raw": pdf([move.name]) + b"%" * (12 * 1024 * 1024),
                "res_model": "account.move",
                "res_id": move.id,
                "res_field": "invoice_pdf_report_file",
            }
        )
        move.invalidate_recordset()
        self.send(move)
        self.assert_send(move, "to_send", "send_too_large")
        self.assert_leaves(self.again(move))
