/*
 * journey_build.c
 *		Journeys from visits in any order: collecting them, sorting them, packing
 *		them.  See journey_datum.h.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bswap.h"
#include "utils/memutils.h"

#include "base/label.h"
#include "base/sort.h"
#include "journey/journey_datum.h"
#include "journey/journey_text.h"
#include "shared/aggregate.h"

/* What is handled without allocating and without a general sort. */
#define FEW_VISITS	64
#define FEW_LABELS	32

/* 54000: a journey has its limits */
void
journey_reject_size(JourneyStatus status)
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

static JourneyState *
grow(const JourneyState *state, uint32 length)
{
	Size		bytes = journey_state_grown(state, length);
	JourneyState *larger;

	if (bytes == 0)
		journey_reject_size(JOURNEY_NO_ROOM);
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
journey_collect(JourneyState *state, const JourneyLabel *label, TimestampTz at, int64 seq,
				int64 value)
{
	JourneyStatus status = journey_state_add(state, VARSIZE(state), label, at, seq, value);

	if (status == JOURNEY_NO_ROOM)
	{
		state = grow(state, label->length +
					 (value != JOURNEY_NO_VALUE ? JOURNEY_STATE_VALUE : 0));
		status = journey_state_add(state, VARSIZE(state), label, at, seq, value);
	}
	if (status == JOURNEY_BAD_LABEL)
		journey_reject_label(label->text, label->length);
	if (status != JOURNEY_OK)
		journey_reject_size(status);
	return state;
}

/* Append all visits of a packed journey; frees the states it has outgrown itself. */
JourneyState *
journey_collect_all(JourneyState *state, const Journey *journey)
{
	JourneyState *given = state;
	Visits		v;

	journey_open_visits(journey, &v);
	for (uint32 i = 0; i < v.n; i++)
	{
		JourneyState *before = state;

		state = journey_collect(state, &v.labels[v.visits[i].label], v.visits[i].at,
								v.visits[i].seq, journey_value_of(&v, i));
		if (state != before && before != given)
			pfree(before);
		if (i % 65536 == 65535)
			CHECK_FOR_INTERRUPTS();
	}
	return state;
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

	return journey_compare_labels(&all[*(const uint32 *) a], &all[*(const uint32 *) b]);
}

/* The first eight bytes as a number that sorts as they do; nothing counts as 0. */
static uint64
label_prefix(const JourneyLabel *label)
{
	uint64		prefix = 0;

	memcpy(&prefix, label->text, Min(label->length, sizeof(prefix)));
	return pg_ntoh64(prefix);
}

/* Customers have few stages, and for those nothing beats insertion.  False for equal ones. */
static bool
sort_few_numbers(uint32 *numbers, uint32 n, const JourneyLabel *labels)
{
	uint64		prefix[FEW_LABELS];

	for (uint32 i = 0; i < n; i++)
	{
		uint32		number = numbers[i];
		uint64		mine = label_prefix(&labels[number]);
		uint32		at = i;

		for (; at > 0 && prefix[at - 1] >= mine; at--)
		{
			int			order = prefix[at - 1] > mine ? 1 :
				journey_compare_labels(&labels[numbers[at - 1]], &labels[number]);

			if (order == 0)
				return false;
			if (order < 0)
				break;
			prefix[at] = prefix[at - 1];
			numbers[at] = numbers[at - 1];
		}
		prefix[at] = mine;
		numbers[at] = number;
	}
	return true;
}

/* The same for any number of them. */
static bool
sort_numbers(uint32 *numbers, uint32 n, JourneyLabel *labels)
{
	if (n <= FEW_LABELS)
		return sort_few_numbers(numbers, n, labels);
	qsort_arg(numbers, n, sizeof(uint32), compare_numbers, labels);
	for (uint32 i = 1; i < n; i++)
		if (compare_numbers(&numbers[i - 1], &numbers[i], labels) == 0)
			return false;
	return true;
}

/*
 * Renumber the labels, of which these numbers are in use, in the order of their bytes.
 * Only what is damaged has a label twice.
 */
static void
sort_labels(Visits *v, uint32 *numbers, uint32 used, uint32 *rank)
{
	JourneyLabel *sorted = palloc(Max(used, 1) * sizeof(JourneyLabel));

	if (!sort_numbers(numbers, used, v->labels))
		journey_reject_stored();
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
		size += journey_value_of(v, i) != JOURNEY_NO_VALUE ? 21 : 0;
	}
	return size < MaxAllocSize;
}

/* Sort the visits of numbered labels, with their values. */
static void
sort_visits(Visits *v)
{
	JourneyValued *both;

	if (v->values == NULL)
	{
		sort_entries(v->visits, v->n, sizeof(JourneyVisit), journey_visit_compare);
		return;
	}
	both = MemoryContextAllocHuge(CurrentMemoryContext, v->n * sizeof(JourneyValued));
	for (uint32 i = 0; i < v->n; i++)
		both[i] = (JourneyValued) {v->visits[i], v->values[i]};
	sort_entries(both, v->n, sizeof(JourneyValued), journey_valued_compare);
	for (uint32 i = 0; i < v->n; i++)
	{
		v->visits[i] = both[i].visit;
		v->values[i] = both[i].value;
	}
	pfree(both);
}

/* Sort the visits of numbered labels and pack them. */
static Journey *
pack_sorted(Visits *v)
{
	Size		size;
	Journey    *journey;

	if (!journey_is_sorted(v->visits, v->values, v->n))
		sort_visits(v);
	/* the bound may be past what a value can have where the result is not */
	journey = MemoryContextAllocHuge(CurrentMemoryContext,
									 journey_pack_bound(v->visits, v->values, v->n, v->labels,
														v->label_count));
	size = journey_pack(journey, v->visits, v->values, v->n, v->labels, v->label_count);
	if (!AllocSizeIsValid(size) || !text_fits(v))
		journey_reject_size(JOURNEY_NO_ROOM);
	SET_VARSIZE(journey, size);
	return journey;
}

/*
 * Pack visits in any order with labels in any order, all different; labels that
 * no visit has are left out.  The visits are sorted in place, and v gets a sorted
 * array of labels.
 */
Journey *
journey_packed(Visits *v)
{
	uint32	   *numbers = palloc(Max(v->label_count, 1) * sizeof(uint32));
	uint32	   *rank = palloc(Max(v->label_count, 1) * sizeof(uint32));

	sort_labels(v, numbers, used_labels(v, numbers), rank);
	pfree(numbers);
	pfree(rank);
	return pack_sorted(v);
}

/* Unpack a state into arrays that are large enough; values only where there are any. */
static void
unpack_state(const JourneyState *state, Visits *v)
{
	v->n = state->visits;
	v->label_count = state->labels;
	if (!journey_state_has_values(state))
		v->values = NULL;
	if (journey_state_labels(state, VARSIZE(state), v->labels) != JOURNEY_OK ||
		journey_state_visits(state, v->visits, v->values) != JOURNEY_OK)
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
	int64		values[FEW_VISITS];
	Visits		v = {0, visits, 0, labels, values};

	unpack_state(state, &v);
	for (uint32 i = 0; i < v.label_count; i++)
		numbers[i] = i;
	sort_labels(&v, numbers, v.label_count, rank);
	return pack_sorted(&v);
}

/* Pack what a state has collected; the state stays as it is. */
Journey *
journey_state_packed(const JourneyState *state)
{
	Visits		v;

	if (journey_state_check(state, VARSIZE(state)) != JOURNEY_OK)
		journey_reject_stored();
	if (state->visits <= FEW_VISITS && state->labels <= FEW_LABELS)
		return finish_small(state);
	journey_allocate_visits(&v, state->visits, state->labels);
	if (journey_state_has_values(state))
		v.values = palloc(Max(state->visits, 1) * sizeof(int64));
	unpack_state(state, &v);
	return journey_packed(&v);
}
