/*
 * breakdown_datum.c
 *		What the SQL-callable files about breakdowns share; see breakdown_datum.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "base/label.h"
#include "breakdown/breakdown_datum.h"
#include "shared/aggregate.h"

/* 54000 */
pg_noreturn static void
reject_size(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("a rating_breakdown is at most one gigabyte large"),
			 errhint("Its size grows with the number of different labels: "
					 "is a label made of numbers or names?")));
}

/* A label for a message; "(null)" for the unknown one. */
char *
breakdown_label_name(JourneyLabel label)
{
	if (label.length == 0)
		return pstrdup("(null)");
	return psprintf("\"%.*s\"", pg_mbcliplen(label.text, (int) label.length, JOURNEY_MAX_LABEL),
					label.text);
}

/* 22023 for a text that cannot be a label */
void
breakdown_reject_label(JourneyLabel label)
{
	JourneyLabelStatus status = journey_label_check(label.text, label.length, false, NULL);

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("\"%.*s\" is not a label of a rating_breakdown",
					pg_mbcliplen(label.text, (int) label.length, JOURNEY_MAX_LABEL), label.text),
			 errdetail("%s.", journey_label_problem(status)),
			 status == JOURNEY_LABEL_EMPTY ?
			 errhint("Write nullif(label, '') if the empty text means that the label is not "
					 "known.") :
			 errhint("A label is 1 to %d bytes of text without control characters.",
					 JOURNEY_MAX_LABEL)));
}

/* 22003 */
pg_noreturn static void
reject_missing(JourneyLabel label)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("cannot take away answers that are not in the rating_breakdown"),
			 errdetail("There are fewer answers with the label %s.", breakdown_label_name(label)),
			 errhint("Subtract only a breakdown of answers that were counted in the first one.")));
}

/* The label in a text argument, which may be NULL: then it has the length 0. */
JourneyLabel
breakdown_label_arg(FunctionCallInfo fcinfo, int n)
{
	JourneyLabel label = {NULL, 0};
	text	   *value;

	if (PG_ARGISNULL(n))
		return label;
	value = PG_GETARG_TEXT_PP(n);
	label.text = VARDATA_ANY(value);
	label.length = (uint32) VARSIZE_ANY_EXHDR(value);
	if (journey_label_check(label.text, label.length, false, NULL) != JOURNEY_LABEL_OK)
		breakdown_reject_label(label);
	return label;
}

/* A label as text; the caller says whether it is NULL. */
Datum
breakdown_label_datum(JourneyLabel label)
{
	if (label.length == 0)
		return (Datum) 0;
	return PointerGetDatum(cstring_to_text_with_len(label.text, (int) label.length));
}

/* Pointers are huge only where needed. */
static void *
allocate(Size count, Size each)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * Max(each, 1));
}

static void
decode_state(const BreakdownState *state, Breakdown *b)
{
	if (!breakdown_state_check(state, VARSIZE(state)))
		breakdown_reject_stored();
	b->parts = allocate(state->header.labels, sizeof(BreakdownPart));
	if (!breakdown_state_read(state, b))
		breakdown_reject_stored();
}

/*
 * Unpack a breakdown, or a state, behind a header of four bytes.  Labels go on
 * pointing into it, and so do the summaries of a state.
 */
void
breakdown_open(struct varlena *value, Breakdown *b)
{
	if (VARSIZE(value) < sizeof(BreakdownHeader))
		breakdown_reject_stored();
	if (breakdown_is_growing(value))
	{
		decode_state((BreakdownState *) value, b);
		return;
	}
	if (!breakdown_read_head(value, VARSIZE(value), b))
		breakdown_reject_stored();
	b->parts = allocate(b->count, sizeof(BreakdownPart));
	if (!breakdown_read(value, VARSIZE(value), b, allocate(breakdown_room(b), 1)))
		breakdown_reject_stored();
}

/* Unpack argument n, which may be behind a short header, compressed, or out of line. */
void
breakdown_arg(FunctionCallInfo fcinfo, int n, Breakdown *b)
{
	breakdown_open(PG_DETOAST_DATUM(PG_GETARG_DATUM(n)), b);
}

/* Pack a breakdown whose labels are sorted. */
BreakdownHeader *
breakdown_packed(const Breakdown *b)
{
	BreakdownHeader *header = allocate(breakdown_pack_bound(b), 1);
	Size		size = breakdown_pack(header, b);

	if (!AllocSizeIsValid(size))
		reject_size();
	SET_VARSIZE(header, size);
	return header;
}

static BreakdownState *
state_on(int32 low, int points, bool weighted)
{
	Size		bytes = breakdown_state_smallest(points, weighted);
	BreakdownState *state = palloc(bytes);

	SET_VARSIZE(state, bytes);
	breakdown_state_init(state, low, points, weighted);
	state->mark = aggregate_mark();
	return state;
}

/* An empty state, which has no scale yet, in the current memory context. */
BreakdownState *
breakdown_state_new(void)
{
	return state_on(0, 0, false);
}

/* The state to count in: the value itself, or a new one with what another value holds. */
BreakdownState *
breakdown_state_of(struct varlena *value)
{
	BreakdownBuilder b;
	Breakdown	content;

	if (VARSIZE(value) < sizeof(BreakdownHeader))
		breakdown_reject_stored();
	if (breakdown_is_growing(value) && VARSIZE(value) >= sizeof(BreakdownState) &&
		((BreakdownState *) value)->mark == aggregate_mark())
	{
		if (!breakdown_state_check((BreakdownState *) value, VARSIZE(value)))
			breakdown_reject_stored();
		return (BreakdownState *) value;
	}
	b.given = NULL;
	b.state = breakdown_state_new();
	breakdown_open(value, &content);
	breakdown_collect_all(&b, &content);
	return b.state;
}

/* Put another state in the place of this one. */
static void
replace(BreakdownBuilder *b, BreakdownState *state)
{
	if (b->state != b->given)
		pfree(b->state);
	b->state = state;
}

/*
 * Make sure that the state is on this scale.  One without answers takes any, because
 * a frame that has moved on to another one is a frame of its own.
 */
static void
fit_scale(BreakdownBuilder *b, const RatingSummary *summary)
{
	RatingSummary own = {.low = b->state->header.low,.points = b->state->header.points};
	bool		weighted = breakdown_is_weighted(b->state);

	if (own.low == summary->low && own.points == summary->points &&
		weighted == rating_is_weighted(summary))
		return;
	if (b->state->responses > 0)
		rating_merge_error(own.low == summary->low && own.points == summary->points ?
						   RATING_OTHER_KIND : RATING_OTHER_SCALE, &own, summary);
	replace(b, state_on(summary->low, summary->points, rating_is_weighted(summary)));
}

static pg_noinline void
grow(BreakdownBuilder *b, uint32 text)
{
	Size		bytes = breakdown_state_grown(b->state, text);
	BreakdownState *larger;

	if (bytes == 0)
		reject_size();
	larger = palloc(bytes);
	SET_VARSIZE(larger, bytes);
	breakdown_state_move(larger, b->state, text);
	replace(b, larger);
}

/* Add the answers of a summary to those of a label; one without answers adds nothing. */
void
breakdown_collect(BreakdownBuilder *b, JourneyLabel label, const RatingSummary *summary)
{
	uint32		number;

	if (rating_total(summary) == 0)
		return;
	fit_scale(b, summary);
	number = breakdown_state_find(b->state, label);
	if (number == BREAKDOWN_NO_LABEL)
	{
		if (!breakdown_state_has_room(b->state, label.length))
			grow(b, label.length);
		number = breakdown_state_add_label(b->state, label);
	}
	if (breakdown_state_merge(b->state, number, summary) != RATING_OK)
		rating_overflow_error();
}

void
breakdown_collect_all(BreakdownBuilder *b, const Breakdown *from)
{
	for (uint32 i = 0; i < from->count; i++)
	{
		breakdown_collect(b, from->parts[i].label, from->parts[i].summary);
		CHECK_FOR_INTERRUPTS();
	}
}

/* Take answers of a label away; 22003 unless they were among them. */
void
breakdown_remove(BreakdownBuilder *b, JourneyLabel label, const RatingSummary *summary)
{
	uint32		number;

	if (rating_total(summary) == 0)
		return;
	if (b->state->responses == 0)
		reject_missing(label);
	fit_scale(b, summary);
	number = breakdown_state_find(b->state, label);
	if (number == BREAKDOWN_NO_LABEL ||
		breakdown_state_subtract(b->state, number, summary) != RATING_OK)
		reject_missing(label);
}

void
breakdown_remove_all(BreakdownBuilder *b, const Breakdown *from)
{
	for (uint32 i = 0; i < from->count; i++)
	{
		breakdown_remove(b, from->parts[i].label, from->parts[i].summary);
		CHECK_FOR_INTERRUPTS();
	}
}
