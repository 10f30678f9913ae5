/*
 * rating_datum.h
 *		What the SQL-callable files about ratings share: fetching summaries from
 *		arguments, and turning what the core reports into errors with hints.
 */
#ifndef RATING_DATUM_H
#define RATING_DATUM_H

#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "nodes/nodes.h"
#include "utils/numeric.h"

#include "shared/compat.h"
#include "rating/rating.h"
#include "shared/value_error.h"

/* A scale as an argument says it: low, low + 1, ... with so many points. */
typedef struct RatingScale
{
	int32		low;
	int			points;
} RatingScale;

/*
 * The scale of the row before, kept with the function call: it nearly always is this
 * row's, too, and equal bytes are an equal range.
 */
typedef struct ScaleCache
{
	RatingScale scale;
	Size		size;			/* of the range; 0: there is none yet */
	char		range[32];		/* one with both ends has 17 bytes at most */
} ScaleCache;

#pragma GCC visibility push(hidden)

/* rating_datum.c */
extern RatingSummary *rating_new(RatingScale scale, bool weighted);
extern RatingSummary *rating_copy(const RatingSummary *s);
extern RatingScale rating_scale_arg(FunctionCallInfo fcinfo, int argno);
extern Datum rating_scale_datum(FunctionCallInfo fcinfo, const RatingSummary *s);
extern int64 rating_total(const RatingSummary *s);
extern Uint128 rating_mass(const RatingSummary *s, int64 from, int64 to);
pg_noreturn extern void rating_reject_nps_scale(const RatingSummary *s, const char *what,
												const char *others);
extern int32 rating_default_satisfied_from(RatingScale scale, const char *call);
extern int32 rating_satisfied_from_arg(FunctionCallInfo fcinfo, int argno, const RatingSummary *s,
									   const char *call);
pg_noreturn extern void rating_reject_cutoff(const RatingSummary *s, int32 from, bool in_aggregate);
pg_noreturn extern void rating_overflow_error(void);
pg_noreturn extern void rating_merge_error(RatingStatus status, const RatingSummary *s,
							   const RatingSummary *other);

/* rating_numeric.c */
extern Numeric rating_quotient(const RatingSummary *s, Int128 numerator,
							   Uint128 denominator);
extern Numeric rating_mass_numeric(const RatingSummary *s, Uint128 mass);
extern Numeric rating_squares_numeric(const RatingSummary *s);

/* rating_io.c */
pg_noreturn extern void rating_reject_binary(const char *type, RatingStatus status);
extern bool rating_report_text(const char *type, const char *ending, const char *text,
							   const RatingParseError *error, Node *escontext);
extern RatingSummary *rating_receive(StringInfo buf, const char *type);
extern void rating_send(StringInfo buf, const RatingSummary *s);

/* rating_json.c */
extern char *rating_text_from_json(const char *json, Node *escontext);

/* rating_metrics.c */
extern RatingMetric rating_metric_arg(FunctionCallInfo fcinfo, int argno);
extern Numeric rating_nps_value(const RatingSummary *s);
extern Numeric rating_csat_value(const RatingSummary *s, int32 satisfied_from);
extern Numeric rating_mean_value(const RatingSummary *s);
extern Numeric rating_share_value(const RatingSummary *s, int64 from, int64 to);
extern Numeric rating_metric_value(RatingMetric metric, const RatingSummary *s,
								   int32 satisfied_from);

#pragma GCC visibility pop

/* The scale in an argument, which is not NULL, if it is that of the row before; or NULL. */
static inline const RatingScale *
rating_scale_known(FunctionCallInfo fcinfo, int argno)
{
	const struct varlena *range = (const struct varlena *) PG_GETARG_POINTER(argno);
	const ScaleCache *cache = fcinfo->flinfo->fn_extra;

	if (cache == NULL || cache->size != VARSIZE_ANY(range) ||
		memcmp(cache->range, range, cache->size) != 0)
		return NULL;
	return &cache->scale;
}

/*
 * A summary from a datum that may be compressed, out of line, or behind a short
 * header.  Only the shape is checked: input has validated the content, but a
 * newer version of the extension may have written another format.
 */
static inline RatingSummary *
rating_detoast(struct varlena *datum, uint32 max_cutoff)
{
	RatingSummary *s = (RatingSummary *) datum;

	if (!VARATT_IS_4B_U(datum))
		s = (RatingSummary *) pg_detoast_datum(datum);
	if (VARSIZE(s) < offsetof(RatingSummary, counts) || s->version != RATING_VERSION ||
		(s->flags & ~RATING_WEIGHTED) != 0 || s->points > RATING_MAX_POINTS ||
		s->cutoff > max_cutoff ||
		VARSIZE(s) != rating_size(s->points, rating_is_weighted(s)))
		value_reject_stored(max_cutoff > 0 ? "csat_state" : "rating_summary");
	return s;
}

/* What to use instead of NPS where no other metric of the caller's does it */
#define NPS_OTHERS	"csat(), mean() or share()"

/* NPS and its three groups exist on 0..10 only; what needs them, and the others for the hint. */
static inline void
rating_require_nps_scale(const RatingSummary *s, const char *what, const char *others)
{
	if (s->low != NPS_LOW || s->points != NPS_POINTS)
		rating_reject_nps_scale(s, what, others);
}

#define PG_GETARG_RATING(n) \
	rating_detoast((struct varlena *) PG_GETARG_POINTER(n), 0)

/* The state of an aggregate with a cut-off */
#define PG_GETARG_CSAT_STATE(n) \
	rating_detoast((struct varlena *) PG_GETARG_POINTER(n), RATING_MAX_POINTS)

#endif							/* RATING_DATUM_H */
