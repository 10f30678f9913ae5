/*
 * journey_random.h
 *		Random small journeys and paths for tests against a brute force: a plain
 *		description of a path, its text, and what an arrow allows, straight from
 *		the definition of the path language.
 */
#ifndef JOURNEY_RANDOM_H
#define JOURNEY_RANDOM_H

#include "path/path.h"
#include "unit.h"

#define LETTERS		5			/* labels a, b, c, d, e */
#define MOST_ITEMS	7
#define MOST_VISITS 9

typedef struct Step
{
	unsigned	labels;			/* a bit for each letter */
	unsigned	excluded;
	bool		optional;
	bool		next;
	long long	limit;			/* microseconds, -1: none */
	long long	minimum;		/* likewise, 0: none */
} Step;

typedef struct Path
{
	bool		any_order;
	bool		from_first;
	bool		to_last;
	int			n;
	Step		step[MOST_ITEMS];
} Path;

typedef struct Visit
{
	long long	at;
	long long	seq;
	int			letter;
} Visit;

typedef struct Journey
{
	int			n;
	Visit		visit[MOST_VISITS];
} Journey;

/* ---- the definition ---- */

/* Before, at the same moment as (0) or after. */
static int
moment(const Visit *a, const Visit *b)
{
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

/* From one visit to a later one; unsigned, because it may be more than 2^63. */
static unsigned long long
span(const Visit *from, const Visit *to)
{
	return (unsigned long long) to->at - (unsigned long long) from->at;
}

static inline bool
arrow_allows(const Journey *j, const Step *step, int from, int to)
{
	if (step->next ? to != from + 1 : moment(&j->visit[to], &j->visit[from]) < 0)
		return false;
	if (step->limit >= 0 && span(&j->visit[from], &j->visit[to]) > (unsigned long long) step->limit)
		return false;
	if (span(&j->visit[from], &j->visit[to]) < (unsigned long long) step->minimum)
		return false;
	for (int v = 0; v < j->n; v++)
		if ((step->excluded >> j->visit[v].letter & 1) != 0 &&
			moment(&j->visit[from], &j->visit[v]) < 0 && moment(&j->visit[v], &j->visit[to]) < 0)
			return false;
	return true;
}

/* In any order: does nothing that is excluded lie between the first and the last visit? */
static inline bool
set_allows(const Journey *j, const Path *p, int first, int last)
{
	for (int i = 0; i < p->n; i++)
		for (int v = 0; v < j->n; v++)
			if ((p->step[i].excluded >> j->visit[v].letter & 1) != 0 &&
				moment(&j->visit[first], &j->visit[v]) < 0 &&
				moment(&j->visit[v], &j->visit[last]) < 0)
				return false;
	return true;
}

/* ---- from a description to a path ---- */

/* The last letter first, so that the order of labels is not that of the alphabet. */
static size_t
write_labels(char *text, unsigned labels)
{
	size_t		n = 0;

	for (int i = LETTERS - 1; i >= 0; i--)
		if ((labels >> i & 1) != 0)
		{
			if (n > 0)
				text[n++] = '|';
			text[n++] = (char) ('a' + i);
		}
	return n;
}

/* The sign between two items, and what stands in brackets behind it. */
static size_t
write_arrow(char *text, const Step *step, const char *arrow)
{
	size_t		n = (size_t) sprintf(text, "%s", arrow);

	char		sign = '[';

	if (step->minimum > 0)
	{
		n += (size_t) sprintf(text + n, "%c>=%lld us", sign, step->minimum);
		sign = ',';
	}
	if (step->limit >= 0)
	{
		n += (size_t) sprintf(text + n, "%c%lld us", sign, step->limit);
		sign = ',';
	}
	if (step->excluded != 0)
	{
		text[n++] = sign;
		text[n++] = '!';
		n += write_labels(text + n, step->excluded);
		sign = ',';
	}
	if (sign != '[')
		text[n++] = ']';
	return n;
}

static void
write_path(char *text, const Path *p)
{
	size_t		n = 0;

	if (p->from_first)
		text[n++] = '^';
	for (int i = 0; i < p->n; i++)
	{
		if (i > 0)
			n += write_arrow(text + n, &p->step[i],
							 p->any_order ? "&" : p->step[i].next ? ">>" : ">");
		n += write_labels(text + n, p->step[i].labels);
		if (p->step[i].optional)
			text[n++] = '?';
	}
	if (p->to_last)
		text[n++] = '$';
	text[n] = '\0';
}

/* The visits with their times, for who reads that something is wrong. */
static inline void
write_journey(char *text, const Journey *j)
{
	*text = '\0';
	for (int v = 0; v < j->n; v++)
		text += sprintf(text, " %c@%lld#%lld", 'a' + j->visit[v].letter, j->visit[v].at,
						j->visit[v].seq);
}

static JourneyPath *
parse(const char *text)
{
	char		bytes[4096];
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
	if (!journey_path_valid(path, journey_path_size(&draft)))
	{
		printf("%s: not valid\n", text);
		exit(1);
	}
	return path;
}

/* The dictionary numbers letter i as (i * 3 + 1) % LETTERS: any order will do. */
static inline uint32_t
dictionary_id(int letter)
{
	return (uint32_t) (letter * 3 + 1) % LETTERS;
}

/* ---- random cases ---- */

static int
compare_visits(const void *a, const void *b)
{
	const Visit *x = a;
	const Visit *y = b;
	int			order = moment(x, y);

	return order != 0 ? order : x->letter - y->letter;
}

static unsigned
random_labels(int letters)
{
	unsigned	labels = 1u << below(letters);

	while (one_in(3))
		labels |= 1u << below(letters);
	return labels;
}

/* Of 'next' arrows, one in so many; 0 for none. */
static inline void
random_path(Path *p, int most, int letters, int next)
{
	bool		mandatory = false;

	memset(p, 0, sizeof(*p));
	p->n = 1 + below(most);
	p->any_order = p->n > 1 && one_in(8);
	p->from_first = !p->any_order && one_in(6);
	p->to_last = !p->any_order && one_in(6);
	for (int i = 0; i < p->n; i++)
	{
		Step	   *step = &p->step[i];

		step->labels = random_labels(letters);
		step->optional = one_in(3);
		step->limit = -1;
		mandatory = mandatory || !step->optional;
		if (i > 0 && p->any_order && one_in(6))
			step->excluded = random_labels(letters);
		if (i == 0 || p->any_order)
			continue;
		step->next = next > 0 && one_in(next);
		if (one_in(4))
			step->limit = below(4);
		if (one_in(4))
			step->excluded = random_labels(letters);
	}
	if (!mandatory)
		p->step[below(p->n)].optional = false;
}

static void
random_journey(Journey *j, int most, int letters, int times, int seqs)
{
	j->n = below(most + 1);
	for (int v = 0; v < j->n; v++)
		j->visit[v] = (Visit) {below(times), below(seqs), below(letters)};
	qsort(j->visit, (size_t) j->n, sizeof(Visit), compare_visits);
}

#endif							/* JOURNEY_RANDOM_H */
