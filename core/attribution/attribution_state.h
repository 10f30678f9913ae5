/*
 * attribution_state.h
 *		Where the parts of a growing attribution stand; see attribution.h.
 *
 * A touchpoint has a sum of units for each model that the state has, in the order of
 * AttributionShared; with money as many sums of money behind them, and then those of
 * AttributionWorth.
 */
#ifndef ATTRIBUTION_STATE_H
#define ATTRIBUTION_STATE_H

#include "attribution/attribution.h"

static inline bool
attribution_has_money(const AttributionState *s)
{
	return (s->header.flags & ATTRIBUTION_MONEY) != 0;
}

/* How many models a state has a sum for. */
static inline uint32_t
attribution_state_models(int64_t half_life, uint32_t direct_length)
{
	return SHARED_MODELS - (half_life <= 0) - (direct_length == 0);
}

/* How many sums a touchpoint has. */
static inline uint32_t
attribution_state_width(int64_t half_life, uint32_t direct_length, bool money)
{
	uint32_t	models = attribution_state_models(half_life, direct_length);

	return money ? 2 * models + WORTHS : models;
}

/* Which of the sums is that of a model that the state has. */
static inline uint32_t
attribution_column(const AttributionState *s, AttributionShared model)
{
	return (uint32_t) model - (model > SHARED_TIME_DECAY && s->half_life <= 0);
}

static inline AttributionTouchpoint *
attribution_touchpoints(const AttributionState *s)
{
	return (AttributionTouchpoint *) (s + 1);
}

/* The table of steps, with two slots for each there is room for. */
static inline AttributionStep *
attribution_steps(const AttributionState *s)
{
	return (AttributionStep *) (attribution_touchpoints(s) + s->room.rows);
}

/* The table of touchpoints: the number of one plus 1, or 0. */
static inline uint32_t *
attribution_table(const AttributionState *s)
{
	return (uint32_t *) (attribution_steps(s) + 2 * (size_t) s->room.steps);
}

/* The sums of a touchpoint. */
static inline Int128 *
attribution_sums(const AttributionState *s, uint32_t row)
{
	return (Int128 *) (attribution_table(s) + 2 * (size_t) s->room.rows) +
		(size_t) row * s->width;
}

static inline char *
attribution_text(const AttributionState *s)
{
	return (char *) attribution_sums(s, s->room.rows);
}

static inline AttributionRules
attribution_rules(const AttributionState *s)
{
	const char *text = attribution_text(s);

	return (AttributionRules) {
		{text, s->goal_length}, {text + s->goal_length, s->direct_length},
		s->half_life, s->lookback
	};
}

static inline JourneyLabel
attribution_label(const AttributionState *s, uint32_t row)
{
	const AttributionTouchpoint *t = &attribution_touchpoints(s)[row];
	JourneyLabel label = {attribution_text(s) + t->text, t->length};

	return label;
}

#endif							/* ATTRIBUTION_STATE_H */
