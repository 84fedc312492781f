"""Rules that most companies need, each from its day on: only ever proposed, where such lines are.

Accounts are numbers of the MAR/PCMN. Payments to the State are told apart by their text: VAT,
withholding and the personal tax of the manager stand on three accounts, and none is booked by the
account of the State alone. The tax of the manager is his: it goes to his current account.
"""

from datetime import date

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# From the day on which they hold: names of taxes, codes and accounts change. A new set is added with
# its day; the newest that has begun is proposed.
SETS = {
    date(2026, 1, 1): (
        {"name": _lt("Bank charges"), "code": "80,3537", "sign": "out", "account_code": "6572"},
        {"name": _lt("Interest paid"), "code": "3501", "sign": "out", "account_code": "6500"},
        {"name": _lt("Interest received"), "code": "3550", "sign": "in", "account_code": "751"},
        {"name": _lt("Card settlement"), "code": "0403", "sign": "out", "account_code": "58"},
        {"name": _lt("Card terminal"), "code": "0450", "sign": "in", "account_code": "58"},
        {
            "name": _lt("Social security"),
            "is_state": True,
            "text": "RSZ, ONSS",
            "sign": "out",
            "account_code": "454",
        },
        {
            "name": _lt("Withholding tax on wages"),
            "is_state": True,
            "text": "bedrijfsvoorheffing, précompte professionnel",
            "sign": "out",
            "account_code": "453",
        },
        {
            "name": _lt("VAT"),
            "is_state": True,
            "text": "btw, tva, mwst",
            "sign": "out",
            "account_code": "451",
        },
        {
            "name": _lt("Personal tax of the director"),
            "is_state": True,
            "text": "personenbelasting, impôt des personnes physiques, IPP",
            "sign": "out",
            "account_code": "416",
        },
    ),
}


def starters(day):
    """Return the rules that are proposed on a day, as values.

    :param datetime.date day: the day.
    :rtype: tuple[dict, ...]
    """
    begun = [since for since in SETS if since <= day]
    return SETS[max(begun)] if begun else ()
