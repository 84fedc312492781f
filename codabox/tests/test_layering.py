"""Who may import whom inside codabox/, read from the source without running it."""

from __future__ import annotations

import ast
import re
import unittest
from pathlib import Path

from .. import errors

PACKAGE = Path(errors.__file__).parent
FORMATS = {"coda", "soda", "ubl"}
# What the formats have in common.
SHARED = {"command", "plain", "references", "xml_reading"}
# The client and everything below it that only it uses.
CLIENT = {
    "client", "transport", "wire", "refusals", "redaction", "parsing", "parsing_clients",
    "answers", "formats", "provisional", "provisional_check", "ordering", "order_batch", "sending",
    "upload", "sandbox",
}  # fmt: skip
# What is known of mandates, banks, Belgian numbers and invoices that leave: no calls, no formats.
RULES = {"mandates", "gate", "banks", "bank_codes", "belgian", "sales_file"}
THIRD_PARTY = {"requests", "urllib3", "lxml"}
SERVER_ONLY = {"werkzeug"}


def imports(path):
    """Give (first name, module inside codabox or None) of every import of a file."""
    depth = len(path.relative_to(PACKAGE).parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0], None
        elif isinstance(node, ast.ImportFrom):
            home = path.relative_to(PACKAGE).parts[: depth - node.level]
            names = [node.module] if node.module else [alias.name for alias in node.names]
            for name in names:
                yield "", [*home, *name.split(".")][0]


def sources(*, tests):
    for path in sorted(PACKAGE.rglob("*.py")):
        part = path.relative_to(PACKAGE).parts[0]
        if (part == "tests") is tests:
            yield part.removesuffix(".py"), path


class LayeringTest(unittest.TestCase):
    def test_nothing_imports_odoo_or_itself_by_an_absolute_name(self):
        for tests in (False, True):
            for _part, path in sources(tests=tests):
                found = {name for name, _module in imports(path)}
                self.assertFalse(found & {"odoo", "codabox"}, path)

    def test_the_library_needs_requests_and_lxml_only(self):
        import sys

        for part, path in sources(tests=False):
            allowed = {"", "__future__", *sys.stdlib_module_names, *THIRD_PARTY}
            if part == "sandbox":
                allowed |= SERVER_ONLY
            self.assertLessEqual({name for name, _module in imports(path)}, allowed, path)

    def test_formats_and_client_do_not_know_each_other(self):
        for part, path in sources(tests=False):
            found = {module for _name, module in imports(path)}
            if part in FORMATS:
                self.assertFalse(found & CLIENT, path)
            if part in CLIENT - {"sandbox"}:
                self.assertFalse(found & (FORMATS | {"sandbox"}), path)

    def test_rules_know_values_only(self):
        for part, path in sources(tests=False):
            if part in RULES:
                found = {module for _name, module in imports(path) if module}
                self.assertLessEqual(found, RULES | {"domain", "const"}, path)

    def test_only_the_provisional_module_and_its_server_know_the_calls_of_the_contract(self):
        words = ("coda-mandates", "social-mandates", "purchase-invoice-mandates", "sales-invoices")
        knowing = {
            path.relative_to(PACKAGE).as_posix()
            for _part, path in sources(tests=False)
            if any(word in path.read_text(encoding="utf-8") for word in words)
        }
        self.assertEqual(knowing, {"provisional.py", "sandbox/provisional.py"})

    def test_values_and_errors_know_nobody(self):
        for name in ("errors", "domain", "const"):
            found = {module for _name, module in imports(PACKAGE / f"{name}.py") if module}
            self.assertFalse(found, name)

    def test_every_module_of_the_client_is_known_to_this_test(self):
        known = CLIENT | FORMATS | RULES | SHARED | {"__init__", "errors", "domain", "const"}
        self.assertLessEqual({part for part, _path in sources(tests=False)}, known)


class FoldersOfModelsTest(unittest.TestCase):
    """The folders of models/, in the order in which models/__init__.py names them."""

    models = PACKAGE.parent / "models"

    def folders(self):
        text = (self.models / "__init__.py").read_text(encoding="utf-8")
        return re.findall(r"^from \. import (\w+)$", text, re.MULTILINE)

    def test_every_folder_is_named(self):
        found = {path.parent.name for path in self.models.glob("*/__init__.py")}
        self.assertEqual(sorted(self.folders()), sorted(found))
        self.assertEqual([path.name for path in self.models.glob("*.py")], ["__init__.py"])

    def test_a_folder_imports_from_earlier_ones_only(self):
        folders = self.folders()
        for path in sorted(self.models.glob("*/*.py")):
            earlier = set(folders[: folders.index(path.parent.name)])
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.level == 2:
                    self.assertIn((node.module or "").partition(".")[0], earlier, path)
