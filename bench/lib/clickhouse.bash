# Sourced by bench/run: the ClickHouse that Debian or Ubuntu brings, unpacked into a temporary directory with the
# libraries that it needs. Nothing is installed, and no root is needed; only distributions that have the package do.
# shellcheck shell=bash

CLICKHOUSE_DIR=
CLICKHOUSE_PID=

# clickhouse_create: sets CLICKHOUSE_URL, which stays empty when ClickHouse cannot be had here, and says why.
clickhouse_create() {
	CLICKHOUSE_URL=
	at_exit clickhouse_remove
	CLICKHOUSE_DIR=$(mktemp -d "$TMPDIR/cxjourney-clickhouse.XXXXXX")
	if ! have apt-get || ! apt-cache show clickhouse-server >/dev/null 2>&1; then
		say "This distribution has no package of ClickHouse; going on without it."
	elif ! clickhouse_unpack; then
		say "The packages of ClickHouse cannot be downloaded; going on without it."
	elif ! clickhouse_start; then
		say "The ClickHouse of this distribution does not start; going on without it."
	fi
}

# What apt would install, and only what is missing here.
clickhouse_packages() {
	LC_ALL=C apt-get install -s --no-install-recommends clickhouse-server 2>/dev/null | awk '$1 == "Inst" { print $2 }'
}

clickhouse_unpack() {
	local packages package
	mapfile -t packages < <(clickhouse_packages)
	((${#packages[@]} > 0)) || packages=(clickhouse-server clickhouse-common)
	say "Downloading ClickHouse ..."
	(cd "$CLICKHOUSE_DIR" && timeout 600 apt-get "${APT_OPTIONS[@]}" download "${packages[@]}") >"$CLICKHOUSE_DIR/apt.log" 2>&1 || return 1
	for package in "$CLICKHOUSE_DIR"/*.deb; do
		dpkg -x "$package" "$CLICKHOUSE_DIR/root" || return 1
	done
	rm "$CLICKHOUSE_DIR"/*.deb
}

clickhouse_settings() {
	mkdir "$CLICKHOUSE_DIR/data" "$CLICKHOUSE_DIR/tmp"
	cat >"$CLICKHOUSE_DIR/config.xml" <<-END
		<yandex><logger><level>error</level><log>$CLICKHOUSE_DIR/log</log><errorlog>$CLICKHOUSE_DIR/error.log</errorlog></logger>
		<http_port>$1</http_port><listen_host>127.0.0.1</listen_host><timezone>UTC</timezone>
		<path>$CLICKHOUSE_DIR/data/</path><tmp_path>$CLICKHOUSE_DIR/tmp/</tmp_path><users_config>$CLICKHOUSE_DIR/users.xml</users_config>
		<default_profile>default</default_profile><default_database>default</default_database>
		<mark_cache_size>536870912</mark_cache_size></yandex>
	END
	cat >"$CLICKHOUSE_DIR/users.xml" <<-END
		<yandex><profiles><default><max_memory_usage>0</max_memory_usage></default></profiles><users><default><password></password>
		<networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
		<quotas><default></default></quotas></yandex>
	END
}

free_port() {
	node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# The library path is for ClickHouse alone: other programs here have their own.
clickhouse_start() {
	local port program try
	port=$(free_port)
	program=$(find "$CLICKHOUSE_DIR/root" -path '*bin/clickhouse-server' -type f)
	[[ -n $program ]] || return 1
	clickhouse_settings "$port"
	LD_LIBRARY_PATH=$(find "$CLICKHOUSE_DIR/root" -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd :) \
		"$program" --config-file="$CLICKHOUSE_DIR/config.xml" >"$CLICKHOUSE_DIR/output" 2>&1 </dev/null &
	CLICKHOUSE_PID=$!
	for ((try = 0; try < 60; try++)); do
		if answers_at "$port"; then
			# shellcheck disable=SC2034
			CLICKHOUSE_URL=http://127.0.0.1:$port
			return 0
		fi
		kill -0 "$CLICKHOUSE_PID" 2>/dev/null || return 1
		sleep 0.5
	done
	return 1
}

answers_at() {
	node -e 'fetch(process.argv[1]).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "http://127.0.0.1:$1/"
}

clickhouse_remove() {
	if [[ -n $CLICKHOUSE_PID ]]; then
		kill "$CLICKHOUSE_PID" 2>/dev/null || true
		wait "$CLICKHOUSE_PID" 2>/dev/null || true
	fi
	if [[ -n $CLICKHOUSE_DIR ]]; then
		rm -rf "$CLICKHOUSE_DIR"
	fi
	CLICKHOUSE_PID=
	CLICKHOUSE_DIR=
}
