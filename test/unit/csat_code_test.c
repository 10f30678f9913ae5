/* covers: core/sources/csat_code.c */

/*
 * csat_code_test.c
 *	  Codes of support tools: each code means what its tool says, whatever its
 *	  letter case, and nothing else means anything.
 */
#include "unit.h"

#include "sources/csat_code.h"

static const char *const good[] = {"good", "good_with_comment", "good_without_comment"};
static const char *const bad[] = {"bad", "bad_with_comment", "bad_without_comment"};
static const char *const none[] = {"", "offered", "unoffered"};
static const char *const either[] = {
	"received", "received_with_comment", "received_without_comment"
};

/* In memory that ends where the text does, so that a byte too many is found. */
static CsatCode
code_of(const char *text, size_t length)
{
	char	   *copy = exact_copy(text, length);
	CsatCode	code = zendesk_csat_code(copy, length);

	free(copy);
	return code;
}

static void
expect(const char *text, CsatCode code)
{
	CsatCode	got = code_of(text, strlen(text));

	check(got == code, "\"%s\": %d", text, (int) got);
}

/* The code, in any letter case, and what is nearly it: blanks around it, longer, one character off. */
static void
around(const char *text, CsatCode code)
{
	size_t		length = strlen(text);
	char		other[32];

	for (int round = 0; round < 200; round++)
	{
		for (size_t i = 0; i <= length; i++)
			other[i] = text[i] >= 'a' && one_in(2) ? (char) (text[i] - 32) : text[i];
		expect(other, code);
	}
	for (size_t i = 0; i < length; i++)
	{
		strcpy(other, text);
		other[i] = text[i] == '_' ? '?' : (char) (text[i] ^ 0x40);
		expect(other, CSAT_UNKNOWN);
	}
	snprintf(other, sizeof(other), "\t %s", text);
	expect(other, CSAT_PADDED);
	snprintf(other, sizeof(other), "%sx ", text);
	expect(other, CSAT_UNKNOWN);
	snprintf(other, sizeof(other), "%s\r\n", text);
	expect(other, CSAT_PADDED);
	check(code_of(other, length + 3) == CSAT_UNKNOWN, "\"%s\" with a zero byte", text);
}

static void
zendesk(void)
{
	for (int i = 0; i < 3; i++)
	{
		around(good[i], CSAT_SATISFIED);
		around(bad[i], CSAT_NOT_SATISFIED);
		around(none[i], CSAT_NO_ANSWER);
		around(either[i], CSAT_EITHER);
	}
	expect("5", CSAT_NUMBER);
	expect("10", CSAT_NUMBER);
	expect("-1", CSAT_UNKNOWN);
	expect("5 ", CSAT_PADDED);
	expect("  ", CSAT_PADDED);
	expect("5 5", CSAT_UNKNOWN);
	expect("goo", CSAT_UNKNOWN);
	expect("dobra", CSAT_UNKNOWN);
}

static void
freshdesk(void)
{
	int			found[CSAT_UNKNOWN + 1] = {0};

	for (int32_t rating = -100000; rating <= 100000; rating++)
		found[freshdesk_csat_code(rating)]++;
	check(found[CSAT_SATISFIED] == 3, "satisfied: %d", found[CSAT_SATISFIED]);
	check(found[CSAT_NOT_SATISFIED] == 4, "not satisfied: %d", found[CSAT_NOT_SATISFIED]);
	check(found[CSAT_UNKNOWN] == 200001 - 7, "unknown: %d", found[CSAT_UNKNOWN]);
	for (int32_t rating = 101; rating <= 103; rating++)
	{
		check(freshdesk_csat_code(rating) == CSAT_SATISFIED, "%d", (int) rating);
		check(freshdesk_csat_code(-rating) == CSAT_NOT_SATISFIED, "%d", (int) -rating);
	}
	check(freshdesk_csat_code(100) == CSAT_NOT_SATISFIED, "neutral");
	check(freshdesk_csat_code(INT32_MIN) == CSAT_UNKNOWN, "smallest");
	check(freshdesk_csat_code(INT32_MAX) == CSAT_UNKNOWN, "largest");
}

int
main(void)
{
	zendesk();
	freshdesk();
	return unit_end();
}
