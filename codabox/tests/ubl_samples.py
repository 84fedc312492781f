"""What each sample invoice says; ``sample_files.py`` says where they are."""

from typing import NamedTuple

from .sample_files import OURS as _OURS
from .sample_files import PUBLISHED as _PUBLISHED

SUPPLIER = ("My Supplier Company", "0000000196", "BE0000000196", "0208", "0000000196")
CUSTOMER = ("My Customer Company", "0000000295", "BE0000000295", "0208", "0000000295")
GERMAN = ("Microsoft Deutschland", "", "DE163372785", "9930", "DE163372785")
LEVERANCIER = ("Test Leverancier BV", "0000000196", "BE0000000196", "", "")
DEMO = ("Demo BV", "0477472701", "BE0477472701", "", "")
WITHDRAWN = "endpoint_scheme_withdrawn"
TRADE = "name_from_trade_name"


class Sample(NamedTuple):
    """What a file must give: taxes as category, code, percent, base, amount, meaning."""

    number: str
    is_credit: bool
    totals: tuple[str, str, str, str]
    taxes: tuple[tuple[str, str, str, str, str, str], ...]
    lines: tuple[tuple[str, str, str], ...]
    supplier: tuple[str, str, str, str, str] = SUPPLIER
    customer: tuple[str, str, str, str, str] = CUSTOMER
    flavour: str = "ublbe1"
    notices: tuple[str, ...] = (WITHDRAWN, WITHDRAWN)


# Test cases of UBL.BE, published by way of phax/phive-rules.
PUBLISHED = {
    "UBLBE_BE0000000196_V01-15000001.xml": Sample(
        "V01/15000001", False, ("400", "84", "484", "484"),
        (("S", "03", "21", "400", "84", "rate"),), (("2", "200", "400"),),
    ),
    "UBLBE_BE0000000196_V01-15000002.xml": Sample(
        "V01/15000002", True, ("400", "84", "484", "484"),
        (("S", "03", "21", "400", "84", "rate"),), (("2", "200", "400"),),
    ),
    "UBLBE_BE0000000196_V01-15000007.xml": Sample(
        "V01/15000007", False, ("700", "0", "700", "700"),
        (("K", "46/GO", "0", "400", "0", "eu_goods"), ("K", "44", "0", "300", "0", "eu_services")),
        (("2", "200", "400"), ("1", "300", "300")),
        supplier=GERMAN, notices=(WITHDRAWN,),
    ),
    "UBLBE_BE0000000196_V01-15000008.xml": Sample(
        "V01/15000008", False, ("400", "0", "400", "400"),
        (("AE", "45", "0", "400", "0", "cocontractor"),), (("2", "200", "400"),),
    ),
    # An invoice of less than nothing: a credit note, and Odoo takes it for one as well.
    "UBLBE_BE0000000196_V01-15000013.xml": Sample(
        "V01/15000013", True, ("180", "37.8", "217.8", "217.8"),
        (("S", "03", "21", "180", "37.8", "rate"),), (("2", "100", "200"), ("-2", "10", "-20")),
        notices=("negative_invoice", WITHDRAWN, WITHDRAWN),
    ),
    "UBLBE_BE0000000196_V01-15000024.xml": Sample(
        "V01/15000024", True, ("400", "84", "484", "484"),
        (("S", "03", "21", "400", "84", "rate"),), (("2", "200", "400"),),
        notices=("negative_credit_note", WITHDRAWN, WITHDRAWN),
    ),
    # The lines come to 16.70: prices have more decimals than the file shows (annex 5).
    "UBLBE_BE0000000196_V01-15000027.xml": Sample(
        "V01/15000027", False, ("16.69", "3.51", "20.2", "20.2"),
        (("S", "03", "21", "16.69", "3.51", "rate"),),
        (("10", "0.83", "8.35"), ("10", "0.83", "8.35")),
        notices=("lines_differ", WITHDRAWN, WITHDRAWN),
    ),
}  # fmt: skip

OURS = {
    "synthetic_efff_v1_invoice_380.xml": Sample(
        "T2026001", False, ("100", "21", "121", "121"),
        (("S", "03", "21", "100", "21", "rate"),), (("1", "100", "100"),),
        supplier=LEVERANCIER, customer=DEMO, flavour="efff1",
        notices=(TRADE, TRADE, "reference_in_other_place"),
    ),
    "synthetic_efff_v1_creditnote_381_in_invoice_root.xml": Sample(
        "T2026002", True, ("100", "21", "121", "121"),
        (("S", "03", "21", "100", "21", "rate"),), (("1", "100", "100"),),
        supplier=LEVERANCIER, customer=DEMO, flavour="efff1",
        notices=(TRADE, TRADE, "reference_in_other_place"),
    ),
}  # fmt: skip


def read(name: str) -> bytes:
    """Give the bytes of a sample, one of ours or one published by others."""
    return ((_OURS if name in OURS else _PUBLISHED) / "invoices" / name).read_bytes()


def case(name: str) -> bytes:
    """Give one of the invoices that once came to another total than their own."""
    return (_OURS / "invoices/cases" / f"{name}.xml").read_bytes()


def cii() -> bytes:
    """Give the file inside the PDF of a Factur-X invoice."""
    return (_OURS / "invoices" / "factur-x.xml").read_bytes()


def files(samples: dict[str, Sample]) -> set[str]:
    """Give the names of the files that lie where ``OURS`` or ``PUBLISHED`` are."""
    root, pattern = (_OURS, "synthetic_*.xml") if samples is OURS else (_PUBLISHED, "UBLBE_*.xml")
    return {path.name for path in (root / "invoices").glob(pattern)}
