/*
 * contrast_agg.c
 *		State functions of contrast_agg, and +.
 *
 * The state is a value that is still growing (contrast_state.c): it grows inside its own
 * value, so that a customer costs no copy, and the final function packs it.  What is new
 * is left in the memory of this row: PostgreSQL copies it into the aggregate's memory and
 * frees the state before.
 */
#include "postgres.h"

#include "fmgr.h"

#include "contrast/contrast_customer.h"
#include "contrast/contrast_datum.h"
#include "funnel/chain_search.h"
#include "journey/journey_datum.h"
#include "journey/journey_reader.h"
#include "shared/aggregate.h"
#include "shared/interval_arg.h"

#define AGGREGATE "contrast_agg"

/* What needs no memory of its own. */
#define FEW_VISITS	256
#define FEW_LABELS	64

typedef struct FewVisits
{
	JourneyLabelUse uses[FEW_LABELS + 1];
	JourneyVisit visits[FEW_VISITS];
	uint8		marks[FEW_LABELS];
} FewVisits;

/* Argument 0 to count in, or a new state. */
static ContrastBuilder
begin(FunctionCallInfo fcinfo, const ContrastQuestion *question)
{
	ContrastBuilder b;
	ContrastQuestion own;

	if (PG_ARGISNULL(0))
		b.state = contrast_state_new(question);
	else
	{
		b.state = contrast_state_of(aggregate_state(fcinfo));
		own = contrast_state_question(b.state);
		contrast_require_same(&own, question);
	}
	b.given = b.state;
	return b;
}

/* What a path cannot have here, and why; 22023. */
static void
require_path(const JourneyPath *path)
{
	const char *what;
	const char *hint;

	if (contrast_check_path(path) == CONTRAST_OK)
		return;
	if (journey_path_any_order(path))
	{
		what = "a path of contrast_agg has an order, so no \"&\"";
		hint = "Give the first stage and what it is to lead to, such as \"search > payment\".";
	}
	else if (journey_path_has_minimum(path))
	{
		what = "a path of contrast_agg has no shortest time (\">=\")";
		hint = "Leave it out; the landmark says from when on conversions count.";
	}
	else if (path->flags != 0)
	{
		what = "a path of contrast_agg has neither \"^\" nor \"$\"";
		hint = "A customer starts with the first visit to the first item in any case.";
	}
	else if (journey_path_optional(path, 0))
	{
		what = "the first item of a path of contrast_agg cannot be optional";
		hint = "Every customer starts with a visit to it; put \"|\" between stages of which any "
			"one starts, such as \"search|offer > payment\".";
	}
	else
	{
		what = "a path of contrast_agg has two items or more that are not optional";
		hint = "Give the first stage and what it is to lead to, such as \"search > payment\".";
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s", what), errhint("%s", hint)));
}

/* 22023 unless 0 < landmark < within */
static void
require_times(const ContrastQuestion *q)
{
	if (q->landmark >= q->within)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the landmark is not before the end of the window"),
				 errdetail("Both are counted from the start of a customer, and behind the "
						   "landmark there must be time to convert."),
				 errhint("Give a landmark that is shorter than \"within\", such as '7 days' of "
						 "'30 days'.")));
}

/* Arguments 2 to 4, which all rows have; the path is that of the searcher. */
static FunnelSearcher *
question_arg(FunctionCallInfo fcinfo, ContrastQuestion *q)
{
	FunnelSearcher *searcher;

	aggregate_require_argument(fcinfo, 2, "\"path\"",
							   "Give the first stage and what it is to lead to, such as "
							   "'search > payment', with every row.");
	aggregate_require_argument(fcinfo, 3, "\"within\"",
							   "Give the longest time from the start to the last step, for "
							   "example '30 days', with every row.");
	aggregate_require_argument(fcinfo, 4, "\"landmark\"",
							   "Give the time after the start up to which stages count as seen, "
							   "for example '7 days', with every row.");
	searcher = funnel_searcher(fcinfo, 2);
	q->path = funnel_searcher_path(searcher);
	q->path_bytes = VARSIZE(q->path);
	require_path(q->path);
	q->within = interval_arg_fixed("\"within\"", PG_GETARG_INTERVAL_P(3), "30 days");
	q->landmark = interval_arg_fixed("\"landmark\"", PG_GETARG_INTERVAL_P(4), "7 days");
	require_times(q);
	return searcher;
}

/* Up to when visits are known; 22004, 22008 */
static TimestampTz
until_arg(FunctionCallInfo fcinfo, int argno)
{
	TimestampTz until;

	aggregate_require_argument(fcinfo, argno, "\"until\"",
							   "It is up to when the journey is known, for example now() or the "
							   "time of the last load; leave rows without one out with FILTER.");
	until = PG_GETARG_TIMESTAMPTZ(argno);
	if (TIMESTAMP_NOT_FINITE(until))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("\"until\" is %s", TIMESTAMP_IS_NOBEGIN(until) ? "-infinity" : "infinity"),
				 errhint("Give the time up to which the journeys are known, such as now(): who "
						 "started less than \"within\" before it is left out.")));
	return until;
}

/* Count him, and the stages that he saw. */
static void
collect_customer(ContrastBuilder *b, ContrastFate fate, JourneyReader reader,
				 const ContrastRoom *room)
{
	ContrastCounts one = {fate == CONTRAST_TOO_RECENT, fate == CONTRAST_EARLY,
		fate == CONTRAST_REACHED, fate == CONTRAST_MISSED};
	ContrastStage stage = {.reached = one.reached,.missed = one.missed};

	contrast_collect_counts(b, &one);
	if (fate != CONTRAST_REACHED && fate != CONTRAST_MISSED)
		return;
	for (uint32 i = 0; i < reader.labels; i++)
	{
		if (!journey_read_label(&reader, &stage.label))
			journey_reject_stored();
		if (contrast_saw(room, i))
			contrast_collect_stage(b, &stage);
	}
}

/* contrast_accum(journey_contrast, journey, path, within, landmark, until) */
PG_FUNCTION_INFO_V1(contrast_accum);
Datum
contrast_accum(PG_FUNCTION_ARGS)
{
	FunnelSearcher *searcher;
	ContrastQuestion question;
	ContrastBuilder b;
	JourneyContent content;
	JourneyReader reader;
	FewVisits	few;
	ContrastRoom room = {few.uses, few.visits, few.marks};
	TimestampTz until;
	ContrastFate fate;

	(void) aggregate_require(fcinfo, AGGREGATE);
	if (PG_ARGISNULL(1))
		return aggregate_unchanged(fcinfo);
	searcher = question_arg(fcinfo, &question);
	until = until_arg(fcinfo, 5);
	b = begin(fcinfo, &question);
	content = journey_content((struct varlena *) PG_GETARG_POINTER(1));
	if (!journey_read_begin(&reader, content.bytes, content.size))
		journey_reject_stored();
	if (reader.visits > FEW_VISITS)
		room.visits = palloc(reader.visits * sizeof(JourneyVisit));
	if (reader.labels > FEW_LABELS)
	{
		room.uses = palloc((reader.labels + (Size) 1) * sizeof(JourneyLabelUse));
		room.marks = palloc(reader.labels);
	}
	fate = contrast_customer(funnel_searcher_funnel(searcher), funnel_searcher_labels(searcher),
							 &reader, &question, until, &room);
	if (fate == CONTRAST_DAMAGED)
		journey_reject_stored();
	if (fate != CONTRAST_NO_START)
		collect_customer(&b, fate, reader, &room);
	PG_RETURN_POINTER(b.state);
}

/* contrast_combine(journey_contrast, journey_contrast): strict */
PG_FUNCTION_INFO_V1(contrast_combine);
Datum
contrast_combine(PG_FUNCTION_ARGS)
{
	ContrastBuilder b;
	Contrast	other;

	(void) aggregate_require(fcinfo, AGGREGATE);
	contrast_arg(fcinfo, 1, &other);
	b = begin(fcinfo, &other.question);
	contrast_collect_all(&b, &other);
	PG_RETURN_POINTER(b.state);
}

/* contrast_final(journey_contrast): packed; strict, so NULL without a state, which stays */
PG_FUNCTION_INFO_V1(contrast_final);
Datum
contrast_final(PG_FUNCTION_ARGS)
{
	Contrast	contrast;

	contrast_arg(fcinfo, 0, &contrast);
	PG_RETURN_POINTER(contrast_packed(&contrast));
}

/* journey_contrast + journey_contrast */
PG_FUNCTION_INFO_V1(contrast_plus);
Datum
contrast_plus(PG_FUNCTION_ARGS)
{
	ContrastBuilder b = {NULL, NULL};
	Contrast	contrast;

	contrast_arg(fcinfo, 0, &contrast);
	b.state = contrast_state_new(&contrast.question);
	contrast_collect_all(&b, &contrast);
	contrast_arg(fcinfo, 1, &contrast);
	contrast_collect_all(&b, &contrast);
	contrast_sort(b.state, &contrast);
	PG_RETURN_POINTER(contrast_packed(&contrast));
}
