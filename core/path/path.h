/*
 * path.h
 *		A path through the stages of a journey: the packed format behind the SQL
 *		type journey_path, and its text form.
 *
 * This is the pure core: no PostgreSQL, no errors raised, no memory allocated.
 *
 *		path	= ['^'] item { arrow item } ['$']  |  item and item { and item }
 *		item	= label { '|' label } ['?']
 *		and		= '&' [ '[' '!' label { '|' label } ']' ]
 *		arrow	= ('>' | '>>') [ '[' limit { ',' limit } ']' ]
 *		limit	= ['>='] length of time  |  '!' label { '|' label }
 *		label	= bare word | "quoted"				(see label.h)
 *
 * '>' is a later or simultaneous visit, '>>' the very next one.  '?' makes the
 * whole item optional, '^' and '$' anchor the path to the first and the last
 * visit, '&' asks for visits in any order.  A length of time is the longest one
 * across an arrow, with '>=' the shortest one.  What an arrow says belongs to the
 * item it leads to, because a skipped optional item takes its arrow with it.
 *
 * In any order there is no one item before another, so what any '&' excludes is
 * excluded from the whole: no visit to it lies strictly between the first and the
 * last of the visits that fill the items.  It is kept with the item behind the '&'.
 *
 * A path is parsed once, when it is read.  Packed it has no pointers, in the
 * machine's byte order, aligned to 8 bytes:
 *
 *	offset	bytes			content
 *	0		4				length word of a PostgreSQL varlena
 *	4		1				version of the format, 1
 *	5		1				flags: 1 for '^', 2 for '$', 4 for '&', 8 if some arrow has a
 *							shortest time; others 0
 *	6		2				items: how many, 1..64
 *	8		2				labels: how many different ones, 1..1024
 *	10		2				uses: how often labels stand in the path, 1..1024
 *	12		4				reserved, 0
 *	16		16 * items		the items in path order, see JourneyPathItem
 *	then	8 * items		if some arrow has one: the shortest time across each arrow,
 *							0 for none
 *			4 * labels		where the bytes of each label end
 *			2 * uses		label numbers, in the order of the text: for each
 *							item those its arrow or '&' excludes, then its own
 *			...				the bytes of the labels, one after the other
 *
 * Labels are numbered in the order in which they first stand in the text.  A
 * label that an item names twice is kept once.
 */
#ifndef PATH_H
#define PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text_scan.h"

#define JOURNEY_PATH_VERSION	1

#define JOURNEY_PATH_FROM_FIRST 0x01	/* '^' */
#define JOURNEY_PATH_TO_LAST	0x02	/* '$' */
#define JOURNEY_PATH_ANY_ORDER	0x04	/* '&' */
#define JOURNEY_PATH_MINIMUMS	0x08	/* '>=' */

/* An item is a bit of a 64-bit set, which is what makes matching fast. */
#define JOURNEY_PATH_MAX_ITEMS	64
#define JOURNEY_PATH_MAX_USES	1024

#define JOURNEY_NO_LIMIT		INT64_C(-1)

#define JOURNEY_ITEM_OPTIONAL	0x01	/* '?' */
#define JOURNEY_ITEM_NEXT		0x02	/* its arrow is '>>' */

typedef struct JourneyPathItem
{
	int64_t		limit;			/* longest time across its arrow, or JOURNEY_NO_LIMIT */
	uint16_t	first;			/* where its uses of labels begin */
	uint16_t	excluded;		/* how many of them its arrow, or '&', excludes, */
	uint16_t	labels;			/* and how many behind those are its own, 1 or more */
	uint8_t		flags;
	uint8_t		reserved;		/* 0 */
} JourneyPathItem;

typedef struct JourneyPath
{
	uint32_t	vl_len;			/* PostgreSQL's; only src/ touches it */
	uint8_t		version;
	uint8_t		flags;
	uint16_t	items;
	uint16_t	labels;
	uint16_t	uses;
	uint32_t	reserved;
	JourneyPathItem item[];
} JourneyPath;

static inline bool
journey_path_any_order(const JourneyPath *path)
{
	return (path->flags & JOURNEY_PATH_ANY_ORDER) != 0;
}

static inline bool
journey_path_optional(const JourneyPath *path, int item)
{
	return (path->item[item].flags & JOURNEY_ITEM_OPTIONAL) != 0;
}

/* Has some arrow a shortest time? */
static inline bool
journey_path_has_minimum(const JourneyPath *path)
{
	return (path->flags & JOURNEY_PATH_MINIMUMS) != 0;
}

/* The shortest time across the arrow to an item, 0 for none. */
static inline int64_t
journey_path_minimum(const JourneyPath *path, int item)
{
	const int64_t *minimum = (const int64_t *) (path->item + path->items);

	return journey_path_has_minimum(path) ? minimum[item] : 0;
}

static inline const uint32_t *
journey_path_ends(const JourneyPath *path)
{
	const char *items_end = (const char *) (path->item + path->items);

	return (const uint32_t *) (journey_path_has_minimum(path) ?
							   items_end + path->items * sizeof(int64_t) : items_end);
}

static inline const uint16_t *
journey_path_uses(const JourneyPath *path)
{
	return (const uint16_t *) (journey_path_ends(path) + path->labels);
}

/* The numbers of the labels that the arrow to an item, or the '&' before it, excludes. */
static inline const uint16_t *
journey_path_excluded(const JourneyPath *path, int item)
{
	return journey_path_uses(path) + path->item[item].first;
}

/* The numbers of an item's own labels, as they were written. */
static inline const uint16_t *
journey_path_labels(const JourneyPath *path, int item)
{
	return journey_path_excluded(path, item) + path->item[item].excluded;
}

/* A label by its number: not zero-ended. */
static inline const char *
journey_path_label(const JourneyPath *path, int label, size_t *length)
{
	const uint32_t *ends = journey_path_ends(path);
	const char *bytes = (const char *) (journey_path_uses(path) + path->uses);
	uint32_t	start = label > 0 ? ends[label - 1] : 0;

	*length = ends[label] - start;
	return bytes + start;
}

/*
 * A path while it is put together.  Bytes is the caller's, with room for every
 * label that is added; the length of the text is enough for journey_path_parse.
 */
typedef struct JourneyPathDraft
{
	uint8_t		flags;
	int			items;
	int			labels;
	int			uses;
	char	   *bytes;
	JourneyPathItem item[JOURNEY_PATH_MAX_ITEMS];
	int64_t		minimum[JOURNEY_PATH_MAX_ITEMS];
	uint32_t	ends[JOURNEY_PATH_MAX_USES];
	uint16_t	use[JOURNEY_PATH_MAX_USES];
} JourneyPathDraft;

#pragma GCC visibility push(hidden)

/* Putting together (path_build.c) */
extern void journey_path_begin(JourneyPathDraft *draft, char *bytes);
extern JourneyPathItem *journey_path_add_item(JourneyPathDraft *draft);
extern bool journey_path_add_excluded(JourneyPathDraft *draft, const char *label, size_t length);
extern bool journey_path_add_label(JourneyPathDraft *draft, const char *label, size_t length);
extern size_t journey_path_size(const JourneyPathDraft *draft);
extern void journey_path_pack(const JourneyPathDraft *draft, JourneyPath *path);

/* Reading (path_build.c) */
extern bool journey_path_valid(const JourneyPath *path, size_t bytes);

/* Text form (path_parse.c, path_print.c) */
extern bool journey_path_parse(TextScan *scan, bool utf8, JourneyPathDraft *draft);
extern bool journey_path_parse_before(TextScan *scan, bool utf8, JourneyPathDraft *draft,
									  char sign);
extern size_t journey_path_text_bound(const JourneyPath *path);
extern size_t journey_path_print(const JourneyPath *path, char *text);
extern size_t journey_path_print_item(const JourneyPath *path, int item, char *text);

#pragma GCC visibility pop

#endif							/* PATH_H */
