/*
 * journey_json.c
 *		A journey as JSON, for programs that know no journeys; without "seq" where
 *		it is 0, and without "value" where there is none:
 *
 *		{"visits": [{"stage": "awareness", "at": "2026-01-05T10:00:00Z"},
 *					{"stage": "purchase", "at": "2026-01-07T09:30:00.5Z", "seq": 12,
 *					 "value": 19.99}]}
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "journey/journey_datum.h"

static const ValueJsonPart seq[] = {VJ_NUMBER("seq"), VJ_END};

static const ValueJsonPart value[] = {VJ_NUMBER("value"), VJ_END};

static const ValueJsonPart visit[] = {
	VJ_LABEL("stage", NULL), VJ_LITERAL("@"), VJ_WORD("at", ",}#="), VJ_OPTION("#", seq),
	VJ_OPTION("=", value), VJ_END
};

static const ValueJsonPart journey[] = {VJ_LITERAL("{"), VJ_LIST("visits", "}", visit), VJ_END};

const ValueJson journey_json = {
	"journey",
	"{\"visits\": [{\"stage\": \"awareness\", \"at\": \"2026-01-05T10:00:00Z\"}]}",
	journey
};

VALUE_JSON_CASTS(journey, journey_out, journey_json);
