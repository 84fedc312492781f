"""The totals of a draft are those of its file: the file wins, visibly, or the bill waits."""

from collections import defaultdict, namedtuple

from ...codabox import TaxMeaning, only_tax, tax_meaning
from .codabox_draft_included import cents_included
from .codabox_draft_line import DraftLine, largest
from .codabox_draft_taxes import DraftTaxes
from .codabox_vat_cost import cost_name, shares

# VAT that a file charges at a rate; ``parts`` is what its lines and charges at this rate add up
# to, ``is_exchange`` whether one is a standard exchange, whose VAT base is higher than its price.
FileRate = namedtuple("FileRate", ["rate", "base", "amount", "parts", "is_exchange"])

# No discount for cash is larger.
CASH_DISCOUNT = 0.1


class DraftTotals:
    """Adds what a draft lacks to its file, and has its taxes computed.

    :param Draft draft: with its lines.
    """

    def __init__(self, draft):
        self.draft, self.env, self.parsed = draft, draft.env, draft.parsed
        self.choice, self.currency = draft.plan.choice, draft.currency
        self.taxes = None

    def complete(self):
        """Return the taxes of the draft, once it is worth its file.

        :rtype: DraftTaxes
        """
        draft, rounding = self.draft, float(self.parsed.rounding)
        draft.lines += self._cost_lines()
        self._include_taxes()
        rates = file_rates(self.parsed)
        self._take_vat(rates)
        if self._take_cents():
            self._take_vat(rates)
        draft.flag(
            "totals_differ",
            total=float(self.parsed.total) + rounding,
            untaxed=float(self.parsed.untaxed) + rounding,
            tax=float(self.parsed.tax),
        )
        return self.taxes

    # -------------------------------------------------------------------------
    # VAT that is not deducted
    # -------------------------------------------------------------------------

    def _cost_lines(self):
        """Yield the lines of a VAT that is not deducted, on the accounts of what it is due on."""
        accounts = self.env["account.account"]
        for tax in self.parsed.taxes:
            parts = defaultdict(float)
            for line in self.draft.lines:
                if line.cost and line.cost == float(tax.percent or 0):
                    parts[line.account.id] += line.net
            for account, amount in shares(self.currency, tax, parts):
                name = cost_name(self.env, tax)
                yield DraftLine(name, amount, accounts.browse(account), self.choice.none)

    def _include_taxes(self):
        """Put taxes into prices, where the company has them so: a file never does."""
        nets = {
            line: self.currency.round(line.net)
            for line in self.draft.lines
            if line.pieces and any(line.taxes.mapped("price_include"))
        }
        gross = {line: line.taxes._codabox_price(net) for line, net in nets.items()}
        cents = cents_included(
            self.draft.company, self.currency, nets, gross, lambda line: line.taxes
        )
        for line, amount in gross.items():
            line.price = (amount + cents.get(line, 0.0)) / line.pieces

    # -------------------------------------------------------------------------
    # VAT
    # -------------------------------------------------------------------------

    def _take_vat(self, rates):
        """Make VAT bases and amounts those of the file, for each rate whose lines all have a tax."""
        wanted = {}
        for found in rates:
            lines = self._lines_at(found.rate)
            computed = sum(line.net for line in lines)
            # Each line may be off by half a cent, and so may the total.
            slack = 0.01 * (len(lines) + 1)
            if not lines or abs(found.parts - computed) > slack:
                continue
            fair = self.currency.round(found.base * found.rate / 100)
            if abs(fair - found.amount) > slack:
                self.draft.flag(
                    "tax_amount_wrong",
                    rate=f"{found.rate:g}%", base=found.base, amount=found.amount, expected=fair,
                )  # fmt: skip
            elif abs(found.base - computed) > slack:
                self._take_base(found, lines, computed)
                computed = found.base
            wanted[found.rate] = found.amount
            self._tell_corrected(found, self.currency.round(computed * found.rate / 100))
        # A private part of the VAT is on a line of its own, of all rates together.
        self.taxes = DraftTaxes(self.draft, {} if self.draft.has_private() else wanted)

    def _tell_corrected(self, found, computed):
        if self.currency.compare_amounts(found.amount, computed):
            self.draft.flag(
                "tax_corrected",
                blocking=False,
                rate=f"{found.rate:g}%",
                amount=found.amount,
                computed=computed,
            )

    def _lines_at(self, rate):
        """Return the lines with a tax that the supplier charges at this rate."""
        return [
            line
            for line in self.draft.lines
            if any(self.choice.is_charged_at(tax, rate) for tax in line.taxes)
        ]

    def _take_base(self, found, lines, computed):
        """Make the VAT base at a rate that of the file; what nothing explains blocks.

        A difference is added with VAT and taken off without: the total stays.
        """
        like, difference = largest(lines), found.base - computed
        name = self.env._("Correction of the VAT base")
        self.draft.lines += [
            like.like(name, taxes._codabox_price(amount), taxes, net=amount)
            for amount, taxes in ((difference, like.taxes), (-difference, like.taxes.browse()))
        ]
        discount = 0 < computed - found.base <= computed * CASH_DISCOUNT
        self.draft.flag(
            "base_corrected",
            blocking=not (discount or found.is_exchange),
            rate=f"{found.rate:g}%", base=found.base, computed=computed,
        )  # fmt: skip

    # -------------------------------------------------------------------------
    # Cents
    # -------------------------------------------------------------------------

    def _take_cents(self):
        """Take over the cents by which a file rounds the sum of its lines, on the largest line.

        :return: whether there were any.
        :rtype: bool
        """
        parsed, lines = self.parsed, self.draft.lines
        parts = sum(part.amount for part in (*parsed.lines, *parsed.charges))
        cents = float(parsed.untaxed - parts)
        # VAT of another country comes on lines of its own, once a person said which.
        made = self.taxes.total + self.draft.foreign_vat()
        found = self.currency.round(float(parsed.total + parsed.rounding) - made)
        slack = 0.01 * len(lines)
        if not found or abs(cents) > slack or self.currency.compare_amounts(found, cents):
            return False
        like = largest(lines)
        price = like.taxes._codabox_price(cents)
        lines.append(like.like(self.env._("Rounding"), price, like.taxes, net=cents))
        self.draft.flag("lines_rounded", blocking=False, cents=cents)
        return True


def file_rates(parsed):
    """Return what a file says of each rate that it charges.

    :rtype: list[FileRate]
    """
    rates = {}
    for tax in parsed.taxes:
        if tax.percent and tax.amount and tax.category.upper() in ("S", ""):
            rates.setdefault(tax.percent, []).append(tax)
    return [
        FileRate(
            float(percent),
            float(sum(tax.base or 0 for tax in taxes)),
            float(sum(tax.amount for tax in taxes)),
            float(_parts_at(parsed, percent)),
            any(tax_meaning(tax) == TaxMeaning.STANDARD_EXCHANGE for tax in taxes),
        )
        for percent, taxes in rates.items()
    ]


def _parts_at(parsed, percent):
    """Return what charges and lines at a rate add up to; a line has its own charges in it."""
    parts = [(charge.amount, charge.taxes) for charge in parsed.charges]
    parts += [(line.amount, line.taxes or only_tax(parsed)) for line in parsed.lines]
    return sum(amount for amount, taxes in parts if taxes and taxes[0].percent == percent)
