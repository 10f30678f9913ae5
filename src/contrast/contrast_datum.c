/*
 * contrast_datum.c
 *		What the SQL-callable files about contrasts share; see contrast_datum.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "base/fixed_interval.h"
#include "contrast/contrast_datum.h"
#include "shared/aggregate.h"

/* 54000 */
pg_noreturn static void
reject_size(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("a journey_contrast is at most one gigabyte large"),
			 errhint("Its size grows with the number of different stages: are there numbers "
					 "or addresses among them?")));
}

/* 22003 */
pg_noreturn static void
reject_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("more than 9223372036854775807 customers in a journey_contrast"),
			 errhint("Are values added more than once?")));
}

static void
allocate_stages(Contrast *contrast, uint32 n)
{
	contrast->stages = MemoryContextAllocHuge(CurrentMemoryContext,
											  Max(n, 1) * sizeof(ContrastStage));
}

/*
 * What a state has counted, in order; path and labels point into it.  Whether customers
 * can have made that is for the caller to ask.
 */
void
contrast_sort_unchecked(const ContrastState *state, Contrast *contrast)
{
	if (!contrast_state_check(state, VARSIZE(state)))
		contrast_reject_stored();
	allocate_stages(contrast, state->stages);
	if (!contrast_state_sort(state, contrast) ||
		VARSIZE(contrast->question.path) != contrast->question.path_bytes)
		contrast_reject_stored();
}

/* The same, and they can. */
void
contrast_sort(const ContrastState *state, Contrast *contrast)
{
	contrast_sort_unchecked(state, contrast);
	if (contrast_check(contrast) != CONTRAST_OK)
		contrast_reject_stored();
}

/* Unpack a value, or a state, behind a header of four bytes; labels point into it. */
void
contrast_open(struct varlena *value, Contrast *contrast)
{
	if (VARSIZE(value) < sizeof(ContrastHeader))
		contrast_reject_stored();
	if (contrast_is_growing(value))
	{
		contrast_sort((ContrastState *) value, contrast);
		return;
	}
	if (!contrast_read_head(value, VARSIZE(value), contrast) ||
		VARSIZE(contrast->question.path) != contrast->question.path_bytes)
		contrast_reject_stored();
	allocate_stages(contrast, contrast->n);
	if (!contrast_read(value, VARSIZE(value), contrast))
		contrast_reject_stored();
}

/* Unpack argument n, which may be behind a short header, compressed, or out of line. */
void
contrast_arg(FunctionCallInfo fcinfo, int n, Contrast *contrast)
{
	contrast_open(PG_DETOAST_DATUM(PG_GETARG_DATUM(n)), contrast);
}

/* Pack what is in order. */
ContrastHeader *
contrast_packed(const Contrast *contrast)
{
	ContrastHeader *header = MemoryContextAllocHuge(CurrentMemoryContext,
													contrast_pack_bound(contrast));
	Size		size = contrast_pack(header, contrast);

	if (!AllocSizeIsValid(size))
		reject_size();
	SET_VARSIZE(header, size);
	return header;
}

/* An empty state, in the current memory context. */
ContrastState *
contrast_state_new(const ContrastQuestion *question)
{
	Size		bytes = contrast_state_smallest(question);
	ContrastState *state = palloc(bytes);

	SET_VARSIZE(state, bytes);
	contrast_state_init(state, question);
	state->mark = aggregate_mark();
	return state;
}

/* The state to count in: the value itself, or a new one with what another value holds. */
ContrastState *
contrast_state_of(struct varlena *value)
{
	ContrastBuilder b = {NULL, NULL};
	Contrast	contrast;

	if (VARSIZE(value) >= sizeof(ContrastState) && contrast_is_growing(value) &&
		((ContrastState *) value)->mark == aggregate_mark())
	{
		if (!contrast_state_check((ContrastState *) value, VARSIZE(value)))
			contrast_reject_stored();
		return (ContrastState *) value;
	}
	contrast_open(value, &contrast);
	b.state = contrast_state_new(&contrast.question);
	contrast_collect_all(&b, &contrast);
	return b.state;
}

/* What customers are asked, as an error says it. */
static char *
question_text(const ContrastQuestion *q)
{
	char	   *path = palloc(journey_path_text_bound(q->path));
	char		within[JOURNEY_DURATION_TEXT_BOUND];
	char		landmark[JOURNEY_DURATION_TEXT_BOUND];

	journey_path_print(q->path, path);
	journey_duration_print(q->within, within);
	journey_duration_print(q->landmark, landmark);
	return psprintf("\"%s\" within %s, landmark %s", path, within, landmark);
}

/* Customers who were asked something else say nothing together; 22023. */
void
contrast_require_same(const ContrastQuestion *a, const ContrastQuestion *b)
{
	if (!contrast_same_question(a, b))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("contrasts of %s and of %s do not belong together", question_text(a),
						question_text(b)),
				 errhint("A journey_contrast is of one path, one window and one landmark: "
						 "group by them.")));
}

/* Move the state to a larger place. */
static pg_noinline void
grow(ContrastBuilder *b, Size text)
{
	Size		bytes = contrast_state_grown(b->state, text);
	ContrastState *larger;

	if (bytes == 0)
		reject_size();
	larger = palloc(bytes);
	SET_VARSIZE(larger, bytes);
	contrast_state_move(larger, b->state, text);
	if (b->state != b->given)
		pfree(b->state);
	b->state = larger;
}

/* Add customers, each number 0 or more. */
void
contrast_collect_counts(ContrastBuilder *b, const ContrastCounts *counts)
{
	if (unlikely(!contrast_state_add_counts(b->state, counts)))
		reject_overflow();
}

/* Add customers who saw a stage. */
void
contrast_collect_stage(ContrastBuilder *b, const ContrastStage *stage)
{
	if (unlikely(!contrast_state_has_room(b->state, stage->label.length)))
		grow(b, stage->label.length);
	if (unlikely(!contrast_state_add(b->state, stage)))
		reject_overflow();
}

/* Add all of another value; 22023 when its customers were asked something else. */
void
contrast_collect_all(ContrastBuilder *b, const Contrast *other)
{
	ContrastQuestion own = contrast_state_question(b->state);

	contrast_require_same(&own, &other->question);
	contrast_collect_counts(b, &other->counts);
	for (uint32 i = 0; i < other->n; i++)
	{
		contrast_collect_stage(b, &other->stages[i]);
		if (i % 65536 == 65535)
			CHECK_FOR_INTERRUPTS();
	}
}
