/*
 * path_io.c
 *		The SQL type journey_path: text, binary, arrays of labels, comparison.
 *
 * The binary form is a version byte and the text form, so that labels are
 * converted between encodings like any text, and text from outside has one
 * parser and validator, whichever way it comes.
 *
 * Paths are compared by their text form, which is unique for each path: equal
 * means written alike, apart from white space, needless quotes, and the units
 * of time limits.  The order means nothing by itself; it lets GROUP BY,
 * DISTINCT, UNION and joins work.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/label.h"
#include "path/path_datum.h"
#include "shared/value_ops.h"
#include "shared/value_wire.h"

#define PATH_BINARY_VERSION 1

static char *
path_to_text(const JourneyPath *path, size_t *length)
{
	char	   *text = palloc(journey_path_text_bound(path));

	*length = journey_path_print(path, text);
	return text;
}

PG_FUNCTION_INFO_V1(journey_path_in);
Datum
journey_path_in(PG_FUNCTION_ARGS)
{
	JourneyPath *path = journey_path_from_text(PG_GETARG_CSTRING(0), fcinfo->context);

	if (path == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(path);
}

PG_FUNCTION_INFO_V1(journey_path_out);
Datum
journey_path_out(PG_FUNCTION_ARGS)
{
	size_t		length;

	PG_RETURN_CSTRING(path_to_text(PG_GETARG_JOURNEY_PATH(0), &length));
}

PG_FUNCTION_INFO_V1(journey_path_recv);
Datum
journey_path_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);

	value_receive_version(buf, "journey_path", PATH_BINARY_VERSION);
	PG_RETURN_POINTER(journey_path_receive(buf, buf->len - buf->cursor, "journey_path"));
}

PG_FUNCTION_INFO_V1(journey_path_send);
Datum
journey_path_send(PG_FUNCTION_ARGS)
{
	size_t		length;
	char	   *text = path_to_text(PG_GETARG_JOURNEY_PATH(0), &length);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint8(&buf, PATH_BINARY_VERSION);
	pq_sendtext(&buf, text, (int) length);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* An array that can be a path has one dimension and 1 to 64 elements. */
static void
check_array(ArrayType *array, int n)
{
	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("labels of a journey_path must be a one-dimensional array"),
				 errhint("Write the labels as one list: '{visit,cart,purchase}'.")));
	if (n == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a journey_path needs at least one label"),
				 errhint("Write the labels in path order: '{visit,cart,purchase}'.")));
	if (n > JOURNEY_PATH_MAX_ITEMS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a journey_path of %d labels is too long", n),
				 errhint("A path has at most %d items.", JOURNEY_PATH_MAX_ITEMS)));
}

/* One label as the next item. */
static void
add_label(JourneyPathDraft *draft, const text *label)
{
	const char *bytes = VARDATA_ANY(label);
	size_t		length = VARSIZE_ANY_EXHDR(label);
	JourneyLabelStatus status = journey_label_check(bytes, length, journey_path_is_utf8(), NULL);

	if (status != JOURNEY_LABEL_OK)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("label %d of a journey_path is invalid: \"%s\"",
						draft->items + 1, text_to_cstring(label)),
				 errdetail("%s.", journey_label_problem(status)),
				 errhint("A label has 1 to %d bytes and no control characters.",
						 JOURNEY_MAX_LABEL)));
	journey_path_add_item(draft);
	journey_path_add_label(draft, bytes, length);
}

/* journey_path(text[]): the labels in path order, joined by '>' */
PG_FUNCTION_INFO_V1(journey_path_from_labels);
Datum
journey_path_from_labels(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	JourneyPathDraft draft;
	Datum	   *labels;
	bool	   *nulls;
	int			n;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &labels, &nulls, &n);
	check_array(array, n);
	journey_path_begin(&draft, palloc((Size) n * JOURNEY_MAX_LABEL));
	for (int i = 0; i < n; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("label %d of a journey_path must not be null", i + 1),
					 errhint("Leave it out, for example with array_remove(labels, NULL).")));
		add_label(&draft, DatumGetTextPP(labels[i]));
	}
	PG_RETURN_POINTER(journey_path_from_draft(&draft));
}

/* The text form of argument n, which is what paths are compared and hashed by. */
static text *
text_arg(FunctionCallInfo fcinfo, int n)
{
	JourneyPath *path = PG_GETARG_JOURNEY_PATH(n);
	size_t		length;
	char	   *printed = path_to_text(path, &length);
	text	   *result = cstring_to_text_with_len(printed, (int) length);

	pfree(printed);
	PG_FREE_IF_COPY(path, n);
	return result;
}

#define GETARG_TEXT(n) text_arg(fcinfo, n)
#define CONTENT(t) VARDATA(t)
#define CONTENT_SIZE(t) (VARSIZE(t) - VARHDRSZ)

CONTENT_COMPARISON(compare_args, text, GETARG_TEXT);
COMPARISONS(journey_path, compare_args);
HASHES(journey_path_hash, text, GETARG_TEXT);
