/*
 * label.c
 *		Checking, comparing, quoting and reading labels; see label.h.
 */
#include "base/label.h"

#include <string.h>

static inline bool
is_continuation(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

/*
 * Bytes of the UTF-8 character at p, which is not ASCII, or 0 if there is none.
 * The second byte's range leaves out overlong forms, surrogates and what lies
 * past U+10FFFF, as the Unicode standard's table of well-formed bytes does.
 */
static size_t
utf8_length(const unsigned char *p, const unsigned char *end)
{
	size_t		length = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	unsigned char low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
	unsigned char high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;

	if (p[0] < 0xC2 || p[0] > 0xF4 || (size_t) (end - p) < length)
		return 0;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if (!is_continuation(p[i]))
			return 0;
	return length;
}

/* Is it a joiner between two stages, neither of them empty? */
static inline bool
joins(const unsigned char *start, const unsigned char *p, const unsigned char *end)
{
	return *p == JOURNEY_JOINER && p > start && p + 1 < end && p[-1] != JOURNEY_JOINER;
}

/*
 * May these bytes be a label?  If not, *offset tells which byte is wrong; it is
 * not touched otherwise, and may be NULL.
 */
JourneyLabelStatus
journey_label_check(const char *label, size_t length, bool utf8, size_t *offset)
{
	const unsigned char *start = (const unsigned char *) label;
	const unsigned char *end = start + length;
	const unsigned char *p = start;
	JourneyLabelStatus status = JOURNEY_LABEL_OK;
	size_t		step;

	if (length == 0)
		status = JOURNEY_LABEL_EMPTY;
	else if (length > JOURNEY_MAX_LABEL)
		status = JOURNEY_LABEL_TOO_LONG;
	while (status == JOURNEY_LABEL_OK && p < end)
	{
		step = 1;
		if ((*p < 0x20 || *p == 0x7F) && !joins(start, p, end))
			status = JOURNEY_LABEL_CONTROL;
		else if (*p >= 0x80 && utf8 && (step = utf8_length(p, end)) == 0)
			status = JOURNEY_LABEL_ENCODING;
		if (status == JOURNEY_LABEL_OK)
			p += step;
	}
	if (status != JOURNEY_LABEL_OK && offset != NULL)
		*offset = (size_t) (p - start);
	return status;
}

/* What is wrong, as the beginning of a sentence: "... at character 5." */
const char *
journey_label_problem(JourneyLabelStatus status)
{
	switch (status)
	{
		case JOURNEY_LABEL_MISSING:
			return "Expected a label";
		case JOURNEY_LABEL_UNCLOSED:
			return "Quote without its end";
		case JOURNEY_LABEL_EMPTY:
			return "Empty label";
		case JOURNEY_LABEL_TOO_LONG:
			return "Label of more than 255 bytes";
		case JOURNEY_LABEL_CONTROL:
			return "Control character in a label";
		case JOURNEY_LABEL_ENCODING:
			return "Invalid UTF-8 in a label";
		case JOURNEY_LABEL_OK:
			break;
	}
	return "";
}

/* Less than, equal to or greater than 0, by bytes; a prefix comes first. */
int
journey_label_compare(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t		shorter = a_length < b_length ? a_length : b_length;
	int			order = shorter > 0 ? memcmp(a, b, shorter) : 0;

	if (order == 0 && a_length != b_length)
		order = a_length < b_length ? -1 : 1;
	return order;
}

bool
journey_label_is_bare(const char *label, size_t length)
{
	size_t		dots = 0;

	for (size_t i = 0; i < length; i++)
	{
		if (!journey_label_bare_byte((unsigned char) label[i]))
			return false;
		dots += label[i] == '.';
	}
	return dots < length;
}

/*
 * Write the text form, which has at most JOURNEY_LABEL_TEXT_BOUND(length)
 * bytes and no terminator; returns how many.
 */
size_t
journey_label_print(const char *label, size_t length, char *text)
{
	char	   *to = text;

	if (journey_label_is_bare(label, length))
	{
		memcpy(text, label, length);
		return length;
	}
	*to++ = '"';
	for (size_t i = 0; i < length; i++)
	{
		if (label[i] == '"')
			*to++ = '"';
		*to++ = label[i];
	}
	*to++ = '"';
	return (size_t) (to - text);
}

/*
 * Does another label stand at at, where something else should, with nothing but
 * blanks since a label ended?  Then it may be one label, without its quotes.
 */
bool
journey_label_goes_on(const char *label_end, const char *at, const char *end)
{
	const char *p = label_end;

	while (p < at && journey_space_byte((unsigned char) *p))
		p++;
	return p == at && at > label_end && at < end && journey_label_first_byte((unsigned char) *at);
}

/*
 * Copy a quoted label to label, which has room for JOURNEY_MAX_LABEL bytes;
 * *length may come out larger, for a label that is too long.  *at moves from
 * the opening quote to behind the closing one.
 */
static bool
read_quoted(const char **at, const char *end, char *label, size_t *length)
{
	const char *p = *at + 1;

	for (; p < end; p++)
	{
		if (*p == '"' && (++p == end || *p != '"'))
		{
			*at = p;
			return true;
		}
		if (*length < JOURNEY_MAX_LABEL)
			label[*length] = *p;
		(*length)++;
	}
	return false;
}

static void
read_bare(const char **at, const char *end, char *label, size_t *length)
{
	const char *p = *at;

	while (p < end && journey_label_bare_byte((unsigned char) *p))
		p++;
	*length = (size_t) (p - *at);
	memcpy(label, *at, *length < JOURNEY_MAX_LABEL ? *length : JOURNEY_MAX_LABEL);
	*at = p;
}

/*
 * Is the label this word, but for any double quotes around it?  Where results have the
 * word for something that is no label, such as (none), such a label is shown in one more
 * pair of quotes, so that no two rows look alike.
 */
bool
journey_label_within_quotes(const char *label, size_t length, const char *word)
{
	while (length > 0 && *label == '"')
		label++, length--;
	while (length > 0 && label[length - 1] == '"')
		length--;
	return length == strlen(word) && memcmp(label, word, length) == 0;
}

/* Where in its text form a label has its byte number offset. */
static const char *
place_of(const char *start, size_t offset)
{
	const char *p = start;

	if (*p != '"')
		return p + offset;
	for (p++; offset > 0; offset--)
		p += *p == '"' ? 2 : 1;
	return p;
}

/*
 * Read the label at *at, bare or quoted, into label, which has room for
 * JOURNEY_MAX_LABEL bytes, and move *at behind it.  If that fails, *at is moved
 * to the place that is wrong instead.
 */
JourneyLabelStatus
journey_label_read(const char **at, const char *end, bool utf8, char *label, size_t *length)
{
	const char *start = *at;
	size_t		offset = 0;
	JourneyLabelStatus status;

	*length = 0;
	if (start == end || !journey_label_first_byte((unsigned char) *start))
		return JOURNEY_LABEL_MISSING;
	if (*start != '"')
		read_bare(at, end, label, length);
	else if (!read_quoted(at, end, label, length))
		return JOURNEY_LABEL_UNCLOSED;
	status = journey_label_check(label, *length, utf8, &offset);
	if (status == JOURNEY_LABEL_EMPTY || status == JOURNEY_LABEL_TOO_LONG)
		*at = start;
	else if (status != JOURNEY_LABEL_OK)
		*at = place_of(start, offset);
	return status;
}
