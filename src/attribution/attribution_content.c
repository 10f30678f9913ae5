/*
 * attribution_content.c
 *		A packed attribution as arrays, how much there is in it, and the effects of its
 *		chain.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "attribution/attribution_content.h"
#include "journey/visit_value.h"

static void
add_count(int64 *sum, int64 count)
{
	if (__builtin_add_overflow(*sum, count, sum))
		attribution_reject_stored();
}

static void
read_rows(AttributionContent *c)
{
	for (uint32 i = 0; i < c->reader.rows; i++)
	{
		if (!attribution_read_row(&c->reader, &c->labels[i], &c->rows[i]))
			attribution_reject_stored();
		c->earned += c->rows[i].worth[WORTH_EARNED];
		c->refunded += c->rows[i].worth[WORTH_REFUNDED];
	}
	if (c->earned + c->refunded + (Int128) c->reader.money.earned +
		(Int128) c->reader.money.refunded > (Int128) ATTRIBUTION_MAX_GROSS)
		attribution_reject_stored();
}

/* Read a value from end to end; an error if it is damaged. */
void
attribution_read_content(const Attribution *value, AttributionContent *c)
{
	memset(c, 0, sizeof(*c));
	c->reader = attribution_open(value);
	c->labels = palloc(Max(c->reader.rows, 1) * sizeof(JourneyLabel));
	c->rows = palloc(Max(c->reader.rows, 1) * sizeof(AttributionRow));
	c->steps = palloc(Max(c->reader.steps, 1) * sizeof(AttributionStep));
	read_rows(c);
	for (uint32 i = 0; i < c->reader.steps; i++)
	{
		AttributionStep *step = &c->steps[i];

		if (!attribution_read_step(&c->reader, step))
			attribution_reject_stored();
		if (step->to == TO_CONVERSION)
			add_count(step->from == FROM_START ? &c->untouched : &c->touched, step->count);
		if (step->to == TO_NULL)
			add_count(&c->null_paths, step->count);
	}
	if (c->reader.at != c->reader.end)
		attribution_reject_stored();
}

static void
tick(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* 54000 */
static void
check_solvable(const AttributionContent *c)
{
	if (c->reader.rows > ATTRIBUTION_MAX_SOLVE)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("model markov takes at most %d different touchpoints, not %u",
						ATTRIBUTION_MAX_SOLVE, c->reader.rows),
				 errhint("Group what is alike into fewer touchpoints, or take another model.")));
}

/*
 * What is lost of what was won, when a touchpoint is removed from the chain, for each;
 * won says how much conversions straight behind a touchpoint have won, all together: how
 * many they were, or their money.  It may be of several kinds, one behind the other, and
 * is overwritten.  See attribution_markov.c.
 */
double *
attribution_effects(const AttributionContent *c, double *won, uint32 kinds)
{
	uint32		n = c->reader.rows;
	double	   *effects = palloc(Max((Size) n * kinds, 1) * sizeof(double));
	double	   *matrix;
	double	   *absorbed;

	check_solvable(c);
	matrix = palloc0(Max((Size) n * n, 1) * sizeof(double));
	absorbed = palloc0(Max((Size) n * 2, 1) * sizeof(double));
	for (uint32 i = 0; i < c->reader.steps; i++)
	{
		const AttributionStep *step = &c->steps[i];
		Size		from = step->from - FROM_TOUCH;

		if (step->from == FROM_START)
			continue;
		if (step->to >= TO_TOUCH)
			matrix[from * n + step->to - TO_TOUCH] = (double) step->count;
		else
			absorbed[from] += (double) step->count;
	}
	if (!attribution_removal(matrix, absorbed, won, kinds, absorbed + n, n, effects, tick))
		attribution_reject_stored();
	pfree(matrix);
	pfree(absorbed);
	return effects;
}

/*
 * attribution_counts(journey_attribution) ->
 *		(conversions, without_touch, null_paths, without_value, value)
 */
PG_FUNCTION_INFO_V1(attribution_counts);
Datum
attribution_counts(PG_FUNCTION_ARGS)
{
	AttributionContent c;
	TupleDesc	tupdesc;
	Datum		values[5];
	bool		nulls[5] = {false};
	int64		conversions;

	if (get_call_result_type(fcinfo, NULL, &tupdesc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	attribution_read_content(PG_GETARG_ATTRIBUTION(0), &c);
	conversions = c.untouched;
	add_count(&conversions, c.touched);
	if (c.reader.money.with_value > conversions)
		attribution_reject_stored();
	values[0] = Int64GetDatum(conversions);
	values[1] = Int64GetDatum(c.untouched);
	values[2] = Int64GetDatum(c.null_paths);
	values[3] = Int64GetDatum(conversions - c.reader.money.with_value);
	nulls[4] = !attribution_content_has(&c, ATTRIBUTION_MONEY);
	values[4] = nulls[4] ? (Datum) 0 : visit_value_datum(attribution_content_worth(&c));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(tupdesc), values, nulls)));
}
