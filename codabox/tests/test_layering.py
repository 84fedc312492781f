"""Who may import whom inside codabox/, read from the source without running it."""

from __future__ import annotations

import ast
import re
import unittest
from pathlib import Path

from .. import errors

PACKAGE = Path(errors.__file__).parent
# The floors, from the ground up: each room, and the rooms that it knows. What is not named here
# is not imported, and what is named is. A room knows lower floors only, so there is no circle.
FLOORS = (
    {
        "errors": "",
        "domain": "",
        "const": "",
        "belgian": "",
        "cleaning": "",
        "bank_days": "",
        "filing": "",
    },
    {
        "transport": "errors domain const cleaning",
        "reading": "errors",
        "formats": "const",
        "rhythm": "bank_days",
    },
    {
        "v2": "errors domain const cleaning formats transport",
        "coda": "errors belgian reading",
        "soda": "reading",
        "ubl": "belgian reading",
    },
    {"mandates": "errors domain belgian transport v2"},
    {
        "sending": "errors const v2 mandates",
        "live_check": "errors domain const belgian v2 mandates",
        "sandbox": "errors domain const belgian transport mandates coda ubl",
    },
)
KNOWS = {room: set(known.split()) for floor in FLOORS for room, known in floor.items()}
# All of them are requirements of Odoo 19 itself.
THIRD_PARTY = {"requests", "urllib3", "lxml", "stdnum"}
SERVER_ONLY = {"werkzeug", "reportlab"}


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


def files_of(path):
    """Give the files of codabox/ that a file imports, for running or for types only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            home = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            for place in [home / alias.name for alias in node.names]:
                yield next(
                    found
                    for found in (
                        place.with_suffix(".py"), place / "__init__.py",
                        home.with_suffix(".py"), home / "__init__.py",
                    )
                    if found.is_file()
                )  # fmt: skip


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

    def test_the_library_needs_what_odoo_needs_anyway(self):
        import sys

        for part, path in sources(tests=False):
            allowed = {"", "__future__", *sys.stdlib_module_names, *THIRD_PARTY}
            if part == "sandbox":
                allowed |= SERVER_ONLY
            self.assertLessEqual({name for name, _module in imports(path)}, allowed, path)

    def test_the_table_has_every_room_once(self):
        self.assertEqual(len(KNOWS), sum(map(len, FLOORS)))
        self.assertEqual({part for part, _path in sources(tests=False)}, {*KNOWS, "__init__"})

    def test_a_room_knows_the_rooms_of_the_table_and_no_other(self):
        found = {room: set() for room in KNOWS}
        for part, path in sources(tests=False):
            if part != "__init__":
                found[part] |= {module for _name, module in imports(path) if module}
        for room, known in found.items():
            self.assertEqual(known - {room}, KNOWS[room], room)

    def test_a_room_knows_lower_floors_only(self):
        below = set()
        for floor in FLOORS:
            for room in floor:
                self.assertLessEqual(KNOWS[room], below, room)
            below |= set(floor)

    def test_no_file_knows_itself_by_way_of_others(self):
        knows = {path: set(files_of(path)) - {path} for _part, path in sources(tests=False)}
        while knows:
            free = {path for path, known in knows.items() if not known & set(knows)}
            self.assertTrue(free, f"a circle among {sorted(map(str, knows))}")
            knows = {path: known for path, known in knows.items() if path not in free}

    def test_formats_and_calls_do_not_know_each_other(self):
        calls = {"transport", "v2", "mandates", "sending", "live_check"}
        formats = {"reading", "coda", "soda", "ubl"}
        for room, known in KNOWS.items():
            if room != "sandbox":
                self.assertFalse(known & calls and (known | {room}) & formats, room)

    def test_only_the_provisional_module_and_its_server_know_the_calls_of_the_contract(self):
        words = ("coda-mandates", "social-mandates", "purchase-invoice-mandates", "sales-invoices")
        knowing = {
            path.relative_to(PACKAGE).as_posix()
            for _part, path in sources(tests=False)
            if any(word in path.read_text(encoding="utf-8") for word in words)
        }
        self.assertEqual(knowing, {"v2/contract.py", "v2/provisional.py", "sandbox/provisional.py"})


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


class FloorPlanTest(unittest.TestCase):
    """CONTRIBUTING.md and the cards tell what the imports say."""

    root = PACKAGE.parent
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")

    def test_the_plan_has_every_room_on_its_floor(self):
        plan = re.findall(r"^floor (\d) +(.+)$", self.text, re.MULTILINE)
        self.assertEqual(
            {int(floor): rooms.split() for floor, rooms in plan},
            {floor: list(rooms) for floor, rooms in enumerate(FLOORS)},
        )

    def test_the_plan_has_the_folders_of_models_in_their_order(self):
        [folders] = re.findall(r"^models/ +(.+)$", self.text, re.MULTILINE)
        self.assertEqual(folders.split(), FoldersOfModelsTest.folders(FoldersOfModelsTest))

    def test_every_file_on_the_ways_is_there(self):
        named = re.findall(r"`((?:codabox|models)/[\w/]+\.py)`", self.text)
        self.assertGreater(len(named), 25)
        for name in named:
            self.assertTrue((self.root / name).is_file(), name)

    def test_every_room_and_folder_has_a_card_that_names_its_files(self):
        rooms = [PACKAGE / room for room in KNOWS if (PACKAGE / room).is_dir()]
        for home in [*rooms, *(path.parent for path in self.root.glob("models/*/__init__.py"))]:
            tree = ast.parse((home / "__init__.py").read_text(encoding="utf-8"))
            card = ast.get_docstring(tree) or ""
            self.assertGreaterEqual(len(card.splitlines()), 5, home)
            named = [name for name in re.findall(r"``([\w/]+\.py)``", card) if "/" not in name]
            self.assertTrue(named, home)
            for name in named:
                found = (home / name).is_file() or (PACKAGE / name).is_file()
                self.assertTrue(found, f"{home.name}: {name}")
