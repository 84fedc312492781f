"""What a test does with the sandbox beside filling it: faults, settings, and reading the log."""

from __future__ import annotations

import copy
import threading
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from . import faults
from .faults import Fault
from .model import LogEntry, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping


def now() -> str:
    """Give the time of day as the API writes it: UTC, no zone (API 3.3)."""
    return datetime.now(timezone.utc).replace(tzinfo=None).isoformat(timespec="microseconds")


class Bench:
    """The lock, the faults, the settings and the log of a sandbox."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        # Released when a request that is never answered was carried out: nothing is left to come.
        self.silenced = threading.Semaphore(0)
        self.clear_bench()

    def clear_bench(self) -> None:
        """Disarm all faults, take all settings back and forget the log."""
        with self.lock:
            self.settings = Settings()
            self._faults: list[Fault] = []
            self._log: list[LogEntry] = []

    def fail(
        self,
        kind: str,
        *,
        path: str = "",
        method: str | None = None,
        times: int | None = 1,
        user: str | None = None,
        **options: object,
    ) -> None:
        """Arm a fault; see ``faults.py`` for kinds and options.

        :param path: regular expression searched in the path of the request.
        :param times: how many requests it hits; ``None``: until :meth:`clear_faults`.
        :param user: only requests of this user name, e.g. of one pod.
        :raise ValueError: unknown kind.
        """
        with self.lock:
            self._faults.append(Fault(kind, method, path, times, options, user))

    def clear_faults(self) -> None:
        """Disarm everything."""
        with self.lock:
            self._faults.clear()

    def armed(self) -> list[Fault]:
        """Give the faults that still wait for a request; a test asserts that none is left."""
        with self.lock:
            return [fault for fault in self._faults if fault.times != 0]

    def take_fault(self, method: str, path: str, user: str | None = None) -> Fault | None:
        """Give the fault that hits a request, if any."""
        with self.lock:
            return faults.take(self._faults, method, path, user)

    def configure(self, **changes: object) -> None:
        """Change :class:`~.model.Settings`.

        :raise ValueError: no such setting.
        """
        with self.lock:
            change(self.settings, changes)

    @property
    def log(self) -> list[LogEntry]:
        """The requests so far, in order of arrival; a copy."""
        with self.lock:
            return copy.deepcopy(self._log)

    def clear_log(self) -> None:
        """Forget the requests so far."""
        with self.lock:
            self._log.clear()

    def record(self, method: str, path: str) -> LogEntry:
        """Begin a line of the log; the caller fills in the rest."""
        with self.lock:
            self._log.append(LogEntry(method, path, now()))
            return self._log[-1]


def change(target: object, changes: Mapping[str, Any]) -> None:
    """Set fields that exist.

    :raise ValueError: there is no such field; nothing is changed.
    """
    if unknown := sorted(name for name in changes if not hasattr(target, name)):
        message = f"{type(target).__name__} has no {', '.join(unknown)}"
        raise ValueError(message)
    for name, value in changes.items():
        setattr(target, name, value)
