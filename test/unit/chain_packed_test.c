/* covers: core/chain/chain_packed.c core/chain/chain_values.c core/path/path_labels.c */

/*
 * chain_packed_test.c
 *		Reading packed journeys in place: numbers of all lengths, the visits that
 *		were packed, the labels of a path found in dictionaries, and funnels of what
 *		is left out against those of all visits, with the visits that chains have and
 *		their values.  Damaged bytes must do no harm.
 *
 * What is read stands at an odd address in memory of exactly its size, so that a
 * sanitizer sees every byte read beyond it.
 */
#include "unit.h"

#include "chain/chain_packed.h"
#include "journey/journey_reader.h"
#include "journey/journey_value.h"

#ifndef CASES
#define CASES		40000
#endif

#define MOST		40			/* visits */
#define NAMES		LENGTH(names)

static int	deep = 0;
static int	never = 0;			/* journeys of which no visit has to be read */
static int	worth = 0;			/* visits of chains that have a value */
static int	first_name = 0;		/* of those that a path and its journeys have */

/* Labels of all lengths, sorted; long ones that begin and end alike. */
static const char *const names[] = {
	"a", "ab", "abc", "abcd", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghj",
	"b", "basket", "basket and more of it", "basket and other of it", "basket, and more of it",
	"basket:1234567890", "świadomość", "z"
};

/* Bytes at an odd address; free() what is one before. */
static uint8_t *
place(const void *bytes, size_t size)
{
	uint8_t    *copy = (uint8_t *) malloc(size + 1) + 1;

	memcpy(copy, bytes, size);
	return copy;
}

/* ---- numbers ---- */

/* All ways to read agree on bytes that may be cut off anywhere. */
static void
check_number(const uint8_t *bytes, size_t size)
{
	uint8_t    *copy = place(bytes, size);
	const uint8_t *end = copy + size;
	const uint8_t *at[4] = {copy, copy, copy, copy};
	uint64_t	value[4] = {0, 0, 0, 0};
	bool		ok = varint_get_bytes(&at[0], end, &value[0]);

	check(varint_get(&at[1], end, &value[1]) == ok, "a number is one");
	check(varint_get_small(&at[2], end, &value[2]) == ok, "a number is one that may be small");
	check(!ok || (at[1] == at[0] && at[2] == at[0]), "where a number ends");
	check(!ok || (value[1] == value[0] && value[2] == value[0]), "a number");
	for (size_t from = 0; size >= 8 && from <= size; from++)
	{
		at[0] = at[3] = copy + from;
		ok = varint_get_bytes(&at[0], end, &value[0]) && at[0] - (copy + from) <= 8;
		check(varint_get_behind(&at[3], end, &value[3]) == ok, "a number at the end is one");
		check(!ok || (at[3] == at[0] && value[3] == value[0]), "a number at the end");
	}
	free(copy - 1);
}

static void
test_numbers(void)
{
	for (int i = 0; i < CASES; i++)
	{
		uint8_t		bytes[32];
		uint8_t    *end = varint_put(bytes, random_bits() >> below(64));

		while (end - bytes < 20)
			*end++ = (uint8_t) (one_in(2) ? below(256) : 0x80 | below(128));
		check_number(bytes, (size_t) below(21));
	}
}

/* ---- journeys ---- */

typedef struct Packed
{
	uint32_t	n;
	uint32_t	label_count;
	JourneyVisit visits[MOST];
	int64_t		values[MOST];
	JourneyLabel labels[MOST];
	uint8_t    *content;
	size_t		size;
} Packed;

/* Renumber the labels as a dictionary, in which each is in use. */
static void
make_dictionary(Packed *p)
{
	uint32_t	number[NAMES];

	p->label_count = 0;
	for (int name = 0; name < NAMES; name++)
	{
		bool		used = false;

		for (uint32_t i = 0; i < p->n; i++)
			used = used || p->visits[i].label == (uint32_t) name;
		number[name] = p->label_count;
		if (used)
			p->labels[p->label_count++] = (JourneyLabel) {names[name], (uint32_t) strlen(names[name])};
	}
	for (uint32_t i = 0; i < p->n; i++)
		p->visits[i].label = number[p->visits[i].label];
}

static void
sort_visits(Packed *p)
{
	JourneyValued visits[MOST];

	for (uint32_t i = 0; i < p->n; i++)
		visits[i] = (JourneyValued) {p->visits[i], p->values[i]};
	qsort(visits, p->n, sizeof(JourneyValued), journey_valued_compare);
	for (uint32_t i = 0; i < p->n; i++)
	{
		p->visits[i] = visits[i].visit;
		p->values[i] = visits[i].value;
	}
}

static void
pack(Packed *p)
{
	const int64_t *values = journey_any_value(p->values, p->n) ? p->values : NULL;
	char	   *bytes;
	size_t		size;

	make_dictionary(p);
	sort_visits(p);
	bytes = calloc(1, journey_pack_bound(p->visits, values, p->n, p->labels, p->label_count));
	size = journey_pack(bytes, p->visits, values, p->n, p->labels, p->label_count);
	p->size = size - JOURNEY_CONTENT_AT;
	p->content = place(bytes + JOURNEY_CONTENT_AT, p->size);
	free(bytes);
}

static int64_t
random_time(int times)
{
	static const int64_t far[] = {JOURNEY_MIN_TIME, -1, 0, INT64_C(1) << 60, JOURNEY_END_TIME - 1};

	if (times == 0)
		return far[below(5)] + (one_in(2) ? 0 : below(1000) * (one_in(2) ? 1 : 0));
	return below(times) * (times % 2 == 0 ? INT64_C(1) : INT64_C(3600000000));
}

/* A journey to some of the names; times 0: as far apart as can be. */
static void
random_packed(Packed *p, int most, int labels, int times, int seqs)
{
	bool		valued = one_in(3);

	p->n = (uint32_t) below(most + 1);
	for (uint32_t i = 0; i < p->n; i++)
	{
		int64_t		at = random_time(times);

		if (at >= JOURNEY_END_TIME)
			at = JOURNEY_END_TIME - 1;
		p->visits[i] = (JourneyVisit) {at, below(seqs) - seqs / 3,
									   (uint32_t) ((first_name + below(labels)) % NAMES)};
		p->values[i] = valued && !one_in(3) ? below(1000000) - 100000 : JOURNEY_NO_VALUE;
	}
	pack(p);
}

static void
check_reading(const Packed *p)
{
	JourneyReader r = {0};
	JourneyLabel label;
	JourneyVisit v;

	check(journey_read_begin(&r, p->content, p->size) && r.visits == p->n && r.labels == p->label_count,
		  "the beginning of a journey");
	for (uint32_t i = 0; i < p->label_count; i++)
		check(journey_read_label(&r, &label) && label.length == p->labels[i].length &&
			  memcmp(label.text, p->labels[i].text, label.length) == 0, "a label");
	check(journey_read_first(&r), "the time of the first visit");
	for (uint32_t i = 0; i < p->n; i++)
		check(journey_read_visit(&r, &v) && v.at == p->visits[i].at && v.seq == p->visits[i].seq &&
			  v.label == p->visits[i].label, "a visit");
	check(r.left == 0 && (r.has_values || r.at == r.end), "the end of a journey");
}

/* ---- paths ---- */

static void
write_names(char *text, int labels)
{
	for (int n = 1 + (one_in(3) ? below(3) : 0); n > 0; n--)
		sprintf(text + strlen(text), "\"%s\"%s", names[(first_name + below(labels)) % NAMES],
				n > 1 ? "|" : "");
}

static JourneyPath *
parse(const char *text)
{
	static char bytes[40000];
	JourneyPathDraft draft;
	TextScan	scan;
	JourneyPath *path;

	draft.bytes = bytes;
	text_scan_begin(&scan, text, strlen(text));
	if (!journey_path_parse(&scan, true, &draft))
	{
		printf("%s is no path\n", text);
		exit(1);
	}
	path = malloc(journey_path_size(&draft));
	journey_path_pack(&draft, path);
	return path;
}

static void
write_arrow(char *text, bool plain, int labels)
{
	bool		limited = one_in(6);
	bool		excluding = !plain && one_in(4);

	strcat(text, !plain && one_in(4) ? " >>" : " >");
	if (limited || excluding)
		strcat(text, "[");
	if (limited)
		strcat(text, excluding ? "3 us, " : "3 us");
	if (excluding)
	{
		strcat(text, "!");
		write_names(text, labels);
	}
	strcat(text, limited || excluding ? "] " : " ");
}

/* Simple ones and others. */
static JourneyPath *
random_names_path(int labels)
{
	char		text[8192] = "";
	int			items = 1 + below(5);
	bool		plain = one_in(2);
	bool		any_order = !plain && one_in(5);

	first_name = below(NAMES);
	if (!plain && !any_order && one_in(5))
		strcat(text, "^");
	for (int i = 0; i < items; i++)
	{
		if (i > 0 && any_order)
			strcat(text, " & ");
		else if (i > 0)
			write_arrow(text, plain, labels);
		write_names(text, labels);
		if (!plain && i > 0 && one_in(3))
			strcat(text, "?");
	}
	if (!plain && !any_order && one_in(5))
		strcat(text, "$");
	return parse(text);
}

/* The uses of labels that are looked for one by one. */
static void
plain_uses(const JourneyPath *path, const Packed *p, JourneyLabelUse *uses)
{
	uint32_t	ids[JOURNEY_PATH_MAX_USES];

	for (int i = 0; i < path->labels; i++)
	{
		size_t		length;
		const char *text = journey_path_label(path, i, &length);

		ids[i] = JOURNEY_NO_ID;
		for (uint32_t k = 0; k < p->label_count; k++)
			if (p->labels[k].length == length && memcmp(p->labels[k].text, text, length) == 0)
				ids[i] = k;
	}
	journey_match_uses(path, ids, uses, p->label_count);
}

static bool
same_uses(const JourneyLabelUse *a, const JourneyLabelUse *b, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (a[i].items != b[i].items || a[i].excluded != b[i].excluded ||
			((a[i].items | a[i].excluded) != 0 && a[i].label != b[i].label))
			return false;
	return true;
}

static bool
same_chain(const JourneyFunnelChain *a, const JourneyFunnelChain *b)
{
	if (a->depth != b->depth || (a->depth > 0 && a->filled != b->filled))
		return false;
	for (JourneyItems rest = a->depth > 0 ? a->filled : 0; rest != 0; rest &= rest - 1)
		if (a->at[journey_first_item(rest)] != b->at[journey_first_item(rest)])
			return false;
	return true;
}

/* Begin, and read the dictionary; false if that is damaged. */
static bool
open_packed(const JourneyPathLabels *labels, const uint8_t *content, size_t size,
			JourneyReader *r, JourneyLabelUse *uses, JourneyItems *items)
{
	return journey_read_begin(r, content, size) && r->visits <= MOST && r->labels <= MOST &&
		journey_path_labels_read(labels, r, uses, items);
}

/* The visits of a chain, and what they are worth, among those that were read and among all. */
static void
check_visits(JourneyFunnel *f, const JourneyLabelUse *uses, const Packed *p,
			 const JourneyFunnelChain *want, const JourneyVisit *visits, size_t n,
			 const JourneyFunnelChain *got, const int64_t *values)
{
	size_t		of_all[JOURNEY_PATH_MAX_ITEMS];
	size_t		of_read[JOURNEY_PATH_MAX_ITEMS];

	journey_funnel_visits(f, uses, p->visits, p->n, want, of_all);
	journey_funnel_visits(f, uses, visits, n, got, of_read);
	for (JourneyItems rest = want->filled; rest != 0; rest &= rest - 1)
	{
		size_t		all = of_all[journey_first_item(rest)];
		size_t		read = of_read[journey_first_item(rest)];

		check(journey_simultaneous(&p->visits[all], &visits[read]) &&
			  p->visits[all].label == visits[read].label, "a visit of the chain");
		check(values[read] == p->values[all], "the value of a visit");
		worth += p->values[all] != JOURNEY_NO_VALUE;
	}
}

static void
check_funnel(JourneyFunnel *f, const JourneyPathLabels *labels, const Packed *p, void *room)
{
	JourneyLabelUse expected[MOST];
	JourneyLabelUse uses[MOST];
	JourneyVisit visits[MOST];
	JourneyFunnelChain want;
	JourneyFunnelChain got = {0};
	int64_t		values[MOST];
	JourneyReader r = {0};
	JourneyItems items = 0;
	int64_t		within = one_in(4) ? JOURNEY_NO_LIMIT : below(8);
	size_t		n = 0;

	f->each_visit = one_in(2);
	plain_uses(f->path, p, expected);
	journey_funnel_best(f, expected, p->visits, p->n, within, room, &want);
	check(open_packed(labels, p->content, p->size, &r, uses, &items), "a journey is read");
	check(same_uses(uses, expected, p->label_count), "what labels are in a path");
	if (journey_funnel_can_begin(f, items))
	{
		check(journey_funnel_read_visits(f, &r, uses, items, visits, &n) && n <= p->n,
			  "the visits that matter are read");
		journey_funnel_best(f, uses, visits, n, within, room, &got);
		check(journey_funnel_depth(f, uses, visits, n, within) == want.depth, "the depth");
	}
	never += n == 0;
	deep += want.depth > 1;
	check(same_chain(&got, &want), "the chain that wins");
	if (got.depth == 0 || want.depth == 0 || !(f->each_visit || r.has_values))
		return;
	check(journey_funnel_read_values(f, &r, uses, items, values), "the values are read");
	check_visits(f, uses, p, &want, visits, n, &got, values);
}

/* Whatever it says, it is read within its bytes. */
static void
read_damaged(JourneyFunnel *f, const JourneyPathLabels *labels, const uint8_t *bytes, size_t size)
{
	uint8_t    *copy = place(bytes, size);
	JourneyLabelUse uses[MOST];
	JourneyVisit visits[MOST];
	int64_t		values[MOST];
	JourneyReader r = {0};
	JourneyItems items;
	size_t		n;

	if (open_packed(labels, copy, size, &r, uses, &items))
	{
		if (journey_funnel_read_visits(f, &r, uses, items, visits, &n))
			check(n <= r.visits, "no more visits than there are");
		(void) journey_funnel_read_values(f, &r, uses, items, values);
	}
	free(copy - 1);
}

static void
damage(JourneyFunnel *f, const JourneyPathLabels *labels, const Packed *p)
{
	uint8_t		bytes[4096];

	for (size_t size = 0; size < p->size; size += 1 + size / 16)
		read_damaged(f, labels, p->content, size);
	for (int i = 0; i < 30 && p->size < sizeof(bytes); i++)
	{
		memcpy(bytes, p->content, p->size);
		for (int k = below(3); k >= 0; k--)
			bytes[below((int) p->size)] = (uint8_t) (one_in(2) ? below(256) : 0x80 | below(128));
		read_damaged(f, labels, bytes, p->size);
	}
}

static void
test_journeys(int most, int labels, int times, int seqs)
{
	static JourneyFunnel f;

	for (int i = 0; i < CASES / 10; i++)
	{
		JourneyPath *path = random_names_path(labels);
		JourneyPathLabels *found = malloc(journey_path_labels_size(path));
		void	   *room = malloc(journey_funnel_room(path));

		journey_funnel_init(&f, path);
		f.interrupt = NULL;
		memset(found, below(256), journey_path_labels_size(path));
		journey_path_labels_init(found, path);
		for (int k = 0; k < 5; k++)
		{
			Packed		p;

			random_packed(&p, most, labels, times, seqs);
			check_reading(&p);
			check_funnel(&f, found, &p, room);
			if (i % 20 == 0)
				damage(&f, found, &p);
			free(p.content - 1);
		}
		free(room);
		free(found);
		free(path);
	}
}

/* More labels than the smallest table has slots, all but the last byte alike. */
static void
test_many_labels(void)
{
	char		text[40000] = "";
	JourneyPath *path;
	JourneyPathLabels *found;
	JourneyReader r = {0};
	JourneyLabelUse uses[1];
	JourneyItems items;
	int			known = 0;

	for (int i = 0; i < 600; i++)
		sprintf(text + strlen(text), "%s\"the same beginning %03d the same end\"", i > 0 ? "|" : "", i);
	path = parse(text);
	found = malloc(journey_path_labels_size(path));
	journey_path_labels_init(found, path);
	for (int i = 0; i < 1000; i++)
	{
		char		label[64];
		uint8_t		content[80] = {JOURNEY_VERSION, 0, 0, 0, 1, 1};
		int			length = sprintf(label, "the same beginning %03d the same end", i);

		content[6] = (uint8_t) length;
		memcpy(content + 7, label, (size_t) length);
		check(journey_read_begin(&r, content, (size_t) length + 9) &&
			  journey_path_labels_read(found, &r, uses, &items), "a label is looked for");
		known += items == 1 && uses[0].label == (uint32_t) i;
		check((items == 0) == (i >= 600), "whether a label is known");
	}
	check(known == 600, "all labels of a path are found");
	free(found);
	free(path);
}

int
main(void)
{
	test_numbers();
	test_many_labels();
	test_journeys(9, 3, 8, 1);
	test_journeys(9, 6, 5, 3);
	test_journeys(MOST, 16, 40, 1);
	test_journeys(MOST, 5, 9, 2);
	test_journeys(6, 4, 0, 9);
	printf("%d deep, %d without a visit that matters\n", deep, never);
	check(deep > 10000 && never > 10000 && worth > 5000, "enough of every kind");
	return unit_end();
}
