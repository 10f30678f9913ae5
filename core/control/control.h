/*
 * control.h
 *		Control charts: is the newest value of a metric news, or noise?
 *
 * A chart has one value a bucket of time (a day, a week), each the metric of its own
 * number of answers.  A baseline says where the values lie (centre) and how much one
 * answer scatters (variance); from it follow
 *
 *	limits		centre +- width * dispersion * sqrt(variance / n) of each bucket: W. A.
 *				Shewhart's chart, with limits that vary with n
 *	dispersion	what days differ by beyond their answers: the mean moving range of the
 *				standardised values, over 1.128 (D. B. Laney, Improved control charts for
 *				attributes, Quality Engineering 14 (2002) 531); measured at least 1, but
 *				whoever knows it may say less: under quotas days differ less than by chance
 *	EWMA		z = lambda x + (1 - lambda) z', from z = centre and a variance of 0:
 *				var = lambda^2 variance / n + (1 - lambda)^2 var'; it sees small shifts
 *				that last (S. W. Roberts, Technometrics 1 (1959) 239; D. C. Montgomery,
 *				Introduction to Statistical Quality Control, chapter 9)
 *	run			8 values on one side of the centre (Western Electric, 1956)
 *
 * While the first buckets are still being collected into a baseline it moves with each
 * of them, and every row is read as if its baseline had held from the first bucket on.
 * So the state keeps only what does not depend on a baseline: the weighted sum of the
 * values, the weight that is left for the centre, the sum of lambda^2 / n, and the last
 * values.
 */
#ifndef CONTROL_H
#define CONTROL_H

#include <stdbool.h>
#include <stdint.h>

#include "rating/rating.h"

#define CONTROL_BASELINE	20	/* buckets that make a baseline */
#define CONTROL_RUN			8	/* values on one side that are no chance */

/* Of one bucket: its metric, and how many answers, or effective answers, gave it. */
typedef struct ControlBucket
{
	double		value;
	double		n;				/* above 0 */
} ControlBucket;

typedef struct ControlBaseline
{
	double		centre;
	double		variance;		/* of one answer, divided by n; in squared units of the metric */
	double		dispersion;		/* above 0; 1 when buckets differ by chance alone */
} ControlBaseline;

typedef struct ControlRule
{
	double		lambda;			/* weight of the newest value in the EWMA, above 0 up to 1 */
	double		width;			/* half width of limits in standard errors, above 0 */
	double		lowest;			/* ends of the metric, that limits are cut at */
	double		highest;
} ControlRule;

typedef struct ControlState
{
	double		sum;			/* EWMA without the part of the centre */
	double		rest;			/* weight of the centre in the EWMA */
	double		spread;			/* variance of the EWMA, for a variance of 1 */
	double		last[CONTROL_RUN];	/* values, where their number modulo 8 says */
	int64_t		values;
} ControlState;

typedef enum ControlSignal
{
	CONTROL_NONE,
	CONTROL_ABOVE,				/* the value is outside its limits */
	CONTROL_BELOW,
	CONTROL_RISING,				/* the EWMA is outside its limits */
	CONTROL_FALLING,
	CONTROL_RUN_OF_EIGHT		/* the last 8 values lie on one side of the centre */
} ControlSignal;

typedef struct ControlRow
{
	double		low;
	double		high;
	double		ewma;
	double		ewma_low;
	double		ewma_high;
	ControlSignal signal;		/* the first that holds */
} ControlRow;

#pragma GCC visibility push(hidden)

/* The chart (control.c) */
extern void control_start(ControlState *state);
extern void control_add(ControlState *state, const ControlRule *rule, const ControlBucket *bucket);
extern ControlRow control_read(const ControlState *state, const ControlRule *rule,
							   const ControlBaseline *baseline, const ControlBucket *bucket);
extern double control_dispersion(const ControlBucket *buckets, int n,
								 const ControlBaseline *baseline);

/*
 * Metric, number and variance of the answers of a summary (control_measure.c), or the first
 * two alone, which is all that a bucket needs and takes half the time.  False without
 * answers, or when they weigh nothing.
 */
typedef struct ControlMeasure
{
	double		value;			/* NPS -100..100, CSAT 0..100, CES a mean on its scale */
	double		n;				/* Kish's effective number */
	double		variance;		/* of one answer, divided by n; never 0 but for one score */
} ControlMeasure;

extern bool control_bucket(const RatingSummary *s, RatingMetric metric, int32_t satisfied_from,
						   ControlBucket *bucket);
extern bool control_measure(const RatingSummary *s, RatingMetric metric, int32_t satisfied_from,
							ControlMeasure *measure);

#pragma GCC visibility pop

#endif							/* CONTROL_H */
