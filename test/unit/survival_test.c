/* covers: core/survival/survival_bucket.c core/survival/survival_state.c */
/* covers: core/survival/survival_pack.c core/survival/survival_text.c */
/* covers: core/survival/survival_curve.c core/survival/survival_wait.c */

/*
 * survival_test.c
 *		Buckets by their definition; waits counted against a plain array of all buckets,
 *		packed, written, read and changed; the curve of the leukaemia data by hand; waits
 *		of random journeys against a plain search; damaged states, bytes and texts, which
 *		must do no harm.
 */
#include "unit.h"

#include <math.h>

#include "survival/survival_curve.h"
#include "survival/survival_text.h"
#include "survival/survival_wait.h"

#define DAY	SURVIVAL_DAY

static SurvivalCount plain[SURVIVAL_BUCKETS];
static SurvivalCount room[SURVIVAL_BUCKETS];

/* Buckets follow each other without a gap, each no wider than it should be. */
static void
test_buckets(void)
{
	uint64_t	low = 0;

	for (uint32_t b = 0; b < SURVIVAL_BUCKETS; b++)
	{
		uint64_t	high = survival_bucket_high(b);
		bool		days = low >= 64 * DAY && low < 7305 * DAY;

		check(survival_bucket_low(b) == low && high >= low, "the least of bucket %u", b);
		check(survival_bucket(low) == b && survival_bucket(high) == b, "the bucket %u", b);
		check(days ? high - low == DAY - 1 : high - low <= low / 64, "the width of bucket %u", b);
		check(low >= 7305 * DAY || high - low < DAY, "bucket %u is no wider than a day", b);
		low = high + 1;
	}
	check(low == 0, "the last bucket ends with 2^64 - 1");
	for (uint64_t d = 0; d < 7305; d++)
		check(survival_bucket(d * DAY) < survival_bucket((d + 1) * DAY), "day %d", (int) d);
}

static SurvivalSubject
random_subject(void)
{
	static const SurvivalSubject subjects[] = {
		{SURVIVAL_WAITS, {NULL, 0}, {NULL, 0}}, {SURVIVAL_STAGES, {"a", 1}, {"to \"b\"", 6}},
		{SURVIVAL_GAPS, {"gaps of", 7}, {NULL, 0}}, {SURVIVAL_STAGES, {"from", 4}, {"to", 2}}};

	return subjects[below(LENGTH(subjects))];
}

static SurvivalState *
new_state(const SurvivalSubject *subject)
{
	SurvivalState *s = exact(survival_state_smallest(subject));

	survival_state_init(s, subject);
	return s;
}

static SurvivalState *
add(SurvivalState *s, const SurvivalCount *count)
{
	if (!survival_state_has_room(s))
	{
		size_t		bytes = survival_state_grown(s);
		SurvivalState *larger = exact(bytes);

		larger->header.vl_len = 77;
		survival_state_move(larger, s);
		check(larger->header.vl_len == 77 && survival_state_check(larger, bytes) &&
			  survival_state_has_room(larger), "a state that has grown");
		free(s);
		s = larger;
	}
	check(survival_state_add(s, count), "a wait is counted");
	return s;
}

static bool
same(const Survival *a, const Survival *b)
{
	return survival_same_subject(&a->subject, &b->subject) && a->total == b->total &&
		a->n == b->n && memcmp(a->counts, b->counts, a->n * sizeof(SurvivalCount)) == 0;
}

/* Packed, read, packed again; cut off and changed. */
static void
check_packed(const Survival *survival)
{
	size_t		bound = survival_pack_bound(survival);
	uint8_t    *packed = exact(bound);
	size_t		bytes = survival_pack(packed, survival);
	Survival	back = {.counts = room};
	uint8_t    *copy = exact_copy(packed, bytes);

	check(bytes <= bound, "the bound of the packed size");
	check(survival_read_head(copy, bytes, &back) && back.n == survival->n &&
		  survival_read(copy, bytes, &back) && same(&back, survival), "packed and read");
	free(copy);
	for (size_t cut = 0; cut < bytes; cut += 1 + cut / 20)
	{
		copy = exact_copy(packed, cut);
		check(!survival_read(copy, cut, &back), "waits that are cut off");
		free(copy);
	}
	copy = memcpy(exact(bytes + 1), packed, bytes);
	check(!survival_read(copy, bytes + 1, &back), "a byte too many");
	free(copy);
	for (int i = 0; i < 200; i++)
	{
		copy = exact_copy(packed, bytes);
		copy[4 + below((int) bytes - 4)] = (uint8_t) below(256);
		if (survival_read(copy, bytes, &back))
			check(survival_check(&back), "what is read is valid");
		free(copy);
	}
	free(packed);
}

/* The waits of a text; false if it is wrong. */
static bool
parse(const char *text, Survival *survival, SurvivalTextReader *r)
{
	TextItem	item = TEXT_ERROR;

	survival->n = 0;
	survival->counts = room;
	if (survival_text_begin(r, text, strlen(text), true))
		while ((item = survival_text_next(r)) == TEXT_ITEM)
			room[survival->n++] = r->count;
	survival->subject = r->subject;
	check(r->scan.at >= text && r->scan.at <= text + strlen(text), "the place is in the text");
	return item == TEXT_END && survival_check(survival);
}

static void
check_text(const Survival *survival)
{
	size_t		bound = survival_text_bound(survival);
	char	   *text = exact(bound);
	size_t		length = survival_text_print(survival, text);
	SurvivalTextReader r;
	Survival	back;

	check(length < bound && strlen(text) == length, "the bound of the text");
	check(parse(text, &back, &r) && same(&back, survival), "read back: %.80s", text);
	for (int i = 0; i < 100; i++)
	{
		char	   *copy = exact_copy(text, length + 1);

		copy[below((int) length)] = "{}[]+:, 0129fromtinusg\""[below(23)];
		(void) parse(copy, &back, &r);
		free(copy);
	}
	free(text);
}

static void
check_state(SurvivalState *s, const SurvivalSubject *subject, int64_t total)
{
	Survival	survival = {.counts = exact((s->used + 1) * sizeof(SurvivalCount))};
	uint32_t	n = 0;

	check(survival_state_check(s, survival_state_grown(s) - s->slots * sizeof(SurvivalCount)),
		  "a state");
	check(survival_state_sort(s, &survival) && survival.total == total &&
		  survival_same_subject(&survival.subject, subject), "what was counted");
	for (uint32_t b = 0; b < SURVIVAL_BUCKETS; b++)
		if (survival_count_waits(&plain[b]) > 0)
		{
			check(n < survival.n && memcmp(&plain[b], &survival.counts[n], sizeof(plain[b])) == 0,
				  "bucket %u", b);
			n++;
		}
	check(n == survival.n, "%u buckets, not %u", survival.n, n);
	check_packed(&survival);
	check_text(&survival);
	free(survival.counts);
}

static void
test_random(void)
{
	static const int sizes[] = {0, 1, 2, 10, 1000, 20000};

	for (int turn = 0; turn < 60; turn++)
	{
		SurvivalSubject subject = random_subject();
		SurvivalState *s = new_state(&subject);

		memset(plain, 0, sizeof(plain));
		for (int i = sizes[turn % 6]; i > 0; i--)
		{
			uint64_t	time = random_bits() >> (turn % 3 == 0 ? below(64) : 10 + turn % 50);
			uint32_t	b = survival_bucket(time);
			SurvivalCount one = {b, 0, i % 3 == 0, i % 3 != 0, {time, 0}};

			s = add(s, &one);
			plain[b].bucket = b;
			plain[b].reached += one.reached;
			plain[b].censored += one.censored;
			uint128_store(plain[b].sum, uint128_load(plain[b].sum) + time);
		}
		check_state(s, &subject, sizes[turn % 6]);
		free(s);
	}
}

/* The packed form by hand: from a to b, 2 reached in 5 us and 1 censored in 200 us, bucket 164. */
static void
test_bytes(void)
{
	static const uint8_t bytes[] = {9, 9, 9, 9, 1, 0, 1, 0, 1, 'a', 1, 'b', 2,
	5, 2, 0, 0, 0x9f, 1, 0, 1, 0};
	SurvivalCount counts[] = {{5, 0, 2, 0, {10, 0}}, {164, 0, 0, 1, {200, 0}}};
	Survival	survival = {{SURVIVAL_STAGES, {"a", 1}, {"b", 1}}, 2, 3, counts};
	uint8_t		packed[600] = {9, 9, 9, 9};
	char		text[600];

	check(survival_pack(packed, &survival) == sizeof(bytes) &&
		  memcmp(packed, bytes, sizeof(bytes)) == 0, "the packed form");
	survival_text_print(&survival, text);
	check(strcmp(text, "{from a to b [5: 2 + 0 in 10us, 164: 0 + 1 in 200us]}") == 0, "%s", text);
}

/* What no waits can have given. */
static void
test_impossible(void)
{
	static const SurvivalCount bad[] = {
		{SURVIVAL_BUCKETS, 0, 1, 0, {0, 0}}, {5, 0, 0, 0, {0, 0}}, {5, 0, -1, 2, {5, 0}},
		{5, 0, 2, -1, {5, 0}}, {5, 0, 1, 0, {4, 0}}, {5, 0, 1, 0, {6, 0}},
		{5, 0, 1, 0, {5, 1}}, {5, 0, INT64_MAX, 1, {5, 0}}};
	SurvivalCount counts[] = {{5, 0, 1, 0, {5, 0}}, {6, 0, 1, 0, {6, 0}}};
	Survival	survival = {.n = 1};

	for (int i = 0; i < LENGTH(bad); i++)
	{
		counts[0] = bad[i];
		survival.counts = counts;
		check(!survival_check(&survival), "impossible waits %d", i);
	}
	counts[0] = (SurvivalCount) {6, 0, 1, 0, {6, 0}};
	survival.n = 2;
	check(!survival_check(&survival), "a bucket twice");
	counts[0] = (SurvivalCount) {0, 0, INT64_MAX, 0, {0, 0}};
	check(!survival_check(&survival), "more than an int64 has");
}

static void
test_texts(void)
{
	static const char *const good[] = {"{[]}", " { gaps of a [ ] } ", "{from to to to []}",
	"{from \"a b\" to c [5:1+0in 5us]}"};
	static const char *const bad[] = {"", "{", "{]}", "{[}", "{[]", "{[]} x", "{from a []}",
		"{gaps of []}", "{from a to []}", "{[5: 1 + 0 in 5us 6: 1 + 0 in 6us]}",
		"{[6: 1 + 0 in 6us, 5: 1 + 0 in 5us]}",
		"{[5: 1 + 0 in 5us, 5: 1 + 0 in 5us]}", "{[10579: 1 + 0 in 5us]}", "{[5: 1 in 5us]}",
	"{[5: -1 + 2 in 5us]}", "{[5: 0 + 0 in 0us]}", "{[5: 1 + 0 in 6us]}", "{[5: 1 + 0 in 5ms]}"};
	Survival	survival;
	SurvivalTextReader r;

	for (int i = 0; i < LENGTH(good); i++)
		check(parse(good[i], &survival, &r), "%s", good[i]);
	for (int i = 0; i < LENGTH(bad); i++)
		check(!parse(bad[i], &survival, &r), "%s is wrong", bad[i]);
}

/* A state from elsewhere has to be within its bytes. */
static void
test_foreign(void)
{
	SurvivalSubject subject = {SURVIVAL_GAPS, {"a", 1}, {NULL, 0}};
	SurvivalState *s = new_state(&subject);
	size_t		bytes = survival_state_smallest(&subject);
	Survival	survival = {.counts = room};
	SurvivalCount most = {5, 0, INT64_MAX, 0, {0, 0}};
	SurvivalCount one = {6, 0, 0, 1, {6, 0}};

	uint128_store(most.sum, (Uint128) INT64_MAX * 5);
	check(survival_state_check(s, bytes) && !survival_state_check(s, bytes - 1) &&
		  !survival_state_check(s, bytes + 1) && !survival_state_check(s, 8), "its size");
	check(survival_state_add(s, &most) && !survival_state_add(s, &one) && s->used == 1,
		  "one too many changes nothing");
	s->used = 2;
	check(!survival_state_sort(s, &survival), "more buckets than there are");
	s->used = 0;
	check(!survival_state_sort(s, &survival), "fewer buckets than there are");
	s->used = s->slots;
	check(!survival_state_check(s, bytes), "too full");
	s->used = 1;
	s->header.kind = SURVIVAL_WAITS;
	check(!survival_state_check(s, bytes), "waits have no label");
	s->header.kind = 3;
	check(!survival_state_check(s, bytes), "another kind");
	s->header.kind = SURVIVAL_GAPS;
	s->slots = 24;
	check(!survival_state_check(s, bytes), "slots that are no power of two");
	s->slots = 1 << 30;
	check(!survival_state_check(s, bytes), "many slots");
	s->slots = 16;
	s->header.flags = 0;
	check(!survival_state_check(s, bytes), "a packed value");
	free(s);
}

/* Waits of whole days, those of -1 censored ones of the day before. */
static Survival
of_days(const int *days, int n, SurvivalCount *counts)
{
	SurvivalSubject subject = {SURVIVAL_WAITS, {NULL, 0}, {NULL, 0}};
	SurvivalState *s = new_state(&subject);
	Survival	survival = {.counts = counts};

	for (int i = 0; i < n; i++)
	{
		uint64_t	time = (uint64_t) abs(days[i]) * DAY;
		SurvivalCount one = {survival_bucket(time), 0, days[i] >= 0, days[i] < 0, {time, 0}};

		s = add(s, &one);
	}
	check(survival_state_sort(s, &survival), "waits in days");
	free(s);
	return survival;
}

/* Half of four have arrived from the second to the third: the median is between, as R has it. */
static void
test_flat(void)
{
	static const int days[] = {1, 2, 3, 4};
	SurvivalCount counts[4];
	Survival	four = of_days(days, 4, counts);
	uint64_t	time;

	check(survival_time_by(&four, 0.5, &time) && time == 5 * DAY / 2, "the median of four");
	check(survival_time_by(&four, 0.51, &time) && time == 3 * DAY, "a little more than half");
}

static const int maintained[] = {9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161};
static const int others[] = {5, 5, 8, 8, 12, -16, 23, 27, 30, 33, 43, 45};

/* The leukaemia data: shares as published, limits as R has them. */
static void
test_curve(void)
{
	static const double shares[] = {.909090909, .818181818, .715909091, .613636364, .613636364,
	.490909091, .368181818, .368181818, .184090909, .184090909};
	SurvivalCount counts[20];
	SurvivalCount more[20];
	Survival	a = of_days(maintained, LENGTH(maintained), counts);
	Survival	b = of_days(others, LENGTH(others), more);
	SurvivalWalk walk = survival_begin(&a);
	SurvivalPoint point;
	SurvivalTest test;
	uint64_t	time;
	double		share;

	for (int i = 0; survival_step(&walk, &point); i++)
	{
		check(fabs(point.share - shares[i]) < 1e-9, "share %d is %g", i, point.share);
		survival_limits(&walk, 1.959963984540054, &point);
		check(i > 0 || (fabs(point.low - .5080802057) < 1e-9 &&
						fabs(point.high - .9866738227) < 1e-9),
			  "the limits are %g and %g", point.low, point.high);
	}
	check(survival_log_rank(&a, &b, &test) && fabs(test.statistic - 3.39638869897760) < 1e-9 &&
		  fabs(test.p_value - .0653393220405) < 1e-9, "the log-rank test");
	check(survival_time_by(&a, 0.5, &time) && time == 31 * DAY, "the median");
	check(survival_time_by(&a, 0, &time) && time == 0, "at once");
	check(!survival_time_by(&a, 0.9, &time), "never");
	check(survival_share_at(&a, 20 * DAY, &share) && fabs(share - shares[2]) < 1e-9, "at 20 days");
	check(survival_share_at(&a, 0, &share) && share == 1, "at once");
	check(!survival_share_at(&a, 162 * DAY, &share), "nobody was seen for so long");
	check(survival_share_at(&b, 162 * DAY, &share) && share == 0, "but all have arrived");
	check(survival_beyond(&a, 45 * DAY) == 2 && survival_beyond(&a, 0) == 11, "at risk");
	check(survival_chance_at(&a, 18 * DAY, 5 * DAY, &share) && fabs(share - 1. / 7) < 1e-12,
		  "the chance");
	check(!survival_chance_at(&a, 161 * DAY, 0, &share) &&
		  !survival_chance_at(&a, 48 * DAY, 114 * DAY, &share),
		  "a chance that is not known");
}

static void
test_none(void)
{
	Survival	none = {.counts = room};
	SurvivalTest test;
	SurvivalCount counts[1];
	const int	day = 7;
	Survival	one = of_days(&day, 1, counts);
	uint64_t	time;
	double		share;

	check(!survival_time_by(&none, 0, &time) && !survival_share_at(&none, 0, &share) &&
		  !survival_chance_at(&none, 0, 1, &share), "nothing is known of none");
	check(!survival_log_rank(&none, &one, &test) && !survival_log_rank(&one, &one, &test),
		  "no variance");
}

/* The waits of visits to a and b, of which the times are few, by their definition. */
static int
plain_waits(const JourneyVisit *v, int n, uint32_t from, uint32_t to, bool gaps, int64_t until,
			SurvivalWait *waits)
{
	int			first = 0;
	int			count = 0;

	while (n > 0 && v[n - 1].at > until)
		n--;
	for (; first < n; first++)
	{
		int			next = -1;

		if (v[first].label != from)
			continue;
		for (int i = n - 1; i >= 0; i--)
			if (v[i].label == to && i != first &&
				(i > first || (from != to && journey_simultaneous(&v[i], &v[first]))))
				next = i;
		waits[count].reached = next >= 0;
		waits[count++].time = (uint64_t) ((next >= 0 ? v[next].at : until) - v[first].at);
		if (!gaps)
			break;
	}
	return count;
}

static void
check_waits(const uint8_t *packed, size_t bytes, const JourneyVisit *v, int n,
			const JourneyLabel *labels, uint32_t from, uint32_t to, bool gaps)
{
	SurvivalSubject subject = {gaps ? SURVIVAL_GAPS : SURVIVAL_STAGES, labels[from],
		gaps ? (JourneyLabel) {NULL, 0} : labels[to]};
	SurvivalWait expected[64];
	SurvivalWait wait;
	SurvivalWaits w;
	int64_t		until = below(12) * 1000;
	int			count = plain_waits(v, n, from, gaps ? from : to, gaps, until, expected);
	int			found = 0;

	survival_waits_begin(&w, packed + 4, bytes - 4, &subject, until);
	while (survival_waits_next(&w, &wait))
	{
		check(found < count && wait.time == expected[found].time &&
			  wait.reached == expected[found].reached, "wait %d of %d", found, count);
		found++;
	}
	check(!w.damaged && found == count, "%d waits, not %d", found, count);
}

static void
test_waits(void)
{
	static const JourneyLabel labels[] = {{"a", 1}, {"b", 1}, {"c", 1}};

	for (int turn = 0; turn < 3000; turn++)
	{
		JourneyVisit visits[20];
		int			n = below(20);
		uint8_t		packed[2000] = {0};
		size_t		bytes;
		SurvivalWaits w;
		SurvivalWait wait;

		for (int i = 0; i < n; i++)
			visits[i] = (JourneyVisit) {below(10) * 1000, below(2),
				(uint32_t) (i < 3 ? i : below(3))};
		if (n < 3)
			continue;
		qsort(visits, (size_t) n, sizeof(JourneyVisit), journey_visit_compare);
		bytes = journey_pack(packed, visits, NULL, (uint32_t) n, labels, 3);
		check_waits(packed, bytes, visits, n, labels, (uint32_t) below(3), (uint32_t) below(3),
					one_in(2));
		packed[4 + below((int) bytes - 4)] = (uint8_t) below(256);
		survival_waits_begin(&w, packed + 4, bytes - 4,
							 &(SurvivalSubject) {SURVIVAL_STAGES, labels[0], labels[1]}, 5000);
		while (survival_waits_next(&w, &wait))
			;
	}
}

int
main(void)
{
	test_buckets();
	test_random();
	test_bytes();
	test_impossible();
	test_texts();
	test_foreign();
	test_curve();
	test_flat();
	test_none();
	test_waits();
	return unit_end();
}
