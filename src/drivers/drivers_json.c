/*
 * drivers_json.c
 *		A driver_summary as JSON:
 *
 *		{"drivers": 1, "responses": 2, "left_out": 0, "sums": [3, 4], "products": [5, 7, 10]}
 *
 * with "weights" and "squared_weights" before the sums if there are weights, and
 * without the two arrays if there are no answers.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "drivers/drivers_datum.h"

static const ValueJsonPart weights[] = {
	VJ_NUMBER("weights"), VJ_LITERAL(", squared weights "), VJ_NUMBER("squared_weights"), VJ_END
};

static const ValueJsonPart sums[] = {
	VJ_NUMBERS("sums"), VJ_LITERAL("], products ["), VJ_NUMBERS("products"), VJ_LITERAL("]"),
	VJ_END
};

static const ValueJsonPart summary[] = {
	VJ_LITERAL("{"), VJ_NUMBER("drivers"), VJ_LITERAL(" drivers, "), VJ_NUMBER("responses"),
	VJ_LITERAL(" responses, "), VJ_NUMBER("left_out"), VJ_LITERAL(" left out"),
	VJ_OPTION(", weights ", weights), VJ_OPTION(", sums [", sums), VJ_LITERAL("}"), VJ_END
};

const ValueJson drivers_json = {
	"driver_summary",
	"{\"drivers\": 1, \"responses\": 2, \"left_out\": 0, \"sums\": [3, 4], "
	"\"products\": [5, 7, 10]}", summary
};

VALUE_JSON_CASTS(driver_summary, driver_summary_out, drivers_json);
