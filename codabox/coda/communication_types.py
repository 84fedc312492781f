"""Layouts of the structured communications: name, size and kind of each part, in order.

Source: Febelfin CODA 2.6, annexes on structured communications; the payload starts behind the
three digits of the type. 104 and 107 left the standard and still stand in old files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .kinds import (
    AMOUNT,
    COUNT,
    COUPON,
    DAY,
    DENOMINATION,
    DIGITS,
    LINES,
    LONG_DAY,
    RATE,
    SHARES,
    SIGNED_AMOUNT,
    TEXT,
    TIME,
    VOLUME,
    Kind,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


class Part(NamedTuple):
    """One part of a structured communication."""

    name: str
    size: int
    kind: Kind


def _parts(*parts: tuple[str, int, Kind]) -> tuple[Part, ...]:
    return tuple(Part(*part) for part in parts)


_CARD_TERMINAL = (("terminal_name", 16, TEXT), ("terminal_town", 10, TEXT))

MOVEMENT_TYPES: Mapping[str, tuple[Part, ...]] = {
    # ISO 11649 creditor reference
    "100": _parts(("iso11649_reference", 25, TEXT)),
    # OGM/VCS, and one that the bank restored
    "101": _parts(("ogm", 12, DIGITS)),
    "102": _parts(("ogm", 12, DIGITS)),
    # number of a cheque or card
    "103": _parts(("number", 12, DIGITS)),
    # equivalent in EUR
    "104": _parts(("equivalent_eur", 15, AMOUNT)),
    # original amount of a foreign payment
    "105": _parts(
        ("gross_account_currency", 15, AMOUNT),
        ("gross_original_currency", 15, AMOUNT),
        ("rate", 12, RATE),
        ("currency", 3, TEXT),
        ("structured_comm", 12, TEXT),
        ("country", 2, TEXT),
        ("equivalent_eur", 15, AMOUNT),
    ),
    # how VAT or commission was calculated
    "106": _parts(
        ("equivalent_account_currency", 15, AMOUNT),
        ("base", 15, AMOUNT),
        ("percent", 12, RATE),
        ("minimum", 1, TEXT),  # 1 yes, 2 no
        ("equivalent_eur", 15, AMOUNT),
    ),
    # direct debit DOM80
    "107": _parts(
        ("domiciliation_number", 12, DIGITS),
        ("pivot_date", 6, DAY),
        ("communication", 30, TEXT),
        ("paid_or_reason", 1, TEXT),  # 0 paid, 1 cancelled, 2 other, D debtor, E creditor
        ("creditor_number", 11, DIGITS),
    ),
    # closing interest
    "108": _parts(
        ("equivalent_account_currency", 15, AMOUNT),
        ("calculation_basis", 15, AMOUNT),
        ("interest_rate", 12, RATE),
        ("from", 6, DAY),
        ("to", 6, DAY),
    ),
    # total of a point of sale
    "111": _parts(
        ("scheme", 1, TEXT),  # 1 Bancontact, 2 Maestro, 3 private, 5 TINA, 9 other
        ("pos", 6, TEXT),
        ("period", 3, DIGITS),
        ("first_seq", 6, DIGITS),
        ("first_date", 6, DAY),
        ("last_seq", 6, DIGITS),
        ("last_date", 6, DAY),
        ("transaction_type", 1, TEXT),
        *_CARD_TERMINAL,
    ),
    # card payment of the account holder
    "113": _parts(
        ("pan_masked", 16, TEXT),
        ("scheme", 1, TEXT),
        ("terminal", 6, TEXT),
        ("seq", 6, DIGITS),
        ("date", 6, DAY),
        ("time", 4, TIME),
        ("transaction_type", 1, TEXT),
        *_CARD_TERMINAL,
        ("original_amount", 15, AMOUNT),
        ("rate", 12, RATE),
        ("currency", 3, TEXT),
        ("volume", 5, VOLUME),
        ("product", 2, DIGITS),
        ("unit_price", 5, DENOMINATION),
    ),
    # one payment received at a point of sale
    "114": _parts(
        ("scheme", 1, TEXT),
        ("pos", 6, TEXT),
        ("period", 3, DIGITS),
        ("seq", 6, DIGITS),
        ("date", 6, DAY),
        ("time", 4, TIME),
        ("transaction_type", 1, TEXT),
        *_CARD_TERMINAL,
        ("reference", 16, TEXT),
    ),
    # cash deposit at a terminal
    "115": _parts(
        ("pan_masked", 16, TEXT),
        ("scheme", 1, TEXT),
        ("terminal", 6, TEXT),
        ("seq", 6, DIGITS),
        ("payment_date", 6, DAY),
        ("time", 4, TIME),
        ("validation_date", 6, DAY),
        ("validation_seq", 6, DIGITS),
        ("original_amount", 15, AMOUNT),
        ("conformity", 1, TEXT),
        *_CARD_TERMINAL,
        ("message", 12, TEXT),
    ),
    # commercial bill
    "121": _parts(
        ("bill_amount", 15, AMOUNT),
        ("maturity", 6, DAY),
        ("conventional_maturity", 6, DAY),
        ("issue_date", 6, DAY),
        ("company_number", 11, DIGITS),
        ("currency", 3, TEXT),
        ("blank", 3, TEXT),
        ("bill_number", 13, TEXT),
        ("rate", 12, RATE),
    ),
    # interest on a commercial bill
    "122": _parts(
        ("days", 4, COUNT),
        ("interest_rate", 12, RATE),
        ("base", 15, AMOUNT),
        ("minimum", 1, TEXT),
        ("bill_number", 13, TEXT),
        ("maturity", 6, DAY),
    ),
    # fee on a credit or guarantee
    "123": _parts(
        ("start", 6, DAY),
        ("maturity", 6, DAY),  # 999999: none
        ("base", 15, AMOUNT),
        ("percent", 12, RATE),
        ("days", 4, COUNT),
        ("minimum", 1, TEXT),
        ("guarantee_number", 13, TEXT),
    ),
    # settlement of a credit card
    "124": _parts(
        ("pan_masked", 20, TEXT),
        ("issuer", 1, TEXT),  # 1 Mastercard, 2 Visa, 3 Amex, 4 Diners, 9 other
        ("invoice", 12, TEXT),
        ("client_id", 15, TEXT),
        ("date", 6, DAY),
    ),
    # instalment of a loan
    "125": _parts(
        ("credit_account", 12, DIGITS),
        ("extension", 15, TEXT),
        ("old_balance", 15, AMOUNT),
        ("new_balance", 15, AMOUNT),
        ("amount", 15, AMOUNT),
        ("currency", 3, TEXT),
        ("start", 6, DAY),
        ("end", 6, DAY),
        ("rate", 12, RATE),
        ("reference", 13, TEXT),
    ),
    # term deposit
    "126": _parts(
        ("deposit_number", 15, TEXT),
        ("deposit_amount", 15, AMOUNT),
        ("equivalent", 15, AMOUNT),
        ("start", 6, DAY),
        ("end", 6, DAY),
        ("interest_rate", 12, RATE),
        ("interest_amount", 15, AMOUNT),
        ("currency", 3, TEXT),
        ("rate", 12, RATE),
    ),
    # SEPA direct debit
    "127": _parts(
        ("settlement_date", 6, DAY),
        ("dd_type", 1, TEXT),  # 0 unspecified, 1 recurrent, 2 one-off, 3 first, 4 last
        ("scheme", 1, TEXT),  # 0 unspecified, 1 core, 2 B2B
        ("paid_or_reason", 1, TEXT),  # 0 paid, 1 technical, 2 other, 3 debtor, 4 account
        ("creditor_id", 35, TEXT),
        ("mandate", 35, TEXT),
        ("communication", 62, TEXT),
        ("r_type", 1, TEXT),  # 1 reject, 2 return, 3 refund, 4 reversal, 5 cancellation
        ("reason", 4, TEXT),
    ),
}

_SECURITY_ORDER = (
    ("order", 13, TEXT),
    ("file_reference", 15, TEXT),
    ("customer_reference", 13, TEXT),
    ("code_type", 2, TEXT),  # 01 SVM, 02 ISIN, 04 Telekurs, 99 internal...
    ("code", 15, TEXT),
)

# Name and address are four lines of one length in version 1 (docs/reference/coda.md 1.9).
INFORMATION_TYPES_1: Mapping[str, tuple[Part, ...]] = {
    "001": _parts(
        ("name", 35, TEXT), ("street", 35, TEXT), ("locality", 35, TEXT), ("id", 35, TEXT)
    ),
}

INFORMATION_TYPES: Mapping[str, tuple[Part, ...]] = {
    # counterparty
    "001": _parts(
        ("name", 70, TEXT), ("street", 35, TEXT), ("locality", 35, TEXT), ("id", 35, TEXT)
    ),
    "002": _parts(("bank_message", 140, LINES)),
    "004": _parts(("counterparty_bank", 140, LINES)),
    "005": _parts(("correspondent", 140, LINES)),
    # an amount with a description; the sign stands behind it
    "006": _parts(
        ("description", 30, TEXT),
        ("currency", 3, TEXT),
        ("amount", 16, SIGNED_AMOUNT),
        ("category", 3, TEXT),
    ),
    # cash: so many notes or coins
    "007": _parts(("count", 7, COUNT), ("denomination", 6, DENOMINATION), ("total", 15, AMOUNT)),
    "008": _parts(("ultimate_creditor", 70, TEXT), ("id", 35, TEXT)),
    "009": _parts(("ultimate_debtor", 70, TEXT), ("id", 35, TEXT)),
    # order on securities
    "010": _parts(
        *_SECURITY_ORDER,
        ("entry_method", 1, TEXT),  # N nominal, U unit
        ("number", 12, SHARES),
        ("issue_currency", 3, TEXT),
        ("per_unit", 4, COUNT),
        ("quote_currency", 3, TEXT),
        ("quote", 12, SHARES),
        ("exchange_rate", 12, RATE),
        ("security_name", 40, TEXT),
        ("bordereau", 13, TEXT),
        ("coupon", 8, TEXT),
        ("coupon_date", 8, LONG_DAY),
        ("market", 30, TEXT),
        ("trade_date", 8, LONG_DAY),
        ("nature", 24, TEXT),
        ("nominal", 15, AMOUNT),
    ),
    # coupon
    "011": _parts(
        *_SECURITY_ORDER,
        ("number", 12, SHARES),
        ("security_name", 40, TEXT),
        ("issue_currency", 3, TEXT),
        ("coupon_amount", 14, COUPON),
        ("amount_type", 1, TEXT),  # 1 dividend, 2 interest
        ("foreign_tax", 15, AMOUNT),
        ("nature", 24, TEXT),
        ("coupon", 6, TEXT),
        ("date", 6, DAY),
        ("exchange_rate", 12, RATE),
        ("payment_currency", 3, TEXT),
        ("nominal", 15, AMOUNT),
    ),
}
