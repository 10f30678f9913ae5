/*
 * chain_fuzz.c
 *		How far random visits get along a path: the search for simple paths against the
 *		general one, unpacked visits against packed ones, depth against chain; and packed
 *		journeys that are damaged.
 */
#include "fuzz_journey.h"
#include "fuzz_path.h"
#include "fuzz_type.h"

#include "chain/chain_packed.h"

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
	return journey_path_valid((JourneyPath *) state.bytes, state.size) ? state : fuzz_none;
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

	journey_path_print(path, text);
	return text;
}

/* Labels of a path and one that it does not have, in the order of their bytes. */
typedef struct Labels
{
	uint32_t	n;
	JourneyLabel *label;
	JourneyLabelUse *uses;		/* of each, in the path */
} Labels;

static Labels
labels_of(const JourneyPath *path)
{
	static const JourneyLabel other[] = {{"!", 1}, {"~", 1}};
	FuzzName   *names = fuzz_new((path->labels + 1u) * sizeof(FuzzName));
	uint32_t   *ids = fuzz_new(path->labels * sizeof(uint32_t));
	Labels		labels = {path->labels + 1u, NULL, NULL};

	for (uint32_t i = 0; i < path->labels; i++)
	{
		size_t		length;

		names[i].label.text = journey_path_label(path, (int) i, &length);
		names[i].label.length = (uint32_t) length;
		names[i].number = i;
	}
	names[path->labels] = (FuzzName) {other[fuzz_below(2)], path->labels};
	qsort(names, labels.n, sizeof(FuzzName), fuzz_compare_names);
	labels.label = fuzz_new(labels.n * sizeof(JourneyLabel));
	labels.uses = fuzz_new(labels.n * sizeof(JourneyLabelUse));
	for (uint32_t i = 0; i < labels.n; i++)
	{
		labels.label[i] = names[i].label;
		if (names[i].number < path->labels)
			ids[names[i].number] = i;
	}
	journey_match_uses(path, ids, labels.uses, labels.n);
	return labels;
}

/* Two labels of a damaged path may be the same, or that one. */
static bool
all_different(const Labels *labels)
{
	for (uint32_t i = 1; i < labels->n; i++)
		if (journey_label_compare(labels->label[i - 1].text, labels->label[i - 1].length,
								  labels->label[i].text, labels->label[i].length) == 0)
			return false;
	return true;
}

/* What a chain says is so. */
static void
check_chain(const JourneyPath *path, const JourneyFunnelChain *chain, int64_t within)
{
	int64_t		first = INT64_MAX;
	int64_t		last = INT64_MIN;
	int			mandatory = 0;

	for (JourneyItems rest = chain->filled; rest != 0; rest &= rest - 1)
	{
		int			item = journey_first_item(rest);

		MUST(item < path->items);
		mandatory += !journey_path_optional(path, item);
		first = chain->at[item] < first ? chain->at[item] : first;
		last = chain->at[item] > last ? chain->at[item] : last;
	}
	MUST(mandatory == chain->depth);
	MUST((chain->depth == 0) == (chain->filled == 0));
	if (chain->depth > 0 && within != JOURNEY_NO_LIMIT)
		MUST((uint64_t) last - (uint64_t) first <= (uint64_t) within);
}

/* The visits of a chain are there; of an intact path they fill its items, one each. */
static void
check_visits(JourneyFunnel *funnel, const JourneyLabelUse *uses, const JourneyVisit *visits,
			 size_t n, const JourneyFunnelChain *chain, bool intact)
{
	size_t	   *visit = fuzz_new(JOURNEY_PATH_MAX_ITEMS * sizeof(size_t));

	journey_funnel_visits(funnel, uses, visits, n, chain, visit);
	for (JourneyItems rest = chain->filled; rest != 0; rest &= rest - 1)
	{
		size_t		v = visit[journey_first_item(rest)];

		MUST(v < n && visits[v].at == chain->at[journey_first_item(rest)]);
		MUST(!intact || (uses[visits[v].label].items & rest & -rest) != 0);
		for (JourneyItems others = rest & (rest - 1); others != 0; others &= others - 1)
			MUST(!intact || visit[journey_first_item(others)] != v);
	}
}

static bool
same_chain(const JourneyFunnelChain *a, const JourneyFunnelChain *b)
{
	if (a->depth != b->depth || a->filled != b->filled)
		return false;
	for (JourneyItems rest = a->filled; rest != 0; rest &= rest - 1)
		if (a->at[journey_first_item(rest)] != b->at[journey_first_item(rest)])
			return false;
	return true;
}

/* What shortest times need. */
static void
make_room(JourneyFunnel *funnel, size_t n)
{
	funnel->matcher.history = fuzz_new(n * sizeof(JourneyItems));
	funnel->wait = fuzz_new(journey_funnel_wait_room(funnel->path, n));
}

/* From a packed journey, as src/ does; false if it is damaged. */
static bool
search_packed(JourneyFunnel *funnel, const uint8_t *bytes, size_t size, int64_t within,
			  JourneyFunnelChain *chain)
{
	const JourneyPath *path = funnel->path;
	JourneyPathLabels *labels = fuzz_new(journey_path_labels_size(path));
	void	   *room = fuzz_new(journey_funnel_room(path));
	JourneyReader reader;
	JourneyLabelUse *uses;
	JourneyVisit *visits;
	JourneyItems items;
	size_t		n = 0;

	journey_path_labels_init(labels, path);
	if (!journey_read_begin(&reader, bytes + JOURNEY_CONTENT_AT, size - JOURNEY_CONTENT_AT))
		return false;
	uses = fuzz_new(reader.labels * sizeof(JourneyLabelUse));
	visits = fuzz_new(reader.visits * sizeof(JourneyVisit));
	if (!journey_path_labels_read(labels, &reader, uses, &items))
		return false;
	if (journey_funnel_can_begin(funnel, items) &&
		!journey_funnel_read_visits(funnel, &reader, uses, items, visits, &n))
		return false;
	make_room(funnel, n);
	journey_funnel_best(funnel, uses, visits, n, within, room, chain);
	check_visits(funnel, uses, visits, n, chain, false);
	return true;
}

static void
damaged(JourneyFunnel *funnel, const uint8_t *bytes, size_t size, int64_t within)
{
	uint8_t    *copy = fuzz_copy(bytes, size);
	JourneyFunnelChain *chain = fuzz_new(sizeof(JourneyFunnelChain));

	for (uint32_t i = 1 + fuzz_below(3); i > 0; i--)
		copy[fuzz_below((uint32_t) size)] = (uint8_t) fuzz_bits();
	if (search_packed(funnel, copy, size, within, chain))
		check_chain(funnel->path, chain, within);
}

static void
compare(const JourneyPath *path, const Labels *labels)
{
	JourneyFunnel *funnel = fuzz_new(sizeof(JourneyFunnel));
	JourneyFunnelChain *chain = fuzz_new(3 * sizeof(JourneyFunnelChain));
	int64_t		within = fuzz_below(2) == 0 ? JOURNEY_NO_LIMIT :
		(int64_t) fuzz_below(5) * 3600000000;
	uint32_t	n = 1 + fuzz_below(12);
	JourneyVisit *visits = fuzz_visits(n, labels->n);
	void	   *room = fuzz_new(journey_funnel_room(path));
	size_t		size;
	uint8_t    *journey = fuzz_pack_journey(fuzz_copy(visits, n * sizeof(JourneyVisit)), NULL, n,
											labels->label, labels->n, &size);

	journey_funnel_init(funnel, path);
	make_room(funnel, n);
	journey_funnel_best(funnel, labels->uses, visits, n, within, room, &chain[0]);
	check_chain(path, &chain[0], within);
	check_visits(funnel, labels->uses, visits, n, &chain[0], all_different(labels));
	MUST(journey_funnel_depth(funnel, labels->uses, visits, n, within) == chain[0].depth);
	MUST(search_packed(funnel, journey, size, within, &chain[1]));
	MUST(!all_different(labels) || same_chain(&chain[0], &chain[1]));
	damaged(funnel, journey, size, within);
	funnel->simple.on = false;
	make_room(funnel, n);
	funnel->nested = 1 + (int) fuzz_below(8);
	journey_funnel_best(funnel, labels->uses, visits, n, within, room, &chain[2]);
	MUST(same_chain(&chain[0], &chain[2]));
}

/* A chain with all mandatory items is what a match is, if nothing limits it as a whole. */
static void
compare_match(const JourneyPath *path, const Labels *labels)
{
	JourneyFunnel *funnel = fuzz_new(sizeof(JourneyFunnel));
	JourneyMatcher *matcher = fuzz_new(sizeof(JourneyMatcher));
	uint32_t	n = 1 + fuzz_below(8);
	JourneyVisit *visits = fuzz_visits(n, labels->n);

	journey_funnel_init(funnel, path);
	make_room(funnel, n);
	journey_matcher_init(matcher, path);
	matcher->history = funnel->matcher.history;
	MUST(journey_match(matcher, labels->uses, visits, n) ==
		 (journey_funnel_depth(funnel, labels->uses, visits, n, JOURNEY_NO_LIMIT) ==
		  funnel->mandatory));
}

static void
type_read(FuzzValue value, bool valid)
{
	const JourneyPath *path = (const JourneyPath *) value.bytes;
	Labels		labels = labels_of(path);

	(void) valid;
	compare(path, &labels);
	compare_match(path, &labels);
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
