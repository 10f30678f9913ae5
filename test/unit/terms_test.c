/* covers: core/terms/comment_letters.c core/terms/comment_words.c core/terms/terms_state.c */
/* covers: core/terms/terms_pack.c core/terms/terms_text.c core/terms/terms_contrast.c */

/*
 * terms_test.c
 *		The pure core of terms: words of comments by hand and at random, counting against
 *		plain arrays, packed, printed and read back, added and subtracted, contrasts
 *		against their formula; damaged bytes and texts, which must do no harm.
 *
 * Damaged bytes stand in memory of exactly their size, so that a sanitizer sees
 * every byte read beyond it.
 */
#include <math.h>

#include "unit.h"

#include "terms/comment_letters.h"
#include "terms/comment_words.h"
#include "terms/terms.h"
#include "terms/terms_contrast.h"
#include "terms/terms_text.h"

/* The words of a comment with "|" between those that are no neighbours, "," between others. */
static void
words_are(const char *comment, size_t length, CommentLanguage language, const char *expected)
{
	char	   *copy = exact_copy(comment, length);
	char	   *out = malloc(COMMENT_WORDS_BOUND(length));
	char		found[1024];
	size_t		used = 0;
	CommentWords w;
	CommentWord word;

	comment_words_begin(&w, copy, length, language, out);
	while (comment_words_next(&w, &word))
	{
		if (used > 0)
			found[used++] = word.neighbour ? ',' : '|';
		memcpy(found + used, word.text, word.length);
		used += word.length;
	}
	found[used] = '\0';
	check(strcmp(found, expected) == 0, "\"%s\" has the words \"%s\", not \"%s\"", comment, found,
		  expected);
	free(copy);
	free(out);
}

#define WORDS(comment, language, expected) \
	words_are(comment, sizeof(comment) - 1, language, expected)

static void
test_words(void)
{
	WORDS("", COMMENT_SIMPLE, "");
	WORDS(" ?! \n", COMMENT_SIMPLE, "");
	WORDS("Nie polecam", COMMENT_SIMPLE, "nie,polecam");
	WORDS("Nie, polecam!", COMMENT_SIMPLE, "nie|polecam");
	WORDS("ZAŻÓŁĆ gęślą jaźń", COMMENT_SIMPLE, "zazolc,gesla,jazn");
	/* the same with combining marks, but for the l, which has none */
	WORDS("ZAZ\xcc\x87O\xcc\x81\xc5\x81" "C\xcc\x81", COMMENT_SIMPLE, "zazolc");
	WORDS("polecam polecać POLECILIBYŚMY", COMMENT_POLISH, "poleca,poleca,poleci");
	WORDS("żółwiowi żółw łódź", COMMENT_POLISH, "zolwio,zolw,lodz");
	WORDS("Straße, Œuvre, Þór, æ", COMMENT_SIMPLE, "strasse|oeuvre|thor|ae");
	WORDS("Việt Nam \xe1\xba\x9e", COMMENT_SIMPLE, "viet,nam,ss");
	WORDS("İstanbul ığüşöç Ÿ", COMMENT_SIMPLE, "istanbul,igusoc,y");
	WORDS("Πελάτης ΠΕΛΆΤΗΣ", COMMENT_SIMPLE, "πελατησ,πελατησ");
	WORDS("Ёлка елка йод", COMMENT_SIMPLE, "елка,елка,йод");
	WORDS("don't DON\xe2\x80\x99T 'quoted' rock'n'roll '", COMMENT_SIMPLE,
		  "dont,dont,quoted,rocknroll");
	WORDS("self-service \"so called\" service", COMMENT_SIMPLE, "self,service,so,called,service");
	WORDS("24h 3.5 a_b a/b", COMMENT_SIMPLE, "24h,3|5,a|b,a|b");
	WORDS("\xf0\x9f\x98\xa1\xf0\x9f\x98\xa1 \xe2\x9d\xa4\xef\xb8\x8f no", COMMENT_SIMPLE,
		  "\xf0\x9f\x98\xa1,\xf0\x9f\x98\xa1,\xe2\x9d\xa4,no");
	WORDS("漢字。かな", COMMENT_SIMPLE, "漢字|かな");
	WORDS("cats ponies dress bus was aies shoes employees movies s", COMMENT_ENGLISH,
		  "cat,pony,dress,bus,was,aie,shoe,employee,movy,s");
	WORDS("cats", COMMENT_SIMPLE, "cats");
	/* not UTF-8: bytes of LATIN2, an overlong slash, a surrogate, a character that ends early */
	WORDS("\xb6wiat", COMMENT_SIMPLE, "\xb6wiat");
	WORDS("a\xc0\xaf" "b", COMMENT_SIMPLE, "a\xc0\xaf" "b");
	WORDS("\xed\xa0\x80", COMMENT_SIMPLE, "\xed\xa0\x80");
	WORDS("x\xc5", COMMENT_SIMPLE, "x\xc5");
	WORDS("\xf5\x80\x80\x80", COMMENT_SIMPLE, "\xf5\x80\x80\x80");
}

static void
test_languages(void)
{
	static const char *const names[] = {"simple", "pl", "en"};
	CommentLanguage language = COMMENT_ENGLISH;

	for (int i = 0; i < 3; i++)
		check(comment_language(names[i], strlen(names[i]), &language) &&
			  language == (CommentLanguage) i, "a language");
	check(comment_language(" PL ", 4, &language) && language == COMMENT_POLISH, "letter case");
	check(!comment_language("de", 2, &language) && !comment_language("", 0, &language),
		  "no language");
}

/* A folded letter is no longer than it was, and folding it again changes nothing. */
static void
test_letters(void)
{
	for (uint32_t c = 0x80; c < 0x20000; c++)
	{
		uint8_t		letter[4];
		uint8_t		once[4];
		uint8_t		twice[8];
		size_t		length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
		size_t		folded;
		size_t		again = 0;
		uint32_t	decoded;

		for (size_t i = length - 1; i > 0; i--)
			letter[i] = (uint8_t) (0x80 | (c >> 6 * (length - 1 - i) & 0x3F));
		letter[0] = (uint8_t) ((0xF00u >> length & 0xF0) | c >> 6 * (length - 1));
		if (character_decode(letter, letter + length, &decoded) != length)
		{
			check(c >= 0xD800 && c <= 0xDFFF, "only a surrogate is no character");
			continue;
		}
		check(decoded == c, "a character is read");
		folded = letter_fold(letter, length, c, once);
		check(folded > 0 && folded <= length, "the length of a folded letter");
		for (size_t i = 0; i < folded;)
		{
			size_t		step = character_decode(once + i, once + folded, &decoded);

			check(decoded != CHARACTER_NONE, "a folded letter is UTF-8");
			again += letter_fold(once + i, step, decoded, twice + again);
			i += step;
		}
		check(again == folded && memcmp(once, twice, folded) == 0, "folded twice");
	}
}

/* Whatever the bytes are, the words stay within their memory. */
static void
test_random_words(void)
{
	for (int turn = 0; turn < 3000; turn++)
	{
		size_t		length = random_bits() % 40;
		char	   *comment = malloc(length > 0 ? length : 1);
		char	   *out = malloc(COMMENT_WORDS_BOUND(length));
		CommentWords w;
		CommentWord word;

		for (size_t i = 0; i < length; i++)
			comment[i] = turn % 3 == 0 ? (char) random_bits() :
				"as' -\xc5\x82\xf0\x9f\x98\xa1\xe2\x80\x99"[random_bits() % 14];
		comment_words_begin(&w, comment, length, (CommentLanguage) (turn % 3), out);
		while (comment_words_next(&w, &word))
			check(word.length > 0 && word.text >= out &&
				  word.text + word.length < out + COMMENT_WORDS_BOUND(length), "a word");
		free(comment);
		free(out);
	}
}

static TermsState *
new_state(void)
{
	TermsState *s = calloc(1, terms_state_smallest());

	terms_state_init(s);
	check(terms_state_check(s, terms_state_smallest()), "a new state");
	return s;
}

static TermsState *
count(TermsState *s, const char *text, uint32_t length, int64_t n)
{
	if (!terms_state_has_room(s, 1, length))
	{
		size_t		bytes = terms_state_grown(s, 1, length);
		TermsState *larger = malloc(bytes);

		larger->header.vl_len = 0;
		terms_state_move(larger, s, 1, length);
		check(terms_state_check(larger, bytes), "a state that has grown");
		free(s);
		s = larger;
	}
	check(terms_state_add(s, text, length, n), "a term is counted");
	return s;
}

#define KINDS 3000
#define TEXT_ROOM 64

/* The text of term number n; some are long and alike at both ends. */
static uint32_t
term_text(int n, char *text)
{
	uint32_t	length = (uint32_t) snprintf(text, TEXT_ROOM, "%d", n);

	if (n % 7 == 0)
	{
		memset(text, 'x', 40);
		memcpy(text + 16, "\"= ,:}\n", 7);
		text[24] = (char) (1 + n % 250);
		text[25] = (char) (1 + n / 250);
		return 40;
	}
	return length;
}

/* Comments of terms below kinds, counted here as well. */
static TermsState *
random_comments(int comments, int kinds, int64_t *counts)
{
	TermsState *s = new_state();

	memset(counts, 0, KINDS * sizeof(int64_t));
	for (int i = 0; i < comments; i++)
	{
		char		text[TEXT_ROOM];
		int			first = (int) (random_bits() % (uint64_t) kinds);
		int			n = 1 + (int) (random_bits() % 5);

		check(terms_state_add_comments(s, 1), "a comment is counted");
		for (int k = first; k < first + n && k < kinds; k++)
		{
			s = count(s, text, term_text(k, text), 1);
			counts[k]++;
		}
	}
	return s;
}

static Terms
sorted(const TermsState *s)
{
	Terms		terms = {.terms = malloc((s->terms + 1) * sizeof(Term))};

	check(terms_state_sort(s, &terms), "a state is sorted");
	return terms;
}

static void
check_counts(const Terms *terms, const int64_t *counts)
{
	int64_t		total = 0;
	uint32_t	kinds = 0;

	for (int k = 0; k < KINDS; k++)
	{
		char		text[TEXT_ROOM];
		Term		wanted = {text, term_text(k, text), 0};
		int64_t		found = 0;

		for (uint32_t i = 0; i < terms->count && counts[k] > 0; i++)
			if (term_compare(&wanted, &terms->terms[i]) == 0)
				found = terms->terms[i].count;
		check(found == counts[k], "the count of a term");
		total += counts[k];
		kinds += counts[k] > 0;
	}
	check(terms->total == total && terms->count == kinds, "the sum of all counts");
	check(terms_check(terms) == TERMS_OK, "comments are possible");
}

static void
damage_state(const TermsState *s, size_t bytes)
{
	for (int i = 0; i < 200; i++)
	{
		TermsState *copy = malloc(bytes);

		memcpy(copy, s, bytes);
		for (uint64_t n = 1 + random_bits() % 3; n > 0; n--)
		{
			/* half of it in the numbers at the beginning */
			size_t		range = random_bits() % 2 == 0 ? offsetof(TermsState, data) : bytes;

			((char *) copy)[6 + random_bits() % (range - 6)] = (char) random_bits();
		}
		if (terms_state_check(copy, bytes))
		{
			Terms		terms = {.terms = malloc((copy->terms + 1) * sizeof(Term))};

			if (terms_state_sort(copy, &terms))
				(void) terms_check(&terms);
			free(terms.terms);
		}
		free(copy);
	}
}

static bool
reads(const void *packed, size_t bytes)
{
	Terms		terms;
	bool		ok;

	if (terms_read_count(packed, bytes, &terms) != TERMS_OK)
		return false;
	terms.terms = malloc((terms.count + 1) * sizeof(Term));
	ok = terms_read(packed, bytes, &terms) == TERMS_OK;
	free(terms.terms);
	return ok;
}

static void
damage(const char *packed, size_t bytes)
{
	for (int i = 0; i < 300; i++)
	{
		size_t		length = random_bits() % 4 > 0 ? bytes : (size_t) (random_bits() % (bytes + 1));
		char	   *copy = malloc(length > 0 ? length : 1);

		memcpy(copy, packed, length);
		for (uint64_t n = random_bits() % 4; n > 0 && length > 4; n--)
			copy[4 + random_bits() % (length - 4)] = (char) random_bits();
		if (length >= sizeof(TermsHeader))
			(void) reads(copy, length);
		free(copy);
	}
}

/* The terms of a text; -1 for an error. */
static int
scan(const char *text)
{
	TermsTextReader reader;
	TextItem	status;
	int			n = 0;

	terms_text_begin(&reader, text, strlen(text));
	while ((status = terms_text_next(&reader)) == TEXT_ITEM)
		n++;
	check(status == TEXT_END || reader.scan.expected != NULL || reader.scan.problem != NULL,
		  "an error is explained");
	return status == TEXT_END ? n : -1;
}

static void
check_text(const Terms *terms)
{
	size_t		bound = terms_text_bound(terms);
	char	   *text = malloc(bound);
	size_t		length = terms_text_print(terms, text);

	check(length < bound && text[length] == '\0', "the bound of the text");
	check(scan(text) == (int) terms->count, "the text is read");
	text = realloc(text, length + 1);
	for (int i = 0; i < 200; i++)
	{
		size_t		at = (size_t) (random_bits() % length);
		char		was = text[at];

		text[at] = "{}=:,\"0a \\"[random_bits() % 10];
		(void) scan(text);
		text[at] = was;
	}
	free(text);
}

static void
check_packed(const Terms *terms)
{
	size_t		bound = terms_pack_bound(terms);
	char	   *packed = calloc(1, bound);
	char	   *again = calloc(1, bound);
	size_t		bytes = terms_pack(packed, terms);
	Terms		back;

	check(bytes <= bound, "the bound of the packed size");
	packed = realloc(packed, bytes);
	check(terms_read_count(packed, bytes, &back) == TERMS_OK, "the count is read");
	back.terms = malloc((back.count + 1) * sizeof(Term));
	check(terms_read(packed, bytes, &back) == TERMS_OK, "packed terms are read");
	check(back.total == terms->total && back.comments == terms->comments, "their sums");
	check(terms_pack(again, &back) == bytes && memcmp(packed + 4, again + 4, bytes - 4) == 0,
		  "packed again they have the same bytes");
	check(!reads(packed, bytes - 1), "terms that are cut off");
	damage(packed, bytes);
	free(back.terms);
	free(packed);
	free(again);
}

static bool
same(const Terms *a, const Terms *b)
{
	if (a->comments != b->comments || a->total != b->total || a->count != b->count)
		return false;
	for (uint32_t i = 0; i < a->count; i++)
		if (term_compare(&a->terms[i], &b->terms[i]) != 0 ||
			a->terms[i].count != b->terms[i].count)
			return false;
	return true;
}

static void
check_contrast(const Terms *a, const Terms *b)
{
	uint32_t	room = a->count + b->count + 1;
	TermContrast *contrast = malloc(room * sizeof(TermContrast));
	TermWeight *weights = malloc(room * sizeof(TermWeight));
	uint32_t	n = terms_contrast(a, b, contrast);

	check(terms_weigh(a, b, weights) == n, "as many weights");
	for (uint32_t i = 0; i < n; i++)
	{
		double		x = (double) contrast[i].a;
		double		y = (double) contrast[i].b;
		double		prior = x + y;
		double		all = (double) (a->total + b->total);
		double		odds = log((x + prior) / ((double) a->total + all - x - prior)) -
			log((y + prior) / ((double) b->total + all - y - prior));
		double		weight = log((x + 1) / ((double) a->total + n)) -
			log((y + 1) / ((double) b->total + n));
		const Term *term = &contrast[i].term;

		if (n == 1)
			check(isnan(contrast[i].z), "one single term");
		else
		{
			double		z = odds / sqrt(1 / (x + prior) + 1 / (y + prior));

			check(fabs(contrast[i].log_odds - odds) < 1e-12 &&
				  fabs(contrast[i].z - z) < 1e-12 * (1 + fabs(z)) &&
				  fabs(contrast[i].p_value - erfc(fabs(z) / sqrt(2))) < 1e-12,
				  "the contrast of a term");
		}
		check(fabs(weights[i].weight - weight) < 1e-12, "the weight of a term");
		check(terms_weight_of(weights, n, term->text, term->length) == &weights[i],
			  "a weight is found");
	}
	check(terms_weight_of(weights, n, "\x01", 1) == NULL, "a term that nobody knows");
	free(weights);
	free(contrast);
}

/* a + b - b = a, and nothing else can be taken away. */
static void
check_sums(const Terms *a, const Terms *b)
{
	Terms		sum = {.terms = malloc((a->count + b->count + 1) * sizeof(Term))};
	Terms		swapped = {.terms = malloc((a->count + b->count + 1) * sizeof(Term))};
	Terms		back = {.terms = malloc((a->count + b->count + 1) * sizeof(Term))};

	check(terms_add(a, b, &sum) == TERMS_OK && terms_check(&sum) == TERMS_OK, "a sum");
	check(terms_add(b, a, &swapped) == TERMS_OK && same(&sum, &swapped), "a sum, swapped");
	check(terms_subtract(&sum, b, &back) == TERMS_OK && same(&back, a), "a difference");
	check(terms_subtract(&sum, &sum, &back) == TERMS_OK && back.count == 0 && back.comments == 0,
		  "nothing is left");
	check(b->count == 0 || terms_subtract(a, &sum, &back) == TERMS_NEGATIVE, "less than nothing");
	free(back.terms);
	free(swapped.terms);
	free(sum.terms);
}

static void
test_random(void)
{
	static const int comments[] = {0, 1, 2, 30, 500, 4000};
	static int64_t counts[KINDS];
	Terms		before = {.terms = malloc(sizeof(Term))};
	TermsState *kept = NULL;

	for (int turn = 0; turn < 24; turn++)
	{
		TermsState *s = random_comments(comments[turn % 6], 1 + turn * turn * 5, counts);
		Terms		terms = sorted(s);

		check_counts(&terms, counts);
		check_packed(&terms);
		check_text(&terms);
		damage_state(s, terms_state_grown(s, 0, 0));
		check_contrast(&terms, &before);
		check_sums(&terms, &before);
		free(before.terms);
		free(kept);
		before = terms;
		kept = s;
	}
	free(before.terms);
	free(kept);
}

/* What no comments can have made. */
static void
test_impossible(void)
{
	Term		two[] = {{"a", 1, 2}, {"b", 1, 1}};
	Terms		terms = {.comments = 2,.count = 2,.terms = two};
	Term		rest[2];
	Terms		part = {.comments = 2,.total = 1,.count = 1,.terms = &two[1]};
	Terms		left = {.terms = rest};

	check(terms_check(&terms) == TERMS_OK, "two terms");
	terms.comments = 1;
	check(terms_check(&terms) == TERMS_BAD_COUNT, "more often than there are comments");
	terms.comments = 4;
	check(terms_check(&terms) == TERMS_BAD_COMMENTS, "a comment without a term");
	terms.comments = -1;
	check(terms_check(&terms) == TERMS_BAD_COMMENTS, "fewer than no comments");
	terms.comments = 2;
	check(terms_subtract(&terms, &part, &left) == TERMS_BAD_COUNT, "terms without comments");
	two[1].count = 0;
	check(terms_check(&terms) == TERMS_BAD_COUNT, "a term that is not there");
	two[1].count = 1;
	two[1].text = "a";
	check(terms_check(&terms) == TERMS_BAD_TERM, "a term twice");
	two[1].length = 0;
	check(terms_check(&terms) == TERMS_BAD_TERM, "an empty term");
	two[1] = (Term) {"b", 1, INT64_MAX};
	terms.comments = INT64_MAX;
	check(terms_check(&terms) == TERMS_OVERFLOW, "past an int64");
	check(terms_add(&terms, &terms, &left) == TERMS_OVERFLOW, "comments past an int64");
}

/* A state of the terms aa, ab and ba, with some bytes changed, is refused. */
static void
refuse_changed(const void *from, const void *to, size_t n, const char *what)
{
	TermsState *s = new_state();
	Terms		terms = {.terms = malloc(3 * sizeof(Term))};

	s = count(s, "aa", 2, 1);
	s = count(s, "ab", 2, 1);
	s = count(s, "ba", 2, 1);
	check(terms_state_add_comments(s, 1), "a comment");
	if (n > 0)
		check(change_bytes(s, terms_state_smallest(), from, to, n), "%s: nothing to change", what);
	check(terms_state_check(s, terms_state_smallest()), "%s: checked", what);
	check(terms_state_sort(s, &terms) == (n == 0), "%s", what);
	free(terms.terms);
	free(s);
}

/* Terms that overlap or are there twice. */
static void
test_twice(void)
{
	uint32_t	places[][2] = {{2, 2}, {1, 2}, {0, 2}, {2, 1}};

	refuse_changed(NULL, NULL, 0, "three terms");
	refuse_changed("ab", "aa", 2, "a term twice");
	refuse_changed(places[0], places[1], sizeof(places[0]), "a term that overlaps another");
	refuse_changed(places[0], places[2], sizeof(places[0]), "a term in the place of another");
	refuse_changed(places[0], places[3], sizeof(places[0]), "bytes between terms");
}

int
main(void)
{
	test_words();
	test_languages();
	test_letters();
	test_random_words();
	test_random();
	test_impossible();
	test_twice();
	return unit_end();
}
