/*
 * attribution_wire.c
 *		Binary input and output of journey_attribution.
 *
 * In network byte order: version (1 byte): 1, or 2 with flags (1 byte)
 * behind it where the packed form has some, see attribution.h; half-life in
 * microseconds (8; 0 without one), with its flag the lookback (8); the goal as length (4)
 * and text in the client's encoding, with its flag direct likewise; number of touchpoints
 * (4), number of steps (4); with money how many conversions had a value (8) and what
 * those without a touch earned and refunded (16 each); for each touchpoint its label
 * (4, text), its sums in the order of the packed form (16 each, the high half first; paths
 * and pairs 8); for each step from (4), to (4) and how often (8), numbered as in the
 * packed form.
 *
 * No byte is trusted: what comes in is collected, validated and packed like the result
 * of an aggregate.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "attribution/attribution_datum.h"
#include "shared/value_wire.h"

#define TYPE_NAME "journey_attribution"

/* Bytes of a touchpoint, at least, and of a step in a message. */
#define ROW_BYTES	(5 + 4 * 16)
#define STEP_BYTES	16

#define WITHOUT_FLAGS	1		/* versions of the message */
#define WITH_FLAGS		2
#define KNOWN_FLAGS \
	(ATTRIBUTION_FURTHER | ATTRIBUTION_MONEY | ATTRIBUTION_LOOKBACK | ATTRIBUTION_DIRECT)

static void
send_head(StringInfo buf, const AttributionReader *reader)
{
	pq_sendint8(buf, reader->flags == 0 ? WITHOUT_FLAGS : WITH_FLAGS);
	if (reader->flags != 0)
		pq_sendint8(buf, reader->flags);
	pq_sendint64(buf, (uint64) reader->rules.half_life);
	if ((reader->flags & ATTRIBUTION_LOOKBACK) != 0)
		pq_sendint64(buf, (uint64) reader->rules.lookback);
	value_send_label(buf, &reader->rules.goal);
	if ((reader->flags & ATTRIBUTION_DIRECT) != 0)
		value_send_label(buf, &reader->rules.direct);
	pq_sendint32(buf, reader->rows);
	pq_sendint32(buf, reader->steps);
	if ((reader->flags & ATTRIBUTION_MONEY) == 0)
		return;
	pq_sendint64(buf, (uint64) reader->money.with_value);
	value_send_wide(buf, reader->money.earned);
	value_send_wide(buf, reader->money.refunded);
}

static void
send_row(StringInfo buf, const AttributionRow *row, const AttributionReader *reader)
{
	bool		further = (reader->flags & ATTRIBUTION_FURTHER) != 0;

	for (int m = 0; m < SHARED_MODELS; m++)
		if (attribution_has(&reader->rules, m) && (further || m < SHARED_SHAPLEY))
			value_send_wide(buf, (Uint128) row->units[m]);
	if (further)
	{
		pq_sendint64(buf, (uint64) row->paths);
		pq_sendint64(buf, (uint64) row->pairs);
	}
	if ((reader->flags & ATTRIBUTION_MONEY) == 0)
		return;
	for (int m = 0; m < SHARED_MODELS; m++)
		if (attribution_has(&reader->rules, m))
			value_send_wide(buf, (Uint128) row->money[m]);
	for (int w = 0; w < WORTHS; w++)
		value_send_wide(buf, (Uint128) row->worth[w]);
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
	send_head(&buf, &reader);
	for (uint32 i = 0; i < reader.rows; i++)
	{
		if (!attribution_read_row(&reader, &label, &row))
			attribution_reject_stored();
		value_send_label(&buf, &label);
		send_row(&buf, &row, &reader);
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

/* A sum on either side of 0, up to most. */
static Int128
receive_within(StringInfo buf, Uint128 most)
{
	Int128		sum = (Int128) value_receive_wide(buf);

	if (sum > (Int128) most || sum < -(Int128) most)
		value_reject_binary(TYPE_NAME, "A sum is larger than it can be.");
	return sum;
}

static Uint128
receive_worth(StringInfo buf)
{
	Int128		sum = receive_within(buf, ATTRIBUTION_MAX_GROSS);

	if (sum < 0)
		value_reject_binary(TYPE_NAME, "What was earned, or refunded, is below 0.");
	return (Uint128) sum;
}

/* What stands before the touchpoints; the version has been read. */
static AttributionReader
receive_head(StringInfo buf, int flags)
{
	AttributionReader head = {.flags = (uint8) flags};

	head.rules.half_life = pq_getmsgint64(buf);
	if (head.rules.half_life < 0)
		value_reject_binary(TYPE_NAME, "The half-life is below 0.");
	if ((flags & ATTRIBUTION_LOOKBACK) != 0)
		head.rules.lookback = pq_getmsgint64(buf);
	if (head.rules.lookback < ((flags & ATTRIBUTION_LOOKBACK) != 0 ? 1 : 0))
		value_reject_binary(TYPE_NAME, "The lookback is not above 0.");
	head.rules.goal = value_receive_label(buf, TYPE_NAME);
	if ((flags & ATTRIBUTION_DIRECT) != 0)
		head.rules.direct = value_receive_label(buf, TYPE_NAME);
	head.rows = value_receive_count(buf, TYPE_NAME, ATTRIBUTION_MAX_TOUCHPOINTS, ROW_BYTES);
	head.steps = value_receive_count(buf, TYPE_NAME, ATTRIBUTION_MAX_STEPS, STEP_BYTES);
	if (!attribution_form_fits(&head))
		value_reject_binary(TYPE_NAME, "The flags do not go with the touchpoints.");
	if ((flags & ATTRIBUTION_MONEY) == 0)
		return head;
	head.money.with_value = pq_getmsgint64(buf);
	if (head.money.with_value < 1)
		value_reject_binary(TYPE_NAME, "There is money, but no conversion with a value.");
	head.money.earned = receive_worth(buf);
	head.money.refunded = receive_worth(buf);
	return head;
}

static AttributionRow
receive_sums(StringInfo buf, const AttributionReader *head)
{
	bool		further = (head->flags & ATTRIBUTION_FURTHER) != 0;
	Uint128 most = ATTRIBUTION_MAX_GROSS * ATTRIBUTION_UNITS;
	AttributionRow row = {.paths = 0};

	for (int m = 0; m < SHARED_MODELS; m++)
		if (attribution_has(&head->rules, m) && (further || m < SHARED_SHAPLEY))
			row.units[m] = receive_within(buf, most);
	if (further)
	{
		row.paths = pq_getmsgint64(buf);
		row.pairs = pq_getmsgint64(buf);
	}
	if ((head->flags & ATTRIBUTION_MONEY) == 0)
		return row;
	for (int m = 0; m < SHARED_MODELS; m++)
		if (attribution_has(&head->rules, m))
			row.money[m] = receive_within(buf, most);
	for (int w = 0; w < WORTHS; w++)
		row.worth[w] = receive_within(buf, ATTRIBUTION_MAX_GROSS);
	return row;
}

static void
require_ok(AttributionStatus status)
{
	if (status != ATTRIBUTION_OK)
		value_reject_binary(TYPE_NAME, attribution_status_detail(status));
}

static AttributionState *
receive_row(StringInfo buf, const AttributionReader *head, AttributionState *state)
{
	JourneyLabel label = value_receive_label(buf, TYPE_NAME);
	uint32		before = state->rows;
	AttributionRow row = receive_sums(buf, head);

	state = attribution_reserve(state, 1, 0, label.length, false);
	attribution_require_form(state, (head->flags & ATTRIBUTION_FURTHER) == 0);
	if (attribution_state_row(state, &label) != before)
		value_reject_binary(TYPE_NAME, "A touchpoint is given twice.");
	require_ok(attribution_state_add(state, before, &row));
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
	state = attribution_reserve(state, 0, 1, 0, false);
	require_ok(attribution_state_step(state, step.from, step.to, step.count));
	if (state->steps == before)
		value_reject_binary(TYPE_NAME, "A step is given twice.");
	return state;
}

/* Version 1 has no flags. */
static int
receive_flags(StringInfo buf)
{
	bool		first = buf->cursor < buf->len && buf->data[buf->cursor] == WITHOUT_FLAGS;

	value_receive_version(buf, TYPE_NAME, first ? WITHOUT_FLAGS : WITH_FLAGS);
	return first ? 0 : value_receive_flags(buf, TYPE_NAME, KNOWN_FLAGS);
}

PG_FUNCTION_INFO_V1(journey_attribution_recv);
Datum
journey_attribution_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	AttributionReader head = receive_head(buf, receive_flags(buf));
	AttributionState *state = attribution_state_new(&head.rules, head.money.with_value > 0);

	require_ok(attribution_state_add_money(state, &head.money));
	for (uint32 i = 0; i < head.rows; i++)
	{
		state = receive_row(buf, &head, state);
		CHECK_FOR_INTERRUPTS();
	}
	for (uint32 i = 0; i < head.steps; i++)
	{
		state = receive_step(buf, state);
		CHECK_FOR_INTERRUPTS();
	}
	require_ok(attribution_status(state));
	PG_RETURN_POINTER(attribution_packed(state));
}
