/*
 * cohorts_json.c
 *		A journey_cohorts and a journey_lifecycle as JSON:
 *
 *		{"start": "order", "returning": "order", "unit": "month", "periods": 2,
 *		 "timezone": "Europe/Warsaw", "until": true,
 *		 "cohorts": [{"cohort": "2026-01-01", "streak": [9, 3], "returned": [1, 3, 2],
 *					  "later": [5, 4, 2], "ended": [9, 9], "ended_returned": [1, 3]}]}
 *		{"stage": "order", "unit": "month", "timezone": "Europe/Warsaw",
 *		 "open_from": "2026-03-01",
 *		 "periods": [{"period": "2026-01-01", "new": 9, "returning": 0,
 *					  "resurrected": 0, "dormant": 0}]}
 *
 * Without a time zone "timezone" and "cohort" are null; where it is not known until when
 * journeys are known, "until" is false and there are no "ended" and "ended_returned".
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "cohorts/cohorts_datum.h"

static const ValueJsonSymbol nothing[] = {{"(none)", "null"}, {NULL, NULL}};
static const ValueJsonSymbol known[] = {{"known", "true"}, {"unknown", "false"}, {NULL, NULL}};

static const ValueJsonPart ended[] = {
	VJ_NUMBERS("ended"), VJ_LITERAL("] ended_returned ["), VJ_NUMBERS("ended_returned"),
	VJ_LITERAL("]"), VJ_END
};

static const ValueJsonPart cohort[] = {
	VJ_LABEL("cohort", nothing), VJ_LITERAL(" streak ["), VJ_NUMBERS("streak"),
	VJ_LITERAL("] returned ["), VJ_NUMBERS("returned"), VJ_LITERAL("] later ["),
	VJ_NUMBERS("later"), VJ_LITERAL("]"), VJ_OPTION(" ended [", ended), VJ_END
};

static const ValueJsonPart cohorts[] = {
	VJ_LABEL("start", NULL), VJ_LITERAL(" > "), VJ_LABEL("returning", NULL), VJ_LITERAL(" by "),
	VJ_WORD("unit", " "), VJ_LITERAL(" for "), VJ_NUMBER("periods"), VJ_LITERAL(" periods in "),
	VJ_LABEL("timezone", nothing), VJ_LITERAL(" until "), VJ_LABEL("until", known),
	VJ_LITERAL(" {"), VJ_LIST("cohorts", "}", cohort), VJ_END
};

const ValueJson cohorts_json = {
	"journey_cohorts",
	"{\"start\": \"order\", \"returning\": \"order\", \"unit\": \"week\", \"periods\": 2, "
	"\"timezone\": null, \"until\": false, \"cohorts\": [{\"cohort\": null, \"streak\": [9, 3], "
	"\"returned\": [2, 3], \"later\": [5, 3]}]}",
	cohorts
};

static const ValueJsonPart period[] = {
	VJ_LABEL("period", NULL), VJ_LITERAL(" new "), VJ_NUMBER("new"), VJ_LITERAL(" returning "),
	VJ_NUMBER("returning"), VJ_LITERAL(" resurrected "), VJ_NUMBER("resurrected"),
	VJ_LITERAL(" dormant "), VJ_NUMBER("dormant"), VJ_END
};

static const ValueJsonPart lifecycle[] = {
	VJ_LABEL("stage", NULL), VJ_LITERAL(" by "), VJ_WORD("unit", " "), VJ_LITERAL(" in "),
	VJ_LABEL("timezone", NULL), VJ_LITERAL(" open from "), VJ_LABEL("open_from", NULL),
	VJ_LITERAL(" {"), VJ_LIST("periods", "}", period), VJ_END
};

const ValueJson lifecycle_json = {
	"journey_lifecycle",
	"{\"stage\": \"order\", \"unit\": \"month\", \"timezone\": \"UTC\", "
	"\"open_from\": \"2026-03-01\", \"periods\": []}",
	lifecycle
};

VALUE_JSON_CASTS(journey_cohorts, journey_cohorts_out, cohorts_json);
VALUE_JSON_CASTS(journey_lifecycle, journey_lifecycle_out, lifecycle_json);
