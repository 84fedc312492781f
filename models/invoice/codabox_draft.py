"""The draft of an invoice before it exists: what its file says and what was decided, in one form."""

from collections import defaultdict
from functools import cached_property

from odoo.tools import html_escape

from ...codabox import booked_lines
from .codabox_draft_line import DraftLine
from .codabox_draft_products import FixedTaxes, ProductFinder, Units
from .codabox_sale_plan import plan_of


class Draft:
    """One invoice to be made.

    ``lines`` are those of the file, in its order, then what was added; ``flags`` what must be
    decided or told: (code, arguments of ``_codabox_flag``), with lines of the draft.

    :param account.move moves: any, in the context in which it is to be made.
    :param codabox.ubl.Invoice parsed: what the file says.
    :param dict entry: values of the entry; at least its type, journal and partner.
    """

    def __init__(self, moves, parsed, entry):
        self.env, self.parsed, self.entry = moves.env, parsed, entry
        self.journal = self.env["account.journal"].browse(entry["journal_id"])
        self.company = moves.env.company
        self.partner = self.env["res.partner"].browse(entry["partner_id"]).commercial_partner_id
        self.is_sale = entry["move_type"] in moves.get_sale_types(include_receipts=True)
        self.is_refund = entry["move_type"].endswith("_refund")
        # Of the lines in the books.
        self.sign = 1 if entry["move_type"] in moves.get_outbound_types() else -1
        self.currency = self._find_currency()
        self.rate = self._find_rate()
        self.flags = []
        self.plan = plan_of(self.company, self.partner, parsed, is_sale=self.is_sale)
        self._asked, self._units = defaultdict(list), Units(self.env)
        self.lines = list(self._decide_lines())

    def flag(self, code, **values):
        """Raise a flag, see ``_codabox_flag``."""
        self.flags.append((code, values))

    # -------------------------------------------------------------------------
    # Entry
    # -------------------------------------------------------------------------

    def _find_currency(self):
        own = self.company.currency_id
        if self.parsed.currency == own.name:
            return own
        currencies = self.env["res.currency"].with_context(active_test=False)
        return currencies.search([("name", "=", self.parsed.currency)], limit=1)

    def _find_rate(self):
        return self.env["res.currency"]._get_conversion_rate(
            from_currency=self.company.currency_id,
            to_currency=self.currency,
            company=self.company,
            date=self.parsed.issue_date,
        )

    def entry_values(self):
        """Return the values of the entry: those of its file, and those of the caller."""
        parsed, values = self.parsed, {}
        if parsed.incoterm:
            incoterms = self.env["account.incoterms"]
            found = incoterms.search([("code", "=", parsed.incoterm)], limit=1)
            values["invoice_incoterm_id"] = found.id
        if self.currency != self.company.currency_id:
            values["invoice_currency_rate"] = self.rate
        if (day := self.open_day()) != parsed.issue_date:
            days = {"date": str(parsed.issue_date), "open_day": str(day)}
            self.flag("invoice_open_day", blocking=False, **days)
        return {
            "currency_id": self.currency.id,
            "invoice_date": parsed.issue_date,
            "date": day,
            "narration": "".join(f"<p>{html_escape(note)}</p>" for note in parsed.notes),
            "delivery_date": parsed.delivery_date or False,
            **values,
            **self.entry,
        }

    def open_day(self):
        """Return the day of the invoice, or the first day after it that no lock closes."""
        has_taxes = any(line.taxes for line in self.lines)
        return self.company._codabox_first_open_invoice_day(
            self.parsed.issue_date, self.journal, has_taxes
        )

    # -------------------------------------------------------------------------
    # Lines
    # -------------------------------------------------------------------------

    def _decide_lines(self):
        """Yield a line for each of the file, with its account and taxes."""
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        fixed = FixedTaxes(self.company, self.plan.choice.direction)
        products = ProductFinder(self.company, self.parsed.lines)
        for booked in booked_lines(self.parsed, digits):
            if not booked.charge:
                line, choice = self._decide(booked, products.of(booked.line))
                yield self._noted(line, choice)
            elif not booked.line:
                own, other = self._decide(booked, products.none)
                yield self._noted(own, other)
            elif tax := fixed.of(booked.charge, line.quantity):
                line.taxes |= tax
                line.price += tax.amount if tax.price_include else 0.0
            else:
                yield self._noted(_beside(line, booked, choice), choice)
        if rounding := float(self.parsed.rounding):
            none = self.env["account.tax"]
            account = self._usual_account(products.none)
            yield DraftLine(self.env._("Rounding"), rounding, account, none, is_imported=True)

    def _decide(self, booked, product):
        """Return a line with what was decided of it, and the choice of its taxes."""
        usual = self._usual_account(product)
        values, choice = self.plan.decide(booked, usual, has_product=bool(product))
        kept = {"is_imported": True, **values}
        account = self.env["account.account"].browse(kept.pop("account_id", usual.id))
        line = DraftLine(
            booked.label or False,
            float(booked.price),
            account,
            choice.taxes,
            net=float(booked.amount),
            quantity=float(booked.quantity),
            discount=float(booked.discount),
            **kept,
        )
        if booked.charge:
            line.kept["sequence"] = 0  # Odoo's own importer puts them first
        else:
            line.kept |= self._about(booked.line, product)
        return line, choice

    def _about(self, line, product):
        """Return what a line says beside its amounts."""
        values = {"product_id": product.id}
        if unit := self._units.of(line, product):
            values["product_uom_id"] = unit.id
        if line.period and "deferred_start_date" in self.env["account.move.line"]._fields:
            values["deferred_start_date"], values["deferred_end_date"] = line.period
        return values

    def _usual_account(self, product):
        """Return the account that Odoo gives a line where no bill of the past says another."""
        if not product:
            return self._account_of_partner
        template = product.with_company(self.company).product_tmpl_id
        accounts = template.get_product_accounts(fiscal_pos=self.fresh.fiscal_position_id)
        return accounts["income" if self.is_sale else "expense"] or self.journal.default_account_id

    @cached_property
    def _account_of_partner(self):
        accounts = self.env["account.account"]
        found = self.partner and accounts._get_most_frequent_account_for_partner(
            self.company.id, self.partner.id, self.entry["move_type"]
        )
        return accounts.browse(found) if found else self.journal.default_account_id

    @cached_property
    def fresh(self):
        """What Odoo proposes for an entry of this partner that has no lines; never written."""
        names = ("move_type", "journal_id", "partner_id")
        return self.env["account.move"].new({name: self.entry[name] for name in names})

    def _noted(self, line, choice):
        """Return a line of which it is kept what is asked and what it costs."""
        line.cost = choice.cost
        if choice.flag:
            self._asked[choice.flag, tuple(sorted(choice.facts.items()))].append(line)
        return line

    def raise_asked(self):
        """Flag what the lines need a person for: each question once."""
        for (code, found), lines in self._asked.items():
            facts = dict(found)
            if code == "foreign_vat":
                facts["vat"] = self.vat_at(facts["rate"])
            self.flag(code, lines=lines, **facts)

    def vat_at(self, rate):
        """Return the VAT of the file at a rate, as ``19%``."""
        at_rate = (tax for tax in self.parsed.taxes if f"{float(tax.percent or 0):g}%" == rate)
        return float(sum(tax.amount or 0 for tax in at_rate))

    def foreign_vat(self):
        """Return the VAT of other countries, which a person is asked about."""
        rates = [dict(facts)["rate"] for code, facts in self._asked if code == "foreign_vat"]
        return sum(map(self.vat_at, rates))

    # -------------------------------------------------------------------------
    # Ready
    # -------------------------------------------------------------------------

    def activate_taxes(self):
        """Activate taxes that the chart ships archived, and tell it."""
        taxes = self.env["account.tax"].union(*(line.taxes for line in self.lines))
        if activated := activate(taxes):
            names = ", ".join(activated.mapped("name"))
            self.flag("tax_activated", blocking=False, taxes=names)

    def tell_first(self):
        """Tell that a supplier has no past: everything is as Odoo proposes it."""
        if self.partner and not self.is_sale and not self.plan.memory.lines:
            self.flag("first_bill", blocking=False, supplier=self.partner.display_name)

    def has_private(self):
        """Return whether a part of a line is no cost of the company."""
        return any(line.kept.get("deductible_amount", 100) != 100 for line in self.lines)

    def is_whole(self):
        """Return whether its taxes are known before it is made.

        Not where Odoo itself adds items that these depend on: for a private part, a discount for
        early payment, or an analytic distribution that it finds.
        """
        terms = not self.parsed.due_date and self.fresh.invoice_payment_term_id
        models = self.env["account.analytic.distribution.model"].sudo()
        return not (
            self.has_private()
            or (terms and terms.early_discount)
            or models.search_count([], limit=1)
        )


def activate(taxes):
    """Activate taxes that are archived; that needs no right of the accountant.

    :param account.tax taxes: those of a bill.
    :return: those that were archived.
    """
    archived = taxes.filtered(lambda tax: not tax.active)
    if archived:
        archived.sudo().active = True
    return archived


def _beside(line, booked, choice):
    """Return a charge of a line, which is decided as the line is."""
    charge = booked.charge
    name = " ".join(filter(None, [charge.code, charge.reason])) or booked.label
    found = line.like(name, float(booked.amount), choice.taxes)
    found.kept |= {"sequence": 0, "is_imported": True}
    return found
