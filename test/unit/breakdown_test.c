/* covers: core/breakdown/breakdown_state.c core/breakdown/breakdown_pack.c */
/* covers: core/breakdown/breakdown_text.c core/breakdown/rake.c */

/*
 * breakdown_test.c
 *		The pure core of breakdowns: random answers added and taken away against plain
 *		arrays; packed, printed and read back; damaged bytes and texts, which must do no
 *		harm; weights against addition; raking against what it promises.
 *
 * Damaged bytes stand in memory of exactly their size, so that a sanitizer sees every
 * byte read beyond it.
 */
#include <math.h>

#include "breakdown/breakdown.h"
#include "breakdown/breakdown_text.h"
#include "breakdown/rake.h"
#include "unit.h"

#define LABELS	60

static double
random_share(void)
{
	return (double) (random_bits() >> 11) / 9007199254740992.0;
}

/* What a breakdown is made of: a scale, and a summary for each of LABELS labels. */
typedef struct Model
{
	int32_t		low;
	int			points;
	bool		weighted;
	RatingSummary *summary[LABELS];
} Model;

static RatingSummary *
empty_summary(const Model *m)
{
	RatingSummary *s = malloc(rating_size(m->points, m->weighted));

	s->vl_len = 0;
	rating_init(s, m->low, m->points, m->weighted);
	return s;
}

static Model
new_model(int turn)
{
	Model		m = {.low = turn % 5 - 2,.points = 2 + turn * 7 % 100,.weighted = turn % 3 == 0};

	for (int i = 0; i < LABELS; i++)
		m.summary[i] = empty_summary(&m);
	return m;
}

static void
free_model(Model *m)
{
	for (int i = 0; i < LABELS; i++)
		free(m->summary[i]);
}

/* A few answers, of which there may be none. */
static RatingSummary *
random_summary(const Model *m)
{
	RatingSummary *s = empty_summary(m);

	for (uint64_t n = random_bits() % 4; n > 0; n--)
	{
		int32_t		score = m->low + (int32_t) (random_bits() % (uint64_t) m->points);

		if (m->weighted)
			(void) rating_add_weighted(s, score, 1 + (int64_t) (random_bits() >> (15 + random_bits() % 48)));
		else
			(void) rating_add(s, score);
	}
	return s;
}

/* Label 0 is the unknown one; the others have 1 to 100 bytes. */
static JourneyLabel
label_of(int number, char *text)
{
	JourneyLabel label = {text, 0};

	if (number > 0)
		label.length = (uint32_t) sprintf(text, "%.*s%d", number % 7 * 15,
										  "a label with blanks and \"quotes\" and {braces}, [brackets] = "
										  "(null) and many words on and on, more", number);
	return label;
}

static BreakdownState *
new_state(const Model *m)
{
	BreakdownState *s = malloc(breakdown_state_smallest(m->points, m->weighted));

	s->header.vl_len = 0;
	breakdown_state_init(s, m->low, m->points, m->weighted);
	return s;
}

static BreakdownState *
make_room(BreakdownState *s, uint32_t text)
{
	size_t		bytes = breakdown_state_grown(s, text);
	BreakdownState *larger = malloc(bytes);

	larger->header.vl_len = 0;
	breakdown_state_move(larger, s, text);
	check(breakdown_state_check(larger, bytes), "a state that has grown");
	check(breakdown_state_has_room(larger, text), "a state that has grown has room");
	free(s);
	return larger;
}

static BreakdownState *
merge(BreakdownState *s, int number, const RatingSummary *summary)
{
	char		text[128];
	JourneyLabel label = label_of(number, text);
	uint32_t	found = breakdown_state_find(s, label);

	if (found == BREAKDOWN_NO_LABEL)
	{
		if (!breakdown_state_has_room(s, label.length))
			s = make_room(s, label.length);
		found = breakdown_state_add_label(s, label);
	}
	check(breakdown_state_merge(s, found, summary) == RATING_OK, "answers are added");
	return s;
}

static size_t
state_bytes(const BreakdownState *s)
{
	BreakdownState *copy = malloc(sizeof(*copy));
	size_t		bytes = sizeof(*copy);

	memcpy(copy, s, sizeof(*copy));
	while (!breakdown_state_check(copy, bytes))
		bytes++;
	free(copy);
	return bytes;
}

static Breakdown
read_state(const BreakdownState *s)
{
	Breakdown	b;

	b.parts = malloc((s->header.labels + 1) * sizeof(BreakdownPart));
	check(breakdown_state_read(s, &b), "a state is read");
	return b;
}

/* Does a breakdown say what the model says? */
static void
check_content(const Breakdown *b, const Model *m)
{
	uint32_t	count = 0;
	int64_t		responses = 0;

	for (int i = 0; i < LABELS; i++)
	{
		char		text[128];
		JourneyLabel label = label_of(i, text);
		int64_t		n;

		(void) rating_responses(m->summary[i], &n);
		responses += n;
		count += n > 0;
		for (uint32_t k = 0; k < b->count; k++)
			if (n > 0 && breakdown_label_compare(b->parts[k].label, label) == 0)
			{
				check(rating_compare(b->parts[k].summary, m->summary[i]) == 0, "the summary of a label");
				check(b->parts[k].responses == n, "the answers of a label");
				n = 0;
			}
		check(n == 0, "a label with answers is there");
	}
	check(b->count == count && b->responses == responses, "labels and answers");
	check((b->count == 0) == (b->points == 0), "without labels there is no scale");
	for (uint32_t k = 1; k < b->count; k++)
		check(breakdown_label_compare(b->parts[k - 1].label, b->parts[k].label) < 0, "the order of labels");
}

/* Read what may be damaged; true if it is a breakdown. */
static bool
reads(const void *packed, size_t bytes)
{
	Breakdown	b;
	void	   *room;
	bool		ok;

	if (!breakdown_read_head(packed, bytes, &b))
		return false;
	b.parts = malloc((b.count + 1) * sizeof(BreakdownPart));
	room = malloc(breakdown_room(&b) + 1);
	ok = breakdown_read(packed, bytes, &b, room);
	free(room);
	free(b.parts);
	return ok;
}

static void
damage(const char *packed, size_t bytes)
{
	for (int i = 0; i < 200; i++)
	{
		size_t		length = random_bits() % 4 > 0 ? bytes : (size_t) (random_bits() % (bytes + 1));
		char	   *copy = malloc(length > 0 ? length : 1);

		memcpy(copy, packed, length);
		for (uint64_t n = random_bits() % 4; n > 0 && length > 4; n--)
			copy[4 + random_bits() % (length - 4)] = (char) random_bits();
		(void) reads(copy, length);
		free(copy);
	}
}

/* A damaged state is refused, or read and packed within its bytes. */
static void
damage_state(const BreakdownState *s)
{
	size_t		bytes = state_bytes(s);

	for (int i = 0; i < 200; i++)
	{
		BreakdownState *copy = malloc(bytes);
		size_t		range = random_bits() % 2 == 0 ? offsetof(BreakdownState, data) : bytes;

		memcpy(copy, s, bytes);
		for (uint64_t n = 1 + random_bits() % 3; n > 0; n--)
			((char *) copy)[6 + random_bits() % (range - 6)] = (char) random_bits();
		if (breakdown_state_check(copy, bytes))
		{
			Breakdown	b;

			b.parts = malloc((copy->header.labels + 1) * sizeof(BreakdownPart));
			if (breakdown_state_read(copy, &b))
			{
				char	   *packed = malloc(breakdown_pack_bound(&b));

				check(breakdown_pack(packed, &b) <= breakdown_pack_bound(&b), "packed within the bound");
				free(packed);
			}
			free(b.parts);
		}
		free(copy);
	}
}

/* Read a text; what it says is compared with b, unless that is NULL. */
static bool
scan(const char *text, const Breakdown *b)
{
	BreakdownTextReader reader;
	TextItem	status;
	uint32_t	i = 0;

	breakdown_text_begin(&reader, text, strlen(text), true, malloc(RATING_MAX_SIZE));
	while ((status = breakdown_text_next(&reader)) == TEXT_ITEM)
	{
		reader.summary->low = b == NULL ? 0 : b->low;
		check(b == NULL || (breakdown_label_compare(text_label(&reader.label), b->parts[i].label) == 0 &&
							rating_compare(reader.summary, b->parts[i].summary) == 0), "a label in text");
		i++;
	}
	check(b == NULL || (i == b->count && reader.low == b->low), "labels and scale in text");
	check(status == TEXT_END || reader.scan.expected != NULL || reader.scan.problem != NULL,
		  "an error is explained");
	free(reader.summary);
	return status == TEXT_END;
}

static void
check_text(const Breakdown *b)
{
	size_t		bound = breakdown_text_bound(b);
	char	   *text = malloc(bound);
	size_t		length = breakdown_text_print(b, text);

	check(length < bound && text[length] == '\0', "the bound of the text");
	check(scan(text, b), "the text is read");
	text = realloc(text, length + 1);
	for (int i = 0; i < 100; i++)
	{
		size_t		at = (size_t) (random_bits() % length);
		char		was = text[at];

		text[at] = "{}()[]>=:,\"0a w\\"[random_bits() % 16];
		(void) scan(text, NULL);
		text[at] = was;
	}
	free(text);
}

static void
check_packed(const Breakdown *b, const Model *m)
{
	size_t		bound = breakdown_pack_bound(b);
	char	   *packed = calloc(1, bound);
	char	   *again = calloc(1, bound);
	size_t		bytes = breakdown_pack(packed, b);
	Breakdown	back;
	void	   *room;

	check(bytes <= bound, "the bound of the packed size");
	packed = realloc(packed, bytes);
	check(breakdown_read_head(packed, bytes, &back), "the head is read");
	back.parts = malloc((back.count + 1) * sizeof(BreakdownPart));
	room = malloc(breakdown_room(&back) + 1);
	check(breakdown_read(packed, bytes, &back, room), "a packed breakdown is read");
	check_content(&back, m);
	check(breakdown_pack(again, &back) == bytes && memcmp(packed + 4, again + 4, bytes - 4) == 0,
		  "packed again it has the same bytes");
	check(!reads(packed, bytes - 1), "a breakdown that is cut off");
	damage(packed, bytes);
	free(room);
	free(back.parts);
	free(packed);
	free(again);
}

/* A window over a list of answers: what enters is added, what leaves is taken away. */
static void
test_window(int turn)
{
	static const int lengths[] = {0, 1, 3, 40, 400};
	Model		m = new_model(turn);
	BreakdownState *s = new_state(&m);
	int			length = lengths[turn % 5];
	int			rows = length + 30;
	RatingSummary **summaries = malloc((size_t) rows * sizeof(*summaries));
	int		   *numbers = malloc((size_t) rows * sizeof(int));

	for (int i = 0; i < rows; i++)
	{
		/* the labels of later rows are others, so that some vanish */
		numbers[i] = (int) (random_bits() % 20) + (i * 40 / rows);
		summaries[i] = random_summary(&m);
		s = merge(s, numbers[i], summaries[i]);
		check(rating_merge(m.summary[numbers[i]], summaries[i]) == RATING_OK, "the model");
		if (i >= length)
		{
			char		text[128];
			int			out = i - length;
			uint32_t	found = breakdown_state_find(s, label_of(numbers[out], text));
			int64_t		n;

			(void) rating_responses(summaries[out], &n);
			check(found != BREAKDOWN_NO_LABEL || n == 0, "what leaves is there");
			if (found != BREAKDOWN_NO_LABEL)
				check(breakdown_state_subtract(s, found, summaries[out]) == RATING_OK, "answers are taken away");
			check(rating_subtract(m.summary[numbers[out]], summaries[out]) == RATING_OK, "the model");
		}
		if (i % 17 == 0 || i == rows - 1)
		{
			Breakdown	b = read_state(s);

			check_content(&b, &m);
			if (i == rows - 1)
			{
				check_text(&b);
				check_packed(&b, &m);
				damage_state(s);
			}
			free(b.parts);
		}
	}
	for (int i = 0; i < rows; i++)
		free(summaries[i]);
	free(summaries);
	free(numbers);
	free(s);
	free_model(&m);
}

static void
test_limits(void)
{
	Model		m = {.low = 0,.points = 2,.weighted = false};
	RatingSummary *most = empty_summary(&m);
	RatingSummary *one = empty_summary(&m);
	RatingSummary *none = empty_summary(&m);
	BreakdownState *s = new_state(&m);
	char		text[128];

	most->counts[0] = INT64_MAX;
	one->counts[1] = 1;
	s = merge(s, 1, most);
	s = merge(s, 2, none);
	check(breakdown_state_merge(s, breakdown_state_find(s, label_of(2, text)), one) == RATING_OVERFLOW,
		  "all answers together are at most 2^63 - 1");
	free(s);
	s = new_state(&m);
	s = merge(s, 1, one);
	check(breakdown_state_subtract(s, 0, most) == RATING_BELOW_ZERO, "answers that are not there");
	check(!breakdown_state_check(s, state_bytes(s) + 1), "a state of another size");
	free(s);
	m.points = 0;
	s = new_state(&m);
	check(breakdown_state_check(s, sizeof(BreakdownState)) &&
		  breakdown_state_find(s, label_of(1, text)) == BREAKDOWN_NO_LABEL, "a state without a scale");
	free(s);
	free(most);
	free(one);
	free(none);
}

/* A state of answers with the labels aa, ab and ba, with some bytes changed, is refused. */
static void
refuse_changed(const void *from, const void *to, size_t n, const char *what)
{
	static const JourneyLabel three[] = {{"aa", 2}, {"ab", 2}, {"ba", 2}};
	Model		m = {.low = 0,.points = 2,.weighted = false};
	RatingSummary *one = empty_summary(&m);
	BreakdownState *s = new_state(&m);
	Breakdown	b = {.parts = malloc(3 * sizeof(BreakdownPart))};

	one->counts[1] = 1;
	for (int i = 0; i < 3; i++)
		check(breakdown_state_merge(s, breakdown_state_add_label(s, three[i]), one) == RATING_OK,
			  "an answer");
	if (n > 0)
		check(change_bytes(s, state_bytes(s), from, to, n), "%s: nothing to change", what);
	check(breakdown_state_check(s, state_bytes(s)), "%s: checked", what);
	check(breakdown_state_read(s, &b) == (n == 0), "%s", what);
	free(b.parts);
	free(s);
	free(one);
}

/* Labels that overlap or are there twice. */
static void
test_twice(void)
{
	uint32_t	places[][2] = {{2, 2}, {1, 2}, {0, 2}, {2, 1}};

	refuse_changed(NULL, NULL, 0, "three labels");
	refuse_changed("ab", "aa", 2, "a label twice");
	refuse_changed(places[0], places[1], sizeof(places[0]), "a label that overlaps another");
	refuse_changed(places[0], places[2], sizeof(places[0]), "a label in the place of another");
	refuse_changed(places[0], places[3], sizeof(places[0]), "bytes between labels");
}

static void
test_texts(void)
{
	static const char *const good[] = {
		"{}", " { } ", "{a = [0, 0]} on [0, 1]", "{(null) = [1,2], \"(null)\" = [1, 2], a=[3,4],a=[5,6]}on[-1,0]",
		"{a = [1, 0] weights [0.000000001, 0] squares [0.000000000000000001, 0]} on [2147483645, 2147483646]",
	"{a = [0, 1]} on [-2147483648, -2147483647]"};
	static const char *const bad[] = {
		"", "{", "{a}", "{a = }", "{a = []} on [0, 1]", "{a = [1]} on [0, 0]", "{a = [1, 2]}", "{a = [1, 2]} on [0, 2]",
		"{a = [1, 2], b = [1]} on [0, 1]", "{a = [1, 2] weights [1, 2]} on [0, 1]", "{} on [0, 1]", "{a = [1, -2]} on [0, 1]",
		"{a = [1, 2] weights [1, 2] squares [1, 2], b = [1, 2]} on [0, 1]", "{a = [1, 2]} on [1, 0]",
		"{a = [1, 2] weights [1, 2] squares [1, 9223372036854775808000000000000000000000]} on [0, 1]",
		"{a = [1, 0] weights [1, 1] squares [1, 1]} on [0, 1]", "{a = [1, 2]} on [2147483646, 2147483647]", "{a = [1, 2]} on [0, 1] x",
		"{(nil) = [1, 2]} on [0, 1]", "{a = [9223372036854775808, 0]} on [0, 1]", "{a = [9223372036854775807, 1]} on [0, 1]",
	"{a = [1, 2]} on [-2147483649, -2147483648]"};

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		check(scan(good[i], NULL), "read %s", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		check(!scan(bad[i], NULL), "refused %s", bad[i]);
}

/* (a + b) * f = a * f + b * f, and f * a is the answers of a, each counted with the weight f */
static void
test_weigh(void)
{
	Model		plain = {.low = 0,.points = 11,.weighted = false};
	Model		heavy = {.low = 0,.points = 11,.weighted = true};

	for (int turn = 0; turn < 200; turn++)
	{
		RatingSummary *a = random_summary(&plain);
		RatingSummary *b = random_summary(&plain);
		RatingSummary *both[5];
		int64_t		units = turn == 0 ? 0 : turn == 1 ? RATING_MAX_WEIGHT_UNITS :
			(int64_t) (random_bits() % (uint64_t) (RATING_MAX_WEIGHT_UNITS + 1));

		for (int i = 0; i < 5; i++)
			both[i] = empty_summary(&heavy);
		check(rating_weigh(both[0], a, units) == RATING_OK && rating_weigh(both[1], b, units) == RATING_OK &&
			  rating_merge(both[0], both[1]) == RATING_OK, "weighted, then added");
		check(rating_merge(a, b) == RATING_OK && rating_weigh(both[2], a, units) == RATING_OK, "added, then weighted");
		for (int i = 0; i < 11 && units > 0; i++)
			for (int64_t n = a->counts[i]; n > 0; n--)
				check(rating_add_weighted(both[3], i, units) == RATING_OK, "counted with a weight");
		check(rating_compare(both[0], both[2]) == 0, "weights and addition");
		check(rating_compare(both[3], both[2]) == 0, "weights and counting");
		check(rating_validate(both[2], rating_size(11, true)) == RATING_OK, "a weighted summary");
		for (int i = 0; i < 11; i++)
			a->counts[i] = 0;
		a->counts[3] = INT64_MAX;
		check((rating_weigh(both[4], a, units) == RATING_OVERFLOW) == (units > 6074000999), "weights past 128 bits");
		for (int i = 0; i < 5; i++)
			free(both[i]);
		free(a);
		free(b);
	}
}

/* Cells of rows and columns; both margins have shares that weights of 0.5 to 2.5 would make. */
static void
make_rake(Rake *r, uint32_t rows, uint32_t columns)
{
	double		all = 0;

	r->cells = rows * columns;
	r->margins = 2;
	r->most = INFINITY;
	r->responses = malloc(r->cells * sizeof(double));
	r->weight = malloc(r->cells * sizeof(double));
	r->margin = calloc(2, sizeof(RakeMargin));
	for (int k = 0; k < 2; k++)
	{
		RakeMargin *m = &r->margin[k];

		m->categories = k == 0 ? rows : columns;
		m->category = malloc(r->cells * sizeof(uint32_t));
		m->target = calloc(m->categories, sizeof(double));
		m->sums = malloc(m->categories * sizeof(RakeSum));
	}
	for (uint32_t i = 0; i < r->cells; i++)
	{
		double		wanted;

		r->responses[i] = 1 + floor(random_share() * 1000);
		wanted = r->responses[i] * (0.5 + 2 * random_share());
		all += wanted;
		r->margin[0].category[i] = i / columns;
		r->margin[1].category[i] = i % columns;
		r->margin[0].target[i / columns] += wanted;
		r->margin[1].target[i % columns] += wanted;
	}
	for (int k = 0; k < 2; k++)
		for (uint32_t i = 0; i < r->margin[k].categories; i++)
			r->margin[k].target[i] /= all;
}

static void
free_rake(Rake *r)
{
	for (uint32_t k = 0; k < r->margins; k++)
	{
		free(r->margin[k].category);
		free(r->margin[k].target);
		free(r->margin[k].sums);
	}
	free(r->margin);
	free(r->responses);
	free(r->weight);
}

static RakeWorst
rake(Rake *r)
{
	RakeWorst	worst = {0, 0, 0, 1};

	rake_begin(r);
	for (int i = 0; i < 1000 && !(worst.distance <= RAKE_TOLERANCE); i++)
		worst = rake_round(r);
	return worst;
}

/* Shares are the targets, the mean is 1, and the odds ratio of any four weights is 1. */
static void
test_rake(void)
{
	for (int turn = 0; turn < 60; turn++)
	{
		uint32_t	columns = 2 + turn % 5;
		Rake		r;
		double		sum = 0;
		double		all = 0;

		make_rake(&r, 2 + turn % 7, columns);
		check(rake(&r).distance <= RAKE_TOLERANCE, "raking ends");
		for (uint32_t i = 0; i < r.cells; i++)
		{
			sum += r.responses[i] * r.weight[i];
			all += r.responses[i];
		}
		check(fabs(sum / all - 1) < 1e-12, "the mean of the weights is 1");
		for (uint32_t i = columns + 1; i < r.cells; i++)
			if (i % columns > 0)
				check(fabs(r.weight[i] * r.weight[i - columns - 1] /
						   (r.weight[i - 1] * r.weight[i - columns]) - 1) < 1e-12, "odds between cells");
		r.most = 1.6;
		if (rake(&r).distance <= RAKE_TOLERANCE)
			for (uint32_t i = 0; i < r.cells; i++)
				check(r.weight[i] <= 1.6, "no weight is above the limit");
		free_rake(&r);
	}
}

/* A limit of 1 with other shares, and a category whose cells another margin has set to 0. */
static void
test_rake_without_end(void)
{
	Rake		r;

	make_rake(&r, 2, 2);
	r.most = 1;
	check(rake(&r).distance > 0.001, "weights of at most 1 change nothing");
	r.most = INFINITY;
	r.responses[0] = r.responses[3] = 0;
	check(rake(&r).distance > 0.001 && isfinite(r.weight[1]) && isfinite(r.weight[2]),
		  "margins that cannot both be");
	check(r.weight[0] == 0 && r.weight[3] == 0, "cells without answers have the weight 0");
	r.margin[0].target[0] = r.margin[1].target[0] = 0;
	r.margin[0].target[1] = r.margin[1].target[1] = 1;
	check(rake(&r).distance > 0.5 && isfinite(r.weight[1]), "targets of 0 leave nobody");
	free_rake(&r);
}

int
main(void)
{
	for (int turn = 0; turn < 60; turn++)
		test_window(turn);
	test_limits();
	test_twice();
	test_texts();
	test_weigh();
	test_rake();
	test_rake_without_end();
	return unit_end();
}
