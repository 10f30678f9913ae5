/*
 * attribution_io.c
 *		Text and binary input and output of journey_attribution.
 *
 * The binary form, in network byte order: version (1 byte), half-life in
 * microseconds (8; 0 without one), the goal as length (4) and text in the client's
 * encoding, number of touchpoints (4), number of steps (4), for each touchpoint its
 * label (4, text), units of first, last, linear, position and, with a half-life,
 * time_decay (16 each, the high half first); for each step from (4), to
 * (4) and how often (8), numbered as in the packed form.
 *
 * Whatever comes in is collected, validated and packed like the result of an
 * aggregate, so nothing but a canonical value can come out.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "attribution/attribution_datum.h"
#include "attribution/attribution_text.h"
#include "shared/value_wire.h"

#define TYPE_NAME "journey_attribution"

/* Bytes of a touchpoint, at least, and of a step in a message. */
#define ROW_BYTES	(5 + 4 * 16)
#define STEP_BYTES	16

#define TEXT_HINT \
	"Write goal, touchpoints and steps: purchase {ads 1 1 1 1} [^ > ads 1, ads > $ 1]."

static const char *
status_detail(AttributionStatus status)
{
	switch (status)
	{
		case ATTRIBUTION_OVERFLOW:
			return "The steps are more than 9223372036854775807.";
		case ATTRIBUTION_GOAL_TOUCHED:
			return "The goal is among the touchpoints.";
		case ATTRIBUTION_UNBALANCED:
			return "Every touchpoint has as many steps to it as from it, and at least one.";
		case ATTRIBUTION_BAD_UNITS:
			return "The conversions of a model must sum to the conversions that have a touch.";
		case ATTRIBUTION_OK:
		case ATTRIBUTION_CORRUPT:
			break;
	}
	return "The bytes are no attribution.";
}

/* Read all touchpoints; the scan explains an error. */
static bool
read_rows(AttributionTextReader *r, AttributionState **state)
{
	TextItem	item;

	while ((item = attribution_text_row(r)) == TEXT_ITEM)
	{
		JourneyLabel label = text_label(&r->name);
		uint32		before = (*state)->rows;

		*state = attribution_reserve(*state, 1, 0, label.length);
		if (attribution_state_row(*state, &label) != before)
			return text_scan_problem(&r->scan, "Touchpoint given twice before this");
		attribution_add_row(*state, before, &r->row);
		CHECK_FOR_INTERRUPTS();
	}
	return item == TEXT_END;
}

/* The row of a touchpoint that must be there. */
static bool
known_row(AttributionTextReader *r, const AttributionState *state,
		  const TextLabel *name, uint32 *row)
{
	JourneyLabel label = text_label(name);

	if (attribution_state_find(state, &label, row))
		return true;
	return text_scan_problem(&r->scan, "Step with a touchpoint that is not listed before this");
}

/* The step with its touchpoints by number. */
static bool
resolve_step(AttributionTextReader *r, const AttributionState *state, AttributionStep *step)
{
	uint32		row;

	*step = r->step;
	if (step->from != FROM_START)
	{
		if (!known_row(r, state, &r->name, &row))
			return false;
		step->from = row + FROM_TOUCH;
	}
	if (step->to == TO_TOUCH)
	{
		if (!known_row(r, state, &r->other, &row))
			return false;
		step->to = row + TO_TOUCH;
	}
	return true;
}

/* Read all steps; the scan explains an error. */
static bool
read_steps(AttributionTextReader *r, AttributionState **state)
{
	TextItem	item;

	while ((item = attribution_text_step(r)) == TEXT_ITEM)
	{
		AttributionStep step;
		uint32		before;

		if (!resolve_step(r, *state, &step))
			return false;
		*state = attribution_reserve(*state, 0, 1, 0);
		before = (*state)->steps;
		if (attribution_state_step(*state, step.from, step.to, step.count) != ATTRIBUTION_OK)
			return text_scan_problem(&r->scan, "More than 9223372036854775807 steps before this");
		if ((*state)->steps == before)
			return text_scan_problem(&r->scan, "Step given twice before this");
		CHECK_FOR_INTERRUPTS();
	}
	return item == TEXT_END;
}

PG_FUNCTION_INFO_V1(journey_attribution_in);
Datum
journey_attribution_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	AttributionState *state;
	AttributionTextReader r;
	AttributionStatus status;
	JourneyLabel goal;

	if (value_is_json(text) &&
		(text = value_from_json(text, &attribution_json, fcinfo->context)) == NULL)
		PG_RETURN_NULL();
	if (!attribution_text_begin(&r, text, strlen(text), GetDatabaseEncoding() == PG_UTF8) &&
		!value_reject_text(TYPE_NAME, &r.scan, TEXT_HINT, fcinfo->context))
		PG_RETURN_NULL();
	goal = text_label(&r.name);
	state = attribution_state_new(&goal, r.half_life);
	if ((!read_rows(&r, &state) || !read_steps(&r, &state)) &&
		!value_reject_text(TYPE_NAME, &r.scan, TEXT_HINT, fcinfo->context))
		PG_RETURN_NULL();
	status = attribution_state_validate(state);
	if (status != ATTRIBUTION_OK && !value_reject_content(TYPE_NAME, text, status_detail(status),
														  TEXT_HINT, fcinfo->context))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(attribution_packed(state));
}

PG_FUNCTION_INFO_V1(journey_attribution_out);
Datum
journey_attribution_out(PG_FUNCTION_ARGS)
{
	Attribution *value = PG_GETARG_ATTRIBUTION(0);
	AttributionReader reader = attribution_open(value);
	JourneyLabel *labels = palloc(Max(reader.rows, 1) * sizeof(JourneyLabel));
	AttributionRow row;
	AttributionStep step;
	StringInfoData text;
	char		item[ATTRIBUTION_ITEM_CHARS];

	initStringInfo(&text);
	attribution_print_head(item, &reader);
	appendStringInfo(&text, "%s {", item);
	for (uint32 i = 0; i < reader.rows; i++)
	{
		if (!attribution_read_row(&reader, &labels[i], &row))
			attribution_reject_stored();
		attribution_print_row(item, &labels[i], &row, reader.half_life);
		appendStringInfo(&text, "%s%s", i > 0 ? ", " : "", item);
	}
	appendStringInfoString(&text, "} [");
	for (uint32 i = 0; i < reader.steps; i++)
	{
		if (!attribution_read_step(&reader, &step))
			attribution_reject_stored();
		attribution_print_step(item, &step, labels);
		appendStringInfo(&text, "%s%s", i > 0 ? ", " : "", item);
	}
	if (reader.at != reader.end)
		attribution_reject_stored();
	appendStringInfoChar(&text, ']');
	PG_RETURN_CSTRING(text.data);
}

PG_FUNCTION_INFO_V1(journey_attribution_send);
Datum
journey_attribution_send(PG_FUNCTION_ARGS)
{
	Attribution *value = PG_GETARG_ATTRIBUTION(0);
	AttributionReader reader = attribution_open(value);
	JourneyLabel label;
	AttributionRow row;
	AttributionStep step;
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint8(&buf, ATTRIBUTION_VERSION);
	pq_sendint64(&buf, (uint64) reader.half_life);
	value_send_label(&buf, &reader.goal);
	pq_sendint32(&buf, reader.rows);
	pq_sendint32(&buf, reader.steps);
	for (uint32 i = 0; i < reader.rows; i++)
	{
		if (!attribution_read_row(&reader, &label, &row))
			attribution_reject_stored();
		value_send_label(&buf, &label);
		for (int m = 0; m < attribution_models(reader.half_life); m++)
		{
			pq_sendint64(&buf, row.units[m][1]);
			pq_sendint64(&buf, row.units[m][0]);
		}
	}
	for (uint32 i = 0; i < reader.steps; i++)
	{
		if (!attribution_read_step(&reader, &step))
			attribution_reject_stored();
		pq_sendint32(&buf, step.from);
		pq_sendint32(&buf, step.to);
		pq_sendint64(&buf, (uint64) step.count);
	}
	if (reader.at != reader.end)
		attribution_reject_stored();
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static AttributionState *
receive_row(StringInfo buf, AttributionState *state)
{
	JourneyLabel label = value_receive_label(buf, TYPE_NAME);
	uint32		before = state->rows;
	AttributionRow row = {0};

	for (int m = 0; m < attribution_models(state->half_life); m++)
	{
		row.units[m][1] = (uint64) pq_getmsgint64(buf);
		row.units[m][0] = (uint64) pq_getmsgint64(buf);
	}
	state = attribution_reserve(state, 1, 0, label.length);
	if (attribution_state_row(state, &label) != before)
		value_reject_binary(TYPE_NAME, "A touchpoint is given twice.");
	attribution_add_row(state, before, &row);
	return state;
}

static AttributionState *
receive_step(StringInfo buf, AttributionState *state)
{
	uint32		before = state->steps;
	AttributionStep step;

	step.from = (uint32) pq_getmsgint(buf, 4);
	step.to = (uint32) pq_getmsgint(buf, 4);
	step.count = pq_getmsgint64(buf);
	if (step.from > state->rows || step.to > state->rows + 1 ||
		(step.from == FROM_START && step.to == TO_NULL))
		value_reject_binary(TYPE_NAME,
							"A step refers to a touchpoint that does not exist, or to none.");
	if (step.count <= 0)
		value_reject_binary(TYPE_NAME, "A step was taken less than once.");
	state = attribution_reserve(state, 0, 1, 0);
	if (attribution_state_step(state, step.from, step.to, step.count) != ATTRIBUTION_OK)
		value_reject_binary(TYPE_NAME, status_detail(ATTRIBUTION_OVERFLOW));
	if (state->steps == before)
		value_reject_binary(TYPE_NAME, "A step is given twice.");
	return state;
}

PG_FUNCTION_INFO_V1(journey_attribution_recv);
Datum
journey_attribution_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	AttributionState *state;
	AttributionStatus status;
	JourneyLabel goal;
	int64		half_life;
	uint32		rows;
	uint32		steps;

	value_receive_version(buf, TYPE_NAME, ATTRIBUTION_VERSION);
	half_life = pq_getmsgint64(buf);
	if (half_life < 0)
		value_reject_binary(TYPE_NAME, "The half-life is below 0.");
	goal = value_receive_label(buf, TYPE_NAME);
	rows = value_receive_count(buf, TYPE_NAME, ATTRIBUTION_MAX_TOUCHPOINTS, ROW_BYTES);
	steps = value_receive_count(buf, TYPE_NAME, ATTRIBUTION_MAX_STEPS, STEP_BYTES);
	state = attribution_state_new(&goal, half_life);
	for (uint32 i = 0; i < rows; i++)
	{
		state = receive_row(buf, state);
		CHECK_FOR_INTERRUPTS();
	}
	for (uint32 i = 0; i < steps; i++)
	{
		state = receive_step(buf, state);
		CHECK_FOR_INTERRUPTS();
	}
	status = attribution_state_validate(state);
	if (status != ATTRIBUTION_OK)
		value_reject_binary(TYPE_NAME, status_detail(status));
	PG_RETURN_POINTER(attribution_packed(state));
}
