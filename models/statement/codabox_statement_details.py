from datetime import date, time
from decimal import Decimal

from odoo import models

from ...codabox import (
    customer_reference,
    describe_code,
    describe_information,
    describe_movement,
    direct_debit,
    full_name,
    original_amount,
)


def plain(value):
    """Return a value of the parser as JSON knows it: amounts and dates become text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (Decimal, date, time)):
        return str(value)
    return value


def filled(values):
    """Return the values that say something."""
    return {key: value for key, value in values.items() if value not in (None, "", [], (), {})}


class CodaboxStatement(models.Model):
    """Everything that the bank said of a movement, for people and for matching."""

    _inherit = "codabox.statement"

    def _transaction_details(self, root, movement, language):
        """Return the ``transaction_details`` of a bank line; what is empty is left out.

        Amounts are text with three decimals and a sign, dates are text as ISO writes them.

        ======================  ==============================================================
        text                    what it is in words, in the language of the journal
        code, code_label        the eight digits, and what they mean
        value_date, entry_date  as the bank says; the date of the line may differ
        reference               valid payment reference, ``+++000/0000/00000+++`` or RF
        communication           the words of the payer, or the raw structured communication
        structured              its decoded parts by name, with their ``type``
        bank_reference          the bank's own
        customer_reference      what the customer gave, as it stands in the file
        end_to_end_id           the same when it is that of one payment
        payment_information_id  the same when it is that of a whole batch
        mandate, creditor_id    of a SEPA direct debit
        counterparty_name       in full, beyond 35 characters
        counterparty_account    as the file says it, card and ledger numbers too
        bic                     of the bank of the counterparty
        counterparty_address    in one line
        counterparty_id         its identification
        ultimate_creditor,
        ultimate_debtor         for whom it is, or who owes it
        original                ``currency``, ``amount``, ``account_amount``, ``rate``
                                before the bank converted
        return_type             digit of an R-transaction: 1 reject ... 5 cancellation
        return_reason           ISO code, e.g. AM04
        category_purpose,
        purpose                 ISO codes, e.g. SUPP
        wages                   true when it, or a detail that is not here, pays wages
        information             list of the information records in words
        breakdown               parts of an amount with charges that is booked as one line:
                                list of ``amount``, ``code``, ``code_label``, ``text``
        batch                   the total that this detail is a part of: ``amount``,
                                ``bank_reference``, ``payment_information_id``,
                                ``communication``
        ======================  ==============================================================

        Nothing of the details of a wage batch is here: those need the group Payroll documents.

        :param Movement root: the movement that changed the balance.
        :param Movement movement: what is booked of it.
        :param str language: the language of the journal.
        :rtype: dict
        """
        creditor, mandate = direct_debit(movement)
        details = {
            "text": describe_movement(movement, language),
            "code": movement.code,
            "code_label": describe_code(movement.code, language),
            "value_date": movement.value_date,
            "entry_date": movement.entry_date,
            "reference": movement.reference,
            "communication": movement.communication,
            "structured": dict(movement.structured) if movement.structured else None,
            "bank_reference": movement.bank_reference,
            "customer_reference": movement.customer_reference,
            **self._reference_details(movement),
            "mandate": mandate,
            "creditor_id": creditor,
            **self._counterparty_details(movement),
            "original": self._original_details(movement),
            "return_type": movement.return_type,
            "return_reason": movement.return_reason,
            "category_purpose": movement.category_purpose,
            "purpose": movement.purpose,
            "wages": self._is_wages(movement) or None,
            "information": [describe_information(info, language) for info in movement.information],
            "breakdown": self._breakdown_details(movement, language),
            "batch": self._batch_details(root) if movement is not root else None,
        }
        return plain(filled(details))

    def _reference_details(self, movement):
        """Return the reference of the customer by what it is the reference of."""
        is_batch = movement.code[:1] in ("1", "2")
        name = "payment_information_id" if is_batch else "end_to_end_id"
        return {name: customer_reference(movement)}

    def _counterparty_details(self, movement):
        party = movement.counterparty
        said = {info.type: info.fields for info in movement.information if info.type}
        address = said.get("001", {})
        parts = [
            address.get("street") or party.address,
            address.get("locality") or party.locality,
        ]
        return {
            "counterparty_name": full_name(movement),
            "counterparty_account": party.account,
            "bic": party.bic,
            "counterparty_address": ", ".join(" ".join(part.split()) for part in parts if part),
            "counterparty_id": address.get("id"),
            "ultimate_creditor": said.get("008", {}).get("ultimate_creditor"),
            "ultimate_debtor": said.get("009", {}).get("ultimate_debtor"),
        }

    def _original_details(self, movement):
        original = original_amount(movement)
        return filled(original._asdict()) if original else None

    def _breakdown_details(self, movement, language):
        """Return the parts of an amount with charges; details of a total are no parts."""
        if movement.code[:1] != "3" or self._is_wages(movement):
            return []
        return [
            {
                "amount": part.amount,
                "code": part.code,
                "code_label": describe_code(part.code, language),
                "text": describe_movement(part, language),
            }
            for part in movement.details
        ]

    def _batch_details(self, root):
        return filled(
            {
                "amount": root.amount,
                "bank_reference": root.bank_reference,
                "payment_information_id": customer_reference(root),
                "communication": root.communication,
            }
        )
