/*
 * attribution_json.c
 *		A journey_attribution as JSON; "half_life" and "time_decay" are there together:
 *
 *		{"goal": "purchase", "half_life": "7 days",
 *		 "touchpoints": [{"touchpoint": "ads", "first": 1, "last": 1, "linear": 1,
 *						  "position": 1, "time_decay": 1}],
 *		 "steps": [{"from": null, "to": "ads", "count": 1},
 *				   {"from": "ads", "to": true, "count": 1}]}
 *
 * A step comes from null at the start of a path, and goes to true at a conversion,
 * to false where a path ends without one.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "attribution/attribution_datum.h"

static const ValueJsonSymbol start[] = {{"^", "null"}, {NULL, NULL}};
static const ValueJsonSymbol ends[] = {{"$", "true"}, {"!", "false"}, {NULL, NULL}};

static const ValueJsonPart half_life[] = {VJ_WORD("half_life", ")"), VJ_LITERAL(")"), VJ_END};
static const ValueJsonPart time_decay[] = {VJ_NUMBER("time_decay"), VJ_END};

static const ValueJsonPart row[] = {
	VJ_LABEL("touchpoint", NULL), VJ_LITERAL(" "), VJ_NUMBER("first"), VJ_LITERAL(" "),
	VJ_NUMBER("last"), VJ_LITERAL(" "), VJ_NUMBER("linear"), VJ_LITERAL(" "),
	VJ_NUMBER("position"), VJ_OPTION(" ", time_decay), VJ_END
};

static const ValueJsonPart step[] = {
	VJ_LABEL("from", start), VJ_LITERAL(" > "), VJ_LABEL("to", ends), VJ_LITERAL(" "),
	VJ_NUMBER("count"), VJ_END
};

static const ValueJsonPart attribution[] = {
	VJ_LABEL("goal", NULL), VJ_OPTION(" (", half_life), VJ_LITERAL(" {"),
	VJ_LIST("touchpoints", "}", row), VJ_LITERAL(" ["), VJ_LIST("steps", "]", step), VJ_END
};

const ValueJson attribution_json = {
	"journey_attribution",
	"{\"goal\": \"purchase\", \"touchpoints\": [], \"steps\": [{\"from\": null, \"to\": true, "
	"\"count\": 1}]}",
	attribution
};

VALUE_JSON_CASTS(journey_attribution, journey_attribution_out, attribution_json);
