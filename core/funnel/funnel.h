/*
 * funnel.h
 *		How many customers got to each step of a path, and how long it took: the
 *		packed format behind the SQL type journey_funnel, and the state that counts
 *		customers before that.
 *
 * This is the pure core: it knows nothing of PostgreSQL, raises no error and
 * allocates nothing.
 *
 * A funnel belongs to a path and to the longest time from a chain's first visit
 * to its last.  Each customer counts once, with the chain that wins
 * (chain.h).  A funnel has as many steps as its path has items:
 *
 * - With arrows, step i is item i.  A mandatory one is reached by the customers
 *   whose depth includes it, an optional one by those whose chain fills it.  The
 *   step it is measured from is the last mandatory one before it.
 * - In any order ('&') the first steps are "any k of" the mandatory items, k = 1, 2,
 *   and so on: reached by a depth of k or more, and measured from the step before.
 *   Behind them comes a step for each optional item, which has no place in the
 *   order and is measured from none.
 *
 * Customers who reached no step are not counted: of a funnel over raw events, who
 * never came to a stage of the path is not known.  But for each item it is known
 * whether any visit that could fill it was seen, of anybody, at any time: a label
 * that nobody ever visits is misspelt more often than not.
 *
 * A step that is measured from another one is timed: it has the exact sum of the
 * times from there, in microseconds, and a sketch of them (duration_sketch.h).  In
 * any order that is the time between visits k - 1 and k to mandatory items.
 *
 * The time of the whole way, from the first mandatory step to the last, of those who
 * reached the last one, does not follow from the times of the steps.  So where there
 * are three mandatory steps or more, its sum and sketch are kept as well; with two it
 * is the time of the second one, with one there is none.  It is not known of funnels
 * that were stored without it, nor of any that such a one was added to, unless nobody
 * reached its last step.
 *
 * Where visits have values (journey_value.h), a step also has the sum of those of the
 * visits that reached it, in any order of the k-th visit to mandatory items; those
 * without a value count nothing, and it is known whether any had one.
 *
 * A value comes in two forms, told apart by a flag.
 *
 * Packed: what is stored.  There is exactly one packed form of a funnel, so equal
 * funnels have equal bytes.  It is aligned to 8 bytes.
 *
 *	offset	bytes	content
 *	0		4		length word of a PostgreSQL varlena
 *	4		1		version of the format, 1
 *	5		1		flags; bit 0: growing (0 here); bit 1: the time of the whole way is
 *					kept; bit 2: some visit had a value; the others are reserved, 0
 *	6		2		reserved, 0
 *	8		8		longest time from the first visit to the last, or JOURNEY_NO_LIMIT
 *	16		4		bytes of the path
 *	20		4		reserved, 0
 *	24				the path (path.h), a PostgreSQL varlena itself
 *	then			variable-length integers (see varint.h):
 *					the items to which no visit was seen, a bit each;
 *					number of buckets in all;
 *					for each step that is not timed: how many reached it;
 *					for each that is: number of buckets, 0 if nobody reached it,
 *					  else: sum of the times, the sketch, whose counts add up to how
 *					  many reached it;
 *					for the whole way, if it is kept: the same as for a timed step;
 *					if some visit had a value: the steps of which one had, a bit each;
 *					for each of those: the sum, signed
 *
 * Growing: the state of funnel_agg, with room to grow inside the value; see
 * funnel_state.c.
 */
#ifndef FUNNEL_H
#define FUNNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "duration/duration_sketch.h"
#include "chain/chain.h"

#define FUNNEL_VERSION	1
#define FUNNEL_GROWING	0x01
#define FUNNEL_HAS_TOTAL	0x02	/* the time of the whole way is kept */
#define FUNNEL_HAS_VALUES	0x04	/* some visit had a value */

/* Enough bytes for funnel_step_print(), the final zero included. */
#define FUNNEL_STEP_TEXT_BOUND(path) (journey_path_text_bound(path) + sizeof("any 64 of: "))

/* What funnel_step_from() says of a step that is measured from none. */
#define FUNNEL_NO_STEP	(-1)

typedef struct FunnelHeader
{
	uint32_t	vl_len;			/* PostgreSQL's; only src/ touches it */
	uint8_t		version;
	uint8_t		flags;
	uint16_t	reserved;
	int64_t		within;			/* microseconds, or JOURNEY_NO_LIMIT */
	uint32_t	path_bytes;
	uint32_t	reserved2;
} FunnelHeader;

typedef struct FunnelStep
{
	int64_t		reached;
	uint64_t	sum[2];			/* of the times, 128 bits, low half first */
	uint64_t	value[2];		/* the sum of values in ten-thousandths, likewise, signed */
	uint32_t	first;			/* its buckets among those of the funnel */
	uint32_t	buckets;
} FunnelStep;

/*
 * A funnel as arrays.  The caller gives room for the buckets once their number is
 * known.
 */
typedef struct Funnel
{
	const JourneyPath *path;
	uint32_t	path_bytes;
	uint32_t	bucket_count;
	int64_t		within;
	JourneyItems seen;			/* the items to which any visit was seen */
	uint64_t	valued;			/* the steps of which a visit had a value, a bit each */
	FunnelStep	steps[JOURNEY_PATH_MAX_ITEMS + 1];	/* of each item, then of the whole way */
	DurationBucket *buckets;
} Funnel;

/* The state; what follows is laid out by funnel_state.c. */
typedef struct FunnelState
{
	FunnelHeader header;
	uint32_t	steps;
	uint32_t	buckets;
	uint32_t	slots;			/* a power of two; at most half of them are used */
	uint32_t	first_step;		/* the first mandatory one, which nobody can have missed */
	uint32_t	mark;			/* of whoever made it; only src/ reads it */
	uint32_t	total_missing;	/* 1: the time of the whole way is not known of all; else 0 */
	JourneyItems mandatory;		/* items of the path */
	JourneyItems seen;			/* likewise, those to which a visit was seen */
	uint64_t	valued;			/* steps of which a visit had a value */
	uint64_t	data[];
} FunnelState;

typedef enum FunnelStatus
{
	FUNNEL_OK,
	FUNNEL_BAD_WITHIN,			/* a window that is negative */
	FUNNEL_BAD_REACHED,			/* more customers than can have reached a step */
	FUNNEL_BAD_SEEN,			/* customers at a step to which no visit was seen */
	FUNNEL_BAD_TIMES,			/* times that do not fit their number, sum or window */
	FUNNEL_BAD_TOTAL,			/* those of the whole way do not, or not the steps */
	FUNNEL_BAD_VALUE			/* a sum of values that so many visits cannot have */
} FunnelStatus;

static inline bool
funnel_is_growing(const void *funnel)
{
	return (((const FunnelHeader *) funnel)->flags & FUNNEL_GROWING) != 0;
}

static inline Uint128
funnel_step_sum(const FunnelStep *step)
{
	return uint128_load(step->sum);
}

static inline void
funnel_step_set_sum(FunnelStep *step, Uint128 sum)
{
	uint128_store(step->sum, sum);
}

static inline Int128
funnel_step_value(const FunnelStep *step)
{
	return (Int128) uint128_load(step->value);
}

static inline void
funnel_step_set_value(FunnelStep *step, Int128 value)
{
	uint128_store(step->value, (Uint128) value);
}

/* By when a part q of those who reached a timed step had, in microseconds; somebody did. */
static inline uint64_t
funnel_step_percentile(const Funnel *funnel, const FunnelStep *step, double q)
{
	return duration_sketch_percentile(funnel->buckets + step->first, step->buckets,
									  funnel_step_sum(step), q);
}

/* The time of the whole way, where it is kept: those who reached the last mandatory step. */
static inline const FunnelStep *
funnel_total(const Funnel *funnel)
{
	return &funnel->steps[funnel->path->items];
}

/* All items of a path. */
static inline JourneyItems
funnel_items(const JourneyPath *path)
{
	return ~UINT64_C(0) >> (JOURNEY_PATH_MAX_ITEMS - path->items);
}

/* Visits to these items were seen, whether or not a chain has them. */
static inline void
funnel_state_add_seen(FunnelState *s, JourneyItems seen)
{
	s->seen |= seen;
}

#pragma GCC visibility push(hidden)

/* What the steps of a path are (funnel_step.c) */
extern int	funnel_mandatory_steps(const JourneyPath *path);
extern bool funnel_step_optional(const JourneyPath *path, int step);
extern int	funnel_step_from(const JourneyPath *path, int step);
extern int	funnel_first_step(const JourneyPath *path);
extern int	funnel_last_step(const JourneyPath *path);
extern bool funnel_keeps_total(const JourneyPath *path);
extern bool funnel_step_seen(const JourneyPath *path, int step, JourneyItems seen);
extern int	funnel_step_any(const JourneyPath *path, int step);
extern size_t funnel_step_print_items(const JourneyPath *path, char *text);
extern size_t funnel_step_print(const JourneyPath *path, int step, char *text);

/* Growing (funnel_state.c) */
extern size_t funnel_state_smallest(const JourneyPath *path, size_t path_bytes);
extern void funnel_state_init(FunnelState *s, const JourneyPath *path, size_t path_bytes,
							  int64_t within);
extern const JourneyPath *funnel_state_path(const FunnelState *s);
extern FunnelStep *funnel_state_steps(const FunnelState *s);
extern bool funnel_state_check(const FunnelState *s, size_t bytes);
extern bool funnel_state_has_room(const FunnelState *s, uint32_t buckets);
extern size_t funnel_state_grown(const FunnelState *s, uint32_t buckets);
extern void funnel_state_move(FunnelState *to, const FunnelState *from, uint32_t buckets);
extern bool funnel_state_add_chain(FunnelState *s, const JourneyFunnelChain *chain);
extern bool funnel_state_add_step(FunnelState *s, uint32_t step, int64_t reached,
								  Uint128 sum);
extern void funnel_state_note_total(FunnelState *s, const Funnel *added);
extern void funnel_state_add_bucket(FunnelState *s, uint32_t step, uint32_t bucket, int64_t count);
extern bool funnel_state_sort(const FunnelState *s, Funnel *funnel);

/* What visits were worth (funnel_value.c) */
extern void funnel_state_add_values(FunnelState *s, const JourneyFunnelChain *chain,
									const int64_t *values);
extern bool funnel_state_add_value(FunnelState *s, uint32_t step, Int128 value);

/* The packed form (funnel_pack.c) */
extern bool funnel_read_counts(const void *packed, size_t bytes, Funnel *funnel);
extern bool funnel_read(const void *packed, size_t bytes, Funnel *funnel);
extern size_t funnel_pack_bound(const Funnel *funnel);
extern size_t funnel_pack(void *packed, const Funnel *funnel);
extern FunnelStatus funnel_check(const Funnel *funnel);
extern const FunnelStep *funnel_whole_way(const Funnel *funnel);

#pragma GCC visibility pop

#endif							/* FUNNEL_H */
