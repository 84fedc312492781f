# shellcheck shell=bash
# Debian packages and PostgreSQL. Sourced by dev/setup after lib.sh.

# What it is needed for : how its presence is recognised : the Debian package.
# A program or file, not the package's name, so that another source of it will do.
SYSTEM_NEEDS='
PostgreSQL server:server:postgresql
PostgreSQL client:cmd psql:postgresql-client
browser of the tests:browser:chromium
PDF of invoices:cmd wkhtmltopdf:wkhtmltopdf
lint of the scripts:cmd shellcheck:shellcheck
driver of the smoke test:glob /usr/lib/*/libatomic.so.1:libatomic1
page scripts of Odoo:file /usr/share/javascript/jquery/jquery.js:libjs-jquery
page scripts of Odoo:file /usr/share/javascript/jquery-form/jquery.form.js:libjs-jquery-form
page scripts of Odoo:file /usr/share/javascript/underscore/underscore.js:libjs-underscore
icons of Odoo:file /usr/share/fonts-font-awesome/fonts/fontawesome-webfont.ttf:fonts-font-awesome
fonts of Odoo:glob /usr/share/fonts/truetype/roboto:fonts-roboto-unhinted
fonts of Odoo:glob /usr/share/fonts/truetype/inconsolata:fonts-inconsolata
text in the browser and PDF:glob /usr/share/fonts/truetype/dejavu:fonts-dejavu-core
text in the browser and PDF:glob /usr/share/fonts/truetype/liberation*:fonts-liberation
'

is_present() {
    local kind=${1%% *} what=${1#* }
    case $kind in
        cmd) have "$what" ;;
        file) [ -e "$what" ] ;;
        glob) compgen -G "$what" >/dev/null ;;
        browser) have chromium || have google-chrome || have chromium-browser ;;
        # A server that already answers needs no package.
        server) compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || postgres_answers ;;
    esac
}

missing_packages() {
    local need check package
    while IFS=: read -r need check package; do
        [ -n "$need" ] || continue
        is_present "$check" || echo "$package"
    done <<<"$SYSTEM_NEEDS"
}

apt_install() {
    local log_file
    have apt-get || die "these Debian packages are missing: $*" \
        "There is no apt-get here: install the same things with your system's own tools."
    log "Installing with apt: $*"
    log_file=$(mktemp)
    # Others may hold apt's lock for a while (unattended upgrades, another checkout).
    if ! { as_root apt-get -o DPkg::Lock::Timeout=300 update &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
            install -y --no-install-recommends "$@"; } >"$log_file" 2>&1 </dev/null; then
        tail -n 20 "$log_file" >&2
        die "apt could not install: $*" "The whole output is in $log_file"
    fi
    rm -f "$log_file"
}

ensure_system_packages() {
    local missing
    mapfile -t missing < <(missing_packages | sort -u)
    [ ${#missing[@]} -eq 0 ] || with_lock apt apt_install "${missing[@]}"
}

# --- PostgreSQL ----------------------------------------------------------------

postgres_answers() {
    have psql && psql -XAtq -d "${PGDATABASE:-postgres}" -c 'select 1' >/dev/null 2>&1
}

may_create_databases() {
    [ "$(psql -XAtq -d "${PGDATABASE:-postgres}" -c \
        'select rolcreatedb or rolsuper from pg_roles where rolname = current_user')" = t ]
}

as_postgres() {
    if [ "$(id -u)" -eq 0 ] && have runuser; then
        runuser -u postgres -- "$@"
    elif [ "$(id -u)" -eq 0 ]; then
        su postgres -s /bin/sh -c "$(printf '%q ' "$@")"
    else
        sudo -u postgres "$@"
    fi
}

# No service manager runs in a container, so the cluster is started by hand.
start_cluster() {
    local version cluster port status rest
    have pg_lsclusters || die "PostgreSQL does not answer and this machine has no Debian cluster" \
        "Start a PostgreSQL server and name it with PGHOST, PGPORT, PGUSER, PGPASSWORD."
    # One that runs already, else the first.
    read -r version cluster port status rest < <(pg_lsclusters -h | sort -s -k4,4r) || true
    if [ -z "${version:-}" ]; then
        version=$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -n | tail -n 1)
        cluster=main
        as_root pg_createcluster "$version" "$cluster" >&2
        status=down
        port=$(pg_lsclusters -h | awk 'NR == 1 { print $3 }')
    fi
    if [ "$status" != online ]; then
        log "Starting PostgreSQL $version/$cluster on port $port"
        # Detached from our output, or a pipe on it would never see its end.
        as_root pg_ctlcluster --skip-systemctl-redirect "$version" "$cluster" start \
            >/dev/null 2>&1 </dev/null || true
    fi
    local _
    for _ in $(seq 60); do
        as_postgres psql -XAtq -p "$port" -c 'select 1' >/dev/null 2>&1 && break
        sleep 0.5
    done
    echo "$port" >"$DEV_HOME/pgport"
    export PGPORT=$port
}

make_role() {
    local user
    user=$(id -un)
    as_postgres psql -XAtq -p "$PGPORT" -c "
        do \$\$ begin
            create role \"$user\" login createdb;
        exception when duplicate_object then
            alter role \"$user\" login createdb;
        end \$\$" >/dev/null
}

start_postgres() {
    postgres_answers && return 0
    [ -z "${PGHOST:-}" ] || die "PostgreSQL at PGHOST=$PGHOST does not answer" \
        "Try: psql -d postgres -c 'select 1'"
    start_cluster
    make_role
    postgres_answers || die "PostgreSQL runs but $(id -un) cannot connect to it" \
        "Try: psql -p $PGPORT -d postgres -c 'select 1'"
}

ensure_postgres() {
    postgres_answers || with_lock postgres start_postgres
    [ ! -s "$DEV_HOME/pgport" ] || [ -n "${PGHOST:-}" ] || export PGPORT="${PGPORT:-$(<"$DEV_HOME/pgport")}"
    may_create_databases || die "the PostgreSQL role of $(id -un) may not create databases" \
        "As an administrator: ALTER ROLE \"$(id -un)\" CREATEDB;"
}
