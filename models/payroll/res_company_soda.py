from odoo import fields, models

# Where Belgian charts keep their suspense account.
SUSPENSE_PREFIX = "499"


class ResCompany(models.Model):
    """How the payroll of a company is booked."""

    _inherit = "res.company"

    codabox_soda_journal_id = fields.Many2one(
        "account.journal",
        "Payroll journal",
        check_company=True,
        domain="[('type', '=', 'general')]",
        help="Empty: made with the first payroll.",
    )
    codabox_soda_suspense_account_id = fields.Many2one(
        "account.account",
        "Payroll suspense account",
        check_company=True,
        help="Takes what has no account yet, and what a file is out of balance.",
    )
    codabox_soda_date = fields.Selection(
        [
            ("period_end", "Last day of the month"),
            ("generated", "Day on which the social secretariat made the file"),
        ],
        "Date of payroll entries",
        default="period_end",
        required=True,
    )
    codabox_soda_detail = fields.Selection(
        [("totals", "One total per account"), ("lines", "Each line of the file")],
        "Payroll lines",
        default="totals",
        required=True,
        help="Each line of the file may show who earns what to everybody who reads the entries.",
    )

    codabox_soda_post = fields.Boolean(
        "Post payroll",
        help="Posts a payroll entry by itself when every code has an account and nothing is in "
        "doubt. Otherwise it stays a draft.",
    )

    def _codabox_payroll_journal(self):
        """Return the payroll journal of this company, made when there is none.

        A branch has that of its parent.

        :raise psycopg2.OperationalError: when another transaction made it meanwhile; a new one
            finds it.
        """
        self.ensure_one()
        company = self.sudo()
        if inherited := (company.parent_ids - company).codabox_soda_journal_id[-1:]:
            return company.codabox_soda_journal_id or inherited
        if not company.codabox_soda_journal_id:
            # Of two that make it at the same moment, the second waits here and begins anew.
            self.env.cr.execute(
                "SELECT FROM res_company WHERE id = %s FOR NO KEY UPDATE", [self.id]
            )
            company.codabox_soda_journal_id = company.env["account.journal"].create(
                company._codabox_prepare_payroll_journal()
            )
        return company.codabox_soda_journal_id

    def _codabox_prepare_payroll_journal(self):
        """Return the values of a new payroll journal, in the language of the company.

        :rtype: dict
        """
        journals = self.env["account.journal"].with_context(active_test=False)
        taken = set(journals.search([("company_id", "=", self.id)]).mapped("code"))
        codes = ["SODA", *(f"SOD{number}" for number in range(1, 100))]
        speaker = self.with_context(lang=self.partner_id.lang)
        return {
            "name": speaker.env._("Payroll"),
            "code": next(code for code in codes if code not in taken),
            "type": "general",
            "company_id": self.id,
        }

    def _codabox_payroll_suspense(self):
        """Return the suspense account of payroll, empty when the company has none.

        Where nobody chose one: 499 of the Belgian charts, else the one of its banks.
        """
        self.ensure_one()
        company = self.sudo().with_company(self)
        if not company.codabox_soda_suspense_account_id:
            found = company.env["account.account"].search(
                [
                    ("code", "=like", f"{SUSPENSE_PREFIX}%"),
                    ("company_ids", "parent_of", company.id),
                ],
                order="code",
                limit=1,
            )
            company.codabox_soda_suspense_account_id = (
                found or company.account_journal_suspense_account_id
            )
        return company.codabox_soda_suspense_account_id
