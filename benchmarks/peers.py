"""The programs that we compare with, in folders of their own: nothing else can import them.

pycoda and febelfin-coda are both called ``coda``, so each needs a folder in any case.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FEBELFIN = "febelfin-coda==0.5.0"
PYCODA = "pycoda==1.1.0"
OCA = (
    "odoo-addon-account-statement-import-coda==18.0.1.0.0.2",
    "odoo-addon-account-statement-import-file==19.0.1.0.0.5",
    "odoo-addon-account-statement-import-base==19.0.1.0.0.8",
    "odoo-addon-account-statement-base==19.0.1.0.1",
)


def home() -> Path:
    """Return the folder of the benchmarks, outside the checkout (``BENCH_HOME``)."""
    path = Path(os.environ["BENCH_HOME"])
    path.mkdir(parents=True, exist_ok=True)
    return path


def install(*requirements: str) -> Path:
    """Install packages from PyPI, without what they depend on, in a folder of their own.

    :param requirements: with exact versions, which name the folder.
    :return: the folder.
    """
    target = home() / requirements[0].replace("==", "-")
    done = target / ".done"
    if not done.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade"]
        subprocess.run([*command, "--target", str(target), *requirements], check=True)
        done.touch()
    return target


def install_oca() -> Path:
    """Return a folder of add-ons with OCA's importer of CODA, changed to load in Odoo 19.

    What it is built on exists for 19.0; the importer itself only for 18.0. All that Odoo 19
    refuses in it is the version of its manifest.
    """
    addons = install(*OCA) / "odoo" / "addons"
    manifest = addons / "account_statement_import_coda" / "__manifest__.py"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"18.0.1.0.0"', '"19.0.1.0.0"'), encoding="utf-8")
    print("OCA account_statement_import_coda: version 18.0.1.0.0 -> 19.0.1.0.0 in its manifest")
    return addons
