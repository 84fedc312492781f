"""What the lines of an invoice are about in Odoo: product, unit, contribution. Asked once for all."""

from odoo.fields import Domain
from odoo.tools import float_compare

from odoo.addons.account_edi_ubl_cii.models.account_edi_common import UOM_TO_UNECE_CODE

# Odoo's own order of search: from here on a name is only a part of that of the product.
PART_OF_NAME = 20
UNITS = {code: name for name, code in reversed(UOM_TO_UNECE_CODE.items())}
# Code of a charge that stands for a tax by piece, as one for recycling.
BY_PIECE = "AEO"
# Decimals of the amount of a tax.
TAX_DIGITS = 4


class ProductFinder:
    """The products of lines, as ``product.product._retrieve_product`` finds them one by one.

    :param res.company company: whose books.
    :param lines: lines of the file.
    """

    def __init__(self, company, lines):
        self.company = company
        self.products = company.env["product.product"].with_company(company)
        self.none = self.products.browse()
        keys = dict.fromkeys(map(self._key, lines))
        self._orders = {
            key: self.products._get_product_domain_search_order(
                name=key[0], default_code=key[1], barcode=key[2]
            )
            for key in keys
        }
        self._found = self._find_exact()
        self._find_parts([key for key in keys if key not in self._found])

    @staticmethod
    def _key(line):
        return (line.item or line.label, line.code, line.barcode)

    def of(self, line):
        """Return the product of a line, empty without one.

        :param codabox.ubl.InvoiceLine line: a line of the file.
        """
        return self._found.get(self._key(line), self.none)

    def _domains(self, key, *, exact):
        return [
            domain for priority, domain in self._orders[key] if (priority < PART_OF_NAME) == exact
        ]

    def _of_company(self, domains):
        own = self.products._check_company_domain(self.company)
        return Domain(own) & Domain.OR(domains)

    def _find_exact(self):
        asked = {key: self._domains(key, exact=True) for key in self._orders}
        domains = [domain for found in asked.values() for domain in found]
        there = domains and self.products.search(self._of_company(domains))
        if not there:
            return {}
        # Products of the company itself go before those of all.
        own = there.filtered("company_id")
        found = {}
        for key, wanted in asked.items():
            hits = (some.filtered_domain(d)[:1] for d in wanted for some in (own, there - own))
            if product := next(filter(None, hits), None):
                found[key] = product
        return found

    def _find_parts(self, keys):
        """Have Odoo look for products whose name has that of a line in it, if there is any."""
        domains = [domain for key in keys for domain in self._domains(key, exact=False)]
        if not domains or not self.products.search_count(self._of_company(domains), limit=1):
            return
        for name, code, barcode in keys:
            self._found[name, code, barcode] = self.products._retrieve_product(
                self.company, name=name, default_code=code, barcode=barcode
            )


class Units:
    """The units of lines, each looked up once.

    :param env: where they are.
    """

    def __init__(self, env):
        self.env, self.none = env, env["uom.uom"]
        self._found = {}

    def of(self, line, product):
        """Return the unit of a line, empty where Odoo has none, or the product is sold otherwise.

        :param codabox.ubl.InvoiceLine line: a line of the file.
        :param product.product product: what it is about; may be empty.
        """
        if line.unit not in self._found:
            name = UNITS.get(line.unit)
            found = self.env.ref(name, raise_if_not_found=False) if name else None
            self._found[line.unit] = found or self.none
        unit = self._found[line.unit]
        fits = not product or not unit or unit._has_common_reference(product.uom_id)
        return unit if fits else self.none


class FixedTaxes:
    """Taxes by piece of a company, which some files have as charges of a line.

    :param res.company company: whose books.
    :param str direction: ``sale`` or ``purchase``.
    """

    def __init__(self, company, direction):
        self.company, self.direction = company, direction
        self.none = company.env["account.tax"]
        self._taxes = None

    def of(self, charge, quantity):
        """Return the tax that a charge of a line is, empty where it is none.

        :param codabox.ubl.Charge charge: a charge of a line.
        :param float quantity: that of the line.
        """
        if charge.code != BY_PIECE or not quantity:
            return self.none
        amount = float(charge.amount) / quantity
        fits = self._all().filtered(lambda tax: not float_compare(tax.amount, amount, TAX_DIGITS))
        named = fits.filtered(lambda tax: tax.name == charge.reason)
        ordered = [
            some.filtered(lambda tax, included=included: tax.price_include == included)
            for included in (False, True)
            for some in (named, fits)
        ]
        return next(filter(None, ordered), self.none)[:1]

    def _all(self):
        if self._taxes is None:
            self._taxes = self.none.search(
                [
                    *self.none._check_company_domain(self.company),
                    ("amount_type", "=", "fixed"),
                    ("type_tax_use", "=", self.direction),
                ]
            )
        return self._taxes
