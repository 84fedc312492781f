"""``python -m codabox.sandbox``: serve until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path

from . import COMPANY_TOKEN, PASSWORD, SOFTWARE_KEY, TOKEN, USERNAME, Sandbox
from .seed import SEEDS


def main() -> None:
    """Read the command line, print the URL and what is needed to connect, and serve."""
    parser = argparse.ArgumentParser(prog="python -m codabox.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="loopback address to serve on")
    parser.add_argument("--port", type=int, default=8699, help="0 takes a free one")
    parser.add_argument("--data", type=Path, metavar="DIR", help="DIR/<client code>/<documents>")
    parser.add_argument(
        "--seed", choices=sorted(SEEDS), help="default: 'default', with --data 'empty'"
    )
    options = parser.parse_args()
    seed = options.seed or ("empty" if options.data else "default")
    try:
        sandbox = Sandbox(seed, data=options.data)
        url = sandbox.start(options.port, options.host)
    except (OSError, ValueError) as error:
        parser.exit(1, f"{parser.prog}: {error}\n")
    sys.stdout.write(
        f"{url}\n"
        f"  software key   {SOFTWARE_KEY}\n"
        f"  one-time token {TOKEN}\n"
        f"  user, password {USERNAME} {PASSWORD}\n"
        + (f"  its company    {COMPANY_TOKEN}\n" if seed == "company" else "")
        + f"  control        {url.removesuffix('/v2/')}/_sandbox/\n"
    )
    sys.stdout.flush()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        sandbox.stop()


if __name__ == "__main__":
    main()
