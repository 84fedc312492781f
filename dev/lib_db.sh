# shellcheck shell=bash
# Databases. Installing l10n_be takes half a minute, so it is done once per machine into a
# template; every database is a copy of it. Sourced after lib.sh.

db_exists() {
    [ "$(psql -XAtq -d "${PGDATABASE:-postgres}" -v name="$1" \
        <<<"select 1 from pg_database where datname = :'name'")" = 1 ]
}

# PostgreSQL gives the sessions it ends five seconds; on a busy machine one may need more.
drop_db() {
    local said deadline=$((SECONDS + 120))
    until said=$(dropdb --if-exists --force "$1" 2>&1); do
        [ "$SECONDS" -lt "$deadline" ] || die "could not drop $1: $said"
        log "Could not drop $1 yet: $said"
        sleep 2
    done
    rm -rf "${DATA_DIR:?}/filestore/${1:?}"
}

# drop_now DB...: at the end of a script, or of one that was killed. A database that stays is no
# failure of what ran in it, nor of what runs next: it is told, and a later run drops it.
drop_now() {
    local db
    for db in "$@"; do
        (drop_db "$db") || true
    done
}

# copy_db FROM TO. The filestore goes with it: the cached assets in it would answer 500.
copy_db() {
    drop_db "$2"
    createdb -T "$1" "$2"
    mkdir -p "$DATA_DIR/filestore"
    [ ! -d "$DATA_DIR/filestore/$1" ] || cp -a "$DATA_DIR/filestore/$1" "$DATA_DIR/filestore/$2"
    # A copy must not pass for its original (cookies, bus, publisher warranty).
    psql -XAtq -d "$2" -v uuid="$(cat /proc/sys/kernel/random/uuid)" >/dev/null \
        <<<"update ir_config_parameter set value = :'uuid' where key = 'database.uuid'"
}

# What the template holds: the Belgian chart and everything the add-on depends on.
template_modules() {
    "$(venv_python)" - "$REPO/__manifest__.py" <<'PY'
import ast
import sys
from pathlib import Path

manifest = ast.literal_eval(Path(sys.argv[1]).read_text(encoding="utf-8"))
print(",".join(sorted({"l10n_be", "account_edi_ubl_cii", *manifest.get("depends", [])})))
PY
}

template_name() {
    local key
    key=$({ echo "$1"; cat "$REPO/dev/parts/setup/belgian_company.py"; } | sha256sum | cut -c1-8)
    echo "codabox_template_$(odoo_version | tr -c 'a-zA-Z0-9\n' '_')_$key"
}

# make_once NAME WHAT [FROM]: makes the database NAME, empty or as a copy of FROM, by the script on
# standard input, whose $1 is the database. Under another name until it is whole.
make_once() {
    local name=$1 what=$2 from=${3:-} log_file=$DEV_HOME/$1.log work=$1_new
    ! db_exists "$name" || return 0
    log "Making the template database $name ($what), once per machine"
    drop_db "$name"
    if [ -n "$from" ]; then copy_db "$from" "$work"; else drop_db "$work"; fi
    # Durability is not worth its time here: a machine that goes down starts afresh.
    if ! PGOPTIONS='-c synchronous_commit=off' DEV=$REPO/dev bash -e -s -- "$work" \
        >"$log_file" 2>&1; then
        tail -n 30 "$log_file" >&2
        die "could not make $name" "The whole log is in $log_file"
    fi
    [ ! -d "$DATA_DIR/filestore/$work" ] ||
        mv "$DATA_DIR/filestore/$work" "$DATA_DIR/filestore/$name"
    psql -XAtq -d "${PGDATABASE:-postgres}" -c "alter database \"$work\" rename to \"$name\""
}

# Prints the template's name after making sure that it is there.
ensure_template() {
    local modules name
    modules=$(template_modules)
    name=$(template_name "$modules")
    # The country comes first, or Odoo installs its generic chart of accounts.
    MODULES=$modules with_lock template make_once "$name" "$modules" >&2 <<'SCRIPT'
"$DEV/odoo" db init "$1" --country BE --username admin --password admin
"$DEV/odoo" server -d "$1" -i "$MODULES" --stop-after-init --no-http
"$DEV/odoo" shell -d "$1" --no-http <"$DEV/parts/setup/belgian_company.py"
SCRIPT
    echo "$name"
}

# Prints the name of the template for the Odoo tests: the other with companies to spare.
ensure_test_template() {
    local template name
    template=$(ensure_template)
    name=${template}_$(sha256sum <"$REPO/dev/parts/setup/spare_companies.py" | cut -c1-8)
    with_lock template make_once "$name" "with spare companies" "$template" >&2 <<'SCRIPT'
"$DEV/odoo" shell -d "$1" --no-http <"$DEV/parts/setup/spare_companies.py"
SCRIPT
    echo "$name"
}

# copy_template DB [TEMPLATE]
copy_template() {
    # One copy at a time: PostgreSQL refuses to copy a database that is being copied.
    local template
    template=${2:-$(ensure_template)}
    with_lock template copy_db "$template" "$1"
}

# Databases PREFIX_<process id> whose process is gone (a run that was killed).
drop_leftovers() {
    local db
    while read -r db; do
        kill -0 "${db##*_}" 2>/dev/null || drop_now "$db"
    done < <(psql -XAtq -d "${PGDATABASE:-postgres}" -v prefix="^$1_[0-9]+\$" \
        <<<"select datname from pg_database where datname ~ :'prefix'")
}
