"""What a mandate's state means, whatever the service calls it.

Every service has words of its own; here each word gets a neutral state, so that screens, filters
and reminders need one list. Words: ``docs/reference/api.md`` 7.3, 7.5, 7.6 and 14; neutral
states: ``docs/reference/mandates.md`` 4. Two of these need a word more:

* ``preparing``: CodaBox has the order and works on it. Shown as a draft, it would be ordered again.
* ``unknown``: a word that is not in the reference; it is shown as it came.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# The services that have mandates, by the name of their document model (API 5.6).
CODA: Final = "coda"
SODA: Final = "soda"
PURCHASE_INVOICE: Final = "purchase_invoice"
SERVICES: Final = (CODA, SODA, PURCHASE_INVOICE)


class MandateState(str, Enum):
    """Where a mandate stands, for every service; in the order of its life."""

    DRAFT = "draft"  # not at CodaBox yet
    PREPARING = "preparing"  # ordered; CodaBox makes the document
    TO_SIGN = "to_sign"  # the client must act
    SIGNED = "signed"  # CodaBox checks what was signed
    REQUESTED = "requested"  # asked at the secretariat, or at Peppol and Zoomit
    BANK_OR_OFFICE = "bank_or_office"  # with the bank
    DELAYED = "delayed"  # the secretariat is late
    WAITING_FIRST_FILE = "waiting_first_file"
    ACTIVE = "active"
    PROBLEM = "problem"
    EXPIRED = "expired"  # the link is dead; can be sent again
    ARCHIVED = "archived"
    UNKNOWN = "unknown"


# CodaBox's word -> neutral state, and whether documents may move (docs/reference/mandates.md 5).
# An ended mandate is False here: what is dated up to its end passes, see gate.py.
_Row = tuple[MandateState, bool]
STATES: Final[Mapping[str, Mapping[str, _Row]]] = {
    CODA: {
        "registered": (MandateState.PREPARING, False),
        "in-treatment": (MandateState.PREPARING, False),
        "prepared": (MandateState.PREPARING, False),
        "available-online": (MandateState.TO_SIGN, False),
        "sent-client": (MandateState.TO_SIGN, False),
        "signed": (MandateState.SIGNED, True),
        "sent-hq": (MandateState.BANK_OR_OFFICE, True),
        "active": (MandateState.ACTIVE, True),
        "problem": (MandateState.PROBLEM, False),
        "archived": (MandateState.ARCHIVED, False),
    },
    SODA: {
        "not-signed": (MandateState.TO_SIGN, False),
        "signed": (MandateState.SIGNED, True),
        "requested": (MandateState.REQUESTED, True),
        "delayed": (MandateState.DELAYED, True),
        "confirmed": (MandateState.WAITING_FIRST_FILE, True),
        "active": (MandateState.ACTIVE, True),
        "problem": (MandateState.PROBLEM, False),
        "archived": (MandateState.ARCHIVED, False),
    },
    PURCHASE_INVOICE: {
        "invited": (MandateState.TO_SIGN, False),
        "invitation-expired": (MandateState.EXPIRED, False),
        "validation": (MandateState.SIGNED, False),
        "registration": (MandateState.REQUESTED, False),
        "active": (MandateState.ACTIVE, True),
        "problem": (MandateState.PROBLEM, False),
        "cancelled": (MandateState.ARCHIVED, False),
    },
}

# Reminders and links, from MyCodaBox's help (docs/reference/mandates.md 3).
REMINDER_DAYS: Final = 14  # CodaBox reminds the client of an unsigned CODA mandate, when it mails
MAX_REMINDERS: Final = 3
SIGNING_LINK_MONTHS: Final = 6  # an older signing link may be dead
APP_LINK_DAYS: Final = 7  # a missing KBC/CBC activation becomes an issue
INVITATION_REMINDER_DAYS: Final = 7  # purchase invoices
INVITATION_DAYS: Final = 14  # purchase invoices: then the invitation expires


def neutral_state(service: str, state: str) -> MandateState:
    """Give the neutral state of a mandate.

    :param service: one of :data:`SERVICES`.
    :param state: CodaBox's word, ``""`` when there is no mandate at CodaBox.
    :return: ``DRAFT`` without a word, ``UNKNOWN`` for a word or service that is not known.
    """
    if not state:
        return MandateState.DRAFT
    return STATES.get(service, {}).get(state, (MandateState.UNKNOWN, True))[0]


def reminders_due(service: str, state: str, days: int) -> int:
    """Give how often CodaBox has reminded the client by its own rules; it does not report it.

    It reminds only whom it mails itself: never for ``available-online``, where the office mails.

    :param state: CodaBox's word.
    :param days: since the mandate is in that state.
    """
    if (service, state) == (CODA, "sent-client"):
        return min(max(days, 0) // REMINDER_DAYS, MAX_REMINDERS)
    if (service, state) == (PURCHASE_INVOICE, "invited"):
        return int(days >= INVITATION_REMINDER_DAYS)
    return 0


def is_ended(service: str, state: str) -> bool:
    """Say whether a mandate is over, so that the same thing may be ordered again (API 7.2)."""
    return neutral_state(service, state) is MandateState.ARCHIVED


def can_be_ordered(service: str, state: str) -> bool:
    """Say whether CodaBox takes a new order beside a mandate in this state.

    After a problem a CODA or payroll mandate is archived first; an expired invitation is simply
    sent again (API 7.2, 7.3 and 7.6).
    """
    free = (MandateState.DRAFT, MandateState.ARCHIVED, MandateState.EXPIRED)
    return neutral_state(service, state) in free
