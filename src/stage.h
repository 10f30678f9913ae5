/*
 * stage.h
 *		What other SQL-callable files need of journey_stage.
 */
#ifndef STAGE_H
#define STAGE_H

#include "postgres.h"

#include "fmgr.h"

#include "stage_core.h"

#define PG_GETARG_STAGE(n)	PG_GETARG_INT16(n)
#define PG_RETURN_STAGE(x)	PG_RETURN_INT16(x)
#define StageGetDatum(x)	Int16GetDatum(x)

#pragma GCC visibility push(hidden)

extern const char *stage_label_of(int16 stage);

#pragma GCC visibility pop

#endif							/* STAGE_H */
