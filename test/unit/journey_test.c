/* covers: core/journey/journey_pack.c core/journey/journey_reader.c core/journey/journey_state.c */
/* covers: core/journey/journey_text.c core/journey/journey_value.c */

/*
 * journey_test.c
 *		Visits collected in any order, with values and without, sorted, packed, read and
 *		written, against the list of the visits; states that grow past the hash table;
 *		damaged bytes and texts; how many bytes a value takes.
 */
#include "unit.h"

#include "journey/journey_reader.h"
#include "journey/journey_state.h"
#include "journey/journey_text.h"
#include "journey/journey_value.h"

#define MOST	300

static char names[MOST][24];	/* ascending */

static JourneyLabel
name(uint32_t i)
{
	JourneyLabel label = {names[i], (uint32_t) strlen(names[i])};

	return label;
}

/* Nothing of what stood in the larger place before is left there. */
static void
check_no_remains(const JourneyState *s, size_t bytes, size_t grown)
{
	JourneyState *a = exact(grown);
	JourneyState *b = exact(grown);

	memset(a, 0x55, grown);
	memset(b, 0xaa, grown);
	a->header.vl_len = b->header.vl_len = 0;
	journey_state_move(a, grown, s, bytes);
	journey_state_move(b, grown, s, bytes);
	check(memcmp(a, b, grown) == 0, "a state that moved is the same wherever it moved to");
	free(a);
	free(b);
}

/* Add a visit to a state, which may move. */
static JourneyState *
add(JourneyState *s, size_t *bytes, const JourneyVisit *v, int64_t value)
{
	JourneyLabel label = name(v->label);
	JourneyStatus status;

	while ((status = journey_state_add(s, *bytes, &label, v->at, v->seq, value)) ==
		   JOURNEY_NO_ROOM)
	{
		size_t		grown = journey_state_grown(s, label.length + JOURNEY_STATE_VALUE);
		JourneyState *moved = exact(grown);

		check(grown >= *bytes, "a state with more room");
		check_no_remains(s, *bytes, grown);
		journey_state_move(moved, grown, s, *bytes);
		free(s);
		s = moved;
		*bytes = grown;
	}
	check(status == JOURNEY_OK, "a visit is added");
	return s;
}

static JourneyState *
state_of(const JourneyVisit *visits, const int64_t *values, uint32_t n, size_t *bytes)
{
	JourneyState *s = exact(JOURNEY_STATE_SMALLEST);

	*bytes = JOURNEY_STATE_SMALLEST;
	journey_state_init(s, *bytes);
	for (uint32_t i = 0; i < n; i++)
		s = add(s, bytes, &visits[i], values[i]);
	return s;
}

/* The state has the visits in the order of arrival, by name. */
static void
check_state(const JourneyState *s, size_t bytes, const JourneyVisit *visits,
			const int64_t *values, uint32_t n)
{
	JourneyLabel labels[MOST];
	JourneyVisit found[MOST];
	int64_t		found_values[MOST];

	check(journey_state_check(s, bytes) == JOURNEY_OK && s->visits == n, "%u visits", s->visits);
	check(journey_state_labels(s, bytes, labels) == JOURNEY_OK &&
		  journey_state_visits(s, found, found_values) == JOURNEY_OK, "the state is read");
	check(journey_state_has_values(s) == journey_any_value(values, n) &&
		  (journey_state_visits(s, found, NULL) == JOURNEY_OK) == !journey_any_value(values, n),
		  "a state that has values");
	for (uint32_t i = 0; i < n; i++)
	{
		const JourneyLabel *label = &labels[found[i].label];

		check(found[i].at == visits[i].at && found[i].seq == visits[i].seq &&
			  found_values[i] == values[i] &&
			  label->length == strlen(names[visits[i].label]) &&
			  memcmp(label->text, names[visits[i].label], label->length) == 0, "visit %u", i);
	}
}

/* Labels numbered anew, from 0 and without gaps, in the order of their bytes. */
static uint32_t
renumber(JourneyVisit *visits, uint32_t n, JourneyLabel *labels)
{
	bool		used[MOST] = {false};
	uint32_t	number[MOST];
	uint32_t	count = 0;

	for (uint32_t i = 0; i < n; i++)
		used[visits[i].label] = true;
	for (uint32_t i = 0; i < MOST; i++)
		if (used[i])
		{
			number[i] = count;
			labels[count++] = name(i);
		}
	for (uint32_t i = 0; i < n; i++)
		visits[i].label = number[visits[i].label];
	return count;
}

static void
check_packed(const void *packed, size_t bytes, const JourneyVisit *visits,
			 const int64_t *values, uint32_t n, const JourneyLabel *labels, uint32_t label_count)
{
	int64_t		found_values[MOST];
	JourneyReader r;
	JourneyLabel found[MOST];
	JourneyVisit visit;
	uint32_t	i = 0;

	if (!check(journey_read(packed, bytes, &r) == JOURNEY_OK && r.visits == n &&
			   r.labels == label_count && r.has_values == journey_any_value(values, n) &&
			   journey_read_values(&r, found_values) && journey_read_labels(&r, found) == JOURNEY_OK,
			   "%u visits are read", n))
		return;
	for (uint32_t k = 0; k < label_count; k++)
		check(found[k].length == labels[k].length &&
			  memcmp(found[k].text, labels[k].text, found[k].length) == 0, "label %u", k);
	for (; journey_next(&r, &visit); i++)
		check(i < n && journey_visit_compare(&visit, &visits[i]) == 0 &&
			  found_values[i] == values[i], "visit %u is read", i);
	check(i == n && r.left == 0, "all visits are read");
}

/* Whatever the bytes are, reading stays within them. */
static void
damage(const void *packed, size_t bytes)
{
	for (int i = 0; i < 20; i++)
	{
		size_t		left = one_in(2) ? bytes : (size_t) below((int) bytes);
		uint8_t    *copy = exact_copy(packed, left);
		JourneyReader r;
		JourneyVisit visit;
		JourneyLabel labels[MOST];
		int64_t		value;
		JourneyValues values;

		if (left > 5)
			copy[4 + below((int) left - 4)] = (uint8_t) random_bits();
		if (journey_read(copy, left, &r) == JOURNEY_OK && r.labels <= MOST &&
			journey_read_labels(&r, labels) == JOURNEY_OK && journey_values_begin(&values, &r))
			while (journey_next(&r, &visit))
			{
				check(visit.label < r.labels, "a label that there is");
				check(!journey_values_next(&values, &value) || value == JOURNEY_NO_VALUE ||
					  (value >= -JOURNEY_MAX_VALUE && value <= JOURNEY_MAX_VALUE),
					  "a value within the limits");
			}
		free(copy);
	}
}

/* The text has the same visits, and a damaged one is explained. */
static void
check_text(const JourneyVisit *visits, const int64_t *values, uint32_t n,
		   const JourneyLabel *labels)
{
	char	   *text = exact(n * (size_t) JOURNEY_VISIT_CHARS + 3);
	char	   *out = text;
	JourneyTextReader r;
	TextItem	item;
	uint32_t	i = 0;

	*out++ = '{';
	for (uint32_t k = 0; k < n; k++)
		out = journey_print_visit(out, &visits[k], values[k], labels, k == 0);
	strcpy(out, "}");
	journey_text_begin(&r, text, strlen(text), true);
	for (; (item = journey_text_next(&r)) == TEXT_ITEM; i++)
		check(i < n && r.visit.at == visits[i].at && r.visit.seq == visits[i].seq &&
			  r.value == values[i] &&
			  r.label.length == labels[visits[i].label].length &&
			  memcmp(r.label.text, labels[visits[i].label].text, r.label.length) == 0,
			  "visit %u of the text", i);
	check(item == TEXT_END && i == n, "%u visits of a text", i);
	text[below((int) strlen(text))] = "{}@,#\"-: 0aT=."[below(14)];
	journey_text_begin(&r, text, strlen(text), true);
	while ((item = journey_text_next(&r)) == TEXT_ITEM)
		;
	check(item == TEXT_END || ((r.scan.expected != NULL || r.scan.problem != NULL) &&
							   r.scan.at <= r.scan.end), "an error is explained");
	free(text);
}

/* Of any size, with any number of zeros at the end, or none. */
static int64_t
random_value(int kind)
{
	static const int64_t tens[] = {1, 10, 100, 10000, 1000000, INT64_C(1000000000)};
	int64_t		value = ((int64_t) (random_bits() >> 8) - (INT64_C(1) << 55)) >> below(56);

	if (kind == 0 || (kind == 1 && !one_in(4)))
		return JOURNEY_NO_VALUE;
	value -= value % tens[below(LENGTH(tens))];
	return kind == 3 && value < 0 ? -value : one_in(50) ? JOURNEY_MAX_VALUE : value;
}

/* Sort visits together with their values. */
static void
sort_both(JourneyVisit *visits, int64_t *values, uint32_t n)
{
	JourneyValued both[MOST];

	for (uint32_t i = 0; i < n; i++)
		both[i] = (JourneyValued) {visits[i], values[i]};
	qsort(both, n, sizeof(JourneyValued), journey_valued_compare);
	for (uint32_t i = 0; i < n; i++)
	{
		visits[i] = both[i].visit;
		values[i] = both[i].value;
	}
}

static void
test_random(uint32_t most, int label_count, int64_t unit)
{
	JourneyVisit visits[MOST];
	JourneyVisit sorted[MOST];
	int64_t		values[MOST];
	int			kind = below(4);
	JourneyLabel labels[MOST];
	uint32_t	n = (uint32_t) below((int) most + 1);
	size_t		bytes;
	JourneyState *s;
	uint8_t    *packed;
	uint32_t	count;

	memset(visits, 0, sizeof(visits));
	for (uint32_t i = 0; i < n; i++)
	{
		visits[i].at = (below(2000) - 1000) * unit;
		visits[i].seq = one_in(3) ? (int64_t) random_bits() >> below(64) : 0;
		visits[i].label = (uint32_t) below(label_count);
		values[i] = random_value(kind);
	}
	s = state_of(visits, values, n, &bytes);
	check_state(s, bytes, visits, values, n);
	free(s);
	memcpy(sorted, visits, sizeof(visits));
	count = renumber(sorted, n, labels);
	sort_both(sorted, values, n);
	check(journey_is_sorted(sorted, values, n) && journey_is_sorted(sorted, NULL, n), "sorted");
	for (uint32_t i = 1; i < n; i++)
		check(sorted[i - 1].at < sorted[i].at ||
			  (sorted[i - 1].at == sorted[i].at &&
			   (sorted[i - 1].seq < sorted[i].seq ||
				(sorted[i - 1].seq == sorted[i].seq &&
				 (sorted[i - 1].label < sorted[i].label ||
				  (sorted[i - 1].label == sorted[i].label && values[i - 1] <= values[i]))))),
			  "the order of visits");
	packed = exact(journey_pack_bound(sorted, values, n, labels, count));
	bytes = journey_pack(packed, sorted, values, n, labels, count);
	check(bytes <= journey_pack_bound(sorted, values, n, labels, count), "the bound");
	check_packed(packed, bytes, sorted, values, n, labels, count);
	if (kind == 0)
		check(journey_pack(packed, sorted, NULL, n, labels, count) == bytes,
			  "no value takes no byte");
	damage(packed, bytes);
	check_text(sorted, values, n, labels);
	free(packed);
}

/* What n visits without and with such a value take. */
static size_t
bytes_of_values(const int64_t *values, uint32_t n)
{
	JourneyVisit visits[MOST];
	JourneyLabel label = name(0);
	uint8_t    *packed = exact(n * (size_t) 64 + 64);
	size_t		with;

	memset(visits, 0, sizeof(visits));
	for (uint32_t i = 0; i < n; i++)
		visits[i].at = (int64_t) i * 1000000;
	with = journey_pack(packed, visits, values, n, &label, 1);
	with -= journey_pack(packed, visits, NULL, n, &label, 1);
	free(packed);
	return with;
}

/* Bytes by hand: one for the exponent, then two or three for prices of cents. */
static void
test_size(void)
{
	int64_t		values[200];

	for (int i = 0; i < 200; i++)
		values[i] = (int64_t) (99 + 100 * i) * 100;	/* 0.99, 1.99, ..., 199.99 */
	check(bytes_of_values(values, 1) == 1 + 1, "0.99");
	check(bytes_of_values(&values[19], 1) == 1 + 2, "19.99 takes two bytes and the exponent");
	check(bytes_of_values(values, 163) == 1 + 1 + 162 * 2, "up to 162.99");
	check(bytes_of_values(values, 200) == 1 + 1 + 162 * 2 + 37 * 3, "up to 199.99");
	for (int i = 0; i < 200; i++)
		values[i] = i == 150 ? 199900 : JOURNEY_NO_VALUE;
	check(bytes_of_values(values, 200) == 1 + 3 + 2 + 2, "one of 200 visits");
	for (int i = 0; i < 200; i++)
		values[i] = INT64_C(100000000) * i;
	check(bytes_of_values(values, 100) == 1 + 100, "whole tens of thousands");
	for (int i = 0; i < 200; i++)
		values[i] = (i - 100) * 10000;
	check(bytes_of_values(values, 200) == 1 + 127 + 73 * 2, "with a sign");
}

/* Can the values of all visits be read? */
static bool
values_are_read(const uint8_t *packed, size_t bytes)
{
	uint8_t    *copy = exact_copy(packed, bytes);
	int64_t		values[MOST];
	JourneyReader r;
	bool		read = journey_read(copy, bytes, &r) == JOURNEY_OK && journey_read_values(&r, values);

	free(copy);
	return read;
}

/* The values end with the visits.  The last bytes, by hand: 4 for 10^4, 2 for 1, and 0 and 2. */
static void
test_values_end(void)
{
	static const int64_t values[] = {10000, JOURNEY_NO_VALUE, JOURNEY_NO_VALUE};
	JourneyVisit visits[3] = {{.at = 0}, {.at = 1000000}, {.at = 2000000}};
	JourneyLabel label = name(0);
	uint8_t		packed[100];
	size_t		bytes = journey_pack(packed, visits, values, 3, &label, 1);

	check(memcmp(packed + bytes - 4, "\4\2\0\2", 4) == 0, "one value, then two visits without");
	check(values_are_read(packed, bytes), "as it was packed");
	packed[bytes - 1] = 1;
	check(!values_are_read(packed, bytes), "the last visit has neither a value nor none");
	packed[bytes - 1] = 3;
	check(!values_are_read(packed, bytes), "a visit without a value that is not there");
	packed[bytes - 1] = 2;
	packed[bytes] = 2;
	check(!values_are_read(packed, bytes + 1), "a value of a visit that is not there");
}

int
main(void)
{
	static const int64_t units[] = {1, 1000, 1000000, INT64_C(60000000), INT64_C(3600000000),
	INT64_C(86400000000)};

	for (int i = 0; i < MOST; i++)
		sprintf(names[i], i % 2 == 0 ? "%03d" : "%03d, a longer name", i);
	for (int i = 0; i < 3000; i++)
	{
		test_random(8, 3, units[below(LENGTH(units))]);
		test_random(60, 20, units[below(LENGTH(units))]);
	}
	for (int i = 0; i < 100; i++)
		test_random(MOST, MOST, units[below(LENGTH(units))]);
	test_size();
	test_values_end();
	return unit_end();
}
