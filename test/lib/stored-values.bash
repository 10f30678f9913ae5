# Sourced by the slow suites that move stored values, indexes and journey maps elsewhere: two databases with them, and
# whether they read as before. Each suite sets SUITE, the name in front of what it says.
#
#   make_databases        owned, by somebody who is no superuser, and apart, with the extension in a schema of its own
#   take_in FORMAT TABLE  whether what COPY wrote has the rows of a table of "owned"
#   read_databases WHEN   keeps what is read of both
#   same DATABASE WHEN    whether that is what was read "before"
# shellcheck shell=bash

FAILED_HERE=0

# ends_of file: what a program says first and last, of which the one or the other has what went wrong.
ends_of() {
	if (($(wc -l <"$1") > 80)); then
		head -n 20 "$1"
		echo ...
		tail -n 60 "$1"
	else
		cat "$1"
	fi | cut -c 1-300
}

# step what command ...: "ok" if the command succeeds; else what it printed.
step() {
	local what=$1 log=$SERVER_DIR/step.log status
	shift
	# Within an "if" bash would go on after a command that fails.
	set +e
	(
		set -e
		"$@"
	) >"$log" 2>&1
	status=$?
	set -e
	if ((status == 0)); then
		say "ok - $SUITE: $what"
	else
		say "not ok - $SUITE: $what"
		ends_of "$log" | sed 's/^/    /'
		# shellcheck disable=SC2034
		FAILED_HERE=1
	fi
}

# sql database statement ...: bare values, stops at the first error; with a search path that finds all of both databases.
sql() {
	local database=$1
	shift
	printf '%s;\n' "$@" | run_in "$database" /dev/stdin
}

# run_in database file: what the file prints.
run_in() {
	PGOPTIONS='-c search_path=public,cx' psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$1" -f "$2"
}

as_owner() {
	PGUSER=regress_shop "$@"
}

make_databases() {
	sql postgres 'CREATE ROLE regress_shop LOGIN' 'CREATE DATABASE owned OWNER regress_shop' 'CREATE DATABASE apart'
	as_owner sql owned 'CREATE EXTENSION cxjourney'
	sql apart 'CREATE SCHEMA cx' 'CREATE EXTENSION cxjourney SCHEMA cx'
	as_owner run_in owned "$ROOT/test/lib/stored-values.sql"
	all_types_are_stored
	run_in apart "$ROOT/test/lib/stored-values.sql"
}

# What can be sorted is meant to be stored.
all_types_are_stored() {
	local missing
	missing=$(sql owned "SELECT opcintype::regtype FROM pg_opclass JOIN pg_depend ON classid = 'pg_type'::regclass AND objid = opcintype
			AND deptype = 'e' AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'cxjourney')
		WHERE opcmethod = (SELECT oid FROM pg_am WHERE amname = 'btree')
			AND opcintype NOT IN (SELECT atttypid FROM pg_attribute WHERE attrelid IN ('stored'::regclass, 'journeys'::regclass))")
	[[ -z $missing ]] || {
		printf 'test/lib/stored-values.sql has no %s\n' "$missing"
		return 1
	}
}

# take_in format table: what COPY wrote becomes a table of its own in "owned", which has the rows of that one and no others.
take_in() {
	sql owned "CREATE TABLE taken_in (LIKE $2)"
	psql -X -q -d owned -v ON_ERROR_STOP=1 -c "COPY taken_in FROM STDIN (FORMAT $1)"
	[[ $(sql owned "SELECT count(*) > 1 FROM taken_in" "(SELECT * FROM taken_in EXCEPT ALL SELECT * FROM $2)
		UNION ALL (SELECT * FROM $2 EXCEPT ALL SELECT * FROM taken_in)") == t ]]
	sql owned 'DROP TABLE taken_in'
}

read_databases() {
	as_owner run_in owned "$ROOT/test/lib/stored-values-read.sql" >"$SERVER_DIR/owned.$1"
	run_in apart "$ROOT/test/lib/stored-values-read.sql" >"$SERVER_DIR/apart.$1"
}

same() {
	[[ -s $SERVER_DIR/$1.before ]] && diff "$SERVER_DIR/$1.before" "$SERVER_DIR/$1.$2"
}
