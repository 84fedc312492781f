"""Processes for the kill test: forked, watched step by step, and killed where we want.

A step is a point that somebody outside can see or that a crash could tear: before and after each
HTTP call, before and after each commit, in the middle of a file of the filestore, and in the
middle of the booking of a document. A child tells each step to a file that survives it, and sends
itself SIGKILL, which nothing in Python or PostgreSQL's client can catch or soften.
"""

import ctypes
import functools
import json
import logging
import os
import re
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from odoo import sql_db

from odoo.addons.account_codabox.codabox.transport.wire import Wire

PR_SET_PDEATHSIG = 1
PATIENCE = 120  # seconds; a child that takes longer hangs
# What a decision writes, one after the other, before it is committed as a whole.
FINE_STEPS = (
    ("codabox.document", "_set_state"),
    ("codabox.statement", "unlink"),
    ("codabox.soda.mapping", "write"),
    ("account.journal", "create"),
    ("account.move", "unlink"),
    ("codabox.feed", "_refresh_activity"),
)
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


class Diary:
    """What a child tells; it can be read when the child is dead."""

    def __init__(self) -> None:
        self._file = os.memfd_create("diary")

    def write(self, kind: str, value: object) -> None:
        """Add one line; it is with the kernel when this returns."""
        os.write(self._file, json.dumps([kind, value], default=str).encode() + b"\n")

    def read(self, kind: str) -> list:
        """Return what was told of one kind."""
        lines = os.pread(self._file, os.fstat(self._file).st_size, 0).splitlines()
        return [value for found, value in map(json.loads, lines) if found == kind]

    def close(self) -> None:
        """Give the file back."""
        os.close(self._file)


class _Complaints(logging.Handler):
    """Keeps every warning and error: in a good run there is none."""

    def __init__(self, diary: Diary) -> None:
        super().__init__(logging.WARNING)
        self._diary = diary

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record)
        self._diary.write("complaint", f"{record.levelname} {record.name}: {text}")


@dataclass
class Outcome:
    """How a child ended and what it told."""

    code: int  # as in os.waitstatus_to_exitcode: negative is a signal
    hung: bool
    steps: list[str]
    complaints: list[str]
    facts: dict = field(default_factory=dict)

    @property
    def was_killed(self) -> bool:
        """Whether it died of the SIGKILL that it sent itself."""
        return self.code == -signal.SIGKILL and not self.hung

    def problems(self, expected_code: int = 0) -> list[str]:
        """Say what is wrong with the way it ended."""
        found = list(self.complaints)
        if self.hung:
            found.append(f"hung for {PATIENCE} s after: {self.steps[-1:]}")
        elif self.code != expected_code:
            found.append(f"ended with {self.code} instead of {expected_code}")
        return found


class Child:
    """A forked process that does one piece of work. The parent's registry comes with it."""

    def __init__(self, work: Callable[[Diary], None]) -> None:
        # A connection that two processes use at once is ruined for both.
        sql_db.close_all()
        sys.stdout.flush()
        sys.stderr.flush()
        self.diary = Diary()
        self.pid = os.fork()
        if not self.pid:
            _live(work, self.diary)

    def kill(self) -> None:
        """Kill it from outside, wherever it is."""
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> Outcome:
        """Wait for its end, but not for ever."""
        watcher = os.pidfd_open(self.pid)
        try:
            hung = not select.select([watcher], [], [], PATIENCE)[0]
        finally:
            os.close(watcher)
        if hung:
            self.kill()
        _pid, status = os.waitpid(self.pid, 0)
        facts = dict(self.diary.read("fact"))
        steps, complaints = self.diary.read("step"), self.diary.read("complaint")
        self.diary.close()
        return Outcome(os.waitstatus_to_exitcode(status), hung, steps, complaints, facts)


def _live(work: Callable[[Diary], None], diary: Diary) -> None:
    """Be the child: work and end, without the parent's exit handlers."""
    code = 1
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        logging.getLogger().handlers[:] = [_Complaints(diary)]
        work(diary)
        code = 0
    except BaseException:  # noqa: BLE001 - told to the parent, then the process ends
        diary.write("complaint", traceback.format_exc())
    finally:
        os._exit(code)


class Steps:
    """Counts the steps of a child and kills it at one of them, or does something else there."""

    def __init__(
        self,
        diary: Diary,
        strike_at: int | None = None,
        pause: Callable | None = None,
        strike: Callable[[], None] | None = None,
    ):
        self._diary = diary
        self._strike_at = strike_at
        self._strike = strike
        self._count = 0
        self._pause = pause

    def reach(self, name: str, last_act: Callable[[], None] | None = None) -> None:
        """Reach a step.

        :param last_act: done just before dying here, to leave what a crash here would leave.
        """
        self._count += 1
        self._diary.write("step", name)
        if self._count == self._strike_at:
            if self._strike:
                self._strike()
            else:
                self._die(last_act)
        if self._pause and name == "after commit":
            self._pause()

    def _die(self, last_act: Callable[[], None] | None) -> None:
        if last_act:
            last_act()
        os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(PATIENCE)

    def watch_closely(self, registry) -> None:
        """Make also known what a decision of a person does in the middle of its transaction."""
        self.watch(registry)
        for model, method in FINE_STEPS:
            self._around(registry[model], method, lambda *args, n=f"{model} {method}", **kw: n)

    def watch(self, registry) -> None:
        """Make every step of this process known; for good, for it will not live long."""
        self._around(Wire, "exchange", lambda wire, call, *args: _call_name(call))
        self._around(sql_db.Cursor, "commit", lambda cr: "commit")
        self._around(
            registry["codabox.statement"], "_create_bank_statements", lambda *args: "bank statement"
        )
        self._around(registry["codabox.payroll"], "_create_move", lambda *args: "payroll entry")
        self._around(registry["codabox.document"], "_book", lambda document: "booking")
        self._within_files(registry["ir.attachment"])

    def _around(self, owner: type, name: str, title: Callable[..., str]) -> None:
        original = getattr(owner, name)

        @functools.wraps(original)
        def watched(*args, **kwargs):
            what = title(*args, **kwargs)
            self.reach(f"before {what}")
            result = original(*args, **kwargs)
            self.reach(f"after {what}")
            return result

        setattr(owner, name, watched)

    def _within_files(self, attachments: type) -> None:
        original = attachments._file_write

        def watched(model, content, checksum):
            path = Path(model._full_path(f"{checksum[:2]}/{checksum}"))
            if not path.exists():
                self.reach("within file", functools.partial(_leave_half, path, content))
            return original(model, content, checksum)

        attachments._file_write = watched


def _call_name(call) -> str:
    """Name an HTTP call without what differs from run to run."""
    return f"{call.method} {IDENTIFIER.sub('*', call.path.partition('/v2/')[2])}"


def _leave_half(path: Path, content: bytes) -> None:
    """Leave what a kill in the middle of a write leaves."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content[: len(content) // 2])
