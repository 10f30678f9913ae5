/*
 * touchpoint_fuzz.c
 *		journey_touchpoint and journey_stage, and the names of industries.
 */
#include "fuzz.h"

#include "touchpoint/stage.h"
#include "touchpoint/touchpoint.h"

static void
read_stage(const char *text, size_t length)
{
	int16_t		stage;
	int16_t		again;

	if (!stage_parse(text, length, &stage))
		return;
	MUST(stage_name(stage) != NULL && stage_polish_name(stage) != NULL);
	MUST(stage_at(stage_position(stage)) == stage);
	MUST(stage_parse(stage_name(stage), strlen(stage_name(stage)), &again) && again == stage);
}

static void
read_touchpoint(const char *text, size_t length, bool utf8)
{
	TouchpointParts parts;
	TouchpointParts again;
	char	   *written = fuzz_new(TOUCHPOINT_MAX_TEXT);
	char	   *copy;
	char	   *twice = fuzz_new(TOUCHPOINT_MAX_TEXT);
	size_t		size;
	bool		online;

	if (touchpoint_split(text, length, &parts) != TOUCHPOINT_OK ||
		touchpoint_validate(&parts, utf8) != TOUCHPOINT_OK)
		return;
	size = touchpoint_write(&parts, utf8, written);
	MUST(size <= TOUCHPOINT_MAX_TEXT);
	copy = fuzz_copy(written, size);
	MUST(touchpoint_split(copy, size, &again) == TOUCHPOINT_OK &&
		 touchpoint_validate(&again, utf8) == TOUCHPOINT_OK);
	MUST(touchpoint_write(&again, utf8, twice) == size && memcmp(twice, written, size) == 0);
	(void) touchpoint_is_online(again.channel, again.channel_length, &online);
}

int
LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	const char *text = fuzz_copy(input, size);
	size_t		entries;

	fuzz_begin(input, size);
	read_stage(text, size);
	read_touchpoint(text, size, true);
	read_touchpoint(text, size, false);
	(void) touchpoint_catalog_of(text, size, &entries);
	fuzz_forget();
	return 0;
}
