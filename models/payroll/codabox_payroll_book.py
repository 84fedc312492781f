from dataclasses import replace

from odoo import models
from odoo.fields import Command

from ...codabox import entry_totals
from ...reasons import company_fact
from ..connection.codabox_feed import enterprise_digits
from ..statement.account_fast_booking import in_one_batch

# Notices of a file that leave its money in doubt, and the reason under which it is told.
DOUBTS = {
    "unknown_amount": "payroll_unknown_amount",
    "unknown_version": "payroll_unknown_version",
}
# What was read all the same, and is told.
TOLD = {
    "grouped_amount": "payroll_grouped_amount",
    "wrong_encoding": "payroll_wrong_encoding",
}
# Under these notices nothing is posted without a person.
IN_DOUBT = {
    *DOUBTS.values(),
    "payroll_unbalanced",
    "payroll_unknown_elements",
    "payroll_typed_before",
}
MAX_PATHS = 10


class CodaboxPayroll(models.Model):
    """From a payroll to a journal entry: a draft, in the company whose number it names."""

    _inherit = "codabox.payroll"

    def _book(self, parsed, entry):
        """Book this payroll, or say what it waits for.

        :param SodaFile parsed: the file.
        :param Entry entry: the entry of this record.
        """
        self.ensure_one()
        company, problem = self._find_company(entry)
        if problem:
            return self._wait(problem.pop("code"), **problem)
        self.company_id = company
        problem = self.with_company(company)._find_problem(entry)
        if problem:
            return self._wait(problem.pop("code"), problem.pop("state", "waiting"), **problem)
        payroll = self.with_company(company)
        totals = entry_totals(entry, per_line=company.codabox_soda_detail == "lines")
        move = payroll._create_move(parsed, entry, totals)
        self.write({"state": "imported", "move_id": move.id, **self._reason_vals()})
        payroll._attach_files()
        payroll._post_when_mapped()
        return None

    # -------------------------------------------------------------------------
    # Which company
    # -------------------------------------------------------------------------

    def _find_company(self, entry):
        """Return the company of an entry, or what stands in the way.

        :param Entry entry: the entry.
        :return: (company, facts with a ``code``); one of them is empty.
        """
        number = enterprise_digits(entry.enterprise)
        if not number:
            return None, {"code": "no_enterprise", "payroll": self.name}
        own = self.document_id.company_id
        if own._codabox_enterprise_number() == number:
            return own, None
        companies = self._companies_of(number)
        facts = {"payroll": self.name, "found": number}
        if len(companies) == 1:
            return companies, None
        if companies:
            several = company_fact(companies)
            return None, {"code": "payroll_company_twice", "companies": several, **facts}
        return None, {"code": "payroll_of_nobody", **facts}

    def _companies_of(self, number):
        """Return the companies with this enterprise number in whose books this may go.

        Who uploads a file does so for the companies that he keeps.
        """
        document = self.document_id
        companies = (
            self.env["res.company"]
            .sudo()
            .search(["|", ("company_registry", "!=", False), ("vat", "!=", False)])
        )
        if document.channel == "upload":
            companies &= document.create_uid.company_ids
        return companies.filtered(lambda c: c._codabox_enterprise_number() == number)

    # -------------------------------------------------------------------------
    # May it be booked
    # -------------------------------------------------------------------------

    def _find_problem(self, entry):
        """Return the facts of what forbids to book this payroll now, else ``None``."""
        company = self.company_id
        if company.currency_id.name != "EUR":
            return {
                "code": "payroll_currency",
                "company": company.name,
                "currency": company.currency_id.name,
            }
        return (
            self._find_same(entry)
            or (not any(line.balance for line in entry.lines) and self._nothing_to_book())
            or (not company._codabox_payroll_suspense() and self._no_suspense())
            or self._find_closed(entry)
        )

    def _nothing_to_book(self):
        return {"code": "empty_payroll", "state": "empty"}

    def _no_suspense(self):
        return {"code": "no_payroll_suspense", "company": self.company_id.name}

    def _find_same(self, entry):
        """Return the facts when this payroll is in the books already, the same or otherwise."""
        others = self._same_key().filtered(
            lambda p: (
                p.state in ("imported", "empty")
                or (p.state == "waiting" and p.id < self.id and p.document_id.state != "discarded")
            )
        )
        same = others.filtered(lambda p: p.content_hash == self.content_hash)[:1]
        if same:
            self.original_id = same
            return {
                "code": "same_payroll",
                "state": "duplicate",
                "original": same.document_id.name,
            }
        other = others.filtered("move_id")[:1]
        self.conflict_id = other
        if not other:
            return None
        return {
            "code": "corrected_payroll",
            "payroll": self.name,
            "old": other.move_id.display_name,
            "old_total": f"{other.total_debit:.2f}",
            "new_total": f"{entry.total_debit:.2f}",
        }

    def _find_closed(self, entry):
        """Return the facts of the lock that closes the day of this payroll, else ``None``."""
        if self.document_id.book_on_open_day:
            return None
        facts = self.company_id._codabox_closed_facts(self._entry_date(entry))
        if not facts:
            return None
        good = facts.pop("for_good")
        return {"code": "payroll_closed_for_good" if good else "payroll_closed_period", **facts}

    def _entry_date(self, entry):
        """Return the day to book on, open or not.

        :param Entry entry: the entry.
        :rtype: datetime.date
        """
        if self.company_id.codabox_soda_date == "generated" and entry.generated:
            return entry.generated
        return entry.period_end

    # -------------------------------------------------------------------------
    # Book
    # -------------------------------------------------------------------------

    def _create_move(self, parsed, entry, totals):
        """Create the draft entry and remember what an accountant should know of it."""
        company = self.company_id
        # Where it came from is told by its document, and not once more by a message.
        moves = self.env["account.move"].with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True, lang=company.partner_id.lang
        )
        # What the file is out of balance has an item of its own, so that the entry balances.
        moves = in_one_batch(moves)
        move = moves.create(self._prepare_move(entry, totals)).with_env(self.env)
        moves.env.flush_all()  # while the batch lasts: most is computed only now
        notices = self._entry_notices(parsed, entry) + self._typed_before(move)
        self.notices = [[code, facts] for code, facts in notices]
        self.is_sure = not IN_DOUBT & {code for code, _facts in notices}
        return move

    def _prepare_move(self, entry, totals):
        """Return the values of the journal entry of this payroll.

        :param Entry entry: the entry.
        :param totals: its ``Total`` values.
        :rtype: dict
        """
        company = self.company_id
        day = self._entry_date(entry)
        lines = self._prepare_lines(totals)
        if entry.difference:
            lines.append(self._prepare_difference(entry))
        return {
            "move_type": "entry",
            "company_id": company.id,
            "journal_id": company._codabox_payroll_journal().id,
            "date": company._codabox_first_open_day(day),
            "ref": self.name,
            "codabox_payroll_id": self.id,
            "line_ids": [
                Command.create(
                    {
                        "sequence": position,
                        # Or Odoo computes both for each item anew.
                        "currency_id": company.currency_id.id,
                        "amount_currency": values["balance"],
                        **values,
                    }
                )
                for position, values in enumerate(lines)
            ],
        }

    def _prepare_lines(self, totals):
        """Return the values of the journal items, in the order of the file."""
        company = self.company_id
        labels = self.env["codabox.soda.label"]._seen(company, self.source, totals)
        found = [labels.get((total.account, total.hidden)) for total in totals]
        totals = [
            replace(total, label=label.name) if label and label.is_released else total
            for total, label in zip(totals, found, strict=True)
        ]
        mappings = self.env["codabox.soda.mapping"]._ensure(company, self.source, totals)
        suspense = company._codabox_payroll_suspense()
        return [
            self._prepare_line(total, mappings[total.account], suspense, label)
            for total, label in zip(totals, found, strict=True)
        ]

    def _prepare_line(self, total, mapping, suspense, hidden):
        """Return the values of one journal item; its label keeps where it came from.

        :param Total total: what one code gets.
        :param codabox.soda.mapping mapping: the mapping of that code.
        :param account.account suspense: the account while there is none.
        :param codabox.soda.label hidden: its text, where that may be a name.
        :rtype: dict
        """
        account = mapping.account_id or suspense
        return {
            "name": " ".join(filter(None, [total.period, total.account, total.label])),
            "account_id": account.id,
            "balance": float(total.balance),
            "analytic_distribution": mapping.analytic_distribution or False,
            "tax_ids": [Command.clear()],
            "codabox_soda_code": total.account,
            "codabox_soda_source": self.source,
            "codabox_soda_account_id": account.id,
            "codabox_soda_label_id": hidden.id if hidden else False,
        }

    def _prepare_difference(self, entry):
        """Return the values of the item that takes what the file is out of balance."""
        speaker = self.with_context(lang=self.company_id.partner_id.lang)
        return {
            "name": speaker.env._("Difference in the payroll file"),
            "account_id": self.company_id._codabox_payroll_suspense().id,
            "balance": -float(entry.difference),
            "tax_ids": [Command.clear()],
        }
