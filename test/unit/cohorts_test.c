/* covers: core/cohorts/cohorts_state.c core/cohorts/cohorts_pack.c core/cohorts/cohorts_check.c */
/* covers: core/cohorts/cohorts_text.c */

/*
 * cohorts_test.c
 *		The pure core of cohorts: random customers against plain arrays; packed, printed
 *		and read back; one form of a content, whatever the order; damaged bytes and
 *		texts, which must do no harm.
 */
#include "unit.h"

#include "cohorts/cohorts.h"
#include "cohorts/cohorts_text.h"

#define KEYS	9
#define MOST	12

static const JourneyLabel label_a = {"sign up", 7};
static const JourneyLabel label_b = {"use", 3};
static const JourneyLabel zone = {"Europe/Warsaw", 13};

/* What counting must give: cumulated, as cohorts_cumulate() does. */
static int64_t expected[KEYS][COHORTS_COUNTS][MOST + 1];

static CohortsQuestion
question_of(int turn)
{
	CohortsQuestion q = {.unit = COHORTS_DAY,.periods = 1 + turn % MOST,.start = label_a,
	.returning = label_b,.zone = zone};

	if (turn % 2 == 1)
		q.flags = COHORTS_UNTIL;
	return q;
}

static CohortsState *
new_state(const CohortsQuestion *q, uint32_t room)
{
	CohortsState *s = exact(cohorts_state_bytes(q, room));

	s->header.vl_len = 77;
	cohorts_state_init(s, q, room);
	check(s->header.vl_len == 77, "the length word stays");
	return s;
}

static CohortsState *
reserve(CohortsState *s, uint32_t cells)
{
	CohortsQuestion q;
	CohortsState *larger;
	uint32_t	room;

	if (cohorts_state_fits(s, cells))
		return s;
	q = cohorts_state_question(s);
	room = cohorts_state_grown(s, cells);
	larger = new_state(&q, room);
	cohorts_state_move(larger, s);
	check(cohorts_state_check(larger, cohorts_state_bytes(&q, room)), "a state that has grown");
	check(cohorts_state_is_whole(larger), "all of it");
	free(s);
	return larger;
}

/* In which periods a customer was back, and until when he is known. */
static CohortsCustomer
random_customer(const CohortsQuestion *q, int32_t *back)
{
	CohortsCustomer c = {.key = below(KEYS) - 4,.back = back};

	for (int32_t p = 0; p <= q->periods; p++)
		if (one_in(2))
			back[c.n++] = p;
	c.back_later = one_in(5);
	c.ended = below(q->periods + 2);
	return c;
}

static void
expect_customer(const CohortsQuestion *q, const CohortsCustomer *c)
{
	int64_t   (*e)[MOST + 1] = expected[c->key + 4];
	bool		always = true;

	for (int32_t p = 0; p <= q->periods; p++)
	{
		bool		here = false;
		bool		later = c->back_later;

		for (uint32_t i = 0; i < c->n; i++)
		{
			here = here || c->back[i] == p;
			later = later || c->back[i] >= p;
		}
		always = always && (p == 0 || here);
		e[COHORTS_STREAK][p] += always;
		e[COHORTS_RETURNED][p] += here;
		e[COHORTS_LAST][p] += later;
		if ((q->flags & COHORTS_UNTIL) != 0)
		{
			e[COHORTS_ENDED][p] += c->ended > p;
			e[COHORTS_ENDED_RETURNED][p] += here && c->ended > p;
		}
	}
}

static void *
packed_of(const CohortsState *s, size_t *bytes)
{
	CohortsCell *sorted = exact(s->cells * sizeof(CohortsCell));
	size_t		bound = cohorts_pack_begin(s, sorted);
	void	   *packed = exact(bound);

	*bytes = cohorts_pack(s, sorted, packed);
	check(*bytes <= bound, "the bound holds");
	free(sorted);
	packed = realloc(packed, *bytes);
	return packed;
}

static CohortsRow
new_row(const CohortsQuestion *q)
{
	CohortsRow	row;

	cohorts_row_in(&row, q, exact(COHORTS_COUNTS * ((size_t) q->periods + 1) * sizeof(int64_t)));
	return row;
}

static void
check_row(const CohortsQuestion *q, const CohortsRow *row)
{
	for (int kind = 0; kind < cohorts_kinds(q); kind++)
		for (int32_t p = 0; p <= q->periods; p++)
			check(row->counts[kind][p] == expected[row->key + 4][kind][p],
				  "key %d, kind %d, period %d: %lld", (int) row->key, kind, p,
				  (long long) row->counts[kind][p]);
}

/* The packed value read, looked at, printed, read again and packed again. */
static void
check_packed(const void *packed, size_t bytes)
{
	CohortsReader r;
	CohortsState *again;
	CohortsRow	row;
	CohortsTextReader t;
	char	   *text;
	char	   *out;
	void	   *other;
	size_t		other_bytes;
	bool		first = true;

	if (!check(cohorts_read(packed, bytes, &r), "a packed value is read"))
		return;
	row = new_row(&r.question);
	out = text = exact((r.keys + 1) * (cohorts_text_row_bound(&r.question) + 2) + 8);
	out = stpcpy(cohorts_print_head(out, &r.question), " {");
	while (r.left > 0 && check(cohorts_read_row(&r, &row), "a row is read"))
	{
		check(cohorts_cumulate(&r.question, &row), "the sums of a row");
		check_row(&r.question, &row);
		out = cohorts_print_row(first ? out : stpcpy(out, ", "), &r.question, &row);
		first = false;
	}
	stpcpy(out, "}");
	check(cohorts_text_begin(&t, text, strlen(text), true, false), "the head of %s", text);
	again = new_state(&t.question, 16);
	while (cohorts_text_row(&t, &row) == TEXT_ITEM)
	{
		check(cohorts_decumulate(&t.question, &row) == COHORTS_OK, "a row of the text is possible");
		again = reserve(again, (uint32_t) t.question.periods + 1);
		check(cohorts_state_add_row(again, &row), "a row is added");
	}
	other = packed_of(again, &other_bytes);
	check(other_bytes == bytes &&
		  memcmp((char *) other + 4, (const char *) packed + 4, bytes - 4) == 0,
		  "one form of a content: %s", text);
	free(other);
	free(again);
	free(row.counts[0]);
	free(text);
}

/* Any byte of a packed value changed, or its end cut off: read or refused, and no more. */
static void
check_damaged(const void *packed, size_t bytes)
{
	for (size_t i = 4; i < bytes; i++)
		for (int turn = 0; turn < 3; turn++)
		{
			uint8_t    *copy = exact_copy(packed, bytes);
			size_t		cut = turn == 2 ? i : bytes;
			CohortsReader r;

			copy[i] = turn == 0 ? (uint8_t) (copy[i] + 1) : (uint8_t) random_bits();
			copy = realloc(copy, cut);
			if (cohorts_read(copy, cut, &r))
			{
				CohortsRow	row = new_row(&r.question);

				while (r.left > 0 && cohorts_read_row(&r, &row))
					(void) cohorts_cumulate(&r.question, &row);
				free(row.counts[0]);
			}
			free(copy);
		}
}

static void
check_counting(int turn)
{
	CohortsQuestion q = question_of(turn);
	CohortsState *s = new_state(&q, 1);
	CohortsState *part = new_state(&q, 1);
	int32_t		back[MOST + 1];
	void	   *packed;
	size_t		bytes;
	CohortsReader r;
	CohortsRow	row = new_row(&q);

	memset(expected, 0, sizeof(expected));
	for (int i = below(200); i >= 0; i--)
	{
		CohortsCustomer c = random_customer(&q, back);
		CohortsState **to = one_in(3) ? &part : &s;

		*to = reserve(*to, c.n + 3);
		check(cohorts_state_customer(*to, &c), "a customer is counted");
		expect_customer(&q, &c);
	}
	packed = packed_of(part, &bytes);
	check(cohorts_read(packed, bytes, &r), "a part is read");
	while (r.left > 0 && cohorts_read_row(&r, &row))
	{
		s = reserve(s, (uint32_t) q.periods + 1);
		check(cohorts_state_add_row(s, &row), "a part is added");
	}
	free(packed);
	packed = packed_of(s, &bytes);
	check_packed(packed, bytes);
	check_damaged(packed, bytes);
	free(packed);
	free(s);
	free(part);
	free(row.counts[0]);
}

/* The bytes that the format says, of two customers by month; and of a lifecycle. */
static void
check_bytes(void)
{
	static const uint8_t wanted[] = {1, COHORTS_UNTIL, COHORTS_MONTH, 0, 2, 0, 1, 'a', 1, 'b', 3,
	'U', 'T', 'C', 1, 62, 2, 1, 1, 2, 1, 1, 2, 0, 1, 2, 1, 1, 2, 1, 1};
	CohortsQuestion q = {.flags = COHORTS_UNTIL,.unit = COHORTS_MONTH,.periods = 2,
	.start = {"a", 1},.returning = {"b", 1},.zone = {"UTC", 3}};
	static const int32_t back[] = {0, 1};
	CohortsCustomer once = {31, back, 2, false, 2};
	CohortsCustomer never = {31, back, 0, false, 1};
	CohortsState *s = new_state(&q, 16);
	size_t		bytes;
	uint8_t    *packed;

	check(cohorts_state_customer(s, &once) && cohorts_state_customer(s, &never), "two customers");
	packed = packed_of(s, &bytes);
	check(bytes == sizeof(wanted) + 4 && memcmp(packed + 4, wanted, sizeof(wanted)) == 0,
		  "the bytes of the format");
	free(packed);
	free(s);
}

/* A row is refused unless customers can have left it. */
static CohortsStatus
status_of(const char *text, bool lifecycle)
{
	CohortsTextReader t;
	CohortsRow	row;
	CohortsStatus status;

	if (!cohorts_text_begin(&t, text, strlen(text), true, lifecycle))
		return COHORTS_BAD_UNIT;
	row = new_row(&t.question);
	status = cohorts_text_row(&t, &row) == TEXT_ITEM ? cohorts_decumulate(&t.question, &row) :
		COHORTS_BAD_UNIT;
	free(row.counts[0]);
	return status;
}

static void
check_status(CohortsStatus wanted, bool lifecycle, const char *row)
{
	char		text[256];

	snprintf(text, sizeof(text), "%s {%s}", lifecycle ? "a by week in UTC open from 2026-01-12" :
			 "a > b by week for 1 periods in UTC until unknown", row);
	check(status_of(text, lifecycle) == wanted, "the status of %s", text);
}

static void
check_possible(void)
{
	check_status(COHORTS_OK, false, "2026-01-05 streak [1] returned [0] later [0]");
	check_status(COHORTS_BAD_KEY, false, "2026-01-06 streak [1] returned [0] later [0]");
	check_status(COHORTS_NO_CUSTOMERS, false, "2026-01-05 streak [0] returned [0] later [0]");
	check_status(COHORTS_ASCENDING, false, "2026-01-05 streak [2] returned [0, 1] later [0, 1]");
	check_status(COHORTS_TOO_MANY, false, "2026-01-05 streak [1] returned [2] later [2]");
	check_status(COHORTS_OK, true, "2026-01-05 new 1 returning 0 resurrected 0 dormant 0");
	check_status(COHORTS_TOO_MANY, true, "2026-01-12 new 1 returning 0 resurrected 0 dormant 1");
	check_status(COHORTS_NO_CUSTOMERS, true,
				 "2026-01-05 new 0 returning 0 resurrected 0 dormant 0");
	check(status_of("a by hour in UTC open from 2026-01-05 {}", true) == COHORTS_BAD_UNIT, "hours");
}

/* A text with any byte changed, or cut anywhere: read or refused. */
static void
check_damaged_text(void)
{
	static const char good[] = "a > \"b c\" by month for 2 periods in UTC until known "
		"{2026-01-01 streak [9, 3] returned [1, 3, 2] later [5, 4, 2] ended [9, 9] "
		"ended_returned [1, 3]}";

	check(status_of(good, false) == COHORTS_OK, "a good text");
	for (size_t i = 0; i < sizeof(good) - 1; i++)
		for (int turn = 0; turn < 4; turn++)
		{
			char	   *text = exact_copy(good, sizeof(good));

			text[i] = turn == 0 ? '\0' : turn == 1 ? "0 ]{},-[a"[below(9)] : (char) random_bits();
			(void) status_of(text, one_in(2));
			free(text);
		}
}

static void
check_overflow(void)
{
	CohortsQuestion q = question_of(0);
	CohortsState *s = new_state(&q, 16);
	CohortsRow	row = new_row(&q);
	CohortsCustomer c = {0, NULL, 0, false, 0};

	row.key = 0;
	row.counts[COHORTS_STREAK][0] = INT64_MAX;
	check(cohorts_state_add_row(s, &row), "as many customers as there can be");
	check(!cohorts_state_customer(s, &c), "one more");
	check(!cohorts_state_add_row(s, &row), "as many again");
	free(row.counts[0]);
	free(s);
}

/* A damaged state with a cell that is there twice, or not where it is looked for. */
static void
check_cells(void)
{
	CohortsCell cells[] = {{.key = 4,.place = 2}, {.key = 3,.place = 2}, {.key = 9,.place = 2}};
	CohortsQuestion q = question_of(5);

	for (int i = 0; i < 3; i++)
	{
		CohortsState *s = new_state(&q, 8);

		check(cohorts_state_add(s, 3, 1, COHORTS_RETURNED, 1), "a cell");
		check(cohorts_state_add(s, 4, 1, COHORTS_RETURNED, 1), "another one");
		check(change_bytes(s, cohorts_state_bytes(&q, 8), &cells[0], &cells[i], 12), "changed");
		check(cohorts_state_check(s, cohorts_state_bytes(&q, 8)), "cells %d: checked", i);
		check(cohorts_state_is_whole(s) == (i == 0), "cells %d", i);
		free(s);
	}
}

/* A key with which no period of the calendar begins: damage, which would be printed as some other day. */
static void
check_key(uint8_t unit, int64_t key, bool possible)
{
	CohortsQuestion q = {.unit = unit,.periods = 1,.start = label_a,.returning = label_b,
	.zone = zone};
	CohortsState *s = new_state(&q, 8);
	CohortsRow	row = new_row(&q);
	CohortsReader r;
	size_t		bytes;
	void	   *packed;

	check(cohorts_state_add(s, key, 0, COHORTS_STREAK, 1), "a customer");
	check(cohorts_state_is_whole(s) == possible, "a state with the key %lld", (long long) key);
	packed = packed_of(s, &bytes);
	check(cohorts_read(packed, bytes, &r), "the head");
	check(cohorts_read_row(&r, &row) == possible, "unit %d, key %lld", unit, (long long) key);
	free(packed);
	free(row.counts[0]);
	free(s);
}

static void
check_keys(void)
{
	check_key(COHORTS_DAY, 0, true);
	check_key(COHORTS_DAY, -2451545, true);
	check_key(COHORTS_DAY, -2451546, false);
	check_key(COHORTS_DAY, 106751982, true);
	check_key(COHORTS_DAY, 106751983, false);
	check_key(COHORTS_DAY, 120946279064888, false);
	check_key(COHORTS_MONTH, 31, true);
	check_key(COHORTS_MONTH, 30, false);
	check_key(COHORTS_WEEK, 2, true);
	check_key(COHORTS_WEEK, 3, false);
	check_key(COHORTS_HOUR, INT64_MIN, false);
	check_key(COHORTS_HOUR, INT64_MAX, false);
}

int
main(void)
{
	for (int turn = 0; turn < 200; turn++)
		check_counting(turn);
	check_bytes();
	check_cells();
	check_keys();
	check_possible();
	check_damaged_text();
	check_overflow();
	return unit_end();
}
