/*
 * rating_fuzz.c
 *		rating_summary: text, packed bytes, sums, quantiles, intervals and tests, sums of
 *		two and differences.  A text with ">=" is that of a state with a cut-off.
 */
#include "fuzz_type.h"

#include <math.h>

#include "rating/rating.h"
#include "rating/rating_stats.h"
#include "rating/score_text.h"

static size_t
size_of(const RatingSummary *s)
{
	return rating_size(s->points, rating_is_weighted(s));
}

static bool
is_state(FuzzValue value)
{
	return ((const RatingSummary *) value.bytes)->cutoff != 0;
}

static bool
is_ok(FuzzValue value)
{
	const RatingSummary *s = (const RatingSummary *) value.bytes;

	return rating_validate(s, value.size) == RATING_OK ||
		rating_validate_state(s, value.size) == RATING_OK;
}

static FuzzValue
type_state(const char *text, size_t length)
{
	RatingSummary *s = fuzz_new(RATING_MAX_SIZE);
	RatingParseError error = {RATING_OK, 0, NULL};
	FuzzValue	value;
	int32_t		score;

	(void) score_text_read(text, length, &score);
	if (!rating_parse(text, s, &error))
	{
		MUST(error.offset <= length);
		memset(s, 0, RATING_MAX_SIZE);
		if (!rating_parse_state(text, s, &error))
			return fuzz_none;
	}
	value = fuzz_value(s, size_of(s));
	return is_ok(value) ? value : fuzz_none;
}

static FuzzValue
type_pack(FuzzValue state)
{
	return is_ok(state) ? fuzz_value(state.bytes, state.size) : fuzz_none;
}

static FuzzValue
type_repack(FuzzValue value)
{
	return type_pack(value);
}

static bool
type_valid(FuzzValue value)
{
	return is_ok(value);
}

static char *
type_print(FuzzValue value)
{
	const RatingSummary *s = (const RatingSummary *) value.bytes;
	char	   *text = fuzz_new(rating_text_bound(s));
	size_t		length = is_state(value) ? rating_print_state(s, text) : rating_print(s, text);

	MUST(length < rating_text_bound(s) && length == strlen(text));
	return fuzz_text((uint8_t *) text, length);
}

static void
read_sums(const RatingSummary *s, int64_t responses)
{
	Uint128 mass;
	Uint128 moment;
	Uint128 squares;
	int64_t		from = s->low + (int64_t) fuzz_below(s->points);

	MUST(rating_mass_between(s, INT64_MIN, INT64_MAX, &mass) == RATING_OK);
	MUST((mass == 0) == (responses == 0));
	MUST(rating_count_between(s, INT64_MIN, from - 1) +
		 rating_count_between(s, from, INT64_MAX) == responses);
	(void) rating_moment(s, 1, &moment);
	(void) rating_moment(s, 2, &moment);
	if (rating_is_weighted(s))
		MUST(rating_square_sum(s, &squares) == RATING_OK);
	(void) rating_weight(mass);
	MUST(rating_effective_responses(s) >= 0);
	(void) rating_effective_factor(s);
	if (responses > 0)
	{
		int32_t		score = rating_quantile(s, fuzz_share());

		MUST(score >= s->low && score <= rating_high(s));
		MUST(s->counts[rating_index(s, score)] > 0);
	}
}

static void
read_statistics(const RatingSummary *s)
{
	NpsCounts	nps = {(double) s->counts[0], (double) s->counts[1],
	(double) s->counts[s->points - 1]};
	CsatCounts	csat = {(double) s->counts[0], (double) s->counts[1]};
	double		frequencies[RATING_MAX_POINTS];
	double		n = 0;
	double		level = fuzz_share();
	ConfidenceInterval interval;
	TestResult	test;
	ScoreSample sample;

	for (int i = 0; i < s->points; i++)
		n += frequencies[i] = (double) s->counts[i];
	if (nps_interval(&nps, level, &interval))
		MUST(interval.low >= -100 && interval.low <= interval.high && interval.high <= 100);
	if (csat_interval(&csat, level, &interval))
		MUST(interval.low >= 0 && interval.low <= interval.high && interval.high <= 100);
	if (score_sample(frequencies, s->points, s->low, n, &sample) &&
		ces_interval(&sample, s->low, rating_high(s), level, &interval))
		MUST(interval.low >= s->low && interval.low <= interval.high &&
			 interval.high <= rating_high(s));
	if (nps_test(&nps, &nps, level, &test))
		MUST(test.difference == 0 && test.p_value >= 0 && test.p_value <= 1);
	(void) csat_test(&csat, &csat, level, &test);
	(void) ces_test(&sample, &sample, s->points - 1, level, &test);
}

static void
type_read(FuzzValue value, bool valid)
{
	const RatingSummary *s = (const RatingSummary *) value.bytes;
	int64_t		responses;
	Uint128 groups[3];
	int32_t		from;

	(void) valid;
	MUST(rating_responses(s, &responses) == RATING_OK);
	read_sums(s, responses);
	read_statistics(s);
	if (rating_satisfied_from(s->low, s->points, &from))
		MUST(from >= s->low && from <= rating_high(s));
	if (s->low == NPS_LOW && s->points == NPS_POINTS)
		MUST(rating_nps_masses(s, &groups[0], &groups[1], &groups[2]) == RATING_OK);
	MUST(rating_compare(s, s) == 0);
}

static FuzzValue
type_merge(FuzzValue a, FuzzValue b)
{
	FuzzValue	sum = fuzz_value(a.bytes, a.size);

	if (((RatingSummary *) a.bytes)->cutoff != ((RatingSummary *) b.bytes)->cutoff ||
		rating_merge((RatingSummary *) sum.bytes, (RatingSummary *) b.bytes) != RATING_OK)
		return fuzz_none;
	return sum;
}

static FuzzValue
type_subtract(FuzzValue a, FuzzValue b)
{
	FuzzValue	rest = fuzz_value(a.bytes, a.size);

	if (((RatingSummary *) a.bytes)->cutoff != ((RatingSummary *) b.bytes)->cutoff ||
		rating_subtract((RatingSummary *) rest.bytes, (RatingSummary *) b.bytes) != RATING_OK)
		return fuzz_none;
	return rest;
}
