/* covers: core/chain/chain.c core/chain/chain_any_order.c core/chain/chain_best.c */
/* covers: core/chain/chain_best_wait.c */
/* covers: core/chain/chain_general.c core/chain/chain_share.c core/chain/chain_simple.c core/chain/chain_stretch.c */
/* covers: core/chain/chain_suffix.c core/chain/chain_visits.c */

/*
 * Compares funnels with an oracle that tries every chain, straight from the
 * definition, on random small journeys and paths: the depth, and of the winning
 * chain which items it fills, when, and with which visits; and how many matches of the
 * whole path there are.  Then long journeys, which must finish.
 */
#include "unit.h"

#include "chain/chain.h"
#include "journey_random.h"

#ifndef CASES
#define CASES		12000		/* of each kind of journey */
#endif

static int	interrupts = 0;
static int	simple = 0;			/* how often the path was */
static bool few_nested = false;
static long kept_apart = 0;		/* chains in any order that an excluded visit breaks */

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
	const JourneyFunnelChain *given;	/* only chains of these items and groups, or NULL */
	int			ends[MOST_VISITS];	/* the last start of chains of the whole path, +1, by end */
	Chain		first;			/* of those the first by labels and visits */
	int			many;			/* of those, some more than once; 1: there is one */
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

/*
 * Does chain a take the visits that stand before those of b?  Both fill the same items,
 * whose last letter is written first.
 */
static bool
stands_before(const Search *s, const Chain *a, const Chain *b)
{
	for (int k = 0; k < a->n; k++)
	{
		int			letters = s->j->visit[a->visit[k]].letter - s->j->visit[b->visit[k]].letter;

		if (letters != 0)
			return letters > 0;
		if (a->visit[k] != b->visit[k])
			return a->visit[k] < b->visit[k];
	}
	return false;
}

/* A chain that fills the given items from the given groups. */
static void
consider_given(Search *s)
{
	const Chain *c = &s->chain;
	JourneyItems items = 0;

	for (int k = 0; k < c->n; k++)
	{
		items |= JOURNEY_ITEM_BIT(c->item[k]);
		if ((s->given->filled & JOURNEY_ITEM_BIT(c->item[k])) == 0 ||
			moment(&s->j->visit[c->visit[k]], &s->j->visit[s->given->group[c->item[k]]]) != 0)
			return;
	}
	if (items != s->given->filled)
		return;
	/* one and the same chain comes again where optional items behind it are left out */
	if (s->many > 0 && memcmp(c->visit, s->first.visit, (size_t) c->n * sizeof(int)) == 0)
		return;
	if (s->many++ == 0 || stands_before(s, c, &s->first))
		s->first = *c;
}

static void
consider(Search *s)
{
	Chain		c = s->chain;
	const Visit *visit = s->j->visit;

	if (c.depth == 0)
		return;
	if (s->given != NULL)
	{
		consider_given(s);
		return;
	}
	sort_chain(s, &c);
	if (s->within >= 0 &&
		span(&visit[c.visit[0]], &visit[c.visit[c.n - 1]]) > (unsigned long long) s->within)
		return;
	if (s->p->any_order && !set_allows(s->j, s->p, c.visit[0], c.visit[c.n - 1]))
	{
		kept_apart++;
		return;
	}
	if (s->p->to_last && c.depth == s->mandatory &&
		moment(&visit[c.visit[c.n - 1]], &visit[s->j->n - 1]) != 0)
		return;
	if (c.depth == s->mandatory && c.visit[0] + 1 > s->ends[c.visit[c.n - 1]])
		s->ends[c.visit[c.n - 1]] = c.visit[0] + 1;
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

/* How many matches there are, by the chains that the search found: the earliest end comes first. */
static size_t
matches_of(const Search *s)
{
	size_t		matches = 0;
	int			behind = -1;	/* a visit of the moment in which the last match ended */

	for (int end = 0; end < s->j->n; end++)
		if (s->ends[end] > 0 &&
			(behind < 0 || moment(&s->j->visit[s->ends[end] - 1], &s->j->visit[behind]) > 0))
		{
			matches++;
			behind = end;
		}
	return matches;
}

static size_t want_matches;		/* of the last journey that the oracle saw, */
static size_t got_matches;		/* and that was searched */

static Chain
oracle(const Path *p, const Journey *j, long long within)
{
	Search		s = {.p = p, .j = j, .within = within};

	for (int i = 0; i < p->n; i++)
		s.mandatory += !p->step[i].optional;
	try_chains(&s, 0);
	want_matches = matches_of(&s);
	return s.best;
}

/* ---- the funnel under test ---- */

static void
count_interrupt(void)
{
	interrupts++;
}

static bool
same_chain(const JourneyFunnelChain *a, const JourneyFunnelChain *b)
{
	if (a->depth != b->depth || a->filled != b->filled)
		return false;
	for (JourneyItems rest = a->depth == 0 ? 0 : a->filled; rest != 0; rest &= rest - 1)
		if (a->at[journey_first_item(rest)] != b->at[journey_first_item(rest)] ||
			a->group[journey_first_item(rest)] != b->group[journey_first_item(rest)])
			return false;
	return true;
}

/* Does the general search give the depth and the chain that the fast way gave? */
static bool
general_agrees(JourneyFunnel *f, const JourneyLabelUse *uses, const JourneyVisit *visits, size_t n,
			   long long within, void *room, int depth, const JourneyFunnelChain *chain)
{
	JourneyFunnelChain general;

	simple++;
	f->simple.on = false;
	if (journey_funnel_depth(f, uses, visits, n, within) != depth ||
		journey_funnel_matches(f, uses, visits, n, within) != got_matches)
		return false;
	journey_funnel_best(f, uses, visits, n, within, room, &general);
	return same_chain(&general, chain);
}

static size_t chain_visits[JOURNEY_PATH_MAX_ITEMS];	/* of the last chain, by item */

/* letters: the bits of those that the journey's dictionary has; returns the depth */
static int
funnel(const char *text, long long within, unsigned letters, const JourneyVisit *visits,
	   size_t n, JourneyFunnelChain *chain)
{
	static JourneyFunnel f;
	static JourneyItems *history = NULL;
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
	history = realloc(history, (n + 1) * sizeof(JourneyItems));
	f.matcher.history = history;
	journey_match_uses(path, ids, uses, LETTERS);
	depth = journey_funnel_depth(&f, uses, visits, n, within);
	got_matches = journey_funnel_matches(&f, uses, visits, n, within);
	check((got_matches > 0) == (depth == f.mandatory), "%s: no match if it is not so deep", text);
	if (chain != NULL)
	{
		void	   *room = malloc(journey_funnel_room(path));

		memset(chain, 0x55, sizeof(*chain));
		f.wait = malloc(journey_funnel_wait_room(path, n) + 1);
		journey_funnel_best(&f, uses, visits, n, within, room, chain);
		memset(chain_visits, 0x55, sizeof(chain_visits));
		if (chain->depth > 0)
			journey_funnel_visits(&f, uses, visits, n, chain, chain_visits);
		if (f.simple.on)
			check(general_agrees(&f, uses, visits, n, within, room, depth, chain),
				  "%s within %lld: the general search has another answer", text, within);
		free(f.wait);
		free(room);
	}
	free(path);
	return depth;
}

static void
check_part(bool ok, const char *text, const Journey *j, long long within, const char *what)
{
	char		journey[1024];

	write_journey(journey, j);
	check(ok, "%s within %lld, wrong %s in%s", text, within, what, journey);
}

static void
compare_chain(const char *text, const Journey *j, long long within, const Chain *want,
			  const JourneyFunnelChain *got)
{
	JourneyItems filled = 0;

	for (int k = 0; k < want->n; k++)
		filled |= JOURNEY_ITEM_BIT(want->item[k]);
	check_part(got->depth == want->depth, text, j, within, "depth of the chain");
	check_part(got->filled == filled, text, j, within, "items");
	if (got->filled == filled)
		for (int k = 0; k < want->n; k++)
			check_part(got->at[want->item[k]] == j->visit[want->visit[k]].at &&
					   got->group[want->item[k]] < (size_t) j->n &&
					   moment(&j->visit[got->group[want->item[k]]],
							  &j->visit[want->visit[k]]) == 0, text, j, within, "times");
}

static int	several = 0;		/* journeys with several matches */
static int	choices = 0;		/* chains whose visits might have been others */
static int	block_choices = 0;	/* and where '>>' has a say in which */

/*
 * The visits are those of a chain; and where '>>' has no say the first ones by label, as
 * they are written, then in the order of the journey.
 */
static void
compare_visits_of(const char *text, const Path *p, const Journey *j, const JourneyFunnelChain *got)
{
	Search		s = {.p = p, .j = j, .within = -1, .given = got};
	bool		blocks = false;
	bool		ok;

	for (int i = 0; i < p->n; i++)
		blocks = blocks || p->step[i].next;
	try_chains(&s, 0);
	choices += s.many > 1;
	block_choices += s.many > 1 && blocks;
	ok = s.many > 0;
	for (int k = 0; k < s.first.n && !blocks; k++)
		ok = ok && chain_visits[s.first.item[k]] == (size_t) s.first.visit[k];
	s.chain.n = s.chain.depth = 0;
	for (int i = 0; i < p->n && ok && blocks; i++)
	{
		if ((got->filled >> i & 1) == 0)
			continue;
		ok = fits(&s, i, (int) chain_visits[i]) &&
			moment(&j->visit[chain_visits[i]], &j->visit[got->group[i]]) == 0;
		s.chain.item[s.chain.n] = i;
		s.chain.visit[s.chain.n++] = (int) chain_visits[i];
	}
	check_part(ok, text, j, -1, "visits of the chain");
}

static void
compare(const Path *p, const Journey *j, long long within)
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
	check_part(funnel(text, within, letters, visits, (size_t) j->n, &got) == want.depth,
			   text, j, within, "depth");
	check_part(got_matches == want_matches, text, j, within, "number of matches");
	several += want_matches > 1;
	compare_chain(text, j, within, &want, &got);
	if (want.depth > 0 && got.depth > 0)
		compare_visits_of(text, p, j, &got);
}

/* The same with shortest times. */
static void
test_waiting(const char *what, int items, int visits, int letters, int times, int seqs, int next)
{
	int			deep = 0;
	int			waiting = 0;

	for (int i = 0; i < CASES; i++)
	{
		char		text[1024];
		Path		p;
		Journey		j;
		long long	within = one_in(4) ? -1 : below(times + 1);

		random_path(&p, items, letters, next);
		for (int k = 1; k < p.n && !p.any_order; k++)
			p.step[k].minimum = one_in(2) && p.step[k].limit != 0 ?
				1 + below(p.step[k].limit > 0 ? (int) p.step[k].limit : 3) : 0;
		random_journey(&j, visits, letters, times, seqs);
		compare(&p, &j, within);
		deep += oracle(&p, &j, within).depth > 1;
		write_path(text, &p);
		waiting += strstr(text, ">=") != NULL;
	}
	printf("%-40s %d cases, %d of them deep, %d with shortest times\n", what, CASES, deep, waiting);
	check(deep > CASES / 10 && waiting > CASES / 3, "%s: enough of both", what);
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
		compare(&p, &j, one_in(4) ? -1 : below(times + 1));
		deep += oracle(&p, &j, -1).depth > 1;
	}
	printf("%-40s %d cases, %d of them deep\n", what, CASES, deep);
}

/* ---- simple paths ---- */

/* Mandatory items and '>' only; one path in so many has limits, 0 for none. */
static void
random_simple_path(Path *p, int most, int letters, int limits)
{
	bool		limited = limits > 0 && one_in(limits);

	memset(p, 0, sizeof(*p));
	p->n = 1 + below(most);
	for (int i = 0; i < p->n; i++)
	{
		p->step[i].labels = one_in(3) ? random_labels(letters) : 1u << below(letters);
		p->step[i].limit = limited && i > 0 && one_in(2) ? below(4) : -1;
	}
}

/* Move what is at some time or later to the end of time, all else to its beginning. */
static void
stretch_journey(Journey *j, int times)
{
	int			first = below(times + 1);

	for (int v = 0; v < j->n; v++)
		j->visit[v].at += j->visit[v].at >= first ? INT64_MAX - times : INT64_MIN;
}

static long long
random_window(int times)
{
	switch (below(8))
	{
		case 0:
			return -1;
		case 1:
			return 0;
		case 2:
			return INT64_MAX - below(2);
		default:
			return below(times + 1);
	}
}

static void
test_simple(const char *what, int items, int visits, int letters, int times, int seqs, bool far)
{
	int			deep = 0;

	for (int i = 0; i < CASES; i++)
	{
		Path		p;
		Journey		j;

		random_simple_path(&p, items, letters, 2);
		random_journey(&j, visits, letters, times, seqs);
		if (far)
			stretch_journey(&j, times);
		compare(&p, &j, random_window(times));
		deep += oracle(&p, &j, -1).depth > 1;
	}
	printf("%-40s %d cases, %d of them deep\n", what, CASES, deep);
}

/* Longer journeys, too long for the oracle: the fast way and the general search. */
static void
test_longer(int visits, int times)
{
	JourneyVisit *v = malloc((size_t) visits * sizeof(*v));
	JourneyFunnelChain chain;
	char		text[1024];

	for (int i = 0; i < CASES / 30; i++)
	{
		int64_t		at = below(times);
		Path		p;

		random_simple_path(&p, MOST_ITEMS, LETTERS, 2);
		write_path(text, &p);
		for (int k = 0; k < visits; k++)
		{
			/* ties only now and then */
			at += one_in(20) ? 0 : 1 + below(times);
			v[k] = (JourneyVisit) {at, 0, dictionary_id(below(LETTERS))};
		}
		funnel(text, random_window(10 * times), 31, v, (size_t) visits, &chain);
	}
	free(v);
}

static void
test_simple_ones(void)
{
	int			before = simple;

	test_simple("simple, no ties", 5, 9, LETTERS, 40, 1, false);
	test_simple("simple, few ties", 5, 8, 4, 12, 2, false);
	test_simple("simple, many ties", 6, 8, 4, 3, 1, false);
	test_simple("simple, two labels", 6, 9, 2, 9, 1, false);
	test_simple("simple, two labels, many ties", 6, 9, 2, 3, 2, false);
	test_simple("simple, three labels, long window", 6, 9, 3, 12, 1, false);
	test_simple("simple, far times", 5, 8, 4, 9, 2, true);
	test_simple("simple, one group", 6, 8, 4, 1, 1, false);
	test_longer(30, 5);
	test_longer(200, 5);
	check(simple - before >= 8 * CASES, "only %d paths were simple", simple - before);
}

/* What a path needs not to be simple, and how many items are too many. */
static void
expect_simple(const char *text, bool want, bool limited)
{
	static JourneyFunnel f;
	JourneyPath *path = parse(text);

	journey_funnel_init(&f, path);
	check(f.simple.on == want && (!want || f.simple.limited == limited), "%s should%s be simple",
		  text, want ? "" : " not");
	free(path);
}

/* A path of that many items, which one journey takes visit by visit. */
static void
test_many_items(int items, bool limited)
{
	char		text[16 * JOURNEY_PATH_MAX_ITEMS] = "a";
	JourneyVisit visits[JOURNEY_PATH_MAX_ITEMS];
	JourneyFunnelChain chain;

	for (int i = 0; i < items; i++)
	{
		if (i > 0)
			strcat(text, limited ? ">[1 us]" : ">");
		if (i > 0)
			strcat(text, i % 2 == 0 ? "a" : "b");
		visits[i] = (JourneyVisit) {i, 0, dictionary_id(i % 2)};
	}
	expect_simple(text, items < 62, limited);
	check(funnel(text, items, 3, visits, (size_t) items, &chain) == items &&
		  chain.depth == items && chain.at[items - 1] == items - 1, "%d items", items);
}

static void
test_what_is_simple(void)
{
	expect_simple("a", true, false);
	expect_simple("a|b > b > a", true, false);
	expect_simple("a >[1 s] b", true, true);
	expect_simple("a > b?", false, false);
	expect_simple("a >> b", false, false);
	expect_simple("a >[!c] b", false, false);
	expect_simple("^a > b", false, false);
	expect_simple("a > b$", false, false);
	expect_simple("a & b", false, false);
	for (int items = 59; items <= JOURNEY_PATH_MAX_ITEMS; items++)
	{
		test_many_items(items, false);
		test_many_items(items, true);
	}
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
	check(funnel(text, seconds < 0 ? -1 : seconds * 1000000, 31, visits, n, &chain) == depth &&
		  chain.depth == depth, "%s within %lld in %s should be %d", text, seconds, letters, depth);
	/* no item is filled in a chain of no depth */
	for (size_t i = 0; i < strlen(filled); i++)
		got[i] = chain.depth > 0 && (chain.filled >> i & 1) != 0 ?
			(char) ('0' + chain.at[i] / 1000000) : '-';
	check(strcmp(got, filled) == 0, "%s within %lld in %s should be %s, not %s", text, seconds,
		  letters, filled, got);
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
	/* in any order, what is excluded lies nowhere between the first and the last */
	expect("a &[!d] b & c", -1, "acdb", 2, "0-1");
	expect("a & b &[!d] c", -1, "adcbda", 2, "-32");
	expect("a &[!d] b & c", -1, "dadcbad", 3, "543");
	expect("a &[!d] b & c", 3, "abdc.ba", 3, "653");
	expect("a &[!d] d", -1, "adda", 2, "01");
	expect("a &[!b] b & c", -1, "abc.bca", 3, "645");
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

	check(funnel("c > a|c >> b|d > e", 5, 31, visits, 6, &chain) == 4 && chain.at[0] == 5 &&
		  chain.at[1] == 5 && chain.at[2] == 5 && chain.at[3] == 9,
		  "'>>' among simultaneous visits");
}

/* Times at both ends of 64 bits must not overflow. */
static void
test_extremes(void)
{
	JourneyVisit visits[2] = {{INT64_MIN, 0, dictionary_id(0)}, {INT64_MAX, 0, dictionary_id(1)}};
	JourneyFunnelChain chain;

	check(funnel("a > b", INT64_MAX, 3, visits, 2, &chain) == 1 && chain.filled == 1,
		  "the longest window");
	check(funnel("a > b", -1, 3, visits, 2, &chain) == 2 && chain.at[1] == INT64_MAX, "no window");
	check(funnel("a & b", INT64_MAX, 3, visits, 2, &chain) == 1 && chain.at[0] == INT64_MIN,
		  "the longest window in any order");
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
	got = funnel(text, seconds < 0 ? -1 : seconds * 1000000, 31, visits, n, &chain);
	check(got == depth && chain.depth == depth, "%s: %d for %s", what, got, text);
	free(visits);
}

#define TEN "a > b >[!e] c >[5 s] d > a|b > b? > c > d|c > a"

static void
test_long_ones(void)
{
	test_long("simple", "a > b > c > d > e", 30, 1000000, 1, 4);
	test_long("simple, limits", "a > b >[2 s] c > d > e", 30, 1000000, 1, 4);
	test_long("simple, groups of 1000", "a > b > c > d > e", 3, 1000000, 1000, 4);
	test_long("no ties", TEN " > e", -1, 1000000, 1, 8);
	test_long("no ties, window", TEN " > e", 30, 1000000, 1, 8);
	test_long("groups of 4", TEN " > e", 0, 1000000, 4, 4);
	test_long("groups of 1000", TEN " > e", 3, 1000000, 1000, 8);
	test_long("one group", TEN " > e", 0, 1000000, 1000000, 8);
	test_long("groups of 1000, next", "a >> b > c? >> d? >> a > e", 9, 1000000, 1000, 2);
	test_long("a set", "a & b & c & d & d & a? & e", 9, 1000000, 1, 5);
	test_long("a set cut at each visit", "a &[!a|b|c|d] b & c & e", 9, 1000000, 1, 2);
}

/* What takes long is work, not visits: a few visits that fill many items must let go, too. */
static void
test_interrupts(const char *first, const char *between, const char *last, size_t group, int depth)
{
	char		text[JOURNEY_PATH_MAX_ITEMS * 8];
	size_t		used = (size_t) snprintf(text, sizeof(text), "%s", first);
	int			before = interrupts;

	for (int i = 0; i < 40; i++)
		used += (size_t) snprintf(text + used, sizeof(text) - used, "%s", between);
	snprintf(text + used, sizeof(text) - used, "%s", last);
	test_long("interrupts", text, 1000, 5000, group, depth);
	check(interrupts - before >= 5, "5000 visits in groups of %zu, %s: %d interrupts", group, text,
		  interrupts - before);
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
	test_waiting("shortest times, few ties", 5, 8, 3, 8, 2, 0);
	test_waiting("shortest times, many ties", 5, 8, 2, 3, 2, 0);
	test_waiting("shortest times, no ties", 5, 9, 3, 14, 1, 0);
	test_waiting("shortest times, next visits", 5, 8, 3, 5, 1, 2);
	test_what_is_simple();
	test_simple_ones();
	test_long_ones();
	test_interrupts("a", " > b?", " > a", 1, 2);
	test_interrupts("a", " > b?", " > a", 4, 2);
	test_interrupts("a", " >[!e] b|c?", " > a", 1, 2);
	test_interrupts("a", " & b|c|d", " & a", 1, 42);
	printf("%d times the fast way against the general search\n", simple);
	printf("%d chains with a choice of visits, %d of them with '>>'\n", choices, block_choices);
	printf("%d journeys with several matches\n", several);
	printf("%ld chains in any order broken by a visit\n", kept_apart);
	check(kept_apart > CASES, "too few chains in any order that a visit breaks");
	check(several > CASES, "too few journeys with several matches");
	check(choices - block_choices > CASES && block_choices > CASES / 4, "too few choices of visits");
	check(interrupts > 0, "the interrupt hook was never called");
	return unit_end();
}
