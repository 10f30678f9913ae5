# Sourced: a private PostgreSQL server with this extension, in a temporary directory that is removed again.
#
#   server_create     installs what is missing, builds the extension and starts the server
#   server_remove     stops the server and removes the directory (also on exit, error and Ctrl-C)
#   server_keep       leaves the server behind
#
# Nothing is installed into the system: PostgreSQL finds its libraries and scripts relative to its own binaries, so
# a copy of the binaries, with links to everything else, is an installation of its own.
# shellcheck shell=bash

# shellcheck source=test/lib/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
# shellcheck source=test/lib/packages.bash
source "$(dirname "${BASH_SOURCE[0]}")/packages.bash"

PG_CONFIG_WANTED=${PG_CONFIG:-}
PATH_BEFORE=$PATH
# Bitcode takes as long again as all the rest, for nothing that a small database would show.
SERVER_MAKE_ARGUMENTS=(with_llvm=no)
SERVER_DIR=

server_create() {
	forget_settings
	server_make_directory
	server_private_installation
	server_build
	server_start
}

server_make_directory() {
	find_postgresql
	at_exit server_remove
	SERVER_DIR=$(mktemp -d "$TMPDIR/cxjourney.XXXXXX")
	# The path of a unix socket has room for 107 bytes.
	if ((${#SERVER_DIR} > 80)); then
		die "the temporary directory $SERVER_DIR has too long a name for a server socket; set TMPDIR to a shorter one"
	fi
	# The server refuses to run as root; its own user must be able to pass through.
	if is_root; then
		id postgres >/dev/null 2>&1 || die "PostgreSQL does not run as root, and there is no user postgres"
		chmod 711 "$SERVER_DIR"
		as_server test -x "$SERVER_DIR" ||
			die "the server runs as the user postgres, who cannot reach $TMPDIR; TMPDIR can name a directory that is open to all"
	fi
	check_programs_run
}

# Some machines mount their temporary directory so that nothing in it can be run.
check_programs_run() {
	printf '#!/bin/sh\n' >"$SERVER_DIR/try"
	chmod 755 "$SERVER_DIR/try"
	"$SERVER_DIR/try" 2>/dev/null || die "programs in $TMPDIR cannot be run (mounted with noexec?); TMPDIR can name another directory"
	rm "$SERVER_DIR/try"
}

# as_server command ...: as the user that owns the server.
as_server() {
	if is_root; then
		(cd / && setpriv --reuid postgres --regid postgres --init-groups env HOME="$SERVER_DIR" "$@")
	else
		"$@"
	fi
}

# link_contents from to: a real directory full of links. Another build of this extension is left out.
link_contents() {
	local entry
	mkdir -p "$2"
	for entry in "$1"/*; do
		case ${entry##*/} in
			cxjourney* | '*') ;;
			*) ln -s "$entry" "$2/" ;;
		esac
	done
}

# private_tree kind sub ...: what pg_config calls it, as a directory of its own in which the named subdirectories are real too.
private_tree() {
	local kind=$1 from to sub
	shift
	from=$("$SYSTEM_PG_CONFIG" "--$kind")
	to=$SERVER_DIR$from
	link_contents "$from" "$to"
	for sub; do
		if [[ -d $from/$sub ]]; then
			rm "$to/$sub"
			link_contents "$from/$sub" "$to/$sub"
		fi
	done
}

server_private_installation() {
	local bindir include kind
	bindir=$("$SYSTEM_PG_CONFIG" --bindir)
	mkdir -p "$SERVER_DIR$bindir"
	# Copies, not links: a program looks for its files beside the place that a link leads to.
	cp -RP "$bindir"/. "$SERVER_DIR$bindir/"
	private_tree pkglibdir bitcode
	private_tree sharedir extension
	include=$("$SYSTEM_PG_CONFIG" --includedir-server)
	mkdir -p "$(dirname "$SERVER_DIR$include")"
	ln -s "$include" "$SERVER_DIR$include"
	export PG_CONFIG=$SERVER_DIR$bindir/pg_config
	for kind in bindir pkglibdir sharedir; do
		[[ $("$PG_CONFIG" "--$kind") == "$SERVER_DIR"/* ]] || die "$PG_CONFIG --$kind leads out of the private installation"
	done
	export PATH=$SERVER_DIR$bindir:$PATH
}

server_build() {
	SOURCE=$SERVER_DIR/source
	export SOURCE
	copy_source "$SOURCE"
	if [[ -n ${KEEP_BUILD:-}${BUILDS:-} ]] && make_build_directory; then
		build_what_changed
	else
		say "Building cxjourney with $("$PG_CONFIG" --version) ..."
		build_and_install "$SOURCE" "${SERVER_MAKE_ARGUMENTS[@]}"
	fi
}

# Objects are kept for the next time, in a directory for each PostgreSQL and compiler: in BUILDS, which test/run names for all
# its suites; with KEEP_BUILD in build/, but not in the checkout of somebody else, who could not remove them.
make_build_directory() {
	BUILD_DIR=${BUILDS:-$ROOT/build}/$({ "$SYSTEM_PG_CONFIG" && gcc --version; } | cksum | cut -d ' ' -f 1)
	[[ -n ${BUILDS:-} || -O $ROOT && -w $ROOT ]] && mkdir -p "$BUILD_DIR" 2>/dev/null
}

# Another build may be going on in the same directory.
build_what_changed() {
	local lock
	exec {lock}>"$BUILD_DIR/lock"
	flock "$lock"
	update_sources
	if make -q -s -C "$BUILD_DIR" with_llvm=no all >/dev/null 2>&1; then
		say "cxjourney is as it was last built with $("$PG_CONFIG" --version), in ${BUILDS:-build/}."
	else
		say "Building cxjourney with $("$PG_CONFIG" --version), which takes up to a minute ..."
	fi
	build_and_install "$BUILD_DIR" with_llvm=no
	exec {lock}>&-
}

# Only a file that differs is copied, so that make sees what changed.
update_sources() {
	local file
	while IFS= read -r -d '' file; do
		if ! cmp -s "$SOURCE/$file" "$BUILD_DIR/$file"; then
			mkdir -p "$(dirname "$BUILD_DIR/$file")"
			cp "$SOURCE/$file" "$BUILD_DIR/$file"
		fi
	done < <(cd "$SOURCE" && find Makefile cxjourney.control core src sql test/lib -type f -print0)
	while IFS= read -r -d '' file; do
		if [[ ! -e $SOURCE/$file ]]; then
			rm -f "$BUILD_DIR/$file" "$BUILD_DIR"/*.so
		fi
	done < <(cd "$BUILD_DIR" && find core src sql -type f ! -name '*.o' -print0)
}

# build_and_install directory make-argument ...
build_and_install() {
	local log=$SERVER_DIR/build.log
	# In a subshell, so that what is said at a Ctrl-C does not end up in the log.
	if ! (make -s -C "$1" ${CC:+"CC=$CC"} "${@:2}" -j "$(nproc)" all && make -s -C "$1" ${CC:+"CC=$CC"} "${@:2}" install) >"$log" 2>&1; then
		cat "$log" >&2
		die "the extension does not build"
	fi
}

server_settings() {
	cat <<-END
		listen_addresses = ''
		unix_socket_directories = '$SERVER_DIR/run'
		unix_socket_permissions = 0700
		timezone = 'America/New_York'
		log_timezone = 'UTC'
		fsync = off
		synchronous_commit = off
		full_page_writes = off
		max_connections = 50
		shared_buffers = ${SERVER_SHARED_BUFFERS:-128MB}
		${SERVER_EXTRA_SETTINGS:-}
	END
}

# server_initdb directory [option ...]
server_initdb() {
	as_server initdb -D "$1" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync "${@:2}"
}

# Another time zone than UTC is set on purpose, to notice results that depend on it.
server_start() {
	local owner
	owner=$(id -un)
	if is_root; then
		owner=postgres
	fi
	mkdir -m 700 "$SERVER_DIR/run" "$SERVER_DIR/data"
	: >"$SERVER_DIR/server.log"
	chown "$owner" "$SERVER_DIR/run" "$SERVER_DIR/data" "$SERVER_DIR/server.log"
	if ! server_initdb "$SERVER_DIR/data" >"$SERVER_DIR/initdb.log" 2>&1; then
		cat "$SERVER_DIR/initdb.log" >&2
		die "initdb failed"
	fi
	server_settings >>"$SERVER_DIR/data/postgresql.conf"
	if ! as_server pg_ctl -D "$SERVER_DIR/data" -l "$SERVER_DIR/server.log" -w -t "${SERVER_START_SECONDS:-60}" -s start </dev/null >/dev/null 2>&1; then
		tail -n 30 "$SERVER_DIR/server.log" >&2
		die "the private server does not start"
	fi
	export PGHOST=$SERVER_DIR/run PGUSER=postgres PGDATABASE=postgres
}

server_remove() {
	if [[ -z $SERVER_DIR ]]; then
		return
	fi
	if [[ -e $SERVER_DIR/data/postmaster.pid ]]; then
		as_server pg_ctl -D "$SERVER_DIR/data" -m immediate -s stop >/dev/null 2>&1 || true
	fi
	rm -rf "$SERVER_DIR"
	SERVER_DIR=
	PATH=$PATH_BEFORE
	PG_CONFIG=$PG_CONFIG_WANTED
	unset PGHOST PGUSER PGDATABASE
}

# server_keep: writes the script that later stops the server and removes everything; its path is SERVER_STOP.
server_keep() {
	SERVER_STOP=$SERVER_DIR/stop
	{
		printf '#!/bin/bash\nset -eu\nSERVER_DIR=%q\nPATH=%q\n' "$SERVER_DIR" "$PATH"
		declare -f is_root as_server
		# shellcheck disable=SC2016
		printf '%s\n' 'as_server pg_ctl -D "$SERVER_DIR/data" -m fast -s stop || true' 'cd / && rm -rf "$SERVER_DIR"'
	} >"$SERVER_STOP"
	chmod 755 "$SERVER_STOP"
	SERVER_DIR=
}
