/* covers: core/base/time_text.c */

/*
 * time_text_test.c
 *		Times as text, against the C library's calendar; other offsets from UTC, and what
 *		is no time.
 */
#define _GNU_SOURCE
#include "unit.h"

#include <time.h>

#include "base/time_text.h"

#define TO_2000 INT64_C(946684800)	/* seconds from 1970 */

/* What journey_print_time() should write. */
static void
oracle_print(char *text, int64_t at)
{
	int64_t		fraction = (at % 1000000 + 1000000) % 1000000;
	time_t		seconds = (time_t) ((at - fraction) / 1000000 + TO_2000);
	struct tm	tm;
	int			year;

	gmtime_r(&seconds, &tm);
	year = tm.tm_year + 1900;
	text += sprintf(text, "%s%04d-%02d-%02dT%02d:%02d:%02d", year < 0 ? "-" : "", abs(year),
					tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
	if (fraction > 0)
	{
		text += sprintf(text, ".%06d", (int) fraction);
		while (text[-1] == '0')
			text--;
	}
	strcpy(text, "Z");
}

static void
check_time(int64_t at)
{
	char		wanted[64];
	char		text[JOURNEY_TIME_CHARS];
	const char *end = text;
	char	   *printed = journey_print_time(text, at);
	int64_t		back = 0;

	oracle_print(wanted, at);
	check(strcmp(text, wanted) == 0 && printed == text + strlen(text), "%s, not %s", text, wanted);
	check(journey_parse_time(&end, &back) && end == printed && back == at, "%s reads back", text);
}

static void
expect_time(const char *text, const char *utc, size_t length)
{
	const char *at = text;
	char		printed[JOURNEY_TIME_CHARS];
	int64_t		time;

	if (!check(journey_parse_time(&at, &time) && at == text + length, "%s is a time", text))
		return;
	journey_print_time(printed, time);
	check(strcmp(printed, utc) == 0, "%s is %s, not %s", text, printed, utc);
}

static void
expect_none(const char *text)
{
	const char *at = text;
	int64_t		time;

	check(!journey_parse_time(&at, &time) && at == text, "%s is no time", text);
}

static void
test_forms(void)
{
	expect_time("2026-01-05", "2026-01-05T00:00:00Z", 10);
	expect_time("2026-01-05T10:00", "2026-01-05T10:00:00Z", 16);
	expect_time("2026-01-05 10:00:00.5+02,", "2026-01-05T08:00:00.5Z", 24);
	expect_time("2026-01-05t23:59:59.999999-01:30", "2026-01-06T01:29:59.999999Z", 32);
	expect_time("2026-01-05T00:00z#1", "2026-01-05T00:00:00Z", 17);
	expect_time("2026-01-05 , b", "2026-01-05T00:00:00Z", 10);
	expect_time("2024-02-29T00:00+0030", "2024-02-28T23:30:00Z", 21);
	expect_time("-4713-11-24", "-4713-11-24T00:00:00Z", 11);
	expect_time("294276-12-31T23:59:59.999999Z", "294276-12-31T23:59:59.999999Z", 29);
	expect_none("2023-02-29");
	expect_none("1900-02-29");
	expect_none("2026-13-01");
	expect_none("2026-00-01");
	expect_none("2026-04-31");
	expect_none("2026-1-5");
	expect_none("026-01-05");
	expect_none("2026-01-05T24:00");
	expect_none("2026-01-05T10:60");
	expect_none("2026-01-05T10:00:60");
	expect_none("2026-01-05T10:00:00.1234567");
	expect_none("2026-01-05T10:00:00.");
	expect_none("2026-01-05T10");
	expect_none("2026-01-05T10:00+16");
	expect_none("-4713-11-23");
	expect_none("294277-01-01");
	expect_none("now");
	expect_none("");
}

int
main(void)
{
	check_time(JOURNEY_MIN_TIME);
	check_time(JOURNEY_END_TIME - 1);
	check_time(0);
	check_time(-1);
	for (int i = 0; i < 200000; i++)
	{
		uint64_t	width = (uint64_t) JOURNEY_END_TIME - (uint64_t) JOURNEY_MIN_TIME;
		int64_t		at = (int64_t) ((uint64_t) JOURNEY_MIN_TIME + random_bits() % width);

		/* now and then a whole second, and a time of our days */
		check_time(one_in(2) ? at : at / 1000000 * 1000000);
		check_time(at / 1000);
	}
	test_forms();
	return unit_end();
}
