/*-------------------------------------------------------------------------
 *
 * distributions.c
 *	  Probabilities and critical values of the normal and Student t
 *	  distributions.
 *
 * Normal: tails come from the C library's erf() and erfc(), which keep their
 * relative accuracy where 1 - erf() would not.  Quantiles are Newton
 * iterations on whichever of the two is small, started from Abramowitz and
 * Stegun, Handbook of Mathematical Functions, 26.2.23 (tail) or from the
 * Maclaurin series of the inverse error function (centre).
 *
 * Student t: with x = df / (df + t^2) and a = df / 2, the two-sided p-value is
 * the regularized incomplete beta function I_x(a, 1/2) (A&S 26.7.1).  Both the
 * probability inside (-t, t) and the one outside are a common factor, here
 * called the kernel,
 *
 *		x^a (1 - x)^(1/2) / B(a, 1/2)
 *
 * times a sum or a continued fraction that is well-conditioned however large
 * df is: no term of it subtracts nearly equal numbers, and the kernel needs no
 * difference of lgamma() values, which would lose as many digits as df has.
 * The kernel is also half of |dp / d(ln t)|, so that Newton's method for the
 * critical value has its derivative for nothing.
 *
 *-------------------------------------------------------------------------
 */
#include <float.h>
#include <math.h>

#include "rating/distributions.h"

#define SQRT_2			1.41421356237309504880
#define SQRT_HALF		0.70710678118654752440
#define SQRT_PI			1.77245385090551602730
#define HALF_SQRT_PI	0.88622692545275801365

/* Newton steps from a start with 3 right digits; each doubles them. */
#define NORMAL_STEPS	3

/* From here on Student's t and the normal differ by less than a rounding. */
#define NORMAL_DF		1e20

/* After a step of this relative size the next one would be its square. */
#define LAST_STEP		1e-8

/* Never reached for df >= 0.01 (72 terms, 10 steps); they bound the loops. */
#define MAX_TERMS		1000
#define MAX_STEPS		100

/* Arguments at least this large use the asymptotic series for gamma ratios. */
#define SERIES_FROM		15.0

/* What is known of Student's t at one value of t. */
typedef struct StudentPoint
{
	double		a;				/* df / 2 */
	double		x;				/* df / (df + t^2) */
	double		y;				/* t^2 / (df + t^2) */
	double		kernel;			/* see the head of this file */
	double		inside;			/* P(|T| <= t) */
	double		outside;		/* P(|T| > t) */
} StudentPoint;


/* ----------
 * Normal distribution
 * ----------
 */

double
normal_upper_tail(double z)
{
	return 0.5 * erfc(z * SQRT_HALF);
}

double
normal_two_sided_p(double z)
{
	return erfc(fabs(z) * SQRT_HALF);
}

/*
 * The x with erf(x) = y, for 0 <= y <= 1/2.
 *
 * The start is the inverse's Maclaurin series to y^5, within 1e-3.
 */
static double
inverse_erf(double y)
{
	double		u = HALF_SQRT_PI * y;
	double		x = u * (1.0 + u * u * (1.0 / 3.0 + u * u * (7.0 / 30.0)));

	for (int i = 0; i < NORMAL_STEPS; i++)
		x -= (erf(x) - y) * HALF_SQRT_PI * exp(x * x);
	return x;
}

/*
 * The x with erfc(x) = q, for 0 < q <= 1/2.
 *
 * The start is A&S 26.2.23 (absolute error below 4.5e-4 in the normal
 * deviate).  The logarithm of a tail is almost a parabola, so Newton's method
 * on logarithms converges quadratically all the way out.
 */
static double
inverse_erfc(double q)
{
	double		t = sqrt(-2.0 * log(0.5 * q));
	double		num = 2.515517 + t * (0.802853 + t * 0.010328);
	double		den = 1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308));
	double		x = (t - num / den) * SQRT_HALF;

	for (int i = 0; i < NORMAL_STEPS; i++)
	{
		double		tail = erfc(x);

		if (!(tail > 0.0))
			break;				/* underflow: q itself is subnormal */
		x += log(tail / q) * HALF_SQRT_PI * (tail / exp(-x * x));
	}
	return x;
}

/*
 * Works from the nearer of the centre and the tail.  Both differences are
 * exact where they are used: 2p - 1 for p in [1/4, 3/4], 1 - p for p >= 1/2.
 * Subnormal p (below 2.3e-308) gets only the digits that erfc() has there.
 */
double
normal_quantile(double p)
{
	double		centre = 2.0 * p - 1.0;

	if (!(p > 0.0 && p < 1.0))
		return NAN;
	if (fabs(centre) <= 0.5)
		return copysign(SQRT_2 * inverse_erf(fabs(centre)), centre);
	if (p < 0.5)
		return -SQRT_2 * inverse_erfc(2.0 * p);
	return SQRT_2 * inverse_erfc(2.0 * (1.0 - p));
}

double
normal_critical(double level)
{
	if (!(level > 0.0 && level < 1.0))
		return NAN;
	if (level <= 0.5)
		return SQRT_2 * inverse_erf(level);
	return SQRT_2 * inverse_erfc(1.0 - level);
}


/* ----------
 * Student t distribution
 * ----------
 */

/*
 * gamma(a + 1/2) / gamma(a), for a > 0.
 *
 * Small a are first raised with gamma(a + 1) = a gamma(a).  From 15 on the
 * difference of two Stirling series is taken term by term,
 *
 *		ln(a) / 2 - sum over k of (1 - 4^-k) B_2k / (k (2k - 1) a^(2k - 1))
 *
 * with Bernoulli numbers B_2k (A&S 6.1.40); after five terms what is left
 * out is below 5e-16.
 */
static double
gamma_half_ratio(double a)
{
	static const double series[] = {
		-31.0 / 18432.0, 17.0 / 14336.0, -1.0 / 640.0, 1.0 / 192.0, -1.0 / 8.0
	};
	double		ratio = 1.0;
	double		sum = 0.0;

	for (; a < SERIES_FROM; a += 1.0)
		ratio *= a / (a + 0.5);
	for (int k = 0; k < 5; k++)
		sum = sum / (a * a) + series[k];
	return ratio * sqrt(a) * exp(sum / a);
}

/*
 * P(|T| > t) / kernel: the continued fraction of I_x(a, b), b = 1/2.
 *
 * The form of Didonato and Morris (ACM TOMS 18, 1992, Algorithm 708; their
 * BFRAC), the even part of DLMF 8.17.22.  Its partial denominators hold
 * (a + b) y - b in place of differences of numbers near 1, so that large df
 * costs no digits: the limit is Legendre's fraction for erfc.  Evaluated by
 * Lentz's method.  Fast where t^2 > 3 df / (df + 2).
 */
static double
outside_fraction(const StudentPoint *s)
{
	double		a = s->a;
	double		lambda = (a + 0.5) * s->y - 0.5;
	double		f = a / (a + 1.0) * (lambda + 1.0);
	double		c = f;
	double		d = 0.0;

	for (int n = 1; n < MAX_TERMS; n++)
	{
		double		m = a + 2.0 * n - 1.0;
		double		nbn = n * (0.5 - n) * s->x;
		double		alpha = (a + n - 1.0) / m * ((a + n - 0.5) / m) * nbn * s->x;
		double		beta = n + nbn / m +
			(a + n) / (m + 2.0) * (lambda + 1.0 + n * (1.0 + s->y));

		d = 1.0 / (beta + alpha * d);
		c = beta + alpha / c;
		f *= c * d;
		if (fabs(c * d - 1.0) <= DBL_EPSILON)
			break;
	}
	return 1.0 / f;
}

/*
 * P(|T| <= t) / kernel: twice the hypergeometric series F(a + 1/2, 1; 3/2; y)
 * (A&S 26.5.23 and 15.3.3).  All terms are positive.  Fast where
 * t^2 <= 3 df / (df + 2).
 */
static double
inside_series(const StudentPoint *s)
{
	double		term = 2.0;
	double		sum = 2.0;

	for (int n = 0; n < MAX_TERMS; n++)
	{
		term *= (s->a * s->y + (n + 0.5) * s->y) / (n + 1.5);
		sum += term;
		if (term <= sum * (DBL_EPSILON / 4.0))
			break;
	}
	return sum;
}

/*
 * Both probabilities at t >= 0.  The one that can be small is computed, the
 * other is the rest.
 */
static void
student_point(double t, double df, StudentPoint *s)
{
	double		r = t / sqrt(df);
	double		h = t * t / df;

	s->a = 0.5 * df;
	s->x = 1.0 / (1.0 + h);
	s->y = 1.0 / (1.0 + 1.0 / h);
	s->kernel = gamma_half_ratio(s->a) / SQRT_PI * (r / hypot(1.0, r)) *
		exp(-s->a * (isfinite(h) ? log1p(h) : 2.0 * log(r)));
	if (h * (df + 2.0) > 3.0)
	{
		s->outside = fmin(s->kernel * outside_fraction(s), 1.0);
		s->inside = 1.0 - s->outside;
	}
	else
	{
		s->inside = fmin(s->kernel * inside_series(s), 1.0);
		s->outside = 1.0 - s->inside;
	}
}

double
student_t_two_sided_p(double t, double df)
{
	StudentPoint s;

	if (isnan(t) || !(df > 0.0))
		return NAN;
	if (df > NORMAL_DF)
		return normal_two_sided_p(t);
	if (isinf(t))
		return 0.0;
	student_point(fabs(t), df, &s);
	return s.outside;
}

/*
 * Newton's method for ln p as a function of ln t, from the normal value,
 * which is always too small.  In the tail ln p falls ever more steeply and in
 * the centre ln(1 - p) rises ever less, so that from the second step on the
 * iterates approach the root from one side and cannot leave it again.
 */
double
student_t_critical(double level, double df)
{
	double		t = normal_critical(level);

	if (isnan(t) || !(df > 0.0))
		return NAN;
	if (df > NORMAL_DF)
		return t;

	for (int i = 0; i < MAX_STEPS && isfinite(t); i++)
	{
		StudentPoint s;
		double		step;

		student_point(t, df, &s);
		if (level <= 0.5)
			step = log(level / s.inside) * s.inside / (2.0 * s.kernel);
		else
			step = log(s.outside / (1.0 - level)) * s.outside / (2.0 * s.kernel);
		t *= exp(step);
		if (!(fabs(step) > LAST_STEP))
			break;
	}
	return t;
}
