"""Where the sample invoices are, and what each of them holds; they stay outside the repository."""

from typing import NamedTuple

from .coda_samples import FOLDER as _CODA

FOLDER = _CODA.parent / "invoices"
MISSING = f"no sample files in {FOLDER}: set CODABOX_SAMPLES"


class Sample(NamedTuple):
    """One invoice, read by eye: its number, kind and totals with two decimals."""

    number: str
    is_credit: bool
    untaxed: str
    tax: str


SAMPLES = {
    "UBLBE_BE0000000196_V01-15000001.xml": Sample("V01/15000001", False, "400.00", "84.00"),
    "UBLBE_BE0000000196_V01-15000002.xml": Sample("V01/15000002", True, "400.00", "84.00"),
    "UBLBE_BE0000000196_V01-15000007.xml": Sample("V01/15000007", False, "700.00", "0.00"),
    "UBLBE_BE0000000196_V01-15000008.xml": Sample("V01/15000008", False, "400.00", "0.00"),
    "UBLBE_BE0000000196_V01-15000013.xml": Sample("V01/15000013", True, "180.00", "37.80"),
    "UBLBE_BE0000000196_V01-15000024.xml": Sample("V01/15000024", True, "400.00", "84.00"),
    "UBLBE_BE0000000196_V01-15000027.xml": Sample("V01/15000027", False, "16.69", "3.51"),
    "synthetic_efff_v1_creditnote_381_in_invoice_root.xml": Sample("T2026002", True, "100.00", "21.00"),
    "synthetic_efff_v1_invoice_380.xml": Sample("T2026001", False, "100.00", "21.00"),
}  # fmt: skip
