/*
 * funnel_datum.c
 *		What the SQL-callable files about stored funnels share; see funnel_datum.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"

#include "base/fixed_interval.h"
#include "funnel/funnel_datum.h"
#include "shared/aggregate.h"

/* 22003 */
pg_noreturn static void
reject_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("more than 9223372036854775807 customers at a step of a journey_funnel"),
			 errhint("Are funnels added more than once?")));
}

static void
allocate_buckets(Funnel *funnel, uint32 buckets)
{
	funnel->buckets = palloc(Max(buckets, 1) * sizeof(DurationBucket));
}

/* What a state has counted, in order; the path goes on pointing into it. */
void
funnel_sort(const FunnelState *state, Funnel *funnel)
{
	if (!funnel_state_check(state, VARSIZE(state)))
		funnel_reject_stored();
	allocate_buckets(funnel, state->buckets);
	if (!funnel_state_sort(state, funnel) || VARSIZE(funnel->path) != funnel->path_bytes)
		funnel_reject_stored();
}

/* Unpack a funnel, or a state; the path goes on pointing into it. */
void
funnel_open(const FunnelHeader *header, Funnel *funnel)
{
	if (VARSIZE(header) < sizeof(FunnelHeader))
		funnel_reject_stored();
	if (funnel_is_growing(header))
	{
		funnel_sort((const FunnelState *) header, funnel);
		return;
	}
	if (!funnel_read_counts(header, VARSIZE(header), funnel) ||
		VARSIZE(funnel->path) != funnel->path_bytes)
		funnel_reject_stored();
	allocate_buckets(funnel, funnel->bucket_count);
	if (!funnel_read(header, VARSIZE(header), funnel))
		funnel_reject_stored();
}

/* Pack a funnel whose buckets are sorted. */
FunnelHeader *
funnel_packed(const Funnel *funnel)
{
	FunnelHeader *header = palloc(funnel_pack_bound(funnel));

	SET_VARSIZE(header, funnel_pack(header, funnel));
	return header;
}

/*
 * A packed funnel from a datum that may be compressed, out of line, or behind a
 * short header.  A state that was never finished is packed now.
 */
FunnelHeader *
funnel_detoast(struct varlena *datum)
{
	FunnelHeader *header = (FunnelHeader *) PG_DETOAST_DATUM(PointerGetDatum(datum));
	Funnel		funnel;

	if (VARSIZE(header) < sizeof(FunnelHeader))
		funnel_reject_stored();
	if (!funnel_is_growing(header))
		return header;
	funnel_sort((FunnelState *) header, &funnel);
	return funnel_packed(&funnel);
}

/* An empty state, in the current memory context. */
FunnelState *
funnel_state_new(const JourneyPath *path, int64 within)
{
	Size		bytes = funnel_state_smallest(path, VARSIZE(path));
	FunnelState *state = palloc(bytes);

	SET_VARSIZE(state, bytes);
	funnel_state_init(state, path, VARSIZE(path), within);
	state->mark = aggregate_mark();
	return state;
}

/* The state to count in: the value itself, or a new one with what another value holds. */
FunnelState *
funnel_state_of(struct varlena *value)
{
	FunnelBuilder b;
	Funnel		funnel;

	if (VARSIZE(value) >= sizeof(FunnelState) && funnel_is_growing(value) &&
		((FunnelState *) value)->mark == aggregate_mark())
	{
		if (!funnel_state_check((FunnelState *) value, VARSIZE(value)))
			funnel_reject_stored();
		return (FunnelState *) value;
	}
	funnel_open((FunnelHeader *) value, &funnel);
	b.given = NULL;
	b.state = funnel_state_new(funnel.path, funnel.within);
	funnel_collect_all(&b, &funnel);
	return b.state;
}

/* The text form of a path. */
char *
funnel_path_text(const JourneyPath *path)
{
	char	   *text = palloc(journey_path_text_bound(path));

	journey_path_print(path, text);
	return text;
}

static char *
within_text(int64 within)
{
	char	   *text;

	if (within == JOURNEY_NO_LIMIT)
		return pstrdup("no limit");
	text = palloc(JOURNEY_DURATION_TEXT_BOUND);
	journey_duration_print(within, text);
	return text;
}

/* A funnel is of one path and one window; 22023 for another one. */
void
funnel_require_same(const FunnelState *state, const JourneyPath *path, int64 within)
{
	const JourneyPath *own = funnel_state_path(state);

	if (state->header.path_bytes != VARSIZE(path) || memcmp(own, path, VARSIZE(path)) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a funnel is of one path, not of \"%s\" and \"%s\"",
						funnel_path_text(own), funnel_path_text(path)),
				 errhint("Group by the path, or leave the other ones out with FILTER.")));
	if (state->header.within != within)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a funnel has one longest time from the first to the last step, "
						"not both %s and %s",
						within_text(state->header.within), within_text(within)),
				 errhint("Group by it, or leave the other ones out with FILTER.")));
}

/* Move the state to a larger place. */
static pg_noinline void
grow(FunnelBuilder *b, uint32 buckets)
{
	Size		bytes = funnel_state_grown(b->state, buckets);
	FunnelState *larger = palloc(bytes);

	SET_VARSIZE(larger, bytes);
	funnel_state_move(larger, b->state, buckets);
	if (b->state != b->given)
		pfree(b->state);
	b->state = larger;
}

static inline void
make_room(FunnelBuilder *b, uint32 buckets)
{
	if (unlikely(!funnel_state_has_room(b->state, buckets)))
		grow(b, buckets);
}

/*
 * Count one customer, who has visits to these items, by the chain that wins; both
 * are of the state's path.  Of a chain of depth 0 nothing else is read.  Values are those
 * of its visits by item, NULL where there are none.
 */
void
funnel_collect_customer(FunnelBuilder *b, JourneyItems seen, const JourneyFunnelChain *chain,
						const int64 *values)
{
	funnel_state_add_seen(b->state, seen);
	make_room(b, b->state->steps);
	if (unlikely(!funnel_state_add_chain(b->state, chain)))
		reject_overflow();
	if (values != NULL)
		funnel_state_add_values(b->state, chain, values);
}

/* Count how many reached a step and the sum of their times; the buckets follow. */
void
funnel_collect_step(FunnelBuilder *b, uint32 step, int64 reached, Uint128 sum)
{
	if (!funnel_state_add_step(b->state, step, reached, sum))
		reject_overflow();
}

/* Count what the visits of a step were worth. */
void
funnel_collect_value(FunnelBuilder *b, uint32 step, Int128 value)
{
	if (!funnel_state_add_value(b->state, step, value))
		reject_overflow();
}

void
funnel_collect_bucket(FunnelBuilder *b, uint32 step, uint32 bucket, int64 count)
{
	make_room(b, 1);
	funnel_state_add_bucket(b->state, step, bucket, count);
}

/* Add all of another funnel; 22023 when it is of another path or window. */
void
funnel_collect_all(FunnelBuilder *b, const Funnel *other)
{
	funnel_require_same(b->state, other->path, other->within);
	funnel_state_add_seen(b->state, other->seen);
	funnel_state_note_total(b->state, other);
	for (uint32 i = 0; i <= b->state->steps; i++)
	{
		const FunnelStep *step = &other->steps[i];

		/* those of the whole way are counted with its buckets */
		funnel_collect_step(b, i, i < b->state->steps ? step->reached : 0, funnel_step_sum(step));
		if (i < b->state->steps && (other->valued & JOURNEY_ITEM_BIT(i)) != 0)
			funnel_collect_value(b, i, funnel_step_value(step));
		for (uint32 k = step->first; k < step->first + step->buckets; k++)
			funnel_collect_bucket(b, i, other->buckets[k].bucket, other->buckets[k].count);
		CHECK_FOR_INTERRUPTS();
	}
}
