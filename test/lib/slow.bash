# Sourced by slow suites that compare what comes with what is wanted; each sets SUITE, the name in front of what it says.
# shellcheck shell=bash

# The status that the suite ends with.
# shellcheck disable=SC2034
FAILED_HERE=0

# expect what wanted got
expect() {
	if [[ $3 == "$2" ]]; then
		say "ok - $SUITE: $1"
	else
		say "not ok - $SUITE: $1"
		say "    expected: $2"
		say "    but got:  $3"
		# shellcheck disable=SC2034
		FAILED_HERE=1
	fi
}

# expect_same what wanted got: of two queries, of which each could fail; nothing is no answer.
expect_same() {
	expect "$1" "${2:-an answer}" "$3"
}

# block_of file phrase: what the first block of a document holds in which the phrase is.
block_of() {
	awk -v phrase="$2" '
		end == "" && /^```/ { end = "```"; text = ""; next }
		end != "" && $0 == end { if (index(text, phrase)) { printf "%s", text; found = 1; exit } end = ""; next }
		end != "" { text = text $0 "\n" }
		END { exit !found }
	' "$1" || die "$1 has no block with: $2"
}
