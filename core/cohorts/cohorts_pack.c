/*
 * cohorts_pack.c
 *		Packing what was counted, and reading it; see cohorts.h.
 */
#include <string.h>

#include "base/sort.h"
#include "base/varint.h"
#include "cohorts/cohorts.h"

static int
compare_cells(const void *a, const void *b)
{
	const CohortsCell *x = a;
	const CohortsCell *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

static uint8_t *
put_label(uint8_t *out, const JourneyLabel *label)
{
	out = varint_put(out, label->length);
	if (label->length > 0)
		memcpy(out, label->text, label->length);
	return out + label->length;
}

/* The counts of one kind in the n cells of a key, which ascend: how many periods, and each. */
static uint8_t *
put_counts(uint8_t *out, const CohortsCell *cells, uint32_t n, int kind)
{
	uint32_t	period = 0;

	while (n > 0 && cells[n - 1].counts[kind] == 0)
		n--;
	out = varint_put(out, n == 0 ? 0 : cells[n - 1].place);
	for (uint32_t i = 0; i < n; i++)
	{
		for (; period + 1 < cells[i].place; period++)
			*out++ = 0;
		out = varint_put(out, (uint64_t) cells[i].counts[kind]);
		period++;
	}
	return out;
}

/* The cells that are used, in order. */
static void
sort_cells(const CohortsState *s, CohortsCell *sorted)
{
	const CohortsCell *table = (const CohortsCell *) (s + 1);
	uint32_t	n = 0;

	for (uint32_t i = 0; i < 2 * s->room && n < s->cells; i++)
		if (table[i].place != 0)
			sorted[n++] = table[i];
	sort_entries(sorted, n, sizeof(CohortsCell), compare_cells);
}

static bool
is_last(const CohortsCell *sorted, uint32_t n, uint32_t i)
{
	return i + 1 == n || sorted[i + 1].key != sorted[i].key;
}

/*
 * Sort the cells into room for as many as the state has; returns how many bytes at
 * most they take packed.
 */
size_t
cohorts_pack_begin(const CohortsState *s, CohortsCell *sorted)
{
	CohortsQuestion q = cohorts_state_question(s);
	size_t		kinds = (size_t) cohorts_kinds(&q);
	size_t		bytes = sizeof(CohortsHeader) + 8 * VARINT_MAX + 3 * JOURNEY_MAX_LABEL;

	sort_cells(s, sorted);
	for (uint32_t i = 0; i < s->cells; i++)
	{
		bytes += kinds * VARINT_MAX;
		if (is_last(sorted, s->cells, i))
			bytes += VARINT_MAX + kinds * (VARINT_MAX + sorted[i].place);
	}
	return bytes;
}

static uint8_t *
put_head(uint8_t *out, const CohortsQuestion *q, uint32_t keys)
{
	out = varint_put(out, (uint64_t) q->periods);
	out = varint_put(out, varint_fold(q->open_from));
	out = put_label(out, &q->start);
	out = put_label(out, &q->returning);
	out = put_label(out, &q->zone);
	return varint_put(out, keys);
}

/*
 * Write the packed form of cells that cohorts_pack_begin() has sorted and return its
 * bytes; the length word is the caller's.
 */
size_t
cohorts_pack(const CohortsState *s, const CohortsCell *sorted, void *packed)
{
	CohortsHeader *header = packed;
	CohortsQuestion q = cohorts_state_question(s);
	uint8_t    *out = (uint8_t *) (header + 1);
	uint32_t	keys = 0;
	uint32_t	end;

	memset(header, 0, sizeof(*header));
	header->version = COHORTS_VERSION;
	header->flags = q.flags;
	header->unit = q.unit;
	for (uint32_t i = 0; i < s->cells; i++)
		keys += is_last(sorted, s->cells, i);
	out = put_head(out, &q, keys);
	for (uint32_t begin = 0; begin < s->cells; begin = end)
	{
		int64_t		key = sorted[begin].key;

		for (end = begin; !is_last(sorted, s->cells, end); end++)
			;
		end++;
		out = varint_put(out, begin == 0 ? varint_fold(key) :
						 (uint64_t) key - (uint64_t) sorted[begin - 1].key);
		for (int kind = 0; kind < cohorts_kinds(&q); kind++)
			out = put_counts(out, sorted + begin, end - begin, kind);
	}
	return (size_t) (out - (uint8_t *) packed);
}

static bool
get_number(CohortsReader *r, uint64_t most, uint64_t *number)
{
	return varint_get(&r->at, r->end, number) && *number <= most;
}

static bool
get_label(CohortsReader *r, JourneyLabel *label)
{
	uint64_t	length;

	if (!get_number(r, JOURNEY_MAX_LABEL, &length) || length > (uint64_t) (r->end - r->at))
		return false;
	label->text = (const char *) r->at;
	label->length = (uint32_t) length;
	r->at += length;
	return true;
}

static bool
get_head(CohortsReader *r)
{
	CohortsQuestion *q = &r->question;
	uint64_t	periods;
	uint64_t	open_from;
	uint64_t	keys;

	if (!get_number(r, COHORTS_MAX_PERIODS, &periods) ||
		!get_number(r, UINT64_MAX, &open_from) || !get_label(r, &q->start) ||
		!get_label(r, &q->returning) || !get_label(r, &q->zone))
		return false;
	q->periods = (int32_t) periods;
	q->open_from = varint_unfold(open_from);
	/* a key takes a byte, and so does each kind of count */
	if (cohorts_check_question(q) != COHORTS_OK || !get_number(r, COHORTS_MAX_CELLS, &keys) ||
		keys * (uint64_t) (1 + cohorts_kinds(q)) > (uint64_t) (r->end - r->at))
		return false;
	r->keys = r->left = (uint32_t) keys;
	return true;
}

/* Begin to read a packed value: rows follow.  False if it is damaged. */
bool
cohorts_read(const void *packed, size_t bytes, CohortsReader *r)
{
	const CohortsHeader *header = packed;

	if (bytes < sizeof(*header) || header->version != COHORTS_VERSION ||
		(header->flags & ~(COHORTS_LIFECYCLE | COHORTS_UNTIL)) != 0 || header->reserved != 0)
		return false;
	memset(r, 0, sizeof(*r));
	r->at = (const uint8_t *) (header + 1);
	r->end = (const uint8_t *) packed + bytes;
	r->question.flags = header->flags;
	r->question.unit = header->unit;
	return get_head(r);
}

/* The arrays of a row in room for COHORTS_COUNTS * (periods + 1) numbers. */
void
cohorts_row_in(CohortsRow *row, const CohortsQuestion *q, int64_t *room)
{
	for (int kind = 0; kind < COHORTS_COUNTS; kind++)
		row->counts[kind] = room + (size_t) kind * ((size_t) q->periods + 1);
}

static bool
get_counts(CohortsReader *r, int64_t *counts)
{
	uint64_t	periods = (uint64_t) r->question.periods + 1;
	uint64_t	n;
	uint64_t	count;

	if (!get_number(r, periods, &n))
		return false;
	memset(counts, 0, periods * sizeof(int64_t));
	for (uint64_t i = 0; i < n; i++)
	{
		if (!get_number(r, INT64_MAX, &count))
			return false;
		counts[i] = (int64_t) count;
	}
	return n == 0 || counts[n - 1] != 0;
}

/* The next key, of which there must be one left, into the arrays of cohorts_row_in(). */
bool
cohorts_read_row(CohortsReader *r, CohortsRow *row)
{
	uint64_t	step;

	if (!get_number(r, UINT64_MAX, &step))
		return false;
	row->key = r->left == r->keys ? varint_unfold(step) :
		(int64_t) ((uint64_t) r->key + step);
	if ((r->left < r->keys && row->key <= r->key) ||
		!cohorts_key_possible(&r->question, row->key))
		return false;
	for (int kind = 0; kind < cohorts_kinds(&r->question); kind++)
		if (!get_counts(r, row->counts[kind]))
			return false;
	r->key = row->key;
	r->left--;
	return r->left > 0 || r->at == r->end;
}
