/*
 * event_sort.h
 *		Brings the events of each customer together, in the order of a journey.
 *
 * An entry is one event in 64-bit words, in one of two layouts:
 *
 *	small (2)	key, time << 12 | stage
 *	wide (4)	key, more, time, stage
 *
 * The key is the customer's number, or a part of what names the customer, after
 * a mixing that makes its leading bits as good as random: so a partition by
 * leading bits is even whatever the numbers are, and a few of its bits tell most
 * customers apart.  Mixing loses nothing, so that a key, or a key and `more`, are
 * the customer exactly; where they are not (a long text), `same` decides.  Times
 * are microseconds since 2000-01-01; small entries reach from 1928 to 2071 and
 * have room for 4096 stages.
 *
 * Many entries are scattered by 8 leading bits of the key, again and again,
 * until a part fits the processor's cache.  There two passes of a radix sort by
 * the next bits leave runs of a few customers each, which are sorted by
 * comparing; events mostly come in the order of time, which is then found to be
 * so.  Nothing ever brings the parts together again: what is made of customers
 * does not depend on their order.
 *
 * This is the pure core: no PostgreSQL, no errors raised, no memory allocated.
 */
#ifndef EVENT_SORT_H
#define EVENT_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EVENT_SMALL			2	/* words of an entry */
#define EVENT_WIDE			4
#define EVENT_STAGE_BITS	12
#define EVENT_SMALL_STAGES	(1 << EVENT_STAGE_BITS)

/* Parts of one scattering are at most this many: 2 to the power of its bits. */
#define EVENT_PART_BITS		8
#define EVENT_PARTS			(1 << EVENT_PART_BITS)

/* What is to be done with entries. */
typedef struct EventRuns
{
	int			words;
	/* Is it the same customer, where keys are equal?  NULL: key and more tell. */
	bool		(*same) (void *arg, uint64_t more, uint64_t other);
	/* All events of one customer, in the order of time, then stage. */
	void		(*customer) (void *arg, const uint64_t *entries, size_t n);
	void		(*interrupt) (void);	/* called now and then; NULL for none */
	void	   *arg;
} EventRuns;

/* Can a time and a stage be written in a small entry? */
static inline bool
event_is_small(int64_t at, uint32_t stage)
{
	return at >= -(INT64_C(1) << (63 - EVENT_STAGE_BITS)) &&
		at < INT64_C(1) << (63 - EVENT_STAGE_BITS) && stage < EVENT_SMALL_STAGES;
}

static inline uint64_t
event_small_visit(int64_t at, uint32_t stage)
{
	return (uint64_t) at << EVENT_STAGE_BITS | stage;
}

static inline int64_t
event_at(const uint64_t *entry, int words)
{
	return words == EVENT_SMALL ? (int64_t) entry[1] >> EVENT_STAGE_BITS : (int64_t) entry[2];
}

static inline uint32_t
event_stage(const uint64_t *entry, int words)
{
	return words == EVENT_SMALL ? (uint32_t) (entry[1] & (EVENT_SMALL_STAGES - 1)) :
		(uint32_t) entry[3];
}

static inline void
event_set_stage(uint64_t *entry, int words, uint32_t stage)
{
	if (words == EVENT_SMALL)
		entry[1] = (entry[1] & ~(uint64_t) (EVENT_SMALL_STAGES - 1)) | stage;
	else
		entry[3] = stage;
}

/* The finalizer of MurmurHash3; each key comes from exactly one number. */
static inline uint64_t
event_mix(uint64_t number)
{
	number = (number ^ number >> 33) * UINT64_C(0xff51afd7ed558ccd);
	number = (number ^ number >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
	return number ^ number >> 33;
}

/* The number of a key: each step of event_mix() undone, by the inverses of its factors. */
static inline uint64_t
event_unmix(uint64_t key)
{
	key = (key ^ key >> 33) * UINT64_C(0x9cb4b2f8129337db);
	key = (key ^ key >> 33) * UINT64_C(0x4f74430c22a54005);
	return key ^ key >> 33;
}

#pragma GCC visibility push(hidden)

extern void event_scatter(int words, const uint64_t *entries, uint64_t *parts, size_t n,
						  int shift, int bits, size_t *start);
extern void event_sort_each(const EventRuns *runs, uint64_t *entries, uint64_t *scratch,
							size_t n, int shift);

#pragma GCC visibility pop

#endif							/* EVENT_SORT_H */
