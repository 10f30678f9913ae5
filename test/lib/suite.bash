# Sourced by the quick suites, which run in the copy of the source (SOURCE) with a private server behind psql.
# shellcheck shell=bash

[[ -n ${SOURCE:-} ]] || {
	echo "run it with: test/run quick ${0##*/}" >&2
	exit 2
}

FAILED_HERE=0

ok() {
	printf 'ok - %s\n' "$*"
}

not_ok() {
	printf 'not ok - %s\n' "$*"
	FAILED_HERE=1
}

skip() {
	printf 'skip - %s\n' "$*"
}

# skip_unless_ci what: for a check whose tool is not installed. In CI that is a failure: there, nothing is left out.
skip_unless_ci() {
	if [[ -n ${CI:-} ]]; then
		not_ok "$*"
	else
		skip "$*"
	fi
}

# capture command ...: sets OUTPUT and STATUS. Not within an "if", where bash would go on after a failing command.
capture() {
	set +e
	OUTPUT=$(
		set -e
		"$@" 2>&1
	)
	STATUS=$?
	set -e
}

# report name worked: the line, and below a failure what was printed.
report() {
	if [[ $2 == yes ]]; then
		ok "$1"
	else
		not_ok "$1"
		printf '%s\n' "$OUTPUT" | sed -e 's/^/    /' -e '100{s/.*/    .../;q}' || true
	fi
}

# check name command ...: ok if the command succeeds.
check() {
	local name=$1 worked=no
	shift
	capture "$@"
	if ((STATUS == 0)); then
		worked=yes
	fi
	report "$name" "$worked"
}

# check_empty name command ...: ok if the command succeeds and finds nothing; what it prints is what is wrong.
check_empty() {
	local name=$1 worked=no
	shift
	capture "$@"
	if ((STATUS == 0)) && [[ -z $OUTPUT ]]; then
		worked=yes
	fi
	report "$name" "$worked"
}

# at_once directory command name ...: runs "command name" for each name, as many at a time as there are processors. What
# each prints and how it ends is kept in the directory, for outcome().
at_once() {
	local directory=$1 command=$2 name most
	shift 2
	most=$(nproc)
	for name; do
		while (($(jobs -r | wc -l) >= most)); do
			wait -n || true
		done
		keep_outcome "$directory" "$command" "$name" &
	done
	wait
}

# As in capture(), bash must not go on after a failing command.
keep_outcome() {
	local status
	set +e
	(
		set -e
		"$2" "$3"
	) >"$1/$3.log" 2>&1
	status=$?
	echo "$status" >"$1/$3.status"
}

# outcome directory name: prints what it printed, and ends as it ended.
outcome() {
	cat "$1/$2.log"
	return "$(<"$1/$2.status")"
}

finish() {
	exit "$FAILED_HERE"
}
