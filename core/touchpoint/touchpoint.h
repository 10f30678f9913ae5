/*
 * touchpoint.h
 *		Where a customer meets the company: a channel and a place in it, behind
 *		the SQL type journey_touchpoint.
 *
 * What is stored, after the varlena length word of one or four bytes:
 *
 *	offset	bytes	content
 *	0		1		version of the format, 1
 *	1		1		flags, all reserved, 0
 *	2				the text form, channel:place, in the database's encoding
 *
 * A channel has no colon, so the first one ends it.  The order of touchpoints
 * is that of the bytes of the text form; version and flags have no part in it.
 */
#ifndef TOUCHPOINT_H
#define TOUCHPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TOUCHPOINT_VERSION		1
#define TOUCHPOINT_HEADER		2	/* bytes before the text form */

/* In bytes; together they fit the 255 of a label in a journey. */
#define TOUCHPOINT_MAX_CHANNEL	63
#define TOUCHPOINT_MAX_PLACE	191
#define TOUCHPOINT_MAX_TEXT		(TOUCHPOINT_MAX_CHANNEL + 1 + TOUCHPOINT_MAX_PLACE)

/* Both point into a text that the caller keeps. */
typedef struct TouchpointParts
{
	const char *channel;
	size_t		channel_length;
	const char *place;
	size_t		place_length;
} TouchpointParts;

typedef enum TouchpointStatus
{
	TOUCHPOINT_OK,
	TOUCHPOINT_NO_COLON,
	TOUCHPOINT_NO_CHANNEL,
	TOUCHPOINT_NO_PLACE,
	TOUCHPOINT_COLON_IN_CHANNEL,
	TOUCHPOINT_CONTROL,			/* a control character */
	TOUCHPOINT_LONG_CHANNEL,
	TOUCHPOINT_LONG_PLACE
} TouchpointStatus;

#pragma GCC visibility push(hidden)

/* touchpoint.c */
extern TouchpointStatus touchpoint_split(const char *text, size_t length, TouchpointParts *parts);
extern TouchpointStatus touchpoint_validate(TouchpointParts *parts, bool utf8);
extern size_t touchpoint_write(const TouchpointParts *parts, bool utf8, char *text);
extern bool touchpoint_is_online(const char *channel, size_t length, bool *online);

/* touchpoint_catalog.c */
typedef struct CatalogEntry
{
	const char *touchpoint;
	int16_t		stage;
	const char *english;
	const char *polish;			/* in UTF-8 */
} CatalogEntry;

extern const CatalogEntry *touchpoint_catalog_of(const char *industry, size_t length,
												 size_t *entries);

#pragma GCC visibility pop

#endif							/* TOUCHPOINT_H */
