/*
 * rake.h
 *		Weights with which a sample has known shares in several margins, of which only
 *		each by itself is known: raking, or iterative proportional fitting.
 *
 * Answers come in cells, such as "18 to 24, female"; a margin, such as age, puts each
 * cell into one of its categories and says which share each category should have.  A
 * round multiplies the weights of each category by what it lacks, margin after margin
 * (W. E. Deming and F. F. Stephan, Annals of Mathematical Statistics 11, 1940).  The
 * weights keep as much of the odds between cells as the margins allow, which is what
 * makes them the least change (C. T. Ireland and S. Kullback, Biometrika 55, 1968).
 *
 * With a limit, a round ends with cutting what is above it times the mean, and the
 * next round brings the margins back; it is reached when both hold.
 *
 * This is part of the pure core.  Sums are compensated, so that the result does not
 * depend on how many cells there are, nor on the machine.
 */
#ifndef RAKE_H
#define RAKE_H

#include <stdbool.h>
#include <stdint.h>

/* Each share of a margin is then right to this. */
#define RAKE_TOLERANCE	1e-12

/* A sum of numbers and of what adding them lost (Neumaier, ZAMM 54, 1974). */
typedef struct RakeSum
{
	double		sum;
	double		lost;
} RakeSum;

typedef struct RakeMargin
{
	uint32_t	categories;
	uint32_t   *category;		/* of each cell, below categories */
	double	   *target;			/* of each category, 0 or more; together 1 */
	RakeSum    *sums;			/* room for each category */
} RakeMargin;

typedef struct Rake
{
	uint32_t	cells;
	uint32_t	margins;
	double	   *responses;		/* of each cell, 0 or more, not all 0 */
	double	   *weight;			/* of each cell, the result: mean 1 over all answers */
	RakeMargin *margin;
	double		most;			/* times the mean, 1 or more; or INFINITY */
} Rake;

/* How far off the worst category is. */
typedef struct RakeWorst
{
	uint32_t	margin;
	uint32_t	category;
	double		share;			/* what it has, 0..1 */
	double		distance;		/* from its target */
} RakeWorst;

#pragma GCC visibility push(hidden)

extern void rake_begin(Rake *r);
extern RakeWorst rake_round(Rake *r);

#pragma GCC visibility pop

#endif							/* RAKE_H */
