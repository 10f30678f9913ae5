/*-------------------------------------------------------------------------
 *
 * distributions.h
 *	  Probabilities and critical values of the normal and Student t
 *	  distributions.
 *
 * Plain C without PostgreSQL headers.  Every function returns NaN for an
 * argument outside its domain, and none of them loops without bound.
 * Relative errors stay below 1e-12, for Student's t with df >= 0.01 (checked
 * against 40-digit values in test/unit/distributions_test.c); only results below
 * 2.3e-308 have fewer digits.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DISTRIBUTIONS_H
#define DISTRIBUTIONS_H

#pragma GCC visibility push(hidden)

/* P(Z > z) for a standard normal Z. */
extern double normal_upper_tail(double z);

/* P(|Z| > |z|): the two-sided p-value of a z statistic. */
extern double normal_two_sided_p(double z);

/* The z with P(Z < z) = p, for 0 < p < 1. */
extern double normal_quantile(double p);

/* The z >= 0 with P(|Z| <= z) = level, for 0 < level < 1. */
extern double normal_critical(double level);

/*
 * P(|T| > |t|) for Student's t with df > 0 degrees of freedom, fractional or
 * infinite ones included.
 */
extern double student_t_two_sided_p(double t, double df);

/*
 * The t >= 0 with P(|T| <= t) = level, for 0 < level < 1 and df > 0.
 * Infinity when the value is too large for a double (df far below 1); NaN
 * also when intermediate results underflow (df below 1e-40, tiny levels).
 */
extern double student_t_critical(double level, double df);

#pragma GCC visibility pop

#endif							/* DISTRIBUTIONS_H */
