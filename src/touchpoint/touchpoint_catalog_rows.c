/*
 * touchpoint_catalog_rows.c
 *		touchpoint_catalog(industry): the usual touchpoints as rows.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "shared/value_error.h"
#include "touchpoint/stage_type.h"
#include "touchpoint/touchpoint_type.h"

/*
 * A name in UTF-8 as text of the database; false when its encoding lacks a
 * letter.  The English names are of use there all the same, so that is no error.
 */
static bool
text_from_utf8(const char *name, Datum *value)
{
	int			encoding = GetDatabaseEncoding();
	int			length = (int) strlen(name);
	char		converted[256];
	Oid			conversion;

	if (encoding != PG_UTF8 && encoding != PG_SQL_ASCII)
	{
		conversion = FindDefaultConversionProc(PG_UTF8, encoding);
		if (!OidIsValid(conversion) ||
			pg_do_encoding_conversion_buf(conversion, PG_UTF8, encoding,
										  unconstify(unsigned char *, (const unsigned char *) name),
										  length, (unsigned char *) converted,
										  sizeof(converted), true) < length)
			return false;
		name = converted;
	}
	*value = CStringGetTextDatum(name);
	return true;
}

/* A row (touchpoint, channel, stage, name_en, name_pl) */
static void
put_entry(ReturnSetInfo *rsinfo, const CatalogEntry *entry)
{
	Datum		values[5];
	bool		nulls[5] = {false};
	TouchpointParts parts;

	touchpoint_split(entry->touchpoint, strlen(entry->touchpoint), &parts);
	values[0] = touchpoint_from_text(entry->touchpoint);
	values[1] =
		PointerGetDatum(cstring_to_text_with_len(parts.channel, (int) parts.channel_length));
	values[2] = StageGetDatum(entry->stage);
	values[3] = CStringGetTextDatum(entry->english);
	nulls[4] = !text_from_utf8(entry->polish, &values[4]);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/* The core knows the names in UTF-8; in SQL_ASCII bytes are what they are. */
static const CatalogEntry *
catalog_named(const char *industry, size_t *entries)
{
	if (GetDatabaseEncoding() != PG_SQL_ASCII)
		industry = pg_server_to_any(industry, (int) strlen(industry), PG_UTF8);
	return touchpoint_catalog_of(industry, strlen(industry), entries);
}

PG_FUNCTION_INFO_V1(journey_touchpoint_catalog);
Datum
journey_touchpoint_catalog(PG_FUNCTION_ARGS)
{
	const char *industry = text_to_cstring(PG_GETARG_TEXT_PP(0));
	size_t		count = 0;
	const CatalogEntry *entries = catalog_named(industry, &count);

	if (entries == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no touchpoint catalog for the industry \"%s\"",
						value_shown(industry, strlen(industry))),
				 errhint("The industries are e-commerce, banking, telecommunications, "
						 "fmcg and hospitality, by English or Polish name.")));
	InitMaterializedSRF(fcinfo, 0);
	for (size_t i = 0; i < count; i++)
		put_entry((ReturnSetInfo *) fcinfo->resultinfo, &entries[i]);
	return (Datum) 0;
}
