/*
 * journey_reader.c
 *		Reading the packed form of a journey, where it is not inline: see
 *		journey_reader.h.
 */
#include "journey/journey_reader.h"

#include "base/label_key.h"

#define SECOND	INT64_C(1000000)

const int64_t journey_units[JOURNEY_UNITS] = {
	1, 1000, SECOND, 60 * SECOND, 3600 * SECOND, 86400 * SECOND
};

/* Begin to read a packed journey of that many bytes, up to its first visit. */
JourneyStatus
journey_read(const void *packed, size_t bytes, JourneyReader *r)
{
	JourneyLabel label;

	if (bytes < JOURNEY_CONTENT_AT ||
		!journey_read_begin(r, (const uint8_t *) packed + JOURNEY_CONTENT_AT,
							bytes - JOURNEY_CONTENT_AT))
		return JOURNEY_CORRUPT;
	for (uint32_t i = 0; i < r->labels; i++)
		if (!journey_read_label(r, &label))
			return JOURNEY_CORRUPT;
	return journey_read_first(r) ? JOURNEY_OK : JOURNEY_CORRUPT;
}

/* The labels of a journey, in the order of their bytes; reader->labels of them. */
JourneyStatus
journey_read_labels(const JourneyReader *reader, JourneyLabel *labels)
{
	JourneyReader r = *reader;

	r.at = r.dictionary;
	for (uint32_t i = 0; i < r.labels; i++)
		if (!journey_read_label(&r, &labels[i]))
			return JOURNEY_CORRUPT;
	return JOURNEY_OK;
}

/*
 * Read the dictionary for the numbers that n labels have, or JOURNEY_NO_LABEL; a label of 0
 * bytes has none.  False if it is damaged.
 */
bool
journey_read_numbers(JourneyReader *r, const JourneyLabel *wanted, int n, uint32_t *numbers)
{
	JourneyLabel label;

	for (int k = 0; k < n; k++)
		numbers[k] = JOURNEY_NO_LABEL;
	for (uint32_t i = 0; i < r->labels; i++)
	{
		if (!journey_read_label(r, &label))
			return false;
		for (int k = 0; k < n; k++)
			if (journey_same_label(&label, &wanted[k]))
				numbers[k] = i;
	}
	return true;
}

/* A step that has many bytes together with its label; false if it is damaged. */
bool
journey_read_wide_step(const uint8_t *at, const uint8_t *end, int bits, JourneyStep *step)
{
	Uint128 wide;

	if (!varint_get_wide(&at, end, &wide) || wide >> bits > UINT64_MAX)
		return false;
	step->label = (uint32_t) ((uint64_t) wide & (((uint64_t) 1 << bits) - 1));
	step->step = (uint64_t) (wide >> bits);
	step->end = at;
	return true;
}

/*
 * The next visit; false at the end, or where the bytes are damaged: then
 * reader->left is not 0.
 */
bool
journey_next(JourneyReader *r, JourneyVisit *visit)
{
	return r->left > 0 && journey_read_visit(r, visit);
}
