"""Documents of a folder become feeds: ``python -m codabox.sandbox --data DIR``.

::

    DIR/<client code>/client.json               optional: name, enterprise_num, language, ...
    DIR/<client code>/anything.cod              files with the same stem are formats
    DIR/<client code>/anything.pdf              of one document
    DIR/<client code>/purchase_invoice/x.xml    a folder can name the model

Without such a folder level the model comes from extension and content. Documents are delivered in
the order of their paths, and keep their ``feed_index`` from run to run.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Final

from ..const import KNOWN_FORMATS
from . import metadata
from .resources import stable_id

if TYPE_CHECKING:
    from pathlib import Path

    from .resources import Json
    from .state import World

_logger = logging.getLogger(__name__)

FORMATS: Final = {".cod": "cod", ".xml": "xml", ".pdf": "pdf"}


def load(world: World, root: Path) -> None:
    """Add a client per folder, with its documents.

    :raise NotADirectoryError: there is no such folder.
    :raise ValueError: a ``client.json`` is no JSON or has unknown keys.
    """
    if not root.is_dir():
        raise NotADirectoryError(str(root))
    for home in sorted(path for path in root.iterdir() if path.is_dir()):
        documents = read_documents(home)
        feed_id = world.add_client(home.name, **_read_client(home, documents))
        for index, (model, files) in documents.items():
            feed_index = stable_id(home.name, index)
            world.add_document(feed_id, model, files, feed_index=feed_index)


def read_documents(home: Path) -> dict[str, tuple[str, dict[str, bytes]]]:
    """Read the documents of one client: relative path without extension -> model and files."""
    groups: dict[str, dict[str, bytes]] = {}
    for path in sorted(home.rglob("*")):
        if not path.is_file() or path.name == "client.json" or path.name.startswith("."):
            continue
        content = path.read_bytes()
        format = "cod" if metadata.is_coda(content) else FORMATS.get(path.suffix.lower())
        if not format:
            _logger.warning("%s is ignored: not CODA, XML or PDF", path)
            continue
        name = path.relative_to(home).with_suffix("").as_posix()
        groups.setdefault(name, {})[format] = content
    return {name: (_model(name, files), files) for name, files in groups.items()}


def _model(name: str, files: dict[str, bytes]) -> str:
    """Say of which model a document is."""
    for part in name.split("/")[:-1]:
        if part in KNOWN_FORMATS:
            return part
    if "cod" in files:
        return "coda"
    # The root element of SODA, see docs/reference/soda.md 1.2.
    if b"SocialDocument" in files.get("xml", b"")[:2000]:
        return "soda"
    return "purchase_invoice"


def _read_client(home: Path, documents: dict[str, tuple[str, dict[str, bytes]]]) -> Json:
    """Read ``client.json``; the enterprise number may come from a CODA."""
    numbers = (
        metadata.enterprise_number(files["cod"])
        for _model_name, files in documents.values()
        if "cod" in files
    )
    found: Json = {"enterprise_num": next(filter(None, numbers), None)}
    file = home / "client.json"
    if file.is_file():
        found |= json.loads(file.read_text(encoding="utf-8"))
    return found
