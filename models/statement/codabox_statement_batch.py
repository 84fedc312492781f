"""The statements of a file booked in one go, as if each were booked when its turn comes.

Alone, a bank statement costs as much as many of its lines. What is decided is therefore kept and
created together, until a statement comes whose decision would read what is kept.
"""

from odoo import models
from odoo.fields import Command

from ...codabox import direct_debit
from .account_fast_booking import LINES_AT_ONCE, in_one_batch


class Ready:
    """Statements of one document that are decided and prepared, and not in the books yet."""

    def __init__(self):
        self.clear()

    def clear(self):
        """Forget all: it is in the books."""
        self.statements = []
        self.names = set()
        self.last = {}
        self.days = {}
        self.mandates = set()
        self.named = set()
        self.count = 0

    def add(self, record, journal, values, named):
        """Keep the values of the bank statement of a record.

        :param codabox.statement record: the statement.
        :param account.journal journal: the journal to book in.
        :param dict values: those of the bank statement; its lines are new ones.
        :param set named: ids of the moves that its lines may pay as soon as it is booked.
        """
        lines = [command[2] for command in values["line_ids"]]
        self.statements.append((record, values))
        self.names.add(record.name)
        self.last[journal] = record
        self.days[journal] = max(line["date"] for line in lines)
        # With their partner they tell the partner of the next lines of the same mandate.
        told = {line["codabox_mandate"] for line in lines if line["partner_id"] or named}
        self.mandates |= told - {False}
        self.named |= named
        self.count += len(lines)

    def book(self):
        """Book what is kept."""
        if self.statements:
            statements = self.statements
            self.clear()
            statements[0][0]._create_bank_statements(statements)


class CodaboxStatement(models.Model):
    """Which statements of a file may be created together."""

    _inherit = "codabox.statement"

    def _stands_apart(self, statement, journal, ready):
        """Return whether nothing that is decided on this statement depends on what is kept.

        So it is where the bank statements of a journal follow each other day by day.

        :param Statement statement: the parsed statement.
        :param account.journal journal: the journal to book in.
        :param Ready ready: what is kept.
        :rtype: bool
        """
        if self.known_answer or self.name in ready.names:
            return False
        last = ready.last.get(journal)
        if last and not (
            last.account == self.account
            and self.opening_date
            and self.closing_date
            and last.closing_date <= self.opening_date
            and self._band(last.closing_date) < self._band(self.closing_date)
        ):
            return False
        if ready.mandates and not ready.mandates.isdisjoint(
            "/".join(filter(None, direct_debit(part))) for part in self._all_parts(statement)
        ):
            return False
        # What is paid by then is not open any more for the next one, and tells no partner.
        return not ready.named or ready.named.isdisjoint(self._named_moves(statement, journal))

    def _all_parts(self, statement):
        """Return whatever may become a bank line of a parsed statement."""
        return [part for root in statement.movements for part in (root, *root.leaves())]

    def _named_moves(self, statement, journal):
        """Return the ids of the open invoices and payments that a statement names.

        :param Statement statement: the parsed statement.
        :param account.journal journal: the journal to book in.
        :rtype: set[int]
        """
        texts, debits = set(), set()
        for part in self._all_parts(statement):
            debits.add(direct_debit(part))
            texts |= self._reference_spellings(part.reference) if part.reference else set()
            texts |= set(self._reference_details(part).values())
        lines = self.env["account.bank.statement.line"]
        company = journal.company_id
        named = lines._codabox_named_moves(texts - {""}, company, journal)
        return set((named | lines._codabox_debit_moves(company, debits)).ids)

    def _keep_or_book(self, statement, journal, values, ready):
        """Keep a prepared bank statement for later, or book it now with what is kept.

        :param Statement statement: the parsed statement.
        :param account.journal journal: the journal to book in.
        :param dict values: those of the bank statement.
        :param Ready ready: what is kept.
        """
        commands = values["line_ids"]
        is_new = commands and all(
            command[0] == Command.CREATE and command[2]["date"] for command in commands
        )
        if not is_new or not self.closing_date:
            ready.book()
            self._create_bank_statements([(self, values)])
            return
        # Of what is created together, Odoo numbers the entries by their days.
        if journal in ready.days and ready.days[journal] > min(c[2]["date"] for c in commands):
            ready.book()
        pays = journal.codabox_matching == "exact"
        ready.add(self, journal, values, self._named_moves(statement, journal) if pays else set())
        if ready.count >= LINES_AT_ONCE:
            ready.book()

    def _name_source(self):
        """Say on the journals of delivered statements where their transactions come from."""
        delivered = self.filtered(lambda s: s.document_id.channel != "upload")
        journals = delivered.bank_statement_id.journal_id
        unsaid = journals.filtered(lambda j: j.bank_statements_source == "undefined")
        # A journal is no accountant's to change; that CodaBox fills it is no choice of his.
        if unsaid:
            unsaid.sudo().bank_statements_source = "codabox"

    def _create_bank_statements(self, prepared):
        """Create bank statements with their lines and files.

        :param list prepared: of a statement and the values of its bank statement.
        """
        # Only the creation runs in the batch: what is done to the lines later is Odoo's business.
        # The balance of each entry holds by construction: two items of one amount.
        bank_statements = (
            in_one_batch(self.env["account.bank.statement"])
            .create([values for _record, values in prepared])
            .with_env(self.env)
        )
        for (record, _values), bank_statement in zip(prepared, bank_statements, strict=True):
            record.bank_statement_id = bank_statement
            record._attach_files(bank_statement)
        records = self.browse([record.id for record, _values in prepared])
        records._name_source()
        bank_statements.line_ids._codabox_match_on_booking()
