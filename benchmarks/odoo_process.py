"""A process with Odoo and a database of its own, which does what it is told and says how long.

The floor, we and OCA's importer each have one, with nothing else installed: none slows another.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_REPOSITORY = Path(__file__).parent.parent


class OdooProcess:
    """One database and one process that stays, so that each round finds Odoo warm.

    :param who: ``floor``, ``ours`` or ``oca``; which worker and which database.
    :param addon: what to install in the database beside accounting.
    :param addons: folders of add-ons beside those of Odoo and ours.
    :param packages: folders of Python packages.
    :param worker: the module that answers.
    :param database: of another process, which it shares; one of its own by default.
    """

    def __init__(
        self,
        who: str,
        addon: str = "",
        addons: Sequence[Path] = (),
        packages: Sequence[Path] = (),
        worker: str = "benchmarks.odoo_worker",
        database: str = "",
    ) -> None:
        paths = [*map(str, packages), os.environ.get("PYTHONPATH", "")]
        environment = {
            **os.environ,
            "EXTRA_ADDONS": ",".join(map(str, addons)),
            "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        }
        maker = [str(_REPOSITORY / "dev" / "bench_db"), who, addon]
        self.database = (
            database
            or subprocess.run(
                maker, env=environment, check=True, stdout=subprocess.PIPE, text=True
            ).stdout.strip()
        )
        self._process = subprocess.Popen(
            [sys.executable, "-m", worker, self.database, who],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **command: object) -> dict[str, Any]:
        """Have it do something.

        :return: ``seconds`` of processor time, ``clock`` by the clock, the ``lines`` booked, and
            what else the worker says.
        """
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit(f"the Odoo process ended with {self._process.wait()}")
        return json.loads(answer)  # type: ignore[no-any-return]

    def __enter__(self) -> OdooProcess:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()
