/*
 * drivers_fit.h
 *		What the sums of a driver_summary say: means, correlations, least squares, and
 *		how much of the variance of the outcome is due to each driver.
 *
 * Up to the covariances all is exact, as whole numbers; each is rounded once.  What
 * follows is double precision, from the matrix of correlations, so that no scale
 * matters.
 *
 * This is part of the pure core: no PostgreSQL, no errors raised, no memory
 * allocated.
 */
#ifndef DRIVERS_FIT_H
#define DRIVERS_FIT_H

#include "drivers/drivers.h"

/* A driver is collinear if the ones before it leave less than this of its variance. */
#define DRIVERS_TOLERANCE	1e-9

/* More drivers than that have too many subsets. */
#define DRIVERS_MAX_LMG		15

/* The outcome is variable 0, then come the drivers. */
typedef struct DriverMoments
{
	int			drivers;
	double		responses;		/* with weights Kish's effective number */
	double		deviation[DRIVERS_MAX + 1]; /* standard deviation, divided by n; 0: constant */
	double		correlation[DRIVERS_MAX + 1][DRIVERS_MAX + 1];	/* NaN with a constant one */
} DriverMoments;

typedef struct DriverFit
{
	bool		known;			/* does the outcome vary, are there enough answers? */
	int			terms;			/* drivers that have a coefficient */
	double		freedom;		/* answers - terms - 1 */
	double		r_squared;
	double		adjusted_r_squared;
	double		std_error;		/* of the outcome about what is predicted */
	bool		constant[DRIVERS_MAX];
	bool		collinear[DRIVERS_MAX];
	double		coefficient[DRIVERS_MAX];	/* NaN for those two kinds */
	double		std_errors[DRIVERS_MAX];
} DriverFit;

/* Room for a fit, and for the weights of Johnson. */
typedef struct DriverWork
{
	double		a[DRIVERS_MAX][DRIVERS_MAX];
	double		b[DRIVERS_MAX][DRIVERS_MAX];
} DriverWork;

#pragma GCC visibility push(hidden)

extern void drivers_moments(const DriverSummary *s, DriverMoments *m);
extern void drivers_fit(const DriverMoments *m, DriverFit *fit, DriverWork *work);
extern size_t drivers_lmg_room(int drivers);
extern void drivers_lmg(const DriverMoments *m, double *importance, double *r_squared);
extern void drivers_johnson(const DriverMoments *m, double *importance, DriverWork *work);

#pragma GCC visibility pop

#endif							/* DRIVERS_FIT_H */
