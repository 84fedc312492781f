from collections import namedtuple

from odoo import fields, models
from odoo.tools import formatLang

from ...codabox import TaxMeaning, tax_meaning

# VAT that a file charges at a rate; ``parts`` is what its lines and charges at this rate add up
# to, ``is_exchange`` whether one is a standard exchange, whose VAT base is higher than its price.
FileRate = namedtuple("FileRate", ["rate", "base", "amount", "parts", "is_exchange"])

# No discount for cash is larger.
CASH_DISCOUNT = 0.1


class AccountMove(models.Model):
    """The totals of a bill and those of its file: the file wins, visibly, or the bill waits."""

    _inherit = "account.move"

    def _codabox_check_totals(self, parsed, choice):
        """Take over the VAT of the file, and keep its total as what this bill must come to.

        :param codabox.ubl.Invoice parsed: the file.
        :param TaxChoice choice: the taxes of the company.
        """
        self.ensure_one()
        rates = self._codabox_file_rates(parsed)
        self._codabox_take_vat(rates, choice)
        if self._codabox_take_cents(parsed):
            self._codabox_take_vat(rates, choice)
        rounding = float(parsed.rounding)
        self._codabox_flag(
            "totals_differ",
            total=float(parsed.total) + rounding,
            untaxed=float(parsed.untaxed) + rounding,
            tax=float(parsed.tax),
        )

    def _codabox_file_rates(self, parsed):
        """Return what a file says of each rate that it charges.

        :rtype: list[FileRate]
        """
        rates = {}
        for tax in parsed.taxes:
            if tax.percent and tax.amount and tax.category.upper() in ("S", ""):
                rates.setdefault(tax.percent, []).append(tax)
        expected = self._codabox_expected_lines(parsed)
        return [
            FileRate(
                float(percent),
                float(sum(tax.base or 0 for tax in taxes)),
                float(sum(tax.amount for tax in taxes)),
                float(sum(e.amount for e in expected if e.taxes and e.taxes[0].percent == percent)),
                any(tax_meaning(tax) == TaxMeaning.STANDARD_EXCHANGE for tax in taxes),
            )
            for percent, taxes in rates.items()
        ]

    def _codabox_take_vat(self, rates, choice):
        """Make VAT bases and amounts those of the file, for each rate whose lines all have a tax."""
        for found in rates:
            lines = self._codabox_lines_at(found.rate, choice)
            computed = sum(lines.mapped("price_subtotal"))
            # Each line may be off by half a cent, and so may the total.
            slack = 0.01 * (len(lines) + 1)
            if not lines or abs(found.parts - computed) > slack:
                continue
            fair = self.currency_id.round(found.base * found.rate / 100)
            if abs(fair - found.amount) > slack:
                self._codabox_flag(
                    "tax_amount_wrong",
                    rate=f"{found.rate:g}%", base=found.base, amount=found.amount, expected=fair,
                )  # fmt: skip
            elif abs(found.base - computed) > slack:
                self._codabox_take_base(found, lines, computed)
                computed = found.base
            self._codabox_correct_vat(found.rate, found.amount, computed, choice)

    def _codabox_take_base(self, found, lines, computed):
        """Make the VAT base at a rate that of the file; what nothing explains blocks."""
        self._codabox_correct_base(lines, found.base - computed)
        discount = 0 < computed - found.base <= computed * CASH_DISCOUNT
        self._codabox_flag(
            "base_corrected",
            blocking=not (discount or found.is_exchange),
            rate=f"{found.rate:g}%", base=found.base, computed=computed,
        )  # fmt: skip

    def _codabox_take_cents(self, parsed):
        """Take over the cents by which a file rounds the sum of its lines, on the largest line.

        :return: whether there were any.
        :rtype: bool
        """
        lines = self.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        parts = sum(part.amount for part in (*parsed.lines, *parsed.charges))
        cents = float(parsed.untaxed - parts)
        found = self.currency_id.round(float(parsed.total + parsed.rounding) - self.amount_total)
        slack = 0.01 * len(lines)
        if not found or abs(cents) > slack or self.currency_id.compare_amounts(found, cents):
            return False
        like = max(lines, key=lambda line: abs(line.price_subtotal))
        values = {
            "name": self.env._("Rounding"),
            "quantity": 1.0,
            "price_unit": like.tax_ids._codabox_price(cents),
            "account_id": like.account_id.id,
            "analytic_distribution": like.analytic_distribution,
            "deductible_amount": like.deductible_amount,
            "tax_ids": [fields.Command.set(like.tax_ids.ids)],
        }
        self._codabox_quietly().write({"invoice_line_ids": [fields.Command.create(values)]})
        self._codabox_flag("lines_rounded", blocking=False, cents=cents)
        return True

    def _codabox_lines_at(self, rate, choice):
        """Return the lines with a tax that the supplier charges at this rate."""
        return self.invoice_line_ids.filtered(
            lambda line: any(
                (use := choice.use(tax)) and use.kind == "national" and use.rate == rate
                for tax in line.tax_ids
            )
        )

    def _codabox_correct_base(self, lines, difference):
        """Add a difference to the VAT base, and take it off without VAT: the total stays."""
        like = max(lines, key=lambda line: abs(line.price_subtotal))
        common = {
            "quantity": 1.0,
            "account_id": like.account_id.id,
            "analytic_distribution": like.analytic_distribution,
            "deductible_amount": like.deductible_amount,
        }
        name = self.env._("Correction of the VAT base")
        self._codabox_quietly().write(
            {
                "invoice_line_ids": [
                    fields.Command.create(
                        {
                            **common,
                            "name": name,
                            "price_unit": taxes._codabox_price(amount),
                            "tax_ids": [fields.Command.set(taxes.ids)],
                        }
                    )
                    for amount, taxes in (
                        (difference, like.tax_ids),
                        (-difference, like.tax_ids.browse()),
                    )
                ]
            }
        )

    def _codabox_correct_vat(self, rate, amount, base, choice):
        """Make the VAT at a rate the amount of the file; say so when it is not the computed one."""
        lines = self.line_ids.filtered(
            lambda line: (
                line.tax_line_id
                and (use := choice.use(line.tax_line_id))
                and use.kind == "national"
                and use.rate == rate
            )
        )
        difference = self.currency_id.round(
            self.direction_sign * amount - sum(lines.mapped("amount_currency"))
        )
        # A private part of the VAT is on a line of its own, of all rates together.
        is_private = any(line.deductible_amount != 100 for line in self.invoice_line_ids)
        if lines and difference and not is_private:
            with self._codabox_quietly()._get_edi_creation():
                max(lines, key=lambda line: abs(line.balance)).amount_currency += difference
        computed = self.currency_id.round(base * rate / 100)
        if self.currency_id.compare_amounts(amount, computed):
            self._codabox_flag(
                "tax_corrected", blocking=False, rate=f"{rate:g}%", amount=amount, computed=computed
            )

    def _codabox_flag_stands(self, flag):
        # EXTENDS: the total of the file is compared each time, whatever was changed since; but not
        # while a line has no tax yet, which is another question
        if flag["code"] != "totals_differ":
            return super()._codabox_flag_stands(flag)
        if any(
            "lines" in other and not other.get("overridden") and self._codabox_flag_stands(other)
            for other in self.sudo().codabox_flags
        ):
            return False
        return bool(self.currency_id.compare_amounts(self.amount_total, flag["facts"]["total"]))

    def _codabox_flag_depends(self):
        return [*super()._codabox_flag_depends(), "amount_total"]

    def _codabox_apart(self, facts):
        """Return which figures of the bill are not those of its file, and by how much.

        :param dict facts: those of the file.
        :rtype: dict
        """
        untaxed = abs(self.currency_id.round(self.amount_untaxed - facts["untaxed"]))
        tax = abs(self.currency_id.round(self.amount_tax - facts["tax"]))
        what = {(True, True): "both", (True, False): "untaxed", (False, True): "tax"}
        return {
            "what": what.get((bool(untaxed), bool(tax)), "file"),
            "apart_untaxed": untaxed,
            "apart_tax": tax,
        }

    def _codabox_flag_facts(self, flag):
        facts = super()._codabox_flag_facts(flag)
        if flag["code"] == "totals_differ":
            facts |= {
                "found_total": self.amount_total,
                "found_untaxed": self.amount_untaxed,
                "found_tax": self.amount_tax,
                **self._codabox_apart(facts),
            }
        return {
            key: formatLang(self.env, value, currency_obj=self.currency_id)
            if isinstance(value, float)
            else value
            for key, value in facts.items()
        }
