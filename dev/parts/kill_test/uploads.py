"""Files that a person uploads: struck at each step, uploaded again; each is booked once."""

import functools
import hashlib
import io
import zipfile

from odoo import sql_db

from kill_test.acts import Acts
from kill_test.books import differences, neutral, read_statement
from kill_test.strikes import Disk
from kill_test.world import Client

# What must come of each upload, said by hand: the state, and the balance after each line.
STATE, BALANCES = "imported", [1121.0, 1075.01, 1000.0, 1300.0, 1298.5]
FILES = {"a CODA": ["cod"], "a zip": ["cod", "pdf"]}


class Uploads(Acts):
    """Each case is an account with a journal of its own."""

    def __init__(self, stage, disk: Disk) -> None:
        super().__init__(stage)
        self.disk = disk

    def everything(self) -> None:
        """Run all cases."""
        for kind in FILES:
            steps = self._unharmed(kind)
            distinct = self.distinct(steps)
            files = [n for n, name in enumerate(steps, start=1) if name == "within file"]
            cases = [("killed", n) for n in distinct]
            cases += [("PostgreSQL goes away", n) for n in distinct[::3]]
            cases += [("filestore full", n) for n in files]
            for case in self.stage.share(len(cases)):
                self._struck(kind, *cases[case - 1], steps)

    # --- Doing ---------------------------------------------------------------------

    def _account(self) -> Client:
        with self.stage.world.env() as env:
            return self.stage.world.make_account(env)

    def _upload(self, client: Client, kind: str) -> None:
        """Upload as the web client does: the file first, then what is to be done with it."""
        name, content = f"{client.account}.cod", self.stage.world.uploaded(client)["cod"]
        if kind == "a zip":
            name, content = f"{client.account}.zip", self._zip(client)
        attachment_id = self.request(
            lambda env: env["ir.attachment"].create({"name": name, "raw": content}).id
        )
        self.request(
            lambda env: (
                env["account.journal"]
                .browse(client.journal_id)
                .with_context(codabox_upload=True)
                .create_document_from_attachment([attachment_id])
            )
        )

    def _zip(self, client: Client) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in self.stage.world.uploaded(client).items():
                info = zipfile.ZipInfo(f"{client.account}.{name}")  # the same bytes every time
                archive.writestr(info, content)
        return buffer.getvalue()

    # --- Cases ---------------------------------------------------------------------

    def _unharmed(self, kind: str) -> list[str]:
        self.do(functools.partial(self._upload, self._account(), kind))  # fills caches
        client = self._account()
        outcome = self.do(functools.partial(self._upload, client, kind))
        self.reference = self._read(client)
        problems = [*self.unharmed(outcome), *self._not_right(kind)]
        self.stage.report.check(f"{kind} is booked once", f"{kind}: nobody kills", problems)
        self.stage.report.note(f"{kind}: {len(outcome.steps)} steps")
        return outcome.steps

    def _not_right(self, kind: str) -> list[str]:
        """Say where the reference itself is wrong."""
        documents = self.reference["documents"]
        found = [
            line["running_balance"]
            for document in documents
            for statement in document["statements"]
            for line in statement["booked"]["lines"]
        ]
        files = [document["files"] for document in documents]
        right = [dict.fromkeys(FILES[kind], "here")]
        if found != BALANCES or files != right or documents[0]["state"] != STATE:
            return [f"{documents}"]
        return []

    def _struck(self, kind: str, how: str, step: int, steps: list[str]) -> None:
        client = self._account()
        work = functools.partial(self._upload, client, kind)
        if how == "killed":
            problems = list(self.killed(self.do(work, step)))
        elif how == "filestore full":
            words = ("No space left on device",)
            problems = list(self.failed(self.do(work, step, self.disk.fill), words))
            self.disk.cure()
        else:
            problems = list(self.failed(self.do(work, step, self.lose_database)))
        found = self._read(client)
        if found not in (NOTHING, self.reference):
            problems += differences(self.reference, found, "half")
        problems += self.do(work).problems()
        problems += differences(self.reference, self._read(client))
        problems += self.disk.strays()
        name = f"uploading {kind}: {how} at step {step}: {steps[step - 1]}"
        self.stage.report.check(f"{kind} is booked once: {how}", name, problems)

    # --- Judging -------------------------------------------------------------------

    def _read(self, client: Client) -> dict:
        """Return what there is of an account; a file that came again is a duplicate of the first."""
        with self.stage.world.env() as env:
            documents = env["codabox.document"].search(
                [("upload_journal_id", "=", client.journal_id), ("state", "!=", "duplicate")]
            )
            found = {
                "documents": [self._document(client, document) for document in documents],
                "lines": env["account.bank.statement.line"].search_count(
                    [("journal_id", "=", client.journal_id)]
                ),
                "statements": env["account.bank.statement"].search_count(
                    [("journal_id", "=", client.journal_id)]
                ),
            }
        sql_db.close_all()
        return neutral(client, found)

    def _document(self, client: Client, document) -> dict:
        expected = self.stage.world.uploaded(client)
        return {
            "state": document.state,
            "reason": document.reason_code,
            "files": {f.format: _compare(f, expected[f.format]) for f in document.file_ids},
            "statements": [read_statement(s) for s in document.statement_ids.sorted("position")],
        }


def _compare(file, expected: bytes) -> str:
    whole = file._raw() == expected and file.sha256 == hashlib.sha256(expected).hexdigest()
    return file.state if whole else "wrong bytes"


NOTHING = {"documents": [], "lines": 0, "statements": 0}
