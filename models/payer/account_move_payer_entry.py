from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .account_move_payer import PRIVATE


class AccountMove(models.Model):
    """What a person paid is owed to him: an entry moves the debt from the shop to his account.

    The bill stays what it is, with its supplier and taxes, and is paid by that entry. Who resets the
    bill to draft cancels the entry with it.
    """

    _inherit = "account.move"

    codabox_payer_move_id = fields.Many2one(
        "account.move",
        "Owed by entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The entry by which this is owed to who paid it.",
    )

    def _post(self, soft=True):
        # EXTENDS account
        posted = super()._post(soft)
        for move in posted:
            if move.codabox_paid_by == PRIVATE and move.move_type in ("in_invoice", "in_receipt"):
                move._codabox_owe_payer()
        return posted

    def button_draft(self):
        # EXTENDS account
        entries = self.codabox_payer_move_id.filtered(lambda entry: entry.state == "posted")
        result = super().button_draft()
        if entries:
            entries.button_draft()
            entries.button_cancel()
            self.sudo().codabox_payer_move_id = False
        return result

    def _codabox_owe_payer(self):
        """Move what is open of this bill to the account of who paid it."""
        owed = self.line_ids.filtered(
            lambda item: item.display_type == "payment_term" and not item.reconciled
        )
        if not owed or not self.codabox_payer_account_id:
            return
        entry = self.create(self._codabox_prepare_payer_entry(owed))
        entry._post(soft=False)
        self.sudo().codabox_payer_move_id = entry
        if not self.codabox_payer_id:  # of a named person it is his, not that of the manager
            self.company_id._codabox_remember_private_account(self.codabox_payer_account_id)
        for account in owed.account_id:
            sides = (owed | entry.line_ids).filtered(lambda i, a=account: i.account_id == a)
            sides.filtered(lambda item: not item.reconciled).reconcile()

    def _codabox_prepare_payer_entry(self, owed):
        """Return the values of the entry.

        :param account.move.line owed: what is open of the bill.
        :rtype: dict
        :raise UserError: when the company has no journal for entries.
        """
        company = self.company_id
        journal = self.env["account.journal"].search(
            [
                *self.env["account.journal"]._check_company_domain(company),
                ("type", "=", "general"),
            ],
            limit=1,
        )
        if not journal:
            raise UserError(self.env._("The company has no journal for entries."))
        name = self.env._("Private payment of %(bill)s", bill=self.ref or self.name)
        shop = [
            {
                "account_id": item.account_id.id,
                "partner_id": item.partner_id.id,
                "amount_currency": -item.amount_residual_currency,
                "balance": -item.amount_residual,
            }
            for item in owed
        ]
        payer = {
            "account_id": self.codabox_payer_account_id.id,
            "partner_id": self.codabox_payer_id.id,
            "amount_currency": sum(owed.mapped("amount_residual_currency")),
            "balance": sum(owed.mapped("amount_residual")),
        }
        same = {"name": name, "currency_id": self.currency_id.id}
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "company_id": company.id,
            "date": self.date,
            "ref": name,
            "line_ids": [Command.create({**line, **same}) for line in (*shop, payer)],
        }
