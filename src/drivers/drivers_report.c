/*
 * drivers_report.c
 *		All that is said of the drivers of a summary; see drivers_report.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "drivers/drivers_report.h"
#include "rating/distributions.h"
#include "shared/value_error.h"

/* The elements of an array argument, one for each driver. */
void
drivers_elements_arg(FunctionCallInfo fcinfo, int argno, const DriverSummary *s,
					 const char *what, Datum **values, bool **nulls)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argno);
	Oid			type = ARR_ELEMTYPE(array);
	int16		length;
	bool		by_value;
	char		align;
	int			n;

	get_typlenbyvalalign(type, &length, &by_value, &align);
	deconstruct_array(array, type, length, by_value, align, values, nulls, &n);
	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s of drivers must be a one-dimensional array", what),
				 errhint("Give one for each driver, as one list in the order of driver_agg.")));
	if (n != s->drivers)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the number of %s is %d, that of drivers %d", what, n, s->drivers),
				 errhint("Give one for each driver, in the order of driver_agg.")));
}

/* Argument 1, or numbers. */
void
drivers_report_names(FunctionCallInfo fcinfo, DriverReport *r)
{
	Datum	   *values;
	bool	   *nulls;

	if (PG_ARGISNULL(1))
	{
		for (int i = 0; i < r->s->drivers; i++)
			r->names[i] = cstring_to_text(psprintf("driver %d", i + 1));
		return;
	}
	drivers_elements_arg(fcinfo, 1, r->s, "names", &values, &nulls);
	for (int i = 0; i < r->s->drivers; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("name of driver %d must not be null", i + 1),
					 errhint("Give one name for each driver, in the order of driver_agg.")));
		r->names[i] = DatumGetTextPP(values[i]);
	}
}

/* Is argument 2 'johnson'?  22023 unless it is that or 'lmg'. */
bool
drivers_johnson_arg(FunctionCallInfo fcinfo)
{
	char	   *method = text_to_cstring(PG_GETARG_TEXT_PP(2));

	if (strcmp(method, "johnson") == 0)
		return true;
	if (strcmp(method, "lmg") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no method \"%s\" for the importance of drivers",
						value_shown(method, strlen(method))),
				 errhint("Use 'lmg' for the average over all orders, or 'johnson' for relative "
						 "weights.")));
	return false;
}

static void
find_importance(DriverReport *r, bool johnson)
{
	if (!johnson && r->s->drivers > DRIVERS_MAX_LMG)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%d drivers have too many subsets for method lmg, which takes up to %d",
						r->s->drivers, DRIVERS_MAX_LMG),
				 errhint("Use method => 'johnson'.")));
	if (!r->fit.known)
		return;
	if (johnson)
		drivers_johnson(&r->moments, r->importance, &r->work);
	else
	{
		double	   *room = palloc(drivers_lmg_room(r->s->drivers) * sizeof(double));

		drivers_lmg(&r->moments, r->importance, room);
		pfree(room);
	}
}

/* The drivers that others say already, by name. */
static void
tell_collinear(const DriverReport *r)
{
	StringInfoData list;
	int			n = 0;

	if (!r->fit.known)
		return;
	initStringInfo(&list);
	for (int i = 0; i < r->s->drivers; i++)
		if (r->fit.collinear[i])
			appendStringInfo(&list, "%s\"%s\"", n++ > 0 ? ", " : "", text_to_cstring(r->names[i]));
	if (n > 0)
		ereport(NOTICE,
				(errmsg_plural("driver %s follows from the ones before it and has no coefficient",
							   "drivers %s follow from the ones before them and have no "
							   "coefficient", n, list.data),
				 errhint("Importance is defined all the same: drivers that say the same "
						 "share it.")));
	pfree(list.data);
}

/* What is said of them, once names are known; the method is argument 2. */
void
drivers_report_fit(FunctionCallInfo fcinfo, DriverReport *r, double level)
{
	drivers_moments(r->s, &r->moments);
	drivers_fit(&r->moments, &r->fit, &r->work);
	find_importance(r, drivers_johnson_arg(fcinfo));
	tell_collinear(r);
	if (r->fit.known)
		r->critical = student_t_critical(level, r->fit.freedom);
}
