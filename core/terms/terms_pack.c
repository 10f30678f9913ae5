/*
 * terms_pack.c
 *		Sorted terms: checking, adding and subtracting them; writing and reading the
 *		packed form.  See terms.h.
 */
#include <string.h>

#include "base/interrupt.h"
#include "base/label.h"
#include "base/varint.h"
#include "terms/terms.h"

int
term_compare(const Term *a, const Term *b)
{
	return journey_label_compare(a->text, a->length, b->text, b->length);
}

/*
 * Where the next term of two sorted lists, of which i and k are used, comes from: below 0
 * from a, 0 from both, above 0 from b.
 */
int
terms_next_from(const Terms *a, uint32_t i, const Terms *b, uint32_t k)
{
	if (i == a->count)
		return 1;
	if (k == b->count)
		return -1;
	return term_compare(&a->terms[i], &b->terms[k]);
}

/*
 * Can comments have had these terms?  The one validator of all that comes from outside;
 * total need not be set.
 */
TermsStatus
terms_check(const Terms *terms)
{
	int64_t		total = 0;

	if (terms->comments < 0)
		return TERMS_BAD_COMMENTS;
	for (uint32_t i = 0; i < terms->count; i++)
	{
		const Term *term = &terms->terms[i];

		interrupt_in_step(i);
		if (term->length == 0 || term->length > TERM_MOST_BYTES ||
			(i > 0 && term_compare(term - 1, term) >= 0))
			return TERMS_BAD_TERM;
		if (term->count < 1 || term->count > terms->comments)
			return TERMS_BAD_COUNT;
		if (__builtin_add_overflow(total, term->count, &total))
			return TERMS_OVERFLOW;
	}
	return terms->comments > total ? TERMS_BAD_COMMENTS : TERMS_OK;
}

static TermsStatus
append(Terms *terms, const Term *term, int64_t count)
{
	if (__builtin_add_overflow(terms->total, count, &terms->total))
		return TERMS_OVERFLOW;
	terms->terms[terms->count] = *term;
	terms->terms[terms->count++].count = count;
	return TERMS_OK;
}

/* All of both; sum has room for as many terms as they have together. */
TermsStatus
terms_add(const Terms *a, const Terms *b, Terms *sum)
{
	TermsStatus status = TERMS_OK;
	uint32_t	i = 0;
	uint32_t	k = 0;

	sum->count = 0;
	sum->total = 0;
	if (__builtin_add_overflow(a->comments, b->comments, &sum->comments))
		return TERMS_OVERFLOW;
	while (status == TERMS_OK && (i < a->count || k < b->count))
	{
		int			order = terms_next_from(a, i, b, k);
		const Term *term = order <= 0 ? &a->terms[i] : &b->terms[k];
		int64_t		count = order <= 0 ? a->terms[i].count : 0;

		interrupt_in_step(sum->count);
		if (order >= 0 && __builtin_add_overflow(count, b->terms[k].count, &count))
			return TERMS_OVERFLOW;
		i += order <= 0;
		k += order >= 0;
		status = append(sum, term, count);
	}
	return status;
}

/*
 * a without b, which must be part of it; difference has room for as many terms as a has.
 * What is left of something that was no part of a may be impossible: TERMS_BAD_COUNT and
 * the like.
 */
TermsStatus
terms_subtract(const Terms *a, const Terms *b, Terms *difference)
{
	TermsStatus status = TERMS_OK;
	uint32_t	i = 0;
	uint32_t	k = 0;

	difference->count = 0;
	difference->total = 0;
	difference->comments = a->comments - b->comments;
	if (difference->comments < 0)
		return TERMS_NEGATIVE;
	while (status == TERMS_OK && (i < a->count || k < b->count))
	{
		int			order = terms_next_from(a, i, b, k);
		int64_t		count;

		interrupt_in_step(i);
		if (order > 0)
			return TERMS_NEGATIVE;
		count = a->terms[i].count - (order == 0 ? b->terms[k].count : 0);
		if (count < 0)
			return TERMS_NEGATIVE;
		if (count > 0)
			status = append(difference, &a->terms[i], count);
		i++;
		k += order == 0;
	}
	return status == TERMS_OK ? terms_check(difference) : status;
}

/* At least as many bytes as terms_pack() writes. */
size_t
terms_pack_bound(const Terms *terms)
{
	size_t		bytes = sizeof(TermsHeader) + 2 * VARINT_MAX;

	for (uint32_t i = 0; i < terms->count; i++)
		bytes += 2 * VARINT_MAX + terms->terms[i].length;
	return bytes;
}

/* Pack sorted terms; vl_len stays.  Returns the bytes written. */
size_t
terms_pack(void *packed, const Terms *terms)
{
	TermsHeader *header = packed;
	uint8_t    *out = (uint8_t *) (header + 1);

	header->version = TERMS_VERSION;
	header->flags = 0;
	header->reserved = 0;
	out = varint_put(out, (uint64_t) terms->comments);
	out = varint_put(out, terms->count);
	for (uint32_t i = 0; i < terms->count; i++)
	{
		const Term *term = &terms->terms[i];

		interrupt_in_step(i);
		out = varint_put(out, (uint64_t) term->count);
		out = varint_put(out, term->length);
		memcpy(out, term->text, term->length);
		out += term->length;
	}
	return (size_t) (out - (uint8_t *) packed);
}

static bool
get_counts(const uint8_t **at, const uint8_t *end, Terms *terms)
{
	uint64_t	comments;
	uint64_t	count;

	/* a term has three bytes at least */
	if (!varint_get(at, end, &comments) || comments > INT64_MAX ||
		!varint_get(at, end, &count) || count > (uint64_t) (end - *at) / 3)
		return false;
	terms->comments = (int64_t) comments;
	terms->count = (uint32_t) count;
	return true;
}

/* How many terms there are, no more than the bytes can hold. */
TermsStatus
terms_read_count(const void *packed, size_t bytes, Terms *terms)
{
	const TermsHeader *header = packed;
	const uint8_t *at = (const uint8_t *) (header + 1);

	if (bytes <= sizeof(TermsHeader) || header->version != TERMS_VERSION || header->flags != 0 ||
		!get_counts(&at, (const uint8_t *) packed + bytes, terms))
		return TERMS_CORRUPT;
	return TERMS_OK;
}

static bool
get_term(const uint8_t **at, const uint8_t *end, Term *term)
{
	uint64_t	count;
	uint64_t	length;

	if (!varint_get_small(at, end, &count) || count > INT64_MAX ||
		!varint_get_small(at, end, &length) || length > (uint64_t) (end - *at))
		return false;
	term->count = (int64_t) count;
	term->length = (uint32_t) length;
	term->text = (const char *) *at;
	*at += length;
	return true;
}

/*
 * Unpack terms into an array of the size that terms_read_count() gave; they go on
 * pointing into the packed form.  Their order and counts are checked, too.
 */
TermsStatus
terms_read(const void *packed, size_t bytes, Terms *terms)
{
	const uint8_t *at = (const uint8_t *) packed + sizeof(TermsHeader);
	const uint8_t *end = (const uint8_t *) packed + bytes;

	if (!get_counts(&at, end, terms))
		return TERMS_CORRUPT;
	terms->total = 0;
	for (uint32_t i = 0; i < terms->count; i++)
	{
		interrupt_in_step(i);
		if (!get_term(&at, end, &terms->terms[i]) ||
			__builtin_add_overflow(terms->total, terms->terms[i].count, &terms->total))
			return TERMS_CORRUPT;
	}
	return at == end && terms_check(terms) == TERMS_OK ? TERMS_OK : TERMS_CORRUPT;
}
