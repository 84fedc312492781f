"""What the parts with a nightly run share: both sides, and where the sandbox is."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from codabox.sandbox import SOFTWARE_KEY

from .odoo_process import OdooProcess

if TYPE_CHECKING:
    from codabox.sandbox import Sandbox


def start(
    stack: ExitStack, sandbox: Sandbox, pod_id: int, worker: str
) -> tuple[dict[str, OdooProcess], dict[str, object]]:
    """Start the sandbox and both processes.

    :return: the processes by name, and what the one with account_codabox needs to connect.
    """
    stack.enter_context(sandbox)
    processes = {
        "floor": OdooProcess("floor", worker=worker),
        "ours": OdooProcess("ours", "account_codabox", worker=worker),
    }
    for process in processes.values():
        stack.enter_context(process)
    credentials = sandbox.credentials(pod_id)
    setup = {
        "url": sandbox.url,
        "software_key": SOFTWARE_KEY,
        "username": credentials.username,
        "password": credentials.password,
    }
    return processes, setup
