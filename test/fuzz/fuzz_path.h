/*
 * fuzz_path.h
 *		What the targets have in common that read paths.  The length word is left 0.
 */
#ifndef FUZZ_PATH_H
#define FUZZ_PATH_H

#include "fuzz.h"

#include "path/match.h"
#include "path/path.h"

static inline JourneyPath *
fuzz_pack_path(const JourneyPathDraft *draft, size_t *bytes)
{
	JourneyPath *path;

	*bytes = journey_path_size(draft);
	path = fuzz_new(*bytes);
	journey_path_pack(draft, path);
	MUST(journey_path_valid(path, *bytes));
	return path;
}

/* NULL for what is no path. */
static inline JourneyPath *
fuzz_parse_path(const char *text, size_t length, size_t *bytes)
{
	JourneyPathDraft *draft = fuzz_new(sizeof(JourneyPathDraft));
	TextScan	scan;

	draft->bytes = fuzz_new(length + 1);
	text_scan_begin(&scan, text, length);
	if (journey_path_parse(&scan, true, draft))
		return fuzz_pack_path(draft, bytes);
	MUST(scan.at >= text && scan.at <= text + length);
	MUST(scan.expected != NULL || scan.problem != NULL);
	return NULL;
}

/* No label twice among n numbers of labels, and new ones in the order 0, 1, 2, ... */
static inline bool
fuzz_uses_in_order(const uint16_t *uses, int n, int *labels)
{
	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < i; j++)
			if (uses[i] == uses[j])
				return false;
		if (uses[i] > *labels)
			return false;
		*labels += uses[i] == *labels;
	}
	return true;
}

static inline bool
fuzz_labels_are_labels(const JourneyPath *path)
{
	for (int i = 0; i < path->labels; i++)
	{
		size_t		length;
		const char *label = journey_path_label(path, i, &length);

		if (journey_label_check(label, length, true, NULL) != JOURNEY_LABEL_OK)
			return false;
		for (int j = 0; j < i; j++)
		{
			size_t		other_length;
			const char *other = journey_path_label(path, j, &other_length);

			if (length == other_length && memcmp(label, other, length) == 0)
				return false;
		}
	}
	return true;
}

/* Could a path that is valid be what comes of a text? */
static inline bool
fuzz_path_is_canonical(const JourneyPath *path)
{
	int			labels = 0;

	if (path->vl_len != 0 || !fuzz_labels_are_labels(path))
		return false;
	for (int i = 0; i < path->items; i++)
		if (!fuzz_uses_in_order(journey_path_excluded(path, i), path->item[i].excluded, &labels) ||
			!fuzz_uses_in_order(journey_path_labels(path, i), path->item[i].labels, &labels))
			return false;
	return labels == path->labels;
}

/* A visit's time: many ties, now and then the ends of what there is. */
static inline int64_t
fuzz_time(void)
{
	switch (fuzz_below(16))
	{
		case 0:
			return -INT64_C(211813488000000000) + fuzz_below(3);
		case 1:
			return INT64_C(9223371331199999999) - fuzz_below(3);
		default:
			return (int64_t) fuzz_below(6) * 3600000000;
	}
}

static inline int
fuzz_compare_visits(const void *a, const void *b)
{
	const JourneyVisit *x = a;
	const JourneyVisit *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->seq != y->seq)
		return x->seq < y->seq ? -1 : 1;
	return (x->label > y->label) - (x->label < y->label);
}

/* So many visits, sorted, to labels below a number. */
static inline JourneyVisit *
fuzz_visits(uint32_t n, uint32_t labels)
{
	JourneyVisit *visits = fuzz_new(n * sizeof(JourneyVisit));
	bool		seq = fuzz_below(3) == 0;

	for (uint32_t i = 0; i < n; i++)
	{
		visits[i].at = fuzz_time();
		visits[i].seq = seq ? (int64_t) fuzz_below(3) - 1 : 0;
		visits[i].label = fuzz_below(labels);
	}
	qsort(visits, n, sizeof(JourneyVisit), fuzz_compare_visits);
	return visits;
}

#endif							/* FUZZ_PATH_H */
