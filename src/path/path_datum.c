/*
 * path_datum.c
 *		What the SQL-callable files about paths share; see path_datum.h.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"

#include "path/path_datum.h"

#define PATH_HINT \
	"Write labels joined by arrows, such as: visit > \"add to cart\" >[7 days] purchase; " \
	"or by & for any order: visit & purchase."

#define BLANK_HINT "Put labels with blanks in double quotes, such as: visit > \"add to cart\"."

/* What to write instead: an arrow of another kind is not a label with blanks. */
static const char *
path_hint(const TextScan *scan)
{
	bool		arrow = strncmp(scan->at, "->", 2) == 0 ||
		strncmp(scan->at, "\xe2\x86\x92", 3) == 0;

	return text_scan_blank(scan) && !arrow ? BLANK_HINT : PATH_HINT;
}

/* The value of a path that was parsed or put together. */
JourneyPath *
journey_path_from_draft(const JourneyPathDraft *draft)
{
	Size		size = journey_path_size(draft);
	JourneyPath *path = palloc0(size);

	SET_VARSIZE(path, size);
	journey_path_pack(draft, path);
	return path;
}

/* The path of a text, or NULL and why in the scan. */
static JourneyPath *
parse(const char *text, size_t length, TextScan *scan)
{
	JourneyPathDraft draft;

	draft.bytes = palloc(length + 1);
	text_scan_begin(scan, text, length);
	if (!journey_path_parse(scan, journey_path_is_utf8(), &draft))
		return NULL;
	return journey_path_from_draft(&draft);
}

/* 22P02 for wrong syntax, 54000 past the limits; NULL only when escontext takes the error. */
JourneyPath *
journey_path_from_text(const char *text, Node *escontext)
{
	TextScan	scan;
	JourneyPath *path = parse(text, strlen(text), &scan);

	if (path == NULL)
		(void) value_reject_text("journey_path", &scan, path_hint(&scan), escontext);
	return path;
}

/* A path as a text of so many bytes within the message of a type; 22P03. */
JourneyPath *
journey_path_receive(StringInfo buf, int bytes, const char *type)
{
	int			length;
	const char *text = pq_getmsgtext(buf, bytes, &length);
	TextScan	scan;
	JourneyPath *path = parse(text, (size_t) length, &scan);

	if (path == NULL)
		value_reject_binary_text(type, &scan);
	return path;
}
