"""From the JSON of pods and feeds (API 4 and 5) to the values of ``domain.py``."""

from __future__ import annotations

import logging
from typing import Final

from .. import const, domain
from ..errors import BadAnswer
from .json_reader import Reader

_logger = logging.getLogger(__name__)

# The model of an entry that tells none: no software knows it.
UNKNOWN_MODEL: Final = "unknown"


def credentials(reader: Reader) -> domain.Credentials:
    """Read the answer of get-credentials (API 4.4)."""
    return domain.Credentials(reader.identity("username"), reader.identity("password"))


def peppol_licence(reader: Reader) -> domain.PeppolLicence:
    """Read a licence to send over Peppol (API 8.2)."""
    return domain.PeppolLicence(reader.identity("id"), reader.text("state"), reader.raw)


def pod(reader: Reader) -> domain.Pod:
    """Read the answer of pod-client (API 5.1)."""
    allowed = Reader(reader.mapping("allowed_formats"), reader.name("allowed_formats"), reader.odd)
    listed = reader.raw.get("feed_clients")
    clients = reader.readable_items("feed_clients", feed_client)
    delay = reader.integer("fetch_delay", const.DEFAULT_FETCH_DELAY)
    return domain.Pod(
        pod_id=reader.integer("id", 0),
        fetch_delay=min(max(0, delay), const.MAX_FETCH_DELAY),
        allowed_formats={model: allowed.texts(model) for model in allowed.raw},
        clients=clients,
        raw=reader.raw,
        # A client that cannot be read, or no list at all, says of nobody that he left.
        is_complete=isinstance(listed, list) and len(clients) == len(listed),
    )


def feed_client(reader: Reader) -> domain.FeedClient:
    """Read one item of ``feed_clients`` (API 5.1)."""
    return domain.FeedClient(
        feed_id=reader.integer("id"),
        client_id=reader.identity("client_id"),
        client_name=reader.text("client_name"),
        client_code=reader.text("client_code"),
        fiduciary_id=reader.text_or_none("fiduciary_id"),
        raw=reader.raw,
    )


def feed(reader: Reader) -> domain.Feed:
    """Read a feed (API 5.2); the order of the entries is kept."""
    # A feed without the list is not an empty feed: documents would go unseen.
    entries = reader.raw.get("feed_entries")
    if not isinstance(entries, list):
        raise reader.fail(key="feed_entries", expected="array")
    return domain.Feed(
        feed_id=reader.integer("id", 0),
        type=reader.text("type"),
        entries=tuple(_entry(entry, f"feed_entries[{n}]") for n, entry in enumerate(entries)),
        raw=reader.raw,
    )


def _entry(value: object, path: str) -> domain.FeedEntry:
    """Read one entry; one that cannot be read keeps its place: nothing behind it is confirmed."""
    try:
        return feed_entry(Reader(value, path))
    except BadAnswer as error:
        _logger.info("an entry of a feed cannot be read: %s", error)
    return domain.FeedEntry("", "", {}, value if isinstance(value, dict) else {})


def feed_entry(reader: Reader) -> domain.FeedEntry:
    """Read one entry of a feed (API 5.2)."""
    return domain.FeedEntry(
        feed_index=reader.identity("feed_index"),
        document_model=reader.text("document_model") or UNKNOWN_MODEL,
        metadata=reader.mapping("metadata"),
        raw=reader.raw,
    )
