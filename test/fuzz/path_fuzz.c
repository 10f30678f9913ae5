/*
 * path_fuzz.c
 *		journey_path: text and packed bytes; whether random visits take the path.
 */
#include "fuzz_path.h"
#include "fuzz_type.h"

static FuzzValue
type_state(const char *text, size_t length)
{
	size_t		bytes;
	JourneyPath *path = fuzz_parse_path(text, length, &bytes);

	return path == NULL ? fuzz_none : (FuzzValue) {(uint8_t *) path, bytes};
}

static FuzzValue
type_pack(FuzzValue state)
{
	return journey_path_valid((JourneyPath *) state.bytes, state.size) ?
		fuzz_value(state.bytes, state.size) : fuzz_none;
}

static FuzzValue
type_repack(FuzzValue value)
{
	return type_pack(value);
}

static bool
type_valid(FuzzValue value)
{
	return fuzz_path_is_canonical((JourneyPath *) value.bytes);
}

static char *
type_print(FuzzValue value)
{
	const JourneyPath *path = (const JourneyPath *) value.bytes;
	char	   *text = fuzz_new(journey_path_text_bound(path));
	size_t		length = journey_path_print(path, text);

	MUST(length < journey_path_text_bound(path));
	for (int i = 0; i < path->items; i++)
	{
		char	   *item = fuzz_new(journey_path_text_bound(path));

		MUST(journey_path_print_item(path, i, item) <= length);
	}
	return fuzz_text((uint8_t *) text, length);
}

/* Each label of the path is a label of the journey with the same number; there is one more. */
static void
type_read(FuzzValue value, bool valid)
{
	const JourneyPath *path = (const JourneyPath *) value.bytes;
	uint32_t   *ids = fuzz_new(path->labels * sizeof(uint32_t));
	uint32_t	labels = path->labels + 1u;
	JourneyLabelUse *uses = fuzz_new(labels * sizeof(JourneyLabelUse));
	JourneyMatcher *matcher = fuzz_new(sizeof(JourneyMatcher));
	uint32_t	n = fuzz_below(12);
	JourneyVisit *visits = fuzz_visits(n, labels);
	int			label = -1;
	bool		matches;

	(void) valid;
	for (uint32_t i = 0; i < path->labels; i++)
		ids[i] = fuzz_below(8) > 0 ? i : JOURNEY_NO_ID;
	journey_match_uses(path, ids, uses, labels);
	journey_matcher_init(matcher, path);
	if (journey_match_needs_history(matcher))
		matcher->history = fuzz_new(n * sizeof(JourneyItems));
	matches = journey_match(matcher, uses, visits, n);
	MUST(!matches || n > 0);
	/* a matcher keeps nothing from one journey to the next */
	MUST(journey_match(matcher, uses, visits, n) == matches);
	if (journey_furthest(path, ids, &label) >= 0)
		MUST(label >= 0 && label < path->labels && ids[label] != JOURNEY_NO_ID);
}

/* Paths are not put together. */
static FuzzValue
type_merge(FuzzValue a, FuzzValue b)
{
	(void) a;
	(void) b;
	return fuzz_none;
}

static FuzzValue
type_subtract(FuzzValue a, FuzzValue b)
{
	return type_merge(a, b);
}
