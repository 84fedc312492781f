"""Reads one file with one parser, in a process of its own: ``parser_worker.py NAME FOLDER FILE``.

Says in JSON how many seconds of processor time it took and how many bytes the process grew by at
its highest (``ru_maxrss`` less what it had before), the content of the file included. The result
is kept, as whoever books it does.
"""

import json
import resource
import sys
import time
from pathlib import Path


def read_ours(path, *, texts=False):
    from codabox.coda import parse_coda

    def read():
        coda = parse_coda(path.read_bytes())
        if coda.notices:
            raise SystemExit(f"the file does not add up: {coda.notices[0].message}")
        if texts:  # the first text that is asked for reads them all
            for statement in coda.statements:
                for movement in statement.movements:
                    movement.communication  # noqa: B018
        return coda, sum(len(statement.movements) for statement in coda.statements)

    return read


def read_febelfin(path):
    from coda import CODA

    def read():
        coda = CODA(str(path))
        return coda, sum(len(statement.moves) for statement in coda.statements)

    return read


def read_pycoda(path):
    from coda.parser import Parser

    def read():
        statements = Parser().parse(path.read_bytes())
        return statements, sum(len(statement.movements) for statement in statements)

    return read


READERS = {
    "ours": read_ours,
    "ours-all": lambda path: read_ours(path, texts=True),
    "febelfin-coda": read_febelfin,
    "pycoda": read_pycoda,
}


def main(name, folder, file):
    """Measure one reader."""
    sys.path.insert(0, folder)
    read = READERS[name](Path(file))
    before = _resident()
    start = time.process_time()
    kept, movements = read()
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
    print(json.dumps({"seconds": seconds, "peak": peak, "movements": movements}))
    del kept


def _resident():
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main(*sys.argv[1:])
