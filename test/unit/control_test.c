/* covers: core/control/control.c core/control/control_measure.c */

/*
 * control_test.c
 *		Control charts: Montgomery's example of a moving average, the rules of the signals one
 *		by one, and what summaries say about themselves.  Whole charts are compared with R in
 *		test/sql/control_reference.sql.
 */
#include "unit.h"

#include <math.h>

#include "control/control.h"

static void
expect(const char *what, int row, bool ok)
{
	check(ok, "%s, row %d", what, row);
}

static void
expect_close(const char *what, int row, double got, double want, double tolerance)
{
	check(fabs(got - want) <= tolerance, "%s, row %d: %.17g, not %.17g", what, row, got, want);
}

/*
 * D. C. Montgomery, Introduction to Statistical Quality Control, example 9.2: 30 values of
 * which the first 20 have the mean 10 and the others 11, standard deviation 1; lambda 0.1,
 * L 2.7.  The averages are those of his table, to its digits; a value outside three
 * standard errors there is not.
 */
static void
test_montgomery(void)
{
	static const double x[30] = {
		9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34,
		9.03, 11.47, 10.51, 9.40, 10.08, 9.37, 10.62, 10.31, 8.52, 10.84,
		10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52
	};
	static const double average[30] = {
		9.945, 9.7495, 9.70355, 9.8992, 10.1253, 10.1307, 9.92167, 10.0755, 9.98796, 10.0232,
		9.92384, 10.0785, 10.1216, 10.0495, 10.0525, 9.98426, 10.0478, 10.074, 9.91864, 10.0108,
		10.0997, 10.0227, 10.2495, 10.3745, 10.3971, 10.4654, 10.4568, 10.5731, 10.6468, 10.6341
	};
	ControlRule rule = {.lambda = 0.1, .width = 2.7, .lowest = -INFINITY, .highest = INFINITY};
	ControlBaseline baseline = {.centre = 10, .variance = 1, .dispersion = 1};
	ControlState state;

	control_start(&state);
	for (int i = 0; i < 30; i++)
	{
		ControlBucket bucket = {.value = x[i], .n = 1};
		ControlRow	row;

		control_add(&state, &rule, &bucket);
		row = control_read(&state, &rule, &baseline, &bucket);
		expect_close("Montgomery, average", i + 1, row.ewma, average[i], 6e-5);
		expect("Montgomery, signal", i + 1, row.signal == (i < 28 ? CONTROL_NONE : CONTROL_RISING));
		if (i == 0)
			expect_close("Montgomery, first limit", 1, row.ewma_high, 10.27, 1e-12);
		if (i == 1)
			expect_close("Montgomery, second limit", 2, row.ewma_high, 10.36, 4e-3);
	}
}

/* The signal of the last of some values around 50 with a standard error of 1. */
static ControlSignal
signal_after(const double *values, int n, double lambda)
{
	ControlRule rule = {.lambda = lambda, .width = 3, .lowest = 0, .highest = 100};
	ControlBaseline baseline = {.centre = 50, .variance = 25, .dispersion = 1};
	ControlState state;
	ControlRow	row = {0};

	control_start(&state);
	for (int i = 0; i < n; i++)
	{
		ControlBucket bucket = {.value = values[i], .n = 25};

		control_add(&state, &rule, &bucket);
		row = control_read(&state, &rule, &baseline, &bucket);
	}
	return row.signal;
}

#define SIGNAL(lambda, ...) \
	signal_after((const double[]) {__VA_ARGS__}, \
				 sizeof((const double[]) {__VA_ARGS__}) / sizeof(double), lambda)

static void
test_signals(void)
{
	expect("above", 1, SIGNAL(0.2, 53.01) == CONTROL_ABOVE);
	expect("on the limit", 2, SIGNAL(0.2, 53) == CONTROL_NONE);
	expect("below", 3, SIGNAL(0.2, 46.99) == CONTROL_BELOW);
	expect("rising", 4, SIGNAL(0.2, 52.5, 52.5, 52.5) == CONTROL_RISING);
	expect("falling", 5, SIGNAL(0.2, 47.5, 47.5, 47.5) == CONTROL_FALLING);
	expect("above before rising", 6, SIGNAL(0.2, 52.5, 52.5, 53.5) == CONTROL_ABOVE);
	expect("run of eight", 7,
		  SIGNAL(0.2, 50.1, 50.1, 50.2, 50.1, 50.1, 50.3, 50.1, 50.1) == CONTROL_RUN_OF_EIGHT);
	expect("seven are no run", 8,
		  SIGNAL(0.2, 49.9, 50.1, 50.2, 50.1, 50.1, 50.3, 50.1, 50.1) == CONTROL_NONE);
	expect("a run below", 9,
		  SIGNAL(0.2, 50.1, 49.9, 49.8, 49.9, 49.9, 49.9, 49.9, 49.9, 49.9) == CONTROL_RUN_OF_EIGHT);
	expect("the centre ends a run", 10,
		  SIGNAL(0.2, 50.1, 50.1, 50.1, 50, 50.1, 50.1, 50.1, 50.1, 50.1, 50.1) == CONTROL_NONE);
	expect("a run that goes on", 11,
		  SIGNAL(0.2, 50.1, 50.1, 50.1, 50.1, 50.1, 50.1, 50.1, 50.1, 50.1) == CONTROL_RUN_OF_EIGHT);
	expect("without memory", 12, SIGNAL(1, 52.9, 52.9, 52.9, 52.9) == CONTROL_NONE);
}

static void
test_limits(void)
{
	ControlRule rule = {.lambda = 0.2, .width = 3, .lowest = 0, .highest = 100};
	ControlBaseline baseline = {.centre = 90, .variance = 900, .dispersion = 2};
	ControlBucket bucket = {.value = 100, .n = 36};
	ControlState state;
	ControlRow	row;

	control_start(&state);
	control_add(&state, &rule, &bucket);
	row = control_read(&state, &rule, &baseline, &bucket);
	expect_close("low", 1, row.low, 90 - 3 * 2 * 30.0 / 6, 1e-12);
	expect_close("high is the end of the scale", 1, row.high, 100, 0);
	expect_close("average", 1, row.ewma, 92, 1e-12);
	expect_close("its limit", 1, row.ewma_low, 90 - 0.2 * 3 * 2 * 30.0 / 6, 1e-12);
	bucket.n = 9;
	control_add(&state, &rule, &bucket);
	row = control_read(&state, &rule, &baseline, &bucket);
	expect_close("fewer answers", 2, row.low, 90 - 3 * 2 * 30.0 / 3, 1e-12);
	expect_close("average", 2, row.ewma, 0.2 * 100 + 0.8 * 92, 1e-12);
	expect_close("its limit", 2, row.ewma_low,
				90 - 3 * 2 * sqrt(0.04 * 900 / 9 + 0.64 * 0.04 * 900 / 36), 1e-12);
}

/* z of 1, -1, 1 are 2 apart: 2 / 1.128; z of 0, 0.5, 0 are too near for a factor. */
static void
test_dispersion(void)
{
	ControlBaseline baseline = {.centre = 50, .variance = 100};
	ControlBucket far[] = {{60, 1}, {45, 4}, {60, 1}};
	ControlBucket near[] = {{50, 1}, {52.5, 4}, {50, 1}};

	expect_close("dispersion", 1, control_dispersion(far, 3, &baseline), 2 / 1.128, 1e-12);
	expect_close("at least 1", 2, control_dispersion(near, 3, &baseline), 1, 0);
	expect_close("one bucket", 3, control_dispersion(far, 1, &baseline), 1, 0);
	baseline.variance = 0;
	expect_close("no variance", 4, control_dispersion(far, 3, &baseline), 1, 0);
}

static RatingSummary *
summary_of(const char *text)
{
	static uint64_t memory[(RATING_MAX_SIZE + 7) / 8];
	RatingSummary *s = (RatingSummary *) memory;
	RatingParseError error;

	memset(memory, 0, sizeof(memory));
	if (!rating_parse(text, s, &error))
	{
		printf("%s: not read\n", text);
		exit(1);
	}
	return s;
}

static void
test_measures(void)
{
	static const struct
	{
		const char *text;
		RatingMetric metric;
		int32_t		from;
		double		value;
		double		n;
		double		variance;
	}			rows[] = {
		/* 2 detractors, 1 passive, 5 promoters: shares 1/4, 1/8, 5/8 */
		{"[0,10]{1,0,0,0,0,0,1,1,0,2,3}", METRIC_NPS, 0, 37.5, 8, 1e4 * (0.875 - 0.140625)},
		/* all promoters, and 3/4, 3/2, 3/4: 0.75, 1.5, 4.75 of 7 */
		{"[0,10]{0,0,0,0,0,0,0,0,0,2,2}", METRIC_NPS, 0, 100, 4, 1e4 * (5.5 / 7 - 16.0 / 49)},
		{"[1,5]{1,0,2,3,4}", METRIC_CSAT, 4, 70, 10, 1e4 * 0.21},
		{"[1,5]{1,0,2,3,4}", METRIC_CSAT, 5, 40, 10, 1e4 * 0.24},
		/* 3 of 3 satisfied, and 2 of 4 */
		{"[1,5]{0,0,0,1,2}", METRIC_CSAT, 4, 100, 3, 1e4 * 10 / 49},
		/* everybody is satisfied by definition: no variance */
		{"[1,5]{0,0,0,1,2}", METRIC_CSAT, 1, 100, 3, 0},
		{"[1,7]{1,0,0,0,0,0,3}", METRIC_CES, 0, 5.5, 4, 6.75},
		/* 2 answers of -3, and one of -5 and one of -1 */
		{"[-5,-1]{0,0,2,0,0}", METRIC_CES, 0, -3, 2, 2},
	};
	ControlMeasure m;

	for (int i = 0; i < LENGTH(rows); i++)
	{
		expect("measured", i + 1,
			  control_measure(summary_of(rows[i].text), rows[i].metric, rows[i].from, &m));
		expect_close("value", i + 1, m.value, rows[i].value, 1e-12);
		expect_close("n", i + 1, m.n, rows[i].n, 1e-12);
		expect_close("variance", i + 1, m.variance, rows[i].variance, 1e-9);
	}
	expect("no answers", 1, !control_measure(summary_of("[1,5]{0,0,0,0,0}"), METRIC_CES, 0, &m));
}

/* Weights 3, 1, 1, 1 are worth 36 / 12 = 3 answers, half of the weight with one of them. */
static void
test_weights(void)
{
	static const int32_t score[] = {10, 0, 5, 6};
	uint64_t	memory[(RATING_MAX_SIZE + 7) / 8] = {0};
	RatingSummary *s = (RatingSummary *) memory;
	ControlMeasure m;

	rating_init(s, NPS_LOW, NPS_POINTS, true);
	expect("no weight", 1, !control_measure(s, METRIC_NPS, 0, &m));
	for (int i = 0; i < 4; i++)
		expect("weight", i, rating_add_weighted(s, score[i], (i == 0 ? 3 : 1) * RATING_WEIGHT_UNITS)
			  == RATING_OK);
	expect("measured", 2, control_measure(s, METRIC_NPS, 0, &m));
	expect_close("value", 2, m.value, 0, 1e-12);
	expect_close("n", 2, m.n, 3, 1e-12);
	expect_close("variance", 2, m.variance, 1e4, 1e-9);
	expect("as CES", 3, control_measure(s, METRIC_CES, 0, &m));
	expect_close("mean", 3, m.value, 41.0 / 6, 1e-12);
}

int
main(void)
{
	test_montgomery();
	test_signals();
	test_limits();
	test_dispersion();
	test_measures();
	test_weights();
	return unit_end();
}
