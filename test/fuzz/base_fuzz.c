/*
 * base_fuzz.c
 *		What all text and packed forms are made of: numbers, labels, times, lengths of
 *		time.  The first byte says which, the rest is read.
 */
#include "fuzz.h"

#include "base/decimal_units.h"
#include "base/fixed_interval.h"
#include "base/fold.h"
#include "base/label.h"
#include "base/text_scan.h"
#include "base/time_text.h"
#include "base/varint.h"

/* Whatever comes out of bytes goes in again; forms longer than needed become short. */
static void
numbers(const uint8_t *bytes, size_t size)
{
	const uint8_t *end = bytes + size;
	const uint8_t *at = bytes;
	const uint8_t *one;
	uint8_t		out[VARINT_MAX_WIDE];
	uint64_t	value;
	uint64_t	again;
	Uint128 wide;
	Uint128 wide_again;

	if (varint_get_wide(&at, end, &wide))
	{
		one = out;
		MUST(varint_put_wide(out, wide) - out <= at - bytes);
		MUST(varint_get_wide(&one, out + VARINT_MAX_WIDE, &wide_again) && wide == wide_again);
	}
	at = bytes;
	if (!varint_get(&at, end, &value))
		return;
	one = bytes;
	MUST(varint_get_bytes(&one, end, &again) && again == value && one == at);
	one = bytes;
	MUST(varint_get_small(&one, end, &again) && again == value && one == at);
	MUST(varint_put(out, value) - out <= at - bytes);
	MUST(varint_fold(varint_unfold(value)) == value);
}

static void
times(const char *text, size_t length)
{
	const char *at = text;
	char		printed[JOURNEY_TIME_CHARS];
	const char *end;
	int64_t		time;
	int64_t		again;

	if (!journey_parse_time(&at, &time))
		return;
	MUST(at > text && at <= text + length);
	MUST(time >= JOURNEY_MIN_TIME && time < JOURNEY_END_TIME);
	end = journey_print_time(printed, time);
	MUST(end < printed + JOURNEY_TIME_CHARS);
	at = printed;
	MUST(journey_parse_time(&at, &again) && again == time && at == end);
}

static void
lengths(const char *text, size_t length)
{
	TextScan	scan;
	char		printed[JOURNEY_DURATION_TEXT_BOUND];
	size_t		size;
	int64_t		span;
	int64_t		again;

	text_scan_begin(&scan, text, length);
	if (!journey_duration_read(&scan, &span))
	{
		MUST(scan.at >= text && scan.at <= text + length);
		return;
	}
	MUST(span >= 0);
	size = journey_duration_print(span, printed);
	MUST(size < JOURNEY_DURATION_TEXT_BOUND && size == strlen(printed));
	text_scan_begin(&scan, printed, size);
	MUST(journey_duration_read(&scan, &again) && again == span && text_scan_end(&scan));
}

static void
labels(const char *text, size_t length)
{
	const char *at = text;
	char	   *label = fuzz_new(JOURNEY_MAX_LABEL);
	char	   *printed;
	char	   *again = fuzz_new(JOURNEY_MAX_LABEL);
	size_t		size;
	size_t		size_again;
	const char *end;

	if (journey_label_read(&at, text + length, true, label, &size) != JOURNEY_LABEL_OK)
		return;
	MUST(journey_label_check(label, size, true, NULL) == JOURNEY_LABEL_OK);
	printed = fuzz_new(JOURNEY_LABEL_TEXT_BOUND(size));
	end = printed + journey_label_print(label, size, printed);
	at = printed;
	MUST(journey_label_read(&at, end, true, again, &size_again) == JOURNEY_LABEL_OK);
	MUST(at == end && size == size_again && memcmp(label, again, size) == 0);
}

static void
decimals(const char *text, size_t length)
{
	int			places = (int) fuzz_below(19);
	const char *at = text;
	const char *again = NULL;
	char		printed[DECIMAL_UNITS_CHARS + 1];
	Uint128 value;
	Uint128 value_again;

	if (!decimal_units_parse(&at, places, &value))
		return;
	MUST(at > text && at <= text + length);
	MUST(decimal_units_print(printed, value, places) <= DECIMAL_UNITS_CHARS);
	again = printed;
	MUST(decimal_units_parse(&again, places, &value_again) && value == value_again &&
		 *again == '\0');
}

/* Folding twice is folding once. */
static void
folding(const char *text, size_t length)
{
	bool		utf8 = fuzz_below(2) == 0;
	size_t		size = fold_trim(&text, length);
	char	   *once = fuzz_copy(text, size);
	char	   *twice;

	fold_lower(once, size, utf8);
	twice = fuzz_copy(once, size);
	fold_lower(twice, size, utf8);
	MUST(memcmp(once, twice, size) == 0);
	(void) fold_same(once, size, "purchase");
}

int
LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	const char *text;

	if (size == 0)
		return 0;
	fuzz_begin(input, size);
	text = fuzz_text(input + 1, size - 1);
	switch (input[0] % 6)
	{
		case 0:
			numbers(fuzz_copy(input + 1, size - 1), size - 1);
			break;
		case 1:
			times(text, strlen(text));
			break;
		case 2:
			lengths(text, strlen(text));
			break;
		case 3:
			labels(fuzz_copy(input + 1, size - 1), size - 1);
			break;
		case 4:
			decimals(text, strlen(text));
			break;
		default:
			folding(fuzz_copy(input + 1, size - 1), size - 1);
			break;
	}
	fuzz_forget();
	return 0;
}
