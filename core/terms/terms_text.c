/*
 * terms_text.c
 *		Printing and reading the text form of terms; see terms_text.h.
 */
#include "terms/terms_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/label.h"

/* Enough bytes for terms_text_print(), the final zero included. */
size_t
terms_text_bound(const Terms *terms)
{
	size_t		bytes = sizeof("{} in  comments") + INT64_CHARS;

	for (uint32_t i = 0; i < terms->count; i++)
		bytes += sizeof(",  = ") + INT64_CHARS + JOURNEY_LABEL_TEXT_BOUND(terms->terms[i].length);
	return bytes;
}

/* Print the text form; returns its length.  See terms_text_bound(). */
size_t
terms_text_print(const Terms *terms, char *text)
{
	char	   *out = text;

	*out++ = '{';
	for (uint32_t i = 0; i < terms->count; i++)
	{
		const Term *term = &terms->terms[i];

		interrupt_in_step(i);
		if (i > 0)
		{
			*out++ = ',';
			*out++ = ' ';
		}
		out += journey_label_print(term->text, term->length, out);
		out += sprintf(out, " = %" PRId64, term->count);
	}
	out += sprintf(out, "} in %" PRId64 " comments", terms->comments);
	return (size_t) (out - text);
}

/* Begin to read. */
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
		r->scan.limit = true;
		return text_scan_problem(&r->scan, "Term of more than 2047 bytes");
	}
	r->term[r->length++] = c;
	return true;
}

/* From the opening quote to behind the closing one. */
static bool
read_quoted(TermsTextReader *r)
{
	TextScan   *scan = &r->scan;
	const char *start = scan->at;

	for (scan->at++; scan->at < scan->end; scan->at++)
	{
		if (*scan->at == '"' && (++scan->at == scan->end || *scan->at != '"'))
			return r->length > 0 || text_scan_problem(scan, "Empty term");
		if (!put(r, *scan->at))
			return false;
	}
	scan->at = start;
	return text_scan_problem(scan, "Quote without its end");
}

static bool
read_term(TermsTextReader *r)
{
	TextScan   *scan = &r->scan;

	text_scan_space(scan);
	r->length = 0;
	if (scan->at < scan->end && *scan->at == '"')
		return read_quoted(r);
	for (; scan->at < scan->end && journey_label_bare_byte((unsigned char) *scan->at); scan->at++)
		if (!put(r, *scan->at))
			return false;
	return r->length > 0 || text_scan_fail(scan, "a term");
}

static bool
read_entry(TermsTextReader *r)
{
	return read_term(r) &&
		text_scan_expect(&r->scan, "=", "\"=\" and the number of comments") &&
		text_scan_number(&r->scan, 1, INT64_MAX, &r->count,
						 "a number from 1 to 9223372036854775807");
}

static bool
read_end(TermsTextReader *r)
{
	return text_scan_expect(&r->scan, "in", "\"in\" and the number of comments") &&
		text_scan_number(&r->scan, 0, INT64_MAX, &r->comments,
						 "a number from 0 to 9223372036854775807") &&
		text_scan_expect(&r->scan, "comments", "\"comments\"") && text_scan_end(&r->scan);
}

/* The next term, or the end with the number of comments; the scan explains an error. */
TextItem
terms_text_next(TermsTextReader *r)
{
	TextItem	item = text_scan_item(&r->scan, &r->begun, "{}");

	if ((item == TEXT_ITEM && !read_entry(r)) || (item == TEXT_END && !read_end(r)))
		return TEXT_ERROR;
	return item;
}
