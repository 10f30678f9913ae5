# Sourced: installs missing Debian or Ubuntu packages, and finds the PostgreSQL to build against.
# shellcheck shell=bash

OLDEST_VERSION=15
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

# check_may_install package ...: all that is missing, in one line, before anything is tried. A password that sudo wants
# is asked for here.
check_may_install() {
	local command="apt-get install --no-install-recommends $*"
	have apt-get || die "missing: $*. Installing is only known here for Debian and Ubuntu; elsewhere install what corresponds. PG_CONFIG=/path/to/pg_config names a PostgreSQL of your own."
	if is_root; then
		return
	fi
	have sudo || die "missing: $*. $(id -un) is not root, and there is no sudo; have them installed: $command"
	if [[ -t 0 ]]; then
		say "Missing here: $*. To install them, sudo may ask for your password."
	fi
	as_root true >/dev/null 2>&1 ||
		die "missing: $*. sudo does not let $(id -un) install them (without a terminal it cannot ask for a password); have them installed: $command"
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

# Downloading can hang and may be cut off and tried again (apt itself tries again what fails); unpacking must never be cut
# off, so it is a step of its own.
apt_download() {
	local status
	for _ in 1 2; do
		status=0
		as_root timeout 600 env DEBIAN_FRONTEND=noninteractive apt-get "${APT_OPTIONS[@]}" "$@" </dev/null >/dev/null 2>&1 || status=$?
		((status == 124)) || return "$status"
	done
	return 1
}

# Package lists of another day may name packages that the mirror has replaced since; where there is no network, they may
# still do for what was downloaded before.
apt_update_done=
apt_update() {
	if [[ -z $apt_update_done ]]; then
		apt_download update || true
		apt_update_done=yes
	fi
}

cannot_download() {
	die "missing: $*. They could not be downloaded: is there a network, and does apt know a mirror? As root: apt-get update && apt-get install --no-install-recommends $*"
}

# missing_packages name ...: those that are not installed.
missing_packages() {
	local name
	for name; do
		package_installed "$name" || printf '%s\n' "$name"
	done
}

# missing_commands command:package ...: the packages whose command is not there.
missing_commands() {
	local pair
	for pair; do
		have "${pair%%:*}" || printf '%s\n' "${pair##*:}"
	done
}

# install_packages name ...: those of them that are missing.
install_packages() {
	local missing
	mapfile -t missing < <(missing_packages "$@")
	if ((${#missing[@]} == 0)); then
		return 0
	fi
	check_may_install "${missing[@]}"
	say "Installing ${missing[*]} ..."
	apt_update
	install_downloaded "${missing[@]}"
}

# install_downloaded package ...: downloads all of them before it installs any.
install_downloaded() {
	apt_download install --no-install-recommends --download-only "$@" || cannot_download "$@"
	apt_get install --no-install-recommends "$@" ||
		die "could not install $*. Try as root: apt-get install --no-install-recommends $*"
}

install_commands() {
	local missing
	mapfile -t missing < <(missing_commands "$@")
	if ((${#missing[@]} > 0)); then
		install_packages "${missing[@]}"
	fi
}

# npm_retry directory log seconds npm-argument ...: the registry may be slow or cut a connection, so a few tries.
npm_retry() {
	local directory=$1 log=$2 seconds=$3 try
	shift 3
	for try in 1 2 3; do
		if (cd "$directory" && timeout "$seconds" npm "$@") >"$log" 2>&1; then
			return
		fi
		say "npm $1 failed (try $try)."
		sleep $((try * 5))
	done
	tail -n 20 "$log"
	return 1
}

# The packages of a compiler that are missing. gcc alone does not bring the C library's headers.
missing_build_tools() {
	missing_commands gcc:gcc make:make perl:perl
	if [[ ! -e /usr/include/stdlib.h ]]; then
		echo libc6-dev
	fi
}

pg_config_of() {
	printf '/usr/lib/postgresql/%s/bin/pg_config\n' "$1"
}

has_server() {
	[[ -x /usr/lib/postgresql/$1/bin/postgres && -x /usr/lib/postgresql/$1/bin/psql ]]
}

# has_headers version: Debian's client package brings pg_config and PGXS, but none of what they lead to.
has_headers() {
	local pg_config
	pg_config=$(pg_config_of "$1")
	[[ -x $pg_config && -e $("$pg_config" --includedir-server)/postgres.h ]]
}

# versions_here: the major versions of which anything is here, those first that lack least, then the newest.
versions_here() {
	local dir version lacking
	for dir in /usr/lib/postgresql/* /usr/include/postgresql/*/server; do
		version=${dir%/server}
		version=${version##*/}
		if [[ -d $dir && $version =~ ^[0-9]+$ ]] && ((version >= OLDEST_VERSION)); then
			lacking=0
			has_server "$version" || lacking=2
			has_headers "$version" || lacking=$((lacking + 1))
			printf '%s %s\n' "$lacking" "$version"
		fi
	done | sort -u | sort -k 1,1n -k 2,2rn | sed 's/^[0-9] //'
}

# The packages that a version still needs.
missing_of_version() {
	has_server "$1" || echo "postgresql-$1"
	has_headers "$1" || echo "postgresql-server-dev-$1"
}

# The major version that the distribution's package "postgresql" stands for.
default_version() {
	LC_ALL=C apt-cache depends postgresql 2>/dev/null | sed -n 's/^ *Depends: postgresql-\([0-9][0-9]*\)$/\1/p' | sort -rn | head -n 1
}

# available package ...: whether apt knows all of them.
available() {
	local package
	for package; do
		apt-cache show "$package" >/dev/null 2>&1 || return 1
	done
}

# Without package lists apt knows what is installed, and nothing else.
no_package_lists() {
	! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null
}

# choose_version: sets VERSION to one that is complete, or that can be completed as far as apt knows: rather one of
# which something is here than what the distribution brings. To nothing, if apt knows none.
choose_version() {
	local candidate packages
	VERSION=${PGVERSION:-}
	if [[ -n $VERSION ]]; then
		return
	fi
	for candidate in $(versions_here) $(default_version); do
		mapfile -t packages < <(missing_of_version "$candidate")
		if ((${#packages[@]} == 0)) || no_package_lists || available "${packages[@]}"; then
			VERSION=$candidate
			return
		fi
	done
}

check_version() {
	if [[ -n $VERSION ]] && ! { [[ $VERSION =~ ^[0-9]+$ ]] && ((VERSION >= OLDEST_VERSION)); }; then
		die "cxjourney needs PostgreSQL $OLDEST_VERSION or newer, and this would be '$VERSION'. PG_CONFIG=/path/to/pg_config names a PostgreSQL of your own."
	fi
}

# missing_for_version: of PostgreSQL and the compiler. The metapackages stand for a version that is not known before apt
# has its lists.
missing_for_version() {
	missing_build_tools
	if [[ -n $VERSION ]]; then
		missing_of_version "$VERSION"
	else
		printf '%s\n' postgresql postgresql-server-dev-all
	fi
}

# Debian's package creates and starts a cluster "main" unless a file of the administrator says otherwise: nobody
# asked for one here. postgresql-common must be there first, because it brings the directory for that file.
install_without_cluster() {
	local switch=/etc/postgresql-common/createcluster.d/cxjourney-test.conf status=0
	apt_download install --no-install-recommends --download-only postgresql-common "$@" || cannot_download "$@"
	package_installed postgresql-common || install_downloaded postgresql-common
	if grep -q "^ *include_dir '/etc/postgresql-common/createcluster.d'" /etc/postgresql-common/createcluster.conf; then
		as_root mkdir -p "${switch%/*}"
		# shellcheck disable=SC2016
		as_root sh -c 'echo "create_main_cluster = false" > "$1"' sh "$switch"
	else
		say "This postgresql-common reads no createcluster.d: the package will create its usual cluster."
	fi
	(install_downloaded "$@") || status=$?
	as_root rm -f "$switch"
	return "$status"
}

# find_postgresql: sets SYSTEM_PG_CONFIG, after installing what is missing of it and of a compiler. PG_CONFIG names a
# server of one's own, PGVERSION a major version; otherwise the one that is first in the PATH, if it is complete.
find_postgresql() {
	local problem missing
	if [[ -n ${PG_CONFIG_WANTED:-} ]]; then
		problem=$("$ROOT/test/lib/pg-config-problem" "$PG_CONFIG_WANTED" server)
		[[ -z $problem ]] || die "$problem"
		SYSTEM_PG_CONFIG=$(command -v "$PG_CONFIG_WANTED")
	elif [[ -z ${PGVERSION:-} && -z $("$ROOT/test/lib/pg-config-problem" pg_config server) ]]; then
		SYSTEM_PG_CONFIG=$(command -v pg_config)
	else
		provide_postgresql
		return
	fi
	mapfile -t missing < <(missing_build_tools)
	install_packages "${missing[@]}"
}

# Of Debian and Ubuntu, with the compiler.
provide_postgresql() {
	local missing problem
	choose_version
	check_version
	mapfile -t missing < <(missing_for_version)
	if ((${#missing[@]} > 0)); then
		check_may_install "${missing[@]}"
		say "Missing here: ${missing[*]}. Installing them takes some minutes ..."
		apt_update
		choose_version
		check_version
		[[ -n $VERSION ]] || cannot_download "${missing[@]}"
		mapfile -t missing < <(missing_for_version)
		install_without_cluster "${missing[@]}"
	fi
	SYSTEM_PG_CONFIG=$(pg_config_of "$VERSION")
	problem=$("$ROOT/test/lib/pg-config-problem" "$SYSTEM_PG_CONFIG" server)
	[[ -z $problem ]] || die "$problem"
}
