/*
 * funnel_json.c
 *		A journey_funnel as JSON; "within" is missing where there is no limit, "unseen",
 *		the numbers of the items without a visit, where all have one, and the times of the
 *		whole way, "total_microseconds" and "total_sketch", where they are not kept, and
 *		"value" of a step where no visit had one:
 *
 *		{"path": "a > b > c", "within": "7 days", "unseen": [3],
 *		 "steps": [{"reached": 2}, {"reached": 1, "microseconds": 1000000, "sketch": "954+1"},
 *				   {"reached": 0}]}
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "funnel/funnel_datum.h"

static const ValueJsonPart within[] = {VJ_WORD("within", ";"), VJ_LITERAL("; "), VJ_END};

static const ValueJsonPart unseen[] = {VJ_NUMBERS("unseen"), VJ_LITERAL("; "), VJ_END};

static const ValueJsonPart total[] = {
	VJ_NUMBER("total_microseconds"), VJ_LITERAL("us ["), VJ_WORD("total_sketch", "]"),
	VJ_LITERAL("]; "), VJ_END
};

static const ValueJsonPart value[] = {VJ_NUMBER("value"), VJ_END};

static const ValueJsonPart step[] = {
	VJ_NUMBER("reached"), VJ_OPTION(" worth ", value), VJ_OPTION(" in ", value_json_sketch),
	VJ_END
};

static const ValueJsonPart funnel[] = {
	VJ_LITERAL("{"), VJ_WORD("path", ";"), VJ_LITERAL("; "), VJ_OPTION("within ", within),
	VJ_OPTION("unseen ", unseen), VJ_OPTION("total ", total), VJ_LIST("steps", "}", step), VJ_END
};

const ValueJson funnel_json = {
	"journey_funnel",
	"{\"path\": \"a > b\", \"within\": \"7 days\", \"steps\": [{\"reached\": 2}, "
	"{\"reached\": 0}]}",
	funnel
};

VALUE_JSON_CASTS(funnel, funnel_out, funnel_json);
