/*
 * journey_datum.c
 *		What the SQL-callable files about journeys share; see journey_datum.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "port/pg_bswap.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "base/label.h"
#include "journey/journey_reader.h"
#include "journey/journey_datum.h"
#include "journey/journey_text.h"
#include "journey/journey_value.h"
#include "shared/aggregate.h"

/*
 * A packed journey from a datum that may be compressed, out of line, or behind a
 * short header.  A state that was never finished (an aggregate of one's own
 * without a final function) is packed now, so that nothing else ever meets one.
 */
Journey *
journey_detoast(struct varlena *datum)
{
	Journey    *journey = (Journey *) PG_DETOAST_DATUM(PointerGetDatum(datum));

	if (VARSIZE(journey) <= sizeof(JourneyHeader))
		journey_reject_stored();
	if (journey_is_growing(journey))
		return journey_state_packed((JourneyState *) journey);
	return journey;
}

/*
 * The same without the length word, and without a copy where the journey stands as
 * it is, be it behind a short header: that is how most are stored.
 */
JourneyContent
journey_content(struct varlena *datum)
{
	JourneyContent content;

	if (VARATT_IS_EXTERNAL(datum) || VARATT_IS_COMPRESSED(datum) ||
		VARSIZE_ANY_EXHDR(datum) <= sizeof(JourneyHeader) - JOURNEY_CONTENT_AT ||
		(JOURNEY_HEADER_BYTE((const uint8 *) VARDATA_ANY(datum), flags) & JOURNEY_GROWING) != 0)
		datum = (struct varlena *) journey_detoast(datum);
	content.bytes = (const uint8 *) VARDATA_ANY(datum);
	content.size = VARSIZE_ANY_EXHDR(datum);
	return content;
}

/* Begin to read the visits; an error if the value is damaged. */
JourneyReader
journey_open(const Journey *journey)
{
	JourneyReader reader;

	if (journey_read(journey, VARSIZE(journey), &reader) != JOURNEY_OK)
		journey_reject_stored();
	return reader;
}

/* Infinite times have no place in an order of visits with stays; 22008. */
void
journey_check_time(TimestampTz at)
{
	if (TIMESTAMP_NOT_FINITE(at))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("time of a visit is %s",
						TIMESTAMP_IS_NOBEGIN(at) ? "-infinity" : "infinity"),
				 errhint("Leave such visits out: FILTER (WHERE isfinite(at)).")));
}

/* The error for what is no label; 22023. */
void
journey_reject_label(const char *label, Size length)
{
	JourneyLabelStatus status = journey_label_check(label, length, false, NULL);

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("\"%.*s\" is not the label of a stage",
					pg_mbcliplen(label, (int) length, JOURNEY_MAX_LABEL), label),
			 errdetail("%s.", journey_label_problem(status)),
			 errhint("A label is 1 to %d bytes of text without control characters.",
					 JOURNEY_MAX_LABEL)));
}

/* Does a text look like a path of several stages? */
static bool
looks_like_path(const JourneyLabel *label)
{
	for (uint32 i = 0; i < label->length; i++)
		if (label->text[i] == '|' || label->text[i] == '>' || label->text[i] == '&')
			return true;
	return false;
}

/* What stands in double quotes; false unless the whole text is one quoted label. */
static bool
unquote(JourneyLabel *label)
{
	char	   *text = palloc(JOURNEY_MAX_LABEL);
	const char *at = label->text;
	const char *end = at + label->length;
	size_t		length;

	if (*at != '"' || journey_label_read(&at, end, false, text, &length) != JOURNEY_LABEL_OK ||
		at != end)
		return false;
	*label = (JourneyLabel) {text, (uint32) length};
	return true;
}

/*
 * A text argument as the one stage that an aggregate asks for.  A path there would
 * be a label that nobody visits, and all zeros without a word; a stage that is
 * really called so stands in double quotes.  22023
 */
JourneyLabel
journey_goal_arg(FunctionCallInfo fcinfo, int argno, const char *what)
{
	JourneyLabel label = journey_label_arg(fcinfo, argno);

	if (looks_like_path(&label) && !unquote(&label))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s \"%.*s\" is a path, not one stage", what,
						pg_mbcliplen(label.text, (int) label.length, JOURNEY_MAX_LABEL),
						label.text),
				 errhint("Give several stages one name when the journeys are built. "
						 "A stage that is called so stands in double quotes: '\"a > b\"'.")));
	if (journey_label_check(label.text, label.length, false, NULL) != JOURNEY_LABEL_OK)
		journey_reject_label(label.text, label.length);
	return label;
}

/* Room for so many visits and labels, in the current memory context. */
void
journey_allocate_visits(Visits *v, uint32 n, uint32 label_count)
{
	v->n = n;
	v->label_count = label_count;
	v->visits = palloc(Max(n, 1) * sizeof(JourneyVisit));
	v->labels = palloc(Max(label_count, 1) * sizeof(JourneyLabel));
	v->values = NULL;
}

/* All that comes behind the counts, but for values that are not asked for; false if damaged. */
static inline bool
read_all(const JourneyReader *reader, Visits *v, bool with_values)
{
	JourneyReader r = *reader;

	for (uint32 i = 0; i < v->label_count; i++)
		if (!journey_read_label(&r, &v->labels[i]))
			return false;
	if (!journey_read_first(&r))
		return false;
	for (uint32 i = 0; i < v->n; i++)
	{
		if (unlikely(i % 65536 == 65535))
			CHECK_FOR_INTERRUPTS();
		if (!journey_read_visit(&r, &v->visits[i]))
			return false;
	}
	if (!r.has_values)
		return r.at == r.end;
	if (!with_values)
		return true;
	v->values = palloc(Max(v->n, 1) * sizeof(int64));
	return journey_read_values(&r, v->values);
}

/* Unpack a journey where it stands; see below. */
static inline void
open_datum(struct varlena *datum, JourneyRoom *room, Visits *v, bool with_values)
{
	JourneyContent content = journey_content(datum);
	JourneyReader reader;

	if (!journey_read_begin(&reader, content.bytes, content.size))
		journey_reject_stored();
	if (reader.visits <= lengthof(room->visits) && reader.labels <= lengthof(room->labels))
		*v = (Visits) {reader.visits, room->visits, reader.labels, room->labels, NULL};
	else
		journey_allocate_visits(v, reader.visits, reader.labels);
	if (!read_all(&reader, v, with_values))
		journey_reject_stored();
}

/*
 * Unpack a journey where it stands, without memory of its own unless it is large;
 * the labels go on pointing into it.  Its values are left where they are.
 */
void
journey_open_datum(struct varlena *datum, JourneyRoom *room, Visits *v)
{
	open_datum(datum, room, v, false);
}

/* The same with its values, which are in memory of their own. */
void
journey_open_valued(struct varlena *datum, JourneyRoom *room, Visits *v)
{
	open_datum(datum, room, v, true);
}

/* Unpack a journey; the labels go on pointing into it. */
void
journey_open_visits(const Journey *journey, Visits *v)
{
	JourneyReader reader;

	if (VARSIZE(journey) < JOURNEY_CONTENT_AT ||
		!journey_read_begin(&reader, (const uint8 *) journey + JOURNEY_CONTENT_AT,
							VARSIZE(journey) - JOURNEY_CONTENT_AT))
		journey_reject_stored();
	journey_allocate_visits(v, reader.visits, reader.labels);
	if (!read_all(&reader, v, true))
		journey_reject_stored();
}

/* Only the labels of a journey; they go on pointing into it. */
void
journey_open_labels(const Journey *journey, Visits *v)
{
	JourneyReader reader = journey_open(journey);

	journey_allocate_visits(v, 0, reader.labels);
	if (journey_read_labels(&reader, v->labels) != JOURNEY_OK)
		journey_reject_stored();
}

/* The number of a label among sorted ones, or JOURNEY_NO_LABEL. */
uint32
journey_find_in(const JourneyLabel *labels, uint32 count, const char *text, size_t length)
{
	JourneyLabel wanted = {text, (uint32) length};
	uint32		low = 0;
	uint32		high = count;

	while (low < high)
	{
		uint32		middle = low + (high - low) / 2;
		int			order = journey_compare_labels(&labels[middle], &wanted);

		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return JOURNEY_NO_LABEL;
}

/* The number of a label in a journey's dictionary, or JOURNEY_NO_LABEL. */
uint32
journey_find_label(const Journey *journey, const char *text, size_t length)
{
	Visits		v;
	uint32		number;

	journey_open_labels(journey, &v);
	number = journey_find_in(v.labels, v.label_count, text, length);
	pfree(v.labels);
	pfree(v.visits);
	return number;
}
