from types import SimpleNamespace

from odoo import api, fields, models
from odoo.fields import Domain

from ..common.own_company import in_own_company, opens_in_own_company
from .codabox_statement_company import ELSEWHERE, FOREIGN

# What the wizard about an account can solve.
ACCOUNT_REASONS = ("unknown_account", "journal_archived", "account_elsewhere", *FOREIGN)


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
        if code in ("unknown_account", *ELSEWHERE) and not self.document_id.released:
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

    def _account_spellings(self):
        """Return the ways in which a journal may hold the account of this statement."""
        return self._spellings(SimpleNamespace(number=self.account, raw=self.account))

    def _candidate_journals(self):
        """Return the bank journals that may be the one of this account.

        Those without account number, and archived ones with this number; of this company or its
        parents, and in this currency.
        """
        self.ensure_one()
        currency = Domain("currency_id.name", "=", self.currency_code)
        if self.company_id.currency_id.name == self.currency_code:
            currency |= Domain("currency_id", "=", False)
        spellings = self._account_spellings()
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


class CodaboxDocument(models.Model):
    """Documents whose account has no bank journal: create one, link one, or ignore the account."""

    _inherit = "codabox.document"

    can_resolve_account = fields.Boolean(compute="_compute_valid_actions")

    @api.depends("statement_ids.reason_code")
    def _compute_valid_actions(self):
        result = super()._compute_valid_actions()
        for document in self:
            document.can_resolve_account = (
                document.state == "waiting" and document.reason_code in ACCOUNT_REASONS
            )
            if document.state in ("stored", "imported") and not document.released:
                ignored = document._readable_statements().filtered(
                    lambda s: s.state == "stored" and s.reason_code == "ignored_account"
                )
                document.can_release = document.can_release or bool(ignored)
        return result

    def _in_order(self):
        """Return these documents, oldest first: the order in which they are booked."""
        return self.sorted(lambda d: (d.document_date or fields.Date.today(), d.number, d.id))

    def _waiting_for_account(self):
        """Return the first statement of this document that waits for the journal of its account."""
        self.ensure_one()
        return (
            self._readable_statements()
            .filtered(lambda s: s.state == "waiting" and s.reason_code in ACCOUNT_REASONS)
            .sorted("position")[:1]
        )

    def _open_account_wizard(self, choice):
        """Open the wizard that gives an account its journal.

        :param str choice: ``create``, ``link`` or ``ignore``.
        """
        self.ensure_one()
        self._checked("can_resolve_account")
        return self._account_wizard(self._waiting_for_account(), choice)

    @opens_in_own_company
    def _account_wizard(self, statement, choice):
        """Return the action of the wizard about the account of a statement."""
        wizard = in_own_company(self.env["codabox.account.resolve"], self.company_id).create(
            {"statement_id": statement.id, "choice": choice}
        )
        return {
            "type": "ir.actions.act_window",
            "name": wizard._title(),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_create_journal(self):
        """Propose a bank journal for the account of this document."""
        return self._open_account_wizard("create")

    def action_link_journal(self):
        """Choose the bank journal of the account of this document."""
        return self._open_account_wizard("link")

    def action_ignore_account(self):
        """Keep the statements of the account of this document without booking them."""
        return self._open_account_wizard("ignore")
