/*
 * funnel_fuzz.c
 *		journey_funnel: text, packed bytes, states, percentiles, sums of two.
 */
#include "fuzz_path.h"
#include "fuzz_type.h"

#include "funnel/funnel_text.h"

static FuzzValue
packed(const Funnel *funnel)
{
	size_t		bound = funnel_pack_bound(funnel);
	void	   *bytes = fuzz_new(bound);
	size_t		size = funnel_pack(bytes, funnel);

	MUST(size <= bound);
	return fuzz_value(bytes, size);
}

/* As in src/, the path within has a length word that says how long it is: here that is 0. */
static bool
opened(FuzzValue value, Funnel *funnel)
{
	if (!funnel_read_counts(value.bytes, value.size, funnel) || funnel->path->vl_len != 0)
		return false;
	funnel->buckets = fuzz_new(funnel->bucket_count * sizeof(DurationBucket));
	return funnel_read(value.bytes, value.size, funnel);
}

static FuzzValue
new_state(const JourneyPath *path, size_t bytes, int64_t within)
{
	FuzzValue	state = {NULL, funnel_state_smallest(path, bytes)};

	state.bytes = fuzz_new(state.size);
	funnel_state_init((FunnelState *) state.bytes, path, bytes, within);
	return state;
}

static void
add_bucket(FuzzValue *state, uint32_t step, uint32_t bucket, int64_t count)
{
	FunnelState *s = (FunnelState *) state->bytes;

	if (!funnel_state_has_room(s, 1))
	{
		state->size = funnel_state_grown(s, 1);
		state->bytes = fuzz_new(state->size);
		funnel_state_move((FunnelState *) state->bytes, s, 1);
		s = (FunnelState *) state->bytes;
		MUST(funnel_state_check(s, state->size) && funnel_state_has_room(s, 1));
	}
	funnel_state_add_bucket(s, step, bucket, count);
}

/* The steps of a text; false for an error. */
static bool
count_text(FuzzValue *state, FunnelTextReader *reader)
{
	TextItem	item;
	DurationBucket bucket;
	DurationSketchStatus status;

	while ((item = funnel_text_step(reader)) == TEXT_ITEM)
	{
		if (!funnel_state_add_step((FunnelState *) state->bytes, reader->step, reader->reached,
								   reader->sum))
			return false;
		if (reader->valued &&
			!funnel_state_add_value((FunnelState *) state->bytes, reader->step, reader->value))
			return false;
		while ((status = duration_sketch_next(&reader->scan, &reader->sketch, &bucket)) ==
			   DURATION_SKETCH_BUCKET)
			add_bucket(state, reader->step, bucket.bucket, bucket.count);
		if (status == DURATION_SKETCH_ERROR)
			return false;
	}
	return item == TEXT_END;
}

static FuzzValue
type_state(const char *text, size_t length)
{
	FunnelTextReader *reader = fuzz_new(sizeof(FunnelTextReader));
	JourneyPath *path;
	FuzzValue	state;
	size_t		bytes;

	if (!funnel_text_begin(reader, text, length, true, fuzz_new(length + 1)))
		return fuzz_none;
	path = fuzz_pack_path(&reader->path, &bytes);
	state = new_state(path, bytes, reader->within);
	funnel_state_add_seen((FunnelState *) state.bytes, reader->seen);
	return count_text(&state, reader) ? state : fuzz_none;
}

static bool
sorted(FuzzValue state, Funnel *funnel)
{
	const FunnelState *s = (const FunnelState *) state.bytes;

	if (state.size < sizeof(FunnelHeader) || !funnel_state_check(s, state.size))
		return false;
	funnel->buckets = fuzz_new(s->buckets * sizeof(DurationBucket));
	return funnel_state_sort(s, funnel);
}

/* A text that is counted is a funnel only if customers can have made it. */
static FuzzValue
type_pack(FuzzValue state)
{
	Funnel		funnel;

	return sorted(state, &funnel) ? packed(&funnel) : fuzz_none;
}

static FuzzValue
type_repack(FuzzValue value)
{
	Funnel		funnel;

	return opened(value, &funnel) ? packed(&funnel) : fuzz_none;
}

static bool
type_valid(FuzzValue value)
{
	Funnel		funnel;

	return opened(value, &funnel) && funnel_check(&funnel) == FUNNEL_OK &&
		fuzz_path_is_canonical(funnel.path);
}

static char *
type_print(FuzzValue value)
{
	Funnel		funnel;
	char	   *text;
	size_t		length;

	MUST(opened(value, &funnel));
	text = fuzz_new(funnel_text_bound(&funnel));
	length = funnel_text_print(&funnel, text);
	MUST(length < funnel_text_bound(&funnel));
	return fuzz_text((uint8_t *) text, length);
}

static void
type_read(FuzzValue value, bool valid)
{
	Funnel		funnel;

	MUST(opened(value, &funnel));
	MUST(funnel_whole_way(&funnel) == NULL ||
		 funnel_whole_way(&funnel)->reached == funnel.steps[funnel_last_step(funnel.path)].reached);
	for (int i = 0; i < funnel.path->items; i++)
	{
		const FunnelStep *step = &funnel.steps[i];
		const DurationBucket *sketch = funnel.buckets + step->first;
		char	   *text = fuzz_new(FUNNEL_STEP_TEXT_BOUND(funnel.path));
		uint64_t	low;
		uint64_t	high;

		MUST(funnel_step_print(funnel.path, i, text) < FUNNEL_STEP_TEXT_BOUND(funnel.path));
		MUST(funnel_step_from(funnel.path, i) < funnel.path->items);
		if (step->buckets == 0)
			continue;
		(void) duration_mean(funnel_step_sum(step), step->reached);
		(void) duration_sketch_percentile(sketch, step->buckets, funnel_step_sum(step),
										  fuzz_share());
		low = duration_sketch_percentile(sketch, step->buckets, funnel_step_sum(step), 0);
		high = duration_sketch_percentile(sketch, step->buckets, funnel_step_sum(step), 1);
		MUST(!valid || low <= high);
	}
}

/* Of one path and one window. */
static FuzzValue
type_merge(FuzzValue a, FuzzValue b)
{
	const FuzzValue values[] = {a, b};
	FuzzValue	state;
	Funnel		funnels[2];

	MUST(opened(a, &funnels[0]) && opened(b, &funnels[1]));
	if (funnels[0].within != funnels[1].within ||
		funnels[0].path_bytes != funnels[1].path_bytes ||
		memcmp(funnels[0].path, funnels[1].path, funnels[0].path_bytes) != 0)
		return fuzz_none;
	state = new_state(funnels[0].path, funnels[0].path_bytes, funnels[0].within);
	for (int k = 0; k < (int) (sizeof(values) / sizeof(values[0])); k++)
	{
		funnel_state_add_seen((FunnelState *) state.bytes, funnels[k].seen);
		funnel_state_note_total((FunnelState *) state.bytes, &funnels[k]);
		for (uint32_t i = 0; i <= funnels[k].path->items; i++)
		{
			const FunnelStep *step = &funnels[k].steps[i];
			int64_t		reached = i < funnels[k].path->items ? step->reached : 0;

			if (!funnel_state_add_step((FunnelState *) state.bytes, i, reached,
									   funnel_step_sum(step)))
				return fuzz_none;
			if (i < funnels[k].path->items && (funnels[k].valued >> i & 1) != 0 &&
				!funnel_state_add_value((FunnelState *) state.bytes, i, funnel_step_value(step)))
				return fuzz_none;
			for (uint32_t j = step->first; j < step->first + step->buckets; j++)
				add_bucket(&state, i, funnels[k].buckets[j].bucket, funnels[k].buckets[j].count);
		}
	}
	return type_pack(state);
}

/* There is no such thing. */
static FuzzValue
type_subtract(FuzzValue a, FuzzValue b)
{
	(void) a;
	(void) b;
	return fuzz_none;
}
