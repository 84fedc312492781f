# shellcheck shell=bash
# shellcheck disable=SC2034 # the scripts that source this use the names
# Paths and small helpers shared by the scripts in dev/. Sourced, never run.

set -euo pipefail
shopt -s inherit_errexit

MODULE=account_codabox
REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

LOCK_FILE=$REPO/dev/requirements.lock

# Everything that is expensive to make lives outside the checkout and is shared by all
# checkouts on the machine. What belongs to one checkout (its databases, logs, settings)
# carries a hash of its path, so that two clones never touch each other's.
DEV_HOME=${CODABOX_DEV_HOME:-${HOME:-/root}/.cache/account_codabox}
CHECKOUT_ID=$(printf '%s' "$REPO" | sha256sum | cut -c1-6)
DB_PREFIX=codabox_$CHECKOUT_ID
# Not in the checkout: Odoo follows links when it walks add-ons, and the link to the
# checkout would lead it in circles.
STATE_DIR=$DEV_HOME/checkouts/$CHECKOUT_ID
LOG_DIR=$STATE_DIR/logs
DATA_DIR=$DEV_HOME/data

# The sandbox is on this machine, which Odoo talks to only where the server says so.
export CODABOX_ADDRESSES=${CODABOX_ADDRESSES-127.0.0.1}

# Where dev/setup found or started PostgreSQL, when that is not the usual port.
if [ -z "${PGPORT:-}" ] && [ -z "${PGHOST:-}" ] && [ -s "$DEV_HOME/pgport" ]; then
    PGPORT=$(<"$DEV_HOME/pgport")
    export PGPORT
fi

log() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }

die() {
    printf '\033[31mError:\033[0m %s\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '       %s\n' "$@" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Run a command as root: directly, or through sudo when we are somebody else.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif have sudo; then
        sudo "$@"
    else
        die "this step needs root and there is no sudo: $*" \
            "Run it as root once, then start again."
    fi
}

# Only one run at a time may change what checkouts share.
with_lock() {
    local name=$1
    shift
    mkdir -p "$DEV_HOME"
    (
        flock 9
        # The lock must not stay with servers that the command starts.
        "$@" 9>&-
    ) 9>"$DEV_HOME/$name.lock"
}

# --- Python --------------------------------------------------------------------

# Odoo 19 supports Python 3.10 to 3.13; the lock file is made for 3.11 (Debian 12) and later.
find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3 python3.12 python3.11 python3.13 /usr/bin/python3; do
        [ -n "$candidate" ] || continue
        if have "$candidate" && "$candidate" -c '
import sys
sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            # The real program, not a version manager's shim that depends on the folder.
            "$candidate" -c 'import os, sys; print(os.path.realpath(sys.executable))'
            return 0
        fi
    done
    return 1
}

# The environment's folder is named after the lock file and the interpreter: a new
# lock file makes a new environment and never breaks another checkout's.
venv_dir() {
    local python=$1
    local key
    key=$({ cat "$LOCK_FILE"; "$python" -VV; echo "$python"; } | sha256sum | cut -c1-12)
    echo "$DEV_HOME/venv-$key"
}

venv_python() {
    local python
    python=$(find_python) || die "no Python 3.11, 3.12 or 3.13 found" \
        "On Debian: apt-get install python3 python3-venv; or name one with PYTHON=…"
    echo "$(venv_dir "$python")/bin/python"
}

# --- Odoo ----------------------------------------------------------------------

# Prints the folder that holds odoo/ and the add-ons of the Odoo in use.
odoo_root() {
    if [ -n "${ODOO_PATH:-}" ]; then
        echo "$ODOO_PATH"
    elif [ -L "$DEV_HOME/odoo-current" ] && [ -z "${ODOO_DEB:-}" ]; then
        echo "$DEV_HOME/odoo-current/usr/lib/python3/dist-packages"
    elif [ -n "${ODOO_DEB:-}" ]; then
        echo "$DEV_HOME/odoo-deb-$(sha256sum "$ODOO_DEB" | cut -c1-12)/usr/lib/python3/dist-packages"
    else
        echo "$DEV_HOME/odoo-missing"
    fi
}

# A word for the Odoo in use, for the names of template databases.
odoo_version() {
    local root real
    root=$(odoo_root)
    real=$(readlink -f "$root")
    case $real in
        "$(readlink -f "$DEV_HOME")"/odoo-*)
            real=${real#"$(readlink -f "$DEV_HOME")"/odoo-}
            echo "${real%%/*}"
            ;;
        *)
            if have git && git -C "$real" rev-parse --short HEAD 2>/dev/null; then
                return 0
            fi
            printf 'path-%s\n' "$(printf '%s' "$real" | sha256sum | cut -c1-8)"
            ;;
    esac
}

addons_path() {
    local root paths
    root=$(odoo_root)
    paths=$STATE_DIR/addons
    # A git checkout of Odoo keeps most add-ons beside odoo/, the package inside it.
    [ ! -d "$root/addons" ] || paths=$root/addons,$paths
    echo "$paths${EXTRA_ADDONS:+,$EXTRA_ADDONS}"
}

# Odoo finds add-ons by the name of their folder, which a clone need not carry.
link_addon() {
    mkdir -p "$STATE_DIR/addons" "$LOG_DIR" "$DATA_DIR"
    [ "$(readlink "$STATE_DIR/addons/$MODULE")" = "$REPO" ] ||
        ln -sfn "$REPO" "$STATE_DIR/addons/$MODULE"
}

# free_port PREFERRED…: the first of these that is free, else any free port.
free_port() {
    "${PYTHON_FOR_PORTS:-$(venv_python)}" - "$@" <<'PY'
import socket
import sys

for port in [*map(int, sys.argv[1:]), 0]:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        print(probe.getsockname()[1])
        break
PY
}

# Settings that every command of Odoo reads (through ODOO_RC), per checkout.
write_odoo_config() {
    cat >"$STATE_DIR/odoo.conf.$$" <<CONF
; Written by dev/odoo: options belong on its command line.
[options]
addons_path = $(addons_path)
data_dir = $DATA_DIR
http_interface = 127.0.0.1
CONF
    mv "$STATE_DIR/odoo.conf.$$" "$STATE_DIR/odoo.conf"
}
