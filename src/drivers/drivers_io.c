/*
 * drivers_io.c
 *		Text and binary input and output of driver_summary.
 *
 * The binary form is the packed format of drivers.h in network byte order, without the
 * length word: version, flags, drivers, responses, left out, then the sums, each with
 * its highest word first.  Text and binary build a candidate, which passes the one
 * validator of the core.
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"

#include "drivers/drivers_datum.h"

/* 22P02 for text that is no summary. */
static bool
report_text(const char *text, const DriverTextError *error, Node *escontext)
{
	soft_ereport(escontext, false,
				 (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				  errmsg("invalid input syntax for type %s: \"%.*s\"", "driver_summary",
						 pg_mbcliplen(text, (int) strlen(text), 1000), text),
				  error->expected != NULL ?
				  errdetail("Expected %s at character %d.", error->expected,
							pg_mbstrlen_with_len(text, (int) error->offset) + 1) :
				  errdetail("No answers have these counts and sums."),
				  errhint("Write what driver_summary wrote: {1 drivers, 2 responses, 0 left out, "
						  "sums [3, 4], products [5, 7, 10]}.")));
	return false;
}

PG_FUNCTION_INFO_V1(driver_summary_in);
Datum
driver_summary_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	DriverSummary *s = palloc0(DRIVERS_MAX_SIZE);
	DriverTextError error = {0, NULL};

	if (value_is_json(text) &&
		(text = value_from_json(text, &drivers_json, fcinfo->context)) == NULL)
		PG_RETURN_NULL();
	if (!drivers_parse(text, s, &error))
	{
		(void) report_text(text, &error, fcinfo->context);
		PG_RETURN_NULL();
	}
	SET_VARSIZE(s, drivers_bytes(s));
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(driver_summary_out);
Datum
driver_summary_out(PG_FUNCTION_ARGS)
{
	DriverSummary *s = PG_GETARG_DRIVERS(0);
	char	   *text = palloc(drivers_text_bound(s));

	drivers_print(s, text);
	PG_RETURN_CSTRING(text);
}

PG_FUNCTION_INFO_V1(driver_summary_send);
Datum
driver_summary_send(PG_FUNCTION_ARGS)
{
	DriverSummary *s = PG_GETARG_DRIVERS(0);
	size_t		words = drivers_words(s->drivers, drivers_weighted(s));
	size_t		width = (size_t) drivers_width(s);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint8(&buf, s->version);
	pq_sendint8(&buf, s->flags);
	pq_sendint16(&buf, s->drivers);
	pq_sendint64(&buf, (uint64) s->responses);
	pq_sendint64(&buf, (uint64) s->left_out);
	for (size_t i = 0; i < words; i += width)
		for (size_t j = width; j-- > 0;)
			pq_sendint64(&buf, s->words[i + j]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* 22P03 */
static void
reject_binary(DriverStatus status)
{
	const char *detail =
		status == DRIVERS_BAD_VERSION ? "The version of the format is unknown." :
		status == DRIVERS_BAD_FLAGS ? "Reserved flags are set." :
		status == DRIVERS_BAD_SIZE ? "The number of drivers does not fit the message." :
		status == DRIVERS_BAD_COUNT ? "The counts are not those of answers." :
		"No answers have these sums.";

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value for type %s", "driver_summary"),
			 errdetail("%s", detail),
			 errhint("Send only what driver_summary_send wrote, whole and unchanged.")));
}

/* The number of drivers decides how much is allocated and read, so it is checked first. */
PG_FUNCTION_INFO_V1(driver_summary_recv);
Datum
driver_summary_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	uint8		version = (uint8) pq_getmsgbyte(buf);
	uint8		flags = (uint8) pq_getmsgbyte(buf);
	int			drivers = (int) pq_getmsgint(buf, 2);
	bool		weighted = (flags & DRIVERS_WEIGHTED) != 0;
	size_t		width = weighted ? 3 : 2;
	DriverSummary *s;
	DriverStatus status;

	if (version != DRIVERS_VERSION)
		reject_binary(DRIVERS_BAD_VERSION);
	if (drivers > DRIVERS_MAX)
		reject_binary(DRIVERS_BAD_SIZE);
	s = drivers_new(drivers, weighted);
	s->flags = flags;
	s->responses = pq_getmsgint64(buf);
	s->left_out = pq_getmsgint64(buf);
	for (size_t i = 0; i < drivers_words(drivers, weighted); i += width)
		for (size_t j = width; j-- > 0;)
			s->words[i + j] = (uint64) pq_getmsgint64(buf);
	status = drivers_validate(s, VARSIZE(s));
	if (status != DRIVERS_OK)
		reject_binary(status);
	PG_RETURN_POINTER(s);
}
