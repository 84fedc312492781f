"""What the tests of bills have in common: a file, its draft, and the VAT return."""

import itertools
from collections import defaultdict
from decimal import Decimal

from odoo import Command, fields

from ..codabox import Party, Tax, parse_ubl, write_ubl
from ..codabox.ubl import builders
from .common import NUMBER, OTHER_NUMBER, CodaboxCase

PEETERS = Party("Drukkerij Peeters", OTHER_NUMBER, f"BE{OTHER_NUMBER}", country="BE")
STAHL = Party("Stahl GmbH", vat="DE811907980", country="DE")
CLOUD = Party("Cloud Inc", country="US")

__all__ = ["CLOUD", "STAHL", "BillCase", "Tax", "charge", "line", "zero"]

# Boxes of the Belgian VAT return that a purchase touches.
BOXES = (
    "54",
    "55",
    "56",
    "57",
    "59",
    "61",
    "62",
    "63",
    "81",
    "82",
    "83",
    "84",
    "85",
    "86",
    "87",
    "88",
)


def line(label, price, case="21", **values):
    """Return a line of a file; ``case`` is a name of ``builders.TAX_CASES`` or a ``Tax``."""
    return builders.line(price, case, label=label, **values)


def charge(label, amount, case="21"):
    """Return a charge of the whole file, or an allowance when it is negative."""
    return builders.charge(amount, case, label)


def zero(category, code=""):
    """Return a tax category without tax, with a Belgian code or only its letter."""
    return Tax(category, code, None if category == "O" else Decimal("0.00"))


class BillCase(CodaboxCase):
    """A company on the Belgian chart that receives bills; the accountant posts them."""

    chart = "be_comp"
    numbers = itertools.count(1)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.purchases = cls.env["account.journal"].search(
            [("type", "=", "purchase"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.supplier = cls.env["res.partner"].create(
            {"name": PEETERS.name, "vat": PEETERS.vat, "is_company": True}
        )

    # -------------------------------------------------------------------------
    # World
    # -------------------------------------------------------------------------

    @classmethod
    def account(cls, code, company=None):
        """Return an account of the chart by its code."""
        company = company or cls.company
        return (
            cls.env["account.account"]
            .with_company(company)
            .search([("code", "=", code), ("company_ids", "in", company.ids)])
        )

    @classmethod
    def tax(cls, name):
        """Return a purchase tax of the chart by its name, archived or not."""
        found = (
            cls.env["account.tax"]
            .with_context(active_test=False)
            .search(
                [
                    ("name", "=", name),
                    ("type_tax_use", "=", "purchase"),
                    ("company_id", "=", cls.company.id),
                ]
            )
        )
        found.ensure_one()
        return found

    # -------------------------------------------------------------------------
    # Doing
    # -------------------------------------------------------------------------

    def import_bill(self, *lines, number="", supplier=PEETERS, **values):
        """Return the draft that a file becomes.

        :param str number: empty for one that no other bill has, which would be asked about.
        :param values: of the file, as for ``builders.invoice``.
        """
        number = number or f"N{next(self.numbers)}"
        values = {"flavour": "ublbe1", "attachments": (), "ibans": (), **values}
        customer = Party("Bakkerij Jo", NUMBER, f"BE{NUMBER}", country="BE")
        return self.make_draft(
            write_ubl(
                builders.invoice(number, *lines, supplier=supplier, customer=customer, **values)
            )
        )

    def make_draft(self, data):
        """Return the draft that a file becomes, whoever it is from."""
        parsed = parse_ubl(data)
        moves = self.env["account.move"].with_context(skip_is_manually_modified=True)
        move = moves._codabox_make(
            parsed,
            {
                "move_type": "in_refund" if parsed.is_credit else "in_invoice",
                "journal_id": self.purchases.id,
                "partner_id": self.partner_of(parsed.supplier).id,
                **self.env["codabox.document"]._prepare_invoice(parsed),
            },
        )
        return move.with_env(self.env)

    def partner_of(self, party):
        """Return a supplier, made when nobody has its number or name."""
        partners = self.env["res.partner"]
        name, number = ("vat", party.vat) if party.vat else ("name", party.name)
        return partners.search([(name, "=", number)], limit=1) or partners.create(
            {
                "name": party.name,
                "vat": party.vat or False,
                "is_company": True,
                "country_id": self.env["res.country"].search([("code", "=", party.country)]).id,
            }
        )

    def book(self, name, *lines, account="613200", on="2025-12-15", **values):
        """Post a bill of the supplier as a person types it: (label, price, tax) of each line."""
        move = (
            self.env["account.move"]
            .with_company(self.company)
            .create(
                {
                    "move_type": "in_invoice",
                    "partner_id": self.supplier.id,
                    "ref": name,
                    "invoice_date": fields.Date.to_date(on),
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": label,
                                "price_unit": price,
                                "account_id": self.account(account).id,
                                "tax_ids": [Command.set(self.tax(tax).ids if tax else [])],
                                **values,
                            }
                        )
                        for label, price, tax in lines
                    ],
                }
            )
        )
        self.press(move, "action_post")
        return move

    # -------------------------------------------------------------------------
    # Expecting
    # -------------------------------------------------------------------------

    def boxes(self, move):
        """Return what a bill puts in each box of the VAT return."""
        found = defaultdict(Decimal)
        for item in move.line_ids:
            for tag in item.tax_tag_ids:
                if tag.name in BOXES:
                    sign = -1 if tag.balance_negate else 1
                    found[tag.name] += Decimal(str(round(sign * item.balance, 2)))
        return {box: f"{amount:.2f}" for box, amount in sorted(found.items()) if amount}

    def items(self, move):
        """Return account code -> balance of a bill."""
        found = defaultdict(float)
        for item in move.line_ids:
            found[item.account_id.with_company(move.company_id).code] += item.balance
        return {
            code: round(amount, 2) for code, amount in sorted(found.items()) if round(amount, 2)
        }

    def flags(self, move, *, blocking=True):
        """Return the codes of the open flags of a bill."""
        return sorted(flag["code"] for flag in move._codabox_open_flags(blocking=blocking))
