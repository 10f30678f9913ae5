/*
 * rake_weights.c
 *		rake_weights(cells, targets, most): weights with which answers have known shares
 *		in several margins; see core/breakdown/rake.h.
 *
 * Cells are [{"labels": {"age": "18-24", "sex": "f"}, "responses": 12}, ...], targets
 * {"age": {"18-24": 0.2, ...}, "sex": {...}}.  The labels of a cell may say more than
 * the targets ask for.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"
#include "utils/tuplestore.h"

#include "breakdown/breakdown_datum.h"
#include "breakdown/rake.h"
#include "shared/compat.h"

#define MOST_ROUNDS		1000

#define CELLS_HINT \
	"Write [{\"labels\": {\"age\": \"18-24\", \"sex\": \"f\"}, \"responses\": 12}, ...]."
#define TARGETS_HINT \
	"Write {\"age\": {\"18-24\": 0.2, \"25-99\": 0.8}, \"sex\": {\"f\": 0.5, \"m\": 0.5}}."

/* The name of a margin or of a category; in jsonb keys are sorted by length, then bytes. */
typedef struct RakeName
{
	char	   *text;
	int			length;
} RakeName;

typedef struct Task
{
	Rake		rake;
	RakeName	   *margins;
	RakeName	  **categories;		/* of each margin, sorted */
	Jsonb	  **labels;			/* of each cell */
	int64	   *counts;
} Task;

static RakeName
name_of(const JsonbValue *key)
{
	return (RakeName) {pnstrdup(key->val.string.val, key->val.string.len), key->val.string.len};
}

static double
double_of(Numeric value)
{
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow, NumericGetDatum(value)));
}

/* 22023 */
pg_noreturn static void
reject_targets(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("targets of raking: %s", what), errhint(TARGETS_HINT)));
}

/* 22023; cells count from 1 */
pg_noreturn static void
reject_cell(uint32 cell, const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cell %u of raking %s", cell + 1, what), errhint(CELLS_HINT)));
}

pg_noreturn static void
reject_null_label(uint32 cell, const char *margin)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cell %u of raking has a label \"%s\" that is NULL", cell + 1, margin),
			 errhint("Give it a label that has a share, as coalesce(label, 'unknown') does, or "
					 "leave the cell out.")));
}

/* The categories of a margin and their shares, which are made to sum to 1. */
static void
read_margin(Task *task, uint32 number, JsonbContainer *object)
{
	RakeMargin *m = &task->rake.margin[number];
	const char *name = task->margins[number].text;
	JsonbIterator *it = JsonbIteratorInit(object);
	JsonbIteratorToken token;
	JsonbValue	value;
	double		sum = 0;
	uint32		i = 0;

	m->categories = JsonContainerSize(object);
	m->target = palloc(m->categories * sizeof(double));
	m->sums = palloc(m->categories * sizeof(RakeSum));
	task->categories[number] = palloc(m->categories * sizeof(RakeName));
	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			task->categories[number][i] = name_of(&value);
		if (token != WJB_VALUE)
			continue;
		if (value.type != jbvNumeric || !((m->target[i] = double_of(value.val.numeric)) >= 0) ||
			isinf(m->target[i]))
			reject_targets(psprintf("the share of \"%s\" of \"%s\" is not a number of 0 or more",
									task->categories[number][i].text, name));
		sum += m->target[i++];
	}
	if (!(sum > 0) || isinf(sum))
		reject_targets(psprintf("the shares of \"%s\" have no sum above 0", name));
	for (i = 0; i < m->categories; i++)
		m->target[i] /= sum;
}

static void
read_targets(Task *task, Jsonb *targets)
{
	JsonbIterator *it = JsonbIteratorInit(&targets->root);
	JsonbIteratorToken token;
	JsonbValue	value;
	uint32		i = 0;

	if (!JB_ROOT_IS_OBJECT(targets) || JB_ROOT_COUNT(targets) == 0)
		reject_targets("they are not an object with a key for each margin");
	task->rake.margins = JB_ROOT_COUNT(targets);
	task->rake.margin = palloc0(task->rake.margins * sizeof(RakeMargin));
	task->margins = palloc(task->rake.margins * sizeof(RakeName));
	task->categories = palloc(task->rake.margins * sizeof(RakeName *));
	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			task->margins[i] = name_of(&value);
		if (token != WJB_VALUE)
			continue;
		if (value.type != jbvBinary || !JsonContainerIsObject(value.val.binary.data))
			reject_targets(psprintf("\"%s\" is not an object of shares", task->margins[i].text));
		read_margin(task, i++, value.val.binary.data);
	}
}

/* What ->> gives of a string, a number or a boolean; false for anything else. */
static bool
label_text(JsonbValue *value, RakeName *label)
{
	if (value->type == jbvString)
		*label = name_of(value);
	else if (value->type == jbvNumeric)
		label->text = DatumGetCString(DirectFunctionCall1(numeric_out,
														  NumericGetDatum(value->val.numeric)));
	else if (value->type == jbvBool)
		label->text = value->val.boolean ? "true" : "false";
	else
		return false;
	label->length = (int) strlen(label->text);
	return true;
}

static int
compare_names(const void *a, const void *b)
{
	const RakeName *x = a;
	const RakeName *y = b;

	if (x->length != y->length)
		return x->length < y->length ? -1 : 1;
	return memcmp(x->text, y->text, (size_t) x->length);
}

/* Into which category of a margin a cell falls. */
static void
place_cell(Task *task, uint32 cell, uint32 number, JsonbContainer *labels)
{
	RakeMargin *m = &task->rake.margin[number];
	const RakeName *margin = &task->margins[number];
	JsonbValue	value;
	RakeName		label = {NULL, 0};
	RakeName	   *found;

	if (getKeyJsonValueFromContainer(labels, margin->text, margin->length, &value) == NULL)
		reject_cell(cell, psprintf("has no label \"%s\"", margin->text));
	if (value.type == jbvNull)
		reject_null_label(cell, margin->text);
	if (!label_text(&value, &label))
		reject_cell(cell, psprintf("has no label \"%s\"", margin->text));
	found = bsearch(&label, task->categories[number], m->categories, sizeof(RakeName),
					compare_names);
	if (found == NULL && task->counts[cell] > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" of \"%s\" has answers but no target", label.text, margin->text),
				 errhint("Give it one; the target 0 leaves its answers out.")));
	/* without answers it counts nowhere */
	m->category[cell] = found == NULL ? 0 : (uint32) (found - task->categories[number]);
}

static void
read_count(Task *task, uint32 cell, const JsonbValue *value)
{
	Datum		number;

	if (value == NULL || value->type != jbvNumeric)
		reject_cell(cell, "has no number \"responses\"");
	number = NumericGetDatum(value->val.numeric);
	if (!DatumGetBool(DirectFunctionCall2(numeric_eq, number,
										  DirectFunctionCall2(numeric_trunc, number,
															  Int32GetDatum(0)))) ||
		double_of(value->val.numeric) < 0)
		reject_cell(cell, psprintf("has %s \"responses\", not a whole number of 0 or more",
								   DatumGetCString(DirectFunctionCall1(numeric_out, number))));
	if (exact_less(int64_to_numeric(PG_INT64_MAX), value->val.numeric))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cell %u of raking has %s \"responses\", more than 2^63 - 1", cell + 1,
						DatumGetCString(DirectFunctionCall1(numeric_out, number))),
				 errhint("Weights depend on proportions alone: divide the responses of all cells "
						 "by the same number.")));
	task->counts[cell] = DatumGetInt64(DirectFunctionCall1(numeric_int8, number));
	task->rake.responses[cell] = (double) task->counts[cell];
}

static void
read_cell(Task *task, uint32 cell, JsonbValue *value)
{
	JsonbValue	labels;
	JsonbValue	responses;

	if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
		reject_cell(cell, "is not an object");
	read_count(task, cell, getKeyJsonValueFromContainer(value->val.binary.data, "responses",
														strlen("responses"), &responses));
	if (getKeyJsonValueFromContainer(value->val.binary.data, "labels", strlen("labels"),
									 &labels) == NULL ||
		labels.type != jbvBinary || !JsonContainerIsObject(labels.val.binary.data))
		reject_cell(cell, "has no object \"labels\"");
	task->labels[cell] = JsonbValueToJsonb(&labels);
	for (uint32 k = 0; k < task->rake.margins; k++)
		place_cell(task, cell, k, labels.val.binary.data);
}

static void
read_cells(Task *task, Jsonb *cells)
{
	Rake	   *r = &task->rake;

	if (!JB_ROOT_IS_ARRAY(cells) || JB_ROOT_IS_SCALAR(cells))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cells of raking are not an array"), errhint(CELLS_HINT)));
	r->cells = JB_ROOT_COUNT(cells);
	r->responses = palloc0((r->cells + 1) * sizeof(double));
	r->weight = palloc0((r->cells + 1) * sizeof(double));
	task->counts = palloc0((r->cells + 1) * sizeof(int64));
	task->labels = palloc((r->cells + 1) * sizeof(Jsonb *));
	for (uint32 k = 0; k < r->margins; k++)
		r->margin[k].category = palloc((r->cells + 1) * sizeof(uint32));
	for (uint32 i = 0; i < r->cells; i++)
	{
		read_cell(task, i, getIthJsonbValueFromContainer(&cells->root, i));
		CHECK_FOR_INTERRUPTS();
	}
}

/* Every target needs answers, of which weights can make more. */
static void
require_answers(const Task *task, uint32 number)
{
	const RakeMargin *m = &task->rake.margin[number];
	bool	   *seen = palloc0(m->categories * sizeof(bool));

	for (uint32 i = 0; i < task->rake.cells; i++)
		if (task->counts[i] > 0)
			seen[m->category[i]] = true;
	for (uint32 k = 0; k < m->categories; k++)
		if (!seen[k])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("\"%s\" of \"%s\" has a target but no answers",
							task->categories[number][k].text, task->margins[number].text),
					 errhint("Join it with a label that is like it, in cells and targets.")));
}

/* The limit on weights in an argument; none if it is NULL. */
static double
most_arg(FunctionCallInfo fcinfo, int n)
{
	double		most;

	if (PG_ARGISNULL(n))
		return INFINITY;
	most = double_of(PG_GETARG_NUMERIC(n));
	if (!(most >= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the largest weight %s is below the mean of all, which is 1",
						DatumGetCString(DirectFunctionCall1(numeric_out, PG_GETARG_DATUM(n)))),
				 errhint("Usual limits are 3 to 5.")));
	return most;
}

/* 22023: the margins contradict each other, or the limit. */
pg_noreturn static void
reject_margins(const Task *task, const RakeWorst *worst)
{
	const RakeMargin *m = &task->rake.margin[worst->margin];

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("raking does not converge"),
			 errdetail("After %d rounds \"%s\" of \"%s\" still has the share %.6f instead of %.6f.",
					   MOST_ROUNDS, task->categories[worst->margin][worst->category].text,
					   task->margins[worst->margin].text, worst->share,
					   m->target[worst->category]),
			 isinf(task->rake.most) ?
			 errhint("Join labels with few answers, in cells and targets.") :
			 errhint("Raise the largest weight, or join labels with few answers, in cells and "
					 "targets.")));
}

static void
put_weights(FunctionCallInfo fcinfo, const Task *task)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	for (uint32 i = 0; i < task->rake.cells; i++)
	{
		bool		nulls[3] = {false, false, task->counts[i] == 0};
		Datum		values[3];

		values[0] = JsonbPGetDatum(task->labels[i]);
		values[1] = Int64GetDatum(task->counts[i]);
		values[2] = Float8GetDatum(task->rake.weight[i]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
}

/* rake_weights(cells jsonb, targets jsonb, most numeric) -> (labels, responses, weight) */
PG_FUNCTION_INFO_V1(breakdown_rake_weights);
Datum
breakdown_rake_weights(PG_FUNCTION_ARGS)
{
	Task		task = {0};
	RakeWorst	worst = {.distance = 1};

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	read_targets(&task, PG_GETARG_JSONB_P(1));
	read_cells(&task, PG_GETARG_JSONB_P(0));
	for (uint32 k = 0; k < task.rake.margins; k++)
		require_answers(&task, k);
	task.rake.most = most_arg(fcinfo, 2);
	rake_begin(&task.rake);
	for (int round = 0; round < MOST_ROUNDS && worst.distance > RAKE_TOLERANCE; round++)
	{
		worst = rake_round(&task.rake);
		CHECK_FOR_INTERRUPTS();
	}
	if (worst.distance > RAKE_TOLERANCE)
		reject_margins(&task, &worst);
	put_weights(fcinfo, &task);
	return (Datum) 0;
}
