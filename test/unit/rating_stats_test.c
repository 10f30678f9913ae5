/* covers: core/rating/nps_stats.c core/rating/csat_stats.c core/rating/ces_stats.c core/rating/sample_size.c */

/*
 * Compares the intervals and tests of NPS, CSAT and CES with reference values
 * to 1e-9, and checks on a grid of counts what must hold for all of them: an
 * interval contains its point estimate, stays on the scale and grows with the
 * level; a test changes sign when its groups are swapped.
 */
#include "unit.h"

#include <math.h>

#include "rating/rating_stats.h"
#include "rating_stats_reference.h"

#define TOLERANCE		1e-9

static double worst = 0.0;

static void
check_close(const char *what, int row, double got, double want)
{
	if (!check(got == want || fabs(got - want) <= TOLERANCE * fabs(want),
			   "%s, row %d: %.17g, not %.17g", what, row, got, want))
		return;
	if (got != want)
		worst = fmax(worst, fabs(got / want - 1.0));
}

static void
report(const char *what, int rows)
{
	printf("%-16s %4d rows, largest relative error %.1e\n", what, rows, worst);
	worst = 0.0;
}


/* ----------
 * Reference values
 * ----------
 */

static void
reference_nps_intervals(void)
{
	for (int i = 0; i < LENGTH(nps_intervals); i++)
	{
		const NpsCounts *counts = &nps_intervals[i].counts;
		ConfidenceInterval interval = {NAN, NAN};

		check(nps_interval(counts, nps_intervals[i].level, &interval), "nps_interval, row %d", i);
		check_close("nps_score", i, nps_score(counts), nps_intervals[i].score);
		check_close("nps_variance", i, nps_variance(counts), nps_intervals[i].variance);
		check_close("nps_stderr", i, nps_stderr(counts), nps_intervals[i].std_error);
		check_close("nps_interval low", i, interval.low, nps_intervals[i].low);
		check_close("nps_interval high", i, interval.high, nps_intervals[i].high);
	}
	report("nps_interval", LENGTH(nps_intervals));
}

static void
reference_csat_intervals(void)
{
	for (int i = 0; i < LENGTH(csat_intervals); i++)
	{
		ConfidenceInterval interval = {NAN, NAN};

		check(csat_interval(&csat_intervals[i].counts, csat_intervals[i].level, &interval),
			  "csat_interval, row %d", i);
		check_close("csat_interval low", i, interval.low, csat_intervals[i].low);
		check_close("csat_interval high", i, interval.high, csat_intervals[i].high);
	}
	report("csat_interval", LENGTH(csat_intervals));
}

/* A sample that is worth as many answers as it has. */
static ScoreSample
sample_of(const double *frequencies, int points, double lowest)
{
	ScoreSample sample = {NAN, NAN, NAN};
	double		n = 0.0;

	for (int i = 0; i < points; i++)
		n += frequencies[i];
	score_sample(frequencies, points, lowest, n, &sample);
	return sample;
}

static void
reference_ces_intervals(void)
{
	for (int i = 0; i < LENGTH(ces_intervals); i++)
	{
		double		lowest = ces_intervals[i].lowest;
		double		highest = lowest + ces_intervals[i].points - 1;
		double		level = ces_intervals[i].level;
		ScoreSample sample = sample_of(ces_intervals[i].counts, ces_intervals[i].points, lowest);
		ConfidenceInterval interval = {NAN, NAN};

		check(ces_interval(&sample, -INFINITY, INFINITY, level, &interval),
			  "ces_interval, row %d", i);
		check_close("ces_interval unclipped low", i, interval.low, ces_intervals[i].unclipped_low);
		check_close("ces_interval unclipped high", i, interval.high, ces_intervals[i].unclipped_high);
		check(ces_interval(&sample, lowest, highest, level, &interval),
			  "ces_interval, row %d", i);
		check_close("ces_interval low", i, interval.low, ces_intervals[i].low);
		check_close("ces_interval high", i, interval.high, ces_intervals[i].high);
	}
	report("ces_interval", LENGTH(ces_intervals));
}

static void
reference_nps_tests(void)
{
	for (int i = 0; i < LENGTH(nps_tests); i++)
	{
		TestResult	result = {0};

		check(nps_test(&nps_tests[i].before, &nps_tests[i].after, nps_tests[i].level, &result),
			  "nps_test, row %d", i);
		check_close("nps_test difference", i, result.difference, nps_tests[i].difference);
		check_close("nps_test std_error", i, result.std_error, nps_tests[i].std_error);
		check_close("nps_test statistic", i, result.statistic, nps_tests[i].statistic);
		check_close("nps_test p_value", i, result.p_value, nps_tests[i].p_value);
		check_close("nps_test low", i, result.low, nps_tests[i].low);
		check_close("nps_test high", i, result.high, nps_tests[i].high);
	}
	report("nps_test", LENGTH(nps_tests));
}

static void
reference_csat_tests(void)
{
	for (int i = 0; i < LENGTH(csat_tests); i++)
	{
		TestResult	result = {0};

		check(csat_test(&csat_tests[i].before, &csat_tests[i].after, csat_tests[i].level,
						&result), "csat_test, row %d", i);
		check_close("csat_test difference", i, result.difference, csat_tests[i].difference);
		check_close("csat_test std_error", i, result.std_error, csat_tests[i].std_error);
		check_close("csat_test statistic", i, result.statistic, csat_tests[i].statistic);
		check_close("csat_test p_value", i, result.p_value, csat_tests[i].p_value);
		check_close("csat_test low", i, result.low, csat_tests[i].low);
		check_close("csat_test high", i, result.high, csat_tests[i].high);
	}
	report("csat_test", LENGTH(csat_tests));
}

static void
reference_ces_tests(void)
{
	for (int i = 0; i < LENGTH(ces_tests); i++)
	{
		int			points = ces_tests[i].points;
		double		level = ces_tests[i].level;
		ScoreSample before = sample_of(ces_tests[i].before, points, ces_tests[i].lowest);
		ScoreSample after = sample_of(ces_tests[i].after, points, ces_tests[i].lowest);
		TestResult	result = {0};

		check(ces_test(&before, &after, INFINITY, level, &result), "ces_test, row %d", i);
		check_close("ces_test difference", i, result.difference, ces_tests[i].difference);
		check_close("ces_test std_error", i, result.std_error, ces_tests[i].std_error);
		check_close("ces_test statistic", i, result.statistic, ces_tests[i].statistic);
		check_close("ces_test p_value", i, result.p_value, ces_tests[i].p_value);
		check_close("ces_test unclipped low", i, result.low, ces_tests[i].unclipped_low);
		check_close("ces_test unclipped high", i, result.high, ces_tests[i].unclipped_high);
		check(ces_test(&before, &after, points - 1, level, &result), "ces_test, row %d", i);
		check_close("ces_test low", i, result.low, ces_tests[i].low);
		check_close("ces_test high", i, result.high, ces_tests[i].high);
	}
	report("ces_test", LENGTH(ces_tests));
}

static void
reference_sample_sizes(void)
{
	for (int i = 0; i < LENGTH(sample_sizes); i++)
	{
		const NpsCounts *expected = &sample_sizes[i].expected;
		bool		given = expected->detractors + expected->passives + expected->promoters > 0;
		int64_t		answers = 0;

		check(nps_sample_size(sample_sizes[i].margin, sample_sizes[i].level,
							  given ? expected : NULL, &answers), "nps_sample_size, row %d", i);
		check(answers == sample_sizes[i].answers, "nps_sample_size, row %d", i);
	}
	report("nps_sample_size", LENGTH(sample_sizes));
}


/* ----------
 * What holds for all counts
 * ----------
 */

static const double grid_counts[] = {0, 0.5, 1, 2, 3, 7, 50, 1001, 1e6 + 1, 3e9, 9e15};
static const double grid_levels[] = {1e-300, 1e-9, 0.1, 0.5, 0.8, 0.95, 0.9999, 1 - 0x1p-53};

static bool
holds(ConfidenceInterval interval, double estimate, double lowest, double highest)
{
	return interval.low <= estimate && estimate <= interval.high &&
		interval.low >= lowest && interval.high <= highest;
}

static bool
contains(ConfidenceInterval outer, ConfidenceInterval inner)
{
	return outer.low <= inner.low && inner.high <= outer.high;
}

static void
nps_laws(int row, const NpsCounts *counts)
{
	ConfidenceInterval inner = {NAN, NAN};

	for (int i = 0; i < LENGTH(grid_levels); i++)
	{
		ConfidenceInterval interval = {NAN, NAN};

		check(nps_interval(counts, grid_levels[i], &interval), "nps_interval, row %d", row);
		check(holds(interval, nps_score(counts), -100, 100), "nps_interval holds, row %d", row);
		check(i == 0 || contains(interval, inner), "nps_interval grows, row %d", row);
		inner = interval;
	}
}

static void
csat_laws(int row, const CsatCounts *counts)
{
	double		estimate = 100 * (counts->satisfied / (counts->satisfied + counts->others));
	ConfidenceInterval inner = {NAN, NAN};

	for (int i = 0; i < LENGTH(grid_levels); i++)
	{
		ConfidenceInterval interval = {NAN, NAN};

		check(csat_interval(counts, grid_levels[i], &interval), "csat_interval, row %d", row);
		check(holds(interval, estimate, 0, 100), "csat_interval holds, row %d", row);
		check(i == 0 || contains(interval, inner), "csat_interval grows, row %d", row);
		check(counts->satisfied > 0 || interval.low == 0, "csat_interval at 0, row %d", row);
		check(counts->others > 0 || interval.high == 100, "csat_interval at 100, row %d", row);
		inner = interval;
	}
}

static void
ces_laws(int row, const double *frequencies)
{
	ScoreSample sample = sample_of(frequencies, 3, 1);
	ConfidenceInterval inner = {NAN, NAN};

	for (int i = 0; i < LENGTH(grid_levels); i++)
	{
		ConfidenceInterval interval = {NAN, NAN};

		check(ces_interval(&sample, 1, 3, grid_levels[i], &interval) == (sample.n >= 2),
			  "ces_interval, row %d", row);
		if (sample.n < 2)
			continue;
		check(holds(interval, sample.mean, 1, 3), "ces_interval holds, row %d", row);
		check(i == 0 || contains(interval, inner), "ces_interval grows, row %d", row);
		inner = interval;
	}
}

static bool
is_opposite_number(double a, double b, double span)
{
	return fabs(a + b) <= 1e-13 * span;
}

/* b is the result with the groups of a swapped. */
static bool
is_opposite(const TestResult *a, const TestResult *b, double span)
{
	return is_opposite_number(a->difference, b->difference, span) &&
		is_opposite_number(a->statistic, b->statistic, fabs(a->statistic)) &&
		is_opposite_number(a->std_error, -b->std_error, a->std_error) &&
		is_opposite_number(a->p_value, -b->p_value, 1) &&
		is_opposite_number(a->low, b->high, span) &&
		is_opposite_number(a->high, b->low, span);
}

static void
check_result(const char *what, int row, const TestResult *result,
			 const TestResult *swapped, double span)
{
	ConfidenceInterval interval = {result->low, result->high};

	check(holds(interval, result->difference, -span, span), "%s, row %d", what, row);
	check(result->p_value >= 0 && result->p_value <= 1, "%s, row %d", what, row);
	check(result->std_error >= 0 && isfinite(result->statistic), "%s, row %d", what, row);
	check(result->difference * result->statistic >= 0 || what[0] == 'n', "%s, row %d", what, row);
	check(is_opposite(result, swapped, span), "%s, row %d", what, row);
}

static void
pair_laws(int row, const double *b, const double *a, double level)
{
	const NpsCounts nps_before = {b[0], b[1], b[2]};
	const NpsCounts nps_after = {a[0], a[1], a[2]};
	const CsatCounts csat_before = {b[0], b[1] + b[2]};
	const CsatCounts csat_after = {a[0], a[1] + a[2]};
	ScoreSample ces_before = sample_of(b, 3, 1);
	ScoreSample ces_after = sample_of(a, 3, 1);
	TestResult	result;
	TestResult	swapped;

	check(nps_test(&nps_before, &nps_after, level, &result) &&
		  nps_test(&nps_after, &nps_before, level, &swapped), "nps_test, row %d", row);
	check_result("nps_test", row, &result, &swapped, 200);
	if (b[0] + b[1] + b[2] + a[0] + a[1] + a[2] > 1)
	{
		check(csat_test(&csat_before, &csat_after, level, &result) &&
			  csat_test(&csat_after, &csat_before, level, &swapped), "csat_test, row %d", row);
		check_result("csat_test", row, &result, &swapped, 100);
	}
	if (ces_test(&ces_before, &ces_after, 2, level, &result))
	{
		check(ces_test(&ces_after, &ces_before, 2, level, &swapped), "ces_test, row %d", row);
		check_result("ces_test", row, &result, &swapped, 2);
	}
	else
		check(ces_before.n < 2 || ces_after.n < 2 ||
			  ces_before.variance + ces_after.variance == 0, "ces_test, row %d", row);
}

/* Row i of all triples over the grid. */
static void
grid_triple(int row, double *triple)
{
	for (int i = 0; i < 3; i++)
	{
		triple[i] = grid_counts[row % LENGTH(grid_counts)];
		row /= LENGTH(grid_counts);
	}
}

static void
laws_on_grid(void)
{
	int			rows = LENGTH(grid_counts) * LENGTH(grid_counts) * LENGTH(grid_counts);

	for (int row = 1; row < rows; row++)
	{
		double		triple[3];
		double		other[3];

		grid_triple(row, triple);
		nps_laws(row, &(NpsCounts) {triple[0], triple[1], triple[2]});
		csat_laws(row, &(CsatCounts) {triple[0], triple[1] + triple[2]});
		ces_laws(row, triple);
		for (int i = 1; i < rows; i += 37)
		{
			grid_triple(i, other);
			pair_laws(row, triple, other, grid_levels[(row + i) % LENGTH(grid_levels)]);
		}
	}
	printf("%-16s %4d triples, %d levels\n", "laws", rows - 1, LENGTH(grid_levels));
}


/* ----------
 * No result, and special values
 * ----------
 */

static void
no_result(void)
{
	const double bad[] = {NAN, -1, INFINITY};
	const NpsCounts nps = {1, 2, 3};
	const NpsCounts no_nps = {0};
	const CsatCounts csat = {1, 2};
	const CsatCounts no_csat = {0};
	ConfidenceInterval interval = {7, 7};
	TestResult	result = {.p_value = 7};
	int64_t		answers = 7;

	check(isnan(nps_score(&no_nps)) && isnan(nps_variance(&no_nps)) &&
		  isnan(nps_stderr(&no_nps)), "no answers, row 1");
	check(!nps_interval(&no_nps, 0.9, &interval), "no answers, row 2");
	check(!csat_interval(&no_csat, 0.9, &interval), "no answers, row 3");
	check(!nps_test(&nps, &no_nps, 0.9, &result) && !nps_test(&no_nps, &nps, 0.9, &result),
		  "no answers, row 4");
	check(!csat_test(&csat, &no_csat, 0.9, &result) && !csat_test(&no_csat, &csat, 0.9, &result),
		  "no answers, row 5");
	check(!nps_sample_size(5, 0.9, &no_nps, &answers), "no answers, row 6");
	for (int i = 0; i < LENGTH(bad); i++)
	{
		check(isnan(nps_variance(&(NpsCounts) {bad[i], 9, 9})), "bad count, row %d", i);
		check(!nps_interval(&(NpsCounts) {9, bad[i], 9}, 0.9, &interval), "bad count, row %d", i);
		check(!csat_interval(&(CsatCounts) {9, bad[i]}, 0.9, &interval), "bad count, row %d", i);
		check(!nps_test(&(NpsCounts) {9, 9, bad[i]}, &nps, 0.9, &result), "bad count, row %d", i);
		check(!csat_test(&csat, &(CsatCounts) {bad[i], 9}, 0.9, &result), "bad count, row %d", i);
		check(!nps_interval(&nps, bad[i], &interval) &&
			  !csat_interval(&csat, bad[i], &interval) &&
			  !nps_test(&nps, &nps, bad[i], &result) &&
			  !csat_test(&csat, &csat, bad[i], &result) &&
			  !nps_sample_size(5, bad[i], NULL, &answers), "bad level, row %d", i);
		check(!nps_sample_size(bad[i], 0.9, NULL, &answers), "bad margin, row %d", i);
	}
	check(!nps_sample_size(0, 0.9, NULL, &answers), "margin 0");
	check(!nps_sample_size(1e-7, 0.95, NULL, &answers), "tiny margin");
	check(interval.low == 7 && result.p_value == 7 && answers == 7, "untouched");
}

static void
no_ces_result(void)
{
	const ScoreSample good = {5, 3, 1};
	const ScoreSample bad[] = {{1, 3, NAN}, {1.5, 3, 1}, {NAN, 3, 1}, {5, NAN, 1}, {5, 3, -1},
	{5, 3, INFINITY}, {INFINITY, 3, 1}, {0, NAN, NAN}};
	ConfidenceInterval interval = {7, 7};
	TestResult	result = {.p_value = 7};

	for (int i = 0; i < LENGTH(bad); i++)
		check(!ces_interval(&bad[i], 1, 7, 0.9, &interval) &&
			  !ces_test(&bad[i], &good, 6, 0.9, &result) &&
			  !ces_test(&good, &bad[i], 6, 0.9, &result), "bad sample, row %d", i);
	check(!ces_interval(&good, 1, 7, 1, &interval) && !ces_test(&good, &good, 6, 0, &result),
		  "bad level");
	check(!ces_test(&(ScoreSample) {9, 1, 0}, &(ScoreSample) {9, 7, 0}, 6, 0.9, &result),
		  "two constants");
	check(interval.low == 7 && result.p_value == 7, "untouched");
	check(ces_test(&(ScoreSample) {9, 3, 0}, &(ScoreSample) {2, 3, 0}, 6, 0.9, &result) &&
		  result.p_value == 1 && result.low == 0 && result.high == 0, "same constants");
}

/* 0.1 * 3 / 0.1 is not 3 in doubles: that must not make scores scatter. */
static void
weighted_samples(void)
{
	const double constant[] = {0, 0, 0, 0.1, 0, 0};
	const double none[] = {0, 0};
	const double negative[] = {1, -1};
	const double tenths[] = {0.1, 0.2, 0.3};
	const double wholes[] = {1, 2, 3};
	ScoreSample sample;
	ScoreSample other;

	check(score_sample(constant, 6, 1, 3, &sample) && sample.n == 3 && sample.mean == 4 &&
		  sample.variance == 0, "constant");
	check(score_sample(constant, 6, 1, 1, &sample) && isnan(sample.variance), "one answer");
	check(!score_sample(none, 2, 1, 0, &sample), "no answers");
	check(!score_sample(negative, 2, 1, 3, &sample), "negative");
	check(score_sample(tenths, 3, 1, 6, &sample) && score_sample(wholes, 3, 1, 6, &other),
		  "scaled");
	check_close("scaled mean", 0, sample.mean, other.mean);
	check_close("scaled variance", 0, sample.variance, other.variance);
	check(score_sample(wholes, 3, 1, 2 - 0x1p-51, &sample) &&
		  ces_interval(&sample, 1, 3, 0.9, &(ConfidenceInterval) {0}), "nearly two");
}

/* What people will look up first. */
static void
published_values(void)
{
	const NpsCounts sfo_2017 = {342, 968, 1436};
	const NpsCounts sfo_2018 = {447, 935, 1268};
	const NpsCounts one_promoter = {0, 0, 1};
	TestResult	result = {0};
	ConfidenceInterval interval = {0};
	int64_t		answers = 0;

	check(fabs(nps_score(&sfo_2017) - 39.84) < 0.005, "SFO");
	check(fabs(nps_score(&sfo_2018) - 30.98) < 0.005, "SFO, row 1");
	check(nps_test(&sfo_2017, &sfo_2018, 0.95, &result) &&
		  fabs(result.difference - -8.9) < 0.05 && fabs(result.statistic - -4.5) < 0.05,
		  "SFO, row 2");
	check(nps_interval(&one_promoter, 0.95, &interval) && interval.high == 100, "one promoter");
	check(nps_sample_size(5, 0.95, NULL, &answers) && answers == 1537, "5 points");
}

/* Newcombe (1998), Table II, method 10: examples (a) to (h), 4 decimals. */
static void
newcombe_examples(void)
{
	static const struct
	{
		CsatCounts	after,
					before;
		double		low,
					high;
	}			examples[] = {
		{{56, 14}, {48, 32}, 0.0524, 0.3339},
		{{9, 1}, {3, 7}, 0.1705, 0.8090},
		{{6, 1}, {2, 5}, 0.0582, 0.8062},
		{{5, 51}, {0, 29}, -0.0381, 0.1926},
		{{0, 10}, {0, 20}, -0.1611, 0.2775},
		{{0, 10}, {0, 10}, -0.2775, 0.2775},
		{{10, 0}, {0, 20}, 0.6791, 1.0000},
		{{10, 0}, {0, 10}, 0.6075, 1.0000},
	};

	for (int i = 0; i < LENGTH(examples); i++)
	{
		TestResult	result = {0};

		csat_test(&examples[i].before, &examples[i].after, 0.95, &result);
		check(fabs(result.low / 100 - examples[i].low) <= 0.00005, "Newcombe low, row %d", i);
		check(fabs(result.high / 100 - examples[i].high) <= 0.00005, "Newcombe high, row %d", i);
	}
}

int
main(void)
{
	reference_nps_intervals();
	reference_csat_intervals();
	reference_ces_intervals();
	reference_nps_tests();
	reference_csat_tests();
	reference_ces_tests();
	reference_sample_sizes();
	laws_on_grid();
	no_result();
	no_ces_result();
	weighted_samples();
	published_values();
	newcombe_examples();
	return unit_end();
}
