"""From the files that a person picked (loose or zipped) to CODA files, each with its PDF."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from .decode import is_coda

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Bundle", "BundledCoda", "read_bundle"]

# What a zip may unfold to; more is no delivery of statements but an attack or a mistake.
MAX_BYTES = 200_000_000
MAX_FILES = 5_000
MAX_DEPTH = 3

_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class BundledCoda:
    """One CODA file as it came; ``content`` may be unreadable, the parser says why."""

    name: str
    content: bytes
    pdf: bytes = b""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was in the picked files: ``ignored`` names what is neither CODA nor its PDF."""

    files: tuple[BundledCoda, ...]
    ignored: tuple[str, ...]

    @property
    def has_coda(self) -> bool:
        """Whether at least one file is CODA by its name or content."""
        return any(_is_coda_file(file.name, file.content) for file in self.files)


def read_bundle(
    picked: Iterable[tuple[str, bytes]], wanted: Callable[[str, bytes], bool] | None = None
) -> Bundle:
    """Sort out picked files: CODA files, their PDFs (same name but for the end), the rest.

    A zip is opened, also inside a zip; one that cannot be read, or holds no CODA, counts as an
    unreadable file. A loose file that is no PDF counts as CODA, so that nothing a person picked
    disappears; inside a zip only what is CODA by name or content.

    :param picked: (file name, content) of each file.
    :param wanted: says by name and content what is looked for; CODA by default.
    """
    wanted = wanted or _is_coda_file
    found: list[BundledCoda] = []
    pdfs: dict[str, tuple[str, bytes]] = {}
    ignored: list[str] = []
    for name, content in picked:
        members = _members(name, content)
        inside = [member for member in members if wanted(*member)]
        loose = len(members) == 1 and members[0][0] == name
        for member, data in members:
            if _is_pdf(member, data):
                pdfs[_stem(member)] = (member, data)
            elif (member, data) in inside:
                found.append(BundledCoda(member, data))
            elif not loose and inside:
                ignored.append(member)
        if not inside and not (loose and _is_pdf(name, content)):
            found.append(BundledCoda(name, content))
    return _with_pdfs(found, pdfs, ignored)


def _with_pdfs(
    found: list[BundledCoda], pdfs: dict[str, tuple[str, bytes]], ignored: list[str]
) -> Bundle:
    """Give each CODA file the PDF of the same stem."""
    files = tuple(
        BundledCoda(file.name, file.content, pdfs.get(_stem(file.name), ("", b""))[1])
        for file in found
    )
    used = {_stem(file.name) for file in found}
    ignored += [name for stem, (name, _data) in pdfs.items() if stem not in used]
    return Bundle(files, tuple(ignored))


def _members(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """Return the files of a zip, else the file itself."""
    if not content.startswith(b"PK"):
        return [(name, content)]
    try:
        return list(_unzip(content, _Budget(), 1))
    except _ZIP_FAULTS:
        return [(name, content)]


class _Budget:
    """What may still be unfolded."""

    def __init__(self) -> None:
        self.bytes = MAX_BYTES
        self.files = MAX_FILES

    def read(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        """Return one member; what its header announces is not trusted."""
        self.files -= 1
        with archive.open(info) as stream:
            data = stream.read(self.bytes + 1)
        self.bytes -= len(data)
        if self.bytes < 0 or self.files < 0:
            message = "the zip unfolds to more than a delivery of statements"
            raise ValueError(message)
        return data


def _unzip(content: bytes, budget: _Budget, depth: int) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for info in archive.infolist():
            path = PurePosixPath(info.filename.replace("\\", "/"))
            # Folders, and what a Mac adds beside each file.
            if info.is_dir() or "__MACOSX" in path.parts or path.name.startswith("."):
                continue
            data = budget.read(archive, info)
            if data.startswith(b"PK") and depth < MAX_DEPTH:
                yield from _unzip(data, budget, depth + 1)
            else:
                yield path.name, data


def _is_named_coda(name: str) -> bool:
    return name.lower().endswith((".cod", ".coda"))


def _is_coda_file(name: str, content: bytes) -> bool:
    return _is_named_coda(name) or is_coda(content)


def _is_pdf(name: str, content: bytes) -> bool:
    return content.startswith(b"%PDF-") or name.lower().endswith(".pdf")


def _stem(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).stem.lower()
