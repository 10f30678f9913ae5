/*
 * survival_datum.c
 *		What the SQL-callable files about waits share; see survival_datum.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"

#include "shared/aggregate.h"
#include "survival/survival_datum.h"

static void
allocate_counts(Survival *survival, uint32 n)
{
	survival->counts = palloc(Max(n, 1) * sizeof(SurvivalCount));
}

/* What a state has counted, in order; labels point into it. */
void
survival_sort(const SurvivalState *state, Survival *survival)
{
	if (!survival_state_check(state, VARSIZE(state)))
		survival_reject_stored();
	allocate_counts(survival, state->used);
	if (!survival_state_sort(state, survival))
		survival_reject_stored();
}

/* Unpack a value, or a state, behind a header of four bytes; labels point into it. */
void
survival_open(struct varlena *value, Survival *survival)
{
	if (VARSIZE(value) <= sizeof(SurvivalHeader))
		survival_reject_stored();
	if (survival_is_growing(value))
	{
		survival_sort((SurvivalState *) value, survival);
		return;
	}
	if (!survival_read_head(value, VARSIZE(value), survival))
		survival_reject_stored();
	allocate_counts(survival, survival->n);
	if (!survival_read(value, VARSIZE(value), survival))
		survival_reject_stored();
}

/* Unpack argument n, which may be behind a short header, compressed, or out of line. */
void
survival_arg(FunctionCallInfo fcinfo, int n, Survival *survival)
{
	survival_open(PG_DETOAST_DATUM(PG_GETARG_DATUM(n)), survival);
}

/* Pack what is in order. */
SurvivalHeader *
survival_packed(const Survival *survival)
{
	SurvivalHeader *header = palloc(survival_pack_bound(survival));

	SET_VARSIZE(header, survival_pack(header, survival));
	return header;
}

/* An empty state, in the current memory context. */
SurvivalState *
survival_state_new(const SurvivalSubject *subject)
{
	Size		bytes = survival_state_smallest(subject);
	SurvivalState *state = palloc(bytes);

	SET_VARSIZE(state, bytes);
	survival_state_init(state, subject);
	state->mark = aggregate_mark();
	return state;
}

/* The state to count in: the value itself, or a new one with what another value holds. */
SurvivalState *
survival_state_of(struct varlena *value)
{
	SurvivalBuilder b = {NULL, NULL};
	Survival	survival;

	if (VARSIZE(value) >= sizeof(SurvivalState) && survival_is_growing(value) &&
		((SurvivalState *) value)->mark == aggregate_mark())
	{
		if (!survival_state_check((SurvivalState *) value, VARSIZE(value)))
			survival_reject_stored();
		return (SurvivalState *) value;
	}
	survival_open(value, &survival);
	b.state = survival_state_new(&survival.subject);
	survival_collect_all(&b, &survival);
	return b.state;
}

/* What waits are for, as an error says it. */
static char *
subject_text(const SurvivalSubject *subject)
{
	switch (subject->kind)
	{
		case SURVIVAL_STAGES:
			return psprintf("from \"%.*s\" to \"%.*s\"",
							(int) subject->from.length, subject->from.text,
							(int) subject->to.length, subject->to.text);
		case SURVIVAL_GAPS:
			return psprintf("between visits to \"%.*s\"",
							(int) subject->from.length, subject->from.text);
		default:
			return pstrdup("given one by one");
	}
}

/* Waits for other things say nothing together; 22023. */
void
survival_require_same(const SurvivalSubject *a, const SurvivalSubject *b)
{
	if (!survival_same_subject(a, b))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("waits %s and %s do not belong together", subject_text(a),
						subject_text(b)),
				 errhint("A journey_survival is of one stage and one to come, or of the gaps "
						 "of one stage, or of waits given one by one: group by them.")));
}

/* Move the state to a larger place. */
static pg_noinline void
grow(SurvivalBuilder *b)
{
	Size		bytes = survival_state_grown(b->state);
	SurvivalState *larger = palloc(bytes);

	SET_VARSIZE(larger, bytes);
	survival_state_move(larger, b->state);
	if (b->state != b->given)
		pfree(b->state);
	b->state = larger;
}

/* Add waits of one bucket, 1 or more. */
void
survival_collect(SurvivalBuilder *b, const SurvivalCount *count)
{
	if (unlikely(!survival_state_has_room(b->state)))
		grow(b);
	if (!survival_state_add(b->state, count))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("more than 9223372036854775807 waits in a journey_survival"),
				 errhint("Are values added more than once?")));
}

/* Add one wait of so many microseconds. */
void
survival_collect_wait(SurvivalBuilder *b, uint64 time, bool reached)
{
	SurvivalCount count = {survival_bucket(time), 0, reached, !reached, {time, 0}};

	survival_collect(b, &count);
}

/* Add all of another value; 22023 when its waits are for something else. */
void
survival_collect_all(SurvivalBuilder *b, const Survival *other)
{
	SurvivalSubject own = survival_state_subject(b->state);

	survival_require_same(&own, &other->subject);
	for (uint32 i = 0; i < other->n; i++)
		survival_collect(b, &other->counts[i]);
	CHECK_FOR_INTERRUPTS();
}
