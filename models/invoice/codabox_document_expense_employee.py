from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from ..common.own_company import opens_in_own_company

# The model of the app Expenses, which is no dependency.
EXPENSE = "hr.expense"


class CodaboxDocument(models.Model):
    """Expense notes of an employee who is recognised, where the app Expenses is installed.

    By his work e-mail address in the file or in what CodaBox says of it; a name never tells.
    """

    _inherit = "codabox.document"

    expense_model = fields.Char(readonly=True, default=EXPENSE)
    expense_id = fields.Many2oneReference(
        model_field="expense_model", readonly=True, index="btree_not_null"
    )

    # -------------------------------------------------------------------------
    # Employee
    # -------------------------------------------------------------------------

    def _expense_employee(self, parsed):
        """Return the employee of an expense note; ``None`` when it is to be a receipt.

        :param Invoice parsed: what the file says, ``None`` when it is not read.
        """
        company = self.company_id
        wanted = self._is_expense() and company.codabox_expense_target == "expense"
        if not wanted or EXPENSE not in self.env:
            return None
        told = [value for value in (self.sudo().metadata or {}).values() if isinstance(value, str)]
        if parsed:
            told += [parsed.customer.email, parsed.supplier.email]
        emails = {email_normalize(text) for text in told if "@" in text} - {False}
        found = (
            self.env["hr.employee"]
            .sudo()
            .search(
                Domain("company_id", "=", company.id)
                & Domain.OR(Domain("work_email", "=ilike", email) for email in emails)
            )
            .filtered(lambda e: email_normalize(e.work_email) in emails)
        )
        return found if len(found) == 1 else None

    # -------------------------------------------------------------------------
    # Booked
    # -------------------------------------------------------------------------

    def _book_invoice(self, parsed, partner):
        # EXTENDS account_codabox
        employee = self._expense_employee(parsed)
        if not employee:
            return super()._book_invoice(parsed, partner)
        return self._book_expense(employee, self._prepare_expense(employee, parsed, partner))

    def _import_invoice_pdf(self):
        # EXTENDS account_codabox
        employee = self._expense_employee(None)
        if not employee:
            return super()._import_invoice_pdf()
        return self._book_expense(employee, self._prepare_expense(employee))

    def _prepare_expense(self, employee, parsed=None, partner=None):
        """Return the values of an expense, as far as they are known.

        :param hr.employee employee: whose it is.
        :param Invoice parsed: what the file says, if it is read.
        :param res.partner partner: the shop, if it is known.
        :rtype: dict
        """
        values = {
            "name": self.name,
            "employee_id": employee.id,
            "company_id": self.company_id.id,
            "payment_mode": "own_account",
            "date": self.document_date or fields.Date.context_today(self),
        }
        if parsed:
            currency = self.env["res.currency"].search([("name", "=", parsed.currency)])
            total = parsed.total + parsed.rounding
            values |= {
                "currency_id": currency.id,
                "total_amount_currency": float(-total if parsed.is_credit else total),
                "vendor_id": partner and partner.id,
            }
        return values

    def _book_expense(self, employee, values):
        """Make the expense, unless the same one is there, and put the files on it."""
        expenses = self.env[EXPENSE].sudo().with_company(self.company_id)
        same = ("employee_id", "date", "name", "total_amount_currency")
        known = "total_amount_currency" in values and expenses.search(
            [(name, "=", values[name]) for name in same], limit=1
        )
        if known and not self.is_another_invoice:
            self.expense_id = known.id
            return self._set_state("duplicate", "expense_exists", employee=employee.name)
        self.expense_id = expenses.create(values).id
        self._set_state("imported")
        return self._attach_invoice_files()

    def _attach_invoice_files(self, parsed=None):
        # EXTENDS account_codabox
        result = super()._attach_invoice_files(parsed)
        for document in self.filtered("expense_id"):
            expense = document._expense()
            attached = expense.attachment_ids
            # One that came otherwise gets files only where it has none.
            if expense and not (attached and document.state == "duplicate"):
                document._attach_files_on(expense, parsed, attached)
        return result

    def _expense(self):
        """Return the expense that this became, empty when it is gone."""
        self.ensure_one()
        return self.env[EXPENSE].sudo().browse(self.expense_id or []).exists()

    # -------------------------------------------------------------------------
    # Undo, open
    # -------------------------------------------------------------------------

    def _compute_valid_actions(self):
        # EXTENDS account_codabox
        result = super()._compute_valid_actions()
        for document in self.filtered(lambda d: d.state == "imported" and d.expense_id):
            document.can_undo = True
        return result

    def _remove_invoice(self):
        # EXTENDS account_codabox
        for document in self.filtered("expense_id"):
            expense = document._expense()
            if expense and expense.state != "draft":
                raise UserError(
                    self.env._(
                        "%(expense)s is not a draft any more, so the import is not undone. Reset "
                        "it to draft first.",
                        expense=expense.display_name,
                    )
                )
            expense.unlink()
        return super()._remove_invoice()

    def _forget_results(self, code):
        # EXTENDS account_codabox
        self.expense_id = False
        return super()._forget_results(code)

    @opens_in_own_company
    def action_open_expense(self):
        """Open the expense that this document became."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": EXPENSE,
            "res_id": self.expense_id,
            "view_mode": "form",
        }


class CodaboxFeed(models.Model):
    _inherit = "codabox.feed"

    def _end_run(self, run):
        # EXTENDS account_codabox
        self._forget_deleted_expenses()
        return super()._end_run(run)

    def _forget_deleted_expenses(self):
        """Documents whose expense a person deleted wait for a decision.

        Seen in the next run only: the app Expenses, which is no dependency, tells us nothing.
        """
        if EXPENSE not in self.env:
            return
        documents = self.env["codabox.document"].search(
            [
                ("feed_id", "in", self.ids),
                ("expense_id", "!=", False),
                ("state", "=", "imported"),
            ]
        )
        there = set(self.env[EXPENSE].sudo().browse(documents.mapped("expense_id")).exists().ids)
        gone = documents.filtered(lambda d: d.expense_id not in there)
        gone._forget_results("expense_deleted")
