from odoo import models

MODULE = "account_codabox"


class CodaboxFactsMixin(models.AbstractModel):
    """What says what happened is written by the software only, whichever way a user comes.

    One rule: a field of this add-on that is read-only on every screen is a fact. Odoo itself takes
    such a field from whoever may write the record, by RPC or by an import. The software writes
    facts as superuser, after it has looked at who asks.
    """

    _name = "codabox.facts.mixin"
    _description = "Has facts that only CodaBox's software writes"

    def _has_field_access(self, field, operation):
        # EXTENDS base
        if operation == "write" and not self.env.su and _is_fact(field):
            return False
        return super()._has_field_access(field, operation)


def _is_fact(field):
    """Say whether a field is of this add-on and read-only.

    Of fields that Odoo adds to our models, those of the chatter for example, Odoo takes care.
    """
    is_named_ours = field.model_name.startswith("codabox.") or field.name.startswith("codabox_")
    return bool(field.readonly and is_named_ours and MODULE in field._modules)


class AccountJournal(models.Model):
    _name = "account.journal"
    _inherit = ["account.journal", "codabox.facts.mixin"]


class MailActivity(models.Model):
    _name = "mail.activity"
    _inherit = ["mail.activity", "codabox.facts.mixin"]


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "codabox.facts.mixin"]


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "codabox.facts.mixin"]


class AccountBankStatement(models.Model):
    _name = "account.bank.statement"
    _inherit = ["account.bank.statement", "codabox.facts.mixin"]


class AccountBankStatementLine(models.Model):
    _name = "account.bank.statement.line"
    _inherit = ["account.bank.statement.line", "codabox.facts.mixin"]


class IrAttachment(models.Model):
    """Odoo asks here whether a user may write the file of a field, of whatever record it is."""

    _name = "ir.attachment"
    _inherit = ["ir.attachment", "codabox.facts.mixin"]


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "codabox.facts.mixin"]


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "codabox.facts.mixin"]


class ResPartnerBank(models.Model):
    _name = "res.partner.bank"
    _inherit = ["res.partner.bank", "codabox.facts.mixin"]
