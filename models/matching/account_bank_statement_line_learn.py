from collections import defaultdict

from odoo import fields, models

from ...codabox import clean_iban, grouped_iban, iban_problem, words_of

# What a bank writes around a name, and a partner may lack.
NO_NAME = words_of(
    "asbl bvba cvba comm dhr dame gmbh heer ltd madame maison mevr mevrouw mlle mme monsieur",
    "sarl sca scrl sprl srl vof vzw",
)


class AccountBankStatementLine(models.Model):
    """Whose account a payment came from, learned when it is matched with what it pays.

    Of money in only, where the name at the bank is that of the partner, and the account is nobody's
    and never paid for another. It then tells the partner of the next payment; it is never trusted
    for paying out, and bills that ask to be paid on it warn as for a new one.
    """

    _inherit = "account.bank.statement.line"

    # Asked for each line that is matched, of all years.
    _codabox_account_number_idx = models.Index("(account_number) WHERE account_number IS NOT NULL")

    def _codabox_pay(self, payments):
        # EXTENDS account_codabox
        result = super()._codabox_pay(payments)
        self.browse([line.id for line in payments]).sudo()._codabox_learn_accounts()
        return result

    def action_undo_reconciliation(self):
        # EXTENDS account
        result = super().action_undo_reconciliation()
        self._codabox_unlearn()
        return result

    def unlink(self):
        # EXTENDS account
        self._codabox_unlearn()
        return super().unlink()

    # -------------------------------------------------------------------------
    # Learned
    # -------------------------------------------------------------------------

    def _codabox_learn_accounts(self):
        """Keep the accounts from which these lines were paid, of those that are sure."""
        sure = self.filtered(
            lambda line: line._codabox_pays_for_one() and line._codabox_is_name_of_partner()
        )
        (self - sure)._codabox_unlearn()
        by_number = sure.grouped(lambda line: clean_iban(line.account_number or ""))
        by_number = {number: lines for number, lines in by_number.items() if _is_iban(number)}
        known = self._codabox_known_numbers(by_number)
        payers = self._codabox_payers(by_number)
        for number, lines in by_number.items():
            payer = lines.partner_id.commercial_partner_id
            if number not in known and payers[number] == payer and len(payer) == 1:
                lines[0]._codabox_learn_account(number, payer)

    def _codabox_pays_for_one(self):
        """Return whether this is money in that paid for its own partner and for nobody else."""
        paid = self.codabox_matched_ids.partner_id.commercial_partner_id
        return self.amount > 0 and bool(paid) and paid == self.partner_id.commercial_partner_id

    def _codabox_is_name_of_partner(self):
        """Return whether the name at the bank is the partner's: the same words, in any order."""
        payer = words_of(self.partner_name or "") - NO_NAME
        partners = self.partner_id | self.partner_id.commercial_partner_id
        return bool(payer) and payer in [words_of(p.name or "") - NO_NAME for p in partners]

    def _codabox_known_numbers(self, numbers):
        """Return those of these account numbers that are somebody's, archived or not."""
        accounts = self.env["res.partner.bank"].sudo().with_context(active_test=False)
        found = accounts.search([("sanitized_acc_number", "in", list(numbers))])
        return set((found - found._codabox_forgotten()).mapped("sanitized_acc_number"))

    def _codabox_payers(self, numbers):
        """Return account number -> the partners whose payments came from it, in any company."""
        spellings = {text: n for n in numbers for text in (n, grouped_iban(n))}
        payers = defaultdict(self.env["res.partner"].browse)
        for text, partner in self.sudo()._read_group(
            [("account_number", "in", list(spellings)), ("partner_id", "!=", False)],
            ["account_number", "partner_id"],
        ):
            payers[spellings[text]] |= partner.commercial_partner_id
        return payers

    def _codabox_learn_account(self, number, payer):
        """Keep one account of a partner, not confirmed and not trusted."""
        accounts = self.env["res.partner.bank"].sudo().with_context(active_test=False)
        values = {
            "active": True,
            "allow_out_payment": False,
            "codabox_is_new": True,
            "codabox_is_learned": True,
            "codabox_learned_line_id": self.id,
        }
        before = payer.sudo().with_context(active_test=False).bank_ids._codabox_forgotten()
        if account := before.filtered(lambda a: a.sanitized_acc_number == number):
            account.write(values)
        else:
            accounts.create({"acc_number": number, "partner_id": payer.id, **values})
        self.move_id._message_log(
            body=self.env._(
                "Account %(account)s is known as that of %(partner)s from now on.",
                account=grouped_iban(number),
                partner=payer.display_name,
            )
        )

    # -------------------------------------------------------------------------
    # Taken back
    # -------------------------------------------------------------------------

    def _codabox_unlearn(self):
        """Forget the accounts that these lines taught, unless another match or a person says the same."""
        accounts = self.env["res.partner.bank"].sudo().with_context(active_test=False)
        for account in accounts.search([("codabox_learned_line_id", "in", self.ids)]):
            other = self._codabox_other_teacher(account)
            if other or account.allow_out_payment or not account.codabox_is_new:
                account.codabox_learned_line_id = other
            elif account.active:  # one that a person archived stays his
                account._codabox_forget()

    def _codabox_other_teacher(self, account):
        """Return another matched line of the same account and partner, empty without one."""
        number = account.sanitized_acc_number
        lines = self.sudo().search(
            [
                ("id", "not in", self.ids),
                ("account_number", "in", (number, grouped_iban(number))),
                ("partner_id", "child_of", account.partner_id.id),
                ("is_reconciled", "=", True),
                ("amount", ">", 0),
            ]
        )
        return lines.filtered(lambda line: line._codabox_pays_for_one())[:1]


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    codabox_learned_line_id = fields.Many2one(
        "account.bank.statement.line",
        "Learned from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The payment that taught this account. It goes when the match is undone.",
    )

    codabox_is_learned = fields.Boolean(
        "Learned from a payment", readonly=True, copy=False, export_string_translation=False
    )

    def _codabox_forget(self):
        """Archive these accounts, as Odoo does where one is deleted; a match may teach them again."""
        self.write({"active": False, "codabox_learned_line_id": False})

    def _codabox_forgotten(self):
        """Return those of these accounts that were taken back with their match."""
        return self.filtered(
            lambda a: a.codabox_is_learned and not a.active and not a.codabox_learned_line_id
        )


def _is_iban(number):
    return bool(number) and iban_problem(number) != "invalid"
