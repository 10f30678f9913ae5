/*
 * sources_csat.c
 *		zendesk_csat(text), freshdesk_csat(integer): whether the code of a support
 *		tool means a satisfied customer.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "shared/compat.h"
#include "shared/value_error.h"
#include "sources/csat_code.h"

/* What to do instead about a code that is not a score. */
static const char *
zendesk_hint(CsatCode code)
{
	if (code == CSAT_EITHER)
		return "It is a filter that takes good and bad ratings together. Read the score of each "
			"rating.";
	if (code == CSAT_NUMBER)
		return "Ratings of a survey of 2 to 5 points are numbers: csat_agg(rating, '[1,5]'), or "
			"csat_satisfied(rating, '[1,5]') for one of them.";
	if (code == CSAT_PADDED)
		return "There is white space around it: zendesk_csat(btrim(score, E' \\t\\r\\n')).";
	return "Scores are good, bad, offered and unoffered. If this one is no answer, make it NULL "
		"with nullif().";
}

PG_FUNCTION_INFO_V1(zendesk_csat);
Datum
zendesk_csat(PG_FUNCTION_ARGS)
{
	text	   *score = PG_GETARG_TEXT_PP(0);
	const char *chars = VARDATA_ANY(score);
	size_t		length = VARSIZE_ANY_EXHDR(score);
	CsatCode	code = zendesk_csat_code(chars, length);

	if (code == CSAT_NO_ANSWER)
		PG_RETURN_NULL();
	if (code != CSAT_SATISFIED && code != CSAT_NOT_SATISFIED)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is no satisfaction score of Zendesk", value_shown(chars, length)),
				 errhint("%s", zendesk_hint(code))));
	PG_RETURN_BOOL(code == CSAT_SATISFIED);
}

PG_FUNCTION_INFO_V1(freshdesk_csat);
Datum
freshdesk_csat(PG_FUNCTION_ARGS)
{
	int32		rating = PG_GETARG_INT32(0);
	CsatCode	code = freshdesk_csat_code(rating);

	if (code == CSAT_UNKNOWN)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%d is no satisfaction rating of Freshdesk", rating),
				 errdetail("Ratings are 103, 102 and 101 (happy), 100 (neutral), -101, -102 and "
						   "-103 (unhappy)."),
				 errhint("If it is a code for no answer, make it NULL with nullif(). Of a survey "
						 "with a scale of its own, say 1 to 5, use csat_agg(rating, '[1,5]').")));
	PG_RETURN_BOOL(code == CSAT_SATISFIED);
}
