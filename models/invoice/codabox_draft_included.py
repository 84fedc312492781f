"""Prices with tax included, in a company that types them so."""

from collections import defaultdict


def cents_included(company, currency, nets, gross, taxes_of):
    """Return what makes the taxes in prices whole cents, as Odoo rounds them.

    Odoo rounds prices with tax of all rates together and each tax by itself: of two rates a cent
    would be left.

    :param res.company company: whose books.
    :param res.currency currency: that of the lines.
    :param dict nets: line -> its amount without tax.
    :param dict gross: line -> the same with tax.
    :param taxes_of: function of a line: its taxes.
    :return: line -> part of a cent.
    :rtype: dict
    """
    per_line = company.tax_calculation_rounding_method == "round_per_line"
    groups = defaultdict(list)
    for line in nets:
        groups[line if per_line else taxes_of(line)].append(line)
    cents = {}
    for lines in groups.values():
        tax = sum(gross[line] - nets[line] for line in lines)
        biggest = max(lines, key=lambda line: abs(nets[line]))
        cents[biggest] = currency.round(tax) - tax
    return cents
