"""What a person or a rule says that a bank line is."""

from typing import Any, NamedTuple


class Counterpart(NamedTuple):
    """Where the money of a bank line goes; what is empty stays as the line has it.

    Attributes:
        account: the ``account.account`` to book on.
        partner: the ``res.partner`` of the entry.
        taxes: the ``account.tax`` that are in the amount.
        analytic: the analytic distribution.
        label: the text of the entry.
    """

    account: Any
    partner: Any = None
    taxes: Any = None
    analytic: dict | None = None
    label: str = ""
