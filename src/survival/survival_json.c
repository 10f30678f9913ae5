/*
 * survival_json.c
 *		A journey_survival as JSON:
 *
 *		{"from": "basket", "to": "payment",
 *		 "waits": [{"bucket": 2340, "reached": 2, "censored": 1, "microseconds": 10368000000000}]}
 *
 * Gaps have "gaps_of" instead of "from" and "to", and waits that were given one by one
 * have neither.  The buckets are those of the text form.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "survival/survival_datum.h"

static const ValueJsonPart gaps[] = {VJ_LABEL("gaps_of", NULL), VJ_LITERAL(" "), VJ_END};

static const ValueJsonPart stages[] = {
	VJ_LABEL("from", NULL), VJ_LITERAL(" to "), VJ_LABEL("to", NULL), VJ_LITERAL(" "), VJ_END
};

static const ValueJsonPart bucket[] = {
	VJ_NUMBER("bucket"), VJ_LITERAL(": "), VJ_NUMBER("reached"), VJ_LITERAL(" + "),
	VJ_NUMBER("censored"), VJ_LITERAL(" in "), VJ_NUMBER("microseconds"), VJ_LITERAL("us"), VJ_END
};

static const ValueJsonPart survival[] = {
	VJ_LITERAL("{"), VJ_OPTION("gaps of ", gaps), VJ_OPTION("from ", stages), VJ_LITERAL("["),
	VJ_LIST("waits", "]", bucket), VJ_LITERAL("}"), VJ_END
};

const ValueJson survival_json = {
	"journey_survival",
	"{\"from\": \"basket\", \"to\": \"payment\", \"waits\": [{\"bucket\": 2340, "
	"\"reached\": 2, \"censored\": 1, \"microseconds\": 10368000000000}]}",
	survival
};

VALUE_JSON_CASTS(journey_survival, survival_out, survival_json);
