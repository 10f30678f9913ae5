/*
 * cohorts.h
 *		How many customers came back, by the period in which they began: the packed
 *		format behind the SQL types journey_cohorts and journey_lifecycle, and the
 *		state that counts before that.
 *
 * This is the pure core: no PostgreSQL, no error raised, no memory allocated.  It
 * knows nothing of time zones either: the caller says in which period a customer
 * began and in which later ones he came back.
 *
 * Both types are tables of cells.  A cell has a key, the first day of a calendar
 * period, and counts:
 *
 *	journey_cohorts		key and period, 0 .. periods, counted from that of the key:
 *		streak			customers who were back in each of 1 .. period, but not in
 *						the next one
 *		returned		customers who were back in this period
 *		last			customers who were never back later; of the last period,
 *						also those who were
 *		ended			customers for whom this period had ended, but not the next one
 *		ended_returned	of those who were back in it, for whom it had ended
 *	journey_lifecycle	key alone: new, returning, resurrected and dormant customers
 *
 * Every customer has one streak, so a cohort has as many customers as streaks; who
 * never came back is in no "last", and for whom nothing has ended in no "ended".  The
 * sums from a period on are what readers want: see cohorts_cumulate().
 *
 * Packed: what is stored.  There is exactly one packed form of a content.
 *
 *	offset	bytes	content
 *	0		4		length word of a PostgreSQL varlena
 *	4		1		version of the format, 1
 *	5		1		flags; bit 0: growing (0 here); bit 1: a lifecycle; bit 2: until when
 *					the journeys were known was given; the others are reserved, 0
 *	6		1		unit: hour, day, week, month, quarter, year
 *	7		1		reserved, 0
 *	8				variable-length integers (varint.h):
 *					periods, 0 of a lifecycle; open_from, signed;
 *					length and bytes of start, returning (0: a lifecycle) and the time
 *					zone (0: none);
 *					number of keys; for each, ascending: how much it is more than the
 *					one before, the first one signed; for each kind of count: how many
 *					periods have one, up to the last that is not 0, and these
 *
 * Without "until" there are no counts of what has ended.
 *
 * Growing: the state of the aggregates.  A hash table (open addressing, at most half
 * full) finds the cells:
 *
 *		CohortsState | cells (a table) | text: start, returning, zone
 */
#ifndef COHORTS_H
#define COHORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/label.h"

#define COHORTS_VERSION		1
#define COHORTS_GROWING		0x01
#define COHORTS_LIFECYCLE	0x02
#define COHORTS_UNTIL		0x04

#define COHORTS_MAX_PERIODS 10000
#define COHORTS_MAX_CELLS	8388608

/* The key of a cohort without a time zone, of which there is one. */
#define COHORTS_NO_KEY		0

typedef enum CohortsUnit
{
	COHORTS_HOUR,
	COHORTS_DAY,
	COHORTS_WEEK,
	COHORTS_MONTH,
	COHORTS_QUARTER,
	COHORTS_YEAR
} CohortsUnit;

#define COHORTS_UNITS 6

/* The counts of a cell, in the order of the packed form. */
enum
{
	COHORTS_STREAK, COHORTS_RETURNED, COHORTS_LAST, COHORTS_ENDED, COHORTS_ENDED_RETURNED
};
enum
{
	LIFECYCLE_NEW, LIFECYCLE_RETURNING, LIFECYCLE_RESURRECTED, LIFECYCLE_DORMANT
};

#define COHORTS_COUNTS	5

typedef struct CohortsHeader
{
	uint32_t	vl_len;			/* PostgreSQL's; only src/ touches it */
	uint8_t		version;
	uint8_t		flags;
	uint8_t		unit;
	uint8_t		reserved;
} CohortsHeader;

/* What was asked for; two values are put together only where all of it is the same. */
typedef struct CohortsQuestion
{
	uint8_t		flags;			/* COHORTS_LIFECYCLE, COHORTS_UNTIL */
	uint8_t		unit;
	int32_t		periods;		/* 0 of a lifecycle */
	int64_t		open_from;		/* of a lifecycle: key of the first period not over */
	JourneyLabel start;
	JourneyLabel returning;		/* of 0 bytes: a lifecycle */
	JourneyLabel zone;			/* of 0 bytes: none */
} CohortsQuestion;

/* Keys: days since 2000-01-01, microseconds since then where the unit is an hour. */
typedef struct CohortsCell
{
	int64_t		key;
	uint32_t	place;			/* period + 1; 0: a free slot */
	uint32_t	unused;
	int64_t		counts[COHORTS_COUNTS];
} CohortsCell;

typedef struct CohortsState
{
	CohortsHeader header;
	int32_t		periods;
	uint32_t	mark;			/* of whoever made it; only src/ reads it */
	int64_t		open_from;
	int64_t		total;			/* customers; of a lifecycle, all counts */
	uint32_t	room;			/* cells, a power of two */
	uint32_t	cells;			/* in use */
	uint16_t	start_length;
	uint16_t	returning_length;
	uint16_t	zone_length;
	uint16_t	unused;
} CohortsState;

/* A customer: in which periods he was back, ascending, each once. */
typedef struct CohortsCustomer
{
	int64_t		key;			/* of the period of his start */
	const int32_t *back;		/* 0 .. periods */
	uint32_t	n;
	bool		back_later;		/* after the last of the periods */
	int32_t		ended;			/* how many periods had ended, 0 .. periods + 1 */
} CohortsCustomer;

/* Reads a packed value from end to end. */
typedef struct CohortsReader
{
	const uint8_t *at;
	const uint8_t *end;
	CohortsQuestion question;
	uint32_t	keys;
	uint32_t	left;			/* keys still to come */
	int64_t		key;			/* the one before */
} CohortsReader;

/* One key: the counts of each kind, periods + 1 of them. */
typedef struct CohortsRow
{
	int64_t		key;
	int64_t    *counts[COHORTS_COUNTS];
} CohortsRow;

typedef enum CohortsStatus
{
	COHORTS_OK,
	COHORTS_OVERFLOW,			/* more than 2^63 - 1 customers */
	COHORTS_BAD_UNIT,			/* what validation finds, from here on */
	COHORTS_BAD_KEY,
	COHORTS_NO_CUSTOMERS,
	COHORTS_ASCENDING,
	COHORTS_TOO_MANY
} CohortsStatus;

static inline bool
cohorts_is_growing(const void *value)
{
	return (((const CohortsHeader *) value)->flags & COHORTS_GROWING) != 0;
}

static inline bool
cohorts_is_lifecycle(const CohortsQuestion *q)
{
	return (q->flags & COHORTS_LIFECYCLE) != 0;
}

/* How many kinds of counts a cell has. */
static inline int
cohorts_kinds(const CohortsQuestion *q)
{
	return cohorts_is_lifecycle(q) ? LIFECYCLE_DORMANT + 1 :
		(q->flags & COHORTS_UNTIL) != 0 ? COHORTS_COUNTS : COHORTS_LAST + 1;
}

#pragma GCC visibility push(hidden)

extern const char *const cohorts_unit_names[COHORTS_UNITS];

/* Counting (cohorts_state.c) */
extern size_t cohorts_state_bytes(const CohortsQuestion *question, uint32_t room);
extern void cohorts_state_init(CohortsState *s, const CohortsQuestion *question, uint32_t room);
extern CohortsQuestion cohorts_state_question(const CohortsState *s);
extern bool cohorts_state_check(const CohortsState *s, size_t bytes);
extern bool cohorts_state_is_whole(const CohortsState *s);
extern bool cohorts_state_fits(const CohortsState *s, uint32_t cells);
extern uint32_t cohorts_state_grown(const CohortsState *s, uint32_t cells);
extern void cohorts_state_move(CohortsState *to, const CohortsState *from);
extern bool cohorts_state_add(CohortsState *s, int64_t key, uint32_t period, int kind,
							  int64_t count);
extern bool cohorts_state_event(CohortsState *s, int64_t key, int kind);
extern bool cohorts_state_add_row(CohortsState *s, const CohortsRow *row);
extern bool cohorts_state_customer(CohortsState *s, const CohortsCustomer *customer);
extern bool cohorts_same_question(const CohortsQuestion *a, const CohortsQuestion *b);

/* The packed form (cohorts_pack.c) */
extern size_t cohorts_pack_begin(const CohortsState *s, CohortsCell *sorted);
extern size_t cohorts_pack(const CohortsState *s, const CohortsCell *sorted, void *packed);
extern bool cohorts_read(const void *packed, size_t bytes, CohortsReader *r);
extern bool cohorts_read_row(CohortsReader *r, CohortsRow *row);
extern void cohorts_row_in(CohortsRow *row, const CohortsQuestion *q, int64_t *room);

/* What counts mean (cohorts_check.c) */
extern bool cohorts_key_possible(const CohortsQuestion *q, int64_t key);
extern bool cohorts_cumulate(const CohortsQuestion *q, CohortsRow *row);
extern CohortsStatus cohorts_decumulate(const CohortsQuestion *q, CohortsRow *row);
extern CohortsStatus cohorts_check_question(const CohortsQuestion *q);

#pragma GCC visibility pop

#endif							/* COHORTS_H */
