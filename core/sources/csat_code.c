/*
 * csat_code.c
 *		The codes of support tools; see csat_code.h.
 */
#include "sources/csat_code.h"

#include <stdbool.h>
#include <string.h>

/* Exports for people write Good and Offered, the API good and offered. */
static bool
is_code(const char *text, size_t length, const char *code)
{
	if (length != strlen(code))
		return false;
	for (size_t i = 0; i < length; i++)
	{
		char		ch = text[i];

		if (ch >= 'A' && ch <= 'Z')
			ch = (char) (ch - 'A' + 'a');
		if (ch != code[i])
			return false;
	}
	return true;
}

static bool
is_number(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return length > 0;
}

static bool
is_blank(char ch)
{
	return ch == ' ' || (ch >= '\t' && ch <= '\r');
}

/* A code without white space around it. */
static CsatCode
code_of(const char *score, size_t length)
{
	static const struct
	{
		const char *code;
		CsatCode	means;
	}			codes[] = {
		{"good", CSAT_SATISFIED},
		{"good_with_comment", CSAT_SATISFIED},
		{"good_without_comment", CSAT_SATISFIED},
		{"bad", CSAT_NOT_SATISFIED},
		{"bad_with_comment", CSAT_NOT_SATISFIED},
		{"bad_without_comment", CSAT_NOT_SATISFIED},
		{"offered", CSAT_NO_ANSWER},
		{"unoffered", CSAT_NO_ANSWER},
		{"", CSAT_NO_ANSWER},
		{"received", CSAT_EITHER},
		{"received_with_comment", CSAT_EITHER},
		{"received_without_comment", CSAT_EITHER},
	};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (is_code(score, length, codes[i].code))
			return codes[i].means;
	return is_number(score, length) ? CSAT_NUMBER : CSAT_UNKNOWN;
}

/*
 * White space is not trimmed: the same text is compared with 'offered' elsewhere, in
 * conditions and groups, where it would be an answer.
 */
CsatCode
zendesk_csat_code(const char *score, size_t length)
{
	size_t		first = 0;
	size_t		end = length;

	while (first < end && is_blank(score[first]))
		first++;
	while (end > first && is_blank(score[end - 1]))
		end--;
	if (end - first == length)
		return code_of(score, length);
	return code_of(score + first, end - first) == CSAT_UNKNOWN ? CSAT_UNKNOWN : CSAT_PADDED;
}

CsatCode
freshdesk_csat_code(int32_t rating)
{
	if (rating >= 101 && rating <= 103)
		return CSAT_SATISFIED;
	if (rating == 100 || (rating >= -103 && rating <= -101))
		return CSAT_NOT_SATISFIED;
	return CSAT_UNKNOWN;
}
