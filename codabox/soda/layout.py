"""The elements of SODA, as far as they are known, and the limits of a file.

Source: the one public sample, ``l10n_be_import_soda`` of OCA/l10n-belgium (pull request 257,
September 2025), which names ``XMLFileSocial_V1.2c.xsd`` as its schema. That schema is not public:
what is not listed here is reported, never refused, unless it touches money.
"""

from __future__ import annotations

from typing import Final

ROOT: Final = "SocialDocument"

# Element -> the elements it may hold; none for an element that holds text. Names are local names:
# the sample has no namespace, and one that comes changes nothing.
LAYOUT: Final[dict[str, tuple[str, ...]]] = {
    ROOT: ("Source", "Version", "Social"),
    "Social": ("SeqNumber", "GenDate", "Enterprise", "AccountPeriod", "Transactions"),
    "Enterprise": ("EntNum", "EntLabel"),
    "Transactions": ("TransactionLine",),
    "TransactionLine": ("SocialPeriod", "Accounting"),
    "Accounting": ("Account", "Label", "Amount"),
    "Amount": ("Debit", "Credit"),
}

# Elements that carry what is booked: one of them in a place that is not read would be money lost.
LINES: Final = ("Social", "TransactionLine", "Accounting")
# The same for a single amount; there it may also be a split of one that is read.
AMOUNTS: Final = ("Amount", "Debit", "Credit")

# A month of 10,000 employees in detail has some 100,000 lines of 200 bytes.
MAX_BYTES: Final = 20_000_000
MAX_TAGS: Final = 2_000_000
# What is reported of the unknown: enough to learn from, not a second copy of the file.
MAX_UNKNOWN: Final = 100
MAX_PATH: Final = 200

# Versions of the document whose elements are known.
KNOWN_VERSIONS: Final = ("1.",)
