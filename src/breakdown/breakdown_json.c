/*
 * breakdown_json.c
 *		A rating_breakdown as JSON; null is the label of answers that have none:
 *
 *		{"labels": [{"label": "app", "counts": [0, 2, 5]},
 *					{"label": null, "counts": [0, 0, 4]}], "scale": [1, 3]}
 *
 * Weighted, a label also has "weights" and "squared_weights".  Without answers there
 * is no "scale".
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "breakdown/breakdown_datum.h"

static const ValueJsonSymbol unknown[] = {{"(null)", "null"}, {NULL, NULL}};

static const ValueJsonPart weights[] = {
	VJ_NUMBERS("weights"), VJ_LITERAL("] squares ["), VJ_NUMBERS("squared_weights"),
	VJ_LITERAL("]"), VJ_END
};

static const ValueJsonPart label[] = {
	VJ_LABEL("label", unknown), VJ_LITERAL(" = ["), VJ_NUMBERS("counts"), VJ_LITERAL("]"),
	VJ_OPTION(" weights [", weights), VJ_END
};

static const ValueJsonPart scale[] = {VJ_NUMBERS("scale"), VJ_LITERAL("]"), VJ_END};

static const ValueJsonPart breakdown[] = {
	VJ_LITERAL("{"), VJ_LIST("labels", "}", label), VJ_OPTION(" on [", scale), VJ_END
};

const ValueJson breakdown_json = {
	"rating_breakdown",
	"{\"labels\": [{\"label\": \"app\", \"counts\": [0, 2, 5]}], \"scale\": [1, 3]}",
	breakdown
};

VALUE_JSON_CASTS(rating_breakdown, rating_breakdown_out, breakdown_json);
