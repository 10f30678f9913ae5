/*
 * terms.h
 *		In how many comments each term stands: the packed format behind the SQL type
 *		term_summary, and the state that counts terms before that.
 *
 * This is the pure core: it knows nothing of PostgreSQL, raises no error and
 * allocates nothing.
 *
 * A term is 1 to 2,047 bytes of text, in the encoding of the database, compared byte by
 * byte.  It counts once in a comment, however often it stands there.  A comment without a
 * term is no comment, and a term that stands in no comment is not there.  So
 *
 *		1 <= the count of a term <= comments <= the sum of all counts
 *
 * and that sum is at most 2^63 - 1.
 *
 * A value comes in two forms, told apart by a flag.
 *
 * Packed: what is stored.  There is exactly one packed form of a content, so equal
 * summaries have equal bytes.
 *
 *	offset	bytes	content
 *	0		4		length word of a PostgreSQL varlena
 *	4		1		version of the format, 1
 *	5		1		flags; bit 0: growing (0 here); the others are reserved, 0
 *	6		2		reserved, 0
 *	8				variable-length integers (see varint.h):
 *					comments; number of terms;
 *					for each term, in the order of their bytes: count, length, bytes
 *
 * Growing: the state of term_agg, with room to grow inside the value; see
 * terms_state.c.
 */
#ifndef TERMS_H
#define TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TERMS_VERSION	1
#define TERMS_GROWING	0x01

#define TERM_MOST_BYTES 2047	/* what a lexeme of a tsvector has at most */

typedef struct TermsHeader
{
	uint32_t	vl_len;			/* PostgreSQL's; only src/ touches it */
	uint8_t		version;
	uint8_t		flags;
	uint16_t	reserved;
} TermsHeader;

typedef struct Term
{
	const char *text;
	uint32_t	length;
	int64_t		count;			/* comments that it stands in */
} Term;

/* A summary as an array in order, which the caller allocates. */
typedef struct Terms
{
	int64_t		comments;
	int64_t		total;			/* the sum of all counts */
	uint32_t	count;
	Term	   *terms;
} Terms;

/* The state; what follows is laid out by terms_state.c. */
typedef struct TermsState
{
	TermsHeader header;
	uint32_t	terms;
	uint32_t	text_used;		/* bytes of terms */
	uint32_t	slots;			/* a power of two; at most half of them are used */
	uint32_t	text_room;
	uint32_t	mark;			/* of whoever made it; only src/ reads it */
	uint32_t	reserved;
	int64_t		comments;
	int64_t		total;
	uint64_t	data[];
} TermsState;

typedef enum TermsStatus
{
	TERMS_OK,
	TERMS_OVERFLOW,				/* more than 2^63 - 1 terms in all */
	TERMS_NEGATIVE,				/* more was taken away than there was */
	TERMS_CORRUPT,				/* bytes that are no summary */
	TERMS_BAD_TERM,				/* what validation finds, from here on */
	TERMS_BAD_COUNT,
	TERMS_BAD_COMMENTS
} TermsStatus;

static inline bool
terms_is_growing(const void *terms)
{
	return (((const TermsHeader *) terms)->flags & TERMS_GROWING) != 0;
}

/* For so many new terms, of so many bytes in all? */
static inline bool
terms_state_has_room(const TermsState *s, uint32_t terms, size_t text)
{
	return s->slots / 2 - s->terms >= terms && s->text_room - s->text_used >= text;
}

#pragma GCC visibility push(hidden)

/* Growing (terms_state.c) */
extern size_t terms_state_smallest(void);
extern void terms_state_init(TermsState *s);
extern bool terms_state_check(const TermsState *s, size_t bytes);
extern size_t terms_state_grown(const TermsState *s, uint32_t terms, size_t text);
extern void terms_state_move(TermsState *to, const TermsState *from, uint32_t terms, size_t text);
extern bool terms_state_add(TermsState *s, const char *text, uint32_t length, int64_t count);
extern bool terms_state_add_comments(TermsState *s, int64_t comments);
extern bool terms_state_sort(const TermsState *s, Terms *terms);

/* Sorted terms, and the packed form (terms_pack.c) */
extern int	term_compare(const Term *a, const Term *b);
extern int	terms_next_from(const Terms *a, uint32_t i, const Terms *b, uint32_t k);
extern TermsStatus terms_check(const Terms *terms);
extern TermsStatus terms_add(const Terms *a, const Terms *b, Terms *sum);
extern TermsStatus terms_subtract(const Terms *a, const Terms *b, Terms *difference);
extern size_t terms_pack_bound(const Terms *terms);
extern size_t terms_pack(void *packed, const Terms *terms);
extern TermsStatus terms_read_count(const void *packed, size_t bytes, Terms *terms);
extern TermsStatus terms_read(const void *packed, size_t bytes, Terms *terms);

#pragma GCC visibility pop

#endif							/* TERMS_H */
