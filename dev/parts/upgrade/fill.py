"""Fill a database with an old version of the add-on: OLD DB LOGS; run by dev/upgrade_test.

OLD is the tree of that version. Its own demo is set up against its own sandbox; what the demo
leaves to a person is done by fill_acts.py in the shell of the old version.
"""

import sys
from pathlib import Path

OLD, DB, LOGS = sys.argv[1:]
sys.path.insert(0, f"{OLD}/dev")

import demo  # noqa: E402  (that of the old version)

ACTS = Path(__file__).with_name("fill_acts.py")


def main() -> None:
    """Do it all."""
    logs = Path(LOGS)
    logs.mkdir(parents=True, exist_ok=True)
    install = ["server", "-d", DB, "-i", demo.MODULE, "--stop-after-init", "--no-http"]
    demo.odoo(logs, "install", *install)
    shell = ["shell", "-d", DB, "--no-http"]
    with demo.sandbox(logs):
        demo.odoo(logs, "setup", *shell, script=Path(OLD) / "dev" / "demo_setup.py")
        demo.odoo(logs, "acts", *shell, script=ACTS)


if __name__ == "__main__":
    main()
