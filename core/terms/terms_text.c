/*
 * terms_text.c
 *		Printing and reading the text form of terms; see terms_text.h.
 */
#include "terms/terms_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/label.h"

/* Enough bytes for terms_text_print(), the final zero included. */
size_t
terms_text_bound(const Terms *terms)
{
	size_t		bytes = sizeof("{ comments: }") + INT64_CHARS;

	for (uint32_t i = 0; i < terms->count; i++)
		bytes += sizeof(",  = ") + INT64_CHARS + JOURNEY_LABEL_TEXT_BOUND(terms->terms[i].length);
	return bytes;
}

/* Print the text form; returns its length.  See terms_text_bound(). */
size_t
terms_text_print(const Terms *terms, char *text)
{
	char	   *out = text + sprintf(text, "{%" PRId64 " comments", terms->comments);

	for (uint32_t i = 0; i < terms->count; i++)
	{
		const Term *term = &terms->terms[i];

		*out++ = i == 0 ? ':' : ',';
		*out++ = ' ';
		out += journey_label_print(term->text, term->length, out);
		out += sprintf(out, " = %" PRId64, term->count);
	}
	*out++ = '}';
	*out = '\0';
	return (size_t) (out - text);
}

/* Begin to read; the text must end with a zero byte. */
void
terms_text_begin(TermsTextReader *r, const char *text, size_t length)
{
	memset(r, 0, offsetof(TermsTextReader, term));
	text_scan_begin(&r->scan, text, length);
}

static bool
put(TermsTextReader *r, char c)
{
	if (r->length == TERM_MOST_BYTES)
	{
		r->scan.problem = "Term of more than 2047 bytes";
		return false;
	}
	r->term[r->length++] = c;
	return true;
}

/* From behind the opening quote to behind the closing one. */
static bool
read_quoted(TermsTextReader *r)
{
	const char *start = r->scan.at;

	for (r->scan.at++; r->scan.at < r->scan.end; r->scan.at++)
	{
		if (*r->scan.at == '"' && *++r->scan.at != '"')
			return true;
		if (!put(r, *r->scan.at))
			return false;
	}
	r->scan.at = start;
	r->scan.problem = "Quote without its end";
	return false;
}

static bool
read_term(TermsTextReader *r)
{
	text_scan_space(&r->scan);
	r->length = 0;
	if (*r->scan.at == '"')
	{
		if (!read_quoted(r))
			return false;
		if (r->length == 0)
			r->scan.problem = "Empty term";
		return r->length > 0;
	}
	while (journey_label_bare_byte((unsigned char) *r->scan.at))
		if (!put(r, *r->scan.at++))
			return false;
	return r->length > 0 || text_scan_fail(&r->scan, "a term");
}

static TermsTextStatus
read_entry(TermsTextReader *r)
{
	if (read_term(r) && text_scan_expect(&r->scan, "=", "\"=\" and the number of comments") &&
		text_scan_number(&r->scan, 1, INT64_MAX, &r->count,
						 "a number from 1 to 9223372036854775807"))
		return TERMS_TEXT_TERM;
	return TERMS_TEXT_ERROR;
}

/* The next term; the scan explains an error. */
TermsTextStatus
terms_text_next(TermsTextReader *r)
{
	if (!r->begun)
	{
		if (!text_scan_expect(&r->scan, "{", "\"{\"") ||
			!text_scan_number(&r->scan, 0, INT64_MAX, &r->comments,
							  "a number of comments from 0 to 9223372036854775807") ||
			!text_scan_expect(&r->scan, "comments", "\"comments\""))
			return TERMS_TEXT_ERROR;
		r->begun = true;
		if (text_scan_accept(&r->scan, ":"))
			return read_entry(r);
		if (!text_scan_expect(&r->scan, "}", "\":\" and a term, or \"}\""))
			return TERMS_TEXT_ERROR;
	}
	else if (text_scan_accept(&r->scan, ","))
		return read_entry(r);
	else if (!text_scan_expect(&r->scan, "}", "\",\" or \"}\""))
		return TERMS_TEXT_ERROR;
	return text_scan_end(&r->scan) ? TERMS_TEXT_END : TERMS_TEXT_ERROR;
}
