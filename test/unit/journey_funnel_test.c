/* sources: src/journey_funnel_core.c src/journey_funnel_chain.c src/journey_funnel_stretch.c src/journey_funnel_set.c src/journey_match.c src/journey_match_group.c src/journey_path_core.c src/journey_path_parse.c src/journey_path_print.c src/journey_label.c src/journey_duration.c */

/*
 * Compares funnels with an oracle that tries every chain, straight from the
 * definition, on random small journeys and paths: the depth, and of the winning
 * chain which items it fills and when.  Then long journeys, which must finish.
 */
#include "journey_funnel_core.h"
#include "journey_random.h"

#ifndef CASES
#define CASES		30000		/* of each kind of journey */
#endif

static int	checks = 0;
static int	failures = 0;
static int	interrupts = 0;
static bool few_nested = false;

/* ---- the oracle ---- */

typedef struct Chain
{
	int			depth;
	int			optional;
	int			n;
	int			item[MOST_ITEMS];
	int			visit[MOST_ITEMS];
} Chain;

typedef struct Search
{
	const Path *p;
	const Journey *j;
	long long	within;			/* -1: no limit */
	int			mandatory;
	Chain		chain;
	Chain		best;
} Search;

/* Is chain a better than b?  Both are listed by time, then by item. */
static bool
better(const Search *s, const Chain *a, const Chain *b)
{
	if (a->depth != b->depth)
		return a->depth > b->depth;
	if (a->optional != b->optional)
		return a->optional > b->optional;
	for (int k = 0; k < a->n; k++)
	{
		int			order = moment(&s->j->visit[a->visit[k]], &s->j->visit[b->visit[k]]);

		if (order != 0)
			return order < 0;
	}
	for (int k = 0; k < a->n; k++)
		if (a->item[k] != b->item[k])
			return a->item[k] < b->item[k];
	return false;
}

/* Of a path in any order the items come in theirs: list them by time. */
static void
sort_chain(const Search *s, Chain *c)
{
	for (int k = 1; k < c->n; k++)
		for (int i = k; i > 0 && moment(&s->j->visit[c->visit[i]], &s->j->visit[c->visit[i - 1]]) < 0; i--)
		{
			int			item = c->item[i];
			int			visit = c->visit[i];

			c->item[i] = c->item[i - 1];
			c->visit[i] = c->visit[i - 1];
			c->item[i - 1] = item;
			c->visit[i - 1] = visit;
		}
}

static void
consider(Search *s)
{
	Chain		c = s->chain;
	const Visit *visit = s->j->visit;

	if (c.depth == 0)
		return;
	sort_chain(s, &c);
	if (s->within >= 0 && visit[c.visit[c.n - 1]].at - visit[c.visit[0]].at > s->within)
		return;
	if (s->p->to_last && c.depth == s->mandatory &&
		moment(&visit[c.visit[c.n - 1]], &visit[s->j->n - 1]) != 0)
		return;
	if (s->best.depth == 0 || better(s, &c, &s->best))
		s->best = c;
}

/* May item i be filled by visit v behind the chain so far? */
static bool
fits(const Search *s, int i, int v)
{
	const Chain *c = &s->chain;

	if ((s->p->step[i].labels >> s->j->visit[v].letter & 1) == 0)
		return false;
	for (int k = 0; k < c->n; k++)
		if (c->visit[k] == v)
			return false;
	if (s->p->any_order)
		return true;
	if (c->n > 0)
		return arrow_allows(s->j, &s->p->step[i], c->visit[c->n - 1], v);
	return !s->p->from_first || moment(&s->j->visit[v], &s->j->visit[0]) == 0;
}

static void
try_chains(Search *s, int i)
{
	bool		optional;
	Chain	   *c = &s->chain;

	consider(s);
	if (i == s->p->n)
		return;
	optional = s->p->step[i].optional;
	if (optional || s->p->any_order)
		try_chains(s, i + 1);
	for (int v = 0; v < s->j->n; v++)
	{
		Chain		before = *c;

		if (!fits(s, i, v))
			continue;
		c->item[c->n] = i;
		c->visit[c->n] = v;
		c->n++;
		c->optional += optional;
		c->depth += !optional;
		try_chains(s, i + 1);
		*c = before;
	}
}

static Chain
oracle(const Path *p, const Journey *j, long long within)
{
	Search		s = {p, j, within, 0, {0}, {0}};

	for (int i = 0; i < p->n; i++)
		s.mandatory += !p->step[i].optional;
	try_chains(&s, 0);
	return s.best;
}

/* ---- the funnel under test ---- */

static void
count_interrupt(void)
{
	interrupts++;
}

/* letters: the bits of those that the journey's dictionary has; returns the depth */
static int
funnel(const char *text, long long within, unsigned letters, const JourneyVisit *visits,
	   size_t n, JourneyFunnelChain *chain)
{
	static JourneyFunnel f;
	JourneyPath *path = parse(text);
	uint32_t	ids[LETTERS];
	JourneyLabelUse uses[LETTERS];
	int			depth;

	for (int i = 0; i < path->labels; i++)
	{
		size_t		length;
		int			letter = *journey_path_label(path, i, &length) - 'a';

		ids[i] = (letters >> letter & 1) != 0 ? dictionary_id(letter) : JOURNEY_NO_ID;
	}
	/* nothing may depend on what it had in it before */
	memset(&f, below(2) * 0xFF, sizeof(f));
	journey_funnel_init(&f, path);
	f.interrupt = count_interrupt;
	if (few_nested)
		f.nested = 1;
	journey_match_uses(path, ids, uses, LETTERS);
	depth = journey_funnel_depth(&f, uses, visits, n, within);
	if (chain != NULL)
	{
		void	   *room = malloc(journey_funnel_room(path));

		memset(chain, 0x55, sizeof(*chain));
		journey_funnel_best(&f, uses, visits, n, within, room, chain);
		free(room);
	}
	free(path);
	return depth;
}

static void
report(const char *text, const Journey *j, long long within, const char *what)
{
	failures++;
	if (failures > 20)
		return;
	printf("%s within %lld, wrong %s in", text, within, what);
	for (int v = 0; v < j->n; v++)
		printf(" %c@%lld#%lld", 'a' + j->visit[v].letter, j->visit[v].at, j->visit[v].seq);
	printf("\n");
}

static void
compare_chain(const char *text, const Journey *j, long long within, const Chain *want,
			  const JourneyFunnelChain *got)
{
	JourneyItems filled = 0;

	if (got->depth != want->depth)
	{
		report(text, j, within, "depth of the chain");
		return;
	}
	for (int k = 0; k < want->n; k++)
		filled |= JOURNEY_ITEM_BIT(want->item[k]);
	if (got->filled != filled)
	{
		report(text, j, within, "items");
		return;
	}
	for (int k = 0; k < want->n; k++)
		if (got->at[want->item[k]] != j->visit[want->visit[k]].at)
		{
			report(text, j, within, "times");
			return;
		}
}

static void
check(const Path *p, const Journey *j, long long within)
{
	char		text[1024];
	JourneyVisit visits[MOST_VISITS];
	unsigned	letters = 0;
	Chain		want = oracle(p, j, within);
	JourneyFunnelChain got;

	for (int v = 0; v < j->n; v++)
	{
		visits[v] = (JourneyVisit) {j->visit[v].at, j->visit[v].seq,
									dictionary_id(j->visit[v].letter)};
		letters |= 1u << j->visit[v].letter;
	}
	write_path(text, p);
	checks++;
	if (funnel(text, within, letters, visits, (size_t) j->n, &got) != want.depth)
		report(text, j, within, "depth");
	else
		compare_chain(text, j, within, &want, &got);
}

static void
test_random(const char *what, int items, int visits, int letters, int times, int seqs, int next)
{
	int			deep = 0;

	for (int i = 0; i < CASES; i++)
	{
		Path		p;
		Journey		j;

		few_nested = one_in(4);
		random_path(&p, items, letters, next);
		random_journey(&j, visits, letters, times, seqs);
		check(&p, &j, one_in(4) ? -1 : below(times + 1));
		deep += oracle(&p, &j, -1).depth > 1;
	}
	printf("%-40s %d cases, %d of them deep\n", what, CASES, deep);
}

/* ---- cases with an answer that can be seen ---- */

/* Letters at seconds 0, 1, 2 ..., '.' for none; filled says which visit fills each item, '-' for none. */
static void
expect(const char *text, long long seconds, const char *letters, int depth, const char *filled)
{
	JourneyVisit visits[32];
	JourneyFunnelChain chain;
	char		got[JOURNEY_PATH_MAX_ITEMS + 1] = "";
	size_t		n = 0;

	for (size_t v = 0; v < strlen(letters); v++)
		if (letters[v] != '.')
			visits[n++] = (JourneyVisit) {(int64_t) v * 1000000, 0, dictionary_id(letters[v] - 'a')};
	checks++;
	if (funnel(text, seconds < 0 ? -1 : seconds * 1000000, 31, visits, n, &chain) == depth &&
		chain.depth == depth)
	{
		for (size_t i = 0; i < strlen(filled); i++)
			got[i] = (chain.filled >> i & 1) != 0 ? (char) ('0' + chain.at[i] / 1000000) : '-';
		if (strcmp(got, filled) == 0)
			return;
	}
	failures++;
	printf("%s within %lld in %s should be %d %s\n", text, seconds, letters, depth, filled);
}

static void
test_known(void)
{
	/* not first-touch: the start that gets deepest, not the first one */
	expect("a > b > c", 3, "a.b..abc", 3, "567");
	expect("a > b > c", 2, "ab.ab...c", 2, "01-");
	expect("a > b > c", -1, "aabbcc", 3, "024");
	expect("a > b > c", 3, "aabbcc", 3, "124");
	expect("a > b >[1 s] c", -1, "abb.bc", 3, "045");
	expect("a > b? > c", -1, "acabc", 2, "034");
	expect("a > b? > c", 1, "ac.abc", 2, "0-1");
	expect("a > b? > c? > d", 2, "abd.acd", 2, "01-2");
	expect("a > b?", -1, "ab", 1, "01");
	expect("a? > b", -1, "a", 0, "--");
	expect("a? > b", 0, "ab", 1, "-1");
	expect("a > b$", -1, "abc", 1, "0-");
	expect("a$", -1, "ab", 0, "-");
	expect("^a > b", -1, "cab", 0, "--");
	expect("a >> b > c", -1, "adbabc", 3, "345");
	expect("a & b & c", 2, "a...cba", 3, "654");
	expect("a & a & d", 1, "a..a", 1, "0--");
	expect("a", -1, "", 0, "-");
	/* a suffix within another one, which is not better */
	expect("e > a >[1 s] b? > c > d? > e", 11, "e....a..abcecde", 4, "089:-;");
	expect("e > a >[1 s] b? > c > d? > e", 11, "eace............e....a..abcecde", 4, "@HIJ-K");
}

/* A '>>' that leads out of simultaneous visits: the latest chain need not start latest. */
static void
test_tied(void)
{
	JourneyVisit visits[] = {
		{2, 0, dictionary_id(2)},
		{5, 0, dictionary_id(0)}, {5, 0, dictionary_id(1)}, {5, 0, dictionary_id(2)},
		{6, 0, dictionary_id(3)}, {9, 0, dictionary_id(4)}
	};
	JourneyFunnelChain chain;

	checks++;
	if (funnel("c > a|c >> b|d > e", 5, 31, visits, 6, &chain) != 4 || chain.at[0] != 5 ||
		chain.at[1] != 5 || chain.at[2] != 5 || chain.at[3] != 9)
	{
		failures++;
		printf("'>>' among simultaneous visits\n");
	}
}

/* Times at both ends of 64 bits must not overflow. */
static void
test_extremes(void)
{
	JourneyVisit visits[2] = {{INT64_MIN, 0, dictionary_id(0)}, {INT64_MAX, 0, dictionary_id(1)}};
	JourneyFunnelChain chain;

	checks += 3;
	if (funnel("a > b", INT64_MAX, 3, visits, 2, &chain) != 1 || chain.filled != 1 ||
		funnel("a > b", -1, 3, visits, 2, &chain) != 2 || chain.at[1] != INT64_MAX ||
		funnel("a & b", INT64_MAX, 3, visits, 2, &chain) != 1 || chain.at[0] != INT64_MIN)
	{
		failures++;
		printf("extreme times\n");
	}
}

/* ---- long journeys ---- */

/* Groups of that many simultaneous visits, one each second; e stands in no visit. */
static void
test_long(const char *what, const char *text, long long seconds, size_t n, size_t group, int depth)
{
	JourneyVisit *visits = malloc(n * sizeof(JourneyVisit));
	JourneyFunnelChain chain;
	int			got;

	for (size_t v = 0; v < n; v++)
	{
		size_t		letter = group == 1 ? v * 7919 % 104729 % (LETTERS - 1) : v % group * (LETTERS - 1) / group;

		visits[v] = (JourneyVisit) {(int64_t) (v / group) * 1000000, 0, dictionary_id((int) letter)};
	}
	checks++;
	got = funnel(text, seconds < 0 ? -1 : seconds * 1000000, 31, visits, n, &chain);
	if (got != depth || chain.depth != depth)
	{
		failures++;
		printf("%s: %d for %s\n", what, got, text);
	}
	free(visits);
}

#define TEN "a > b >[!e] c >[5 s] d > a|b > b? > c > d|c > a"

static void
test_long_ones(void)
{
	test_long("no ties", TEN " > e", -1, 1000000, 1, 8);
	test_long("no ties, window", TEN " > e", 30, 1000000, 1, 8);
	test_long("groups of 4", TEN " > e", 0, 1000000, 4, 4);
	test_long("groups of 1000", TEN " > e", 3, 1000000, 1000, 8);
	test_long("one group", TEN " > e", 0, 1000000, 1000000, 8);
	test_long("groups of 1000, next", "a >> b > c? >> d? >> a > e", 9, 1000000, 1000, 2);
	test_long("a set", "a & b & c & d & d & a? & e", 9, 1000000, 1, 5);
}

int
main(void)
{
	test_known();
	few_nested = true;
	test_known();
	test_tied();
	test_extremes();
	test_random("few ties", 5, 8, 4, 8, 2, 0);
	test_random("many ties", 6, 8, 3, 2, 2, 0);
	test_random("next visits, few ties", 5, 8, 4, 8, 2, 2);
	test_random("next visits, many ties", 6, 8, 3, 2, 1, 2);
	test_random("next visits, ties and time", 6, 8, 3, 5, 1, 2);
	test_random("one group, two labels", 6, 9, 2, 1, 1, 2);
	test_random("one group, three labels", 7, 8, 3, 1, 1, 2);
	test_random("no ties, many times", 6, 9, LETTERS, 14, 1, 0);
	test_random("all letters", 6, 8, LETTERS, 4, 2, 4);
	test_long_ones();
	if (interrupts == 0)
	{
		failures++;
		printf("the interrupt hook was never called\n");
	}
	printf("%d checks, %d failures\n", checks, failures);
	return failures > 0;
}
