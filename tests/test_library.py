import unittest
from pathlib import Path

from odoo.modules.module import get_module_path
from odoo.tests import BaseCase, tagged


@tagged("-at_install", "post_install")
class TestLibrary(BaseCase):
    """The tests of the framework-free package also pass inside Odoo."""

    def test_the_tests_of_the_library_pass_inside_odoo(self):
        root = Path(get_module_path("account_codabox")).resolve()
        suite = unittest.defaultTestLoader.discover(
            str(root / "codabox" / "tests"), top_level_dir=str(root)
        )
        result = unittest.TestResult()
        suite.run(result)
        self.assertTrue(result.testsRun)
        for test, trace in result.failures + result.errors:
            with self.subTest(test=str(test)):
                self.fail(trace)
