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
#include "base/text_scan.h"
#include "rating/rating.h"

#define SUM_DECIMALS		RATING_WEIGHT_DECIMALS
#define SQUARES_DECIMALS	(2 * RATING_WEIGHT_DECIMALS)

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

typedef struct Parser
{
	TextScan	scan;
	RatingStatus status;		/* why, if it is not the syntax */
} Parser;

static bool
expect(Parser *p, const char *sign, const char *expected)
{
	return text_scan_expect(&p->scan, sign, expected);
}

static bool
fail(Parser *p, const char *expected, RatingStatus status)
{
	p->status = status;
	return text_scan_fail(&p->scan, expected);
}

/* Digits that cannot be read are a number that is too large. */
static bool
parse_int64(Parser *p, int64_t *value, const char *expected)
{
	if (text_scan_signed(&p->scan, value, expected))
		return true;
	if (*p->scan.at >= '0' && *p->scan.at <= '9')
		p->status = RATING_OVERFLOW;
	return false;
}

static bool
parse_weight_sum(Parser *p, int decimals, const char *expected, uint64_t sum[2])
{
	Uint128 value;

	if (!expect(p, ":", "\":\"") || !text_scan_decimal(&p->scan, decimals, &value, expected))
		return false;
	uint128_store(sum, value);
	return true;
}

static bool
parse_scale(Parser *p, int64_t *low, int64_t *high)
{
	if (!expect(p, "[", "\"[\"") ||
		!parse_int64(p, low, "the lowest score of the scale") ||
		!expect(p, ",", "\",\"") ||
		!parse_int64(p, high, "the highest score of the scale") ||
		!expect(p, "]", "\"]\""))
		return false;
	return rating_scale_ok(*low, *high) || fail(p, "a scale", RATING_BAD_SCALE);
}

/* Whether weights follow the counts is seen after the first count. */
static bool
next_is_colon(Parser p)
{
	int64_t		count;

	return parse_int64(&p, &count, "") && text_scan_accept(&p.scan, ":");
}

static bool
parse_item(Parser *p, RatingSummary *s, int i)
{
	if (i > 0 && !expect(p, ",", "\",\" and the count of the next score"))
		return false;
	if (!parse_int64(p, &s->counts[i], "a count of answers"))
		return false;
	if (!rating_is_weighted(s))
		return true;
	return parse_weight_sum(p, SUM_DECIMALS,
							"a sum of weights with at most 9 decimals",
							rating_weights(s)[i].sum) &&
		parse_weight_sum(p, SQUARES_DECIMALS,
						 "a sum of squared weights with at most 18 decimals",
						 rating_weights(s)[i].squares);
}

static bool
parse_answers(Parser *p, RatingSummary *s)
{
	int64_t		low;
	int64_t		high;

	if (!parse_scale(p, &low, &high) || !expect(p, "{", "\"{\""))
		return false;
	rating_init(s, (int32_t) low, (int) (high - low + 1), next_is_colon(*p));
	for (int i = 0; i < s->points; i++)
		if (!parse_item(p, s, i))
			return false;
	return expect(p, "}", "\"}\" after the count of the highest score");
}

static bool
parse_cutoff(Parser *p, RatingSummary *s)
{
	int64_t		from;

	if (!text_scan_accept(&p->scan, ">"))
		return true;
	if (!expect(p, "=", "\"=\"") || !parse_int64(p, &from, "the lowest satisfied score"))
		return false;
	if (from < s->low || from > rating_high(s))
		return fail(p, "a score of the scale", RATING_BAD_CUTOFF);
	s->cutoff = (uint32_t) (from - s->low + 1);
	return true;
}

static bool
report_parse(const Parser *p, bool done, RatingParseError *error)
{
	if (done)
		return true;
	error->status = p->status;
	error->offset = (size_t) (p->scan.at - p->scan.text);
	error->expected = p->scan.expected;
	return false;
}

/*
 * Read the text form into s, which has room for RATING_MAX_SIZE bytes.  The
 * caller runs rating_validate() on the result, as for every other input.
 */
bool
rating_parse(const char *text, RatingSummary *s, RatingParseError *error)
{
	Parser		p = {.status = RATING_OK};

	text_scan_begin(&p.scan, text, strlen(text));
	return report_parse(&p, parse_answers(&p, s) && text_scan_end(&p.scan), error);
}

/* The same for a state with a cut-off; the caller runs rating_validate_state(). */
bool
rating_parse_state(const char *text, RatingSummary *s, RatingParseError *error)
{
	Parser		p = {.status = RATING_OK};

	text_scan_begin(&p.scan, text, strlen(text));
	return report_parse(&p, parse_answers(&p, s) && parse_cutoff(&p, s) && text_scan_end(&p.scan),
						error);
}
