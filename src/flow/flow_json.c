/*
 * flow_json.c
 *		A journey_flow as JSON; null is the start or the end:
 *
 *		{"edges": [{"from": null, "to": "a", "transitions": 1},
 *				   {"from": "a", "to": "b", "transitions": 1, "microseconds": 1000000,
 *					"sketch": "954+1"},
 *				   {"from": "b", "to": null, "transitions": 1}]}
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "flow/flow_datum.h"

static const ValueJsonSymbol start[] = {{"(start)", "null"}, {NULL, NULL}};
static const ValueJsonSymbol end[] = {{"(end)", "null"}, {NULL, NULL}};

static const ValueJsonPart edge[] = {
	VJ_LABEL("from", start), VJ_LITERAL(" > "), VJ_LABEL("to", end), VJ_LITERAL(" = "),
	VJ_NUMBER("transitions"), VJ_OPTION(" in ", value_json_sketch), VJ_END
};

static const ValueJsonPart flow[] = {VJ_LITERAL("{"), VJ_LIST("edges", "}", edge), VJ_END};

const ValueJson flow_json = {
	"journey_flow",
	"{\"edges\": [{\"from\": null, \"to\": \"a\", \"transitions\": 1}, "
	"{\"from\": \"a\", \"to\": null, \"transitions\": 1}]}",
	flow
};

VALUE_JSON_CASTS(flow, flow_out, flow_json);
