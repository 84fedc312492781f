"""Facts about CodaBox API V2 that are not ours: addresses, vocabulary, limits.

``API 3.5`` is that fact in ``docs/reference/api.md``, with how sure it is and where it was seen.
"""

from __future__ import annotations

from typing import Final

# API 2.1.
PRODUCTION_URL: Final = "https://api.codabox.com/v2/"
SANDBOX_URL: Final = "https://sandbox-api.codabox.com/v2/"

# Document model -> formats, as CodaBox's test server lists them in `pod-client` (API 5.1 and 5.6).
# What a connection may really fetch is in `Pod.allowed_formats`, which is an open map: this one
# only says which names this software knows.
KNOWN_FORMATS: Final[dict[str, tuple[str, ...]]] = {
    "coda": ("cod", "pdf", "xml"),
    "soda": ("pdf", "xml"),
    "purchase_invoice": ("pdf", "xml"),
    "sales_invoice": ("pdf", "xml"),
    "expense": ("pdf", "xml"),
}

# Seconds between two fetch rounds when `pod-client` gives none; 7200 is that of its test
# server. The unit is inferred (API 3.5).
DEFAULT_FETCH_DELAY: Final = 7200

# Ours. CodaBox publishes no limits (API 13.7); these keep a broken or hostile answer bounded.
CONNECT_TIMEOUT: Final = 10.0  # seconds to get a connection
READ_TIMEOUT: Final = 60.0  # seconds without a byte
TOTAL_TIMEOUT: Final = 300.0  # seconds for one answer, so that a trickle of bytes ends too
MAX_BYTES: Final = 50 * 1024 * 1024  # bytes of one answer, after decompression
MAX_ERROR_BYTES: Final = 64 * 1024  # bytes read of the body of a refusal
MAX_REDIRECTS: Final = 3
RETRIES: Final = 3  # further attempts after the first, where repeating is safe
MAX_WAIT: Final = 10.0  # seconds of Retry-After that are waited for; longer ones are reported
BACKOFF_BASE: Final = 0.5  # seconds, doubled at each attempt
BACKOFF_CAP: Final = 8.0  # seconds
# Django REST framework always sends Retry-After (API 3.4); a gateway may not.
DEFAULT_RETRY_AFTER: Final = 60.0
MAX_RETRY_AFTER: Final = 86_400.0

# Of one sales invoice, as sent; of the provisional contract (API 14, P7), so ours. The real limit
# is not known (API 8.1).
MAX_INVOICE_BYTES: Final = 15 * 1024 * 1024
