/* covers: core/attribution/attribution_text.c */

/*
 * attribution_text_test.c
 *		The text form of attributions by hand, read and printed; random ones, printed and
 *		read back to the same arrays; where errors are, and damaged texts.
 */
#include "unit.h"

#include "attribution/attribution_text.h"

#define MOST	12				/* touchpoints, and steps */
#define MINUTE	INT64_C(60000000)

/* An attribution as plain arrays. */
typedef struct Plain
{
	TextLabel	goal;
	TextLabel	direct;
	AttributionReader head;		/* its labels are the two */
	int			rows;
	int			steps;
	TextLabel	names[MOST];
	AttributionRow row[MOST];
	AttributionStep step[MOST];
} Plain;

static bool
same_label(const TextLabel *a, const TextLabel *b)
{
	return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

/* The touchpoint of that name, from FROM_TOUCH or TO_TOUCH on; or none, which is far off. */
static uint32_t
touchpoint(const Plain *a, const TextLabel *name, uint32_t from)
{
	for (int i = 0; i < a->rows; i++)
		if (same_label(&a->names[i], name))
			return (uint32_t) i + from;
	return UINT32_MAX;
}

static bool
read_rows(AttributionTextReader *r, Plain *a)
{
	TextItem	item;

	for (a->rows = 0; (item = attribution_text_row(r)) == TEXT_ITEM && a->rows < MOST; a->rows++)
	{
		a->names[a->rows] = r->name;
		a->row[a->rows] = r->row;
	}
	return item == TEXT_END;
}

static bool
read_steps(AttributionTextReader *r, Plain *a)
{
	TextItem	item;

	a->steps = 0;
	while ((item = attribution_text_step(r)) == TEXT_ITEM && a->steps < MOST)
	{
		a->step[a->steps] = r->step;
		if (r->step.from == FROM_TOUCH)
			a->step[a->steps].from = touchpoint(a, &r->name, FROM_TOUCH);
		if (r->step.to == TO_TOUCH)
			a->step[a->steps].to = touchpoint(a, &r->other, TO_TOUCH);
		a->steps++;
	}
	return item == TEXT_END;
}

/*
 * Read a text, which stands in memory of exactly its size with the zero that decimals need
 * behind them; where it is wrong, or -1.
 */
static long
parse(const char *text, size_t length, Plain *a)
{
	static AttributionTextReader r;
	char	   *copy = memcpy(exact(length + 1), text, length);
	bool		ok = attribution_text_begin(&r, copy, length, true);
	long		place = -1;

	ok = ok && read_rows(&r, a) && read_steps(&r, a);
	a->goal = r.goal;
	a->direct = r.direct;
	a->head = (AttributionReader) {.money = r.money,.rules = attribution_text_rules(&r)};
	a->head.flags = (uint8_t) ((r.basic || r.rows == 0 ? 0 : ATTRIBUTION_FURTHER) |
							   (r.money.with_value > 0 ? ATTRIBUTION_MONEY : 0));
	if (!ok)
	{
		place = r.scan.at - copy;
		check(place >= 0 && place <= (long) length, "an error is in the text");
		check(r.scan.expected != NULL || r.scan.problem != NULL || a->rows == MOST ||
			  a->steps == MOST, "an error is explained");
	}
	free(copy);
	return place;
}

/* All of it, as the printers of the parts and the signs between them give it. */
static size_t
print(const Plain *a, char *text)
{
	AttributionReader head = a->head;
	JourneyLabel labels[MOST];
	char	   *out;
	char	   *item;

	head.rules.goal = text_label(&a->goal);
	head.rules.direct = text_label(&a->direct);
	out = attribution_print_head(text, &head);
	check(out - text < (long) ATTRIBUTION_ITEM_CHARS && *out == '\0', "the bound of the head");
	out = stpcpy(out, " {");
	for (int i = 0; i < a->rows; i++)
	{
		labels[i] = text_label(&a->names[i]);
		item = out = stpcpy(out, i > 0 ? ", " : "");
		out = attribution_print_row(out, &labels[i], &a->row[i], &head);
		check(out - item < (long) ATTRIBUTION_ITEM_CHARS && *out == '\0',
			  "the bound of a touchpoint");
	}
	out = stpcpy(out, "} [");
	for (int i = 0; i < a->steps; i++)
	{
		item = out = stpcpy(out, i > 0 ? ", " : "");
		out = attribution_print_step(out, &a->step[i], labels);
		check(out - item < (long) ATTRIBUTION_ITEM_CHARS && *out == '\0', "the bound of a step");
	}
	return (size_t) (stpcpy(out, "]") - text);
}

/* ---- by hand ---- */

static char printed[2 * MOST * ATTRIBUTION_ITEM_CHARS];

static void
expect(const char *text, const char *want)
{
	Plain		a;

	if (!check(parse(text, strlen(text), &a) == -1, "%s is read", text))
		return;
	print(&a, printed);
	check(strcmp(printed, want) == 0, "%s is %s", text, printed);
}

static void
expect_error(const char *text, long place)
{
	Plain		a;
	long		found = parse(text, strlen(text), &a);

	check(found == place, "%s is wrong at %ld, not %ld", text, found, place);
}

/* Everything that a text can have, number by number. */
static void
test_whole(void)
{
	const char *text = "buy (1 day) lookback (30 days) direct web values (2, 5, 0.25) "
		"{ads 1 0 0.5 0.5 0.25; 0.5 1 -1 direct 1: -10 0 -5.0000000000000001 -5 -4 -10 10.5 0 0 decay "
		"-2.5 direct -10, mail 0 1 0.5 0.5 0.75; 0.5 1 1 direct 0: 0 -10 -4.9999999999999999 -5 -6 -10 "
		"-10.5 0 10 decay -7.5 direct 0} [^ > $ 1, ^ > ads 1, ads > mail 1, mail > $ 1]";
	Plain		a;

	expect(text, text);
	check(parse(text, strlen(text), &a) == -1, "read");
	check(a.head.rules.lookback == 30 * INT64_C(24) * 60 * MINUTE, "its lookback");
	check(a.direct.length == 3 && memcmp(a.direct.text, "web", 3) == 0, "its direct touchpoint");
	check(a.head.money.with_value == 2 && a.head.money.earned == 50000 &&
		  a.head.money.refunded == 2500, "its values");
	check(a.row[0].paths == 1 && a.row[0].pairs == -1 && a.row[1].pairs == 1, "paths and pairs");
	check(a.row[0].units[SHARED_LAST_NON_DIRECT] == (Int128) ATTRIBUTION_UNITS, "direct");
	check(a.row[0].money[SHARED_LINEAR] == -INT64_C(50000000000000001), "money of linear");
	check(a.row[0].money[SHARED_SHAPLEY] == -INT64_C(40000000000000000), "money of shapley");
	check(a.row[0].money[SHARED_TIME_DECAY] == -INT64_C(25000000000000000), "money of time_decay");
	check(a.row[0].worth[WORTH_PATHS] == -100000 && a.row[0].worth[WORTH_PAIRS] == 105000 &&
		  a.row[1].worth[WORTH_EARNED] == 0 && a.row[1].worth[WORTH_REFUNDED] == 100000, "worth");
}

/* The example of attribution_text.h without what came later, number by number. */
static void
test_example(void)
{
	const char *text = "purchase (7 days) {ads 1 0 0.5 0.5 0.2, mail 1 2 1.5 1.5 1.8} "
		"[^ > ads 1, ^ > mail 1, ads > ! 1, ads > mail 2, mail > $ 2]";
	static const int tenths[2][SHARED_SHAPLEY] = {{10, 0, 5, 5, 2}, {10, 20, 15, 15, 18}};
	static const AttributionStep steps[] = {{0, 2, 1}, {0, 3, 1}, {1, 1, 1}, {1, 3, 2}, {2, 0, 2}};
	Plain		a;

	check(parse(text, strlen(text), &a) == -1, "the example is read");
	check(a.goal.length == 8 && memcmp(a.goal.text, "purchase", 8) == 0, "its goal");
	check(a.head.rules.half_life == 7 * 24 * 60 * MINUTE, "its half-life");
	check(a.rows == 2 && a.steps == 5, "its touchpoints and steps");
	for (int i = 0; i < 2; i++)
		for (int m = 0; m < SHARED_SHAPLEY; m++)
			check(a.row[i].units[m] == tenths[i][m] * (Int128) (ATTRIBUTION_UNITS / 10),
				  "touchpoint %d, model %d", i, m);
	for (int i = 0; i < LENGTH(steps); i++)
		check(a.step[i].from == steps[i].from && a.step[i].to == steps[i].to &&
			  a.step[i].count == steps[i].count, "step %d", i);
	expect(text, text);
}

static void
test_known(void)
{
	expect("a {} []", "a {} []");
	expect(" a( 90 min ){ }[ ] ", "a (01:30:00) {} []");
	expect("a{b 1 0.50 0.000000000001 0}[^>b 2,b>$ 1 , b>! 1]",
		   "a {b 1 0.5 0.000000000001 0} [^ > b 2, b > $ 1, b > ! 1]");
	expect("\"the \"\"goal\"\"\" {} [^ > $ 9223372036854775807]",
		   "\"the \"\"goal\"\"\" {} [^ > $ 9223372036854775807]");
	expect_error("", 0);
	expect_error("a", 1);
	expect_error("a (0 s) {} []", 6);
	expect_error("a (1 day {} []", 9);
	expect_error("a {b 1 1 1} []", 10);
	expect_error("a {b 1 1 1 1 1} []", 13);
	expect_error("a (1 day) {b 1 1 1 1} []", 20);
	expect_error("a {b 1 1 1 0.0000000000001} []", 11);
	expect_error("a {b 1 1 1 -1} []", 11);
	expect_error("a {b 1 .5 1 1} []", 7);
	expect_error("a {} [^ > ! 1]", 11);
	expect_error("a {} [^ > $ 0]", 12);
	expect_error("a {} [^ > $]", 11);
	expect_error("a {} [^ $ 1]", 8);
	expect_error("a {} [$ > b 1]", 6);
	expect_error("a {} [b > ^ 1]", 10);
	expect_error("a {} [] x", 8);
	expect_error("a {}", 4);
	expect("a lookback(1 h)direct\"x y\"{b 0 0 0 0;0 0 0 direct 0}[^>b 1,b>! 1]",
		   "a lookback (01:00:00) direct \"x y\" {b 0 0 0 0; 0 0 0 direct 0} [^ > b 1, b > ! 1]");
	expect("a values (1,-0,0.5){}[^ > $ 1]", "a values (1, 0, 0.5) {} [^ > $ 1]");
	expect_error("a lookback 1 h {} []", 11);
	expect_error("a lookback (0 s) {} []", 15);
	expect_error("a lookback (1 h {} []", 16);
	expect_error("a direct {} []", 9);
	expect_error("a values {} []", 9);
	expect_error("a values (0, 0, 0) {} []", 10);
	expect_error("a values (1, 0) {} []", 14);
	expect_error("a values (1, 0, 0.00001) {} []", 16);
	expect_error("a values (1, 0, 100000000000000000000.0001) {} []", 42);
	expect_error("a direct b {c 1 1 1 1} []", 21);
	expect_error("a {b 1 1 1 1; 1 1 0, c 1 1 1 1} []", 30);
	expect_error("a {b 1 1 1 1, c 1 1 1 1; 1 1 0} []", 23);
	expect_error("a {b 1 1 1 1; 1} []", 15);
	expect_error("a {b 1 1 1 1; 1 -1 0} []", 16);
	expect_error("a {b 1 1 1 1; 1 1} []", 17);
	expect_error("a values (1, 0, 0) {b 1 1 1 1; 1 1 0} []", 36);
	expect_error("a values (1, 0, 0) {b 1 1 1 1; 1 1 0: 1 1 1 1 1 1 1 1} []", 53);
	expect_error("a values (1, 0, 0) {b 1 1 1 1; 1 1 0: 1 1 1 1 0.00000000000000001 1 1 1 1} []", 46);
}

/* ---- at random ---- */

/* Bytes of a label, among them quotes, white space and the signs of the text form. */
static void
random_label(TextLabel *label, int number)
{
	static const char *const pieces[] = {"a", "Z", "\"", " ", ",", ">", "$", "!", "^", "{", "]",
	"\xc5\xbc", "7"};

	label->length = (size_t) sprintf(label->text, "%c", 'a' + number);
	for (int n = one_in(9) ? 120 : below(5); n > 0; n--)
	{
		const char *piece = pieces[below(LENGTH(pieces))];

		memcpy(label->text + label->length, piece, strlen(piece));
		label->length += strlen(piece);
	}
}

static void
random_head(Plain *a)
{
	AttributionRules *rules = &a->head.rules;

	rules->half_life = one_in(2) ? 0 : 1 + (int64_t) (random_bits() >> (1 + below(62)));
	rules->lookback = one_in(2) ? 0 : 1 + (int64_t) (random_bits() >> (1 + below(62)));
	if (one_in(2))
		random_label(&a->direct, 24);
	rules->direct = text_label(&a->direct);
	if (one_in(2) || a->direct.length > 0)
		a->head.flags |= ATTRIBUTION_FURTHER;
	if (one_in(2))
		return;
	a->head.flags |= ATTRIBUTION_MONEY;
	a->head.money.with_value = 1 + (int64_t) (random_bits() >> (2 + below(60)));
	a->head.money.earned = random_bits() >> below(64);
	a->head.money.refunded = random_bits() >> below(64);
}

static Int128
random_sum(int bits, bool is_signed)
{
	Uint128 size = ((Uint128) random_bits() << 64 | random_bits()) >> (128 - bits);

	size >>= below(bits);
	return is_signed && one_in(3) ? -(Int128) size : (Int128) size;
}

/* The sums that the head says there are. */
static void
random_row(const Plain *a, AttributionRow *row)
{
	bool		further = (a->head.flags & ATTRIBUTION_FURTHER) != 0;
	bool		money = (a->head.flags & ATTRIBUTION_MONEY) != 0;

	for (int m = 0; m < SHARED_MODELS; m++)
	{
		if (attribution_has(&a->head.rules, m) && (further || m < SHARED_SHAPLEY))
			row->units[m] = random_sum(119, false);
		if (attribution_has(&a->head.rules, m) && money)
			row->money[m] = random_sum(119, true);
	}
	row->paths = further ? (int64_t) (random_bits() >> (1 + below(63))) : 0;
	row->pairs = further ? (int64_t) random_bits() : 0;
	for (int w = 0; w < WORTHS && money; w++)
		row->worth[w] = random_sum(79, w < WORTH_EARNED);
}

static void
random_attribution(Plain *a)
{
	memset(a, 0, sizeof(*a));
	random_label(&a->goal, 25);
	random_head(a);
	a->rows = below(MOST);
	a->steps = below(MOST);
	for (int i = 0; i < a->rows; i++)
	{
		random_label(&a->names[i], i);
		random_row(a, &a->row[i]);
	}
	if (a->rows == 0)
		a->head.flags &= (uint8_t) ~ATTRIBUTION_FURTHER;
	for (int i = 0; i < a->steps; i++)
	{
		a->step[i].from = (uint32_t) below(a->rows + 1);
		a->step[i].to = (uint32_t) below(a->rows + 2);
		if (a->step[i].from == FROM_START && a->step[i].to == TO_NULL)
			a->step[i].to = TO_CONVERSION;
		a->step[i].count = 1 + (int64_t) (random_bits() >> (2 + below(60)));
	}
}

static void
check_same(const Plain *a, const Plain *b)
{
	check(same_label(&a->goal, &b->goal) && same_label(&a->direct, &b->direct) &&
		  a->head.rules.half_life == b->head.rules.half_life &&
		  a->head.rules.lookback == b->head.rules.lookback && a->head.flags == b->head.flags &&
		  a->head.money.with_value == b->head.money.with_value &&
		  a->head.money.earned == b->head.money.earned &&
		  a->head.money.refunded == b->head.money.refunded, "the head: %.80s", printed);
	check(a->rows == b->rows && a->steps == b->steps, "as many: %.80s", printed);
	for (int i = 0; i < a->rows && i < b->rows; i++)
		check(same_label(&a->names[i], &b->names[i]) &&
			  memcmp(&a->row[i], &b->row[i], sizeof(a->row[i])) == 0,
			  "touchpoint %d: %.80s", i, printed);
	for (int i = 0; i < a->steps && i < b->steps; i++)
		check(a->step[i].from == b->step[i].from && a->step[i].to == b->step[i].to &&
			  a->step[i].count == b->step[i].count, "step %d: %.80s", i, printed);
}

static void
test_random(void)
{
	static Plain a;
	static Plain back;

	for (int turn = 0; turn < 1000; turn++)
	{
		size_t		length;

		random_attribution(&a);
		length = print(&a, printed);
		check(parse(printed, length, &back) == -1, "read back: %.80s", printed);
		check_same(&a, &back);
		for (int i = 0; i < 50; i++)
		{
			size_t		at = (size_t) below((int) length);
			char		was = printed[at];

			printed[at] = "{}[]()>,$!^\"0a. \x01\xff"[below(18)];
			(void) parse(printed, length, &back);
			printed[at] = was;
			(void) parse(printed, at, &back);
		}
	}
}

int
main(void)
{
	test_example();
	test_whole();
	test_known();
	test_random();
	return unit_end();
}
