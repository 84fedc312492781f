"""What a person picks, loose or zipped, becomes CODA files with their PDFs."""

from __future__ import annotations

import io
import unittest
import zipfile
from unittest.mock import patch

from ..coda import bundle, write_coda
from ..coda.builders import credit, statement
from ..coda.bundle import read_bundle

CODA = write_coda([statement(account="BE68539007547034", movements=[credit("1")])])
OTHER = write_coda([statement(account="BE43068999999501", movements=[credit("2")])])
PDF = b"%PDF-1.4 one"


def zipped(**files):
    """Give a zip; ``__`` in a name stands for a folder, ``_`` before the end for a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            folder, _sep, last = name.rpartition("__")
            stem, _sep, end = last.rpartition("_")
            archive.writestr(f"{folder}/{stem}.{end}" if folder else f"{stem}.{end}", content)
    return buffer.getvalue()


class BundleTest(unittest.TestCase):
    def assert_files(self, result, *expected, ignored=()):
        found = [(file.name, file.content, file.pdf) for file in result.files]
        self.assertEqual(found, list(expected))
        self.assertEqual(result.ignored, ignored)

    def test_a_loose_file_of_any_name_is_one_coda(self):
        for name in ("a.cod", "a.txt", "a.008", "a"):
            self.assert_files(read_bundle([(name, CODA)]), (name, CODA, b""))

    def test_a_loose_pdf_belongs_to_the_coda_of_the_same_stem_whatever_the_order(self):
        for picked in ([("A.cod", CODA), ("a.PDF", PDF)], [("a.PDF", PDF), ("A.cod", CODA)]):
            self.assert_files(read_bundle(picked), ("A.cod", CODA, PDF))

    def test_a_pdf_of_another_stem_is_named_as_ignored(self):
        result = read_bundle([("a.cod", CODA), ("b.pdf", PDF)])
        self.assert_files(result, ("a.cod", CODA, b""), ignored=("b.pdf",))

    def test_a_zip_of_several_with_pdfs_in_another_folder(self):
        content = zipped(a_cod=CODA, coda__b_txt=OTHER, pdf__a_pdf=PDF, notes_txt=b"Hello")
        result = read_bundle([("all.zip", content)])
        self.assert_files(
            result, ("a.cod", CODA, PDF), ("b.txt", OTHER, b""), ignored=("notes.txt",)
        )

    def test_a_zip_in_a_zip_is_opened(self):
        content = zipped(inner_zip=zipped(a_cod=CODA, a_pdf=PDF))
        self.assert_files(read_bundle([("all.zip", content)]), ("a.cod", CODA, PDF))

    def test_what_cannot_be_read_is_kept_as_one_file(self):
        broken = zipped(a_cod=CODA)[:-30]
        empty = zipped(notes_txt=b"Hello")
        for content in (broken, empty, b"Hello", b""):
            self.assert_files(read_bundle([("x.zip", content)]), ("x.zip", content, b""))

    def test_a_broken_coda_in_a_zip_is_kept_by_its_name(self):
        content = zipped(a_cod=b"Hello", b_cod=CODA)
        self.assert_files(
            read_bundle([("x.zip", content)]), ("a.cod", b"Hello", b""), ("b.cod", CODA, b"")
        )

    def test_a_zip_that_unfolds_to_too_much_is_not_unfolded(self):
        content = zipped(a_cod=CODA, b_cod=OTHER)
        for limit, value in (("MAX_BYTES", len(CODA)), ("MAX_FILES", 1)):
            with patch.object(bundle, limit, value):
                self.assert_files(read_bundle([("x.zip", content)]), ("x.zip", content, b""))

    def test_only_what_is_coda_by_name_or_content_is_claimed(self):
        for name, content, claimed in (
            ("a.txt", CODA, True),
            ("a.cod", b"Hello", True),
            ("a.txt", b"Hello", False),
            ("a.zip", zipped(a_txt=CODA), True),
            ("a.zip", zipped(a_xml=b"<a/>"), False),
            ("a.pdf", PDF, False),
        ):
            self.assertEqual(read_bundle([(name, content)]).has_coda, claimed, name)
