/*
 * value_error.c
 *		Values from outside that are not valid; see value_error.h.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "shared/value_error.h"

/* Bytes of a text that are shown; more would hide the rest of the message. */
#define MOST_SHOWN	1000

#define NEWER_HINT "If a newer version of cxjourney wrote it, install that version's library."

/* A text for a message: its beginning when it is long. */
char *
value_shown(const char *text, size_t length)
{
	int			clipped = pg_mbcliplen(text, (int) Min(length, 2 * MOST_SHOWN), MOST_SHOWN);

	return psprintf("%.*s%s", clipped, text, (size_t) clipped < length ? "..." : "");
}

static bool
reject_form(int sqlstate, const char *type, const char *text, const char *detail,
			const char *hint, Node *escontext)
{
	soft_ereport(escontext, false,
				 (errcode(sqlstate),
				  errmsg("invalid input syntax for type %s: \"%s\"", type,
						 value_shown(text, strlen(text))),
				  errdetail("%s", detail),
				  errhint("%s", hint)));
	return false;
}

/* What should stand where a scan has come to, or what is wrong there; the end is missing. */
static char *
problem_of(const TextScan *scan)
{
	int			place = pg_mbstrlen_with_len(scan->text, (int) (scan->at - scan->text)) + 1;

	if (scan->problem != NULL)
		return psprintf("%s at character %d", scan->problem, place);
	return psprintf("Expected %s at character %d", scan->expected, place);
}

/* 22P02, or 54000 for more than a value can hold; with the place */
bool
value_reject_text(const char *type, const TextScan *scan, const char *hint, Node *escontext)
{
	return reject_form(scan->limit ? ERRCODE_PROGRAM_LIMIT_EXCEEDED :
					   ERRCODE_INVALID_TEXT_REPRESENTATION, type, scan->text,
					   psprintf("%s.", problem_of(scan)), hint, escontext);
}

/* 22P02, without a place; detail is a sentence */
bool
value_reject_form(const char *type, const char *text, const char *detail, const char *hint,
				  Node *escontext)
{
	return reject_form(ERRCODE_INVALID_TEXT_REPRESENTATION, type, text, detail, hint, escontext);
}

/* 22P02: each part can be read, but together they are no value; detail is a sentence */
bool
value_reject_content(const char *type, const char *text, const char *detail, const char *hint,
					 Node *escontext)
{
	soft_ereport(escontext, false,
				 (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				  errmsg("value \"%s\" is not possible for type %s",
						 value_shown(text, strlen(text)), type),
				  errdetail("%s", detail),
				  errhint("%s", hint)));
	return false;
}

/* A scan that failed; or what it read is not possible, for which detail is a sentence. */
bool
value_reject_scan(const char *type, const TextScan *scan, const char *detail, const char *hint,
				  Node *escontext)
{
	if (scan->expected != NULL || scan->problem != NULL)
		return value_reject_text(type, scan, hint, escontext);
	return value_reject_content(type, scan->text, detail, hint, escontext);
}

/* 22P03; detail is a sentence */
void
value_reject_binary(const char *type, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value for type %s", type),
			 errdetail("%s", detail),
			 errhint("Send only what %s_send wrote, whole and unchanged.", type)));
}

/* 22P03: a text within a message */
void
value_reject_binary_text(const char *type, const TextScan *scan)
{
	value_reject_binary(type, psprintf("%s of \"%s\".", problem_of(scan),
									   value_shown(scan->text, scan->end - scan->text)));
}

/* 22P03: the first byte of a message is another version than the one that is known */
void
value_reject_version(const char *type, int version, int known)
{
	if (version < known)
		value_reject_binary(type, psprintf("The version of the format is %d, not %d.",
										   version, known));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value for type %s", type),
			 errdetail("The version of the format is %d, not %d.", version, known),
			 errhint(NEWER_HINT)));
}

/* XX001 */
void
value_reject_stored(const char *type)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("stored %s is damaged or of an unknown format", type),
			 errhint(NEWER_HINT)));
}
