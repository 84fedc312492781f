from odoo import models

OPEN = ("waiting", "failed")


class AccountJournal(models.Model):
    """The card of a bank journal: what is to do for this account, and the way to its lines."""

    _inherit = "account.journal"

    def _get_journal_dashboard_data_batched(self):
        # EXTENDS account
        data = super()._get_journal_dashboard_data_batched()
        journals = self.filtered(lambda j: j.type in ("bank", "credit"))
        todo = journals._codabox_todo_documents()
        is_ours = not self._codabox_has_screen()
        for journal in journals.filtered("codabox_takes_upload"):
            ours = data[journal.id]
            ours["codabox_lines"] = is_ours
            shown = ours.get("codabox") or ours["codabox_upload"]
            shown["todo"] = len(todo.get(journal.id, ()))
        return data

    def _codabox_has_screen(self):
        """Return whether another add-on has a screen of its own behind *Transactions*."""
        return "account_accountant" in self.env.registry._init_modules

    def _codabox_todo_documents(self):
        """Return journal id -> the bank statement documents of its account that need a person.

        One of which nobody knows the account stands with the first journal of its company, one with
        an account where there is any.

        :rtype: dict[int, codabox.document]
        """
        documents = self.env["codabox.document"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("kind", "=", "coda"),
                ("state", "in", OPEN),
            ]
        )
        banks = self.search(
            [("type", "in", ("bank", "credit")), ("company_id", "in", documents.company_id.ids)]
        ).sorted(lambda journal: (journal.sequence, journal.id))
        by_company, found = banks.grouped("company_id"), {}
        for document in documents:
            own = by_company.get(document.company_id, banks.browse())
            first = (own.filtered("bank_account_id") or own)[:1]
            for journal in document._codabox_journals_of(own) or first:
                found[journal.id] = found.get(journal.id, documents.browse()) | document
        return found

    def action_codabox_todo(self):
        """Open the bank statement documents of this account that need a person."""
        documents = self._codabox_todo_documents().get(self.id, self.env["codabox.document"])
        return {**super().action_codabox_todo(), "domain": [("id", "in", documents.ids)]}


class CodaboxDocument(models.Model):
    _inherit = "codabox.document"

    def _codabox_journals_of(self, journals):
        """Return those of these journals whose account this document is about."""
        accounts = set(self.statement_ids.mapped("account"))
        return journals.filtered(
            lambda j: (
                j == self.upload_journal_id
                or j.bank_account_id.sudo().sanitized_acc_number in accounts
            )
        )
