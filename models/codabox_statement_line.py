from datetime import date, time
from decimal import Decimal

from markupsafe import Markup, escape

from odoo import models

from ..codabox import describe_code

# Families 01 and 02 (credit transfers), operation 05: wages paid as one batch.
WAGE_CODES = ("0105", "0205")

# Structured communications of a card terminal, and where others hold the original amount.
TERMINAL_TYPES = ("111", "113", "114", "115")
ORIGINAL_AMOUNT = {"105": "gross_original_currency", "113": "original_amount"}


def plain(value):
    """Return a value of the parser as JSON knows it: amounts and dates become text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (Decimal, date, time)):
        return str(value)
    return value


class CodaboxStatement(models.Model):
    """From the movements of a CODA statement to bank lines."""

    _inherit = "codabox.statement"

    def _prepare_lines(self, statement, journal):
        """Return the values of the bank lines of a statement, first movement first.

        :param Statement statement: the parsed statement.
        :param account.journal journal: the journal to book in.
        :rtype: list[dict]
        """
        lines = [
            self._prepare_line(statement, root, movement)
            for root in statement.movements
            for movement in self._booked_movements(root)
        ]
        partners = self._partners_by_account({line["account_number"] for line in lines})
        seen = {}
        for line in lines:
            # Numbers wrap after 9,999: the occurrence keeps the key of each line its own.
            base = line.pop("key_base")
            seen[base] = seen.get(base, 0) + 1
            line["codabox_key"] = f"{self.key[:40]}-{base}-{seen[base]}"
            line["journal_id"] = journal.id
            line["partner_id"] = partners.get(line["account_number"])
        return lines

    def _booked_movements(self, root):
        """Return what is booked for a root: itself, or its details; never both.

        Totals made by the customer (1) or the bank (2) are booked as their details, each with its
        own payer, when those sum to the total. An amount with its breakdown (3) stays one line.
        Wages stay one line: who earns what is not for the bank journal.
        """
        is_wages = root.code[1:5] in WAGE_CODES or root.category_purpose == "SALA"
        if root.code[:1] in ("1", "2") and root.details_sum_up and not is_wages:
            return list(root.leaves())
        return [root]

    def _line_date(self, statement, movement):
        """Return the date of a line: the entry date, never before the opening balance.

        An earlier date would sort the line into the statement before.
        """
        entry = movement.entry_date or statement.closing.date or movement.value_date
        opening = statement.opening.date
        return max(entry, opening) if entry and opening else entry or opening

    def _prepare_line(self, statement, root, movement):
        """Return the values of one bank line.

        :param Statement statement: the parsed statement.
        :param Movement root: the movement that changed the balance.
        :param Movement movement: what is booked of it: the root itself, or one detail.
        :rtype: dict
        """
        counterparty = movement.counterparty
        values = {
            "key_base": f"{movement.sequence:04}-{movement.detail:04}",
            "date": self._line_date(statement, movement if movement.entry_date else root),
            "amount": float(movement.amount),
            "payment_ref": self._payment_ref(root, movement),
            "partner_name": counterparty.name or False,
            "account_number": counterparty.account or False,
            "transaction_type": movement.code,
            "transaction_details": self._transaction_details(root, movement),
            "narration": self._narration(movement),
        }
        values.update(self._foreign_amount(statement, movement))
        return values

    def _payment_ref(self, root, movement):
        """Return the label of a line: the reference in the form Odoo matches on, and the text."""
        texts = [movement.reference, self._readable_text(movement)]
        if movement is not root and not any(texts):
            texts.append(self._readable_text(root))
        label = " ".join(dict.fromkeys(" ".join(text.split()) for text in texts if text))
        return label or describe_code(movement.code) or movement.counterparty.name or "/"

    def _readable_text(self, movement):
        """Return what a person would write of a movement; a bare reference is not repeated."""
        if movement.structured is None:
            text = movement.communication
            return "" if movement.reference and text.strip() == movement.reference else text
        parts = movement.structured
        if parts["type"] in TERMINAL_TYPES:
            when = parts.get("date") or parts.get("payment_date") or parts.get("last_date")
            words = [parts.get("terminal_name"), parts.get("terminal_town")]
            return " ".join(filter(None, [*words, f"{when:%d/%m}" if when else ""]))
        return str(parts.get("communication") or "")

    def _transaction_details(self, root, movement):
        """Return everything the bank said of a movement, for people and for matching."""
        details = {
            "code": movement.code,
            "code_label": describe_code(movement.code),
            "value_date": movement.value_date,
            "entry_date": movement.entry_date,
            "reference": movement.reference,
            "communication": movement.communication,
            "structured": dict(movement.structured) if movement.structured else None,
            "bank_reference": movement.bank_reference,
            "customer_reference": movement.customer_reference,
            "bic": movement.counterparty.bic,
            "return_type": movement.return_type,
            "return_reason": movement.return_reason,
            "category_purpose": movement.category_purpose,
            "purpose": movement.purpose,
            "information": [info.text for info in movement.information],
        }
        if movement is not root:
            details["batch"] = {
                "amount": root.amount,
                "bank_reference": root.bank_reference,
                "customer_reference": root.customer_reference,
                "communication": root.communication,
            }
        return plain(
            {key: value for key, value in details.items() if value not in (None, "", [], ())}
        )

    def _narration(self, movement):
        """Return the note of a line: the information of this movement and of no other."""
        texts = [info.text for info in movement.information if info.text]
        return Markup("<br/>").join(escape(text) for text in texts) or False

    def _foreign_amount(self, statement, movement):
        """Return the original currency and amount when the bank converted.

        A currency that is not active in Odoo cannot be booked; it stays in the details.
        """
        parts = movement.structured or {}
        code, amount = parts.get("currency"), parts.get(ORIGINAL_AMOUNT.get(parts.get("type")))
        if not code or not amount or code == statement.account.currency:
            return {}
        currency = self.env["res.currency"].search([("name", "=", code)])
        if not currency:
            return {}
        sign = -1 if movement.amount < 0 else 1
        return {
            "foreign_currency_id": currency.id,
            "amount_currency": float(sign * abs(amount)),
        }

    def _partners_by_account(self, numbers):
        """Return account number -> partner id, where exactly one partner holds the account."""
        accounts = (
            self.env["res.partner.bank"]
            .sudo()
            .search(
                [
                    ("sanitized_acc_number", "in", [number for number in numbers if number]),
                    ("partner_id.company_id", "in", (False, self.company_id.id)),
                    ("company_id", "in", (False, self.company_id.id)),
                ]
            )
        )
        holders = {}
        for account in accounts:
            holders.setdefault(account.sanitized_acc_number, set()).add(
                account.partner_id.commercial_partner_id.id
            )
        return {number: next(iter(ids)) for number, ids in holders.items() if len(ids) == 1}
