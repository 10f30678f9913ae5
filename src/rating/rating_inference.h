/*
 * rating_inference.h
 *		What intervals, tests, margins and sample sizes share: levels, effective
 *		counts, and the two ends of an interval.
 */
#ifndef RATING_INFERENCE_H
#define RATING_INFERENCE_H

#include "rating/rating_datum.h"
#include "rating/rating_stats.h"

/* The two ends of an interval; both belong to it. */
typedef struct NumericEnds
{
	Numeric		low;
	Numeric		high;
} NumericEnds;

#pragma GCC visibility push(hidden)

extern double rating_level_arg(FunctionCallInfo fcinfo, int argno);
extern NumericEnds rating_ends_around(double low, double high, Numeric point);
pg_noreturn extern void rating_reject_comparison(const RatingSummary *a, const RatingSummary *b);
extern NpsCounts rating_nps_counts(const RatingSummary *s);
extern CsatCounts rating_csat_counts(const RatingSummary *s, int32 satisfied_from);
extern bool rating_ces_sample(const RatingSummary *s, ScoreSample *sample);

extern bool rating_metric_interval(RatingMetric metric, const RatingSummary *s,
								   int32 satisfied_from, double level,
								   ConfidenceInterval *interval);

/* False without enough answers, or where an argument is NULL; see rating_inference.c. */
extern bool rating_nps_ends(FunctionCallInfo fcinfo, NumericEnds *ends);
extern bool rating_csat_ends(FunctionCallInfo fcinfo, const char *call, NumericEnds *ends);
extern bool rating_ces_ends(FunctionCallInfo fcinfo, NumericEnds *ends);

#pragma GCC visibility pop

#endif							/* RATING_INFERENCE_H */
