/*
 * touchpoint_type.c
 *		The SQL type journey_touchpoint: input and output, parts, casts, order,
 *		hash.
 *
 * The binary form is a version byte and the text form, which the protocol
 * converts between the encodings of client and database.  Text, binary and
 * constructor all end in touchpoint_validate().
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "touchpoint/touchpoint_type.h"
#include "shared/value_ops.h"
#include "shared/value_wire.h"

#define TOUCHPOINT_HINT "Write the channel, a colon and the place: web:checkout."

/* What is wrong with a touchpoint from outside, for DETAIL. */
static const char *
status_detail(TouchpointStatus status, const TouchpointParts *parts)
{
	switch (status)
	{
		case TOUCHPOINT_NO_COLON:
			return "There is no colon.";
		case TOUCHPOINT_NO_CHANNEL:
			return "The channel is empty.";
		case TOUCHPOINT_NO_PLACE:
			return "The place is empty.";
		case TOUCHPOINT_COLON_IN_CHANNEL:
			return "A channel has no colon; a place may have some.";
		case TOUCHPOINT_LONG_CHANNEL:
			return psprintf("The channel has %zu bytes; it may have %d.",
							parts->channel_length, TOUCHPOINT_MAX_CHANNEL);
		case TOUCHPOINT_LONG_PLACE:
			return psprintf("The place has %zu bytes; it may have %d.",
							parts->place_length, TOUCHPOINT_MAX_PLACE);
		default:
			return "It has a control character, such as a tab or a line break.";
	}
}

static bool
is_too_long(TouchpointStatus status)
{
	return status == TOUCHPOINT_LONG_CHANNEL || status == TOUCHPOINT_LONG_PLACE;
}

static bool
database_is_utf8(void)
{
	return GetDatabaseEncoding() == PG_UTF8;
}

/* The value of parts that are valid. */
static struct varlena *
touchpoint_new(const TouchpointParts *parts)
{
	struct varlena *t = palloc(VARHDRSZ + TOUCHPOINT_HEADER + TOUCHPOINT_MAX_TEXT);
	char	   *bytes = VARDATA(t);
	size_t		length;

	bytes[0] = TOUCHPOINT_VERSION;
	bytes[1] = 0;
	length = touchpoint_write(parts, database_is_utf8(), bytes + TOUCHPOINT_HEADER);
	SET_VARSIZE(t, VARHDRSZ + TOUCHPOINT_HEADER + length);
	return t;
}

static TouchpointStatus
parse_touchpoint(const char *text, size_t length, TouchpointParts *parts)
{
	TouchpointStatus status = touchpoint_split(text, length, parts);

	if (status != TOUCHPOINT_OK)
		return status;
	return touchpoint_validate(parts, database_is_utf8());
}

/* 22P02 for wrong syntax, 22001 past a limit; false when escontext takes it. */
static bool
report_bad_text(const char *text, TouchpointStatus status, const TouchpointParts *parts,
				Node *escontext)
{
	if (is_too_long(status))
		soft_ereport(escontext, false,
					 (errcode(ERRCODE_STRING_DATA_RIGHT_TRUNCATION),
					  errmsg("value \"%s\" is too long for type %s",
							 value_shown(text, strlen(text)), "journey_touchpoint"),
					  errdetail("%s", status_detail(status, parts)),
					  errhint(TOUCHPOINT_HINT)));
	return value_reject_form("journey_touchpoint", text, status_detail(status, parts),
							 TOUCHPOINT_HINT, escontext);
}

PG_FUNCTION_INFO_V1(journey_touchpoint_in);
Datum
journey_touchpoint_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	TouchpointParts parts;
	TouchpointStatus status = parse_touchpoint(text, strlen(text), &parts);

	if (status != TOUCHPOINT_OK && !report_bad_text(text, status, &parts, fcinfo->context))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(touchpoint_new(&parts));
}

/* The same for text from elsewhere; an error when it is no touchpoint. */
Datum
touchpoint_from_text(const char *text)
{
	TouchpointParts parts;
	TouchpointStatus status = parse_touchpoint(text, strlen(text), &parts);

	if (status != TOUCHPOINT_OK)
		report_bad_text(text, status, &parts, NULL);
	return PointerGetDatum(touchpoint_new(&parts));
}

PG_FUNCTION_INFO_V1(journey_touchpoint_out);
Datum
journey_touchpoint_out(PG_FUNCTION_ARGS)
{
	size_t		length;
	const char *text = touchpoint_text(PG_GETARG_TOUCHPOINT(0), &length);

	PG_RETURN_CSTRING(pnstrdup(text, length));
}

PG_FUNCTION_INFO_V1(journey_touchpoint_recv);
Datum
journey_touchpoint_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	TouchpointParts parts;
	TouchpointStatus status;
	const char *text;
	int			length;

	value_receive_version(buf, "journey_touchpoint", TOUCHPOINT_VERSION);
	text = pq_getmsgtext(buf, buf->len - buf->cursor, &length);
	status = parse_touchpoint(text, (size_t) length, &parts);
	if (status != TOUCHPOINT_OK)
		value_reject_binary("journey_touchpoint",
							psprintf("\"%s\": %s", value_shown(text, (size_t) length),
									 status_detail(status, &parts)));
	PG_RETURN_POINTER(touchpoint_new(&parts));
}

PG_FUNCTION_INFO_V1(journey_touchpoint_send);
Datum
journey_touchpoint_send(PG_FUNCTION_ARGS)
{
	size_t		length;
	const char *text = touchpoint_text(PG_GETARG_TOUCHPOINT(0), &length);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint8(&buf, TOUCHPOINT_VERSION);
	pq_sendtext(&buf, text, (int) length);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

PG_FUNCTION_INFO_V1(journey_touchpoint_to_text);
Datum
journey_touchpoint_to_text(PG_FUNCTION_ARGS)
{
	size_t		length;
	const char *text = touchpoint_text(PG_GETARG_TOUCHPOINT(0), &length);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(text, (int) length));
}

PG_FUNCTION_INFO_V1(journey_touchpoint_from_text);
Datum
journey_touchpoint_from_text(PG_FUNCTION_ARGS)
{
	return touchpoint_from_text(text_to_cstring(PG_GETARG_TEXT_PP(0)));
}

/* journey_touchpoint(channel text, place text) */
PG_FUNCTION_INFO_V1(journey_touchpoint_from_parts);
Datum
journey_touchpoint_from_parts(PG_FUNCTION_ARGS)
{
	text	   *channel = PG_GETARG_TEXT_PP(0);
	text	   *place = PG_GETARG_TEXT_PP(1);
	TouchpointParts parts = {VARDATA_ANY(channel), VARSIZE_ANY_EXHDR(channel),
	VARDATA_ANY(place), VARSIZE_ANY_EXHDR(place)};
	TouchpointStatus status = touchpoint_validate(&parts, database_is_utf8());

	if (status != TOUCHPOINT_OK)
		ereport(ERROR,
				(errcode(is_too_long(status) ? ERRCODE_STRING_DATA_RIGHT_TRUNCATION :
						 ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("channel \"%s\" and place \"%s\" make no %s",
						value_shown(parts.channel, parts.channel_length),
						value_shown(parts.place, parts.place_length), "journey_touchpoint"),
				 errdetail("%s", status_detail(status, &parts)),
				 errhint("Give the channel and the place, as in journey_touchpoint('web', "
						 "'checkout').")));
	PG_RETURN_POINTER(touchpoint_new(&parts));
}

/* The parts of the touchpoint in argument 0. */
static TouchpointParts
parts_arg(FunctionCallInfo fcinfo)
{
	size_t		length;
	const char *text = touchpoint_text(PG_GETARG_TOUCHPOINT(0), &length);
	TouchpointParts parts;

	if (touchpoint_split(text, length, &parts) != TOUCHPOINT_OK)
		touchpoint_reject_stored();
	return parts;
}

PG_FUNCTION_INFO_V1(journey_touchpoint_channel);
Datum
journey_touchpoint_channel(PG_FUNCTION_ARGS)
{
	TouchpointParts parts = parts_arg(fcinfo);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(parts.channel, (int) parts.channel_length));
}

PG_FUNCTION_INFO_V1(journey_touchpoint_place);
Datum
journey_touchpoint_place(PG_FUNCTION_ARGS)
{
	TouchpointParts parts = parts_arg(fcinfo);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(parts.place, (int) parts.place_length));
}

/* is_online(journey_touchpoint): NULL for a channel that is not in the table */
PG_FUNCTION_INFO_V1(journey_touchpoint_is_online);
Datum
journey_touchpoint_is_online(PG_FUNCTION_ARGS)
{
	TouchpointParts parts = parts_arg(fcinfo);
	bool		online;

	if (!touchpoint_is_online(parts.channel, parts.channel_length, &online))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(online);
}

/* Ordered by the bytes of the text form; never by collation, which may change. */
static const char *
content_of(const struct varlena *t)
{
	size_t		length;

	return touchpoint_text(t, &length);
}

#define CONTENT(t) content_of(t)
#define CONTENT_SIZE(t) (VARSIZE_ANY_EXHDR(t) - TOUCHPOINT_HEADER)

CONTENT_COMPARISON(compare_args, struct varlena, PG_GETARG_TOUCHPOINT);
COMPARISONS(journey_touchpoint, compare_args);
HASHES(journey_touchpoint_hash, struct varlena, PG_GETARG_TOUCHPOINT);
