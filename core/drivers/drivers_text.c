/*
 * drivers_text.c
 *		The text form of a driver_summary, exact:
 *
 *		{2 drivers, 3 responses, 1 left out, sums [30, 12.5, 9], products [...]}
 *
 * The sums are those of the outcome and of the drivers, the products those of
 * drivers.h, in its order, as decimal numbers.  With weights, ", weights 2.5, squared
 * weights 2.25" stands before the sums, which then are sums of w x and w x x.  Without
 * answers there are no sums: {0 drivers, 0 responses, 1 left out}.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "drivers/drivers.h"

/* Enough bytes for drivers_print(), the final zero included. */
size_t
drivers_text_bound(const DriverSummary *s)
{
	size_t		sums = drivers_words(s->drivers, drivers_weighted(s)) / (size_t) drivers_width(s);

	return 128 + 2 * INT64_CHARS + (sums + 2) * (WIDE_SUM_CHARS + 2);
}

/* The decimals of sums, or of products. */
static int
decimals_of(const DriverSummary *s, int values)
{
	return values * DRIVERS_DECIMALS + (drivers_weighted(s) ? DRIVERS_WEIGHT_DECIMALS : 0);
}

static char *
print_list(char *out, const DriverSummary *s, const uint64_t *sum, int n, int decimals)
{
	for (int i = 0; i < n; i++, sum += drivers_width(s))
	{
		out += sprintf(out, "%s", i > 0 ? ", " : "");
		out += wide_print(out, sum, drivers_width(s), decimals);
	}
	return out;
}

static char *
print_weights(char *out, const DriverSummary *s)
{
	static const uint64_t none[2 * WIDE_SUM_MAX] = {0};
	const uint64_t *sums = s->drivers > 0 ? s->words : none;

	out += sprintf(out, ", weights ");
	out += wide_print(out, sums, 3, DRIVERS_WEIGHT_DECIMALS);
	out += sprintf(out, ", squared weights ");
	return out + wide_print(out, sums + 3, 3, 2 * DRIVERS_WEIGHT_DECIMALS);
}

/* Print the text form; returns its length. */
size_t
drivers_print(const DriverSummary *s, char *text)
{
	int			variables = s->drivers + 1;
	char	   *out = text;

	out += sprintf(out, "{%d drivers, %" PRId64 " responses, %" PRId64 " left out",
				   s->drivers, s->responses, s->left_out);
	if (drivers_weighted(s))
		out = print_weights(out, s);
	if (s->drivers > 0)
	{
		out += sprintf(out, ", sums [");
		out = print_list(out, s, drivers_sum(s, 0), variables, decimals_of(s, 1));
		out += sprintf(out, "], products [");
		out = print_list(out, s, drivers_product(s, 0, 0), drivers_triangle(variables),
						 decimals_of(s, 2));
		*out++ = ']';
	}
	*out++ = '}';
	*out = '\0';
	return (size_t) (out - text);
}

static bool
parse_sum(TextScan *scan, uint64_t *sum, int width, int decimals, const char *expected)
{
	text_scan_space(scan);
	return wide_parse(&scan->at, sum, width, decimals) || text_scan_fail(scan, expected);
}

static bool
parse_list(TextScan *scan, const DriverSummary *s, uint64_t *sum, int n, int decimals,
		   const char *expected)
{
	for (int i = 0; i < n; i++, sum += drivers_width(s))
		if ((i > 0 && !text_scan_expect(scan, ",", "\",\" and one number more")) ||
			!parse_sum(scan, sum, drivers_width(s), decimals, expected))
			return false;
	return true;
}

static bool
parse_sums(TextScan *scan, DriverSummary *s)
{
	int			variables = s->drivers + 1;

	return text_scan_expect(scan, ",", "\",\" and \"sums\"") &&
		text_scan_expect(scan, "sums", "\"sums\"") && text_scan_expect(scan, "[", "\"[\"") &&
		parse_list(scan, s, drivers_sum(s, 0), variables, decimals_of(s, 1), "a sum") &&
		text_scan_expect(scan, "]", "\"]\"") && text_scan_expect(scan, ",", "\",\"") &&
		text_scan_expect(scan, "products", "\"products\"") &&
		text_scan_expect(scan, "[", "\"[\"") &&
		parse_list(scan, s, drivers_product(s, 0, 0), drivers_triangle(variables),
				   decimals_of(s, 2), "a sum of products") &&
		text_scan_expect(scan, "]", "\"]\"");
}

static bool
parse_counts(TextScan *scan, int64_t *drivers, DriverSummary *s)
{
	return text_scan_expect(scan, "{", "\"{\"") &&
		text_scan_number(scan, 0, DRIVERS_MAX, drivers, "a number of drivers up to 64") &&
		text_scan_expect(scan, "drivers", "\"drivers\"") && text_scan_expect(scan, ",", "\",\"") &&
		text_scan_number(scan, 0, DRIVERS_MOST_RESPONSES, &s->responses,
						 "a number of answers up to 9007199254740992") &&
		text_scan_expect(scan, "responses", "\"responses\"") &&
		text_scan_expect(scan, ",", "\",\"") &&
		text_scan_number(scan, 0, INT64_MAX, &s->left_out,
						 "a number of answers up to 9223372036854775807") &&
		text_scan_expect(scan, "left", "\"left out\"") &&
		text_scan_expect(scan, "out", "\"out\"");
}

/* The weights, if there are any; sets whether there are. */
static bool
parse_weights(TextScan *scan, uint64_t *sums, bool *weighted)
{
	TextScan	before = *scan;

	*weighted = text_scan_accept(scan, ",") && text_scan_accept(scan, "weights");
	if (!*weighted)
	{
		*scan = before;
		return true;
	}
	return parse_sum(scan, sums, 3, DRIVERS_WEIGHT_DECIMALS, "the sum of the weights") &&
		text_scan_expect(scan, ",", "\",\"") && text_scan_expect(scan, "squared", "\"squared\"") &&
		text_scan_expect(scan, "weights", "\"weights\"") &&
		parse_sum(scan, sums + 3, 3, 2 * DRIVERS_WEIGHT_DECIMALS,
				  "the sum of the squared weights");
}

static bool
parse(TextScan *scan, DriverSummary *s)
{
	DriverSummary counts = {0};
	uint64_t	sums[2 * WIDE_SUM_MAX] = {0};
	int64_t		drivers;
	bool		weighted;

	if (!parse_counts(scan, &drivers, &counts) || !parse_weights(scan, sums, &weighted))
		return false;
	drivers_init(s, (int) drivers, weighted);
	s->responses = counts.responses;
	s->left_out = counts.left_out;
	if (drivers > 0 && weighted)
		memcpy(s->words, sums, sizeof(sums));
	else if (weighted && (wide_sign(sums, 3) != 0 || wide_sign(sums + 3, 3) != 0))
		return false;
	return (drivers == 0 || parse_sums(scan, s)) && text_scan_expect(scan, "}", "\"}\"") &&
		text_scan_end(scan);
}

/*
 * Read and check the text form; s has room for DRIVERS_MAX_SIZE bytes.  If false, the
 * scan explains why, unless it expects nothing: then the parts do not fit together.
 */
bool
drivers_parse(const char *text, DriverSummary *s, TextScan *scan)
{
	text_scan_begin(scan, text, strlen(text));
	return parse(scan, s) &&
		drivers_validate(s, drivers_size(s->drivers, drivers_weighted(s))) == DRIVERS_OK;
}
