"""Structured communications: every type of the standard comes out in named, typed parts."""

import unittest
from datetime import date
from decimal import Decimal

from ..coda import parse_coda, write_coda
from ..coda.builders import credit, statement, structured_information
from ..coda.communication import decode_information, decode_movement, encode_movement
from ..coda.communication_types import INFORMATION_TYPES, MOVEMENT_TYPES
from .coda_lines import ACCOUNT

D = Decimal
A = "000000000001500"  # 1.500
A2 = "000000000002000"  # 2.000
RATE = "000125000000"  # 1.25
DAY = date(2026, 1, 15)

MOVEMENTS = {
    "100": (f"{'RF18539007547034':25}", {"iso11649_reference": "RF18539007547034"}),
    "101": ("009093375538", {"ogm": "009093375538"}),
    "102": ("009093375538", {"ogm": "009093375538"}),
    "103": ("000006644701", {"number": "000006644701"}),
    "104": (A, {"equivalent_eur": D("1.5")}),
    "105": (
        f"{A}{A2}{RATE}USD000000000505US{A}",
        {
            "gross_account_currency": D("1.5"),
            "gross_original_currency": D("2"),
            "rate": D("1.25"),
            "currency": "USD",
            "structured_comm": "000000000505",
            "country": "US",
            "equivalent_eur": D("1.5"),
        },
    ),
    "106": (
        f"{A}{A2}0021000000002{A}",
        {
            "equivalent_account_currency": D("1.5"),
            "base": D("2"),
            "percent": D("21"),
            "minimum": "2",
            "equivalent_eur": D("1.5"),
        },
    ),
    "107": (
        f"123456789012150126{'DOM80 COMM':30}D00123456749",
        {
            "domiciliation_number": "123456789012",
            "pivot_date": DAY,
            "communication": "DOM80 COMM",
            "paid_or_reason": "D",
            "creditor_number": "00123456749",
        },
    ),
    "108": (
        f"{A}{A2}{RATE}010126150126",
        {
            "equivalent_account_currency": D("1.5"),
            "calculation_basis": D("2"),
            "interest_rate": D("1.25"),
            "from": date(2026, 1, 1),
            "to": DAY,
        },
    ),
    "111": (
        f"1123456001000001010126000009150126{'0'}{'SHOP NAME':16}{'GENT':10}",
        {
            "scheme": "1",
            "pos": "123456",
            "period": "001",
            "first_seq": "000001",
            "first_date": date(2026, 1, 1),
            "last_seq": "000009",
            "last_date": DAY,
            "transaction_type": "0",
            "terminal_name": "SHOP NAME",
            "terminal_town": "GENT",
        },
    ),
    "113": (
        f"67032300000023711123456000777150126123{'0'}5{'SHOP NAME':16}{'GENT':10}"
        f"{A}{RATE}EUR030000601224",
        {
            "pan_masked": "6703230000002371",
            "scheme": "1",
            "terminal": "123456",
            "seq": "000777",
            "date": DAY,
            "time": "12:30",
            "transaction_type": "5",
            "terminal_name": "SHOP NAME",
            "terminal_town": "GENT",
            "original_amount": D("1.5"),
            "rate": D("1.25"),
            "currency": "EUR",
            "volume": D("30"),
            "product": "06",
            "unit_price": D("1.224"),
        },
    ),
    "114": (
        f"11234560010000021501261231{'5'}{'SHOP NAME':16}{'GENT':10}{'TICKET 5':16}",
        {
            "scheme": "1",
            "pos": "123456",
            "period": "001",
            "seq": "000002",
            "date": DAY,
            "time": "12:31",
            "transaction_type": "5",
            "terminal_name": "SHOP NAME",
            "terminal_town": "GENT",
            "reference": "TICKET 5",
        },
    ),
    "115": (
        f"670323000000237131234560000011501260900150126000002{A}C{'SAFE':16}{'GENT':10}{'MSG':12}",
        {
            "pan_masked": "6703230000002371",
            "scheme": "3",
            "terminal": "123456",
            "seq": "000001",
            "payment_date": DAY,
            "time": "09:00",
            "validation_date": DAY,
            "validation_seq": "000002",
            "original_amount": D("1.5"),
            "conformity": "C",
            "terminal_name": "SAFE",
            "terminal_town": "GENT",
            "message": "MSG",
        },
    ),
    "121": (
        f"{A}15012616012601012600123456749EUR   {'BILL1':13}{RATE}",
        {
            "bill_amount": D("1.5"),
            "maturity": DAY,
            "conventional_maturity": date(2026, 1, 16),
            "issue_date": date(2026, 1, 1),
            "company_number": "00123456749",
            "currency": "EUR",
            "blank": "",
            "bill_number": "BILL1",
            "rate": D("1.25"),
        },
    ),
    "122": (
        f"0030{RATE}{A2}2{'BILL1':13}150126",
        {
            "days": 30,
            "interest_rate": D("1.25"),
            "base": D("2"),
            "minimum": "2",
            "bill_number": "BILL1",
            "maturity": DAY,
        },
    ),
    "123": (
        f"150126999999{A}{RATE}03651{'GUAR1':13}",
        {
            "start": DAY,
            "maturity": None,
            "base": D("1.5"),
            "percent": D("1.25"),
            "days": 365,
            "minimum": "1",
            "guarantee_number": "GUAR1",
        },
    ),
    "124": (
        f"{'4557520000001234':20}2{'INV000000001':12}{'CLIENT1':15}150126",
        {
            "pan_masked": "4557520000001234",
            "issuer": "2",
            "invoice": "INV000000001",
            "client_id": "CLIENT1",
            "date": DAY,
        },
    ),
    "125": (
        f"737654321021{'':15}{A2}{A}{A}EUR010126150126{RATE}{'REFCRED':13}",
        {
            "credit_account": "737654321021",
            "extension": "",
            "old_balance": D("2"),
            "new_balance": D("1.5"),
            "amount": D("1.5"),
            "currency": "EUR",
            "start": date(2026, 1, 1),
            "end": DAY,
            "rate": D("1.25"),
            "reference": "REFCRED",
        },
    ),
    "126": (
        f"{'DEPOSIT1':15}{A2}{A}010126150126{RATE}{A}EUR{RATE}",
        {
            "deposit_number": "DEPOSIT1",
            "deposit_amount": D("2"),
            "equivalent": D("1.5"),
            "start": date(2026, 1, 1),
            "end": DAY,
            "interest_rate": D("1.25"),
            "interest_amount": D("1.5"),
            "currency": "EUR",
            "rate": D("1.25"),
        },
    ),
    "127": (
        f"150126110{'BE02ZZZ0886946917':35}{'MANDATE-0001':35}{'INVOICE 2026/001':62}2AM04",
        {
            "settlement_date": DAY,
            "dd_type": "1",
            "scheme": "1",
            "paid_or_reason": "0",
            "creditor_id": "BE02ZZZ0886946917",
            "mandate": "MANDATE-0001",
            "communication": "INVOICE 2026/001",
            "r_type": "2",
            "reason": "AM04",
        },
    ),
}

_SECURITY = f"{'ORDER1':13}{'FILE1':15}{'CUSTOMER1':13}02{'BE0003790079':15}"
_SECURITY_FIELDS = {
    "order": "ORDER1",
    "file_reference": "FILE1",
    "customer_reference": "CUSTOMER1",
    "code_type": "02",
    "code": "BE0003790079",
}

INFORMATION = {
    "001": (
        f"{'ACME NV':70}{'KERKSTRAAT 1':35}{'1000 BRUSSEL':35}{'ID-1':35}",
        {"name": "ACME NV", "street": "KERKSTRAAT 1", "locality": "1000 BRUSSEL", "id": "ID-1"},
    ),
    "002": (f"{'LINE 1':35}{'':35}{'LINE 3':35}", {"bank_message": ("LINE 1", "", "LINE 3")}),
    "004": (f"{'BANK':35}{'TOWN':35}", {"counterparty_bank": ("BANK", "TOWN")}),
    "005": ("CORRESPONDENT", {"correspondent": ("CORRESPONDENT",)}),
    "006": (
        f"{'FEE':30}EUR{A}1013",
        {"description": "FEE", "currency": "EUR", "amount": D("-1.5"), "category": "013"},
    ),
    "007": (f"0000003005000{A}", {"count": 3, "denomination": D("5"), "total": D("1.5")}),
    "008": (f"{'CREDITOR':70}{'ID-8':35}", {"ultimate_creditor": "CREDITOR", "id": "ID-8"}),
    "009": (f"{'DEBTOR':70}{'ID-9':35}", {"ultimate_debtor": "DEBTOR", "id": "ID-9"}),
    "010": (
        f"{_SECURITY}P000001000000EUR0001EUR000000645000{RATE}{'BARCO':40}{'1792':13}{'CP':8}"
        f"15012026{'Euronext':30}16012026{'purchase':24}{A}",
        {
            **_SECURITY_FIELDS,
            "entry_method": "P",
            "number": D("100"),
            "issue_currency": "EUR",
            "per_unit": 1,
            "quote_currency": "EUR",
            "quote": D("64.5"),
            "exchange_rate": D("1.25"),
            "security_name": "BARCO",
            "bordereau": "1792",
            "coupon": "CP",
            "coupon_date": DAY,
            "market": "Euronext",
            "trade_date": date(2026, 1, 16),
            "nature": "purchase",
            "nominal": D("1.5"),
        },
    ),
    "011": (
        f"{_SECURITY}000008500000{'VERIZON':40}USD000000004050001{A}{'coupon':24}{'01':6}"
        f"150126{RATE}EUR{A2}",
        {
            **_SECURITY_FIELDS,
            "number": D("850"),
            "security_name": "VERIZON",
            "issue_currency": "USD",
            "coupon_amount": D("0.40500"),
            "amount_type": "1",
            "foreign_tax": D("1.5"),
            "nature": "coupon",
            "coupon": "01",
            "date": DAY,
            "exchange_rate": D("1.25"),
            "payment_currency": "EUR",
            "nominal": D("2"),
        },
    ),
}


class TestTypes(unittest.TestCase):
    maxDiff = None

    def test_no_type_of_the_standard_is_without_a_case(self):
        self.assertEqual(set(MOVEMENTS), set(MOVEMENT_TYPES))
        self.assertEqual(set(INFORMATION), set(INFORMATION_TYPES))

    def test_each_movement_type_decodes_to_its_parts(self):
        for code, (payload, fields) in MOVEMENTS.items():
            with self.subTest(code):
                self.assertEqual(
                    decode_movement(code, payload.ljust(146)), {"type": code, **fields}
                )

    def test_each_movement_type_survives_a_file(self):
        for code, (payload, fields) in MOVEMENTS.items():
            with self.subTest(code):
                movement = credit("1", structured={"type": code, **fields})
                data = write_coda([statement(account=ACCOUNT, movements=[movement])])
                (found,) = parse_coda(data).statements[0].movements
                self.assertEqual(found.structured, {"type": code, **fields})
                # 999999 in type 123 means no maturity, as zeros do.
                self.assertEqual(found.communication, payload.strip().replace("9" * 6, "0" * 6))

    def test_each_information_type_survives_a_file(self):
        for code, (payload, fields) in INFORMATION.items():
            with self.subTest(code):
                self.assertEqual(decode_information(code, payload.ljust(265)), fields)
                information = structured_information(code, **fields)
                movement = credit("1", information=[information])
                data = write_coda([statement(account=ACCOUNT, movements=[movement])])
                (found,) = parse_coda(data).statements[0].movements[0].information
                self.assertEqual((found.type, found.fields), (code, fields))
                self.assertEqual(found.text, payload.strip())

    def test_a_direct_debit_fills_its_146_characters(self):
        self.assertEqual(sum(part.size for part in MOVEMENT_TYPES["127"]), 50 + 53 + 43)
        self.assertEqual(sum(part.size for part in INFORMATION_TYPES["010"]), 251)
        self.assertEqual(sum(part.size for part in INFORMATION_TYPES["011"]), 209)

    def test_parts_that_make_no_sense_are_none_and_stop_nothing(self):
        fields = decode_movement("113", "X" * 146)
        self.assertEqual((fields["date"], fields["time"], fields["volume"]), (None, "", None))
        self.assertEqual(decode_movement("122", "")["days"], None)
        self.assertEqual(decode_information("010", "X" * 265)["trade_date"], None)
        self.assertEqual(decode_information("010", "9" * 265)["trade_date"], None)
        self.assertEqual(decode_movement("113", "9" * 146)["time"], "")

    def test_what_stands_behind_the_known_parts_is_kept(self):
        fields = decode_movement("101", "009093375538 AND MORE")
        self.assertEqual(fields["rest"], "AND MORE")
        self.assertEqual(encode_movement(fields).rstrip(), "009093375538AND MORE")

    def test_an_unknown_type_keeps_its_text(self):
        self.assertEqual(decode_movement("999", " HELLO "), {"type": "999", "text": "HELLO"})
        self.assertEqual(decode_information("003", "HELLO"), {"text": "HELLO"})

    def test_an_information_record_may_carry_a_movement_type(self):
        fields = decode_information("105", MOVEMENTS["105"][0])
        self.assertEqual(fields, MOVEMENTS["105"][1])
