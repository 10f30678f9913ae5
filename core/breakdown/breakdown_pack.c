/*
 * breakdown_pack.c
 *		Writing, reading and checking the packed form of a breakdown; see breakdown.h.
 */
#include <string.h>

#include "base/interrupt.h"
#include "base/label.h"
#include "base/varint.h"
#include "breakdown/breakdown.h"

/* By bytes; the unknown label comes last, as NULL does in ORDER BY. */
int
breakdown_label_compare(JourneyLabel a, JourneyLabel b)
{
	if (a.length == 0 || b.length == 0)
		return (a.length == 0) - (b.length == 0);
	return journey_label_compare(a.text, a.length, b.text, b.length);
}

/* For sort_entries() of BreakdownPart, by label. */
int
breakdown_part_compare(const void *a, const void *b)
{
	return breakdown_label_compare(((const BreakdownPart *) a)->label,
								   ((const BreakdownPart *) b)->label);
}

/* At least as many bytes as breakdown_pack() writes. */
size_t
breakdown_pack_bound(const Breakdown *b)
{
	size_t		score = VARINT_MAX + (b->weighted ? 2 * VARINT_MAX_WIDE : 0);
	size_t		bytes = sizeof(BreakdownHeader);

	for (uint32_t i = 0; i < b->count; i++)
		bytes += VARINT_MAX + b->parts[i].label.length + (size_t) b->points * score;
	return bytes;
}

static uint8_t *
put_summary(uint8_t *out, const RatingSummary *s)
{
	for (int i = 0; i < s->points; i++)
	{
		out = varint_put(out, (uint64_t) s->counts[i]);
		if (s->counts[i] > 0 && rating_is_weighted(s))
		{
			out = varint_put_wide(out, uint128_load(rating_weights(s)[i].sum));
			out = varint_put_wide(out, uint128_load(rating_weights(s)[i].squares));
		}
	}
	return out;
}

/* Pack a sorted breakdown; vl_len stays.  Returns the bytes written. */
size_t
breakdown_pack(void *packed, const Breakdown *b)
{
	BreakdownHeader *header = packed;
	uint8_t    *out = (uint8_t *) (header + 1);

	header->version = BREAKDOWN_VERSION;
	header->flags = b->weighted ? BREAKDOWN_WEIGHTED : 0;
	header->points = (uint16_t) b->points;
	header->low = b->low;
	header->labels = b->count;
	for (uint32_t i = 0; i < b->count; i++)
	{
		const BreakdownPart *part = &b->parts[i];

		interrupt_in_step(i);
		out = varint_put(out, part->label.length);
		if (part->label.length > 0)
			memcpy(out, part->label.text, part->label.length);
		out = put_summary(out + part->label.length, part->summary);
	}
	return (size_t) (out - (uint8_t *) packed);
}

/* Scale and number of labels of a packed breakdown, no more than its bytes can hold. */
bool
breakdown_read_head(const void *packed, size_t bytes, Breakdown *b)
{
	const BreakdownHeader *header = packed;

	if (bytes < sizeof(BreakdownHeader) || header->version != BREAKDOWN_VERSION ||
		(header->flags & ~BREAKDOWN_WEIGHTED) != 0)
		return false;
	b->count = header->labels;
	b->low = header->low;
	b->points = header->points;
	b->weighted = breakdown_is_weighted(header);
	b->responses = 0;
	if (b->count == 0)
		return b->low == 0 && b->points == 0 && !b->weighted && bytes == sizeof(BreakdownHeader);
	return rating_scale_ok(b->low, b->low + (int64_t) b->points - 1) &&
		b->count <= (bytes - sizeof(BreakdownHeader)) / (size_t) (1 + b->points);
}

/* Bytes that the summaries of breakdown_read() take. */
size_t
breakdown_room(const Breakdown *b)
{
	return b->count * rating_size(b->points, b->weighted);
}

static bool
get_label(const uint8_t **at, const uint8_t *end, JourneyLabel *label)
{
	uint64_t	length;

	if (!varint_get(at, end, &length) || length > JOURNEY_MAX_LABEL ||
		length > (uint64_t) (end - *at))
		return false;
	label->text = (const char *) *at;
	label->length = (uint32_t) length;
	*at += length;
	return true;
}

static bool
get_weights(const uint8_t **at, const uint8_t *end, RatingWeights *w)
{
	Uint128 sum;
	Uint128 squares;

	if (!varint_get_wide(at, end, &sum) || !varint_get_wide(at, end, &squares))
		return false;
	uint128_store(w->sum, sum);
	uint128_store(w->squares, squares);
	return true;
}

static bool
get_summary(const uint8_t **at, const uint8_t *end, RatingSummary *s)
{
	for (int i = 0; i < s->points; i++)
	{
		uint64_t	count;

		if (!varint_get(at, end, &count) || count > INT64_MAX)
			return false;
		s->counts[i] = (int64_t) count;
		if (count > 0 && rating_is_weighted(s) &&
			!get_weights(at, end, &rating_weights(s)[i]))
			return false;
	}
	return rating_validate(s, rating_size(s->points, rating_is_weighted(s))) == RATING_OK;
}

/*
 * Read the labels; b has been read by breakdown_read_head(), b->parts has room for
 * them, and room, aligned to 8 bytes, for breakdown_room().  Labels go on pointing
 * into the packed form.  False if it is damaged.
 */
bool
breakdown_read(const void *packed, size_t bytes, Breakdown *b, void *room)
{
	const uint8_t *at = (const uint8_t *) packed + sizeof(BreakdownHeader);
	const uint8_t *end = (const uint8_t *) packed + bytes;

	for (uint32_t i = 0; i < b->count; i++)
	{
		BreakdownPart *part = &b->parts[i];

		interrupt_in_step(i);
		part->summary = (RatingSummary *) ((char *) room + i * rating_size(b->points, b->weighted));
		rating_init(part->summary, b->low, b->points, b->weighted);
		if (!get_label(&at, end, &part->label) ||
			(i > 0 && breakdown_part_compare(part - 1, part) >= 0) ||
			!get_summary(&at, end, part->summary) ||
			rating_responses(part->summary, &part->responses) != RATING_OK ||
			part->responses == 0 ||
			__builtin_add_overflow(b->responses, part->responses, &b->responses))
			return false;
	}
	return at == end;
}
