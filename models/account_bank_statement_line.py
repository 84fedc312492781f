from odoo import fields, models


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    codabox_key = fields.Char(readonly=True, copy=False, export_string_translation=False)

    _codabox_key_unique = models.UniqueIndex(
        "(journal_id, codabox_key) WHERE codabox_key IS NOT NULL"
    )
