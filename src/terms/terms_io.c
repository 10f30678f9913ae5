/*
 * terms_io.c
 *		Text and binary input and output of term summaries, order and hashing.
 *
 * The binary form, in network byte order: version (1 byte), reserved 0 (1), comments (8),
 * number of terms (4), for each its comments (8), its length (4) and its text in the
 * client's encoding.
 *
 * Whatever comes in is counted like comments and packed like the result of the aggregate,
 * so nothing but a canonical summary can come out; terms_check() sees to it that comments
 * can have made it.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "shared/value_ops.h"
#include "shared/value_wire.h"
#include "terms/terms_datum.h"
#include "terms/terms_text.h"

#define TYPE_NAME "term_summary"

#define TEXT_HINT \
	"Write what term_summary wrote: {fast = 2, \"very fast\" = 1} in 3 comments."

/* What terms_check() found, for DETAIL. */
static const char *
status_detail(TermsStatus status)
{
	switch (status)
	{
		case TERMS_BAD_TERM:
			return "A term has 1 to 2047 bytes.";
		case TERMS_BAD_COUNT:
			return "A term stands in at least one comment, and in no more than there are.";
		case TERMS_BAD_COMMENTS:
			return "There are more comments than terms in them.";
		default:
			return "There are more than 9223372036854775807 terms in the comments.";
	}
}

PG_FUNCTION_INFO_V1(terms_in);
Datum
terms_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	TermsBuilder b = {terms_state_new(), NULL};
	TermsTextReader reader;
	TextItem	read;
	TermsStatus status;
	Terms		terms;

	if (value_is_json(text) &&
		(text = value_from_json(text, &terms_json, fcinfo->context)) == NULL)
		PG_RETURN_NULL();
	terms_text_begin(&reader, text, strlen(text));
	while ((read = terms_text_next(&reader)) == TEXT_ITEM)
	{
		terms_collect_term(&b, reader.term, reader.length, reader.count);
		CHECK_FOR_INTERRUPTS();
	}
	if (read == TEXT_ERROR)
	{
		(void) value_reject_text(TYPE_NAME, &reader.scan, TEXT_HINT, fcinfo->context);
		PG_RETURN_NULL();
	}
	terms_collect_comments(&b, reader.comments);
	terms_sort(b.state, &terms);
	status = terms_check(&terms);
	if (status != TERMS_OK)
	{
		(void) value_reject_content(TYPE_NAME, text, status_detail(status), TEXT_HINT,
									fcinfo->context);
		PG_RETURN_NULL();
	}
	PG_RETURN_POINTER(terms_packed(&terms));
}

PG_FUNCTION_INFO_V1(terms_out);
Datum
terms_out(PG_FUNCTION_ARGS)
{
	Terms		terms;
	char	   *text;

	terms_open(PG_GETARG_TERMS(0), &terms);
	text = palloc(terms_text_bound(&terms));
	terms_text_print(&terms, text);
	PG_RETURN_CSTRING(text);
}

PG_FUNCTION_INFO_V1(terms_send);
Datum
terms_send(PG_FUNCTION_ARGS)
{
	Terms		terms;
	StringInfoData buf;

	terms_open(PG_GETARG_TERMS(0), &terms);
	pq_begintypsend(&buf);
	pq_sendint8(&buf, TERMS_VERSION);
	pq_sendint8(&buf, 0);
	pq_sendint64(&buf, (uint64) terms.comments);
	pq_sendint32(&buf, terms.count);
	for (uint32 i = 0; i < terms.count; i++)
	{
		JourneyLabel label = {terms.terms[i].text, terms.terms[i].length};

		pq_sendint64(&buf, (uint64) terms.terms[i].count);
		value_send_label(&buf, &label);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static void
receive_term(StringInfo buf, TermsBuilder *b)
{
	int64		count = pq_getmsgint64(buf);
	const char *text;
	int			length;

	if (count <= 0)
		value_reject_binary(TYPE_NAME, status_detail(TERMS_BAD_COUNT));
	text = pq_getmsgtext(buf, value_receive_length(buf, TYPE_NAME), &length);
	if (length == 0 || length > TERM_MOST_BYTES)
		value_reject_binary(TYPE_NAME, status_detail(TERMS_BAD_TERM));
	terms_collect_term(b, text, (uint32) length, count);
}

PG_FUNCTION_INFO_V1(terms_recv);
Datum
terms_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	TermsBuilder b = {terms_state_new(), NULL};
	int64		comments;
	uint32		count;
	TermsStatus status;
	Terms		terms;

	value_receive_version(buf, TYPE_NAME, TERMS_VERSION);
	(void) value_receive_flags(buf, TYPE_NAME, 0);
	comments = pq_getmsgint64(buf);
	if (comments < 0)
		value_reject_binary(TYPE_NAME, "There are fewer than no comments.");
	terms_collect_comments(&b, comments);
	count = value_receive_count(buf, TYPE_NAME, PG_UINT32_MAX, 13);
	for (uint32 i = 0; i < count; i++)
	{
		receive_term(buf, &b);
		CHECK_FOR_INTERRUPTS();
	}
	terms_sort(b.state, &terms);
	status = terms_check(&terms);
	if (status != TERMS_OK)
		value_reject_binary(TYPE_NAME, status_detail(status));
	PG_RETURN_POINTER(terms_packed(&terms));
}

/* The bytes of a packed summary that say what it is: all after the version. */
#define CONTENT(t) ((const unsigned char *) &(t)->flags)
#define CONTENT_SIZE(t) (VARSIZE(t) - offsetof(TermsHeader, flags))

/* There is one packed form of a summary. */
CONTENT_COMPARISON(compare_args, TermsHeader, PG_GETARG_TERMS);
COMPARISONS(terms, compare_args);
HASHES(terms_hash, TermsHeader, PG_GETARG_TERMS);
