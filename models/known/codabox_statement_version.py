from odoo import fields, models
from odoo.exceptions import UserError

from ...codabox import are_two, count_parts, full_name, have_other_references


class CodaboxStatement(models.Model):
    """The same figures with other references or texts: another version, or another statement.

    Details that came later, a payer that was corrected, home banking first and CodaBox then: it is
    the same money. An account that is swept to zero twice a day: it is not. Only where the bank's
    own words leave no doubt both are booked; else the second waits, and a person says which it is.
    """

    _inherit = "codabox.statement"

    is_other = fields.Boolean(
        "Another statement",
        readonly=True,
        copy=False,
        help="A person says that it is not a version of the statement with the same amounts.",
    )
    version_of_id = fields.Many2one(
        "codabox.statement",
        "Adds details to",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Its lines become part of this statement, with what it says more of them.",
    )

    def _find_problem(self, statement, journal):
        # EXTENDS account_codabox: before any other question, for it may be no new money at all
        old = self._find_version(statement)
        if not old:
            return super()._find_problem(statement, journal)
        self.conflict_id = old
        parsed = old._parsed()
        return {
            "code": "another_version",
            "number": self.name,
            "account": self.account,
            "date": str(self.closing_date or ""),
            "old": old.document_id.name,
            "old_count": count_parts(parsed),
            "new_count": count_parts(statement),
        }

    def _find_version(self, statement):
        """Return the booked statement of which this one may be another version.

        :param Statement statement: the parsed statement.
        :rtype: codabox.statement
        """
        if self.is_other:
            return self.browse()
        for twin in self._twins():
            if twin != self.version_of_id and not self._are_apart(twin, statement):
                return twin
        return self.browse()

    def _twins(self):
        """Return the booked statements with the figures of this one, oldest first."""
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("figures", "=", self.figures),
                ("id", "!=", self.id),
                ("state", "=", "imported"),
            ],
            order="id",
        )

    def _are_apart(self, twin, statement):
        """Return whether the bank itself says that these are two statements."""
        known = twin._parsed()
        if are_two(known, statement):
            return True
        return have_other_references(known, statement) and self._leads_back(twin)

    def _leads_back(self, twin):
        """Return whether others of this period lead from the end of a statement to its begin.

        Only then the balances have room for the same change once more.
        """
        if twin.opening_balance == twin.closing_balance:
            return False
        between = self.search_count(
            [
                ("company_id", "=", self.company_id.id),
                ("account", "=", self.account),
                ("currency_code", "=", self.currency_code),
                ("state", "=", "imported"),
                ("opening_date", "=", twin.opening_date),
                ("closing_date", "=", twin.closing_date),
                ("opening_balance", "=", twin.closing_balance),
                ("closing_balance", "=", twin.opening_balance),
            ]
        )
        return between >= len(self._twins())

    def _parsed(self):
        """Return what the file of this statement says of it."""
        self.ensure_one()
        return self.document_id._parsed_statement(self)

    # -------------------------------------------------------------------------
    # Side by side
    # -------------------------------------------------------------------------

    def _pairs_to_compare(self, parsed):
        # EXTENDS account_codabox: both versions, movement by movement
        if self.reason_code == "another_version":
            return self._version_pairs(parsed)
        return super()._pairs_to_compare(parsed)

    def _comparison_title(self):
        # EXTENDS account_codabox
        if self.reason_code == "another_version":
            return self.env._("Statement %(number)s: two versions", number=self.name)
        return super()._comparison_title()

    def _version_pairs(self, parsed):
        """Return the movements of this version, each with the line in the books beside it."""
        new, old = {}, {}
        for values in self._prepare_lines(parsed, self.journal_id):
            new.setdefault(self._suffix(values)[:4], []).append(values)
        for line in self.conflict_id.bank_statement_id.line_ids.sorted("internal_index"):
            old.setdefault(self._line_suffix(line)[:4], []).append(line)
        return [
            (values[min(at, len(values) - 1)], lines[min(at, len(lines) - 1)])
            for values, lines in ((values, old.get(place)) for place, values in new.items())
            if lines
            for at in range(max(len(values), len(lines)))
        ]

    def _line_suffix(self, line):
        """Return which movement of its statement a bank line is."""
        return (line.codabox_key or "").partition("-")[2]

    def _lines_with_details(self, parsed):
        """Return movement -> the line in the books to which this version adds what it says.

        Empty when one of both has a line that the other has not: then nothing can be added.

        :param Statement parsed: what the file says of this version.
        :rtype: dict
        """
        lines = self.conflict_id.bank_statement_id.line_ids
        by_suffix = {self._line_suffix(line): line for line in lines}
        places = frozenset(suffix.rpartition("-")[0] for suffix in by_suffix)
        forced = self.with_context(codabox_places=places)
        values_list = forced._prepare_lines(parsed, self.journal_id)
        amounts = {self._suffix(values): values["amount"] for values in values_list}
        same = set(amounts) == set(by_suffix) and len(by_suffix) == len(lines)
        if not same or any(
            line.currency_id.compare_amounts(line.amount, amounts[suffix])
            for suffix, line in by_suffix.items()
        ):
            return {}
        return by_suffix

    # -------------------------------------------------------------------------
    # Answers
    # -------------------------------------------------------------------------

    def _add_details(self):
        """Let the lines in the books become those of this version, with what it says of them.

        :raise UserError: when the books have other lines.
        """
        self.ensure_one()
        lines = self._lines_with_details(self._parsed())
        if not lines:
            raise UserError(self.env._("The lines in the books are not those of this statement."))
        self.is_other = True  # than the ones that are booked beside the one that it adds to
        self.version_of_id = self.conflict_id
        self.known_answer = {suffix: [line.id, True] for suffix, line in lines.items()}
        self.document_id._process()

    def _replace_version(self):
        """Book this version in place of the one in the books.

        :raise UserError: when a line is matched or lies in a closed period.
        """
        self.ensure_one()
        self.is_other = True  # than the ones that are booked beside the one that it replaces
        self._replace()

    def _book_other(self):
        """Book this statement beside the one with the same figures: it is other money."""
        self.ensure_one()
        self.is_other = True
        self.document_id._process()

    def _overlapped(self):
        # EXTENDS account_codabox: the version to which this one adds its details gives its lines
        version = self.version_of_id.filtered(lambda s: s.state == "imported")
        return super()._overlapped() | version.filtered("bank_statement_id")

    def _breakdown_details(self, movement, language):
        # EXTENDS account_codabox: details that were added to a total are to be read on its line
        parts = super()._breakdown_details(movement, language)
        if parts or not self.version_of_id or not movement.details or self._is_wages(movement):
            return parts
        return [self._added_part(part, language) for part in movement.leaves()]

    def _added_part(self, part, language):
        """Return a detail as its total shows it: who, by which reference, and in which words."""
        shown = self._breakdown_part(part, language)
        said = " ".join(filter(None, [full_name(part), part.reference, shown["text"]]))
        return {**shown, "text": said}
