"""What a UBL invoice or credit note says: frozen values, amounts as the file gives them.

One form for every Belgian flavour. Amounts are in the currency of the invoice and have the sign of
its kind: a credit note of 121.00 has a total of 121.00, whether its file is a ``CreditNote``, an
``Invoice`` with type code 381 or a ``CreditNote`` with negative amounts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Party:
    """Supplier or customer.

    ``name`` is the legal name, else the trade name, else the contact; ``enterprise`` the ten digits
    of the Belgian enterprise number wherever the file hides it, else ``""``; ``vat`` the VAT number
    with its country, without separators; ``scheme`` and ``endpoint`` the electronic address, the
    withdrawn scheme 9956 already as 0208; ``country`` two letters.
    """

    name: str
    enterprise: str = ""
    vat: str = ""
    scheme: str = ""
    endpoint: str = ""
    street: str = ""
    street2: str = ""
    zip: str = ""
    city: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Tax:
    """One tax category with what it applies to: a subtotal of the invoice, or that of a line.

    ``category`` is the letter of UNCL5305 (``S``, ``Z``, ``AE``, ``K``, ``G``, ``E``, ``O``);
    ``code`` the Belgian one of UBL.BE annex 1 (``03``, ``45``, ``46/GO``, ``NA``...), ``""`` when
    not given; ``percent`` ``None`` when not given. ``base`` and ``amount`` are of a subtotal only.
    """

    category: str
    code: str = ""
    percent: Decimal | None = None
    base: Decimal | None = None
    amount: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge, or an allowance with a negative ``amount``, without tax.

    That of a line is inside the amount of the line; that of the invoice stands beside the lines.
    ``code`` is that of UNCL7161 or UNCL5189 (``AEO``: a contribution for recycling).
    """

    amount: Decimal
    reason: str = ""
    taxes: tuple[Tax, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line. ``amount`` is its net amount without tax, ``price`` per unit before allowances.

    ``gross`` is what the price was before a rebate on it, ``None`` without one. What the line is
    about: ``item`` is its name, where ``label`` is a longer description, ``code`` the number that
    the supplier has for it, ``barcode`` the standard one. ``period`` is the time it is for.
    """

    number: str
    label: str
    quantity: Decimal
    price: Decimal | None
    amount: Decimal
    taxes: tuple[Tax, ...]
    unit: str = ""
    charges: tuple[Charge, ...] = ()
    gross: Decimal | None = None
    item: str = ""
    code: str = ""
    barcode: str = ""
    period: tuple[date, date] | None = None
    record: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the XML. ``is_invoice`` marks the printed invoice itself, a PDF."""

    name: str
    mime: str
    content: bytes = field(repr=False)
    is_invoice: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that did not stop the file: where (line of the XML), a stable code, English words.

    ``facts`` are the figures behind the code, as text.
    """

    record: int
    code: str
    message: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice or credit note.

    ``is_credit`` is the truth of the document, whatever its root; ``root`` and ``type_code`` say
    how the file put it. ``flavour`` is one of ``efff1``, ``efff3``, ``ublbe1``, ``ublbe3``,
    ``bis3``, ``ubl``. ``untaxed`` + ``tax`` = ``total``; ``payable`` is ``total`` - ``prepaid`` +
    ``rounding``. ``payment_reference`` is ``+++ddd/dddd/ddddd+++`` when it is a valid Belgian one,
    else as written. ``references`` are the numbers of the invoices a credit note is about.
    ``paid_by`` is ``direct_debit``, ``card`` or ``cash`` when nobody is asked for a transfer;
    ``mandate`` and ``creditor`` are the SEPA numbers with which a direct debit comes.
    ``tax_in_euro`` is what an invoice in another currency gives beside its own, as in the file.
    ``incoterm`` is the code of the terms of delivery.
    """

    number: str
    is_credit: bool
    root: str
    type_code: str
    flavour: str
    issue_date: date
    due_date: date | None
    currency: str
    supplier: Party
    customer: Party
    lines: tuple[InvoiceLine, ...]
    taxes: tuple[Tax, ...]
    untaxed: Decimal
    tax: Decimal
    total: Decimal
    payable: Decimal
    prepaid: Decimal
    rounding: Decimal
    payment_reference: str = ""
    ibans: tuple[str, ...] = ()
    paid_by: str = ""
    mandate: str = ""
    creditor: str = ""
    tax_in_euro: Decimal | None = None
    order: str = ""
    buyer_reference: str = ""
    references: tuple[str, ...] = ()
    delivery_date: date | None = None
    incoterm: str = ""
    period: tuple[date, date] | None = None
    notes: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    charges: tuple[Charge, ...] = ()
    notices: tuple[Notice, ...] = field(default=(), compare=False)
