/*
 * rating_text.c
 *		The text form of a rating summary, exact and free of any setting:
 *
 *			[1,5]{0,2,5,9,4}					answers with score 1, 2, 3, 4, 5
 *			[0,1]{3:2.5:2.125,1:0.25:0.0625}	weighted: answers, sum of the
 *												weights, sum of their squares
 *
 * Weights print as decimals without trailing zeros (sums have up to 9 decimals,
 * squares up to 18) and read back to the same whole numbers of units.  White
 * space may stand between the parts.
 *
 * The state of an aggregate with a cut-off ends with the lowest satisfied score,
 * [1,5]{0,2,5,9,4}>=4, so that a partial state travels whole.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal_units.h"
#include "rating/rating.h"

#define SUM_DECIMALS		RATING_WEIGHT_DECIMALS
#define SQUARES_DECIMALS	(2 * RATING_WEIGHT_DECIMALS)
#define INT64_CHARS			20	/* sign and 19 digits */

/* Enough bytes for rating_print(), the final zero included. */
size_t
rating_text_bound(const RatingSummary *s)
{
	size_t		each = INT64_CHARS + 1;

	if (rating_is_weighted(s))
		each += 2 * (DECIMAL_UNITS_CHARS + 1);
	return 3 * INT64_CHARS + sizeof("[,]{}>=") + (size_t) s->points * each;
}

/* Print the text form; returns its length.  See rating_text_bound(). */
size_t
rating_print(const RatingSummary *s, char *text)
{
	char	   *out = text;

	out += sprintf(out, "[%" PRId32 ",%" PRId32 "]{", s->low, rating_high(s));
	for (int i = 0; i < s->points; i++)
	{
		out += sprintf(out, "%s%" PRId64, i > 0 ? "," : "", s->counts[i]);
		if (rating_is_weighted(s))
		{
			const RatingWeights *w = &rating_weights(s)[i];

			*out++ = ':';
			out += decimal_units_print(out, uint128_load(w->sum), SUM_DECIMALS);
			*out++ = ':';
			out += decimal_units_print(out, uint128_load(w->squares), SQUARES_DECIMALS);
		}
	}
	*out++ = '}';
	*out = '\0';
	return (size_t) (out - text);
}

/* The same for a state with a cut-off. */
size_t
rating_print_state(const RatingSummary *s, char *text)
{
	size_t		length = rating_print(s, text);

	if (s->cutoff != 0)
		length += (size_t) sprintf(text + length, ">=%" PRId32, rating_cutoff_score(s));
	return length;
}

/* Where the parser stands; the first error sticks. */
typedef struct Cursor
{
	const char *at;
	const char *expected;		/* NULL: no error so far */
	RatingStatus status;
} Cursor;

static void
skip_space(Cursor *c)
{
	while (*c->at != '\0' && strchr(" \t\n\r\f\v", *c->at) != NULL)
		c->at++;
}

static bool
fail(Cursor *c, const char *expected, RatingStatus status)
{
	if (c->expected == NULL)
	{
		c->expected = expected;
		c->status = status;
	}
	return false;
}

/* Is the next part this sign?  If so, step over it. */
static bool
accept(Cursor *c, char sign)
{
	skip_space(c);
	if (*c->at != sign)
		return false;
	c->at++;
	return true;
}

static bool
expect(Cursor *c, char sign, const char *expected)
{
	return accept(c, sign) || fail(c, expected, RATING_OK);
}

static bool
is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

static bool
parse_int64(Cursor *c, int64_t *value, const char *expected)
{
	bool		negative = accept(c, '-');
	int64_t		result = 0;

	if (!is_digit(*c->at))
		return fail(c, expected, RATING_OK);
	for (; is_digit(*c->at); c->at++)
	{
		int			digit = *c->at - '0';

		if (__builtin_mul_overflow(result, 10, &result) ||
			__builtin_sub_overflow(result, digit, &result))
			return fail(c, expected, RATING_OVERFLOW);
	}
	/* negative numbers reach one further, so the digits were subtracted */
	if (!negative && __builtin_sub_overflow(0, result, &result))
		return fail(c, expected, RATING_OVERFLOW);
	*value = result;
	return true;
}

static bool
parse_weight_sum(Cursor *c, int decimals, const char *expected, uint64_t sum[2])
{
	Uint128 value;

	if (!expect(c, ':', "\":\""))
		return false;
	skip_space(c);
	if (!decimal_units_parse(&c->at, decimals, &value))
		return fail(c, expected, RATING_OK);
	uint128_store(sum, value);
	return true;
}

static bool
parse_scale(Cursor *c, int64_t *low, int64_t *high)
{
	if (!expect(c, '[', "\"[\"") ||
		!parse_int64(c, low, "the lowest score of the scale") ||
		!expect(c, ',', "\",\"") ||
		!parse_int64(c, high, "the highest score of the scale") ||
		!expect(c, ']', "\"]\""))
		return false;
	return rating_scale_ok(*low, *high) || fail(c, "a scale", RATING_BAD_SCALE);
}

/* Whether weights follow the counts is seen after the first count. */
static bool
next_is_colon(Cursor c)
{
	int64_t		count;

	return parse_int64(&c, &count, "") && accept(&c, ':');
}

static bool
parse_item(Cursor *c, RatingSummary *s, int i)
{
	if (i > 0 && !expect(c, ',', "\",\" and the count of the next score"))
		return false;
	if (!parse_int64(c, &s->counts[i], "a count of answers"))
		return false;
	if (!rating_is_weighted(s))
		return true;
	return parse_weight_sum(c, SUM_DECIMALS,
							"a sum of weights with at most 9 decimals",
							rating_weights(s)[i].sum) &&
		parse_weight_sum(c, SQUARES_DECIMALS,
						 "a sum of squared weights with at most 18 decimals",
						 rating_weights(s)[i].squares);
}

static bool
parse_answers(Cursor *c, RatingSummary *s)
{
	int64_t		low;
	int64_t		high;

	if (!parse_scale(c, &low, &high) || !expect(c, '{', "\"{\""))
		return false;
	rating_init(s, (int32_t) low, (int) (high - low + 1), next_is_colon(*c));
	for (int i = 0; i < s->points; i++)
		if (!parse_item(c, s, i))
			return false;
	return expect(c, '}', "\"}\" after the count of the highest score");
}

static bool
parse_cutoff(Cursor *c, RatingSummary *s)
{
	int64_t		from;

	if (!accept(c, '>'))
		return true;
	if (!expect(c, '=', "\"=\"") || !parse_int64(c, &from, "the lowest satisfied score"))
		return false;
	if (from < s->low || from > rating_high(s))
		return fail(c, "a score of the scale", RATING_BAD_CUTOFF);
	s->cutoff = (uint32_t) (from - s->low + 1);
	return true;
}

static bool
parse_end(Cursor *c)
{
	skip_space(c);
	return *c->at == '\0' || fail(c, "the end", RATING_OK);
}

static bool
report_parse(const Cursor *c, const char *text, bool done, RatingParseError *error)
{
	if (done)
		return true;
	error->status = c->status;
	error->offset = (size_t) (c->at - text);
	error->expected = c->expected;
	return false;
}

/*
 * Read the text form into s, which has room for RATING_MAX_SIZE bytes.  The
 * caller runs rating_validate() on the result, as for every other input.
 */
bool
rating_parse(const char *text, RatingSummary *s, RatingParseError *error)
{
	Cursor		c = {text, NULL, RATING_OK};
	bool		done = parse_answers(&c, s) && parse_end(&c);

	return report_parse(&c, text, done, error);
}

/* The same for a state with a cut-off; the caller runs rating_validate_state(). */
bool
rating_parse_state(const char *text, RatingSummary *s, RatingParseError *error)
{
	Cursor		c = {text, NULL, RATING_OK};
	bool		done = parse_answers(&c, s) && parse_cutoff(&c, s) && parse_end(&c);

	return report_parse(&c, text, done, error);
}
