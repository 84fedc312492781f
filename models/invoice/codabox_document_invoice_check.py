from odoo import fields, models


class CodaboxDocument(models.Model):
    """What keeps an invoice out of the books: it is for another, or cannot be booked as it is."""

    _inherit = "codabox.document"

    addressee_accepted = fields.Boolean(
        "For this company",
        readonly=True,
        help="A person said that it is for this company, whatever stands in it.",
    )
    invoice_journal_id = fields.Many2one(
        "account.journal",
        "Journal chosen",
        readonly=True,
        index="btree_not_null",
        help="The journal that a person chose for this document.",
    )

    def _find_wrong_addressee(self, parsed):
        """Return the facts of an invoice that is not for this company, or does not say for whom.

        The number decides, never the name. A branch counts as its company.

        :param Invoice parsed: what the file says.
        :return: facts with a ``code``, else ``None``.
        """
        company = self.company_id
        if self.addressee_accepted:
            return None
        party = self._invoice_self(parsed)
        numbers, vats = company._codabox_own_numbers()
        if party.enterprise in numbers or (not party.enterprise and party.vat in vats):
            return None
        if party.enterprise or party.vat:
            return {
                "code": "foreign_enterprise",
                "found": party.enterprise or party.vat,
                "company": company.name,
                "expected": company._codabox_enterprise_number(),
            }
        return {"code": "no_addressee", "name": party.name, "company": company.name}

    def _find_unusable(self, parsed):
        """Return the facts of what the company lacks to book this invoice.

        :param Invoice parsed: what the file says.
        :return: facts with a ``code``, else ``None``.
        """
        company = self.company_id
        problem = self._find_unusable_journal()
        if problem:
            return problem
        if parsed.currency == company.currency_id.name:
            return None
        currency = self.env["res.currency"].search([("name", "=", parsed.currency)])
        if not currency:
            return {"code": "invoice_currency", "currency": parsed.currency}
        rates = self.env["res.currency.rate"].search_count(
            [
                ("currency_id", "in", (currency + company.currency_id).ids),
                ("company_id", "in", (False, company.root_id.id)),
            ],
            limit=1,
        )
        return None if rates else {"code": "invoice_no_rate", "currency": parsed.currency}

    def _find_unusable_journal(self):
        """Return the facts of a journal that is missing or not ready, else ``None``."""
        journal = self._invoice_journal()
        if not journal:
            return {"code": "no_invoice_journal", "company": self.company_id.name}
        if not journal.default_account_id:
            return {"code": "invoice_journal_account", "journal": journal.display_name}
        return None
