from markupsafe import Markup, escape

from odoo import models

from ...codabox import (
    account_number,
    describe_code,
    describe_information,
    describe_movement,
    direct_debit,
    full_name,
    movement_words,
    original_amount,
)

# Wages paid as one batch: transfers, instant transfers and foreign transfers, operation 05.
WAGE_CODES = ("0105", "0205", "4105")

WAGE_PURPOSE = "SALA"

# First digit of the code of a total -> the setting of the journal, and the choice that keeps it
# in one line.
TOTALS = {
    "1": ("codabox_customer_totals", "total"),
    "2": ("codabox_bank_totals", "total"),
    "3": ("codabox_charges", "together"),
}


class CodaboxStatement(models.Model):
    """From the movements of a CODA statement to bank lines."""

    _inherit = "codabox.statement"

    def _prepare_lines(self, statement, journal):
        """Return the values of the bank lines of a statement, first movement first.

        :param Statement statement: the parsed statement.
        :param account.journal journal: the journal to book in; its settings count.
        :rtype: list[dict]
        """
        kept = self._kept_places(statement, journal)
        pairs = [
            (root, movement)
            for root in statement.movements
            for movement in self._booked_movements(root, journal, kept)
        ]
        lines = [self._prepare_line(statement, journal, *pair) for pair in pairs]
        movements = [movement for _root, movement in pairs]
        partners = self._find_partners(lines, movements)
        currencies = {currency.name: currency for currency in self.env["res.currency"].search([])}
        seen = {}
        for line, movement, partner in zip(lines, movements, partners, strict=True):
            # Numbers wrap after 9,999: the occurrence keeps the key of each line its own.
            place = self._place(movement)
            seen[place] = seen.get(place, 0) + 1
            line["codabox_key"] = f"{self._key_start()}{place}-{seen[place]}"
            line["journal_id"] = journal.id
            line["partner_id"] = partner
            line.update(self._foreign_amount(statement, movement, currencies))
        return lines

    # -------------------------------------------------------------------------
    # Which movements
    # -------------------------------------------------------------------------

    def _booked_movements(self, root, journal, kept=frozenset()):
        """Return what is booked for a root: itself, or its details; never both.

        Totals made by the customer (1) or the bank (2) are booked as their details, each with its
        own payer, and an amount with its charges (3) as one line, unless the journal says
        otherwise. Details count only when they sum to the total, to the cent of the journal.
        Wages stay one line whatever the setting: who earns what is not for the bank journal.

        :param Movement root: a movement that changed the balance.
        :param account.journal journal: the journal to book in.
        :param kept: places of this statement that have a bank line already; they decide.
        :rtype: list[Movement]
        """
        if not root.details_sum_up or self._is_wages(root):
            return [root]
        leaves = list(root.leaves())
        if not self._are_whole_cents(leaves, journal):
            return [root]
        if self._place(root) in kept:
            return [root]
        if any(self._place(leaf) in kept for leaf in leaves):
            return leaves
        field, one_line = TOTALS.get(root.code[:1], ("", ""))
        return leaves if field and journal[field] != one_line else [root]

    def _is_wages(self, root):
        """Return whether a movement or one of its details pays wages."""
        return any(
            WAGE_PURPOSE in (part.category_purpose, part.purpose) or part.code[1:5] in WAGE_CODES
            for part in (root, *root.leaves())
        )

    def _are_whole_cents(self, leaves, journal):
        """Return whether no amount is finer than the currency: rounding each would lose money."""
        currency = journal.currency_id or journal.company_id.currency_id
        return all(leaf.amount == round(leaf.amount, currency.decimal_places) for leaf in leaves)

    def _kept_places(self, statement, journal):
        """Return the places of this statement that have a bank line already.

        Lines outlive their bank statement when a user moved them to another one.
        """
        if not any(root.details for root in statement.movements):
            return frozenset()
        start = self._key_start()
        lines = self.env["account.bank.statement.line"].search(
            [("journal_id", "=", journal.id), ("codabox_key", "=like", f"{start}%")]
        )
        return {key[len(start) :].rpartition("-")[0] for key in lines.mapped("codabox_key")}

    def _key_start(self):
        return f"{self.key[:40]}-"

    def _place(self, movement):
        """Return the numbers that the bank gives a movement in its statement."""
        return f"{movement.sequence:04}-{movement.detail:04}"

    # -------------------------------------------------------------------------
    # Values
    # -------------------------------------------------------------------------

    def _line_date(self, statement, movement):
        """Return the date of a line: the entry date, never before the opening balance.

        An earlier date would sort the line into the statement before.
        """
        entry = movement.entry_date or statement.closing.date or movement.value_date
        opening = statement.opening.date
        return max(entry, opening) if entry and opening else entry or opening

    def _prepare_line(self, statement, journal, root, movement):
        """Return the values of one bank line.

        :param Statement statement: the parsed statement.
        :param account.journal journal: the journal to book in.
        :param Movement root: the movement that changed the balance.
        :param Movement movement: what is booked of it: the root itself, or one detail.
        :rtype: dict
        """
        language = journal.codabox_text_language
        return {
            "date": self._line_date(statement, movement if movement.entry_date else root),
            "amount": float(movement.amount),
            "payment_ref": self._payment_ref(root, movement, language),
            "partner_name": full_name(movement) or False,
            "account_number": account_number(movement) or False,
            "transaction_type": movement.code,
            "transaction_details": self._transaction_details(root, movement, language),
            "narration": self._narration(movement, language),
            "codabox_mandate": "/".join(filter(None, direct_debit(movement))) or False,
        }

    def _foreign_amount(self, statement, movement, currencies):
        """Return the original currency and amount when the bank converted this very amount.

        With charges inside the amount it would be another rate than that of the bank. A currency
        that is not active in Odoo cannot be booked. Both stay in the details.

        :param dict currencies: active currencies by name.
        """
        original = original_amount(movement)
        currency = original and currencies.get(original.currency)
        if not currency or original.currency == statement.account.currency:
            return {}
        if original.account_amount not in (None, abs(movement.amount)):
            return {}
        return {
            "foreign_currency_id": currency.id,
            "amount_currency": float(original.amount.copy_sign(movement.amount)),
        }

    # The texts of a bank line, in the language of the journal.

    def _payment_ref(self, root, movement, language):
        """Return the label of a line: the reference in the form Odoo matches on, and the text.

        :param Movement root: the movement that changed the balance.
        :param Movement movement: what is booked of it.
        :param str language: the language of the journal.
        """
        text = self._line_text(root, movement, language)
        if movement.reference and movement.reference not in text:
            text = f"{movement.reference} {text}".strip()
        return text or movement.counterparty.name or "/"

    def _line_text(self, root, movement, language):
        """Return what a movement is, in words; its total or its parts speak when it is silent."""
        text = describe_movement(movement, language)
        if not movement.reference and not movement_words(movement, language):
            others = [root] if movement is not root else self._main_parts(root)
            describe = movement_words if text else describe_movement
            words = filter(None, (describe(other, language) for other in others))
            said = self._with_place(next(words, ""), root, movement)
            text = ": ".join(filter(None, [text, said]))
        if text or movement.reference:
            return text
        label = describe_code(movement.code, language)
        return label[:1].upper() + label[1:]

    def _with_place(self, words, root, movement):
        """Return the words of a total for one of its details, told apart by its place."""
        if not words or movement is root:
            return words
        leaves = list(root.leaves())
        place = next((n for n, leaf in enumerate(leaves, start=1) if leaf is movement), 0)
        return f"{words} ({place}/{len(leaves)})" if place and len(leaves) > 1 else words

    def _main_parts(self, root):
        """Return the parts of an amount with charges that are the payment itself."""
        return [
            part
            for part in root.details
            if root.code[:1] == "3" and part.code[5:8] in ("000", "100")
        ]

    def _narration(self, movement, language):
        """Return the note of a line: the information of this movement and of no other."""
        texts = [describe_information(info, language) for info in movement.information]
        return Markup("<br/>").join(escape(text) for text in texts if text) or False
