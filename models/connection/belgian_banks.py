"""What people call their bank, for names of journals; only a proposal, so not complete."""

# First four letters of the BIC (the bank) -> name. From the list of bank identification codes of
# the National Bank of Belgium, https://www.nbb.be, the banks that deliver CODA.
BANK_NAMES = {
    "ABNA": "ABN AMRO",
    "ARSP": "Argenta",
    "AXAB": "Crelan",
    "BBRU": "ING",
    "BNAG": "Nagelmackers",
    "BPOT": "bpost bank",
    "CPHB": "CPH",
    "CREG": "CBC",
    "CTBK": "Beobank",
    "DEGR": "Degroof Petercam",
    "DELE": "Delen",
    "DEUT": "Deutsche Bank",
    "FVLB": "Van Lanschot Kempen",
    "GEBA": "BNP Paribas Fortis",
    "GKCC": "Belfius",
    "HBKA": "Beobank",
    "JVBA": "Van Breda",
    "KEYT": "Keytrade",
    "KRED": "KBC",
    "NICA": "Crelan",
    "RABO": "Rabobank",
    "TRIO": "Triodos",
    "TRWI": "Wise",
    "VDSP": "vdk bank",
}


def bank_name(bic):
    """Return the usual name of a bank, ``""`` when it is not known here.

    :param str bic: its BIC, or nothing.
    :rtype: str
    """
    return BANK_NAMES.get((bic or "")[:4].upper(), "")
