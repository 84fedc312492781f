"""CODA files of any size, always the same bytes for the same size; written by our own writer.

Of six movements, four have a 2.2 record, three a 2.3, and one a 3.1 with its 3.2: transfers with
and without a payment reference, a direct debit, a card payment, charges, a bare text.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from codabox.coda import write_coda
from codabox.coda.builders import credit, debit, party, statement, structured_information

if TYPE_CHECKING:
    from codabox.coda import Counterparty, Movement, Statement

IBAN = "BE68539007547034"
FIRST_DAY = date(2026, 1, 1)
# A file of 20 MB then has about a thousand statements.
MOVEMENTS = 60
_PARTIES = 500
_CENTS = (100, 5_000_000)


class Writer:
    """Makes statements that follow each other; ``seed`` decides all that varies."""

    def __init__(self, seed: int = 20260101) -> None:
        self._random = random.Random(seed)
        self._balance = Decimal("10000.00")
        self._day = FIRST_DAY
        self._number = 0
        self._parties = [self._make_party(number) for number in range(_PARTIES)]

    def statement(self, movements: int = MOVEMENTS) -> Statement:
        """Return the statement of the next day, with this number of movements."""
        before, self._day = self._day, self._day + timedelta(days=1)
        self._number = self._number % 999 + 1
        made = statement(
            account=IBAN,
            opening=self._balance,
            movements=[self._movement(place) for place in range(movements)],
            number=self._number,
            day=self._day,
            opening_day=before,
            enterprise_number="0477472701",
        )
        self._balance = made.closing.amount
        # Twenty years of days are enough: CODA has two digits for the year.
        if self._day.year > FIRST_DAY.year + 20:
            self._day = FIRST_DAY
        return made

    def file(self, statements: int, movements: int) -> bytes:
        """Return a file with this number of statements, of this number of movements each."""
        return write_coda([self.statement(movements) for _ in range(statements)])

    def file_of(self, size: int) -> bytes:
        """Return a file of at least ``size`` bytes, whole statements."""
        chunks, length = [], 0
        while length < size:
            chunks.append(write_coda([self.statement()]))
            length += len(chunks[-1])
        return b"".join(chunks)

    def _make_party(self, number: int) -> Counterparty:
        bban = f"{539_000_0000 + number * 7919:010d}"
        bban += f"{int(bban) % 97 or 97:02d}"
        iban = f"BE{98 - int(bban + '111400') % 97:02d}{bban}"
        return party(f"CUSTOMER OR SUPPLIER {number:04d} BV", iban, "KREDBEBB")

    def _amount(self) -> Decimal:
        return Decimal(self._random.randint(*_CENTS)).scaleb(-2)

    def _reference(self, prefix: str = "REF") -> str:
        return f"{prefix}{self._random.randrange(10**12):012d}"

    def _movement(self, place: int) -> Movement:
        makers = (
            self._transfer_with_reference,
            self._transfer_with_text,
            self._direct_debit,
            self._card,
            self._charges,
            self._text,
        )
        return makers[place % len(makers)]()

    def _transfer_with_reference(self) -> Movement:
        number = self._random.randrange(1, 10**10)
        return credit(
            self._amount(),
            ogm=f"{number:010d}{number % 97 or 97:02d}",
            counterparty=self._random.choice(self._parties),
            bank_reference=self._reference(),
            customer_reference=self._reference("END"),
        )

    def _transfer_with_text(self) -> Movement:
        payer = self._random.choice(self._parties)
        return debit(
            self._amount(),
            communication=f"Invoice {self._reference('F')} and credit note {self._reference('C')}",
            counterparty=payer,
            bank_reference=self._reference(),
            customer_reference="NOTPROVIDED",
            information=[
                structured_information(
                    "001", name=payer.name, street="KERKSTRAAT 1", locality="1000 BRUSSEL", id=""
                )
            ],
        )

    def _direct_debit(self) -> Movement:
        fields = {
            "type": "127",
            "settlement_date": self._day,
            "dd_type": "1",
            "scheme": "1",
            "paid_or_reason": "0",
            "creditor_id": "BE69ZZZ0403170701",
            "mandate": self._reference("M"),
            "communication": f"INVOICE {self._reference('E')}",
            "r_type": "",
            "reason": "",
        }
        return debit(
            self._amount(),
            code="00501000",
            structured=fields,
            counterparty=self._random.choice(self._parties),
            bank_reference=self._reference(),
        )

    def _card(self) -> Movement:
        amount = self._amount()
        payload = {
            "type": "113",
            "pan_masked": "6703********1234",
            "scheme": "1",
            "terminal": "123456",
            "seq": "000042",
            "date": self._day,
            "time": "12:34",
            "transaction_type": "1",
            "terminal_name": "SUPERMARKT 12",
            "terminal_town": "GENT",
        }
        return debit(
            amount,
            code="00402000",
            structured=payload,
            bank_reference=self._reference(),
            customer_reference=self._reference("CARD"),
        )

    def _charges(self) -> Movement:
        fields = {"type": "106", "base": self._amount(), "percent": Decimal("21.00000000")}
        return debit("1.21", code="00137006", structured=fields)

    def _text(self) -> Movement:
        return credit(self._amount(), communication=f"PAYMENT {self._random.randrange(10**6)}")
