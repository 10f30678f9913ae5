/* covers: core/journey/journey_pack.c core/journey/journey_reader.c core/journey/journey_state.c */
/* covers: core/journey/journey_text.c */

/*
 * journey_test.c
 *		Visits collected in any order, sorted, packed, read and written, against the list
 *		of the visits; states that grow past the hash table; damaged bytes and texts.
 */
#include "unit.h"

#include "journey/journey_reader.h"
#include "journey/journey_state.h"
#include "journey/journey_text.h"

#define MOST	300

static char names[MOST][24];	/* ascending */

static JourneyLabel
name(uint32_t i)
{
	JourneyLabel label = {names[i], (uint32_t) strlen(names[i])};

	return label;
}

/* Add a visit to a state, which may move. */
static JourneyState *
add(JourneyState *s, size_t *bytes, const JourneyVisit *v)
{
	JourneyLabel label = name(v->label);
	JourneyStatus status;

	while ((status = journey_state_add(s, *bytes, &label, v->at, v->seq)) == JOURNEY_NO_ROOM)
	{
		size_t		grown = journey_state_grown(s, label.length);
		JourneyState *moved = exact(grown);

		check(grown >= *bytes, "a state with more room");
		journey_state_move(moved, grown, s, *bytes);
		free(s);
		s = moved;
		*bytes = grown;
	}
	check(status == JOURNEY_OK, "a visit is added");
	return s;
}

static JourneyState *
state_of(const JourneyVisit *visits, uint32_t n, size_t *bytes)
{
	JourneyState *s = exact(JOURNEY_STATE_SMALLEST);

	*bytes = JOURNEY_STATE_SMALLEST;
	journey_state_init(s, *bytes);
	for (uint32_t i = 0; i < n; i++)
		s = add(s, bytes, &visits[i]);
	return s;
}

/* The state has the visits in the order of arrival, by name. */
static void
check_state(const JourneyState *s, size_t bytes, const JourneyVisit *visits, uint32_t n)
{
	JourneyLabel labels[MOST];
	JourneyVisit found[MOST];

	check(journey_state_check(s, bytes) == JOURNEY_OK && s->visits == n, "%u visits", s->visits);
	check(journey_state_labels(s, bytes, labels) == JOURNEY_OK &&
		  journey_state_visits(s, found) == JOURNEY_OK, "the state is read");
	for (uint32_t i = 0; i < n; i++)
	{
		const JourneyLabel *label = &labels[found[i].label];

		check(found[i].at == visits[i].at && found[i].seq == visits[i].seq &&
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
check_packed(const void *packed, size_t bytes, const JourneyVisit *visits, uint32_t n,
			 const JourneyLabel *labels, uint32_t label_count)
{
	JourneyReader r;
	JourneyLabel found[MOST];
	JourneyVisit visit;
	uint32_t	i = 0;

	if (!check(journey_read(packed, bytes, &r) == JOURNEY_OK && r.visits == n &&
			   r.labels == label_count && journey_read_labels(&r, found) == JOURNEY_OK,
			   "%u visits are read", n))
		return;
	for (uint32_t k = 0; k < label_count; k++)
		check(found[k].length == labels[k].length &&
			  memcmp(found[k].text, labels[k].text, found[k].length) == 0, "label %u", k);
	for (; journey_next(&r, &visit); i++)
		check(i < n && memcmp(&visit, &visits[i], sizeof(visit)) == 0, "visit %u is read", i);
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

		if (left > 5)
			copy[4 + below((int) left - 4)] = (uint8_t) random_bits();
		if (journey_read(copy, left, &r) == JOURNEY_OK && r.labels <= MOST &&
			journey_read_labels(&r, labels) == JOURNEY_OK)
			while (journey_next(&r, &visit))
				check(visit.label < r.labels, "a label that there is");
		free(copy);
	}
}

/* The text has the same visits, and a damaged one is explained. */
static void
check_text(const JourneyVisit *visits, uint32_t n, const JourneyLabel *labels)
{
	char	   *text = exact(n * (size_t) JOURNEY_VISIT_CHARS + 3);
	char	   *out = text;
	JourneyTextReader r;
	TextItem	item;
	uint32_t	i = 0;

	*out++ = '{';
	for (uint32_t k = 0; k < n; k++)
		out = journey_print_visit(out, &visits[k], labels, k == 0);
	strcpy(out, "}");
	journey_text_begin(&r, text, strlen(text), true);
	for (; (item = journey_text_next(&r)) == TEXT_ITEM; i++)
		check(i < n && r.visit.at == visits[i].at && r.visit.seq == visits[i].seq &&
			  r.label.length == labels[visits[i].label].length &&
			  memcmp(r.label.text, labels[visits[i].label].text, r.label.length) == 0,
			  "visit %u of the text", i);
	check(item == TEXT_END && i == n, "%u visits of a text", i);
	text[below((int) strlen(text))] = "{}@,#\"-: 0aT"[below(12)];
	journey_text_begin(&r, text, strlen(text), true);
	while ((item = journey_text_next(&r)) == TEXT_ITEM)
		;
	check(item == TEXT_END || ((r.scan.expected != NULL || r.scan.problem != NULL) &&
							   r.scan.at <= r.scan.end), "an error is explained");
	free(text);
}

static void
test_random(uint32_t most, int label_count, int64_t unit)
{
	JourneyVisit visits[MOST];
	JourneyVisit sorted[MOST];
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
	}
	s = state_of(visits, n, &bytes);
	check_state(s, bytes, visits, n);
	free(s);
	memcpy(sorted, visits, sizeof(visits));
	count = renumber(sorted, n, labels);
	qsort(sorted, n, sizeof(JourneyVisit), journey_visit_compare);
	check(journey_is_sorted(sorted, n), "sorted");
	for (uint32_t i = 1; i < n; i++)
		check(sorted[i - 1].at < sorted[i].at ||
			  (sorted[i - 1].at == sorted[i].at &&
			   (sorted[i - 1].seq < sorted[i].seq ||
				(sorted[i - 1].seq == sorted[i].seq && sorted[i - 1].label <= sorted[i].label))),
			  "the order of visits");
	packed = exact(journey_pack_bound(sorted, n, labels, count));
	bytes = journey_pack(packed, sorted, n, labels, count);
	check(bytes <= journey_pack_bound(sorted, n, labels, count), "the bound");
	check_packed(packed, bytes, sorted, n, labels, count);
	damage(packed, bytes);
	check_text(sorted, n, labels);
	free(packed);
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
	return unit_end();
}
