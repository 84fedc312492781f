from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools.misc import format_date

from ..matching.account_bank_statement_line_proposal import OPEN_ACCOUNTS

# The entry stays balanced by construction, and Odoo checks that; nothing in it is an invoice.
QUIET = {
    "force_delete": True,
    "skip_account_move_synchronization": True,
    "skip_invoice_sync": True,
    "skip_readonly_check": True,
    "tracking_disable": True,
}
BANK_JOURNALS = ("bank", "cash", "credit")


class AccountBankStatementLine(models.Model):
    """What is left of a bank line is booked on an account, by a person or by a rule.

    An item on that account takes the place of the suspense item, so that any other tool reads the
    result and Odoo's own ``action_undo_reconciliation`` takes it back. Tax is taken out of the
    amount: what is booked is always the amount of the line, to the cent.
    """

    _inherit = "account.bank.statement.line"

    def _codabox_book(self, counterpart):
        """Book what is left of each of these lines on an account.

        Lines with nothing left are left alone. Who may book was checked before.

        :param Counterpart counterpart: what the lines are.
        :raise UserError: when a period is closed, or a line may not be booked so; nothing is booked.
        """
        lines = self.filtered(lambda line: line._codabox_is_open())
        lines._codabox_check_period()
        for line in lines:
            line._codabox_check_counterpart(counterpart)
        for line in lines.sudo():
            line._codabox_book_one(counterpart)
            note = line.env._("Booked on %s", line._codabox_account_text(counterpart.account))
            line.move_id._message_log(body=note)

    def _codabox_book_one(self, counterpart):
        """Put an item on the account, and those of its taxes, in the place of the suspense item."""
        if counterpart.partner and not self.partner_id:
            self._codabox_take_partner(counterpart.partner)
        suspense = self._seek_for_lines()[1]
        values = {
            "account_id": counterpart.account.id,
            "partner_id": (counterpart.partner or suspense.partner_id).id,
            "name": counterpart.label or suspense.name,
            "currency_id": suspense.currency_id.id,
            "amount_currency": suspense.amount_currency,
            "balance": suspense.balance,
            "analytic_distribution": counterpart.analytic or False,
        }
        taxed, taxes = self._codabox_tax_values(suspense, counterpart)
        # Odoo lets nobody change the taxes of an item that is posted: it is made anew.
        items = [values | taxed, *taxes]
        commands = [Command.delete(suspense.id), *map(Command.create, items)]
        self.move_id.with_context(**QUIET).write({"line_ids": commands})

    def _codabox_tax_values(self, suspense, counterpart):
        """Return what taxes inside the amount make of the item, and the values of their items.

        :rtype: tuple[dict, list[dict]]
        """
        if not counterpart.taxes:
            return {}, []
        taxes = counterpart.taxes.sudo()
        company = self.company_id
        base = taxes._prepare_base_line_for_taxes_computation(
            {},
            tax_ids=taxes,
            price_unit=abs(suspense.amount_currency),
            quantity=1.0,
            currency_id=suspense.currency_id,
            rate=abs(suspense.amount_currency / suspense.balance) if suspense.balance else 1.0,
            sign=-1 if suspense.amount_currency < 0 else 1,
            special_mode="total_included",
            is_refund=(taxes[0].type_tax_use == "sale") == (suspense.amount_currency > 0),
            partner_id=counterpart.partner or suspense.partner_id,
            account_id=counterpart.account,
            analytic_distribution=counterpart.analytic,
        )
        taxes._add_tax_details_in_base_lines([base], company)
        taxes._round_base_lines_tax_details([base], company)
        # Money that moved owes its tax, also one that is owed when paid.
        taxes._add_accounting_data_in_base_lines_tax_details(
            [base], company, include_caba_tags=True
        )
        found = taxes._prepare_tax_lines([base], company)
        items = found["tax_lines_to_add"]
        [(_base, update)] = found["base_lines_to_update"]
        # The rest is the base: so both together are the amount of the line, whatever was rounded.
        values = {
            "tax_ids": [Command.set(taxes.ids)],
            "tax_tag_ids": update["tax_tag_ids"],
            "balance": suspense.balance - sum(item["balance"] for item in items),
            "amount_currency": suspense.amount_currency
            - sum(item["amount_currency"] for item in items),
        }
        return values, items

    # -------------------------------------------------------------------------
    # May it be booked so
    # -------------------------------------------------------------------------

    def _codabox_check_counterpart(self, counterpart):
        """Refuse what may not be booked on this line.

        :raise UserError: with a sentence that says why.
        """
        self._codabox_check_wages()
        self._codabox_check_account(counterpart.account)
        self._codabox_check_belongs(counterpart)
        if counterpart.taxes:
            self._codabox_check_tax_period()
        if counterpart.account.account_type in OPEN_ACCOUNTS and not (
            counterpart.partner or self.partner_id
        ):
            raise UserError(
                self.env._(
                    "%s is an account of customers or suppliers: choose the partner too.",
                    self._codabox_account_text(counterpart.account),
                )
            )

    def _codabox_check_wages(self):
        """Refuse wages to who does not read those of the company: he may not judge them.

        :raise AccessError: with a sentence that says so.
        """
        readers = self.env.user._codabox_wages_companies()
        if self._codabox_pays_wages() and self.company_id not in readers and not self.env.su:
            raise AccessError(
                self.env._(
                    "“%(line)s” pays wages. Match it with its payroll entry, or have it booked by "
                    "somebody who reads the payroll of %(company)s.",
                    line=self.payment_ref,
                    company=self.company_id.name,
                )
            )

    def _codabox_check_account(self, account):
        """Refuse an account that cannot be the other side of a bank line.

        :raise UserError: naming account and line.
        """
        account = account.sudo()
        here = account.company_ids & self.company_id.sudo().parent_ids
        own = self.journal_id.suspense_account_id | self._codabox_bank_accounts()
        is_odd = account.account_type == "off_balance" or not account.active
        if not here or is_odd or account in own:
            raise UserError(
                self.env._(
                    "“%(line)s” cannot be booked on %(account)s: it is of another company, archived, "
                    "or the account of a bank or cash journal. Money that went from one own account "
                    "to another is an internal transfer.",
                    line=self.payment_ref,
                    account=self._codabox_account_text(account),
                )
            )

    def _codabox_bank_accounts(self):
        """Return the ledger accounts of the bank and cash journals of the company."""
        journals = self.env["account.journal"].sudo()
        found = journals.search(
            [("company_id", "=", self.company_id.id), ("type", "in", BANK_JOURNALS)]
        )
        return found.default_account_id | self.journal_id.sudo().default_account_id

    def _codabox_check_belongs(self, counterpart):
        """Refuse partner, taxes and analytic accounts of another company.

        :raise UserError: with a sentence that says so.
        """
        ids = self.env["analytic.mixin"]._get_analytic_account_ids_from_distributions(
            counterpart.analytic
        )
        analytic = self.env["account.analytic.account"].browse(ids)
        if not self.env.su:
            analytic.check_access("read")
        reach = self.company_id.sudo().parent_ids
        used = [counterpart.partner, *(counterpart.taxes or ()), *analytic]
        companies = [record.sudo().company_id for record in used if record]
        if any(company and company not in reach for company in companies):
            text = self.env._("Choose only what belongs to the company that this is about.")
            raise UserError(text)

    def _codabox_check_period(self):
        # EXTENDS account_codabox: what is taxed is closed with the VAT return
        result = super()._codabox_check_period()
        for line in self:
            if line.sudo().move_id.line_ids.tax_ids:
                line._codabox_check_tax_period()
        return result

    def _codabox_check_tax_period(self):
        """Refuse to change the taxes of a period whose VAT return is closed.

        :raise UserError: naming the line and the day.
        """
        locks = self.company_id._get_lock_date_violations(
            self.date, fiscalyear=False, sale=False, purchase=False, tax=True, hard=False
        )
        if locks:
            raise UserError(
                self.env._(
                    "“%(line)s” of %(date)s is in a VAT period that is closed until %(lock)s. "
                    "Open the period first, or book it without tax.",
                    line=self.payment_ref,
                    date=format_date(self.env, self.date),
                    lock=format_date(self.env, max(locks)[0]),
                )
            )

    def _codabox_account_text(self, account):
        """Return number and name of an account in the company of this line."""
        account = account.sudo().with_company(self.company_id[:1])
        return " ".join(filter(None, [account.code, account.name]))
