/*
 * attribution_json.c
 *		A journey_attribution as JSON:
 *
 *		{"goal": "purchase", "half_life": "7 days", "lookback": "30 days", "direct": "web",
 *		 "with_value": 1, "untouched_earned": 0, "untouched_refunded": 0,
 *		 "touchpoints": [{"touchpoint": "ads", "first": 1, "last": 1, "linear": 1,
 *						  "position": 1, "time_decay": 1, "shapley": 1, "participation": 1,
 *						  "pairs": 0, "last_non_direct": 1, "first_value": 50, ...}],
 *		 "steps": [{"from": null, "to": "ads", "count": 1},
 *				   {"from": "ads", "to": true, "count": 1}]}
 *
 * What a value does not have has no key.  A step comes from null at the start of a path,
 * and goes to true at a conversion, to false where a path ends without one.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "attribution/attribution_datum.h"

static const ValueJsonSymbol start[] = {{"^", "null"}, {NULL, NULL}};
static const ValueJsonSymbol ends[] = {{"$", "true"}, {"!", "false"}, {NULL, NULL}};

#define SPACE VJ_LITERAL(" ")

static const ValueJsonPart half_life[] = {VJ_WORD("half_life", ")"), VJ_LITERAL(")"), VJ_END};
static const ValueJsonPart lookback[] = {VJ_WORD("lookback", ")"), VJ_LITERAL(")"), VJ_END};
static const ValueJsonPart direct[] = {VJ_LABEL("direct", NULL), VJ_END};

static const ValueJsonPart values[] = {
	VJ_NUMBER("with_value"), VJ_LITERAL(", "), VJ_NUMBER("untouched_earned"), VJ_LITERAL(", "),
	VJ_NUMBER("untouched_refunded"), VJ_LITERAL(")"), VJ_END
};

static const ValueJsonPart time_decay[] = {VJ_NUMBER("time_decay"), VJ_END};
static const ValueJsonPart non_direct[] = {VJ_NUMBER("last_non_direct"), VJ_END};

static const ValueJsonPart further[] = {
	VJ_NUMBER("shapley"), SPACE, VJ_NUMBER("participation"), SPACE, VJ_NUMBER("pairs"),
	VJ_OPTION(" direct ", non_direct), VJ_END
};

static const ValueJsonPart decay_value[] = {VJ_NUMBER("time_decay_value"), VJ_END};
static const ValueJsonPart non_direct_value[] = {VJ_NUMBER("last_non_direct_value"), VJ_END};

static const ValueJsonPart money[] = {
	VJ_NUMBER("first_value"), SPACE, VJ_NUMBER("last_value"), SPACE, VJ_NUMBER("linear_value"),
	SPACE, VJ_NUMBER("position_value"), SPACE, VJ_NUMBER("shapley_value"), SPACE,
	VJ_NUMBER("participation_value"), SPACE, VJ_NUMBER("pairs_value"), SPACE, VJ_NUMBER("earned"),
	SPACE, VJ_NUMBER("refunded"), VJ_OPTION(" decay ", decay_value),
	VJ_OPTION(" direct ", non_direct_value), VJ_END
};

static const ValueJsonPart row[] = {
	VJ_LABEL("touchpoint", NULL), SPACE, VJ_NUMBER("first"), SPACE, VJ_NUMBER("last"), SPACE,
	VJ_NUMBER("linear"), SPACE, VJ_NUMBER("position"), VJ_OPTION(" ", time_decay),
	VJ_OPTION("; ", further), VJ_OPTION(": ", money), VJ_END
};

static const ValueJsonPart step[] = {
	VJ_LABEL("from", start), VJ_LITERAL(" > "), VJ_LABEL("to", ends), VJ_LITERAL(" "),
	VJ_NUMBER("count"), VJ_END
};

static const ValueJsonPart attribution[] = {
	VJ_LABEL("goal", NULL), VJ_OPTION(" (", half_life), VJ_OPTION(" lookback (", lookback),
	VJ_OPTION(" direct ", direct), VJ_OPTION(" values (", values), VJ_LITERAL(" {"),
	VJ_LIST("touchpoints", "}", row), VJ_LITERAL(" ["), VJ_LIST("steps", "]", step), VJ_END
};

const ValueJson attribution_json = {
	"journey_attribution",
	"{\"goal\": \"purchase\", \"touchpoints\": [], \"steps\": [{\"from\": null, \"to\": true, "
	"\"count\": 1}]}",
	attribution
};

VALUE_JSON_CASTS(journey_attribution, journey_attribution_out, attribution_json);
