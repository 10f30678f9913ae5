/*
 * cohorts_arguments.h
 *		The arguments of cohort_agg and lifecycle_agg, which are the same in nearly every
 *		row: they are read once and then compared.
 */
#ifndef COHORTS_ARGUMENTS_H
#define COHORTS_ARGUMENTS_H

#include "postgres.h"

#include "fmgr.h"

#include "base/label.h"
#include "cohorts/cohorts.h"
#include "cohorts/cohorts_calendar.h"
#include "shared/compat.h"

/* What is kept between the rows of a query; where it is lost it is made again. */
typedef struct CohortsMemory
{
	CohortsUnit unit;
	bool		has_zone;
	char		zone_given[TZ_STRLEN_MAX + 1];	/* as in the argument */
	char		zone_name[TZ_STRLEN_MAX + 1];	/* as PostgreSQL writes it */
	Calendar	calendar;
	int32	   *back;			/* room for periods + 1 */
	int32		periods;
} CohortsMemory;

#pragma GCC visibility push(hidden)

extern CohortsMemory *cohorts_memory(FunctionCallInfo fcinfo);
extern void cohorts_arguments_unit(FunctionCallInfo fcinfo, int argno, CohortsMemory *memory);
extern void cohorts_arguments_zone(FunctionCallInfo fcinfo, int argno, CohortsMemory *memory);
extern JourneyLabel cohorts_arguments_stage(FunctionCallInfo fcinfo, int argno, const char *what);
extern TimestampTz cohorts_arguments_until(FunctionCallInfo fcinfo, int argno);
pg_noreturn extern void cohorts_arguments_reject_null(const char *what);

#pragma GCC visibility pop

#endif							/* COHORTS_ARGUMENTS_H */
