/*
 * journey_json.c
 *		A journey as jsonb, for programs that know no journeys:
 *
 *		[{"stage": "awareness", "at": "2026-01-05T10:00:00Z"},
 *		 {"stage": "purchase", "at": "2026-01-07T09:30:00.5Z", "seq": 12}]
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"

#include "journey/journey_datum.h"
#include "base/time_text.h"

static void
append_visit(StringInfo json, const JourneyVisit *visit, char *const *stages)
{
	char		at[JOURNEY_TIME_CHARS];

	journey_print_time(at, visit->at);
	appendStringInfo(json, "{\"stage\": %s, \"at\": \"%s\"", stages[visit->label], at);
	if (visit->seq != 0)
		appendStringInfo(json, ", \"seq\": " INT64_FORMAT, visit->seq);
	appendStringInfoChar(json, '}');
}

PG_FUNCTION_INFO_V1(journey_to_jsonb);
Datum
journey_to_jsonb(PG_FUNCTION_ARGS)
{
	StringInfoData json;
	char	  **stages;
	Visits		v;

	journey_decode(PG_GETARG_JOURNEY(0), &v);
	stages = palloc(Max(v.label_count, 1) * sizeof(char *));
	for (uint32 i = 0; i < v.label_count; i++)
	{
		initStringInfo(&json);
		escape_json(&json, pnstrdup(v.labels[i].text, v.labels[i].length));
		stages[i] = json.data;
	}
	initStringInfo(&json);
	appendStringInfoChar(&json, '[');
	for (uint32 i = 0; i < v.n; i++)
	{
		if (i > 0)
			appendStringInfoString(&json, ", ");
		append_visit(&json, &v.visits[i], stages);
		CHECK_FOR_INTERRUPTS();
	}
	appendStringInfoChar(&json, ']');
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(json.data));
}
