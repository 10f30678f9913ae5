/*
 * journey_datum.c
 *		What the SQL-callable files about journeys share; see journey_datum.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "port/pg_bswap.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "base/label.h"
#include "journey/journey_reader.h"
#include "journey/journey_datum.h"
#include "journey/journey_text.h"
#include "shared/aggregate.h"

/* What is handled without allocating and without a general sort. */
#define FEW_VISITS	64
#define FEW_LABELS	32

/* The error for a stored value that this library cannot read; XX001. */
void
journey_reject_stored(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("stored journey is damaged or of an unknown format"),
			 errhint("If a newer version of cxjourney wrote it, install that version's library.")));
}

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
	if (journey_is_collecting(journey))
		return journey_finish((JourneyState *) journey);
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
		(JOURNEY_HEADER_BYTE((const uint8 *) VARDATA_ANY(datum), flags) & JOURNEY_COLLECTING) != 0)
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

/* An empty state, in the current memory context. */
JourneyState *
journey_state_new(void)
{
	JourneyState *state = palloc(JOURNEY_STATE_SMALLEST);

	SET_VARSIZE(state, JOURNEY_STATE_SMALLEST);
	journey_state_init(state, JOURNEY_STATE_SMALLEST);
	state->mark = aggregate_mark();
	return state;
}

/* 54000: a journey has its limits */
static void
reject_size(JourneyStatus status)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 status == JOURNEY_TOO_MANY_LABELS ?
			 errmsg("a journey has at most %d different stages", JOURNEY_MAX_LABELS) :
			 status == JOURNEY_TOO_MANY_VISITS ?
			 errmsg("a journey has at most %d visits", JOURNEY_MAX_VISITS) :
			 errmsg("a journey is at most one gigabyte large, also as text"),
			 errhint("A journey is that of one customer: is a customer missing in GROUP BY?")));
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

static JourneyState *
grow(const JourneyState *state, uint32 length)
{
	Size		bytes = journey_state_grown(state, length);
	JourneyState *larger;

	if (bytes == 0)
		reject_size(JOURNEY_NO_ROOM);
	larger = palloc(bytes);
	SET_VARSIZE(larger, bytes);
	journey_state_move(larger, bytes, state, VARSIZE(state));
	return larger;
}

/*
 * Append a visit.  Returns the state, which may have moved to the current memory
 * context; the old one is the caller's to free.
 */
JourneyState *
journey_collect(JourneyState *state, const JourneyLabel *label, TimestampTz at, int64 seq)
{
	JourneyStatus status = journey_state_add(state, VARSIZE(state), label, at, seq);

	if (status == JOURNEY_NO_ROOM)
	{
		state = grow(state, label->length);
		status = journey_state_add(state, VARSIZE(state), label, at, seq);
	}
	if (status == JOURNEY_BAD_LABEL)
		journey_reject_label(label->text, label->length);
	if (status != JOURNEY_OK)
		reject_size(status);
	return state;
}

/* Append all visits of a packed journey; frees the states it has outgrown itself. */
JourneyState *
journey_collect_all(JourneyState *state, const Journey *journey)
{
	JourneyState *given = state;
	Visits		v;

	journey_decode(journey, &v);
	for (uint32 i = 0; i < v.n; i++)
	{
		JourneyState *before = state;

		state = journey_collect(state, &v.labels[v.visits[i].label], v.visits[i].at,
								v.visits[i].seq);
		if (state != before && before != given)
			pfree(before);
		if (i % 65536 == 65535)
			CHECK_FOR_INTERRUPTS();
	}
	return state;
}

static void
allocate(Visits *v, uint32 n, uint32 label_count)
{
	v->n = n;
	v->label_count = label_count;
	v->visits = palloc(Max(n, 1) * sizeof(JourneyVisit));
	v->labels = palloc(Max(label_count, 1) * sizeof(JourneyLabel));
}

/* All that comes behind the counts; false if it is damaged. */
static inline bool
read_all(const JourneyReader *reader, Visits *v)
{
	JourneyReader r = *reader;

	for (uint32 i = 0; i < v->label_count; i++)
		if (!journey_read_label(&r, &v->labels[i]))
			return false;
	if (!journey_read_first(&r))
		return false;
	for (uint32 i = 0; i < v->n; i++)
		if (!journey_read_visit(&r, &v->visits[i]))
			return false;
	return true;
}

/*
 * Unpack a journey where it stands, without memory of its own unless it is large;
 * the labels go on pointing into it.
 */
void
journey_unpack(struct varlena *datum, JourneyRoom *room, Visits *v)
{
	JourneyContent content = journey_content(datum);
	JourneyReader reader;

	if (!journey_read_begin(&reader, content.bytes, content.size))
		journey_reject_stored();
	if (reader.visits <= lengthof(room->visits) && reader.labels <= lengthof(room->labels))
		*v = (Visits) {reader.visits, room->visits, reader.labels, room->labels};
	else
		allocate(v, reader.visits, reader.labels);
	if (!read_all(&reader, v))
		journey_reject_stored();
}

/* Unpack a journey; the labels go on pointing into it. */
void
journey_decode(const Journey *journey, Visits *v)
{
	JourneyReader reader;

	if (VARSIZE(journey) < JOURNEY_CONTENT_AT ||
		!journey_read_begin(&reader, (const uint8 *) journey + JOURNEY_CONTENT_AT,
							VARSIZE(journey) - JOURNEY_CONTENT_AT))
		journey_reject_stored();
	allocate(v, reader.visits, reader.labels);
	if (!read_all(&reader, v))
		journey_reject_stored();
}

static int
compare_labels(const JourneyLabel *a, const JourneyLabel *b)
{
	return journey_label_compare(a->text, a->length, b->text, b->length);
}

/* The numbers of the labels that some visit has. */
static uint32
used_labels(const Visits *v, uint32 *numbers)
{
	bool	   *used = palloc0(Max(v->label_count, 1));
	uint32		count = 0;

	for (uint32 i = 0; i < v->n; i++)
		used[v->visits[i].label] = true;
	for (uint32 i = 0; i < v->label_count; i++)
		if (used[i])
			numbers[count++] = i;
	pfree(used);
	return count;
}

static int
compare_numbers(const void *a, const void *b, void *labels)
{
	const JourneyLabel *all = labels;

	return compare_labels(&all[*(const uint32 *) a], &all[*(const uint32 *) b]);
}

/* The first eight bytes as a number that sorts as they do; nothing counts as 0. */
static uint64
label_prefix(const JourneyLabel *label)
{
	uint64		prefix = 0;

	memcpy(&prefix, label->text, Min(label->length, sizeof(prefix)));
	return pg_ntoh64(prefix);
}

/* Customers have few stages, and for those nothing beats insertion. */
static void
sort_few_numbers(uint32 *numbers, uint32 n, const JourneyLabel *labels)
{
	uint64		prefix[FEW_LABELS];

	for (uint32 i = 0; i < n; i++)
	{
		uint32		number = numbers[i];
		uint64		mine = label_prefix(&labels[number]);
		uint32		at = i;

		for (; at > 0; at--)
		{
			if (prefix[at - 1] < mine ||
				(prefix[at - 1] == mine &&
				 compare_labels(&labels[numbers[at - 1]], &labels[number]) < 0))
				break;
			prefix[at] = prefix[at - 1];
			numbers[at] = numbers[at - 1];
		}
		prefix[at] = mine;
		numbers[at] = number;
	}
}

/* Renumber the labels, of which these numbers are in use, in the order of their bytes. */
static void
sort_labels(Visits *v, uint32 *numbers, uint32 used, uint32 *rank)
{
	JourneyLabel *sorted = palloc(Max(used, 1) * sizeof(JourneyLabel));

	if (used <= FEW_LABELS)
		sort_few_numbers(numbers, used, v->labels);
	else
		qsort_arg(numbers, used, sizeof(uint32), compare_numbers, v->labels);
	for (uint32 i = 0; i < used; i++)
	{
		sorted[i] = v->labels[numbers[i]];
		rank[numbers[i]] = i;
	}
	v->labels = sorted;
	v->label_count = used;
	for (uint32 i = 0; i < v->n; i++)
		v->visits[i].label = rank[v->visits[i].label];
}

/*
 * Can the text form be made?  It is longer than the packed form, and a value
 * that cannot be written cannot be dumped.
 */
static bool
text_fits(const Visits *v)
{
	uint64		size = 0;
	uint64		most = JOURNEY_VISIT_CHARS;

	if (v->n * most < MaxAllocSize)
		return true;
	for (uint32 i = 0; i < v->n; i++)
	{
		const JourneyLabel *label = &v->labels[v->visits[i].label];

		size += JOURNEY_LABEL_TEXT_BOUND(label->length);
		if (journey_label_is_bare(label->text, label->length))
			size -= label->length + 2;
		size += v->visits[i].seq != 0 ? 50 : 30;
	}
	return size < MaxAllocSize;
}

/* Sort the visits of numbered labels and pack them. */
static Journey *
pack_sorted(Visits *v)
{
	Size		size;
	Journey    *journey;

	if (!journey_is_sorted(v->visits, v->n))
		qsort(v->visits, v->n, sizeof(JourneyVisit), journey_visit_compare);
	/* the bound may be past what a value can have where the result is not */
	journey = MemoryContextAllocHuge(CurrentMemoryContext,
									 journey_pack_bound(v->visits, v->n, v->labels,
														v->label_count));
	size = journey_pack(journey, v->visits, v->n, v->labels, v->label_count);
	if (!AllocSizeIsValid(size) || !text_fits(v))
		reject_size(JOURNEY_NO_ROOM);
	SET_VARSIZE(journey, size);
	return journey;
}

/*
 * Pack visits in any order with labels in any order, all different; labels that
 * no visit has are left out.  The visits are sorted in place, and v gets a sorted
 * array of labels.
 */
Journey *
journey_encode(Visits *v)
{
	uint32	   *numbers = palloc(Max(v->label_count, 1) * sizeof(uint32));
	uint32	   *rank = palloc(Max(v->label_count, 1) * sizeof(uint32));

	sort_labels(v, numbers, used_labels(v, numbers), rank);
	pfree(numbers);
	pfree(rank);
	return pack_sorted(v);
}

/* Unpack a state into arrays that are large enough. */
static void
unpack_state(const JourneyState *state, Visits *v)
{
	v->n = state->visits;
	v->label_count = state->labels;
	if (journey_state_labels(state, VARSIZE(state), v->labels) != JOURNEY_OK ||
		journey_state_visits(state, v->visits) != JOURNEY_OK)
		journey_reject_stored();
}

/*
 * Most customers have few visits to few stages, and there may be a million of
 * them: for those everything but the result stays on the stack.  Each label of a
 * state is in use.
 */
static Journey *
finish_small(const JourneyState *state)
{
	JourneyVisit visits[FEW_VISITS];
	JourneyLabel labels[FEW_LABELS];
	uint32		numbers[FEW_LABELS];
	uint32		rank[FEW_LABELS];
	Visits		v = {0, visits, 0, labels};

	unpack_state(state, &v);
	for (uint32 i = 0; i < v.label_count; i++)
		numbers[i] = i;
	sort_labels(&v, numbers, v.label_count, rank);
	return pack_sorted(&v);
}

/* Pack what a state has collected; the state stays as it is. */
Journey *
journey_finish(const JourneyState *state)
{
	Visits		v;

	if (journey_state_check(state, VARSIZE(state)) != JOURNEY_OK)
		journey_reject_stored();
	if (state->visits <= FEW_VISITS && state->labels <= FEW_LABELS)
		return finish_small(state);
	allocate(&v, state->visits, state->labels);
	unpack_state(state, &v);
	return journey_encode(&v);
}

/* Only the labels of a journey; they go on pointing into it. */
void
journey_decode_labels(const Journey *journey, Visits *v)
{
	JourneyReader reader = journey_open(journey);

	allocate(v, 0, reader.labels);
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
		int			order = compare_labels(&labels[middle], &wanted);

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

	journey_decode_labels(journey, &v);
	number = journey_find_in(v.labels, v.label_count, text, length);
	pfree(v.labels);
	pfree(v.visits);
	return number;
}

/* A label with its length, both in the client's encoding, into a binary value. */
void
journey_send_label(StringInfo buf, const JourneyLabel *label)
{
#if PG_VERSION_NUM >= 170000
	pq_sendcountedtext(buf, label->text, (int) label->length);
#else
	pq_sendcountedtext(buf, label->text, (int) label->length, false);
#endif
}
