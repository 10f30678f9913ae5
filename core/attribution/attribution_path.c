/*
 * attribution_path.c
 *		The paths of a journey: cut at the goals, at the lookback, and added to a state
 *		step by step, each conversion shared among its touches; see attribution.h.
 *
 * The work is in proportion to the touches, for every model.  The shares of a path are
 * few different numbers, see attribution_share.c, so they are computed once a path.
 */
#include <string.h>

#include "attribution/attribution_state.h"
#include "base/interrupt.h"
#include "journey/journey_value.h"

/* One conversion that is shared. */
typedef struct Sharing
{
	AttributionState *s;
	const AttributionPaths *paths;
	const JourneyVisit *visits;
	uint32_t	n;
	AttributionTouches touches;
	Int128	   *sums;			/* of the first touchpoint */
	uint32_t	width;			/* so many for each */
	uint32_t	models;			/* money stands so many sums behind units */
	Int128		value;			/* 0 where it has none */
} Sharing;

static inline Int128 *
sums_of(const Sharing *h, uint32_t i)
{
	return h->sums + (size_t) h->paths->rows[h->visits[i].label] * h->width;
}

/* Some units of the conversion, and their money. */
static inline void
give(const Sharing *h, Int128 *sums, uint32_t column, uint64_t units)
{
	sums[column] += units;
	if (h->value != 0)
		sums[h->models + column] += h->value * (Int128) units;
}

static void
share_ends(const Sharing *h)
{
	const AttributionTouches *t = &h->touches;

	for (uint32_t i = 0; i < t->first; i++)
		give(h, sums_of(h, i), SHARED_FIRST, attribution_first(i, t));
	for (uint32_t i = h->n - t->last; i < h->n; i++)
		give(h, sums_of(h, i), SHARED_LAST, attribution_last(i, t));
}

static void
share_linear_position(const Sharing *h)
{
	const AttributionTouches *t = &h->touches;
	uint32_t	n = h->n;
	uint64_t	linear = attribution_linear(0, t);
	uint64_t	first = attribution_position(0, t);
	uint64_t	inner = t->first + t->last < n ? attribution_position(t->first, t) : 0;
	uint64_t	last = attribution_position(n - t->last, t);

	for (uint32_t i = 0; i < n - 1; i++)
	{
		Int128	   *sums = sums_of(h, i);

		interrupt_in_step(i);
		give(h, sums, SHARED_LINEAR, linear);
		give(h, sums, SHARED_POSITION, i < t->first ? first : i < n - t->last ? inner : last);
	}
	give(h, sums_of(h, n - 1), SHARED_LINEAR, attribution_linear(n - 1, t));
	give(h, sums_of(h, n - 1), SHARED_POSITION, attribution_position(n - 1, t));
}

/*
 * Share one conversion by time: a touch weighs 2^(-age / half-life).  Only the
 * ratios matter, so ages count from the last touch, which never underflows.
 */
static void
share_by_time(const Sharing *h)
{
	const JourneyVisit *visits = h->visits;
	int64_t		last = visits[h->n - 1].at;
	uint64_t	left = ATTRIBUTION_UNITS;
	Uint128 whole = 0;

	for (uint32_t i = 0; i < h->n; i++)
	{
		interrupt_in_step(i);
		whole += attribution_weight(journey_time_between(visits[i].at, last), h->s->half_life);
	}
	for (uint32_t i = 0; i < h->n; i++)
	{
		Uint128 weight = attribution_weight(journey_time_between(visits[i].at, last),
											h->s->half_life);
		uint64_t	units = (uint64_t) (weight * ATTRIBUTION_UNITS / whole);

		interrupt_in_step(i);
		if (i == h->n - 1)
			units = left;
		left -= units;
		give(h, sums_of(h, i), SHARED_TIME_DECAY, units);
	}
}

/*
 * Each different touchpoint once: it took part, and has the same as the others.  What is
 * left over goes to that of the last touch.
 */
static void
share_distinct(const Sharing *h, uint32_t distinct)
{
	uint32_t	column = attribution_column(h->s, SHARED_SHAPLEY);
	uint64_t	each = ATTRIBUTION_UNITS / distinct;
	uint32_t	last = h->visits[h->n - 1].label;

	for (uint32_t i = 0; i < distinct; i++)
	{
		uint32_t	label = h->paths->distinct[i];
		uint32_t	row = h->paths->rows[label];
		Int128	   *sums = h->sums + (size_t) row * h->width;

		attribution_touchpoints(h->s)[row].paths++;
		if (h->value != 0)
			sums[2 * h->models + WORTH_PATHS] += h->value;
		give(h, sums, column, label == last ? ATTRIBUTION_UNITS - each * (distinct - 1) : each);
	}
}

/* Two touches, one after the other: the second one ended the pair, the first began it. */
static void
count_pair(const Sharing *h)
{
	for (uint32_t i = 0; i < 2; i++)
	{
		attribution_touchpoints(h->s)[h->paths->rows[h->visits[i].label]].pairs += i == 0 ? -1 : 1;
		if (h->value != 0)
			sums_of(h, i)[2 * h->models + WORTH_PAIRS] += i == 0 ? -h->value : h->value;
	}
}

/*
 * The last touch that is not direct; of several simultaneous ones each may have been it.
 * If all are direct, it is the last touch.
 */
static void
share_non_direct(const Sharing *h)
{
	const JourneyVisit *visits = h->visits;
	uint32_t	column = attribution_column(h->s, SHARED_LAST_NON_DIRECT);
	AttributionTouches t = h->touches;
	uint32_t	last = h->n;
	uint32_t	given = 0;

	while (last > 0 && visits[last - 1].label == h->paths->direct)
		last--;
	if (last == 0)
	{
		for (uint32_t i = h->n - t.last; i < h->n; i++)
			give(h, sums_of(h, i), column, attribution_last(i, &t));
		return;
	}
	t.first = 0;
	for (uint32_t i = last; i-- > 0 && journey_simultaneous(&visits[i], &visits[last - 1]);)
		t.first += visits[i].label != h->paths->direct;
	for (uint32_t i = last; given < t.first;)
		if (visits[--i].label != h->paths->direct)
			give(h, sums_of(h, i), column, attribution_first(t.first - ++given, &t));
}

/* One touch has all of it, by every model. */
static void
share_alone(const Sharing *h)
{
	Int128	   *sums = sums_of(h, 0);

	attribution_touchpoints(h->s)[h->paths->rows[h->visits[0].label]].paths++;
	for (uint32_t m = 0; m < h->models; m++)
		give(h, sums, m, ATTRIBUTION_UNITS);
	if (h->value != 0)
		sums[2 * h->models + WORTH_PATHS] += h->value;
}

/* What the conversion was worth to the touchpoint that ended it, for the Markov chain. */
static void
count_worth(const Sharing *h)
{
	Int128	   *worth = sums_of(h, h->n - 1) + 2 * h->models;

	if (h->value > 0)
		worth[WORTH_EARNED] += h->value;
	if (h->value < 0)
		worth[WORTH_REFUNDED] -= h->value;
}

static AttributionTouches
touches_of(const JourneyVisit *visits, uint32_t n)
{
	AttributionTouches t = {n, (uint32_t) journey_group_end(visits, 0, n), 1};

	while (t.last < n && journey_simultaneous(&visits[n - 1 - t.last], &visits[n - 1]))
		t.last++;
	return t;
}

/* Several touches. */
static void
share_among(Sharing *h, uint32_t distinct)
{
	h->touches = touches_of(h->visits, h->n);
	share_ends(h);
	share_linear_position(h);
	if (h->s->half_life > 0)
		share_by_time(h);
	share_distinct(h, distinct);
	if (h->n == 2 && h->touches.first == 1)
		count_pair(h);
	if (h->s->direct_length > 0)
		share_non_direct(h);
}

static void
share(AttributionState *s, const AttributionPaths *paths, const JourneyVisit *visits, uint32_t n,
	  uint32_t distinct, int64_t value)
{
	Sharing		h = {.s = s,.paths = paths,.visits = visits,.n = n,.sums = attribution_sums(s, 0),
		.width = s->width,.models = attribution_state_models(s->half_life, s->direct_length),
	.value = value == JOURNEY_NO_VALUE ? 0 : value};

	if (n == 1)
		share_alone(&h);
	else
		share_among(&h, distinct);
	if (h.value != 0)
		count_worth(&h);
}

/* Visits to the goal behind the others, of n that are simultaneous. */
static void
move_goals(JourneyVisit *visits, int64_t *values, uint32_t n, uint32_t goal)
{
	uint32_t	touches = 0;
	uint32_t	goals_end = 0;
	JourneyVisit last = visits[0];

	for (uint32_t i = 0; i < n; i++)
	{
		if (visits[i].label == goal)
		{
			last = visits[i];
			goals_end = i + 1;
		}
		else
			visits[touches++] = visits[i];
	}
	/* visits to one stage at one time stand together, by value, and else are all alike */
	if (values != NULL && touches < n)
		memmove(values + touches, values + goals_end - (n - touches),
				(n - touches) * sizeof(int64_t));
	while (touches < n)
		visits[touches++] = last;
}

/*
 * Put the visits to the goal behind those simultaneous with them: nothing tells
 * which came first, and a touch on the day of the order is taken to have led to it.
 * The order of the journey would let the alphabet decide.  values may be NULL; of them
 * only those of the goal are right afterwards.
 */
void
attribution_goals_last(JourneyVisit *visits, int64_t *values, uint32_t n, uint32_t goal)
{
	uint32_t	end;

	for (uint32_t begin = 0; begin < n; begin = end)
	{
		end = (uint32_t) journey_group_end(visits, begin, n);
		if (end - begin > 1)
			move_goals(visits + begin, values == NULL ? NULL : values + begin, end - begin, goal);
	}
}

static void
keep(JourneyVisit *visits, int64_t *values, uint32_t *kept, uint32_t i)
{
	visits[*kept] = visits[i];
	if (values != NULL)
		values[*kept] = values[i];
	(*kept)++;
}

/*
 * Leave the touches out that are longer than the lookback before the goal that ends
 * their path; those of a path without a goal stay.  Returns how many visits are left.
 */
uint32_t
attribution_look_back(JourneyVisit *visits, int64_t *values, uint32_t n, uint32_t goal,
					  int64_t lookback)
{
	uint32_t	kept = 0;
	uint32_t	begin = 0;

	for (uint32_t end = 0; end < n; end++)
	{
		if (visits[end].label != goal)
			continue;
		for (; begin <= end; begin++)
			if (journey_time_between(visits[begin].at, visits[end].at) <= (uint64_t) lookback)
				keep(visits, values, &kept, begin);
	}
	for (; begin < n; begin++)
		keep(visits, values, &kept, begin);
	return kept;
}

/* Count the value of a conversion, so that all its money fits. */
static AttributionStatus
count_value(AttributionState *s, bool touched, int64_t value)
{
	s->money.with_value++;
	s->gross += (Uint128) (value < 0 ? -value : value);
	if (s->gross > ATTRIBUTION_MAX_GROSS)
		return ATTRIBUTION_TOO_MUCH;
	if (!touched && value > 0)
		s->money.earned += (Uint128) value;
	if (!touched && value < 0)
		s->money.refunded += (Uint128) -value;
	return ATTRIBUTION_OK;
}

/*
 * Add the next path of a journey, of n touches, which ended with a conversion or with
 * nothing.  There must be room, and room for money if the conversion has a value.
 */
AttributionStatus
attribution_state_path(AttributionState *s, AttributionPaths *paths, const JourneyVisit *visits,
					   uint32_t n, AttributionEnd end)
{
	uint32_t	from = FROM_START;
	uint32_t	distinct = 0;

	if (n == 0 && !end.converted)
		return ATTRIBUTION_OK;
	paths->path++;
	for (uint32_t i = 0; i < n; i++)
	{
		uint32_t	label = visits[i].label;

		interrupt_in_step(i);
		if (attribution_state_step(s, from, paths->rows[label] + TO_TOUCH, 1) != ATTRIBUTION_OK)
			return ATTRIBUTION_OVERFLOW;
		from = paths->rows[label] + FROM_TOUCH;
		if (paths->seen[label] == paths->path)
			continue;
		paths->seen[label] = paths->path;
		paths->distinct[distinct++] = label;
	}
	if (end.converted && end.value != JOURNEY_NO_VALUE &&
		count_value(s, n > 0, end.value) != ATTRIBUTION_OK)
		return ATTRIBUTION_TOO_MUCH;
	if (end.converted && n > 0)
		share(s, paths, visits, n, distinct, end.value);
	return attribution_state_step(s, from, end.converted ? TO_CONVERSION : TO_NULL, 1);
}
