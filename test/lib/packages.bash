# Sourced: installs missing Debian or Ubuntu packages, and finds the PostgreSQL to build against.
# shellcheck shell=bash

APT_OPTIONS=(-qq -y -o Acquire::Retries=3 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 -o DPkg::Lock::Timeout=300)

package_installed() {
	[[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# as_root command ...: by sudo for an ordinary user. A password can only be asked for at a terminal.
as_root() {
	if is_root; then
		"$@"
	elif [[ -t 0 ]]; then
		sudo "$@"
	else
		sudo -n "$@"
	fi
}

check_may_install() {
	have apt-get || die "missing: $*. Installing them by itself is only known for Debian and Ubuntu; please install them."
	is_root || have sudo || die "missing packages: $*. Install them as root: apt-get install $*"
}

# apt_get arguments ...: without questions, and with what went wrong if it fails.
apt_get() {
	local log status=0
	log=$(mktemp)
	as_root env DEBIAN_FRONTEND=noninteractive apt-get "${APT_OPTIONS[@]}" "$@" </dev/null >"$log" 2>&1 || status=$?
	if ((status != 0)); then
		tail -n 30 "$log" >&2
	fi
	rm -f "$log"
	return "$status"
}

# Downloading can hang and may be cut off and tried again; unpacking must never be cut off, so it is a step of its own.
apt_download() {
	local try
	for try in 1 2; do
		if as_root timeout 600 env DEBIAN_FRONTEND=noninteractive apt-get "${APT_OPTIONS[@]}" "$@" </dev/null >/dev/null 2>&1; then
			return 0
		fi
		say "Downloading failed (try $try)."
	done
	return 1
}

apt_update_done=
apt_update() {
	if [[ -z $apt_update_done ]]; then
		apt_download update || say "apt-get update failed; trying with the package lists at hand."
		apt_update_done=yes
	fi
}

# install_packages name ...: those of them that are missing.
install_packages() {
	local name missing=()
	for name; do
		package_installed "$name" || missing+=("$name")
	done
	if ((${#missing[@]} == 0)); then
		return 0
	fi
	check_may_install "${missing[@]}"
	say "Installing ${missing[*]} ..."
	apt_update
	apt_download install --no-install-recommends --download-only "${missing[@]}" || true
	apt_get install --no-install-recommends "${missing[@]}" ||
		die "could not install ${missing[*]}. Install them as root: apt-get install ${missing[*]}"
}

# install_commands command:package ...: the packages whose command is not there.
install_commands() {
	local pair missing=()
	for pair; do
		have "${pair%%:*}" || missing+=("${pair##*:}")
	done
	if ((${#missing[@]} > 0)); then
		install_packages "${missing[@]}"
	fi
}

install_build_tools() {
	install_commands gcc:gcc make:make perl:perl
	# gcc alone does not bring the C library's headers.
	if [[ ! -e /usr/include/stdlib.h ]]; then
		install_packages libc6-dev
	fi
}

# complete_versions: the major versions that are installed with server and headers, newest first.
complete_versions() {
	local dir
	for dir in /usr/lib/postgresql/*; do
		if [[ -x $dir/bin/postgres && -e $dir/lib/pgxs/src/makefiles/pgxs.mk ]]; then
			printf '%s\n' "${dir##*/}"
		fi
	done | sort -rn
}

# The major version that the distribution's package "postgresql" stands for.
default_version() {
	apt-cache depends postgresql 2>/dev/null | sed -n 's/^ *Depends: postgresql-\([0-9][0-9]*\)$/\1/p' | sort -rn | head -n 1
}

# Debian's package creates and starts a cluster "main" unless a file of the administrator says otherwise: nobody
# asked for one here. postgresql-common must be there first, because it brings the directory for that file.
install_postgresql() {
	local version=$1 switch=/etc/postgresql-common/createcluster.d/cxjourney-test.conf status=0
	install_packages postgresql-common
	if grep -q "^ *include_dir '/etc/postgresql-common/createcluster.d'" /etc/postgresql-common/createcluster.conf; then
		as_root mkdir -p "${switch%/*}"
		# shellcheck disable=SC2016
		as_root sh -c 'echo "create_main_cluster = false" > "$1"' sh "$switch"
	else
		say "This postgresql-common reads no createcluster.d: the package will create its usual cluster."
	fi
	(install_packages "postgresql-$version" "postgresql-server-dev-$version") || status=$?
	as_root rm -f "$switch"
	return "$status"
}

# find_postgresql: sets SYSTEM_PG_CONFIG, after installing what is missing. PG_CONFIG names a server of one's own,
# PGVERSION a major version; otherwise the newest complete one here, or the distribution's default.
find_postgresql() {
	local version
	if [[ -n ${PG_CONFIG_WANTED:-} ]]; then
		SYSTEM_PG_CONFIG=$(command -v "$PG_CONFIG_WANTED") || die "there is no $PG_CONFIG_WANTED"
		return
	fi
	version=${PGVERSION:-$(complete_versions | head -n 1)}
	if [[ -z $version ]]; then
		check_may_install postgresql "the PostgreSQL server headers"
		apt_update
		version=$(default_version)
		[[ -n $version ]] || die "apt knows no package postgresql"
	fi
	if ! complete_versions | grep -qx "$version"; then
		install_postgresql "$version"
	fi
	SYSTEM_PG_CONFIG=/usr/lib/postgresql/$version/bin/pg_config
	[[ -x $SYSTEM_PG_CONFIG ]] || die "$SYSTEM_PG_CONFIG is missing"
}
