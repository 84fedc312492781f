"""What else than a kill may strike a process at one of its steps: real faults, from outside it."""

import ctypes
import os
import shutil
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg2

from odoo import sql_db
from odoo.tools import config

from kill_test.witness import WITNESS

CLONE_NEWNS, CLONE_NEWUSER = 0x20000, 0x10000000
MS_RDONLY, MS_REMOUNT, MS_MOVE, MS_REC, MS_PRIVATE = 1, 32, 8192, 16384, 1 << 18
SIZE = "64m"
BALLAST = "ballast"
HASH_LENGTH = 40

# How PostgreSQL's client says that the server went away.
DATABASE_WORDS = ("terminating connection", "connection already closed", "Cursor not usable",
                  "server closed the connection", "Unable to use a closed cursor")  # fmt: skip


def lose_database(db: str) -> None:
    """End every connection to a database but the witness's, as PostgreSQL's administrator does."""
    info = sql_db.connection_info_for(db)[1]
    with closing(psycopg2.connect(**info | {"application_name": WITNESS})) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND backend_type = 'client backend'"
                " AND application_name != %s",
                [WITNESS],
            )
            if not cursor.rowcount:
                raise AssertionError("there was no connection to end")


class Disk:
    """The filestore on a small disk of its own, which can be filled and become read-only.

    A tmpfs in a mount namespace that only this process and its children see, so that the errors
    are the kernel's own and root gets them too. It goes with the process.
    """

    def __init__(self, db: str) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self.folder = Path(config.filestore(db))
        self._ballast = self.folder / BALLAST
        self.refusal = ""
        try:
            self._move_in()
        except OSError as error:
            self.refusal = f"this machine does not let us mount a disk of our own: {error}"

    def _move_in(self) -> None:
        user, group = os.geteuid(), os.getegid()
        if user:
            self._call("unshare", CLONE_NEWNS | CLONE_NEWUSER)
            Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
        else:
            self._call("unshare", CLONE_NEWNS)
        # Nothing of this is seen outside.
        self._mount(None, "/", None, MS_REC | MS_PRIVATE)
        self.folder.mkdir(parents=True, exist_ok=True)
        place = tempfile.mkdtemp()
        self._mount("kill_test", place, "tmpfs", 0, f"size={SIZE}")
        shutil.copytree(self.folder, place, dirs_exist_ok=True)
        self._mount(place, self.folder, None, MS_MOVE)
        Path(place).rmdir()

    def _mount(self, source, target, kind, flags: int, data: str | None = None) -> None:
        values = [str(v).encode() if v is not None else None for v in (source, target, kind)]
        self._call("mount", *values, flags, data and data.encode())

    def _call(self, name: str, *args: object) -> None:
        if getattr(self._libc, name)(*args):
            number = ctypes.get_errno()
            raise OSError(number, f"{name}: {os.strerror(number)}")

    def fill(self) -> None:
        """Leave no byte of room."""
        state = os.statvfs(self.folder)
        with self._ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, state.f_bavail * state.f_frsize)

    def lock(self) -> None:
        """Let nothing be written any more."""
        self._mount(None, self.folder, None, MS_REMOUNT | MS_RDONLY, f"size={SIZE}")

    def cure(self) -> None:
        """Give room and let it be written again."""
        self._mount(None, self.folder, None, MS_REMOUNT, f"size={SIZE}")
        self._ballast.unlink(missing_ok=True)

    def strays(self) -> list[str]:
        """Say which files nobody will ever ask for, nor clean up."""
        return [
            f"{path.relative_to(self.folder)} stays for ever"
            for path in self.folder.glob("??/*")
            if len(path.name) != HASH_LENGTH
        ]
