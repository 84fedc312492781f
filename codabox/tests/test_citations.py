"""What sources cite is in the repository: pages, facts by their number, files behind links."""

from __future__ import annotations

import re
import unittest
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
REFERENCE = REPOSITORY / "docs/reference"
KINDS = {".py", ".md", ".xml", ".js", ".scss", ".toml", ".html", ".in", ""}
NUMBER = r"\d+(?:\.\d+)*"
# "5.3", "7.3, 7.5 and 14", "1.2 to 1.7"
NUMBERS = rf"({NUMBER}(?:(?:, | and | to ){NUMBER})*)"
PAGE = re.compile(r"docs/reference/(\w+\.md)")
FACTS = re.compile(rf"docs/reference/(\w+\.md)[`\]]* {NUMBERS}")
API = re.compile(rf"\bAPI {NUMBERS}")
CALL = re.compile(r"\bP\d+\b")
# A page by its name, wherever: it must be one of ours.
MARKDOWN = re.compile(r"[\w./-]*\w\.md\b")
LINK = re.compile(r"\]\(([^)\s]+)\)")
DEFINED = re.compile(rf"^(?:#+ |\| |\*\*)(P?{NUMBER})(?:\.? |\*\*)", re.MULTILINE)


@cache
def sources():
    """Give path -> text of everything that may cite; a citation is not cut by a line's end."""
    found = {}
    for path in sorted(REPOSITORY.rglob("*")):
        parts = path.relative_to(REPOSITORY).parts
        hidden = any(part.startswith(".") and part != ".ci" for part in parts)
        if hidden or path.suffix not in KINDS or not path.is_file() or "samples" in parts:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found["/".join(parts)] = re.sub(r"\s*\n[\s#*|]*", " ", text)
    return found


@cache
def defined(page):
    """List the numbers of headings and facts of a page, as often as they occur."""
    return DEFINED.findall((REFERENCE / page).read_text(encoding="utf-8"))


def cited():
    """Yield (source, page, number) of every fact that is cited."""
    for source, text in sources().items():
        for page, numbers in FACTS.findall(text):
            yield from ((source, page, number) for number in re.findall(NUMBER, numbers))
        for numbers in API.findall(text):
            yield from ((source, "api.md", number) for number in re.findall(NUMBER, numbers))
        if source.startswith(("codabox/", "docs/")) and not source.startswith("codabox/tests/"):
            yield from ((source, "api.md", call) for call in CALL.findall(text))


class CitationTest(unittest.TestCase):
    def test_every_cited_page_of_the_reference_exists(self):
        pages = {(s, page) for s, text in sources().items() for page in PAGE.findall(text)}
        self.assertGreater(len(pages), 15)
        self.assertEqual([row for row in pages if not (REFERENCE / row[1]).is_file()], [])

    def test_every_cited_fact_exists(self):
        facts = set(cited())
        self.assertGreater(len(facts), 80)
        self.assertEqual([row for row in sorted(facts) if row[2] not in defined(row[1])], [])

    def test_a_number_names_one_fact(self):
        for page in REFERENCE.glob("*.md"):
            numbers = defined(page.name)
            self.assertEqual(sorted(set(numbers)), sorted(numbers), page.name)

    def test_no_document_is_named_that_is_not_here(self):
        ours = {path.rpartition("/")[2] for path in sources()}
        named = {(s, name) for s, text in sources().items() for name in MARKDOWN.findall(text)}
        self.assertGreater(len(named), 30)
        self.assertEqual([row for row in named if row[1].rpartition("/")[2] not in ours], [])

    def test_every_link_between_pages_leads_to_a_file(self):
        for source, text in sources().items():
            if not source.endswith(".md"):
                continue
            for target in LINK.findall(text):
                if "://" not in target and not target.startswith("#"):
                    path = REPOSITORY / source
                    with self.subTest(source, target=target):
                        self.assertTrue((path.parent / target.partition("#")[0]).exists())
