/*
 * duration_fuzz.c
 *		duration_summary: text, packed bytes, states, percentiles, sums of two.
 */
#include "fuzz_type.h"

#include "duration/duration.h"

static DurationSummary
new_summary(void)
{
	DurationSummary d = {0};

	d.buckets = fuzz_new(DURATION_BUCKETS * sizeof(DurationBucket));
	return d;
}

static FuzzValue
packed(const DurationSummary *d)
{
	void	   *bytes = fuzz_new(duration_summary_bound(d));
	size_t		size = duration_summary_pack(bytes, d);

	MUST(size <= duration_summary_bound(d));
	return fuzz_value(bytes, size);
}

static bool
opened(FuzzValue value, DurationSummary *d)
{
	*d = new_summary();
	return duration_summary_read(value.bytes, value.size, d);
}

/* All of a summary counted in a state, which grows bucket by bucket; the last one has the sum. */
static FuzzValue
counted(const DurationSummary *d, DurationState *s)
{
	for (uint32_t i = 0; i < d->n; i++)
	{
		uint32_t	bucket = d->buckets[i].bucket;

		if (!duration_state_has(s, bucket))
		{
			DurationState *larger = fuzz_new(duration_state_grown(s, bucket));

			duration_state_move(larger, s, bucket);
			s = larger;
		}
		if (!duration_state_add(s, bucket, d->buckets[i].count, i == 0 ? d->sum : 0))
			return fuzz_none;
	}
	MUST(duration_state_check(s, duration_state_size(s->slots)));
	return (FuzzValue) {(uint8_t *) s, duration_state_size(s->slots)};
}

static DurationState *
new_state(void)
{
	DurationState *s = fuzz_new(duration_state_size(0));

	s->header.version = DURATION_VERSION;
	s->header.flags = DURATION_GROWING;
	return s;
}

static FuzzValue
type_state(const char *text, size_t length)
{
	DurationSummary d = new_summary();
	TextScan	scan;

	(void) length;
	return duration_text_parse(text, &d, &scan) ? counted(&d, new_state()) : fuzz_none;
}

static FuzzValue
type_pack(FuzzValue state)
{
	DurationSummary d = new_summary();

	if (!duration_state_check((DurationState *) state.bytes, state.size))
		return fuzz_none;
	duration_state_read((DurationState *) state.bytes, &d);
	return duration_summary_check(&d) ? packed(&d) : fuzz_none;
}

static FuzzValue
type_repack(FuzzValue value)
{
	DurationSummary d;

	return opened(value, &d) ? packed(&d) : fuzz_none;
}

static bool
type_valid(FuzzValue value)
{
	DurationSummary d;

	return opened(value, &d) && duration_summary_check(&d);
}

static char *
type_print(FuzzValue value)
{
	DurationSummary d;
	char	   *text;
	size_t		length;

	MUST(opened(value, &d));
	text = fuzz_new(duration_text_bound(&d));
	length = duration_text_print(&d, text);
	MUST(length < duration_text_bound(&d) && length == strlen(text));
	return fuzz_text((uint8_t *) text, length);
}

/* Percentiles ascend, and the first and the last lie in the first and the last bucket. */
static void
type_read(FuzzValue value, bool valid)
{
	DurationSummary d;
	uint64_t	first;
	uint64_t	last;
	uint64_t	some;

	MUST(opened(value, &d));
	if (d.total == 0)
		return;
	first = duration_sketch_percentile(d.buckets, d.n, d.sum, 0);
	some = duration_sketch_percentile(d.buckets, d.n, d.sum, fuzz_share());
	last = duration_sketch_percentile(d.buckets, d.n, d.sum, 1);
	(void) duration_mean(d.sum, d.total);
	if (!valid)
		return;
	MUST(first <= some && some <= last);
	MUST(duration_bucket(first) == d.buckets[0].bucket);
	MUST(duration_bucket(last) == d.buckets[d.n - 1].bucket);
}

static FuzzValue
type_merge(FuzzValue a, FuzzValue b)
{
	DurationSummary x;
	DurationSummary y;
	FuzzValue	state;

	MUST(opened(a, &x) && opened(b, &y));
	state = counted(&x, new_state());
	if (state.bytes != NULL)
		state = counted(&y, (DurationState *) state.bytes);
	return state.bytes != NULL ? type_pack(state) : fuzz_none;
}

/* There is no such thing. */
static FuzzValue
type_subtract(FuzzValue a, FuzzValue b)
{
	(void) a;
	(void) b;
	return fuzz_none;
}
