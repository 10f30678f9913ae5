/*
 * path_labels.c
 *		What the labels of journeys are in a path; see path_labels.h.
 */
#include "path/path_labels.h"

#include "journey/journey_reader.h"

#define SMALLEST_SLOTS	64

static uint32_t
slots_for(const JourneyPath *path)
{
	uint32_t	slots = SMALLEST_SLOTS;

	while (slots < 4 * (uint32_t) path->labels)
		slots *= 2;
	return slots;
}

static inline JourneyPathLabel *
table_of(const JourneyPathLabels *labels)
{
	return (JourneyPathLabel *) (labels->uses + labels->path->labels + 1);
}

size_t
journey_path_labels_size(const JourneyPath *path)
{
	return sizeof(JourneyPathLabels) + (path->labels + (size_t) 1) * sizeof(JourneyLabelUse) +
		slots_for(path) * sizeof(JourneyPathLabel);
}

/*
 * Is a slot taken by another label?  Without branches but for long labels: whether
 * the path has a label cannot be foreseen.
 */
static inline bool
is_other(const JourneyPathLabels *labels, const JourneyPathLabel *slot,
		 const JourneyLabelKey *key, const char *text)
{
	bool		taken = slot->number != 0;
	bool		same = journey_same_key(&slot->key, key);
	size_t		length;

	if (!journey_key_is_whole(key) && same && taken)
		return memcmp(journey_path_label(labels->path, (int) slot->number - 1, &length), text,
					  key->length) != 0;
	return taken & !same;
}

/* The slot of a label, or a free one where it belongs. */
static inline __attribute__((always_inline)) JourneyPathLabel *
find_slot(const JourneyPathLabels *labels, JourneyPathLabel *table, uint32_t mask,
		  const JourneyLabelKey *key, const char *text)
{
	uint32_t	i = journey_key_hash(key) & mask;

	while (is_other(labels, &table[i], key, text))
		i = (i + 1) & mask;
	return &table[i];
}

static void
add_label(JourneyPathLabels *labels, int number)
{
	size_t		length;
	const char *text = journey_path_label(labels->path, number, &length);
	JourneyLabelKey key = journey_label_key(text, (uint32_t) length);
	JourneyPathLabel *slot = find_slot(labels, table_of(labels), labels->slots - 1, &key, text);

	slot->key = key;
	slot->number = (uint32_t) number + 1;
}

/* The path must stay where it is. */
void
journey_path_labels_init(JourneyPathLabels *labels, const JourneyPath *path)
{
	uint32_t	ids[JOURNEY_PATH_MAX_USES];

	memset(labels, 0, journey_path_labels_size(path));
	labels->path = path;
	labels->slots = slots_for(path);
	for (int i = 0; i < path->labels; i++)
	{
		add_label(labels, i);
		ids[i] = (uint32_t) i;
	}
	journey_match_uses(path, ids, labels->uses + 1, path->labels);
}

/*
 * What each label of a journey's dictionary is in the path, and the items that any
 * of them can fill.  Takes the reader from its beginning past the dictionary; false
 * if that is damaged.
 */
bool
journey_path_labels_read(const JourneyPathLabels *labels, JourneyReader *reader,
						 JourneyLabelUse *uses, JourneyItems *items)
{
	JourneyReader r = *reader;
	JourneyPathLabel *table = table_of(labels);
	uint32_t	mask = labels->slots - 1;
	JourneyItems any = 0;

	for (uint32_t i = 0; i < r.labels; i++)
	{
		JourneyLabel label;
		JourneyLabelKey key;

		if (!journey_read_label(&r, &label))
			return false;
		key = journey_label_key(label.text, label.length);
		uses[i] = labels->uses[find_slot(labels, table, mask, &key, label.text)->number];
		any |= uses[i].items;
	}
	*items = any;
	reader->at = r.at;
	return true;
}
