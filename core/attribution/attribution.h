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
 * before it, whatever the labels are; one that is longer before it than the
 * lookback does not count.  The value keeps, in whole numbers only:
 *
 *	- how often each step was taken: start -> touch, touch -> touch, touch ->
 *	  conversion, touch -> null, and start -> conversion, the conversions without
 *	  any touch.  From them follow the conversions, the null paths and the Markov
 *	  chain of the paths;
 *	- for each touchpoint and shared model a 128-bit sum of units.  A conversion is
 *	  10^12 units, shared in whole numbers, with the remainder to the last touch;
 *	- for each touchpoint in how many paths to a conversion it took part, and its
 *	  pairs: the paths of two touches that it ended less those that it began.  From
 *	  pairs, first, last and position follow j_curve and inverse_j, see
 *	  attribution_share.c;
 *	- once a conversion had a value, the same sums of money.  A share of it is the
 *	  value times the units of the share, so that nothing more is rounded: units of
 *	  10^-16.  And for each touchpoint what the conversions behind it were worth,
 *	  above 0 and below it apart, for the Markov chain.
 *
 * All of it is added up, so neither the order of the rows nor that of merges can
 * change a byte, and credits and money sum exactly to what there was.
 *
 * Packed: what is stored.  There is exactly one packed form of a content.
 *
 *	offset	bytes	content
 *	0		4		length word of a PostgreSQL varlena
 *	4		1		version of the format, 1
 *	5		1		flags; bit 0: growing (0 here); bit 1: touchpoints have all sums of
 *					credits, not only those there were at first; bit 2: there is money;
 *					bit 3: a lookback; bit 4: a direct touchpoint; the others are 0
 *	6		2		reserved, 0
 *	8				variable-length integers (varint.h):
 *					half-life in microseconds, 0 without one; with bit 3 the lookback;
 *					length and bytes of the goal; with bit 4 those of direct;
 *					number of touchpoints, number of steps;
 *					with bit 2 how many conversions had a value and, in ten-thousandths,
 *					what those without a touch were worth, above 0 and below it;
 *					for each touchpoint, in the order of their bytes: length, bytes,
 *					its sums, see attribution_row.c;
 *					for each step, in the order of (from, to): from (0 is the start,
 *					1.. the touchpoints) and to (0 is conversion, 1 null, 2.. the
 *					touchpoints), with bit 1 as one number: (from less that of the
 *					step before) * (touchpoints + 2) + to; how often
 *
 * A value without touchpoints has no need of bit 1, so it never has it.
 *
 * Growing: the state of attribution_agg.  Touchpoints and text grow, two hash tables
 * (open addressing, at most half full) find touchpoints and steps.  How many sums a
 * touchpoint has depends on the half-life, on direct and on whether there is money:
 *
 *		AttributionState | touchpoints | steps (a table) | table of touchpoints |
 *			sums of the touchpoints | text
 */
#ifndef ATTRIBUTION_H
#define ATTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uint128.h"
#include "journey/journey.h"

#define ATTRIBUTION_VERSION		1
#define ATTRIBUTION_GROWING		0x01
#define ATTRIBUTION_FURTHER		0x02	/* packed only; a state has ATTRIBUTION_BASIC instead */
#define ATTRIBUTION_MONEY		0x04
#define ATTRIBUTION_LOOKBACK	0x08	/* packed only, as the next */
#define ATTRIBUTION_DIRECT		0x10
#define ATTRIBUTION_BASIC		0x20	/* growing only: only the first sums are known */

/* One conversion */
#define ATTRIBUTION_DECIMALS	12
#define ATTRIBUTION_UNITS		UINT64_C(1000000000000)

/* One unit of money, as a share of it */
#define ATTRIBUTION_MONEY_DECIMALS 16

/* Of values in ten-thousandths, without their sign: 10^20. */
#define ATTRIBUTION_MAX_GROSS \
	((Uint128) UINT64_C(1000000000000) * UINT64_C(1000000000000))

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
	SHARED_TIME_DECAY,			/* with a half-life */
	SHARED_SHAPLEY,				/* not in values that are as they were at first */
	SHARED_LAST_NON_DIRECT		/* with a direct touchpoint */
} AttributionShared;

#define SHARED_MODELS 7

/* What else is summed for a touchpoint when there is money, all in ten-thousandths. */
typedef enum AttributionWorth
{
	WORTH_PATHS,				/* of the paths in which it took part */
	WORTH_PAIRS,				/* of those of two touches: which it ended less which it began */
	WORTH_EARNED,				/* of those that it ended: above 0, */
	WORTH_REFUNDED				/* and below 0, without the sign */
} AttributionWorth;

#define WORTHS 4

typedef struct AttributionHeader
{
	uint32_t	vl_len;			/* PostgreSQL's; only src/ touches it */
	uint8_t		version;
	uint8_t		flags;
	uint16_t	reserved;
} AttributionHeader;

/* What must be the same in all that is put together. */
typedef struct AttributionRules
{
	JourneyLabel goal;
	JourneyLabel direct;		/* of length 0 without one */
	int64_t		half_life;		/* microseconds, 0 without one */
	int64_t		lookback;		/* likewise */
} AttributionRules;

typedef struct AttributionStep
{
	uint32_t	from;
	uint32_t	to;
	int64_t		count;			/* in a table: 0 is a free slot */
} AttributionStep;

/* All sums of a touchpoint; those that its value does not have are 0. */
typedef struct AttributionRow
{
	Int128		units[SHARED_MODELS];
	int64_t		paths;			/* to a conversion, in which it took part */
	int64_t		pairs;			/* paths of two touches: which it ended less which it began */
	Int128		money[SHARED_MODELS];	/* 10^-16 */
	Int128		worth[WORTHS];
} AttributionRow;

/* What is known of the conversions with a value, and of those without a touch. */
typedef struct AttributionMoney
{
	int64_t		with_value;
	Uint128 earned;				/* ten-thousandths, without a touch; as the next */
	Uint128 refunded;
} AttributionMoney;

/* A touchpoint of a state; its sums stand elsewhere. */
typedef struct AttributionTouchpoint
{
	int64_t		paths;
	int64_t		pairs;
	uint32_t	text;			/* where its label begins */
	uint32_t	length;
} AttributionTouchpoint;

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
	int64_t		lookback;
	int64_t		total;			/* all steps; that it fits makes every other count fit */
	AttributionMoney money;
	Uint128 gross;				/* all values without their sign; it makes every sum of money fit */
	AttributionRoom room;
	uint32_t	rows;			/* in use, as the next two */
	uint32_t	steps;
	uint32_t	text;
	uint16_t	goal_length;	/* the goal begins the text, then comes direct */
	uint16_t	direct_length;
	uint32_t	mark;			/* of whoever made it; only src/ reads it */
	uint32_t	width;			/* how many sums a touchpoint has */
} AttributionState;

typedef enum AttributionStatus
{
	ATTRIBUTION_OK,
	ATTRIBUTION_OVERFLOW,		/* more than 2^63 - 1 steps */
	ATTRIBUTION_TOO_MUCH,		/* more money than ATTRIBUTION_MAX_GROSS */
	ATTRIBUTION_CORRUPT,		/* what validation finds, from here on */
	ATTRIBUTION_GOAL_TOUCHED,	/* the goal among the touchpoints */
	ATTRIBUTION_UNBALANCED,		/* not as many steps to a touchpoint as from it */
	ATTRIBUTION_BAD_UNITS,
	ATTRIBUTION_BAD_PATHS,
	ATTRIBUTION_BAD_MONEY
} AttributionStatus;

/* The touches of a path: how many, and how many are simultaneous at either end. */
typedef struct AttributionTouches
{
	uint32_t	n;
	uint32_t	first;			/* with the first one, itself included */
	uint32_t	last;			/* with the last one; with all at once both are n */
} AttributionTouches;

/* The paths of a journey, one after the other. */
typedef struct AttributionPaths
{
	const uint32_t *rows;		/* the touchpoint of each label of the journey */
	uint32_t   *seen;			/* for each of them: the path that had it last; 0 at first */
	uint32_t   *distinct;		/* room for as many labels */
	uint32_t	direct;			/* the label of direct, or JOURNEY_NO_LABEL */
	uint32_t	path;			/* the number of the path, from 1 */
} AttributionPaths;

/* How a path ended: with a conversion and its value, which may be JOURNEY_NO_VALUE, or not. */
typedef struct AttributionEnd
{
	bool		converted;
	int64_t		value;
} AttributionEnd;

/* Reads a packed value from end to end; what was read last, to see that all is in order. */
typedef struct AttributionReader
{
	const uint8_t *at;
	const uint8_t *end;
	AttributionRules rules;
	uint8_t		flags;
	AttributionMoney money;
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

/* Has a value with these rules a sum for the model?  All have shapley, but for basic ones. */
static inline bool
attribution_has(const AttributionRules *rules, int model)
{
	return model == SHARED_TIME_DECAY ? rules->half_life > 0 :
		model != SHARED_LAST_NON_DIRECT || rules->direct.length > 0;
}

/*
 * Can a value have touchpoints of that form?  All sums of credits are there if any touchpoint
 * is, but for values of the first form, which knew no direct.
 */
static inline bool
attribution_form_fits(const AttributionReader *form)
{
	return (form->flags & ATTRIBUTION_FURTHER) != 0 ? form->rows > 0 :
		form->rows == 0 || form->rules.direct.length == 0;
}

#pragma GCC visibility push(hidden)

/* Collecting (attribution_state.c) */
extern size_t attribution_state_bytes(const AttributionRoom *room, const AttributionRules *rules,
									  bool money);
extern void attribution_state_init(AttributionState *s, const AttributionRoom *room,
								   const AttributionRules *rules, bool money);
extern bool attribution_state_fits(const AttributionState *s, uint32_t rows, uint32_t steps,
								   uint32_t text);
extern AttributionRoom attribution_state_grown(const AttributionState *s, uint32_t rows,
											   uint32_t steps, uint32_t text);
extern void attribution_state_move(AttributionState *to, const AttributionState *from);
extern bool attribution_state_check(const AttributionState *s, size_t bytes);
extern bool attribution_state_is_whole(const AttributionState *s);
extern bool attribution_state_take_form(AttributionState *s, bool basic);
extern bool attribution_state_find(const AttributionState *s, const JourneyLabel *label,
								   uint32_t *row);
extern uint32_t attribution_state_row(AttributionState *s, const JourneyLabel *label);
extern AttributionStatus attribution_state_step(AttributionState *s, uint32_t from, uint32_t to,
												int64_t count);

/* The sums of touchpoints (attribution_row.c) */
extern AttributionRow attribution_state_sums(const AttributionState *s, uint32_t row);
extern AttributionStatus attribution_state_add(AttributionState *s, uint32_t row,
											   const AttributionRow *more);
extern AttributionStatus attribution_state_add_money(AttributionState *s,
													 const AttributionMoney *more);
extern uint8_t *attribution_put_row(uint8_t *out, const AttributionRow *row,
									const AttributionReader *form);
extern bool attribution_get_row(AttributionReader *r, AttributionRow *row);
extern uint8_t *attribution_put_sum(uint8_t *out, Uint128 sum);
extern bool attribution_get_sum(AttributionReader *r, Uint128 *sum);

/* What paths can leave behind (attribution_valid.c) */
extern AttributionStatus attribution_state_validate(const AttributionState *s, int64_t (*ends)[2]);

/* The paths of a journey (attribution_path.c) */
extern void attribution_goals_last(JourneyVisit *visits, int64_t *values, uint32_t n,
								   uint32_t goal);
extern uint32_t attribution_look_back(JourneyVisit *visits, int64_t *values, uint32_t n,
									  uint32_t goal, int64_t lookback);
extern AttributionStatus attribution_state_path(AttributionState *s, AttributionPaths *paths,
												const JourneyVisit *visits, uint32_t n,
												AttributionEnd end);

/* Sharing (attribution_share.c) */
extern uint64_t attribution_first(uint32_t i, const AttributionTouches *t);
extern uint64_t attribution_last(uint32_t i, const AttributionTouches *t);
extern uint64_t attribution_linear(uint32_t i, const AttributionTouches *t);
extern uint64_t attribution_position(uint32_t i, const AttributionTouches *t);
extern uint64_t attribution_weight(uint64_t age, int64_t half_life);
extern Int128 attribution_curve(const Int128 *sums, Int128 pairs, bool inverse);

/* The packed form (attribution_pack.c) */
extern size_t attribution_pack_bound(const AttributionState *s);
extern size_t attribution_pack(const AttributionState *s, AttributionName *names, uint32_t *rank,
							   AttributionStep *steps, void *packed);
extern bool attribution_read(const void *packed, size_t bytes, AttributionReader *reader);
extern bool attribution_read_row(AttributionReader *reader, JourneyLabel *label,
								 AttributionRow *row);
extern bool attribution_read_step(AttributionReader *reader, AttributionStep *step);

/* The Markov chain (attribution_markov.c) */
extern bool attribution_removal(double *matrix, double *absorbed, double *converted, uint32_t kinds,
								double *work, uint32_t n, double *effects, void (*tick) (void));

#pragma GCC visibility pop

static inline bool
attribution_is_growing(const void *value)
{
	return (((const AttributionHeader *) value)->flags & ATTRIBUTION_GROWING) != 0;
}

#endif							/* ATTRIBUTION_H */
