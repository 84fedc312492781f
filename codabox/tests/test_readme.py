"""The examples of codabox/README.md run."""

from __future__ import annotations

import doctest
import unittest
from pathlib import Path

from .. import __doc__ as _package_doc  # noqa: F401 - the package itself must import
from .. import errors

README = Path(errors.__file__).parent / "README.md"
PACKAGE = __package__.rpartition(".")[0]


class ReadmeTest(unittest.TestCase):
    def test_the_examples_run_as_printed(self):
        # Inside Odoo the package has another name than in the examples.
        text = README.read_text(encoding="utf-8").replace("from codabox", f"from {PACKAGE}")
        # A fence would be taken for output.
        text = text.replace("```\n", "\n")
        test = doctest.DocTestParser().get_doctest(text, {}, "README.md", str(README), 0)
        result = doctest.DocTestRunner(verbose=False).run(test)
        self.assertGreater(result.attempted, 8)
        self.assertEqual(result.failed, 0)
