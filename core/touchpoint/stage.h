/*
 * stage.h
 *		The stages of the canonical customer journey, behind the SQL type
 *		journey_stage.
 *
 * A stage is stored as a two-byte code.  The codes have gaps, so that a later
 * version can put a stage between two others without touching stored values.
 */
#ifndef STAGE_H
#define STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum JourneyStage
{
	STAGE_AWARENESS = 100,
	STAGE_CONSIDERATION = 200,
	STAGE_DECISION = 300,
	STAGE_PURCHASE = 400,
	STAGE_EXPERIENCE = 500,
	STAGE_LOYALTY = 600,
	STAGE_ADVOCACY = 700
} JourneyStage;

#define STAGES 7

#pragma GCC visibility push(hidden)

extern bool stage_parse(const char *text, size_t length, int16_t *stage);
extern const char *stage_name(int16_t stage);
extern const char *stage_polish_name(int16_t stage);
extern int	stage_position(int16_t stage);
extern int16_t stage_at(int position);

#pragma GCC visibility pop

#endif							/* STAGE_H */
