from types import SimpleNamespace

from odoo import fields, models
from odoo.fields import Domain


class CodaboxStatement(models.Model):
    """Statements of an account without journal, and of an account that is ignored."""

    _inherit = "codabox.statement"

    bic = fields.Char("BIC", readonly=True)

    def _prepare(self, document, position, statement, notices):
        values = super()._prepare(document, position, statement, notices)
        return {**values, "bic": statement.bic}

    def _is_open(self):
        """Return whether this statement is (again) to be booked when its document is processed."""
        self.ensure_one()
        if self.state == "stored" and self.reason_code == "ignored_account":
            return self.document_id.released or not self.env["codabox.ignored.account"]._find(self)
        return self.state == "waiting"

    def _wait(self, code, state="waiting", **facts):
        # A statement of an ignored account asks nobody for a journal.
        if code in ("unknown_account", "account_elsewhere") and not self.document_id.released:
            ignored = self.env["codabox.ignored.account"]._find(self)
            if ignored:
                return super()._wait("ignored_account", state="stored", **ignored._facts())
        return super()._wait(code, state=state, **facts)

    def _waiting_alike(self):
        """Return every waiting statement of the same account in the same company."""
        self.ensure_one()
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("account", "=", self.account),
                ("currency_code", "=", self.currency_code),
                ("state", "=", "waiting"),
                ("document_id.state", "=", "waiting"),
            ]
        )

    def _candidate_journals(self):
        """Return the bank journals that may be the one of this account.

        Those without account number, and archived ones with this number; of this company or its
        parents, and in this currency.
        """
        self.ensure_one()
        currency = Domain("currency_id.name", "=", self.currency_code)
        if self.company_id.currency_id.name == self.currency_code:
            currency |= Domain("currency_id", "=", False)
        spellings = self._spellings(SimpleNamespace(number=self.account, raw=self.account))
        return (
            self.env["account.journal"]
            .with_context(active_test=False)
            .search(
                Domain("company_id", "parent_of", self.company_id.id)
                & Domain("type", "in", ("bank", "credit"))
                & currency
                & (
                    Domain("bank_account_id", "=", False)
                    | Domain("bank_account_id.sanitized_acc_number", "in", spellings)
                )
            )
        )
