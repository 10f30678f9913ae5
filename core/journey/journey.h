/*
 * journey.h
 *		One customer's visits to stages in time order: the packed format behind
 *		the SQL type journey, and the state that collects visits before that.
 *
 * This is the pure core: it knows nothing of PostgreSQL, raises no error and
 * allocates nothing; memory comes from the caller, who learns beforehand how
 * much is needed.
 *
 * A value comes in two forms, told apart by a flag.
 *
 * Packed: what is stored.  There is exactly one packed form of a journey, so
 * equal journeys have equal bytes.
 *
 *	offset	bytes	content
 *	0		4		length word of a PostgreSQL varlena
 *	4		1		version of the format, 1
 *	5		1		flags; bit 0: growing (0 here); bit 1: visits have a seq;
 *					bit 2: visits have a value; the others are reserved, 0
 *	6		1		unit of the times, an index into journey_units[]: the
 *					coarsest that loses nothing
 *	7		1		reserved, 0
 *	8				variable-length integers (see varint.h):
 *					number of visits; if that is not 0: number of labels;
 *					for each label, in the order of their bytes: length, bytes;
 *					time of the first visit, signed, in units since 2000-01-01 UTC;
 *					for each visit, in the order of (time, seq, label bytes, value,
 *					  none first):
 *					  (units since the visit before) << bits | label, where bits
 *					  is what the highest label needs;
 *					  with seq: seq less that of the visit before, signed;
 *					with values: those of all visits, see journey_value.h
 *
 * Growing: the state of journey_agg, with room to grow inside the value; see
 * journey_state.c.
 *
 * Times are microseconds since 2000-01-01 00:00 UTC, as in a timestamptz.
 */
#ifndef JOURNEY_H
#define JOURNEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/label.h"
#include "journey/visit.h"

#define JOURNEY_VERSION		1
#define JOURNEY_GROWING	0x01
#define JOURNEY_HAS_SEQ		0x02
#define JOURNEY_HAS_VALUES	0x04

/* Decoded visits take 24 bytes; these limits keep them below one gigabyte. */
#define JOURNEY_MAX_VISITS	33554432
#define JOURNEY_MAX_LABELS	65536

#define JOURNEY_UNITS		6

typedef struct JourneyHeader
{
	uint32_t	vl_len;			/* PostgreSQL's; only src/ touches it */
	uint8_t		version;
	uint8_t		flags;
	uint8_t		unit;
	uint8_t		reserved;
} JourneyHeader;

typedef enum JourneyStatus
{
	JOURNEY_OK,
	JOURNEY_CORRUPT,			/* bytes that are no journey */
	JOURNEY_TOO_MANY_VISITS,
	JOURNEY_TOO_MANY_LABELS,
	JOURNEY_BAD_LABEL,			/* what is no label, see label.h */
	JOURNEY_NO_ROOM				/* the state must grow first */
} JourneyStatus;

/* In place of the number of a label that is not there. */
#define JOURNEY_NO_LABEL	UINT32_MAX

/* A visit and its value, for sorting both. */
typedef struct JourneyValued
{
	JourneyVisit visit;
	int64_t		value;
} JourneyValued;

/* Reads a packed journey from its first visit to its last; see journey_reader.h. */
typedef struct JourneyReader
{
	const uint8_t *at;
	const uint8_t *end;
	uint32_t	visits;			/* in all */
	uint32_t	labels;
	uint32_t	left;			/* visits still to come */
	int			bits;
	bool		has_seq;
	bool		has_values;
	int64_t		unit;			/* in microseconds */
	int64_t		time;			/* of the visit before, in units */
	int64_t		seq;
	uint32_t	label;
	const uint8_t *dictionary;
} JourneyReader;

/* A step of time and a label, from one number that ends there. */
typedef struct JourneyStep
{
	uint32_t	label;
	uint64_t	step;
	const uint8_t *end;
} JourneyStep;

#pragma GCC visibility push(hidden)

extern const int64_t journey_units[JOURNEY_UNITS];

/* Reading the packed form (journey_reader.c) */
extern JourneyStatus journey_read(const void *packed, size_t bytes, JourneyReader *reader);
extern JourneyStatus journey_read_labels(const JourneyReader *reader, JourneyLabel *labels);
extern bool journey_read_numbers(JourneyReader *r, const JourneyLabel *wanted, int n,
								 uint32_t *numbers);
extern bool journey_read_wide_step(const uint8_t *at, const uint8_t *end, int bits,
								   JourneyStep *step);
extern bool journey_next(JourneyReader *reader, JourneyVisit *visit);

/* Writing it (journey_pack.c); values may be NULL, where no visit has one */
extern int	journey_visit_compare(const void *a, const void *b);
extern int	journey_valued_compare(const void *a, const void *b);
extern bool journey_is_sorted(const JourneyVisit *visits, const int64_t *values, uint32_t n);
extern size_t journey_pack_bound(const JourneyVisit *visits, const int64_t *values, uint32_t n,
								 const JourneyLabel *labels, uint32_t label_count);
extern size_t journey_pack(void *packed, const JourneyVisit *visits, const int64_t *values,
						   uint32_t n, const JourneyLabel *labels, uint32_t label_count);

#pragma GCC visibility pop

static inline bool
journey_is_growing(const void *journey)
{
	return (((const JourneyHeader *) journey)->flags & JOURNEY_GROWING) != 0;
}

#endif							/* JOURNEY_H */
