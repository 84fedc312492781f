from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import formatLang

from ..common.own_company import in_own_company, opens_in_own_company
from .account_journal_codabox_check import NO_CODA

EQUITY = ("equity", "equity_unaffected")


class AccountMove(models.Model):
    _inherit = "account.move"

    codabox_opening_journal_id = fields.Many2one(
        "account.journal",
        "Opening balance of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The bank journal whose opening balance this stands for until the opening entry comes.",
    )


class AccountJournal(models.Model):
    """What a bank account held before its first statement, and who puts it in the books.

    Nearly always the opening entry of the year does, weeks later: until then nothing is wrong. Who
    cannot wait makes a draft against the suspense account; a second one later is warned about.
    """

    _inherit = "account.journal"

    def _codabox_opening_waits(self, first):
        """Return whether nothing but the opening entry is missing at the start of this journal.

        :param codabox.statement first: the first statement of this journal.
        :rtype: bool
        """
        currency = self.currency_id or self.company_id.currency_id
        return bool(
            not currency.is_zero(first.opening_balance)
            and not self._codabox_opening_items(first)
            and not self._codabox_company_opening(first)
        )

    def _codabox_opening_items(self, first):
        """Return an item on the account before its first statement, beside a draft of ours."""
        day = first.opening_date or first.closing_date
        return self._codabox_ledger(
            [
                *self._codabox_items_domain(),
                *NO_CODA,
                ("date", "<=", day),
                ("move_id.codabox_opening_journal_id", "!=", self.id),
            ],
            limit=1,
        )

    def _codabox_company_opening(self, first):
        """Return an item of the opening entry of the company: posted, on equity, of that time."""
        company = self.company_id
        opening = company.sudo().account_opening_move_id
        if opening.state == "posted":
            return opening.line_ids[:1]
        return self._codabox_ledger(
            [
                ("company_id", "=", company.id),
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "in", EQUITY),
                ("journal_id.type", "=", "general"),
                ("date", "<=", first.opening_date or first.closing_date),
            ],
            limit=1,
        )

    def _codabox_ledger(self, domain, **options):
        # As the card, it says what the ledger says to whoever keeps these books.
        return self.env["account.move.line"].sudo().search(domain, **options)

    def _codabox_opening_drafts(self):
        """Return the entries that stand for the opening balance of this journal."""
        return (
            self.env["account.move"]
            .sudo()
            .search([("codabox_opening_journal_id", "=", self.id), ("state", "!=", "cancel")])
        )

    def _codabox_opening_card(self, first, difference):
        """Return the line of the card about the opening balance, nothing where there is none to say.

        :param codabox.statement first: the first statement of this journal.
        :param float difference: between bank and ledger behind the last one.
        :rtype: dict
        """
        if text := self._codabox_opening_twice(first):
            return {"agrees": False, "text": text}
        currency = self.currency_id or self.company_id.currency_id
        is_opening = currency.compare_amounts(difference, first.opening_balance) == 0
        if not is_opening or not self._codabox_opening_waits(first):
            return {}
        amount = formatLang(self.env, first.opening_balance, currency_obj=currency)
        text = self.env._("Opening balance %(amount)s comes with the opening entry", amount=amount)
        return {"agrees": False, "waits": True, "text": text}

    def _codabox_opening_twice(self, first):
        """Return a warning where an opening entry came beside the entry that stands for it."""
        ours = self._codabox_opening_drafts()
        if not ours:
            return ""
        others = self._codabox_opening_items(first) or self._codabox_company_opening(first)
        if not others:
            return ""
        facts = {"ours": ours[0].display_name, "other": others[0].move_id.display_name}
        if ours[0].state == "posted":
            return self.env._(
                "The opening balance is in the books twice: %(ours)s and %(other)s.", **facts
            )
        return self.env._(
            "%(ours)s is not needed any more: %(other)s is the opening entry. Delete it.", **facts
        )

    # -------------------------------------------------------------------------
    # Draft
    # -------------------------------------------------------------------------

    @opens_in_own_company
    def _codabox_draft_opening(self, first):
        """Make a draft of the opening balance against the suspense account, and open it.

        :param codabox.statement first: the first statement of this journal.
        :raise UserError: when the opening balance is in the books, or there is no journal for it.
        """
        self.ensure_one()
        drafts = self._codabox_opening_drafts()
        if not drafts and not self._codabox_opening_waits(first):
            raise UserError(
                self.env._("There is an opening entry: the opening balance belongs there.")
            )
        journal = in_own_company(self)
        move = drafts[:1].sudo(False) or journal._codabox_make_opening(first)
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": move.id,
            "view_mode": "form",
        }

    def _codabox_make_opening(self, first):
        """Return a new draft of the opening balance."""
        general = self.search(
            [("type", "=", "general"), ("company_id", "=", self.company_id.id)], limit=1
        )
        suspense = self.suspense_account_id or self.company_id.account_journal_suspense_account_id
        if not general or not suspense:
            raise UserError(
                self.env._("The company has no journal for entries, or no suspense account.")
            )
        day = first.opening_date or first.closing_date
        company, currency = self.company_id, self.currency_id or self.company_id.currency_id
        balance = currency._convert(first.opening_balance, company.currency_id, company, day)
        sides = ((self.default_account_id, 1), (suspense, -1))
        lines = [
            Command.create(
                {
                    "account_id": account.id,
                    "currency_id": currency.id,
                    "amount_currency": sign * first.opening_balance,
                    "balance": sign * balance,
                }
            )
            for account, sign in sides
        ]
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": general.id,
                "date": day,
                "ref": self.env._("Opening balance of %(journal)s", journal=self.name),
                "line_ids": lines,
            }
        )
        move.sudo().codabox_opening_journal_id = self
        return move
