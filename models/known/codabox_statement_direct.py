from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang

from ...codabox import NEAR_DAYS, Payment, pair_payments
from ...reasons import explain
from ..common.own_company import in_own_company, opens_in_own_company

# Entries that a sentence names; the button shows all.
NAMED = 5


class CodaboxStatement(models.Model):
    """Entries typed directly on the bank account: shown beside the statement, never changed.

    They are no bank lines, so they cannot become a part of the statement, and a statement is
    booked complete whatever else stands on the account. It is therefore booked with a notice
    that stays until whoever typed the entry reverses it or resets it to draft.
    """

    _inherit = "codabox.statement"

    # Whether an entry typed directly on the bank account has the amount of a movement.
    typed_on_account = fields.Boolean(compute="_compute_notice", export_string_translation=False)

    @api.depends_context("lang")
    def _compute_notice(self):
        result = super()._compute_notice()
        for statement in self:
            own = in_own_company(statement)
            items = own._direct_items(own._booked_payments())
            statement.typed_on_account = bool(items)
            if items:
                notices = [statement.notice, own._direct_notice(items)]
                statement.notice = "\n".join(filter(None, notices))
        return result

    def _booked_payments(self):
        """Return the bank lines of this statement as what tells which payments they are."""
        return [
            Payment(
                ref=line.id,
                amount=self._exact(line.amount),
                days=frozenset([line.codabox_bank_date or line.date]),
            )
            for line in self.bank_statement_id.line_ids
        ]

    def _direct_items(self, payments):
        """Return the items typed on the bank account that may be the same as these payments.

        Of the same amount, at most some days apart; what was reversed does not count. One query
        for a statement.

        :param payments: the ``Payment`` of each movement.
        :rtype: account.move.line
        """
        payments = list(payments)
        items = self.env["account.move.line"]
        days = [day for payment in payments for day in payment.days]
        if not days or not self.journal_id.default_account_id:
            return items
        amount = "amount_currency" if self.journal_id.currency_id else "balance"
        items = items.search(
            [
                *self.journal_id._codabox_items_domain(),
                ("statement_line_id", "=", False),
                ("date", ">=", min(days) - timedelta(days=NEAR_DAYS)),
                ("date", "<=", max(days) + timedelta(days=NEAR_DAYS)),
                (amount, "in", list({float(payment.amount) for payment in payments})),
                ("move_id.reversed_entry_id", "=", False),
                ("move_id.reversal_move_ids", "not any", [("state", "=", "posted")]),
            ]
        )
        pairs = pair_payments(
            payments,
            [
                Payment(ref=i.id, amount=self._exact(i[amount]), days=frozenset([i.date]))
                for i in items
            ],
            near_is_enough=True,
        )
        return items.browse(known.ref for _new, known in pairs)

    def _direct_notice(self, items):
        """Say which entries were typed directly on the bank account, and what to do."""
        currency = self._account_currency()
        amount = "amount_currency" if self.journal_id.currency_id else "balance"
        names = [
            self.env._(
                "%(entry)s (%(amount)s on %(date)s)",
                entry=item.move_id.name,
                amount=formatLang(self.env, item[amount], currency_obj=currency),
                date=format_date(self.env, item.date),
            )
            for item in items[:NAMED]
        ]
        names += ["…"] if len(items) > NAMED else []
        facts = {
            "account": self.journal_id.default_account_id.display_name,
            "entries": ", ".join(names),
        }
        return explain(self.env, "typed_on_account", facts)

    @opens_in_own_company
    def action_open_direct_entries(self):
        """Open the entries typed directly on the bank account that may be the same money."""
        ids = [
            item.move_id.id
            for statement in in_own_company(self)
            for item in statement._direct_items(statement._booked_payments())
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Typed directly on the bank account"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", ids)],
        }
