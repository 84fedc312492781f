from odoo import fields, models


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    codabox_key = fields.Char(readonly=True, copy=False, export_string_translation=False)
    codabox_mandate = fields.Char(
        "Creditor and mandate",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Of a SEPA direct debit: the next one of the same mandate is of the same partner.",
    )

    _codabox_key_unique = models.UniqueIndex(
        "(journal_id, codabox_key) WHERE codabox_key IS NOT NULL"
    )
