from datetime import timedelta
from decimal import Decimal

from odoo import fields, models
from odoo.fields import Domain

from ...codabox import NEAR_DAYS, Payment, find_reference, pair_payments, words_of
from ..inbox.codabox_document_closed import CLOSED

# Of what a person decides in the comparison.
KNOWN_REASONS = ("already_typed", "overlapping_statement")


class CodaboxStatement(models.Model):
    """Movements that are on the bank account already: typed by hand, or imported another way.

    Such a statement waits: a person says of each movement whether a bank line is the same money.
    What is the same is adopted into the CODA statement, the rest is booked as new; so the lines
    always add up to the balances. See :mod:`..codabox.coda.pairing` for what is taken for the
    same; nothing is adopted without an answer.
    """

    _inherit = "codabox.statement"

    # Movement -> the bank line that was shown beside it, and whether it is the same.
    known_answer = fields.Json(readonly=True, copy=False, export_string_translation=False)

    def _find_problem(self, statement, journal):
        # EXTENDS account_codabox: what is adopted is not booked, also in a closed period, so this
        # question comes before that of the period.
        problem = super()._find_problem(statement, journal)
        if problem and problem["code"] not in CLOSED:
            return problem
        pairs = self._find_known(statement, journal)
        if not pairs:
            return problem
        overlapped = self._overlapped() & self._statements_of(line for _values, line in pairs)
        self.conflict_id = overlapped[:1]  # until it is decided this is no link of the chain
        return self._known_facts(pairs, journal, overlapped)

    def _known_facts(self, pairs, journal, overlapped):
        """Return what the reason says.

        :param list pairs: of the values of a movement and the bank line that may be the same.
        :param account.journal journal: the journal to book in.
        :param codabox.statement overlapped: those that brought some of the lines.
        :rtype: dict
        """
        values, line = pairs[0]
        facts = {
            "code": "already_typed",
            "number": self.name,
            "journal": journal.name,
            "count": len(pairs),
            "amount": f"{values['amount']:.2f}",
            "date": str(values["date"]),
            "label": line.payment_ref or line.partner_name or "/",
        }
        if overlapped:
            facts |= {
                "code": "overlapping_statement",
                "others": ", ".join(overlapped.mapped("name")),
            }
        return facts

    # -------------------------------------------------------------------------
    # Which bank lines
    # -------------------------------------------------------------------------

    def _find_known(self, statement, journal):
        """Return the movements that nobody decided on and that may be on the account already.

        One query when there is nothing, which is as good as always.

        :param Statement statement: the parsed statement.
        :param account.journal journal: the journal to book in.
        :return: pairs of the values of a bank line to be, and the bank line that is there.
        :rtype: list[tuple[dict, account.bank.statement.line]]
        """
        shown = {line_id for line_id, _same in self._valid_answer(journal).values()}
        lines = self._known_lines(statement, journal)
        lines = lines.filtered(lambda line: line.id not in shown)
        if not lines:
            return []
        values_list = self._prepare_lines(statement, journal)
        pairs = self._pair_known(values_list, lines)
        others = self._other_places(statement, journal, pairs, lines)
        if others:
            # Whoever was first may have booked a total where the journal asks for its details.
            forced = self.with_context(codabox_places=frozenset(others))
            other_pairs = forced._pair_known(forced._prepare_lines(statement, journal), lines)
            pairs = max(pairs, other_pairs, key=len)
        return pairs

    def _known_lines(self, statement, journal):
        """Return the posted bank lines that may be adopted and have the amount of a movement."""
        movements = [part for root in statement.movements for part in (root, *root.leaves())]
        days = [m.entry_date for m in movements] + [m.value_date for m in movements]
        # A movement from before the opening is booked on that day.
        days += [statement.opening.date, statement.closing.date]
        days = sorted(filter(None, days)) or [fields.Date.today()]
        first, last = days[0] - timedelta(days=NEAR_DAYS), days[-1] + timedelta(days=NEAR_DAYS + 1)
        # The index begins with the day and needs no look at the entries.
        return self.env["account.bank.statement.line"].search(
            Domain("journal_id", "=", journal.id)
            & self._free_domain()
            & Domain("internal_index", ">=", f"{first:%Y%m%d}")
            & Domain("internal_index", "<", f"{last:%Y%m%d}")
            & Domain("amount", "in", list({float(movement.amount) for movement in movements}))
            & Domain("state", "=", "posted"),
            order="internal_index",
        )

    def _free_domain(self):
        """Return the domain of the bank lines that are no part of another CODA statement.

        And of those of CODA statements whose period overlaps with this one.
        """
        free = Domain("codabox_key", "=", False)
        overlapped = self._overlapped().bank_statement_id
        return free | Domain("statement_id", "in", overlapped.ids) if overlapped else free

    def _overlapped(self):
        """Return the booked CODA statements of this account that cover a part of this period.

        The very same period is a correction and is asked about as one.
        """
        if not self.opening_date or not self.closing_date:
            return self.browse()
        found = self.search(
            [
                ("id", "!=", self.id),
                ("company_id", "=", self.company_id.id),
                ("account", "=", self.account),
                ("currency_code", "=", self.currency_code),
                ("state", "=", "imported"),
                ("bank_statement_id", "!=", False),
                ("opening_date", "<", self.closing_date),
                ("closing_date", ">", self.opening_date),
            ],
            order="closing_date, id",
        )
        period = (self.opening_date, self.closing_date)
        return found.filtered(lambda s: (s.opening_date, s.closing_date) != period)

    def _statements_of(self, lines):
        """Return the CODA statements in which these bank lines stand."""
        bank_statements = self.env["account.bank.statement"].union(
            *(line.statement_id for line in lines)
        )
        return self.search([("bank_statement_id", "in", bank_statements.ids)])

    def _other_places(self, statement, journal, pairs, lines):
        """Return the places of totals, or of details, that would explain lines left over."""
        taken = {line.id for _values, line in pairs}
        left = {line.amount for line in lines if line.id not in taken}
        paired = {self._suffix(values).rpartition("-")[0] for values, _line in pairs}
        kept = self._kept_places(statement, journal)
        places = set()
        for root in statement.movements if left else ():
            booked = self._booked_movements(root, journal, kept)
            if not root.details or paired & {self._place(part) for part in booked}:
                continue
            others = list(root.leaves()) if booked == [root] else [root]
            if left.issuperset(float(other.amount) for other in others):
                places |= {self._place(other) for other in others}
        return places

    # -------------------------------------------------------------------------
    # Same or not
    # -------------------------------------------------------------------------

    def _pair_known(self, values_list, lines):
        """Return the pairs of movements without an answer and bank lines that may be the same."""
        answered = self.known_answer or {}
        open_values = [v for v in values_list if self._suffix(v) not in answered]
        by_id = {line.id: line for line in lines}
        pairs = pair_payments(
            self._payments_of_values(open_values), (self._payment_of_line(line) for line in lines)
        )
        return [(open_values[new.ref], by_id[known.ref]) for new, known in pairs]

    def _payments_of_values(self, values_list):
        """Return what tells which payments bank lines to be are, by their place in the list."""
        partners = (
            self.env["res.partner"]
            .sudo()
            .browse({values.get("partner_id") for values in values_list} - {None, False})
        )
        payers = {partner.id: partner.commercial_partner_id.id for partner in partners}
        for place, values in enumerate(values_list):
            details = values.get("transaction_details") or {}
            days = (details.get("entry_date"), details.get("value_date"), values["date"])
            yield Payment(
                ref=place,
                amount=self._exact(values["amount"]),
                days=frozenset(fields.Date.to_date(day) for day in days if day),
                account=values.get("account_number") or "",
                reference=details.get("reference") or "",
                partner=payers.get(values.get("partner_id")),
                words=words_of(values["payment_ref"] or "", values.get("partner_name") or ""),
            )

    def _payment_of_line(self, line):
        """Return what tells which payment a bank line is; its label is all that many have."""
        text = line.payment_ref or ""
        account = line.account_number or ""
        names = (line.partner_name or "", line.partner_id.sudo().name or "")
        return Payment(
            ref=line.id,
            amount=self._exact(line.amount),
            days=frozenset([line.codabox_bank_date or line.date]),
            account="".join(c for c in account.upper() if c.isalnum()),
            reference=find_reference(text),
            partner=line.partner_id.sudo().commercial_partner_id.id,
            words=words_of(text, *names),
        )

    def _exact(self, amount):
        """Return an amount of Odoo as the money that it stands for."""
        return Decimal(f"{amount:.3f}")

    # -------------------------------------------------------------------------
    # Answers
    # -------------------------------------------------------------------------

    def _suffix(self, values):
        """Return the part of the key of a bank line that says which movement it is."""
        return values["codabox_key"][len(self._key_start()) :]

    def _valid_answer(self, journal):
        """Return the answers whose bank line can still be adopted; others are forgotten.

        :return: movement -> (id of a bank line, whether it is the same).
        """
        answer = self.known_answer or {}
        if not answer:
            return {}
        lines = self.env["account.bank.statement.line"].search(
            Domain("id", "in", [line_id for line_id, _same in answer.values()])
            & Domain("journal_id", "=", journal.id)
            & Domain("state", "=", "posted")
            & self._free_domain()
        )
        valid = {key: pair for key, pair in answer.items() if pair[0] in lines.ids}
        if len(valid) != len(answer):
            self.known_answer = valid or False
        return valid

    def _adopted_ids(self):
        """Return movement -> id of the bank line that a person takes for the same."""
        return {key: line for key, (line, same) in (self.known_answer or {}).items() if same}

    def _move_to_open_day(self, lines, journal):
        # EXTENDS account_codabox: an adopted line keeps its day, whatever is closed
        adopted = self._adopted_ids()
        booked = [values for values in lines if self._suffix(values) not in adopted]
        return super()._move_to_open_day(booked, journal)

    def _kept_places(self, statement, journal):
        # EXTENDS account_codabox: what is to be adopted is on the account as surely as what is
        kept = super()._kept_places(statement, journal)
        adopted = {suffix.rpartition("-")[0] for suffix in self._adopted_ids()}
        return kept | adopted | self.env.context.get("codabox_places", frozenset())
