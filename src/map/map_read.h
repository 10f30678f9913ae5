/*
 * map_read.h
 *		What the pictures of a journey map show, read from the map.
 *
 * Texts are UTF-8 whatever the encoding of the database, one line each, and free
 * of what cannot be drawn (svg_clean).
 */
#ifndef MAP_READ_H
#define MAP_READ_H

#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"

#define MAP_METRICS 3

typedef enum MapNoteKind
{
	MAP_DOES,
	MAP_THINKS,
	MAP_FEELS,
	MAP_BARRIER,
	MAP_IDEA,
	MAP_CHANGE,
	MAP_NOTE_KINDS				/* how many there are, beside those about the persona */
} MapNoteKind;

/* Numbers as the database rounded them; NULL where there is none. */
typedef struct MapMetric
{
	char	   *value;
	char	   *low;
	char	   *high;
	char	   *target;			/* the goal for the stage */
	char	   *gap;			/* negative is short of it */
} MapMetric;

/* What a whole stage, or the whole journey, scores by one metric. */
typedef struct MapScore
{
	char	   *value;			/* NULL without answers */
	char	   *low;
	char	   *high;
	int64		responses;
	bool		enough;
	char	   *change;			/* since the period before; NULL where there is none */
	bool		sure;			/* it is beyond chance */
	char	   *target;
	char	   *gap;
} MapScore;

/* What the whole would gain without a barrier; metric is NULL where there is none. */
typedef struct MapImpact
{
	const char *metric;
	char	   *points;
} MapImpact;

typedef struct MapCell
{
	char	   *touchpoint;
	int64		responses;
	MapMetric	metrics[MAP_METRICS];	/* NPS, CSAT, CES */
	bool		has_emotion;
	double		emotion;		/* -2 .. 2 */
	bool		enough;
	bool		barrier;
	MapImpact	impact;
	MapImpact	overall;		/* of the touchpoint at all of its stages */
	int			row;			/* of the cards of the picture */
	struct MapCell *next;		/* in the same stage */
} MapCell;

typedef struct MapNote
{
	MapNoteKind kind;
	char	   *note;			/* with what it is about in front, where it is said */
	bool		is_quoted;		/* it is something that the persona says */
	struct MapNote *next;		/* of the same kind, in the same stage */
} MapNote;

typedef struct MapNotes
{
	MapNote    *first;
	MapNote    *last;
} MapNotes;

typedef struct MapStage
{
	char	   *key;			/* as the database has it */
	char	   *label;
	int			position;		/* in the journey */
	int			cell_count;
	MapCell    *cells;
	MapCell    *last_cell;
	MapScore	scores[MAP_METRICS];
	MapImpact	impact;			/* of all its touchpoints together */
	MapNotes	notes[MAP_NOTE_KINDS];
	struct MapStage *next;
} MapStage;

/* What is to be drawn. */
typedef struct MapRequest
{
	char	   *name;
	char	   *segment;		/* NULL: all of them together */
	bool		all_time;		/* else the period, a daterange */
	Datum		period;
	char	   *title;			/* NULL: made of the name */
	bool		polish;			/* the language of canonical stages */
} MapRequest;

typedef struct JourneyMap
{
	bool		polish;
	char	   *title;			/* the name of the map, fit to be read */
	char	   *segment;		/* NULL for all of them */
	char	   *from_day;		/* NULL where it is not known */
	char	   *to_day;
	int			stage_count;
	int			cell_count;
	int			row_count;
	bool		has_barrier;
	int64		responses;
	bool		has_metric[MAP_METRICS];
	bool		has_target[MAP_METRICS];	/* of a cell */
	bool		has_stage_target[MAP_METRICS];
	bool		has_whole_target;
	bool		has_overall;	/* barrier of a touchpoint at all of its stages */
	MapStage   *stages;			/* in the order of the journey */
	bool		has_change;
	MapStage	whole;			/* its scores, and the notes that name no stage */
	MapNotes	persona;		/* of the segment, or of all of them */
} JourneyMap;

#pragma GCC visibility push(hidden)

extern const char *const map_metric_names[MAP_METRICS];

extern MapRequest map_request(FunctionCallInfo fcinfo, bool polish);
extern JourneyMap *journey_map_read(const MapRequest *request);

/* map_row.c */
extern void map_place_rows(JourneyMap *map);

#pragma GCC visibility pop

#endif							/* MAP_READ_H */
