/*
 * contrast_fuzz.c
 *		journey_contrast: text, packed bytes, states, statistics, sums of two.
 */
#include "fuzz_path.h"
#include "fuzz_type.h"

#include "contrast/contrast_stats.h"
#include "contrast/contrast_text.h"

static FuzzValue
packed(const Contrast *contrast)
{
	size_t		bound = contrast_pack_bound(contrast);
	void	   *bytes = fuzz_new(bound);
	size_t		size = contrast_pack(bytes, contrast);

	MUST(size <= bound);
	return fuzz_value(bytes, size);
}

/* As in src/, the path within has a length word that says how long it is: here that is 0. */
static bool
opened(FuzzValue value, Contrast *contrast)
{
	if (!contrast_read_head(value.bytes, value.size, contrast) ||
		contrast->question.path->vl_len != 0)
		return false;
	contrast->stages = fuzz_new(contrast->n * sizeof(ContrastStage));
	return contrast_read(value.bytes, value.size, contrast);
}

static FuzzValue
new_state(const ContrastQuestion *q)
{
	FuzzValue	state = {NULL, contrast_state_smallest(q)};

	state.bytes = fuzz_new(state.size);
	contrast_state_init((ContrastState *) state.bytes, q);
	return state;
}

static bool
add(FuzzValue *state, const ContrastStage *stage)
{
	ContrastState *s = (ContrastState *) state->bytes;

	if (!contrast_state_has_room(s, stage->label.length))
	{
		state->size = contrast_state_grown(s, stage->label.length);
		state->bytes = fuzz_new(state->size);
		contrast_state_move((ContrastState *) state->bytes, s, stage->label.length);
		s = (ContrastState *) state->bytes;
		MUST(contrast_state_check(s, state->size) &&
			 contrast_state_has_room(s, stage->label.length));
	}
	return contrast_state_add(s, stage);
}

static FuzzValue
type_state(const char *text, size_t length)
{
	ContrastTextReader *reader = fuzz_new(sizeof(ContrastTextReader));
	ContrastQuestion q;
	FuzzValue	state;
	TextItem	item;
	size_t		bytes;

	if (!contrast_text_begin(reader, text, length, true, fuzz_new(length + 1)))
		return fuzz_none;
	q.path = fuzz_pack_path(&reader->path, &bytes);
	q.path_bytes = (uint32_t) bytes;
	q.within = reader->within;
	q.landmark = reader->landmark;
	state = new_state(&q);
	((ContrastState *) state.bytes)->counts = reader->counts;
	while ((item = contrast_text_next(reader)) == TEXT_ITEM)
		if (!add(&state, &reader->stage))
			return fuzz_none;
	/* as in src/, what was read is checked when all of it is known */
	return item == TEXT_END && type_pack(state).bytes != NULL ? state : fuzz_none;
}

/* A text that is counted is a contrast only if customers can have made it. */
static FuzzValue
type_pack(FuzzValue state)
{
	const ContrastState *s = (const ContrastState *) state.bytes;
	Contrast	contrast;

	if (state.size < sizeof(ContrastHeader) || !contrast_state_check(s, state.size))
		return fuzz_none;
	contrast.stages = fuzz_new(s->stages * sizeof(ContrastStage));
	if (!contrast_state_sort(s, &contrast) || contrast_check(&contrast) != CONTRAST_OK)
		return fuzz_none;
	return packed(&contrast);
}

static FuzzValue
type_repack(FuzzValue value)
{
	Contrast	contrast;

	return opened(value, &contrast) ? packed(&contrast) : fuzz_none;
}

static bool
type_valid(FuzzValue value)
{
	Contrast	contrast;

	if (!opened(value, &contrast) || !fuzz_path_is_canonical(contrast.question.path))
		return false;
	for (uint32_t i = 0; i < contrast.n; i++)
		if (journey_label_check(contrast.stages[i].label.text, contrast.stages[i].label.length,
								true, NULL) != JOURNEY_LABEL_OK)
			return false;
	return true;
}

static char *
type_print(FuzzValue value)
{
	Contrast	contrast;
	char	   *text;
	size_t		length;

	MUST(opened(value, &contrast));
	text = fuzz_new(contrast_text_bound(&contrast));
	length = contrast_text_print(&contrast, text);
	MUST(length < contrast_text_bound(&contrast));
	return fuzz_text((uint8_t *) text, length);
}

static void
type_read(FuzzValue value, bool valid)
{
	Contrast	contrast;

	(void) valid;
	MUST(opened(value, &contrast));
	for (uint32_t i = 0; i < contrast.n; i++)
	{
		ContrastStats stats = contrast_stats(&contrast.counts, &contrast.stages[i]);

		MUST(stats.odds_ratio > 0 && stats.low <= stats.high);
		MUST(!(stats.phi < -1.0001) && !(stats.phi > 1.0001) && !(stats.p_value < 0));
	}
}

/* Of one path, window and landmark. */
static FuzzValue
type_merge(FuzzValue a, FuzzValue b)
{
	FuzzValue	state;
	Contrast	contrasts[2];

	MUST(opened(a, &contrasts[0]) && opened(b, &contrasts[1]));
	if (!contrast_same_question(&contrasts[0].question, &contrasts[1].question))
		return fuzz_none;
	state = new_state(&contrasts[0].question);
	for (int k = 0; k < 2; k++)
	{
		if (!contrast_state_add_counts((ContrastState *) state.bytes, &contrasts[k].counts))
			return fuzz_none;
		for (uint32_t i = 0; i < contrasts[k].n; i++)
			if (!add(&state, &contrasts[k].stages[i]))
				return fuzz_none;
	}
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
