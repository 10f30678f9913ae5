/* covers: core/funnel/funnel_pack.c core/funnel/funnel_state.c core/funnel/funnel_step.c */
/* covers: core/funnel/funnel_text.c core/funnel/funnel_value.c */

/*
 * funnel_test.c
 *		The pure core of stored funnels: random chains counted and compared with a
 *		list of all that was counted; packed, printed, read back and merged; damaged
 *		bytes and texts, which must do no harm.
 *
 * Damaged bytes stand in memory of exactly their size, so that a sanitizer sees
 * every byte read beyond it.
 */
#include "unit.h"

#include "funnel/funnel.h"
#include "funnel/funnel_text.h"
#include "journey/journey_value.h"

#define MOST_CHAINS 600
#define WITHIN		INT64_C(1000000)

/* What chains should come to: for each step how many reached it, and their times. */
typedef struct Expected
{
	int64_t		reached[JOURNEY_PATH_MAX_ITEMS];
	int			timed[JOURNEY_PATH_MAX_ITEMS + 1];	/* the last one is the whole way */
	JourneyItems seen;
	uint64_t	time[JOURNEY_PATH_MAX_ITEMS + 1][MOST_CHAINS];
	uint64_t	valued;			/* steps of which a visit had a value, and their sums */
	Int128		value[JOURNEY_PATH_MAX_ITEMS];
} Expected;

static JourneyPath *
pack_path(const JourneyPathDraft *draft, size_t *bytes)
{
	JourneyPath *path;

	*bytes = journey_path_size(draft);
	path = calloc(1, *bytes);
	journey_path_pack(draft, path);
	return path;
}

static JourneyPath *
parse_path(const char *text, size_t *bytes)
{
	char		labels[4096];
	JourneyPathDraft draft;
	TextScan	scan;

	draft.bytes = labels;
	text_scan_begin(&scan, text, strlen(text));
	if (!journey_path_parse(&scan, true, &draft))
	{
		printf("%s is no path\n", text);
		exit(1);
	}
	return pack_path(&draft, bytes);
}

static FunnelState *
new_state(const JourneyPath *path, size_t path_bytes, int64_t within)
{
	size_t		bytes = funnel_state_smallest(path, path_bytes);
	FunnelState *s = malloc(bytes);

	s->header.vl_len = 0;
	funnel_state_init(s, path, path_bytes, within);
	check(funnel_state_check(s, bytes), "a new state");
	return s;
}

static FunnelState *
make_room(FunnelState *s, uint32_t buckets)
{
	size_t		bytes = funnel_state_grown(s, buckets);
	FunnelState *larger;

	if (funnel_state_has_room(s, buckets))
		return s;
	larger = malloc(bytes);
	larger->header.vl_len = 0;
	funnel_state_move(larger, s, buckets);
	check(funnel_state_check(larger, bytes) && funnel_state_has_room(larger, buckets),
		  "a state that has grown");
	free(s);
	return larger;
}

static int
compare_times(const void *a, const void *b)
{
	int64_t		x = *(const int64_t *) a;
	int64_t		y = *(const int64_t *) b;

	return (x > y) - (x < y);
}

static void
expect_time(Expected *e, int step, int64_t from, int64_t to)
{
	e->time[step][e->timed[step]++] = (uint64_t) to - (uint64_t) from;
}

/* A chain with arrows; what it should come to is said on the way. */
static void
random_ordered(const JourneyPath *path, JourneyFunnelChain *chain, Expected *e, uint64_t spread)
{
	int			mandatory = 1 + (int) (random_bits() % (uint64_t) path->items);
	int64_t		at = -(int64_t) (random_bits() >> 20);
	int64_t		before = 0;
	int64_t		first = 0;

	for (int i = 0; i < path->items; i++)
	{
		bool		optional = journey_path_optional(path, i);

		if (!optional && chain->depth == mandatory)
			return;
		if (optional && random_bits() % 2 == 0)
			continue;
		at += (int64_t) (random_bits() % spread);
		chain->at[i] = at;
		chain->filled |= JOURNEY_ITEM_BIT(i);
		e->reached[i]++;
		if (chain->depth > 0)
			expect_time(e, i, before, at);
		if (!optional)
		{
			before = at;
			if (chain->depth++ == 0)
				first = at;
			if (chain->depth == funnel_mandatory_steps(path))
				expect_time(e, JOURNEY_PATH_MAX_ITEMS, first, at);
		}
	}
}

static void
random_any_order(const JourneyPath *path, JourneyFunnelChain *chain, Expected *e, uint64_t spread)
{
	int64_t		times[JOURNEY_PATH_MAX_ITEMS];
	int			last = funnel_mandatory_steps(path);

	for (int i = 0; i < path->items; i++)
	{
		bool		optional = journey_path_optional(path, i);
		int			step = optional ? last++ : 0;

		if (random_bits() % 3 == 0 && (optional || chain->depth > 0))
			continue;
		chain->at[i] = (int64_t) (random_bits() % spread);
		chain->filled |= JOURNEY_ITEM_BIT(i);
		if (optional)
			e->reached[step]++;
		else
			times[chain->depth++] = chain->at[i];
	}
	qsort(times, (size_t) chain->depth, sizeof(int64_t), compare_times);
	for (int k = 0; k < chain->depth; k++)
	{
		e->reached[k]++;
		if (k > 0)
			expect_time(e, k, times[k - 1], times[k]);
	}
	if (chain->depth == funnel_mandatory_steps(path))
		expect_time(e, JOURNEY_PATH_MAX_ITEMS, times[0], times[chain->depth - 1]);
}

static JourneyFunnelChain
random_chain(const JourneyPath *path, Expected *e, uint64_t spread)
{
	JourneyFunnelChain chain;

	memset(&chain, 0x55, sizeof(chain));
	chain.depth = 0;
	if (random_bits() % 5 == 0)
		return chain;
	chain.filled = 0;
	if (journey_path_any_order(path))
		random_any_order(path, &chain, e, spread);
	else
		random_ordered(path, &chain, e, spread);
	return chain;
}

/*
 * Values of the visits of a chain, some without one, and the groups that they are from.
 * In any order the k-th mandatory one is counted with step k, and of simultaneous ones
 * the first item comes first; optional items come behind.
 */
static void
random_values(const JourneyPath *path, JourneyFunnelChain *chain, int64_t *values, Expected *e)
{
	int			behind = funnel_mandatory_steps(path);

	for (int i = 0; i < path->items; i++)
	{
		bool		optional = journey_path_optional(path, i);
		int			step = optional ? behind++ : 0;

		if ((chain->filled >> i & 1) == 0)
			continue;
		chain->group[i] = 0;
		for (int k = 0; k < path->items; k++)
			if ((chain->filled >> k & 1) != 0)
			{
				chain->group[i] += chain->at[k] < chain->at[i];
				step += !optional && !journey_path_optional(path, k) &&
					(chain->at[k] < chain->at[i] || (chain->at[k] == chain->at[i] && k < i));
			}
		if (!journey_path_any_order(path))
			step = i;
		values[i] = one_in(3) ? JOURNEY_NO_VALUE : (int64_t) (random_bits() >> 8) - (INT64_C(1) << 55);
		if (one_in(20))
			values[i] = one_in(2) ? JOURNEY_MAX_VALUE : -JOURNEY_MAX_VALUE;
		if (values[i] == JOURNEY_NO_VALUE)
			continue;
		e->valued |= JOURNEY_ITEM_BIT(step);
		e->value[step] += values[i];
	}
}

static FunnelState *
count_chains(FunnelState *s, int chains, Expected *e, uint64_t spread)
{
	int64_t		values[JOURNEY_PATH_MAX_ITEMS];

	for (int i = 0; i < chains; i++)
	{
		JourneyFunnelChain chain = random_chain(funnel_state_path(s), e, spread);

		JourneyItems seen = funnel_items(funnel_state_path(s)) & random_bits() & random_bits() &
			random_bits();

		s = make_room(s, s->steps);
		funnel_state_add_seen(s, seen);
		check(funnel_state_add_chain(s, &chain), "a customer is counted");
		if (chain.depth > 0 && !one_in(4))
		{
			random_values(funnel_state_path(s), &chain, values, e);
			funnel_state_add_values(s, &chain, values);
		}
		e->seen |= seen | (chain.depth > 0 ? chain.filled : 0);
	}
	return s;
}

static FunnelState *
add_funnel(FunnelState *s, const Funnel *f)
{
	funnel_state_add_seen(s, f->seen);
	funnel_state_note_total(s, f);
	for (uint32_t i = 0; i <= s->steps; i++)
	{
		const FunnelStep *step = &f->steps[i];

		check(funnel_state_add_step(s, i, i < s->steps ? step->reached : 0, funnel_step_sum(step)),
			  "a step is added");
		if (i < s->steps && (f->valued >> i & 1) != 0)
			check(funnel_state_add_value(s, i, funnel_step_value(step)), "a value is added");
		for (uint32_t k = step->first; k < step->first + step->buckets; k++)
		{
			s = make_room(s, 1);
			funnel_state_add_bucket(s, i, f->buckets[k].bucket, f->buckets[k].count);
		}
	}
	return s;
}

static Funnel
sorted(const FunnelState *s)
{
	Funnel		f;

	f.buckets = malloc((s->buckets + 1) * sizeof(DurationBucket));
	check(funnel_state_sort(s, &f), "a state is sorted");
	return f;
}

/* The packed form, in memory of its size. */
static char *
packed(const Funnel *f, size_t *bytes)
{
	size_t		bound = funnel_pack_bound(f);
	char	   *to = calloc(1, bound);

	*bytes = funnel_pack(to, f);
	check(*bytes <= bound, "the bound of the packed size");
	return realloc(to, *bytes);
}

static bool
same_funnel(const Funnel *a, const Funnel *b)
{
	size_t		a_bytes;
	size_t		b_bytes;
	char	   *a_packed = packed(a, &a_bytes);
	char	   *b_packed = packed(b, &b_bytes);
	bool		same = a_bytes == b_bytes && memcmp(a_packed + 4, b_packed + 4, a_bytes - 4) == 0;

	free(a_packed);
	free(b_packed);
	return same;
}

/* The times of a step, or of the whole way. */
static void
check_times(const Funnel *f, const FunnelStep *step, int i, const Expected *e)
{
	Uint128 sum = 0;

	for (int k = 0; k < e->timed[i]; k++)
		sum += e->time[i][k];
	check(sum == funnel_step_sum(step), "the sum of the times");
	for (uint32_t k = step->first; k < step->first + step->buckets; k++)
	{
		int64_t		count = 0;

		for (int t = 0; t < e->timed[i]; t++)
			count += duration_bucket(e->time[i][t]) == f->buckets[k].bucket;
		check(count == f->buckets[k].count, "the count of a bucket");
	}
}

static void
check_step(const Funnel *f, int i, const Expected *e)
{
	check(f->steps[i].reached == e->reached[i], "how many reached a step");
	check((f->valued >> i & 1) == (e->valued >> i & 1), "whether a step has a value");
	check(funnel_step_value(&f->steps[i]) == e->value[i], "the value of a step");
	check_times(f, &f->steps[i], i, e);
}

/* Of whoever got to the end, unless the path has one step only. */
static void
check_whole_way(const Funnel *f, const Expected *e)
{
	const FunnelStep *step = funnel_whole_way(f);
	bool		none = e->timed[JOURNEY_PATH_MAX_ITEMS] == 0 || funnel_mandatory_steps(f->path) == 1;

	check((step == NULL) == none, "whether the whole way is known");
	if (step == NULL)
		return;
	check(step->reached == e->timed[JOURNEY_PATH_MAX_ITEMS], "how many went the whole way");
	check_times(f, step, JOURNEY_PATH_MAX_ITEMS, e);
}

/* Read what may be damaged; true if it is a funnel. */
static bool
reads(const void *bytes, size_t length, Funnel *f)
{
	bool		ok;

	if (!funnel_read_counts(bytes, length, f))
		return false;
	f->buckets = malloc((f->bucket_count + 1) * sizeof(DurationBucket));
	ok = funnel_read(bytes, length, f);
	if (ok)
		(void) funnel_check(f);
	else
		free(f->buckets);
	return ok;
}

static void
damage(const char *from, size_t bytes)
{
	for (int i = 0; i < 500; i++)
	{
		size_t		length = random_bits() % 4 > 0 ? bytes : (size_t) (random_bits() % (bytes + 1));
		char	   *copy = malloc(length > 0 ? length : 1);
		Funnel		f;

		memcpy(copy, from, length);
		for (uint64_t n = random_bits() % 4; n > 0 && length > 6; n--)
			copy[6 + random_bits() % (length - 6)] = (char) random_bits();
		if (reads(copy, length, &f))
			free(f.buckets);
		free(copy);
	}
}

/* A state whose numbers are damaged: it is refused, or read within its bytes. */
static void
damage_state(const FunnelState *s, size_t bytes)
{
	for (int i = 0; i < 300; i++)
	{
		FunnelState *copy = malloc(bytes);

		memcpy(copy, s, bytes);
		for (uint64_t n = 1 + random_bits() % 3; n > 0; n--)
			((char *) copy)[6 + random_bits() % (bytes - 6)] = (char) random_bits();
		if (funnel_state_check(copy, bytes))
		{
			Funnel		f;

			f.buckets = malloc((copy->buckets + 1) * sizeof(DurationBucket));
			if (funnel_state_sort(copy, &f))
				(void) funnel_check(&f);
			free(f.buckets);
		}
		free(copy);
	}
}

/* What a text says, as a state; NULL for an error. */
static FunnelState *
scan(const char *text)
{
	char	   *labels = malloc(strlen(text) + 1);
	FunnelTextReader *r = malloc(sizeof(*r));
	TextItem	item = TEXT_ERROR;
	DurationSketchStatus part;
	DurationBucket bucket;
	FunnelState *s = NULL;

	if (funnel_text_begin(r, text, strlen(text), true, labels))
	{
		size_t		bytes;
		JourneyPath *path = pack_path(&r->path, &bytes);

		s = new_state(path, bytes, r->within);
		check((r->seen & ~funnel_items(path)) == 0, "only items of the path are seen");
		funnel_state_add_seen(s, r->seen);
		free(path);
		while ((item = funnel_text_step(r)) == TEXT_ITEM)
		{
			check(funnel_state_add_step(s, r->step, r->reached, r->sum), "a step is read");
			if (r->valued)
				check(funnel_state_add_value(s, r->step, r->value), "a value is read");
			while ((part = duration_sketch_next(&r->scan, &r->sketch, &bucket)) ==
				   DURATION_SKETCH_BUCKET)
			{
				s = make_room(s, 1);
				funnel_state_add_bucket(s, r->step, bucket.bucket, bucket.count);
			}
			if (part == DURATION_SKETCH_ERROR)
			{
				item = TEXT_ERROR;
				break;
			}
		}
	}
	check(item == TEXT_END || r->scan.expected != NULL || r->scan.problem != NULL,
		  "an error is explained");
	check(r->scan.at <= text + strlen(text), "the place of an error is in the text");
	if (item != TEXT_END)
	{
		free(s);
		s = NULL;
	}
	free(r);
	free(labels);
	return s;
}

static void
check_text(const Funnel *f)
{
	size_t		bound = funnel_text_bound(f);
	char	   *text = malloc(bound);
	size_t		length = funnel_text_print(f, text);
	FunnelState *s;
	Funnel		back;

	check(length < bound && text[length] == '\0', "the bound of the text");
	s = scan(text);
	check(s != NULL, "the text is read");
	back = sorted(s);
	check(same_funnel(f, &back), "the text reads back to the same funnel");
	free(back.buckets);
	free(s);
	text = realloc(text, length + 1);
	for (int i = 0; i < 200; i++)
	{
		size_t		at = (size_t) (random_bits() % length);
		char		was = text[at];

		text[at] = "{}()[]>;:,\"0a \\&.+Z"[random_bits() % 20];
		free(scan(text));
		text[at] = was;
	}
	free(text);
}

static void
check_packed(const Funnel *f)
{
	size_t		bytes;
	char	   *value = packed(f, &bytes);
	Funnel		back;

	check(reads(value, bytes, &back), "a packed funnel is read");
	check(same_funnel(f, &back), "packed again it has the same bytes");
	check(funnel_check(&back) == FUNNEL_OK, "what is read is a funnel");
	free(back.buckets);
	for (size_t length = 0; length < bytes; length += 1 + length / 8)
	{
		char	   *copy = malloc(length > 0 ? length : 1);

		memcpy(copy, value, length);
		check(!reads(copy, length, &back), "a funnel that is cut off");
		free(copy);
	}
	damage(value, bytes);
	free(value);
}

/* Both halves of the chains, and both together in either order. */
static void
test_path(const char *text, int chains, int64_t within)
{
	size_t		path_bytes;
	JourneyPath *path = parse_path(text, &path_bytes);
	uint64_t	spread = within == JOURNEY_NO_LIMIT ? UINT64_C(1) << (random_bits() % 55) :
		(uint64_t) within / path->items + 1;
	Expected   *e = calloc(1, sizeof(*e));
	FunnelState *a = count_chains(new_state(path, path_bytes, within), chains / 2, e, spread);
	FunnelState *b = count_chains(new_state(path, path_bytes, within), chains / 2, e, spread);
	Funnel		a_sorted = sorted(a);
	Funnel		b_sorted = sorted(b);
	FunnelState *ab = add_funnel(add_funnel(new_state(path, path_bytes, within), &a_sorted), &b_sorted);
	FunnelState *ba = add_funnel(b, &a_sorted);
	Funnel		all = sorted(ab);
	Funnel		swapped = sorted(ba);

	for (int i = 0; i < path->items; i++)
		check_step(&all, i, e);
	check_whole_way(&all, e);
	check(all.seen == e->seen, "the items that were seen");
	check(funnel_check(&all) == FUNNEL_OK, "chains are a funnel");
	check(same_funnel(&all, &swapped), "any order of merging");
	check_packed(&all);
	check_text(&all);
	damage_state(ab, funnel_state_grown(ab, 0));
	free(all.buckets);
	free(swapped.buckets);
	free(a_sorted.buckets);
	free(b_sorted.buckets);
	free(a);
	free(ab);
	free(ba);
	free(e);
	free(path);
}

static const char *const paths[] = {
	"a", "a > b", "^a|b >[2 days, !x] \"add to cart\"? > c$", "a? > b? > c > d? > e >> f?",
	"\"semi; colon\" > \"quo\"\"te\" > a", "a & b", "a & b? & c & d & a & e?", "a? & b",
	"a>b>c>d>e>f>g>h>i>j>k>l>m>n>o>p>q>r>s>t>u>v>w>x>y>z>a?>b?>c?>d?>e?>f?>g?>h?>i?>j?>k?>l>m>n>o>p>q>r>s>t>u>v>w>x>y>z>a>b>c>d>e>f>g>h>i>j>k>l"
};

static void
test_round_trips(void)
{
	static const int chains[] = {0, 2, 20, MOST_CHAINS};

	for (size_t p = 0; p < sizeof(paths) / sizeof(paths[0]); p++)
		for (int c = 0; c < 4; c++)
		{
			test_path(paths[p], chains[c], JOURNEY_NO_LIMIT);
			test_path(paths[p], chains[c], WITHIN);
			test_path(paths[p], chains[c], 0);
		}
}

static void
expect_step(const char *path_text, int step, const char *text, bool optional, int from)
{
	size_t		bytes;
	JourneyPath *path = parse_path(path_text, &bytes);
	char		buffer[1024];
	size_t		length = funnel_step_print(path, step, buffer);

	check(length < FUNNEL_STEP_TEXT_BOUND(path) && strcmp(buffer, text) == 0, "%s", text);
	check(funnel_step_optional(path, step) == optional, "whether a step is optional");
	check(funnel_step_from(path, step) == from, "what a step is measured from");
	free(path);
}

/* Which steps are seen, as digits, of visits to items. */
static void
expect_seen(const char *path_text, JourneyItems items, const char *steps)
{
	size_t		bytes;
	JourneyPath *path = parse_path(path_text, &bytes);

	for (int i = 0; i < path->items; i++)
		check(funnel_step_seen(path, i, items) == (steps[i] == '1'), "%s", path_text);
	free(path);
}

static void
test_steps(void)
{
	expect_seen("a > b? > c", 0, "000");
	expect_seen("a > b? > c", 5, "101");
	expect_seen("a > b? > c", 2, "010");
	expect_seen("x? & a & b & c & y?", 0x1, "00010");
	expect_seen("x? & a & b & c & y?", 0x18, "10001");
	expect_seen("x? & a & b & c & y?", 0x0a, "11000");
	expect_seen("x? & a & b & c & y?", 0x1f, "11111");
	expect_step("^a?>b|c>\"x y\"?>\"d|e\"|f>g$", 0, "a", true, FUNNEL_NO_STEP);
	expect_step("^a?>b|c>\"x y\"?>\"d|e\"|f>g$", 1, "b|c", false, FUNNEL_NO_STEP);
	expect_step("^a?>b|c>\"x y\"?>\"d|e\"|f>g$", 2, "x y", true, 1);
	expect_step("^a?>b|c>\"x y\"?>\"d|e\"|f>g$", 3, "\"d|e\"|f", false, 1);
	expect_step("^a?>b|c>\"x y\"?>\"d|e\"|f>g$", 4, "g", false, 3);
	expect_step("x? & a & \"b c\"|d & y?", 0, "any 1 of: a & \"b c\"|d", false, FUNNEL_NO_STEP);
	expect_step("x? & a & \"b c\"|d & y?", 1, "any 2 of: a & \"b c\"|d", false, 0);
	expect_step("x? & a & \"b c\"|d & y?", 2, "x", true, FUNNEL_NO_STEP);
	expect_step("x? & a & \"b c\"|d & y?", 3, "y", true, FUNNEL_NO_STEP);
}

/* What funnel_check() says of a text that can be read; 0 for one that cannot. */
static void
expect_status(const char *text, FunnelStatus status)
{
	FunnelState *s = scan(text);
	Funnel		f;

	check(s != NULL, "%s", text);
	if (s == NULL)
		return;
	f = sorted(s);
	check(funnel_check(&f) == status, "%s", text);
	free(f.buckets);
	free(s);
}

static void
test_content(void)
{
	expect_status("{a>b; 0, 0}", FUNNEL_OK);
	expect_status("{a>b>c; unseen 2, 3; 1, 0, 0}", FUNNEL_OK);
	expect_status("{a>b; within 1 day ;unseen 1,2; 0, 0}", FUNNEL_OK);
	expect_status("{a>b; unseen 1; 1, 0}", FUNNEL_BAD_SEEN);
	expect_status("{a>b?>c; unseen 2; 2, 1 in 5us [5+1], 0}", FUNNEL_BAD_SEEN);
	expect_status("{a & b & c; unseen 1; 2, 1 in 5us [5+1], 0}", FUNNEL_OK);
	expect_status("{a & b & c; unseen 1, 3; 2, 1 in 5us [5+1], 0}", FUNNEL_BAD_SEEN);
	check(scan("{a>b; unseen; 0, 0}") == NULL, "unseen what");
	check(scan("{a>b; unseen 0; 0, 0}") == NULL, "an item 0");
	check(scan("{a>b; unseen 3; 0, 0}") == NULL, "an item that there is not");
	check(scan("{a>b; unseen 2, 2; 0, 0}") == NULL, "an item twice");
	check(scan("{a>b; unseen 2 0, 0}") == NULL, "no semicolon");
	expect_status("{a>b;within 5us;2,1 in 5us[5:1]}", FUNNEL_OK);
	expect_status("{a>b; within 00:00:00.000004; 2, 1 in 5us [5+1]}", FUNNEL_BAD_TIMES);
	expect_status("{a?>b?>c>d?; 1, 3, 2, 0}", FUNNEL_BAD_REACHED);
	expect_status("{a?>b?>c>d?; 1, 2, 2, 0}", FUNNEL_OK);
	expect_status("{a>b; 1, 2 in 10us [5:2]}", FUNNEL_BAD_REACHED);
	expect_status("{a?>b; 2, 1}", FUNNEL_BAD_REACHED);
	expect_status("{a & b? ; 1, 2}", FUNNEL_BAD_REACHED);
	expect_status("{a>b; 2, 1}", FUNNEL_BAD_TIMES);
	expect_status("{a>b; 2 in 5us [5+1], 0}", FUNNEL_BAD_TIMES);
	expect_status("{a>b; 2, 2 in 5us [5+1]}", FUNNEL_BAD_TIMES);
	expect_status("{a>b; 2, 1 in 6us [5:1]}", FUNNEL_BAD_TIMES);
	expect_status("{a>b; 9223372036854775807, 1 in 5us [5:9223372036854775807, 6:9223372036854775807, 7:3]}", FUNNEL_BAD_TIMES);
}

static void
test_values(void)
{
	expect_status("{a>b; 2 worth 0, 1 in 5us [5+1]}", FUNNEL_OK);
	expect_status("{a>b; 2, 1 worth -19.99 in 5us [5+1]}", FUNNEL_OK);
	expect_status("{a>b; 2 worth 19999999999999.9998, 0}", FUNNEL_OK);
	expect_status("{a>b; 2 worth 19999999999999.9999, 0}", FUNNEL_BAD_VALUE);
	expect_status("{a>b; 2 worth -19999999999999.9999, 0}", FUNNEL_BAD_VALUE);
	expect_status("{a>b; 2, 0 worth 0}", FUNNEL_BAD_VALUE);
	expect_status("{a>b; 9223372036854775807 worth 17014118346046923173168730371588410.5727, 0}",
				  FUNNEL_BAD_VALUE);
	check(scan("{a>b; 2 worth 17014118346046923173168730371588410.5728, 0}") == NULL,
		  "a value past 127 bits");
	check(scan("{a>b; 2 worth, 0}") == NULL, "worth what");
	check(scan("{a>b; 2 worth 1.00001, 0}") == NULL, "too many decimals");
	check(scan("{a>b; 2 worth --1, 0}") == NULL, "two signs");
	check(scan("{a>b>c; total 2us [2+1] worth 3; 1, 1 in 1us [1+1], 1 in 1us [1+1]}") == NULL,
		  "the whole way has no value");
}

/* How many went the whole way, of two texts put together; -1 where it is not known. */
static int64_t
whole_way_of(const char *a, const char *b)
{
	FunnelState *one = scan(a);
	FunnelState *other = scan(b);
	Funnel		first = sorted(one);
	Funnel		second = sorted(other);
	FunnelState *s = add_funnel(new_state(first.path, first.path_bytes, first.within), &first);
	Funnel		both;
	int64_t		customers = -1;

	s = add_funnel(s, &second);
	both = sorted(s);
	check(funnel_check(&both) == FUNNEL_OK, "%s and %s", a, b);
	if (funnel_whole_way(&both) != NULL)
		customers = funnel_whole_way(&both)->reached;
	check_packed(&both);
	check_text(&both);
	free(both.buckets);
	free(first.buckets);
	free(second.buckets);
	free(one);
	free(other);
	free(s);
	return customers;
}

static void
test_whole_way(void)
{
	static const char known[] = "{a>b>c; total 12us [12+1]; 1, 1 in 5us [5+1], 1 in 7us [7+1]}";
	static const char unknown[] = "{a>b>c; 1, 1 in 5us [5+1], 1 in 7us [7+1]}";
	static const char nobody[] = "{a>b>c; 4, 2 in 10us [5+2], 0}";

	expect_status(known, FUNNEL_OK);
	expect_status(unknown, FUNNEL_OK);
	expect_status("{a>b>c; total 13us [13+1]; 1, 1 in 5us [5+1], 1 in 7us [7+1]}", FUNNEL_BAD_TOTAL);
	expect_status("{a>b>c; total 11us [12+1]; 1, 1 in 5us [5+1], 1 in 7us [7+1]}", FUNNEL_BAD_TOTAL);
	expect_status("{a>b>c; total 12us [12+1]; 2, 2 in 10us [5+2], 2 in 14us [7+2]}",
				  FUNNEL_BAD_TOTAL);
	expect_status("{a>b>c; total 12us [12+1]; 2, 2 in 10us [5+2], 0}", FUNNEL_BAD_TOTAL);
	expect_status("{a>b; total 5us [5+1]; 1, 1 in 5us [5+1]}", FUNNEL_BAD_TOTAL);
	expect_status("{a>b?>c; total 5us [5+1]; 1, 1 in 3us [3+1], 1 in 5us [5+1]}", FUNNEL_BAD_TOTAL);
	expect_status("{a>b>c; within 00:00:00.000005; total 6us [6+1]; 1, 1 in 3us [3+1], 1 in 3us [3+1]}",
				  FUNNEL_BAD_TOTAL);
	check(scan("{a>b>c; total; 0, 0, 0}") == NULL, "total of what");
	check(scan("{a>b>c; total 12us; 0, 0, 0}") == NULL, "no sketch");
	check(scan("{a>b>c; total 12us [12+1] 1, 1, 1}") == NULL, "no semicolon");
	check(scan("{a>b>c; total 2us [2+1]; total 2us [2+1]; 0, 0, 0}") == NULL, "a total twice");
	check(whole_way_of(known, known) == 2, "both are known");
	check(whole_way_of(known, nobody) == 1 && whole_way_of(nobody, known) == 1,
		  "where nobody reached the last step there is nothing to know");
	check(whole_way_of(nobody, nobody) == -1, "nobody went it");
	check(whole_way_of(known, unknown) == -1 && whole_way_of(unknown, known) == -1,
		  "one is not known, so all is not");
	check(whole_way_of("{a>x?>b; 1, 1 in 3us [3+1], 1 in 5us [5+1]}",
					   "{a>x?>b; 2, 0, 1 in 5us [5+1]}") == 2, "it is the last step");
	check(whole_way_of("{a&x?&b; 2, 2 in 6us [3+2], 1}", "{a&x?&b; 2, 1 in 5us [5+1], 0}") == 3,
		  "it is the last step in any order");
	check(whole_way_of("{a>b?; 3, 1 in 5us [5+1]}", "{a>b?; 3, 1 in 5us [5+1]}") == -1,
		  "a single mandatory step has no way to it");
}

/* Times at both ends of 64 bits, and the most customers. */
static void
test_extremes(void)
{
	size_t		bytes;
	JourneyPath *path = parse_path("a > b", &bytes);
	FunnelState *s = new_state(path, bytes, JOURNEY_NO_LIMIT);
	JourneyFunnelChain chain = {.depth = 2, .filled = 3, .at = {INT64_MIN, INT64_MAX}};
	Funnel		f;

	for (int i = 0; i < 5; i++)
		check(funnel_state_add_chain(s, &chain), "the longest time");
	f = sorted(s);
	check(funnel_step_sum(&f.steps[1]) == (Uint128) UINT64_MAX * 5, "a sum past 64 bits");
	check_packed(&f);
	check_text(&f);
	free(f.buckets);
	check(!funnel_state_add_step(s, 0, INT64_MAX, 0), "too many customers");
	check(funnel_state_add_step(s, 0, INT64_MAX - 5, 0), "the most customers");
	check(!funnel_state_add_chain(s, &chain), "one customer too many");
	f = sorted(s);
	check(f.steps[0].reached == INT64_MAX && f.steps[1].reached == 5, "nothing changed");
	free(f.buckets);
	chain.depth = 0;
	check(funnel_state_add_chain(s, &chain), "who reaches nothing is no count");
	free(s);
	free(path);
}

/* All buckets of all 64 steps, and of the whole way, fit. */
static void
test_largest(void)
{
	size_t		bytes;
	JourneyPath *path = parse_path(paths[8], &bytes);
	FunnelState *s = new_state(path, bytes, JOURNEY_NO_LIMIT);

	for (uint32_t step = 0; step <= s->steps; step++)
		for (uint32_t bucket = 0; bucket < DURATION_BUCKETS; bucket++)
		{
			s = make_room(s, s->steps);
			funnel_state_add_bucket(s, step, bucket, 1);
		}
	check(s->buckets == (s->steps + 1) * DURATION_BUCKETS && funnel_state_has_room(s, s->steps),
		  "the largest state");
	free(s);
	free(path);
}

int
main(void)
{
	test_steps();
	test_content();
	test_whole_way();
	test_values();
	test_extremes();
	test_largest();
	test_round_trips();
	return unit_end();
}
