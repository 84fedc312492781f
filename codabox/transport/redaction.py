"""Keeping secrets out of log lines and errors."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..errors import CodaboxError

HIDDEN: Final = "***"
# Shorter texts are no secrets, and replacing them would only garble messages.
MIN_SECRET: Final = 4
# The one-time token is part of a path (API 4.4).
_TOKEN_IN_PATH: Final = re.compile(r"(get-credentials/)[^/?#\s\"']+")


def redact_path(text: str) -> str:
    """Hide the one-time token in a path, URL or log line."""
    return _TOKEN_IN_PATH.sub(rf"\1{HIDDEN}", text)


class Scrubber:
    """Removes given secrets from an error, because the server may repeat what it was sent."""

    def __init__(self, secrets: Iterable[str]) -> None:
        # The longest first: a password may contain the user name.
        found = {secret for secret in secrets if len(secret) >= MIN_SECRET}
        self._secrets = sorted(found, key=len, reverse=True)

    def clean(self, error: CodaboxError) -> CodaboxError:
        """Hide the secrets in every text of the error, in place.

        :param error: an error that was not raised yet.
        :return: the same error.
        """
        for name, value in vars(error).items():
            setattr(error, name, self._cleaned(value))
        error.args = tuple(self._cleaned(value) for value in error.args)
        return error

    def _cleaned(self, value: object) -> object:
        if isinstance(value, str):
            for secret in self._secrets:
                value = value.replace(secret, HIDDEN)
            return value
        if isinstance(value, list):
            return [self._cleaned(item) for item in value]
        if isinstance(value, dict):
            return {self._cleaned(key): self._cleaned(item) for key, item in value.items()}
        return value


class _TokenFilter(logging.Filter):
    """Hides the token in urllib3's own DEBUG line, which prints the whole path."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it is always kept."""
        text = record.getMessage()
        if (redacted := redact_path(text)) != text:
            record.msg, record.args = redacted, ()
        return True


_token_filter = _TokenFilter()


def guard_urllib3_log() -> None:
    """Hide tokens in the log of urllib3; calling it again changes nothing."""
    for name in ("urllib3.connectionpool", "urllib3.util.retry"):
        logging.getLogger(name).addFilter(_token_filter)
