/* covers: core/base/fold.c core/touchpoint/stage.c core/touchpoint/touchpoint.c */
/* covers: core/touchpoint/touchpoint_catalog.c */

/*
 * touchpoint_test.c
 *		The pure core of stages and touchpoints: letter case, the table of
 *		channels, the catalog, and random bytes that must do no harm.
 *
 * Each piece of text is copied to memory of exactly its size, so that a
 * sanitizer sees every byte read or written beyond it.
 */
#include "unit.h"

#include "base/fold.h"
#include "touchpoint/stage.h"
#include "touchpoint/touchpoint.h"

static void
check_lower(const char *text, size_t length, bool utf8, const char *expected)
{
	char	   *folded = exact_copy(text, length);

	fold_lower(folded, length, utf8);
	check(memcmp(folded, expected, length) == 0, "%s", expected);
	free(folded);
}

static void
test_letter_case(void)
{
	check_lower("AZaz@[", 6, true, "azaz@[");
	check_lower("ŚĆŻ", 6, true, "śćż");
	check_lower("ŚĆŻ", 6, false, "ŚĆŻ");
	check_lower("ŸŹźĸŉİı×ß", 18, true, "ÿźźĸŉİı×ß");
	check_lower("ΆΏΑΣΫΰ", 12, true, "άώασϋΰ");
	check_lower("ЀЏАЯаѠҀҊҾӀӁӍӐԮ", 28, true, "ѐџаяаѡҁҋҿӏӂӎӑԯ");
	check_lower("\xC5", 1, true, "\xC5");	/* cut off */
	check_lower("\xE2\x82\xAC" "A", 4, true, "\xE2\x82\xAC" "a");
}

static void
test_names(void)
{
	int16_t		stage;

	for (int i = 1; i <= STAGES; i++)
	{
		int16_t		code = stage_at(i);

		check(stage_position(code) == i, "position");
		check(stage_parse(stage_name(code), strlen(stage_name(code)), &stage) && stage == code, "English name");
		check(stage_parse(stage_polish_name(code), strlen(stage_polish_name(code)), &stage) && stage == code, "Polish name");
		check(i == 1 || code > stage_at(i - 1), "order");
	}
	check(stage_name(0) == NULL && stage_polish_name(450) == NULL && stage_position(-1) == 0, "no stage");
}

/* The catalog holds only touchpoints that validate, unchanged, and known channels. */
static void
test_catalog(void)
{
	const char *industries[] = {"e-commerce", "banking", "telecommunications", "fmcg", "hospitality"};

	for (int i = 0; i < 5; i++)
	{
		size_t		n = 0;
		const CatalogEntry *entries = touchpoint_catalog_of(industries[i], strlen(industries[i]), &n);

		check(entries != NULL && n > 0, "%s", industries[i]);
		for (size_t k = 0; k < n; k++)
		{
			TouchpointParts parts;
			char		text[TOUCHPOINT_MAX_TEXT];
			bool		online;
			size_t		length = strlen(entries[k].touchpoint);

			check(touchpoint_split(entries[k].touchpoint, length, &parts) == TOUCHPOINT_OK &&
				  touchpoint_validate(&parts, true) == TOUCHPOINT_OK &&
				  touchpoint_write(&parts, true, text) == length &&
				  memcmp(text, entries[k].touchpoint, length) == 0 &&
				  touchpoint_is_online(parts.channel, parts.channel_length, &online) &&
				  stage_position(entries[k].stage) > 0, "%s", entries[k].touchpoint);
		}
	}
}

/* What is written reads back to the same bytes. */
static void
test_round_trip(const char *text, size_t length, bool utf8)
{
	TouchpointParts parts;
	char	   *written;
	char	   *again;
	size_t		size;

	if (touchpoint_split(text, length, &parts) != TOUCHPOINT_OK ||
		touchpoint_validate(&parts, utf8) != TOUCHPOINT_OK)
		return;
	size = parts.channel_length + 1 + parts.place_length;
	check(size <= TOUCHPOINT_MAX_TEXT, "size");
	written = malloc(size);
	again = malloc(size);
	check(touchpoint_write(&parts, utf8, written) == size, "written");
	check(touchpoint_split(written, size, &parts) == TOUCHPOINT_OK &&
		  touchpoint_validate(&parts, utf8) == TOUCHPOINT_OK &&
		  touchpoint_write(&parts, utf8, again) == size &&
		  memcmp(written, again, size) == 0, "round trip");
	free(written);
	free(again);
}

static void
test_random_bytes(void)
{
	static const char pieces[] = " \t:aAzZ\x01\x7F\xC2\x85\xC5\x9A\x9B\xD0\x90\xE2\x82\xAC\xFF";

	for (int round = 0; round < 200000; round++)
	{
		char		text[400];
		size_t		length;
		char	   *copy;
		int16_t		stage;
		bool		online;

		length = (size_t) below(round % 100 == 0 ? 400 : 12);
		for (size_t i = 0; i < length; i++)
			text[i] = pieces[below(LENGTH(pieces) - 1)];
		copy = exact_copy(text, length);
		test_round_trip(copy, length, true);
		test_round_trip(copy, length, false);
		check(!stage_parse(copy, length, &stage), "no stage");
		(void) touchpoint_is_online(copy, length, &online);
		free(copy);
	}
}

int
main(void)
{
	test_letter_case();
	test_names();
	test_catalog();
	test_random_bytes();
	return unit_end();
}
