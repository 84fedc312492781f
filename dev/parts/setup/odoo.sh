# shellcheck shell=bash
# Odoo 19 itself: Debian unstable's package, unpacked and not installed, because its own
# dependencies want unstable's Python. Sourced after lib.sh and system.sh.

ODOO_HELP=(
    "Give a source tree: make … ODOO_PATH=/path/to/odoo   (a checkout of Odoo's branch 19.0)"
    "or Debian's package: make … ODOO_DEB=/path/to/odoo-19_….deb")

# The machine's own Debian mirror, which also carries unstable.
debian_mirror() {
    local codename
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' \
        2>/dev/null | awk -v name="$codename" '$1 == name && $2 == "main" { print $3; exit }'
}

# A private apt: its own source, lists and cache. apt checks the signatures with Debian's
# keys as always, the system's apt is not touched, and no root is needed.
private_apt() {
    local dir=$1 mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    { have apt-get && have dpkg; } || die "Odoo 19 comes as a Debian package and there is no apt here" \
        "${ODOO_HELP[@]}"
    mirror=$(debian_mirror)
    if [ -z "$mirror" ]; then # an image without package lists says nothing yet
        as_root apt-get update >/dev/null 2>&1 </dev/null || true
        mirror=$(debian_mirror)
    fi
    [ -n "$mirror" ] || die "found no Debian mirror in this machine's apt sources" "${ODOO_HELP[@]}"
    [ -e "$keyring" ] || apt_install debian-archive-keyring
    mkdir -p "$dir"/{sources,lists/partial,cache/archives/partial,debs}
    cat >"$dir/sources/sid.sources" <<SOURCE
Types: deb
URIs: $mirror
Suites: sid
Components: main
Signed-By: $keyring
SOURCE
    cat >"$dir/apt.conf" <<CONF
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "$dir/sources";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "$dir/none";
Dir::State::Lists "$dir/lists";
Dir::Cache "$dir/cache";
APT::Sandbox::User "$(id -un)";
Acquire::Languages "none";
Acquire::Retries "3";
CONF
}

# Prints the folder that now holds the newest odoo-19 and fonts-montserrat.
download_debs() {
    local dir=$DEV_HOME/apt log_file=$DEV_HOME/apt/download.log
    private_apt "$dir"
    rm -f "$dir"/debs/*.deb
    (
        cd "$dir/debs"
        export APT_CONFIG=$dir/apt.conf
        apt-get update && apt-get download odoo-19 fonts-montserrat
    ) >"$log_file" 2>&1 </dev/null || {
        tail -n 20 "$log_file" >&2
        die "could not download odoo-19 from Debian unstable" \
            "The whole output is in $log_file" "${ODOO_HELP[@]}"
    }
    echo "$dir/debs"
}

# The package expects Debian's shared scripts and fonts where it was unpacked.
link_shared_files() {
    local dir=$1 share=$1/usr/share name
    mkdir -p "$share"
    for name in javascript fonts-font-awesome; do
        [ -e "$share/$name" ] || ln -s "/usr/share/$name" "$share/$name"
    done
    # fonts/ is merged, not linked: fonts-montserrat is unpacked there, the rest is installed.
    mkdir -p "$share/fonts/truetype" "$share/fonts/opentype"
    for name in /usr/share/fonts/truetype/* /usr/share/fonts/opentype/*; do
        [ ! -e "$name" ] || ln -sfn "$name" "$share/fonts/${name#/usr/share/fonts/}"
    done
    find "$dir/usr/lib/python3/dist-packages/odoo" -xtype l >"$dir/dangling.txt"
    # A missing jquery.js makes every page answer 500: better said here.
    if grep -q '\.js$' "$dir/dangling.txt"; then
        die "files of Odoo point to Debian packages that are not installed:" \
            "$(grep '\.js$' "$dir/dangling.txt")"
    fi
}

# Debian leaves this library out; the web client asks for it on every page, and the error
# in the browser's console makes every tour fail. Nothing of ours uses it.
add_missing_assets() {
    local addons=$1/usr/lib/python3/dist-packages/odoo/addons
    local file=$addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js
    [ ! -d "$addons/mail" ] || [ -e "$file" ] || { mkdir -p "${file%/*}" && touch "$file"; }
}

# unpack_odoo TARGET DEB…: complete or not there at all.
unpack_odoo() {
    local target=$1 deb
    shift
    rm -rf "$target.new"
    for deb in "$@"; do
        dpkg -x "$deb" "$target.new"
    done
    [ -f "$target.new/usr/lib/python3/dist-packages/odoo/release.py" ] ||
        die "there is no Odoo in $1" "${ODOO_HELP[@]}"
    add_missing_assets "$target.new"
    link_shared_files "$target.new"
    touch "$target.new/ready"
    rm -rf "$target"
    mv "$target.new" "$target"
}

unpack_debian_odoo() {
    local debs deb version
    [ ! -e "$DEV_HOME/odoo-current/ready" ] || return 0
    log "Downloading Odoo 19 from Debian unstable (about 120 MB)"
    debs=$(download_debs)
    deb=$(compgen -G "$debs/odoo-19_*.deb")
    version=$(dpkg-deb -f "$deb" Version | tr -c 'a-zA-Z0-9\n' '_')
    log "Unpacking Odoo $version"
    unpack_odoo "$DEV_HOME/odoo-$version" "$deb" "$debs"/fonts-montserrat_*.deb
    ln -sfn "odoo-$version" "$DEV_HOME/odoo-current"
    rm -rf "$debs" "$DEV_HOME/apt/lists" "$DEV_HOME/apt/cache"
}

check_source_tree() {
    [ -d "$ODOO_PATH/odoo/addons/base" ] || die "ODOO_PATH=$ODOO_PATH holds no Odoo" \
        "It must be the folder that contains odoo/addons/base."
    grep -q '^version_info = (19,' "$ODOO_PATH/odoo/release.py" ||
        die "ODOO_PATH=$ODOO_PATH is not Odoo 19" "$(grep '^version_info' "$ODOO_PATH/odoo/release.py")"
}

ensure_odoo() {
    if [ -n "${ODOO_PATH:-}" ]; then
        check_source_tree
    elif [ -n "${ODOO_DEB:-}" ]; then
        [ -f "$ODOO_DEB" ] || die "ODOO_DEB=$ODOO_DEB is not there"
        local target
        target=$(odoo_root)
        target=${target%/usr/lib/python3/dist-packages}
        [ -e "$target/ready" ] || with_lock odoo unpack_odoo "$target" "$ODOO_DEB"
    elif [ ! -e "$DEV_HOME/odoo-current/ready" ]; then
        with_lock odoo unpack_debian_odoo
    fi
}
