from collections import defaultdict
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...codabox import Tax
from .codabox_bill_plan import VAT_COUNTRIES
from .codabox_vat_cost import cost_name, shares

FOREIGN = "foreign_vat"
# Belgian charts: foreign taxes to be recovered.
ACCOUNT = "4128"


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    codabox_vat_country_id = fields.Many2one(
        "res.country",
        "VAT of",
        index="btree_not_null",
        help="The country of which this is VAT, to be asked back there.",
    )


class AccountMove(models.Model):
    """VAT of another country: to be recovered there, or a part of the cost. Decided once a supplier.

    No box of the VAT return has it, and the bill is worth what its file says.
    """

    _inherit = "account.move"

    codabox_has_foreign_vat = fields.Boolean(
        compute="_compute_codabox_flag_text", compute_sudo=True, export_string_translation=False
    )

    def _compute_codabox_flag_text(self):
        # EXTENDS account_codabox
        result = super()._compute_codabox_flag_text()
        for move in self:
            asked = move.codabox_flags and move.state == "draft"
            move.codabox_has_foreign_vat = bool(asked and move._codabox_foreign_flags())
        return result

    def _codabox_foreign_flags(self):
        """Return the open flags about VAT of another country, one for each rate."""
        return [flag for flag in self._codabox_open_flags() if flag["code"] == FOREIGN]

    # -------------------------------------------------------------------------
    # Answered
    # -------------------------------------------------------------------------

    def action_codabox_vat_recover(self):
        """The VAT of another country is to be recovered there; so is the next of this supplier."""
        self._codabox_answer_foreign("foreign_recover")

    def action_codabox_vat_cost(self):
        """The VAT of another country is a part of the cost; so is the next of this supplier."""
        self._codabox_answer_foreign("foreign_cost")

    def _codabox_answer_foreign(self, answer):
        """Book the VAT as a person says, tell it, and remember it for this supplier.

        :param str answer: ``foreign_recover`` or ``foreign_cost``.
        :raise UserError: when there is no account for what is to be recovered.
        """
        self.ensure_one()
        self.check_access("write")
        if self.state == "draft" and self._codabox_foreign_flags():
            self._codabox_book_foreign(answer)
            answers = self.env["codabox.sender.answer"]
            words = dict(answers._fields["answer"]._description_selection(self.env))
            self.message_post(body=words[answer])
            self._codabox_remembered_foreign().unlink()
            supplier = self.commercial_partner_id
            answers._remember(
                self.company_id,
                answer,
                str(supplier.id or ""),
                sender=supplier.display_name,
                partner_id=supplier.id,
            )

    def _codabox_book_foreign(self, answer):
        """Book the VAT of other countries on lines of their own, and close the questions."""
        flags, commands = self._codabox_foreign_flags(), []
        for flag in flags:
            if answer == "foreign_cost":
                commands += self._codabox_foreign_cost(flag)
            else:
                commands.append(self._codabox_foreign_recover(flag))
        self._codabox_close(flags)
        self._codabox_quietly().write({"invoice_line_ids": commands})

    def _codabox_foreign_cost(self, flag):
        parts = defaultdict(float)
        for line in self._codabox_flag_lines(flag):
            parts[line.account_id.id] += line.price_subtotal
        percent = Decimal(flag["facts"]["rate"].rstrip("%"))
        amount = Decimal(f"{self._codabox_foreign_amount(flag):.2f}")
        tax = Tax("S", percent=percent, amount=amount)
        for account, part in shares(self.currency_id, tax, parts):
            yield Command.create(
                {
                    "name": cost_name(self.env, tax),
                    "quantity": 1.0,
                    "price_unit": part,
                    "account_id": account,
                    "tax_ids": [],
                }
            )

    def _codabox_foreign_recover(self, flag):
        country = self._codabox_foreign_country()
        return Command.create(
            {
                "name": self.env._(
                    "VAT %(rate)s of %(country)s, to recover",
                    rate=flag["facts"]["rate"],
                    country=country.name or "",
                ),
                "quantity": 1.0,
                "price_unit": self._codabox_foreign_amount(flag),
                "account_id": self._codabox_foreign_account().id,
                "tax_ids": [Command.clear()],
                "codabox_vat_country_id": country.id,
            }
        )

    def _codabox_foreign_amount(self, flag):
        """Return the VAT of a flag; one of an earlier version has it only in the total."""
        if "vat" in flag["facts"]:
            return flag["facts"]["vat"]
        totals = (f for f in self.sudo().codabox_flags if f["code"] == "totals_differ")
        return next((f["facts"]["total"] - self.amount_total for f in totals), 0.0)

    def _codabox_foreign_account(self):
        """Return the account of what is to be recovered abroad.

        :raise UserError: when the company has none.
        """
        account = self.company_id.codabox_foreign_vat_account_id
        accounts = self.env["account.account"].with_company(self.company_id)
        account = account or accounts.search(
            [
                *accounts._check_company_domain(self.company_id),
                ("code", "=like", f"{ACCOUNT}%"),
            ],
            limit=1,
        )
        if not account:
            raise UserError(
                self.env._(
                    "Choose the account of foreign VAT to recover under Accounting > "
                    "Configuration > Settings > CodaBox first."
                )
            )
        return account

    def _codabox_foreign_country(self):
        """Return the country whose VAT this supplier charges."""
        supplier = self.commercial_partner_id
        code = (supplier.vat or "")[:2].upper()
        code = VAT_COUNTRIES.get(code, code)
        country = self.env["res.country"].search([("code", "=", code)]) if code.isalpha() else None
        return country or supplier.country_id

    # -------------------------------------------------------------------------
    # Followed
    # -------------------------------------------------------------------------

    def _codabox_remembered_foreign(self):
        """Return what is remembered of the foreign VAT of this supplier, empty without it."""
        answers, key = self.env["codabox.sender.answer"], str(self.commercial_partner_id.id or "")
        return answers._find(self.company_id, "foreign_recover", key) | answers._find(
            self.company_id, "foreign_cost", key
        )

    def _codabox_follow_foreign(self):
        """Book the VAT as was decided for this supplier before, and tell it."""
        found = self._codabox_foreign_flags() and self._codabox_remembered_foreign()[:1]
        if found:
            try:
                self._codabox_book_foreign(found.answer)
            except UserError:
                return  # the account is gone: a person is asked
            self._codabox_flag(f"followed_{found.answer}", blocking=False, **found._facts())


class ResCompany(models.Model):
    _inherit = "res.company"

    codabox_foreign_vat_account_id = fields.Many2one(
        "account.account",
        "Account of foreign VAT to recover",
        check_company=True,
        help="Empty: the account 4128 of the chart.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    codabox_foreign_vat_account_id = fields.Many2one(
        related="company_id.codabox_foreign_vat_account_id", readonly=False, check_company=True
    )
