/*
 * control.c
 *		The rows of a control chart; the formulas and their sources are in control.h.
 */
#include <math.h>

#include "control/control.h"

/* The mean of |a - b| of two standard normal numbers: 2 / sqrt(pi), to 3 digits. */
#define MEAN_RANGE		1.128

/*
 * Two values that are equal may come out apart by a few roundings when they are of
 * weighted answers.  This part of the scale is no side of the centre.
 */
#define ROUNDING		1e-13

void
control_start(ControlState *state)
{
	*state = (ControlState) {.rest = 1};
}

void
control_add(ControlState *state, const ControlRule *rule, const ControlBucket *bucket)
{
	double		keep = 1 - rule->lambda;

	state->sum = rule->lambda * bucket->value + keep * state->sum;
	state->rest *= keep;
	state->spread = rule->lambda * rule->lambda / bucket->n + keep * keep * state->spread;
	state->last[state->values++ % CONTROL_RUN] = bucket->value;
}

/* centre +- half, cut to the scale */
static void
set_limits(const ControlRule *rule, double centre, double half, double *low, double *high)
{
	*low = fmax(centre - half, rule->lowest);
	*high = fmin(centre + half, rule->highest);
}

/* Are the last values all on one side of the centre?  On it is on neither. */
static bool
is_run(const ControlState *state, const ControlRule *rule, double centre)
{
	double		least = ROUNDING * (rule->highest - rule->lowest);
	int			above = 0;
	int			below = 0;

	if (state->values < CONTROL_RUN)
		return false;
	for (int i = 0; i < CONTROL_RUN; i++)
	{
		above += state->last[i] - centre > least;
		below += centre - state->last[i] > least;
	}
	return above == CONTROL_RUN || below == CONTROL_RUN;
}

static ControlSignal
find_signal(const ControlState *state, const ControlRule *rule, const ControlRow *row,
			double value, double centre)
{
	if (value > row->high)
		return CONTROL_ABOVE;
	if (value < row->low)
		return CONTROL_BELOW;
	if (row->ewma > row->ewma_high)
		return CONTROL_RISING;
	if (row->ewma < row->ewma_low)
		return CONTROL_FALLING;
	return is_run(state, rule, centre) ? CONTROL_RUN_OF_EIGHT : CONTROL_NONE;
}

/* The row of the bucket that was added last. */
ControlRow
control_read(const ControlState *state, const ControlRule *rule, const ControlBaseline *baseline,
			 const ControlBucket *bucket)
{
	double		reach = rule->width * baseline->dispersion * sqrt(baseline->variance);
	double		centre = baseline->centre;
	ControlRow	row;

	set_limits(rule, centre, reach / sqrt(bucket->n), &row.low, &row.high);
	row.ewma = fmin(fmax(state->sum + state->rest * centre, rule->lowest), rule->highest);
	set_limits(rule, centre, reach * sqrt(state->spread), &row.ewma_low, &row.ewma_high);
	row.signal = find_signal(state, rule, &row, bucket->value, centre);
	return row;
}

/*
 * By how much more the buckets of a baseline scatter than their answers would, by
 * Laney's moving range; 1 when they scatter less, or when there is nothing to compare.
 */
double
control_dispersion(const ControlBucket *buckets, int n, const ControlBaseline *baseline)
{
	double		ranges = 0;
	double		before = 0;

	if (n < 2 || !(baseline->variance > 0))
		return 1;
	for (int i = 0; i < n; i++)
	{
		double		z = (buckets[i].value - baseline->centre) /
			sqrt(baseline->variance / buckets[i].n);

		if (i > 0)
			ranges += fabs(z - before);
		before = z;
	}
	return fmax(1, ranges / (n - 1) / MEAN_RANGE);
}
