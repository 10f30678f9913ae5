/* covers: core/path/plan.c */

/*
 * plan_test.c
 *		What random journeys have in common with random plans, against all orders of
 *		simultaneous visits and all sequences there are; what is a plan.
 */
#include "unit.h"

#include "journey_random.h"
#include "path/plan.h"

/* The most of items i and later that visits from the moment of v on, but for used ones, can fill. */
static int
most_common(const Path *p, const Journey *j, int i, int v, unsigned used)
{
	int			most;

	if (i == p->n)
		return 0;
	most = most_common(p, j, i + 1, v, used);
	for (int w = 0; w < j->n; w++)
		if ((used >> w & 1) == 0 && (p->step[i].labels >> j->visit[w].letter & 1) != 0 &&
			(v < 0 || moment(&j->visit[w], &j->visit[v]) >= 0))
		{
			int			here = 1 + most_common(p, j, i + 1, w, used | 1u << w);

			most = here > most ? here : most;
		}
	return most;
}

static void
compare_plan(const Path *p, const Journey *j)
{
	JourneyLabelUse uses[LETTERS];
	JourneyVisit visits[MOST_VISITS];
	uint32_t	ids[JOURNEY_PATH_MAX_USES];
	char		text[1024];
	char		way[1024];
	JourneyPath *path;
	int			got;

	write_path(text, p);
	write_journey(way, j);
	path = parse(text);
	check(journey_plan_is_one(path), "%s is a plan", text);
	for (int i = 0; i < path->labels; i++)
	{
		size_t		length;

		ids[i] = dictionary_id(*journey_path_label(path, i, &length) - 'a');
	}
	journey_match_uses(path, ids, uses, LETTERS);
	for (int v = 0; v < j->n; v++)
		visits[v] = (JourneyVisit) {j->visit[v].at, j->visit[v].seq,
		dictionary_id(j->visit[v].letter)};
	got = journey_plan_common(path, uses, visits, (size_t) j->n);
	check(got == most_common(p, j, 0, -1, 0), "%s:%s: %d", text, way, got);
	free(path);
}

int
main(void)
{
	static const char *const none[] = {"a > b|c", "a > b?", "a >> b", "a & b", "^a > b", "a > b$",
	"a >[1 day] b", "a >[!c] b"};

	for (int i = 0; i < 30000; i++)
	{
		Path		p = {.n = 1 + below(6)};
		Journey		j;

		for (int k = 0; k < p.n; k++)
			p.step[k] = (Step) {.labels = 1u << below(4),.limit = -1};
		random_journey(&j, 8, LETTERS, 1 + below(6), 1 + below(2));
		compare_plan(&p, &j);
	}
	for (int i = 0; i < LENGTH(none); i++)
	{
		JourneyPath *path = parse(none[i]);

		check(!journey_plan_is_one(path), "%s is no plan", none[i]);
		free(path);
	}
	return unit_end();
}
