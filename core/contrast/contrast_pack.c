/*
 * contrast_pack.c
 *		Writing, reading and checking the packed form of a contrast; see contrast.h.
 */
#include <string.h>

#include "base/varint.h"
#include "contrast/contrast.h"

bool
contrast_same_question(const ContrastQuestion *a, const ContrastQuestion *b)
{
	return a->within == b->within && a->landmark == b->landmark &&
		a->path_bytes == b->path_bytes && memcmp(a->path, b->path, a->path_bytes) == 0;
}

/*
 * Can customers be asked for this path?  It has a first item that is always filled, by
 * the visit that starts, and another one, without which all had completed it at once.
 */
ContrastStatus
contrast_check_path(const JourneyPath *path)
{
	int			mandatory = 0;

	for (int i = 0; i < path->items; i++)
		mandatory += !journey_path_optional(path, i);
	if (path->flags != 0 || mandatory < 2 || journey_path_optional(path, 0))
		return CONTRAST_BAD_PATH;
	return CONTRAST_OK;
}

/* Does the path name it? */
static bool
is_named(const JourneyPath *path, const JourneyLabel *wanted)
{
	for (int i = 0; i < path->labels; i++)
	{
		size_t		length;
		const char *text = journey_path_label(path, i, &length);

		if (journey_label_compare(text, length, wanted->text, wanted->length) == 0)
			return true;
	}
	return false;
}

static bool
counts_possible(const ContrastCounts *c)
{
	int64_t		all;

	return c->too_recent >= 0 && c->early >= 0 && c->reached >= 0 && c->missed >= 0 &&
		!__builtin_add_overflow(c->too_recent, c->early, &all) &&
		!__builtin_add_overflow(all, c->reached, &all) &&
		!__builtin_add_overflow(all, c->missed, &all);
}

static bool
stage_possible(const Contrast *contrast, uint32_t i)
{
	const ContrastStage *stage = &contrast->stages[i];

	if (stage->label.length == 0 || stage->label.length > JOURNEY_MAX_LABEL ||
		stage->reached < 0 || stage->missed < 0 || (stage->reached == 0 && stage->missed == 0) ||
		stage->reached > contrast->counts.reached || stage->missed > contrast->counts.missed)
		return false;
	return i == 0 || journey_label_compare(stage[-1].label.text, stage[-1].label.length,
										   stage->label.text, stage->label.length) < 0;
}

/*
 * Can customers have made this?  The one validator of all that comes from outside, but
 * for the path itself and what is in a label.
 */
ContrastStatus
contrast_check(const Contrast *contrast)
{
	const ContrastQuestion *q = &contrast->question;

	if (contrast_check_path(q->path) != CONTRAST_OK)
		return CONTRAST_BAD_PATH;
	if (q->landmark <= 0 || q->landmark >= q->within)
		return CONTRAST_BAD_TIMES;
	if (!counts_possible(&contrast->counts))
		return CONTRAST_BAD_COUNTS;
	for (uint32_t i = 0; i < contrast->n; i++)
		if (!stage_possible(contrast, i) || is_named(q->path, &contrast->stages[i].label))
			return CONTRAST_BAD_STAGE;
	return CONTRAST_OK;
}

static bool
get_count(const uint8_t **at, const uint8_t *end, int64_t *count)
{
	uint64_t	value;

	if (!varint_get_small(at, end, &value) || value > INT64_MAX)
		return false;
	*count = (int64_t) value;
	return true;
}

/* All before the stages; false if that is no contrast. */
static bool
get_head(const void *packed, size_t bytes, const uint8_t **at, Contrast *contrast)
{
	const ContrastHeader *header = packed;
	const uint8_t *end = (const uint8_t *) packed + bytes;
	ContrastCounts *counts = &contrast->counts;
	int64_t		n;

	if (bytes < sizeof(ContrastHeader) || header->version != CONTRAST_VERSION ||
		header->flags != 0 || header->reserved != 0 || header->reserved2 != 0 ||
		header->path_bytes > bytes - sizeof(ContrastHeader))
		return false;
	contrast->question = (ContrastQuestion) {(const JourneyPath *) (header + 1),
		header->path_bytes, header->within, header->landmark};
	if (!journey_path_valid(contrast->question.path, header->path_bytes))
		return false;
	*at = (const uint8_t *) (header + 1) + header->path_bytes;
	/* a stage has four bytes at least */
	if (!get_count(at, end, &counts->too_recent) || !get_count(at, end, &counts->early) ||
		!get_count(at, end, &counts->reached) || !get_count(at, end, &counts->missed) ||
		!get_count(at, end, &n) || n > (end - *at) / 4)
		return false;
	contrast->n = (uint32_t) n;
	return true;
}

/*
 * All but the stages, whose number is no larger than the bytes can hold; false if that
 * is no contrast.  The path goes on pointing into the value.
 */
bool
contrast_read_head(const void *packed, size_t bytes, Contrast *contrast)
{
	const uint8_t *at;

	return get_head(packed, bytes, &at, contrast);
}

static bool
get_stage(const uint8_t **at, const uint8_t *end, ContrastStage *stage)
{
	uint64_t	length;

	if (!varint_get_small(at, end, &length) || length > (uint64_t) (end - *at))
		return false;
	stage->label = (JourneyLabel) {(const char *) *at, (uint32_t) length};
	*at += length;
	return get_count(at, end, &stage->reached) && get_count(at, end, &stage->missed);
}

/*
 * Unpack a contrast, with as many stages as contrast_read_head() gave; labels point into
 * the value.  False for bytes that are none.
 */
bool
contrast_read(const void *packed, size_t bytes, Contrast *contrast)
{
	const uint8_t *end = (const uint8_t *) packed + bytes;
	const uint8_t *at;

	if (!get_head(packed, bytes, &at, contrast))
		return false;
	for (uint32_t i = 0; i < contrast->n; i++)
		if (!get_stage(&at, end, &contrast->stages[i]))
			return false;
	return at == end && contrast_check(contrast) == CONTRAST_OK;
}

/* At least as many bytes as contrast_pack() writes. */
size_t
contrast_pack_bound(const Contrast *contrast)
{
	size_t		bytes = sizeof(ContrastHeader) + contrast->question.path_bytes + 5 * VARINT_MAX;

	for (uint32_t i = 0; i < contrast->n; i++)
		bytes += 3 * VARINT_MAX + contrast->stages[i].label.length;
	return bytes;
}

static uint8_t *
put_stage(uint8_t *out, const ContrastStage *stage)
{
	out = varint_put(out, stage->label.length);
	memcpy(out, stage->label.text, stage->label.length);
	out = varint_put(out + stage->label.length, (uint64_t) stage->reached);
	return varint_put(out, (uint64_t) stage->missed);
}

/* Pack what is in order; vl_len stays.  Returns the bytes written. */
size_t
contrast_pack(void *packed, const Contrast *contrast)
{
	ContrastHeader *header = packed;
	uint8_t    *out = (uint8_t *) (header + 1);
	const ContrastQuestion *q = &contrast->question;

	header->version = CONTRAST_VERSION;
	header->flags = 0;
	header->reserved = 0;
	header->within = q->within;
	header->landmark = q->landmark;
	header->path_bytes = q->path_bytes;
	header->reserved2 = 0;
	memcpy(out, q->path, q->path_bytes);
	out = varint_put(out + q->path_bytes, (uint64_t) contrast->counts.too_recent);
	out = varint_put(out, (uint64_t) contrast->counts.early);
	out = varint_put(out, (uint64_t) contrast->counts.reached);
	out = varint_put(out, (uint64_t) contrast->counts.missed);
	out = varint_put(out, contrast->n);
	for (uint32_t i = 0; i < contrast->n; i++)
		out = put_stage(out, &contrast->stages[i]);
	return (size_t) (out - (uint8_t *) packed);
}
