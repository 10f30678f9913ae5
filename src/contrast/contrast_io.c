/*
 * contrast_io.c
 *		Text and binary input and output of contrasts, order and hashing.
 *
 * The binary form, in network byte order: version (1 byte), flags, of which there are
 * none (1); window and landmark in microseconds (8 each); the path as its text, with its
 * length (4), in the client's encoding; too recent, early, reached, missed (8 each);
 * number of stages (4), and for each: its length (4) and its text, and how many of those
 * who reached and who missed had seen it (8 each).
 *
 * Whatever comes in is counted like customers and packed like the result of the
 * aggregate, so nothing but a canonical contrast can come out; contrast_check() sees to
 * it that customers can have made it.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "contrast/contrast_datum.h"
#include "contrast/contrast_text.h"
#include "path/path_datum.h"
#include "shared/value_ops.h"
#include "shared/value_wire.h"

#define TYPE_NAME "journey_contrast"

#define TEXT_HINT \
	"Write what journey_contrast wrote: {a > b; within 30 days; landmark 7 days; too recent 0, " \
	"early 0, reached 2, missed 3; [c = 1 + 2]}."

/* length and text of a label of one byte, and two counts */
#define STAGE_BYTES	21

/* What contrast_check() found, for DETAIL. */
static const char *
status_detail(ContrastStatus status)
{
	switch (status)
	{
		case CONTRAST_BAD_PATH:
			return "The path has \"&\", \"^\", \"$\", \">=\", an optional first item, "
				"or one item only.";
		case CONTRAST_BAD_TIMES:
			return "The landmark is not above 0 and below the window.";
		case CONTRAST_BAD_COUNTS:
			return "A number of customers is negative, or there are more than "
				"9223372036854775807 of them.";
		default:
			return "A stage stands in the path, or was seen by nobody, or by more customers "
				"than there are.";
	}
}

/* Is this what customers can be asked? */
static ContrastStatus
check_question(const ContrastQuestion *question)
{
	Contrast	empty = {.question = *question};

	return contrast_check(&empty);
}

/* An empty builder for a text; NULL as state if the question is none that can be asked. */
static ContrastBuilder
begin_text(const ContrastTextReader *reader, ContrastStatus *status)
{
	ContrastBuilder b = {NULL, NULL};
	JourneyPath *path = journey_path_from_draft(&reader->path);
	ContrastQuestion question = {path, VARSIZE(path), reader->within, reader->landmark};

	*status = check_question(&question);
	if (*status == CONTRAST_OK)
		b.state = contrast_state_new(&question);
	return b;
}

/* Read a text, into b or into an error; false for one of syntax. */
static bool
read_text(const char *text, ContrastTextReader *reader, ContrastBuilder *b,
		  ContrastStatus *status)
{
	Size		length = strlen(text);
	TextItem	item;

	if (!contrast_text_begin(reader, text, length, GetDatabaseEncoding() == PG_UTF8,
							 palloc(length + 1)))
		return false;
	*b = begin_text(reader, status);
	while ((item = contrast_text_next(reader)) == TEXT_ITEM)
	{
		if (*status == CONTRAST_OK)
			contrast_collect_stage(b, &reader->stage);
		CHECK_FOR_INTERRUPTS();
	}
	return item == TEXT_END;
}

PG_FUNCTION_INFO_V1(contrast_in);
Datum
contrast_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	ContrastTextReader *reader = palloc(sizeof(ContrastTextReader));
	ContrastBuilder b = {NULL, NULL};
	ContrastStatus status = CONTRAST_OK;
	Contrast	contrast;

	if (value_is_json(text) &&
		(text = value_from_json(text, &contrast_json, fcinfo->context)) == NULL)
		PG_RETURN_NULL();
	if (!read_text(text, reader, &b, &status) &&
		!value_reject_text(TYPE_NAME, &reader->scan, TEXT_HINT, fcinfo->context))
		PG_RETURN_NULL();
	if (status == CONTRAST_OK)
	{
		b.state->counts = reader->counts;
		contrast_sort_unchecked(b.state, &contrast);
		status = contrast_check(&contrast);
	}
	if (status != CONTRAST_OK && !value_reject_content(TYPE_NAME, text, status_detail(status),
													   TEXT_HINT, fcinfo->context))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(contrast_packed(&contrast));
}

PG_FUNCTION_INFO_V1(contrast_out);
Datum
contrast_out(PG_FUNCTION_ARGS)
{
	Contrast	contrast;
	char	   *text;

	contrast_arg(fcinfo, 0, &contrast);
	text = palloc_extended(contrast_text_bound(&contrast), MCXT_ALLOC_HUGE);
	contrast_text_print(&contrast, text);
	PG_RETURN_CSTRING(text);
}

PG_FUNCTION_INFO_V1(contrast_send);
Datum
contrast_send(PG_FUNCTION_ARGS)
{
	Contrast	contrast;
	StringInfoData buf;
	JourneyLabel path;
	char	   *text;

	contrast_arg(fcinfo, 0, &contrast);
	text = palloc(journey_path_text_bound(contrast.question.path));
	path.length = (uint32) journey_path_print(contrast.question.path, text);
	path.text = text;
	pq_begintypsend(&buf);
	pq_sendint8(&buf, CONTRAST_VERSION);
	pq_sendint8(&buf, 0);
	pq_sendint64(&buf, (uint64) contrast.question.within);
	pq_sendint64(&buf, (uint64) contrast.question.landmark);
	value_send_label(&buf, &path);
	pq_sendint64(&buf, (uint64) contrast.counts.too_recent);
	pq_sendint64(&buf, (uint64) contrast.counts.early);
	pq_sendint64(&buf, (uint64) contrast.counts.reached);
	pq_sendint64(&buf, (uint64) contrast.counts.missed);
	pq_sendint32(&buf, contrast.n);
	for (uint32 i = 0; i < contrast.n; i++)
	{
		value_send_label(&buf, &contrast.stages[i].label);
		pq_sendint64(&buf, (uint64) contrast.stages[i].reached);
		pq_sendint64(&buf, (uint64) contrast.stages[i].missed);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* An empty builder for a message. */
static ContrastBuilder
receive_head(StringInfo buf)
{
	ContrastBuilder b = {NULL, NULL};
	ContrastQuestion question;
	ContrastStatus status;
	JourneyPath *path;

	value_receive_version(buf, TYPE_NAME, CONTRAST_VERSION);
	(void) value_receive_flags(buf, TYPE_NAME, 0);
	question.within = pq_getmsgint64(buf);
	question.landmark = pq_getmsgint64(buf);
	path = journey_path_receive(buf, value_receive_length(buf, TYPE_NAME), TYPE_NAME);
	question.path = path;
	question.path_bytes = VARSIZE(path);
	status = check_question(&question);
	if (status != CONTRAST_OK)
		value_reject_binary(TYPE_NAME, status_detail(status));
	b.state = contrast_state_new(&question);
	b.state->counts.too_recent = pq_getmsgint64(buf);
	b.state->counts.early = pq_getmsgint64(buf);
	b.state->counts.reached = pq_getmsgint64(buf);
	b.state->counts.missed = pq_getmsgint64(buf);
	return b;
}

static void
receive_stage(StringInfo buf, ContrastBuilder *b)
{
	ContrastStage stage;

	stage.label = value_receive_label(buf, TYPE_NAME);
	stage.reached = pq_getmsgint64(buf);
	stage.missed = pq_getmsgint64(buf);
	if (stage.reached < 0 || stage.missed < 0)
		value_reject_binary(TYPE_NAME, status_detail(CONTRAST_BAD_COUNTS));
	contrast_collect_stage(b, &stage);
}

PG_FUNCTION_INFO_V1(contrast_recv);
Datum
contrast_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	ContrastBuilder b = receive_head(buf);
	ContrastStatus status;
	Contrast	contrast;
	uint32		n;

	n = value_receive_count(buf, TYPE_NAME, PG_UINT32_MAX, STAGE_BYTES);
	for (uint32 i = 0; i < n; i++)
	{
		receive_stage(buf, &b);
		CHECK_FOR_INTERRUPTS();
	}
	contrast_sort_unchecked(b.state, &contrast);
	status = contrast_check(&contrast);
	if (status != CONTRAST_OK)
		value_reject_binary(TYPE_NAME, status_detail(status));
	PG_RETURN_POINTER(contrast_packed(&contrast));
}

/* Argument n packed. */
static ContrastHeader *
packed_arg(FunctionCallInfo fcinfo, int n)
{
	ContrastHeader *header = (ContrastHeader *) PG_DETOAST_DATUM(PG_GETARG_DATUM(n));
	Contrast	contrast;

	if (VARSIZE(header) < sizeof(ContrastHeader))
		contrast_reject_stored();
	if (!contrast_is_growing(header))
		return header;
	contrast_open((struct varlena *) header, &contrast);
	return contrast_packed(&contrast);
}

#define GETARG_PACKED(n) packed_arg(fcinfo, n)
#define CONTENT(c) ((const unsigned char *) &(c)->flags)
#define CONTENT_SIZE(c) (VARSIZE(c) - offsetof(ContrastHeader, flags))

/* There is one packed form of a content. */
CONTENT_COMPARISON(compare_args, ContrastHeader, GETARG_PACKED);
COMPARISONS(contrast, compare_args);
HASHES(contrast_hash, ContrastHeader, GETARG_PACKED);
