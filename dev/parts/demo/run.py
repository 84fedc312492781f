"""Run the demo: a CodaBox sandbox and Odoo on free ports, until Ctrl-C (see dev/demo).

With --check it runs smoke.py against them instead and ends with its result, as
"smoke: N passed, N failed"; with --check --jobs it runs jobs.py.

A second sandbox has only the documented calls: CODABOX_SECOND_SANDBOX_URL and …_CONTROL.

setup.py, when it is there, runs in Odoo's shell before Odoo starts, every time: the
sandbox has forgotten everything and may have another port than the last time. dev/demo_data,
when it is there, is the sandbox's folder of documents. The set-up and the smoke test find in
their environment: CODABOX_SANDBOX_URL (a client's base URL), CODABOX_SANDBOX_CONTROL
(…/_sandbox/), CODABOX_DEMO_NEW (1 when the database is new), CODABOX_DEMO_URL,
CODABOX_DEMO_DB, CODABOX_DEMO_LOGIN, CODABOX_DEMO_PASSWORD, CODABOX_DEMO_LOGS (a folder).
"""

import contextlib
import ctypes
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEV = HERE.parents[1]
REPO = DEV.parent
ODOO = str(DEV / "odoo")
MODULE = "account_codabox"
LOGIN = PASSWORD = "admin"
# Both have what Odoo's form of a user gives, and nothing else (setup.py).
USERS = """\
  accountant, password accountant: keeps the books of four companies. Begin here:
     1. Invoicing > CodaBox > Journals: Fetch from CodaBox on the card of a bank
     2. CodaBox > Documents: what waits, each with its reason and the button that solves it
     3. CodaBox > Bank transactions: match what is exact (tick the company at the top right)
  admin, password admin: administers CodaBox and reads payroll too:
     1. CodaBox > Documents: Choose company, for the client that nobody knows
     2. CodaBox > Payroll mapping: confirm the proposals, apply them to the drafts
"""
SANDBOX_READY_SECONDS = 20
ODOO_READY_SECONDS = 180
LOADED = {".csv", ".js", ".po", ".py", ".scss", ".sql", ".xml"}
PR_SET_PDEATHSIG = 1


class DemoError(Exception):
    """Something did not start; the text says what and where to look."""


def free_port(preferred: int) -> int:
    """Return `preferred` when nobody listens there, else any free port."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return probe.getsockname()[1]
    raise DemoError("no free port")


def die_with_parent() -> None:
    """Make the kernel end a child when we are killed without a chance to do it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@contextlib.contextmanager
def running(name: str, command: list[str], log: Path) -> Iterator[subprocess.Popen]:
    """Run a server in a session of its own, so that Ctrl-C reaches us first; stop it after."""
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=REPO,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 (one thread)
        )
    try:
        yield process
    finally:
        print(f"Stopping {name}", flush=True)
        stop(process)


def stop(process: subprocess.Popen) -> None:
    """End a server and all that it started."""
    for sig, patience in ((signal.SIGTERM, 15), (signal.SIGKILL, 5)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sig)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
            return


def wait_for(url: str, process: subprocess.Popen, log: Path, seconds: int) -> None:
    """Wait until `url` answers anything below 500."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=10):
                return
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
        except OSError:
            pass
        time.sleep(0.2)
    tail = "".join(log.open(errors="replace").readlines()[-30:])
    raise DemoError(f"{url} does not answer; the end of {log}:\n{tail}")


def odoo(logs: Path, step: str, *args: str, script: Path | None = None) -> None:
    """Run one of Odoo's commands to its end."""
    log = logs / f"{step}.log"
    with log.open("w") as output, open(script or os.devnull) as source:
        code = subprocess.call(
            [ODOO, *args], cwd=REPO, stdin=source, stdout=output, stderr=subprocess.STDOUT
        )
    text = log.read_text(errors="replace")
    # The shell ends well even when its script raised.
    if code or (script and "Traceback (most recent call last)" in text):
        raise DemoError(f"{step} failed; the end of {log}:\n" + "\n".join(text.splitlines()[-30:]))


def sources_key() -> str:
    """Name the state of what Odoo loads from the add-on, to see when it has to load it again."""
    key = hashlib.sha256()
    for path in sorted(REPO.rglob("*")):
        if path.suffix in LOADED and ".git" not in path.parts:
            key.update(f"{path} {path.stat().st_mtime_ns}\n".encode())
    return key.hexdigest()


def prepare(db: str, logs: Path) -> None:
    """Bring the database up to date with the sources and the sandbox's address."""
    new = bool(os.environ.get("CODABOX_DEMO_NEW"))
    ready = logs / "ready"
    sources = sources_key()
    if new or not ready.exists() or ready.read_text() != sources:
        print("Installing the add-on" if new else "Updating the add-on", flush=True)
        option = "-i" if new else "-u"
        odoo(logs, "install", "server", "-d", db, option, MODULE, "--stop-after-init", "--no-http")
    setup = HERE / "setup.py"
    if setup.exists():
        print("Setting up the demo", flush=True)
        odoo(logs, "setup", "shell", "-d", db, "--no-http", script=setup)
    ready.write_text(sources)


@contextlib.contextmanager
def sandbox(logs: Path, name: str = "SANDBOX", preferred: int = 8699) -> Iterator[None]:
    """Run a sandbox and publish its address under its name."""
    port = free_port(preferred)
    control = f"http://127.0.0.1:{port}/_sandbox/"
    os.environ[f"CODABOX_{name}_CONTROL"] = control
    os.environ[f"CODABOX_{name}_URL"] = f"http://127.0.0.1:{port}/v2/"
    command = [sys.executable, "-m", "codabox.sandbox", "--port", str(port)]
    data = DEV / "demo_data"
    if data.is_dir():
        command += ["--data", str(data)]
    log = logs / f"{name.lower()}.log"
    with running(f"the {name.lower().replace('_', ' ')}", command, log) as process:
        wait_for(f"{control}log", process, log, SANDBOX_READY_SECONDS)
        yield


@contextlib.contextmanager
def odoo_server(db: str, logs: Path, *, unattended: bool) -> Iterator[subprocess.Popen]:
    """Run Odoo's server and publish its address."""
    port = free_port(8069)
    url = f"http://127.0.0.1:{port}"
    os.environ["CODABOX_DEMO_URL"] = url
    command = [ODOO, "server", "-d", db, "--db-filter", f"^{db}$", "--http-port", str(port)]
    # Unattended, nothing runs but what the smoke test asks for.
    command += ["--workers", "0", "--max-cron-threads", "0" if unattended else "1"]
    log = logs / "odoo.log"
    with running("Odoo", command, log) as process:
        wait_for(f"{url}/web/login", process, log, ODOO_READY_SECONDS)
        yield process


def open_browser(url: str) -> None:
    """Open the user's browser where there is a screen."""
    has_screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if has_screen and (opener := shutil.which("xdg-open")):
        subprocess.Popen([opener, url], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).poll()


def show(server: subprocess.Popen, logs: Path) -> None:
    """Tell the user where it is, and wait."""
    url = os.environ["CODABOX_DEMO_URL"]
    print(
        f"\n  Odoo:     {url}\n\n{USERS}\n"
        f"  sandbox:  {os.environ['CODABOX_SANDBOX_URL']}\n"
        f"            all that happened there: {os.environ['CODABOX_SANDBOX_CONTROL']}log\n"
        f"  second:   {os.environ['CODABOX_SECOND_SANDBOX_URL']}  (login rietveld: orders by hand)\n"
        f"  logs:     {logs}\n\nCtrl-C stops both.",
        flush=True,
    )
    open_browser(url)
    server.wait()
    raise DemoError(f"Odoo has ended by itself; see {logs / 'odoo.log'}")


def smoke(logs: Path) -> int:
    """Run the smoke test against the running demo."""
    module = "demo.jobs" if "--jobs" in sys.argv else "demo.smoke"
    paths = os.pathsep.join([str(DEV / "parts"), str(REPO)])
    code = subprocess.call(
        [sys.executable, "-P", "-m", module],
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": paths},
    )
    lines = (logs / "odoo.log").read_text(errors="replace").splitlines()
    # Odoo logs a statement that lost a race as an error, and repeats it: odoo.sql_db.
    errors = [
        line
        for line in lines
        if (" ERROR " in line and "odoo.sql_db:" not in line) or " CRITICAL " in line
    ]
    print("\n".join(errors) if errors else "Odoo's log holds no error.")
    bad = int(bool(code or errors))
    print(f"smoke: {1 - bad} passed, {bad} failed", flush=True)
    return bad


def interrupt(*_: object) -> None:
    """Stop everything, however we are asked to."""
    raise KeyboardInterrupt


def main() -> int:
    """Run it."""
    unattended = "--check" in sys.argv
    for sig in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sig, interrupt)
    db = os.environ["CODABOX_DEMO_DB"]
    logs = Path(os.environ["CODABOX_DEMO_LOGS"])
    logs.mkdir(parents=True, exist_ok=True)
    os.environ.update(CODABOX_DEMO_LOGIN=LOGIN, CODABOX_DEMO_PASSWORD=PASSWORD)
    try:
        with sandbox(logs), sandbox(logs, "SECOND_SANDBOX", 8698):
            prepare(db, logs)
            with odoo_server(db, logs, unattended=unattended) as server:
                if unattended:
                    return smoke(logs)
                show(server, logs)
    except DemoError as error:
        print(f"Error: {error}", file=sys.stderr)
        if unattended:
            print("smoke: 0 passed, 1 failed", flush=True)
        return 1
    except KeyboardInterrupt:
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
