"""Which tax a line of a sales invoice gets: its seller knows, so the file is believed."""

from ...codabox import TaxMeaning, tax_meaning
from .codabox_tax_choice import Choice, TaxChoice, Wanted

ABROAD = ("eu_goods", "eu_triangular", "eu_services", "outside_eu")
NOTHING = Wanted(())
ZERO = Wanted(("national",), 0.0)
# Belgian code -> what it asks for where that is not what its meaning does.
CODES = {"46/TR": Wanted(("eu_triangular",), 0.0), "NA": NOTHING}
WANTED = {
    TaxMeaning.ZERO: ZERO,
    TaxMeaning.EXEMPT: ZERO,
    TaxMeaning.NOT_SUBJECT: NOTHING,
    TaxMeaning.CASH_DISCOUNT: NOTHING,
    TaxMeaning.COCONTRACTOR: Wanted(("cocontractor",), 0.0),
    TaxMeaning.EU_GOODS: Wanted(("eu_goods",), 0.0),
    TaxMeaning.EU_SERVICES: Wanted(("eu_services",), 0.0),
    TaxMeaning.EXPORT: Wanted(("outside_eu",), 0.0),
}
# Where only a person knows; what was decided for the same label is followed.
ASKED = {TaxMeaning.OSS: "sale_oss", TaxMeaning.MARGIN: "sale_margin"}


def ask(code):
    """Return what is wanted where only a person knows, and no VAT is charged."""
    return Wanted((*ABROAD, "cocontractor", "national"), ask=code, by_label=True)


def wanted(tax, *, domestic, european):
    """Return what the tax category of a sale asks for.

    :param codabox.ubl.Tax tax: category of a line, ``None`` when the file has none.
    :param bool domestic: the customer is of the company's country.
    :param bool european: the customer is of the European Union.
    :rtype: Wanted
    """
    if tax is None:
        return ask("sale_unknown_vat")
    meaning, code = tax_meaning(tax, domestic=domestic), tax.code.upper().replace(" ", "")
    if meaning in (TaxMeaning.RATE, TaxMeaning.STANDARD_EXCHANGE):
        return Wanted(("national",), float(tax.percent or 0))
    if meaning == TaxMeaning.SMALL_COMPANY:
        return ZERO._replace(ask="sale_small_company")
    if code.startswith("47/"):
        return WANTED[TaxMeaning.EXPORT]  # all of them are box 47 of the seller
    found = CODES.get(code) or WANTED.get(meaning)
    if not found:
        return ask(ASKED.get(meaning, "sale_unknown_vat"))
    return found if code else _believed(found, meaning, domestic=domestic, european=european)


def _believed(found, meaning, *, domestic, european):
    """Return what a category without a Belgian code asks for, where it fits the customer."""
    if meaning == TaxMeaning.NOT_SUBJECT and not domestic:
        return ask("sale_outside_vat")
    is_eu = found.kinds in (("eu_goods",), ("eu_services",))
    fits = european and not domestic if is_eu else not (domestic and found.kinds == ("outside_eu",))
    if not fits:
        return ask("sale_unknown_vat")
    if meaning == TaxMeaning.EU_GOODS:
        return Wanted(("eu_goods", "eu_services"), 0.0, "sale_eu_kind")
    return found


class SaleTaxChoice(TaxChoice):
    """The sale taxes of a company, found by what they do."""

    direction = "sale"

    def __init__(self, company):
        super().__init__(company)
        self._found = {}

    def tax(self, kind, rate):
        """Return the tax of this kind and rate, empty when the company has none."""
        if (kind, rate) not in self._found:
            self._read_grids()
            has_boxes = self.has_boxes()
            found = self.taxes.filtered(
                lambda tax: (
                    (use := self.use(tax))
                    and (use.kind, use.rate) == (kind, rate)
                    and bool(use.box) == has_boxes
                )
            )
            self._found[kind, rate] = found._codabox_best(self.none)
        return self._found[kind, rate]

    def choose(self, wanted, account, remembered):
        """Return the tax of a line; its account says nothing of the tax of a sale.

        :rtype: Choice
        """
        if self.company.codabox_vat_regime == "none" and wanted.kinds == ("national",):
            if not wanted.rate:
                return Choice(self.none)  # no VAT return, no box
        elif wanted.ask == "sale_small_company":
            return self._asked(wanted.ask)
        if remembered and remembered.fits and (remembered.by_label or not wanted.by_label):
            return Choice(self.fitting(wanted, remembered.line))
        if not wanted.kinds:
            return Choice(self.none)
        if wanted.ask:
            return self._asked(wanted.ask)
        kind, rate = wanted.kinds[0], wanted.rate
        if tax := self.tax(kind, rate):
            return Choice(tax)
        return self._asked("no_such_sale_tax", kind=kind, rate=f"{rate:g}")
