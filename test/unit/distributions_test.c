/* covers: core/rating/distributions.c */

/*
 * Compares the normal and Student t functions with 40-digit values, and
 * checks what holds for every argument: domains, symmetry, and that critical
 * values and tails are inverse to each other.
 */
#include "unit.h"

#include <float.h>
#include <math.h>

#include "rating/distributions.h"
#include "distributions_reference.h"

#define TOLERANCE		1e-12

static double worst = 0.0;

static void
check_value(bool ok, const char *what, double x, double y, double got, double want)
{
	check(ok, "%s(%.17g, %.17g) = %.17g, not %.17g", what, x, y, got, want);
}

/* Values below DBL_MIN have fewer digits, so they may differ by that much. */
static void
check_close(const char *what, double x, double y, double got, double want)
{
	double		allowed = fmax(TOLERANCE * fabs(want), DBL_MIN);

	check_value(got == want || fabs(got - want) <= allowed, what, x, y, got, want);
	if (got != want && fabs(got - want) <= allowed && fabs(want) > DBL_MIN)
		worst = fmax(worst, fabs(got / want - 1.0));
}

static void
check_nan(const char *what, double x, double y, double got)
{
	check_value(isnan(got), what, x, y, got, NAN);
}

static void
report(const char *what)
{
	printf("%-24s largest relative error %.1e\n", what, worst);
	worst = 0.0;
}

static void
test_normal(void)
{
	for (int i = 0; i < LENGTH(normal_tails); i++)
	{
		double		z = normal_tails[i].z;

		check_close("normal_upper_tail", z, 0, normal_upper_tail(z), normal_tails[i].upper);
		check_close("normal_two_sided_p", z, 0, normal_two_sided_p(z), normal_tails[i].two_sided);
		check_close("normal_two_sided_p", -z, 0, normal_two_sided_p(-z), normal_tails[i].two_sided);
	}
	report("normal tails");
	for (int i = 0; i < LENGTH(normal_quantiles); i++)
		check_close("normal_quantile", normal_quantiles[i].p, 0,
					normal_quantile(normal_quantiles[i].p), normal_quantiles[i].z);
	report("normal quantiles");
	for (int i = 0; i < LENGTH(normal_criticals); i++)
		check_close("normal_critical", normal_criticals[i].level, 0,
					normal_critical(normal_criticals[i].level), normal_criticals[i].z);
	report("normal critical values");
}

static void
test_student(void)
{
	for (int i = 0; i < LENGTH(student_tails); i++)
	{
		double		t = student_tails[i].t;
		double		df = student_tails[i].df;

		check_close("student_t_two_sided_p", t, df,
					student_t_two_sided_p(t, df), student_tails[i].p);
		check_close("student_t_two_sided_p", -t, df,
					student_t_two_sided_p(-t, df), student_tails[i].p);
	}
	report("Student t tails");
	for (int i = 0; i < LENGTH(student_criticals); i++)
		check_close("student_t_critical", student_criticals[i].level, student_criticals[i].df,
					student_t_critical(student_criticals[i].level, student_criticals[i].df),
					student_criticals[i].t);
	report("Student t critical values");
}

/* On a fine grid, also between the values of the table. */
static void
test_round_trips(void)
{
	for (double level = 1.0 / 128; level < 1.0; level += 1.0 / 128)
	{
		check_close("1 - critical p", level, 0,
					1.0 - normal_two_sided_p(normal_critical(level)), level);
		check_close("symmetry", level, 0, normal_quantile(1.0 - level), -normal_quantile(level));
		for (double df = 0.5; df < 1e13; df *= 1.9)
			check_close("1 - student critical p", level, df,
						1.0 - student_t_two_sided_p(student_t_critical(level, df), df), level);
	}
	for (double p = 0.25; p > 1e-300; p *= 0.037)
		check_close("tail of quantile", p, 0, normal_upper_tail(-normal_quantile(p)), p);
	report("round trips");
}

/* Known in closed form: df = 1 is Cauchy, df = 2 is algebraic. */
static void
test_closed_forms(void)
{
	for (double t = 1e-6; t < 1e6; t *= 1.7)
	{
		check_close("Cauchy", t, 1, student_t_two_sided_p(t, 1),
					t < 1 ? 1 - 2 * atan(t) / acos(-1) : 2 * atan(1 / t) / acos(-1));
		check_close("df 2", t, 2, student_t_two_sided_p(t, 2),
					2 / (2 + t * t) / (1 + t / sqrt(2 + t * t)));
	}
	check_close("infinite df", 1.5, INFINITY, student_t_two_sided_p(1.5, INFINITY),
				normal_two_sided_p(1.5));
	check_close("infinite df", 0.9, INFINITY, student_t_critical(0.9, INFINITY),
				normal_critical(0.9));
	report("closed forms");
}

static void
test_domains(void)
{
	const double bad_levels[] = {NAN, -INFINITY, -1, -0.0, 0, 1, 1.5, INFINITY};
	const double bad_dfs[] = {NAN, -INFINITY, -1, -0.0, 0};

	for (int i = 0; i < LENGTH(bad_levels); i++)
	{
		check_nan("normal_quantile", bad_levels[i], 0, normal_quantile(bad_levels[i]));
		check_nan("normal_critical", bad_levels[i], 0, normal_critical(bad_levels[i]));
		check_nan("student_t_critical", bad_levels[i], 3, student_t_critical(bad_levels[i], 3));
	}
	for (int i = 0; i < LENGTH(bad_dfs); i++)
	{
		check_nan("student_t_critical", 0.5, bad_dfs[i], student_t_critical(0.5, bad_dfs[i]));
		check_nan("student_t_two_sided_p", 0.5, bad_dfs[i], student_t_two_sided_p(0.5, bad_dfs[i]));
	}
	check_nan("normal_upper_tail", NAN, 0, normal_upper_tail(NAN));
	check_nan("normal_two_sided_p", NAN, 0, normal_two_sided_p(NAN));
	check_nan("student_t_two_sided_p", NAN, 3, student_t_two_sided_p(NAN, 3));
}

/* The ends of the domain: exact where the limit is exact, and never a hang. */
static void
test_limits(void)
{
	check_close("tail at -inf", 0, 0, normal_upper_tail(-INFINITY), 1);
	check_close("tail at inf", 0, 0, normal_upper_tail(INFINITY), 0);
	check_close("t = 0", 0, 3, student_t_two_sided_p(0, 3), 1);
	check_close("t = inf", INFINITY, 3, student_t_two_sided_p(INFINITY, 3), 0);
	check_close("t = inf", INFINITY, INFINITY, student_t_two_sided_p(INFINITY, INFINITY), 0);
	check_close("huge t", DBL_MAX, 3, student_t_two_sided_p(DBL_MAX, 3), 0);
	check_close("tiny df", 1e-3, 0, student_t_critical(0.9999999, 1e-3), INFINITY);
	check_value(fabs(normal_quantile(5e-324) + 38.467405617144346) < 0.01, "normal_quantile", 5e-324,
				0, normal_quantile(5e-324), -38.4674056);
}

int
main(void)
{
	test_normal();
	test_student();
	test_round_trips();
	test_closed_forms();
	test_domains();
	test_limits();
	return unit_end();
}
