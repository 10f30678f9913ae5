/*
 * drivers_fit.c
 *		Correlations and least squares; see drivers_fit.h.
 *
 * The correlations R of the drivers are taken apart into L L' (Cholesky), driver by
 * driver in the order given; one that the others leave no variance gets no row.  With
 * c = L^-1 r, r the correlations with the outcome, R^2 is |c|^2, the coefficients of
 * the standardized drivers are L'^-1 c, and their variances are in the diagonal of
 * (L L')^-1 = L'^-1 L^-1.
 *
 * With weights w and n = (sum w)^2 / sum w^2 the variance of the errors is
 * sum w e^2 / sum w * n / (n - p - 1), and that of the coefficients this times
 * (X'WX / sum w)^-1 / n.  With equal weights these are those of ordinary least
 * squares.
 */
#include <math.h>
#include <string.h>

#include "drivers/drivers_fit.h"

static double
within_one(double r)
{
	return r > 1 ? 1 : r < -1 ? -1 : r;
}

/* Variances and correlations of a summary; without answers all variables are constant. */
void
drivers_moments(const DriverSummary *s, DriverMoments *m)
{
	double		root[DRIVERS_MAX + 1] = {0};
	uint64_t	sum[WIDE_SUM_MAX];
	double		weight;

	m->drivers = s->drivers;
	m->responses = drivers_effective(s);
	drivers_weight(s, sum);
	weight = wide_double(sum, drivers_width(s));
	for (int i = 0; i <= s->drivers; i++)
	{
		root[i] = s->drivers > 0 ? sqrt(drivers_centred(s, i, i)) : 0;
		m->deviation[i] = root[i] > 0 ? root[i] / weight / DRIVERS_UNITS : 0;
		for (int j = 0; j < i; j++)
			m->correlation[i][j] = m->correlation[j][i] = root[i] > 0 && root[j] > 0 ?
				within_one(drivers_centred(s, i, j) / root[i] / root[j]) : NAN;
		m->correlation[i][i] = root[i] > 0 ? 1 : NAN;
	}
}

/* The rows of L, and how a step of the way stands. */
typedef struct Factor
{
	int			n;				/* rows */
	int			driver[DRIVERS_MAX];	/* of a row */
	double		c[DRIVERS_MAX];
	double		(*l)[DRIVERS_MAX];
} Factor;

/* Row n of L for one driver more (variable 1 + j); false if it is collinear. */
static bool
add_row(Factor *f, const DriverMoments *m, int j)
{
	double	   *row = f->l[f->n];
	double		rest = 1;
	double		c = m->correlation[0][j + 1];

	for (int i = 0; i < f->n; i++)
	{
		double		value = m->correlation[f->driver[i] + 1][j + 1];

		for (int k = 0; k < i; k++)
			value -= row[k] * f->l[i][k];
		row[i] = value / f->l[i][i];
		rest -= row[i] * row[i];
		c -= row[i] * f->c[i];
	}
	if (!(rest >= DRIVERS_TOLERANCE))
		return false;
	row[f->n] = sqrt(rest);
	f->c[f->n] = c / row[f->n];
	f->driver[f->n++] = j;
	return true;
}

/* inverse = L^-1, a lower triangle as well */
static void
invert(const Factor *f, double (*inverse)[DRIVERS_MAX])
{
	for (int j = 0; j < f->n; j++)
	{
		inverse[j][j] = 1 / f->l[j][j];
		for (int i = j + 1; i < f->n; i++)
		{
			double		sum = 0;

			for (int k = j; k < i; k++)
				sum -= f->l[i][k] * inverse[k][j];
			inverse[i][j] = sum / f->l[i][i];
		}
	}
}

/* Coefficients and their errors, in units of the outcome by units of the driver. */
static void
coefficients(const Factor *f, const DriverMoments *m, DriverFit *fit,
			 double (*inverse)[DRIVERS_MAX])
{
	for (int j = 0; j < f->n; j++)
	{
		int			driver = f->driver[j];
		double		scale = m->deviation[0] / m->deviation[driver + 1];
		double		beta = 0;
		double		variance = 0;

		for (int i = j; i < f->n; i++)
		{
			beta += inverse[i][j] * f->c[i];
			variance += inverse[i][j] * inverse[i][j];
		}
		fit->coefficient[driver] = beta * scale;
		fit->std_errors[driver] =
			scale * sqrt((1 - fit->r_squared) * variance / fit->freedom);
	}
}

/* Which drivers have a row, and how much they explain. */
static void
factorize(const DriverMoments *m, DriverFit *fit, Factor *f)
{
	double		r_squared = 0;

	for (int j = 0; j < m->drivers; j++)
	{
		fit->coefficient[j] = fit->std_errors[j] = NAN;
		fit->constant[j] = m->deviation[j + 1] == 0;
		fit->collinear[j] = !fit->constant[j] && !add_row(f, m, j);
	}
	for (int i = 0; i < f->n; i++)
		r_squared += f->c[i] * f->c[i];
	fit->r_squared = r_squared > 1 ? 1 : r_squared;
}

/*
 * Least squares of the outcome on all drivers.  Only `known` and `constant` mean
 * anything where the outcome is constant or the answers are not more than the terms.
 */
void
drivers_fit(const DriverMoments *m, DriverFit *fit, DriverWork *work)
{
	Factor		f = {.l = work->a};

	factorize(m, fit, &f);
	fit->terms = f.n;
	fit->freedom = m->responses - f.n - 1;
	fit->known = m->deviation[0] > 0 && fit->freedom > 0;
	if (!fit->known)
		return;
	fit->adjusted_r_squared = 1 - (1 - fit->r_squared) * (m->responses - 1) / fit->freedom;
	fit->std_error = m->deviation[0] *
		sqrt((1 - fit->r_squared) * m->responses / fit->freedom);
	invert(&f, work->b);
	coefficients(&f, m, fit, work->b);
}
