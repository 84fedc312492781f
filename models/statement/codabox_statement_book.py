import itertools
import string
from datetime import date

from odoo import api, models
from odoo.fields import Command

from ...reasons import company_fact

# Lines of one date are shown by falling sequence. Each closing date gets a band of sequences, so
# that statements keep their order whichever comes first.
SEQUENCE_TOP = 2_147_400_000
BAND_SIZE = 100_000
BAND_EPOCH = date(1995, 1, 1)
LAST_BAND = SEQUENCE_TOP // BAND_SIZE - 1


class CodaboxStatement(models.Model):
    """From a CODA statement to a bank statement of Odoo."""

    _inherit = "codabox.statement"

    def _book(self, statement, ready):
        """Book one parsed statement, or say what it waits for.

        :param Statement statement: the parsed statement of this record.
        :param Ready ready: statements of the document to be created together; whoever calls
            this has them created at the end.
        """
        self.ensure_one()
        if statement.is_separate_application:
            return self._wait(
                "separate_application", state="stored", number=statement.separate_application
            )
        journal, problem = self._find_place(statement)
        if problem:
            return self._wait(problem.pop("code"), **problem)
        self.journal_id = journal
        if not statement.movements:
            return self._wait("empty_statement", state="empty")
        if not self._stands_apart(statement, journal, ready):
            ready.book()
        problem = self._find_problem(statement, journal)
        if problem:
            return self._wait(problem.pop("code"), **problem)
        booked = self._find_booked(journal)
        values = None if booked else self._prepare_bank_statement(statement, journal)
        self.write({"state": "imported", "bank_statement_id": booked.id, **self._reason_vals()})
        if values:
            self._keep_or_book(statement, journal, values, ready)
        return None

    def _wait(self, code, state="waiting", **facts):
        self.write({"state": state, **self._reason_vals(code, **facts)})

    # -------------------------------------------------------------------------
    # Which journal
    # -------------------------------------------------------------------------

    def _find_place(self, statement):
        """Return the journal of a parsed statement, or what stands in the way, as ``_find_journal``."""
        return self._find_journal(statement.account)

    @api.model
    def _journals_of(self, spellings):
        """Return the journals of an account in every company, archived ones too.

        :param spellings: of its number.
        """
        journals = self.env["account.journal"].sudo().with_context(active_test=False)
        return journals.search(
            [
                ("type", "in", ("bank", "credit")),
                ("bank_account_id.sanitized_acc_number", "in", spellings),
            ]
        )

    def _find_journal(self, account):
        """Return the bank journal of an account, or what stands in the way.

        By account (any spelling), currency and company; archived ones are found too, so that
        nobody makes a second one. A branch has the journals of its parents, its own ones first.

        :param Account account: the account of the statement.
        :return: (journal, facts with a ``code``); one of them is empty.
        """
        journals = self._journals_of(self._spellings(account))
        family = reversed(self.company_id.sudo().parent_ids)
        by_company = (journals.filtered(lambda j, c=c: j.company_id == c) for c in family)
        ours = next(filter(None, by_company), journals.browse())
        matching = ours.filtered(
            lambda j: (j.currency_id or j.company_id.currency_id).name == account.currency
        )
        facts = {
            "account": account.number,
            "currency": account.currency,
            "company": self.company_id.name,
        }
        active = matching.filtered("active")
        if len(active) == 1:
            return active, None
        if active:
            return None, {
                **facts,
                "code": "several_journals",
                "journals": ", ".join(active.mapped("name")),
            }
        if matching:
            return None, {**facts, "code": "journal_archived", "journal": matching[0].name}
        if not ours and journals:
            others = company_fact(journals.company_id)
            return None, {**facts, "code": "account_elsewhere", "other": others}
        return None, {**facts, "code": "unknown_account"}

    def _spellings(self, account):
        """Return the ways in which a journal may hold this account number."""
        spellings = {account.number.upper(), "".join(c for c in account.raw.upper() if c.isalnum())}
        if account.number[:2] == "BE":
            spellings.add(account.number[4:])  # the old Belgian number inside the IBAN
        return [spelling for spelling in spellings if spelling]

    # -------------------------------------------------------------------------
    # May it be booked
    # -------------------------------------------------------------------------

    def _find_problem(self, statement, journal):
        """Return the facts of what forbids to book this statement now, else ``None``."""
        movements = sum(movement.amount for movement in statement.movements)
        expected = statement.opening.amount + movements
        if expected != statement.closing.amount and not self.document_id.accept_mismatch:
            return {
                "code": "balance_mismatch",
                "number": self.name,
                "opening": f"{statement.opening.amount:.2f}",
                "movements": f"{movements:.2f}",
                "expected": f"{expected:.2f}",
                "found": f"{statement.closing.amount:.2f}",
            }
        if not journal.suspense_account_id:
            return {"code": "no_suspense_account", "journal": journal.name}
        return (
            self._find_no_rate(journal)
            or self._find_closed_period(statement, journal)
            or self._find_moved_day(statement, journal)
        )

    def _find_booked(self, journal):
        """Return the bank statement with this very content, when it is in the books already."""
        return self.env["account.bank.statement"].search(
            [("journal_id", "=", journal.id), ("codabox_key", "=", self.key)], limit=1
        )

    # -------------------------------------------------------------------------
    # Book
    # -------------------------------------------------------------------------

    def _prepare_bank_statement(self, statement, journal):
        """Return the values of the bank statement of a CODA statement.

        :param Statement statement: the parsed statement.
        :param account.journal journal: the journal to book in.
        :rtype: dict
        """
        lines = self._prepare_lines(statement, journal)
        top = self._top_sequence(statement, journal, len(lines))
        for position, values in enumerate(lines):
            values["sequence"] = top - position
        if journal.company_id != self.company_id:  # of a parent, in whose books it stands
            for values in lines:
                values["company_id"] = journal.company_id.id
        return {
            "name": self._bank_statement_name(journal),
            "reference": " ".join(filter(None, [self.document_id.name, statement.file_reference])),
            "journal_id": journal.id,
            "balance_start": float(statement.opening.amount),
            "balance_end_real": float(statement.closing.amount),
            "codabox_document_id": self.document_id.id,
            "codabox_key": self.key,
            "line_ids": self._line_commands(lines, journal),
        }

    def _line_commands(self, lines, journal):
        """Return the commands that give a bank statement its lines.

        Lines that outlived a deleted bank statement are taken up again: their money is in the books.
        """
        kept = {
            line.codabox_key: line
            for line in self.env["account.bank.statement.line"].search(
                [
                    ("journal_id", "=", journal.id),
                    ("codabox_key", "in", [values["codabox_key"] for values in lines]),
                ]
            )
        }
        commands = []
        for values in lines:
            line = kept.get(values["codabox_key"])
            if not line:
                commands.append(Command.create(values))
            elif not line.statement_id:  # what a user put on a statement of his own stays there
                line.sequence = values["sequence"]
                commands.append(Command.link(line.id))
        return commands

    def _bank_statement_name(self, journal):
        """Return a name that no other statement of the journal has.

        Where the bank gives two the same number, the day of the later one tells them apart, and a
        letter those of one day.
        """
        wanted = f"{journal.code}/{self.name}"
        taken = set(
            self.env["account.bank.statement"]
            .search([("journal_id", "=", journal.id), ("name", "=like", f"{wanted}%")])
            .mapped("name")
        )
        day = str(self.closing_date or "")
        with_day = wanted if day in wanted else f"{wanted} {day}"
        marks = itertools.chain(string.ascii_lowercase[1:], map(str, itertools.count(27)))
        names = itertools.chain([wanted, with_day], (f"{with_day} {mark}" for mark in marks))
        return next(name for name in names if name not in taken)

    def _top_sequence(self, statement, journal, count):
        """Return the sequence of the first line of a statement of ``count`` lines.

        Odoo orders the lines of one date by falling sequence, and its running balances and the
        check of each statement against the one before depend on that order.
        """
        closing = statement.closing.date or statement.opening.date or BAND_EPOCH
        top = SEQUENCE_TOP - self._band(closing) * BAND_SIZE
        booked = self.env["account.bank.statement.line"].search_fetch(
            [
                ("journal_id", "=", journal.id),
                ("sequence", ">", top - BAND_SIZE),
                ("sequence", "<=", top),
            ],
            ["sequence", "statement_id"],
        )
        later = self._booked_after(booked.statement_id, statement)
        after = booked.filtered(lambda line: line.statement_id in later)
        for line in after:
            line.sequence -= count  # makes room for a statement that comes late
        return min((booked - after).mapped("sequence"), default=top + 1) - 1

    def _band(self, closing):
        """Return the band of sequences of the statements of a closing date."""
        return min(max((closing - BAND_EPOCH).days, 0), LAST_BAND)

    def _booked_after(self, bank_statements, statement):
        """Return those of the statements of one closing date that come after this one."""
        records = self.search([("bank_statement_id", "in", bank_statements.ids)])
        following = records.filtered(
            lambda r: (
                r.number > statement.number > 0
                or (
                    not statement.number
                    and r.opening_balance == float(statement.closing.amount)
                    and r.closing_balance != float(statement.opening.amount)
                )
            )
        )
        return following.bank_statement_id
