"""The two witnesses of the kill test: one at the database, one at CodaBox's end of the wire."""

import re
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg2

from odoo import sql_db
from odoo.tools import config

from odoo.addons.account_codabox.codabox import Channel
from odoo.addons.account_codabox.codabox.sandbox import Sandbox

FEED_PATH = re.compile(r"/delivery/(?P<again>redownload-)?feed/(?P<feed>\d+)/$")
WITNESS = "witness"  # what its connections are called at PostgreSQL
COLUMNS = """
    SELECT file.format, attachment.store_fname
      FROM codabox_document document
      JOIN codabox_feed feed ON feed.id = document.feed_id
      JOIN codabox_document_file file ON file.document_id = document.id
      JOIN ir_attachment attachment ON attachment.res_model = 'codabox.document.file'
           AND attachment.res_field = 'content' AND attachment.res_id = file.id
     WHERE document.remote_index = %s AND document.channel = %s AND feed.remote_id = %s
"""


class Witness:
    """Sees the database as a stranger does: only what is committed."""

    def __init__(self, db: str) -> None:
        self._lock = threading.Lock()
        self._connection = psycopg2.connect(
            **sql_db.connection_info_for(db)[1] | {"application_name": WITNESS}
        )
        self._connection.autocommit = True
        self._filestore = Path(config.filestore(db))

    def ask(self, query: str, *values: object) -> list[tuple]:
        """Run one statement in a transaction of its own."""
        with self._lock, self._connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def files(self, feed_id: int, channel: Channel, index: str) -> dict[str, bytes]:
        """Return the committed files of a document, read from the disk."""
        return {
            name: (self._filestore / stored).read_bytes()
            for name, stored in self.ask(COLUMNS, index, channel.value, feed_id)
        }

    def others(self) -> int:
        """Return how many other connections to this database there are."""
        return self.ask(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid != pg_backend_pid() AND backend_type = 'client backend'"
        )[0][0]


class WatchedSandbox(Sandbox):
    """A sandbox that judges each PUT on arrival, before anything is done with it.

    Every request passes ``record`` and ``take_fault``, so no PUT can come in unseen.
    """

    def __init__(self, witness: Witness) -> None:
        self._here = threading.local()
        self._witness = witness
        self.violations: list[str] = []
        self.judged = 0
        self.arrived = 0
        self._failing = range(0)
        self.at_call: dict[int, Callable[[], object]] = {}
        super().__init__("empty")

    def count_calls(self) -> None:
        """Count the calls from now; ``at_call`` says what to do when one arrives.

        What was to fail by its number is over: that number comes again.
        """
        self.arrived = 0
        self._failing = range(0)

    def fail_call(self, number: int, times: int) -> None:
        """Answer 500 to a call, counted from now, and to its repetitions."""
        self.count_calls()
        self._failing = range(number, number + times)

    def record(self, method: str, path: str):
        """Begin a line of the log."""
        self._here.entry = super().record(method, path)
        return self._here.entry

    def take_fault(self, method: str, path: str, user: str | None = None):
        """Judge a PUT, then give the fault that hits the request."""
        with self.lock:
            self.arrived += 1
            number = self.arrived
        if method == "PUT":
            self._judge(path, self._here.entry.feed_offset)
        if number in self._failing:
            self.fail("server_error")
        if act := self.at_call.pop(number, None):
            act()
        return super().take_fault(method, path, user)

    def _judge(self, path: str, index: object) -> None:
        match = FEED_PATH.search(path)
        channel = Channel.REDELIVERY if match["again"] else Channel.FEED
        feed_id = int(match["feed"])
        queue = self.queue(feed_id, channel)
        place, confirmed = queue.position(index), queue.position(queue.offset)
        if not place >= 0 or not confirmed <= place <= confirmed + 1:
            self.violations.append(f"PUT {path}: entry {place} after entry {confirmed}")
        for document in queue.documents[: place + 1]:
            if self._witness.files(feed_id, channel, document.feed_index) != document.files:
                self.violations.append(
                    f"PUT {path} of entry {place}: {document.feed_index} is not stored"
                )
        with self.lock:
            self.judged += 1
