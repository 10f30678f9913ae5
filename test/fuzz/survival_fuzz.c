/*
 * survival_fuzz.c
 *		journey_survival: text, packed bytes, states, the curve, sums of two.
 */
#include "fuzz_type.h"

#include <math.h>

#include "survival/survival_curve.h"
#include "survival/survival_text.h"

static FuzzValue
packed(const Survival *survival)
{
	size_t		bound = survival_pack_bound(survival);
	void	   *bytes = fuzz_new(bound);
	size_t		size = survival_pack(bytes, survival);

	MUST(size <= bound);
	return fuzz_value(bytes, size);
}

static bool
opened(FuzzValue value, Survival *survival)
{
	memset(survival, 0, sizeof(*survival));
	if (!survival_read_head(value.bytes, value.size, survival))
		return false;
	survival->counts = fuzz_new(survival->n * sizeof(SurvivalCount));
	return survival_read(value.bytes, value.size, survival);
}

static FuzzValue
new_state(const SurvivalSubject *subject)
{
	FuzzValue	state = {NULL, survival_state_smallest(subject)};

	state.bytes = fuzz_new(state.size);
	survival_state_init((SurvivalState *) state.bytes, subject);
	return state;
}

/* Add waits of one bucket; false where a value can have no more. */
static bool
add(FuzzValue *state, const SurvivalCount *count)
{
	SurvivalState *s = (SurvivalState *) state->bytes;

	if (!survival_state_has_room(s))
	{
		state->size = survival_state_grown(s);
		state->bytes = fuzz_new(state->size);
		survival_state_move((SurvivalState *) state->bytes, s);
		s = (SurvivalState *) state->bytes;
		MUST(survival_state_check(s, state->size) && survival_state_has_room(s));
	}
	return survival_state_add(s, count);
}

/* As in src/, a text is checked before it is counted. */
static FuzzValue
type_state(const char *text, size_t length)
{
	SurvivalTextReader *r = fuzz_new(sizeof(SurvivalTextReader));
	Survival	survival = {0};
	FuzzValue	state;
	TextItem	item;

	survival.counts = fuzz_new(SURVIVAL_BUCKETS * sizeof(SurvivalCount));
	if (!survival_text_begin(r, text, length, true))
		return fuzz_none;
	while ((item = survival_text_next(r)) == TEXT_ITEM)
		survival.counts[survival.n++] = r->count;
	survival.subject = r->subject;
	if (item != TEXT_END || !survival_check(&survival))
		return fuzz_none;
	state = new_state(&survival.subject);
	for (uint32_t i = 0; i < survival.n; i++)
		MUST(add(&state, &survival.counts[i]));
	return state;
}

static FuzzValue
type_pack(FuzzValue state)
{
	const SurvivalState *s = (const SurvivalState *) state.bytes;
	Survival	survival;

	if (state.size <= sizeof(SurvivalHeader) || !survival_is_growing(s) ||
		!survival_state_check(s, state.size))
		return fuzz_none;
	survival.counts = fuzz_new(s->used * sizeof(SurvivalCount));
	return survival_state_sort(s, &survival) ? packed(&survival) : fuzz_none;
}

static FuzzValue
type_repack(FuzzValue value)
{
	Survival	survival;

	return opened(value, &survival) ? packed(&survival) : fuzz_none;
}

static bool
is_label(JourneyLabel label, bool wanted)
{
	return wanted ? journey_label_check(label.text, label.length, true, NULL) == JOURNEY_LABEL_OK
		: label.length == 0;
}

static bool
type_valid(FuzzValue value)
{
	Survival	survival;

	return opened(value, &survival) &&
		is_label(survival.subject.from, survival.subject.kind != SURVIVAL_WAITS) &&
		is_label(survival.subject.to, survival.subject.kind == SURVIVAL_STAGES);
}

static char *
type_print(FuzzValue value)
{
	Survival	survival;
	char	   *text;
	size_t		length;

	MUST(opened(value, &survival));
	text = fuzz_new(survival_text_bound(&survival));
	length = survival_text_print(&survival, text);
	MUST(length < survival_text_bound(&survival) && length >= strlen(text));
	return fuzz_text((uint8_t *) text, length);
}

/* The curve falls, its limits are around it, and each time lies in its bucket. */
static void
read_curve(const Survival *survival)
{
	SurvivalWalk walk = survival_begin(survival);
	SurvivalPoint point;
	double		before = 1;
	uint32_t	n = 0;

	while (survival_step(&walk, &point))
	{
		survival_limits(&walk, 1.96, &point);
		MUST(survival_bucket(point.time) == survival->counts[n].bucket);
		MUST(point.share >= 0 && point.share <= before);
		MUST(isnan(point.low) || (point.low >= 0 && point.low <= point.share));
		MUST(isnan(point.high) || (point.high >= point.share && point.high <= 1));
		before = point.share;
		n++;
	}
	MUST(n == survival->n && walk.left == 0);
}

/* What is asked at a time or a share, of which there are more than buckets. */
static void
read_answers(const Survival *survival)
{
	uint64_t	time = fuzz_bits() >> fuzz_below(64);
	uint64_t	ahead = fuzz_bits() >> fuzz_below(64);
	uint64_t	early;
	uint64_t	late;
	double		share;
	double		low = fuzz_share();
	double		high = low + (1 - low) * fuzz_share();

	MUST(survival_beyond(survival, time) <= survival->total);
	if (survival_share_at(survival, time, &share))
		MUST(share >= 0 && share <= 1);
	if (ahead <= UINT64_MAX - time && survival_chance_at(survival, time, ahead, &share))
		MUST(share >= 0 && share <= 1);
	if (survival_time_by(survival, high, &late))
		MUST(survival_time_by(survival, low, &early) && early <= late);
}

static void
type_read(FuzzValue value, bool valid)
{
	Survival	survival;
	SurvivalTest test;

	(void) valid;
	MUST(opened(value, &survival));
	read_curve(&survival);
	read_answers(&survival);
	/* nothing differs from itself */
	if (survival_log_rank(&survival, &survival, &test))
		MUST(test.statistic >= 0 && test.p_value > 0.999 && test.p_value <= 1);
}

static FuzzValue
type_merge(FuzzValue a, FuzzValue b)
{
	Survival	x;
	Survival	y;
	FuzzValue	state;

	MUST(opened(a, &x) && opened(b, &y));
	if (!survival_same_subject(&x.subject, &y.subject))
		return fuzz_none;
	state = new_state(&x.subject);
	for (uint32_t i = 0; i < x.n; i++)
		MUST(add(&state, &x.counts[i]));
	for (uint32_t i = 0; i < y.n; i++)
		if (!add(&state, &y.counts[i]))
			return fuzz_none;
	return type_pack(state);
}

/* There is no such thing. */
static FuzzValue
type_subtract(FuzzValue a, FuzzValue b)
{
	(void) a;
	(void) b;
	return fuzz_none;
}
