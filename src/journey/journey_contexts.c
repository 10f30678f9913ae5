/*
 * journey_contexts.c
 *		contexts(j, k): visits labelled by the last k stages, so that what counts single
 *		stages, such as a flow, learns where customers go from each way they came.
 *
 * The stages are joined by a character that no stage has by itself (base/label.h), so
 * that a context is never taken for another one, nor for a stage.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "journey/journey_datum.h"

/* 22023 */
pg_noreturn static void
reject_length(int length)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("stages of %d bytes together are too long for a label", length),
			 errdetail("A label has at most %d bytes.", JOURNEY_MAX_LABEL),
			 errhint("Take fewer stages, or give them shorter names when the journeys "
					 "are built.")));
}

/* The label of visit i and of up to k - 1 before it. */
static JourneyLabel
context_of(const Visits *v, uint32 i, int32 k, StringInfo text)
{
	uint32		first = i + 1 > (uint32) k ? i + 1 - (uint32) k : 0;
	JourneyLabel label;

	resetStringInfo(text);
	for (uint32 at = first; at <= i && text->len <= JOURNEY_MAX_LABEL; at++)
	{
		const JourneyLabel *stage = &v->labels[v->visits[at].label];

		if (at > first)
			appendStringInfoChar(text, JOURNEY_JOINER);
		appendBinaryStringInfo(text, stage->text, (int) stage->length);
	}
	if (text->len > JOURNEY_MAX_LABEL)
		reject_length(text->len);
	label.text = text->data;
	label.length = (uint32) text->len;
	return label;
}

/* contexts(journey, k) */
PG_FUNCTION_INFO_V1(journey_contexts);
Datum
journey_contexts(PG_FUNCTION_ARGS)
{
	int32		k = PG_GETARG_INT32(1);
	JourneyState *state = journey_state_new();
	StringInfoData text;
	Visits		v;
	int64		seq = 0;

	if (k < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of stages must be at least 1, not %d", k),
				 errhint("Use 2 for the stage and the one before it.")));
	journey_open_visits(PG_GETARG_JOURNEY(0), &v);
	initStringInfo(&text);
	for (uint32 i = 0; i < v.n; i++)
	{
		JourneyLabel label = context_of(&v, i, k, &text);

		/* the new labels would order simultaneous visits in another way */
		if (k > 1 && i > 0 && v.visits[i - 1].at == v.visits[i].at &&
			v.visits[i].seq <= seq && seq < PG_INT64_MAX)
			seq++;
		else
			seq = v.visits[i].seq;
		state = journey_collect(state, &label, v.visits[i].at, seq, journey_value_of(&v, i));
		CHECK_FOR_INTERRUPTS();
	}
	PG_RETURN_POINTER(journey_state_packed(state));
}
