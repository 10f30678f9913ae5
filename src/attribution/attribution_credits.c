/*
 * attribution_credits.c
 *		attribution_credits(journey_attribution, model): who earned what.
 *
 * The credits of every model sum exactly to the conversions.  The units of the
 * shared models were whole from the start; the shares of the Markov
 * chain are rounded to units, and the touchpoint with the largest effect, of
 * equal ones the first by its bytes, takes what is left.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/numeric.h"
#include "utils/tuplestore.h"

#include "attribution/attribution_datum.h"
#include "base/decimal_units.h"
#include "journey/label_slip.h"
#include "shared/value_error.h"

typedef enum Model
{
	MODEL_FIRST = SHARED_FIRST,
	MODEL_LAST = SHARED_LAST,
	MODEL_LINEAR = SHARED_LINEAR,
	MODEL_POSITION = SHARED_POSITION,
	MODEL_TIME_DECAY = SHARED_TIME_DECAY,
	MODEL_MARKOV
} Model;

static const char *const model_names[] = {
	"first", "last", "linear", "position", "time_decay", "markov"
};

typedef struct Credit
{
	JourneyLabel touchpoint;
	Uint128 units;
} Credit;

/* A packed value as arrays. */
typedef struct Content
{
	AttributionReader reader;
	JourneyLabel *labels;
	AttributionRow *rows;
	AttributionStep *steps;
	int64		direct;			/* conversions without a touch */
	int64		touched;		/* all others */
} Content;

static Model
model_arg(FunctionCallInfo fcinfo, int argno)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(argno));

	for (int m = 0; m < (int) lengthof(model_names); m++)
		if (strcmp(name, model_names[m]) == 0)
			return (Model) m;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("there is no attribution model \"%s\"", value_shown(name, strlen(name))),
			 errhint("The models are first, last, linear, position, time_decay and markov.")));
	return MODEL_LAST;			/* keep the compiler quiet */
}

static void
add_count(int64 *sum, int64 count)
{
	if (__builtin_add_overflow(*sum, count, sum))
		attribution_reject_stored();
}

static void
read_content(const Attribution *value, Content *c)
{
	c->reader = attribution_open(value);
	c->labels = palloc(Max(c->reader.rows, 1) * sizeof(JourneyLabel));
	c->rows = palloc(Max(c->reader.rows, 1) * sizeof(AttributionRow));
	c->steps = palloc(Max(c->reader.steps, 1) * sizeof(AttributionStep));
	c->direct = c->touched = 0;
	for (uint32 i = 0; i < c->reader.rows; i++)
		if (!attribution_read_row(&c->reader, &c->labels[i], &c->rows[i]))
			attribution_reject_stored();
	for (uint32 i = 0; i < c->reader.steps; i++)
	{
		AttributionStep *step = &c->steps[i];

		if (!attribution_read_step(&c->reader, step))
			attribution_reject_stored();
		if (step->to == TO_CONVERSION)
			add_count(step->from == FROM_START ? &c->direct : &c->touched, step->count);
	}
	if (c->reader.at != c->reader.end)
		attribution_reject_stored();
}

static void
tick(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* The chain as a matrix; see attribution_markov.c. */
static double *
removal_effects(const Content *c)
{
	uint32		n = c->reader.rows;
	double	   *matrix = palloc0(Max((Size) n * n, 1) * sizeof(double));
	double	   *vectors = palloc0(Max((Size) n * 4, 1) * sizeof(double));
	double	   *absorbed = vectors;
	double	   *converted = vectors + n;

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
		if (step->to == TO_CONVERSION)
			converted[from] = (double) step->count;
	}
	if (!attribution_removal(matrix, absorbed, converted, vectors + (Size) 2 * n, n,
							 vectors + (Size) 3 * n, tick))
		attribution_reject_stored();
	pfree(matrix);
	return vectors + (Size) 3 * n;
}

/* Share the touched conversions in proportion to the effects. */
static void
share_by_effect(const Content *c, const double *effects, Credit *credits)
{
	Uint128 whole = (Uint128) c->touched * ATTRIBUTION_UNITS;
	Uint128 left = whole;
	uint32		largest = 0;
	double		sum = 0;

	for (uint32 i = 0; i < c->reader.rows; i++)
	{
		sum += effects[i];
		if (effects[i] > effects[largest])
			largest = i;
	}
	for (uint32 i = 0; i < c->reader.rows; i++)
	{
		double		part = sum > 0 ? round((double) whole * (effects[i] / sum)) : 0;
		Uint128 units = part > 0 ? (Uint128) part : 0;

		credits[i].units = i == largest ? 0 : Min(units, left);
		left -= credits[i].units;
	}
	if (c->reader.rows > 0)
		credits[largest].units = left;
}

static void
share_by_chain(const Content *c, Credit *credits)
{
	if (c->reader.rows > ATTRIBUTION_MAX_SOLVE)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("model markov takes at most %d different touchpoints, not %u",
						ATTRIBUTION_MAX_SOLVE, c->reader.rows),
				 errhint("Group what is alike into fewer touchpoints, or take another model.")));
	if (c->touched > 0)
		share_by_effect(c, removal_effects(c), credits);
}

static void
find_credits(const Content *c, Model model, Credit *credits)
{
	for (uint32 i = 0; i < c->reader.rows; i++)
	{
		credits[i].touchpoint = c->labels[i];
		credits[i].units = 0;
		if (model != MODEL_MARKOV)
			credits[i].units = uint128_load(c->rows[i].units[model]);
	}
	if (model == MODEL_MARKOV)
		share_by_chain(c, credits);
}

/* Most first; credits stand in the order of the bytes already, so their place decides. */
static int
compare_credits(const void *a, const void *b)
{
	const Credit *x = *(const Credit *const *) a;
	const Credit *y = *(const Credit *const *) b;

	if (x->units != y->units)
		return x->units > y->units ? -1 : 1;
	return (x > y) - (x < y);
}

static Datum
numeric_of(Uint128 units, int decimals)
{
	char		text[64];

	decimal_units_print(text, units, decimals);
	return DirectFunctionCall3(numeric_in, CStringGetDatum(text), ObjectIdGetDatum(InvalidOid),
							   Int32GetDatum(-1));
}

static void
put_credit(ReturnSetInfo *rsinfo, const Credit *credit, Uint128 conversions)
{
	Datum		values[3];
	bool		nulls[3] = {false, false, conversions == 0};

	values[0] = PointerGetDatum(cstring_to_text_with_len(credit->touchpoint.text,
														 (int) credit->touchpoint.length));
	values[1] = numeric_of(credit->units, ATTRIBUTION_DECIMALS);
	values[2] = (Datum) 0;
	if (conversions > 0)
		values[2] = DirectFunctionCall2(numeric_div,
										numeric_of(credit->units, ATTRIBUTION_DECIMALS - 2),
										numeric_of(conversions, 0));
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/*
 * A goal that nobody reached is no error, since one group without an order must
 * not end a report; but it may be a slip of the pen.
 */
static void
notice_no_goal(FunctionCallInfo fcinfo, const Content *c)
{
	const JourneyLabel *goal = &c->reader.goal;
	uint32		nearest;

	if (c->direct + c->touched > 0 || c->reader.rows == 0 || label_said_before(fcinfo, goal))
		return;
	nearest = label_most_like(goal, c->labels, c->reader.rows);
	ereport(NOTICE,
			(errmsg("nobody reached the goal \"%.*s\" in this attribution",
					(int) goal->length, goal->text),
			 errhint("The touchpoint with the label most like it is \"%.*s\".",
					 (int) c->labels[nearest].length, c->labels[nearest].text)));
}

/* attribution_credits(journey_attribution, model) -> (touchpoint, credit, share) */
PG_FUNCTION_INFO_V1(attribution_credits);
Datum
attribution_credits(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Model		model = model_arg(fcinfo, 1);
	Content		c;
	Credit	   *credits;
	Credit	  **order;
	uint32		n;

	InitMaterializedSRF(fcinfo, 0);
	read_content(PG_GETARG_ATTRIBUTION(0), &c);
	if (model == MODEL_TIME_DECAY && c.reader.half_life == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("model time_decay needs a half-life"),
				 errhint("Collect with one: attribution_agg(journey, goal, '7 days').")));
	notice_no_goal(fcinfo, &c);
	n = c.reader.rows;
	credits = palloc((n + (Size) 1) * sizeof(Credit));
	find_credits(&c, model, credits);
	if (c.direct > 0)
	{
		credits[n].touchpoint = (JourneyLabel) {"(none)", 6};
		credits[n++].units = (Uint128) c.direct * ATTRIBUTION_UNITS;
	}
	order = palloc(Max(n, 1) * sizeof(Credit *));
	for (uint32 i = 0; i < n; i++)
		order[i] = &credits[i];
	qsort(order, n, sizeof(Credit *), compare_credits);
	for (uint32 i = 0; i < n; i++)
	{
		put_credit(rsinfo, order[i], (Uint128) c.direct + (uint64) c.touched);
		CHECK_FOR_INTERRUPTS();
	}
	return (Datum) 0;
}
