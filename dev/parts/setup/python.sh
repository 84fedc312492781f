# shellcheck shell=bash
# The virtual environment of the tools, the tests and Odoo. Sourced after lib.sh.

build_venv() {
    local python=$1 dir=$2 build
    [ ! -e "$dir/ready" ] || return 0 # somebody else made it while we waited for the lock
    log "Making the Python environment $dir"
    rm -rf "$dir"
    "$python" -m venv "$dir" >&2 || {
        rm -rf "$dir"
        die "$python cannot make virtual environments" "On Debian: apt-get install python3-venv"
    }
    build=$(mktemp)
    if ! "$dir/bin/python" -m pip install --quiet --no-input -r "$LOCK_FILE" >"$build" 2>&1; then
        tail -n 20 "$build" >&2
        rm -rf "$dir"
        die "pip could not install $LOCK_FILE" "The whole output is in $build"
    fi
    rm -f "$build"
    touch "$dir/ready"
}

can_make_venvs() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

ensure_python() {
    local python dir
    if ! python=$(find_python) || ! can_make_venvs "$python"; then
        with_lock apt apt_install python3 python3-venv
        python=$(find_python) || die "no Python 3.11, 3.12 or 3.13 found" \
            "Install one and name it with PYTHON=/path/to/python3.12"
        can_make_venvs "$python" || python=/usr/bin/python3
    fi
    dir=$(venv_dir "$python")
    [ -e "$dir/ready" ] || with_lock venv build_venv "$python" "$dir"
}
