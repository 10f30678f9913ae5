/*
 * drivers_agg.c
 *		State functions of driver_agg.
 *
 * The state is a driver_summary, changed in place; it gets its room when the first
 * answer says how many drivers there are, and has no drivers as long as it has no
 * answers.  So rows that are left out say nothing of the number of drivers, and no
 * order of rows can change what comes out.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/float.h"

#include "drivers/drivers_datum.h"
#include "drivers/drivers_numeric.h"
#include "shared/aggregate.h"

#define AGGREGATES "driver_agg"

/* 22003; which is the number of the driver, or 0 for the outcome */
static pg_noinline void
reject_value(const char *value, int which)
{
	char	   *what = which == 0 ? pstrdup("the outcome") : psprintf("driver %d", which);

	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("value %s of %s is outside the range -10000000..10000000",
					value, what),
			 errhint("If it is no answer, make it NULL, as in nullif(x, 'NaN'); use a larger unit "
					 "for large amounts.")));
}

static pg_noinline void
reject_weight(double weight)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("weight %s is outside the range 0..1000000", float8out_internal(weight)),
			 errhint("A weight says how many answers one answer stands for; use NULL to leave an "
					 "answer out, and scale larger weights down.")));
}

static pg_noinline void
reject_array(ArrayType *array)
{
	if (ARR_NDIM(array) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("array of drivers is empty"),
				 errhint("Give one number for each driver: ARRAY[delivery, price].")));
	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("drivers must be a one-dimensional array"),
				 errhint("Give one number for each driver: ARRAY[delivery, price].")));
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("%d drivers are more than %d", ARR_DIMS(array)[0], DRIVERS_MAX),
			 errhint("Keep the drivers that are to be compared.")));
}

/* The drivers of this row, or NULL if there are none; an array that is wrong is an error. */
static inline ArrayType *
drivers_arg(FunctionCallInfo fcinfo)
{
	ArrayType  *array;

	if (PG_ARGISNULL(2))
		return NULL;
	array = PG_GETARG_ARRAYTYPE_P(2);
	if (ARR_NDIM(array) != 1 || ARR_DIMS(array)[0] > DRIVERS_MAX)
		reject_array(array);
	return array;
}

/* The element of an array of numeric without NULLs. */
static pg_noinline Datum
numeric_element(ArrayType *array, int i)
{
	int			subscript = ARR_LBOUND(array)[0] + i;
	bool		isnull;

	return array_ref(array, 1, &subscript, -1, -1, false, TYPALIGN_INT, &isnull);
}

static inline void
numeric_values(FunctionCallInfo fcinfo, ArrayType *array, int64 *values)
{
	int			wrong;

	if (!drivers_numeric_units(PG_GETARG_DATUM(1), &values[0]))
		reject_value(drivers_numeric_text(PG_GETARG_DATUM(1)), 0);
	wrong = drivers_numeric_array_units(array, &values[1]);
	if (unlikely(wrong >= 0))
		reject_value(drivers_numeric_text(numeric_element(array, wrong)), wrong + 1);
}

static inline void
float_values(FunctionCallInfo fcinfo, ArrayType *array, int64 *values)
{
	const double *driver = (const double *) drivers_elements(array);

	if (!drivers_units(PG_GETARG_FLOAT8(1), &values[0]))
		reject_value(float8out_internal(PG_GETARG_FLOAT8(1)), 0);
	for (int i = 0; i < ARR_DIMS(array)[0]; i++)
		if (!drivers_units(driver[i], &values[i + 1]))
			reject_value(float8out_internal(driver[i]), i + 1);
}

/* Whole numbers, of two or four bytes, which cannot lose anything. */
static inline void
integer_value(int32 value, int which, int64 *units)
{
	if (unlikely(value < -DRIVERS_LARGEST || value > DRIVERS_LARGEST))
		reject_value(psprintf("%d", value), which);
	*units = (int64) value * DRIVERS_UNITS;
}

static inline void
int4_values(FunctionCallInfo fcinfo, ArrayType *array, int64 *values)
{
	const int32 *driver = (const int32 *) drivers_elements(array);

	integer_value(PG_GETARG_INT32(1), 0, &values[0]);
	for (int i = 0; i < ARR_DIMS(array)[0]; i++)
		integer_value(driver[i], i + 1, &values[i + 1]);
}

static inline void
int2_values(FunctionCallInfo fcinfo, ArrayType *array, int64 *values)
{
	const int16 *driver = (const int16 *) drivers_elements(array);

	integer_value(PG_GETARG_INT16(1), 0, &values[0]);
	for (int i = 0; i < ARR_DIMS(array)[0]; i++)
		integer_value(driver[i], i + 1, &values[i + 1]);
}

/* The values of this row in units, the outcome first; the number of drivers, or 0: left out. */
static inline int
row_values(FunctionCallInfo fcinfo, Oid type, bool weighted, int64 *values, int64 *weight)
{
	ArrayType  *array = drivers_arg(fcinfo);

	if (PG_ARGISNULL(1) || array == NULL || (weighted && PG_ARGISNULL(3)) ||
		(ARR_HASNULL(array) && array_contains_nulls(array)))
		return 0;
	if (type == NUMERICOID)
		numeric_values(fcinfo, array, values);
	else if (type == INT4OID)
		int4_values(fcinfo, array, values);
	else if (type == INT2OID)
		int2_values(fcinfo, array, values);
	else
		float_values(fcinfo, array, values);
	if (weighted && !drivers_weight_units(PG_GETARG_FLOAT8(3), weight))
		reject_weight(PG_GETARG_FLOAT8(3));
	return ARR_DIMS(array)[0];
}

/* Argument 0; forward a new state if there is none. */
static inline DriverSummary *
state_arg(FunctionCallInfo fcinfo, bool weighted, bool inverse)
{
	DriverSummary *state;

	if (PG_ARGISNULL(0))
	{
		if (inverse)
			aggregate_reject_no_state(AGGREGATES);
		return drivers_new(0, weighted);
	}
	state = drivers_detoast(aggregate_state(fcinfo));
	if (drivers_weighted(state) != weighted)
		drivers_reject(DRIVERS_OTHER_KIND, 0, 0);
	return state;
}

/* A state without answers, with room for so many drivers. */
static DriverSummary *
with_room(const DriverSummary *state, int drivers)
{
	DriverSummary *larger = drivers_new(drivers, drivers_weighted(state));

	larger->left_out = state->left_out;
	return larger;
}

/*
 * Count or take away the row of the arguments (state, outcome, drivers [, weight]),
 * where outcome and drivers are of this type.
 */
static pg_attribute_always_inline Datum
transition(FunctionCallInfo fcinfo, Oid type, bool weighted, bool inverse)
{
	DriverSummary *state;
	DriverStatus status;
	int64		values[DRIVERS_MAX + 1];
	int64		weight = 0;
	int			drivers;

	(void) aggregate_require(fcinfo, AGGREGATES);
	state = state_arg(fcinfo, weighted, inverse);
	drivers = row_values(fcinfo, type, weighted, values, &weight);
	if (drivers > 0 && state->drivers == 0 && !inverse)
		state = with_room(state, drivers);
	if (drivers == 0)
		status = drivers_add_left_out(state, inverse ? -1 : 1);
	else if (drivers != state->drivers)
		status = state->drivers == 0 ? DRIVERS_BELOW_ZERO : DRIVERS_OTHER_NUMBER;
	else if (weighted)
		status = inverse ? drivers_remove_weighted(state, values, weight) :
			drivers_add_weighted(state, values, weight);
	else
		status = inverse ? drivers_remove(state, values) : drivers_add(state, values);
	if (unlikely(status != DRIVERS_OK))
		drivers_reject(status, state->drivers, drivers);
	if (inverse)
		SET_VARSIZE(state, drivers_bytes(state));
	PG_RETURN_POINTER(state);
}

/*
 * driver_summary_accum, driver_summary_accum_inv, driver_summary_accum_weighted,
 * driver_summary_accum_weighted_inv, and the same with _int2, _int4 and _numeric behind
 * accum: constant arguments, so that each is compiled by itself.
 */
#define TRANSITION(name, type, weighted, inverse) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		return transition(fcinfo, type, weighted, inverse); \
	} \
	extern int no_such_variable

#define TRANSITIONS(name, type) \
	TRANSITION(name, type, false, false); \
	TRANSITION(name##_inv, type, false, true); \
	TRANSITION(name##_weighted, type, true, false); \
	TRANSITION(name##_weighted_inv, type, true, true)

TRANSITIONS(driver_summary_accum, FLOAT8OID);
TRANSITIONS(driver_summary_accum_int2, INT2OID);
TRANSITIONS(driver_summary_accum_int4, INT4OID);
TRANSITIONS(driver_summary_accum_numeric, NUMERICOID);

/* The state of a merging aggregate: strict, so the first value is the first state as it is. */
static DriverSummary *
merging_state(FunctionCallInfo fcinfo)
{
	(void) aggregate_require(fcinfo, AGGREGATES);
	return drivers_detoast(aggregate_state(fcinfo));
}

PG_FUNCTION_INFO_V1(driver_summary_combine);
Datum
driver_summary_combine(PG_FUNCTION_ARGS)
{
	DriverSummary *state = merging_state(fcinfo);

	PG_RETURN_POINTER(drivers_added(state, PG_GETARG_DRIVERS(1)));
}

PG_FUNCTION_INFO_V1(driver_summary_combine_inv);
Datum
driver_summary_combine_inv(PG_FUNCTION_ARGS)
{
	DriverSummary *state = merging_state(fcinfo);

	drivers_taken(state, PG_GETARG_DRIVERS(1));
	PG_RETURN_POINTER(state);
}

/*
 * A copy, because in a moving frame the state goes on changing.  An aggregate of
 * somebody else may have taken away rows that never were there; that ends here, so
 * that each value that gets out can be read back.
 */
PG_FUNCTION_INFO_V1(driver_summary_final);
Datum
driver_summary_final(PG_FUNCTION_ARGS)
{
	DriverSummary *state = PG_GETARG_DRIVERS(0);

	if (state->responses == 0 && state->left_out == 0)
		PG_RETURN_NULL();
	if (drivers_validate(state, VARSIZE(state)) != DRIVERS_OK)
		drivers_reject(DRIVERS_BELOW_ZERO, 0, 0);
	PG_RETURN_POINTER(drivers_copy(state));
}
