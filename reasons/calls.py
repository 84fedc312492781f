"""The sentences about reaching CodaBox: what stopped a call, and what to do."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

PAGES = ("text/html", "application/xhtml+xml")
FILES = ("/download/", "/redownload/", "/pdf/")

# What kept one file of a document from coming -> the sentence; a refusal has CodaBox's own words.
FILE_CAUSES = {
    "server_error": "file_failed",
    **dict.fromkeys(
        ("network", "timeout", "tls", "redirect", "truncated", "bad_encoding"), "file_lost"
    ),
    **dict.fromkeys(("bad_file", "bad_content_type", "empty_file"), "file_is_none"),
    "too_large": "too_large",
}


def told_code(code, facts):
    """Return the code whose sentence says best what an answer of CodaBox means.

    Codes of ``codabox.errors`` are about one call; what is wrong with the address or the key shows
    in which call that was, and in what came instead.

    :param str code: of an error.
    :param dict facts: of that error.
    :rtype: str
    """
    path = str(facts.get("path") or "")
    is_first = path.endswith("/pod-client/")  # whatever a connection may do, this it may read
    if is_first and code in ("not_found", "not_offered"):
        return "wrong_address"
    if is_first and code == "forbidden":
        code = "wrong_key"
    if code in ("bad_json", "bad_content_type") and facts.get("content_type") in PAGES:
        return "page"
    if code == "redirect" and not facts.get("host"):
        return "redirect_loop" if facts.get("loop") else "redirect_refused"
    if code in ("too_large", "truncated") and path and not any(name in path for name in FILES):
        return f"answer_{code}"
    if code in ("rejected", "forbidden", "wrong_key") and not said(facts):
        return f"{code}_silently"
    if code == "not_available":
        return FILE_CAUSES.get(facts.get("cause"), code)
    return code


def said(facts):
    """Return what CodaBox says of a refusal, as a sentence: its text, else those by field.

    :param dict facts: of an error.
    """
    fields = facts.get("fields")
    if not isinstance(fields, dict):
        fields = {}
    by_field = "; ".join(f"{name}: {' '.join(texts)}" for name, texts in fields.items())
    text = (facts.get("detail") or by_field).strip()
    return text if text.endswith((".", "!", "?")) or not text else f"{text}."


def _address(facts):
    return facts["address"] or "CodaBox"


CALL_REASONS = {
    "timeout": lambda f: _lt(
        "CodaBox did not answer in time. Nothing is lost; the next run tries again."
    ),
    "network": lambda f: _lt(
        "CodaBox could not be reached. Check the internet connection of this server; the next run tries again."
    ),
    "tls": lambda f: _lt(
        "The secure connection to CodaBox was refused. Ask your system administrator to check the certificates of this server."
    ),
    "redirect": lambda f: _lt(
        "%(address)s sends this call on to another address (%(host)s), which is refused: your credentials would go there. Check the address in the connection.",
        address=_address(f),
        host=f["host"],
    ),
    "redirect_loop": lambda f: _lt(
        "%(address)s sends this call round in a circle. Check the address in the connection; if it is right, a proxy of your network does it: ask your system administrator.",
        address=_address(f),
    ),
    "redirect_refused": lambda f: _lt(
        "%(address)s sends this call on to where it may not go. Check the address in the connection; if it is right, a proxy of your network does it: ask your system administrator.",
        address=_address(f),
    ),
    "wrong_address": lambda f: _lt(
        "%(address)s is not the address of CodaBox's API. Check it in the connection: choose “Production” or “CodaBox sandbox”, or write your own address with /v2/ at the end.",
        address=_address(f),
    ),
    "page": lambda f: _lt(
        "%(address)s gives a web page instead of an answer. Check the address in the connection; if it is right, a proxy or a sign-in page of your network answers in its place: ask your system administrator.",
        address=_address(f),
    ),
    "answer_too_large": lambda f: _lt(
        "%(address)s gives an answer that is larger than this software accepts. Check the address in the connection; if it is right, tell CodaBox.",
        address=_address(f),
    ),
    "answer_truncated": lambda f: _lt(
        "The answer of CodaBox arrived incomplete. The next run asks again."
    ),
    "wrong_key": lambda f: _lt(
        "CodaBox refuses this software at %(address)s. %(detail)s Check that the software key in the connection is the one that CodaBox gave you for this address; if it is, ask CodaBox (api@codabox.com) what this connection may see.",
        address=_address(f),
        detail=said(f),
    ),
    "wrong_key_silently": lambda f: _lt(
        "CodaBox refuses this software at %(address)s. Check that the software key in the connection is the one that CodaBox gave you for this address; if it is, ask CodaBox (api@codabox.com) what this connection may see.",
        address=_address(f),
    ),
    "too_large": lambda f: _lt(
        "The file is larger than this software accepts. Ask CodaBox for a smaller one, or give up this entry."
    ),
    "truncated": lambda f: _lt("The file arrived incomplete. The next run asks for it again."),
    "bad_answer": lambda f: _lt(
        "CodaBox gave an answer that cannot be read. The next run tries again."
    ),
    "server_error": lambda f: _lt(
        "CodaBox has a problem (%(status)s). The next run tries again.", status=f["status"]
    ),
    "rate_limited": lambda f: _lt(
        "CodaBox asks to wait before the next call. The next run takes this into account."
    ),
    "unauthorized": lambda f: _lt(
        "CodaBox does not accept the user and password at %(address)s (any more). Check that the token was for this address; then connect again with a new token.",
        address=_address(f),
    ),
    "forbidden": lambda f: _lt(
        "CodaBox refuses this: %(detail)s Check with CodaBox what this connection may see.",
        detail=said(f),
    ),
    "forbidden_silently": lambda f: _lt(
        "CodaBox refuses this and gives no reason. Check with CodaBox what this connection may see."
    ),
    "not_found": lambda f: _lt(
        "CodaBox does not have what was asked (any more). Look in MyCodaBox whether it is still there."
    ),
    "not_offered": lambda f: _lt(
        "CodaBox does not offer this call (%(status)s). Do it in MyCodaBox.", status=f["status"]
    ),
    "function_not_offered": lambda f: _lt(
        "CodaBox does not offer this connection: %(function)s. Do it in MyCodaBox; what CodaBox lists then appears here by itself.",
        function=f["function"],
    ),
    "function_refused": lambda f: _lt(
        "CodaBox refuses this connection: %(function)s. Everything else goes on. Ask CodaBox (api@codabox.com) to open it, then press “Try again” in the connection; or do it in MyCodaBox.",
        function=f["function"],
    ),
    "rejected": lambda f: _lt("CodaBox refused: %(detail)s", detail=said(f)),
    "rejected_silently": lambda f: _lt(
        "CodaBox refused this and gives no reason. If it stays so, ask CodaBox (api@codabox.com)."
    ),
    "token_refused": lambda f: _lt(
        "CodaBox does not know this token. A token works once, and a newer token replaces an older one: ask for a new token."
    ),
    "not_connected": lambda f: _lt(
        "This connection has no user and password yet. Connect it with a token."
    ),
    "server_has_user": lambda f: _lt(
        "This server already holds a user and password for CodaBox, which go before those of a token. Remove %(username)s and %(password)s from its configuration, then connect again.",
        username=f["username"],
        password=f["password"],
    ),
    "server_has_no_user": lambda f: _lt(
        "The server has no user and password for this connection and this database. Whoever manages the server fills in %(username)s, %(password)s and %(database)s. Or connect with a token: then this database keeps them.",
        username=f["username"],
        password=f["password"],
        database=f["database"],
    ),
    "address_not_listed": lambda f: _lt(
        "This server allows the addresses of CodaBox only. Whoever manages it can allow another one: its host in CODABOX_ADDRESSES, in the environment or the configuration file of Odoo."
    ),
    "neutralized": lambda f: _lt("This is a copy of a database: it may not talk to CodaBox."),
    "base_url": lambda f: _lt(
        "The address %(url)s cannot be used: it must start with https://.", url=f["url"]
    ),
    "insecure_url": lambda f: _lt(
        "The address of this connection cannot be used: it must start with https://."
    ),
    "disk_full": lambda f: _lt(
        "The server cannot keep files at the moment: its disk is full or cannot be written. Nothing of this upload was kept. Ask whoever manages the server, then upload again."
    ),
    "bad_setting": lambda f: _lt(
        "The address or the software key of this connection cannot be used. Correct it in the connection."
    ),
    "no_licence": lambda f: _lt(
        "This company has no active licence at CodaBox to send over Peppol. Ask CodaBox for one, or choose the copy to the accountant in the connection."
    ),
    "cannot_ask": lambda f: _lt(
        "Whether an earlier attempt reached CodaBox is not known, and this way of sending cannot be asked. Check in MyCodaBox, then mark the invoice as sent or send it again."
    ),
    "confirmed_without_file": lambda f: _lt(
        "CodaBox was told that this document is here, but its file is not. The next run asks for it. If it does not come: ask CodaBox to deliver it again, then give up this entry."
    ),
    "odd_entries": lambda f: _lt(
        "CodaBox lists documents of this client in a form that cannot be read (%(count)s). The others are received; those behind stay unconfirmed until CodaBox corrects this. Tell CodaBox.",
        count=f["count"],
    ),
    "odd_clients": lambda f: _lt(
        "CodaBox lists clients in a form that cannot be read. The others are fetched, and no client is ended. Tell CodaBox."
    ),
    "list_blocked": lambda f: _lt(
        "CodaBox lists documents and gives the files of none (%(count)s). Newer documents may stay hidden behind them. If their files never come: give up these entries.",
        count=f["count"],
    ),
    "not_available": lambda f: _lt(
        "CodaBox lists this document but does not give its file (%(detail)s). The next run asks again; later documents are not blocked. If it never comes: give up this entry.",
        detail=f["detail"],
    ),
    "file_failed": lambda f: _lt(
        "CodaBox lists this document but fails to give its file (HTTP %(status)s). The next run asks again; later documents are not blocked. If it never comes: give up this entry.",
        status=f["status"],
    ),
    "file_lost": lambda f: _lt(
        "CodaBox lists this document, but its file did not arrive, or not whole. The next run asks again; later documents are not blocked. If it never comes: give up this entry."
    ),
    "file_is_none": lambda f: _lt(
        "CodaBox lists this document, but what it sends is no file of format %(format)s. The next run asks again; later documents are not blocked. If it never comes: give up this entry.",
        format=f["format"],
    ),
}
