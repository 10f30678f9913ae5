/*
 * attribution_content.h
 *		A packed attribution as arrays, for what reads it.
 */
#ifndef ATTRIBUTION_CONTENT_H
#define ATTRIBUTION_CONTENT_H

#include "attribution/attribution_datum.h"

typedef struct AttributionContent
{
	AttributionReader reader;
	JourneyLabel *labels;
	AttributionRow *rows;
	AttributionStep *steps;
	int64		untouched;		/* conversions without a touch */
	int64		touched;		/* all others */
	int64		null_paths;
	Int128		earned;			/* by conversions with a touch, in ten-thousandths */
	Int128		refunded;
} AttributionContent;

#pragma GCC visibility push(hidden)

extern void attribution_read_content(const Attribution *value, AttributionContent *c);
extern double *attribution_effects(const AttributionContent *c, double *won, uint32 kinds);

#pragma GCC visibility pop

static inline bool
attribution_content_has(const AttributionContent *c, uint8 flag)
{
	return (c->reader.flags & flag) != 0;
}

/* What all conversions were worth, in ten-thousandths. */
static inline Int128
attribution_content_worth(const AttributionContent *c)
{
	return c->earned - c->refunded +
		(Int128) c->reader.money.earned - (Int128) c->reader.money.refunded;
}

#endif							/* ATTRIBUTION_CONTENT_H */
