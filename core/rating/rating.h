/*
 * rating.h
 *		How often each score was given on a whole-number scale: the packed
 *		format behind the SQL type rating_summary, and its arithmetic.
 *
 * This is the pure core: it knows nothing of PostgreSQL, raises no error and
 * allocates nothing.  What can go wrong comes back as a RatingStatus, which the
 * functions in src/ turn into an ERROR with a hint.
 *
 * The idea: every metric of a rating question (NPS, CSAT, CES, any share, mean
 * or quantile) follows from the histogram of its answers, and histograms can be
 * added and subtracted in whole numbers.  So the histogram is at once the state
 * of every aggregate and the value that is stored, and no order of rows, merges
 * or moving frames can change a byte of it.
 *
 * Layout, in the machine's byte order, aligned to 8 bytes:
 *
 *	offset	bytes	content
 *	0		4		length word of a PostgreSQL varlena
 *	4		1		version of the format, 1
 *	5		1		flags; bit 0: weighted; the others are reserved, 0
 *	6		2		points: how many scores the scale has, 2..101
 *	8		4		low: the lowest score
 *	12		4		cutoff: 0; in the state of an aggregate with a cut-off, one
 *					more than where the lowest satisfied score stands
 *	16		8		counts[points]: answers with the score low, low + 1, ...
 *	then, if weighted, points times
 *			16		sum of the weights, in units of 10^-9
 *			16		sum of the squared weights, in units of 10^-18
 *
 * The 128-bit sums are kept as two 64-bit halves, because PostgreSQL aligns
 * values to 8 bytes and compilers want 16 for a native 128-bit integer.
 */
#ifndef RATING_H
#define RATING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/uint128.h"

#define RATING_VERSION		1
#define RATING_WEIGHTED		0x01	/* flag: the value carries weights */
#define RATING_MIN_POINTS	2
#define RATING_MAX_POINTS	101

/* A weight is kept as a whole number of these units. */
#define RATING_WEIGHT_DECIMALS	9
#define RATING_WEIGHT_UNITS		INT64_C(1000000000)
#define RATING_MAX_WEIGHT		INT64_C(1000000)
#define RATING_MAX_WEIGHT_UNITS (RATING_MAX_WEIGHT * RATING_WEIGHT_UNITS)

/* The scales that the three metrics take when none is given. */
#define NPS_LOW			0
#define NPS_POINTS		11
#define NPS_PASSIVE		7		/* the lowest passive score */
#define NPS_PROMOTER	9		/* the lowest promoter score */
#define CSAT_LOW		1
#define CSAT_POINTS		5
#define CES_LOW			1
#define CES_POINTS		7

typedef enum RatingMetric
{
	METRIC_NPS,
	METRIC_CSAT,				/* with the lowest satisfied score beside it */
	METRIC_CES					/* the mean */
} RatingMetric;

typedef struct RatingSummary
{
	uint32_t	vl_len;			/* PostgreSQL's; only src/ touches it */
	uint8_t		version;
	uint8_t		flags;
	uint16_t	points;
	int32_t		low;
	uint32_t	cutoff;
	int64_t		counts[];
} RatingSummary;

/* What the answers of one score weigh: two 128-bit sums, low half first. */
typedef struct RatingWeights
{
	uint64_t	sum[2];
	uint64_t	squares[2];
} RatingWeights;

typedef enum RatingStatus
{
	RATING_OK,
	RATING_OUT_OF_SCALE,		/* a score that the scale does not have */
	RATING_OVERFLOW,			/* a count or a sum past what it can hold */
	RATING_BELOW_ZERO,			/* more taken away than there was */
	RATING_OTHER_SCALE,			/* two summaries on different scales */
	RATING_OTHER_KIND,			/* a weighted and an unweighted summary */
	RATING_OTHER_CUTOFF,		/* two states with different cut-offs */
	RATING_BAD_VERSION,			/* what validation finds, from here on */
	RATING_BAD_FLAGS,
	RATING_BAD_SCALE,
	RATING_BAD_SIZE,
	RATING_BAD_COUNT,
	RATING_BAD_WEIGHTS,
	RATING_BAD_CUTOFF
} RatingStatus;

static inline bool
rating_is_weighted(const RatingSummary *s)
{
	return (s->flags & RATING_WEIGHTED) != 0;
}

/* The highest score of the scale; fits because rating_scale_ok() says so. */
static inline int32_t
rating_high(const RatingSummary *s)
{
	return (int32_t) (s->low + (int64_t) s->points - 1);
}

/* The lowest satisfied score of a state with a cut-off. */
static inline int32_t
rating_cutoff_score(const RatingSummary *s)
{
	return (int32_t) (s->low + (int64_t) s->cutoff - 1);
}

/* Bytes of a summary, its length word included. */
static inline size_t
rating_size(int points, bool weighted)
{
	size_t		each = sizeof(int64_t) + (weighted ? sizeof(RatingWeights) : 0);

	return offsetof(RatingSummary, counts) + (size_t) points * each;
}

/*
 * Version, flags, points and low of an unweighted summary on a scale, as the
 * eight bytes they are: one comparison, once a row, tells whether it is one.
 */
static inline uint64_t
rating_shape(int32_t low, int points)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (uint64_t) (uint32_t) low << 32 | (uint64_t) points << 16 | RATING_VERSION;
#else
	return (uint64_t) RATING_VERSION << 56 | (uint64_t) points << 32 | (uint32_t) low;
#endif
}

static inline bool
rating_has_shape(const RatingSummary *s, int32_t low, int points)
{
	uint64_t	shape;

	memcpy(&shape, &s->version, sizeof(shape));
	return shape == rating_shape(low, points);
}

/* The weights behind the counts; only a weighted summary has them. */
static inline RatingWeights *
rating_weights(const RatingSummary *s)
{
	return (RatingWeights *) (s->counts + s->points);
}

/*
 * Where a score stands among the counts, or a number that is at least points
 * when the scale does not have it: one unsigned comparison serves both ends.
 */
static inline uint32_t
rating_index(const RatingSummary *s, int32_t score)
{
	return (uint32_t) score - (uint32_t) s->low;
}

/*
 * Count one unweighted answer, or take one back.  They are here, and not in
 * rating.c, because they run once a row.  Unless they return RATING_OK
 * they change nothing, so that the caller may try again to report the error.
 */
static inline RatingStatus
rating_add_at(RatingSummary *s, uint32_t i)
{
	int64_t		count;

	if (__builtin_add_overflow(s->counts[i], 1, &count))
		return RATING_OVERFLOW;
	s->counts[i] = count;
	return RATING_OK;
}

static inline RatingStatus
rating_remove_at(RatingSummary *s, uint32_t i)
{
	if (s->counts[i] <= 0)
		return RATING_BELOW_ZERO;
	s->counts[i]--;
	return RATING_OK;
}

static inline RatingStatus
rating_add(RatingSummary *s, int32_t score)
{
	uint32_t	i = rating_index(s, score);

	return i < s->points ? rating_add_at(s, i) : RATING_OUT_OF_SCALE;
}

static inline RatingStatus
rating_remove(RatingSummary *s, int32_t score)
{
	uint32_t	i = rating_index(s, score);

	return i < s->points ? rating_remove_at(s, i) : RATING_OUT_OF_SCALE;
}

/*
 * Hidden from the rest of the server: a call within the library then needs no
 * detour, and no name can collide with another extension's.
 */
#pragma GCC visibility push(hidden)

/* Format (rating.c) */
extern bool rating_scale_ok(int64_t low, int64_t high);
extern void rating_init(RatingSummary *s, int32_t low, int points, bool weighted);
extern RatingStatus rating_validate(const RatingSummary *s, size_t bytes);
extern RatingStatus rating_validate_state(const RatingSummary *s, size_t bytes);

/* Arithmetic (rating.c) */
extern RatingStatus rating_add_weighted(RatingSummary *s, int32_t score, int64_t weight);
extern RatingStatus rating_remove_weighted(RatingSummary *s, int32_t score, int64_t weight);
extern RatingStatus rating_merge(RatingSummary *s, const RatingSummary *other);
extern RatingStatus rating_subtract(RatingSummary *s, const RatingSummary *other);
extern RatingStatus rating_weigh(RatingSummary *to, const RatingSummary *s, int64_t units);
extern int	rating_compare(const RatingSummary *a, const RatingSummary *b);

/* Reading (rating_sums.c) */
extern RatingStatus rating_responses(const RatingSummary *s, int64_t *responses);
extern int64_t rating_count_between(const RatingSummary *s, int64_t from, int64_t to);
extern RatingStatus rating_mass_between(const RatingSummary *s, int64_t from, int64_t to,
										Uint128 *mass);
extern RatingStatus rating_nps_masses(const RatingSummary *s, Uint128 *detractors,
									  Uint128 *promoters, Uint128 *whole);
extern RatingStatus rating_moment(const RatingSummary *s, int power, Uint128 *moment);
extern RatingStatus rating_square_sum(const RatingSummary *s, Uint128 *squares);
extern double rating_weight(Uint128 mass);
extern double rating_effective_factor(const RatingSummary *s);
extern double rating_effective_responses(const RatingSummary *s);
extern int32_t rating_quantile(const RatingSummary *s, double q);
extern bool rating_satisfied_from(int32_t low, int points, int32_t *from);

/* Text form (rating_text.c) */
typedef struct RatingParseError
{
	RatingStatus status;		/* RATING_OK: the syntax is wrong */
	size_t		offset;			/* where in the text, in bytes */
	const char *expected;		/* what should stand there */
} RatingParseError;

#define RATING_MAX_SIZE \
	(offsetof(RatingSummary, counts) + \
	 RATING_MAX_POINTS * (sizeof(int64_t) + sizeof(RatingWeights)))

extern size_t rating_text_bound(const RatingSummary *s);
extern size_t rating_print(const RatingSummary *s, char *text);
extern size_t rating_print_state(const RatingSummary *s, char *text);
extern bool rating_parse(const char *text, RatingSummary *s, RatingParseError *error);
extern bool rating_parse_state(const char *text, RatingSummary *s, RatingParseError *error);

#pragma GCC visibility pop

#endif							/* RATING_H */
