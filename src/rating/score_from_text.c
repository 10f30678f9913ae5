/*
 * score_from_text.c
 *		score_from_text(text): the whole number that an answer starts with, if it has no other.
 *
 * It is a function, and not one more kind of score that the aggregates take,
 * because then nps_agg('9') and nps_agg(NULL) would be calls for text.
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "rating/score_text.h"
#include "shared/compat.h"
#include "shared/value_error.h"

/* What round(answer::numeric) takes: the hint must work. */
static bool
is_decimal(const text *answer)
{
	const char *p = VARDATA_ANY(answer);
	const char *end = p + VARSIZE_ANY_EXHDR(answer);
	int			points = 0;

	for (p += p < end && (*p == '-' || *p == '+'); p < end; p++)
	{
		points += *p == '.';
		if (points > 1 || (*p != '.' && (*p < '0' || *p > '9')))
			return false;
	}
	return points == 1;
}

static void
reject_unclear(const char *shown, bool decimal)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("\"%s\" is not one whole number with or without a label", shown),
			 decimal ? errhint("Round it yourself: round(answer::numeric).") :
			 errhint("If its first number is the score, cut that out: "
					 "substring(answer from '-?[0-9]+')::integer. "
					 "If it is no answer, leave it out with FILTER or CASE.")));
}

static void
reject_answer(ScoreText status, const text *answer)
{
	char	   *shown = value_shown(VARDATA_ANY(answer), VARSIZE_ANY_EXHDR(answer));

	if (status == SCORE_TOO_LARGE)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("score in \"%s\" is out of range for type integer", shown),
				 errhint("If it is no answer, leave it out with FILTER or WHERE.")));
	if (status == SCORE_UNCLEAR)
		reject_unclear(shown, is_decimal(answer));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("\"%s\" does not start with a whole number", shown),
			 errhint("If it stands for no answer, make it NULL: "
					 "score_from_text(nullif(answer, %s)). If the score stands behind other text, "
					 "cut it out: substring(answer from '[0-9]+').",
					 quote_literal_cstr(shown))));
}

PG_FUNCTION_INFO_V1(score_from_text);
Datum
score_from_text(PG_FUNCTION_ARGS)
{
	text	   *answer = PG_GETARG_TEXT_PP(0);
	int			bytes = VARSIZE_ANY_EXHDR(answer);
	char	   *utf8 = pg_server_to_any(VARDATA_ANY(answer), bytes, PG_UTF8);
	int32		score = 0;
	ScoreText	status;

	if (utf8 != VARDATA_ANY(answer))
		bytes = (int) strlen(utf8);
	status = score_text_read(utf8, (size_t) bytes, &score);
	if (status == SCORE_BLANK)
		PG_RETURN_NULL();
	if (status != SCORE_FOUND)
		reject_answer(status, answer);
	PG_RETURN_INT32(score);
}
