/*
 * attribution_io.c
 *		Text input and output of journey_attribution; the binary form is in
 *		attribution_wire.c.
 *
 * Whatever comes in is collected, validated and packed like the result of an
 * aggregate, so nothing but a canonical value can come out.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "attribution/attribution_datum.h"
#include "attribution/attribution_text.h"

#define TYPE_NAME "journey_attribution"

#define TEXT_HINT \
	"Write goal, touchpoints and steps: purchase {ads 1 1 1 1} [^ > ads 1, ads > $ 1]."

/* Read all touchpoints; the scan explains an error. */
static bool
read_rows(AttributionTextReader *r, AttributionState **state)
{
	TextItem	item;

	while ((item = attribution_text_row(r)) == TEXT_ITEM)
	{
		JourneyLabel label = text_label(&r->name);
		uint32		before = (*state)->rows;

		*state = attribution_reserve(*state, 1, 0, label.length, false);
		(void) attribution_state_take_form(*state, r->basic);
		if (attribution_state_row(*state, &label) != before)
			return text_scan_problem(&r->scan, "Touchpoint given twice before this");
		if (attribution_state_add(*state, before, &r->row) != ATTRIBUTION_OK)
			return text_scan_problem(&r->scan, "More money than there can be before this");
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
		*state = attribution_reserve(*state, 0, 1, 0, false);
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
	AttributionRules rules;
	AttributionStatus status;

	if (value_is_json(text) &&
		(text = value_from_json(text, &attribution_json, fcinfo->context)) == NULL)
		PG_RETURN_NULL();
	if (!attribution_text_begin(&r, text, strlen(text), GetDatabaseEncoding() == PG_UTF8) &&
		!value_reject_text(TYPE_NAME, &r.scan, TEXT_HINT, fcinfo->context))
		PG_RETURN_NULL();
	rules = attribution_text_rules(&r);
	state = attribution_state_new(&rules, r.money.with_value > 0);
	status = attribution_state_add_money(state, &r.money);
	if ((!read_rows(&r, &state) || !read_steps(&r, &state)) &&
		!value_reject_text(TYPE_NAME, &r.scan, TEXT_HINT, fcinfo->context))
		PG_RETURN_NULL();
	if (status == ATTRIBUTION_OK)
		status = attribution_status(state);
	if (status != ATTRIBUTION_OK &&
		!value_reject_content(TYPE_NAME, text, attribution_status_detail(status), TEXT_HINT,
							  fcinfo->context))
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
		attribution_print_row(item, &labels[i], &row, &reader);
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
