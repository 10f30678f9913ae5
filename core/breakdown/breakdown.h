/*
 * breakdown.h
 *		Summaries of ratings by label: the packed format behind the SQL type
 *		rating_breakdown, and the state that counts before that.
 *
 * This is the pure core: it knows nothing of PostgreSQL, raises no error and
 * allocates nothing.
 *
 * A breakdown has a rating summary (rating.h) for each label that has answers, all
 * on one scale, and all weighted or all not.  Answers whose label is not known have
 * a row of their own, which is the last one.  A label whose answers are taken away
 * again disappears, so what two ways of counting have in common is all there is;
 * and a breakdown without labels has no scale.
 *
 * A value comes in two forms, told apart by a flag.
 *
 * Packed: what is stored.  There is exactly one packed form of a breakdown, so equal
 * ones have equal bytes.  In the machine's byte order, aligned to 8 bytes:
 *
 *	offset	bytes	content
 *	0		4		length word of a PostgreSQL varlena
 *	4		1		version of the format, 1
 *	5		1		flags; bit 0: growing (0 here); bit 1: weighted; the others are
 *					reserved, 0
 *	6		2		points: how many scores the scale has, 2..101; 0 without labels
 *	8		4		low: the lowest score
 *	12		4		number of labels
 *	16				for each label, in the order of their bytes, the unknown one last,
 *					variable-length integers (varint.h):
 *					its length, 0 for the unknown one; its bytes;
 *					for each score: answers; if weighted, and there are any, the sum
 *					of their weights in units of 10^-9 and of the squares, of 10^-18
 *
 * Growing: the state of breakdown_agg, with room to grow inside the value; see
 * breakdown_state.c.
 */
#ifndef BREAKDOWN_H
#define BREAKDOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/label.h"
#include "rating/rating.h"

#define BREAKDOWN_VERSION	1
#define BREAKDOWN_GROWING	0x01
#define BREAKDOWN_WEIGHTED	0x02

typedef struct BreakdownHeader
{
	uint32_t	vl_len;			/* PostgreSQL's; only src/ touches it */
	uint8_t		version;
	uint8_t		flags;
	uint16_t	points;
	int32_t		low;
	uint32_t	labels;
} BreakdownHeader;

/* A label of 0 bytes is the unknown one.  vl_len of the summary is the caller's to set. */
typedef struct BreakdownPart
{
	JourneyLabel label;
	RatingSummary *summary;
	int64_t		responses;		/* of the summary */
} BreakdownPart;

/* A breakdown as an array, which the caller allocates once the count is known. */
typedef struct Breakdown
{
	uint32_t	count;
	int32_t		low;
	int			points;			/* 0 without labels */
	bool		weighted;
	int64_t		responses;		/* of all labels */
	BreakdownPart *parts;		/* in the order of their labels */
} Breakdown;

/* The state; what follows is laid out by breakdown_state.c. */
typedef struct BreakdownState
{
	BreakdownHeader header;		/* its labels may have no answers any more */
	uint32_t	slots;			/* a power of two; at most half of them are used */
	uint32_t	text_used;		/* bytes of labels */
	uint32_t	text_room;
	uint32_t	mark;			/* of whoever made it; only src/ reads it */
	int64_t		responses;		/* of all labels */
	uint64_t	data[];
} BreakdownState;

static inline bool
breakdown_is_growing(const void *breakdown)
{
	return (((const BreakdownHeader *) breakdown)->flags & BREAKDOWN_GROWING) != 0;
}

static inline bool
breakdown_is_weighted(const void *breakdown)
{
	return (((const BreakdownHeader *) breakdown)->flags & BREAKDOWN_WEIGHTED) != 0;
}

#define BREAKDOWN_NO_LABEL	UINT32_MAX

#pragma GCC visibility push(hidden)

/* Growing (breakdown_state.c) */
extern size_t breakdown_state_smallest(int points, bool weighted);
extern void breakdown_state_init(BreakdownState *s, int32_t low, int points, bool weighted);
extern bool breakdown_state_check(const BreakdownState *s, size_t bytes);
extern bool breakdown_state_has_room(const BreakdownState *s, uint32_t text);
extern size_t breakdown_state_grown(const BreakdownState *s, uint32_t text);
extern void breakdown_state_move(BreakdownState *to, const BreakdownState *from, uint32_t text);
extern uint32_t breakdown_state_find(const BreakdownState *s, JourneyLabel label);
extern uint32_t breakdown_state_add_label(BreakdownState *s, JourneyLabel label);
extern RatingStatus breakdown_state_merge(BreakdownState *s, uint32_t number,
										  const RatingSummary *summary);
extern RatingStatus breakdown_state_subtract(BreakdownState *s, uint32_t number,
											 const RatingSummary *summary);
extern bool breakdown_state_read(const BreakdownState *s, Breakdown *b);

/* The packed form (breakdown_pack.c) */
extern int	breakdown_label_compare(JourneyLabel a, JourneyLabel b);
extern int	breakdown_part_compare(const void *a, const void *b);
extern bool breakdown_read_head(const void *packed, size_t bytes, Breakdown *b);
extern size_t breakdown_room(const Breakdown *b);
extern bool breakdown_read(const void *packed, size_t bytes, Breakdown *b, void *room);
extern size_t breakdown_pack_bound(const Breakdown *b);
extern size_t breakdown_pack(void *packed, const Breakdown *b);

#pragma GCC visibility pop

#endif							/* BREAKDOWN_H */
