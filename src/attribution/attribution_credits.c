/*
 * attribution_credits.c
 *		attribution_credits(journey_attribution, model) and attribution_values(): who
 *		earned what, in conversions and in money.
 *
 * The amounts of every model but participation sum exactly to what there was.  The sums
 * of the shared models are whole units already; j_curve and inverse_j are hundredths of
 * them, so all amounts are counted in these.  The shares of the Markov chain are rounded
 * to units, and the touchpoint with the largest effect, of equal ones the first by its
 * bytes, takes what is left.
 *
 * What the removal of a touchpoint costs in money: the chain is the same, of all paths,
 * and a conversion is worth what those straight behind the same touchpoint were worth in
 * the mean; so does ChannelAttribution (Altomare and Loris), which draws it.  If all
 * conversions are worth the same, money is shared as they are.  What was earned and what
 * was refunded are shared apart, since the effects of both together may cancel out.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/numeric.h"
#include "utils/tuplestore.h"

#include "attribution/attribution_content.h"
#include "base/label_key.h"
#include "journey/label_slip.h"
#include "shared/units_numeric.h"
#include "shared/value_error.h"

typedef enum Model
{
	MODEL_FIRST = SHARED_FIRST,
	MODEL_LAST = SHARED_LAST,
	MODEL_LINEAR = SHARED_LINEAR,
	MODEL_POSITION = SHARED_POSITION,
	MODEL_TIME_DECAY = SHARED_TIME_DECAY,
	MODEL_SHAPLEY = SHARED_SHAPLEY,
	MODEL_LAST_NON_DIRECT = SHARED_LAST_NON_DIRECT,
	MODEL_J_CURVE,
	MODEL_INVERSE_J,
	MODEL_PARTICIPATION,
	MODEL_MARKOV
} Model;

static const char *const model_names[] = {
	"first", "last", "linear", "position", "time_decay", "shapley", "last_non_direct", "j_curve",
	"inverse_j", "participation", "markov"
};

/* The row of the conversions without a touch. */
static const char none[] = "(none)";

/* An amount is in hundredths of a unit. */
#define HUNDREDTHS 100

typedef struct Credit
{
	JourneyLabel touchpoint;
	Int128		amount;
} Credit;

/* What is read: a model, of conversions or of money. */
typedef struct Question
{
	Model		model;
	bool		money;
	int			decimals;		/* of an amount */
	Int128		total;			/* amount of all that there was */
} Question;

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
			 errhint("The models are first, last, linear, position, j_curve, inverse_j, "
					 "time_decay, shapley, participation, last_non_direct and markov.")));
	return MODEL_LAST;			/* keep the compiler quiet */
}

/* 22023 where the value was collected without what the model needs */
static void
require_model(const AttributionContent *c, const Question *q)
{
	bool		basic = c->reader.rows > 0 && !attribution_content_has(c, ATTRIBUTION_FURTHER);

	if (q->model == MODEL_TIME_DECAY && c->reader.rules.half_life == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("model time_decay needs a half-life"),
				 errhint("Collect with one: attribution_agg(journey, goal, '7 days').")));
	if (q->model == MODEL_LAST_NON_DIRECT && c->reader.rules.direct.length == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("model last_non_direct needs the label of the direct touchpoint"),
				 errhint("Collect with it: "
						 "attribution_agg(journey, goal, NULL, NULL, 'direct').")));
	if (!q->money && basic && q->model >= MODEL_SHAPLEY && q->model != MODEL_MARKOV)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("this attribution does not know what model %s needs",
						model_names[q->model]),
				 errdetail("It knows only first, last, linear, position, time_decay and markov."),
				 errhint("Collect it again from its journeys.")));
}

/* Share an amount in proportion to the effects, in whole units. */
static void
share_by_effect(const AttributionContent *c, Int128 whole, const double *effects, int sign,
				Credit *credits)
{
	Uint128 left = (Uint128) whole;
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

		if (i == largest)
			continue;
		units = Min(units, left);
		credits[i].amount += sign * HUNDREDTHS * (Int128) units;
		left -= units;
	}
	if (c->reader.rows > 0)
		credits[largest].amount += sign * HUNDREDTHS * (Int128) left;
}

/* The conversions straight behind each touchpoint, or what they earned, and what was refunded. */
static void
find_won(const AttributionContent *c, bool money, double *won)
{
	uint32		n = c->reader.rows;

	for (uint32 i = 0; i < c->reader.steps && !money; i++)
		if (c->steps[i].to == TO_CONVERSION && c->steps[i].from >= FROM_TOUCH)
			won[c->steps[i].from - FROM_TOUCH] = (double) c->steps[i].count;
	for (uint32 i = 0; i < n && money; i++)
	{
		won[i] = (double) c->rows[i].worth[WORTH_EARNED];
		won[n + i] = (double) c->rows[i].worth[WORTH_REFUNDED];
	}
}

/* Share the conversions that have a touch, or their money, by the chain. */
static void
share_by_chain(const AttributionContent *c, bool money, Credit *credits)
{
	uint32		n = c->reader.rows;
	double	   *won = palloc0(Max((Size) n * 2, 1) * sizeof(double));
	Int128		earned = money ? c->earned : c->touched;
	double	   *effects;

	if (earned == 0 && c->refunded == 0)
		return;
	find_won(c, money, won);
	effects = attribution_effects(c, won, money ? 2 : 1);
	share_by_effect(c, earned * (Int128) ATTRIBUTION_UNITS, effects, 1, credits);
	if (money)
		share_by_effect(c, c->refunded * (Int128) ATTRIBUTION_UNITS, effects + n, -1, credits);
}

/* The amount of a touchpoint by a model that is not markov. */
static Int128
amount_of(const AttributionRow *row, const Question *q)
{
	const Int128 *sums = q->money ? row->money : row->units;
	Int128		pairs = q->money ? row->worth[WORTH_PAIRS] : row->pairs;
	Int128		paths = q->money ? row->worth[WORTH_PATHS] : row->paths;

	switch (q->model)
	{
		case MODEL_J_CURVE:
		case MODEL_INVERSE_J:
			return attribution_curve(sums, pairs * (Int128) ATTRIBUTION_UNITS,
									 q->model == MODEL_INVERSE_J);
		case MODEL_PARTICIPATION:
			return paths * (Int128) ATTRIBUTION_UNITS * HUNDREDTHS;
		default:
			return sums[q->model] * HUNDREDTHS;
	}
}

static void
find_credits(const AttributionContent *c, const Question *q, Credit *credits)
{
	for (uint32 i = 0; i < c->reader.rows; i++)
	{
		credits[i].touchpoint = c->labels[i];
		credits[i].amount = q->model == MODEL_MARKOV ? 0 : amount_of(&c->rows[i], q);
	}
	if (q->model == MODEL_MARKOV)
		share_by_chain(c, q->money, credits);
}

/* Most first; credits stand in the order of the bytes already, so their place decides. */
static int
compare_credits(const void *a, const void *b)
{
	const Credit *x = *(const Credit *const *) a;
	const Credit *y = *(const Credit *const *) b;

	if (x->amount != y->amount)
		return x->amount > y->amount ? -1 : 1;
	return (x > y) - (x < y);
}

/* The shortest numeric of that many units, with no zeros at its end. */
static Datum
numeric_of(Int128 units, int decimals)
{
	return DirectFunctionCall1(numeric_trim_scale,
							   NumericGetDatum(units_numeric(units, decimals)));
}

/* A touchpoint as results show it: one that is called (none) in quotes. */
static text *
touchpoint_text(const JourneyLabel *touchpoint)
{
	int			length = (int) touchpoint->length;

	if (touchpoint->text != none &&
		journey_label_within_quotes(touchpoint->text, touchpoint->length, none))
		return cstring_to_text(psprintf("\"%.*s\"", length, touchpoint->text));
	return cstring_to_text_with_len(touchpoint->text, length);
}

/* A touchpoint, its amount, and its share in percent; without money there is neither. */
static void
put_credit(ReturnSetInfo *rsinfo, const Credit *credit, const Question *q, bool unknown)
{
	Datum		values[3] = {0};
	bool		nulls[3] = {false, unknown, unknown || q->total == 0};

	values[0] = PointerGetDatum(touchpoint_text(&credit->touchpoint));
	if (!nulls[1])
		values[1] = numeric_of(credit->amount, q->decimals);
	if (!nulls[2])
		values[2] = DirectFunctionCall2(numeric_div, numeric_of(credit->amount, q->decimals - 2),
										numeric_of(q->total, q->decimals));
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/*
 * A goal that nobody reached is no error, since one group without an order must
 * not end a report; but it may be a slip of the pen.
 */
static void
notice_no_goal(FunctionCallInfo fcinfo, const AttributionContent *c)
{
	const JourneyLabel *goal = &c->reader.rules.goal;
	uint32		nearest;

	if (c->untouched > 0 || c->touched > 0 || c->reader.rows == 0 ||
		label_said_before(fcinfo, goal))
		return;
	nearest = label_most_like(goal, c->labels, c->reader.rows);
	ereport(NOTICE,
			(errmsg("nobody reached the goal \"%.*s\" in this attribution",
					(int) goal->length, goal->text),
			 errhint("The touchpoint with the label most like it is \"%.*s\".",
					 (int) c->labels[nearest].length, c->labels[nearest].text)));
}

/*
 * Nor is a direct touchpoint that nobody came by; but then last_non_direct is last.  Once a
 * query, and not behind a notice of the goal, whose label is remembered in the same place.
 */
static void
notice_no_direct(FunctionCallInfo fcinfo, const AttributionContent *c)
{
	const JourneyLabel *direct = &c->reader.rules.direct;
	uint32		nearest;

	for (uint32 i = 0; i < c->reader.rows; i++)
		if (journey_same_label(&c->labels[i], direct))
			return;
	if (c->reader.rows == 0 || fcinfo->flinfo->fn_extra != NULL ||
		label_said_before(fcinfo, direct))
		return;
	nearest = label_most_like(direct, c->labels, c->reader.rows);
	ereport(NOTICE,
			(errmsg("nobody came by the direct touchpoint \"%.*s\" in this attribution",
					(int) direct->length, direct->text),
			 errhint("The touchpoint with the label most like it is \"%.*s\".",
					 (int) c->labels[nearest].length, c->labels[nearest].text)));
}

/* The touchpoints and, if there are any, the conversions without a touch. */
static uint32
all_credits(const AttributionContent *c, const Question *q, Credit *credits)
{
	Int128		untouched = q->money ?
		(Int128) c->reader.money.earned - (Int128) c->reader.money.refunded : c->untouched;
	uint32		n = c->reader.rows;

	find_credits(c, q, credits);
	if (c->untouched > 0)
	{
		credits[n].touchpoint = (JourneyLabel) {none, sizeof(none) - 1};
		credits[n++].amount = untouched * (Int128) ATTRIBUTION_UNITS * HUNDREDTHS;
	}
	return n;
}

static Datum
answer(FunctionCallInfo fcinfo, bool money)
{
	Question	q = {model_arg(fcinfo, 1), money,
	(money ? ATTRIBUTION_MONEY_DECIMALS : ATTRIBUTION_DECIMALS) + 2, 0};
	AttributionContent c;
	Credit	   *credits;
	Credit	  **order;
	uint32		n;

	InitMaterializedSRF(fcinfo, 0);
	attribution_read_content(PG_GETARG_ATTRIBUTION(0), &c);
	require_model(&c, &q);
	notice_no_goal(fcinfo, &c);
	if (q.model == MODEL_LAST_NON_DIRECT)
		notice_no_direct(fcinfo, &c);
	q.total = (money ? attribution_content_worth(&c) : (Int128) c.untouched + c.touched) *
		(Int128) ATTRIBUTION_UNITS * HUNDREDTHS;
	credits = palloc((c.reader.rows + (Size) 1) * sizeof(Credit));
	n = all_credits(&c, &q, credits);
	order = palloc(Max(n, 1) * sizeof(Credit *));
	for (uint32 i = 0; i < n; i++)
		order[i] = &credits[i];
	qsort(order, n, sizeof(Credit *), compare_credits);
	for (uint32 i = 0; i < n; i++)
	{
		put_credit((ReturnSetInfo *) fcinfo->resultinfo, order[i], &q,
				   money && !attribution_content_has(&c, ATTRIBUTION_MONEY));
		CHECK_FOR_INTERRUPTS();
	}
	return (Datum) 0;
}

/* attribution_credits(journey_attribution, model) -> (touchpoint, credit, share) */
PG_FUNCTION_INFO_V1(attribution_credits);
Datum
attribution_credits(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, false);
}

/* attribution_values(journey_attribution, model) -> (touchpoint, value, share) */
PG_FUNCTION_INFO_V1(attribution_values);
Datum
attribution_values(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, true);
}
