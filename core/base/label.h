/*
 * label.h
 *		The labels of stages: what may be one, and how it is written in the text
 *		forms of journeys and paths.
 *
 * A label is 1 to 255 bytes of valid text without ASCII control characters, the
 * same rule in every encoding, so that a dump restores anywhere.  One of them may stand
 * between others: U+001F, which contexts() joins the last stages of a customer with.  Labels
 * are compared byte by byte, whatever the collation of the database.
 *
 * A label is written in one of two ways:
 *
 * 1. As it is, a bare word, if it has only letters, digits and _ - . : / and is not
 *	  made of dots alone.  Every character outside ASCII counts as a letter.  Dots alone
 *	  are quoted because stage_path() ends a text that it cuts with "> ...".
 * 2. Otherwise in double quotes, with each quote inside it doubled.
 *
 *		label			written as
 *		web:checkout	web:checkout
 *		świadomość		świadomość
 *		add to cart		"add to cart"
 *		the "app"		"the ""app"""
 *		...				"..."
 *
 * What may stand between labels is up to the text forms that use them.
 *
 * This is part of the pure core: no PostgreSQL, no errors raised, no memory
 * allocated.  Server encodings keep bytes below 128 for ASCII, so only the
 * check of what is valid text needs to know whether it is UTF-8; in any other
 * encoding the server has checked the text before it comes here.
 */
#ifndef LABEL_H
#define LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JOURNEY_MAX_LABEL	255		/* bytes */
#define JOURNEY_JOINER		'\x1F'	/* between the stages of a context */

/* The text form of a label has at most this many bytes, quotes included. */
#define JOURNEY_LABEL_TEXT_BOUND(length)	(2 * (size_t) (length) + 2)

typedef struct JourneyLabel
{
	const char *text;			/* not terminated */
	uint32_t	length;
} JourneyLabel;

typedef enum JourneyLabelStatus
{
	JOURNEY_LABEL_OK,
	JOURNEY_LABEL_MISSING,		/* no label stands here (only when reading) */
	JOURNEY_LABEL_UNCLOSED,		/* a quote without its end (only when reading) */
	JOURNEY_LABEL_EMPTY,
	JOURNEY_LABEL_TOO_LONG,
	JOURNEY_LABEL_CONTROL,		/* a control character */
	JOURNEY_LABEL_ENCODING		/* bytes that are not UTF-8 */
} JourneyLabelStatus;

/* Does a byte make a bare word? */
static inline bool
journey_label_bare_byte(unsigned char c)
{
	return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '-' && c <= ':') || c == '_';		/* '-' to ':' is - . / 0-9 : */
}

/* White space that may stand between the parts of a text form. */
static inline bool
journey_space_byte(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* May a label begin with this byte? */
static inline bool
journey_label_first_byte(unsigned char c)
{
	return c == '"' || journey_label_bare_byte(c);
}

#pragma GCC visibility push(hidden)

extern bool journey_label_goes_on(const char *label_end, const char *at, const char *end);
extern JourneyLabelStatus journey_label_check(const char *label, size_t length, bool utf8,
											  size_t *offset);
extern const char *journey_label_problem(JourneyLabelStatus status);
extern int	journey_label_compare(const char *a, size_t a_length,
								  const char *b, size_t b_length);
extern bool journey_label_is_bare(const char *label, size_t length);
extern bool journey_label_within_quotes(const char *label, size_t length, const char *word);
extern size_t journey_label_print(const char *label, size_t length, char *text);
extern JourneyLabelStatus journey_label_read(const char **at, const char *end, bool utf8,
											 char *label, size_t *length);

#pragma GCC visibility pop

#endif							/* LABEL_H */
