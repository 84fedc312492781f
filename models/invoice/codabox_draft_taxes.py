"""The taxes of a draft, computed by Odoo's own methods, and then those of its file."""

from odoo.fields import Command


class DraftTaxes:
    """The amounts of lines in the books, and the items of taxes.

    :param Draft draft: complete.
    :param dict wanted: rate -> the VAT of the file at it.
    """

    def __init__(self, draft, wanted):
        self.draft, self.currency = draft, draft.currency
        self.taxes, self.company = draft.env["account.tax"], draft.company
        for line in draft.lines:
            line.kept.pop("extra_tax_data", None)
        self._compute()
        if [rate for rate, amount in wanted.items() if self._take(rate, amount)]:
            self._compute()

    def _compute(self):
        self.bases = [self._base(line) for line in self.draft.lines]
        self.taxes._add_tax_details_in_base_lines(self.bases, self.company)
        self.taxes._round_base_lines_tax_details(self.bases, self.company)
        self.taxes._add_accounting_data_in_base_lines_tax_details(self.bases, self.company)
        found = self.taxes._prepare_tax_lines(self.bases, self.company)
        self.amounts = [values for _base, values in found["base_lines_to_update"]]
        self.items = found["tax_lines_to_add"]

    def _base(self, line):
        draft, env = self.draft, self.draft.env
        return self.taxes._prepare_base_line_for_taxes_computation(
            None,
            product_id=env["product.product"].browse(line.kept.get("product_id")),
            product_uom_id=env["uom.uom"].browse(line.kept.get("product_uom_id")),
            price_unit=line.price,
            quantity=line.quantity,
            discount=line.discount,
            tax_ids=line.taxes,
            currency_id=self.currency,
            rate=draft.rate,
            sign=draft.sign,
            is_refund=draft.is_refund,
            partner_id=draft.partner,
            account_id=line.account,
            analytic_distribution=line.kept.get("analytic_distribution"),
            extra_tax_data=line.kept.get("extra_tax_data"),
        )

    def _take(self, rate, amount):
        """Have Odoo count with the VAT of the file at a rate; return whether it is another one.

        Kept on the largest line, as Odoo itself keeps what is typed: it stays when other lines are
        edited.
        """
        charged = self.draft.plan.choice.is_charged_at
        parts = [
            (abs(line.net), at, data)
            for at, (line, base) in enumerate(zip(self.draft.lines, self.bases, strict=True))
            for data in base["tax_details"]["taxes_data"]
            if charged(data["tax"], rate)
        ]
        booked = sum(data["tax_amount_currency"] for _net, _at, data in parts)
        difference = self.currency.round(amount - booked)
        if not parts or not difference:
            return False
        _net, at, own = max(parts, key=lambda part: part[0])
        same = [data for _net, _at, data in parts if data["tax"] == own["tax"]]
        total = sum(data["tax_amount_currency"] for data in same) + difference
        # Odoo rounds the sum of what is not rounded: the others are taken off as they are.
        others = sum(data["raw_tax_amount_currency"] for data in same if data is not own)
        self._keep(at, own["tax"], total - others)
        return True

    def _keep(self, at, tax, amount):
        line, base = self.draft.lines[at], self.bases[at]
        kept = base["manual_tax_amounts"] or {str(found.id): {} for found in line.taxes}
        found = {"tax_amount_currency": amount}
        if tax.price_include:
            found["base_amount_currency"] = self.currency.round(line.net)
        base["manual_tax_amounts"] = {**kept, str(tax.id): found}
        line.kept["extra_tax_data"] = self.taxes._export_base_line_extra_tax_data(base)

    @property
    def total(self):
        """What the draft comes to, taxes included."""
        parts = (*self.amounts, *self.items)
        return self.currency.round(self.draft.sign * sum(p["amount_currency"] for p in parts))

    def commands(self, *, whole):
        """Return the commands that make the lines, and with the taxes as well when ``whole``."""
        lines = [line.values() for line in self.draft.lines]
        if not whole:
            return [Command.create(values) for values in lines]
        # Odoo would look for the distribution of each line, and there is none to be found.
        none = {"analytic_distribution": False}
        pairs = zip(lines, self.amounts, strict=True)
        lines = [{**none, **values, **found} for values, found in pairs]
        items = [{**values, "display_type": "tax"} for values in self.items]
        return [Command.create(values) for values in (*lines, *items)]
