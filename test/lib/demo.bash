# Sourced by suites that need what "make demo" leaves when its server goes on running: the database shop.
# shellcheck shell=bash

leave_demo_database() {
	(
		# Its server has a source of its own; here it is not made.
		# shellcheck source=/dev/null
		source "$SOURCE/demo/run"
		export SERVER_DIR=${SOURCE%/*}
		prepare_shop
		take_tour
	)
}
