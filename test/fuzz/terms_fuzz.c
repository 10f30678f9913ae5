/*
 * terms_fuzz.c
 *		term_summary: text, packed bytes, states, contrasts, weights, sums and differences;
 *		and the words of any comment.
 */
#include "fuzz_type.h"

#include <math.h>

#include "terms/comment_words.h"
#include "terms/terms_contrast.h"
#include "terms/terms_text.h"

static FuzzValue
packed(const Terms *terms)
{
	void	   *bytes = fuzz_new(terms_pack_bound(terms));
	size_t		size = terms_pack(bytes, terms);

	MUST(size <= terms_pack_bound(terms));
	return fuzz_value(bytes, size);
}

static bool
opened(FuzzValue value, Terms *terms)
{
	if (value.size <= sizeof(TermsHeader) ||
		terms_read_count(value.bytes, value.size, terms) != TERMS_OK)
		return false;
	terms->terms = fuzz_new(terms->count * sizeof(Term));
	return terms_read(value.bytes, value.size, terms) == TERMS_OK;
}

/* Count a term in a state that may have to grow; false past what it can hold. */
static bool
count(FuzzValue *state, const char *text, uint32_t length, int64_t count)
{
	TermsState *s = (TermsState *) state->bytes;

	if (!terms_state_has_room(s, 1, length))
	{
		size_t		bytes = terms_state_grown(s, 1, length);
		TermsState *larger = fuzz_new(bytes);

		terms_state_move(larger, s, 1, length);
		MUST(terms_state_check(larger, bytes) && terms_state_has_room(larger, 1, length));
		*state = (FuzzValue) {(uint8_t *) larger, bytes};
		s = larger;
	}
	return terms_state_add(s, text, length, count);
}

static FuzzValue
type_state(const char *text, size_t length)
{
	FuzzValue	state = {fuzz_new(terms_state_smallest()), terms_state_smallest()};
	TermsTextReader reader;
	TextItem	item;

	terms_state_init((TermsState *) state.bytes);
	terms_text_begin(&reader, text, length);
	while ((item = terms_text_next(&reader)) == TEXT_ITEM)
		if (!count(&state, reader.term, reader.length, reader.count))
			return fuzz_none;
	if (item == TEXT_ERROR ||
		!terms_state_add_comments((TermsState *) state.bytes, reader.comments))
		return fuzz_none;
	return state;
}

static FuzzValue
type_pack(FuzzValue state)
{
	const TermsState *s = (const TermsState *) state.bytes;
	Terms		terms;

	if (!terms_state_check(s, state.size))
		return fuzz_none;
	terms.terms = fuzz_new(s->terms * sizeof(Term));
	return terms_state_sort(s, &terms) ? packed(&terms) : fuzz_none;
}

static FuzzValue
type_repack(FuzzValue value)
{
	Terms		terms;

	return opened(value, &terms) ? packed(&terms) : fuzz_none;
}

static bool
type_valid(FuzzValue value)
{
	Terms		terms;

	if (!opened(value, &terms))
		return false;
	/* what the server has checked before: no zero byte, which ends a text */
	for (uint32_t i = 0; i < terms.count; i++)
		if (memchr(terms.terms[i].text, '\0', terms.terms[i].length) != NULL)
			return false;
	return true;
}

static char *
type_print(FuzzValue value)
{
	Terms		terms;
	char	   *text;
	size_t		length;

	MUST(opened(value, &terms));
	text = fuzz_new(terms_text_bound(&terms));
	length = terms_text_print(&terms, text);
	MUST(length < terms_text_bound(&terms));
	return fuzz_text((uint8_t *) text, length);
}

/* Words of the terms, one after another, are terms themselves. */
static void
read_words(const Terms *terms)
{
	for (uint32_t i = 0; i < terms->count && i < 4; i++)
	{
		const Term *term = &terms->terms[i];
		char	   *out = fuzz_new(COMMENT_WORDS_BOUND(term->length));
		const char *copy = fuzz_copy(term->text, term->length);
		CommentWords words;
		CommentWord word;

		comment_words_begin(&words, copy, term->length, (CommentLanguage) fuzz_below(3), out);
		while (comment_words_next(&words, &word))
			MUST(word.length > 0 && word.text >= out &&
				 word.text + word.length <= out + COMMENT_WORDS_BOUND(term->length));
	}
}

static void
type_read(FuzzValue value, bool valid)
{
	Terms		terms;
	Terms		part;
	TermContrast *contrasts;
	TermWeight *weights;
	uint32_t	n;

	(void) valid;
	MUST(opened(value, &terms));
	read_words(&terms);
	part = terms;
	part.count = terms.count > 0 ? fuzz_below(terms.count + 1) : 0;
	contrasts = fuzz_new((terms.count + part.count) * sizeof(TermContrast));
	n = terms_contrast(&terms, &part, contrasts);
	for (uint32_t i = 0; i < n; i++)
		MUST(!(contrasts[i].p_value < 0 || contrasts[i].p_value > 1));
	weights = fuzz_new((terms.count + part.count) * sizeof(TermWeight));
	n = terms_weigh(&part, &terms, weights);
	for (uint32_t i = 0; i < terms.count; i++)
	{
		const TermWeight *weight = terms_weight_of(weights, n, terms.terms[i].text,
												   terms.terms[i].length);

		MUST(weight == NULL || isfinite(weight->weight));
	}
}

static FuzzValue
type_merge(FuzzValue a, FuzzValue b)
{
	Terms		x;
	Terms		y;
	Terms		sum;

	MUST(opened(a, &x) && opened(b, &y));
	sum.terms = fuzz_new(((size_t) x.count + y.count) * sizeof(Term));
	return terms_add(&x, &y, &sum) == TERMS_OK ? packed(&sum) : fuzz_none;
}

static FuzzValue
type_subtract(FuzzValue a, FuzzValue b)
{
	Terms		x;
	Terms		y;
	Terms		rest;

	MUST(opened(a, &x) && opened(b, &y));
	rest.terms = fuzz_new(x.count * sizeof(Term));
	return terms_subtract(&x, &y, &rest) == TERMS_OK ? packed(&rest) : fuzz_none;
}
