"""What a client may send with an answer: looked at by its bytes, never by its name."""

import re

from ...codabox.ubl import is_ubl

MEBIBYTE = 1024 * 1024
MAX_MEBIBYTES = 10
MAX_FILES = 5
# Where a whole PDF ends; some programs write something behind it.
TAIL = 2048
MAX_NAME = 60


def kind_of(content):
    """Return (extension, media type) of what is taken, ``None`` for all else.

    :param bytes content: the file.
    """
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-TAIL:]:
        return "pdf", "application/pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png", "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg", "image/jpeg"
    if is_ubl(content):
        return "xml", "text/plain"  # what a browser never runs, and Odoo reads as an invoice
    return None


def safe_name(name, extension):
    """Return a name for a file: no path, nothing that ends it, its extension as its bytes say."""
    name = re.split(r"[\\/]", name or "")[-1]
    stem = re.sub(r"[^\w .,()&+-]", "", name.rpartition(".")[0] or name).strip(" .")
    return f"{stem[:MAX_NAME] or 'document'}.{extension}"
