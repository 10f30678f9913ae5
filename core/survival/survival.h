/*
 * survival.h
 *		How long it takes to get somewhere, when some are still on their way: the packed
 *		format behind the SQL type journey_survival, and the state that counts before that.
 *
 * This is the pure core: it knows nothing of PostgreSQL, raises no error and
 * allocates nothing.
 *
 * A wait either reached what it was for, or is censored: all that is known is that it
 * took longer.  A value has, for each bucket (survival_bucket.h) that has waits, how
 * many reached and how many are censored there, and the exact sum of them all, whose
 * mean stands for the bucket.  What is asked of it is in survival_curve.h.
 *
 * What the waits are for is a part of the value, as only waits for the same add up:
 *
 *		SURVIVAL_WAITS	not said; given one by one
 *		SURVIVAL_STAGES	from the first visit to one stage to the next visit to another
 *		SURVIVAL_GAPS	from each visit to a stage to the next one there
 *
 * A value comes in two forms, told apart by a flag.
 *
 * Packed: what is stored.  There is exactly one packed form, so equal values have equal
 * bytes.
 *
 *	offset	bytes	content
 *	0		4		length word of a PostgreSQL varlena
 *	4		1		version of the format, 1
 *	5		1		flags; bit 0: growing (0 here); the others are reserved, 0
 *	6		1		what the waits are for
 *	7		1		reserved, 0
 *	8				for each label, of which stages have two, gaps one and waits none:
 *					length (1 byte), bytes;
 *					variable-length integers (varint.h): number of buckets;
 *					for each bucket, in their order: its number less that of the one
 *					before (less 0 for the first), reached, censored, and the sum less
 *					that of as many waits of the bucket's least
 *
 * Growing: the state of survival_agg, with room to grow inside the value; see
 * survival_state.c.
 */
#ifndef SURVIVAL_H
#define SURVIVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/label.h"
#include "base/uint128.h"
#include "survival/survival_bucket.h"

#define SURVIVAL_VERSION	1
#define SURVIVAL_GROWING	0x01

typedef enum SurvivalKind
{
	SURVIVAL_WAITS,
	SURVIVAL_STAGES,
	SURVIVAL_GAPS
} SurvivalKind;

typedef struct SurvivalHeader
{
	uint32_t	vl_len;			/* PostgreSQL's; only src/ touches it */
	uint8_t		version;
	uint8_t		flags;
	uint8_t		kind;
	uint8_t		reserved;
} SurvivalHeader;

/* What the waits are for; a label that it does not have is of length 0. */
typedef struct SurvivalSubject
{
	SurvivalKind kind;
	JourneyLabel from;			/* the stage, of gaps */
	JourneyLabel to;
} SurvivalSubject;

typedef struct SurvivalCount
{
	uint32_t	bucket;
	uint32_t	reserved;
	int64_t		reached;
	int64_t		censored;
	uint64_t	sum[2];			/* of all waits, microseconds, 128 bits, low half first */
} SurvivalCount;

/* A value as an array; room for SURVIVAL_BUCKETS counts is always enough. */
typedef struct Survival
{
	SurvivalSubject subject;
	uint32_t	n;
	int64_t		total;			/* waits */
	SurvivalCount *counts;		/* in the order of their buckets */
} Survival;

/* The state; what follows is laid out by survival_state.c. */
typedef struct SurvivalState
{
	SurvivalHeader header;
	uint32_t	from_length;	/* of the labels, 0 where there is none */
	uint32_t	to_length;
	uint32_t	slots;			/* a power of two; at most half of them are used */
	uint32_t	used;
	uint32_t	mark;			/* of whoever made it; only src/ reads it */
	uint32_t	reserved;
	int64_t		total;
	uint64_t	data[];
} SurvivalState;

static inline bool
survival_is_growing(const void *survival)
{
	return (((const SurvivalHeader *) survival)->flags & SURVIVAL_GROWING) != 0;
}

static inline int64_t
survival_count_waits(const SurvivalCount *count)
{
	return count->reached + count->censored;
}

#pragma GCC visibility push(hidden)

/* Growing (survival_state.c) */
extern size_t survival_state_smallest(const SurvivalSubject *subject);
extern void survival_state_init(SurvivalState *s, const SurvivalSubject *subject);
extern bool survival_state_check(const SurvivalState *s, size_t bytes);
extern SurvivalSubject survival_state_subject(const SurvivalState *s);
extern bool survival_state_has_room(const SurvivalState *s);
extern size_t survival_state_grown(const SurvivalState *s);
extern void survival_state_move(SurvivalState *to, const SurvivalState *from);
extern bool survival_state_add(SurvivalState *s, const SurvivalCount *count);
extern bool survival_state_sort(const SurvivalState *s, Survival *survival);

/* The packed form (survival_pack.c) */
extern bool survival_same_subject(const SurvivalSubject *a, const SurvivalSubject *b);
extern int	survival_count_compare(const void *a, const void *b);
extern bool survival_read_head(const void *packed, size_t bytes, Survival *survival);
extern bool survival_read(const void *packed, size_t bytes, Survival *survival);
extern size_t survival_pack_bound(const Survival *survival);
extern size_t survival_pack(void *packed, const Survival *survival);
extern bool survival_check(Survival *survival);

#pragma GCC visibility pop

#endif							/* SURVIVAL_H */
