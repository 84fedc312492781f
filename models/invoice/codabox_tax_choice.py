"""Which tax a line of a bill gets, from what its file says and what the supplier's last bills did."""

from collections import defaultdict, namedtuple

from ...codabox import TaxMeaning, tax_meaning
from .account_tax_codabox import TaxUse

# What a line may be: the kinds of tax that fit, best first, none for no tax at all; its rate in
# percent, ``None`` when the file does not tell; ``ask``: code of the flag when the past has no
# answer; ``by_label``: whether only the same label is an answer.
Wanted = namedtuple("Wanted", ["kinds", "rate", "ask", "by_label"], defaults=[None, "", False])
# What it becomes: taxes, or none and the code and facts of a flag. ``cost``: rate of a VAT that
# is not deducted at all and becomes a part of the cost.
Choice = namedtuple("Choice", ["taxes", "flag", "facts", "cost"], defaults=["", {}, 0.0])

SELF_ASSESSED = ("cocontractor", "eu_goods", "eu_services", "import")
# Of what is bought abroad the file never tells the Belgian rate; nearly always it is this one.
USUAL_RATE = 21.0

# A cash discount takes part in no return, wherever the supplier is.
NOTHING = Wanted(())
WANTED = {
    TaxMeaning.ZERO: Wanted(("national",), 0.0),
    TaxMeaning.EXEMPT: Wanted(("national",), 0.0),
    TaxMeaning.SMALL_COMPANY: Wanted(("national",), 0.0),
    TaxMeaning.MARGIN: Wanted(("national",), 0.0),
    TaxMeaning.CASH_DISCOUNT: NOTHING,
    TaxMeaning.NOT_SUBJECT: Wanted(()),
    TaxMeaning.COCONTRACTOR: Wanted(("cocontractor",), ask="reverse_charge_rate"),
    TaxMeaning.EU_GOODS: Wanted(("eu_goods",)),
    TaxMeaning.EU_SERVICES: Wanted(("eu_services",)),
}
# Where only a person knows; what was decided for the same label is followed.
ASKED = {
    TaxMeaning.EXPORT: "outside_eu",
    TaxMeaning.OSS: "one_stop_shop",
}


def ask(code):
    """Return what is wanted where only a person knows, and no VAT is charged."""
    return Wanted((*SELF_ASSESSED, "national"), ask=code, by_label=True)


def wanted(tax, *, domestic, european):
    """Return what the tax category of a purchase asks for.

    :param codabox.ubl.Tax tax: category of a line, ``None`` when the file has none.
    :param bool domestic: the supplier is of the company's country.
    :param bool european: the supplier is of the European Union.
    :rtype: Wanted
    """
    if tax is None:
        return ask("unknown_vat")
    meaning = tax_meaning(tax, domestic=domestic)
    if meaning in (TaxMeaning.RATE, TaxMeaning.STANDARD_EXCHANGE):
        rate = float(tax.percent or 0)
        # The VAT of another country is no VAT that can be deducted here, whatever its rate.
        return Wanted(("national",), rate, "" if domestic else "foreign_vat", not domestic)
    if tax.code.upper() == "NA":
        return ask("outside_vat")
    found = WANTED.get(meaning)
    if not found:
        return ask(ASKED.get(meaning, "unknown_vat"))
    abroad = set(found.kinds) & {"eu_goods", "eu_services"}
    at_home = domestic and not abroad
    if not (at_home or (abroad and european and not domestic) or found is NOTHING):
        return ask("unknown_vat" if domestic or european else "outside_eu")
    if meaning == TaxMeaning.EU_GOODS and not tax.code:
        return Wanted(("eu_goods", "eu_services"), ask="eu_kind")
    return found


class TaxChoice:
    """The purchase taxes of a company, found by what they do and not by their names."""

    direction = "purchase"

    def __init__(self, company):
        self.company = company
        self.none = company.env["account.tax"].with_context(active_test=False)
        self.taxes = self.none.search(
            [
                *self.none._check_company_domain(company),
                ("type_tax_use", "=", self.direction),
                ("amount_type", "=", "percent"),
            ]
        )
        self._uses = {}
        self._by_rate = {}

    # -------------------------------------------------------------------------
    # Taxes
    # -------------------------------------------------------------------------

    def use(self, tax):
        """Return what a tax does.

        :rtype: TaxUse | None
        """
        if tax.id not in self._uses:
            self._uses[tax.id] = tax._codabox_use()
        return self._uses[tax.id]

    def find(self, use, like):
        """Return the tax that does this, empty when the company has none.

        :param like: tax of an earlier bill that is preferred to others of the same use.
        """
        if use.rate not in self._by_rate:
            self._read_grids()
            found = defaultdict(lambda: self.none)
            for tax in self.taxes.filtered(lambda tax: tax.amount == use.rate):
                found[self.use(tax)] |= tax
            self._by_rate[use.rate] = found
        return self._by_rate[use.rate][use]._codabox_best(like)

    def _read_grids(self):
        """Read the grids of all taxes at once: Odoo would read them tax by tax."""
        self.taxes.invoice_repartition_line_ids.tag_ids.fetch(["name"])

    def has_boxes(self):
        """Return whether these are Belgian taxes, with boxes of the VAT return."""
        return any((use := self.use(tax)) and use.box for tax in self.taxes)

    def box(self, account):
        """Return the VAT box of what is booked on an account, by its class.

        :rtype: str
        """
        code = account.with_company(self.company).code or ""
        if code.startswith("60"):
            return "81"
        if code.startswith("6"):
            return "82"
        return "83" if code.startswith("2") else ""

    def fitting(self, wanted, line):
        """Return the tax of a line of the past that is what is wanted now, empty without one."""
        return line.tax_ids.filtered(
            lambda tax: (
                (use := self.use(tax))
                and use.kind in wanted.kinds
                # A VAT that the file does not charge is no answer where it charges none.
                and use.rate == (wanted.rate or 0.0 if use.kind == "national" else use.rate)
            )
        )[:1]

    def fits(self, wanted, line):
        """Return whether the taxes of a line of the past are what is wanted now.

        :rtype: bool
        """
        if not line.tax_ids:
            return not wanted.kinds or wanted.by_label
        return bool(self.fitting(wanted, line))

    def is_charged_at(self, tax, rate):
        """Return whether the supplier charges a tax, at this rate.

        :param tax: a tax, or none.
        :rtype: bool
        """
        use = self.use(tax) if tax else None
        return bool(use) and use.kind == "national" and use.rate == rate

    def is_charged(self, wanted):
        """Return whether what VAT there is, is in the price: nobody owes more."""
        return wanted.kinds in ((), ("national",))

    # -------------------------------------------------------------------------
    # Choosing
    # -------------------------------------------------------------------------

    def choose(self, wanted, account, remembered):
        """Return the tax of a line.

        :param Wanted wanted: what the file says.
        :param account: account of the line.
        :param Remembered remembered: line of the past that this one follows, if any.
        :rtype: Choice
        """
        follows = remembered and remembered.fits and (remembered.by_label or not wanted.by_label)
        if wanted.ask == "foreign_vat" and remembered and not remembered.line.tax_ids:
            follows = False  # that its VAT was put somewhere else, no line tells
        regime = self.company.codabox_vat_regime
        if regime == "none" and wanted.ask in ("", "foreign_vat") and self.is_charged(wanted):
            return Choice(self.none, cost=wanted.rate or 0.0)
        if follows and (regime != "none" or remembered.by_label):
            return Choice(self.fitting(wanted, remembered.line))
        if not wanted.kinds:
            return Choice(self.none)
        if regime == "none":
            return self._asked("self_assessed_vat")
        if wanted.ask == "eu_kind" and self.box(account) in ("81", "83"):
            wanted = Wanted(("eu_goods",))
        if wanted.ask:
            return self._asked(wanted.ask, wanted)
        if regime == "mixed" and wanted.rate != 0:
            return self._asked("mixed_vat")
        return self._by_use(wanted, account, remembered)

    def _by_use(self, wanted, account, remembered):
        """Return the tax of this kind and rate, for the box and share of the account."""
        box = self.box(account) if self.has_boxes() else ""
        share, like = 100.0, self.none
        if remembered and remembered.line.account_id == account:
            like = remembered.line.tax_ids[:1]
            past = self.use(like) if like else None
            # The same account means the same box, and the same part that is deducted.
            box, share = (past.box, past.share) if past else (box, share)
        if wanted.kinds == ("eu_services",) and box == "81":
            box = "82"  # goods, says an account that may be no more than the journal's
        if not box and self.has_boxes():
            return self._asked("no_box")
        rate = USUAL_RATE if wanted.rate is None else wanted.rate
        use = TaxUse(wanted.kinds[0], rate, box, share if rate else 100.0)
        if tax := self.find(use, like):
            return Choice(tax)
        return self._asked(
            "no_such_tax", kind=use.kind, rate=f"{rate:g}%", box=box, share=f"{use.share:g}%"
        )

    def _asked(self, code, wanted=None, **facts):
        if wanted and wanted.rate is not None:
            facts["rate"] = f"{wanted.rate:g}%"
        return Choice(self.none, code, {**facts, "company": self.company.name})
