/*
 * attribution.h
 *		What each touchpoint earned of a goal: the packed format behind the SQL
 *		type journey_attribution, the state that collects it, and the sharing of
 *		a conversion among the touches before it.
 *
 * This is the pure core: no PostgreSQL, no error raised, no memory allocated.
 *
 * The idea: a journey is cut into paths.  Every visit to the goal ends a path
 * and is one conversion; the visits after it begin the next path; what is left
 * without the goal is a null path.  A touch is a visit of a path, so a touchpoint
 * that was visited twice is two touches; one simultaneous with the goal comes
 * before it, whatever the labels are.  The value keeps, in whole numbers only:
 *
 *	- how often each step was taken: start -> touch, touch -> touch, touch ->
 *	  conversion, touch -> null, and start -> conversion, the conversions without
 *	  any touch.  From them follow the conversions, the null paths and the Markov
 *	  chain of the paths;
 *	- for each touchpoint and shared model a 128-bit sum of units.  A conversion is
 *	  10^12 units, shared in whole numbers, with the remainder to the last touch.
 *
 * All of it is added up, so neither the order of the rows nor that of merges can
 * change a byte, and the credits sum exactly to the conversions.
 *
 * Packed: what is stored.  There is exactly one packed form of a content.
 *
 *	offset	bytes	content
 *	0		4		length word of a PostgreSQL varlena
 *	4		1		version of the format, 1
 *	5		1		flags; bit 0: growing (0 here); the others are reserved, 0
 *	6		2		reserved, 0
 *	8				variable-length integers (varint.h):
 *					half-life in microseconds, 0 without one;
 *					length and bytes of the goal;
 *					number of touchpoints, number of steps;
 *					for each touchpoint, in the order of their bytes: length, bytes,
 *					units of first, last, linear and position and, with a half-life,
 *					of time_decay;
 *					for each step, in the order of (from, to): from (0 is the start,
 *					1.. the touchpoints), to (0 is conversion, 1 null, 2.. the
 *					touchpoints), how often
 *
 * Growing: the state of attribution_agg.  Rows and text grow, two hash tables
 * (open addressing, at most half full) find touchpoints and steps:
 *
 *		AttributionState | rows | steps (a table) | table of rows | text
 */
#ifndef ATTRIBUTION_H
#define ATTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uint128.h"
#include "journey/journey.h"

#define ATTRIBUTION_VERSION		1
#define ATTRIBUTION_GROWING	0x01

/* One conversion */
#define ATTRIBUTION_DECIMALS	12
#define ATTRIBUTION_UNITS		UINT64_C(1000000000000)

#define ATTRIBUTION_MAX_TOUCHPOINTS 65536
#define ATTRIBUTION_MAX_STEPS	8388608

/* The chain is solved as a dense matrix, of 32 MB at this size. */
#define ATTRIBUTION_MAX_SOLVE	2000

/* The ends of a step; the touchpoint i is i + FROM_TOUCH or i + TO_TOUCH. */
#define FROM_START		0
#define FROM_TOUCH		1
#define TO_CONVERSION	0
#define TO_NULL			1
#define TO_TOUCH		2

/* The models whose units are summed; in the order of the packed form. */
typedef enum AttributionShared
{
	SHARED_FIRST,
	SHARED_LAST,
	SHARED_LINEAR,
	SHARED_POSITION,
	SHARED_TIME_DECAY
} AttributionShared;

#define SHARED_MODELS 5

typedef struct AttributionHeader
{
	uint32_t	vl_len;			/* PostgreSQL's; only src/ touches it */
	uint8_t		version;
	uint8_t		flags;
	uint16_t	reserved;
} AttributionHeader;

typedef struct AttributionStep
{
	uint32_t	from;
	uint32_t	to;
	int64_t		count;			/* in a table: 0 is a free slot */
} AttributionStep;

/* A touchpoint.  128-bit sums as halves, the low one first: values are aligned to 8. */
typedef struct AttributionRow
{
	uint64_t	units[SHARED_MODELS][2];
	int64_t		last;			/* steps from here to conversion */
	int64_t		in;				/* steps to here, and from here */
	int64_t		out;
	uint32_t	text;			/* where its label begins */
	uint32_t	length;
} AttributionRow;

typedef struct AttributionRoom
{
	uint32_t	rows;			/* a power of two, as the next */
	uint32_t	steps;
	uint32_t	text;
} AttributionRoom;

typedef struct AttributionState
{
	AttributionHeader header;
	int64_t		half_life;
	int64_t		total;			/* all steps; that it fits makes every other sum fit */
	int64_t		direct;			/* conversions without a touch */
	AttributionRoom room;
	uint32_t	rows;			/* in use, as the next two */
	uint32_t	steps;
	uint32_t	text;
	uint32_t	goal_length;	/* the goal begins the text */
	uint32_t	mark;			/* of whoever made it; only src/ reads it */
} AttributionState;

typedef enum AttributionStatus
{
	ATTRIBUTION_OK,
	ATTRIBUTION_OVERFLOW,		/* more than 2^63 - 1 steps */
	ATTRIBUTION_CORRUPT,		/* what validation finds, from here on */
	ATTRIBUTION_GOAL_TOUCHED,	/* the goal among the touchpoints */
	ATTRIBUTION_UNBALANCED,		/* not as many steps to a touchpoint as from it */
	ATTRIBUTION_BAD_UNITS
} AttributionStatus;

/* The touches of a path: how many, and how many are simultaneous at either end. */
typedef struct AttributionTouches
{
	uint32_t	n;
	uint32_t	first;			/* with the first one, itself included */
	uint32_t	last;			/* with the last one; with all at once both are n */
} AttributionTouches;

/* Reads a packed value from end to end; what was read last, to see that all is in order. */
typedef struct AttributionReader
{
	const uint8_t *at;
	const uint8_t *end;
	int64_t		half_life;
	JourneyLabel goal;
	uint32_t	rows;
	uint32_t	steps;
	JourneyLabel label;
	uint32_t	from;
	uint32_t	next_to;
} AttributionReader;

/* For sorting touchpoints */
typedef struct AttributionName
{
	JourneyLabel label;
	uint32_t	row;
} AttributionName;

static inline AttributionRow *
attribution_rows(const AttributionState *s)
{
	return (AttributionRow *) (s + 1);
}

/* The table of steps, with two slots for each there is room for. */
static inline AttributionStep *
attribution_steps(const AttributionState *s)
{
	return (AttributionStep *) (attribution_rows(s) + s->room.rows);
}

/* The table of rows: a row's number plus one, or 0. */
static inline uint32_t *
attribution_table(const AttributionState *s)
{
	return (uint32_t *) (attribution_steps(s) + 2 * (size_t) s->room.steps);
}

static inline char *
attribution_text(const AttributionState *s)
{
	return (char *) (attribution_table(s) + 2 * (size_t) s->room.rows);
}

static inline JourneyLabel
attribution_goal(const AttributionState *s)
{
	JourneyLabel goal = {attribution_text(s), s->goal_length};

	return goal;
}

static inline JourneyLabel
attribution_label(const AttributionState *s, uint32_t row)
{
	const AttributionRow *r = &attribution_rows(s)[row];
	JourneyLabel label = {attribution_text(s) + r->text, r->length};

	return label;
}

static inline int
attribution_models(int64_t half_life)
{
	return half_life > 0 ? SHARED_MODELS : SHARED_TIME_DECAY;
}

#pragma GCC visibility push(hidden)

/* Collecting (attribution_state.c) */
extern size_t attribution_state_bytes(const AttributionRoom *room);
extern void attribution_state_init(AttributionState *s, const AttributionRoom *room,
								   const JourneyLabel *goal, int64_t half_life);
extern bool attribution_state_fits(const AttributionState *s, uint32_t rows, uint32_t steps,
								   uint32_t text);
extern AttributionRoom attribution_state_grown(const AttributionState *s, uint32_t rows,
											   uint32_t steps, uint32_t text);
extern void attribution_state_move(AttributionState *to, const AttributionState *from);
extern bool attribution_state_check(const AttributionState *s, size_t bytes);
extern bool attribution_state_is_whole(const AttributionState *s);
extern AttributionStatus attribution_state_validate(const AttributionState *s);
extern bool attribution_state_find(const AttributionState *s, const JourneyLabel *label,
								   uint32_t *row);
extern uint32_t attribution_state_row(AttributionState *s, const JourneyLabel *label);
extern AttributionStatus attribution_state_step(AttributionState *s, uint32_t from, uint32_t to,
												int64_t count);
extern void attribution_goals_last(JourneyVisit *visits, uint32_t n, uint32_t goal);
extern AttributionStatus attribution_state_path(AttributionState *s, const JourneyVisit *visits,
												uint32_t n, const uint32_t *rows,
												const JourneyVisit *goal);

/* Sharing (attribution_share.c) */
extern uint64_t attribution_first(uint32_t i, const AttributionTouches *t);
extern uint64_t attribution_last(uint32_t i, const AttributionTouches *t);
extern uint64_t attribution_linear(uint32_t i, const AttributionTouches *t);
extern uint64_t attribution_position(uint32_t i, const AttributionTouches *t);
extern uint64_t attribution_weight(uint64_t age, int64_t half_life);

/* The packed form (attribution_pack.c) */
extern size_t attribution_pack_bound(const AttributionState *s);
extern size_t attribution_pack(const AttributionState *s, AttributionName *names, uint32_t *rank,
							   AttributionStep *steps, void *packed);
extern bool attribution_read(const void *packed, size_t bytes, AttributionReader *reader);
extern bool attribution_read_row(AttributionReader *reader, JourneyLabel *label,
								 AttributionRow *row);
extern bool attribution_read_step(AttributionReader *reader, AttributionStep *step);

/* The Markov chain (attribution_markov.c) */
extern bool attribution_removal(double *matrix, double *absorbed, double *converted, double *work,
								uint32_t n, double *effects, void (*tick) (void));

#pragma GCC visibility pop

static inline bool
attribution_is_growing(const void *value)
{
	return (((const AttributionHeader *) value)->flags & ATTRIBUTION_GROWING) != 0;
}

#endif							/* ATTRIBUTION_H */
