/*
 * attribution_markov.c
 *		Removal effects of the touchpoints of an absorbing Markov chain.
 *
 * The chain is of the first order: from a touchpoint the next step is taken as
 * often as it was taken in the paths.  Let n(i,j) be the steps from touchpoint i
 * to j, a(i) those to conversion or null, c(i) those to conversion, and
 * M = diag(steps from i) - n.  Then
 *
 *	b = M^-1 c						chance to convert from each touchpoint
 *	V(k) = M^-1(k,k) * steps from k	visits to k expected from k, itself included
 *
 * Removing k sends what enters it to null (Anderl, Becker, von Wangenheim,
 * Schumann 2016, "Mapping the customer journey", IJRM 33).  What is lost are
 * exactly the conversions by way of k: the chance to ever get to k, times b(k).
 * That chance is g(k) / V(k), where g(k), the expected visits from the start, is
 * steps to k / paths; for paths leave a touchpoint as often as they enter it.  So
 *
 *	effect(k) = b(k) / (M^-1(k,k) * conversions)
 *
 * and one factorisation, M = L D U, serves all touchpoints.  c may be anything that
 * conversions win, such as their money: b is then what a path wins from there on, and the
 * effect the part of all that is won.  Several of these kinds are solved together.
 *
 * M is a diagonally dominant M-matrix, so nothing needs to be subtracted: as in
 * Grassmann, Taksar and Heyman 1985 (Operations Research 33) a pivot is the sum of
 * what its row still leads to, and the inverses of L and U are sums of products
 * of what is not negative.  The result has nearly all digits however seldom a
 * path ends, and a pivot is 0 only for touchpoints that lead nowhere: those earn
 * nothing.  Work: 2/3 n^3 multiplications for n touchpoints.
 */
#include <math.h>

#include "attribution/attribution.h"

/* Row i of a matrix with n columns */
#define ROW(m, i) ((m) + (size_t) (i) * n)

/*
 * Eliminate row by row: left of the diagonal remains the negative of L, right of it
 * the negative of U; pivots[] gets D, or 0.
 */
static void
factorise(double *m, double *absorbed, double *converted, uint32_t kinds, double *pivots,
		  uint32_t n, void (*tick) (void))
{
	for (uint32_t p = 0; p < n; p++)
	{
		double	   *row = ROW(m, p);
		double		pivot = absorbed[p];

		tick();
		for (uint32_t j = p + 1; j < n; j++)
			pivot += row[j];
		pivots[p] = pivot;
		for (uint32_t i = p + 1; i < n; i++)
		{
			double	   *below = ROW(m, i);
			double		factor = pivot > 0 ? below[p] / pivot : 0;

			below[p] = factor;
			if (factor == 0)
				continue;
			for (uint32_t j = p + 1; j < n; j++)
				below[j] += factor * row[j];
			absorbed[i] += factor * absorbed[p];
			for (uint32_t k = 0; k < kinds; k++)
				ROW(converted, k)[i] += factor * ROW(converted, k)[p];
		}
		for (uint32_t j = p + 1; j < n; j++)
			row[j] = pivot > 0 ? row[j] / pivot : 0;
	}
}

/* The chances to convert, in place of what converts after elimination. */
static void
solve_chances(const double *m, double *converted, const double *pivots, uint32_t n)
{
	for (uint32_t i = n; i-- > 0;)
	{
		double		chance = pivots[i] > 0 ? converted[i] / pivots[i] : 0;

		for (uint32_t j = i + 1; j < n; j++)
			chance += ROW(m, i)[j] * converted[j];
		converted[i] = chance;
	}
}

/*
 * Invert both triangles in place.  X = (I - U)^-1 solves X = I + UX, row by row
 * from below; going through the row from its far end leaves each of its entries
 * alone until it has been used.  Likewise L from above.
 */
static void
invert_triangles(double *m, uint32_t n, void (*tick) (void))
{
	for (uint32_t i = n; i-- > 0;)
	{
		double	   *row = ROW(m, i);

		tick();
		for (uint32_t k = n; k-- > i + 1;)
			if (row[k] != 0)
				for (uint32_t j = k + 1; j < n; j++)
					row[j] += row[k] * ROW(m, k)[j];
	}
	for (uint32_t i = 0; i < n; i++)
	{
		double	   *row = ROW(m, i);

		tick();
		for (uint32_t k = 0; k < i; k++)
			if (row[k] != 0)
				for (uint32_t j = 0; j < k; j++)
					row[j] += row[k] * ROW(m, k)[j];
	}
}

/*
 * The removal effects of n touchpoints, times the conversions of all paths, or what they
 * won.  matrix: the n x n steps between touchpoints, whose diagonal does not count;
 * absorbed: the steps to conversion or null; converted: for each of the kinds, one behind
 * the other, those to conversion, or what they won; all three are overwritten, and work
 * has room for n; effects has as many as converted.  False if a number is too large.
 * The chain must have as many steps to each touchpoint as from it.
 */
bool
attribution_removal(double *matrix, double *absorbed, double *converted, uint32_t kinds,
					double *work, uint32_t n, double *effects, void (*tick) (void))
{
	factorise(matrix, absorbed, converted, kinds, work, n, tick);
	for (uint32_t k = 0; k < kinds; k++)
		solve_chances(matrix, ROW(converted, k), work, n);
	invert_triangles(matrix, n, tick);
	for (uint32_t k = 0; k < n; k++)
	{
		double		inverse = work[k] > 0 ? 1 / work[k] : 0;

		for (uint32_t i = k + 1; i < n; i++)
			if (work[i] > 0)
				inverse += ROW(matrix, k)[i] * ROW(matrix, i)[k] / work[i];
		for (uint32_t kind = 0; kind < kinds; kind++)
		{
			ROW(effects, kind)[k] = inverse > 0 ? ROW(converted, kind)[k] / inverse : 0;
			if (!isfinite(ROW(effects, kind)[k]))
				return false;
		}
	}
	return true;
}
