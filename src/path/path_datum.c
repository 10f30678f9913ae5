/*
 * path_datum.c
 *		What the SQL-callable files about paths share; see path_datum.h.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "path/path_datum.h"

#define PATH_HINT \
	"Write labels joined by arrows, such as: visit > \"add to cart\" >[7 days] purchase; " \
	"or by & for any order: visit & purchase."

#define BLANK_HINT "Put labels with blanks in double quotes, such as: visit > \"add to cart\"."

/* The error for a stored value that this library cannot read; XX001. */
void
journey_path_reject_stored(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("stored journey_path is damaged or of an unknown format"),
			 errhint("If a newer version of cxjourney wrote it, install that version's library.")));
}

/* What to write instead: an arrow of another kind is not a label with blanks. */
static const char *
path_hint(const TextScan *scan)
{
	bool		arrow = strncmp(scan->at, "->", 2) == 0 ||
		strncmp(scan->at, "\xe2\x86\x92", 3) == 0;

	return text_scan_blank(scan) && !arrow ? BLANK_HINT : PATH_HINT;
}

/* 42601 for wrong syntax, 54000 for a path that is too large. */
static bool
report_bad_path(const TextScan *scan, Node *escontext)
{
	int			place = pg_mbstrlen_with_len(scan->text, (int) (scan->at - scan->text)) + 1;

	soft_ereport(escontext, false,
				 (errcode(scan->limit ? ERRCODE_PROGRAM_LIMIT_EXCEEDED : ERRCODE_SYNTAX_ERROR),
				  errmsg("invalid input syntax for type %s: \"%s\"", "journey_path", scan->text),
				  scan->problem != NULL ?
				  errdetail("%s at character %d.", scan->problem, place) :
				  errdetail("Expected %s at character %d.", scan->expected, place),
				  errhint("%s", path_hint(scan))));
	return false;
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

/* NULL only when escontext takes the error. */
JourneyPath *
journey_path_from_text(const char *text, Node *escontext)
{
	size_t		length = strlen(text);
	JourneyPathDraft draft;
	TextScan	scan;

	draft.bytes = palloc(length + 1);
	text_scan_begin(&scan, text, length);
	if (journey_path_parse(&scan, journey_path_is_utf8(), &draft))
		return journey_path_from_draft(&draft);
	report_bad_path(&scan, escontext);
	return NULL;
}
