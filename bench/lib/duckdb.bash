# Sourced by bench/run: DuckDB as an npm package in a temporary directory.
# shellcheck shell=bash

DUCKDB_PACKAGE=@duckdb/node-api@1.5.6-r.1

# duckdb_create: sets DUCKDB_DIR, which stays empty when DuckDB cannot be had here, and says why.
duckdb_create() {
	DUCKDB_DIR=
	at_exit duckdb_remove
	if ! (install_commands npm:npm); then
		say "Without npm there is no DuckDB to compare with."
		return
	fi
	DUCKDB_DIR=$(mktemp -d "$TMPDIR/cxjourney-duckdb.XXXXXX")
	say "Installing $DUCKDB_PACKAGE ..."
	if ! duckdb_download || ! duckdb_loads; then
		say "DuckDB ($DUCKDB_PACKAGE) cannot be had here; going on without it."
		duckdb_remove
	fi
}

# The cache is not the user's.
duckdb_download() {
	npm_retry "$DUCKDB_DIR" "$DUCKDB_DIR/npm.log" 300 install --prefix "$DUCKDB_DIR" --cache "$DUCKDB_DIR/cache" \
		--no-audit --no-fund --loglevel error "$DUCKDB_PACKAGE"
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
