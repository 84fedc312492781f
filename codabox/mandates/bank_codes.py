"""Belgian bank codes: which bank an account number belongs to.

The three digits after the check digits of a Belgian IBAN. From the list of bank identification
codes of the National Bank of Belgium (grouped_list_current.xlsx on https://www.nbb.be, version
01/01/2026, as packed in python-stdnum 2.2). That package is not used itself: inside Odoo 19 it
cannot open its data ("Can't open orphan path", seen 2026-11-22).
"""

from __future__ import annotations

from typing import Final

# BIC of eight characters -> its codes; codes that belong to no bank are not here.
_CODES: Final = {
    "ABERBE22": "111",
    "ABNABE2A": "509 513 674 719 722 960",
    "ADIABE22": "640",
    "ARSPBE22": "973 978-980",
    "ATMNBE32": "116",
    "AXABBE22": "700-709 750-765 772-774 800-806 963 975",
    "BARCBEBB": "653",
    "BBRUBEBB": "185 300-399 630-631 652 673 828 880-881 883-884 887-888 910 920 922-923 929-931 "
    "934 936 939 961 971 976",
    "BBVABEBB": "642",
    "BCDMBEBB": "664",
    "BCMCBEBB": "150",
    "BIBLBE21": "587",
    "BKCHBEBB": "605",
    "BKIDBE22": "541",
    "BLUXBEBB": "823",
    "BMEUBEB1": "663",
    "BMPBBEBB": "643 648",
    "BNAGBEBB": "132 634-636 646-647 871 877-879",
    "BOFABE3X": "685-686 689",
    "BOTKBEBX": "693",
    "BSCHBEBB": "176 590-594",
    "BYBBBEBB": "675",
    "CBPXBE99": "677",
    "CEKVBE88": "906 908",
    "CEPABEB2": "649",
    "CFFRBEB1": "586",
    "CHASBEBX": "549",
    "CITIBEBX": "570-579",
    "CLIQBEB1": "940",
    "CMCIBEB1": "588 667",
    "CPHBBE75": "125-126 171",
    "CREGBEBB": "190-199 728-729 732 742",
    "CRLYBEBB": "696",
    "CTBKBEBX": "109-110 113-114 119-124 127 129 131 133-134 595-601 950-959",
    "CVMCBEBB": "941",
    "DEGRBEBB": "583 676 845",
    "DELEBE22": "678",
    "DEUTBEBE": "610-613 694 825-826",
    "DHBNBEBB": "501",
    "DIERBE21": "507",
    "DIGEBEB2": "130",
    "DNIBBE21": "512",
    "EBPBBEB1": "926",
    "ENIBBEBB": "968",
    "EPBFBEBB": "913",
    "EURBBE99": "671",
    "FMMSBEB1": "924",
    "FPEBBEB2": "964",
    "FVLBBE22": "521 525",
    "FXBBBEBB": "914",
    "GEBABEBB": "000-049 137 140-149 200-214 220-299",
    "GKCCBEBB": "050-099 550-560 562-569 624-625 638 657 672 680 682-683 775-799 830-839",
    "GOCFBEB1": "916",
    "HABBBEBB": "658",
    "HOMNBEB2": "948",
    "HSBCBEBB": "949",
    "ICBKBEBB": "607",
    "IRVTBEBB": "515",
    "ISAEBEBB": "817",
    "JPMGBEBB": "945",
    "JVBABE22": "645",
    "KEYTBEBB": "651",
    "KREDBEBB": "400-499 725-727 730-731 733-741 743-749 868",
    "LOCYBEBB": "548",
    "MBWMBEBB": "876",
    "MGTCBEBE": "687 695 699",
    "MHCBBEBB": "581",
    "NBBEBEBB": "100-101",
    "NICABEBB": "103-108 850-853 859-860 862-863 865-866",
    "OONXBEBB": "915",
    "PANXBEB1": "504",
    "PARBBEBZ": "508",
    "PAUIBE22": "115",
    "PAYVBEB2": "977",
    "PCHQBEBB": "679 873 981-984",
    "PESOBEB1": "974",
    "PRIBBEBB": "840",
    "PUILBEBB": "514 942 969",
    "RCBPBEBB": "585",
    "REVOBEB2": "650",
    "SBINBE2X": "668",
    "SGABBEB2": "684 688",
    "SMBCBEBB": "189",
    "SWNBBEB2": "603-604",
    "TRIOBEBB": "523",
    "TRWIBEB1": "903-905 967",
    "TUNZBEB1": "911",
    "UTWBBEBB": "522",
    "VAPEBE22": "510",
    "VDSPBE91": "890-899",
    "WAFABEBB": "524 546",
}


def _by_code() -> dict[str, str]:
    found = {}
    for bic, codes in _CODES.items():
        for part in codes.split():
            first, _dash, last = part.partition("-")
            for code in range(int(first), int(last or first) + 1):
                found[f"{code:03d}"] = bic
    return found


BIC_OF_CODE: Final = _by_code()
