/*
 * path_build.c
 *		Putting a path together and checking a packed one; see path.h.
 *
 * A path is first collected in a draft of fixed size and then packed, because
 * only its end tells how many items and labels it has.
 */
#include "path/path.h"

#include <string.h>

#include "base/label.h"

#define KNOWN_FLAGS (JOURNEY_PATH_FROM_FIRST | JOURNEY_PATH_TO_LAST | JOURNEY_PATH_MINIMUMS)
#define KNOWN_ITEM_FLAGS (JOURNEY_ITEM_OPTIONAL | JOURNEY_ITEM_NEXT)

void
journey_path_begin(JourneyPathDraft *draft, char *bytes)
{
	draft->flags = 0;
	draft->items = 0;
	draft->labels = 0;
	draft->uses = 0;
	draft->bytes = bytes;
}

/* A new last item, mandatory and with a plain arrow; NULL if there are too many. */
JourneyPathItem *
journey_path_add_item(JourneyPathDraft *draft)
{
	JourneyPathItem *item;

	if (draft->items >= JOURNEY_PATH_MAX_ITEMS)
		return NULL;
	draft->minimum[draft->items] = 0;
	item = &draft->item[draft->items++];
	memset(item, 0, sizeof(*item));
	item->limit = JOURNEY_NO_LIMIT;
	item->first = (uint16_t) draft->uses;
	return item;
}

/* The number of a label, which may be a new one. */
static int
label_number(JourneyPathDraft *draft, const char *label, size_t length)
{
	uint32_t	start = 0;

	for (int i = 0; i < draft->labels; i++)
	{
		if (journey_label_compare(draft->bytes + start, draft->ends[i] - start, label, length) == 0)
			return i;
		start = draft->ends[i];
	}
	memcpy(draft->bytes + start, label, length);
	draft->ends[draft->labels] = start + (uint32_t) length;
	return draft->labels++;
}

/* Use a label in a list of count that ends the draft; false if there are too many. */
static bool
add_use(JourneyPathDraft *draft, uint16_t *count, const char *label, size_t length)
{
	int			number;

	if (draft->uses >= JOURNEY_PATH_MAX_USES)
		return false;
	number = label_number(draft, label, length);
	for (int i = draft->uses - *count; i < draft->uses; i++)
		if (draft->use[i] == number)
			return true;
	draft->use[draft->uses++] = (uint16_t) number;
	(*count)++;
	return true;
}

/*
 * Add a label that the arrow to the last item, or its '&', excludes; these come before
 * the labels of the item itself.
 */
bool
journey_path_add_excluded(JourneyPathDraft *draft, const char *label, size_t length)
{
	return add_use(draft, &draft->item[draft->items - 1].excluded, label, length);
}

/* Add a label, which the caller has checked, to the last item. */
bool
journey_path_add_label(JourneyPathDraft *draft, const char *label, size_t length)
{
	return add_use(draft, &draft->item[draft->items - 1].labels, label, length);
}

static size_t
size_of_parts(uint8_t flags, int items, int labels, int uses)
{
	size_t		minimum = (flags & JOURNEY_PATH_MINIMUMS) != 0 ? sizeof(int64_t) : 0;

	return offsetof(JourneyPath, item) + (size_t) items * (sizeof(JourneyPathItem) + minimum) +
		(size_t) labels * sizeof(uint32_t) + (size_t) uses * sizeof(uint16_t);
}

/* Bytes of the packed form of a draft that has an item, length word included. */
size_t
journey_path_size(const JourneyPathDraft *draft)
{
	return size_of_parts(draft->flags, draft->items, draft->labels, draft->uses) +
		draft->ends[draft->labels - 1];
}

/* Pack a draft into path, which has room for journey_path_size() bytes. */
void
journey_path_pack(const JourneyPathDraft *draft, JourneyPath *path)
{
	path->version = JOURNEY_PATH_VERSION;
	path->flags = draft->flags;
	path->items = (uint16_t) draft->items;
	path->labels = (uint16_t) draft->labels;
	path->uses = (uint16_t) draft->uses;
	path->reserved = 0;
	memcpy(path->item, draft->item, (size_t) draft->items * sizeof(JourneyPathItem));
	if (journey_path_has_minimum(path))
		memcpy(path->item + path->items, draft->minimum, (size_t) draft->items * sizeof(int64_t));
	memcpy((uint32_t *) journey_path_ends(path), draft->ends,
		   (size_t) draft->labels * sizeof(uint32_t));
	memcpy((uint16_t *) journey_path_uses(path), draft->use,
		   (size_t) draft->uses * sizeof(uint16_t));
	memcpy((char *) path + size_of_parts(draft->flags, draft->items, draft->labels, draft->uses),
		   draft->bytes, draft->ends[draft->labels - 1]);
}

/* A set has two items or more, and no ends: no text makes another one. */
static bool
flags_valid(const JourneyPath *path)
{
	if (journey_path_any_order(path))
		return path->flags == JOURNEY_PATH_ANY_ORDER && path->items > 1;
	return (path->flags & ~KNOWN_FLAGS) == 0;
}

static bool
header_valid(const JourneyPath *path)
{
	return path->version == JOURNEY_PATH_VERSION && flags_valid(path) &&
		path->items >= 1 && path->items <= JOURNEY_PATH_MAX_ITEMS &&
		path->uses >= 1 && path->uses <= JOURNEY_PATH_MAX_USES &&
		path->labels >= 1 && path->labels <= path->uses && path->reserved == 0;
}

/* The first item of a path, and all items of a set, have no arrow; '&' may exclude labels. */
static bool
item_valid(const JourneyPath *path, int i, int first)
{
	const JourneyPathItem *item = &path->item[i];
	bool		arrow = i > 0 && !journey_path_any_order(path);

	if (!arrow && (item->limit != JOURNEY_NO_LIMIT || (item->flags & JOURNEY_ITEM_NEXT) != 0))
		return false;
	if (i == 0 && item->excluded > 0)
		return false;
	return item->limit >= JOURNEY_NO_LIMIT && item->first == first && item->labels >= 1 &&
		(item->flags & ~KNOWN_ITEM_FLAGS) == 0 && item->reserved == 0;
}

static bool
items_valid(const JourneyPath *path)
{
	int			uses = 0;
	int			mandatory = 0;

	for (int i = 0; i < path->items; i++)
	{
		if (!item_valid(path, i, uses))
			return false;
		uses += path->item[i].excluded + path->item[i].labels;
		if (!journey_path_optional(path, i))
			mandatory++;
	}
	return uses == path->uses && mandatory > 0;
}

/* Some arrow has a shortest time, and none one that is longer than its longest time. */
static bool
minimums_valid(const JourneyPath *path)
{
	bool		any = false;

	for (int i = 0; i < path->items; i++)
	{
		int64_t		minimum = journey_path_minimum(path, i);

		if (minimum < 0 || (minimum > 0 && i == 0) ||
			(path->item[i].limit != JOURNEY_NO_LIMIT && minimum > path->item[i].limit))
			return false;
		any = any || minimum > 0;
	}
	return any == journey_path_has_minimum(path);
}

/* Labels of 1 to 255 bytes that end where the path does. */
static bool
labels_valid(const JourneyPath *path, size_t bytes)
{
	const uint32_t *ends = journey_path_ends(path);
	const uint16_t *uses = journey_path_uses(path);
	size_t		room = bytes - size_of_parts(path->flags, path->items, path->labels, path->uses);
	uint32_t	start = 0;

	for (int i = 0; i < path->labels; i++)
	{
		if (ends[i] <= start || ends[i] - start > JOURNEY_MAX_LABEL)
			return false;
		start = ends[i];
	}
	for (int i = 0; i < path->uses; i++)
		if (uses[i] >= path->labels)
			return false;
	return start == room;
}

/*
 * Are these bytes a path?  No byte is believed before it is checked, so that
 * whatever passes can be read safely.  What stands in the labels was checked
 * when the path was read from text, which is the only way it can come about.
 */
bool
journey_path_valid(const JourneyPath *path, size_t bytes)
{
	return bytes >= offsetof(JourneyPath, item) && header_valid(path) &&
		bytes >= size_of_parts(path->flags, path->items, path->labels, path->uses) &&
		items_valid(path) && minimums_valid(path) && labels_valid(path, bytes);
}
