/* covers: core/rating/rating.c core/rating/rating_sums.c core/rating/rating_text.c */

/*
 * rating_test.c
 *		Summaries of ratings against the list of the answers they are made of: counts,
 *		sums of weights, quantiles, adding and taking away, and the text form.
 */
#include "unit.h"

#include "rating/rating.h"

#define MOST 60

typedef struct Answers
{
	int			n;
	int32_t		score[MOST];
	int64_t		weight[MOST];	/* units */
} Answers;

static RatingSummary *
empty(int32_t low, int points, bool weighted)
{
	RatingSummary *s = exact(rating_size(points, weighted));

	rating_init(s, low, points, weighted);
	return s;
}

/* The answers from first on, as a summary. */
static RatingSummary *
summary_of(const Answers *a, int first, int end, int32_t low, int points, bool weighted)
{
	RatingSummary *s = empty(low, points, weighted);

	for (int i = first; i < end; i++)
		check((weighted ? rating_add_weighted(s, a->score[i], a->weight[i]) :
			   rating_add(s, a->score[i])) == RATING_OK, "an answer is added");
	return s;
}

static int
compare_scores(const void *x, const void *y)
{
	int32_t		a = *(const int32_t *) x;
	int32_t		b = *(const int32_t *) y;

	return (a > b) - (a < b);
}

/* What is read from a summary, against the answers. */
static void
check_sums(const RatingSummary *s, const Answers *a, bool weighted)
{
	int32_t		from = s->low - 1 + below(s->points + 2);
	int32_t		to = s->low - 1 + below(s->points + 2);
	int64_t		count = 0;
	int64_t		responses;
	Uint128 mass = 0;
	Uint128 moment = 0;
	Uint128 squares = 0;
	Uint128 found;

	for (int i = 0; i < a->n; i++)
	{
		Uint128 each = weighted ? (Uint128) a->weight[i] : 1;
		uint64_t	place = (uint64_t) (a->score[i] - s->low);

		squares += each * each;
		moment += each * place * place;
		if (a->score[i] < from || a->score[i] > to)
			continue;
		count++;
		mass += each;
	}
	check(rating_responses(s, &responses) == RATING_OK && responses == a->n, "responses");
	check(rating_count_between(s, from, to) == count, "answers from %d to %d", from, to);
	check(rating_mass_between(s, from, to, &found) == RATING_OK && found == mass, "their mass");
	check(rating_moment(s, 2, &found) == RATING_OK && found == moment, "the second moment");
	if (weighted)
		check(rating_square_sum(s, &found) == RATING_OK && found == squares, "squared weights");
}

/* percentile_disc() by the list of sorted scores. */
static void
check_quantile(const RatingSummary *s, const Answers *a)
{
	Answers		sorted = *a;
	double		q = below(101) / 100.0;
	int			number = 1;

	qsort(sorted.score, (size_t) a->n, sizeof(int32_t), compare_scores);
	while (number < a->n && number < q * a->n)
		number++;
	check(rating_quantile(s, q) == sorted.score[number - 1], "quantile %g of %d answers", q, a->n);
}

static void
check_text(const RatingSummary *s, bool weighted)
{
	size_t		bound = rating_text_bound(s);
	char	   *text = exact(bound);
	RatingSummary *back = exact(RATING_MAX_SIZE);
	RatingParseError error;
	size_t		length = rating_print(s, text);

	check(length < bound && strlen(text) == length, "the bound of the text");
	check(rating_parse(text, back, &error) && rating_compare(s, back) == 0 &&
		  rating_validate(back, rating_size(back->points, weighted)) == RATING_OK,
		  "%s reads back", text);
	text[below((int) length)] = "0123456789[]{},:.- x"[below(20)];
	if (!rating_parse(text, back, &error))
		check(error.offset <= length && error.expected != NULL, "why %s is no summary", text);
	free(back);
	free(text);
}

/* A summary is that of its parts; the parts are what is left without each other. */
static void
test_random(void)
{
	Answers		a = {.n = 1 + below(MOST)};
	int32_t		low = below(21) - 10;
	int			points = RATING_MIN_POINTS + below(one_in(10) ? 90 : 10);
	bool		weighted = one_in(2);
	int			part = below(a.n + 1);
	RatingSummary *whole;
	RatingSummary *first;
	RatingSummary *second;

	for (int i = 0; i < a.n; i++)
	{
		a.score[i] = low + below(points);
		a.weight[i] = 1 + below(2000000000);
	}
	whole = summary_of(&a, 0, a.n, low, points, weighted);
	first = summary_of(&a, 0, part, low, points, weighted);
	second = summary_of(&a, part, a.n, low, points, weighted);
	check_sums(whole, &a, weighted);
	if (!weighted)
		check_quantile(whole, &a);
	check_text(whole, weighted);
	check(rating_compare(first, second) == -rating_compare(second, first), "an order");
	check(rating_merge(first, second) == RATING_OK && rating_compare(first, whole) == 0, "merged");
	check(rating_subtract(first, second) == RATING_OK, "taken away");
	for (int i = part; i < a.n; i++)
		check((weighted ? rating_remove_weighted(whole, a.score[i], a.weight[i]) :
			   rating_remove(whole, a.score[i])) == RATING_OK, "an answer is taken back");
	check(rating_compare(first, whole) == 0, "both ways give the same");
	check(rating_validate(whole, rating_size(points, weighted)) == RATING_OK, "valid");
	free(whole);
	free(first);
	free(second);
}

/* Answers of one score that weigh the most, so many that their squares are 2 * 10^38. */
static RatingSummary *
heavy(int32_t score)
{
	RatingSummary *s = empty(0, 11, true);
	RatingSummary *light = empty(0, 11, false);

	light->counts[score] = INT64_C(200000000);
	check(rating_weigh(s, light, RATING_MAX_WEIGHT_UNITS) == RATING_OK, "heavy answers");
	free(light);
	return s;
}

/* The squared weights of all scores fit 128 bits, which hold 3.4 * 10^38. */
static void
test_heavy(void)
{
	RatingSummary *s = heavy(0);
	RatingSummary *other = heavy(10);
	RatingWeights *w = rating_weights(s);
	Uint128 most;

	check(rating_merge(s, other) == RATING_OVERFLOW, "squares of two scores past 2^128");
	free(s);
	s = heavy(0);
	check(rating_merge(s, s) == RATING_OVERFLOW, "squares of one score past 2^128");
	free(s);
	free(other);
	s = heavy(0);
	w = rating_weights(s);
	/* one more answer of the weight 1 fits, after it none does, at no score */
	most = -(Uint128) 1 - (Uint128) RATING_WEIGHT_UNITS * (Uint128) RATING_WEIGHT_UNITS;
	uint128_store(w[0].squares, most);
	check(rating_add_weighted(s, 10, RATING_WEIGHT_UNITS) == RATING_OK, "exactly 2^128 - 1");
	check(rating_square_sum(s, &most) == RATING_OK && most == -(Uint128) 1, "their sum");
	check(rating_add_weighted(s, 0, 1) == RATING_OVERFLOW, "one more of the score");
	free(s);
	s = heavy(0);
	w = rating_weights(s);
	uint128_store(w[0].squares, (Uint128) 1 << 127);
	uint128_store(w[5].squares, ((Uint128) 1 << 127) - 1);
	check(rating_add_weighted(s, 5, 1) == RATING_OVERFLOW, "one more of another score");
	free(s);
}

static void
expect_error(const char *text, RatingStatus status, size_t offset)
{
	RatingSummary *s = exact(RATING_MAX_SIZE);
	RatingParseError error = {RATING_OK, 0, NULL};

	check(!rating_parse(text, s, &error) && error.status == status && error.offset == offset,
		  "%s: %d at %zu", text, error.status, error.offset);
	free(s);
}

static void
test_refused(void)
{
	RatingSummary *s = empty(1, 5, false);
	RatingSummary *other = empty(0, 11, false);

	check(rating_add(s, 0) == RATING_OUT_OF_SCALE && rating_add(s, 6) == RATING_OUT_OF_SCALE,
		  "a score outside the scale");
	check(rating_remove(s, 3) == RATING_BELOW_ZERO, "an answer that was not there");
	check(rating_merge(s, other) == RATING_OTHER_SCALE, "another scale");
	s->counts[2] = INT64_MAX;
	check(rating_add(s, 3) == RATING_OVERFLOW, "one answer too many");
	free(s);
	free(other);
	expect_error("", RATING_OK, 0);
	expect_error("[1,5]{0,2,5,9}", RATING_OK, 13);
	expect_error("[1,5]{0,2,5,9,4} x", RATING_OK, 17);
	expect_error("[1,1]{0}", RATING_BAD_SCALE, 5);
	expect_error("[1,5]{ 9223372036854775808,2,5,9,4}", RATING_OVERFLOW, 7);
	expect_error("[-99999999999999999999,5]{0}", RATING_OVERFLOW, 2);
	expect_error("[0,1]{1:1.0000000001:1,0:0:0}", RATING_OK, 8);
}

int
main(void)
{
	for (int i = 0; i < 20000; i++)
		test_random();
	test_refused();
	test_heavy();
	return unit_end();
}
