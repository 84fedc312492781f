"""A sandbox, asked as a foreign client would."""

from __future__ import annotations

import unittest
from dataclasses import replace
from pathlib import Path

import requests

from .. import sandbox as package
from ..coda import write_coda
from ..coda.builders import credit, statement
from ..sandbox import (
    FEED_ID,
    PASSWORD,
    SOFTWARE_KEY,
    USERNAME,
    Sandbox,
)

ROOT = Path(package.__file__).parents[2]


def one_day(extension="", **options):
    """Write a CODA file with one statement of two movements."""
    movements = [credit("1"), credit("2")]
    day = statement(
        account="BE68539007547034", movements=movements, enterprise_number="0477472701", **options
    )
    return write_coda([replace(day, account=replace(day.account, extension=extension))])


class SandboxCase(unittest.TestCase):
    def setUp(self):
        self.sandbox = Sandbox()
        self.url = self.sandbox.start()
        self.addCleanup(self.sandbox.stop)

    def ask(self, method, path, *, key=SOFTWARE_KEY, auth=(USERNAME, PASSWORD), **options):
        """Ask as a foreign client would, without our own."""
        headers = {"X-Software-Company": key, **options.pop("headers", {})}
        return requests.request(
            method, self.url + path, headers=headers, auth=auth, timeout=5,
            allow_redirects=False, **options,
        )  # fmt: skip

    def control(self, method, path, **options):
        root = self.url.removesuffix("/v2/")
        return requests.request(method, f"{root}/_sandbox/{path}", timeout=5, **options)

    def put(self, index, feed=FEED_ID):
        return self.ask("PUT", f"delivery/feed/{feed}/", json={"feed_offset": index})

    def listed(self, feed=FEED_ID, kind="feed"):
        answer = self.ask("GET", f"delivery/{kind}/{feed}/").json()
        return [entry["feed_index"] for entry in answer["feed_entries"]]
