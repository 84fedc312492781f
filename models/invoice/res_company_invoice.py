from datetime import timedelta

from odoo import fields, models

from ..connection.codabox_feed import enterprise_digits


class ResCompany(models.Model):
    """How invoices of CodaBox are booked in a company, and by which numbers it is known."""

    _inherit = "res.company"

    codabox_purchase_journal_id = fields.Many2one(
        "account.journal",
        "Journal of purchase invoices",
        check_company=True,
        domain="[('type', '=', 'purchase')]",
        help="Empty: the first purchase journal.",
    )
    codabox_create_suppliers = fields.Boolean(
        "Create suppliers",
        default=True,
        help="A supplier that is not known yet is created when its invoice gives a name and a "
        "number. Off: such an invoice waits.",
    )

    def _codabox_purchase_journal(self):
        """Return the journal of purchase invoices, empty when there is none."""
        return self._codabox_journal_of("codabox_purchase_journal_id", "purchase")

    def _codabox_journal_of(self, name, kind):
        """Return the journal of a setting when it is in use, else the first of a type."""
        self.ensure_one()
        company = self.sudo()
        if company[name].active:
            return company[name]
        journals = company.env["account.journal"]
        return journals.search(
            [*journals._check_company_domain(company), ("type", "=", kind)], limit=1
        )

    def _codabox_own_numbers(self):
        """Return the enterprise numbers and the VAT numbers of this company and its branches.

        :rtype: tuple[set[str], set[str]]
        """
        self.ensure_one()
        family = self.sudo().search([("id", "child_of", self.root_id.id)]) | self.sudo()
        numbers, vats = set(), set()
        for company in family:
            vat = _plain(company.vat)
            numbers |= {enterprise_digits(company.company_registry)}
            numbers |= (
                {enterprise_digits(vat)} if vat[:2] in ("", "BE") or vat.isdecimal() else set()
            )
            vats.add(vat)
        abroad = self.env["account.fiscal.position"].sudo().search(
            [("company_id", "in", family.ids), ("foreign_vat", "!=", False)]
        )  # fmt: skip
        vats |= {_plain(position.foreign_vat) for position in abroad}
        return numbers - {""}, vats - {""}

    def _codabox_first_open_invoice_day(self, day, journal, has_tax):
        """Return the first day from ``day`` on that no lock closes to an invoice.

        :param datetime.date day: the day of the invoice.
        :param account.journal journal: where it is booked; it says which locks count.
        :param bool has_tax: whether it goes in the VAT return.
        :rtype: datetime.date
        """
        while locks := self._get_violated_lock_dates(day, has_tax, journal):
            day = max(lock for lock, _name in locks) + timedelta(days=1)
        return day


def _plain(vat):
    """Return a VAT number without blanks and signs, in capitals."""
    return "".join(char for char in vat or "" if char.isalnum()).upper()
