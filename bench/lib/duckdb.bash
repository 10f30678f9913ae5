# Sourced by bench/run: DuckDB as an npm package in a temporary directory.
# shellcheck shell=bash

DUCKDB_PACKAGE=@duckdb/node-api@1.5.6-r.1

# duckdb_create: sets and exports DUCKDB_DIR, which stays empty when DuckDB cannot be had here.
duckdb_create() {
	export DUCKDB_DIR=
	at_exit duckdb_remove
	if ! (install_commands node:nodejs npm:npm); then
		say "Without nodejs and npm there is no DuckDB to compare with."
		return
	fi
	DUCKDB_DIR=$(mktemp -d "${TMPDIR:-/tmp}/cxjourney-duckdb.XXXXXX")
	if ! duckdb_download || ! duckdb_loads; then
		say "DuckDB ($DUCKDB_PACKAGE) cannot be had here; going on without it."
		duckdb_remove
	fi
}

# A download can hang, so it is cut off and tried again. The cache is not the user's.
duckdb_download() {
	local try log=$DUCKDB_DIR/npm.log
	say "Installing $DUCKDB_PACKAGE ..."
	for try in 1 2 3; do
		if timeout 300 npm install --prefix "$DUCKDB_DIR" --cache "$DUCKDB_DIR/cache" --no-audit --no-fund --loglevel error \
			"$DUCKDB_PACKAGE" </dev/null >"$log" 2>&1; then
			return 0
		fi
		say "Downloading failed (try $try)."
	done
	tail -n 5 "$log" >&2
	return 1
}

duckdb_loads() {
	(cd "$DUCKDB_DIR" && node -e 'require("@duckdb/node-api")')
}

duckdb_remove() {
	if [[ -n $DUCKDB_DIR ]]; then
		rm -rf "$DUCKDB_DIR"
	fi
	DUCKDB_DIR=
}
