/*
 * survival_pack.c
 *		Writing, reading and checking the packed form; see survival.h.
 */
#include <string.h>

#include "base/varint.h"
#include "survival/survival.h"

#define COUNT_BOUND (3 + 2 * VARINT_MAX + VARINT_MAX_WIDE)

static bool
same_label(const JourneyLabel *a, const JourneyLabel *b)
{
	return a->length == b->length &&
		(a->length == 0 || memcmp(a->text, b->text, a->length) == 0);
}

/* Are the waits of both for the same? */
bool
survival_same_subject(const SurvivalSubject *a, const SurvivalSubject *b)
{
	return a->kind == b->kind && same_label(&a->from, &b->from) && same_label(&a->to, &b->to);
}

/* For sort_entries(): by bucket. */
int
survival_count_compare(const void *a, const void *b)
{
	uint32_t	x = ((const SurvivalCount *) a)->bucket;
	uint32_t	y = ((const SurvivalCount *) b)->bucket;

	return (x > y) - (x < y);
}

/* The sum of as many waits of the bucket's least. */
static Uint128
least_sum(const SurvivalCount *count)
{
	return (Uint128) (uint64_t) survival_count_waits(count) * survival_bucket_low(count->bucket);
}

/* Can such waits be?  Their number is in *waits. */
static bool
count_ok(const SurvivalCount *count, int64_t *waits)
{
	Uint128 sum = uint128_load(count->sum);

	return count->bucket < SURVIVAL_BUCKETS && count->reached >= 0 && count->censored >= 0 &&
		!__builtin_add_overflow(count->reached, count->censored, waits) && *waits > 0 &&
		sum >= least_sum(count) &&
		sum <= (Uint128) (uint64_t) *waits * survival_bucket_high(count->bucket);
}

/*
 * Sets the total.  Is this what waits can have given?  The one validator of all that
 * comes from outside, but for the labels.
 */
bool
survival_check(Survival *survival)
{
	survival->total = 0;
	for (uint32_t i = 0; i < survival->n; i++)
	{
		const SurvivalCount *count = &survival->counts[i];
		int64_t		waits;

		if (!count_ok(count, &waits) || (i > 0 && count[-1].bucket >= count->bucket) ||
			__builtin_add_overflow(survival->total, waits, &survival->total))
			return false;
	}
	return true;
}

static bool
get_label(const uint8_t **at, const uint8_t *end, bool wanted, JourneyLabel *label)
{
	label->text = NULL;
	label->length = 0;
	if (!wanted)
		return true;
	if (*at >= end || **at == 0 || **at >= end - *at)
		return false;
	label->length = *(*at)++;
	label->text = (const char *) *at;
	*at += label->length;
	return true;
}

/* What comes before the counts; *at moves behind it. */
static bool
read_head(const void *packed, size_t bytes, Survival *survival, const uint8_t **at)
{
	const SurvivalHeader *header = packed;
	const uint8_t *end = (const uint8_t *) packed + bytes;
	SurvivalSubject *subject = &survival->subject;
	uint64_t	n;

	if (bytes <= sizeof(SurvivalHeader) || header->version != SURVIVAL_VERSION ||
		header->flags != 0 || header->kind > SURVIVAL_GAPS || header->reserved != 0)
		return false;
	*at = (const uint8_t *) (header + 1);
	subject->kind = (SurvivalKind) header->kind;
	if (!get_label(at, end, subject->kind != SURVIVAL_WAITS, &subject->from) ||
		!get_label(at, end, subject->kind == SURVIVAL_STAGES, &subject->to) ||
		!varint_get(at, end, &n) || n > SURVIVAL_BUCKETS || n > (uint64_t) (end - *at))
		return false;
	survival->n = (uint32_t) n;
	return true;
}

/*
 * What the waits are for, and how many buckets there are; labels point into the packed
 * form.  False if it is damaged.
 */
bool
survival_read_head(const void *packed, size_t bytes, Survival *survival)
{
	const uint8_t *at;

	return read_head(packed, bytes, survival, &at);
}

static bool
get_count(const uint8_t **at, const uint8_t *end, uint32_t before, SurvivalCount *count)
{
	uint64_t	step;
	uint64_t	reached;
	uint64_t	censored;
	Uint128 rest;

	if (!varint_get(at, end, &step) || step >= SURVIVAL_BUCKETS ||
		!varint_get(at, end, &reached) || reached > INT64_MAX ||
		!varint_get(at, end, &censored) || censored > INT64_MAX - reached ||
		!varint_get_wide(at, end, &rest))
		return false;
	memset(count, 0, sizeof(*count));
	count->bucket = before + (uint32_t) step;
	if (count->bucket >= SURVIVAL_BUCKETS)
		return false;
	count->reached = (int64_t) reached;
	count->censored = (int64_t) censored;
	/* past 128 bits it is less than the least, and found out when it is checked */
	uint128_store(count->sum, least_sum(count) + rest);
	return true;
}

/*
 * Unpack; survival->counts has room for as many as survival_read_head() said.  Labels
 * point into the packed form.  False if it is damaged.
 */
bool
survival_read(const void *packed, size_t bytes, Survival *survival)
{
	const uint8_t *end = (const uint8_t *) packed + bytes;
	const uint8_t *at;

	if (!read_head(packed, bytes, survival, &at))
		return false;
	for (uint32_t i = 0; i < survival->n; i++)
		if (!get_count(&at, end, i > 0 ? survival->counts[i - 1].bucket : 0,
					   &survival->counts[i]))
			return false;
	return at == end && survival_check(survival);
}

/* At least as many bytes as survival_pack() writes. */
size_t
survival_pack_bound(const Survival *survival)
{
	return sizeof(SurvivalHeader) + 2 * (1 + JOURNEY_MAX_LABEL) + VARINT_MAX +
		survival->n * COUNT_BOUND;
}

static uint8_t *
put_label(uint8_t *out, const JourneyLabel *label)
{
	if (label->length == 0)
		return out;
	*out++ = (uint8_t) label->length;
	memcpy(out, label->text, label->length);
	return out + label->length;
}

/* Pack what is in order; vl_len stays.  Returns the bytes written. */
size_t
survival_pack(void *packed, const Survival *survival)
{
	SurvivalHeader *header = packed;
	uint8_t    *out = (uint8_t *) (header + 1);
	uint32_t	before = 0;

	header->version = SURVIVAL_VERSION;
	header->flags = 0;
	header->kind = (uint8_t) survival->subject.kind;
	header->reserved = 0;
	out = put_label(out, &survival->subject.from);
	out = put_label(out, &survival->subject.to);
	out = varint_put(out, survival->n);
	for (uint32_t i = 0; i < survival->n; i++)
	{
		const SurvivalCount *count = &survival->counts[i];

		out = varint_put(out, count->bucket - before);
		out = varint_put(out, (uint64_t) count->reached);
		out = varint_put(out, (uint64_t) count->censored);
		out = varint_put_wide(out, uint128_load(count->sum) - least_sum(count));
		before = count->bucket;
	}
	return (size_t) (out - (uint8_t *) packed);
}
