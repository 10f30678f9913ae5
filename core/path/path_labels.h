/*
 * path_labels.h
 *		What the labels of journeys are in a path, found quickly.
 *
 * A query takes one path through many journeys, each of which has a dictionary of
 * its own.  So the labels of the path stand in a hash table, and those of a
 * dictionary are looked up while it is read.
 *
 * Use, once a path: journey_path_labels_init(), in journey_path_labels_size() bytes,
 * aligned to 8; then, once a journey, journey_path_labels_read().
 *
 * This is part of the pure core: no PostgreSQL, no errors raised, no memory
 * allocated.
 */
#ifndef PATH_LABELS_H
#define PATH_LABELS_H

#include "journey/journey.h"
#include "base/label_key.h"
#include "path/match.h"

typedef struct JourneyPathLabel
{
	JourneyLabelKey key;
	uint32_t	number;			/* in the path, plus 1; 0: free */
} JourneyPathLabel;

typedef struct JourneyPathLabels
{
	const JourneyPath *path;
	uint32_t	slots;			/* a power of two; at most a quarter of them are used */
	/* uses[0] is that of a label that the path does not have, then by number + 1 */
	JourneyLabelUse uses[];
	/* behind them the slots */
} JourneyPathLabels;

#pragma GCC visibility push(hidden)

extern size_t journey_path_labels_size(const JourneyPath *path);
extern void journey_path_labels_init(JourneyPathLabels *labels, const JourneyPath *path);
extern bool journey_path_labels_read(const JourneyPathLabels *labels, JourneyReader *reader,
									 JourneyLabelUse *uses, JourneyItems *items);

#pragma GCC visibility pop

#endif							/* PATH_LABELS_H */
