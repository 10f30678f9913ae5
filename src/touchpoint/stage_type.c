/*
 * stage_type.c
 *		The SQL type journey_stage: input and output, names, casts, order, hash.
 *
 * Binary input and output carry the name, as for an enum, and not the code:
 * drivers can read it, and a later version may have other codes.
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/sortsupport.h"

#include "shared/compat.h"
#include "base/fold.h"
#include "touchpoint/stage_type.h"
#include "shared/value_ops.h"

#define STAGE_HINT \
	"The stages are awareness, consideration, decision, purchase, experience, " \
	"loyalty and advocacy, or their Polish names."

/* The English name of a stage, which is also its label in a journey. */
const char *
stage_label_of(int16 stage)
{
	const char *name = stage_name(stage);

	if (name == NULL)
		value_reject_stored("journey_stage");
	return name;
}

/* The core knows the names in UTF-8; in SQL_ASCII bytes are what they are. */
static bool
parse_stage(const char *text, int16 *stage)
{
	if (GetDatabaseEncoding() != PG_SQL_ASCII)
		text = pg_server_to_any(text, (int) strlen(text), PG_UTF8);
	return stage_parse(text, strlen(text), stage);
}

/* False only when escontext takes the error. */
static bool
stage_from_text(const char *text, int16 *stage, Node *escontext)
{
	return parse_stage(text, stage) ||
		value_reject_form("journey_stage", text, "There is no stage of that name.", STAGE_HINT,
						  escontext);
}

PG_FUNCTION_INFO_V1(journey_stage_in);
Datum
journey_stage_in(PG_FUNCTION_ARGS)
{
	int16		stage = 0;

	if (!stage_from_text(PG_GETARG_CSTRING(0), &stage, fcinfo->context))
		PG_RETURN_NULL();
	PG_RETURN_STAGE(stage);
}

PG_FUNCTION_INFO_V1(journey_stage_out);
Datum
journey_stage_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(pstrdup(stage_label_of(PG_GETARG_STAGE(0))));
}

PG_FUNCTION_INFO_V1(journey_stage_recv);
Datum
journey_stage_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			length;
	char	   *text = pq_getmsgtext(buf, buf->len - buf->cursor, &length);
	int16		stage = 0;

	if (!parse_stage(text, &stage))
		value_reject_binary("journey_stage",
							psprintf("There is no stage \"%s\".",
									 value_shown(text, (size_t) length)));
	PG_RETURN_STAGE(stage);
}

PG_FUNCTION_INFO_V1(journey_stage_send);
Datum
journey_stage_send(PG_FUNCTION_ARGS)
{
	const char *name = stage_label_of(PG_GETARG_STAGE(0));
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendtext(&buf, name, (int) strlen(name));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

PG_FUNCTION_INFO_V1(journey_stage_to_text);
Datum
journey_stage_to_text(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(stage_label_of(PG_GETARG_STAGE(0))));
}

PG_FUNCTION_INFO_V1(journey_stage_from_text);
Datum
journey_stage_from_text(PG_FUNCTION_ARGS)
{
	int16		stage = 0;

	stage_from_text(text_to_cstring(PG_GETARG_TEXT_PP(0)), &stage, NULL);
	PG_RETURN_STAGE(stage);
}

/* journey_stage -> integer, 1 to 7 */
PG_FUNCTION_INFO_V1(journey_stage_to_int4);
Datum
journey_stage_to_int4(PG_FUNCTION_ARGS)
{
	int16		stage = PG_GETARG_STAGE(0);

	(void) stage_label_of(stage);
	PG_RETURN_INT32(stage_position(stage));
}

PG_FUNCTION_INFO_V1(journey_stage_from_int4);
Datum
journey_stage_from_int4(PG_FUNCTION_ARGS)
{
	int32		position = PG_GETARG_INT32(0);

	if (position < 1 || position > STAGES)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("journey_stage %d is outside 1..%d", position, STAGES),
				 errhint("Stages count from 1, awareness, to %d, advocacy.", STAGES)));
	PG_RETURN_STAGE(stage_at(position));
}

/* stage_label(journey_stage, language): the name for a report */
PG_FUNCTION_INFO_V1(journey_stage_label);
Datum
journey_stage_label(PG_FUNCTION_ARGS)
{
	int16		stage = PG_GETARG_STAGE(0);
	const char *language = text_to_cstring(PG_GETARG_TEXT_PP(1));
	const char *name = stage_label_of(stage);

	if (fold_same(language, strlen(language), "pl"))
	{
		name = stage_polish_name(stage);
		name = pg_any_to_server(name, (int) strlen(name), PG_UTF8);
	}
	else if (!fold_same(language, strlen(language), "en"))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there are no stage labels in the language \"%s\"",
						value_shown(language, strlen(language))),
				 errhint("The languages are 'en' (English) and 'pl' (Polish).")));
	PG_RETURN_TEXT_P(cstring_to_text(name));
}

static int
compare_args(FunctionCallInfo fcinfo)
{
	return (int) PG_GETARG_STAGE(0) - (int) PG_GETARG_STAGE(1);
}

COMPARISONS(journey_stage, compare_args);

static int
compare_stages(Datum a, Datum b, SortSupport ssup)
{
	return (int) DatumGetInt16(a) - (int) DatumGetInt16(b);
}

/* Lets sorts and index builds compare without a call through fmgr. */
PG_FUNCTION_INFO_V1(journey_stage_sortsupport);
Datum
journey_stage_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = compare_stages;
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(journey_stage_hash);
Datum
journey_stage_hash(PG_FUNCTION_ARGS)
{
	return hash_uint32((uint32) PG_GETARG_STAGE(0));
}

PG_FUNCTION_INFO_V1(journey_stage_hash_extended);
Datum
journey_stage_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_uint32_extended((uint32) PG_GETARG_STAGE(0), (uint64) PG_GETARG_INT64(1));
}

/* State functions of min() and max() */
PG_FUNCTION_INFO_V1(journey_stage_smaller);
Datum
journey_stage_smaller(PG_FUNCTION_ARGS)
{
	PG_RETURN_STAGE(Min(PG_GETARG_STAGE(0), PG_GETARG_STAGE(1)));
}

PG_FUNCTION_INFO_V1(journey_stage_larger);
Datum
journey_stage_larger(PG_FUNCTION_ARGS)
{
	PG_RETURN_STAGE(Max(PG_GETARG_STAGE(0), PG_GETARG_STAGE(1)));
}
