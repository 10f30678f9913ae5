/* covers: core/attribution/attribution_path.c */

/*
 * attribution_path_test.c
 *		Paths of random journeys, with ties and repeats: what each model gives to each
 *		touchpoint is the mean over all orders of what is simultaneous, by the definitions
 *		of the models; money is the value times the credit, to the last unit.  Goals are put
 *		behind what is simultaneous, with their values; touches before the lookback are left
 *		out: both against plain loops.
 */
#include "unit.h"

#include <math.h>

#include "attribution/attribution_state.h"
#include "journey/journey_value.h"

#define STAGES	5
#define MOST	7				/* touches: 5,040 orders */
#define DIRECT	3
#define HALF_LIFE 3

typedef enum Model
{
	FIRST, LAST, LINEAR, POSITION, TIME_DECAY, SHAPLEY, NON_DIRECT, J_CURVE, INVERSE_J, MODELS
} Model;

static JourneyLabel labels[STAGES] = {{"a", 1}, {"b", 1}, {"c", 1}, {"web", 3}, {"e", 1}};

typedef struct Means
{
	double		credit[MODELS][STAGES];
	int			orders;
} Means;

/* 20, 60 and 20 percent, or the other way round; of two touches 25 and 75. */
static double
curve(int i, int n, double first, double last)
{
	if (n == 1)
		return 1;
	if (n == 2)
		return i == 0 ? (first < last ? 0.25 : 0.75) : (first < last ? 0.75 : 0.25);
	return i == 0 ? first : i == n - 1 ? last : (1 - first - last) / (n - 2);
}

/* One order of the touches: labels and times. */
static void
add_order(Means *m, const JourneyVisit *v, int n)
{
	int			last = n - 1;
	double		whole = 0;

	for (int i = 0; i < n; i++)
		whole += exp2((double) v[i].at / HALF_LIFE);
	while (last >= 0 && v[last].label == DIRECT)
		last--;
	m->orders++;
	m->credit[FIRST][v[0].label] += 1;
	m->credit[LAST][v[n - 1].label] += 1;
	m->credit[NON_DIRECT][v[last < 0 ? n - 1 : last].label] += 1;
	for (int i = 0; i < n; i++)
	{
		m->credit[LINEAR][v[i].label] += 1.0 / n;
		m->credit[POSITION][v[i].label] += n == 1 ? 1 : n == 2 ? 0.5 :
			i == 0 || i == n - 1 ? 0.4 : 0.2 / (n - 2);
		m->credit[TIME_DECAY][v[i].label] += exp2((double) v[i].at / HALF_LIFE) / whole;
		m->credit[J_CURVE][v[i].label] += curve(i, n, 0.2, 0.6);
		m->credit[INVERSE_J][v[i].label] += curve(i, n, 0.6, 0.2);
	}
}

/* All orders in which times do not go back. */
static void
permute(Means *m, JourneyVisit *v, int at, int n)
{
	if (at == n)
		add_order(m, v, n);
	for (int i = at; i < n && v[i].at == v[at].at; i++)
	{
		JourneyVisit swap = v[at];

		v[at] = v[i];
		v[i] = swap;
		permute(m, v, at + 1, n);
		v[i] = v[at];
		v[at] = swap;
	}
}

static int
count_distinct(const JourneyVisit *v, int n, int *times)
{
	int			distinct = 0;

	memset(times, 0, STAGES * sizeof(int));
	for (int i = 0; i < n; i++)
		distinct += times[v[i].label]++ == 0;
	return distinct;
}

static void
random_touches(JourneyVisit *v, int n)
{
	int64_t		at = 0;
	int			ties = below(3);

	for (int i = 0; i < n; i++)
	{
		at += one_in(ties + 1) ? 1 + below(6) : 0;
		v[i] = (JourneyVisit) {at, 0, (uint32_t) below(STAGES)};
		/* in the order of a journey */
		if (i > 0 && v[i].at == v[i - 1].at && v[i].label < v[i - 1].label)
			v[i].label = v[i - 1].label;
	}
}

static AttributionState *
new_state(void)
{
	AttributionRules rules = {{"goal", 4}, labels[DIRECT], HALF_LIFE, 0};
	AttributionRoom room = {8, 64, 64};
	AttributionState *s = calloc(1, attribution_state_bytes(&room, &rules, true));

	attribution_state_init(s, &room, &rules, true);
	return s;
}

static void
check_sum(Int128 units, double want, const char *what, int i)
{
	check(fabs((double) units / 1e12 - want) < 1e-10, "%s of %d: %.15g, not %.15g", what, i,
		  (double) units / 1e12, want);
}

static void
check_row(const AttributionRow *row, const Means *m, int i, int64_t value)
{
	static const char *const names[] = {"first", "last", "linear", "position", "time_decay",
	"shapley", "last_non_direct", "j_curve", "inverse_j"};
	Int128		pairs = row->pairs * (Int128) ATTRIBUTION_UNITS;
	Int128		worth = row->worth[WORTH_PAIRS] * (Int128) ATTRIBUTION_UNITS;

	for (int c = 0; c < SHARED_MODELS; c++)
	{
		check_sum(row->units[c], m->credit[c][i] / m->orders, names[c], i);
		check(row->money[c] == row->units[c] * value, "money of %s", names[c]);
	}
	for (int c = J_CURVE; c <= INVERSE_J; c++)
	{
		Int128		credit = attribution_curve(row->units, pairs, c == INVERSE_J);

		check_sum(credit / 100, m->credit[c][i] / m->orders, names[c], i);
		check(attribution_curve(row->money, worth, c == INVERSE_J) == credit * value,
			  "money of %s", names[c]);
	}
}

/* One path of a touchpoint each model, in a state of its own. */
static void
compare_path(void)
{
	JourneyVisit v[MOST];
	Means		m;
	int			n = 1 + below(MOST);
	int			times[STAGES];
	int			distinct;
	int64_t		value = one_in(4) ? -below(1000000) - 1 : 1 + below(1000000);
	AttributionState *s = new_state();
	uint32_t	rows[STAGES];
	uint32_t	seen[STAGES] = {0};
	uint32_t	room[STAGES];
	AttributionPaths paths = {rows, seen, room, DIRECT, 0};

	memset(&m, 0, sizeof(m));
	random_touches(v, n);
	for (int i = 0; i < STAGES; i++)
		rows[i] = attribution_state_row(s, &labels[i]);
	check(attribution_state_path(s, &paths, v, (uint32_t) n, (AttributionEnd) {true, value}) ==
		  ATTRIBUTION_OK, "a path");
	distinct = count_distinct(v, n, times);
	permute(&m, v, 0, n);
	for (int i = 0; i < STAGES; i++)
	{
		AttributionRow row = attribution_state_sums(s, rows[i]);

		m.credit[SHAPLEY][i] = times[i] > 0 ? (double) m.orders / distinct : 0;
		check(row.paths == (times[i] > 0) && row.worth[WORTH_PATHS] == (times[i] > 0 ? value : 0),
			  "paths");
		check(row.worth[WORTH_EARNED] - row.worth[WORTH_REFUNDED] ==
			  (v[n - 1].label == (uint32_t) i ? value : 0) && row.worth[WORTH_EARNED] >= 0 &&
			  row.worth[WORTH_REFUNDED] >= 0, "worth");
		check_row(&row, &m, i, value);
	}
	free(s);
}

/* A path without the goal, and one with a goal alone, leave no credits. */
static void
test_ends(void)
{
	AttributionState *s = new_state();
	JourneyVisit v = {0, 0, 0};
	uint32_t	row = attribution_state_row(s, &labels[0]);
	uint32_t	seen = 0;
	uint32_t	distinct;
	AttributionPaths paths = {&row, &seen, &distinct, JOURNEY_NO_LABEL, 0};
	AttributionEnd ends[] = {{true, -70}, {false, 0}, {true, 50}, {true, JOURNEY_NO_VALUE}};

	for (int i = 0; i < LENGTH(ends); i++)
		check(attribution_state_path(s, &paths, &v, i == 1, ends[i]) == ATTRIBUTION_OK, "an end");
	check(attribution_state_sums(s, row).units[SHARED_FIRST] == 0 &&
		  attribution_state_sums(s, row).paths == 0, "a null path earns nothing");
	check(s->money.with_value == 2 && s->money.earned == 50 && s->money.refunded == 70 &&
		  s->gross == 120 && s->total == 5, "values without a touch");
	s->gross = ATTRIBUTION_MAX_GROSS - 49;
	check(attribution_state_path(s, &paths, &v, 0, ends[2]) == ATTRIBUTION_TOO_MUCH, "too much");
	free(s);
}

/* ---- goals and lookback, by plain loops ---- */

#define GOAL 2

static int
random_journey(JourneyVisit *v, int64_t *values)
{
	JourneyValued sorted[40];
	int			n = below(LENGTH(sorted));

	for (int i = 0; i < n; i++)
		sorted[i] = (JourneyValued) {{below(12), below(2), (uint32_t) below(4)},
		one_in(3) ? JOURNEY_NO_VALUE : below(9) - 4};
	qsort(sorted, (size_t) n, sizeof(JourneyValued), journey_valued_compare);
	for (int i = 0; i < n; i++)
	{
		v[i] = sorted[i].visit;
		values[i] = sorted[i].value;
	}
	return n;
}

/* Touches, then goals, each in their order, of each moment. */
static void
check_goals_last(void)
{
	JourneyVisit v[40];
	JourneyVisit changed[40];
	int64_t		values[40];
	int64_t		moved[40];
	int			n = random_journey(v, values);
	int			at = 0;

	memcpy(changed, v, sizeof(v));
	memcpy(moved, values, sizeof(values));
	attribution_goals_last(changed, moved, (uint32_t) n, GOAL);
	for (int begin = 0, end; begin < n; begin = end)
	{
		for (end = begin; end < n && journey_simultaneous(&v[begin], &v[end]); end++)
			;
		for (int goals = 0; goals <= 1; goals++)
			for (int i = begin; i < end; i++)
				if ((v[i].label == GOAL) == (goals == 1))
				{
					check(changed[at].label == v[i].label && changed[at].at == v[i].at, "moved");
					check(goals == 0 || moved[at] == values[i], "with its value");
					at++;
				}
	}
	attribution_goals_last(v, NULL, (uint32_t) n, GOAL);
	for (int i = 0; i < n; i++)
		check(v[i].label == changed[i].label && v[i].at == changed[i].at, "the same without values");
}

/* A touch stays unless the next goal behind it is too far away. */
static void
check_look_back(void)
{
	JourneyVisit v[40];
	JourneyVisit kept[40];
	int64_t		values[40];
	int64_t		kept_values[40];
	int			n = random_journey(v, values);
	int64_t		lookback = 1 + below(6);
	uint32_t	left;
	uint32_t	at = 0;

	memcpy(kept, v, sizeof(v));
	memcpy(kept_values, values, sizeof(values));
	left = attribution_look_back(kept, kept_values, (uint32_t) n, GOAL, lookback);
	for (int i = 0; i < n; i++)
	{
		int			goal = i;

		while (goal < n && v[goal].label != GOAL)
			goal++;
		if (goal < n && v[goal].at - v[i].at > lookback)
			continue;
		check(at < left && kept[at].label == v[i].label && kept[at].at == v[i].at &&
			  kept_values[at] == values[i], "kept");
		at++;
	}
	check(at == left, "no more are kept");
	check(attribution_look_back(v, NULL, (uint32_t) n, GOAL, lookback) == left, "without values");
	{
		JourneyVisit far[] = {{INT64_MIN, 0, 0}, {INT64_MAX, 0, GOAL}};

		check(attribution_look_back(far, NULL, 2, GOAL, INT64_MAX) == 1, "far away");
	}
}

int
main(void)
{
	for (int i = 0; i < 3000; i++)
		compare_path();
	test_ends();
	for (int i = 0; i < 20000; i++)
	{
		check_goals_last();
		check_look_back();
	}
	return unit_end();
}
