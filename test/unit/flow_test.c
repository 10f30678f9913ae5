/* covers: core/flow/flow_pack.c core/flow/flow_reach.c core/flow/flow_sort.c core/flow/flow_state.c */
/* covers: core/flow/flow_text.c */

/*
 * flow_test.c
 *		The pure core of flows: random walks counted, packed, printed and read back;
 *		the chance to reach a goal against iteration; damaged bytes and texts, which
 *		must do no harm.
 *
 * Damaged bytes stand in memory of exactly their size, so that a sanitizer sees
 * every byte read beyond it.
 */
#include "unit.h"

#include <math.h>

#include "flow/flow_reach.h"
#include "flow/flow.h"
#include "flow/flow_text.h"

static FlowState *
make_room(FlowState *s, FlowNeed need)
{
	size_t		bytes = flow_state_grown(s, &need);
	FlowState  *larger;

	if (flow_state_has_room(s, &need))
		return s;
	larger = malloc(bytes);
	larger->header.vl_len = 0;
	flow_state_move(larger, s, &need);
	check(flow_state_check(larger, bytes), "a state that has grown");
	free(s);
	return larger;
}

static FlowState *
count(FlowState *s, uint32_t from, uint32_t to, uint64_t time)
{
	uint32_t	edge;

	s = make_room(s, (FlowNeed) {.edges = 1});
	check(flow_state_add_edge(s, from, to, 1, time, &edge), "a transition is counted");
	if (from != FLOW_OUTSIDE && to != FLOW_OUTSIDE)
	{
		s = make_room(s, (FlowNeed) {.buckets = 1});
		flow_state_add_bucket(s, edge, duration_bucket(time), 1);
	}
	return s;
}

static uint32_t
stage(FlowState **s, int number)
{
	char		text[16];
	JourneyLabel label = {text, (uint32_t) sprintf(text, "stage %d", number)};
	uint32_t	found = flow_state_find_label(*s, &label);

	if (found != 0)
		return found;
	*s = make_room(*s, (FlowNeed) {.labels = 1,.text = label.length});
	return flow_state_add_label(*s, &label);
}

/* Walks over so many stages. */
static FlowState *
random_walks(int walks, int stages)
{
	FlowState  *s = malloc(flow_state_smallest());

	s->header.vl_len = 0;
	flow_state_init(s);
	for (int i = 0; i < walks; i++)
	{
		uint32_t	before = FLOW_OUTSIDE;

		do
		{
			uint32_t	next = stage(&s, (int) (random_bits() % (uint64_t) stages));

			s = count(s, before, next,
					  before == FLOW_OUTSIDE ? 0 : random_bits() >> (random_bits() & 63));
			before = next;
		} while (random_bits() % 5 > 0);
		s = count(s, before, FLOW_OUTSIDE, 0);
	}
	return s;
}

static void
allocate(Flow *flow)
{
	flow->labels = malloc((flow->label_count + 1) * sizeof(JourneyLabel));
	flow->edges = malloc((flow->edge_count + 1) * sizeof(FlowEdge));
	flow->buckets = malloc((flow->bucket_count + 1) * sizeof(DurationBucket));
}

static void
release(Flow *flow)
{
	free(flow->labels);
	free(flow->edges);
	free(flow->buckets);
}

static Flow
sorted(const FlowState *s)
{
	Flow		flow = {.label_count = s->labels,.edge_count = s->edges,.bucket_count = s->buckets};
	void	   *scratch = malloc(flow_state_scratch(s));

	allocate(&flow);
	check(flow_state_sort(s, &flow, scratch), "a state is sorted");
	free(scratch);
	return flow;
}

/* A state whose numbers are damaged: it is refused, or read and packed within its bytes. */
static void
damage_state(const FlowState *s, size_t bytes)
{
	for (int i = 0; i < 300; i++)
	{
		FlowState  *copy = malloc(bytes);
		Flow		flow = {0};

		memcpy(copy, s, bytes);
		for (uint64_t n = 1 + random_bits() % 3; n > 0; n--)
			{
			/* half of it in the numbers at the beginning */
			size_t		range = random_bits() % 2 == 0 ? offsetof(FlowState, data) : bytes;

			((char *) copy)[6 + random_bits() % (range - 6)] = (char) random_bits();
		}
		if (flow_state_check(copy, bytes))
		{
			void	   *scratch = malloc(flow_state_scratch(copy));

			flow.label_count = copy->labels;
			flow.edge_count = copy->edges;
			flow.bucket_count = copy->buckets;
			allocate(&flow);
			if (flow_state_sort(copy, &flow, scratch))
			{
				char	   *packed = malloc(flow_pack_bound(&flow));

				check(flow_pack(packed, &flow) <= flow_pack_bound(&flow), "packed within the bound");
				free(packed);
			}
			release(&flow);
			free(scratch);
		}
		free(copy);
	}
}

static FlowStatus
checked(const Flow *flow)
{
	int64_t    *sums = malloc(2 * (flow->label_count + 1) * sizeof(int64_t));
	FlowStatus	status = flow_check(flow, sums, sums + flow->label_count + 1);

	free(sums);
	return status;
}

/* Read what may be damaged; true if it is a flow. */
static bool
reads(const void *packed, size_t bytes)
{
	Flow		flow;
	bool		ok;

	if (flow_read_counts(packed, bytes, &flow) != FLOW_OK)
		return false;
	allocate(&flow);
	ok = flow_read(packed, bytes, &flow) == FLOW_OK;
	if (ok)
		(void) checked(&flow);
	release(&flow);
	return ok;
}

static void
damage(const char *packed, size_t bytes)
{
	for (int i = 0; i < 300; i++)
	{
		size_t		length = random_bits() % 4 > 0 ? bytes : (size_t) (random_bits() % (bytes + 1));
		char	   *copy = malloc(length > 0 ? length : 1);

		memcpy(copy, packed, length);
		for (uint64_t n = random_bits() % 4; n > 0 && length > 4; n--)
			copy[4 + random_bits() % (length - 4)] = (char) random_bits();
		if (length >= sizeof(FlowHeader))
			(void) reads(copy, length);
		free(copy);
	}
}

/* The edges and buckets of a text; false for an error. */
static bool
scan(const char *text, uint32_t *edges, uint32_t *buckets)
{
	FlowTextReader reader;
	TextItem	item;
	DurationSketchStatus part;
	DurationBucket bucket;

	*edges = *buckets = 0;
	flow_text_begin(&reader, text, strlen(text), true);
	while ((item = flow_text_edge(&reader)) == TEXT_ITEM)
	{
		(*edges)++;
		while ((part = duration_sketch_next(&reader.scan, &reader.sketch, &bucket)) ==
			   DURATION_SKETCH_BUCKET)
			(*buckets)++;
		if (part == DURATION_SKETCH_ERROR)
		{
			item = TEXT_ERROR;
			break;
		}
	}
	check(item == TEXT_END || reader.scan.expected != NULL || reader.scan.problem != NULL,
		  "an error is explained");
	return item == TEXT_END;
}

static void
check_text(const Flow *flow)
{
	size_t		bound = flow_text_bound(flow);
	char	   *text = malloc(bound);
	size_t		length = flow_text_print(flow, text);
	uint32_t	edges;
	uint32_t	buckets;

	check(length < bound && text[length] == '\0', "the bound of the text");
	check(scan(text, &edges, &buckets) && edges == flow->edge_count &&
		  buckets == flow->bucket_count, "the text is read");
	text = realloc(text, length + 1);
	for (int i = 0; i < 200; i++)
	{
		size_t		at = (size_t) (random_bits() % length);
		char		was = text[at];

		text[at] = "{}()[]>=:,\"0a \\"[random_bits() % 16];
		(void) scan(text, &edges, &buckets);
		text[at] = was;
	}
	free(text);
}

static void
test_round_trips(void)
{
	static const int walks[] = {0, 1, 2, 20, 300};

	for (int turn = 0; turn < 50; turn++)
	{
		FlowState  *s = random_walks(walks[turn % 5], 1 + turn % 30);
		Flow		flow = sorted(s);
		size_t		bound = flow_pack_bound(&flow);
		char	   *packed = calloc(1, bound);
		char	   *again = calloc(1, bound);
		size_t		bytes = flow_pack(packed, &flow);
		Flow		back;

		check(checked(&flow) == FLOW_OK, "walks are a flow");
		damage_state(s, flow_state_grown(s, &(FlowNeed) {0}));
		check(bytes <= bound, "the bound of the packed size");
		packed = realloc(packed, bytes);
		check(flow_read_counts(packed, bytes, &back) == FLOW_OK, "the counts are read");
		allocate(&back);
		check(flow_read(packed, bytes, &back) == FLOW_OK, "a packed flow is read");
		check(flow_pack(again, &back) == bytes && memcmp(packed + 4, again + 4, bytes - 4) == 0,
			  "packed again it has the same bytes");
		check(!reads(packed, bytes - 1), "a flow that is cut off");
		check_text(&flow);
		damage(packed, bytes);
		release(&back);
		release(&flow);
		free(packed);
		free(again);
		free(s);
	}
}

/* A flow aa -> ab -> ba, with some bytes changed, is refused. */
static void
refuse_changed(const void *from, const void *to, size_t n, const char *what)
{
	static const JourneyLabel three[] = {{"aa", 2}, {"ab", 2}, {"ba", 2}};
	FlowState  *s = malloc(flow_state_smallest());
	Flow		flow = {0};
	void	   *scratch;

	s->header.vl_len = 0;
	flow_state_init(s);
	for (int i = 0; i < 3; i++)
		s = count(s, (uint32_t) i, flow_state_add_label(s, &three[i]), 100);
	s = count(s, 3, FLOW_OUTSIDE, 0);
	s = count(s, 2, 3, 1000000);
	if (n > 0)
		check(change_bytes(s, flow_state_smallest(), from, to, n), "%s: nothing to change", what);
	check(flow_state_check(s, flow_state_smallest()), "%s: checked", what);
	scratch = malloc(flow_state_scratch(s));
	flow = (Flow) {.label_count = s->labels,.edge_count = s->edges,.bucket_count = s->buckets};
	allocate(&flow);
	check(flow_state_sort(s, &flow, scratch) == (n == 0), "%s", what);
	release(&flow);
	free(scratch);
	free(s);
}

/* Labels that overlap; labels, edges and buckets that are there twice. */
static void
test_twice(void)
{
	uint32_t	places[][2] = {{2, 2}, {1, 2}, {0, 2}, {2, 1}};
	FlowEdge	edges[] = {{.from = 2,.to = 3,.transitions = 2}, {.from = 1,.to = 2,.transitions = 2}};
	uint64_t	buckets[] = {duration_bucket(1000000), duration_bucket(100)};
	uint64_t	keys[][2] = {{UINT64_C(3) << 32 | buckets[0], 1}, {UINT64_C(3) << 32 | buckets[1], 1}};

	refuse_changed(NULL, NULL, 0, "three stages");
	refuse_changed("ab", "aa", 2, "a label twice");
	refuse_changed(places[0], places[1], sizeof(places[0]), "a label that overlaps another");
	refuse_changed(places[0], places[2], sizeof(places[0]), "a label in the place of another");
	refuse_changed(places[0], places[3], sizeof(places[0]), "bytes between labels");
	refuse_changed(&edges[0], &edges[1], offsetof(FlowEdge, sum), "an edge twice");
	refuse_changed(keys[0], keys[1], sizeof(keys[0]), "a bucket twice");
}

/* One turn of x = Px; returns the largest change. */
static double
iterate(const Flow *flow, uint32_t goal, const int64_t *leaving, double *x, double *next)
{
	uint32_t	nodes = flow->label_count + 2;
	double		change = 0;

	memset(next, 0, nodes * sizeof(double));
	for (uint32_t i = 0; i < flow->edge_count; i++)
	{
		const FlowEdge *e = &flow->edges[i];

		next[e->from] += (double) e->transitions / (double) leaving[e->from] *
			x[e->to == FLOW_OUTSIDE ? nodes - 1 : e->to];
	}
	next[goal] = 1;
	for (uint32_t i = 0; i < nodes; i++)
		change = fmax(change, fabs(next[i] - x[i]));
	memcpy(x, next, nodes * sizeof(double));
	return change;
}

static void
check_chances(const Flow *flow, uint32_t goal)
{
	uint32_t	nodes = flow->label_count + 2;
	uint32_t   *row = malloc(nodes * sizeof(uint32_t));
	uint32_t   *scratch = malloc((2 * (nodes + 1) + flow->edge_count) * sizeof(uint32_t));
	double	   *x = calloc(2 * nodes, sizeof(double));
	int64_t    *leaving = calloc(2 * nodes, sizeof(int64_t));
	FlowChain	chain = {.n = flow_chain_rows(flow, goal, row, scratch)};
	double	   *memory = calloc((size_t) (chain.n + 4) * chain.n + 1, sizeof(double));

	chain.matrix = memory;
	chain.goal = memory + (size_t) chain.n * chain.n;
	chain.lost = chain.goal + chain.n;
	chain.leaving = chain.lost + chain.n;
	chain.chance = chain.leaving + chain.n;
	flow_chain_fill(&chain, flow, goal, row);
	for (uint32_t k = chain.n; k > 0; k--)
		flow_chain_eliminate(&chain, k - 1);
	flow_chain_solve(&chain);
	(void) flow_check(flow, leaving + nodes, leaving);
	x[goal] = 1;
	while (iterate(flow, goal, leaving, x, x + nodes) > 1e-15)
		 /* go on */ ;
	for (uint32_t i = 0; i < nodes; i++)
		if (i != goal)
			check(fabs((row[i] == FLOW_CHAIN_NONE ? 0 : chain.chance[row[i]]) - x[i]) < 1e-12,
				  "the chance is that of iterating");
	free(memory);
	free(leaving);
	free(x);
	free(scratch);
	free(row);
}

static void
test_chances(void)
{
	for (int turn = 0; turn < 60; turn++)
	{
		FlowState  *s = random_walks(1 + turn * 3, 2 + turn % 40);
		Flow		flow = sorted(s);

		for (uint32_t goal = 0; goal <= flow.label_count + 1; goal++)
			check_chances(&flow, goal);
		release(&flow);
		free(s);
	}
}

int
main(void)
{
	test_round_trips();
	test_twice();
	test_chances();
	return unit_end();
}
