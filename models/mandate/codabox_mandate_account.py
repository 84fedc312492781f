from odoo import api, fields, models

from odoo.addons.base.models.res_bank import sanitize_account_number

from ...codabox import grouped_iban
from ..common.own_company import own_companies


class CodaboxMandateAccount(models.Model):
    """One bank account of a mandate for bank statements."""

    _name = "codabox.mandate.account"
    _description = "CodaBox account of a mandate"
    _order = "mandate_id, iban"
    _rec_name = "iban_text"
    _rec_names_search = ["iban"]

    mandate_id = fields.Many2one(
        "codabox.mandate", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="mandate_id.company_id", store=True, index=True)
    client_company_id = fields.Many2one(
        related="mandate_id.client_company_id", store=True, index=True
    )
    iban = fields.Char("IBAN", required=True, readonly=True, index=True)
    iban_text = fields.Char("Account number", compute="_compute_iban_text")
    raw_state = fields.Char("State at CodaBox", readonly=True)
    state_text = fields.Char("State of the account", compute="_compute_state_text")
    last_document_date = fields.Date("Last document", readonly=True)
    partner_bank_id = fields.Many2one(
        "res.partner.bank",
        "Bank account",
        compute="_compute_partner_bank_id",
        help="The same account on the partner of this mandate.",
    )
    journal_id = fields.Many2one(
        "account.journal",
        "Bank journal",
        compute="_compute_journal_id",
        help="The journal of this account in the company of the client.",
    )

    _iban_unique = models.UniqueIndex("(mandate_id, iban)")

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [{**vals, "iban": sanitize_account_number(vals.get("iban"))} for vals in vals_list]
        )

    @api.depends("raw_state")
    def _compute_state_text(self):
        # CodaBox does not publish its words for accounts: they are shown as they are, readable.
        for account in self:
            words = (account.raw_state or "").replace("-", " ").replace("_", " ")
            account.state_text = words.capitalize()

    def _keep_later_date(self, day):
        """Store the date of the last document, when it is a later one."""
        if day and (not self.last_document_date or self.last_document_date < day):
            self.last_document_date = day

    @api.depends("iban")
    def _compute_iban_text(self):
        for account in self:
            account.iban_text = grouped_iban(account.iban)

    @api.depends("iban", "mandate_id.partner_id.bank_ids.sanitized_acc_number")
    def _compute_partner_bank_id(self):
        for account in self:
            account.partner_bank_id = account.mandate_id.partner_id.bank_ids.filtered(
                lambda b, account=account: b.sanitized_acc_number == account.iban
            )[:1]

    @api.depends("iban", "client_company_id")
    @api.depends_context("uid")
    def _compute_journal_id(self):
        # A journal of a company that is not the user's stays hidden.
        journals = self.env["account.journal"].sudo().search(
            [
                ("company_id", "parent_of", own_companies(self.env, self.client_company_id)),
                ("bank_account_id.sanitized_acc_number", "in", self.mapped("iban")),
            ]
        )  # fmt: skip
        found = {}
        for journal in journals:
            number = journal.bank_account_id.sanitized_acc_number
            found.setdefault((journal.company_id, number), journal.sudo(False))
        for account in self:
            # A branch has the journals of its parents, its own ones first.
            family = reversed(account.client_company_id.sudo().parent_ids)
            keys = ((company, account.iban) for company in family)
            account.journal_id = next(filter(None, map(found.get, keys)), False)
