/* covers: core/path/match.c core/path/match_group.c core/path/match_set.c core/path/match_wait.c */

/*
 * Compares the matcher with one that tries every assignment of visits to items,
 * straight from the definition, on random small journeys and paths.  Both start
 * from the same description of a path; only the matcher under test reads it
 * through the text form.  Then a few long journeys, which must simply finish.
 */
#include "unit.h"

#include "path/match.h"
#include "journey_random.h"

#define CASES		60000		/* of each kind of journey */

static int	found = 0;
static int	interrupts = 0;

/* ---- the definition ---- */

/* Is a whole assignment, -1 for skipped items, a match? */
static bool
assignment_matches(const Path *p, const Journey *j, const int *visit_of)
{
	int			last = -1;
	int			earliest = -1;
	int			latest = -1;

	for (int i = 0; i < p->n; i++)
	{
		if (visit_of[i] < 0)
			continue;
		if (last < 0 && p->from_first)
			for (int v = 0; v < j->n; v++)
				if (moment(&j->visit[v], &j->visit[visit_of[i]]) < 0)
					return false;
		if (last >= 0 && !p->any_order && !arrow_allows(j, &p->step[i], last, visit_of[i]))
			return false;
		last = visit_of[i];
		/* visits are numbered by time */
		earliest = earliest < 0 || last < earliest ? last : earliest;
		latest = last > latest ? last : latest;
	}
	if (p->any_order && !set_allows(j, p, earliest, latest))
		return false;
	if (p->to_last)
		for (int v = 0; v < j->n; v++)
			if (moment(&j->visit[v], &j->visit[last]) > 0)
				return false;
	return true;
}

static bool
try_all(const Path *p, const Journey *j, int *visit_of, int i, unsigned used)
{
	if (i == p->n)
		return assignment_matches(p, j, visit_of);
	visit_of[i] = -1;
	if (p->step[i].optional && try_all(p, j, visit_of, i + 1, used))
		return true;
	for (int v = 0; v < j->n; v++)
	{
		if ((used >> v & 1) != 0 || (p->step[i].labels >> j->visit[v].letter & 1) == 0)
			continue;
		visit_of[i] = v;
		if (try_all(p, j, visit_of, i + 1, used | 1u << v))
			return true;
	}
	return false;
}

static bool
brute_force(const Path *p, const Journey *j)
{
	int			visit_of[MOST_ITEMS];

	return try_all(p, j, visit_of, 0, 0);
}

/* ---- from a description to the matcher under test ---- */

static void
count_interrupt(void)
{
	interrupts++;
}

/* letters: the bits of those that the journey's dictionary has */
static bool
match(const char *text, unsigned letters, const JourneyVisit *visits, size_t n)
{
	static JourneyMatcher matcher;
	JourneyPath *path = parse(text);
	uint32_t	ids[LETTERS];
	JourneyLabelUse uses[LETTERS];
	bool		result;

	for (int i = 0; i < path->labels; i++)
	{
		size_t		length;
		int			letter = *journey_path_label(path, i, &length) - 'a';

		ids[i] = (letters >> letter & 1) != 0 ? dictionary_id(letter) : JOURNEY_NO_ID;
	}
	/* nothing may depend on what a matcher had in it before */
	memset(&matcher, below(2) * 0xFF, sizeof(matcher));
	journey_matcher_init(&matcher, path);
	matcher.interrupt = count_interrupt;
	journey_match_uses(path, ids, uses, LETTERS);
	matcher.history = journey_match_needs_history(&matcher) ?
		malloc((n + 1) * sizeof(JourneyItems)) : NULL;
	result = journey_match(&matcher, uses, visits, n);
	free(matcher.history);
	free(path);
	return result;
}

static void
compare(const Path *p, const Journey *j)
{
	char		text[1024];
	char		journey[1024];
	JourneyVisit visits[MOST_VISITS];
	unsigned	letters = 0;
	bool		want = brute_force(p, j);

	for (int v = 0; v < j->n; v++)
	{
		visits[v] = (JourneyVisit) {j->visit[v].at, j->visit[v].seq,
									dictionary_id(j->visit[v].letter)};
		letters |= 1u << j->visit[v].letter;
	}
	write_path(text, p);
	found += want;
	write_journey(journey, j);
	check(match(text, letters, visits, (size_t) j->n) == want, "%s should %s in%s", text,
		  want ? "be found" : "not be found", journey);
}

/* ---- random cases ---- */

static void
test_random(const char *what, int items, int visits, int letters, int times, int seqs, int next)
{
	found = 0;
	for (int i = 0; i < CASES; i++)
	{
		Path		p;
		Journey		j;

		random_path(&p, items, letters, next);
		random_journey(&j, visits, letters, times, seqs);
		compare(&p, &j);
	}
	printf("%-40s %d cases, %d of them found\n", what, CASES, found);
}

/* The same with shortest times, of which one of two arrows has one. */
static void
test_waiting(const char *what, int items, int visits, int letters, int times, int seqs, int next)
{
	int			waiting = 0;

	found = 0;
	for (int i = 0; i < CASES; i++)
	{
		Path		p;
		Journey		j;

		random_path(&p, items, letters, next);
		for (int k = 1; k < p.n && !p.any_order; k++)
			if (one_in(2))
			{
				p.step[k].minimum = below(4);
				if (p.step[k].limit >= 0)
					p.step[k].limit += p.step[k].minimum;
				waiting += p.step[k].minimum > 0;
			}
		random_journey(&j, visits, letters, times, seqs);
		compare(&p, &j);
	}
	printf("%-40s %d cases, %d of them found, %d shortest times\n", what, CASES, found, waiting);
	check(waiting > CASES / 3 && found > CASES / 10, "%s: enough of both", what);
}

/* ---- cases with an answer that can be seen ---- */

static void
expect(const char *text, const char *letters, bool ties, bool want)
{
	JourneyVisit visits[16];
	unsigned	present = 0;
	size_t		n = strlen(letters);

	for (size_t v = 0; v < n; v++)
	{
		visits[v] = (JourneyVisit) {ties ? 0 : (int64_t) v * 1000000, 0, dictionary_id(letters[v] - 'a')};
		present |= 1u << (letters[v] - 'a');
	}
	check(match(text, present, visits, n) == want, "%s should %s in %s", text,
		  want ? "be found" : "not be found", letters);
}

static void
test_known(void)
{
	expect("a > b", "acb", false, true);
	expect("a >> b", "acb", false, false);
	expect("a > a", "a", false, false);
	expect("a > a", "aa", true, true);
	expect("b > a", "ab", true, true);
	expect("b > a", "ab", false, false);
	expect("a >[1 s] b", "acb", false, false);
	expect("a >[2 s] b", "acb", false, true);
	expect("a >[!c] b", "acb", false, false);
	expect("a >[!c] b", "acab", false, true);
	expect("a >[>= 2 s] b", "ab", false, false);
	expect("a >[>= 2 s] b", "acb", false, true);
	expect("a >[>= 2 s] b", "aacb", false, true);
	expect("a >[>= 1 s, 1 s] b", "aacb", false, false);
	expect("a >[>= 2 s, 2 s] b", "aacab", false, false);
	expect("a >[>= 2 s, 3 s] b", "aacab", false, true);
	expect("a >>[>= 2 s] b", "acb", false, false);
	expect("a >[>= 2 s, !c] b", "adcdab", false, false);
	expect("a >[>= 2 s, !c] b", "acadb", false, true);
	expect("a >[>= 1 us] b", "ab", true, false);
	expect("a > b? >[>= 2 s] c", "abc", false, true);
	expect("a > b? >> c", "abdc", false, false);
	expect("a > b? >> c", "bdac", false, true);
	expect("^b? > a", "ca", false, false);
	expect("a & a & b", "aba", false, true);
	expect("a|b & a|b & a", "bb", false, false);
	/* in any order, what is excluded lies nowhere between the first and the last */
	expect("a &[!c] b", "acb", false, false);
	expect("a &[!c] b", "bca", false, false);
	expect("a &[!c] b", "acbcab", false, true);
	expect("a &[!c] b", "cabc", false, true);
	expect("a &[!c] b", "acb", true, true);
	expect("a &[!d] b & c", "abdc", false, false);
	expect("a & b &[!d] c", "adbc", false, false);
	expect("a & b &[!d] c? & a", "adcbadba", false, false);
	expect("a & b &[!d] c? & a", "adcbaada", false, true);
	expect("a &[!c] c", "acca", false, true);
	expect("a &[!b] b & c", "abc", false, false);
	expect("a &[!b] b & c", "acb", false, true);
	expect("a", "", false, false);
}

/* Times at both ends of 64 bits must not overflow. */
static void
test_extremes(void)
{
	JourneyVisit visits[2] = {{INT64_MIN, 0, dictionary_id(0)}, {INT64_MAX, 0, dictionary_id(1)}};

	check(!match("a >[9223372036854775807 us] b", 3, visits, 2), "the longest limit");
	check(match("a > b", 3, visits, 2), "extreme times");
	check(match("a >[>= 9223372036854775807 us] b", 3, visits, 2), "the longest shortest time");
}

/* ---- long journeys ---- */

static void
test_long(const char *what, const char *text, size_t n, size_t group, bool want)
{
	JourneyVisit *visits = malloc(n * sizeof(JourneyVisit));

	for (size_t v = 0; v < n; v++)
		visits[v] = (JourneyVisit) {(int64_t) (v / group), 0,
									dictionary_id((int) (v % group * (LETTERS - 1) / group))};
	check(match(text, 31, visits, n) == want, "%s, for %s", what, text);
	free(visits);
}

#define TEN "a > b >[!e] c >[5 s] d > a|b > b? > c > d|c > a >"

int
main(void)
{
	test_known();
	test_extremes();
	test_random("few ties", 5, 8, 4, 8, 2, 0);
	test_random("many ties", 6, 8, 3, 2, 2, 0);
	test_random("next visits, few ties", 5, 8, 4, 8, 2, 2);
	test_random("next visits, many ties", 6, 8, 3, 2, 1, 2);
	test_random("one group, two labels", 6, 9, 2, 1, 1, 2);
	test_random("one group, three labels", 7, 9, 3, 1, 1, 2);
	test_random("all letters", 6, 9, LETTERS, 4, 2, 4);
	test_waiting("shortest times, few ties", 5, 8, 3, 8, 2, 0);
	test_waiting("shortest times, many ties", 4, 9, 2, 3, 2, 0);
	test_waiting("shortest times, no ties", 4, 9, 3, 14, 1, 0);
	test_waiting("shortest times, next visits", 4, 9, 2, 4, 1, 3);
	test_long("shortest times", "a >[>= 9 us] b >[>= 9 us, 30 us, !e] c|d? >[>= 1 us] d > e", 1000000, 1,
			  false);
	test_long("shortest times, groups of 1000", "a >[>= 9 us] b >[>= 1 us] d > a >[>= 9 us] e", 1000000,
			  1000, false);
	test_long("no ties", TEN " e", 1000000, 1, false);
	test_long("groups of 4", TEN " e", 1000000, 4, false);
	test_long("groups of 1000", TEN " e", 1000000, 1000, false);
	test_long("one group", TEN " e", 1000000, 1000000, false);
	test_long("groups of 1000, next", "a >> b > c >> d? >> a > e", 1000000, 1000, false);
	test_long("the last one", "^a > d$", 1000000, 4, true);
	test_long("a set", "a & b & c & d & d", 1000000, 4, true);
	test_long("a set cut at each visit", "a & b &[!a|b|c|d] c & d", 1000000, 1, false);
	test_long("a set cut here and there", "a &[!d] b & c & e", 1000000, 100, false);
	check(interrupts > 0, "the interrupt hook was never called");
	return unit_end();
}
