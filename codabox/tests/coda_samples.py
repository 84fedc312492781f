"""What each sample file of CODA holds; ``sample_files.py`` says where they are."""

from typing import NamedTuple

from .sample_files import OURS as _OURS
from .sample_files import PUBLISHED as _PUBLISHED


class Day(NamedTuple):
    """One statement: account, movements, roots, opening and closing amount."""

    account: str
    movements: int
    roots: int
    opening: str
    closing: str


class Sample(NamedTuple):
    """What a file must give: statements and notices, or one error."""

    days: tuple[Day, ...] = ()
    notices: tuple[str, ...] = ()
    error: tuple[str, int, str] | None = None


PUBLISHED = {
    "public/Bluesmile82-coda_standard--coda.cod": Sample(
        days=(Day("BE68539007547034", 2, 2, "57900.00", "58900.00"),),
        notices=(
            "account_changed",
            "new_balance",
            "record_count",
            "credit_total",
            "announced_statement",
        ),
    ),
    "public/Bluesmile82-coda_standard--invalid.cod": Sample(
        error=("missing_record", 18, "record_id")
    ),
    "public/JeffreyDevloo-coda-parser--sample1.cod": Sample(
        days=(Day("BE12138536152215", 4, 4, "17752.12", "17832.12"),),
        notices=("announced_statement",),
    ),
    "public/JeffreyDevloo-coda-parser--sample10.cod": Sample(
        days=(Day("BE12138536152215", 3, 1, "100.00", "1100.00"),),
    ),
    "public/JeffreyDevloo-coda-parser--sample2.cod": Sample(
        days=(Day("BE62354872126588", 3, 1, "25846.00", "23154.685"),),
        notices=("far_entry_date", "account_changed", "new_balance", "announced_statement"),
    ),
    "public/JeffreyDevloo-coda-parser--sample3.cod": Sample(
        days=(Day("732XXXXXXXXX", 3, 1, "99999.99", "99999.99"),),
        notices=(
            "account_changed",
            "new_balance",
            "record_count",
            "debit_total",
            "credit_total",
        ),
    ),
    "public/JeffreyDevloo-coda-parser--sample5.cod": Sample(
        days=(Day("BE53001548226815", 3, 3, "4004.10", "-500012.10"),),
        notices=(
            "new_balance",
            "record_count",
            "debit_total",
            "credit_total",
            "announced_statement",
        ),
    ),
    "public/JeffreyDevloo-coda-parser--sample7.cod": Sample(
        days=(Day("BE12138536152215", 4, 1, "17752.12", "17832.12"),),
        notices=(
            "far_entry_date",
            "new_balance",
            "record_count",
            "debit_total",
            "credit_total",
            "announced_statement",
        ),
    ),
    "public/acsone-pycoda--Coda_faulty_version.txt": Sample(
        error=("unsupported_version", 1, "version")
    ),
    "public/acsone-pycoda--Coda_foreign_account.txt": Sample(
        days=(Day("FR1234567890240924002304825", 2, 2, "443390.70", "443346.30"),),
    ),
    "public/acsone-pycoda--Coda_v2_3_faulty_globalisation.txt": Sample(
        days=(Day("BE12341702625236", 11, 11, "19338.09", "10807.81"),),
        notices=("account_changed", "announced_statement"),
    ),
    "public/acsone-pycoda--Coda_v2_3_globalisation.txt": Sample(
        days=(Day("BE12341676096039", 5, 4, "-455.17", "275270.53"),),
        notices=("far_entry_date", "far_entry_date", "account_changed", "announced_statement"),
    ),
    "public/acsone-pycoda--Coda_v2_3_multi_statements.txt": Sample(
        days=(
            Day("BE86407051416150", 32, 17, "0.00", "0.00"),
            Day("BE12341702625236", 11, 11, "19338.09", "10807.81"),
        ),
        notices=("account_changed", "announced_statement"),
    ),
    "public/acsone-pycoda--Coda_v2_3_single_statement.txt": Sample(
        days=(Day("BE86407051416150", 32, 17, "0.00", "0.00"),),
        notices=("announced_statement",),
    ),
    "public/bn3t-coda-rs--CODA-bad.txt": Sample(error=("bad_amount", 2, "amount")),
    "public/magello-ai-codabel--generated_two_movements.cod": Sample(
        days=(Day("", 2, 2, "0.00", "-555.45"),),
    ),
    "public/microsoft-BCApps--KBC_v1_07022000.008.txt": Sample(
        days=(Day("BE66737010689443", 1, 1, "236074.08", "234721.60"),),
    ),
    "public/tryton-febelfin-coda--CODA.txt": Sample(
        days=(Day("BE47435000000080", 111, 59, "0.00", "9405296.99"),),
    ),
}

OURS = {
    "synthetic/all_structured_communications.cod": Sample(
        days=(Day("BE68539007547034", 20, 20, "0.00", "-6.00"),),
    ),
    "synthetic/bad_amount_digits.cod": Sample(error=("bad_amount", 3, "amount")),
    "synthetic/bad_new_balance.cod": Sample(
        days=(Day("BE68539007547034", 2, 2, "1000.00", "0.001"),),
        notices=("new_balance",),
    ),
    "synthetic/bad_trailer_count.cod": Sample(
        days=(Day("BE68539007547034", 2, 2, "1000.00", "1075.01"),),
        notices=("record_count",),
    ),
    "synthetic/basic_two_movements.cod": Sample(
        days=(Day("BE68539007547034", 2, 2, "1000.00", "1075.01"),),
    ),
    "synthetic/charges_3_8_106.cod": Sample(
        days=(Day("BE68539007547034", 3, 1, "0.00", "-12.10"),),
    ),
    "synthetic/customer_global_1_5.cod": Sample(
        days=(Day("BE68539007547034", 3, 1, "0.00", "-90.00"),),
    ),
    "synthetic/details_with_type_0_kbc.cod": Sample(
        days=(Day("BE68539007547034", 3, 1, "0.00", "-75.00"),),
    ),
    "synthetic/duplicate_D.cod": Sample(
        days=(Day("BE68539007547034", 2, 2, "1000.00", "1075.01"),),
    ),
    "synthetic/empty_0_1_8_9.cod": Sample(
        days=(Day("BE68539007547034", 0, 0, "500.00", "500.00"),),
    ),
    "synthetic/empty_0_1_9.cod": Sample(
        days=(Day("BE68539007547034", 0, 0, "500.00", "500.00"),),
    ),
    "synthetic/enc_cp1252.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "0.00", "1.00"),),
    ),
    "synthetic/enc_cp850.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "0.00", "1.00"),),
    ),
    "synthetic/enc_latin-1.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "0.00", "1.00"),),
    ),
    "synthetic/enc_utf-8.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "0.00", "1.00"),),
    ),
    "synthetic/enc_utf8_bom.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "0.00", "1.00"),),
    ),
    "synthetic/entry_date_000000.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "0.00", "5.00"),),
    ),
    "synthetic/foreign_transfer_3_8_105.cod": Sample(
        days=(Day("BE68539007547034", 3, 1, "0.00", "93.00"),),
    ),
    "synthetic/gap_seq_001.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "0.00", "1.00"),),
    ),
    "synthetic/identical_transactions.cod": Sample(
        days=(Day("BE68539007547034", 2, 2, "0.00", "2.00"),),
    ),
    "synthetic/instant_family_02.cod": Sample(
        days=(Day("BE68539007547034", 2, 2, "0.00", "11.00"),),
    ),
    "synthetic/iso11649_100.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "0.00", "44.00"),),
    ),
    "synthetic/leading_newline.cod": Sample(
        days=(Day("BE68539007547034", 2, 2, "1000.00", "1075.01"),),
    ),
    "synthetic/long_communication_21_22_23.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "0.00", "1.00"),),
    ),
    "synthetic/multi_account_same_currency.cod": Sample(
        days=(
            Day("BE68539007547034", 1, 1, "1000.00", "1121.00"),
            Day("BE43068999999501", 1, 1, "5000.00", "12777.00"),
        ),
    ),
    "synthetic/multi_two_days_same_account.cod": Sample(
        days=(
            Day("BE68539007547034", 2, 2, "1000.00", "1075.01"),
            Day("BE68539007547034", 1, 1, "1075.01", "1076.01"),
        ),
    ),
    "synthetic/negative_balances.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "-250.00", "-260.00"),),
    ),
    "synthetic/negative_to_positive.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "-250.00", "50.00"),),
    ),
    "synthetic/nl_blank_lines.cod": Sample(
        days=(Day("BE68539007547034", 2, 2, "1000.00", "1075.01"),),
    ),
    "synthetic/nl_cr.cod": Sample(
        days=(Day("BE68539007547034", 2, 2, "1000.00", "1075.01"),),
    ),
    "synthetic/nl_lf.cod": Sample(
        days=(Day("BE68539007547034", 2, 2, "1000.00", "1075.01"),),
    ),
    "synthetic/paper_000_coda_000.cod": Sample(
        days=(Day("BE68539007547034", 2, 2, "1000.00", "1075.01"),),
    ),
    "synthetic/paper_old_new_differ.cod": Sample(
        days=(Day("BE68539007547034", 2, 2, "1000.00", "1075.01"),),
    ),
    "synthetic/sdd_127_paid.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "0.00", "-96.749"),),
    ),
    "synthetic/struct0_bban.cod": Sample(
        days=(Day("BE68539007547034", 2, 2, "1000.00", "1075.01"),),
    ),
    "synthetic/struct1_foreign_bban.cod": Sample(
        days=(Day("123456789", 2, 2, "1000.00", "1075.01"),),
    ),
    "synthetic/struct3_foreign_iban.cod": Sample(
        days=(Day("FR7630006000011234567890189", 2, 2, "1000.00", "1075.01"),),
    ),
    "synthetic/struct3_foreign_iban_spaces.cod": Sample(
        days=(Day("FR7630006000011234567890189", 2, 2, "1000.00", "1075.01"),),
    ),
    "synthetic/struct_blank_bpost.cod": Sample(
        days=(Day("BE68000123456789", 2, 2, "1000.00", "1075.01"),),
    ),
    "synthetic/tail_ctrl_z.cod": Sample(
        days=(Day("BE68539007547034", 2, 2, "1000.00", "1075.01"),),
    ),
    "synthetic/truncated_no_trailer.cod": Sample(error=("truncated", 10, "record_id")),
    "synthetic/v1_basic.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "1000.00", "1121.00"),),
    ),
    "synthetic/value_date_000000.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "0.00", "5.00"),),
    ),
    "synthetic/version_5.cod": Sample(error=("unsupported_version", 1, "version")),
    "synthetic/year_rollover_2025_250.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "0.00", "1.00"),),
    ),
    "synthetic/year_rollover_2026_001.cod": Sample(
        days=(Day("BE68539007547034", 1, 1, "1.00", "2.00"),),
    ),
}


def read(name: str) -> bytes:
    """Give the bytes of a sample, one of ours or one published by others."""
    return ((_OURS if name in OURS else _PUBLISHED) / "coda" / name).read_bytes()


def case(name: str) -> bytes:
    """Give the bytes of one of the small files that each stand for a kind of fault."""
    return (_OURS / "coda/cases" / f"{name}.cod").read_bytes()


def files(samples: dict[str, Sample]) -> set[str]:
    """Give the names of the files that lie where ``OURS`` or ``PUBLISHED`` are."""
    root, part = (_OURS, "synthetic") if samples is OURS else (_PUBLISHED, "public")
    return {f"{part}/{path.name}" for path in (root / "coda" / part).iterdir()}
