"""What the parser makes of files that we keep, compared with text that a reviewer can read."""

import json
import os
import unittest

from ..coda import parse_coda
from ..coda.as_json import file_to_json
from .coda_golden import CASES, FOLDER

REWRITE = bool(os.environ.get("CODABOX_GOLDEN"))


def read(name):
    content = file_to_json(parse_coda((FOLDER / f"{name}.cod").read_bytes()))
    return json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


@unittest.skipUnless(REWRITE, "CODABOX_GOLDEN=1 rewrites the golden pairs")
class TestRewrite(unittest.TestCase):
    """Runs before the comparison: test classes run in the order of their names."""

    def test_rewrite(self):
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name, build in CASES.items():
            (FOLDER / f"{name}.cod").write_bytes(build())
        for path in FOLDER.glob("*.cod"):
            expected = path.with_suffix(".expected.json")
            expected.write_text(read(path.stem), encoding="utf-8")


class TestTheGoldenPairs(unittest.TestCase):
    maxDiff = None

    def test_every_file_has_its_expectation_and_every_case_its_file(self):
        files = {path.stem for path in FOLDER.glob("*.cod")}
        expectations = {path.name.split(".")[0] for path in FOLDER.glob("*.expected.json")}
        self.assertEqual(files, expectations)
        self.assertLessEqual(set(CASES), files)

    def test_every_file_gives_what_is_expected(self):
        for path in sorted(FOLDER.glob("*.cod")):
            with self.subTest(path.stem):
                expected = path.with_suffix(".expected.json").read_text(encoding="utf-8")
                self.assertEqual(read(path.stem), expected)

    def test_the_writer_still_writes_the_same_files(self):
        for name, build in CASES.items():
            with self.subTest(name):
                self.assertEqual(build(), (FOLDER / f"{name}.cod").read_bytes())
