/*
 * stage_type.h
 *		What other SQL-callable files need of journey_stage.
 */
#ifndef STAGE_TYPE_H
#define STAGE_TYPE_H

#include "postgres.h"

#include "fmgr.h"

#include "touchpoint/stage.h"
#include "shared/value_error.h"

#define PG_GETARG_STAGE(n)	PG_GETARG_INT16(n)
#define PG_RETURN_STAGE(x)	PG_RETURN_INT16(x)
#define StageGetDatum(x)	Int16GetDatum(x)

#pragma GCC visibility push(hidden)

extern const char *stage_label_of(int16 stage);

#pragma GCC visibility pop

#endif							/* STAGE_TYPE_H */
