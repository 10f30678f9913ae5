/*
 * contrast.h
 *		What goes with conversion, at equal exposure: the packed format behind the SQL
 *		type journey_contrast, and the state that counts customers before that.
 *
 * This is the pure core: it knows nothing of PostgreSQL, raises no error and
 * allocates nothing.
 *
 * A customer starts with the first visit to the first item of a path.  Which stages he
 * sees is looked at up to a landmark after it, and whether he completes the path from
 * there to the end of a window (contrast_customer.h).  A value has how many customers
 *
 *		started less than the window before what is known of them ended: too recent,
 *		completed the path by the landmark already: early,
 *		completed it behind it, within the window: reached, or did not: missed,
 *
 * and for each stage how many of the last two kinds had seen it by the landmark.  The
 * path, the window and the landmark are a part of the value, as only customers who were
 * asked the same add up.
 *
 * A value comes in two forms, told apart by a flag.
 *
 * Packed: what is stored.  There is exactly one packed form of a content, so equal
 * values have equal bytes.  It is aligned to 8 bytes.
 *
 *	offset	bytes	content
 *	0		4		length word of a PostgreSQL varlena
 *	4		1		version of the format, 1
 *	5		1		flags; bit 0: growing (0 here); the others are reserved, 0
 *	6		2		reserved, 0
 *	8		8		the window, microseconds
 *	16		8		the landmark, microseconds, above 0 and below the window
 *	24		4		bytes of the path
 *	28		4		reserved, 0
 *	32				the path (path.h), a PostgreSQL varlena itself
 *	then			variable-length integers (see varint.h):
 *					too recent, early, reached, missed; number of stages;
 *					for each stage, in the order of their bytes: its length and bytes;
 *					of those who reached and of those who missed, how many saw it
 *
 * Growing: the state of contrast_agg, with room to grow inside the value; see
 * contrast_state.c.
 */
#ifndef CONTRAST_H
#define CONTRAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/label.h"
#include "path/path.h"

#define CONTRAST_VERSION	1
#define CONTRAST_GROWING	0x01

typedef struct ContrastHeader
{
	uint32_t	vl_len;			/* PostgreSQL's; only src/ touches it */
	uint8_t		version;
	uint8_t		flags;
	uint16_t	reserved;
	int64_t		within;
	int64_t		landmark;
	uint32_t	path_bytes;
	uint32_t	reserved2;
} ContrastHeader;

/* What customers are asked. */
typedef struct ContrastQuestion
{
	const JourneyPath *path;
	uint32_t	path_bytes;
	int64_t		within;
	int64_t		landmark;
} ContrastQuestion;

/* Customers by what became of them. */
typedef struct ContrastCounts
{
	int64_t		too_recent;
	int64_t		early;
	int64_t		reached;
	int64_t		missed;
} ContrastCounts;

/* A stage, and how many of those who reached and who missed had seen it. */
typedef struct ContrastStage
{
	JourneyLabel label;
	int64_t		reached;
	int64_t		missed;
} ContrastStage;

/* A value as an array in order, which the caller allocates. */
typedef struct Contrast
{
	ContrastQuestion question;
	ContrastCounts counts;
	uint32_t	n;
	ContrastStage *stages;
} Contrast;

/* The state; what follows is laid out by contrast_state.c. */
typedef struct ContrastState
{
	ContrastHeader header;
	ContrastCounts counts;
	uint32_t	stages;
	uint32_t	text_used;		/* bytes of labels */
	uint32_t	slots;			/* a power of two; at most half of them are used */
	uint32_t	text_room;
	uint32_t	mark;			/* of whoever made it; only src/ reads it */
	uint32_t	reserved;
	uint64_t	data[];
} ContrastState;

typedef enum ContrastStatus
{
	CONTRAST_OK,
	CONTRAST_BAD_PATH,			/* with &, ^, $, >=, optional at first, or of one step */
	CONTRAST_BAD_TIMES,			/* not 0 < landmark < within */
	CONTRAST_BAD_COUNTS,		/* negative, or more than an int64 in all */
	CONTRAST_BAD_STAGE			/* out of order, in the path, or more customers than there are */
} ContrastStatus;

static inline bool
contrast_is_growing(const void *contrast)
{
	return (((const ContrastHeader *) contrast)->flags & CONTRAST_GROWING) != 0;
}

#pragma GCC visibility push(hidden)

/* Growing (contrast_state.c) */
extern size_t contrast_state_smallest(const ContrastQuestion *question);
extern void contrast_state_init(ContrastState *s, const ContrastQuestion *question);
extern bool contrast_state_check(const ContrastState *s, size_t bytes);
extern ContrastQuestion contrast_state_question(const ContrastState *s);
extern bool contrast_state_has_room(const ContrastState *s, size_t text);
extern size_t contrast_state_grown(const ContrastState *s, size_t text);
extern void contrast_state_move(ContrastState *to, const ContrastState *from, size_t text);
extern bool contrast_state_add_counts(ContrastState *s, const ContrastCounts *counts);
extern bool contrast_state_add(ContrastState *s, const ContrastStage *stage);
extern bool contrast_state_sort(const ContrastState *s, Contrast *contrast);

/* The packed form (contrast_pack.c) */
extern bool contrast_same_question(const ContrastQuestion *a, const ContrastQuestion *b);
extern ContrastStatus contrast_check_path(const JourneyPath *path);
extern ContrastStatus contrast_check(const Contrast *contrast);
extern bool contrast_read_head(const void *packed, size_t bytes, Contrast *contrast);
extern bool contrast_read(const void *packed, size_t bytes, Contrast *contrast);
extern size_t contrast_pack_bound(const Contrast *contrast);
extern size_t contrast_pack(void *packed, const Contrast *contrast);

#pragma GCC visibility pop

#endif							/* CONTRAST_H */
