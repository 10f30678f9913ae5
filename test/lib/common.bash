# Sourced by every script of the project: where the source is, and how to speak to the person at the terminal.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

say() {
	printf '%s\n' "$*"
}

die() {
	printf 'error: %s\n' "$*" >&2
	exit 1
}

have() {
	command -v "$1" >/dev/null 2>&1
}

is_root() {
	[[ $(id -u) == 0 ]]
}

# Relative to where we start, and without what make cannot work with: PostgreSQL will be installed there, and built with.
check_tmpdir() {
	local named=${TMPDIR:-/tmp}
	[[ -d $named ]] || die "there is no directory $named, which TMPDIR names"
	TMPDIR=$(cd "$named" && pwd -P) || die "TMPDIR names $named, where $(id -un) may not go"
	[[ -w $TMPDIR && -x $TMPDIR ]] || die "$(id -un) may not write into the temporary directory $TMPDIR; TMPDIR can name another"
	if [[ ! $TMPDIR =~ ^[A-Za-z0-9/._+,@~-]+$ ]]; then
		printf '%s\n' "make cannot work with the blank or other characters in '$TMPDIR': /tmp is used instead." >&2
		TMPDIR=/tmp
	fi
	export TMPDIR
}

# at_exit function: to be called when the script ends, fails or is stopped; the last one named goes first.
AT_EXIT=()
at_exit() {
	AT_EXIT+=("$1")
	trap run_at_exit EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
}

run_at_exit() {
	local status=$? i
	trap - EXIT
	trap '' HUP INT TERM
	for ((i = ${#AT_EXIT[@]} - 1; i >= 0; i--)); do
		"${AT_EXIT[i]}" || true
	done
	exit "$status"
}

# work_directory name: WORK, a directory for what this script alone needs; it goes when the script ends.
WORK=
work_directory() {
	at_exit remove_work
	WORK=$(mktemp -d "${TMPDIR:-/tmp}/cxjourney-$1.XXXXXX")
}

remove_work() {
	if [[ -n $WORK ]]; then
		rm -rf --one-file-system "$WORK"
	fi
}

# A make above us, or a git hook, leaves settings in the environment that would change what our own make, git and
# psql do; the person's PostgreSQL settings would lead our clients to another server.
forget_settings() {
	local name
	for name in $(compgen -e); do
		case $name in
			PGVERSION) ;;
			PG[A-Z]* | GIT_* | MAKEFLAGS | MFLAGS | MAKEOVERRIDES | MAKELEVEL | PSQL_* | PSQLRC | COLUMNS) unset "$name" ;;
		esac
	done
	unset LANGUAGE
	export LC_ALL=C.UTF-8
	umask 022
}

# What git would keep: tracked files, and new ones that are not ignored. Objects of another
# PostgreSQL version stay behind, and the checkout itself stays as it is.
copy_source() {
	local to=$1 gitconfig
	mkdir -p "$to"
	if [[ -e $ROOT/.git ]] && have git; then
		# git refuses to read another user's checkout (sudo make test) unless a configuration of ours allows it.
		gitconfig=$(mktemp)
		printf '[safe]\n\tdirectory = *\n' >"$gitconfig"
		(
			cd "$ROOT" || exit 1
			GIT_CONFIG_GLOBAL=$gitconfig HOME=/nonexistent git ls-files -z -co --exclude-standard | only_existing |
				tar --null --no-recursion --files-from=- -cf - | tar -xf - --no-same-owner -C "$to"
		)
		rm -f "$gitconfig"
	else
		tar -C "$ROOT" --exclude=./.git --exclude=./build --exclude='*.o' --exclude='*.bc' --exclude='*.so' -cf - . | tar -xf - --no-same-owner -C "$to"
	fi
}

# git still lists a file that was deleted but not yet committed.
only_existing() {
	local file
	while IFS= read -r -d '' file; do
		if [[ -e $file || -L $file ]]; then
			printf '%s\0' "$file"
		fi
	done
}

check_tmpdir
