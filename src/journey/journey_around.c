/*
 * journey_around.c
 *		around(j, stage, before, after): what a customer did right before and after each
 *		visit to a stage, with the position in the labels, so that what counts stages, such
 *		as a flow, keeps the positions apart.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "journey/journey_datum.h"

/* "-2147483648 " and a label */
#define POSITION_BYTES	(12 + JOURNEY_MAX_LABEL)

/* 22023 */
static int32
count_arg(FunctionCallInfo fcinfo, int argno, const char *what)
{
	int32		count = PG_GETARG_INT32(argno);

	if (count < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of visits %s must not be negative, as is %d", what, count),
				 errhint("Use 2 for two visits, 0 for none.")));
	return count;
}

/* The label of a visit at a position from the one in the middle. */
static JourneyLabel
label_at(const JourneyLabel *stage, int64 position, char *text)
{
	int			length = sprintf(text, INT64_FORMAT " %.*s", position, (int) stage->length,
								 stage->text);

	if (length > JOURNEY_MAX_LABEL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a stage of %u bytes is too long for a label with its position",
						stage->length),
				 errdetail("A label has at most %d bytes.", JOURNEY_MAX_LABEL),
				 errhint("Give it a shorter name when the journeys are built.")));
	return (JourneyLabel) {text, (uint32) length};
}

/* Visits first to last, by their positions from the one in the middle. */
static Datum
positioned(const Visits *v, uint32 first, uint32 middle, uint32 last)
{
	JourneyState *state = journey_state_new();
	char		text[POSITION_BYTES + 1];
	int64		seq = 0;

	for (uint32 i = first; i <= last; i++)
	{
		const JourneyVisit *visit = &v->visits[i];
		JourneyLabel label = label_at(&v->labels[visit->label], (int64) i - middle, text);

		/* the new labels would order simultaneous visits in another way */
		if (i > first && visit[-1].at == visit->at && visit->seq <= seq && seq < PG_INT64_MAX)
			seq++;
		else
			seq = visit->seq;
		state = journey_collect(state, &label, visit->at, seq, journey_value_of(v, i));
		CHECK_FOR_INTERRUPTS();
	}
	return PointerGetDatum(journey_state_packed(state));
}

/* around(journey, stage, before, after): one journey for each visit to the stage */
PG_FUNCTION_INFO_V1(journey_around);
Datum
journey_around(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	JourneyLabel stage = journey_label_arg(fcinfo, 1);
	uint32		before = (uint32) count_arg(fcinfo, 2, "before");
	uint32		after = (uint32) count_arg(fcinfo, 3, "after");
	MemoryContext before_rows = CurrentMemoryContext;
	MemoryContext row;
	uint32		number;
	Visits		v;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	journey_open_visits(PG_GETARG_JOURNEY(0), &v);
	row = AllocSetContextCreate(before_rows, "around", ALLOCSET_SMALL_SIZES);
	number = journey_find_in(v.labels, v.label_count, stage.text, stage.length);
	for (uint32 i = 0; i < v.n && number != JOURNEY_NO_LABEL; i++)
	{
		Datum		value;
		bool		null = false;

		if (v.visits[i].label != number)
			continue;
		MemoryContextSwitchTo(row);
		value = positioned(&v, i - Min(i, before), i, i + Min(v.n - 1 - i, after));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, &value, &null);
		MemoryContextSwitchTo(before_rows);
		MemoryContextReset(row);
	}
	return (Datum) 0;
}
