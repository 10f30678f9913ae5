/*
 * sources_fuzz.c
 *		Codes of the tools that answers come from, and scores at the beginning of a text.
 */
#include "fuzz.h"

#include "rating/score_text.h"
#include "sources/csat_code.h"

int
LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	const char *text = fuzz_copy(input, size);
	int32_t		number = 0;
	int32_t		score = 0;

	memcpy(&number, input, size < sizeof(number) ? size : sizeof(number));
	MUST(zendesk_csat_code(text, size) <= CSAT_UNKNOWN);
	MUST(freshdesk_csat_code(number) <= CSAT_UNKNOWN);
	MUST(score_text_read(text, size, &score) <= SCORE_TOO_LARGE);
	fuzz_forget();
	return 0;
}
