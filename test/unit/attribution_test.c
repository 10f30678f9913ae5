/* covers: core/attribution/attribution_markov.c core/attribution/attribution_pack.c */
/* covers: core/attribution/attribution_share.c core/attribution/attribution_state.c */
/* covers: core/attribution/attribution_row.c core/attribution/attribution_valid.c */

/*
 * The removal effects of random chains against a dense solve of each chain with
 * the touchpoint really removed (Gaussian elimination with partial pivoting, in
 * long double); the sharing of a conversion, against all orders of simultaneous
 * touches; collecting and packing random paths, and reading what was packed with
 * bytes changed.
 */
#include "unit.h"

#include <math.h>

#include "attribution/attribution_state.h"
#include "journey/journey_value.h"

#define MOST 24

static double worst = 0;

static void
check_number(bool ok, const char *what, double got, double want)
{
	check(ok, "%s: %.17g, not %.17g", what, got, want);
}

/* Steps from (row 0: start) to (column 0: conversion, 1: null). */
typedef struct Chain
{
	int			n;
	double		steps[MOST + 1][MOST + 2];
} Chain;

/* Random paths, so that the chain is one that paths can leave behind. */
static void
random_chain(Chain *c, int paths, int end)
{
	memset(c, 0, sizeof(*c));
	c->n = 1 + below(MOST);
	for (int p = 0; p < paths; p++)
	{
		double		count = below(8) == 0 ? 1000000 : 1;
		int			at = 0;

		do
		{
			/* mostly to the next one, so that there are long ways and few */
			int			to = below(3) > 0 && at > 0 ? at % c->n : below(c->n);

			c->steps[at][to + 2] += count;
			at = to + 1;
		} while (below(end) > 0);
		c->steps[at][below(4) == 0 ? 0 : 1] += count;
	}
}

/* The chance to convert from the start when steps to removed (-1: none) go to null. */
static long double
converts(const Chain *c, int removed)
{
	static long double m[MOST][MOST + 1];
	long double chance = 0;
	long double total = 0;
	int			n = c->n;

	for (int i = 0; i < n; i++)
	{
		long double sum = 0;

		for (int j = 0; j < n + 2; j++)
			sum += c->steps[i + 1][j];
		for (int j = 0; j < n; j++)
			m[i][j] = (i == j) - (sum > 0 && j != removed ? c->steps[i + 1][j + 2] / sum : 0);
		m[i][n] = sum > 0 ? c->steps[i + 1][0] / sum : 0;
	}
	for (int p = 0; p < n; p++)
	{
		int			best = p;

		for (int i = p + 1; i < n; i++)
			if (fabsl(m[i][p]) > fabsl(m[best][p]))
				best = i;
		for (int j = 0; j <= n; j++)
		{
			long double swap = m[p][j];

			m[p][j] = m[best][j];
			m[best][j] = swap;
		}
		for (int i = 0; i < n; i++)
		{
			long double f = i == p ? 0 : m[i][p] / m[p][p];

			for (int j = p; j <= n; j++)
				m[i][j] -= f * m[p][j];
		}
	}
	for (int j = 0; j < n + 2; j++)
		total += c->steps[0][j];
	for (int j = 0; j < n; j++)
		if (j != removed)
			chance += c->steps[0][j + 2] / total * (m[j][n] / m[j][j]);
	return chance;
}

static void
nothing(void)
{
}

static void
compare_chain(const Chain *c)
{
	double		matrix[MOST * MOST];
	double		absorbed[MOST];
	double		converted[2 * MOST];
	double		work[MOST];
	double		effects[2 * MOST];
	double		conversions = 0;
	long double whole = converts(c, -1);
	int			n = c->n;

	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < n; j++)
			matrix[i * n + j] = c->steps[i + 1][j + 2];
		converted[i] = c->steps[i + 1][0];
		/* money of which each conversion is worth 1/4 */
		converted[n + i] = converted[i] / 4;
		absorbed[i] = c->steps[i + 1][0] + c->steps[i + 1][1];
		conversions += converted[i];
	}
	check(attribution_removal(matrix, absorbed, converted, 2, work, (uint32_t) n, effects,
							  nothing),
		  "solved");
	for (int k = 0; k < n && conversions > 0; k++)
	{
		double		got = effects[k] / conversions;
		double		want = (double) (1 - converts(c, k) / whole);

		worst = fmax(worst, fabs(got - want));
		check_number(fabs(got - want) <= 1e-9, "removal effect", got, want);
		check_number(effects[n + k] == effects[k] / 4, "effect of money", effects[n + k],
					 effects[k] / 4);
	}
}

/* Touchpoints that lead nowhere, and nothing at all. */
static void
test_singular(void)
{
	double		matrix[9] = {0, 3, 0, 3, 0, 0, 0, 0, 5};
	double		absorbed[3] = {0, 0, 2};
	double		converted[3] = {0, 0, 1};
	double		work[3];
	double		effects[3];

	check(attribution_removal(matrix, absorbed, converted, 1, work, 3, effects, nothing), "ring");
	check_number(effects[0] == 0, "ring", effects[0], 0);
	check_number(effects[1] == 0, "ring", effects[1], 0);
	check_number(fabs(effects[2] - 1) < 1e-12, "beside a ring", effects[2], 1);
	check(attribution_removal(matrix, absorbed, converted, 1, work, 0, effects, nothing), "none");
}

/* Shares as their definition has them: the mean over all orders of simultaneous touches. */
typedef struct Mean
{
	double		first[8];
	double		last[8];
	double		position[8];
	int			orders;
} Mean;

/* One order: touch[i] stands at place i. */
static void
add_order(Mean *mean, const int *touch, int n)
{
	mean->orders++;
	mean->first[touch[0]] += 1;
	mean->last[touch[n - 1]] += 1;
	for (int i = 0; i < n; i++)
		mean->position[touch[i]] += n <= 2 ? 1.0 / n : i == 0 || i == n - 1 ? 0.4 : 0.2 / (n - 2);
}

/* All orders in which every touch stays within its moment. */
static void
permute(Mean *mean, int *touch, const int *moment, int at, int n)
{
	if (at == n)
		add_order(mean, touch, n);
	for (int i = at; i < n && moment[touch[i]] == moment[at]; i++)
	{
		int			swap = touch[at];

		touch[at] = touch[i];
		touch[i] = swap;
		permute(mean, touch, moment, at + 1, n);
		touch[i] = touch[at];
		touch[at] = swap;
	}
}

static void
compare_with_orders(int n, const int *moment)
{
	AttributionTouches t = {(uint32_t) n, 0, 0};
	int			touch[8];
	Mean		mean = {{0}, {0}, {0}, 0};
	uint64_t	sums[3] = {0, 0, 0};

	for (int i = 0; i < n; i++)
	{
		touch[i] = i;
		t.first += moment[i] == moment[0];
		t.last += moment[i] == moment[n - 1];
	}
	permute(&mean, touch, moment, 0, n);
	for (int i = 0; i < n; i++)
	{
		uint64_t	got[3] = {attribution_first((uint32_t) i, &t), attribution_last((uint32_t) i, &t),
		attribution_position((uint32_t) i, &t)};
		double		want[3] = {mean.first[i], mean.last[i], mean.position[i]};

		for (int m = 0; m < 3; m++)
		{
			sums[m] += got[m];
			check_number(fabs((double) got[m] - want[m] / mean.orders * 1e12) <= 10,
						 "mean of all orders", (double) got[m], want[m] / mean.orders * 1e12);
		}
	}
	for (int m = 0; m < 3; m++)
		check_number(sums[m] == ATTRIBUTION_UNITS, "sum", (double) sums[m], 1e12);
}

/* Every way in which up to 7 touches fall into moments. */
static void
test_simultaneous(void)
{
	for (int n = 1; n <= 7; n++)
		for (int cuts = 0; cuts < 1 << (n - 1); cuts++)
		{
			int			moment[8] = {0};

			for (int i = 1; i < n; i++)
				moment[i] = moment[i - 1] + (cuts >> (i - 1) & 1);
			compare_with_orders(n, moment);
		}
}

static void
test_shares(void)
{
	for (uint32_t n = 1; n < 3000; n++)
	{
		AttributionTouches t = {n, 1 + below(n), 0};
		uint64_t	sums[4] = {0, 0, 0, 0};

		t.last = t.first == n ? n : 1 + (uint32_t) below((int) (n - t.first));
		for (uint32_t i = 0; i < n; i++)
		{
			sums[0] += attribution_linear(i, &t);
			sums[1] += attribution_position(i, &t);
			sums[2] += attribution_first(i, &t);
			sums[3] += attribution_last(i, &t);
		}
		for (int m = 0; m < 4; m++)
			check_number(sums[m] == ATTRIBUTION_UNITS, "whole", (double) sums[m], 1e12);
	}
	{
		AttributionTouches three = {3, 1, 1};

		/* what is left of a conversion goes to the last touch */
		check(attribution_linear(0, &three) == UINT64_C(333333333333) &&
			  attribution_linear(1, &three) == UINT64_C(333333333333) &&
			  attribution_linear(2, &three) == UINT64_C(333333333334), "thirds");
	}
	for (int i = 0; i < 100000; i++)
	{
		int64_t		half_life = 1 + (int64_t) below(1 << 30) * (1 + below(4000000));
		uint64_t	age = below(1 << 30) * (uint64_t) (1 + below(40000000));
		double		want = exp2(-(double) age / (double) half_life);
		double		got = (double) attribution_weight(age, half_life) / exp2(62);

		check_number(fabs(got - want) <= 1e-12 * want + 1e-17, "weight", got, want);
	}
	check(attribution_weight(0, 1) == UINT64_C(1) << 62, "weight");
	check_number(attribution_weight(62, 1) == 1, "weight", (double) attribution_weight(62, 1), 1);
	check(attribution_weight(UINT64_MAX, 1) == 0, "weight");
	check_number(attribution_weight(UINT64_MAX, INT64_MAX) == UINT64_C(1) << 60, "weight", 0,
				 0.25);
}

#define STAGES 40

static JourneyLabel labels[STAGES];
static char names[STAGES][8];

/* What a state is of: some have no half-life, no lookback, no direct touchpoint, no money. */
static AttributionRules rules;
static bool with_money;

static void
random_rules(void)
{
	rules = (AttributionRules) {
		{"goal", 4}, {"74", one_in(2) ? 2 : 0}, one_in(3) ? 0 : 1000, one_in(2) ? 0 : 5000
	};
	with_money = one_in(2);
}

/* A state with that much room at the most, grown from the smallest when it must be. */
static AttributionState *
make_room(AttributionState *s, uint32_t rows, uint32_t steps, uint32_t text)
{
	AttributionRoom room = {1, 1, 1};
	AttributionState *larger;

	if (s != NULL)
	{
		if (attribution_state_fits(s, rows, steps, text) && attribution_has_money(s) == with_money)
			return s;
		room = attribution_state_grown(s, rows, steps, text);
	}
	else
		room.text = 8;
	larger = calloc(1, attribution_state_bytes(&room, &rules, with_money));
	attribution_state_init(larger, &room, &rules, with_money);
	if (s != NULL)
		attribution_state_move(larger, s);
	free(s);
	return larger;
}

static AttributionEnd
random_end(void)
{
	AttributionEnd end = {one_in(3) == 0, JOURNEY_NO_VALUE};

	if (with_money && !one_in(3))
		end.value = below(2000000) * (one_in(5) ? -1 : one_in(9) ? INT64_C(49999999999) : 1);
	return end;
}

static AttributionState *
add_random_path(AttributionState *s)
{
	JourneyVisit visits[12];
	uint32_t	rows[STAGES];
	uint32_t	seen[STAGES] = {0};
	uint32_t	distinct[STAGES];
	AttributionPaths paths = {rows, seen, distinct, 2, 0};
	uint32_t	n = below(12);

	for (uint32_t i = 0; i < n; i++)
	{
		visits[i].at = (int64_t) i * below(3000);
		visits[i].seq = 0;
		visits[i].label = below(STAGES);
		if (i > 0 && visits[i].at < visits[i - 1].at)
			visits[i].at = visits[i - 1].at;
		s = make_room(s, 1, 0, labels[visits[i].label].length);
		check(attribution_state_take_form(s, false), "all sums");
		rows[visits[i].label] = attribution_state_row(s, &labels[visits[i].label]);
	}
	s = make_room(s, 0, n + 1, 0);
	check(attribution_state_path(s, &paths, visits, n, random_end()) == ATTRIBUTION_OK, "path");
	return s;
}

static size_t
pack(const AttributionState *s, uint8_t *packed)
{
	AttributionName *sorted = calloc(s->rows + 1, sizeof(AttributionName));
	uint32_t   *rank = calloc(s->rows + 1, sizeof(uint32_t));
	AttributionStep *steps = calloc(s->steps + 1, sizeof(AttributionStep));
	size_t		bytes = attribution_pack(s, sorted, rank, steps, packed);

	check_number(bytes <= attribution_pack_bound(s), "bound", (double) bytes,
				 (double) attribution_pack_bound(s));
	free(sorted);
	free(rank);
	free(steps);
	return bytes;
}

/* Both have the same rules. */
static bool
same_rules(const AttributionRules *a, const AttributionRules *b)
{
	return a->half_life == b->half_life && a->lookback == b->lookback &&
		a->goal.length == b->goal.length && memcmp(a->goal.text, b->goal.text, a->goal.length) == 0 &&
		a->direct.length == b->direct.length &&
		(a->direct.length == 0 || memcmp(a->direct.text, b->direct.text, a->direct.length) == 0);
}

/* A state from a packed value; NULL if it is damaged, or of others than those at hand. */
static AttributionState *
unpack(const uint8_t *packed, size_t bytes)
{
	AttributionState *s = make_room(NULL, 0, 0, 0);
	AttributionReader reader;
	AttributionRow row;
	AttributionStep step;
	JourneyLabel label;
	uint32_t	rows[STAGES + 1];
	bool		ok = attribution_read(packed, bytes, &reader) && reader.rows <= STAGES &&
		same_rules(&reader.rules, &rules) &&
		(reader.flags & ATTRIBUTION_MONEY) == (with_money ? ATTRIBUTION_MONEY : 0) &&
		attribution_state_add_money(s, &reader.money) == ATTRIBUTION_OK;

	for (uint32_t i = 0; ok && i < reader.rows; i++)
	{
		ok = attribution_read_row(&reader, &label, &row);
		if (!ok)
			break;
		s = make_room(s, 1, 0, label.length);
		ok = attribution_state_take_form(s, (reader.flags & ATTRIBUTION_FURTHER) == 0);
		rows[i] = attribution_state_row(s, &label);
		ok = ok && attribution_state_add(s, rows[i], &row) == ATTRIBUTION_OK;
	}
	for (uint32_t i = 0; ok && i < reader.steps; i++)
	{
		ok = attribution_read_step(&reader, &step);
		if (!ok)
			break;
		s = make_room(s, 0, 1, 0);
		if (step.from >= FROM_TOUCH)
			step.from = rows[step.from - FROM_TOUCH] + FROM_TOUCH;
		if (step.to >= TO_TOUCH)
			step.to = rows[step.to - TO_TOUCH] + TO_TOUCH;
		ok = attribution_state_step(s, step.from, step.to, step.count) == ATTRIBUTION_OK;
	}
	if (ok && reader.at == reader.end)
		return s;
	free(s);
	return NULL;
}

static AttributionStatus
validate(const AttributionState *s)
{
	int64_t		(*ends)[2] = calloc(s->rows + 1, sizeof(*ends));
	AttributionStatus status = attribution_state_validate(s, ends);

	free(ends);
	return status;
}

/* A state that knows only what values of the first form have. */
static void
forget_further(AttributionState *s)
{
	if (s->direct_length > 0 || s->rows == 0)
		return;
	for (uint32_t i = 0; i < s->rows; i++)
	{
		attribution_touchpoints(s)[i].paths = attribution_touchpoints(s)[i].pairs = 0;
		attribution_sums(s, i)[attribution_column(s, SHARED_SHAPLEY)] = 0;
	}
	s->header.flags |= ATTRIBUTION_BASIC;
}

/* A state whose numbers are damaged: it is refused, or packed within its bytes. */
static void
damage_state(const AttributionState *s)
{
	size_t		bytes = attribution_state_bytes(&s->room, &rules, with_money);

	for (int i = 0; i < 20; i++)
	{
		AttributionState *copy = malloc(bytes);

		memcpy(copy, s, bytes);
		for (uint32_t n = 1 + below(3); n > 0; n--)
		{
			/* half of it in the numbers at the beginning */
			size_t		range = below(2) == 0 ? sizeof(AttributionState) : bytes;

			((uint8_t *) copy)[6 + below((int) range - 6)] = (uint8_t) below(256);
		}
		if (attribution_state_check(copy, bytes) && attribution_state_is_whole(copy))
		{
			uint8_t    *packed = malloc(attribution_pack_bound(copy));

			check(pack(copy, packed) <= attribution_pack_bound(copy), "within the bound");
			free(packed);
		}
		free(copy);
	}
}

/* What is packed is valid, reads back to the same bytes, and survives damage. */
static void
test_packing(void)
{
	for (int i = 0; i < STAGES; i++)
	{
		labels[i].text = names[i];
		labels[i].length = (uint32_t) sprintf(names[i], "%d", i * 37);
	}
	for (int round = 0; round < 300; round++)
	{
		AttributionState *s;
		AttributionState *back;
		uint8_t    *packed;
		uint8_t    *again;
		size_t		bytes;

		random_rules();
		s = make_room(NULL, 0, 0, 0);
		for (uint32_t left = below(200); left > 0; left--)
			s = add_random_path(s);
		/* there is no money where no conversion had a value */
		while (with_money && s->money.with_value == 0)
			s = add_random_path(s);
		if (one_in(4))
			forget_further(s);
		check(validate(s) == ATTRIBUTION_OK, "valid");
		check(attribution_state_check(s, attribution_state_bytes(&s->room, &rules, with_money)),
			  "checked");
		check(attribution_state_is_whole(s), "whole");
		damage_state(s);
		packed = calloc(1, attribution_pack_bound(s));
		again = calloc(1, attribution_pack_bound(s));
		bytes = pack(s, packed);
		packed = realloc(packed, bytes);
		back = unpack(packed, bytes);
		check(back != NULL && pack(back, again) == bytes && memcmp(packed, again, bytes) == 0,
			  "read back");
		free(back);
		for (int change = 0; change < 200; change++)
		{
			size_t		head = sizeof(AttributionHeader);
			size_t		at = head + (size_t) below((int) (bytes - head));
			uint8_t		before = packed[at];

			packed[at] = (uint8_t) below(256);
			free(unpack(packed, bytes));
			packed[at] = before;
			check(unpack(packed, at) == NULL, "cut short");
		}
		free(packed);
		free(again);
		free(s);
	}
}

/* A state with the touchpoints aa, ab and ba, each of one path to the goal. */
static AttributionState *
three_paths(void)
{
	JourneyLabel three[] = {{"aa", 2}, {"ab", 2}, {"ba", 2}};
	AttributionState *s;

	rules = (AttributionRules) {
		{"goal", 4}, {NULL, 0}, 1000, 0
	};
	with_money = false;
	s = make_room(NULL, 0, 0, 0);
	for (uint32_t i = 0; i < 3; i++)
	{
		JourneyVisit visit = {.at = 0,.label = 0};
		uint32_t	row;
		uint32_t	seen = 0;
		uint32_t	distinct;
		AttributionPaths paths = {&row, &seen, &distinct, JOURNEY_NO_LABEL, 0};
		AttributionEnd end = {true, JOURNEY_NO_VALUE};

		s = make_room(s, 1, 2, 2);
		row = attribution_state_row(s, &three[i]);
		check(attribution_state_path(s, &paths, &visit, 1, end) == ATTRIBUTION_OK, "a path");
	}
	return s;
}

/* The goal as a touchpoint: nothing but what is read sees it. */
static void
refuse_goal(void)
{
	AttributionState *s = three_paths();
	AttributionState *back;
	JourneyLabel goal = rules.goal;
	uint8_t    *packed;
	size_t		bytes;

	s = make_room(s, 1, 2, goal.length);
	(void) attribution_state_row(s, &goal);
	packed = calloc(1, attribution_pack_bound(s));
	bytes = pack(s, packed);
	back = unpack(packed, bytes);
	check(back == NULL, "the goal as a touchpoint");
	free(back);
	free(packed);
	free(s);
}

/* A state of three paths, with some bytes changed, is refused. */
static void
refuse_changed(const void *from, const void *to, size_t n, bool is_whole, const char *what)
{
	AttributionState *s = three_paths();
	size_t		bytes = attribution_state_bytes(&s->room, &rules, with_money);
	AttributionState *back;
	uint8_t    *packed;

	check(change_bytes(s, bytes, from, to, n), "%s: nothing to change", what);
	check(attribution_state_check(s, bytes) && attribution_state_is_whole(s) == is_whole,
		  "%s: whole", what);
	packed = calloc(1, attribution_pack_bound(s));
	if (is_whole)
	{
		bytes = pack(s, packed);
		back = unpack(packed, bytes);
		check(back == NULL, "%s", what);
		free(back);
	}
	free(packed);
	free(s);
}

/* Labels that overlap or are there twice, steps that are, and the goal as a touchpoint. */
static void
test_twice(void)
{
	AttributionState *s = three_paths();
	AttributionStep steps[] = {{1, 0, 1}, {2, 0, 1}};
	uint32_t	at = attribution_touchpoints(s)[1].text;
	uint32_t	places[][2] = {{at, 2}, {at - 1, 2}, {at - 2, 2}, {at, 1}};

	check(attribution_state_is_whole(s), "three touchpoints");
	refuse_goal();
	refuse_changed("ab", "aa", 2, true, "a label twice");
	refuse_changed(places[0], places[1], sizeof(places[0]), false, "a label that overlaps another");
	refuse_changed(places[0], places[2], sizeof(places[0]), false, "a label in the place of another");
	refuse_changed(places[0], places[3], sizeof(places[0]), false, "bytes between labels");
	refuse_changed(&steps[0], &steps[1], sizeof(steps[0]), true, "a step twice");
	free(s);
}

/* One touchpoint and two steps, of which the second one is 3 * (from - before) + to. */
static bool
reads_step(uint8_t both, AttributionStep *step)
{
	const uint8_t packed[] = {0, 0, 0, 0, 1, ATTRIBUTION_FURTHER, 0, 0, 0, 4, 'g', 'o', 'a', 'l', 1,
		2, 1, 'a', 0x1c, 0x1c, 0x1c, 0x1c, 0x1c, 1, 0, 2, 1, both, 1};
	uint8_t    *copy = memcpy(exact(sizeof(packed)), packed, sizeof(packed));
	AttributionReader reader;
	AttributionRow row;
	JourneyLabel label;
	bool		ok;

	check(attribution_read(copy, sizeof(packed), &reader) &&
		  attribution_read_row(&reader, &label, &row) && attribution_read_step(&reader, step) &&
		  step->from == FROM_START && step->to == TO_TOUCH, "the first step");
	check(row.units[SHARED_SHAPLEY] == (Int128) ATTRIBUTION_UNITS && row.paths == 1, "its sums");
	ok = attribution_read_step(&reader, step);
	free(copy);
	return ok;
}

/* A step leads from a touchpoint that is there, and comes behind the one before. */
static void
test_steps(void)
{
	AttributionStep step;

	for (uint8_t both = 0; both < 0x80; both++)
		check(reads_step(both, &step) == (both >= 3 && both < 6), "step %d", both);
	check(reads_step(3, &step) && step.from == FROM_TOUCH && step.to == TO_CONVERSION, "conversion");
	check(reads_step(5, &step) && step.from == FROM_TOUCH && step.to == TO_TOUCH, "itself");
}

int
main(void)
{
	Chain		chain;

	for (int i = 0; i < 2000; i++)
	{
		random_chain(&chain, 1 + below(60), 2 + below(20));
		compare_chain(&chain);
	}
	test_singular();
	test_shares();
	test_simultaneous();
	test_packing();
	test_twice();
	test_steps();
	printf("2000 chains, largest error of an effect %.1e\n", worst);
	return unit_end();
}
