"""A file on its way to CodaBox: a form with one part, sent in pieces.

In pieces, because a body that is sent at once must be through within the time limit of the
*connection* (urllib3 2.8 and Python's ``socket.sendall``, seen 2026-11-27): ten seconds for fifteen
megabytes is more than many an office can upload.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from io import BytesIO

from urllib3.filepost import encode_multipart_formdata


@dataclass(frozen=True, slots=True)
class File:
    """What is uploaded: its name, its bytes and their type."""

    name: str
    content: bytes = field(repr=False)
    content_type: str


class _Body(BytesIO):
    """Bytes that can no longer be read after a while, so that a trickle ends too."""

    def __init__(self, content: bytes, seconds: float) -> None:
        super().__init__(content)
        self._until = time.monotonic() + seconds

    def read(self, size: int | None = -1, /) -> bytes:
        """Read on.

        :raise TimeoutError: it took too long.
        """
        if time.monotonic() > self._until:
            raise TimeoutError
        return super().read(size)


def form(file: File, seconds: float) -> tuple[_Body, str]:
    """Give the body of a form whose one part, named ``file``, is the file (API 8.2), and its type.

    :param seconds: how long sending it may take. It is sent once: what was read is gone.
    """
    part = (file.name, file.content, file.content_type)
    body, content_type = encode_multipart_formdata({"file": part})
    return _Body(body, seconds), content_type
