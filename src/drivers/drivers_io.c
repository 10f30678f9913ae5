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

#include "drivers/drivers_datum.h"
#include "shared/value_error.h"
#include "shared/value_wire.h"

#define TYPE_NAME "driver_summary"

#define TEXT_HINT \
	"Write what driver_summary wrote: " \
	"{1 drivers, 2 responses, 0 left out, sums [3, 4], products [5, 7, 10]}."

PG_FUNCTION_INFO_V1(driver_summary_in);
Datum
driver_summary_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	DriverSummary *s = palloc0(DRIVERS_MAX_SIZE);
	TextScan	scan;

	if (value_is_json(text) &&
		(text = value_from_json(text, &drivers_json, fcinfo->context)) == NULL)
		PG_RETURN_NULL();
	if (!drivers_parse(text, s, &scan) &&
		!value_reject_scan(TYPE_NAME, &scan, "No answers have these counts and sums.",
						   TEXT_HINT, fcinfo->context))
		PG_RETURN_NULL();
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

/* The number of drivers decides how much is allocated and read, so it is checked first. */
PG_FUNCTION_INFO_V1(driver_summary_recv);
Datum
driver_summary_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	DriverSummary *s;
	DriverStatus status;
	bool		weighted;
	size_t		width;
	int			drivers;

	value_receive_version(buf, TYPE_NAME, DRIVERS_VERSION);
	weighted = value_receive_flags(buf, TYPE_NAME, DRIVERS_WEIGHTED) != 0;
	width = weighted ? 3 : 2;
	drivers = (int) pq_getmsgint(buf, 2);
	if (drivers > DRIVERS_MAX)
		value_reject_binary(TYPE_NAME, "There are more than 64 drivers.");
	s = drivers_new(drivers, weighted);
	s->responses = pq_getmsgint64(buf);
	s->left_out = pq_getmsgint64(buf);
	for (size_t i = 0; i < drivers_words(drivers, weighted); i += width)
		for (size_t j = width; j-- > 0;)
			s->words[i + j] = (uint64) pq_getmsgint64(buf);
	status = drivers_validate(s, VARSIZE(s));
	if (status != DRIVERS_OK)
		value_reject_binary(TYPE_NAME, status == DRIVERS_BAD_COUNT ?
							"The counts are not those of answers." :
							"No answers have these sums.");
	PG_RETURN_POINTER(s);
}
