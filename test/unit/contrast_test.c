/* covers: core/contrast/contrast_state.c core/contrast/contrast_pack.c core/contrast/contrast_text.c */
/* covers: core/contrast/contrast_customer.c core/contrast/contrast_stats.c */

/*
 * contrast_test.c
 *		Stages counted against plain arrays, packed, written, read and changed; the
 *		statistics of a table by hand; random customers on random paths against all chains
 *		there are; damaged states, bytes and texts, which must do no harm.
 */
#include "unit.h"

#include <math.h>

#include "contrast/contrast_customer.h"
#include "contrast/contrast_stats.h"
#include "contrast/contrast_text.h"
#include "journey/journey_reader.h"
#include "journey_random.h"

#define MOST_STAGES	600

static ContrastStage room[MOST_STAGES];

static JourneyPath *
path_of(const char *text, uint32_t *bytes)
{
	JourneyPathDraft draft = {.bytes = exact(strlen(text) + 1)};
	JourneyPath *path;
	TextScan	scan;

	text_scan_begin(&scan, text, strlen(text));
	check(journey_path_parse(&scan, true, &draft), "the path %s", text);
	*bytes = (uint32_t) journey_path_size(&draft);
	path = exact(*bytes);
	journey_path_pack(&draft, path);
	free(draft.bytes);
	return path;
}

static ContrastState *
new_state(const ContrastQuestion *q)
{
	ContrastState *s = exact(contrast_state_smallest(q));

	contrast_state_init(s, q);
	return s;
}

static ContrastState *
add(ContrastState *s, const ContrastStage *stage)
{
	if (!contrast_state_has_room(s, stage->label.length))
	{
		size_t		bytes = contrast_state_grown(s, stage->label.length);
		ContrastState *larger = exact(bytes);

		larger->header.vl_len = 77;
		contrast_state_move(larger, s, stage->label.length);
		check(larger->header.vl_len == 77 && contrast_state_check(larger, bytes) &&
			  contrast_state_has_room(larger, stage->label.length), "a state that has grown");
		free(s);
		s = larger;
	}
	check(contrast_state_add(s, stage), "a stage is counted");
	return s;
}

static bool
same(const Contrast *a, const Contrast *b)
{
	bool		equal = contrast_same_question(&a->question, &b->question) && a->n == b->n &&
		memcmp(&a->counts, &b->counts, sizeof(ContrastCounts)) == 0;

	for (uint32_t i = 0; equal && i < a->n; i++)
		equal = journey_same_label(&a->stages[i].label, &b->stages[i].label) &&
			a->stages[i].reached == b->stages[i].reached &&
			a->stages[i].missed == b->stages[i].missed;
	return equal;
}

/* Packed, read, packed again; cut off and changed. */
static void
check_packed(const Contrast *contrast)
{
	size_t		bound = contrast_pack_bound(contrast);
	uint8_t    *packed = exact(bound);
	size_t		bytes = contrast_pack(packed, contrast);
	Contrast	back = {.stages = room};
	uint8_t    *copy = exact_copy(packed, bytes);

	check(bytes <= bound, "the bound of the packed size");
	check(contrast_read_head(copy, bytes, &back) && back.n == contrast->n &&
		  contrast_read(copy, bytes, &back) && same(&back, contrast), "packed and read");
	free(copy);
	for (size_t cut = 0; cut < bytes; cut += 1 + cut / 20)
	{
		copy = exact_copy(packed, cut);
		check(!contrast_read_head(copy, cut, &back) || back.n > MOST_STAGES ||
			  !contrast_read(copy, cut, &back), "a contrast that is cut off");
		free(copy);
	}
	copy = memcpy(exact(bytes + 1), packed, bytes);
	check(!contrast_read(copy, bytes + 1, &back), "a byte too many");
	free(copy);
	for (int i = 0; i < 200; i++)
	{
		copy = exact_copy(packed, bytes);
		copy[4 + below((int) bytes - 4)] = (uint8_t) below(256);
		if (contrast_read_head(copy, bytes, &back) && back.n <= MOST_STAGES &&
			contrast_read(copy, bytes, &back))
			check(contrast_check(&back) == CONTRAST_OK, "what is read is valid");
		free(copy);
	}
	free(packed);
}

/* The contrast of a text, in a state; NULL if it is wrong. */
static ContrastState *
read_text(const char *text)
{
	ContrastTextReader r;
	ContrastState *s = NULL;
	TextItem	item = TEXT_ERROR;
	char	   *labels = exact(strlen(text) + 1);

	if (contrast_text_begin(&r, text, strlen(text), true, labels))
	{
		ContrastQuestion q = {.within = r.within,.landmark = r.landmark};
		JourneyPath *path;

		q.path_bytes = (uint32_t) journey_path_size(&r.path);
		q.path = path = exact(q.path_bytes);
		journey_path_pack(&r.path, path);
		s = new_state(&q);
		s->counts = r.counts;
		free(path);
		while ((item = contrast_text_next(&r)) == TEXT_ITEM)
			s = add(s, &r.stage);
	}
	check(r.scan.at >= text && r.scan.at <= text + strlen(text), "the place is in the text");
	free(labels);
	if (item == TEXT_END)
		return s;
	free(s);
	return NULL;
}

static bool
is_contrast(const char *text)
{
	ContrastState *s = read_text(text);
	Contrast	contrast = {.stages = room};
	bool		valid = s != NULL && contrast_state_sort(s, &contrast) &&
		contrast_check(&contrast) == CONTRAST_OK;

	free(s);
	return valid;
}

static void
check_text(const Contrast *contrast)
{
	size_t		bound = contrast_text_bound(contrast);
	char	   *text = exact(bound);
	size_t		length = contrast_text_print(contrast, text);
	ContrastState *s = read_text(text);
	Contrast	back = {.stages = room};

	check(length < bound && strlen(text) == length, "the bound of the text");
	check(s != NULL && contrast_state_sort(s, &back) && same(&back, contrast), "read back: %.80s",
		  text);
	free(s);
	for (int i = 0; i < 50 && length < 4000; i++)
	{
		char	   *copy = exact_copy(text, length + 1);

		copy[below((int) length)] = "{}[]+:; 0129ab>&\"="[below(18)];
		(void) is_contrast(copy);
		free(copy);
	}
	free(text);
}

/* What is counted of random stages, many or few, against plain arrays. */
static void
check_counted(int times, int names, const ContrastQuestion *q)
{
	ContrastState *s = new_state(q);
	Contrast	contrast = {.stages = exact(MOST_STAGES * sizeof(ContrastStage))};
	ContrastCounts counts = {times, 2 * times, times, times};
	int64_t		plain[MOST_STAGES][2] = {{0}};
	uint32_t	n = 0;

	for (int i = 0; i < times; i++)
	{
		int			k = below(names);
		char		name[JOURNEY_MAX_LABEL];
		ContrastStage one = {{name, 0}, i % 3 == 0, i % 3 != 0};

		one.label.length = (uint32_t) sprintf(name, "%0*d", 3 + k % 200, k);
		s = add(s, &one);
		plain[k][0] += one.reached;
		plain[k][1] += one.missed;
	}
	check(contrast_state_add_counts(s, &counts) && contrast_state_sort(s, &contrast) &&
		  contrast_check(&contrast) == CONTRAST_OK, "what was counted");
	for (int k = 0; k < names; k++)
		n += plain[k][0] + plain[k][1] > 0;
	check(n == contrast.n, "%u stages, not %u", contrast.n, n);
	for (uint32_t i = 0; i < contrast.n; i++)
	{
		char		digits[4] = {0};
		const ContrastStage *stage = &contrast.stages[i];
		int			k;

		memcpy(digits, stage->label.text + stage->label.length - 3, 3);
		k = atoi(digits);
		check(stage->reached == plain[k][0] && stage->missed == plain[k][1], "stage %d", k);
	}
	check_packed(&contrast);
	check_text(&contrast);
	free(contrast.stages);
	free(s);
}

static void
test_counted(void)
{
	static const int sizes[] = {0, 1, 2, 10, 200, 5000};
	uint32_t	bytes;
	JourneyPath *path = path_of("\"a;\" >[!b] c", &bytes);

	for (int turn = 0; turn < 60; turn++)
	{
		ContrastQuestion q = {path, bytes, 1000 + turn, 1 + turn};

		check_counted(sizes[turn % 6], turn % 2 == 0 ? MOST_STAGES : 7, &q);
	}
	free(path);
}

/* The packed form by hand. */
static void
test_bytes(void)
{
	static const uint8_t behind[] = {3, 4, 0xac, 2, 6, 1, 1, 'c', 5, 0};
	uint32_t	bytes;
	JourneyPath *path = path_of("a > b", &bytes);
	ContrastStage stage = {{"c", 1}, 5, 0};
	Contrast	contrast = {{path, bytes, 30, 7}, {3, 4, 300, 6}, 1, &stage};
	uint8_t    *packed = exact(contrast_pack_bound(&contrast));

	check(contrast_pack(packed, &contrast) == sizeof(ContrastHeader) + bytes + sizeof(behind) &&
		  memcmp(packed + sizeof(ContrastHeader), path, bytes) == 0 &&
		  memcmp(packed + sizeof(ContrastHeader) + bytes, behind, sizeof(behind)) == 0,
		  "the packed form");
	free(packed);
	free(path);
}

static void
test_texts(void)
{
#define HEAD "{a > b; within 9 days; landmark 3 days; too recent 0, early 0, reached 1, missed 1; "
	static const char *const good[] = {HEAD "[]}", HEAD "[c = 1 + 0, d=0+1 ] } ", HEAD "[\"=\" = 1 + 1]}"};
	static const char *const bad[] = {"", "{", HEAD, HEAD "}", HEAD "[}", HEAD "[]} x", HEAD "[c]}",
		HEAD "[c = 2 + 0]}", HEAD "[a = 1 + 0]}", HEAD "[b = 1 + 0]}", HEAD "[c = 0 + 0]}",
		HEAD "[c = 1 + 0, c = 1 + 0]}", HEAD "[c = -1 + 0]}",
		"{a & b; within 9 days; landmark 3 days; too recent 0, early 0, reached 1, missed 1; []}",
	"{a > b; within 3 days; landmark 3 days; too recent 0, early 0, reached 1, missed 1; []}"};

	for (int i = 0; i < LENGTH(good); i++)
		check(is_contrast(good[i]), "%s", good[i]);
	for (int i = 0; i < LENGTH(bad); i++)
		check(!is_contrast(bad[i]), "%s is wrong", bad[i]);
}

/* What no customers can have made, and a state from elsewhere, which has to be within its bytes. */
static void
test_impossible(void)
{
	uint32_t	bytes;
	JourneyPath *path = path_of("a > b", &bytes);
	ContrastStage stage = {{"c", 1}, INT64_MAX, 1};
	ContrastQuestion q = {path, bytes, 30, 7};
	ContrastState *s = new_state(&q);
	size_t		size = contrast_state_smallest(&q);
	Contrast	contrast = {q, {0, 0, INT64_MAX, 0}, 0, room};
	ContrastCounts most = {INT64_MAX, 0, 0, 0};
	ContrastCounts one = {0, 0, 0, 1};

	check(contrast_check(&contrast) == CONTRAST_OK, "as many as there can be");
	contrast.counts.early = 1;
	check(contrast_check(&contrast) == CONTRAST_BAD_COUNTS, "one too many");
	check(contrast_state_check(s, size) && !contrast_state_check(s, size - 1) &&
		  !contrast_state_check(s, size + 1) && !contrast_state_check(s, 8), "its size");
	check(contrast_state_add_counts(s, &most) && !contrast_state_add_counts(s, &one) &&
		  s->counts.missed == 0, "one too many changes nothing");
	check(contrast_state_add(s, &stage) && !contrast_state_add(s, &stage), "too many of a stage");
	s->text_used = 0;
	check(contrast_state_sort(s, &contrast) && contrast_check(&contrast) != CONTRAST_OK,
		  "a label outside of the text");
	s->stages = 17;
	check(!contrast_state_check(s, size), "too full");
	s->stages = 1;
	s->slots = 24;
	check(!contrast_state_check(s, size), "slots that are no power of two");
	s->slots = 1 << 29;
	check(!contrast_state_check(s, size), "many slots");
	s->slots = 32;
	s->header.path_bytes = 1 << 30;
	check(!contrast_state_check(s, size), "a long path");
	s->header.path_bytes = bytes;
	s->header.flags = 0;
	check(!contrast_state_check(s, size), "a packed value");
	free(s);
	free(path);
}

/* By hand: 3 of 4 with the stage, 2 of 8 without it; all with it; nobody reached. */
static void
test_stats(void)
{
	ContrastCounts counts = {0, 0, 5, 7};
	ContrastCounts none = {0, 0, 0, 7};
	ContrastStage chat = {{"chat", 4}, 3, 1};
	ContrastStage all = {{"all", 3}, 5, 7};
	ContrastStage few = {{"few", 3}, 0, 3};
	ContrastStats s = contrast_stats(&counts, &chat);
	double		reach = 1.959963984540054 * sqrt(1. / 3 + 1 + 1. / 2 + 1. / 6);
	double		phi = (3. * 6 - 1 * 2) / sqrt(4. * 8 * 5 * 7);

	check(fabs(s.odds_ratio - 9) < 1e-12 && fabs(s.low - 9 * exp(-reach)) < 1e-9 &&
		  fabs(s.high - 9 * exp(reach)) < 1e-9, "%g, %g to %g", s.odds_ratio, s.low, s.high);
	check(fabs(s.phi - phi) < 1e-12 && fabs(s.p_value - erfc(phi * sqrt(11. / 2))) < 1e-12,
		  "phi %g, p %g", s.phi, s.p_value);
	s = contrast_stats(&counts, &all);
	check(isnan(s.phi) && isnan(s.p_value) && fabs(s.odds_ratio - 5.5 / 7.5) < 1e-12,
		  "nobody is without the stage");
	s = contrast_stats(&none, &few);
	check(isnan(s.phi) && isnan(s.p_value), "nobody reached");
}

/* ---- one customer ---- */

/* Does a chain from visit v, behind which item i comes next, fill all mandatory items in time? */
static bool
completes_plainly(const Path *p, const Journey *j, int i, int v, unsigned used, int start, int within)
{
	int			rest = 0;

	for (int k = i; k < p->n; k++)
		rest += !p->step[k].optional;
	if (rest == 0)
		return true;
	if (p->step[i].optional && completes_plainly(p, j, i + 1, v, used, start, within))
		return true;
	for (int w = 0; w < j->n; w++)
		if ((used >> w & 1) == 0 && (p->step[i].labels >> j->visit[w].letter & 1) != 0 &&
			arrow_allows(j, &p->step[i], v, w) &&
			span(&j->visit[start], &j->visit[w]) <= (unsigned long long) within &&
			completes_plainly(p, j, i + 1, w, used | 1u << w, start, within))
			return true;
	return false;
}

/* Straight from the definition; seen has a bit for each letter. */
static ContrastFate
plain_customer(const Path *p, const Journey *j, int within, int landmark, int until, unsigned *seen)
{
	int			first = 0;
	bool		early = false;
	bool		reached = false;
	unsigned	named = 0;

	while (first < j->n && (p->step[0].labels >> j->visit[first].letter & 1) == 0)
		first++;
	*seen = 0;
	if (first == j->n || j->visit[first].at > until)
		return CONTRAST_NO_START;
	if (j->visit[first].at + within > until)
		return CONTRAST_TOO_RECENT;
	for (int i = 0; i < p->n; i++)
		named |= p->step[i].labels | p->step[i].excluded;
	for (int v = 0; v < j->n; v++)
	{
		int			order = moment(&j->visit[v], &j->visit[first]);

		if (order >= 0 && j->visit[v].at <= j->visit[first].at + landmark)
			*seen |= 1u << j->visit[v].letter & ~named;
		if (order != 0 || (p->step[0].labels >> j->visit[v].letter & 1) == 0)
			continue;
		early = early || completes_plainly(p, j, 1, v, 1u << v, v, landmark);
		reached = reached || completes_plainly(p, j, 1, v, 1u << v, v, within);
	}
	return early ? CONTRAST_EARLY : reached ? CONTRAST_REACHED : CONTRAST_MISSED;
}

/* Pack it; letters that it does not have are not in its dictionary. */
static uint8_t *
pack_customer(const Journey *j, int *letters, size_t *size)
{
	JourneyVisit visits[MOST_VISITS];
	JourneyLabel labels[LETTERS];
	uint32_t	n = 0;
	uint8_t    *packed;

	for (int letter = 0; letter < LETTERS; letter++)
		for (int v = 0; v < j->n; v++)
			if (j->visit[v].letter == letter)
			{
				if (n == 0 || letters[n - 1] != letter)
				{
					labels[n] = (JourneyLabel) {&"abcde"[letter], 1};
					letters[n++] = letter;
				}
				visits[v] = (JourneyVisit) {j->visit[v].at, j->visit[v].seq, n - 1};
			}
	packed = exact(journey_pack_bound(visits, NULL, (uint32_t) j->n, labels, n));
	*size = journey_pack(packed, visits, NULL, (uint32_t) j->n, labels, n);
	return packed;
}

static void
compare_customer(const Path *p, const Journey *j, int within, int landmark, int until)
{
	static JourneyFunnel funnel;
	int			letters[LETTERS];
	char		text[1024];
	char		visits[1024];
	JourneyPath *path;
	JourneyPathLabels *labels;
	ContrastQuestion q = {NULL, 0, within, landmark};
	JourneyReader reader;
	size_t		size;
	uint8_t    *packed = pack_customer(j, letters, &size);
	unsigned	seen;
	unsigned	found = 0;
	ContrastFate fate = plain_customer(p, j, within, landmark, until, &seen);
	ContrastFate got;
	ContrastRoom r;

	write_path(text, p);
	write_journey(visits, j);
	path = parse(text);
	labels = exact(journey_path_labels_size(path));
	q.path = path;
	journey_funnel_init(&funnel, path);
	journey_path_labels_init(labels, path);
	check(journey_read_begin(&reader, packed + JOURNEY_CONTENT_AT, size - JOURNEY_CONTENT_AT),
		  "a journey");
	r.uses = exact((reader.labels + 1) * sizeof(JourneyLabelUse));
	r.visits = exact(reader.visits * sizeof(JourneyVisit));
	r.marks = exact(reader.labels);
	got = contrast_customer(&funnel, labels, &reader, &q, until, &r);
	check(got == fate, "%s within %d, landmark %d, until %d:%s: %d, not %d", text, within, landmark,
		  until, visits, got, fate);
	if (got == CONTRAST_REACHED || got == CONTRAST_MISSED)
	{
		for (uint32_t i = 0; i < reader.labels; i++)
			found |= (unsigned) contrast_saw(&r, i) << letters[i];
		check(found == seen, "%s landmark %d:%s: saw %x, not %x", text, landmark, visits, found, seen);
	}
	reader.end -= reader.end > reader.at;
	(void) contrast_customer(&funnel, labels, &reader, &q, until, &r);
	free(r.uses);
	free(r.visits);
	free(r.marks);
	free(labels);
	free(path);
	free(packed);
}

static void
test_customers(void)
{
	int			compared = 0;

	for (int i = 0; compared < 20000; i++)
	{
		Path		p;
		Journey		j;
		int			times = 2 + below(9);
		int			within = 2 + below(times + 1);

		random_path(&p, 5, 4, i % 2 == 0 ? 0 : 2);
		p.step[0].optional = p.any_order = p.from_first = p.to_last = false;
		if (p.n < 2)
			continue;
		p.step[p.n - 1].optional = false;
		random_journey(&j, MOST_VISITS, LETTERS, times, 1 + below(2));
		compare_customer(&p, &j, within, 1 + below(within - 1), below(times + within));
		compared++;
	}
}

int
main(void)
{
	test_counted();
	test_bytes();
	test_texts();
	test_impossible();
	test_stats();
	test_customers();
	return unit_end();
}
