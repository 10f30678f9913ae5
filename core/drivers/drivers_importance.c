/*
 * drivers_importance.c
 *		How much of R^2 is due to each driver, by two methods; with both the parts sum
 *		up to R^2, and a constant driver has 0.
 *
 * LMG: what a driver adds to R^2, averaged over all orders in which the drivers can
 * come in (R. H. Lindeman, P. F. Merenda, R. Z. Gold, Introduction to Bivariate and
 * Multivariate Analysis, 1980; U. Groemping, Journal of Statistical Software 17(1),
 * 2006).  It is the Shapley value of R^2, so the orders need not be gone through, only
 * the subsets: what a driver adds to one of k of p drivers counts 1 / (p C(p - 1, k)).
 *
 * Relative weights: the drivers are replaced by uncorrelated variables that are closest
 * to them, and what these explain is given back (J. W. Johnson, Multivariate Behavioral
 * Research 35(1), 2000).  With R = V D V', the driver's weight is
 * sum_k L_jk^2 b_k^2, L = V D^(1/2) V', b = V D^(-1/2) V' r.
 */
#include <math.h>
#include <string.h>

#include "drivers/drivers_fit.h"

#define LEAST_EIGENVALUE	1e-10	/* of all drivers' variance */
#define MOST_SWEEPS			60

/* The drivers that vary, numbered anew. */
static int
varying_drivers(const DriverMoments *m, int *driver)
{
	int			n = 0;

	for (int j = 0; j < m->drivers; j++)
		if (m->deviation[j + 1] > 0)
			driver[n++] = j;
	return n;
}

/*
 * All subsets, each with the rows of L as in drivers_fit.c; the rows of a subset begin
 * with those of the subset without its last driver.
 */
typedef struct Subsets
{
	const DriverMoments *m;
	int			n;
	int			driver[DRIVERS_MAX];
	double	   *r_squared;		/* by subset, the driver's number being the bit's */
	int			row[DRIVERS_MAX_LMG];	/* number of a row's driver */
	double		l[DRIVERS_MAX_LMG][DRIVERS_MAX_LMG];
	double		c[DRIVERS_MAX_LMG];
} Subsets;

static double
correlation_of(const Subsets *s, int i, int j)
{
	return s->m->correlation[s->driver[i] + 1][s->driver[j] + 1];
}

/* One row more, for driver j; what it adds to R^2, or below 0 if it gets none. */
static double
add_driver(Subsets *s, int rows, int j)
{
	double	   *row = s->l[rows];
	double		rest = 1;
	double		c = s->m->correlation[0][s->driver[j] + 1];

	for (int i = 0; i < rows; i++)
	{
		double		value = correlation_of(s, s->row[i], j);

		for (int k = 0; k < i; k++)
			value -= row[k] * s->l[i][k];
		row[i] = value / s->l[i][i];
		rest -= row[i] * row[i];
		c -= row[i] * s->c[i];
	}
	if (!(rest >= DRIVERS_TOLERANCE))
		return -1;
	row[rows] = sqrt(rest);
	s->c[rows] = c / row[rows];
	s->row[rows] = j;
	return s->c[rows] * s->c[rows];
}

/* R^2 of a subset, and of all that have more drivers behind its last one. */
static void
visit(Subsets *s, unsigned subset, int rows, int next, double r_squared)
{
	s->r_squared[subset] = r_squared;
	for (int j = next; j < s->n; j++)
	{
		double		more = add_driver(s, rows, j);

		visit(s, subset | 1u << j, more >= 0 ? rows + 1 : rows, j + 1,
			  more >= 0 ? r_squared + more : r_squared);
	}
}

/* How many numbers drivers_lmg() needs room for. */
size_t
drivers_lmg_room(int drivers)
{
	return (size_t) 1 << drivers;
}

/* LMG of at most DRIVERS_MAX_LMG drivers; the outcome varies. */
void
drivers_lmg(const DriverMoments *m, double *importance, double *r_squared)
{
	Subsets		s = {.m = m, .r_squared = r_squared};
	double		share[DRIVERS_MAX_LMG];

	memset(importance, 0, (size_t) m->drivers * sizeof(double));
	s.n = varying_drivers(m, s.driver);
	if (s.n == 0)
		return;
	visit(&s, 0, 0, 0, 0);
	share[0] = 1.0 / s.n;
	for (int k = 1; k < s.n; k++)
		share[k] = share[k - 1] * k / (s.n - k);
	for (unsigned subset = 0; subset < 1u << s.n; subset++)
		for (int j = 0; j < s.n; j++)
			if ((subset >> j & 1) == 0)
				importance[s.driver[j]] += share[__builtin_popcount(subset)] *
					(r_squared[subset | 1u << j] - r_squared[subset]);
}

/* One rotation of Jacobi's, which makes a[p][q] 0; v collects them. */
static void
rotate(double (*a)[DRIVERS_MAX], double (*v)[DRIVERS_MAX], int n, int p, int q)
{
	double		theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
	double		t = (theta >= 0 ? 1 : -1) / (fabs(theta) + sqrt(theta * theta + 1));
	double		c = 1 / sqrt(t * t + 1);
	double		s = t * c;

	for (int i = 0; i < n; i++)
	{
		double		x = a[i][p];
		double		y = a[i][q];

		a[i][p] = c * x - s * y;
		a[i][q] = s * x + c * y;
	}
	for (int i = 0; i < n; i++)
	{
		double		x = a[p][i];
		double		y = a[q][i];

		a[p][i] = c * x - s * y;
		a[q][i] = s * x + c * y;
		x = v[i][p];
		y = v[i][q];
		v[i][p] = c * x - s * y;
		v[i][q] = s * x + c * y;
	}
}

/*
 * Eigenvalues in the diagonal of a, eigenvectors in the columns of v (C. G. J. Jacobi,
 * Crelle's Journal 30, 1846).  It converges quadratically; the sweeps are bounded
 * for an a that keeps it from doing so, such as one with NaN.
 */
static void
eigenvectors(double (*a)[DRIVERS_MAX], double (*v)[DRIVERS_MAX], int n)
{
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			v[i][j] = i == j ? 1 : 0;
	for (int sweep = 0; sweep < MOST_SWEEPS; sweep++)
	{
		double		off = 0;

		for (int p = 0; p < n; p++)
			for (int q = p + 1; q < n; q++)
				off += a[p][q] * a[p][q];
		if (!(off > 1e-34))
			break;
		for (int p = 0; p < n; p++)
			for (int q = p + 1; q < n; q++)
				if (a[p][q] != 0)
					rotate(a, v, n, p, q);
	}
}

/* sum over the eigenvectors of v[j] v[k] * root[eigenvector] */
static double
recompose(double (*v)[DRIVERS_MAX], const double *root, int n, int j, int k)
{
	double		sum = 0;

	for (int e = 0; e < n; e++)
		sum += v[j][e] * v[k][e] * root[e];
	return sum;
}

/* Johnson's relative weights of any number of drivers; the outcome varies. */
void
drivers_johnson(const DriverMoments *m, double *importance, DriverWork *work)
{
	int			driver[DRIVERS_MAX];
	double		root[DRIVERS_MAX];
	double		inverse[DRIVERS_MAX];
	int			n = varying_drivers(m, driver);

	memset(importance, 0, (size_t) m->drivers * sizeof(double));
	for (int j = 0; j < n; j++)
		for (int k = 0; k < n; k++)
			work->a[j][k] = m->correlation[driver[j] + 1][driver[k] + 1];
	eigenvectors(work->a, work->b, n);
	for (int e = 0; e < n; e++)
	{
		bool		kept = work->a[e][e] >= LEAST_EIGENVALUE * n;

		root[e] = kept ? sqrt(work->a[e][e]) : 0;
		inverse[e] = kept ? 1 / root[e] : 0;
	}
	for (int k = 0; k < n; k++)
	{
		double		b = 0;

		for (int j = 0; j < n; j++)
			b += recompose(work->b, inverse, n, j, k) * m->correlation[0][driver[j] + 1];
		for (int j = 0; j < n; j++)
		{
			double		l = recompose(work->b, root, n, j, k);

			importance[driver[j]] += l * l * b * b;
		}
	}
}
