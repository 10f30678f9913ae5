/*
 * rating_io.c
 *		Getting a rating_summary in and out: text, binary, arrays of counts.
 *
 * The binary form is the packed format of rating.h in network byte order
 * without the length word and the cut-off: version, flags, points, low, counts,
 * then for each score the two 128-bit sums, high half first.
 *
 * Text, binary and constructor build a candidate and pass it to the one
 * validator of the core.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "rating/rating_datum.h"
#include "shared/value_json.h"
#include "shared/value_wire.h"

/* What is wrong with a summary from outside, for DETAIL. */
static const char *
status_detail(RatingStatus status)
{
	switch (status)
	{
		case RATING_BAD_SCALE:
			return "A scale has 2 to 101 whole numbers, lowest first.";
		case RATING_BAD_SIZE:
			return "The number of counts does not fit the scale.";
		case RATING_BAD_COUNT:
			return "Counts of answers must not be negative.";
		case RATING_BAD_WEIGHTS:
			return "The sums of weights and of their squares do not fit the count of answers.";
		case RATING_BAD_CUTOFF:
			return "The lowest satisfied score is one of the scale.";
		default:
			return "A number is too large.";
	}
}

/*
 * 22P02 for wrong syntax, 22003 for numbers that are too large or negative.  The
 * ending is what the hint's example has behind that of a rating_summary.
 */
bool
rating_report_text(const char *type, const char *ending, const char *text,
				   const RatingParseError *error, Node *escontext)
{
	const char *hint = psprintf("Write the scale and the count of each score, lowest first: "
								"[1,5]{0,2,5,9,4}%s.", ending);
	TextScan	scan = {.text = text,.at = text + error->offset,.expected = error->expected};

	if (error->status == RATING_OK)
		return value_reject_text(type, &scan, hint, escontext);
	soft_ereport(escontext, false,
				 (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				  errmsg("value \"%s\" is out of range for type %s",
						 value_shown(text, strlen(text)), type),
				  errdetail("%s", status_detail(error->status)),
				  errhint("%s", hint)));
	return false;
}

static bool
parse_and_validate(const char *text, RatingSummary *s, Node *escontext)
{
	RatingParseError error = {RATING_OK, 0, NULL};

	if (rating_parse(text, s, &error))
	{
		error.status = rating_validate(s, rating_size(s->points, rating_is_weighted(s)));
		if (error.status == RATING_OK)
			return true;
	}
	return rating_report_text("rating_summary", "", text, &error, escontext);
}

/* NULL only when escontext takes the error. */
static RatingSummary *
summary_from_text(const char *text, Node *escontext)
{
	RatingSummary *s = palloc0(RATING_MAX_SIZE);

	if (!parse_and_validate(text, s, escontext))
		return NULL;
	SET_VARSIZE(s, rating_size(s->points, rating_is_weighted(s)));
	return s;
}

PG_FUNCTION_INFO_V1(rating_summary_in);
Datum
rating_summary_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	RatingSummary *s;

	if (value_is_json(text))
		text = rating_text_from_json(text, fcinfo->context);
	s = text == NULL ? NULL : summary_from_text(text, fcinfo->context);
	if (s == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(rating_summary_out);
Datum
rating_summary_out(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_RATING(0);
	char	   *text = palloc(rating_text_bound(s));

	rating_print(s, text);
	PG_RETURN_CSTRING(text);
}

void
rating_reject_binary(const char *type, RatingStatus status)
{
	value_reject_binary(type, status_detail(status));
}

/*
 * What rating_send() wrote; the caller validates it.  Nothing is believed before
 * it is checked: the number of points decides how much is allocated and read, so
 * it comes first.
 */
RatingSummary *
rating_receive(StringInfo buf, const char *type)
{
	RatingScale scale;
	RatingSummary *s;
	int			flags;

	value_receive_version(buf, type, RATING_VERSION);
	flags = value_receive_flags(buf, type, RATING_WEIGHTED);
	scale.points = (int) pq_getmsgint(buf, 2);
	scale.low = (int32) pq_getmsgint(buf, 4);
	if (!rating_scale_ok(scale.low, scale.low + (int64) scale.points - 1))
		rating_reject_binary(type, RATING_BAD_SCALE);
	s = rating_new(scale, (flags & RATING_WEIGHTED) != 0);
	s->flags = (uint8) flags;
	for (int i = 0; i < scale.points; i++)
		s->counts[i] = pq_getmsgint64(buf);
	for (int i = 0; rating_is_weighted(s) && i < scale.points; i++)
	{
		uint128_store(rating_weights(s)[i].sum, value_receive_wide(buf));
		uint128_store(rating_weights(s)[i].squares, value_receive_wide(buf));
	}
	return s;
}

void
rating_send(StringInfo buf, const RatingSummary *s)
{
	pq_sendint8(buf, s->version);
	pq_sendint8(buf, s->flags);
	pq_sendint16(buf, s->points);
	pq_sendint32(buf, (uint32) s->low);
	for (int i = 0; i < s->points; i++)
		pq_sendint64(buf, (uint64) s->counts[i]);
	for (int i = 0; rating_is_weighted(s) && i < s->points; i++)
	{
		value_send_wide(buf, uint128_load(rating_weights(s)[i].sum));
		value_send_wide(buf, uint128_load(rating_weights(s)[i].squares));
	}
}

PG_FUNCTION_INFO_V1(rating_summary_recv);
Datum
rating_summary_recv(PG_FUNCTION_ARGS)
{
	RatingSummary *s = rating_receive((StringInfo) PG_GETARG_POINTER(0), "rating_summary");
	RatingStatus status = rating_validate(s, VARSIZE(s));

	if (status != RATING_OK)
		rating_reject_binary("rating_summary", status);
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(rating_summary_send);
Datum
rating_summary_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	rating_send(&buf, PG_GETARG_RATING(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* Put the counts of an array into s; an error unless there is one for each score. */
static void
copy_counts(ArrayType *array, RatingSummary *s)
{
	Datum	   *values;
	bool	   *nulls;
	int			n;

	deconstruct_array(array, INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
					  &values, &nulls, &n);
	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("counts of answers must be a one-dimensional array"),
				 errhint("Write the counts as one list: '{0,2,5,9,4}'.")));
	if (n != s->points)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the scale %d..%d needs %d counts, not %d",
						s->low, rating_high(s), s->points, n),
				 errhint("Give one count for each score, lowest first, 0 where nobody gave it.")));
	for (int i = 0; i < n; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("count of score %d must not be null", s->low + i),
					 errhint("Use 0 for a score that nobody gave.")));
		s->counts[i] = DatumGetInt64(values[i]);
		if (s->counts[i] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("count " INT64_FORMAT " of score %d is negative",
							s->counts[i], s->low + i),
					 errhint("Counts of answers are 0 or more.")));
	}
}

/* rating_summary(scale int4range, counts bigint[]) */
PG_FUNCTION_INFO_V1(rating_summary_from_counts);
Datum
rating_summary_from_counts(PG_FUNCTION_ARGS)
{
	RatingSummary *s = rating_new(rating_scale_arg(fcinfo, 0), false);
	RatingStatus status;

	copy_counts(PG_GETARG_ARRAYTYPE_P(1), s);
	status = rating_validate(s, VARSIZE(s));
	if (status != RATING_OK)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("counts of answers are out of range"),
				 errdetail("%s", status_detail(status)),
				 errhint("Together they are at most 9223372036854775807.")));
	PG_RETURN_POINTER(s);
}

/*
 * nps_summary(promoters, passives, detractors): where only the three groups are
 * known, each counts with its lowest score, 9, 7 and 0.
 */
PG_FUNCTION_INFO_V1(rating_nps_summary);
Datum
rating_nps_summary(PG_FUNCTION_ARGS)
{
	static const struct
	{
		const char *name;
		int32		score;
	}			groups[] = {{"promoters", NPS_PROMOTER}, {"passives", NPS_PASSIVE},
							{"detractors", NPS_LOW}};
	RatingSummary *s = rating_new((RatingScale) {NPS_LOW, NPS_POINTS}, false);

	for (int i = 0; i < (int) lengthof(groups); i++)
	{
		int64		count = PG_GETARG_INT64(i);

		if (count < 0)
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("count " INT64_FORMAT " of %s is negative", count, groups[i].name),
					 errhint("Counts of answers are 0 or more.")));
		s->counts[groups[i].score - NPS_LOW] = count;
	}
	(void) rating_total(s);
	PG_RETURN_POINTER(s);
}

/* counts(rating_summary) -> bigint[], lowest score first */
PG_FUNCTION_INFO_V1(rating_counts);
Datum
rating_counts(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_RATING(0);
	Datum		counts[RATING_MAX_POINTS];

	for (int i = 0; i < s->points; i++)
		counts[i] = Int64GetDatum(s->counts[i]);
	PG_RETURN_ARRAYTYPE_P(construct_array(counts, s->points, INT8OID,
										  sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}
